"""Projections' own notes: how far each index generation has read, and which product each offer was put into.

All of it can be deleted: `bijia index rebuild` makes it again from the observations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from catalog.errors import NotFound, StaleFence
from ledger.clock import to_us
from ledger.database import Checkpoint, Database, no_checkpoint
from ledger.schema import assignments, generations, leases


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
    """The last observation that is in the index."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An offer's place: which product, judged on which observation, and why."""

    offer_id: int
    observation_id: int
    product_number: int
    product_id: str
    evidence: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write projections: valid while `fence` is the newest token given out under `name`."""

    name: str
    owner: str
    fence: int


class Projections:
    """Generations, assignments, and the lease that lets one process write them."""

    def __init__(self, database: Database, *, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._database = database
        self._checkpoint = checkpoint

    def begin(self, version: str, *, now: datetime) -> Generation:
        """A new generation to build."""
        with self._database.write() as connection:
            row = connection.execute(
                generations.insert()
                .values(version=version, state=GenerationState.BUILDING, started_us=to_us(now))
                .returning(generations.c.id)
            ).one()
        self._checkpoint("index.begun")
        return Generation(row.id, version, GenerationState.BUILDING, 0)

    def activate(self, generation_id: int, *, now: datetime) -> None:
        """Make a generation the one that is searched; the one before retires in the same transaction."""
        self._checkpoint("index.built")  # the engine has all of it, and is not searched yet
        with self._database.write() as connection:
            connection.execute(
                update(generations)
                .where(generations.c.state == GenerationState.ACTIVE)
                .values(state=GenerationState.RETIRED)
            )
            connection.execute(
                update(generations)
                .where(generations.c.id == generation_id)
                .values(state=GenerationState.ACTIVE, activated_us=to_us(now))
            )
        self._checkpoint("index.activated")

    def active(self) -> Generation | None:
        """The generation that is searched; None before the first was built."""
        with self._database.read() as connection:
            row = connection.execute(
                select(generations).where(generations.c.state == GenerationState.ACTIVE)
            ).first()
        return (
            None if row is None else Generation(row.id, row.version, GenerationState(row.state), row.cursor)
        )

    def all(self) -> list[Generation]:
        """Every generation, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(generations).order_by(generations.c.id)).all()
        return [Generation(r.id, r.version, GenerationState(r.state), r.cursor) for r in rows]

    def remove(self, generation_id: int) -> None:
        """Forget a retired or half-built generation."""
        with self._database.write() as connection:
            connection.execute(delete(assignments).where(assignments.c.generation_id == generation_id))
            connection.execute(
                delete(generations).where(
                    generations.c.id == generation_id, generations.c.state != GenerationState.ACTIVE
                )
            )

    def advance(self, generation_id: int, cursor: int, made: Sequence[Assignment], lease: Lease) -> None:
        """Store a batch's assignments and how far the generation has read, in one transaction.

        Raises:
            StaleFence: the lease was lost; nothing was written.
            NotFound: the generation was removed meanwhile.
        """
        self._checkpoint("index.applied")  # the engine has the batch, the ledger does not say so yet
        with self._database.write() as connection:
            _require(connection, lease)
            moved = connection.execute(
                update(generations)
                .where(generations.c.id == generation_id)
                .values(cursor=cursor)
                .returning(generations.c.id)
            ).first()
            if moved is None:
                raise NotFound("generation", generation_id)
            self._database.upsert(
                connection,
                assignments,
                (
                    {
                        "generation_id": generation_id,
                        "offer_id": a.offer_id,
                        "observation_id": a.observation_id,
                        "product_number": a.product_number,
                        "product_id": a.product_id,
                        "evidence": a.evidence,
                    }
                    for a in made
                ),
            )
        self._checkpoint("index.advanced")

    def assignments(self, generation_id: int) -> list[Assignment]:
        """Every assignment of a generation, in order of offer number."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(assignments)
                .where(assignments.c.generation_id == generation_id)
                .order_by(assignments.c.offer_id)
            ).all()
        return [_assignment(r) for r in rows]

    def take_lease(self, name: str, owner: str, *, now: datetime, seconds: int) -> Lease | None:
        """Take or prolong a named lease; None while another owner holds it."""
        us = to_us(now)
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
                .values(owner=owner, fence=fence, until_us=us + seconds * 1_000_000)
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


def _assignment(row: Row[*tuple[Any, ...]]) -> Assignment:
    return Assignment(row.offer_id, row.observation_id, row.product_number, row.product_id, row.evidence)


def _require(connection: Connection, lease: Lease) -> None:
    """Hold the lease still for this transaction, if it is the newest."""
    fence = connection.execute(
        select(leases.c.fence).where(leases.c.name == lease.name).with_for_update()
    ).scalar()
    if fence != lease.fence:
        raise StaleFence(lease.name, lease.fence)
