"""Projections' own notes: how far each index was filled, which product each offer was put into, what was refused.

A generation has partitions; each is written by one process at a time, under a lease of its own.

All of it can be deleted: `bijia index rebuild` makes it again from the observations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from catalog.errors import NotFound, StaleFence
from ledger.clock import from_us, to_us
from ledger.database import QUICK_S, Checkpoint, Database, no_checkpoint
from ledger.feed import Position
from ledger.schema import assignments, dead_letters, generations, leases, positions


class GenerationState(StrEnum):
    """Life of an index generation."""

    BUILDING = "building"
    ACTIVE = "active"  # exactly one, once the first was built
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the search index."""

    id: int
    version: str
    """Document schema and analyser; a generation of another version is rebuilt, never mixed."""
    state: GenerationState
    cursor: int
    """The last observation that is in all of the index; some partitions may be further."""
    partitions: int = 1
    activated_at: datetime | None = None
    """None: never, so far."""
    word: int = 0
    """The last correction that is in all of the index."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An offer's place: which product, judged on which observation, and why."""

    offer_id: int
    observation_id: int
    product_number: int
    product_id: str
    evidence: str
    """JSON."""
    shown_id: str | None = None
    """The product that it is shown in because of what people said; None: its own."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A document that the engine does not take as it is."""

    partition: int
    product_id: str
    revision: int
    reason: str
    attempts: int = 1
    is_asked_again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one partition came to by a batch of observations."""

    partition: int
    cursor: int
    made: Sequence[Assignment] = ()
    left: Sequence[int] = ()
    """Numbers of offers that belong to another partition now."""
    taken: Sequence[str] = ()
    """Products whose documents the engine took."""
    refused: Sequence[DeadLetter] = ()
    word: int = 0
    """The last correction that was taken in."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write projections: valid while `fence` is the newest token given out under `name`."""

    name: str
    owner: str
    fence: int


