"""Read attributes as something to choose by: which there are, how a document carries them, what of them is shown.

A document carries each value that splits its goods from others as one text, ``storage_gb=128``; a shopper chooses
``storage_gb:128``. Which attributes split is declared by the families of goods, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from catalog.errors import InvalidInput, InvalidQuantity
from catalog.quantity import Quantity, Unit, decimal_text
from indexer.match.facts import Facts
from indexer.query import ATTRIBUTES, Terms, attribute_of
from indexer.read_title.family import FAMILIES
from indexer.read_title.family.declare import Family

Chosen = tuple[tuple[str, str], ...]
"""(attribute, canonical value)."""
Counts = Sequence[tuple[str, int]]

MOSTLY: Final = Fraction(1, 2)
"""A list of which more than this share is of one family is asked for that family's attributes (DECISIONS 51)."""

QUANTITY: Final = "quantity"
PACK_COUNT: Final = "pack_count"
_PACK: Final = (QUANTITY, PACK_COUNT)
_OF_ANY: Final = "accessory_for"
_SIZES: Final = ("NB", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "XXXXL")

_FAMILIES: Final[Mapping[str, Family]] = {family.name: family for family in FAMILIES}
_NUMBERS: Final = frozenset({PACK_COUNT, "abv", "ply", "year"})
_NUMBER_ENDINGS: Final = ("_gb", "_inch", "_mm")
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")
_MEASURED = re.compile(rf"({_NUMBER.pattern})\s?([a-z一-龥]+)")
_GRADED = re.compile(r"[^\x00-\x7f]?([0-9]+(?:\.[0-9]+)?)(.*)")
"""A figure at the beginning, perhaps behind one character: 128, 900g, 1.5匹, 大1.5匹."""


def of_family(family: str) -> tuple[str, ...]:
    """The attributes that goods of a family are told apart by: what every title states first. Unknown families have none."""
    known = _FAMILIES.get(family)
    if known is None:
        return ()
    found = [name for name in known.required if name in known.splits] + list(known.splits)
    found += ["product"] if known.kinds else []
    found += _PACK if known.contents and known.pack_splits else []
    return tuple(dict.fromkeys((*found, _OF_ANY)))


NAMES: Final = tuple(sorted({name for family in _FAMILIES for name in of_family(family)}))
"""Every attribute that can be chosen."""


def values_of(facts: Facts) -> tuple[str, ...]:
    """What a document carries of a product, sorted."""
    stated = {name: value for name, value in facts.variant.items() if name in NAMES}
    if facts.pack is not None and facts.pack.size is not None:
        stated |= {QUANTITY: str(facts.pack.size), PACK_COUNT: str(facts.pack.count)}
    return tuple(sorted(f"{name}={value}" for name, value in stated.items()))


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────


def chosen(texts: Iterable[str], *, sign: str = ":") -> Chosen:
    """``storage_gb:128`` and more as (attribute, value), each once, in order.

    Raises:
        InvalidInput: an attribute that is none, or a value that it cannot have; says which.
    """
    return tuple(dict.fromkeys(_chosen(text, sign) for text in texts))


def filters(attributes: Chosen) -> tuple[Terms, ...]:
    """One filter an attribute: its values are either, different attributes both."""
    values: dict[str, list[str]] = {}
    for name, value in sorted(set(attributes)):
        values.setdefault(name, []).append(f"{name}={value}")
    return tuple(Terms(ATTRIBUTES, tuple(ofs)) for ofs in values.values())


def _chosen(text: str, sign: str) -> tuple[str, str]:
    name, between, value = text.partition(sign)
    if name not in NAMES:
        raise InvalidInput(f"{name!r} is no attribute; there are {', '.join(NAMES)}")
    found = _canonical(name, value.strip()) if between else None
    if found is None:
        raise InvalidInput(f"{text!r} is no value of {name}: write {name}{sign}{_example(name)}")
    return name, found


def _canonical(name: str, value: str) -> str | None:
    """The value as documents carry it; None for what it cannot be."""
    if name == QUANTITY:
        return _quantity(value)
    if _is_number(name):
        return decimal_text(Fraction(value)) if _NUMBER.fullmatch(value) else None
    return value if value and value.isprintable() else None


def _quantity(value: str) -> str | None:
    """``1.5l`` is ``1500ml``."""
    match = _MEASURED.fullmatch(value.lower())
    if match is None:
        return None
    try:
        if match[2] in set(Unit):
            return str(Quantity(Fraction(match[1]), Unit(match[2])))
        return str(Quantity.of(match[1], match[2]))
    except InvalidQuantity:
        return None


def _is_number(name: str) -> bool:
    return name in _NUMBERS or name.endswith(_NUMBER_ENDINGS)


def _example(name: str) -> str:
    return "900g" if name == QUANTITY else "128" if _is_number(name) else "VALUE"


# ── counting ─────────────────────────────────────────────────────────────────────────────────────


def shown(
    counts: Counts, families: Counts, total: int, attributes: Chosen, only: Sequence[str]
) -> dict[str, Counts]:
    """The attributes to choose by, in the order of their family, each with its values in theirs.

    `counts` are those of the field, `families` those of the families, of `total` products. `only` are the families that
    were chosen. What is chosen is always there.
    """
    names = [*of_family(_family_of(families, total, only) or ""), *(name for name, _ in attributes)]
    values: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for value, count in counts:
        name = attribute_of(value)
        if name in values:
            values[name].append((value[len(name) + 1 :], count))
    return {name: in_order(found) for name, found in values.items() if found}


def _family_of(families: Counts, total: int, only: Sequence[str]) -> str | None:
    """The family that more than half of the products are of; None when none is."""
    among = [(name, count) for name, count in families if not only or name in only]
    name, count = among[0] if among else ("", 0)
    return name if count > total * MOSTLY else None


def in_order(values: Counts) -> Counts:
    """Figures by size, sizes of clothing by size, everything else as it comes: most products first."""
    if all(value in _SIZES for value, _ in values):
        return sorted(values, key=lambda pair: _SIZES.index(pair[0]))
    if 2 * sum(_GRADED.fullmatch(value) is not None for value, _ in values) > len(values):
        return sorted(values, key=lambda pair: _grade(pair[0]))
    return values


def _grade(value: str) -> tuple[str, Fraction, str]:
    """By unit, then by figure; what has no figure comes first: Pre, 1, 2, 3."""
    match = _GRADED.fullmatch(value)
    return ("", Fraction(-1), value) if match is None else (match[2], Fraction(match[1]), value)
