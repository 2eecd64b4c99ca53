"""Learning from a labelled file for one evaluation: trees and a threshold, then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from catalog.errors import InvalidInput
from indexer.evaluate.labelled import Report
from indexer.evaluate.measures import f1_of
from indexer.match.score.features import features_of
from indexer.match.score.grow import Growth, grow
from indexer.match.score.prepared import Prepared
from indexer.match.score.rows import Floats, Ints
from indexer.match.score.scorer import Scorer
from indexer.match.score.trees import Table

FOLDS: Final = 4
"""Parts of the file; a pair is scored by trees that have not seen its part, to choose the threshold (DECISIONS 56)."""

GROWTH: Final = Growth(trees=400, depth=6, rate=0.06, rows=0.7, columns=0.5, shrink=1.0, seed=2)

_FEWEST: Final = 8
"""Pairs of either kind below which nothing is learned."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What decides: a scorer, and the chance from which pairs are the same."""

    scorer: Scorer
    same_from: float


def train_on(
    prepared: Prepared, left: Ints, right: Ints, same: npt.NDArray[np.bool_], report: Report
) -> Trained:
    """Trees from all pairs, and the threshold that would have been best for pairs not learned from.

    Raises:
        InvalidInput: too few pairs of one kind to learn anything.
    """
    if min(int(same.sum()), int((~same).sum())) < _FEWEST:
        raise InvalidInput(
            f"too little to learn from: fewer than {_FEWEST} pairs of the same goods, or of others"
        )
    names, table = features_of(prepared, left, right)
    report(f"learning from {len(same)} pairs")
    chances = unseen_chances(names, table, same)
    return Trained(Scorer(grow(names, table, same.astype(np.float64), GROWTH)), best_threshold(chances, same))


def unseen_chances(names: tuple[str, ...], table: Table, same: npt.NDArray[np.bool_]) -> Floats:
    """A chance per pair from trees that were grown without its part of the pairs."""
    part = np.random.default_rng(GROWTH.seed).integers(0, FOLDS, len(same))
    chances = np.zeros(len(same))
    for fold in range(FOLDS):
        held = part == fold
        if held.any() and same[~held].any():
            chances[held] = grow(names, table[~held], same[~held].astype(np.float64), GROWTH).chances(
                table[held]
            )
    return chances


def best_threshold(chances: Floats, same: npt.NDArray[np.bool_]) -> float:
    """The threshold of the highest F1: in the middle of those that are within a hundredth of the best, against noise."""
    grid = np.linspace(0.02, 0.98, 97)
    found = []
    for threshold in grid:
        said = chances >= threshold
        right = int((said & same).sum())
        found.append(f1_of(right / max(1, int(said.sum())), right / max(1, int(same.sum()))))
    close = grid[np.array(found) >= max(found) - 0.004]
    return float(np.round(np.median(close), 2))
