"""Where an offer belongs: one decision at a time, the same whatever the batches were.

Strong ids first, then brand, model and every splitting attribute, then the wording of what could not be read. An offer
that leaves open what splits products stands alone. Decisions look only at the products there are, in order of their
numbers, so replaying the same observations gives the same products (FAILURE-MODES 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from catalog.product import Kind
from indexer.match.evidence import Evidence, Rejected, Rule
from indexer.match.facts import Facts
from indexer.match.products import Member, ProductState, Shelf
from indexer.match.veto import vetoes

LIKE: Final = 90
"""Percent of likeness above which two wordings without a model are one (DECISIONS 16)."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an offer goes; `number` is None when it founds a product of its own."""

    number: int | None
    evidence: Evidence


def place(member: Member, shelf: Shelf) -> Placement:
    """The product that `member` belongs to."""
    facts = member.facts
    if facts.kind is not Kind.GOODS:
        return Placement(None, Evidence(Rule.UNCERTAIN, unstated=("kind",)))
    near = shelf.near(facts)
    judged = [(product, vetoes(facts, product.facts)) for product in near]
    open_to = [product for product, against in judged if not against]
    rejected = tuple(Rejected(p.product_id, against) for p, against in judged if against)[:3]
    joined = _by_gtin(facts, open_to) or _by_attributes(facts, open_to) or _by_wording(member, open_to)
    if joined is not None:
        number, evidence = joined
        return Placement(number, _with_rejected(evidence, rejected))
    if not member.is_certain:
        return Placement(None, Evidence(Rule.UNCERTAIN, unstated=unstated(facts), rejected=rejected))
    return Placement(None, Evidence(Rule.FOUNDED, same=_stated(facts), rejected=rejected))


def unstated(facts: Facts) -> tuple[str, ...]:
    """What would have to be known."""
    unknown = [name for name in ("family", "brand") if getattr(facts, name) is None]
    return (*unknown, *facts.missing)


def _by_gtin(facts: Facts, products: Iterable[ProductState]) -> tuple[int, Evidence] | None:
    """The same trade item in the same pack; retailers' multipacks carry the single item's number."""
    for product in products:
        shared = facts.gtins & product.facts.gtins
        if shared and facts.pack == product.facts.pack:
            return product.number, Evidence(
                Rule.GTIN, same={"gtin": str(min(shared)), **_common(facts, product)}
            )
    return None


def _by_attributes(facts: Facts, products: Iterable[ProductState]) -> tuple[int, Evidence] | None:
    """Brand and model equal and everything required stated on both sides."""
    if facts.model_key is None or facts.missing:
        return None
    alike = [p for p in products if p.is_certain and p.facts.model_key == facts.model_key]
    exact = [p for p in alike if p.facts.variant == facts.variant and p.facts.pack == facts.pack]
    if exact:
        return exact[0].number, Evidence(Rule.IDENTITY, same=_common(facts, exact[0]))
    fitting = [p for p in alike if p.facts.pack == facts.pack]
    if len(fitting) == 1:  # of two that fit, either may be wrong
        return fitting[0].number, Evidence(Rule.COMPATIBLE, same=_common(facts, fitting[0]))
    return None


def _by_wording(member: Member, products: Iterable[ProductState]) -> tuple[int, Evidence] | None:
    """Goods without a model that can be read: every attribute equal, and nearly the same words."""
    facts = member.facts
    if facts.model is not None or not member.is_certain:
        return None
    best: tuple[int, ProductState] | None = None
    for product in products:
        if not product.is_certain or product.facts.model is not None:
            continue
        same = (product.facts.brand, product.facts.family, product.facts.variant, product.facts.pack)
        if same != (facts.brand, facts.family, facts.variant, facts.pack):
            continue
        score = min(round(fuzz.token_sort_ratio(member.wording, other.wording)) for other in product.members)
        if score >= LIKE and (best is None or score > best[0]):
            best = (score, product)
    if best is None:
        return None
    score, product = best
    return product.number, Evidence(Rule.WORDING, same=_common(facts, product), score=score)


def _common(facts: Facts, product: ProductState) -> dict[str, str]:
    """What both state, and state alike."""
    other = _stated(product.facts)
    return {name: value for name, value in _stated(facts).items() if other.get(name) == value}


def _stated(facts: Facts) -> dict[str, str]:
    pack = facts.pack
    plain = {
        "family": facts.family,
        "brand": facts.brand,
        "model": facts.model,
        "pack": f"{pack.size or ''}×{pack.count}" if pack else None,
        "condition": facts.condition.value,
        "region": facts.region,
    }
    return {name: value for name, value in plain.items() if value is not None} | dict(facts.variant)


def _with_rejected(evidence: Evidence, rejected: tuple[Rejected, ...]) -> Evidence:
    return Evidence(evidence.rule, evidence.same, evidence.score, evidence.unstated, rejected)
