"""The products there are and the offers in them: state and look-up, no judgement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from catalog.landed_price import LandedPrice, headline
from catalog.listing import Offer, OfferKey
from catalog.product import Kind, product_id
from indexer.match.evidence import Evidence
from indexer.match.facts import Facts, facts_of, union
from indexer.read_title.reading import Reading
from ledger.clock import from_us

OrderKey = tuple[int, int, str]
"""As `ledger.observations.OrderKey`: decides which of two observations of an offer is newer."""

SHORTEST_WORDING: Final = 4
"""Characters of residual below which likeness of words says nothing."""

IndexKey = tuple[str, ...]


@dataclass(slots=True)
class Member:
    """An offer as it is known now."""

    offer_id: int
    observation_id: int
    order: OrderKey
    offer: Offer
    reading: Reading
    product_number: int = 0
    evidence: Evidence | None = None
    facts: Facts = field(init=False)
    price: LandedPrice = field(init=False)
    """The headline at the moment it was observed, so that a replay finds the same (DECISIONS 44). Here because each
    document of a product needs it of every offer, several times."""

    def __post_init__(self) -> None:
        self.facts = facts_of(self.reading)
        self.price = headline(self.offer.terms, self.observed_at)

    @property
    def observed_at(self) -> datetime:
        """When what is known of it was first seen; aware, UTC."""
        return from_us(self.order[0])

    @property
    def wording(self) -> str:
        """Words left when everything known is taken out."""
        return self.reading.residual

    @property
    def is_certain(self) -> bool:
        """Whether everything that splits products of its family is stated, so that others may join it.

        Only goods are: accessories, bundles and option lists are never compared by price (domain §2.4, E0).
        """
        facts = self.facts
        if facts.kind is not Kind.GOODS or facts.brand is None or facts.family is None or facts.missing:
            return False
        return facts.model is not None or len(self.wording) >= SHORTEST_WORDING


@dataclass(slots=True)
class ProductState:
    """A product and its offers."""

    number: int
    """The observation that founded it: unique, and the same in every replay."""
    product_id: str
    by_offer: dict[int, Member] = field(default_factory=dict)
    facts: Facts = field(init=False)
    is_certain: bool = False
    """Whether any member is: others may join then."""

    @property
    def members(self) -> list[Member]:
        """In order of offer number."""
        return [self.by_offer[offer_id] for offer_id in sorted(self.by_offer)]


class Shelf:
    """All products, found by number, offer, trade item number, model, or brand and family."""

    def __init__(self) -> None:
        self._products: dict[int, ProductState] = {}
        self._members: dict[int, Member] = {}
        self._index: dict[IndexKey, set[int]] = {}
        self._indexed: dict[int, frozenset[IndexKey]] = {}

    def __len__(self) -> int:
        return len(self._products)

    def __iter__(self) -> Iterator[ProductState]:
        return (self._products[number] for number in sorted(self._products))

    def member(self, offer_id: int) -> Member | None:
        """The offer as it is known, if it is."""
        return self._members.get(offer_id)

    def product(self, number: int) -> ProductState | None:
        """A product by its number, if it exists."""
        return self._products.get(number)

    def near(self, facts: Facts) -> list[ProductState]:
        """Products that share a trade item number, or the model, or (without a model) brand and family; by number."""
        return self._at(*_keys(facts))

    def sharing_gtin(self, facts: Facts) -> list[ProductState]:
        """Products of which a member has one of the trade item numbers; by number."""
        return self._at(*_gtin_keys(facts))

    def alike(self, facts: Facts) -> list[ProductState]:
        """Products of the same identity: model, attributes, pack, condition, region, kind; codes aside. By number."""
        key = _exact_key(facts)
        return [] if key is None else self._at(key)

    def _at(self, *keys: IndexKey) -> list[ProductState]:
        numbers: set[int] = set()
        for key in keys:
            numbers |= self._index.get(key, set())
        return [self._products[number] for number in sorted(numbers)]

    def found(self, member: Member, *, is_first: bool) -> ProductState:
        """A new product with `member` as its first offer.

        Its id comes from the offer's key alone the first time; an offer that founds again, while others may live on in
        its first product, adds the time.
        """
        key = member.offer.key
        name = key if is_first else OfferKey(key.marketplace, key.item_id, f"{key.sku_id}@{member.order[0]}")
        return self.restore(member.observation_id, product_id(name))

    def restore(self, number: int, identifier: str) -> ProductState:
        """The product of this number, made if it is not there."""
        if number not in self._products:
            self._products[number] = ProductState(number, identifier)
        return self._products[number]

    def put(self, member: Member, product: ProductState, evidence: Evidence) -> None:
        """Make `member` part of `product`, or renew it there."""
        member.product_number = product.number
        member.evidence = evidence
        product.by_offer[member.offer_id] = member
        self._members[member.offer_id] = member
        self._refresh(product)

    def take(self, member: Member) -> None:
        """Take an offer out; a product without offers is gone."""
        product = self._products[member.product_number]
        del product.by_offer[member.offer_id]
        del self._members[member.offer_id]
        if product.by_offer:
            self._refresh(product)
        else:
            self._unindex(product.number)
            del self._products[product.number]

    def _refresh(self, product: ProductState) -> None:
        members = product.members
        product.facts = union([member.facts for member in members])
        product.is_certain = any(member.is_certain for member in members)
        keys = _keys(product.facts)
        exact = _exact_key(product.facts)
        if exact is not None:
            keys |= {exact}
        if self._indexed.get(product.number) != keys:
            self._unindex(product.number)
            self._indexed[product.number] = keys
            for key in keys:
                self._index.setdefault(key, set()).add(product.number)

    def _unindex(self, number: int) -> None:
        for key in self._indexed.pop(number, frozenset()):
            numbers = self._index[key]
            numbers.discard(number)
            if not numbers:
                del self._index[key]


def _keys(facts: Facts) -> frozenset[IndexKey]:
    """Where a product is looked for. Every pair that may be joined shares at least one of these.

    Each holds the family: what is never looked up together can be kept by different processes (DECISIONS 41).
    """
    keys = set(_gtin_keys(facts))
    if facts.model_key is not None:
        keys.add(("model", facts.family or "", *facts.model_key))
    elif facts.brand is not None and facts.family is not None:
        keys.add(("wording", facts.family, facts.brand))
    return frozenset(keys)


def _gtin_keys(facts: Facts) -> list[IndexKey]:
    return [("gtin", facts.family or "", gtin.digits) for gtin in facts.gtins]


def _exact_key(facts: Facts) -> IndexKey | None:
    """One text for all that is stated; None without a model."""
    if facts.model_key is None:
        return None
    pack = f"{facts.pack.size}*{facts.pack.count}" if facts.pack is not None else ""
    variant = (f"{name}={value}" for name, value in sorted(facts.variant.items()))
    stated = (facts.kind, facts.condition, facts.region or "home", facts.family or "", pack)
    return ("exact", *facts.model_key, *stated, *variant)
