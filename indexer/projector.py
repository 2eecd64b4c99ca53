"""Observations and people's words to products to documents: the state of one partition, changed one event at a time.

Nothing here depends on how events were batched: replaying them from the first gives the same products, ids and revisions,
and so the same bytes (FAILURE-MODES 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from indexer.documents import DocumentBuilder
from indexer.match.corrected import Corrected, Named
from indexer.match.evidence import Evidence, Rule
from indexer.match.matcher import place
from indexer.match.products import Member, ProductState, Shelf
from indexer.ports import Operation, Removal
from indexer.read_title.reader import TitleReader
from ledger.corrections import Said
from ledger.feed import BEGINNING, Event, Position, advanced
from ledger.observations import OrderKey, Stored
from ledger.projections import Assignment


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of events comes to."""

    operations: tuple[Operation, ...]
    assignments: tuple[Assignment, ...]
    left: tuple[int, ...]
    """Numbers of offers that belong to another partition now."""
    position: Position
    """Behind the batch."""


@dataclass(slots=True)
class _Changes:
    """What a batch has changed so far."""

    revisions: dict[Named, int] = field(default_factory=dict)
    """Document -> that of its newest change."""
    moved: dict[int, Member] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    elsewhere: dict[int, OrderKey] = field(default_factory=dict)
    """How new what is known of an offer is, of offers that are or were in another partition."""

    def touch(self, names: Iterable[Named], revision: int) -> None:
        for name in names:
            self.revisions[name] = revision


