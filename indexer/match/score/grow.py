"""Growing boosted symmetric trees in numpy: gradient boosting of the logistic loss on binned columns (DECISIONS 55).

Deterministic: the same rows, labels and `Growth` give the same trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from indexer.match.score.trees import Floats, Table, Tree, Trees, sigmoid

BINS: Final = 48
"""Steps into which a column is cut, by share of rows."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How to grow."""

    trees: int = 300
    depth: int = 5
    rate: float = 0.08
    rows: float = 0.5
    """Share of rows that a tree sees."""
    columns: float = 0.6
    """Share of columns that a tree may ask about."""
    shrink: float = 5.0
    """Added to a leaf's weight of evidence, which pulls leaves of few rows to 0."""
    seed: int = 0


def grow(
    names: tuple[str, ...],
    table: Table,
    labels: Floats,
    growth: Growth | None = None,
    weights: Floats | None = None,
) -> Trees:
    """Trees that tell rows with label 1 from those with 0. `weights`: how much each row counts, 1 by default."""
    growth = growth or Growth()
    weights = np.ones(len(labels)) if weights is None else weights
    dice = np.random.default_rng(growth.seed)
    bounds = [_bounds(column) for column in table.T]
    binned = np.stack(
        [np.searchsorted(b, column, side="left") for b, column in zip(bounds, table.T, strict=True)]
    ).astype(np.int64)
    share = float(np.clip(np.average(labels, weights=weights), 1e-6, 1 - 1e-6))
    start = float(np.log(share / (1 - share)))
    raw = np.full(len(labels), start)
    grown: list[Tree] = []
    for _ in range(growth.trees):
        chance = sigmoid(raw)
        slope, bend = (labels - chance) * weights, chance * (1 - chance) * weights
        seen = np.flatnonzero(dice.random(len(labels)) < growth.rows)
        asked = np.sort(dice.permutation(len(bounds))[: max(1, round(growth.columns * len(bounds)))])
        questions = _questions(binned[:, seen], asked, slope[seen], bend[seen], growth)
        if not questions:
            break
        leaf = np.zeros(len(labels), dtype=np.int64)
        for level, (column, step) in enumerate(questions):
            leaf |= (binned[column] > step).astype(np.int64) << level
        size = 2 ** len(questions)
        up = np.bincount(leaf[seen], slope[seen], minlength=size)
        down = np.bincount(leaf[seen], bend[seen], minlength=size) + growth.shrink
        leaves = np.round(growth.rate * up / down, 6)
        raw += leaves[leaf]
        grown.append(Tree(
            tuple(int(column) for column, _ in questions),
            tuple(float(bounds[column][step]) for column, step in questions),
            tuple(map(float, leaves)),
        ))  # fmt: skip
    return Trees(names, start, tuple(grown))


def _bounds(column: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Where a column is cut: between neighbours of its distinct values, evenly by share of rows; rounded to read well."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1), method="nearest"))
    middles = (values[1:].astype(np.float64) + values[:-1]) / 2
    return np.unique(np.round(middles, 5)).astype(np.float32)


def _questions(
    binned: npt.NDArray[np.int64], asked: npt.NDArray[np.int64], slope: Floats, bend: Floats, growth: Growth
) -> list[tuple[int, int]]:
    """The questions of one tree, each the best for all leaves that the ones before it made."""
    columns = binned[asked]
    leaf = np.zeros(binned.shape[1], dtype=np.int64)
    found: list[tuple[int, int]] = []
    for level in range(growth.depth):
        gains = _gains(columns, leaf, 2**level, slope, bend, growth.shrink)
        column, step = divmod(int(np.argmax(gains)), gains.shape[1])
        if not gains[column, step] > 0:
            break
        found.append((int(asked[column]), step))
        leaf |= (columns[column] > step).astype(np.int64) << level
    return found


def _gains(
    columns: npt.NDArray[np.int64],
    leaf: npt.NDArray[np.int64],
    leaves: int,
    slope: Floats,
    bend: Floats,
    shrink: float,
) -> Floats:
    """What is gained by cutting a column (row of the answer) after a step (its column), in all leaves alike."""
    size = leaves * (BINS + 1)
    up, down = np.empty((len(columns), size)), np.empty((len(columns), size))
    for at, column in enumerate(columns):
        place = leaf * (BINS + 1) + column
        up[at] = np.bincount(place, slope, minlength=size)
        down[at] = np.bincount(place, bend, minlength=size)
    up = np.cumsum(up.reshape(len(columns), leaves, -1), axis=2)
    down = np.cumsum(down.reshape(len(columns), leaves, -1), axis=2)
    all_up, all_down = up[:, :, -1:], down[:, :, -1:]
    gain = (
        up**2 / (down + shrink)
        + (all_up - up) ** 2 / (all_down - down + shrink)
        - all_up**2 / (all_down + shrink)
    )
    return np.asarray(gain.sum(axis=1)[:, :-1])
