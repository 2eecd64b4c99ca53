"""By which base goods are compared: per 100 g, per piece … What a unit price is, is in `catalog/unit_price.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from catalog.product import Kind
from catalog.quantity import Quantity, Unit, decimal_text
from catalog.unit_price import DEFAULT_BASES, base_share
from indexer.match.facts import Facts
from indexer.read_title.family import FAMILIES
from indexer.read_title.family.declare import Family

_FAMILIES: Final[Mapping[str, Family]] = {family.name: family for family in FAMILIES}


@dataclass(frozen=True, slots=True)
class UnitBase:
    """How much of the goods a price is compared by, and how much of them one offer delivers."""

    base: int
    contents: Quantity

    @property
    def label(self) -> str:
        """``100g``, ``1piece``: the values of the filter `unit`."""
        return base_label(self.base, self.contents.unit)

    @property
    def share(self) -> Fraction:
        """Times the price of one offer: the price per base."""
        return base_share(self.contents, self.base)

    def to_dict(self) -> dict[str, str]:
        """For payloads; amounts as exact decimal text."""
        return {
            "base": str(self.base),
            "unit": self.contents.unit.value,
            "contents": decimal_text(self.contents.amount),
        }


def unit_base(facts: Facts) -> UnitBase | None:
    """The base of these goods.

    Returns:
        None where the contents are not known, where goods of the family are not bought by contents (phones, shoes), and
        for all that is no goods: what an accessory, a bundle or a list of options holds is not what the family measures.
    """
    if facts.kind is not Kind.GOODS or facts.contents is None:
        return None
    base = _bases(facts).get(facts.contents.unit)
    return UnitBase(base, facts.contents) if base is not None else None


def base_label(base: int, unit: Unit) -> str:
    """A base in one word, for machines."""
    return f"{base}{unit.value}"


def all_labels() -> frozenset[str]:
    """Every base that goods can be compared by."""
    tables = [DEFAULT_BASES]
    for family in FAMILIES:
        tables += [family.unit_bases, *family.product_bases.values()]
    return frozenset(base_label(base, unit) for table in tables for unit, base in table.items())


def _bases(facts: Facts) -> Mapping[Unit, int]:
    family = _FAMILIES.get(facts.family or "")
    if family is None:
        return DEFAULT_BASES
    return family.product_bases.get(facts.variant.get("product", ""), family.unit_bases)