class Projector:
    """One partition's products, in memory."""

    def __init__(self, reader: TitleReader, builder: DocumentBuilder) -> None:
        self._reader = reader
        self._builder = builder
        self._shelf = Shelf()
        self._corrected = Corrected(self._shelf)
        self._shown_in: dict[int, str] = {}
        """Offers that are shown in another product than by themselves -> its id."""
        self._position = BEGINNING

    @property
    def products(self) -> int:
        """How many products there are by themselves."""
        return len(self._shelf)

    def restore(
        self,
        stored: Iterable[Stored],
        assignments: Iterable[Assignment],
        words: Iterable[Said] = (),
        position: Position = BEGINNING,
    ) -> None:
        """Become what an earlier process was after it stored these assignments at `position`, with these words taken in."""
        by_offer = {assignment.offer_id: assignment for assignment in assignments}
        members = sorted((self._member(s) for s in stored), key=lambda m: m.offer_id)
        for member in members:
            assignment = by_offer[member.offer_id]
            product = self._shelf.restore(assignment.product_number, assignment.product_id)
            self._shelf.put(member, product, Evidence.from_dict(orjson.loads(assignment.evidence)))
            if assignment.shown_id is not None:
                self._shown_in[member.offer_id] = assignment.shown_id
        self._corrected.restore(words)
        self._position = position

    def order_of(self, offer_id: int) -> OrderKey | None:
        """How new what is known of an offer is; None when it is not here."""
        member = self._shelf.member(offer_id)
        return None if member is None else member.order

    def documents_of(self, revisions: Mapping[str, int]) -> list[Operation]:
        """These products as they are now, under these revisions: by product id, for what an engine refused once."""
        parts = self._corrected.parts()
        names = [parts[one] for one in revisions if one in parts]
        names += [Named(p.number, p.product_id) for p in self._shelf if p.product_id in revisions]
        there = self._corrected.shown(names)
        return [
            self._builder.build(there[one], revision) if one in there else Removal(one, revision)
            for one, revision in sorted(revisions.items())
        ]

    def absorb(
        self,
        batch: Sequence[Event],
        homes: Sequence[int] | None = None,
        partition: int = 0,
        elsewhere: Mapping[int, OrderKey] | None = None,
    ) -> Batch:
        """Take in events in their order (`ledger.feed`); what has to be written for them.

        `homes` has the partition that each observation belongs to; only those of `partition` are taken in, and every word.
        `elsewhere` has how new the newest earlier sighting was, of offers that come from another partition.
        """
        changes = _Changes(elsewhere=dict(elsewhere or {}))
        for event, home in zip(batch, homes or [partition] * len(batch), strict=True):
            self._position = advanced(self._position, event)
            if isinstance(event, Said):
                # A word and what was seen before it: larger than every revision before, in every replay.
                changes.touch(self._corrected.say(event), event.after + event.id)
            else:
                self._see(event, changes, is_ours=home == partition)
        shown = self._corrected.shown(changes.revisions)
        self._reassign(shown, changes)
        return Batch(
            operations=tuple(self._operations(shown, changes)),
            assignments=tuple(
                self._assignment(changes.moved[offer_id]) for offer_id in sorted(changes.moved)
            ),
            left=tuple(sorted(changes.left)),
            position=self._position,
        )

    def _see(self, stored: Stored, changes: _Changes, *, is_ours: bool) -> None:
        offer_id = stored.offer_id
        order = self.order_of(offer_id) or changes.elsewhere.get(offer_id)
        if order is not None and stored.order < order:
            return  # an older sighting that arrived late: history, not news
        if is_ours:
            member = self._member(stored)
            touched = self._settle(member, is_first=order is None)
            changes.moved[offer_id] = member
            changes.left.discard(offer_id)
        else:
            touched = self._let_go(stored)
            changes.elsewhere[offer_id] = stored.order
            self._shown_in.pop(offer_id, None)
            if changes.moved.pop(offer_id, None) is not None or touched:
                changes.left.add(offer_id)
        if not self._corrected.is_silent:
            touched = self._corrected.touched(touched)
        changes.touch(touched, stored.id + self._position.word)

    def _reassign(self, shown: Mapping[str, ProductState], changes: _Changes) -> None:
        """Note which offers are shown elsewhere now than before."""
        for product in shown.values():
            is_plain = self._shelf.product(product.number) is product
            offers = self._shown_in.keys() & product.by_offer.keys() if is_plain else product.by_offer.keys()
            for member in filter(None, map(self._shelf.member, sorted(offers))):
                own = self._require(member.product_number).product_id
                if self._show_in(member.offer_id, product.product_id if product.product_id != own else None):
                    changes.moved[member.offer_id] = member

    def _show_in(self, offer_id: int, product_id: str | None) -> bool:
        """Note where an offer is shown, None for its own product; whether that is new."""
        before = self._shown_in.pop(offer_id, None)
        if product_id is not None:
            self._shown_in[offer_id] = product_id
        return before != product_id

    def _operations(self, shown: Mapping[str, ProductState], changes: _Changes) -> Iterator[Operation]:
        """The documents that changed; their removal if nothing is left of them."""
        for name in sorted(changes.revisions):
            revision, product = changes.revisions[name], shown.get(name.product_id)
            if product is None:
                yield Removal(name.product_id, revision)
            else:
                yield self._builder.build(product, revision)

    def _member(self, stored: Stored) -> Member:
        reading = self._reader.read(stored.offer)
        return Member(stored.offer_id, stored.id, stored.order, stored.offer, reading)

    def _settle(self, member: Member, *, is_first: bool) -> set[Named]:
        """Put one offer where it belongs now; the products that changed."""
        before = self._shelf.member(member.offer_id)
        if before is None:
            found = {_name(self._place(member, None, is_first=is_first))}
            self._corrected.meet(member.offer_id, member.offer.key)
            return found | self._moved(member, None)
        old = self._require(before.product_number)
        if before.reading == member.reading and before.evidence is not None:
            self._shelf.put(member, old, before.evidence)
            return {_name(old)}
        self._shelf.take(before)
        stays = old if before.facts.family == member.facts.family else None
        found = {_name(old), _name(self._place(member, stays, is_first=False))}
        return found | self._moved(member, before)

    def _let_go(self, stored: Stored) -> set[Named]:
        """Take out an offer that belongs to another partition now; the products that changed."""
        before = self._shelf.member(stored.offer_id)
        if before is None:
            return set()
        old = self._require(before.product_number)
        self._shelf.take(before)
        return {_name(old)} | self._moved(before, None)

    def _moved(self, member: Member, before: Member | None) -> set[Named]:
        """What people's words connect with an offer that moved; nothing where nobody said anything."""
        families = {one.facts.family for one in (member, before) if one is not None}
        if self._corrected.is_silent:
            return set()
        return self._corrected.moved(member.offer_id, member.offer.key, families)

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
            shown_id=self._shown_in.get(member.offer_id),
        )


def _name(product: ProductState) -> Named:
    return Named(product.number, product.product_id)
