"""What a pair of records is judged by: about sixty figures, for many pairs at once, the same whichever record is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, LCSseq, Prefix
from rapidfuzz.process import cpdist

from indexer.match.score.prepared import Prepared
from indexer.match.score.rows import Floats, Ints, Overlap, Rows, compare, counted

Columns: TypeAlias = Iterator[tuple[str, Floats]]

UNKNOWN: Final = -1.0
"""Stands for a figure that the records leave open; every known one is 0 or more."""


def features_of(
    prepared: Prepared, left: Ints, right: Ints
) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Names of the columns, and one row of figures per pair."""
    columns = [
        *_words(prepared, left, right),
        *_grams(prepared, left, right),
        *_codes(prepared, left, right),
        *_fitted(prepared, left, right),
        *_amounts(prepared, left, right),
        *_fields(prepared, left, right),
        *_strings(prepared, left, right),
    ]
    names = tuple(name for name, _ in columns)
    table = np.empty((len(left), len(columns)), dtype=np.float32)
    for at, (_, column) in enumerate(columns):
        table[:, at] = column
    return names, table


def _both(name: str, one: Floats, other: Floats) -> Columns:
    """Two sides as the lesser and the greater."""
    yield f"{name}_low", np.minimum(one, other)
    yield f"{name}_high", np.maximum(one, other)


def _share(part: Floats, whole: Floats) -> Floats:
    """`part` of `whole`; `UNKNOWN` of nothing."""
    return np.asarray(np.divide(part, whole, out=np.full(len(part), UNKNOWN), where=whole > 0))


def _cosine(found: Overlap, rows: Rows, left: Ints, right: Ints) -> Floats:
    return _share(found.squares, np.sqrt(rows.squares[left] * rows.squares[right]))


def _words(p: Prepared, left: Ints, right: Ints) -> Columns:
    found = compare((p.words, left), (p.words, right), p.word_weights)
    yield "words_cosine", _cosine(found, p.words, left, right)
    yield from _both(
        "words_covered", _share(found.weight, p.words.total[left]), _share(found.weight, p.words.total[right])
    )
    yield "words_shared", found.shared
    yield "words_rarest", found.rarest
    yield from _both("words_alone", found.rarest_left, found.rarest_right)
    yield from _both("words", p.words.sizes[left].astype(float), p.words.sizes[right].astype(float))
    found = compare((p.figures, left), (p.figures, right), p.word_weights)
    yield "figures_cosine", _cosine(found, p.figures, left, right)
    yield from _both(
        "figures_covered",
        _share(found.weight, p.figures.total[left]),
        _share(found.weight, p.figures.total[right]),
    )
    yield "figures_rarest", found.rarest
    yield from _both("figures_alone", found.rarest_left, found.rarest_right)
    found = compare((p.everything, left), (p.everything, right), p.word_weights)
    yield "everything_cosine", _cosine(found, p.everything, left, right)
    yield "everything_rarest", found.rarest
    yield from _both(
        "everything", p.everything.sizes[left].astype(float), p.everything.sizes[right].astype(float)
    )
    ours = compare((p.words, left), (p.everything, right), p.word_weights)
    theirs = compare((p.words, right), (p.everything, left), p.word_weights)
    yield from _both(
        "title_in_everything",
        _share(ours.weight, p.words.total[left]),
        _share(theirs.weight, p.words.total[right]),
    )
    yield from _both("title_not_in_everything", ours.rarest_left, theirs.rarest_left)
    found = compare((p.first_words, left), (p.everything, right), p.word_weights)
    back = compare((p.first_words, right), (p.everything, left), p.word_weights)
    yield from _both(
        "first_words_in",
        _share(found.weight, p.first_words.total[left]),
        _share(back.weight, p.first_words.total[right]),
    )


def _grams(p: Prepared, left: Ints, right: Ints) -> Columns:
    ours, theirs = p.gram_bits[left], p.gram_bits[right]
    shared = counted(ours & theirs)
    yield "grams_jaccard", _share(shared, counted(ours | theirs))
    yield "grams_covered", _share(shared, np.minimum(counted(ours), counted(theirs)))


