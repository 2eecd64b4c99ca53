"""What of a case's statements holds, put together into a reading.

Structured fields outrank the SKU text, that outranks the title (domain §2.2); how two statements are weighed is in
`settle.py`, what is sold at all (goods, accessory, bundle, choice) in `kind.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from catalog.gtin import Gtin, GtinUse
from catalog.listing import Condition
from catalog.product import Kind
from catalog.quantity import Pack
from indexer.read_title.blank import blank, overlaps
from indexer.read_title.brand import Naming
from indexer.read_title.case import Case
from indexer.read_title.codes import identity_numbers
from indexer.read_title.colour import colour_in
from indexer.read_title.condition import condition_in, condition_in_field
from indexer.read_title.family.declare import Family
from indexer.read_title.kind import (
    SetFound,
    accessory_nouns,
    goods_added,
    goods_joined,
    is_dummy,
    models_combined,
    names_goods_behind,
    offers_choice,
    offers_colours,
    set_in,
    things_combined,
)
from indexer.read_title.models import ModelFound
from indexer.read_title.quantity import NOTHING, Contents
from indexer.read_title.reading import Attribute, Conflict, Reading, Source, Split
from indexer.read_title.region import region_in_field, regions_in
from indexer.read_title.settle import (
    Extracts,
    Settled,
    distinct,
    settle,
    settle_contents,
    settle_model,
    settle_values,
)
from indexer.read_title.spans import gifts_in
from indexer.read_title.unlisted import UNLISTED

_KEPT_OF_ACCESSORIES: Final = frozenset({"color", "accessory_for", "kind"})
_WORD = re.compile(r"[a-z0-9㐀-鿿](?:[^\s()*/,、+&:]*[^\s()*/,、+&:.\-])?|[^\W_]")


class _Findings(NamedTuple):
    """What the sources of a case say, weighed."""

    brand: str | None
    model: ModelFound | None
    contents: Contents
    settled: Settled
    extracts: Extracts
    mpns: tuple[str, ...]
    gtins: tuple[Gtin, ...]


def reading_of(case: Case) -> Reading:
    """The reading of `case`."""
    brand = case.brand()
    extracts = case.extracts(brand)
    findings = _Findings(
        brand=brand,
        model=settle_model(extracts, case.conflicts),
        contents=settle_contents(extracts),
        settled=settle_values(extracts),
        extracts=extracts,
        mpns=distinct([code for _, extract in extracts for code in extract.mpns]),
        gtins=_gtins(case, extracts),
    )
    _add_right(case, findings.settled)
    kind = _kind(case, findings)
    if kind is Kind.ACCESSORY:
        findings = _as_accessory(case, findings)
    elif kind is Kind.BUNDLE and not findings.contents.is_mixed:
        findings = findings._replace(contents=NOTHING)  # one size of several goods is nobody's
    return _assembled(case, kind, _with_one_model(case, findings))


def _gtins(case: Case, extracts: Extracts) -> tuple[Gtin, ...]:
    written = [gtin for _, extract in extracts for gtin in extract.gtins]
    numbers = (*case.stated.gtins, *case.properties.gtins)
    if not numbers:
        return distinct(written)
    stated = identity_numbers(numbers)
    case.evidence += [Attribute("gtin", str(gtin), Source.GTIN, None, "number field", 98) for gtin in stated]
    return distinct((*stated, *written))


def _with_one_model(case: Case, findings: _Findings) -> _Findings:
    """A list of models is no model."""
    model = findings.model
    if model is None or not model.rivals:
        return findings
    named = (model.model, *model.rivals)
    case.conflicts.append(Conflict("model", named, (Source.TITLE,) * len(named)))
    return findings._replace(model=None)


# ── what is sold ─────────────────────────────────────────────────────────────────────────────────


def _kind(case: Case, findings: _Findings) -> Kind:
    if is_dummy(case.title.own_hits) and case.reader.family.name != "lego":
        return Kind.DUMMY
    if _is_accessory(case, findings):
        return Kind.ACCESSORY
    if _is_bundle(case, findings):
        return Kind.BUNDLE
    return Kind.OPTIONS if _is_undecided(case, findings) else Kind.GOODS


def _is_accessory(case: Case, findings: _Findings) -> bool:
    family = case.reader.family
    hits = case.title.own_hits
    nouns = accessory_nouns(hits, family.name or None)
    if not nouns and _is_only_fitted(case):
        return True
    if not nouns or (family.accessory_is_last and names_goods_behind(hits, nouns[-1], family.name)):
        return False
    proved = any(name in findings.settled.values for name in family.proves_goods)
    proved = proved or ("mpn" in family.proves_goods and bool(findings.mpns))
    return bool(case.title.apart.fits) or not proved


def _makes_the_goods(case: Case) -> bool:
    """Whether a maker of such goods, not of what they fit, is named: 森宝 … 兼容乐高."""
    maker = case.lexicon.brands.get(case.found.brand or "")
    return (
        maker is not None
        and case.reader.family.name in maker.families
        and maker.id not in _fitted_brands(case)
    )


def _is_only_fitted(case: Case) -> bool:
    """Whether goods of the family are named in nothing but what the offer fits: 通用波轮洗衣机 泡腾片."""
    name, title = case.reader.family.name, case.title
    if not title.apart.fits or not name or _makes_the_goods(case):
        return False
    fitted = [hit for hit in title.hits if overlaps((hit.start, hit.end), title.apart.fits)]
    return any(name in hit.payload.goods or hit.payload.aliases for hit in fitted) and not any(
        name in hit.payload.goods for hit in title.own_hits
    )


def _is_bundle(case: Case, findings: _Findings) -> bool:
    if findings.contents.is_mixed:
        return True
    family = case.reader.family.name
    text, hits = case.title.text, case.title.own_hits
    found = set_in(text, family) or goods_added(text, hits, family) or goods_joined(text, hits, family)
    found = found or things_combined(case.title.plain)
    if found is None and findings.model is not None and findings.model.rivals and models_combined(text):
        found = SetFound(findings.model.span, "several models in a set")
    if found is not None:
        case.title.note("is_bundle", "true", found.span, found.rule, 85)
    return found is not None


def _is_undecided(case: Case, findings: _Findings) -> bool:
    """A choice of splitting values, and no field that decides (domain §2.2)."""
    if findings.contents.is_choice or (findings.model is not None and findings.model.rivals):
        return True
    if findings.settled.choices and not findings.settled.choices.isdisjoint(case.reader.family.splits):
        return True
    has_fields = bool(case.stated.sku_text or case.properties.texts)
    if has_fields:
        return False
    is_by_colour = case.reader.family.code_splits and not findings.mpns  # the style code holds the colourway
    return offers_choice(case.title.text) or (is_by_colour and offers_colours(case.title.text))


def _add_right(case: Case, settled: Settled) -> None:
    """A voucher, a deposit or a surcharge is not the goods it names."""
    for hit in case.title.own_hits:
        if hit.payload.voucher is not None:
            settled.values["kind"] = hit.payload.voucher
            case.title.note("kind", hit.payload.voucher, (hit.start, hit.end), "right or payment", 90)
            return


# ── accessories ──────────────────────────────────────────────────────────────────────────────────


def _as_accessory(case: Case, findings: _Findings) -> _Findings:
    """Made for goods: the goods' model is what it fits; their brand is its own only where a field says so."""
    fits = _fitted_model(case)
    model = findings.model
    if fits is None and model is not None and model.rule == "code" and not model.rivals:
        fits = model.model
    values = {name: v for name, v in findings.settled.values.items() if name in _KEPT_OF_ACCESSORIES}
    if "color" not in values and (colour := colour_in(case.title.body, case.title.own_hits, ())):
        values["color"] = colour[0]  # a box for milk powder has one, the powder has none
    if fits is not None:
        values["accessory_for"] = fits
    settled = Settled(values, set(), findings.settled.conflicts)
    brand = findings.brand if _has_own_brand(case, fits) else None
    return findings._replace(brand=brand, model=None, contents=NOTHING, settled=settled, mpns=())


