"""Kills at every named fault point and at random: nothing is lost, nothing is doubled, no run ends well too early.

Real crawl processes against practice marketplaces that stand still, so that what an undisturbed crawl believes is what
every other crawl must believe in the end. Each dialect of the ledger gets its own kills.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from api.worker import Worker
from catalog.listing import content_hash
from ledger.clock import to_us
from ledger.frontier import Frontier
from ledger.ledger import Ledger
from ledger.observations import Provenance, State, _insert_rows, _offer_ids, _row, _Seen, record
from ledger.runs import LEASE_S, MAX_STALLED_CLAIMS, Runs, RunState, _end
from ledger.schema import offers, pages
from tests.support import points
from tests.support.damage import believed, damage, differences, doubled
from tests.support.fetchers import wall
from tests.support.practice import (
    as_told,
    ask_control,
    crawl_in_process,
    open_practice,
    practice_server,
    true_offers,
    work_in_process,
)
from tests.support.processes import children, descendants, is_alive, kill, pause, wait_until
from tests.support.runs import at as moment
from tests.support.runs import start_run
from tests.support.stack import Stack, settings_of, stack_around

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))

SHOPS = ("taobao", "jd", "pinduoduo", "shop")

LEAST_KILLS = 60
"""At named points, per dialect; those at random moments come on top."""


def kills(test):
    """What every test that kills is marked with."""
    for mark in ("slow", "crash", "xdist_group"):
        test = getattr(pytest.mark, mark)(*(["crash"] if mark == "xdist_group" else []))(test)
    return test


def test_every_fault_point_in_the_source_is_killed_at(repository_root):
    """Here those of a crawl; in test_index_crash.py those of whoever writes an index, in test_sealing_crash.py of sealing."""
    written = {
        name
        for room in ("api", "crawlers", "indexer", "ledger")
        for file in (repository_root / room).rglob("*.py")
        for name in re.findall(r"checkpoint\(\s*\"([^\"]+)\"", file.read_text("utf-8"))
    }

    assert written == points.CRAWL | points.INDEX | {*points.SEAL}


@pytest.fixture(scope="module")
def server():
    with practice_server() as server:
        yield server


@pytest.fixture(scope="module")
def undisturbed(server, tmp_path_factory):
    """What crawls that nobody kills believe, which is the truth; and how their runs end."""
    with stack_around(server, tmp_path_factory.mktemp("undisturbed")) as stack:
        runs = stack.crawl(*SHOPS)
        stored = stack.ledger.observations.current(list(stack.truth))
        assert {key: as_told(one.offer)["price_fen"] for key, one in stored.items()} == {
            key: offer["price_fen"] for key, offer in stack.truth.items()
        }
        assert (damage(stack.ledger), doubled(stack.ledger)) == ([], [])
        yield Undisturbed(believed(stack.ledger), {slug: run.state for slug, run in runs.items()})


@dataclass(frozen=True)
class Undisturbed:
    believed: dict
    states: dict[str, RunState]


@dataclass
class Watched:
    """A `CrawlRunner` that looks at the ledger before every start: what did the kill before leave behind?"""

    ledger: object
    runner: object
    found: list[str] = field(default_factory=list)
    endings: list[tuple[object, int]] = field(default_factory=list)
    """(lease, exit status) of every crawl that ended."""

    def start(self, lease):
        self.found += damage(self.ledger)
        return _WatchedCrawl(self, lease, self.runner.start(lease))

    @property
    def killed(self):
        """Leases whose crawl did not end by itself."""
        return [lease for lease, status in self.endings if status < 0]


@dataclass
class _WatchedCrawl:
    watched: Watched
    lease: object
    crawl: object

    def ended(self):
        status = self.crawl.ended()
        if status is not None:
            self.watched.endings.append((self.lease, status))
        return status

    def kill(self):
        self.crawl.kill()


@contextmanager
def line(server, folder, url, **more):
    """A worker of our own around real crawl processes, watched."""
    with stack_around(server, folder, url=url, **more) as stack:
        watched = Watched(stack.ledger, stack.runner)
        yield stack, watched, Worker(stack.ledger, watched, capacity=4, clock=wall, name="watched")


def ask_for(stack, slugs=SHOPS):
    return {
        slug: stack.ledger.runs.request(slug, () if slug == "shop" else stack.keywords, now=wall())
        for slug in slugs
    }


def work_until_ended(stack, worker, runs, during=lambda: None):
    """Look round as a worker does until these runs have ended; the runs."""

    def all_ended():
        worker.step()
        during()
        found = {slug: stack.ledger.runs.get(run_id) for slug, run_id in runs.items()}
        return found if not worker.active and all(r.state.is_final for r in found.values()) else None

    return wait_until(all_ended, "all runs end", patience_s=240)


def require_whole(stack, watched, runs, undisturbed, why):
    """The end of every story: as if nobody had been killed."""
    assert watched.found == [], why
    assert damage(stack.ledger) == [], why
    assert differences(stack.ledger, undisturbed.believed) == [], why
    assert doubled(stack.ledger) == [], why
    assert stack.wrong_prices() == {}, why
    for slug, run in runs.items():
        assert (run.state, run.progress.failed) == (undisturbed.states[slug], 0), (slug, run.reason, why)


def plan(seed):
    """Where the lives of a run end: in an order of its own, and never five in a row that settle nothing."""
    dice = random.Random(seed)
    early = [*points.STANDING, *points.INSIDE]
    dice.shuffle(early)
    late = dice.sample(["commit.after", "page.settled", "commit.after:2", "page.settled"], k=4)
    turns = []
    for number, point in enumerate(late):
        turns += [*early[2 * number : 2 * number + 2], point]
    return [*turns, "crawl.before_end", "crawl.before_end", "crawl.after_end"]


@kills
@pytest.mark.timeout(600)
def test_a_kill_at_any_named_point_loses_and_doubles_nothing(
    server, undisturbed, dialect, database_url, tmp_path
):
    turns = plan(f"{SEED} {dialect}")
    environment = {"BIJIA_DIE_AT": ",".join(turns)}
    with line(server, tmp_path, database_url, concurrency=2, environment=environment) as made:
        stack, watched, worker = made
        runs = work_until_ended(stack, worker, ask_for(stack))

        died_at = Counter(turns[lease.fence - 1].partition(":")[0] for lease in watched.killed)
        assert set(died_at) == points.CRAWL, (turns, watched.endings)
        assert min(died_at.values()) >= len(SHOPS), (turns, watched.endings)
        assert died_at.total() >= LEAST_KILLS
        require_whole(stack, watched, runs, undisturbed, turns)


WANTED = {"crawl": 14, "host": 3}
WORKERS_KILLED = 3
MOST_STALLED = MAX_STALLED_CLAIMS - 3
"""Runs that died so often in a row without settling a page are spared: one more pair would rightly end them."""


@dataclass
class Killer:
    """Kills a crawl, or the host of all, now and then."""

    stack: object
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)
    next_at: float = 0.0

    @property
    def is_satisfied(self):
        return all(self.done[what] >= count for what, count in WANTED.items())

    def perhaps(self):
        if self.is_satisfied or time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + self.dice.uniform(0.05, 0.5)
        host = self.stack.runner._host._process.pid
        victims = crawls_of(host)
        if not victims or max(stalled(self.stack.ledger).values(), default=0) > MOST_STALLED:
            return
        if self.dice.random() < 0.25 and self.done["host"] < WANTED["host"]:
            self.done["host"] += kill(host, signal.SIGKILL)
            wait_until(lambda: not any(map(is_alive, victims)), "crawls die with their host", patience_s=10)
        else:
            self.done["crawl"] += kill(self.dice.choice(victims), signal.SIGKILL)


def crawls_of(host):
    """The processes of a host that have begun to work on a run: they write its log."""
    return [child for child in children(host) if "/run-" in log_of(child)]


def log_of(pid):
    try:
        return str(Path(f"/proc/{pid}/fd/1").readlink())
    except OSError:
        return ""


def stalled(ledger):
    """Running run -> how often in a row it was claimed without a page settled since."""
    with ledger.database.read() as connection:
        rows = connection.execute(text("SELECT id, stalled_claims FROM runs WHERE state = 'running'"))
        return {row.id: row.stalled_claims for row in rows}


@kills
@pytest.mark.timeout(600)
def test_a_kill_of_a_crawl_or_its_host_at_any_moment_loses_and_doubles_nothing(
    server, undisturbed, dialect, database_url, tmp_path
):
    with line(server, tmp_path, database_url, rate=40, concurrency=2) as (stack, watched, worker):
        killer = Killer(stack, random.Random(f"{SEED} {dialect}"))
        while not killer.is_satisfied:
            runs = work_until_ended(stack, worker, ask_for(stack), during=killer.perhaps)

        # A host that is killed takes its crawls with it; a kill may also come just after a crawl's last write.
        assert len(watched.killed) >= WANTED["crawl"]
        require_whole(stack, watched, runs, undisturbed, (SEED, killer.done))


@contextmanager
def worker_process(server, folder, url):
    """`bijia worker`, as people start it."""
    environment = settings_of(server, folder, url, rate=10, concurrency=2)
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "worker"], stdout=log, stderr=log, env=environment
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def crawls_below(pid):
    """The crawls of a worker: children of its host."""
    return [crawl for host in children(pid) for crawl in crawls_of(host)]


def as_if_the_leases_had_run_out(ledger):
    with ledger.database.write() as connection:
        connection.execute(text("UPDATE runs SET lease_until_us = 0 WHERE state = 'running'"))


def have_all_gone_on(ledger):
    """Whether every run has settled a page since it was claimed, or ended."""
    waiting = """SELECT count(*) FROM runs r WHERE r.state = 'queued' OR (r.state = 'running' AND r.settled_at_claim >=
        (SELECT count(*) FROM pages p WHERE p.run_id = r.id AND p.settled_us IS NOT NULL))"""
    with ledger.database.read() as connection:
        return connection.execute(text(waiting)).scalar_one() == 0


def all_ended(ledger, runs):
    found = {slug: ledger.runs.get(run_id) for slug, run_id in runs.items()}
    return found if all(run.state.is_final for run in found.values()) else None


@kills
@pytest.mark.timeout(600)
def test_a_killed_worker_takes_everything_with_it_and_another_goes_on(
    server, undisturbed, dialect, database_url, tmp_path
):
    dice = random.Random(f"{SEED} {dialect}")
    why = (SEED, tmp_path)
    with Ledger.open(database_url) as ledger:
        stack = Stack(
            server, ledger, None, server.ask("/keywords")["keywords"], true_offers(server.ask("/truth"))
        )
        runs = ask_for(stack)
        for number in range(WORKERS_KILLED):
            as_if_the_leases_had_run_out(ledger)
            with worker_process(server, tmp_path, database_url) as process:
                wait_until(lambda pid=process.pid: crawls_below(pid), "crawls begin")
                if number % 2:  # every other time at once: five times in a row would rightly end the runs
                    wait_until(lambda: have_all_gone_on(ledger), "pages are settled")
                pause(dice.uniform(0.0, 0.2))
                family = descendants(process.pid)
                assert kill(process.pid, signal.SIGKILL)
                process.wait()
                wait_until(
                    lambda family=family: not any(map(is_alive, family)), "all die with it", patience_s=10
                )
            assert damage(ledger) == [], why
        assert all_ended(ledger, runs) is None, "the kills came too late"
        silent_from = time.monotonic()

        with worker_process(server, tmp_path, database_url):
            found = wait_until(lambda: all_ended(ledger, runs), "another worker goes on", patience_s=180)

        assert time.monotonic() - silent_from > LEASE_S / 2, "nobody takes a run whose lease is not over"
        require_whole(stack, Watched(ledger, None), found, undisturbed, why)


@kills
def test_a_run_that_kills_every_crawl_ends_with_that_reason_and_the_next_one_is_clean(
    server, undisturbed, tmp_path
):
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    with line(server, tmp_path, url, environment={"BIJIA_DIE_AT": "page.fetched"}) as (
        stack,
        watched,
        worker,
    ):
        (run,) = work_until_ended(stack, worker, ask_for(stack, ["jd"])).values()

    assert (run.state, len(watched.killed)) == (RunState.FAILED, MAX_STALLED_CLAIMS)
    assert run.reason == f"crash_loop: {MAX_STALLED_CLAIMS} workers died on it without progress"
    assert (run.progress.pages, run.progress.skipped) == (14, 14)
    assert run.progress.offers == 0
    with line(server, tmp_path, url) as (stack, again, worker):
        runs = work_until_ended(stack, worker, ask_for(stack))
        require_whole(stack, again, runs, undisturbed, watched.found)


# ── broken twins: what the questions above would find if pages were not one transaction ────────────


class Death(BaseException):
    """What a kill is to a test in one process: nothing after it happens."""


def dying_once(name, arrival):
    """A checkpoint that ends the crawl at the n-th arrival."""
    left = arrival

    def checkpoint(reached):
        nonlocal left
        left -= reached == name
        if reached == name and left == 0:
            raise Death

    return checkpoint


class DoneFirst(Frontier):
    """Says that a page is done, and then stores what was on it: at most once."""

    def complete(self, lease, page_id, page, *, now):
        bare = replace(page, observations=())
        super().complete(lease, page_id, bare, now=now)
        with self._database.write() as connection:
            self._checkpoint("twin.between")
            source = Provenance(page_id, lease.run_id, lease.epoch, to_us(now))
            recorded = record(self._database, connection, page.observations, source)
            _say(connection, page_id, len(page.observations), recorded.added)


class DoneLast(Frontier):
    """Stores what was on a page, and then says that it is done: at least once."""

    def complete(self, lease, page_id, page, *, now):
        with self._database.write() as connection:
            self._store(
                connection, page.observations, Provenance(page_id, lease.run_id, lease.epoch, to_us(now))
            )
        self._checkpoint("twin.between")
        super().complete(lease, page_id, replace(page, observations=()), now=now)
        with self._database.write() as connection:
            _say(connection, page_id, len(page.observations), len(page.observations))

    def _store(self, connection, observations, source):
        record(self._database, connection, observations, source)


class DoneLastAndBlind(DoneLast):
    """The same, adding a row for whatever it sees, as a log would."""

    def _store(self, connection, observations, source):
        for seen in observations:
            ids = _offer_ids(self._database, connection, [seen.offer.key], source.recorded_us)
            sighting = _Seen(seen.offer, content_hash(seen.offer), to_us(seen.observed_at), source.epoch)
            row = _row(sighting, ids[seen.offer.key], source, State.ACCEPTED, None)
            (number,) = _insert_rows(connection, [row])
            connection.execute(
                update(offers).where(offers.c.id == ids[seen.offer.key]).values(current_id=number)
            )


class LinksLater(Frontier):
    """Commits the page, and then, in another transaction, where it leads."""

    def complete(self, lease, page_id, page, *, now):
        committed = super().complete(lease, page_id, replace(page, next_pages=()), now=now)
        if page.next_pages:
            self._checkpoint("twin.between")
        self.seed(lease, page.next_pages)
        return committed


class EndsAnyway(Runs):
    """Calls a run a success without asking whether pages wait."""

    def finish(self, lease, *, now, cancelled=False):  # noqa: ARG002 - the real one's signature
        with self._database.write() as connection:
            _end(connection, lease.run_id, RunState.SUCCEEDED, None, to_us(now))
        return RunState.SUCCEEDED


def _say(connection, page_id, seen, added):
    connection.execute(update(pages).where(pages.c.id == page_id).values(offers=seen, added=added))


def crawl_and_die(ledger, practice, slug, frontier, *, at="twin.between", arrival=3):
    """One crawl that dies once and one that goes on, in process; what was wrong in between."""
    keywords = () if slug == "shop" else tuple(ask_control(practice, "/keywords")["keywords"])
    checkpoint = dying_once(at, arrival)
    ledger.frontier = frontier(ledger.database, checkpoint=checkpoint)
    run_id = ledger.runs.request(slug, keywords, now=wall())
    lease = ledger.runs.claim("w", now=wall(), run_id=run_id)
    with pytest.raises(Death):
        work_in_process(ledger, practice, lease, checkpoint=checkpoint)
    between = damage(ledger)
    later = wall() + timedelta(seconds=LEASE_S + 1)
    work_in_process(ledger, practice, ledger.runs.claim("w2", now=later, run_id=run_id))
    return between


@pytest.fixture(scope="module")
def practice():
    return open_practice()


@pytest.fixture(scope="module")
def expected(practice, migrated_sqlite, tmp_path_factory):
    """What undisturbed crawls in process believe, by marketplace."""
    found = {}
    for slug in ("pinduoduo", "shop"):
        path = tmp_path_factory.mktemp(slug) / "ledger.sqlite"
        shutil.copy(migrated_sqlite, path)
        with Ledger.open(f"sqlite:///{path}") as ledger:
            keywords = () if slug == "shop" else tuple(ask_control(practice, "/keywords")["keywords"])
            crawl_in_process(ledger, practice, slug, keywords)
            found[slug] = believed(ledger)
    return found


@pytest.mark.crash
@pytest.mark.parametrize("slug", ["pinduoduo", "shop"])
@pytest.mark.parametrize("at", ["commit.observations_added", "commit.before", "commit.after", "page.settled"])
def test_the_real_frontier_survives_what_its_twins_do_not(sqlite_ledger, practice, expected, slug, at):
    assert crawl_and_die(sqlite_ledger, practice, slug, Frontier, at=at) == []
    assert damage(sqlite_ledger) == []
    assert doubled(sqlite_ledger) == []
    assert differences(sqlite_ledger, expected[slug]) == []


@pytest.mark.crash
def test_a_twin_that_says_done_first_loses_offers(sqlite_ledger, practice, expected):
    crawl_and_die(sqlite_ledger, practice, "pinduoduo", DoneFirst)

    assert any(d.startswith("lost: ") for d in differences(sqlite_ledger, expected["pinduoduo"]))


@pytest.mark.crash
def test_a_twin_that_says_done_last_leaves_half_a_page(sqlite_ledger, practice):
    between = crawl_and_die(sqlite_ledger, practice, "pinduoduo", DoneLast)

    assert any(d.startswith("something came from a page that is not settled") for d in between)


@pytest.mark.crash
def test_a_twin_that_says_done_last_and_adds_blindly_doubles_offers(sqlite_ledger, practice):
    crawl_and_die(sqlite_ledger, practice, "pinduoduo", DoneLastAndBlind)

    assert doubled(sqlite_ledger)


@pytest.mark.crash
def test_a_twin_that_links_later_loses_the_pages_behind(sqlite_ledger, practice, expected):
    crawl_and_die(sqlite_ledger, practice, "shop", LinksLater, arrival=1)

    assert any(d.startswith("lost: ") for d in differences(sqlite_ledger, expected["shop"]))


@pytest.mark.crash
def test_a_twin_that_ends_anyway_is_seen(sqlite_ledger):
    sqlite_ledger.runs = EndsAnyway(sqlite_ledger.database)
    lease = start_run(sqlite_ledger, first=3)
    sqlite_ledger.runs.finish(lease, now=moment(1))

    found = damage(sqlite_ledger)

    assert [f.partition(":")[0] for f in found] == [
        "a run ended and pages of it wait",
        "a run succeeded with pages that are not done",
    ]
