"""What observed prices say about a claimed reference price, and whether today is a low (domain §4.2, DECISIONS 46).

Pure, in whole minor units; every threshold is compared in integers. A verdict tells what our observations support, no
more: the law speaks of transaction prices, and offers are what is seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from catalog.daily_lows import DailyLows
from catalog.errors import InvalidInput

WHOLE_BP: Final = 10_000

SHORT_DAYS: Final = 7
"""规范促销行为暂行规定: the lowest price of the 7 days before a promotion."""

LONG_DAYS: Final = 30
"""EU 98/6 Art. 6a: the lowest price of the 30 days before a reduction."""

WELL_OBSERVED: Final = 24
"""So many of the 30 days must be observed for their lowest to count (domain §4.2)."""

BARELY_OBSERVED: Final = 7
"""With fewer of the 30 days observed there is no verdict (domain §4.2)."""


class Verdict(StrEnum):
    """What our observations say about a claimed reference price."""

    INSUFFICIENT_HISTORY = "insufficient_history"  # too little was seen to say anything
    NO_CLAIM = "no_claim"  # no reference is claimed
    NO_REAL_DISCOUNT = "no_real_discount"  # as much or less was asked before the price changed
    REFERENCE_ABOVE_HISTORY = "reference_above_history"  # cheaper than before, but by less than is claimed
    SUPPORTED = "supported"  # no lower price than the reference was seen before the price changed


class Low(StrEnum):
    """Today's price against the days before it."""

    NEW_LOW = "new_low"
    EQUAL_LOW = "equal_low"
    NOT_LOW = "not_low"
    UNKNOWN = "unknown"  # the history is shorter than the window, or has too many gaps


@dataclass(frozen=True, slots=True)
class Rise:
    """From `before` to `after` between two successive observations; `day` is when `after` was first seen."""

    day: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ReferencePrice:
    """Today's price against what was observed. Amounts are minor units, rates basis points, rounded down.

    While today's price is unknown everything is: None, `Verdict.INSUFFICIENT_HISTORY`, `Low.UNKNOWN`.
    """

    price: int | None
    since: date | None
    """t0: the first day of the run in which today's price was asked; unknown days inside the run do not break it."""
    baseline7: int | None
    """Lowest in the 7 days before t0, else the last price before; None when nothing was seen before t0."""
    baseline30: int | None
    """Lowest in the 30 days before t0; None when fewer than 24 of them were observed."""
    coverage30: int | None
    """How many of these 30 days were observed."""
    verdict: Verdict
    claimed: int | None
    """The claimed reference, as given."""
    real_discount_bp: int | None
    """Below the base, never negative; None without a base. To be shown where there is a verdict."""
    claimed_discount_bp: int | None
    """Below the claimed reference, never negative; None without one."""
    rise: Rise | None
    """The latest one that makes `raised_before` true."""
    low30: Low
    low90: Low
    low180: Low

    @property
    def base(self) -> int | None:
        """What today's price is measured against."""
        return self.baseline7 if self.baseline30 is None else self.baseline30

    @property
    def raised_before(self) -> bool | None:
        """先涨后降: the price rose shortly before it was cut, to about the level before; None: not known."""
        return None if self.price is None else self.rise is not None


def reference_price(days: DailyLows, *, claimed: int | None = None) -> ReferencePrice:
    """What `days` say about today's price and the `claimed` reference (minor units; None: no reference). Linear.

    Raises:
        InvalidInput: a claim that is not positive.
    """
    if claimed is not None and claimed < 1:
        raise InvalidInput(f"a claimed reference must be positive, not {claimed}")
    price = days.minor[-1]
    if price is None:
        return _unknown(claimed)
    start = _run_start(days.minor)
    month = _observed(days.minor[max(0, start - LONG_DAYS) : start])
    week = _observed(days.minor[max(0, start - SHORT_DAYS) : start])
    baseline7 = min(week) if week else _last_known(days.minor, start)
    baseline30 = min(month) if len(month) >= WELL_OBSERVED else None
    base = baseline7 if baseline30 is None else baseline30
    return ReferencePrice(
        price=price,
        since=_day(days, start),
        baseline7=baseline7,
        baseline30=baseline30,
        coverage30=len(month),
        verdict=_verdict(price, base, len(month), claimed),
        claimed=claimed,
        real_discount_bp=_discount_bp(price, base),
        claimed_discount_bp=_discount_bp(price, claimed),
        rise=_rise(days, start, price),
        low30=_low(days.minor, price, 30),
        low90=_low(days.minor, price, 90),
        low180=_low(days.minor, price, 180),
    )


def _unknown(claimed: int | None) -> ReferencePrice:
    """Today was not observed, so no run of a present price has a beginning."""
    return ReferencePrice(
        *(None, None, None, None, None, Verdict.INSUFFICIENT_HISTORY, claimed, None, None, None),
        *(Low.UNKNOWN, Low.UNKNOWN, Low.UNKNOWN),
    )


def _run_start(minor: Sequence[int | None]) -> int:
    """The place of t0. Unknown days count to the run only between days of the present price."""
    start = len(minor) - 1
    for place in range(start, -1, -1):
        if minor[place] == minor[-1]:
            start = place
        elif minor[place] is not None:
            break
    return start


def _verdict(price: int, base: int | None, coverage: int, claimed: int | None) -> Verdict:
    if base is None or coverage < BARELY_OBSERVED:
        return Verdict.INSUFFICIENT_HISTORY
    if claimed is None:
        return Verdict.NO_CLAIM
    if price >= base:
        return Verdict.NO_REAL_DISCOUNT
    return Verdict.REFERENCE_ABOVE_HISTORY if claimed > base else Verdict.SUPPORTED


def _discount_bp(price: int, base: int | None) -> int | None:
    return None if base is None else max(0, WHOLE_BP * (base - price) // base)


def _rise(days: DailyLows, start: int, price: int) -> Rise | None:
    """The latest rise of at least 5 % in the 30 days before t0 whose lower level today's price has at least 98 % of."""
    first = max(0, start - LONG_DAYS)
    before, found = _last_known(days.minor, first), None
    for place in range(first, start):
        after = days.minor[place]
        if after is None:
            continue
        if before is not None and after * 100 >= before * 105 and price * 100 >= before * 98:
            found = Rise(_day(days, place), before, after)
        before = after
    return found


def _low(minor: Sequence[int | None], price: int, window: int) -> Low:
    """Against the `window` days before today: all must be there, and four fifths observed (domain §4.2)."""
    seen = _observed(minor[-window - 1 : -1])
    if len(minor) <= window or len(seen) * 5 < window * 4:
        return Low.UNKNOWN
    lowest = min(seen)
    if price == lowest:
        return Low.EQUAL_LOW
    return Low.NEW_LOW if price < lowest else Low.NOT_LOW


def _observed(minor: Iterable[int | None]) -> list[int]:
    return [one for one in minor if one is not None]


def _last_known(minor: Sequence[int | None], end: int) -> int | None:
    """The last observation before place `end`, however old."""
    return next((minor[place] for place in range(end - 1, -1, -1) if minor[place] is not None), None)


def _day(days: DailyLows, place: int) -> date:
    return days.today - timedelta(days=len(days.minor) - 1 - place)
