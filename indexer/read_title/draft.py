"""One text on its way to being read: what is known about it, and what is still unexplained."""

from __future__ import annotations

from typing import Final

from indexer.analyse.fold import Traced
from indexer.analyse.phrases import Hit, PhraseScanner
from indexer.read_title.blank import Span, blank, overlaps
from indexer.read_title.noise import promotions, without_symbols
from indexer.read_title.reading import Attribute, Source
from indexer.read_title.spans import Apart, pieces_apart
from indexer.read_title.words import Word

_WITH_SPANS: Final = (Source.TITLE, Source.SKU)
"""Texts that a value's words are shown in."""


class Draft:
    """A prepared text, its known phrases, and the `body` that shrinks as rules explain pieces of it."""

    __slots__ = ("apart", "body", "facts", "hits", "letters", "own_hits", "plain", "source", "text", "traced")

    def __init__(self, prepared: Traced, scanner: PhraseScanner[Word], source: Source) -> None:
        self.source = source
        self.traced = prepared
        self.text = without_symbols(prepared.text)
        self.letters = frozenset(self.text)
        """The characters that occur in it: a rule that needs others is not tried."""
        promised = promotions(prepared.text)
        hits: list[Hit[Word]] = scanner.find(self.text)
        self.hits = (
            [hit for hit in hits if not overlaps((hit.start, hit.end), promised)] if promised else hits
        )
        self.apart: Apart = pieces_apart(self.text, self.hits)
        aside = self.apart.all
        self.own_hits = (
            [hit for hit in self.hits if not overlaps((hit.start, hit.end), aside)] if aside else self.hits
        )
        """Known phrases that speak of the goods themselves."""
        noise = [(hit.start, hit.end) for hit in self.hits if hit.payload.says_nothing]
        self.plain = blank(self.text, promised + noise) if promised or noise else self.text
        """The text without noise; gifts and fitted devices are still in it."""
        self.body = blank(self.plain, aside) if aside else self.plain
        self.facts: list[Attribute] = []

    def fitted(self) -> frozenset[str]:
        """Families of the devices that the goods fit."""
        if not self.apart.fits:
            return frozenset()
        inside = [hit.payload.goods for hit in self.hits if overlaps((hit.start, hit.end), self.apart.fits)]
        return frozenset().union(*inside)

    def take(self, *spans: Span) -> None:
        """Count `spans` as explained."""
        if spans:
            self.body = blank(self.body, spans)

    def note(self, name: str, value: str, span: Span | None, rule: str, confidence: int) -> None:
        """Keep a value and the words it was read from."""
        original = self.traced.span(*span) if span and self.source in _WITH_SPANS else None
        self.facts.append(Attribute(name, value, self.source, original, rule, confidence))
