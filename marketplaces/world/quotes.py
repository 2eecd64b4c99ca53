"""What one marketplace asks for an offer right now: the terms that both its answer and the truth are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world import jd_terms, pinduoduo_terms, shop_terms, taobao_terms
from marketplaces.world.jd_terms import FLASH, GROUP, NORMAL, PRESALE, raised
from marketplaces.world.landed import Terms
from marketplaces.world.prices import in_stock, price_at
from marketplaces.world.promotions import Shipping
from marketplaces.world.seasons import HOUR_S

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.promotions import Promotion
    from marketplaces.world.seasons import Moment

_KEPT = 8192
"""Quotes kept for the pages of one search and the searches of one hour."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The terms of one hour. Amounts in fen."""

    price_fen: int
    """For anyone, one piece, before promotions: zk_final_price, priceInfo.price, min_normal_price, the shop's price."""
    lowest_fen: int
    """JD's lowestPrice, Pinduoduo's min_group_price; otherwise the same."""
    list_fen: int | None
    """Struck through; None when the answer shows none above the price."""
    promotions: tuple[Promotion, ...]
    """All that stand in the answer, over, not begun and out of reach as well."""
    in_stock: bool
    shipping: Shipping
    """As far as the answer says."""
    kind: int = NORMAL
    """Of JD's lowest price; Pinduoduo's is always a group's."""
    claimed_fen: int | None = None
    """The marketplace's own figure after its discounts; None when it publishes none."""
    path: tuple[tuple[str, int], ...] = ()
    """What leads to that figure: ids of promotions and what each takes off."""
    min_qty: int = 1
    max_qty: int | None = None

    @property
    def terms(self) -> Terms:
        """What decides the landed price."""
        return Terms(self.price_fen, self.promotions, self.shipping, self.min_qty, self.max_qty)

    def labelled(self, *labels: str) -> tuple[Promotion, ...]:
        """The promotions the marketplace calls so."""
        return tuple(promotion for promotion in self.promotions if promotion.label in labels)


_known: dict[tuple[int, int], tuple[Offer, Quote]] = {}


def quote(offer: Offer, moment: Moment) -> Quote:
    """The offer's terms at the moment, as its marketplace states them."""
    key = (offer.key, moment.hour)
    found = _known.get(key)
    if found and found[0] is offer:
        return found[1]
    made = quoted(offer, moment)
    if len(_known) >= _KEPT:
        _known.clear()
    _known[key] = (offer, made)
    return made


def quoted(offer: Offer, moment: Moment) -> Quote:
    """The same, worked out anew: for those who look at many hours."""
    return _QUOTES[offer.marketplace](offer, moment)


def _taobao(offer: Offer, moment: Moment) -> Quote:
    price = price_at(offer, moment)
    fen = price.price_fen
    found = taobao_terms.promotions(offer, moment, fen)
    shipping = Shipping(offer.shipping_fen if offer.says_shipping else None)
    path = taobao_terms.path(found, fen, moment.hour * HOUR_S)
    return Quote(
        fen,
        fen,
        price.list_fen,
        found,
        in_stock=True,
        shipping=shipping,
        claimed_fen=fen - sum(fee for _, fee in path),
        path=path,
    )


def _jd(offer: Offer, moment: Moment) -> Quote:
    asked = jd_terms.asked(offer, moment, price_at(offer, moment).price_fen)
    found = jd_terms.promotions(offer, moment, asked)
    claimed, best = jd_terms.claimed(asked, found, moment.hour * HOUR_S)
    return Quote(
        asked.price_fen,
        asked.lowest_fen,
        None,
        found,
        in_stock(offer, moment),
        Shipping(),
        asked.kind,
        claimed,
        ((best, asked.lowest_fen - claimed),) if best else (),
    )


def _pinduoduo(offer: Offer, moment: Moment) -> Quote:
    fen = price_at(offer, moment).price_fen
    found = pinduoduo_terms.promotions(offer, moment, fen)
    is_free = offer.shipping_fen == 0 and offer.says_shipping
    shipping = Shipping(0 if is_free else None)
    normal = raised(fen, 5 + offer.key % 20)
    return Quote(normal, fen, None, found, in_stock=True, shipping=shipping, kind=GROUP)


def _shop(offer: Offer, moment: Moment) -> Quote:
    price = price_at(offer, moment)
    fen = price.price_fen
    found = shop_terms.promotions(offer, moment, fen)
    rules = shop_terms.shipping(offer, fen)
    least, most = shop_terms.limits(offer)
    stocked = in_stock(offer, moment)
    return Quote(fen, fen, price.list_fen, found, stocked, rules, min_qty=least, max_qty=most)


_QUOTES = {"taobao": _taobao, "jd": _jd, "pinduoduo": _pinduoduo, "shop": _shop}

__all__ = ("FLASH", "GROUP", "NORMAL", "PRESALE", "Quote", "quote", "quoted")
