"""What JD's promotions are at an hour: group, flash, presale and member prices, coupons of both groups, labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.dice import hash_of
from marketplaces.world.prices import coupon_at
from marketplaces.world.promotions import PRICE_BASIS, SHOP_COUPON, Promotion
from marketplaces.world.reductions import KINDS, Frame, nice, text, threshold
from marketplaces.world.seasons import HOUR_S
from marketplaces.world.spans import coupon_window, happening, span_at

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment
    from marketplaces.world.spans import Span

NORMAL, GROUP, FLASH, PRESALE = 1, 2, 3, 4
"""lowestPriceType."""
PLATFORM_COUPON = "jd_platform_coupon"
EVERYTHING, SELF_OPERATED, SHOP, SHOP_GOODS = "0", "1", "2", "3"
"""bindType: what a coupon is for."""
PLUS, NEWCOMER = "2", "18"
"""secondPriceType."""
DIRECT = "直降"
_KIND, _COUPON, _PLATFORM, _LABEL, _DIRECT = (
    hash_of(f"jd {name}") for name in ("kind", "coupon", "platform", "label", "direct")
)
_NAMES = ("满减", "满折", "多买优惠", "多买优惠")
_CHEAP = 3000
"""Below this some coupons are worth more than the goods."""
_FLASH_HOURS = 24 * 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The two prices of an item and why the lower one is lower."""

    price_fen: int
    lowest_fen: int
    kind: int
    span: Span
    """Of the flash sale or the presale."""


def asked(offer: Offer, moment: Moment, fen: int) -> Asked:
    """`fen` is the lowest price for anyone; without a group it is below the price of a single piece."""
    span = span_at(offer, _KIND, moment.hour, _FLASH_HOURS)
    kind = _kind(offer, span, fen)
    is_below = kind in (GROUP, FLASH)
    return Asked(raised(fen, 4 + offer.key % 9) if is_below else fen, fen, kind, span)


def _kind(offer: Offer, span: Span, fen: int) -> int:
    if offer.key % 100 < 6:
        return GROUP
    if span.draw % 100 < 6:
        return FLASH
    return PRESALE if fen >= _CHEAP and 6 <= span.draw % 100 < 10 else NORMAL


def promotions(offer: Offer, moment: Moment, terms: Asked) -> tuple[Promotion, ...]:
    """All of them; a label that takes something off each piece only where there is one unit price."""
    first = _basis(terms)
    seconds = [] if terms.kind == PRESALE else _seconds(offer, terms.lowest_fen)
    direct = None if seconds or terms.kind != NORMAL else _direct(offer, moment, terms.lowest_fen)
    found = (
        first,
        *seconds,
        direct,
        *_coupons(offer, moment, terms.lowest_fen),
        *_labels(offer, moment, terms.lowest_fen),
    )
    return tuple(promotion for promotion in found if promotion)


