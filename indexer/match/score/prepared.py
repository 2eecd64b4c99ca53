"""Records made ready once, so that a pair of them costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.match.score.amounts import amounts_in
from indexer.match.score.pieces import (
    FITS,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST,
    codes_in,
    folded,
    grams_in,
    joins_in,
    squeezed,
    words_in,
)
from indexer.match.score.record import Record
from indexer.match.score.rows import Floats, Rows, Vocabulary, signatures

_LONGEST_FIELD = 120


class Cut(NamedTuple):
    """One record in pieces, before they are numbered."""

    sorted_title: str
    main_code: str
    brand: str
    model: str
    words: frozenset[str]
    figures: frozenset[str]
    """Words with a figure in them."""
    everything: frozenset[str]
    grams: frozenset[str]
    codes: tuple[str, ...]
    joins: frozenset[str]
    deep_joins: frozenset[str]
    """Joins of all texts of the record."""
    amounts: frozenset[str]
    units: frozenset[str]
    deep_amounts: frozenset[str]
    deep_units: frozenset[str]
    stated: frozenset[str]
    stated_names: frozenset[str]
    first_words: frozenset[str]
    own_codes: tuple[str, ...]
    """Codes in front of ``for`` and the like."""
    fitted: frozenset[str]
    """Joins behind it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Many records, ready to be compared. Rows of one line share a `Vocabulary`."""

    titles: list[str]
    """Folded; words in order of the alphabet."""
    main_codes: list[str]
    brands: list[str]
    models: list[str]
    prices: Floats
    """nan: not stated."""
    words: Rows
    figures: Rows
    everything: Rows
    first_words: Rows
    word_weights: Floats
    grams: Rows
    gram_bits: npt.NDArray[np.uint64]
    gram_weights: Floats
    codes: Rows
    joins: Rows
    deep_joins: Rows
    model_codes: Rows
    own_codes: Rows
    fitted: Rows
    code_weights: Floats
    amounts: Rows
    units: Rows
    deep_amounts: Rows
    deep_units: Rows
    stated: Rows
    stated_names: Rows
    amount_weights: Floats

    def __len__(self) -> int:
        return len(self.titles)


def prepare(records: Sequence[Record]) -> Prepared:
    """`records` made ready; weights come from how often pieces occur among them."""
    cuts = [cut(record) for record in records]
    words = Vocabulary(
        [_of(cuts, lambda c: c.words), _of(cuts, lambda c: c.figures), _of(cuts, lambda c: c.everything), _of(cuts, lambda c: c.first_words)],
        len(cuts),
    )  # fmt: skip
    grams = Vocabulary([_of(cuts, lambda c: c.grams)], len(cuts))
    codes = Vocabulary(
        [_of(cuts, lambda c: c.codes), _of(cuts, lambda c: c.joins), _of(cuts, lambda c: c.deep_joins),
         _of(cuts, lambda c: [c.model] if c.model else []), _of(cuts, lambda c: c.own_codes), _of(cuts, lambda c: c.fitted)],
        len(cuts),
    )  # fmt: skip
    amounts = Vocabulary(
        [_of(cuts, lambda c: c.amounts), _of(cuts, lambda c: c.units), _of(cuts, lambda c: c.deep_amounts),
         _of(cuts, lambda c: c.deep_units), _of(cuts, lambda c: c.stated), _of(cuts, lambda c: c.stated_names)],
        len(cuts),
    )  # fmt: skip
    return Prepared(
        titles=[c.sorted_title for c in cuts],
        main_codes=[c.main_code for c in cuts],
        brands=[c.brand for c in cuts],
        models=[c.model for c in cuts],
        prices=np.array([np.nan if r.price is None else r.price for r in records], dtype=np.float64),
        words=words.rows(0), figures=words.rows(1), everything=words.rows(2), first_words=words.rows(3), word_weights=words.weights,
        grams=grams.rows(0), gram_bits=signatures(grams.rows(0)), gram_weights=grams.weights,
        codes=codes.rows(0), joins=codes.rows(1), deep_joins=codes.rows(2), model_codes=codes.rows(3),
        own_codes=codes.rows(4), fitted=codes.rows(5), code_weights=codes.weights,
        amounts=amounts.rows(0), units=amounts.rows(1), deep_amounts=amounts.rows(2), deep_units=amounts.rows(3),
        stated=amounts.rows(4), stated_names=amounts.rows(5), amount_weights=amounts.weights,
    )  # fmt: skip


def _of(cuts: Iterable[Cut], kind: Callable[[Cut], Iterable[str]]) -> list[Iterable[str]]:
    return [kind(one) for one in cuts]


def cut(record: Record) -> Cut:
    """The pieces of one record."""
    title = folded(record.title, LONGEST_TITLE)
    brand = folded(record.brand, _LONGEST_FIELD)
    model = squeezed(folded(record.model, _LONGEST_FIELD))
    stated = [(folded(n, _LONGEST_FIELD), folded(v, _LONGEST_FIELD)) for n, v in record.attributes]
    rest = " ; ".join((folded(record.description, LONGEST_DESCRIPTION), *(value for _, value in stated)))
    in_order = list(islice(words_in(title), MOST))
    words = frozenset(in_order)
    codes = codes_in(title)
    every = words | {squeezed(brand), model} | set(islice(words_in(rest), MOST)) | set(words_in(brand))
    amounts = {f"{unit}={value}" for unit, value in amounts_in(title)}
    deep = amounts | {f"{unit}={value}" for unit, value in islice(amounts_in(rest), MOST)}
    joins = _most(joins_in(title))
    own, *fitted = FITS.split(title, maxsplit=1)
    return Cut(
        sorted_title=" ".join(sorted(in_order)),
        main_code=model or max(codes, key=len, default=""),
        brand=squeezed(brand),
        model=model,
        words=words,
        figures=frozenset(word for word in words if not word.isalpha()),
        everything=frozenset(every - {""}),
        grams=_most(grams_in(title)),
        codes=tuple(dict.fromkeys([*codes, *([model] if len(model) >= 3 else [])])),
        joins=joins | ({model} - {""}),
        deep_joins=joins | _most(joins_in(rest)) | ({model} - {""}),
        amounts=frozenset(amounts),
        units=_names(amounts),
        deep_amounts=frozenset(deep),
        deep_units=_names(deep),
        stated=frozenset(f"{name}:{value}" for name, value in stated),
        stated_names=frozenset(f"{name}:" for name, _ in stated),
        first_words=frozenset(in_order[:1]) | (frozenset(words_in(brand))),
        own_codes=tuple(code for code in codes if code in set(codes_in(own))),
        fitted=_most(joins_in(fitted[0])) if fitted else frozenset(),
    )


def _names(amounts: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{one.partition('=')[0]}=" for one in amounts)


def _most(pieces: set[str]) -> frozenset[str]:
    """At most `MOST` × 2 of them: which ones depends on their spelling alone."""
    return frozenset(pieces if len(pieces) <= 2 * MOST else sorted(pieces)[: 2 * MOST])
