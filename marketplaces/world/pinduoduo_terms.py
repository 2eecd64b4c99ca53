"""What Pinduoduo's promotions are at an hour: the group's price, coupons of goods, mall and followers, the platform's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.dice import hash_of
from marketplaces.world.prices import coupon_at, title_at
from marketplaces.world.promotions import PRICE_BASIS, SHOP_COUPON, Promotion
from marketplaces.world.reductions import nice, threshold
from marketplaces.world.seasons import HOUR_S
from marketplaces.world.spans import coupon_window, happening

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

GROUP_PRICE, GOODS, MALL, FOLLOWERS = "min_group_price", "coupon", "mall_coupon", "clt_cpn"
EXTRA, PLATFORM = "extra_coupon_amount", "platform_discount"
"""The fields a promotion stands in."""
_GOODS, _MALL, _FOLLOWERS, _EXTRA, _PLATFORM = (
    hash_of(f"pinduoduo {name}") for name in (GOODS, MALL, FOLLOWERS, EXTRA, PLATFORM)
)
_CHEAP = 3000
"""Below this some reductions are worth more than the goods."""


def promotions(offer: Offer, moment: Moment, fen: int) -> tuple[Promotion, ...]:
    """All of them; `fen` is the group's price."""
    found = (
        _group(offer, moment, fen),
        _goods_coupon(offer, moment, fen),
        _mall_coupon(offer, moment, fen),
        _followers_coupon(offer, moment, fen),
        _extra(offer, moment, fen),
        *_platform(offer, moment, fen),
    )
    return tuple(promotion for promotion in found if promotion)


def is_subsidised(offer: Offer, moment: Moment) -> bool:
    """百亿补贴, as the title says."""
    return "百亿补贴" in title_at(offer, moment)


def _group(offer: Offer, moment: Moment, fen: int) -> Promotion:
    """Strangers fill it. A subsidised one cannot be had together with a coupon of the shop."""
    excludes = (SHOP_COUPON,) if is_subsidised(offer, moment) else ()
    return Promotion(
        id="group", stage="unit", kind="set_price", label=GROUP_PRICE, price=fen, group=PRICE_BASIS,
        excludes=excludes, action="open_group",
    )  # fmt: skip


def _goods_coupon(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """Some without a threshold, some over already or not begun."""
    coupon = coupon_at(offer, moment, fen)
    if coupon is None:
        return None
    amounts = (coupon.off_fen, coupon.over_fen if offer.key >> 6 & 7 else 0)
    if fen < _CHEAP and (offer.key >> 9) % 5 == 0:
        amounts = ((fen // 1000 + 1) * 1000, 0)
    window = (coupon.start_hour * HOUR_S, coupon.end_hour * HOUR_S)
    late = (offer.key >> 12) % 12
    length = window[1] - window[0]
    shift = {0: -length, 1: length}.get(late, 0)
    return _coupon(f"c{coupon.start_hour}", GOODS, amounts, (window[0] + shift, window[1] + shift))


def _coupon(name: str, label: str, amounts: tuple[int, int], window: tuple[int, int]) -> Promotion:
    off, over = amounts
    return Promotion(
        id=name, stage="shop", kind="amount_off", label=label, off=off, threshold_fen=over or None,
        group=SHOP_COUPON, action="claim", window=window,
    )  # fmt: skip


def _mall_coupon(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """A share of the sum is paid: from a sum on for some, up to a sum for some."""
    span = happening(offer, _MALL, moment.hour, (24 * 6, 24 * 6, 12)[offer.key % 3], 9)
    if span is None:
        return None
    over = threshold(fen * (40, 80, 130)[span.pick(2, 3)] // 100) if span.pick(1, 3) else None
    cap = nice(fen * (2 + span.pick(4, 5)) // 100) if span.pick(3, 2) else None
    pay_bp = (80, 85, 88, 90, 95)[span.pick(5, 5)] * 100
    return Promotion(
        id=f"m{span.start}", stage="shop", kind="percent_off", label=MALL, pay_bp=pay_bp, threshold_fen=over,
        cap=cap, group=SHOP_COUPON, action="claim", window=coupon_window(span),
    )  # fmt: skip


def _followers_coupon(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    span = happening(offer, _FOLLOWERS, moment.hour, 24 * 8, 8)
    if span is None:
        return None
    over = threshold(fen * (50, 80, 120)[span.pick(1, 3)] // 100)
    off = nice(fen * (4 + span.pick(2, 8)) // 100)
    return Promotion(
        id=f"f{span.start}", stage="shop", kind="amount_off", label=FOLLOWERS, off=off, threshold_fen=over,
        group=SHOP_COUPON, needs=("follow_shop",), action="claim", window=coupon_window(span),
    )  # fmt: skip


def _extra(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """Without a threshold, by the platform: for cheap goods it can be more than the price."""
    span = happening(offer, _EXTRA, moment.hour, 24 * 5, 7)
    if span is None:
        return None
    off = nice(fen * (1 + span.pick(1, 5)) // 100)
    if fen < _CHEAP and span.pick(2, 2):
        off = (fen // 1000 + 1) * 1000
    return Promotion(f"e{span.start}", "platform", "amount_off", EXTRA, off=off, action="claim")


def _platform(offer: Offer, moment: Moment, fen: int) -> list[Promotion]:
    """One of them may be used."""
    span = happening(offer, _PLATFORM, moment.hour, 24 * 6, 9)
    if span is None:
        return []
    rungs = [threshold(fen * percent // 100) for percent in ((70, 150), (90, 180))[span.pick(1, 2)]]
    count = 1 + span.pick(2, 2)
    return [
        Promotion(
            id=f"t{span.start}.{place}", stage="platform", kind="amount_off", label=PLATFORM,
            off=nice(over * (3 + place) // 100), threshold_fen=over, group=PLATFORM, action="claim",
        )
        for place, over in enumerate(rungs[:count], start=1)
    ]  # fmt: skip
