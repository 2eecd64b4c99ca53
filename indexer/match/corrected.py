"""Products as people's words have them shown, over a shelf of what offers are by themselves.

Nothing is kept but the words: what is shown is worked out anew from shelf and words whenever one of them changes, for the
products that words connect and only those. So it depends on both and on nothing else (DECISIONS 53). Words never reach
across families of goods, which different processes keep (DECISIONS 41).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from catalog.listing import OfferKey
from indexer.match.arrange import apart_id, apart_number, arrange, lead_of
from indexer.match.facts import Facts
from indexer.match.products import Member, ProductState, Shelf
from indexer.match.words import Resolution, WordGraph
from ledger.corrections import Said


class Named(NamedTuple):
    """What a document is called: a product's number and id."""

    number: int
    product_id: str


@dataclass(frozen=True, slots=True)
class _Region:
    """Products that words connect, and the offers they are about."""

    numbers: tuple[int, ...]
    offers: tuple[Member, ...]
    """Those that somebody said something about; by offer number."""
    names: frozenset[Named] = frozenset()
    """Of these products, and of every part that one of the offers could lead."""


class Corrected:
    """The words, and what they make of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._graph = WordGraph()
        self._ids: dict[OfferKey, int] = {}
        self._keys: dict[int, OfferKey] = {}
        self._regions: dict[int, _Region] = {}
        """Of products, while nothing changes."""

    def restore(self, words: Iterable[Said]) -> None:
        """Know these words; nothing is shown anew."""
        for said in words:
            self._learn(said)
            self._graph.say(said.correction)

    def meet(self, offer_id: int, key: OfferKey) -> None:
        """An offer is here that may have been spoken of before it was ever seen."""
        if key in self._graph:
            self._ids[key] = offer_id
            self._keys[offer_id] = key

    @property
    def is_silent(self) -> bool:
        """Whether nothing is in force."""
        return not self._graph

    # ── what has to be written anew ───────────────────────────────────────────────────────────────

    def say(self, said: Said) -> set[Named]:
        """Take a word in; what may look different now."""
        self._learn(said)
        self._regions.clear()
        pair = said.correction.pair
        around = set(self._graph.around(pair))
        self._graph.say(said.correction)
        around |= self._graph.around(pair)
        members = [member for key in around if (member := self._member(key)) is not None]
        parts = {_part_led_by(member) for member in members}
        return parts | self.touched(self._names(members))

    def moved(self, offer_id: int, key: OfferKey, families: Collection[str | None]) -> set[Named]:
        """An offer came, went or is read otherwise now, in these families: what may look different because of that."""
        self._regions.clear()
        if offer_id not in self._keys or key not in self._graph:
            return set()
        around = [member for one in self._graph.around([key]) if (member := self._member(one)) is not None]
        touched = {_part(offer_id, key, family) for family in families}
        return touched | self._names(member for member in around if member.facts.family in families)

    def touched(self, names: Iterable[Named]) -> set[Named]:
        """These products, and whatever else is worked out together with them."""
        found = set(names)
        regions = {id(region): region for name in found if (region := self._region(name.number)).offers}
        for region in regions.values():
            found |= region.names
        return found

    # ── what is shown ─────────────────────────────────────────────────────────────────────────────

    def shown(self, names: Iterable[Named]) -> dict[str, ProductState]:
        """Of these products those that are shown, by id; parts and whatever is worked out with them are among them."""
        found: dict[str, ProductState] = {}
        done: set[tuple[int, ...]] = set()
        for name in names:
            number = self._home(name)
            product = self._shelf.product(number)
            if product is None:
                continue
            region = self._region(number)
            if region.numbers not in done:
                done.add(region.numbers)
                found |= {one.product_id: one for one in self._arranged(region)}
        return found

    def parts(self) -> dict[str, Named]:
        """What parts that offers of this shelf lead would be called, by id."""
        members = (self._member(key) for key in self._ids)
        return {(name := _part_led_by(member)).product_id: name for member in members if member is not None}

    def _arranged(self, region: _Region) -> list[ProductState]:
        products = [
            product for number in region.numbers if (product := self._shelf.product(number)) is not None
        ]
        if not region.offers:
            return products
        words = self._resolved(region)
        if len(products) == 1 and not any(words.apart(one.offer.key) for one in region.offers):
            return products
        return arrange(products, words)

    def _resolved(self, region: _Region) -> Resolution:
        facts: dict[OfferKey, Facts] = {one.offer.key: one.facts for one in region.offers}
        return Resolution(self._graph.among(facts), facts)

    def _home(self, name: Named) -> int:
        """The product by which something of this name is worked out: its own, or the one that its lead would be in."""
        lead = self._shelf.member(lead_of(name.number))
        return name.number if lead is None else lead.product_number

    # ── what belongs together ─────────────────────────────────────────────────────────────────────

    def _region(self, number: int) -> _Region:
        if self.is_silent:
            return _Region((number,), ())
        region = self._regions.get(number)
        if region is None:
            region = self._connected(number)
            for one in region.numbers:
                self._regions[one] = region
        return region

    def _connected(self, number: int) -> _Region:
        product = self._shelf.product(number)
        if product is None:
            return _Region((number,), ())
        family = product.facts.family
        numbers, offers = {number}, dict[OfferKey, Member]()
        waiting = [product]
        while waiting:
            for key in self._spoken_of(waiting.pop()):
                if key in offers:
                    continue
                for other in self._graph.around([key]):
                    member = self._member(other)
                    if member is None or member.facts.family != family:
                        continue
                    offers[other] = member
                    if member.product_number not in numbers:
                        numbers.add(member.product_number)
                        waiting += self._products([member])
        parts = {_part_led_by(member) for member in offers.values()}
        return _Region(
            numbers=tuple(sorted(numbers)),
            offers=tuple(sorted(offers.values(), key=lambda one: one.offer_id)),
            names=frozenset(self._names(offers.values()) | parts),
        )

    def _spoken_of(self, product: ProductState) -> Iterator[OfferKey]:
        for offer_id in sorted(self._keys.keys() & product.by_offer.keys()):
            if self._keys[offer_id] in self._graph:
                yield self._keys[offer_id]

    def _names(self, members: Iterable[Member]) -> set[Named]:
        return {Named(product.number, product.product_id) for product in self._products(members)}

    def _products(self, members: Iterable[Member]) -> list[ProductState]:
        found = (self._shelf.product(member.product_number) for member in members)
        return [product for product in found if product is not None]

    def _member(self, key: OfferKey) -> Member | None:
        offer_id = self._ids.get(key)
        return None if offer_id is None else self._shelf.member(offer_id)

    def _learn(self, said: Said) -> None:
        for key, offer_id in zip(said.correction.pair, said.offer_ids, strict=True):
            if offer_id is not None:
                self._ids[key] = offer_id
                self._keys[offer_id] = key


def _part_led_by(member: Member) -> Named:
    return _part(member.offer_id, member.offer.key, member.facts.family)


@lru_cache(maxsize=100_000)
def _part(offer_id: int, key: OfferKey, family: str | None) -> Named:
    return Named(apart_number(offer_id), apart_id(key, family))
