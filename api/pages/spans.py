"""What was asked over time: change points turned into spans, and the lowest of many spans.

Pure. A figure stands from when it was seen until the next one, but is carried at most 48 hours past its last sighting
(domain §4.2): after that nothing is known, and a gap is shown as a gap. Offers out of stock ask nothing.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from catalog.daily_lows import CARRY
from catalog.listing import Stock
from ledger.history import PricePoint

CARRY_S: Final = CARRY // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """`minor` was asked from `start` until `end`, in seconds since 1970; at least one second long."""

    start: int
    end: int
    minor: int


def spans(points: Sequence[PricePoint], *, currency: str, now: int) -> list[Span]:
    """The spans of one offer's points (oldest first) in `currency`: price and, where it is known, shipping."""
    found: list[Span] = []
    for place, point in enumerate(points):
        following = seconds(points[place + 1].since) if place + 1 < len(points) else now
        start = seconds(point.since)
        end = max(min(seconds(point.until) + CARRY_S, following, now), start + 1)
        if point.price.currency == currency and point.stock != Stock.OUT:
            found.append(Span(start, end, landed_minor(point)))
    return found


def landed_minor(point: PricePoint) -> int:
    """What the point asked, delivered; of points written before that was kept, price and, where it is known, shipping."""
    if point.landed is not None:
        return point.landed.minor
    return point.price.minor + (point.shipping.minor if point.shipping is not None else 0)


def lowest(many: Iterable[Sequence[Span]]) -> list[Span]:
    """The lowest figure at every moment, over several offers; moments that none covers are in no span."""
    waiting = sorted((span for one in many for span in one), key=lambda span: span.start)
    edges = sorted({edge for span in waiting for edge in (span.start, span.end)})
    found: list[Span] = []
    asked: list[tuple[int, int]] = []  # (minor, end) of the spans that have begun, cheapest on top
    place = 0
    for start, end in itertools.pairwise(edges):
        while place < len(waiting) and waiting[place].start <= start:
            heapq.heappush(asked, (waiting[place].minor, waiting[place].end))
            place += 1
        while asked and asked[0][1] <= start:
            heapq.heappop(asked)
        if asked:
            _extend(found, Span(start, end, asked[0][0]))
    return found


def clipped(many: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of the spans that lie between `start` and `end`."""
    return [
        Span(max(span.start, start), min(span.end, end), span.minor)
        for span in many
        if span.end >= start and span.start <= end
    ]


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def _extend(found: list[Span], span: Span) -> None:
    """Add a span; one that goes on at the same figure becomes one with it."""
    if found and found[-1].end == span.start and found[-1].minor == span.minor:
        found[-1] = Span(found[-1].start, span.end, span.minor)
    else:
        found.append(span)
