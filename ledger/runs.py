"""Runs: one crawl of one marketplace for some keywords, from request to end.

A run is claimed by a worker with a lease and a fencing token; every write of the crawl checks the token, so a worker
that was taken for dead cannot write after another took over. A marketplace has at most one running run, so the
politeness kept inside that run's process is exact.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, case, func, select, update
from sqlalchemy.exc import IntegrityError

from catalog.errors import InvalidInput, NotFound, StaleFence
from ledger.clock import from_us, from_us_or_none, to_us
from ledger.database import Database
from ledger.plausibility import is_witness
from ledger.schema import pages, runs

LEASE_S: Final = 15
"""How long a silent crawl keeps its run. Beats come twice a second; 15 s of silence is a dead or stuck process."""

MOST_UNREAD: Final = 0.2
"""Share of items that could not be read, or of pages skipped, beyond which a run counts as partial: a few odd pages are
normal in any shop, a fifth is a changed layout (DECISIONS 12)."""

MOST_ENDED: Final = 20
"""Runs that one claim ends on the way to one it can take: cancelled ones whose worker died, crash loops."""

MAX_STALLED_CLAIMS: Final = 5
"""Claims in a row that settled not one page: something kills every worker that tries."""


class RunState(StrEnum):
    """Where a run stands. The last five are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"  # every page done
    PARTIAL = "partial"  # some could not be read, or is not believed
    FAILED = "failed"  # no offer could be read
    CANCELLED = "cancelled"
    SKIPPED = "skipped"  # its slot came while the one before was still waiting to start

    @property
    def is_final(self) -> bool:
        """True when nothing more will happen to the run."""
        return self not in {RunState.QUEUED, RunState.RUNNING}


