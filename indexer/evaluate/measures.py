"""Figures for pairs and clusters: precision, recall, F1, average precision, B-cubed. All fractions from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def f1_of(precision: float, recall: float) -> float:
    """Their harmonic mean; 0 of nothing."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def precision_recall(said: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> dict[str, float]:
    """``precision``, ``recall`` and ``f1`` of what was said to be the same; 0 where nothing was said or is true."""
    right = int((said & true).sum())
    precision, recall = right / max(1, int(said.sum())), right / max(1, int(true.sum()))
    return {"precision": precision, "recall": recall, "f1": f1_of(precision, recall)}


def average_precision(scores: Floats, true: npt.NDArray[np.bool_]) -> float:
    """Mean precision at each true pair, from the highest score down; equal scores count together."""
    if not true.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    found = np.cumsum(true[order])[ends]
    return float(np.sum(np.diff(np.concatenate([[0], found])) * found / (ends + 1)) / true.sum())


def cluster_figures(found: Sequence[Any], true: Sequence[Any]) -> dict[str, float]:
    """``pairwise_`` and ``b3_`` ``precision``, ``recall``, ``f1`` of a partition: a label per record in both."""
    both, ours, theirs = Counter(zip(found, true, strict=True)), Counter(found), Counter(true)
    pairs = _pairs(both.values())
    figures = _named(
        "pairwise", pairs / max(1, _pairs(ours.values())), pairs / max(1, _pairs(theirs.values()))
    )
    records = max(1, len(found))
    precision = sum(n * n / ours[cluster] for (cluster, _), n in both.items()) / records
    recall = sum(n * n / theirs[entity] for (_, entity), n in both.items()) / records
    return figures | _named("b3", precision, recall)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _named(name: str, precision: float, recall: float) -> dict[str, float]:
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1_of(precision, recall)}


def rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Fractions to four places: the rest is noise."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
