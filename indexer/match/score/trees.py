"""Boosted symmetric trees: evaluating them, reading and writing them as JSON a person can read.

A symmetric tree asks the same question of every row on a level ("words_cosine > 0.4?"), so a tree of depth six is six
comparisons of whole columns and one look-up: numpy does a million rows a second and tree without compiled code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.errors import InvalidInput

Table = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: `columns[i] > bounds[i]` gives the i-th binary digit, lowest first, of the leaf's place in `leaves`."""

    columns: tuple[int, ...]
    bounds: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named columns; a sigmoid makes it a chance."""

    names: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]

    def raw(self, table: Table) -> Floats:
        """Log odds per row of `table`, whose columns are `names`."""
        columns = np.ascontiguousarray(table.T)
        total = np.full(len(table), self.start)
        asked: dict[tuple[int, float], npt.NDArray[np.bool_]] = {}
        for tree in self.trees:
            leaf = np.zeros(len(table), dtype=np.int32)
            for level, question in enumerate(zip(tree.columns, tree.bounds, strict=True)):
                if question not in asked:
                    asked[question] = columns[question[0]] > np.float32(question[1])
                leaf |= asked[question].astype(np.int32) << level
            total += np.asarray(tree.leaves)[leaf]
        return total

    def chances(self, table: Table) -> Floats:
        """From 0 to 1 per row."""
        return sigmoid(self.raw(table))


def sigmoid(raw: Floats) -> Floats:
    """Log odds as a chance."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(raw, -50.0, 50.0))), dtype=np.float64)


def to_json(trees: Trees, about: Mapping[str, Any]) -> str:
    """A tree a line, each question with its column's name. `about`: how the trees came to be."""
    lines = [
        json.dumps(
            {
                "ask": [[trees.names[c], b] for c, b in zip(t.columns, t.bounds, strict=True)],
                "leaves": t.leaves,
            }
        )
        for t in trees.trees
    ]
    head = json.dumps({"about": about, "columns": trees.names, "start": trees.start}, indent=1)
    return head.removesuffix("\n}") + ',\n "trees": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"


def from_json(text: str) -> Trees:
    """What `to_json` wrote.

    Raises:
        InvalidInput: not such a document.
    """
    try:
        document = json.loads(text)
        names = tuple(map(str, document["columns"]))
        place = {name: at for at, name in enumerate(names)}
        trees = tuple(_tree(one["ask"], one["leaves"], place) for one in document["trees"])
        return Trees(names, float(document["start"]), trees)
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"not a file of trees: {error}") from error


def _tree(ask: Sequence[Sequence[Any]], leaves: Sequence[float], place: Mapping[str, int]) -> Tree:
    if len(leaves) != 2 ** len(ask):
        raise ValueError(f"{len(ask)} questions have {2 ** len(ask)} answers, not {len(leaves)}")
    return Tree(tuple(place[n] for n, _ in ask), tuple(float(b) for _, b in ask), tuple(map(float, leaves)))
