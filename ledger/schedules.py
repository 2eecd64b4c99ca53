"""Schedules: when runs begin. Cron or interval in an IANA zone; exactly one run per (schedule, slot).

A *slot* is a moment a schedule names. Any worker may call `fire_due`; the unique key on (schedule, slot) makes one run
of it however many do. Slots that nobody fired in time become one late run for the newest of them (DECISIONS 11). Cron
is evaluated by cronsim, which skips to the first valid minute when a zone's clock jumps forward and fires once when it
is set back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from sqlalchemy import Connection, Row, select, update

from catalog.errors import InvalidInput, InvalidSchedule, NotFound
from ledger.clock import from_us, to_us
from ledger.database import Database
from ledger.runs import NewRun, RunState, clean_keywords, insert_run
from ledger.schema import runs, schedules

LATE_AFTER_S: Final = 60
"""A run that begins this long after its slot is marked late: a cron slot is a minute, and looks come every half second."""

SHORTEST_INTERVAL_S: Final = 10
LONGEST_INTERVAL_S: Final = 366 * 86_400

MOST_COUNTED: Final = 10_000
"""Missed cron slots are counted up to here (0.1 s of work: a week of minutes); beyond, the count says "at least"."""

FIRE_BATCH: Final = 200
"""Schedules fired in one transaction: keeps the write lock short at thousands of schedules."""


class ScheduleKind(StrEnum):
    """How `expression` is read."""

    CRON = "cron"  # five fields, in the schedule's zone
    INTERVAL = "interval"  # whole seconds, counted from the schedule's creation


@dataclass(frozen=True, slots=True)
class Timing:
    """When a schedule fires."""

    kind: ScheduleKind
    expression: str
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        """Refuse what can never fire.

        Raises:
            InvalidSchedule: an unknown zone, a bad expression, an interval out of range.
        """
        try:
            zone = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            raise InvalidSchedule(f"unknown time zone: {self.zone!r}") from error
        if self.kind is ScheduleKind.INTERVAL:
            _interval_s(self.expression)
            return
        try:
            if len(self.expression.split()) != 5:
                raise CronSimError("five fields")
            next(CronSim(self.expression, datetime(2026, 1, 1, tzinfo=zone)))
        except (CronSimError, StopIteration) as error:
            raise InvalidSchedule(f"not a cron expression that fires: {self.expression!r}") from error

    def next_slot(self, after: datetime, *, anchor: datetime) -> datetime:
        """The first slot strictly after `after`, in UTC. `anchor` is slot zero of an interval."""
        if self.kind is ScheduleKind.INTERVAL:
            step = timedelta(seconds=_interval_s(self.expression))
            passed = max((after - anchor) // step, -1)
            return anchor + step * (passed + 1)
        zone = ZoneInfo(self.zone)
        return next(CronSim(self.expression, after.astimezone(zone))).astimezone(UTC)

    def newest_slot(self, now: datetime) -> datetime:
        """The last cron slot not after `now`, in UTC."""
        after = now.astimezone(ZoneInfo(self.zone)).replace(microsecond=0) + timedelta(seconds=1)
        return next(CronSim(self.expression, after, reverse=True)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What is asked for."""

    name: str
    marketplace: str
    keywords: tuple[str, ...]
    timing: Timing


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """What to change; None leaves a part as it is."""

    name: str | None = None
    keywords: tuple[str, ...] | None = None
    timing: Timing | None = None
    is_paused: bool | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as people see it."""

    id: int
    name: str
    marketplace: str
    keywords: tuple[str, ...]
    timing: Timing
    next_at: datetime
    is_paused: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Fired:
    """One slot that became a run."""

    schedule_id: int
    run_id: int
    slot: datetime
    missed_slots: int
    state: RunState


class Schedules:
    """Making, changing and firing schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewSchedule, *, now: datetime) -> Schedule:
        """A new schedule; its first slot lies in the future."""
        us = to_us(now)
        values = {
            "name": _name(new.name),
            "marketplace": new.marketplace,
            "keywords": json.dumps(clean_keywords(new.keywords), ensure_ascii=False),
            **_timing_columns(new.timing),
            "anchor_us": us,
            "next_us": to_us(new.timing.next_slot(now, anchor=now)),
            "created_us": us,
            "updated_us": us,
        }
        with self._database.write() as connection:
            row = connection.execute(schedules.insert().values(values).returning(schedules)).one()
        return _schedule(row)

    def change(self, schedule_id: int, change: ScheduleChange, *, now: datetime) -> Schedule:
        """Change parts of a schedule. New timing, and going on after a pause, count from now: nothing is caught up.

        Raises:
            NotFound: no such schedule.
        """
        with self._database.write() as connection:
            before = _schedule(_locked(connection, schedule_id))
            values: dict[str, Any] = {"updated_us": to_us(now)}
            if change.name is not None:
                values["name"] = _name(change.name)
            if change.keywords is not None:
                values["keywords"] = json.dumps(clean_keywords(change.keywords), ensure_ascii=False)
            if change.is_paused is not None:
                values["is_paused"] = change.is_paused
            timing = change.timing or before.timing
            if change.timing is not None:
                values |= _timing_columns(timing)
            if change.timing is not None or (before.is_paused and change.is_paused is False):
                values["next_us"] = to_us(timing.next_slot(now, anchor=before.created_at))
            row = connection.execute(
                update(schedules).where(schedules.c.id == schedule_id).values(values).returning(schedules)
            ).one()
        return _schedule(row)

    def delete(self, schedule_id: int, *, now: datetime) -> None:
        """End a schedule for good; its runs stay.

        Raises:
            NotFound: no such schedule, or deleted before.
        """
        with self._database.write() as connection:
            _locked(connection, schedule_id)
            connection.execute(
                update(schedules).where(schedules.c.id == schedule_id).values(deleted_us=to_us(now))
            )

    def get(self, schedule_id: int) -> Schedule:
        """One schedule.

        Raises:
            NotFound: no such schedule, or deleted.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(schedules).where(schedules.c.id == schedule_id, schedules.c.deleted_us.is_(None))
            ).first()
        if row is None:
            raise NotFound("schedule", schedule_id)
        return _schedule(row)

    def all(self) -> list[Schedule]:
        """Every schedule that is not deleted, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(schedules).where(schedules.c.deleted_us.is_(None)).order_by(schedules.c.id)
            ).all()
        return [_schedule(row) for row in rows]

    def fire_due(self, *, now: datetime) -> list[Fired]:
        """Make one queued run of every schedule whose slot has come."""
        with self._database.write() as connection:
            due = connection.execute(
                select(schedules)
                .where(
                    schedules.c.next_us <= to_us(now),
                    schedules.c.is_paused.is_(False),
                    schedules.c.deleted_us.is_(None),
                )
                .order_by(schedules.c.next_us, schedules.c.id)
                .limit(FIRE_BATCH)
                .with_for_update(skip_locked=True)
            ).all()
            return [_fire(connection, row, now) for row in due]

    def next_due(self) -> datetime | None:
        """When the next slot comes; None without an active schedule."""
        with self._database.read() as connection:
            us = connection.execute(
                select(schedules.c.next_us)
                .where(schedules.c.is_paused.is_(False), schedules.c.deleted_us.is_(None))
                .order_by(schedules.c.next_us)
                .limit(1)
            ).scalar()
        return None if us is None else from_us(us)


