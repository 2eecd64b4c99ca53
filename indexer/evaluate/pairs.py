"""How well pairs are told apart: `bijia evaluate pairs FILE`. Pure: the command reads the file."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time
from typing import Any

import numpy as np

from catalog.errors import InvalidInput
from indexer.evaluate.labelled import Pairs, Report, pairs_in
from indexer.evaluate.measures import average_precision, precision_recall, rounded
from indexer.evaluate.trained import Trained, train_on
from indexer.match.score.prepared import prepare
from indexer.match.score.rows import Ints
from indexer.match.score.scorer import SAME_FROM, Scorer, packaged_scorer, pairs_of

ANOTHER_KIND = 'no line is a pair: {"left": {…}, "right": {…}, "label": 0 or 1}'


def evaluate_pairs(
    lines: Iterable[str], report: Report, train: Iterable[str] | None = None, scorer: Scorer | None = None
) -> dict[str, Any]:
    """How `scorer`, by default the shipped one, does on the pairs in `lines`.

    `train`: lines to learn trees and a threshold from, for this once. `report` is told what is no pair, and how it goes on.

    Returns:
        ``pairs``, ``precision``, ``recall``, ``f1``, ``average_precision``, ``pairs_per_s`` (of CPU: figures and trees, records
        being ready), ``threshold`` and ``malformed`` (numbers of lines, from 1).

    Raises:
        InvalidInput: neither pairs nor, in `train`, pairs of both kinds.
    """
    pairs = pairs_in(lines, report)
    if not pairs.left:
        raise InvalidInput(ANOTHER_KIND)
    lessons = None if train is None else pairs_in(train, lambda line: report(f"train: {line}"), pairs)
    report(f"{len(pairs.left)} pairs of {len(pairs.records)} records")
    prepared = prepare(pairs.records)
    trained = Trained(scorer or packaged_scorer(), SAME_FROM)
    if lessons is not None:
        trained = train_on(prepared, *_places(lessons), np.array(lessons.same), report)
    begun = process_time()
    chances = trained.scorer.chances(prepared, *_places(pairs))
    spent = process_time() - begun
    same = np.array(pairs.same)
    return rounded({
        "pairs": len(chances),
        **precision_recall(chances >= trained.same_from, same),
        "average_precision": average_precision(chances, same),
        "pairs_per_s": round(len(chances) / max(spent, 1e-9)),
        "threshold": trained.same_from,
        "malformed": pairs.malformed,
    })  # fmt: skip


def _places(pairs: Pairs) -> tuple[Ints, Ints]:
    return pairs_of(pairs.left, pairs.right)
