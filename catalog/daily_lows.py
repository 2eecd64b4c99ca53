"""The lowest price of every local day, from the spans over which prices were seen: what reference prices are judged on.

Whole minor units of one currency, by the rules of domain §4.2 and DECISIONS 46. Not here: what the days say about a
discount (`catalog/reference_price.py`), and what a span's price is made of (its headline, delivered: the caller's).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import zip_longest
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.errors import InvalidInput

CARRY: Final = timedelta(hours=48)
"""A price stands at most so long past its last sighting (domain §4.2)."""

HOME_ZONE: Final = "Asia/Shanghai"

_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """One offer asked `minor` from `since` until `until`, the first and the last sighting (aware UTC; may be the same).

    None for `minor`: it was seen and asked nothing anyone could pay (out of stock, another currency). Such a span has no
    price, and ends the one before it.
    """

    since: datetime
    until: datetime
    minor: int | None

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise InvalidInput("a span's times must be aware")
        if self.since > self.until:
            raise InvalidInput(f"a span ends before it begins: {self.since} to {self.until}")
        if self.minor is not None and self.minor < 1:
            raise InvalidInput(f"a price must be positive, not {self.minor}")


@dataclass(frozen=True, slots=True)
class DailyLows:
    """The lowest price of each local day up to `today`, oldest first; None: not observed. The last one is today's."""

    today: date
    minor: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if not self.minor:
            raise InvalidInput("a series of days has at least today")
        if any(minor is not None and minor < 1 for minor in self.minor):
            raise InvalidInput("a price must be positive")


def daily_lows(spans: Iterable[PriceSpan], *, now: datetime, zone: str = HOME_ZONE) -> DailyLows:
    """The days of one offer: each has the lowest price in force at any moment of it, in local time.

    A price is in force from its first sighting until `CARRY` after its last, or until the next span begins. The days begin
    with the first that is known; with none there is today alone, unknown. Spans may come in any order; what lies
    after `now` does not count. Linear in spans and days.

    Raises:
        InvalidInput: no such zone, or `now` is not aware.
    """
    local = _zone(zone)
    if now.tzinfo is None:
        raise InvalidInput("now must be aware")
    ordered = sorted((span for span in spans if span.since <= now), key=lambda span: span.since)
    begins = [span.since for span in ordered]
    today = now.astimezone(local).date().toordinal()
    lows: dict[int, int] = {}
    for span in ordered:
        if span.minor is not None:
            last = _last_moment(span, begins, now).astimezone(local).date().toordinal()
            for day in range(span.since.astimezone(local).date().toordinal(), last + 1):
                if day not in lows or span.minor < lows[day]:
                    lows[day] = span.minor
    first = min(lows, default=today)
    return DailyLows(date.fromordinal(today), tuple(lows.get(day) for day in range(first, today + 1)))


def lowest_of(offers: Sequence[DailyLows]) -> DailyLows:
    """The lowest of several offers on each day; a day that none observed is unknown.

    Raises:
        InvalidInput: no offers, or they do not end on the same day.
    """
    if len({one.today for one in offers}) != 1:
        raise InvalidInput("the days of several offers must end on one and the same day")
    backwards = zip_longest(*(reversed(one.minor) for one in offers))
    lows = [min((minor for minor in day if minor is not None), default=None) for day in backwards]
    return DailyLows(offers[0].today, tuple(reversed(lows)))


def _last_moment(span: PriceSpan, begins: Sequence[datetime], now: datetime) -> datetime:
    """The last moment at which the span's price is in force. `begins`: of all spans of the offer, ascending."""
    seen = min(span.until, now)
    place = (bisect_left if span.until > span.since else bisect_right)(begins, span.until)
    end = seen + CARRY
    if place < len(begins):
        end = min(end, begins[place])
    return max(seen, end - _INSTANT)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"no such time zone: {name!r}") from error
