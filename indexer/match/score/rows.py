"""Sets of pieces, many records at once: which pieces two records share, for hundreds of thousands of pairs in one pass.

A piece is a number; rarer pieces have higher numbers, so that the last shared piece of a pair is its rarest. A pair's pieces
of both sides are merged in order and neighbours compared: no loop over pairs, no matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_SIDE_BITS: Final = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """One set of pieces per record; `pieces[starts[i]:starts[i + 1]]` are those of record i, ascending and distinct."""

    pieces: Ints
    starts: Ints
    total: Floats
    """Sum of weights per record."""
    squares: Floats
    """Sum of squared weights per record."""

    @property
    def sizes(self) -> Ints:
        """Pieces per record."""
        return np.diff(self.starts)

    def of(self, records: Ints) -> tuple[Ints, Ints]:
        """The pieces of `records`, one after the other, and the place in `records` that each belongs to."""
        begins = self.starts[records]
        lengths = self.starts[records + 1] - begins
        owners = np.repeat(np.arange(len(records), dtype=np.int64), lengths)
        ends = np.cumsum(lengths)
        offsets = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
        return self.pieces[offsets + np.repeat(begins - (ends - lengths), lengths)], owners


@dataclass(frozen=True, slots=True)
class Overlap:
    """What the sets of each pair have in common and what not. Weights of nothing are 0."""

    shared: Floats
    """Number of shared pieces."""
    weight: Floats
    """Sum of their weights."""
    squares: Floats
    rarest: Floats
    """Greatest weight among them."""
    rarest_left: Floats
    """Greatest weight among pieces of the left record alone; `rarest_right` likewise."""
    rarest_right: Floats


SIGNATURE_WORDS: Final = 16
"""Of 64 bits each: of 60 pieces some two meet in one bit."""


def signatures(rows: Rows) -> npt.NDArray[np.uint64]:
    """One bit per piece of each record, some pieces sharing one: sets to be counted rather than looked into."""
    count = len(rows.starts) - 1
    bits = np.zeros((count, SIGNATURE_WORDS), dtype=np.uint64)
    owners = np.repeat(np.arange(count, dtype=np.int64), rows.sizes)
    places = rows.pieces % (64 * SIGNATURE_WORDS)
    np.bitwise_or.at(bits, (owners, places // 64), np.uint64(1) << (places % 64).astype(np.uint64))
    return bits


def counted(bits: npt.NDArray[np.uint64]) -> Floats:
    """Bits that are set, per row."""
    return np.asarray(np.bitwise_count(bits).sum(axis=1, dtype=np.int64), dtype=np.float64)


class Vocabulary:
    """Pieces as numbers, weighted by how few of the records have them."""

    def __init__(self, sets: Sequence[Sequence[Iterable[str]]], records: int) -> None:
        """`sets`: kinds of sets that share one numbering; each has one set of pieces per record.

        A piece counts once per record, whichever kind of set it is in.
        """
        numbers: dict[str, int] = {}
        self._raw = [[[numbers.setdefault(p, len(numbers)) for p in row] for row in kind] for kind in sets]
        counts = np.zeros(len(numbers), dtype=np.int64)
        for rows in zip(*self._raw, strict=True):
            counts[list(set().union(*rows))] += 1
        ranks = np.empty(len(numbers), dtype=np.int64)
        ranks[[numbers[piece] for piece in sorted(numbers)]] = np.arange(len(numbers))
        order = np.lexsort((ranks, -counts))  # never by first sight: sets have no order that repeats
        self._place = np.empty(len(numbers), dtype=np.int64)
        self._place[order] = np.arange(len(numbers))
        self.weights = weight_of(counts[order], records)
        """By number, ascending."""

    def __len__(self) -> int:
        return len(self._place)

    def rows(self, kind: int) -> Rows:
        """The sets of one kind."""
        raw = self._raw[kind]
        starts = np.zeros(len(raw) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in raw], out=starts[1:])
        flat = np.fromiter((piece for row in raw for piece in row), dtype=np.int64, count=int(starts[-1]))
        owners = np.repeat(np.arange(len(raw), dtype=np.int64), np.diff(starts))
        keys = np.sort((owners * max(1, len(self))) + self._place[flat])
        pieces = keys % max(1, len(self))
        weights = self.weights[pieces]
        return Rows(
            pieces, starts,
            _sums(owners, weights, len(raw)),
            _sums(owners, weights * weights, len(raw)),
        )  # fmt: skip


def weight_of(counts: Ints, records: int) -> Floats:
    """How telling a piece is that `counts` of `records` have: near 1 for one record alone, near 0 for all of them."""
    scale = np.log(records + 2.0)
    return np.asarray(np.clip(np.log((records + 2.0) / (counts + 0.5)) / scale, 0.0, 1.0), dtype=np.float64)


def compare(left: tuple[Rows, Ints], right: tuple[Rows, Ints], weights: Floats) -> Overlap:
    """For each pair of `left` and `right` records: what their sets share. Both are of one `Vocabulary`."""
    pairs = len(left[1])
    (ours, our_pair), (theirs, their_pair) = left[0].of(left[1]), right[0].of(right[1])
    bits = max(1, len(weights).bit_length())
    keys = np.concatenate(
        [((our_pair << bits) | ours) << _SIDE_BITS, ((((their_pair << bits) | theirs) << _SIDE_BITS) | 1)]
    )
    keys.sort(kind="stable")  # two ascending runs are merged: a tenth of what sorting anew takes
    both = (keys[1:] ^ keys[:-1]) == 1
    alone = np.ones(len(keys), dtype=bool)
    alone[1:][both] = False
    alone[:-1][both] = False
    mask = (1 << bits) - 1
    shared_keys = keys[:-1][both] >> _SIDE_BITS
    pair, weight = shared_keys >> bits, weights[shared_keys & mask]
    lone = keys[alone]
    lone_pair, lone_weight = lone >> (bits + _SIDE_BITS), weights[(lone >> _SIDE_BITS) & mask]
    is_right = (lone & 1).astype(bool)
    return Overlap(
        shared=np.bincount(pair, minlength=pairs).astype(np.float64),
        weight=_sums(pair, weight, pairs),
        squares=_sums(pair, weight * weight, pairs),
        rarest=_last(pair, weight, pairs),
        rarest_left=_last(lone_pair[~is_right], lone_weight[~is_right], pairs),
        rarest_right=_last(lone_pair[is_right], lone_weight[is_right], pairs),
    )


def _sums(owners: Ints, weights: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(owners, weights, minlength=count), dtype=np.float64)


def _last(pair: Ints, weight: Floats, pairs: int) -> Floats:
    """The last, and so the greatest, weight of each pair: of several written to one place the last stays."""
    found = np.zeros(pairs)
    found[pair] = weight
    return found
