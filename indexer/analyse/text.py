"""The analyser: one way from text to tokens for both search engines, for queries and for the matcher.

Pure and deterministic. Documents and queries are analysed alike but not to the same tokens: a document carries every
form a shopper may ask for, a query asks for as few tokens as say what it means, all of which a document of the goods
has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import rjieba

from indexer.analyse.fold import normalise, normalise_with_offsets
from indexer.analyse.phrases import PhraseScanner
from indexer.analyse.prepare import MAX_CHARS, prepare
from indexer.analyse.units import amounts_in
from indexer.analyse.vocabulary import BrandName, Vocabulary, packaged_vocabulary
from indexer.analyse.words import LONGEST, clusters, document_tokens, query_tokens, without_accent

__all__ = ["ANALYSER_VERSION", "MAX_CHARS", "MAX_TOKENS", "Analyser", "normalise", "normalise_with_offsets"]

ANALYSER_VERSION: Final = "3"
"""Stored with every index: documents of different analysers never mix (search reference §3.4)."""
MAX_TOKENS: Final = 200
"""Of one text. A marketplace's longest titles give about 90."""

_OTHER_RUN = re.compile(r"[^\x00-\x7f]+")
_LONG_WORD: Final = 4
_STOP: Final = frozenset("的了和与及之吗呢吧")


class Analyser:
    """Cuts text into tokens. Build one and share it: threads may use it at the same time."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = vocabulary or packaged_vocabulary()
        self._brands: PhraseScanner[tuple[BrandName, ...]] = PhraseScanner(self._vocabulary.names)
        self._jieba = rjieba.Jieba()
        for word in sorted(self._vocabulary.words):
            self._jieba.add_word(word, None, None)

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other tokens: the rules' version and the vocabulary's."""
        return f"{ANALYSER_VERSION}-{self._vocabulary.digest}"

    def tokens(self, text: str) -> list[str]:
        """The tokens of a document's `text`: distinct, in order of first appearance, at most `MAX_TOKENS`."""
        return _bounded(self._document_tokens(_prepared(text)))

    def query_tokens(self, text: str) -> list[str]:
        """What a query asks for: few tokens, all of which a document of such goods carries. Made to be ANDed."""
        return _bounded(self._query_tokens(_prepared(text)))

    def bigrams(self, text: str) -> list[str]:
        """Pairs of neighbouring Chinese characters: for the field that rescues queries without a result."""
        runs = (re.sub(r"[^一-鿿]", " ", run).split() for run in _OTHER_RUN.findall(_prepared(text)))
        return _bounded(part[i : i + 2] for run in runs for part in run for i in range(len(part) - 1))

    # ── documents ────────────────────────────────────────────────────────────────────────────────

    def _document_tokens(self, text: str) -> Iterator[str]:
        yield from self._brand_tokens(text)
        spans = []
        for amount in amounts_in(text):
            yield from amount.document
            spans.append((amount.start, amount.end))
        text = _without(text, spans)
        for start, end in clusters(text):
            yield from document_tokens(text[start:end])
        for run in _OTHER_RUN.findall(text):
            yield from _with_pairs(self._jieba.cut_for_search(run, hmm=False), pairs_only=False)

    def _brand_tokens(self, text: str) -> Iterator[str]:
        """``b:apple`` for a brand named without doubt; and its ambiguous names, which the context has now proved."""
        for hit in self._brands.find(text):
            for name in hit.payload:
                if name.is_certain:
                    for brand in (name.brand, *name.parents):
                        yield f"b:{brand}"
                        yield from self._vocabulary.ambiguous.get(brand, ())

    # ── queries ──────────────────────────────────────────────────────────────────────────────────

    def _query_tokens(self, text: str) -> Iterator[str]:
        asked = [
            (hit, brand)
            for hit in self._brands.find(text)
            if (brand := _asked_brand(hit.payload)) is not None
        ]
        yield from (f"b:{brand}" for _, brand in asked)
        text = _without(text, [(hit.start, hit.end) for hit, _ in asked])
        amounts = list(amounts_in(text))
        yield from (token for amount in amounts for token in amount.query)
        text = _without(text, [(amount.start, amount.end) for amount in amounts])
        for start, end in clusters(text):
            yield from query_tokens(text[start:end])
        for run in _OTHER_RUN.findall(text):
            yield from _with_pairs(self._finest(run), pairs_only=True)

    def _finest(self, run: str) -> Iterator[str]:
        """The words of a query's `run`, long ones as their parts: 飞天茅台 asks for 飞天 and 茅台, in any order."""
        for word in self._jieba.cut(run, hmm=False):
            if len(word) < _LONG_WORD:
                yield word
            else:
                yield from _cover(word, self._jieba.cut_for_search(word, hmm=False))


def _cover(word: str, parts: Iterable[str]) -> list[str]:
    """`word` as the longest of its two- and three-character `parts` that cover it without a gap; else whole."""
    known = {part for part in parts if part != word}
    cover: list[str] = []
    rest = word
    while rest:
        part = next((rest[:n] for n in (3, 2) if rest[:n] in known), None)
        if part is None:
            return [word]
        cover.append(part)
        rest = rest[len(part) :]
    return cover


def _asked_brand(names: Iterable[BrandName]) -> str | None:
    """The brand that a name asks for; a line (iphone) says more than its brand and stays a word."""
    brands = {name.brand for name in names if name.is_certain and not name.is_line}
    return brands.pop() if len(brands) == 1 else None


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _with_pairs(words: Iterable[str], *, pairs_only: bool) -> list[str]:
    """Words; of single characters in a row also the pairs: names that no dictionary has (青竹).

    With `pairs_only` single characters are left out: 代 or 版 alone asks for nothing.
    """
    tokens: list[str] = []
    before = ""
    for word in words:
        is_single = len(word) == 1
        if not word[0].isalnum():
            before = ""
            continue
        if is_single and before:
            tokens.append(before + word)
        if not is_single or not (pairs_only or word in _STOP):
            tokens.append(word)
        before = word if is_single else ""
    return tokens


def _bounded(tokens: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for token in tokens:
        if len(found) >= MAX_TOKENS:
            break
        found[token[:LONGEST]] = None
    return list(found)


def _prepared(text: str) -> str:
    prepared = prepare(text[:MAX_CHARS]).text[:MAX_CHARS]
    return prepared if prepared.isascii() else prepared.translate(_UNACCENTED)


class _Unaccented(dict[int, str]):
    def __missing__(self, code: int) -> str:
        plain = self[code] = without_accent(chr(code))
        return plain


_UNACCENTED: Final = _Unaccented()
