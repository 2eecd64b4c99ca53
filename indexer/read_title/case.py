"""One offer being read: its sources, the brand, and what each source states under the offer's family.

Nothing is weighed here but the brand, which every later rule needs; the rest is decided in `assemble.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.analyse.fold import Traced
from indexer.analyse.phrases import PhraseScanner
from indexer.analyse.prepare import prepare, prepare_phrase
from indexer.read_title.brand import BrandFound, Naming, brands_in_field, field_names
from indexer.read_title.colour import colour_in_field
from indexer.read_title.draft import Draft
from indexer.read_title.extract import Extract, FamilyReader
from indexer.read_title.lexicon.load import Lexicon
from indexer.read_title.reading import Attribute, Conflict, Source
from indexer.read_title.settle import Extracts, settle
from indexer.read_title.structured import Properties, Stated
from indexer.read_title.words import Word


@dataclass(slots=True)
class Case:
    """What an offer states, and where; conflicts and evidence gather while it is read."""

    stated: Stated
    properties: Properties
    sku: Traced
    """The SKU text, prepared."""
    brand_field: str | None
    """Canonical id of the structured brand."""
    title: Draft
    found: BrandFound
    reader: FamilyReader
    lexicon: Lexicon
    scanner: PhraseScanner[Word]
    others: list[Draft] = field(default_factory=list)
    """Drafts of the properties and the SKU text, the higher rank first."""
    conflicts: list[Conflict] = field(default_factory=list)
    evidence: list[Attribute] = field(default_factory=list)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Every text, the highest rank first."""
        return (*self.others, self.title)

    @property
    def stated_brand(self) -> str:
        """The structured brand, as stated; empty when there is none."""
        return self.stated.brand or self.properties.brand

    # ── brand ────────────────────────────────────────────────────────────────────────────────────

    def brand(self) -> str | None:
        """The brand: of the structured field, or of the title where that is narrower or the field says nothing."""
        in_field, in_title = self.brand_field, self.found.brand
        if in_field is not None:
            self.evidence.append(Attribute("brand", in_field, Source.BRAND, None, "brand field", 98))
        if in_title is not None:
            naming = self.found.namings[0]
            confidence = 95 if naming.is_certain else 80
            self.title.note("brand", in_title, (naming.start, naming.end), "alias", confidence)
        if self.found.rivals:
            named = tuple(filter(None, (in_title, *self.found.rivals)))
            self.conflicts.append(Conflict("brand", named, (Source.TITLE,) * len(named)))
        if in_field is None or in_title is None:
            return in_field or in_title
        if self._is_wider(in_field, in_title):
            return in_title  # the field says 小米, the title Redmi
        if in_title != in_field and in_title in brands_in_field(self.stated_brand, self.lexicon):
            return in_title  # 雀巢 alone may be either, beside coffee it is one
        return settle("brand", [(Source.BRAND, in_field), (Source.TITLE, in_title)], self.conflicts)

    def _is_wider(self, wide: str, narrow: str) -> bool:
        known = self.lexicon.brands.get(narrow)
        return known is not None and known.parent == wide

    def _namings(self, brand: str | None) -> tuple[Naming, ...]:
        """Where the brand stands in the title; an unlisted brand is looked for by the names its field gives."""
        if brand is None or brand == self.found.brand:
            return self.found.namings
        found = [(self.title.text.find(name), name) for name in field_names(self.stated_brand)]
        return tuple(
            Naming(brand, at, at + len(name), is_line=False, is_certain=True)
            for at, name in sorted(found)
            if at >= 0
        )

    # ── extracts ─────────────────────────────────────────────────────────────────────────────────

    def extracts(self, brand: str | None) -> Extracts:
        """What each source states, the highest rank first: part number, properties, SKU text, title."""
        extracts: list[tuple[Source, Extract]] = []
        if self.stated.mpn or self.properties.mpns:
            extracts += self._model_fields(brand)
        if self.properties.colour and self.reader.family.has_colour:
            extracts.append(self._colour_field())
        if self.properties.texts:
            extracts += self._text_field(Source.PROPERTY, prepare(" ; ".join(self.properties.texts)), brand)
        if self.sku.text:
            extracts += self._text_field(Source.SKU, self.sku, brand)
        title = self.reader.read(self.title, brand, self._namings(brand))
        return [*extracts, (Source.TITLE, title)]

    def _model_fields(self, brand: str | None) -> Extracts:
        extracts = []
        for text in filter(None, (self.stated.mpn, *self.properties.mpns)):
            draft = Draft(prepare(text), self.scanner, Source.MPN)
            model = self.reader.model_in_field(draft, brand, _namings_in(draft, brand))
            code = self.reader.code_in_field(draft.text)
            if code is not None:
                draft.note("mpn", code, None, "part number field", 95)
            if model is not None:
                draft.note("model", model.model, None, "model field", 95)
            self.evidence += draft.facts
            extracts.append((Source.MPN, Extract(model=model, mpns=[code] if code else [])))
        return extracts

    def _colour_field(self) -> tuple[Source, Extract]:
        colour = colour_in_field(prepare_phrase(self.properties.colour))
        self.evidence.append(Attribute("color", colour, Source.PROPERTY, None, "colour field", 95))
        return Source.PROPERTY, Extract(values={"color": colour})

    def _text_field(self, source: Source, text: Traced, brand: str | None) -> Extracts:
        if not text.text:
            return []
        draft = Draft(text, self.scanner, source)
        self.others.append(draft)
        return [(source, self.reader.read(draft, brand, _namings_in(draft, brand)))]


def _namings_in(draft: Draft, brand: str | None) -> tuple[Naming, ...]:
    return tuple(
        Naming(brand, hit.start, hit.end, alias.is_line, is_certain=True)
        for hit in draft.own_hits
        for alias in hit.payload.aliases
        if alias.brand == brand
    )
