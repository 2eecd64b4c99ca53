"""What was read from an offer, and why. The result types; how they come about is in `reader.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from catalog.gtin import Gtin
from catalog.listing import Condition
from catalog.product import Identity, Kind
from catalog.quantity import Pack, Quantity


class Source(StrEnum):
    """Where a value was stated. Structured fields outrank the title (domain §2.2)."""

    TITLE = "title"
    SKU = "sku"
    PROPERTY = "property"
    BRAND = "brand"
    CATEGORY = "category"
    MPN = "mpn"
    GTIN = "gtin"


class Attribute(NamedTuple):
    """One value and the words it was read from."""

    name: str
    value: str
    source: Source
    span: tuple[int, int] | None
    """Characters of the ORIGINAL title (of the SKU text for `Source.SKU`); None for other fields."""
    rule: str
    """Which rule read it, for people who ask why."""
    confidence: int
    """Percent."""


class Conflict(NamedTuple):
    """Two statements about one attribute that cannot both hold; kept and shown, never silently dropped."""

    attribute: str
    values: tuple[str, ...]
    sources: tuple[Source, ...]


class Split(NamedTuple):
    """Which of a reading's values divide its family's products."""

    by: tuple[str, ...] = ()
    """Names of splitting attributes."""
    extra: tuple[tuple[str, str], ...] = ()
    """Splitting values that are codes, not attributes of the goods: style code."""
    pack: Pack | None = None
    model_identifies: bool = True
    """False where the model names a class of machines only (KFR-35GW)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is sold, as far as the offer says. None and absence mean: not stated, or not certain."""

    kind: Kind = Kind.GOODS
    family: str | None = None
    brand: str | None = None
    """Canonical id."""
    model: str | None = None
    """Canonical spelling, the same for every way of spacing and casing it."""
    quantity: Quantity | None = None
    """Contents of one unit; None for goods that are not measured, and for mixed sizes."""
    pack_count: int = 1
    total: Quantity | None = None
    condition: Condition = Condition.NEW
    region_version: str | None = None
    """National edition: ``cn``, ``hk``, ``us`` …; None: not stated."""
    is_bundle: bool = False
    variant: tuple[tuple[str, str], ...] = ()
    """(attribute, canonical value), sorted. Numbers as plain decimals, claims as ``true`` / ``false``."""
    mpns: tuple[str, ...] = ()
    gtins: tuple[Gtin, ...] = ()
    """Only numbers that may prove identity (`Gtin.is_identity`)."""
    gifts: tuple[str, ...] = ()
    accessory_for: str | None = None
    evidence: tuple[Attribute, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()
    """Attributes that split products of this family and were not found."""
    residual: str = ""
    """Prepared text left when everything known and all noise is taken out: for fuzzy scoring only."""
    split: Split = field(default_factory=Split)

    def identity(self) -> Identity:
        """What makes two offers the same goods: the splitting attributes of the family, nothing else (domain §2.4)."""
        stated = dict(self.variant) | dict(self.split.extra)
        return Identity(
            kind=self.kind,
            family=self.family,
            brand=self.brand,
            model=self.model if self.split.model_identifies else None,
            variant=tuple(sorted((name, stated[name]) for name in self.split.by if name in stated)),
            pack=self.split.pack,
            condition=self.condition,
            region=None if self.region_version == "cn" else self.region_version,
        )
