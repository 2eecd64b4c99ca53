"""Which product family the goods belong to (domain §2.2 step 8).

From words, structured categories, the brand and patterns, each worth points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from indexer.analyse.phrases import Hit
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.brand import Naming
from indexer.read_title.family import FAMILIES
from indexer.read_title.family.declare import Family
from indexer.read_title.lexicon.load import Lexicon
from indexer.read_title.words import Word

BY_NAME: Final[Mapping[str, Family]] = {family.name: family for family in FAMILIES}
_ORDER: Final = {family.name: i for i, family in enumerate(FAMILIES)}
_PROOFS: Final = tuple((f.name, frozenset(f.proof_hint), re.compile(f.proof)) for f in FAMILIES if f.proof)


CUE, LAST_CUE, ACCESSORY, HINT, PROOF, ONLY_FAMILY, A_FAMILY, LINE, SERIES = 30, 8, 22, 4, 12, 14, 6, 36, 12
"""Weights of evidence, in points: a noun for the goods outweighs all circumstances; the last noun is the head."""
CATEGORY, NARROWEST, FITTED = 25, 20, 6
LEAST: Final = 10
"""Fewer points are no evidence: the family stays unknown."""


def families_proved(text: str, letters: frozenset[str]) -> list[str]:
    """Families whose patterns (memory sizes, strengths, shoe sizes) prepared text of these `letters` shows."""
    proved = [name for name, hint, proof in _PROOFS if not hint.isdisjoint(letters) and proof.search(text)]
    if "phone" in proved and not {"laptop", "storage_media"}.isdisjoint(proved):
        proved.remove("phone")  # all have memory sizes, only the others name a processor or a disk's code
    return proved


def families_spoken_of(
    hits: Sequence[Hit[Word]], proved: Collection[str], categories: Collection[str]
) -> set[str]:
    """Families that anything but brand names points to: what proves an ambiguous brand."""
    families = {*proved, *categories}
    for hit in hits:
        if not hit.payload.aliases:
            families |= hit.payload.cues
            families |= hit.payload.hints
    return families


DEPARTMENT: Final = 12
_DEPARTMENTS: Final = frozenset(
    {"母婴", "食品", "美妆", "百货", "家电", "大家电", "家用电器", "粮油调味", "米面粮油", "粮油"}
)
"""Categories that hold goods of several families: no more than a hint of the one that is most of them."""


@lru_cache(maxsize=4096)
def families_of_category(category: tuple[str, ...]) -> Mapping[str, int]:
    """Points per family from structured category names, wide to narrow; names differ by marketplace."""
    points: dict[str, int] = {}
    for depth, name in enumerate(category):
        prepared = prepare_phrase(name)
        for family in FAMILIES:
            words = _category_words(family.name)
            if prepared in _DEPARTMENTS:
                if prepared in words:
                    points[family.name] = points.get(family.name, 0) + DEPARTMENT
                continue
            if any(word in prepared for word in words):
                points[family.name] = points.get(family.name, 0) + (
                    NARROWEST if depth == len(category) - 1 else CATEGORY // 5
                )
            if prepared in words:
                points[family.name] = points.get(family.name, 0) + CATEGORY
    return points


@cache
def _category_words(family: str) -> frozenset[str]:
    known = BY_NAME[family]
    return frozenset(prepare_phrase(word) for word in (*known.categories, *known.cues))


class FamilyEvidence(NamedTuple):
    """What points to a family, beside the words of the title."""

    brand: str | None
    namings: Sequence[Naming]
    """Where the title names the brand: an alias that is also a noun (小米) is none there."""
    category: Mapping[str, int]
    """Points from structured category names."""
    fitted: frozenset[str]
    """Families of the devices that the goods fit: of a 保护套 for AirPods they say what it covers."""
    proved: Collection[str]
    """Families whose patterns the text shows."""


def family_of(hits: Sequence[Hit[Word]], evidence: FamilyEvidence, lexicon: Lexicon) -> str | None:
    """The family with the most evidence; None when there is too little. `hits` are those about the goods."""
    points = dict(evidence.category)
    names = {(naming.start, naming.end) for naming in evidence.namings if not naming.is_line}
    last: frozenset[str] = frozenset()
    for hit in hits:
        word = hit.payload
        if word.speaks and (hit.start, hit.end) not in names:
            last = word.cues or last
            _add_points(points, word, evidence.brand)
            for name in word.accessories & evidence.fitted:
                points[name] += FITTED
    for name in last:
        points[name] += LAST_CUE
    for name in evidence.proved:
        points[name] = points.get(name, 0) + PROOF
    for name, more in _of_brand(evidence.brand, lexicon).items():
        points[name] = points.get(name, 0) + more
    return _most(points)


def _add_points(points: dict[str, int], word: Word, brand: str | None) -> None:
    for name in word.cues:
        points[name] = points.get(name, 0) + CUE
    for name in word.hints:
        points[name] = points.get(name, 0) + HINT
    for name in word.accessories:
        points[name] = points.get(name, 0) + ACCESSORY
    for name, owner, _ in word.lines:
        if owner == brand:
            points[name] = points.get(name, 0) + LINE
    for name, owner in word.series:
        if owner == brand:
            points[name] = points.get(name, 0) + SERIES


def _of_brand(brand: str | None, lexicon: Lexicon) -> Mapping[str, int]:
    known = lexicon.brands.get(brand or "")
    if known is None:
        return {}
    return _at_home(known.families)


@lru_cache(maxsize=1024)
def _at_home(names: tuple[str, ...]) -> Mapping[str, int]:
    """Points for the families that a brand makes, the most likely first."""
    families = [family for family in names if family in _ORDER]
    if len(families) == 1:
        return {families[0]: ONLY_FAMILY}
    return {family: A_FAMILY + (3 if i == 0 else 0) for i, family in enumerate(families)}


def _most(points: Mapping[str, int]) -> str | None:
    most = max(points.values(), default=0)
    if most < LEAST:
        return None
    best = [name for name, total in points.items() if total == most]
    return best[0] if len(best) == 1 else min(best, key=_ORDER.__getitem__)
