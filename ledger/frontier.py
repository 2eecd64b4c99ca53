"""The frontier: the pages of a run, each of which ends in exactly one of done, failed or skipped.

One page is one transaction: its observations, the pages it leads to, its rejects and "done" are committed together.
A kill at any instant therefore loses nothing and doubles nothing (design rule 2; FAILURE-MODES 1).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, and_, func, or_, select, update

from catalog.listing import Observation
from ledger.clock import from_us, to_us
from ledger.database import Checkpoint, Database, no_checkpoint
from ledger.observations import Provenance, record
from ledger.runs import RunLease, require_fence
from ledger.schema import pages, rejects

MAX_RAW: Final = 4_000
"""Characters of a rejected item that are kept: enough to see what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What to ask a marketplace for. Stored as it is, so it never holds a secret or a signature."""

    kind: str
    """The marketplace file's own word: ``search``, ``sitemap``, ``product`` …"""
    params: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Canonical text: equal requests give equal text."""
        document = {"kind": self.kind, "params": dict(self.params)}
        return json.dumps(document, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> PageRequest:
        """The request that `to_json` wrote."""
        document = json.loads(text)
        return cls(document["kind"], document["params"])

    @property
    def fingerprint(self) -> str:
        """Equal requests are one page of a run."""
        return hashlib.blake2b(self.to_json().encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class LeasedPage:
    """A page to fetch now."""

    id: int
    request: PageRequest
    attempt: int
    """1 for the first try; kills count as tries."""


class RejectKind(StrEnum):
    """How much was lost."""

    ITEM = "item"  # it could not become an offer
    FIELD = "field"  # the offer stands; an optional part of it could not be read and counts as unknown


@dataclass(frozen=True, slots=True)
class Reject:
    """Something on a page that could not be read."""

    item: str
    reason: str
    raw: str
    kind: RejectKind = RejectKind.ITEM


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer a page was read from."""

    at: datetime
    status: int
    body_bytes: int
    body_hash: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Everything one page yielded."""

    fetched: Fetched
    observations: Sequence[Observation] = ()
    next_pages: Sequence[PageRequest] = ()
    rejects: Sequence[Reject] = ()
    failed_because: str | None = None
    """The page was read and is not what it should be: it ends failed, what it did yield is kept."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What a page's commit changed; all zero when it had been committed before."""

    added: int = 0
    unchanged: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is left of a run."""

    pages: int
    next_at: datetime | None
    """When the earliest waiting page may be fetched; None when none waits."""


class Frontier:
    """The pages of runs."""

    def __init__(self, database: Database, *, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._database = database
        self._checkpoint = checkpoint

    def seed(self, lease: RunLease, requests: Sequence[PageRequest]) -> None:
        """Add a run's first pages; those it has already are passed over."""
        with self._database.write() as connection:
            require_fence(connection, lease)
            self._enqueue(connection, lease, requests)

    def lease(self, lease: RunLease, *, limit: int, now: datetime) -> list[LeasedPage]:
        """Up to `limit` pages that may be fetched now, oldest first, marked as being worked on.

        Pages that an earlier holder of the run was working on come back by themselves.

        Raises:
            StaleFence: the lease was lost.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            free = or_(
                pages.c.state == "queued",
                and_(pages.c.state == "leased", pages.c.leased_fence < lease.fence),
            )
            wanted = (
                select(pages.c.id)
                .where(pages.c.run_id == lease.run_id, free, pages.c.not_before_us <= to_us(now))
                .order_by(pages.c.id)
                .limit(limit)
            )
            rows = connection.execute(
                update(pages)
                .where(pages.c.id.in_(wanted))
                .values(state="leased", leased_fence=lease.fence, attempts=pages.c.attempts + 1)
                .returning(pages.c.id, pages.c.request, pages.c.attempts)
            ).all()
        return [LeasedPage(r.id, PageRequest.from_json(r.request), r.attempts) for r in sorted(rows)]

    def complete(self, lease: RunLease, page_id: int, page: ReadPage, *, now: datetime) -> Committed:
        """Commit everything a page yielded, and that it is done, in one transaction.

        Calling again after an acknowledgement was lost changes nothing.

        Raises:
            StaleFence: the lease was lost; nothing was written.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            if not self._is_open(connection, lease, page_id):
                return Committed()
            self._database.order_commits(connection)
            self._enqueue(connection, lease, page.next_pages)
            self._checkpoint("commit.pages_added")
            source = Provenance(page_id, lease.run_id, lease.epoch, to_us(now))
            recorded = record(self._database, connection, page.observations, source)
            self._checkpoint("commit.observations_added")
            _insert_rejects(connection, page_id, page.rejects, to_us(now))
            connection.execute(
                update(pages)
                .where(pages.c.id == page_id)
                .values(
                    state="failed" if page.failed_because else "done",
                    reason=_storable(page.failed_because, 300) if page.failed_because else None,
                    settled_us=to_us(now),
                    fetched_us=to_us(page.fetched.at),
                    http_status=page.fetched.status,
                    body_bytes=page.fetched.body_bytes,
                    body_hash=page.fetched.body_hash,
                    offers=len(page.observations),
                    added=recorded.added,
                    quarantined=recorded.quarantined,
                    rejected=sum(r.kind is RejectKind.ITEM for r in page.rejects),
                    defects=sum(r.kind is RejectKind.FIELD for r in page.rejects),
                )
            )
            self._checkpoint("commit.before")
        self._checkpoint("commit.after")
        return Committed(recorded.added, recorded.unchanged, recorded.quarantined)

    def retry(
        self, lease: RunLease, page_id: int, reason: str, *, not_before: datetime, forgive: bool = False
    ) -> None:
        """Put a page back until `not_before`. `forgive` does not count the try: the source asked us to wait.

        Raises:
            StaleFence: the lease was lost.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            connection.execute(
                update(pages)
                .where(pages.c.id == page_id, pages.c.state == "leased")
                .values(
                    state="queued",
                    reason=_storable(reason, 300),
                    not_before_us=to_us(not_before),
                    attempts=pages.c.attempts - (1 if forgive else 0),
                )
            )

    def settle(self, lease: RunLease, page_id: int, state: str, reason: str, *, now: datetime) -> None:
        """End a page as ``failed`` or ``skipped``, with its reason.

        Raises:
            StaleFence: the lease was lost.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            connection.execute(
                update(pages)
                .where(pages.c.id == page_id, pages.c.state == "leased")
                .values(state=state, reason=_storable(reason, 300), settled_us=to_us(now))
            )

    def waiting(self, lease: RunLease) -> Waiting:
        """How many pages are not settled, and when the next of them is due."""
        with self._database.read() as connection:
            row = connection.execute(
                select(func.count().label("pages"), func.min(pages.c.not_before_us).label("next_us")).where(
                    pages.c.run_id == lease.run_id, pages.c.state.in_(("queued", "leased"))
                )
            ).one()
        return Waiting(row.pages, None if row.next_us is None else from_us(row.next_us))

    def rejects(self, run_id: int, *, limit: int = 100) -> list[Reject]:
        """What could not be read on a run's pages, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(rejects.c.item, rejects.c.reason, rejects.c.raw, rejects.c.kind)
                .join(pages, pages.c.id == rejects.c.page_id)
                .where(pages.c.run_id == run_id)
                .order_by(rejects.c.id.desc())
                .limit(limit)
            )
            return [Reject(r.item, r.reason, r.raw, RejectKind(r.kind)) for r in rows]

    def _is_open(self, connection: Connection, lease: RunLease, page_id: int) -> bool:
        state = connection.execute(
            select(pages.c.state).where(pages.c.id == page_id, pages.c.run_id == lease.run_id)
        ).scalar()
        return state in {"queued", "leased"}

    def _enqueue(self, connection: Connection, lease: RunLease, requests: Sequence[PageRequest]) -> None:
        self._database.insert_ignoring(
            connection,
            pages,
            (
                {
                    "run_id": lease.run_id,
                    "fingerprint": request.fingerprint,
                    "request": request.to_json(),
                    "state": "queued",
                }
                for request in requests
            ),
        )


def _insert_rejects(connection: Connection, page_id: int, found: Sequence[Reject], now_us: int) -> None:
    if found:
        connection.execute(
            rejects.insert(),
            [
                {
                    "page_id": page_id,
                    "kind": reject.kind,
                    "item": _storable(reject.item, 200),
                    "reason": _storable(reject.reason, 300),
                    "raw": _storable(reject.raw, MAX_RAW),
                    "recorded_us": now_us,
                }
                for reject in found
            ],
        )


def _storable(text: str, most: int) -> str:
    """Text of unknown origin in a form every database takes: no NUL, no lone surrogates, bounded."""
    return text[:most].encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