def _has_own_brand(case: Case, fits: str | None) -> bool:
    maker = case.lexicon.brands.get(case.found.brand or "")
    if case.stated_brand or (maker is not None and maker.families == ("accessory",)):
        return True
    if maker is not None and case.title.apart.fits:
        return maker.id not in _fitted_brands(case)  # 倍思 适用 AirPods Pro
    return fits is None and any(hit.phrase in case.reader.family.standalone for hit in case.title.own_hits)


def _fitted_brands(case: Case) -> set[str]:
    """The brands of the devices that the goods fit, with the brands these are written beside."""
    own = {(hit.start, hit.end) for hit in case.title.own_hits}
    inside = [hit.payload for hit in case.title.hits if (hit.start, hit.end) not in own]
    named = {alias.brand for word in inside for alias in word.aliases}
    parents = {case.lexicon.brands[brand].parent for brand in named}
    children = {brand.id for brand in case.lexicon.brands.values() if brand.parent in named}
    return named | children | {parent for parent in parents if parent}


def _fitted_model(case: Case) -> str | None:
    """The device named in 适用于…: read with its own brand, which is not the accessory's. The first of the longest."""
    series, text = case.reader.series, case.title.plain
    if series is None:
        return _fitted_code(case)
    found: list[str] = []
    for hit in case.title.hits:
        for alias in hit.payload.aliases:
            naming = Naming(alias.brand, hit.start, hit.end, alias.is_line, is_certain=True)
            behind = series.behind(text, [naming])
            found += [behind[0]] if behind else []
            found += [model for model, _ in series.find(text, alias.brand)]
    return max(found, key=len, default=None) or _fitted_code(case)


