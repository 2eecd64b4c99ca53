"""Reference prices by the letter of domain §4.2, day by day and slowly: what `catalog` must agree with.

Written from the rules without the code. Days are numbered backwards from today, which is 0; fractions compare.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def judged(lows, claimed=None):
    """Field -> value, for a series of days (oldest first, None: not observed)."""
    days = {-ago: low for ago, low in enumerate(reversed(lows))}
    price = days[0]
    if price is None:
        return {
            **dict.fromkeys(
                ("baseline7", "baseline30", "coverage30", "real_discount_bp", "claimed_discount_bp", "raised_before")
            ),
            "verdict": "insufficient_history",
            **dict.fromkeys(("low30", "low90", "low180"), "unknown"),
        }  # fmt: skip
    t0 = min(day for day in days if days[day] == price and _only(days, day, price))
    earlier = {day: low for day, low in days.items() if day < t0 and low is not None}
    week = [low for day, low in earlier.items() if t0 - day <= 7]
    month = [low for day, low in earlier.items() if t0 - day <= 30]
    baseline7 = min(week) if week else earlier[max(earlier)] if earlier else None
    baseline30 = min(month) if len(month) >= 24 else None
    base = baseline30 or baseline7
    return {
        "baseline7": baseline7,
        "baseline30": baseline30,
        "coverage30": len(month),
        "verdict": _verdict(price, base, len(month), claimed),
        "real_discount_bp": None if base is None else _below(price, base),
        "claimed_discount_bp": None if claimed is None else _below(price, claimed),
        "raised_before": any(
            t0 - day <= 30 and Fraction(low, before) >= Fraction(105, 100) and Fraction(price, before) >= Fraction(98, 100)
            for day, low, before in _steps(earlier)
        ),
        **{f"low{window}": _low(days, window) for window in (30, 90, 180)},
    }  # fmt: skip


def lows_of_days(spans, now, zone):
    """Local date -> lowest price in force on it, of one offer's (since, until, minor)."""
    found = {}
    for since, until, minor in spans:
        later = [begin for begin, _, _ in spans if begin >= until and begin > since]
        end = min([until + timedelta(hours=48), *later])
        day = since.astimezone(ZoneInfo(zone)).date()
        while minor is not None and since <= now and day <= now.astimezone(ZoneInfo(zone)).date():
            midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            if midnight <= until or midnight < end:
                found[day] = min(minor, found.get(day, minor))
            day += DAY
            if midnight > max(until, end):
                break
    return found


def reductions(price_history):
    """(date, price, lowest of the 30 days before or None) of every change to a lower price; `price_history` as in series."""
    points = {}
    for entry in price_history:
        price = None if entry["price"] is None else Fraction(str(entry["price"]))
        day, known = date.fromisoformat(entry["date"]), price is not None and price > 0
        points.setdefault(day, []).extend([price] if known else [])
    if not points:
        return []
    asked, day, stands = {}, min(points), None
    while day <= max(points):
        if day in points:
            stands = min(points[day]) if points[day] else None
        asked[day] = stands
        day += DAY
    found = []
    for day in sorted(points):
        before = [asked[one] for one in asked if one < day and asked[one] is not None]
        if asked[day] is not None and before and asked[day] < before[-1]:
            month = [asked.get(day - ago * DAY) for ago in range(1, 31)]
            seen = [price for price in month if price is not None]
            found.append((day, asked[day], min(seen) if len(seen) >= 24 else None))
    return found


def _only(days, first, price):
    return all(days[day] in {None, price} for day in range(first, 1))


def _steps(earlier):
    """(day, price, price of the observation before) of successive observations."""
    ordered = sorted(earlier)
    return [(day, earlier[day], earlier[before]) for before, day in pairwise(ordered)]


def _below(price, base):
    share = Fraction(base - price, base) * 10_000
    return max(0, share.numerator // share.denominator)


def _verdict(price, base, coverage, claimed):
    if base is None or coverage < 7:
        return "insufficient_history"
    if claimed is None:
        return "no_claim"
    if price >= base:
        return "no_real_discount"
    return "reference_above_history" if claimed > base else "supported"


def _low(days, window):
    seen = [days.get(-ago) for ago in range(1, window + 1)]
    seen = [low for low in seen if low is not None]
    if -window not in days or Fraction(len(seen), window) < Fraction(4, 5):
        return "unknown"
    return "new_low" if days[0] < min(seen) else "equal_low" if days[0] == min(seen) else "not_low"
