"""A measured figure, and how figures are shown: a table for people, one JSON object for programs."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured several times."""

    name: str
    """Dotted, for programs: ``crawl.committed.all``."""
    what: str
    """For people."""
    unit: str
    values: Sequence[float]
    """One per repetition, in their order."""
    note: str = ""

    @property
    def median(self) -> float:
        """The figure."""
        return statistics.median(self.values)


def ratios(name: str, what: str, over: Figure, under: Figure, note: str = "") -> Figure:
    """`over` divided by `under`, repetition by repetition."""
    pairs = zip(over.values, under.values, strict=True)
    return Figure(name, what, "×", [one / other for one, other in pairs], note)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of 100 values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(figures: Iterable[Figure]) -> str:
    """Markdown: median, lowest and highest, repetitions."""
    lines = ["| figure | median | lowest – highest | n | |", "|---|--:|--:|--:|---|"]
    lines += [
        f"| {f.what} | {_short(f.median)} {f.unit} | {_short(min(f.values))} – {_short(max(f.values))}"
        f" | {len(f.values)} | {f.note} |"
        for f in figures
    ]
    return "\n".join(lines)


def as_json(figures: Iterable[Figure], **about: object) -> str:
    """One line."""
    found = {
        f.name: {
            "what": f.what,
            "unit": f.unit,
            "median": _rounded(f.median),
            "lowest": _rounded(min(f.values)),
            "highest": _rounded(max(f.values)),
            "values": [_rounded(value) for value in f.values],
            "note": f.note,
        }
        for f in figures
    }
    return json.dumps({"machine": machine(), **about, "figures": found}, ensure_ascii=False)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_1_min": os.getloadavg()[0],
    }


def _rounded(value: float) -> float:
    """To six figures: more than any repetition agrees on with the next."""
    return float(f"{value:.6g}")


def _short(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
