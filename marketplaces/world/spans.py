"""Stretches of time an offer's promotions live in: each kind has its own, with the draws that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.dice import mix
from marketplaces.world.seasons import HOUR_S

if TYPE_CHECKING:
    from marketplaces.world.model import Offer

_LATE_OR_EARLY = 16
"""One coupon in so many is still shown after its end, and one before its start, as real answers do."""


@dataclass(frozen=True, slots=True)
class Span:
    """Hours from `start` to before `end`."""

    start: int
    end: int
    draw: int
    """64 bits: what happens in this stretch."""

    def pick(self, place: int, count: int) -> int:
        """A draw of this stretch, below `count`; every place is a draw of its own."""
        return mix(self.draw, place) % count

    @property
    def seconds(self) -> tuple[int, int]:
        """As the window of a promotion."""
        return self.start * HOUR_S, self.end * HOUR_S


def span_at(offer: Offer, salt: int, hour: int, hours: int) -> Span:
    """The stretch of that length the hour lies in; `salt` tells the kinds apart."""
    start, draw = _place(offer.key ^ salt, hour, hours)
    return Span(start, start + hours, draw)


def happening(offer: Offer, salt: int, hour: int, hours: int, percent: int) -> Span | None:
    """The same, where the thing happens in it: in that share of all stretches."""
    start, draw = _place(offer.key ^ salt, hour, hours)
    return Span(start, start + hours, draw) if draw % 100 < percent else None


def _place(own: int, hour: int, hours: int) -> tuple[int, int]:
    place = own % hours
    number = (hour + place) // hours
    return number * hours - place, mix(own, number)


def coupon_window(span: Span) -> tuple[int, int]:
    """When a coupon shown in this stretch may be used: mostly now; else it is over, or has not begun."""
    length = span.seconds[1] - span.seconds[0]
    shift = {0: -length, 1: length}.get(span.pick(91, _LATE_OR_EARLY), 0)
    return span.seconds[0] + shift, span.seconds[1] + shift
