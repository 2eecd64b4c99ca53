"""Building a generation of the index from the ledger, beside the one that is searched, and making it the searched one.

Searches go on answering from the old generation until the new one is activated in one transaction. A generation that a
dead process left half-built is found by its missing lease and removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from catalog.errors import SearchUnavailable
from indexer.heartbeat import prolonging
from indexer.kept import step_of
from indexer.partitions import Partitions
from indexer.ports import SearchEngine, SearchStore
from ledger.feed import BEGINNING, Position
from ledger.ledger import Ledger
from ledger.projections import Generation, GenerationState, Lease

Clock = Callable[[], datetime]

BATCH: Final = 2_000
"""Observations per commit of a rebuild: few commits, bounded memory."""

LEASE_S: Final = 60
"""How long a silent rebuild keeps its half-built generation."""

GRACE_S: Final = 600
"""How long the generation before is kept: a reader that has not heard of the new one goes on (DECISIONS 32)."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished rebuild."""

    generation: int
    observations: int
    documents: int
    digest: str
    is_identical: bool | None
    """Whether the documents equal those of the generation before; None when there was none at the same observation,
    or none that could be read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild is."""

    done: int
    total: int


class Rebuild:
    """Builds generations."""

    def __init__(
        self,
        ledger: Ledger,
        store: SearchStore,
        new_partitions: Callable[[int], Partitions],
        *,
        partitions: int,
        owner: str,
        clock: Clock,
    ) -> None:
        """`partitions` is how many a new generation gets, in a store that several processes may write."""
        self._ledger = ledger
        self._store = store
        self._new_partitions = new_partitions
        self._partitions = partitions if store.is_shared else 1
        self._owner = owner
        self._clock = clock

    def run(self, version: str, *, report: Callable[[Progress], None] = lambda _progress: None) -> Built:
        """Build a generation from the first observation on and activate it.

        Raises:
            SearchUnavailable: another rebuild is running, or the store cannot be written; the old index stays up.
        """
        lease = self._lease("rebuild")
        try:
            self.clean_up()
            generation = self._ledger.projections.begin(
                version, now=self._clock(), partitions=self._partitions
            )
            own = self._lease(generation_lease(generation.id))
            engine = self._store.writer(generation.id, self._marketplaces(), version)
            try:
                with prolonging(self._ledger.projections, [own, lease], seconds=LEASE_S, clock=self._clock):
                    position = self._fill(generation, engine, own, report)
                    digest, documents = engine.digest(), engine.health().documents
            finally:
                engine.close()
                self._ledger.projections.release_lease(own)
            before = self._ledger.projections.active()
            is_identical = self._compare(before, position, digest)
            self._ledger.projections.activate(generation.id, now=self._clock())
            self._store.activate(generation.id)
        finally:
            self._ledger.projections.release_lease(lease)
        return Built(generation.id, position.observation, documents, digest, is_identical)

    def tidy(self) -> None:
        """As `clean_up`, unless a rebuild is running.

        Raises:
            SearchUnavailable: the store cannot be asked now.
        """
        lease = self._ledger.projections.take_lease(
            "rebuild", self._owner, now=self._clock(), seconds=LEASE_S
        )
        if lease is not None:
            try:
                self.clean_up()
            finally:
                self._ledger.projections.release_lease(lease)

    def clean_up(self) -> None:
        """Remove half-built generations that nobody works on, and retired ones but the last within its grace period."""
        there = self._store.generations()  # before the ledger is asked: what is begun later is not among them
        generations = self._ledger.projections.all()
        keep = {g.id for g in generations if g.state is GenerationState.ACTIVE}
        retired = [g.id for g in generations if g.state is GenerationState.RETIRED]
        if not any(self._is_settled(g) for g in generations):
            keep |= set(retired[-1:])
        for generation in generations:
            if generation.id not in keep and not self._is_worked_on(generation.id):
                self._store.drop(generation.id)
                self._ledger.projections.remove(generation.id)
        known = {g.id for g in self._ledger.projections.all()}
        for number in there:
            if number not in known:
                self._store.drop(number)

    def _fill(
        self,
        generation: Generation,
        engine: SearchEngine,
        own: Lease,
        report: Callable[[Progress], None],
    ) -> Position:
        """Project everything; ends when nothing newer is left, so that the swap loses no observation and no word."""
        partitions = self._new_partitions(generation.partitions)
        for partition in range(generation.partitions):
            partitions.keep(partition)
        position = BEGINNING
        while batch := self._ledger.feed.after(position, limit=BATCH):
            results = partitions.absorb(batch, partitions)
            applied = engine.apply([operation for one in results.values() for operation in one.operations])
            steps = [step_of(partition, one, applied) for partition, one in results.items()]
            self._ledger.projections.advance(generation.id, steps, [own], now=self._clock())
            position = next(iter(results.values())).position
            report(Progress(position.observation, self._ledger.observations.newest_number()))
        return position

    def _compare(self, before: Generation | None, position: Position, digest: str) -> bool | None:
        if before is None or (before.cursor, before.word) != position:
            return None
        try:
            reader = self._store.reader(before.id)
        except SearchUnavailable:
            return None
        try:
            if not reader.health().is_ready:  # which may be why it is built anew
                return None
            return reader.digest() == digest
        finally:
            reader.close()

    def _marketplaces(self) -> list[str]:
        return [marketplace.slug for marketplace in self._ledger.marketplaces.all()]

    def _lease(self, name: str) -> Lease:
        lease = self._ledger.projections.take_lease(name, self._owner, now=self._clock(), seconds=LEASE_S)
        if lease is None:
            raise SearchUnavailable(f"another process holds {name}")
        return lease

    def _is_settled(self, generation: Generation) -> bool:
        """Whether it is the active one, and long enough that nobody reads the one before."""
        since = generation.activated_at
        if generation.state is not GenerationState.ACTIVE or since is None:
            return False
        return (self._clock() - since).total_seconds() >= GRACE_S

    def _is_worked_on(self, generation: int) -> bool:
        name = generation_lease(generation)
        return self._ledger.projections.lease_holder(name, now=self._clock()) is not None


def generation_lease(generation: int) -> str:
    """The name of the lease that lets one process build a generation."""
    return f"generation:{generation}"


def partition_lease(generation: int, partition: int) -> str:
    """The name of the lease that lets one process write a partition of the active generation."""
    return f"generation:{generation}:{partition}"
