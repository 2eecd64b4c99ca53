"""The scorer as it is shipped: prepared records and pairs in, chances out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from catalog.errors import InvalidInput
from indexer.match.score.features import features_of
from indexer.match.score.prepared import Prepared
from indexer.match.score.rows import Floats, Ints
from indexer.match.score.trees import Trees, from_json, sigmoid

SAME_FROM: Final = 0.4
"""Chance from which two records, of which nothing else is known, are taken for the same goods (DECISIONS 56)."""

SAME_IN_CONTEXT_FROM: Final = 0.2
"""The same where a pair is judged among others: a share (`context.py`), or a mean over two products (`linking.py`)."""

MODEL: Final = "model.json"
"""Beside this file; made by `make model` (DECISIONS 55)."""

_AT_ONCE: Final = 2_048
"""Pairs whose columns stay in a processor's cache; speed is flat from here to ten times as many."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores pairs; share one, it keeps nothing."""

    trees: Trees

    def raw(self, prepared: Prepared, left: Ints, right: Ints) -> Floats:
        """Log odds that each pair is the same goods. The same whichever of the two is left.

        Raises:
            InvalidInput: the trees ask for other figures than are made here.
        """
        parts = [
            self._raw(prepared, left[start : start + _AT_ONCE], right[start : start + _AT_ONCE])
            for start in range(0, len(left), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def chances(self, prepared: Prepared, left: Ints, right: Ints) -> Floats:
        """From 0 to 1 per pair."""
        return sigmoid(self.raw(prepared, left, right))

    def _raw(self, prepared: Prepared, left: Ints, right: Ints) -> Floats:
        names, table = features_of(prepared, left, right)
        if names != self.trees.names:
            raise InvalidInput("the model was made for other figures: run `make model`")
        return self.trees.raw(table)


@cache
def packaged_scorer() -> Scorer:
    """The scorer of this release; its trees are read once."""
    return Scorer(from_json(files(__package__).joinpath(MODEL).read_text("utf-8")))


def pairs_of(left: Sequence[int], right: Sequence[int]) -> tuple[Ints, Ints]:
    """Places as the arrays that the scorer takes."""
    return np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
