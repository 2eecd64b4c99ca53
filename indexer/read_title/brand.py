"""Which brand a title or a structured brand field names (domain §2.2 step 7, rule 13).

The most specific brand with context wins: Redmi over 小米, 王子酒 over 茅台, QIAODAN is not Jordan. What the aliases are
is data (lexicon/brands.csv).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from indexer.analyse.phrases import Hit
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.blank import Span, overlaps
from indexer.read_title.lexicon.load import Alias, Lexicon
from indexer.read_title.words import Word

_PARTS = re.compile(r"[()（）/|\\,、]")
_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Naming:
    """A brand named at ``text[start:end]``."""

    brand: str
    start: int
    end: int
    is_line: bool
    is_certain: bool
    """False where only the goods prove the brand: an alias that is also an ordinary word."""


@dataclass(frozen=True, slots=True)
class BrandFound:
    """The brand, everywhere it (or its parent) is named, and other brands that are named as well."""

    brand: str | None = None
    namings: tuple[Naming, ...] = ()
    rivals: tuple[str, ...] = ()


def brand_in_title(
    text: str, hits: Sequence[Hit[Word]], apart: Iterable[Span], families: AbstractSet[str], lexicon: Lexicon
) -> BrandFound:
    """The brand of the goods. `apart`: pieces not about the goods; `families`: what the other words speak of."""
    aside = tuple(apart)
    named = [hit for hit in hits if hit.payload.aliases and not overlaps((hit.start, hit.end), aside)]
    certain = {alias.brand for hit in named for alias in hit.payload.aliases if not alias.needs_context}
    lines = {owner for hit in hits for _, owner, _ in hit.payload.lines}
    namings = [
        Naming(alias.brand, hit.start, hit.end, alias.is_line, not alias.needs_context)
        for hit in named
        if (alias := _alias_that_holds(text, hit, certain, lines, families, lexicon)) is not None
    ]
    return _most_specific(namings, lexicon)


def _alias_that_holds(
    text: str,
    hit: Hit[Word],
    certain: Collection[str],
    lines: Collection[str],
    families: AbstractSet[str],
    lexicon: Lexicon,
) -> Alias | None:
    """Of the brands that share a spelling, one proved by its own context words, else an unambiguous one."""
    proved = [
        alias
        for alias in hit.payload.aliases
        if alias.needs_context and _is_proved(text, alias, certain, lines, families, lexicon)
    ]
    plain = [alias for alias in hit.payload.aliases if not alias.needs_context]
    by_words = [alias for alias in proved if alias.context]
    return next(iter((*by_words, *plain, *proved)), None)


def _is_proved(
    text: str,
    alias: Alias,
    certain: Collection[str],
    lines: Collection[str],
    families: AbstractSet[str],
    lexicon: Lexicon,
) -> bool:
    if alias.brand in certain or alias.brand in lines:
        return True
    if alias.context:
        return any(word in text for word in alias.context)
    return not families.isdisjoint(lexicon.brands[alias.brand].families)


def _most_specific(namings: Sequence[Naming], lexicon: Lexicon) -> BrandFound:
    """Parents give way to their sub-brands; then a certain name before a proved one, then the first in the title."""
    present = {naming.brand for naming in namings}
    if len(present) < 2:
        return BrandFound(next(iter(present), None), tuple(namings))
    parents = {parent for brand in present for parent in _ancestors(brand, lexicon)}
    own = [naming for naming in namings if naming.brand not in parents] or list(namings)
    best = min(own, key=lambda naming: (not naming.is_certain, naming.start))
    family = {best.brand, *_ancestors(best.brand, lexicon)}
    rivals = dict.fromkeys(naming.brand for naming in own if naming.brand not in family)
    return BrandFound(best.brand, tuple(n for n in namings if n.brand in family), tuple(rivals))


def _ancestors(brand: str, lexicon: Lexicon) -> Iterable[str]:
    seen = set()
    known = lexicon.brands.get(brand)
    while known is not None and known.parent and known.parent not in seen:
        seen.add(known.parent)
        known = lexicon.brands.get(known.parent)
    return seen


def brand_in_field(stated: str, lexicon: Lexicon) -> str | None:
    """The brand that a structured field names: ``Apple/苹果``, ``小米（MI）``, ``青竹（QINGZHU）``; None for 无, 其他.

    The field itself is the context, so every alias counts. A brand the lexicon does not know gets its own folded
    Chinese name as id, else its Latin one: all marketplaces state the one or both.
    """
    names = field_names(stated)
    known = [alias.brand for name in names for alias in lexicon.aliases.get(name, ())]
    known += [
        alias.brand
        for name in ("".join(names), prepare_phrase(stated))
        for alias in lexicon.aliases.get(name, ())
    ]
    if known:
        children = [b for b in known if not any(b in _ancestors(other, lexicon) for other in known)]
        return (children or known)[0]
    chinese = [name for name in names if _HAN.search(name)]
    return next(iter(chinese + list(names)), None)


def field_names(stated: str) -> tuple[str, ...]:
    """The spellings inside a structured brand field, prepared; none for fields that say there is no brand."""
    names = dict.fromkeys(name for part in _PARTS.split(stated) if (name := prepare_phrase(part)))
    return tuple(name for name in names if name not in _NO_BRAND)


_NO_BRAND = frozenset(
    {
        "无", "无品牌", "其他", "其它", "other", "不详", "未知", "暂无", "none", "null", "n/a", "no brand", "unbranded", "unknown",
        "generic", "自有品牌", "白牌", "无牌",
    }
)  # fmt: skip
