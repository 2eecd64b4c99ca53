"""A pair among its rivals: two records that each have a better partner are rarely the same goods."""

from __future__ import annotations

import numpy as np

from indexer.match.score.rows import Floats, Ints


def shares(raw: Floats, left: Ints, right: Ints) -> Floats:
    """Chance per pair that it holds, when each record has one partner on the other side at most.

    `raw` are log odds of each pair alone. All pairs that share a record compete, with the case that none holds: odds ÷ (1 +
    all odds of both records). A pair without rivals keeps its own chance.
    """
    if not len(raw):
        return np.zeros(0)
    odds = np.exp(np.clip(raw, -30.0, 30.0))
    around = np.bincount(left, odds)[left] + np.bincount(right, odds)[right] - odds
    return np.asarray(odds / (1.0 + around), dtype=np.float64)
