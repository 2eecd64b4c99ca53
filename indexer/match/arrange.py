"""How products are shown that people said something about: whole ones joined, parts of them moved apart.

The products that offers make by themselves (`matcher.py`) stay as they are underneath, so a word that is taken back leaves
no trace, and a rebuild gives the same products whatever order words and offers came in (DECISIONS 53). Pure: no I/O.

    products    A = {1 2 3}        B = {4 5}          by themselves
    said        3 same as 4
    atoms       {3 4}                                 what has to stand together
    bodies      {1 2}   {5}                           what nobody said anything about
    shown       {1 2 3 4 5}, as A                     if A and B differ in nothing, else {1 2 3 4}, as A, and {5}, as B
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from catalog.listing import OfferKey
from catalog.product import short_id
from indexer.match.evidence import Evidence, Rule, Saying
from indexer.match.facts import Facts, union
from indexer.match.products import Member, ProductState
from indexer.match.veto import unarguable, vetoes
from indexer.match.words import Resolution
from ledger.corrections import Correction

MOST_SAID: Final = 3
"""Words that are kept as evidence of one offer, as of products that were close (DECISIONS 27)."""

_LAST_NUMBER: Final = 2**32 - 1
"""Numbers of products are below 2**32 and come from observations, from 1 on; those of parts count down from here."""


def apart_number(offer_id: int) -> int:
    """The number of a part that this offer leads: no observation will ever have it."""
    return _LAST_NUMBER - offer_id


def lead_of(number: int) -> int:
    """The offer that leads the part of this number; of a product's number, an offer that there will never be."""
    return _LAST_NUMBER - number


def apart_id(key: OfferKey, family: str | None) -> str:
    """The id of a part that this offer leads: the same in every replay, and never a founding offer's.

    Holds the family: an offer that changes over to another partition leaves nothing of its id behind (DECISIONS 41).
    """
    name = f"{key.marketplace}:{key.item_id}:{key.sku_id}@apart/{family or ''}"
    return short_id("product", name)


@dataclass(slots=True)
class _Cluster:
    """Offers that are shown together."""

    members: list[Member] = field(default_factory=list)
    keys: set[OfferKey] = field(default_factory=set)
    against: set[OfferKey] = field(default_factory=set)
    """Offers that its own may not stand with."""
    products: list[ProductState] = field(default_factory=list)
    """Those of which it has the body, and with that the right to the name."""
    facts: Facts | None = None
    body_facts: Facts | None = None
    """Of those that nobody said anything about."""
    sources: set[int] = field(default_factory=set)
    """Numbers of the products that its offers would be in by themselves."""

    def add(self, member: Member, key: OfferKey, words: Resolution) -> None:
        self.members.append(member)
        self.keys.add(key)
        self.against |= words.apart(key).keys()
        self.sources.add(member.product_number)

    def take(self, other: _Cluster) -> None:
        self.members += other.members
        self.keys |= other.keys
        self.against |= other.against
        self.products += other.products
        self.sources |= other.sources
        self.facts = _both(self.facts, other.facts)
        self.body_facts = _both(self.body_facts, other.body_facts)

    def may_take(self, other: _Cluster) -> bool:
        """Whether no word keeps the two apart, and no difference: to offers that somebody spoke for only what is unarguable."""
        if self.facts is None or other.facts is None:
            return True
        if not self.against.isdisjoint(other.keys) or unarguable(self.facts, other.facts):
            return False
        return (
            self.body_facts is None
            or other.body_facts is None
            or not vetoes(self.body_facts, other.body_facts)
        )

    @property
    def named_by(self) -> ProductState | None:
        """The oldest product of which it has the body."""
        return min(self.products, key=lambda one: one.number, default=None)