def _fitted_code(case: Case) -> str | None:
    """The longest code in what the goods fit, in families whose models are codes."""
    if not case.reader.family.code_is_model:
        return None
    return max(
        (code for span in case.title.apart.fits for code in case.reader.codes(case.title.text[slice(*span)])),
        key=len,
        default=None,
    )


# ── condition and edition ────────────────────────────────────────────────────────────────────────


def _condition(case: Case, settled: Settled) -> Condition:
    """The condition; its grade goes among the values. Nothing said is new."""
    stated = case.properties.condition
    in_field = case.stated.condition or (condition_in_field(stated) if stated else None)
    said = [(Source.PROPERTY, in_field)]
    for draft in case.drafts:
        if draft.source is Source.PROPERTY:
            continue
        state = condition_in(draft.text, draft.own_hits)
        if state is not None:
            said.append((draft.source, state.condition))
            draft.take(state.span)
            draft.note("condition", state.condition.value, state.span, "condition word", 90)
            if state.grade and "grade" not in settled.values:
                settled.values["grade"] = state.grade
    return settle("condition", said, case.conflicts) or Condition.NEW


def _region(case: Case, brand: str | None) -> str | None:
    stated = case.properties.region
    said = [(Source.PROPERTY, region_in_field(stated) if stated else None)]
    for draft in case.drafts:
        found = regions_in(draft, brand)
        if not found:
            continue
        for name, span in found:
            draft.take(span)
            draft.note("region_version", name, span, "edition", 90)
        names = distinct([name for name, _ in found])
        if len(names) > 1:
            case.conflicts.append(Conflict("region_version", names, (draft.source,) * len(names)))
        said.append((draft.source, names[0] if len(names) == 1 else None))
    return settle("region_version", said, case.conflicts)


# ── together ─────────────────────────────────────────────────────────────────────────────────────


