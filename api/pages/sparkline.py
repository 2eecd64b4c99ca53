"""The small line beside a product: its lowest price over the last 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.lines import Scale, bounds, step_path
from api.pages.spans import Span, clipped, lowest

DAYS: Final = 30
FEWEST_DAYS: Final = 3
"""Of a shorter time there is no course to draw."""

WIDTH: Final = 88
HEIGHT: Final = 28
MARGIN: Final = 3
"""Room for the line's thickness and the dot at its end."""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """What the template draws, and the same in figures for those who cannot see it."""

    path: str
    end_x: int
    end_y: int
    low_minor: int
    high_minor: int
    is_low: bool
    """Whether the last figure is the lowest of all, and there was a higher one."""


def sparkline(many: Sequence[Sequence[Span]], *, now: int) -> Sparkline | None:
    """The line for several offers' spans; None when too little is known of the last days."""
    line = clipped(lowest(many), now - DAYS * 86_400, now)
    if not line or line[-1].end - line[0].start < FEWEST_DAYS * 86_400:
        return None
    low, high = bounds(line)
    x = Scale(now - DAYS * 86_400, now, 0, WIDTH - MARGIN)
    y = Scale(low, high, HEIGHT - MARGIN, MARGIN)
    last = line[-1]
    is_low = last.minor == low < high
    return Sparkline(step_path(line, x, y), x(last.end), y(last.minor), low, high, is_low)