def _codes(p: Prepared, left: Ints, right: Ints) -> Columns:
    ours = compare((p.codes, left), (p.joins, right), p.code_weights)
    theirs = compare((p.codes, right), (p.joins, left), p.code_weights)
    yield from _both("codes", p.codes.sizes[left].astype(float), p.codes.sizes[right].astype(float))
    yield from _both(
        "codes_found", _share(ours.weight, p.codes.total[left]), _share(theirs.weight, p.codes.total[right])
    )
    yield "codes_rarest", np.maximum(ours.rarest, theirs.rarest)
    yield from _both("codes_alone", ours.rarest_left, theirs.rarest_left)
    yield (
        "codes_conflict",
        ((p.codes.sizes[left] > 0) & (p.codes.sizes[right] > 0) & (ours.shared + theirs.shared == 0)).astype(
            float
        ),
    )
    joined = compare((p.joins, left), (p.joins, right), p.code_weights)
    yield "joins_rarest", joined.rarest
    yield "joins_cosine", _cosine(joined, p.joins, left, right)
    deep = compare((p.codes, left), (p.deep_joins, right), p.code_weights)
    back = compare((p.codes, right), (p.deep_joins, left), p.code_weights)
    yield from _both(
        "codes_found_deep",
        _share(deep.weight, p.codes.total[left]),
        _share(back.weight, p.codes.total[right]),
    )
    yield "codes_rarest_deep", np.maximum(deep.rarest, back.rarest)
    yield from _both("codes_alone_deep", deep.rarest_left, back.rarest_left)
    ours = compare((p.model_codes, left), (p.deep_joins, right), p.code_weights)
    theirs = compare((p.model_codes, right), (p.deep_joins, left), p.code_weights)
    yield from _both(
        "model_found",
        _share(ours.shared, p.model_codes.sizes[left].astype(float)),
        _share(theirs.shared, p.model_codes.sizes[right].astype(float)),
    )


def _fitted(p: Prepared, left: Ints, right: Ints) -> Columns:
    """An accessory names the code of what it is for."""
    ours = compare((p.own_codes, left), (p.fitted, right), p.code_weights)
    theirs = compare((p.own_codes, right), (p.fitted, left), p.code_weights)
    yield "code_fitted", np.maximum(ours.rarest, theirs.rarest)


def _amounts(p: Prepared, left: Ints, right: Ints) -> Columns:
    yield (
        "stated_cosine",
        _cosine(compare((p.stated, left), (p.stated, right), p.amount_weights), p.stated, left, right),
    )
    for name, values, units in (
        ("amounts", p.amounts, p.units),
        ("amounts_deep", p.deep_amounts, p.deep_units),
        ("stated", p.stated, p.stated_names),
    ):
        same = compare((values, left), (values, right), p.amount_weights)
        both = compare((units, left), (units, right), p.amount_weights)
        yield f"{name}_same", same.shared
        yield f"{name}_same_weight", same.weight
        yield f"{name}_named", both.shared
        yield f"{name}_differ", np.maximum(both.shared - same.shared, 0.0)
        yield f"{name}_share", _share(same.shared, both.shared)


def _fields(p: Prepared, left: Ints, right: Ints) -> Columns:
    yield "brand", _likeness(p.brands, left, right)
    yield "model", _likeness(p.models, left, right)
    ratio = np.abs(np.log(p.prices[left] / p.prices[right]))
    yield "price", np.where(np.isnan(ratio), UNKNOWN, ratio)


def _likeness(texts: Sequence[str], left: Ints, right: Ints) -> Floats:
    """Jaro-Winkler likeness; `UNKNOWN` where either is empty."""
    ours, theirs = _picked(texts, left), _picked(texts, right)
    likeness = cpdist(ours, theirs, scorer=JaroWinkler.normalized_similarity, dtype=np.float64)
    empty = np.array([not text for text in texts], dtype=bool)
    return np.where(empty[left] | empty[right], UNKNOWN, likeness)


def _strings(p: Prepared, left: Ints, right: Ints) -> Columns:
    ours, theirs = _picked(p.titles, left), _picked(p.titles, right)
    yield "title_ratio", cpdist(ours, theirs, scorer=fuzz.ratio, dtype=np.float64)
    yield "code_likeness", _likeness(p.main_codes, left, right)
    ours, theirs = _picked(p.main_codes, left), _picked(p.main_codes, right)
    shortest = np.minimum(_lengths(p.main_codes)[left], _lengths(p.main_codes)[right])
    for name, scorer in (("code_prefix", Prefix.similarity), ("code_lcs", LCSseq.similarity)):
        yield name, _share(cpdist(ours, theirs, scorer=scorer, dtype=np.float64), shortest)
    yield "code_length", shortest


def _picked(texts: Sequence[str], at: Ints) -> list[str]:
    return [texts[i] for i in at.tolist()]


def _lengths(texts: Sequence[str]) -> Floats:
    return np.array([len(text) for text in texts], dtype=np.float64)
