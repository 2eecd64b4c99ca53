"""What is known of the goods behind a set of offers: the union of what their members state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.gtin import Gtin
from catalog.listing import Condition
from catalog.product import Kind
from catalog.quantity import Pack, Quantity
from indexer.read_title.reading import Reading


@dataclass(frozen=True, slots=True)
class Facts:
    """Stated values. None and absence: nobody stated it."""

    kind: Kind
    condition: Condition
    region: str | None
    family: str | None = None
    brand: str | None = None
    model: str | None = None
    """Canonical spelling."""
    pack: Pack | None = None
    contents: Quantity | None = None
    """All of the goods that one offer delivers, also where the pack is no part of the identity (bricks of a set)."""
    variant: Mapping[str, str] = field(default_factory=dict)
    gtins: frozenset[Gtin] = frozenset()
    mpns: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    """Splitting attributes of the family that no member states."""

    @property
    def model_key(self) -> tuple[str, str] | None:
        """(brand, model) in one spelling, where both are known."""
        if self.brand is None or self.model is None:
            return None
        return self.brand, "".join(self.model.casefold().split())


def facts_of(reading: Reading) -> Facts:
    """What one offer states."""
    identity = reading.identity()
    return Facts(
        kind=identity.kind,
        condition=identity.condition,
        region=identity.region,
        family=identity.family,
        brand=identity.brand,
        model=identity.model,
        pack=identity.pack,
        contents=(identity.pack.total if identity.pack else None) or reading.total,
        variant=dict(identity.variant),
        gtins=frozenset(reading.gtins),
        mpns=frozenset(reading.mpns),
        missing=reading.missing,
    )


def union(many: Iterable[Facts]) -> Facts:
    """What several offers of the same goods state together. They do not contradict each other: vetoes saw to that."""
    all_facts = list(many)
    first = all_facts[0]
    variant: dict[str, str] = {}
    for facts in all_facts:
        variant |= facts.variant
    return Facts(
        kind=first.kind,
        condition=first.condition,
        region=first.region,
        family=next((f.family for f in all_facts if f.family), None),
        brand=next((f.brand for f in all_facts if f.brand), None),
        model=next((f.model for f in all_facts if f.model), None),
        pack=next((f.pack for f in all_facts if f.pack), None),
        contents=next((f.contents for f in all_facts if f.contents), None),
        variant=variant,
        gtins=frozenset().union(*(f.gtins for f in all_facts)),
        mpns=frozenset().union(*(f.mpns for f in all_facts)),
        missing=tuple(name for name in first.missing if all(name in f.missing for f in all_facts)),
    )