def _assembled(case: Case, kind: Kind, findings: _Findings) -> Reading:
    contents, settled = findings.contents, findings.settled
    condition, region = _condition(case, settled), _region(case, findings.brand)
    split = _split(case, findings)
    values = {name: value for name, value in settled.values.items() if name not in settled.choices}
    drafts = case.drafts
    is_comparable = kind is Kind.GOODS or kind is Kind.OPTIONS
    return Reading(
        kind=kind,
        family=case.reader.family.name or None,
        brand=findings.brand,
        model=findings.model.model if findings.model else None,
        quantity=None if contents.is_mixed else contents.quantity,
        pack_count=1 if contents.is_ambiguous else contents.pack_count,
        total=None if contents.is_ambiguous else contents.total,
        condition=condition,
        region_version=region,
        is_bundle=kind is Kind.BUNDLE,
        variant=tuple(sorted(values.items())),
        mpns=findings.mpns,
        gtins=findings.gtins,
        gifts=tuple([gift for span in case.title.apart.gifts for gift in gifts_in(case.title.text, span)]),
        accessory_for=values.get("accessory_for"),
        evidence=(*case.evidence, *[fact for draft in drafts for fact in draft.facts]),
        conflicts=(*case.conflicts, *settled.conflicts),
        missing=_missing(case.reader.family, findings, split, values) if is_comparable else (),
        residual=_residual(case),
        split=split,
    )


def _split(case: Case, findings: _Findings) -> Split:
    family, model = case.reader.family, findings.model
    product = next((e.product for _, e in findings.extracts if e.product is not None), None)
    style = findings.mpns[0] if family.code_splits and findings.mpns else None
    identifies = model is not None and not case.reader.is_class(model.model) and _may_identify(model, family)
    by: tuple[str, ...] = case.reader.splits
    extra: tuple[tuple[str, str], ...] = ()
    if product is not None or style is not None or family.has_flavour:
        stated = (("flavor", _flavour(findings, family)), ("product", product), ("style_code", style))
        extra = tuple([(name, value) for name, value in stated if value is not None])
        by = tuple(sorted({*by, *[name for name, _ in extra]}))
    is_measured = bool(family.contents) and family.pack_splits
    return Split(by, extra, _pack(findings.contents, is_measured=is_measured), identifies)


def _flavour(findings: _Findings, family: Family) -> str | None:
    """The highest source's flavour, where it is not the usual one and the model is not named after it."""
    flavour = next((e.flavour for _, e in findings.extracts if e.flavour is not None), None)
    is_in_name = flavour is not None and findings.model is not None and flavour in findings.model.model
    return None if is_in_name or flavour == family.usual_flavour else flavour


def _may_identify(model: ModelFound, family: Family) -> bool:
    if model.rule == "line" and not family.lines_identify:
        return False
    return model.rule != UNLISTED and (model.rule != "noun" or family.nouns_identify)


def _pack(contents: Contents, *, is_measured: bool) -> Pack | None:
    """The pack of an identity: None when the goods are measured and the size is not known."""
    if contents.is_ambiguous or contents.is_mixed:
        return None
    if not is_measured:
        return Pack(None, contents.pack_count)
    return Pack(contents.quantity, contents.pack_count) if contents.quantity else None


def _missing(family: Family, findings: _Findings, split: Split, values: Mapping[str, str]) -> tuple[str, ...]:
    def has(name: str) -> bool:
        if name == "model":
            return findings.model is not None and split.model_identifies
        if name == "pack":
            return split.pack is not None
        if name == "style_code":
            return bool(findings.mpns)
        if name == "isbn":
            return any(gtin.use is GtinUse.BOOK for gtin in findings.gtins)
        return name in values

    return tuple([name for name in family.required if not has(name)])


def _residual(case: Case) -> str:
    """Devices' nouns are synonyms and go; of food and care products the noun says what it is and stays."""
    family = case.reader.family
    body = case.title.body
    if family.has_colour or family.code_is_model:
        body = blank(body, [(hit.start, hit.end) for hit in case.title.hits if hit.payload.cues])
    return " ".join(_WORD.findall(body))
