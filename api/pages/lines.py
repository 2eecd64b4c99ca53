"""Step lines as SVG path data, in whole units: what the sparkline and the chart have in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.spans import Span


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps a range of values onto a range of whole units; `low` lands on `at_low`."""

    low: int
    high: int
    at_low: int
    at_high: int

    def __call__(self, value: int) -> int:
        """Where `value` lies, rounded half up. A range of one value is mapped onto the middle."""
        if self.high == self.low:
            return (self.at_low + self.at_high) // 2
        length = self.at_high - self.at_low
        return self.at_low + ((value - self.low) * length * 2 // (self.high - self.low) + 1) // 2


def step_path(spans: Sequence[Span], x: Scale, y: Scale) -> str:
    """Spans as a step line: vertical at a change, broken at a gap.

    Changes that fall on one unit are drawn as one, so the text's length is bounded by the width in units.
    """
    path: list[str] = []
    at_x = at_y = until = -1
    for span in spans:
        left, right, height = x(span.start), x(span.end), y(span.minor)
        if not path or (span.start > until and left > at_x):
            path.append(f"M{left} {height}" + ("h0" if right == left else ""))  # h0: a dot, by its round cap
            at_x, at_y = left, height
        if right > at_x:
            path.append((f"V{height}" if height != at_y else "") + f"H{right}")
            at_x, at_y = right, height
        until = span.end
    if path and y(spans[-1].minor) != at_y:
        path.append(f"V{y(spans[-1].minor)}")
    return "".join(path)


def bounds(spans: Sequence[Span]) -> tuple[int, int]:
    """The lowest and the highest figure."""
    figures = [span.minor for span in spans]
    return min(figures), max(figures)
