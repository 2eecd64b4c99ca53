"""Exactly one run per (schedule, slot), whatever is killed or stopped; and cancelling, with real crawls.

Three workers in processes of their own share the schedules under a clock that runs fast. A slot is accounted for when it
has its run, or when a later run says that it stands for it as well.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import func, select

from ledger.clock import to_us
from ledger.runs import LEASE_S, MAX_STALLED_CLAIMS, NewRun, RunState, insert_run
from ledger.schedules import NewSchedule, ScheduleChange, ScheduleKind, Timing
from ledger.schema import observations, offers, pages, runs, schedules
from tests.support.damage import believed, damage, doubled
from tests.support.fetchers import wall
from tests.support.forks import forks
from tests.support.offers import START
from tests.support.practice import practice_server
from tests.support.processes import pause, wait_until
from tests.support.runs import at
from tests.support.stack import ended, stack_around
from tests.support.storm import Clock, read_notes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("schedule-storm"),
]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))

WORKERS = 3
MARKETPLACES = tuple(f"m{n}" for n in range(8))
SCHEDULES = 32
STEP_S = 10
SPEED = 10
"""Slots come once a second and schedule; a lease lasts a second and a half."""

LEAST_SLOTS = 1_000
LEAST_KILLS = 12
LEAST_REFUSED = 3
MOST_STALLED = MAX_STALLED_CLAIMS - 3
"""The storm holds its breath for runs that died so often in a row: one more pair would rightly end them."""

LEAST_WORKED_ON = 100
"""Runs of the storm that were crawled; of the others the predecessor still waited to start."""


@pytest.fixture(scope="module")
def host():
    with forks("tests.support.storm:storm_worker") as host:
        yield host


# ── the account ────────────────────────────────────────────────────────────────────────────────────


def unaccounted(ledger):
    """Slots that have no run or several, and slots that a run should not have; empty when every slot has one."""
    found = []
    with ledger.database.read() as connection:
        for schedule in connection.execute(select(schedules)).all():
            step = int(schedule.expression) * 1_000_000
            passed = schedule.next_us - schedule.anchor_us
            covered = Counter()
            for run in connection.execute(select(runs).where(runs.c.schedule_id == schedule.id)):
                newest, off = divmod(run.slot_us - schedule.anchor_us, step)
                covered.update(range(newest - run.missed_slots, newest + 1))
                found += [f"schedule {schedule.id}: run {run.id} between slots"] if off else []
            expected = Counter(range(1, passed // step))
            found += [f"schedule {schedule.id}: slot {slot} has no run" for slot in (expected - covered)]
            found += [
                f"schedule {schedule.id}: slot {slot} has one run more" for slot in (covered - expected)
            ]
    return found


def slots_passed(ledger):
    with ledger.database.read() as connection:
        return sum(
            (row.next_us - row.anchor_us) // (int(row.expression) * 1_000_000) - 1
            for row in connection.execute(select(schedules))
        )


def interleaved(ledger):
    """Marketplaces in whose observations two runs alternate, or an older token comes after a newer one."""
    found = []
    with ledger.database.read() as connection:
        rows = connection.execute(
            select(offers.c.marketplace, pages.c.run_id, observations.c.epoch)
            .select_from(
                observations.join(offers, offers.c.id == observations.c.offer_id).join(
                    pages, pages.c.id == observations.c.page_id
                )
            )
            .order_by(observations.c.id)
        ).all()
    last: dict[str, tuple[int, int]] = {}
    seen: set[int] = set()
    for row in rows:
        before = last.get(row.marketplace)
        if before is None or before[0] != row.run_id:
            found += [f"{row.marketplace}: run {row.run_id} writes again"] if row.run_id in seen else []
        elif row.epoch < before[1]:
            found.append(f"run {row.run_id}: an old token wrote after a newer one")
        seen.add(row.run_id)
        last[row.marketplace] = (row.run_id, row.epoch)
    return found


def make_schedules(ledger, *, count=SCHEDULES, now=START):
    for number in range(count):
        marketplace = MARKETPLACES[number % len(MARKETPLACES)]
        timing = Timing(ScheduleKind.INTERVAL, str(STEP_S))
        ledger.schedules.create(NewSchedule(f"s{number}", marketplace, ("手机",), timing), now=now)


# ── the storm ──────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Storm:
    """Three workers, and what is done to them."""

    host: object
    ledger: object
    url: str
    folder: object
    clock: Clock
    dice: random.Random
    lives: list = field(default_factory=list)
    kills: int = 0
    found: list[str] = field(default_factory=list)

    @property
    def notes(self):
        return self.folder / "notes"

    def start(self):
        parameters = {
            "url": self.url,
            "notes": str(self.notes),
            "clock": {
                "started": self.clock.started,
                "speed": self.clock.speed,
                "offset_s": self.clock.offset_s,
            },
            "seed": self.dice.random(),
        }
        self.lives.append(self.host.start("storm_worker", **parameters))

    def fill(self):
        while len(self.lives) < WORKERS:
            self.start()

    def kill(self, life):
        self.lives.remove(life)
        self.kills += life.kill()

    def kill_all(self):
        for life in list(self.lives):
            self.kill(life)

    def look(self):
        self.found += damage(self.ledger)

    def stop_one_past_its_lease(self):
        """Stop a worker in the middle of a run until another has taken the run over; then let it go on, too late.

        Gives the runs whose old token was refused: none when it was stopped between two runs, or inside a transaction,
        which makes the others wait.
        """
        life = self.dice.choice(self.lives)
        life.kill(signal.SIGSTOP)
        try:
            held = self.running_of(life)
            deadline = time.monotonic() + 2.5 * LEASE_S / SPEED
            while held and not (taken := self.taken_over(held)) and time.monotonic() < deadline:
                pause(0.02)
        finally:
            life.kill(signal.SIGCONT)
        if not held or not taken:
            return {}
        wait_until(lambda: taken.items() <= told(self, "refused"), "a zombie is refused")
        return taken

    def most_stalled(self):
        """How often in a row a run that is running was claimed without coming to write its page."""
        with self.ledger.database.read() as connection:
            statement = select(func.max(runs.c.stalled_claims)).where(runs.c.state == RunState.RUNNING)
            return connection.execute(statement).scalar() or 0

    def running_of(self, life):
        """Run -> token, of what a worker works on."""
        with self.ledger.database.read() as connection:
            rows = connection.execute(
                select(runs.c.id, runs.c.fence).where(
                    runs.c.state == RunState.RUNNING, runs.c.worker == f"storm:{life.pid}"
                )
            )
            return {row.id: row.fence for row in rows}

    def taken_over(self, held):
        """Those of them that another worker has a newer token for."""
        with self.ledger.database.read() as connection:
            rows = connection.execute(select(runs.c.id, runs.c.fence).where(runs.c.id.in_(held)))
            return {row.id: held[row.id] for row in rows if row.fence > held[row.id]}


@pytest.fixture
def storm(host, ledger, database_url, tmp_path, dialect):
    made = Storm(
        host,
        ledger,
        database_url,
        tmp_path,
        Clock(time.time(), SPEED),
        random.Random(f"{SEED} {dialect}"),
    )
    yield made
    made.kill_all()


def test_every_slot_has_exactly_one_run_through_a_storm_of_kills(storm):
    ledger = storm.ledger
    make_schedules(ledger)
    storm.fill()
    refused = {}
    while slots_passed(ledger) < LEAST_SLOTS or storm.kills < LEAST_KILLS or len(refused) < LEAST_REFUSED:
        pause(storm.dice.uniform(0.1, 0.8))
        storm.look()
        if storm.most_stalled() > MOST_STALLED:
            continue
        what = storm.dice.random()
        if what < 0.6:
            storm.kill(storm.dice.choice(storm.lives))
        elif what < 0.85:
            refused |= storm.stop_one_past_its_lease()
        else:
            storm.kill_all()
            pause(storm.dice.uniform(0.0, 2.5))
        storm.fill()
    for schedule in ledger.schedules.all():
        ledger.schedules.change(schedule.id, ScheduleChange(is_paused=True), now=storm.clock())
    wait_until(lambda: not unfinished(ledger), "every run ends")
    storm.kill_all()

    why = (SEED, storm.kills, refused)
    assert storm.found == damage(ledger) == [], why
    assert unaccounted(ledger) == [], why
    assert interleaved(ledger) == [], why
    started = Counter((n["run"], n["fence"]) for n in read_notes(storm.notes) if n["what"] == "started")
    assert max(started.values()) == 1, why
    assert not told(storm, "refused") & told(storm, "finished"), why
    finished = dict(told(storm, "finished"))
    assert len(finished) == len(told(storm, "finished")), why
    assert all(fences(ledger)[run] == fence for run, fence in finished.items()), why
    assert set(states(ledger)) <= {"succeeded", "skipped"}, why
    assert states(ledger)["succeeded"] >= LEAST_WORKED_ON, why
    assert len(handed_over(storm)) >= LEAST_REFUSED, why
    assert any(run["missed_slots"] and run["is_late"] for run in all_runs(ledger)), why


def told(storm, what):
    return {(n["run"], n["fence"]) for n in read_notes(storm.notes) if n["what"] == what}


def handed_over(storm):
    """Runs that one worker began and another ended."""
    began = {n["run"]: n["pid"] for n in reversed(read_notes(storm.notes)) if n["what"] == "started"}
    ends = {n["run"]: n["pid"] for n in read_notes(storm.notes) if n["what"] == "finished"}
    return {run for run, pid in ends.items() if began[run] != pid}


def all_runs(ledger):
    with ledger.database.read() as connection:
        return [row._asdict() for row in connection.execute(select(runs))]


def fences(ledger):
    return {run["id"]: run["fence"] for run in all_runs(ledger)}


def states(ledger):
    return Counter(run["state"] for run in all_runs(ledger))


def unfinished(ledger):
    return [run["id"] for run in all_runs(ledger) if run["state"] in {"queued", "running"}]


# ── all workers down ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slots", [1, 2, 57])
def test_what_all_workers_missed_is_one_late_run(host, ledger, database_url, tmp_path, slots):
    """Three workers wake at the same standing moment: one run per schedule, for the newest slot."""
    make_schedules(ledger, count=4)
    awake = Clock(time.time(), speed=0, offset_s=slots * STEP_S + 5)
    storm = Storm(host, ledger, database_url, tmp_path, awake, random.Random(SEED))

    storm.fill()
    wait_until(lambda: len(all_runs(ledger)) >= 4 and not unfinished(ledger), "late runs end")
    pause(0.3)  # enough for a second run, if there were one
    storm.kill_all()

    found = sorted(
        (r["schedule_id"], r["slot_us"], r["missed_slots"], r["is_late"]) for r in all_runs(ledger)
    )
    newest = to_us(at(slots * STEP_S))
    assert found == [(s.id, newest, slots - 1, slots > 1) for s in ledger.schedules.all()]
    assert unaccounted(ledger) == damage(ledger) == []


# ── broken twins: what the account finds when slots are not unique, or are forgotten ───────────────


def fire_naively(ledger, who, barrier, *, now):
    """Look, and then write, each under a moment of its own: what two workers do without a unique key and a lock."""
    with ledger.database.read() as connection:
        due = connection.execute(select(schedules).where(schedules.c.next_us <= to_us(now))).all()
    barrier.wait(20)
    for row in due:
        with ledger.database.write() as connection:
            run = NewRun(row.marketplace, ("手机",), schedule_id=row.id, slot_us=row.next_us + who)
            insert_run(connection, run, now=now)
            step = int(row.expression) * 1_000_000
            connection.execute(
                schedules.update().where(schedules.c.id == row.id).values(next_us=row.next_us + step)
            )


def test_a_twin_that_looks_before_it_writes_fires_twice_and_is_seen(ledger):
    make_schedules(ledger, count=2)
    barrier = threading.Barrier(2)
    racers = [
        threading.Thread(target=fire_naively, args=(ledger, who, barrier), kwargs={"now": at(STEP_S)})
        for who in (0, 1)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    found = unaccounted(ledger)

    assert len([f for f in found if f.endswith("slot 1 has one run more")]) == 2


def test_a_twin_that_forgets_what_was_missed_is_seen(ledger):
    make_schedules(ledger, count=1)
    ledger.schedules.fire_due(now=at(3 * STEP_S))
    with ledger.database.write() as connection:
        connection.execute(runs.update().values(missed_slots=0))

    assert unaccounted(ledger) == ["schedule 1: slot 1 has no run", "schedule 1: slot 2 has no run"]


# ── cancelling, with real crawls ───────────────────────────────────────────────────────────────────

HEARD_S = 1.0
"""No request later than this after a cancel was acknowledged (reliability row 33)."""

CANCELS = 4


@pytest.fixture(scope="module")
def server():
    with practice_server() as server:
        yield server


@pytest.fixture
def stack(server, database_url, tmp_path):
    with stack_around(server, tmp_path, url=database_url, rate=20, concurrency=2) as stack:
        yield stack
    server.ask("/faults", method="DELETE")


def requests_of(server, slug):
    """When a shop was asked, in order."""
    return [datetime.fromisoformat(entry["at"]) for entry in server.ask(f"/requests?shop={slug}")["requests"]]


@pytest.mark.parametrize("slug", ["jd", "shop"])
def test_a_running_crawl_stops_within_a_second_of_its_cancel_and_a_rerun_is_clean(stack, server, slug):
    stack.server.ask("/faults", method="POST", body={"shop": slug, "kind": "slow", "delay_s": 0.15})
    dice = random.Random(f"{SEED} {slug}")
    kept = {}
    for number in range(CANCELS):
        server.ask("/requests", method="DELETE")
        lease, crawl = stack.start(slug)
        wait_until(
            lambda lease=lease: stack.ledger.runs.get(lease.run_id).progress.offers,
            "the crawl finds something",
        )
        pause(dice.uniform(0.0, 0.7))

        assert stack.ledger.runs.cancel(lease.run_id, now=wall()) is RunState.RUNNING
        acknowledged = wall()

        assert ended(crawl) == 0
        pause(0.3)  # for what might still come
        run = stack.ledger.runs.get(lease.run_id)
        assert (run.state, run.reason, run.progress.waiting) == (RunState.CANCELLED, "cancelled", 0), number
        assert run.progress.skipped > 0
        latest = max(requests_of(server, slug))
        assert (latest - acknowledged).total_seconds() <= HEARD_S, number
        assert damage(stack.ledger) == []
        assert kept.items() <= believed(stack.ledger).items()
        kept = believed(stack.ledger)

    assert kept
    server.ask("/faults", method="DELETE")
    (rerun,) = stack.crawl(slug).values()
    expected = {k: o["price_fen"] for k, o in stack.truth.items() if k.marketplace == slug}
    stored = stack.ledger.observations.current(list(expected))
    assert {k: one.offer.terms.price.minor for k, one in stored.items()} == expected
    assert (rerun.progress.failed, rerun.progress.waiting) == (0, 0)
    assert kept.items() <= believed(stack.ledger).items()
    assert doubled(stack.ledger) == damage(stack.ledger) == []


def test_a_waiting_run_is_cancelled_at_once_and_asks_nothing(stack, server):
    lease, crawl = stack.start("jd")
    waiting = stack.ledger.runs.request("jd", stack.keywords, now=wall())

    assert stack.ledger.runs.cancel(waiting, now=wall()) is RunState.CANCELLED

    assert ended(crawl) == 0
    server.ask("/requests", method="DELETE")
    assert stack.ledger.runs.claim("w", now=wall(), run_id=waiting) is None
    pause(0.3)
    assert requests_of(server, "jd") == []
    assert stack.ledger.runs.get(lease.run_id).state is RunState.SUCCEEDED
    run = stack.ledger.runs.get(waiting)
    assert (run.state, run.reason, run.progress.pages) == (
        RunState.CANCELLED,
        "cancelled before it started",
        0,
    )
