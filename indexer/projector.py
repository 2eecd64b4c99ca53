"""Observations to products to documents: the state of one partition, changed one observation at a time.

Nothing here depends on how observations were batched: replaying them from the first gives the same products, ids and
revisions, and so the same bytes (FAILURE-MODES 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from indexer.documents import DocumentBuilder
from indexer.match.evidence import Evidence, Rule
from indexer.match.matcher import place
from indexer.match.products import Member, ProductState, Shelf
from indexer.ports import Operation, Removal
from indexer.read_title.reader import TitleReader
from ledger.observations import OrderKey, Stored
from ledger.projections import Assignment


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of observations comes to."""

    operations: tuple[Operation, ...]
    assignments: tuple[Assignment, ...]
    left: tuple[int, ...]
    """Numbers of offers that belong to another partition now."""
    cursor: int


class Projector:
    """One partition's products, in memory."""

    def __init__(self, reader: TitleReader, builder: DocumentBuilder) -> None:
        self._reader = reader
        self._builder = builder
        self._shelf = Shelf()

    @property
    def products(self) -> int:
        """How many products there are."""
        return len(self._shelf)

    def restore(self, stored: Iterable[Stored], assignments: Iterable[Assignment]) -> None:
        """Become what an earlier process was after it stored these assignments."""
        by_offer = {assignment.offer_id: assignment for assignment in assignments}
        members = sorted((self._member(s) for s in stored), key=lambda m: m.offer_id)
        for member in members:
            assignment = by_offer[member.offer_id]
            product = self._shelf.restore(assignment.product_number, assignment.product_id)
            self._shelf.put(member, product, Evidence.from_dict(orjson.loads(assignment.evidence)))

    def order_of(self, offer_id: int) -> OrderKey | None:
        """How new what is known of an offer is; None when it is not here."""
        member = self._shelf.member(offer_id)
        return None if member is None else member.order

    def documents_of(self, revisions: Mapping[str, int]) -> list[Operation]:
        """These products as they are now, under these revisions: by product id, for what an engine refused once."""
        there = {product.product_id: product for product in self._shelf if product.product_id in revisions}
        return [
            self._builder.build(there[one], revision) if one in there else Removal(one, revision)
            for one, revision in sorted(revisions.items())
        ]

    def absorb(
        self,
        batch: Sequence[Stored],
        homes: Sequence[int] | None = None,
        partition: int = 0,
        elsewhere: Mapping[int, OrderKey] | None = None,
    ) -> Batch:
        """Take in observations in order of their numbers; what has to be written for them.

        `homes` has the partition that each belongs to; only those of `partition` are taken in. `elsewhere` has how new
        the newest earlier sighting was, of offers that come from another partition.
        """
        changed: dict[int, Removal] = {}
        moved: dict[int, Member] = {}
        left: set[int] = set()
        known = dict(elsewhere or {})
        for stored, home in zip(batch, homes or [partition] * len(batch), strict=True):
            offer_id = stored.offer_id
            order = self.order_of(offer_id) or known.get(offer_id)
            if order is not None and stored.order < order:
                continue  # an older sighting that arrived late: history, not news
            if home == partition:
                member = self._member(stored)
                touched = self._settle(member, is_first=order is None)
                moved[offer_id] = member
                left.discard(offer_id)
            else:
                touched = self._let_go(offer_id)
                known[offer_id] = stored.order
                if moved.pop(offer_id, None) is not None or touched:
                    left.add(offer_id)
            for number, product_id in touched:
                changed[number] = Removal(product_id, stored.id)
        operations = (self._operation(number, changed[number]) for number in sorted(changed))
        return Batch(
            operations=tuple(operations),
            assignments=tuple(self._assignment(moved[offer_id]) for offer_id in sorted(moved)),
            left=tuple(sorted(left)),
            cursor=batch[-1].id,
        )

    def _operation(self, number: int, change: Removal) -> Operation:
        """The document of a product that changed; its removal if nothing is left of it."""
        product = self._shelf.product(number)
        return change if product is None else self._builder.build(product, change.revision)

    def _member(self, stored: Stored) -> Member:
        reading = self._reader.read(stored.offer)
        return Member(stored.offer_id, stored.id, stored.order, stored.offer, reading)

    def _settle(self, member: Member, *, is_first: bool) -> list[tuple[int, str]]:
        """Put one offer where it belongs now; number and id of the products that changed."""
        before = self._shelf.member(member.offer_id)
        if before is None:
            return [_name(self._place(member, None, is_first=is_first))]
        old = self._require(before.product_number)
        if before.reading == member.reading and before.evidence is not None:
            self._shelf.put(member, old, before.evidence)
            return [_name(old)]
        self._shelf.take(before)
        stays = old if before.facts.family == member.facts.family else None
        return list(dict.fromkeys([_name(old), _name(self._place(member, stays, is_first=False))]))

    def _let_go(self, offer_id: int) -> list[tuple[int, str]]:
        """Take out an offer that belongs to another partition now; number and id of the product that it was in."""
        before = self._shelf.member(offer_id)
        if before is None:
            return []
        old = self._require(before.product_number)
        self._shelf.take(before)
        return [_name(old)]

    def _place(self, member: Member, old: ProductState | None, *, is_first: bool) -> ProductState:
        """The product `member` joins or founds. Alone in its old one, it stays there unless it fits elsewhere.

        Goods that turn out to be of another family leave their product in any case, as they would leave the partition.
        """
        placement = place(member, self._shelf)
        if placement.number is not None:
            product = self._require(placement.number)
        elif old is not None and not old.by_offer:
            product = self._shelf.restore(old.number, old.product_id)
        else:
            product = self._shelf.found(member, is_first=is_first)
        self._shelf.put(member, product, placement.evidence)
        return product

    def _require(self, number: int) -> ProductState:
        product = self._shelf.product(number)
        if product is None:
            raise RuntimeError(f"no product {number}")
        return product

    def _assignment(self, member: Member) -> Assignment:
        product = self._require(member.product_number)
        evidence = member.evidence or Evidence(Rule.FOUNDED)
        return Assignment(
            offer_id=member.offer_id,
            observation_id=member.observation_id,
            product_number=product.number,
            product_id=product.product_id,
            evidence=orjson.dumps(evidence.to_dict()).decode(),
        )


def _name(product: ProductState) -> tuple[int, str]:
    return product.number, product.product_id
