"""The words the analyser knows: brand names, words the segmenter must keep whole, Latin words that occur glued.

Taken from the lexicon that titles are read with, so that search and matching can never disagree about a brand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.family import FAMILIES
from indexer.read_title.lexicon.load import Lexicon, packaged_lexicon


@dataclass(frozen=True, slots=True)
class BrandName:
    """What one spelling says about a brand."""

    brand: str
    is_certain: bool
    """False for names that are also ordinary words (苹果)."""
    is_line: bool
    """A product line that proves the brand (iPhone)."""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Immutable; `digest` names its contents."""

    names: Mapping[str, tuple[BrandName, ...]]
    """Normal form of a spelling -> the brands it may name."""
    ambiguous: Mapping[str, tuple[str, ...]]
    """Brand -> its names that need context: a document that proves the brand carries them as well."""
    words: frozenset[str]
    """Chinese words the segmenter keeps whole."""
    digest: str = field(default="")


@cache
def packaged_vocabulary() -> Vocabulary:
    """The vocabulary of the packaged lexicon and family declarations, made once."""
    return vocabulary_of(packaged_lexicon(), _family_words())


def vocabulary_of(lexicon: Lexicon, words: Iterable[str]) -> Vocabulary:
    """The vocabulary of `lexicon` and further Chinese `words`."""
    names = {
        text: tuple(
            BrandName(alias.brand, not alias.needs_context, alias.is_line, _parents(alias.brand, lexicon))
            for alias in group
        )
        for text, group in lexicon.aliases.items()
    }
    ambiguous: dict[str, list[str]] = {}
    for text, group in names.items():
        for name in group:
            if not name.is_certain:
                ambiguous.setdefault(name.brand, []).append(text)
    kept = frozenset(word for word in (*names, *words) if _is_chinese(word))
    parts = (sorted((t, str(n)) for t, n in names.items()), sorted(kept))
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=4).hexdigest()
    return Vocabulary(
        names, {brand: tuple(sorted(found)) for brand, found in ambiguous.items()}, kept, digest
    )


def _parents(brand: str, lexicon: Lexicon) -> tuple[str, ...]:
    parent = lexicon.brands[brand].parent
    return (parent,) if parent is not None and parent in lexicon.brands else ()


def _family_words() -> Iterable[str]:
    """Series and lines of every family: names that the segmenter's own dictionary cannot know."""
    for family in FAMILIES:
        for lines in (*family.lines.values(), *((family.series.series.values()) if family.series else ())):
            yield from (prepare_phrase(word) for name, others in lines.items() for word in (name, *others))


def _is_chinese(word: str) -> bool:
    return len(word) > 1 and all("一" <= char <= "鿿" for char in word)