class Projections:
    """Generations, assignments, dead letters, and the leases that let one process write each partition."""

    def __init__(self, database: Database, *, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._database = database
        self._checkpoint = checkpoint

    def begin(self, version: str, *, now: datetime, partitions: int = 1) -> Generation:
        """A new generation to build."""
        with self._database.write() as connection:
            row = connection.execute(
                generations.insert()
                .values(
                    version=version,
                    state=GenerationState.BUILDING,
                    started_us=to_us(now),
                    partitions=partitions,
                )
                .returning(generations.c.id)
            ).one()
            connection.execute(
                positions.insert(),
                [{"generation_id": row.id, "partition": n, "cursor": 0} for n in range(partitions)],
            )
        self._checkpoint("index.begun")
        return Generation(row.id, version, GenerationState.BUILDING, 0, partitions)

    def activate(self, generation_id: int, *, now: datetime) -> None:
        """Make a generation the one that is searched; the one before retires in the same transaction.

        Raises:
            NotFound: it was removed meanwhile, by a process that took its builder for dead; nothing was changed.
        """
        self._checkpoint("index.built")  # the engine has all of it, and is not searched yet
        with self._database.write() as connection:
            # Held before it is looked which is active: of two who swap at once the second sees what the first made.
            connection.execute(select(generations.c.id).order_by(generations.c.id).with_for_update()).all()
            connection.execute(
                update(generations)
                .where(generations.c.state == GenerationState.ACTIVE)
                .values(state=GenerationState.RETIRED)
            )
            activated = connection.execute(
                update(generations)
                .where(generations.c.id == generation_id)
                .values(state=GenerationState.ACTIVE, activated_us=to_us(now))
                .returning(generations.c.id)
            ).first()
            if activated is None:
                raise NotFound("generation", generation_id)
        self._checkpoint("index.activated")

    def active(self, *, within_s: float | None = None) -> Generation | None:
        """The generation that is searched; None before the first was built. `within_s` as in `Database.read`."""
        found = self._generations(GenerationState.ACTIVE, within_s=within_s)
        return found[0] if found else None

    def all(self) -> list[Generation]:
        """Every generation, oldest first."""
        return self._generations(*GenerationState)

    def _generations(self, *states: GenerationState, within_s: float | None = None) -> list[Generation]:
        with self._database.read(within_s=within_s) as connection:
            rows = connection.execute(
                select(
                    *generations.c,
                    func.min(positions.c.cursor).label("least"),
                    func.min(positions.c.word).label("least_word"),
                )
                .outerjoin(positions, positions.c.generation_id == generations.c.id)
                .where(generations.c.state.in_(states))
                .group_by(generations.c.id)
                .order_by(generations.c.id)
            ).all()
        return [_generation(row) for row in rows]

    def positions(self, generation_id: int) -> dict[int, int]:
        """Partition -> the last observation that is in it."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(positions.c.partition, positions.c.cursor)
                .where(positions.c.generation_id == generation_id)
                .order_by(positions.c.partition)
            ).all()
        return {row.partition: row.cursor for row in rows}

    def position(self, generation_id: int, partition: int) -> Position:
        """How far a partition has read.

        Raises:
            NotFound: the generation was removed.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(positions.c.cursor, positions.c.word).where(
                    positions.c.generation_id == generation_id, positions.c.partition == partition
                )
            ).first()
        if row is None:
            raise NotFound("generation", generation_id)
        return Position(row.cursor, row.word)

    def where_now(self, generation_id: int, product_id: str) -> str | None:
        """The product in which the offers of another one are shown because of what people said; None: it is not so."""
        c = assignments.c
        with self._database.read(within_s=QUICK_S) as connection:
            found = connection.execute(
                select(c.shown_id)
                .where(c.generation_id == generation_id, c.product_id == product_id, c.shown_id.is_not(None))
                .order_by(c.offer_id)
                .limit(1)
            ).scalar()
        return None if found is None else str(found)

    def product_of(self, generation_id: int, offer_id: int) -> str | None:
        """The product in which an offer is shown; None: in none."""
        c = assignments.c
        with self._database.read(within_s=QUICK_S) as connection:
            found = connection.execute(
                select(func.coalesce(c.shown_id, c.product_id)).where(
                    c.generation_id == generation_id, c.offer_id == offer_id
                )
            ).scalar()
        return None if found is None else str(found)

    def remove(self, generation_id: int) -> None:
        """Forget a retired or half-built generation; the active one stays. Of a large one this takes its time."""
        with self._database.write(within_s=math.inf) as connection:
            row = connection.execute(
                select(generations.c.state).where(generations.c.id == generation_id).with_for_update()
            ).first()
            if row is None or row.state == GenerationState.ACTIVE:
                return
            for table in (assignments, positions, dead_letters):
                connection.execute(delete(table).where(table.c.generation_id == generation_id))
            connection.execute(delete(generations).where(generations.c.id == generation_id))

    def advance(
        self, generation_id: int, steps: Sequence[Step], leases: Sequence[Lease], *, now: datetime
    ) -> None:
        """Store what a batch came to in some partitions, and how far they have read, in one transaction.

        Raises:
            StaleFence: one of the leases was lost; nothing was written.
            NotFound: the generation was removed meanwhile.
        """
        self._checkpoint("index.applied")  # the engine has the batch, the ledger does not say so yet
        with self._database.write() as connection:
            for lease in sorted(leases, key=lambda one: one.name):  # always in one order: no deadlock
                _require(connection, lease)
            for step in steps:
                self._advance(connection, generation_id, step)
                self._settle_letters(connection, generation_id, step, to_us(now))
        self._checkpoint("index.advanced")

    def _advance(self, connection: Connection, generation_id: int, step: Step) -> None:
        moved = connection.execute(
            update(positions)
            .where(positions.c.generation_id == generation_id, positions.c.partition == step.partition)
            .values(cursor=step.cursor, word=step.word)
            .returning(positions.c.partition)
        ).first()
        if moved is None:
            raise NotFound("generation", generation_id)
        own = {"generation_id": generation_id, "partition": step.partition}
        self._database.upsert(
            connection,
            assignments,
            (
                own
                | {
                    "offer_id": a.offer_id,
                    "observation_id": a.observation_id,
                    "product_number": a.product_number,
                    "product_id": a.product_id,
                    "evidence": a.evidence,
                    "shown_id": a.shown_id,
                }
                for a in step.made
            ),
        )
        if step.left:
            connection.execute(
                delete(assignments).where(
                    assignments.c.generation_id == generation_id,
                    assignments.c.partition == step.partition,
                    assignments.c.offer_id.in_(step.left),
                )
            )

    def _settle_letters(self, connection: Connection, generation_id: int, step: Step, us: int) -> None:
        """A document that was taken settles the letter before it; one that was refused again replaces it."""
        mine = (dead_letters.c.generation_id == generation_id, dead_letters.c.partition == step.partition)
        known = {
            row.product_id: row.attempts
            for row in connection.execute(
                select(dead_letters.c.product_id, dead_letters.c.attempts).where(*mine)
            )
        }
        settled = known.keys() & (set(step.taken) | {letter.product_id for letter in step.refused})
        if settled:
            connection.execute(
                delete(dead_letters).where(*mine, dead_letters.c.product_id.in_(sorted(settled)))
            )
        if step.refused:
            connection.execute(
                dead_letters.insert(),
                [
                    {
                        "generation_id": generation_id,
                        "product_id": letter.product_id,
                        "partition": step.partition,
                        "revision": letter.revision,
                        "reason": letter.reason,
                        "attempts": known.get(letter.product_id, 0) + 1,
                        "is_asked_again": False,
                        "recorded_us": us,
                    }
                    for letter in step.refused
                ],
            )

    def dead_letters(self, generation_id: int) -> list[DeadLetter]:
        """What the engine refused of a generation, by product id."""
        c = dead_letters.c
        with self._database.read() as connection:
            rows = connection.execute(
                select(c.partition, c.product_id, c.revision, c.reason, c.attempts, c.is_asked_again)
                .where(c.generation_id == generation_id)
                .order_by(c.product_id)
            ).all()
        return [DeadLetter(*row) for row in rows]

    def ask_again(self, generation_id: int) -> int:
        """Have the followers send every refused document of a generation once more; how many there are."""
        with self._database.write() as connection:
            rows = connection.execute(
                update(dead_letters)
                .where(dead_letters.c.generation_id == generation_id)
                .values(is_asked_again=True)
                .returning(dead_letters.c.product_id)
            ).all()
        return len(rows)

    def assignments(self, generation_id: int, partition: int = 0) -> list[Assignment]:
        """Every assignment of a partition, in order of offer number. Of a large one this takes its time."""
        with self._database.read(within_s=math.inf) as connection:
            rows = connection.execute(
                select(assignments)
                .where(assignments.c.generation_id == generation_id, assignments.c.partition == partition)
                .order_by(assignments.c.offer_id)
            ).all()
        return [_assignment(r) for r in rows]

    def announce(self, group: str, member: str, *, now: datetime, seconds: int) -> int:
        """Be counted as a member of `group` for `seconds`; how many members there are now."""
        us = to_us(now)
        prefix = f"{group}/"
        with self._database.write() as connection:
            self._database.upsert(
                connection,
                leases,
                [
                    {
                        "name": prefix + member,
                        "owner": member,
                        "fence": 0,
                        "until_us": us + seconds * 1_000_000,
                    }
                ],
            )
            mine = leases.c.name.startswith(prefix, autoescape=True)
            connection.execute(delete(leases).where(mine, leases.c.until_us < us))
            return int(connection.execute(select(func.count()).select_from(leases).where(mine)).scalar_one())

    def leave(self, group: str, member: str) -> None:
        """Be no longer counted."""
        with self._database.write() as connection:
            connection.execute(delete(leases).where(leases.c.name == f"{group}/{member}"))

    def take_lease(self, name: str, owner: str, *, now: datetime, seconds: float) -> Lease | None:
        """Take or prolong a named lease; None while another owner holds it."""
        us = to_us(now)
        if self.lease_holder(name, now=now) not in {None, owner}:
            return None  # who only waits for it writes nothing
        with self._database.write() as connection:
            self._database.insert_ignoring(
                connection, leases, [{"name": name, "owner": owner, "fence": 0, "until_us": 0}]
            )
            row = connection.execute(select(leases).where(leases.c.name == name).with_for_update()).one()
            if row.owner != owner and row.until_us >= us:
                return None
            is_new = row.owner != owner or row.until_us < us
            fence = int(row.fence) + int(is_new)
            connection.execute(
                update(leases)
                .where(leases.c.name == name)
                .values(owner=owner, fence=fence, until_us=us + int(seconds * 1_000_000))
            )
            return Lease(name, owner, fence)

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back, if it is still this owner's."""
        with self._database.write() as connection:
            connection.execute(
                update(leases)
                .where(leases.c.name == lease.name, leases.c.fence == lease.fence)
                .values(until_us=0)
            )

    def lease_holder(self, name: str, *, now: datetime) -> str | None:
        """Who holds a lease now; None when nobody does."""
        with self._database.read() as connection:
            row = connection.execute(select(leases).where(leases.c.name == name)).first()
        return row.owner if row is not None and row.until_us >= to_us(now) else None


def _generation(row: Row[*tuple[Any, ...]]) -> Generation:
    activated = None if row.activated_us is None else from_us(row.activated_us)
    return Generation(
        id=row.id,
        version=row.version,
        state=GenerationState(row.state),
        cursor=int(row.least or 0),
        partitions=row.partitions,
        activated_at=activated,
        word=int(row.least_word or 0),
    )


def _assignment(row: Row[*tuple[Any, ...]]) -> Assignment:
    return Assignment(
        row.offer_id, row.observation_id, row.product_number, row.product_id, row.evidence, row.shown_id
    )


def _require(connection: Connection, lease: Lease) -> None:
    """Hold the lease still for this transaction, if it is the newest."""
    fence = connection.execute(
        select(leases.c.fence).where(leases.c.name == lease.name).with_for_update()
    ).scalar()
    if fence != lease.fence:
        raise StaleFence(lease.name, lease.fence)
