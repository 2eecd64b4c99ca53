"""Labelled lines for the matcher: read, checked, and what is no such line told by its number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.match.score.record import Record, record_of

Report = Callable[[str], None]
"""Told one line of text about what cannot be used."""

_LABELS: Final = {0: False, 1: True, "0": False, "1": True}


@dataclass(slots=True)
class Pairs:
    """Pairs of places in `records`; equal records stand there once."""

    records: list[Record] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)
    malformed: list[int] = field(default_factory=list)
    """Numbers, from 1, of lines that are no pair."""
    _places: dict[Record, int] = field(default_factory=dict)

    def place_of(self, record: Record) -> int:
        """Where `record` stands; it is added if it is new."""
        place = self._places.setdefault(record, len(self.records))
        if place == len(self.records):
            self.records.append(record)
        return place


def pairs_in(lines: Iterable[str], report: Report, into: Pairs | None = None) -> Pairs:
    """The pairs of JSON Lines ``{"left": {...}, "right": {...}, "label": 0 or 1}``.

    `into`: pairs whose records are numbered on; the new pairs alone are returned, over the same records.
    """
    found = Pairs() if into is None else Pairs(into.records, _places=into._places)  # noqa: SLF001
    for number, line in objects_in(lines, found.malformed, report):
        pair = _pair(line)
        if pair is None:
            report(f"line {number}: not a pair")
            found.malformed.append(number)
            continue
        left, right, same = pair
        found.left.append(found.place_of(left))
        found.right.append(found.place_of(right))
        found.same.append(same)
    return found


def objects_in(
    lines: Iterable[str], malformed: list[int], report: Report
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number, from 1, and object of each line; blank lines are passed over, lines that are no object go to `malformed`."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            document = None
        if isinstance(document, dict):
            yield number, document
        else:
            report(f"line {number}: not a JSON object")
            malformed.append(number)


def _pair(document: Mapping[str, Any]) -> tuple[Record, Record, bool] | None:
    left, right, label = document.get("left"), document.get("right"), document.get("label")
    if not isinstance(left, dict) or not isinstance(right, dict) or not isinstance(label, str | int):
        return None
    same = _LABELS.get(label)
    return None if same is None else (record_of(left), record_of(right), same)
