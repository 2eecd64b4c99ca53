"""What a product is called on the page, and which typing it completes: from what was read, never a seller's words.

Only where nothing could be read does the shortest title of an offer stand in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from catalog.product import Kind
from catalog.quantity import Pack, decimal_text
from indexer.analyse.fold import normalise
from indexer.match.facts import Facts
from indexer.match.products import ProductState
from indexer.read_title.family import FAMILIES
from indexer.read_title.lexicon.load import Brand

FAMILY_NAMES: Final[Mapping[str, str]] = {family.name: family.cues[0] for family in FAMILIES}
"""Family -> what people call it; its first cue."""

GB_IN_TB: Final = 1024
"""By convention (domain §2.3)."""

_SUFFIXES: Final[Mapping[str, str]] = {
    "storage_gb": "GB", "ram_gb": "GB内存", "screen_inch": "英寸", "stage": "段", "abv": "度", "generation": "代",
    "size": "码", "capacity_gb": "GB", "refresh_hz": "Hz", "volume_l": "升", "load_kg": "公斤",
}  # fmt: skip
_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("life_stage", "kitten"): "幼猫", ("life_stage", "puppy"): "幼犬", ("life_stage", "adult"): "成年",
    ("life_stage", "senior"): "老年", ("life_stage", "all"): "全阶段", ("kit", "body"): "单机身", ("form", "pants"): "拉拉裤",
    ("form", "tape"): "腰贴型", ("concentration", "edp"): "EDP", ("concentration", "edt"): "EDT",
    ("concentration", "edc"): "古龙水", ("concentration", "parfum"): "香精",
}  # fmt: skip
_SUFFIXES_ALONE: Final[Mapping[str, str]] = {
    **_SUFFIXES, "ram_gb": "GB", "size": "", "case_mm": "mm", "ply": "层", "pack_count": "件",
}  # fmt: skip
"""Where the value stands beside the attribute's name."""
_MEASURED = re.compile(r"([0-9.]+)([a-z]+)")
_UNITS: Final[Mapping[str, str]] = {
    "g": "g", "ml": "ml", "piece": "片", "sheet": "抽", "pair": "双", "volume": "册", "brick": "颗", "gb": "GB", "m": "m",
}  # fmt: skip
_CONDITIONS: Final[Mapping[str, str]] = {
    "open_box": "准新", "refurbished_official": "官翻", "refurbished": "翻新", "used": "二手",
}  # fmt: skip
_REGIONS: Final[Mapping[str, str]] = {
    "hk": "港版",
    "us": "美版",
    "jp": "日版",
    "kr": "韩版",
    "de": "德版",
    "mo": "澳版",
    "tw": "台版",
}


def product_name(product: ProductState, brands: Mapping[str, Brand]) -> str:
    """Brand, model, what tells it from its siblings, pack, condition: in this order, without repeating itself."""
    facts = product.facts
    is_unnamed = facts.model is None and (
        facts.kind is Kind.ACCESSORY or (facts.pack is None and not facts.variant)
    )
    if facts.brand is None or is_unnamed:  # what fits a phone is not to be called one
        return min((member.offer.listing.title for member in product.members), key=lambda t: (len(t), t))
    parts = [brand_name(facts.brand, brands), facts.model or FAMILY_NAMES.get(facts.family or "", "")]
    values = (_value(name, value) for name, value in sorted(facts.variant.items()))
    parts += [value for value in values if value not in (facts.model or "")]
    parts += [
        _pack(facts.pack),
        _REGIONS.get(facts.region or "", facts.region or ""),
        _CONDITIONS.get(facts.condition, ""),
    ]
    return " ".join(dict.fromkeys(part for part in parts if part))


def group_name(facts: Facts, brands: Mapping[str, Brand]) -> str | None:
    """Brand and model; None when either is unknown."""
    if facts.brand is None or facts.model is None:
        return None
    return f"{brand_name(facts.brand, brands)} {facts.model}"


def brand_name(brand: str, brands: Mapping[str, Brand]) -> str:
    """The brand as shoppers here write it."""
    known = brands.get(brand)
    return brand if known is None else known.name_zh or known.name_en


def suggestions(product: ProductState, name: str, brands: Mapping[str, Brand]) -> tuple[str, ...]:
    """What typing this product completes: ``folded␟shown`` for its name, its model, and both languages' brand."""
    facts = product.facts
    shown = [name]
    group = group_name(facts, brands)
    if group is not None and facts.brand is not None and facts.model is not None:
        shown += [group, facts.model]
        english = brands[facts.brand].name_en if facts.brand in brands else facts.brand
        if english:
            shown.append(f"{english} {facts.model}")
    return tuple(dict.fromkeys(f"{fold(text)}\x1f{text}" for text in shown if text))


def fold(text: str) -> str:
    """Text as completions are looked up: one spelling, no spaces, bounded."""
    return normalise(text).replace(" ", "")[:60]


def attribute_text(name: str, value: str) -> str:
    """An attribute's value with its unit: 128GB, 1TB, 3段, 900g; what has no unit, or its own, as it is."""
    measured = _MEASURED.fullmatch(value) if name == "quantity" else None
    if measured is not None:
        return measured[1] + _UNITS.get(measured[2], measured[2])
    if name == "storage_gb" and value.isdigit() and int(value) % GB_IN_TB == 0:
        return f"{int(value) // GB_IN_TB}TB"
    return value + _SUFFIXES_ALONE.get(name, "") if value[:1].isdigit() and value[-1:].isdigit() else value


def region_name(region: str) -> str:
    """A national edition as shoppers here call it."""
    return _REGIONS.get(region, "国行" if region == "home" else region)


def _value(name: str, value: str) -> str:
    """A splitting attribute as words; flags and codes that the model already holds are left out."""
    if value in {"true", "false"} or name in {"style_code", "set_no", "mpn"}:
        return ""
    if (name, value) in _WORDS:
        return _WORDS[name, value]
    return value + _SUFFIXES.get(name, "") if value[:1].isdigit() and value[-1:].isdigit() else value


def _pack(pack: Pack | None) -> str:
    if pack is None or pack.size is None:
        return f"×{pack.count}" if pack is not None and pack.count > 1 else ""
    size = decimal_text(pack.size.amount) + _UNITS[pack.size.unit]
    return f"{size}×{pack.count}" if pack.count > 1 else size
