"""Several statements about one offer into one answer: structured fields outrank the SKU text, that outranks the title.

What disagrees is kept as a `Conflict`; what is only offered as a choice is no value.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from indexer.read_title.extract import Extract
from indexer.read_title.models import GUESSED, ModelFound
from indexer.read_title.quantity import NOTHING, Contents, combined
from indexer.read_title.reading import Conflict, Source

T = TypeVar("T")
Said = Sequence[tuple[Source, T | None]]
"""What each source says, the highest first; None: it says nothing."""
Extracts = Sequence[tuple[Source, Extract]]


@dataclass(slots=True)
class Settled:
    """The values that hold, and what stands against them."""

    values: dict[str, str] = field(default_factory=dict)
    choices: set[str] = field(default_factory=set)
    """Attributes of which the offer names several values and decides for none."""
    conflicts: list[Conflict] = field(default_factory=list)


def settle(name: str, said: Said[T], conflicts: list[Conflict]) -> T | None:
    """The highest source's value; the others' different ones become a conflict."""
    stated = [(source, value) for source, value in said if value is not None]
    if len(stated) < 2:
        return stated[0][1] if stated else None
    first = stated[0][1]
    if any(value != first for _, value in stated):
        values = tuple(str(value) for _, value in stated)
        conflicts.append(Conflict(name, values, tuple(source for source, _ in stated)))
    return first


def settle_values(extracts: Extracts) -> Settled:
    """Attribute values from `extracts`, the highest source first."""
    if len(extracts) == 1:  # a bare title: nothing to weigh
        return _undisputed(*extracts[0])
    settled = Settled()
    for name in dict.fromkeys(name for _, e in extracts for name in (*e.values, *e.choices)):
        value = settle(name, [(source, e.values.get(name)) for source, e in extracts], settled.conflicts)
        if value is not None:
            settled.values[name] = value
        else:
            settled.choices.add(name)
            choices = tuple(value for _, e in extracts for value in e.choices.get(name, ()))
            settled.conflicts.append(Conflict(name, choices, (extracts[-1][0],) * len(choices)))
    return settled


def _undisputed(source: Source, extract: Extract) -> Settled:
    settled = Settled(dict(extract.values))
    for name, choices in extract.choices.items():
        if name not in settled.values:
            settled.choices.add(name)
            settled.conflicts.append(Conflict(name, choices, (source,) * len(choices)))
    return settled


def settle_model(extracts: Extracts, conflicts: list[Conflict]) -> ModelFound | None:
    """The model of the highest source that is sure of one."""
    found = [(source, e.model) for source, e in extracts if e.model is not None]
    if len(found) < 2:
        return found[0][1] if found else None
    source, best = next(((s, m) for s, m in found if m.confidence >= 90 and not m.rivals), found[-1])
    for other_source, other in found:
        if not _agree(best, other):
            conflicts.append(Conflict("model", (best.model, other.model), (source, other_source)))
    return best


def _agree(left: ModelFound, right: ModelFound) -> bool:
    """The same name; a code may be cut short (KFR-35GW), an iPhone 15 is no iPhone 15 Pro, a guess contradicts no name."""
    a, b = left.model.casefold(), right.model.casefold()
    is_one_guessed = (left.rule == GUESSED) != (right.rule == GUESSED)
    is_one_code = "code" in {left.rule, right.rule}
    return a == b or is_one_guessed or (is_one_code and (a.startswith(b) or b.startswith(a)))


def settle_contents(extracts: Extracts) -> Contents:
    """Contents from the title, narrowed by the SKU text, narrowed by the properties."""
    contents = NOTHING
    for _, extract in reversed(extracts):
        contents = combined(contents, extract.contents)
    return contents


def distinct(values: Collection[T]) -> tuple[T, ...]:
    """Each of `values` once, in order."""
    return tuple(dict.fromkeys(values)) if values else ()
