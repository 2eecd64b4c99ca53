"""The reader: an offer or a bare title in, a `Reading` out.

Pure: no clock, no network, no ledger; the packaged word lists are loaded once, when a reader is built. What an offer
states is collected in `case.py`, what of it holds is decided in `assemble.py`.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

from catalog.listing import Offer
from indexer.analyse.prepare import prepare
from indexer.read_title.assemble import reading_of
from indexer.read_title.brand import KEPT_FIELDS, brand_in_field, brand_in_title
from indexer.read_title.case import Case
from indexer.read_title.draft import Draft
from indexer.read_title.extract import NO_FAMILY, FamilyReader
from indexer.read_title.family import FAMILIES
from indexer.read_title.family_of import (
    FamilyEvidence,
    families_of_category,
    families_proved,
    families_spoken_of,
    family_of,
)
from indexer.read_title.lexicon.load import Lexicon, packaged_lexicon
from indexer.read_title.reading import Reading, Source
from indexer.read_title.structured import Stated, properties_of
from indexer.read_title.words import build_scanner

CACHE_SIZE: Final = 20_000
"""Distinct offers' words kept by default, 2 kB each (measured): 40 MB when full."""

OPENED_KEPT: Final = 2_000
"""Titles of which only the family was asked, kept for who reads on: a batch of the follower, twice over."""


class TitleReader:
    """Reads titles and offers. Build one and share it: threads may use it at the same time."""

    def __init__(self, lexicon: Lexicon | None = None, *, cache_size: int = CACHE_SIZE) -> None:
        self.lexicon = lexicon or packaged_lexicon()
        self._scanner = build_scanner(self.lexicon)
        self._families = {family.name: FamilyReader(family) for family in FAMILIES}
        self._no_family = FamilyReader(NO_FAMILY)
        self._cached = lru_cache(maxsize=cache_size)(self._read)
        self._family_of = lru_cache(maxsize=cache_size)(self._family)
        self._brand_in_field = lru_cache(maxsize=KEPT_FIELDS)(partial(brand_in_field, lexicon=self.lexicon))
        self._opened: dict[Stated, Case] = {}

    def read(self, offer: Offer) -> Reading:
        """What `offer` sells. Structured fields outrank the title; where they disagree, `conflicts` says so."""
        return self._cached(Stated.of(offer))

    def read_text(self, title: str) -> Reading:
        """What a bare title says is sold. Any text is accepted; nonsense reads as goods of which nothing is known."""
        return self._cached(Stated(title))

    def family(self, offer: Offer) -> str | None:
        """The family alone: what `read` finds, for less than half the time."""
        return self._family_of(Stated.of(offer))

    def _family(self, stated: Stated) -> str | None:
        if len(self._opened) >= OPENED_KEPT:
            self._opened.clear()
        case = self._opened[stated] = self._open(stated)
        return case.reader.family.name or None

    def _read(self, stated: Stated) -> Reading:
        case = (
            self._opened.pop(stated, None) if self._opened else None
        )  # a case gathers evidence while it is read: it is read once
        return reading_of(case or self._open(stated))

    def _open(self, stated: Stated) -> Case:
        """Prepared and freed of noise (`Draft`), then brand and family, whose own grammar reads on (domain §2.2)."""
        title, properties = Draft(prepare(stated.title), self._scanner, Source.TITLE), properties_of(stated)
        sku = prepare(stated.sku_text)
        points = families_of_category(stated.category)
        words = f"{title.text} {sku.text}" if sku.text else title.text
        proved = families_proved(words, title.letters.union(sku.text))
        spoken = families_spoken_of(title.own_hits, proved, points)
        in_field = self._brand_in_field(stated.brand or properties.brand)
        found = brand_in_title(title, spoken, self.lexicon, in_field)
        evidence = FamilyEvidence(in_field or found.brand, found.namings, points, title.fitted(), proved)
        reader = self._families.get(family_of(title.own_hits, evidence, self.lexicon) or "", self._no_family)
        return Case(stated, properties, sku, in_field, title, found, reader, self.lexicon, self._scanner)
