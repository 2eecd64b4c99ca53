"""Which records are worth comparing with one: those that share its rarest words, codes and letter triples.

For tables and files that fit in memory (`bijia evaluate`, training). The index has candidates of its own.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from indexer.match.score.prepared import Prepared
from indexer.match.score.rows import Floats, Ints, Rows

COMMON: Final = 0.1
"""Pieces that a greater share of the records has lead to nothing and are not looked up (DECISIONS 54)."""

_FEWEST: Final = 30
"""Records that a piece may always lead to, however few there are."""


class Neighbours:
    """Finds among `among` the records nearest to others."""

    def __init__(self, prepared: Prepared, among: Ints, *, by_title: bool = False) -> None:
        """`by_title`: likeness of titles counts once more, which finds rather what is easily confused than what is the same."""
        self._among = among
        self._fields = [
            _Postings(prepared.everything, among, prepared.word_weights),
            _Postings(prepared.joins, among, prepared.code_weights),
            _Postings(prepared.grams, among, prepared.gram_weights),
        ]
        if by_title:
            self._fields.insert(0, _Postings(prepared.words, among, prepared.word_weights))

    def of(self, record: int, k: int, before: int | None = None) -> Ints:
        """At most `k` records, nearest first; never `record` itself, and of places in `among` only those `before` one."""
        nearness = np.zeros(len(self._among))
        for field in self._fields:
            field.add(record, nearness)
        nearness[self._among == record] = 0.0
        if before is not None:
            nearness[before:] = 0.0
        wanted = min(k, len(nearness))
        if not wanted:
            return np.zeros(0, dtype=np.int64)
        best = np.argpartition(-nearness, wanted - 1)[:wanted]
        best = best[np.lexsort((best, -nearness[best]))]
        return self._among[best[nearness[best] > 0]]


class _Postings:
    """Piece -> places in `among`, with the weight that sharing it has."""

    def __init__(self, rows: Rows, among: Ints, weights: Floats) -> None:
        pieces, owners = rows.of(among)
        order = np.argsort(pieces, kind="stable")
        self._owners = owners[order]
        self._starts = np.searchsorted(pieces[order], np.arange(len(weights) + 1))
        self._rows = rows
        self._squares = weights * weights
        self._most = max(_FEWEST, int(COMMON * len(among)))
        lengths = np.sqrt(rows.squares[among])
        self._lengths = np.where(lengths > 0, lengths, 1.0)

    def add(self, record: int, nearness: Floats) -> None:
        """Adds the cosine of `record` with each of `among` to `nearness`."""
        pieces = self._rows.pieces[self._rows.starts[record] : self._rows.starts[record + 1]]
        begins, ends = self._starts[pieces], self._starts[pieces + 1]
        useful = (ends > begins) & (ends - begins <= self._most)
        begins, ends, pieces = begins[useful], ends[useful], pieces[useful]
        if not len(pieces):
            return
        counts = ends - begins
        at = np.arange(int(counts.sum())) + np.repeat(begins - (np.cumsum(counts) - counts), counts)
        dots = np.bincount(
            self._owners[at], np.repeat(self._squares[pieces], counts), minlength=len(nearness)
        )
        nearness += dots / self._lengths / max(float(np.sqrt(self._rows.squares[record])), 1e-9)
