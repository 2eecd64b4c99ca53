"""A family's declaration applied to one draft: attributes, codes, model, contents, colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from catalog.gtin import Gtin
from catalog.quantity import Quantity, Unit
from indexer.read_title.blank import Span, blank
from indexer.read_title.brand import Naming
from indexer.read_title.codes import canonical_code, gtins_in
from indexer.read_title.colour import colour_in
from indexer.read_title.draft import Draft
from indexer.read_title.family.declare import Family
from indexer.read_title.flavour import flavour_in
from indexer.read_title.models import (
    ModelFound,
    NounReader,
    SeriesReader,
    codes_in,
    line_between,
    word_between,
)
from indexer.read_title.quantity import NOTHING, Contents, contents_in
from indexer.read_title.quantity_terms import Measured
from indexer.read_title.reading import Source
from indexer.read_title.unlisted import line_by_place

NO_FAMILY = Family(
    name="",
    cues=(),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    counted={"片": Unit.PIECE, "枚": Unit.PIECE, "粒": Unit.PIECE, "颗": Unit.PIECE},
)
"""Goods of no known family: only their contents can be read."""


_CODE_LIKE = re.compile(r"(?=[^0-9]*[0-9])(?=.*[0-9].*[0-9])[a-z0-9][a-z0-9./_+()-]{4,39}")
"""What a part number looks like: no spaces, at least two figures."""
_PART_NUMBER = re.compile(r"m[a-z0-9]{4}[a-z]{1,2}/a")
"""Apple's part numbers name one colour for one country: never a model."""
_ALWAYS_SPLIT: Final = ("accessory_for", "kind")
STYLE_CODE: Final = "style code"
"""The rule of a model that is only a shoe's code."""
_BESIDE: Final = 2
"""Characters between a brand and the line it is directly followed by: a space, a bracket."""


