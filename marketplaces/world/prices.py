"""What an offer costs at an hour: a pure function of the offer and the moment. Integer fen throughout.

Piecewise constant: the seller's own steps (every few days on average), campaigns, raise-then-cut patterns. Stock,
disappearance and coupons over time live here too. Nothing is stored; any hour, past or future, can be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.dice import mix

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

_BP = 10_000
_RAISE_SHARE = (55, 80)
"""Percent of a raise cycle after which the price goes up, and comes down again."""
_TITLE_HOURS = 24 * 45
_COUPON_HOURS = 24 * 9


@dataclass(frozen=True, slots=True)
class Price:
    """The asked price and the struck-through one."""

    price_fen: int
    list_fen: int | None
    """None when none is shown; otherwise above the price."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A public coupon anyone can claim; applies to the price of the moment."""

    off_fen: int
    over_fen: int
    start_hour: int
    end_hour: int
    """Exclusive."""


def price_at(offer: Offer, moment: Moment) -> Price:
    """The price in force during the hour."""
    tariff = offer.tariff
    level = _BP + _step_bp(offer, moment.hour) + _drift_bp(offer, moment.hour)
    raised = _raised_percent(offer, moment)
    if moment.campaign and tariff.campaign_percent:
        level -= moment.campaign.depth_bp * tariff.campaign_percent // 100
    fen = ENDINGS[tariff.ending](tariff.base_fen * level * (100 + raised) // (_BP * 100))
    return Price(fen, _list_fen(offer, moment, fen))


def _step_bp(offer: Offer, hour: int) -> int:
    """The seller's own changes: one in every stretch of `step_hours`, at an hour of its own."""
    stretch = offer.tariff.step_hours
    number, place = divmod(hour + offer.key % stretch, stretch)
    if place < mix(offer.key, number) % stretch:
        number -= 1
    span = offer.tariff.step_bp
    return mix(offer.key ^ 0x5A5A, number) % (2 * span + 1) - span


def _drift_bp(offer: Offer, hour: int) -> int:
    """The whole market's level for this product: within 2 %, about every third week."""
    return mix(offer.market_key, (hour + offer.market_key % 500) // 500) % 401 - 200


def _raised_percent(offer: Offer, moment: Moment) -> int:
    """10-24 when the offer is in the raised part of its cycle, or in a campaign's run-up; else 0."""
    days = offer.tariff.raise_days
    if not days:
        return 0
    amount = 10 + offer.key % 15
    if offer.tariff.campaign_percent and moment.run_up:
        return amount
    place = (moment.hour + offer.key % (days * 24)) % (days * 24) * 100 // (days * 24)
    return amount if _RAISE_SHARE[0] <= place < _RAISE_SHARE[1] else 0


def _was_raised(offer: Offer, moment: Moment) -> bool:
    """In the part of the cycle just after the cut, when the raised price is shown struck through."""
    days = offer.tariff.raise_days
    if not days:
        return False
    place = (moment.hour + offer.key % (days * 24)) % (days * 24) * 100 // (days * 24)
    return place >= _RAISE_SHARE[1] or moment.campaign is not None


def _list_fen(offer: Offer, moment: Moment, fen: int) -> int | None:
    percent = offer.tariff.list_percent
    if _was_raised(offer, moment):
        percent = max(percent, 110 + offer.key % 15)
    listed = _whole(offer.tariff.base_fen * percent // 100)
    return listed if percent and listed > fen else None


def in_stock(offer: Offer, moment: Moment) -> bool:
    """Whether it can be bought this hour."""
    days = offer.tariff.sold_out_days
    return not days or (moment.hour + (offer.key >> 8) % (days * 24)) % (days * 24) >= days * 3


def on_sale(offer: Offer, moment: Moment) -> bool:
    """Whether the marketplace shows it at all. The affiliate gateways of taobao and pinduoduo drop what is sold out."""
    days = offer.tariff.away_days
    if days and (moment.hour + (offer.key >> 16) % (days * 24)) % (days * 24) < days * 6:
        return False
    return offer.marketplace not in ("taobao", "pinduoduo") or in_stock(offer, moment)


def title_at(offer: Offer, moment: Moment) -> str:
    """The title in use this hour."""
    if len(offer.titles) == 1:
        return offer.titles[0]
    return offer.titles[(moment.hour + offer.key % _TITLE_HOURS) // _TITLE_HOURS % len(offer.titles)]


def coupon_at(offer: Offer, moment: Moment, price_fen: int) -> Coupon | None:
    """The coupon that applies to `price_fen` now, if there is one."""
    tariff = offer.tariff
    if not tariff.coupon_fen or price_fen < tariff.coupon_over_fen:
        return None
    number = (moment.hour + offer.key % _COUPON_HOURS) // _COUPON_HOURS
    if mix(offer.key ^ 0xC0, number) % 10 == 0:
        return None
    start = number * _COUPON_HOURS - offer.key % _COUPON_HOURS
    return Coupon(tariff.coupon_fen, tariff.coupon_over_fen, start, start + _COUPON_HOURS)


# ── endings ────────────────────────────────────────────────────────────────────────────────────────


def _whole(fen: int) -> int:
    return max(100, (fen + 50) // 100 * 100)


def _nine(fen: int) -> int:
    """1299, 499, 59.90, 8.90: the last place shown is a nine."""
    if fen >= 30_000:
        return (fen + 500) // 1000 * 1000 - 100
    if fen >= 3_000:
        return (fen + 50) // 100 * 100 - 10
    return max(90, (fen + 5) // 10 * 10)


def _eight(fen: int) -> int:
    """1288, 388, 58.80: eights, for luck."""
    if fen >= 30_000:
        return (fen + 500) // 1000 * 1000 - 200
    return max(80, (fen + 50) // 100 * 100 - 20)


def _dimes(fen: int) -> int:
    """To ten fen: 25.80, 4299.50."""
    return max(50, (fen + 5) // 10 * 10)


def _odd(fen: int) -> int:
    """As a percentage leaves it: 4187.63."""
    return max(50, fen)


ENDINGS: tuple[Callable[[int], int], ...] = (_nine, _whole, _eight, _dimes, _odd)
"""Habits of rounding; `Tariff.ending` is an index into this."""
