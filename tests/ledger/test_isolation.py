"""What transactions that overlap may see of each other: nothing, on both databases.

Two actors, each with connections of its own, are stopped inside their transactions at a statement or fault point of the
real code; the other goes on until it ends or waits. Each test names the twin, a way to break the code, that it catches.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from catalog.errors import LedgerFull
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.projections import GenerationState
from ledger.runs import LEASE_S, RunState
from ledger.schedules import FIRE_BATCH, NewSchedule, ScheduleChange, ScheduleKind, Timing
from tests.support.damage import damage
from tests.support.offers import seen
from tests.support.processes import wait_until
from tests.support.runs import at, commit, read_page, search, start_run

pytestmark = pytest.mark.slow

PATIENCE_S = 15
"""Less than a writer waits for another: who is held up longer was not woken."""


class Actor:
    """Calls into the ledger in a thread and with connections of its own, stopped where it is told to."""

    def __init__(self, url):
        self.database = Database(url)
        self._watch = Database(url)
        self.ledger = Ledger(self.database, checkpoint=self._arrived)
        self.stopped = threading.Event()
        self._go_on = threading.Event()
        self._stop_at = None
        self._sent = ""
        self._thread = None
        self._result = None
        event.listen(self.database.engine, "before_cursor_execute", self._sending)
        event.listen(self.database.engine, "after_cursor_execute", self._sent_statement)

    def start(self, call, *, stop_at=None):
        """Begin `call(ledger)`; it stops behind the first statement that contains `stop_at`, or at that fault point."""
        self._stop_at, self._thread = stop_at, threading.Thread(target=self._run, args=(call,), daemon=True)
        self.stopped.clear()
        self._go_on.clear()
        self._thread.start()
        if stop_at is not None:
            assert self.stopped.wait(PATIENCE_S), f"never came to {stop_at}: {self._result}"
        return self

    def ends(self):
        """What the call returned; what it raised is raised."""
        self._go_on.set()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive(), f"still in: {self._sent}"
        value, error = self._result
        if error is not None:
            raise error
        return value

    def waits_or_ended(self):
        """Held up by another's lock (or, on SQLite, about to be), or through."""
        if not self._thread.is_alive():
            return True
        if self.database.is_sqlite:
            return self._sent == "BEGIN IMMEDIATE"
        statement = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        with self._watch.read() as connection:
            return bool(connection.execute(text(statement)).scalar())

    def close(self):
        self._go_on.set()
        self.database.close()
        self._watch.close()

    def _run(self, call):
        try:
            self._result = (call(self.ledger), None)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            self._result = (None, error)

    def _sending(self, _connection, _cursor, statement, *_):
        self._sent = statement

    def _sent_statement(self, _connection, _cursor, statement, *_):
        if self._stop_at is not None and self._stop_at in statement:
            self._halt()

    def _arrived(self, point):
        if point == self._stop_at:
            self._halt()

    def _halt(self):
        self._stop_at = None
        self.stopped.set()
        assert self._go_on.wait(PATIENCE_S)


@pytest.fixture
def actors(database_url):
    found = [Actor(database_url) for _ in range(2)]
    yield found
    for actor in found:
        actor.close()


def settled(actor):
    wait_until(actor.waits_or_ended, "the other waits or is through", patience_s=PATIENCE_S)


def complete(lease, page, *observations, **more):
    return lambda ledger: ledger.frontier.complete(
        lease, page.id, read_page(*observations, **more), now=at(9)
    )


def leased(ledger, *, marketplace="jd", pages=1):
    lease = start_run(ledger, marketplace=marketplace, first=pages)
    return lease, ledger.frontier.lease(lease, limit=pages, now=at(1))


# ── dirty, unrepeatable, skewed reads ──────────────────────────────────────────────────────────────


