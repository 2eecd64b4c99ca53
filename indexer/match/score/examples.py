"""Pairs to learn from: of listings whose goods are known, those that are easily taken for each other."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.match.score.candidates import Neighbours
from indexer.match.score.prepared import Prepared
from indexer.match.score.rows import Floats, Ints

NEAR: Final = 8
"""Neighbours of a listing that are looked at (DECISIONS 55)."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of places in a list of records, and 1 for the same goods, 0 for others."""

    left: Ints
    right: Ints
    labels: Floats


def examples_of(prepared: Prepared, entities: Sequence[int], seed: int, most: int) -> Examples:
    """At most `most` pairs: each record with near neighbours and a stranger, and records of the same goods with each other."""
    dice = random.Random(seed)  # noqa: S311  (which pairs are looked at, nothing secret)
    everyone = np.arange(len(prepared))
    near = Neighbours(prepared, everyone, by_title=True)
    pairs: set[tuple[int, int]] = set()
    for record in range(len(prepared)):
        others = [*near.of(record, NEAR).tolist()[: dice.randint(1, NEAR)], dice.randrange(len(prepared))]
        pairs.update((min(record, other), max(record, other)) for other in others if other != record)
    pairs.update(_same(entities, dice))
    chosen = sorted(pairs)
    dice.shuffle(chosen)
    left, right = np.array(chosen[:most], dtype=np.int64).reshape(-1, 2).T
    goods = np.asarray(entities)
    return Examples(left, right, (goods[left] == goods[right]).astype(np.float64))


def _same(entities: Sequence[int], dice: random.Random) -> set[tuple[int, int]]:
    """For each record one other of the same goods, if there is any."""
    members: dict[int, list[int]] = {}
    for record, entity in enumerate(entities):
        members.setdefault(entity, []).append(record)
    found = set()
    for record, entity in enumerate(entities):
        other = dice.choice(members[entity])
        if other != record:
            found.add((min(record, other), max(record, other)))
    return found
