"""Observations to products to documents: the state of one generation, changed one observation at a time.

Nothing here depends on how observations were batched: replaying them from the first gives the same products, ids and
revisions, and so the same bytes (FAILURE-MODES 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from indexer.documents import DocumentBuilder
from indexer.match.evidence import Evidence, Rule
from indexer.match.matcher import place
from indexer.match.products import Member, ProductState, Shelf
from indexer.ports import Operation, Removal
from indexer.read_title.reader import TitleReader
from ledger.observations import Stored
from ledger.projections import Assignment


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of observations comes to."""

    operations: tuple[Operation, ...]
    assignments: tuple[Assignment, ...]
    cursor: int


class Projector:
    """One generation's products, in memory."""

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

    def absorb(self, batch: Sequence[Stored]) -> Batch:
        """Take in observations in order of their numbers; what has to be written for them."""
        changed: dict[int, Removal] = {}
        moved: dict[int, Member] = {}
        for stored in batch:
            member = self._member(stored)
            for number, product_id in self._settle(member):
                changed[number] = Removal(product_id, stored.id)
            moved[member.offer_id] = self._shelf.member(member.offer_id) or member
        operations = (self._operation(number, changed[number]) for number in sorted(changed))
        return Batch(
            operations=tuple(operations),
            assignments=tuple(self._assignment(moved[offer_id]) for offer_id in sorted(moved)),
            cursor=batch[-1].id,
        )

    def _operation(self, number: int, change: Removal) -> Operation:
        """The document of a product that changed; its removal if nothing is left of it."""
        product = self._shelf.product(number)
        return change if product is None else self._builder.build(product, change.revision)

    def _member(self, stored: Stored) -> Member:
        reading = self._reader.read(stored.offer)
        return Member(stored.offer_id, stored.id, stored.order, stored.offer, reading)

    def _settle(self, member: Member) -> list[tuple[int, str]]:
        """Put one offer where it belongs now; number and id of the products that changed."""
        before = self._shelf.member(member.offer_id)
        if before is None:
            return [_name(self._place(member, None))]
        if member.order < before.order:
            return []  # an older sighting that arrived late: history, not news
        old = self._require(before.product_number)
        if before.reading == member.reading and before.evidence is not None:
            self._shelf.put(member, old, before.evidence)
            return [_name(old)]
        self._shelf.take(before)
        return list(dict.fromkeys([_name(old), _name(self._place(member, old))]))

    def _place(self, member: Member, old: ProductState | None) -> ProductState:
        """The product `member` joins or founds. Alone in its old one, it stays there unless it fits elsewhere."""
        placement = place(member, self._shelf)
        if placement.number is not None:
            product = self._require(placement.number)
        elif old is not None and not old.by_offer:
            product = self._shelf.restore(old.number, old.product_id)
        else:
            product = self._shelf.found(member, is_first=old is None)
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
