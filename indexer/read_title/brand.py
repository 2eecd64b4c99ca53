"""Which brand a title or a structured brand field names (domain §2.2 step 7, rule 13).

The most specific brand with context wins: Redmi over 小米, 王子酒 over 茅台, QIAODAN is not Jordan. What the aliases are
is data (lexicon/brands.csv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NamedTuple

from indexer.analyse.phrases import Hit
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.draft import Draft
from indexer.read_title.lexicon.load import Alias, Lexicon
from indexer.read_title.words import Word

_PARTS = re.compile(r"[()（）/|\\,、]")
_HAN = re.compile(r"[㐀-鿿]")
KEPT_FIELDS: Final = 4096
"""Brand fields whose meaning is kept: brands are few, and each stands in thousands of offers."""


class Naming(NamedTuple):
    """A brand named at ``text[start:end]``."""

    brand: str
    start: int
    end: int
    is_line: bool
    is_certain: bool
    """False where only the goods prove the brand: an alias that is also an ordinary word."""


class BrandFound(NamedTuple):
    """The brand, everywhere it (or its parent) is named, and other brands that are named as well."""

    brand: str | None = None
    namings: tuple[Naming, ...] = ()
    rivals: tuple[str, ...] = ()


class _Context(NamedTuple):
    """What proves an ambiguous name."""

    text: str
    brands: AbstractSet[str | None]
    """Those that the title names without doubt, and the stated one."""
    named: AbstractSet[str | None]
    families: AbstractSet[str]
    lexicon: Lexicon

    def proves(self, alias: Alias) -> bool:
        if alias.brand in self.brands:
            return True
        if alias.context:
            return any(word in self.text for word in alias.context)
        return self.is_at_home(alias)

    def names(self, alias: Alias) -> bool:
        """Whether the title itself proves it: by a word of its context, a certain name or a line."""
        return alias.brand in self.named or any(word in self.text for word in alias.context)

    def is_at_home(self, alias: Alias) -> bool:
        """Whether the title speaks of goods that the brand makes."""
        return not self.families.isdisjoint(self.lexicon.brands[alias.brand].families)

    def breadth(self, alias: Alias) -> int:
        """How many families the brand makes: of two that fit, the narrower is meant (雀巢 beside coffee is Nescafé)."""
        return len(self.lexicon.brands[alias.brand].families)


def brand_in_title(
    draft: Draft, families: AbstractSet[str], lexicon: Lexicon, stated: str | None = None
) -> BrandFound:
    """The brand of the goods of a title.

    `families` are what its other words speak of; `stated` is the structured brand, which proves its ambiguous names.
    """
    named = [hit for hit in draft.own_hits if hit.payload.aliases]
    if not named:
        return BrandFound()
    context = None
    namings = []
    for hit in named:
        aliases = hit.payload.aliases
        if len(aliases) == 1 and not aliases[0].needs_context:
            alias: Alias | None = aliases[0]
        else:
            context = context or _context(draft, named, stated, families, lexicon)
            alias = _alias_that_holds(aliases, context)
        if alias is not None:
            certain = not alias.needs_context
            namings.append(Naming(alias.brand, hit.start, hit.end, alias.is_line, certain))
    return _most_specific(namings, lexicon)


def _context(
    draft: Draft,
    hits: Sequence[Hit[Word]],
    stated: str | None,
    families: AbstractSet[str],
    lexicon: Lexicon,
) -> _Context:
    named = _brands_named(draft, hits)
    return _Context(draft.text, named | {stated}, named, families, lexicon)


def _brands_named(draft: Draft, named: Sequence[Hit[Word]]) -> AbstractSet[str | None]:
    """Brands that an unambiguous name or a product line names."""
    certain = [alias.brand for hit in named for alias in hit.payload.aliases if not alias.needs_context]
    lines = [owner for hit in draft.hits if hit.payload.lines for _, owner, _ in hit.payload.lines]
    return {*certain, *lines}


def _alias_that_holds(aliases: Sequence[Alias], context: _Context) -> Alias | None:
    """Of the brands that share a spelling, one proved by its own context words, else an unambiguous one."""
    proved = [alias for alias in aliases if alias.needs_context and context.proves(alias)]
    plain = [alias for alias in aliases if not alias.needs_context]
    by_words = [alias for alias in proved if alias.context and context.names(alias)]
    at_home = sorted(filter(context.is_at_home, (*plain, *proved)), key=context.breadth) if plain else []
    return next(iter((*by_words, *at_home, *plain, *proved)), None)


def _most_specific(namings: Sequence[Naming], lexicon: Lexicon) -> BrandFound:
    """Parents give way to their sub-brands; then a certain name before a proved one, then the first in the title."""
    present = {naming.brand for naming in namings}
    if len(present) < 2:
        return BrandFound(namings[0].brand if namings else None, tuple(namings))
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
    if not stated:
        return None
    names = field_names(stated)
    known = brands_in_field(stated, lexicon)
    if known:
        children = [b for b in known if not any(b in _ancestors(other, lexicon) for other in known)]
        return max(children or known, key=known.count)
    chinese = [name for name in names if _HAN.search(name)]
    return next(iter(chinese + list(names)), None)


def brands_in_field(stated: str, lexicon: Lexicon) -> list[str]:
    """Every brand that a spelling in the field may mean, once for each of its spellings: 雀巢 is two brands."""
    names = field_names(stated)
    spellings = dict.fromkeys(
        (
            *names,
            *(word for name in names for word in name.split()),
            prepare_phrase(stated).replace(" ", ""),
        )
    )
    return [alias.brand for name in spellings for alias in lexicon.aliases.get(name, ())]


@lru_cache(maxsize=KEPT_FIELDS)
def field_names(stated: str) -> tuple[str, ...]:
    """The spellings inside a structured brand field, prepared; none for fields that say there is no brand."""
    names = dict.fromkeys(name for part in _PARTS.split(stated) if (name := prepare_phrase(part)))
    return tuple(name for name in names if name not in _NO_BRAND)


_NO_BRAND = frozenset(
    {
        "无", "无品牌", "其他品牌", "其它品牌", "其他", "其它", "other", "不详", "未知", "暂无", "none", "null", "n/a", "no brand", "unbranded",
        "unknown",
        "generic", "自有品牌", "白牌", "无牌",
    }
)  # fmt: skip
