"""How reference prices are judged, on vectors or on real series: `bijia evaluate history FILE`. Pure: the command reads the file.

Vectors are one JSON object, as tests/catalog/vectors/price_history_vectors.json. Series are JSON Lines: ``id``,
``store`` where ids are unique per store only, and ``priceHistory``, change points ``{"date": "2020-03-07", "price":
2.99}``. A price holds from its date until the next one. Prices are exact decimals; no float is made of them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, repeat
from typing import Any, Final, NoReturn

from catalog.daily_lows import DailyLows
from catalog.errors import InvalidInput
from catalog.quantity import decimal_text
from catalog.reference_price import LONG_DAYS, ReferencePrice, reference_price

Judge = Callable[[DailyLows, int | None], ReferencePrice]
"""What is measured: `catalog.reference_price.reference_price`, or a broken twin of it."""

MOST_DAYS: Final = 100_000
"""Of a vector: 270 years. Run lengths are text, and a long one costs nothing to write."""

MOST_PLACES: Final = 20
"""Of a price, and before the point. Shops' figures have a tail such as 1.4900000000000002 now and then."""

_RUN: Final = re.compile(r"\s*(x|[1-9][0-9]{0,17})\s*(?:\*\s*([1-9][0-9]{0,5})\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reduction:
    """A change of a series to a lower price, with the lowest of the 30 days before it; None: fewer than 24 are known."""

    series: str
    store: str | None
    id: str
    day: date
    price: Fraction
    baseline30: Fraction | None

    def as_json(self) -> str:
        """One line of a dump: prices are numbers with the very digits that they have."""
        names = json.dumps({"series": self.series, "store": self.store, "id": self.id}, ensure_ascii=False)
        baseline = "null" if self.baseline30 is None else decimal_text(self.baseline30)
        price = decimal_text(self.price)
        return f'{names[:-1]}, "date": "{self.day}", "price": {price}, "baseline30": {baseline}}}'


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of a file: the `figures` to print, and each reduction of its series."""

    figures: dict[str, Any]
    reductions: list[Reduction]


@dataclass(frozen=True, slots=True)
class _Case:
    id: str
    days: DailyLows
    claimed: int | None
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Series:
    """Change points of one series, days ascending (ordinals, each once); None from where on no price is known."""

    store: str | None
    id: str
    begins: list[int]
    prices: list[Fraction | None]


def evaluate_history(lines: Sequence[str], judge: Judge | None = None) -> Evaluated:
    """How `judge` does on the lines of a file.

    Returns:
        Figures ``cases``, ``exact`` (cases with every expected value right), ``differ`` (ids of the others) and ``malformed``:
        numbers, from 1, of vectors or lines that cannot be understood; they count nowhere else. For series, which
        expect nothing, also ``series``, ``reductions`` and ``baseline30_known``.

    Raises:
        InvalidInput: a JSON object whose ``vectors`` are no list.
    """
    judge = judge or (lambda days, claimed: reference_price(days, claimed=claimed))
    text = [line.removeprefix("\ufeff") for line in lines[:1]] + list(lines[1:])
    document = _parsed("\n".join(text))
    if isinstance(document, dict) and "vectors" in document:
        if not isinstance(document["vectors"], list):
            raise InvalidInput("`vectors` is not a list")
        return Evaluated(_on_vectors(document["vectors"], judge), [])
    return _on_series(text, judge)


def _on_vectors(vectors: Sequence[Any], judge: Judge) -> dict[str, Any]:
    cases, differ, malformed = 0, [], []
    for number, vector in enumerate(vectors, start=1):
        case = _case(vector)
        if case is None:
            malformed.append(number)
            continue
        cases += 1
        found = judge(case.days, case.claimed)
        if any(not _agrees(wanted, found, name) for name, wanted in case.expect.items()):
            differ.append(case.id)
    return {"cases": cases, "exact": cases - len(differ), "differ": differ, "malformed": malformed}


def _on_series(lines: Iterable[str], judge: Judge) -> Evaluated:
    series, malformed = 0, []
    reductions: list[Reduction] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        one = _series(_parsed(line))
        if one is None:
            malformed.append(number)
            continue
        series += 1
        reductions += _reductions(one, judge)
    known = sum(one.baseline30 is not None for one in reductions)
    figures = {
        "cases": 0, "exact": 0, "differ": [],
        "series": series, "reductions": len(reductions), "baseline30_known": known,
        "malformed": malformed,
    }  # fmt: skip
    return Evaluated(figures, reductions)


# ── vectors ──────────────────────────────────────────────────────────────────────────────────────


def _agrees(wanted: object, found: ReferencePrice, name: str) -> bool:
    """Whether one expected value is the one found; a value that nobody computes is not."""
    if name not in COMPARED:
        return False
    value = getattr(found, name)
    return value == wanted and isinstance(wanted, bool) == isinstance(value, bool)


def _case(vector: Any) -> _Case | None:
    if not isinstance(vector, dict):
        return None
    days, claimed, expect = (vector.get(k) for k in ("daily_low_fen", "claimed_reference_fen", "expect"))
    minor = _run_lengths(days) if isinstance(days, str) else None
    is_claim = claimed is None or (type(claimed) is int and claimed > 0)
    if minor is None or not is_claim or not isinstance(vector.get("id"), str):
        return None
    if not isinstance(expect, dict) or not expect:
        return None
    return _Case(vector["id"], DailyLows(date(2026, 1, 1), minor), claimed, expect)


def _run_lengths(text: str) -> tuple[int | None, ...] | None:
    """The days of ``9900*60,x*8,7900*1``; None if it is not such a text, or longer than `MOST_DAYS`."""
    runs = [_RUN.fullmatch(run) for run in text.split(",")]
    if not all(runs):
        return None
    counted = [(run[1], int(run[2] or 1)) for run in runs if run is not None]
    if sum(count for _, count in counted) > MOST_DAYS:
        return None
    return tuple(chain.from_iterable(repeat(None if p == "x" else int(p), count) for p, count in counted))


COMPARED: Final = frozenset(
    {
        "verdict", "baseline7", "baseline30", "coverage30", "real_discount_bp", "claimed_discount_bp", "raised_before",
        "low30", "low90", "low180",
    }
)  # fmt: skip
"""What a vector may expect."""


# ── series ───────────────────────────────────────────────────────────────────────────────────────


def _reductions(series: _Series, judge: Judge) -> Iterator[Reduction]:
    """Every change to a price below the last one known. The 30 days before it are judged as if it were today."""
    places = max((_places(price) for price in series.prices if price is not None), default=0)
    minor = [None if price is None else int(price * 10**places) for price in series.prices]
    name = series.id if series.store is None else f"{series.store}:{series.id}"
    before: int | None = None
    for day, asked in zip(series.begins, minor, strict=True):
        if asked is not None and before is not None and asked < before:
            found = judge(_days_until(day, series.begins, minor), None).baseline30
            yield Reduction(
                *(name, series.store, series.id, date.fromordinal(day), Fraction(asked, 10**places)),
                baseline30=None if found is None else Fraction(found, 10**places),
            )
        before = before if asked is None else asked


def _days_until(today: int, begins: Sequence[int], minor: Sequence[int | None]) -> DailyLows:
    """The day `today` and the 30 before it; a day before the first entry was not observed."""
    days = (bisect_right(begins, day) - 1 for day in range(today - LONG_DAYS, today + 1))
    return DailyLows(date.fromordinal(today), tuple(None if place < 0 else minor[place] for place in days))


def _series(found: Any) -> _Series | None:
    """A series, or None when its line is none. Entries may come in any order; of one day, the lowest counts."""
    if not isinstance(found, dict) or not isinstance(found.get("priceHistory"), list):
        return None
    store, own_id = found.get("store"), found.get("id")
    if isinstance(own_id, bool) or not isinstance(own_id, str | int) or not isinstance(store, str | None):
        return None
    entries = [_entry(entry) for entry in found["priceHistory"]]
    lows: dict[int, Fraction | None] = {}
    for entry in entries:
        if entry is None:
            return None
        day, price = entry
        lows[day] = min((p for p in (price, lows.get(day)) if p is not None), default=None)
    begins = sorted(lows)
    return _Series(store, str(own_id), begins, [lows[day] for day in begins])


def _entry(entry: Any) -> tuple[int, Fraction | None] | None:
    """(day, price) of a change point; None when it has no date, or its price is neither a number nor null.

    Null, zero and less are no prices: from that day on none is known.
    """
    if not isinstance(entry, dict) or "price" not in entry or not isinstance(entry.get("date"), str):
        return None
    try:
        day = date.fromisoformat(entry["date"]).toordinal()
    except ValueError:
        return None
    price = entry["price"]
    if price is None:
        return day, None
    if type(price) is int:
        price = Decimal(price)
    if not isinstance(price, Decimal) or not _is_sane(price):
        return None
    return day, Fraction(price) if price > 0 else None


def _is_sane(price: Decimal) -> bool:
    """So that no figure of a few characters becomes an integer of a billion digits."""
    exponent = price.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_PLACES and price.adjusted() < MOST_PLACES


def _places(price: Fraction) -> int:
    """Decimal places of an exact decimal."""
    return next(places for places in range(MOST_PLACES + 1) if 10**places % price.denominator == 0)


def _parsed(text: str) -> Any:
    """The JSON value of a text with exact numbers; None when it is not JSON, or too deep or too large to be ours."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
