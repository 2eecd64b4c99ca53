"""What the independent shop's terms are at an hour: sale, member and quantity prices, pieces per order, delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.dice import hash_of, mix
from marketplaces.world.promotions import PRICE_BASIS, Promotion, Shipping
from marketplaces.world.reductions import threshold
from marketplaces.world.spans import coupon_window, happening

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

SALE, MEMBERS, PIECES = "SalePrice", "MemberProgramTier", "eligibleQuantity"
"""How the page marks another unit price."""
TIERS = ("gold", "silver")
FAR, FARTHEST = "CN-XJ", "CN-XZ"
_SALE, _MEMBERS, _PIECES, _LIMITS, _FREE, _REGIONS = (
    hash_of(f"shop {name}") for name in ("sale", "members", "pieces", "limits", "free", "regions")
)


def promotions(offer: Offer, moment: Moment, fen: int) -> tuple[Promotion, ...]:
    """Other unit prices; one of them is the price."""
    found = (_sale(offer, moment, fen), _members(offer, fen), _pieces(offer, fen))
    return tuple(promotion for promotion in found if promotion)


def _sale(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """For a while; some are over or have not begun, some end within the day. A few cost more than they save."""
    free_over = _free_over(offer, fen)
    loses_shipping = free_over is not None and fen - 100 < free_over <= fen
    share = 100 if loses_shipping else 28
    span = happening(offer, _SALE, moment.hour, (24 * 6, 24 * 6, 12)[offer.key % 3], share)
    if span is None:
        return None
    price = fen - 200 - 100 * span.pick(1, 4) if loses_shipping else _percent(fen, 86 + span.pick(1, 11))
    return Promotion(
        id=f"sale{span.start}", stage="unit", kind="set_price", label=SALE, price=price, group=PRICE_BASIS,
        window=coupon_window(span),
    )  # fmt: skip


def _members(offer: Offer, fen: int) -> Promotion | None:
    draw = mix(offer.key ^ _MEMBERS, 0)
    if draw % 100 >= 20:
        return None
    tier = TIERS[draw >> 8 & 1]
    price = _percent(fen, (92, 95)[TIERS.index(tier)])
    return Promotion(
        tier, "unit", "set_price", MEMBERS, tier, price=price, group=PRICE_BASIS, needs=(f"member:{tier}",)
    )


def _pieces(offer: Offer, fen: int) -> Promotion | None:
    """From two or three pieces on, all of them cost less."""
    draw = mix(offer.key ^ _PIECES, 0)
    if draw % 100 >= 20:
        return None
    pieces = 2 + (draw >> 8) % 2
    price = _percent(fen, 90 + (draw >> 16) % 8)
    return Promotion(
        id=f"from{pieces}", stage="unit", kind="set_price", label=PIECES, price=price, threshold_qty=pieces,
        group=PRICE_BASIS,
    )  # fmt: skip


def _percent(fen: int, percent: int) -> int:
    """A lower price in whole jiao."""
    return max(10, fen * percent // 1000 * 10)


def limits(offer: Offer) -> tuple[int, int | None]:
    """The least and the most pieces of one order; None where there is no most."""
    draw = mix(offer.key ^ _LIMITS, 0)
    least = 2 if draw % 100 < 12 else 1
    most = least + (draw >> 16) % 3 if (draw >> 8) % 100 < 16 else None
    return least, most


def _free_over(offer: Offer, fen: int) -> int | None:
    """The order value that makes delivery free: near the price, above it, or just reached by it."""
    draw = mix(offer.key ^ _FREE, 0)
    if not (offer.says_shipping and offer.shipping_fen) or draw % 100 >= 70:
        return None
    place = (draw >> 8) % 4
    return fen // 100 * 100 if place == 0 else threshold(fen * (0, 80, 130, 190)[place] // 100)


def shipping(offer: Offer, fen: int) -> Shipping:
    """The same base on a whole page; free from a value near the offer's price, dearer or not at all to the far west."""
    if not offer.says_shipping:
        return Shipping()
    far = mix(hash_of(offer.spu_id) ^ _REGIONS, 0)
    more = (700, 1200, 1500)[(far >> 8) % 3]
    surcharge = {0: (FAR,), 1: (FAR, FARTHEST)}.get(far % 6, ())
    refused = (FARTHEST,) if far % 6 in (0, 2) else ()
    return Shipping(
        offer.shipping_fen,
        _free_over(offer, fen),
        surcharge=tuple((region, more) for region in surcharge),
        no_delivery=refused,
    )