def arrange(products: Sequence[ProductState], words: Resolution) -> list[ProductState]:
    """The products as they are shown: every offer in exactly one; members are copies with evidence of their own.

    `products`: all that words connect, and nothing else, in order of number.
    """
    bodies: dict[int, _Cluster] = {}
    atoms: dict[frozenset[OfferKey], _Cluster] = {}
    for product in products:
        body = bodies[product.number] = _Cluster(products=[product], sources={product.number})
        for member in product.members:
            key = member.offer.key
            atom = words.together(key)
            is_named = len(atom) > 1 or bool(words.apart(key))
            (atoms.setdefault(atom, _Cluster()) if is_named else body).add(member, key, words)
        body.facts = body.body_facts = _facts(body.members)
    parts: list[_Cluster] = []
    named = _named_by_product(atoms.values())
    for cluster in sorted(atoms.values(), key=lambda one: _precedence(one, named, words)):
        cluster.facts = _facts(cluster.members)
        _settle(cluster, bodies, parts)
    clusters = [*{id(one): one for one in bodies.values()}.values(), *parts]
    return [_shown(cluster, words) for cluster in clusters if cluster.members]


def _settle(atom: _Cluster, bodies: dict[int, _Cluster], parts: list[_Cluster]) -> None:
    """Join the atom to the bodies of its products, else to another part of them; else it is a part of its own.

    Bodies that it could join both become one, unless something that is stated speaks against that.
    """
    here: _Cluster | None = None
    for number in sorted(atom.sources):
        body = bodies[number]
        if here is None and body.may_take(atom):
            body.take(atom)
            here = body
        elif here is not None and body is not here and here.may_take(body):
            here.take(body)
            bodies.update((product.number, here) for product in body.products)
    if here is None:
        part = next((one for one in parts if one.sources & atom.sources and one.may_take(atom)), None)
        if part is None:
            parts.append(atom)
        else:
            part.take(atom)


def _named_by_product(atoms: Iterable[_Cluster]) -> dict[int, set[OfferKey]]:
    """Number of a product -> all that stands with one of its offers that somebody named."""
    found: dict[int, set[OfferKey]] = {}
    for atom in atoms:
        for number in atom.sources:
            found.setdefault(number, set()).update(atom.keys)
    return found


def _precedence(
    atom: _Cluster, named: Mapping[int, set[OfferKey]], words: Resolution
) -> tuple[int, int, int]:
    """Who stays where it was: who is kept apart from the fewest others here; of equals who was there first."""
    here = set[OfferKey]().union(*(named[number] for number in atom.sources))
    against = sum(len(words.apart(key).keys() & here) for key in atom.keys)
    return against, min(atom.sources), min(member.offer_id for member in atom.members)


def _shown(cluster: _Cluster, words: Resolution) -> ProductState:
    product = cluster.named_by
    lead = min(cluster.members, key=lambda one: one.offer_id)
    if product is not None:
        shown = ProductState(product.number, product.product_id)
    else:
        shown = ProductState(apart_number(lead.offer_id), apart_id(lead.offer.key, lead.facts.family))
    members = sorted(cluster.members, key=lambda one: (one.product_number != shown.number, one.offer_id))
    shown.facts = union(member.facts for member in members)
    shown.is_certain = any(member.is_certain for member in members)
    joining = _sayings(word for key in cluster.keys for word in words.joining(key))
    parting = _sayings(word for key in cluster.keys for word in words.apart(key).values())
    for member in members:
        copied = shown.by_offer[member.offer_id] = copy.copy(member)
        copied.product_number = shown.number
        own = words.joining(member.offer.key)
        if product is None:
            copied.evidence = Evidence(Rule.APART, said=parting or joining)
        elif member.product_number != shown.number:
            copied.evidence = Evidence(Rule.SAID, said=_sayings(own) if own else joining)
    return shown


def _sayings(words: Iterable[Correction]) -> tuple[Saying, ...]:
    newest = nlargest(MOST_SAID, {word.pair: word for word in words}.values(), key=lambda one: one.age)
    return tuple(
        Saying(one.word.value, str(one.left), str(one.right), one.author, one.at.isoformat())
        for one in newest
    )


def _facts(members: Sequence[Member]) -> Facts | None:
    return union(member.facts for member in members) if members else None


def _both(left: Facts | None, right: Facts | None) -> Facts | None:
    if left is None or right is None:
        return left or right
    return union([left, right])