def _fire(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> Fired:
    """One run for the newest slot that has come; older ones that nobody fired are counted, not caught up."""
    schedule = _schedule(row)
    anchor = from_us(row.anchor_us)
    slot, missed = _newest_slot(schedule, anchor, now)
    is_late = missed > 0 or now - slot > timedelta(seconds=LATE_AFTER_S)
    state, reason = _overlap(connection, schedule.id)
    run = NewRun(
        schedule.marketplace,
        schedule.keywords,
        schedule_id=schedule.id,
        slot_us=to_us(slot),
        missed_slots=missed,
        is_late=is_late,
        state=state,
        reason=reason,
    )
    run_id = insert_run(connection, run, now=now)
    connection.execute(
        update(schedules)
        .where(schedules.c.id == schedule.id)
        .values(next_us=to_us(schedule.timing.next_slot(max(now, slot), anchor=anchor)))
    )
    return Fired(schedule.id, run_id, slot, missed, state)


def _newest_slot(schedule: Schedule, anchor: datetime, now: datetime) -> tuple[datetime, int]:
    """The last slot not after `now`, and how many unfired ones lie before it."""
    slot, missed = schedule.next_at, 0
    if schedule.timing.kind is ScheduleKind.INTERVAL:
        step = timedelta(seconds=_interval_s(schedule.timing.expression))
        missed = (now - slot) // step
        return slot + step * missed, missed
    while (following := schedule.timing.next_slot(slot, anchor=anchor)) <= now:
        slot, missed = following, missed + 1
        if missed == MOST_COUNTED:
            return schedule.timing.newest_slot(now), missed
    return slot, missed


def _overlap(connection: Connection, schedule_id: int) -> tuple[RunState, str | None]:
    """A slot whose predecessor still waits to start is recorded as skipped: queues never grow without end."""
    waiting = connection.execute(
        select(runs.c.id).where(runs.c.schedule_id == schedule_id, runs.c.state == RunState.QUEUED).limit(1)
    ).scalar()
    if waiting is None:
        return RunState.QUEUED, None
    return RunState.SKIPPED, f"run {waiting} of this schedule still waits to start"


def _locked(connection: Connection, schedule_id: int) -> Row[*tuple[Any, ...]]:
    row = connection.execute(
        select(schedules)
        .where(schedules.c.id == schedule_id, schedules.c.deleted_us.is_(None))
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound("schedule", schedule_id)
    return row


def _interval_s(expression: str) -> int:
    if not (expression.isascii() and expression.isdigit()):
        raise InvalidSchedule(f"an interval is whole seconds: {expression!r}")
    seconds = int(expression[:12])
    if not SHORTEST_INTERVAL_S <= seconds <= LONGEST_INTERVAL_S:
        raise InvalidSchedule(f"an interval is {SHORTEST_INTERVAL_S} to {LONGEST_INTERVAL_S} seconds")
    return seconds


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 100 or not cleaned.isprintable():
        raise InvalidInput("a schedule needs a name of at most 100 printable characters")
    return cleaned


def _timing_columns(timing: Timing) -> dict[str, str]:
    return {"kind": timing.kind, "expression": timing.expression, "zone": timing.zone}


def _schedule(row: Row[*tuple[Any, ...]]) -> Schedule:
    return Schedule(
        id=row.id,
        name=row.name,
        marketplace=row.marketplace,
        keywords=tuple(json.loads(row.keywords)),
        timing=Timing(ScheduleKind(row.kind), row.expression, row.zone),
        next_at=from_us(row.next_us),
        is_paused=row.is_paused,
        created_at=from_us(row.created_us),
        updated_at=from_us(row.updated_us),
    )
