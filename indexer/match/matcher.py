"""Where an offer belongs: one decision at a time, the same whatever the batches were.

Strong ids first, then brand, model and every splitting attribute, then the wording of what could not be read. An offer
that leaves open what splits products stands alone. Decisions look only at the products there are, in order of their
numbers, so replaying the same observations gives the same products (FAILURE-MODES 6).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from rapidfuzz import fuzz

from catalog.product import Kind
from indexer.match.evidence import Evidence, Rejected, Rule
from indexer.match.facts import Facts
from indexer.match.products import Member, ProductState, Shelf
from indexer.match.veto import vetoes

LIKE: Final = 90
"""Percent of likeness above which two wordings without a model are one (DECISIONS 16)."""


MOST_JUDGED: Final = 20
"""Products that are looked at for what kept an offer out of them: of a model sold everywhere there are hundreds, and
three are kept (DECISIONS 27)."""


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
    joined = _by_gtin(facts, shelf) or _by_attributes(facts, shelf) or _by_wording(member, shelf)
    number = joined[0] if joined is not None else None
    rejected = _rejected(facts, shelf, number)
    if joined is not None:
        return Placement(number, _with_rejected(joined[1], rejected))
    if not member.is_certain:
        return Placement(None, Evidence(Rule.UNCERTAIN, unstated=unstated(facts), rejected=rejected))
    return Placement(None, Evidence(Rule.FOUNDED, same=_stated(facts), rejected=rejected))


def _is_open(facts: Facts, product: ProductState) -> bool:
    return not vetoes(facts, product.facts)


def _rejected(facts: Facts, shelf: Shelf, joined: int | None) -> tuple[Rejected, ...]:
    """Products that were close, and what kept the offer out of them: at most three of the first that were near."""
    near = (product for product in shelf.near(facts) if product.number != joined)
    judged = ((product, vetoes(facts, product.facts)) for product in islice(near, MOST_JUDGED))
    return tuple(islice((Rejected(product.product_id, against) for product, against in judged if against), 3))


def unstated(facts: Facts) -> tuple[str, ...]:
    """What would have to be known."""
    unknown = [name for name in ("family", "brand") if getattr(facts, name) is None]
    return (*unknown, *facts.missing)


def _by_gtin(facts: Facts, shelf: Shelf) -> tuple[int, Evidence] | None:
    """The same trade item in the same pack; retailers' multipacks carry the single item's number."""
    for product in shelf.sharing_gtin(facts):
        if facts.pack == product.facts.pack and _is_open(facts, product):
            shared = facts.gtins & product.facts.gtins
            same = {"gtin": str(min(shared)), **_common(facts, product)}
            return product.number, Evidence(Rule.GTIN, same=same)
    return None


def _by_attributes(facts: Facts, shelf: Shelf) -> tuple[int, Evidence] | None:
    """Brand and model equal and everything required stated on both sides."""
    if facts.model_key is None or facts.missing:
        return None
    for product in shelf.alike(facts):
        if product.is_certain and _is_open(facts, product):
            return product.number, Evidence(Rule.IDENTITY, same=_common(facts, product))
    fitting = [
        product
        for product in shelf.near(facts)
        if product.is_certain
        and product.facts.model_key == facts.model_key
        and product.facts.pack == facts.pack
        and _is_open(facts, product)
    ]
    if len(fitting) == 1:  # of two that fit, either may be wrong
        return fitting[0].number, Evidence(Rule.COMPATIBLE, same=_common(facts, fitting[0]))
    return None


def _by_wording(member: Member, shelf: Shelf) -> tuple[int, Evidence] | None:
    """Goods without a model that can be read: every attribute equal, and nearly the same words."""
    facts = member.facts
    if facts.model is not None or not member.is_certain:
        return None
    best: tuple[int, ProductState] | None = None
    for product in shelf.near(facts):
        if not product.is_certain or product.facts.model is not None:
            continue
        same = (product.facts.brand, product.facts.family, product.facts.variant, product.facts.pack)
        if same != (facts.brand, facts.family, facts.variant, facts.pack) or not _is_open(facts, product):
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
    return replace(evidence, rejected=rejected)
