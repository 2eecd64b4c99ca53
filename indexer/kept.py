"""What one follower keeps of a generation: some of its partitions, in memory, and what is on its way to engine and ledger.

A batch goes to the engine first and is noted in the ledger then. If either fails it stays pending and is sent again:
the engine passes over what it has, the ledger stores the same rows.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from indexer.partitions import Partitions
from indexer.ports import Applied, SearchEngine
from indexer.projector import Batch
from ledger.feed import Event, Position, is_within
from ledger.ledger import Ledger
from ledger.projections import DeadLetter, Generation, Lease, Step


@dataclass(slots=True)
class _Part:
    position: Position
    lease: Lease


class Kept:
    """Some partitions of one generation."""

    def __init__(
        self, ledger: Ledger, generation: Generation, engine: SearchEngine, partitions: Partitions
    ) -> None:
        self.generation: Final = generation
        self._ledger = ledger
        self._engine = engine
        self._partitions = partitions
        self._parts: dict[int, _Part] = {}
        self._pending: dict[int, Batch] = {}

    def __len__(self) -> int:
        return len(self._parts)

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._parts))

    @property
    def leases(self) -> list[Lease]:
        """Of all partitions that are kept."""
        return [part.lease for part in self._parts.values()]

    @property
    def is_settled(self) -> bool:
        """Whether engine and ledger have all that was taken in."""
        return not self._pending

    def lease_of(self, partition: int) -> Lease:
        """The lease under which a partition is kept."""
        return self._parts[partition].lease

    def take(self, partition: int, lease: Lease) -> None:
        """Keep a partition from now on, as the process before left it."""
        gc.collect()  # before what is about to be loaded is frozen: nothing of an earlier attempt may be
        position = self._ledger.projections.position(self.generation.id, partition)
        assignments = self._ledger.projections.assignments(self.generation.id, partition)
        stored = self._ledger.observations.by_number(a.observation_id for a in assignments)
        words = self._ledger.corrections.taken_in(position.word)
        try:
            self._partitions.keep(partition).restore(stored, assignments, words, position)
        except BaseException:
            self._partitions.give_up(partition)
            raise
        gc.freeze()
        self._parts[partition] = _Part(position, lease)

    def give_up(self, partition: int) -> Lease:
        """Keep a partition no longer; the lease it was kept under."""
        self._partitions.give_up(partition)
        self._pending.pop(partition, None)
        return self._parts.pop(partition).lease

    def close(self) -> None:
        """Give back what is held."""
        self._engine.close()

    def next_batch(self, limit: int) -> tuple[list[Event], list[int]]:
        """What the partition that is furthest behind has to read, and all that are as far."""
        positions = sorted({part.position for part in self._parts.values()})
        behind = [p for p, part in self._parts.items() if part.position == positions[0]]
        batch = self._ledger.feed.after(positions[0], limit=limit)
        if len(positions) > 1:
            batch = [event for event in batch if is_within(event, positions[1])]
        return batch, behind

    def skip_to(self, partitions: list[int]) -> bool:
        """Nothing is left between these and the next further ones: they read together now. False: there are none."""
        further = [part.position for p, part in self._parts.items() if p not in partitions]
        for partition in partitions if further else ():
            self._parts[partition].position = min(further)
        return bool(further)

    def absorb(self, batch: list[Event], partitions: list[int]) -> None:
        """Take a batch in; it is pending until `deliver`."""
        self._pending = self._partitions.absorb(batch, partitions)

    def deliver(self, *, now: datetime) -> None:
        """Send what is pending to the engine, then note it in the ledger.

        Raises:
            SearchError, LedgerError: it stays pending.
            StaleFence: another process keeps one of the partitions now.
        """
        operations = [operation for batch in self._pending.values() for operation in batch.operations]
        applied = self._engine.apply(operations) if operations else Applied(0, 0)
        steps = [step_of(partition, batch, applied) for partition, batch in self._pending.items()]
        leases = [self._parts[partition].lease for partition in self._pending]
        self._ledger.projections.advance(self.generation.id, steps, leases, now=now)
        for partition, batch in self._pending.items():
            self._parts[partition].position = batch.position
        self._pending = {}

    def send_again(self, *, now: datetime) -> None:
        """Try refused documents again that somebody asked for; each is taken, or stays with its newest reason."""
        letters = self._ledger.projections.dead_letters(self.generation.id)
        asked = [letter for letter in letters if letter.is_asked_again and letter.partition in self._parts]
        for partition in sorted({letter.partition for letter in asked}):
            wanted = {letter.product_id: letter.revision for letter in asked if letter.partition == partition}
            operations = self._partitions.projector(partition).documents_of(wanted)
            part = self._parts[partition]
            batch = Batch(tuple(operations), (), (), part.position)
            step = step_of(partition, batch, self._engine.apply(operations))
            self._ledger.projections.advance(self.generation.id, [step], [part.lease], now=now)


def step_of(partition: int, batch: Batch, applied: Applied) -> Step:
    """What a partition came to, with what the engine said to it."""
    refused = {one.product_id: one for one in applied.refused}
    mine = [operation.product_id for operation in batch.operations]
    return Step(
        partition,
        batch.position.observation,
        word=batch.position.word,
        made=batch.assignments,
        left=batch.left,
        taken=[one for one in mine if one not in refused],
        refused=[
            DeadLetter(partition, one, refused[one].revision, refused[one].reason)
            for one in mine
            if one in refused
        ],
    )
