"""How well two full tables are matched, end to end: `bijia evaluate tables DIR`. Pure: the command reads the files.

Every record of either table looks for its nearest in the other, the pairs are scored, and each is judged among its rivals.
A labelled pair that was never looked at is one that was not found.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any, Final

import numpy as np

from catalog.errors import InvalidInput
from indexer.evaluate.labelled import Report
from indexer.evaluate.measures import precision_recall, rounded
from indexer.evaluate.trained import Trained, best_threshold, train_on
from indexer.match.score.candidates import Neighbours
from indexer.match.score.context import shares
from indexer.match.score.prepared import Prepared, prepare
from indexer.match.score.record import Record, record_of
from indexer.match.score.rows import Floats, Ints
from indexer.match.score.scorer import SAME_IN_CONTEXT_FROM, Scorer, packaged_scorer, pairs_of

NEAR: Final = 10
"""Records of the other table that each is compared with; `recall_at_20` looks at twice as many (DECISIONS 56)."""

FOLDS: Final = 3
"""Parts into which left records are cut when a threshold is learned."""


@dataclass(slots=True)
class Tables:
    """Two tables, the left one first, and the labelled pairs of places in them."""

    records: list[Record]
    lefts: int
    """How many of `records` are of the left table."""
    labels: dict[tuple[int, int], bool] = field(default_factory=dict)
    malformed: int = 0
    """Rows that are no record or no pair."""


def tables_in(
    left: Iterable[str], right: Iterable[str], report: Report
) -> tuple[Tables, dict[str, int], dict[str, int]]:
    """The tables of two csv files with a column ``id``, and where the ids of each stand.

    Raises:
        InvalidInput: a file without such a column, or without rows.
    """
    tables = Tables([], 0)
    ours = _table(left, "left", tables, report)
    tables.lefts = len(tables.records)
    return tables, ours, _table(right, "right", tables, report)


def _table(lines: Iterable[str], name: str, into: Tables, report: Report) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, row in _rows(lines, {"id"}, f"the {name} table"):
        identifier = row["id"]
        if not identifier or identifier in places:
            report(f"{name} table, line {number}: no id of its own")
            into.malformed += 1
            continue
        places[identifier] = len(into.records)
        into.records.append(record_of(row))
    if not places:
        raise InvalidInput(f"the {name} table has no rows")
    return places


def labels_in(
    lines: Iterable[str], ours: dict[str, int], theirs: dict[str, int], tables: Tables, report: Report
) -> dict[tuple[int, int], bool]:
    """The labelled pairs of a csv file ``ltable_id, rtable_id, label``.

    Raises:
        InvalidInput: another kind of file, or one without a pair.
    """
    found: dict[tuple[int, int], bool] = {}
    for number, row in _rows(lines, {"ltable_id", "rtable_id", "label"}, "the split"):
        left, right = ours.get(row["ltable_id"] or ""), theirs.get(row["rtable_id"] or "")
        if left is None or right is None or row["label"] not in {"0", "1"}:
            report(f"split, line {number}: not a pair of the tables")
            tables.malformed += 1
            continue
        found[left, right] = row["label"] == "1"
    if not found:
        raise InvalidInput("the split has no pair of the tables")
    return found


def _rows(lines: Iterable[str], needed: set[str], what: str) -> Iterable[tuple[int, dict[str, str | None]]]:
    """Number, from 1, and cells of each row; cells that a short row lacks are None."""
    rows = csv.DictReader(line.removeprefix("\ufeff") for line in lines)
    try:
        if not needed <= set(rows.fieldnames or ()):
            raise InvalidInput(f"{what} has no column {', '.join(sorted(needed))}")
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise InvalidInput(f"{what} is not csv: {error}") from error


def evaluate_tables(
    tables: Tables,
    report: Report,
    train: dict[tuple[int, int], bool] | None = None,
    scorer: Scorer | None = None,
) -> dict[str, Any]:
    """How `scorer`, by default the shipped one, matches the tables, judged on their labelled pairs.

    `train`: labelled pairs to learn trees and a threshold from, for this once.

    Returns:
        ``pairs`` (labelled), ``precision``, ``recall``, ``f1``, ``recall_at_20`` (share of labelled true pairs whose right record is
        among the 20 nearest of the left one), ``listings_per_s`` (of CPU, everything), ``threshold``, ``malformed``.
    """
    begun = process_time()
    prepared = prepare(tables.records)
    nearest = _nearest(prepared, tables.lefts)
    left, right = _candidates(prepared, tables.lefts, nearest)
    report(f"{len(tables.records)} records, {len(left)} pairs to score")
    spent = process_time() - begun
    trained = Trained(scorer or packaged_scorer(), SAME_IN_CONTEXT_FROM)
    if train is not None:
        trained = _trained(prepared, (left, right), train, report)
    begun = process_time()
    judged = _judged(trained.scorer.raw(prepared, left, right), left, right)
    spent += process_time() - begun
    chances = np.array([judged.get(pair, 0.0) for pair in tables.labels])
    same = np.array(list(tables.labels.values()))
    near = [right in nearest[left] for (left, right), is_same in tables.labels.items() if is_same]
    return rounded({
        "pairs": len(same),
        **precision_recall(chances >= trained.same_from, same),
        "recall_at_20": float(np.mean(near)) if near else 0.0,
        "listings_per_s": round(len(tables.records) / max(spent, 1e-9)),
        "threshold": trained.same_from,
        "malformed": tables.malformed,
    })  # fmt: skip


def _nearest(prepared: Prepared, lefts: int) -> list[list[int]]:
    among = Neighbours(prepared, np.arange(lefts, len(prepared)))
    return [among.of(left, 2 * NEAR).tolist() for left in range(lefts)]


def _candidates(prepared: Prepared, lefts: int, nearest: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Pairs to score: the nearest of each left record, and the nearest of every right record that was among them."""
    found = {(left, right) for left, near in enumerate(nearest) for right in near[:NEAR]}
    among = Neighbours(prepared, np.arange(lefts))
    for right in sorted({right for _, right in found}):
        found.update((left, right) for left in among.of(right, NEAR).tolist())
    return pairs_of(*zip(*sorted(found), strict=True)) if found else pairs_of((), ())


def _judged(raw: Floats, left: Ints, right: Ints) -> dict[tuple[int, int], float]:
    return dict(
        zip(zip(left.tolist(), right.tolist(), strict=True), shares(raw, left, right).tolist(), strict=True)
    )


def _trained(
    prepared: Prepared, candidates: tuple[Ints, Ints], train: dict[tuple[int, int], bool], report: Report
) -> Trained:
    """Trees from the pairs of `train`, and the threshold that is best for them among their rivals.

    For the threshold, the pairs of a left record are scored by trees that have not seen that record.
    """
    left, right = pairs_of(*zip(*train, strict=True))
    same = np.array(list(train.values()))
    whole = train_on(prepared, left, right, same, report)
    raw = np.zeros(len(candidates[0]))
    for fold in range(FOLDS):
        ours, held = left % FOLDS != fold, candidates[0] % FOLDS == fold
        part = train_on(prepared, left[ours], right[ours], same[ours], report)
        raw[held] = part.scorer.raw(prepared, candidates[0][held], candidates[1][held])
    judged = _judged(raw, *candidates)
    return Trained(whole.scorer, best_threshold(np.array([judged.get(pair, 0.0) for pair in train]), same))
