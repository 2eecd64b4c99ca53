"""What an offer leaves open of what splits its goods from others: not stated, stated in two ways, or only guessed.

Matching does not look here: it has its own rules (DECISIONS 27). This is what people are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from indexer.read_title.reading import Conflict, Reading
from indexer.read_title.unlisted import UNLISTED

LEAST_SURE: Final = 70
"""Percent of confidence below which a value is told as probable (DECISIONS 51)."""

_ALWAYS: Final = ("brand", "model", "condition", "region_version")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Names of attributes."""

    missing: tuple[str, ...]
    """Without a model that is guessed: that is probable."""
    conflicts: tuple[Conflict, ...]
    """Those about attributes that split."""
    probable: tuple[str, ...]
    """Read, with less confidence than `LEAST_SURE`, and not in conflict."""


def doubts_of(reading: Reading) -> Doubts:
    """What is in doubt of an offer."""
    splitting = {*_ALWAYS, *reading.split.by}
    is_guess = any(one.name == "model" and one.rule == UNLISTED for one in reading.evidence)
    if not (
        reading.split.model_identifies or is_guess
    ):  # a class of goods is no model: that it is missing is said
        splitting.discard("model")
    conflicts = tuple(conflict for conflict in reading.conflicts if conflict.attribute in splitting)
    contested = {conflict.attribute for conflict in conflicts}
    return Doubts(
        missing=tuple(name for name in reading.missing if not (name == "model" and is_guess)),
        conflicts=conflicts,
        probable=tuple(
            name
            for name, sureness in _sureness(reading).items()
            if name in splitting - contested and sureness < LEAST_SURE
        ),
    )


def _sureness(reading: Reading) -> dict[str, int]:
    """Attribute -> the highest confidence with which the value that holds was read, in percent."""
    holds = dict(reading.variant) | {"brand": reading.brand, "model": reading.model}
    found: dict[str, int] = {}
    for one in reading.evidence:
        if holds.get(one.name) == one.value:
            found[one.name] = max(one.confidence, found.get(one.name, 0))
    return found