def _basis(terms: Asked) -> Promotion | None:
    """The group's or the flash sale's price, or the deposit of a presale."""
    fen, span = terms.lowest_fen, terms.span
    if terms.kind == GROUP:
        return Promotion(
            "pg", "unit", "set_price", "pinGou", price=fen, group=PRICE_BASIS, action="open_group"
        )
    if terms.kind == FLASH:
        name = f"sk{span.start}"
        return Promotion(
            name, "unit", "set_price", "seckill", price=fen, group=PRICE_BASIS, window=span.seconds
        )
    if terms.kind == PRESALE:
        deposit = nice(fen * 5 // 100)
        worth = deposit + (nice(deposit) if span.pick(1, 4) else 0)
        return Promotion(
            id=f"d{span.start}", stage="unit", kind="deposit", label="preSale", deposit=deposit, worth=worth,
            needs=("preorder",), window=span.seconds,
        )  # fmt: skip
    return None


def _seconds(offer: Offer, lowest: int) -> list[Promotion]:
    """Prices for members and newcomers: never for everybody."""
    found: list[Promotion] = []
    if is_own(offer) and offer.key % 3 == 0:
        found.append(_second("plus", PLUS, lowest * 97 // 100, "member:plus"))
    if offer.key % 29 == 0:
        found.append(_second("new", NEWCOMER, lowest * 95 // 100, "new_user"))
    return found


def _second(name: str, kind: str, fen: int, condition: str) -> Promotion:
    return Promotion(name, "unit", "set_price", kind, price=fen, group=PRICE_BASIS, needs=(condition,))


def is_own(offer: Offer) -> bool:
    """Sold by JD itself."""
    return offer.seller.type == "self_operated"


# ── coupons ────────────────────────────────────────────────────────────────────────────────────────


def _coupons(offer: Offer, moment: Moment, fen: int) -> list[Promotion]:
    """The public one, another of the shop, another of the platform."""
    found: list[Promotion] = []
    if first := coupon_at(offer, moment, fen):
        amounts = (first.off_fen, first.over_fen)
        if fen < _CHEAP and (offer.key >> 9) % 5 == 0:
            amounts = ((fen // 1000 + 1) * 1000, 0)
        window = (first.start_hour * HOUR_S, first.end_hour * HOUR_S)
        bound = SELF_OPERATED if is_own(offer) else SHOP_GOODS
        found.append(_coupon(f"c{first.start_hour}", bound, amounts, window))
    span = happening(offer, _COUPON, moment.hour, (24 * 6, 24 * 6, 12)[offer.key % 3], 14)
    if span is not None:
        bound = (SHOP, SHOP_GOODS)[span.pick(1, 2)]
        found.append(_coupon(f"s{span.start}", bound, _amounts(span, fen), coupon_window(span)))
    span = happening(offer, _PLATFORM, moment.hour, 24 * 5, 12)
    if span is not None:
        bound = SELF_OPERATED if is_own(offer) and span.pick(1, 2) else EVERYTHING
        found.append(_coupon(f"p{span.start}", bound, _amounts(span, fen), coupon_window(span)))
    return found


def _amounts(span: Span, fen: int) -> tuple[int, int]:
    """Off, and over how much; for some only two pieces reach it."""
    over = threshold(fen * (50, 75, 90, 130, 180)[span.pick(2, 5)] // 100)
    return nice(over * (2 + span.pick(3, 6)) // 100), over


def _coupon(name: str, bound: str, amounts: tuple[int, int], window: tuple[int, int]) -> Promotion:
    off, over = amounts
    is_platform = bound in (EVERYTHING, SELF_OPERATED)
    return Promotion(
        id=name, stage="platform" if is_platform else "shop", kind="amount_off", label=bound, off=off,
        threshold_fen=over or None, group=PLATFORM_COUPON if is_platform else SHOP_COUPON, action="claim",
        window=window,
    )  # fmt: skip


def claimed(terms: Asked, found: tuple[Promotion, ...], at_s: int) -> tuple[int, str]:
    """JD's own figure, the lowest price less the best single coupon, and that coupon's id ("" where none applies).

    It knows of no label, and never goes below 1 fen.
    """
    fitting = [
        coupon
        for coupon in found
        if coupon.action == "claim"
        and coupon.is_open(at_s)
        and (coupon.threshold_fen or 0) <= terms.lowest_fen
    ]
    best = max(fitting, key=lambda coupon: coupon.off or 0, default=None)
    if best is None:
        return terms.lowest_fen, ""
    return max(1, terms.lowest_fen - (best.off or 0)), best.id


# ── labels ─────────────────────────────────────────────────────────────────────────────────────────


def _direct(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    span = happening(offer, _DIRECT, moment.hour, 24 * 4, 7)
    if span is None:
        return None
    off = nice(fen * (2 + span.pick(1, 8)) // 100)
    name = str(6_000_000 + span.start)
    return Promotion(
        name, "unit", "unit_off", DIRECT, f"直降{text(off)}元", off=off, mandatory=True, window=span.seconds
    )


def _labels(offer: Offer, moment: Moment, fen: int) -> list[Promotion]:
    span = happening(offer, _LABEL, moment.hour, 24 * 7, 26)
    if span is None:
        return []
    return KINDS[span.pick(1, len(KINDS))](Frame(str(5_000_000 + span.start), fen, span, _NAMES))


def raised(fen: int, percent: int) -> int:
    """A figure above the price, in whole jiao."""
    return fen * (100 + percent) // 1000 * 10 + 10
