"""The price chart of a product: one step line per marketplace, drawn by the server.

Pure: from spans to whole coordinates. The plot is stretched to the page's width, so x is in thousandths of it; y is in
pixels. The template draws it (`templates/chart.html`), and a table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from api.pages import formatting
from api.pages.lines import Scale, bounds, step_path
from api.pages.spans import Span, clipped, lowest

WIDTH: Final = 1_000
HEIGHT: Final = 240
TOP: Final = 22
"""Room above the highest line for the mark of the lowest point, should it lie there."""
BOTTOM: Final = HEIGHT - 22

DAYS: Final = 180
FEWEST_DAYS: Final = 7
"""A shorter history is drawn over this many days: one day stretched over the page would look like a trend."""

DATES: Final = 5
GRID: Final = 4
"""About so many lines; their distance is 1, 2 or 5 times a power of ten."""
LABEL_APART: Final = 17
"""Pixels between two labels at the line ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """One marketplace's lowest price."""

    marketplace: str
    path: str
    end_x: int
    end_y: int
    label_y: int
    """Moved from `end_y` where labels would overlap."""
    minor: int
    """The last figure of the line."""
    is_current: bool
    """Whether the line reaches the present."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The lowest point of all."""

    x: int
    y: int
    text: str
    marketplace: str
    is_right: bool
    """Whether it lies in the right half, so that its label goes to the left."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the table that stands for the chart."""

    marketplace: str
    since: datetime
    until: datetime
    minor: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    lines: tuple[Line, ...]
    prices: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    lowest: Mark
    changes: tuple[Change, ...]
    currency: str


def chart(offers: Mapping[str, Sequence[Sequence[Span]]], *, currency: str, now: int) -> Chart | None:
    """The chart of each marketplace's offers; None when nothing is known of the last 180 days."""
    lines = {name: clipped(lowest(many), now - DAYS * 86_400, now) for name, many in offers.items()}
    lines = {name: line for name, line in sorted(lines.items()) if line}
    if not lines:
        return None
    every = [span for line in lines.values() for span in line]
    begin = min([now - FEWEST_DAYS * 86_400, *(span.start for span in every)])
    prices = _grid(*bounds(every))
    x = Scale(begin, now, 0, WIDTH)
    y = Scale(prices[0], prices[-1], BOTTOM, TOP)
    return Chart(
        lines=_spread([_line(name, line, x, y, now) for name, line in lines.items()]),
        prices=tuple(Tick(y(price), formatting.money(price, currency)) for price in prices),
        dates=tuple(_date(x, begin + (now - begin) * part // DATES) for part in range(DATES + 1)),
        lowest=_lowest(lines, x, y, currency),
        changes=_changes(lines),
        currency=currency,
    )


def _line(name: str, line: Sequence[Span], x: Scale, y: Scale, now: int) -> Line:
    last = line[-1]
    end_x, end_y = x(last.end), y(last.minor)
    return Line(name, step_path(line, x, y), end_x, end_y, end_y, last.minor, is_current=last.end >= now)


def _grid(low: int, high: int) -> list[int]:
    """Round figures from at or below `low` to at or above `high`; around a flat line, one step to either side."""
    step = _round_step(max((high - low) // GRID, low // 50, 1))
    first = low // step * step
    if low == high and first == low:
        first -= step
    last = -(-high // step) * step
    if last in {first, low}:
        last += step
    return list(range(max(first, 0), last + 1, step))


def _round_step(least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is at least `least`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10


def _date(x: Scale, moment: int) -> Tick:
    return Tick(x(moment), formatting.day(_moment(moment)))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _lowest(lines: Mapping[str, Sequence[Span]], x: Scale, y: Scale, currency: str) -> Mark:
    """The first moment of the lowest figure; of two marketplaces the one that had it first."""
    minor, start, name = min((span.minor, span.start, name) for name, line in lines.items() for span in line)
    at = x(start)
    return Mark(at, y(minor), formatting.money(minor, currency), name, is_right=at > WIDTH // 2)


def _changes(lines: Mapping[str, Sequence[Span]]) -> tuple[Change, ...]:
    """Newest first."""
    found = [
        Change(name, _moment(span.start), _moment(span.end), span.minor)
        for name, line in lines.items()
        for span in line
    ]
    return tuple(sorted(found, key=lambda change: (-change.since.timestamp(), change.marketplace)))


def _spread(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with labels moved apart: downwards from the highest, then back up from the bottom edge."""
    ordered = sorted(lines, key=lambda line: (line.end_y, line.marketplace))
    places: list[int] = []
    for line in ordered:
        places.append(max(line.end_y, places[-1] + LABEL_APART) if places else max(line.end_y, LABEL_APART))
    limit = HEIGHT
    for place in reversed(range(len(places))):
        places[place] = min(places[place], limit)
        limit = places[place] - LABEL_APART
    return tuple(
        Line(o.marketplace, o.path, o.end_x, o.end_y, at, o.minor, o.is_current)
        for o, at in zip(ordered, places, strict=True)
    )
