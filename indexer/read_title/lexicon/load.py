"""Brands and their aliases, read from brands.csv. Which alias holds in a title is decided in `../brand.py`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, Literal

from indexer.analyse.prepare import prepare_phrase

BRANDS_FILE: Final = Path(__file__).with_name("brands.csv")
_JOINTS = re.compile(r"[ \-'.]")


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand and where it is at home."""

    id: str
    name_zh: str
    name_en: str
    categories: tuple[str, ...]
    families: tuple[str, ...]
    """Product families it makes, the most likely first."""
    parent: str | None
    """The wider brand that sellers write beside it (小米 before Redmi); the narrower one wins."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One way a title names a brand."""

    brand: str
    text: str
    """Prepared form."""
    is_line: bool
    """A product line that proves the brand (iPhone): the word also belongs to the model."""
    needs_context: bool
    context: tuple[str, ...]
    """Prepared words of which one proves the brand; empty: the goods of the brand's families do."""


class Lexicon:
    """All brands, found by id or by alias. Immutable; `extended` makes a wider one."""

    def __init__(self, brands: Iterable[Brand], aliases: Iterable[Alias], blockers: Iterable[str]) -> None:
        self.brands: Mapping[str, Brand] = {brand.id: brand for brand in brands}
        found: dict[str, list[Alias]] = {}
        for alias in aliases:
            entries = found.setdefault(alias.text, [])
            if alias not in entries:
                entries.append(alias)
        self.aliases: Mapping[str, tuple[Alias, ...]] = {text: tuple(group) for text, group in found.items()}
        self.blockers: frozenset[str] = frozenset(blockers)

    def extended(self, names: Mapping[str, Iterable[str]]) -> Lexicon:
        """This lexicon and further brands: canonical id -> its spellings, unambiguous in titles.

        For brands that marketplaces state in structured fields and this file does not know. A spelling that is known
        here already keeps its meaning.
        """
        brands, aliases = list(self.brands.values()), [a for group in self.aliases.values() for a in group]
        for brand_id, spellings in names.items():
            own = [text for text in map(prepare_phrase, spellings) if text and text not in self.aliases]
            if brand_id not in self.brands:
                brands.append(Brand(brand_id, brand_id, brand_id, (), (), None))
            aliases += (Alias(brand_id, text, is_line=False, needs_context=False, context=()) for text in own)
        return Lexicon(brands, aliases, self.blockers)


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon that ships with the project (brands.csv), read once."""
    with BRANDS_FILE.open(encoding="utf-8", newline="") as lines:
        return parse_lexicon(lines)


def parse_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from the lines of a file like brands.csv; its columns are documented in ../README.md."""
    brands: dict[str, Brand] = {}
    aliases: list[Alias] = []
    blockers: list[str] = []
    for row in csv.DictReader(lines):
        brands.setdefault(row["canonical_id"], _brand(row))
        aliases += _aliases(row)
        blockers += map(prepare_phrase, _listed(row["not_in"]))
    return Lexicon(brands.values(), aliases, blockers)


def _brand(row: Mapping[str, str]) -> Brand:
    return Brand(
        id=row["canonical_id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        categories=_listed(row["category"]),
        families=_listed(row["families"]),
        parent=row["parent"] or None,
    )


def _aliases(row: Mapping[str, str]) -> Iterable[Alias]:
    context = tuple(map(prepare_phrase, _listed(row["context"])))
    role: Literal["name", "line"] = "line" if row["role"] == "line" else "name"
    for text in spellings(row["alias"]):
        yield Alias(row["canonical_id"], text, role == "line", row["needs_context"] == "1", context)


def spellings(alias: str) -> tuple[str, ...]:
    """The prepared forms of `alias`: Latin names occur spaced, hyphened and joined (New Balance, NewBalance)."""
    text = prepare_phrase(alias)
    parts = _JOINTS.split(text)
    if len(parts) == 1 or not text.isascii() or len(parts) > 4:
        return (text,)
    joints = product(("", " ", "-"), repeat=len(parts) - 1)
    forms = {text} | {"".join(a + b for a, b in zip(parts, (*j, ""), strict=True)) for j in joints}
    return tuple(sorted(forms))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