def test_nothing_is_seen_before_it_is_committed(ledger, actors):
    """Twin: `Database.write` without BEGIN."""
    lease, (page,) = leased(ledger)
    writer = actors[0].start(complete(lease, page, seen(), next_pages=[search(7)]), stop_at="commit.before")

    assert ledger.observations.newest_number() == 0
    assert ledger.runs.get(lease.run_id).progress.pages == 1

    writer.ends()
    assert ledger.observations.newest_number() == 1
    assert ledger.runs.get(lease.run_id).progress.pages == 2


def test_a_read_sees_the_same_however_often_it_looks(ledger, database):
    """Twin: `Database.read` in READ COMMITTED, PostgreSQL's own default."""
    count = text("SELECT count(*) FROM runs")
    with database.read() as connection:
        before = connection.execute(count).scalar()
        run_id = ledger.runs.request("jd", [], now=at(0))
        assert connection.execute(count).scalar() == before
    with database.read() as connection:
        assert connection.execute(count).scalar() == before + 1
    assert ledger.runs.get(run_id).state is RunState.QUEUED


def test_a_run_and_its_counts_are_of_one_moment(ledger, actors):
    """Read skew: `Runs.get` asks twice. Twin: as before; then the run still runs and nothing of it waits."""
    lease, (page,) = leased(ledger)
    reader = actors[0].start(lambda other: other.runs.get(lease.run_id), stop_at="FROM runs")

    complete(lease, page, seen())(ledger)
    ledger.runs.finish(lease, now=at(10))

    run = reader.ends()
    assert (run.state, run.progress.waiting, run.progress.done) == (RunState.RUNNING, 1, 0)
    assert ledger.runs.get(lease.run_id).state is RunState.SUCCEEDED