@dataclass(slots=True)
class Extract:
    """What one text states under one family."""

    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Attributes of which several values are named: a list to choose from."""
    model: ModelFound | None = None
    product: str | None = None
    """What the goods are called, where one line has several products."""
    flavour: str | None = None
    mpns: list[str] = field(default_factory=list)
    gtins: list[Gtin] = field(default_factory=list)
    contents: Contents = NOTHING
    coded: list[tuple[str, Span]] = field(default_factory=list)
    places: list[tuple[str, Span]] = field(default_factory=list)
    """Where attributes and codes stand in the prepared text: colours follow them."""


class FamilyReader:
    """One family's declaration, compiled."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.series = SeriesReader(family.series) if family.series else None
        self.nouns = NounReader(family.nouns) if family.nouns else None
        self.kinds = NounReader(family.kinds) if family.kinds else None
        self.code = re.compile(family.code) if family.code else None
        self.brand_codes = {brand: re.compile(pattern) for brand, pattern in family.brand_codes.items()}
        self.class_code = re.compile(family.class_code) if family.class_code else None
        self.colour_code = re.compile(family.colour_code) if family.colour_code else None
        self.between = re.compile(family.between) if family.between else None
        bare = re.compile(family.bare_pieces) if family.bare_pieces else None
        self.splits = tuple(sorted({*family.splits, *_ALWAYS_SPLIT}))
        """Names of the attributes that divide its products."""
        self.holds_gigabytes = Unit.GIGABYTE in family.contents
        self.rules = tuple((frozenset(rule.hint), rule) for rule in family.rules)
        self.measured = Measured(family.contents, family.counted, family.whole, family.counted_singly, bare)

    def read(self, draft: Draft, brand: str | None, namings: Sequence[Naming]) -> Extract:
        """Everything this family's rules find in `draft`; the draft's body shrinks accordingly."""
        extract = Extract()
        _read_gtins(draft, extract)
        if self.family.has_flavour:
            extract.flavour = flavour_in(draft.body)
        self._read_attributes(draft, extract)
        self._read_codes(draft, extract, brand)
        extract.model = self._model(draft, extract, brand, namings)
        if self.kinds and (kind := self.kinds.find(draft.body)):
            extract.product = kind.model
        if extract.model:
            extract.model = self._finished(draft, extract, extract.model)
        draft.take(*[(naming.start, naming.end) for naming in namings])
        self._read_contents(draft, extract)
        if draft.source is not Source.PROPERTY:  # a property that names a colour is known by its name
            self._read_colour(draft, extract)
        if draft.source is Source.TITLE:
            self._read_unlisted(draft, extract, namings)
        return extract

    def _read_unlisted(self, draft: Draft, extract: Extract, namings: Sequence[Naming]) -> None:
        """A line that no list has, where no better model was found: a noun says less than a line."""
        known = extract.model
        is_open = known is None or known.rule in {"noun", STYLE_CODE}
        if not is_open or not self.family.has_lines:
            return
        found = line_by_place(
            draft.body, draft.own_hits, namings, draft.text, has_colour=self.family.has_colour
        )
        if found is not None:
            extract.model = self._finished(draft, extract, found)

    def is_class(self, model: str) -> bool:
        """Whether `model` names a class of machines only (KFR-35GW): never an id."""
        return self.class_code is not None and self.class_code.fullmatch(model.casefold()) is not None

    # ── structured fields ────────────────────────────────────────────────────────────────────────

    def model_in_field(self, draft: Draft, brand: str | None, namings: Sequence[Naming]) -> ModelFound | None:
        """The model that a model or part number field names in words (``小米14 Ultra``) or by a code that is one."""
        text = draft.text
        code = self.code.fullmatch(text) if self.code and self.family.code_is_model else None
        if code and not _PART_NUMBER.fullmatch(text):
            return ModelFound(self._code(text), (0, 0), "code", 95)
        if self.series is None or brand is None:
            return None
        return self.series.in_field(text, brand, namings)

    def code_in_field(self, text: str) -> str | None:
        """The maker's code that a field holds; None for model names in words, which many goods share."""
        if self.code and self.code.fullmatch(text):
            return self._code(text)
        return canonical_code(text) if _CODE_LIKE.fullmatch(text) else None

    # ── attributes ───────────────────────────────────────────────────────────────────────────────

    def _read_attributes(self, draft: Draft, extract: Extract) -> None:
        for hint, rule in self.rules:
            if hint and hint.isdisjoint(draft.letters):
                continue
            if rule.only_if_missing and (rule.name in extract.values or rule.name in extract.choices):
                continue
            spans = []
            for match in rule.pattern.finditer(draft.body):
                values = rule.read(match)
                for name, value in values.items():
                    draft.note(name, value, match.span(), rule.name, rule.confidence)
                    _state(extract, name, value)
                    extract.places.append((name, match.span()))
                if values:
                    spans.append(match.span())
            if spans:
                draft.take(*spans)

    # ── codes ────────────────────────────────────────────────────────────────────────────────────

    def _read_codes(self, draft: Draft, extract: Extract, brand: str | None) -> None:
        if self.code is None or (self.family.code_needs_brand and brand is None):
            return
        pattern = self.brand_codes.get(brand or "", self.code)
        for written, span in codes_in(draft.body, pattern):
            code = self._code(written)
            extract.coded.append((code, span))
            if self.is_class(code):
                continue
            if code not in extract.mpns:
                extract.mpns.append(code)
            draft.note("mpn", code, span, f"{self.family.name} code", 90)
            extract.places.append(("mpn", span))
            if not self.family.code_is_model:
                draft.take(span)

    def codes(self, text: str) -> list[str]:
        """Every code of this family in prepared text."""
        return [self._code(written) for written, _ in codes_in(text, self.code)] if self.code else []

    def _code(self, written: str) -> str:
        """A maker's code in the one spelling that this family's codes have."""
        code = canonical_code(written)
        return self.family.respelled(code) if self.family.respelled else code

    # ── model ────────────────────────────────────────────────────────────────────────────────────

    def _model(
        self, draft: Draft, extract: Extract, brand: str | None, namings: Sequence[Naming]
    ) -> ModelFound | None:
        return (
            self._named(draft)
            or (self._coded(extract) if self.family.code_first else None)
            or self._serial(draft, extract, brand, namings)
            or self._lined(draft, brand, namings)
            or (self._coded(extract) if self.family.code_is_model else None)
            or self._placed(draft, namings)
            or (self.nouns.find(draft.body) if self.nouns else None)
            or self._by_style(extract)
        )

    def _named(self, draft: Draft) -> ModelFound | None:
        name = self.family.naming(draft.traced.text, draft.body) if self.family.naming else None
        if name is None:
            return None
        at = draft.text.find(name)
        return ModelFound(name, (at, at + len(name)), "first words of the title", 70)

    def _coded(self, extract: Extract) -> ModelFound | None:
        found = extract.coded
        if not found:
            return None
        distinct = dict.fromkeys(code for code, _ in found)
        longest = max(found, key=lambda entry: len(entry[0]))
        rivals = tuple(code for code in distinct if code not in longest[0])
        return ModelFound(longest[0], longest[1], "code", 95, rivals)

    def _serial(
        self, draft: Draft, extract: Extract, brand: str | None, namings: Sequence[Naming]
    ) -> ModelFound | None:
        if self.series is None:
            return None
        found = self.series.find(draft.body, brand) if brand else []
        behind = self.series.behind(draft.body, namings)
        if behind is not None:
            found = [behind, *found]
        return self.series.best(found, draft.body, is_choice=bool(extract.choices)) or self.series.guess(
            draft.body, namings
        )

    def _lined(self, draft: Draft, brand: str | None, namings: Sequence[Naming]) -> ModelFound | None:
        found = [
            (canonical, (hit.start, hit.end))
            for hit in draft.own_hits
            for family, owner, canonical in hit.payload.lines
            if family == self.family.name and owner in {brand, ""} and brand is not None
        ]
        if not found:
            return None
        names = {(naming.start, naming.end) for naming in namings if not naming.is_line}
        ends = [naming.end for naming in namings]

        def rank(entry: tuple[str, Span]) -> tuple[bool, bool, bool, int, int]:
            start, end = entry[1]
            is_behind_brand = any(0 <= start - brand_end <= _BESIDE for brand_end in ends)
            is_specific = any(entry[0] != other and other in entry[0] for other, _ in found)
            return entry[1] not in names, is_specific, is_behind_brand, end - start, -start

        canonical, span = max(found, key=rank)
        return self._with_subline(draft, ModelFound(canonical, span, "line", 90))

    def _placed(self, draft: Draft, namings: Sequence[Naming]) -> ModelFound | None:
        if self.between is None or not namings:
            return None
        return line_between(_between_text(draft), namings, self.between)

    def _with_subline(self, draft: Draft, line: ModelFound) -> ModelFound:
        """A line and the one unlisted word behind it: 启赋 蕴淳 is another powder than 启赋."""
        if self.between is None or not self.family.has_sublines:
            return line
        found = word_between(_between_text(draft), line.span[1], self.between)
        if found is None:
            return line
        return ModelFound(
            f"{line.model}{found[0].upper()}", (line.span[0], found[1][1]), "line and the word behind it", 70
        )

    def _by_style(self, extract: Extract) -> ModelFound | None:
        """A shoe without a name is called by its style code."""
        if self.family.name == "sneakers" and extract.mpns:
            return ModelFound(extract.mpns[0], (0, 0), STYLE_CODE, 80)
        return None

    def _finished(self, draft: Draft, extract: Extract, found: ModelFound) -> ModelFound:
        """The model as this family writes it, with what it says about other attributes."""
        model = found.model
        if self.family.finish is not None:
            model, further = self.family.finish(found.model, draft.text, extract.values)
            for name, value in further.items():
                _state(extract, name, value)
                draft.note(name, value, None, f"from model {model}", 80)
        draft.take(found.span)
        draft.note("model", model, found.span, found.rule, found.confidence)
        return ModelFound(model, found.span, found.rule, found.confidence, found.rivals)

    # ── contents and colour ──────────────────────────────────────────────────────────────────────

    def _read_contents(self, draft: Draft, extract: Extract) -> None:
        if self.holds_gigabytes:
            extract.contents = _capacity(extract.values.get("storage_gb"))
            return
        extract.contents, spans = contents_in(draft.body, self.measured, draft.text)
        if spans:
            draft.take(*spans)

    def _read_colour(self, draft: Draft, extract: Extract) -> None:
        if not self.family.has_colour:
            return
        known = [(hit.start, hit.end) for hit in draft.hits if hit.payload.is_no_colour]
        anchors = [
            span
            for name, span in extract.places
            if name == "storage_gb" or (name == "mpn" and self.family.code_splits)
        ]
        colour = colour_in(blank(draft.body, known), draft.hits, anchors)
        if colour is not None:
            extract.values["color"] = colour[0]
            draft.note("color", colour[0], colour[1], "colour", 80)
            draft.take(colour[1])
        elif (
            self.colour_code
            and extract.mpns
            and (match := self.colour_code.fullmatch(extract.mpns[0].casefold()))
        ):
            extract.values["color"] = match[1]
            draft.note("color", match[1], None, "colourway in the style code", 80)


def _between_text(draft: Draft) -> str:
    """The text in which a line is told by its place: without noise, gifts and all words known to be no line."""
    known = [(h.start, h.end) for h in draft.hits if h.payload.cues or h.payload.hints or h.payload.region]
    return blank(draft.plain, [*known, *draft.apart.all])


def _state(extract: Extract, name: str, value: str) -> None:
    """A second, different value makes the attribute a choice and no value."""
    if name in extract.choices:
        if value not in extract.choices[name]:
            extract.choices[name] += (value,)
    elif name in extract.values and extract.values[name] != value:
        extract.choices[name] = (extract.values.pop(name), value)
    else:
        extract.values[name] = value


def _capacity(gigabytes: str | None) -> Contents:
    if gigabytes is None:
        return NOTHING
    size = Quantity.of(gigabytes, "gb")
    return Contents(size, 1, size)


def _read_gtins(draft: Draft, extract: Extract) -> None:
    for gtin, span in gtins_in(draft.body):
        extract.gtins.append(gtin)
        draft.note("gtin", str(gtin), span, "number with a right check digit", 95)
        draft.take(span)
