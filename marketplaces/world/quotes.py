"""What one marketplace asks for an offer right now: the terms that both its answer and the truth are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.dice import mix
from marketplaces.world.prices import Coupon, coupon_at, in_stock, price_at

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

NORMAL, GROUP, FLASH = 1, 2, 3
"""JD's lowestPriceType."""
_FLASH_HOURS = 24 * 3


@dataclass(frozen=True, slots=True)
class Quote:
    """The terms of one hour. Amounts in fen."""

    price_fen: int
    """The asked price."""
    list_fen: int | None
    """Struck through; None when the answer shows none above the price."""
    regular_fen: int
    """Without a group or flash sale: PDD's single price, JD's `price`. Otherwise the asked price."""
    kind: int
    """NORMAL, GROUP or FLASH."""
    coupon: Coupon | None
    reduction_fen: int
    """The marketplace's own reduction in a campaign (taobao 官方立减)."""
    claimed_fen: int | None
    """The marketplace's own figure after its discounts; None when it publishes none."""
    in_stock: bool


def quote(offer: Offer, moment: Moment) -> Quote:
    """The offer's terms at the moment, as its marketplace states them."""
    return _QUOTES[offer.marketplace](offer, moment)


def _taobao(offer: Offer, moment: Moment) -> Quote:
    price = price_at(offer, moment)
    coupon = coupon_at(offer, moment, price.price_fen)
    joins = moment.campaign is not None and offer.key % 4 == 0
    reduction = price.price_fen * 5 // 100 // 10 * 10 if joins else 0
    claimed = price.price_fen - reduction - (coupon.off_fen if coupon else 0)
    return Quote(
        price.price_fen, price.list_fen, price.price_fen, NORMAL, coupon, reduction, claimed, in_stock=True
    )


def _jd(offer: Offer, moment: Moment) -> Quote:
    fen = price_at(offer, moment).price_fen
    coupon = coupon_at(offer, moment, fen)
    kind = _jd_kind(offer, moment)
    regular = fen if kind == NORMAL else _up(fen, 4 + offer.key % 9)
    claimed = fen - (coupon.off_fen if coupon else 0)
    shown = regular if kind == FLASH else None
    return Quote(fen, shown, regular, kind, coupon, 0, claimed, in_stock(offer, moment))


def _jd_kind(offer: Offer, moment: Moment) -> int:
    if offer.key % 100 < 6:
        return GROUP
    number = (moment.hour + offer.key % _FLASH_HOURS) // _FLASH_HOURS
    return FLASH if mix(offer.key ^ 0xF1, number) % 100 < 6 else NORMAL


def _pinduoduo(offer: Offer, moment: Moment) -> Quote:
    fen = price_at(offer, moment).price_fen
    coupon = coupon_at(offer, moment, fen)
    return Quote(fen, None, _up(fen, 5 + offer.key % 20), GROUP, coupon, 0, None, in_stock=True)


def _shop(offer: Offer, moment: Moment) -> Quote:
    price = price_at(offer, moment)
    stocked = in_stock(offer, moment)
    return Quote(price.price_fen, price.list_fen, price.price_fen, NORMAL, None, 0, None, stocked)


def _up(fen: int, percent: int) -> int:
    """A figure above the price, in whole jiao."""
    return fen * (100 + percent) // 1000 * 10 + 10


_QUOTES = {"taobao": _taobao, "jd": _jd, "pinduoduo": _pinduoduo, "shop": _shop}