@pytest.mark.parametrize("dialect", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_nothing_can_be_written_where_only_reading_was_said(database):
    """A snapshot that writes would meet errors of serialisation, which nobody expects. Twin: without READ ONLY."""
    with pytest.raises(LedgerFull, match="read-only"), database.read() as connection:
        connection.execute(text("DELETE FROM hosts"))


# ── lost updates ───────────────────────────────────────────────────────────────────────────────────


def test_a_change_builds_on_the_change_before_it(ledger, actors):
    """Twin: `_locked` without FOR UPDATE; then the woken schedule counts by the timing it no longer has."""
    minutely, hourly = (Timing(ScheduleKind.INTERVAL, seconds) for seconds in ("60", "3600"))
    schedule = ledger.schedules.create(NewSchedule("phones", "jd", ("手机",), minutely), now=at(0))
    ledger.schedules.change(schedule.id, ScheduleChange(is_paused=True), now=at(1))
    wake, slow_down = ScheduleChange(is_paused=False), ScheduleChange(timing=hourly)
    first = actors[0].start(
        lambda other: other.schedules.change(schedule.id, wake, now=at(30)), stop_at="FROM schedules"
    )
    second = actors[1].start(lambda other: other.schedules.change(schedule.id, slow_down, now=at(30)))
    settled(second)

    first.ends()
    second.ends()

    found = ledger.schedules.get(schedule.id)
    assert (found.timing, found.is_paused, found.next_at) == (hourly, False, at(3600))


def test_the_longer_of_two_waits_stays(ledger, actors):
    """Twin: `park` that reads, compares in Python and writes."""
    first = actors[0].start(
        lambda other: other.hosts.park("a.example", at(100), "long"), stop_at="INSERT INTO hosts"
    )
    second = actors[1].start(lambda other: other.hosts.park("a.example", at(50), "short"))
    settled(second)

    first.ends()
    second.ends()

    assert ledger.hosts.parked_until("a.example") == at(100)


# ── write skew and phantoms ────────────────────────────────────────────────────────────────────────


def test_two_workers_never_run_one_marketplace(ledger, actors):
    """Write skew: each sees that none runs, and takes another run. Twin: without `ux_runs_running_marketplace`."""
    runs = [ledger.runs.request("jd", [str(n)], now=at(n)) for n in range(2)]
    first = actors[0].start(
        lambda other: other.runs.claim("w1", now=at(5), run_id=runs[0]), stop_at="FROM pages"
    )
    second = actors[1].start(lambda other: other.runs.claim("w2", now=at(5), run_id=runs[1]))
    settled(second)

    leases = [first.ends(), second.ends()]

    assert sorted(lease is None for lease in leases) == [False, True]
    states = [ledger.runs.get(run).state for run in runs]
    assert sorted(states) == [RunState.QUEUED, RunState.RUNNING]


def test_a_run_is_claimed_by_one_worker_and_the_other_does_not_wait(ledger, actors):
    """Twin: `_claim` without FOR UPDATE: both take it. Without SKIP LOCKED: the second waits."""
    run_id = ledger.runs.request("jd", [], now=at(0))
    other_id = ledger.runs.request("taobao", [], now=at(1))
    first = actors[0].start(lambda other: other.runs.claim("w1", now=at(5)), stop_at="FROM pages")
    second = actors[1].start(lambda other: other.runs.claim("w2", now=at(5)))
    if not actors[1].database.is_sqlite:
        assert second.ends().run_id == other_id

    assert first.ends().run_id == run_id
    assert second.ends().run_id == other_id


def test_one_generation_is_active_whoever_swaps(ledger, actors):
    """Write skew: each retires what it saw. Twin: `activate` that holds no row before it looks for the active one."""
    old, left, right = (ledger.projections.begin("v", now=at(0)).id for _ in range(3))
    ledger.projections.activate(old, now=at(1))
    first = actors[0].start(
        lambda other: other.projections.activate(left, now=at(2)), stop_at="UPDATE generations SET state"
    )
    second = actors[1].start(lambda other: other.projections.activate(right, now=at(3)))
    settled(second)

    first.ends()
    second.ends()

    active = [g.id for g in ledger.projections.all() if g.state is GenerationState.ACTIVE]
    assert active == [right]


def test_a_slot_becomes_one_run_and_the_other_worker_does_not_wait(ledger, actors):
    """Phantom. Twin: `fire_due` without FOR UPDATE: the unique slot ends the second in an error. Without SKIP LOCKED: it
    waits."""
    timing = Timing(ScheduleKind.INTERVAL, "60")
    for n in range(FIRE_BATCH + 3):
        ledger.schedules.create(NewSchedule(f"s{n}", "jd", (), timing), now=at(0))
    first = actors[0].start(lambda other: other.schedules.fire_due(now=at(60)), stop_at="FROM schedules")
    second = actors[1].start(lambda other: other.schedules.fire_due(now=at(60)))
    if not actors[1].database.is_sqlite:
        assert len(second.ends()) == 3

    fired = [*first.ends(), *second.ends()]

    assert len({(one.schedule_id, one.slot) for one in fired}) == len(fired) == FIRE_BATCH + 3
    assert len(ledger.runs.newest(limit=1000)) == FIRE_BATCH + 3


def test_pages_of_a_run_go_to_one_of_its_threads_each(ledger, actors):
    """Twin: `Frontier.lease` without `require_fence`: both get the same pages."""
    lease = start_run(ledger, first=4)
    first = actors[0].start(
        lambda other: other.frontier.lease(lease, limit=2, now=at(1)), stop_at="UPDATE pages"
    )
    second = actors[1].start(lambda other: other.frontier.lease(lease, limit=2, now=at(1)))
    settled(second)

    found = [*first.ends(), *second.ends()]

    assert sorted(int(page.request.params["page"]) for page in found) == [0, 1, 2, 3]


def test_a_page_that_two_others_lead_to_is_one_page(ledger, actors):
    """Phantom. Twin: `_enqueue` that looks before it inserts, instead of ON CONFLICT."""
    lease, pages = leased(ledger, pages=2)
    first = actors[0].start(complete(lease, pages[0], next_pages=[search(9)]), stop_at="commit.pages_added")
    second = actors[1].start(complete(lease, pages[1], next_pages=[search(9)]))
    settled(second)

    first.ends()
    second.ends()

    assert ledger.runs.get(lease.run_id).progress.pages == 3


# ── the order of numbers ───────────────────────────────────────────────────────────────────────────


def test_a_follower_misses_no_number(ledger, actors):
    """DECISIONS 8. Twin: `order_commits` that does nothing: the later number is seen first, the earlier one never."""
    jd, (jd_page,) = leased(ledger, marketplace="jd")
    taobao, (taobao_page,) = leased(ledger, marketplace="taobao")
    followed, cursor = [], 0

    def follow():
        nonlocal cursor
        for one in ledger.observations.accepted_after(cursor, limit=10):
            followed.append(one.id)
            cursor = one.id

    first = actors[0].start(complete(jd, jd_page, seen("1")), stop_at="commit.observations_added")
    second = actors[1].start(complete(taobao, taobao_page, seen("2", marketplace="taobao")))
    settled(second)
    follow()
    first.ends()
    second.ends()
    follow()

    assert followed == [1, 2]


# ── fences and deadlocks ───────────────────────────────────────────────────────────────────────────


def test_a_run_is_not_taken_over_while_a_page_of_it_commits(ledger, actors):
    """Twin: `require_fence` without FOR UPDATE: the page is committed under a token that is no longer the newest."""
    lease, (page,) = leased(ledger)
    late = at(LEASE_S + 60)
    writer = actors[0].start(complete(lease, page, seen()), stop_at="commit.before")
    other = actors[1].start(lambda o: o.runs.claim("w2", now=late))
    settled(other)
    if not actors[1].database.is_sqlite:
        assert other.ends() is None

    writer.ends()

    taken = ledger.runs.claim("w3", now=late) or other.ends()
    assert taken.fence == lease.fence + 1
    assert ledger.frontier.lease(taken, limit=9, now=late) == []


@contextmanager
def all_at_once(calls):
    """Start every call at the same moment, each in its own thread; what they raised, at the end."""
    barrier, errors = threading.Barrier(len(calls)), []

    def run(call):
        barrier.wait()
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told to the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    yield errors


def test_nobody_waits_in_a_circle(ledger, actors):
    """Everything that writes to a run takes the run first. Twin: `cancel` that skips the pages before it holds the run:
    PostgreSQL ends one of the two."""
    for round_number in range(15):
        lease, pages = leased(ledger, pages=3)
        one, two = (actor.ledger for actor in actors)
        calls = [
            lambda: complete(lease, pages[0], seen("1", at=1), next_pages=[search(7)])(one),  # noqa: B023
            lambda: complete(lease, pages[1], seen("2", at=2), next_pages=[search(7)])(two),  # noqa: B023
            lambda: ledger.frontier.settle(lease, pages[2].id, "failed", "x", now=at(3)),  # noqa: B023
            lambda: two.runs.beat(lease, now=at(3)),  # noqa: B023
            lambda: one.runs.cancel(lease.run_id, now=at(3)),  # noqa: B023
            lambda: ledger.frontier.lease(lease, limit=2, now=at(3)),  # noqa: B023
        ]
        with all_at_once(calls) as errors:
            assert errors == [], round_number
        ledger.runs.finish(lease, now=at(9), cancelled=True)

    assert damage(ledger) == []


def test_two_marketplaces_commit_side_by_side_without_a_circle(ledger, actors):
    """Twin: `Marketplaces.add` whose rows are not in order of slug (tests/ledger/test_memory.py)."""
    leases = [leased(ledger, marketplace=slug, pages=8) for slug in ("jd", "taobao")]

    def crawl(actor, lease, pages):
        for n, page in enumerate(pages):
            found = [seen(str(item), marketplace=lease.marketplace, at=n) for item in range(5)]
            complete(lease, page, *found)(actor.ledger)

    calls = [
        lambda a=actor, found=found: crawl(a, *found) for actor, found in zip(actors, leases, strict=True)
    ]
    with all_at_once(calls) as errors:
        assert errors == []

    numbers = [one.id for one in ledger.observations.accepted_after(0, limit=100)]
    assert (len(numbers), numbers) == (10, sorted(numbers))
    assert commit(ledger, start_run(ledger, marketplace="shop"), seen("9", marketplace="shop")).added == 1