@dataclass(frozen=True, slots=True)
class RunLease:
    """The right to work on a run: valid while `fence` is the newest token given out for it."""

    run_id: int
    marketplace: str
    keywords: tuple[str, ...]
    fence: int

    @property
    def epoch(self) -> int:
        """Orders sightings made at the very same microsecond: later runs, then later tokens, win."""
        return self.run_id << 20 | self.fence


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a run's pages and of what was on them. ``pages = waiting + done + failed + skipped`` always."""

    pages: int = 0
    waiting: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    offers: int = 0
    added: int = 0
    quarantined: int = 0
    rejected: int = 0
    defects: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run as people see it."""

    id: int
    marketplace: str
    keywords: tuple[str, ...]
    state: RunState
    reason: str | None
    schedule_id: int | None
    slot: datetime | None
    is_late: bool
    missed_slots: int
    """Slots before `slot` that this run stands for as well."""
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    is_cancelling: bool
    worker: str | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class NewRun:
    """What is asked for. Scheduled runs name their slot; the pair is unique."""

    marketplace: str
    keywords: tuple[str, ...]
    schedule_id: int | None = None
    slot_us: int | None = None
    missed_slots: int = 0
    is_late: bool = False
    state: RunState = RunState.QUEUED
    reason: str | None = None


class Runs:
    """Asking for runs, working on them, watching them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def request(self, marketplace: str, keywords: Sequence[str], *, now: datetime) -> int:
        """A new queued run's number."""
        with self._database.write() as connection:
            return insert_run(connection, NewRun(marketplace, clean_keywords(keywords)), now=now)

    def claim(self, worker: str, *, now: datetime, run_id: int | None = None) -> RunLease | None:
        """The next run to work on, or None: first one whose worker fell silent, else the oldest that waits.

        A run whose marketplace already has a running one stays where it is. With `run_id` only that run is looked at.
        """
        try:
            with self._database.write() as connection:
                return _claim(connection, worker, to_us(now), run_id)
        except IntegrityError:
            return None  # another worker took a run of the same marketplace in this moment

    def beat(self, lease: RunLease, *, now: datetime) -> bool:
        """Prolong the lease; True when someone asked for the run to be cancelled.

        Raises:
            StaleFence: the lease was lost.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            row = connection.execute(
                update(runs)
                .where(runs.c.id == lease.run_id)
                .values(lease_until_us=to_us(now) + LEASE_S * 1_000_000)
                .returning(runs.c.cancel_requested_us)
            ).one()
            return row.cancel_requested_us is not None

    def release(self, lease: RunLease, *, now: datetime) -> None:
        """Give a run back unfinished, so that any worker may go on with it at once.

        Raises:
            StaleFence: the lease was lost, or the run has ended.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            connection.execute(
                update(runs).where(runs.c.id == lease.run_id).values(lease_until_us=to_us(now) - 1)
            )

    def cancel(self, run_id: int, *, now: datetime) -> RunState:
        """Ask for a run to end. A waiting one ends at once, a running one within a beat; an ended one stays as it is.

        Raises:
            NotFound: no such run.
        """
        with self._database.write() as connection:
            state = connection.execute(
                select(runs.c.state).where(runs.c.id == run_id).with_for_update()
            ).scalar()
            if state is None:
                raise NotFound("run", run_id)
            if state == RunState.QUEUED:
                _end(connection, run_id, RunState.CANCELLED, "cancelled before it started", to_us(now))
                return RunState.CANCELLED
            if state == RunState.RUNNING:
                connection.execute(
                    update(runs)
                    .where(runs.c.id == run_id, runs.c.cancel_requested_us.is_(None))
                    .values(cancel_requested_us=to_us(now))
                )
            return RunState(state)

    def finish(self, lease: RunLease, *, now: datetime, cancelled: bool = False) -> RunState:
        """End a run whose pages are all settled, or settle the rest as skipped because it was cancelled.

        Raises:
            StaleFence: the lease was lost.
            InvalidInput: pages are waiting and nobody cancelled: such a run may never end well.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            if cancelled:
                skip_waiting_pages(connection, lease.run_id, "cancelled", to_us(now))
                _end(connection, lease.run_id, RunState.CANCELLED, "cancelled", to_us(now))
                return RunState.CANCELLED
            progress = _progress(connection, [lease.run_id])[lease.run_id]
            if progress.waiting:
                raise InvalidInput(f"run {lease.run_id} has {progress.waiting} pages waiting")
            state, reason = _outcome(connection, lease.run_id, progress)
            _end(connection, lease.run_id, state, reason, to_us(now))
            return state

    def abort(self, lease: RunLease, reason: str, *, now: datetime) -> None:
        """End a run that cannot go on: what waits is skipped with `reason`, what was read stays.

        Raises:
            StaleFence: the lease was lost.
        """
        with self._database.write() as connection:
            require_fence(connection, lease)
            skip_waiting_pages(connection, lease.run_id, reason, to_us(now))
            read = _progress(connection, [lease.run_id])[lease.run_id].offers
            _end(connection, lease.run_id, RunState.PARTIAL if read else RunState.FAILED, reason, to_us(now))

    def get(self, run_id: int) -> Run:
        """One run.

        Raises:
            NotFound: no such run.
        """
        with self._database.read() as connection:
            found = _load(connection, select(runs).where(runs.c.id == run_id))
        if not found:
            raise NotFound("run", run_id)
        return found[0]

    def newest(
        self, *, limit: int = 50, before: int | None = None, schedule_id: int | None = None
    ) -> list[Run]:
        """Runs, newest first; `before` (a run's number) gives the next page of the list."""
        statement = select(runs).order_by(runs.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(runs.c.id < before)
        if schedule_id is not None:
            statement = statement.where(runs.c.schedule_id == schedule_id)
        with self._database.read() as connection:
            return _load(connection, statement)

    def lease_is_lost(self, lease: RunLease, *, now: datetime) -> bool:
        """Whether the run went on to another worker, or its own fell silent: what a supervisor watches.

        A run that has ended is not lost: its process is only tidying up.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(runs.c.fence, runs.c.state, runs.c.lease_until_us).where(runs.c.id == lease.run_id)
            ).one()
        if row.fence != lease.fence:
            return True
        return bool(row.state == RunState.RUNNING and row.lease_until_us < to_us(now))


def clean_keywords(keywords: Sequence[str]) -> tuple[str, ...]:
    """Keywords without blanks and repeats, in order.

    Raises:
        InvalidInput: more than 100, one longer than 100 characters, or one with unprintable characters.
    """
    cleaned = tuple(dict.fromkeys(" ".join(keyword.split()) for keyword in keywords if keyword.strip()))
    if len(cleaned) > 100 or any(len(keyword) > 100 for keyword in cleaned):
        raise InvalidInput("at most 100 keywords of 100 characters each")
    if not all(keyword.isprintable() for keyword in cleaned):  # lone surrogates are not printable either
        raise InvalidInput("a keyword has unprintable characters")
    return cleaned


def insert_run(connection: Connection, run: NewRun, *, now: datetime) -> int:
    """Insert inside the caller's transaction.

    Raises:
        IntegrityError: the (schedule, slot) has its run already.
    """
    us = to_us(now)
    statement = (
        runs.insert()
        .values(
            marketplace=run.marketplace,
            keywords=json.dumps(run.keywords, ensure_ascii=False),
            schedule_id=run.schedule_id,
            slot_us=run.slot_us,
            missed_slots=run.missed_slots,
            is_late=run.is_late,
            state=run.state,
            reason=run.reason,
            requested_us=us,
            finished_us=us if run.state.is_final else None,
        )
        .returning(runs.c.id)
    )
    return int(connection.execute(statement).scalar_one())


def require_fence(connection: Connection, lease: RunLease) -> None:
    """Hold the run still for this transaction, if the lease is the newest.

    Raises:
        StaleFence: it is not, or the run has ended.
    """
    row = connection.execute(
        select(runs.c.fence, runs.c.state).where(runs.c.id == lease.run_id).with_for_update()
    ).first()
    if row is None or row.fence != lease.fence or row.state != RunState.RUNNING:
        raise StaleFence(f"run {lease.run_id}", lease.fence)


def skip_waiting_pages(connection: Connection, run_id: int, reason: str, now_us: int) -> None:
    """Settle every page that waits as skipped: no page is ever without an end and its reason."""
    connection.execute(
        update(pages)
        .where(pages.c.run_id == run_id, pages.c.state.in_(("queued", "leased")))
        .values(state="skipped", reason=reason, settled_us=now_us)
    )


def _claim(connection: Connection, worker: str, now_us: int, run_id: int | None) -> RunLease | None:
    expired = select(runs).where(runs.c.state == RunState.RUNNING, runs.c.lease_until_us < now_us)
    busy = select(runs.c.marketplace).where(runs.c.state == RunState.RUNNING)
    waiting = select(runs).where(runs.c.state == RunState.QUEUED, runs.c.marketplace.not_in(busy))
    for statement in (expired, waiting):
        wanted = statement if run_id is None else statement.where(runs.c.id == run_id)
        next_one = wanted.order_by(runs.c.id).limit(1).with_for_update(skip_locked=True)
        for _ in range(MOST_ENDED):
            row = connection.execute(next_one).first()  # held one at a time: the others are for other workers
            if row is None:
                break
            lease = _take(connection, row, worker, now_us)
            if lease is not None:
                return lease
    return None


def _take(connection: Connection, row: Row[*tuple[Any, ...]], worker: str, now_us: int) -> RunLease | None:
    """Take one run over, or end it: it was cancelled meanwhile, or it kills every worker that tries."""
    if row.cancel_requested_us is not None:
        skip_waiting_pages(connection, row.id, "cancelled", now_us)
        _end(connection, row.id, RunState.CANCELLED, "cancelled", now_us)
        return None
    progress = _progress(connection, [row.id])[row.id]
    settled = progress.pages - progress.waiting
    stalled = row.stalled_claims + 1 if row.fence and settled == row.settled_at_claim else 0
    if stalled >= MAX_STALLED_CLAIMS:
        skip_waiting_pages(connection, row.id, "crash_loop", now_us)
        state = RunState.PARTIAL if progress.offers else RunState.FAILED
        _end(connection, row.id, state, f"crash_loop: {stalled} workers died on it without progress", now_us)
        return None
    connection.execute(
        update(runs)
        .where(runs.c.id == row.id)
        .values(
            state=RunState.RUNNING,
            fence=row.fence + 1,
            worker=worker,
            lease_until_us=now_us + LEASE_S * 1_000_000,
            started_us=row.started_us or now_us,
            stalled_claims=stalled,
            settled_at_claim=settled,
        )
    )
    return RunLease(row.id, row.marketplace, tuple(json.loads(row.keywords)), row.fence + 1)


def _outcome(connection: Connection, run_id: int, progress: Progress) -> tuple[RunState, str | None]:
    """How a run whose pages are all settled ended, and the commonest reasons for what is missing."""
    complaints = _complaints(progress)
    is_complete = not complaints and not progress.failed and progress.skipped <= MOST_UNREAD * progress.pages
    if progress.failed + progress.skipped:
        reasons = connection.execute(
            select(pages.c.reason, func.count().label("times"))
            .where(pages.c.run_id == run_id, pages.c.state.in_(("failed", "skipped")))
            .group_by(pages.c.reason)
            .order_by(func.count().desc(), pages.c.reason)
            .limit(3)
        ).all()
        complaints += [f"{row.reason} ×{row.times}" for row in reasons]
    reason = "; ".join(complaints) or None
    if is_complete:
        return RunState.SUCCEEDED, reason
    return RunState.PARTIAL if progress.offers else RunState.FAILED, reason


def _complaints(progress: Progress) -> list[str]:
    """What is wrong with the items of a run, in words; empty when few enough are."""
    found = []
    if progress.rejected > MOST_UNREAD * (progress.offers + progress.rejected):
        found.append(f"{progress.rejected} items could not be read")
    if not is_witness(progress.offers, progress.quarantined):
        found.append(f"{progress.quarantined} of {progress.offers} prices are not believed")
    return found


def _end(connection: Connection, run_id: int, state: RunState, reason: str | None, now_us: int) -> None:
    connection.execute(
        update(runs)
        .where(runs.c.id == run_id)
        .values(state=state, reason=reason, finished_us=now_us, lease_until_us=None)
    )


def _progress(connection: Connection, run_ids: Sequence[int]) -> dict[int, Progress]:
    def count(*states: str) -> Any:
        return func.coalesce(func.sum(case((pages.c.state.in_(states), 1), else_=0)), 0)

    rows = connection.execute(
        select(
            pages.c.run_id,
            func.count(),
            count("queued", "leased"),
            count("done"),
            count("failed"),
            count("skipped"),
            *(func.sum(pages.c[name]) for name in ("offers", "added", "quarantined", "rejected", "defects")),
        )
        .where(pages.c.run_id.in_(run_ids))
        .group_by(pages.c.run_id)
    )
    found = {row[0]: Progress(*(int(value) for value in row[1:])) for row in rows}
    return {run_id: found.get(run_id, Progress()) for run_id in run_ids}


def _load(connection: Connection, statement: Any) -> list[Run]:
    rows = connection.execute(statement).all()
    progress = _progress(connection, [row.id for row in rows])
    return [
        Run(
            id=row.id,
            marketplace=row.marketplace,
            keywords=tuple(json.loads(row.keywords)),
            state=RunState(row.state),
            reason=row.reason,
            schedule_id=row.schedule_id,
            slot=from_us_or_none(row.slot_us),
            is_late=row.is_late,
            missed_slots=row.missed_slots,
            requested_at=from_us(row.requested_us),
            started_at=from_us_or_none(row.started_us),
            finished_at=from_us_or_none(row.finished_us),
            is_cancelling=row.cancel_requested_us is not None and not RunState(row.state).is_final,
            worker=row.worker,
            progress=progress[row.id],
        )
        for row in rows
    ]
