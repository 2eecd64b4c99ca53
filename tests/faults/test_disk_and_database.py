"""A full disk, a ledger that may not be written, one that is locked, a database server that dies.

In each case: the crawl ends with status 4 and words that name the cause, nothing is half-written, what was found before is
still searched, `/readyz` says what is wrong, and when the trouble is over the same worker goes on by itself.
"""

from __future__ import annotations

import errno
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

import api.worker
from api.app import create_app
from api.services import open_services
from api.settings import ServiceSettings
from api.worker import Worker
from catalog.errors import LedgerUnavailable
from crawlers.__main__ import EXIT_LEDGER
from ledger.database import LOCK_TIMEOUT_S, STATEMENT_TIMEOUT_MS
from ledger.ledger import Ledger
from ledger.runs import LEASE_S, RunState
from ledger.schema import runs
from tests.support.damage import believed, damage, differences, doubled
from tests.support.fetchers import wall
from tests.support.index import analyser, reader
from tests.support.postgres import PostgresServer, find_binaries
from tests.support.practice import practice_server
from tests.support.processes import descendants, is_alive, kill, wait_until
from tests.support.stack import ended, settings_of, stack_around

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("disk-and-database"),
]

KEY = {"Authorization": "Bearer open sesame"}
WORDS = "iPhone 15"
READY_S = 2
"""How long `/readyz` may take to answer or to change its mind (reliability row 36)."""


@pytest.fixture(scope="module")
def server():
    with practice_server() as server:
        yield server


@pytest.fixture(scope="module")
def undisturbed(server, tmp_path_factory):
    """What crawls of these two marketplaces believe when nothing is wrong."""
    with stack_around(server, tmp_path_factory.mktemp("undisturbed")) as stack:
        stack.crawl("jd", "taobao")
        yield believed(stack.ledger)


@dataclass
class Site:
    """The service as its users and its probes see it."""

    client: TestClient

    def found(self):
        """What a search finds: products, and the price of each offer."""
        answer = self.client.get("/api/v1/search", params={"q": WORDS, "limit": 50})
        assert answer.status_code == 200, answer.text
        return [
            (product["id"], [(o["key"], o["landed"]["total"]) for o in cell["offers"]])
            for product in answer.json()["products"]
            for cell in sorted(product["marketplaces"], key=lambda cell: cell["marketplace"])
        ]

    def ready(self):
        """(status, checks) of the readiness probe, which answers soon whatever is wrong."""
        started = time.monotonic()
        answer = self.client.get("/readyz")
        assert time.monotonic() - started < READY_S + 1  # and a second for a busy machine
        return answer.status_code, answer.json()["checks"]

    def problem(self):
        """(status, type) of the answer to someone who wants a crawl."""
        body = {"marketplace": "jd", "keywords": ["手机"]}
        answer = self.client.post("/api/v1/runs", json=body, headers=KEY)
        return answer.status_code, answer.json().get("type")


@contextmanager
def site_on(url, folder):
    """The service on a ledger that holds something, its index built beside it."""
    settings = ServiceSettings(
        data_dir=folder, database_url=url, search_url=f"tantivy:{folder / 'index'}", admin_key="open sesame"
    )
    services = open_services(settings, admin_key="open sesame")
    try:
        services.indexer.__dict__ |= {"reader": reader(), "analyser": analyser()}
        follower = services.indexer.follower()
        follower.catch_up()
        follower.release()
        site = Site(TestClient(create_app(services), raise_server_exceptions=False))
        assert site.found()
        assert site.ready() == (
            200,
            {"ledger": "ok", "ledger_writes": "ok", "search": "ok", "search_writes": "ok"},
        )
        yield site
    finally:
        services.close()


@contextmanager
def working(stack):
    """A worker of our own, looking round until the block ends."""
    stop = threading.Event()
    worker = Worker(stack.ledger, stack.runner, capacity=2, clock=wall, name="survivor")
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield thread
        assert thread.is_alive(), "the worker did not survive"
    finally:
        stop.set()
        thread.join()


def claimed(stack, slug="taobao"):
    """A run that is ours to crawl."""
    run_id = stack.ledger.runs.request(slug, stack.keywords, now=wall())
    return stack.ledger.runs.claim("w", now=wall(), run_id=run_id)


def log_of(folder, lease):
    return (folder / "logs" / f"run-{lease.run_id}.log").read_text()


def goes_on(stack, lease, undisturbed):
    """The trouble is over: another claim of the same run brings it to a clean end."""
    stack.ledger.runs.release(lease, now=wall())
    again = stack.ledger.runs.claim("w2", now=wall(), run_id=lease.run_id)
    assert ended(stack.runner.start(again)) == 0
    assert stack.ledger.runs.get(lease.run_id).state is RunState.SUCCEEDED
    is_whole(stack, undisturbed)


def is_whole(stack, undisturbed):
    assert damage(stack.ledger) == []
    assert doubled(stack.ledger) == []
    assert differences(stack.ledger, undisturbed) == []


# ── a full disk ────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Disk:
    """A small file system of its own."""

    folder: Path

    @property
    def filler(self):
        return self.folder / "filler"

    def fill(self):
        """Take every byte that is left."""
        with self.filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - nothing else ends it

    def free(self):
        self.filler.unlink()


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("file systems can only be mounted by root")
    yield Disk(folder)
    subprocess.run(["umount", "-l", folder], check=True)


def empty_the_log(url):
    """SQLite's write-ahead log to no bytes at all: what it holds on to would serve as room on a full disk."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def with_something_found(server, folder, url, *, rate=60):
    """Crawl processes around a ledger in which one marketplace was found, and the site on it."""
    with stack_around(server, folder, url=url, rate=rate) as stack:
        stack.crawl("jd")
        with site_on(url, folder) as site:
            yield stack, site


def test_a_full_disk_stops_the_crawl_with_words_and_leaves_the_search_up(server, undisturbed, disk, tmp_path):
    url = f"sqlite:///{disk.folder}/ledger.sqlite"
    with with_something_found(server, tmp_path, url) as (stack, site):
        before, shown = believed(stack.ledger), site.found()
        lease = claimed(stack)
        empty_the_log(url)
        disk.fill()

        assert ended(stack.runner.start(lease)) == EXIT_LEDGER

        assert "LedgerFull: SQLITE_FULL: database or disk is full" in log_of(tmp_path, lease)
        assert stack.ledger.runs.get(lease.run_id).state is RunState.RUNNING
        assert (damage(stack.ledger), believed(stack.ledger)) == ([], before)
        assert site.found() == shown
        status, checks = site.ready()
        assert (status, checks["ledger"], checks["search"]) == (200, "ok", "ok")
        assert "disk is full" in checks["ledger_writes"]
        assert site.problem() == (503, "urn:bijia:problem:ledger-full")

        disk.free()
        assert site.ready()[1]["ledger_writes"] == "ok"
        goes_on(stack, lease, undisturbed)


def test_a_worker_outlives_a_full_disk_and_goes_on_by_itself(server, undisturbed, disk, tmp_path):
    """Filled at some moment of the crawl, and freed when the crawl has given up."""
    url = f"sqlite:///{disk.folder}/ledger.sqlite"
    with stack_around(server, tmp_path, url=url, rate=20) as stack:
        asked = [stack.ledger.runs.request(slug, stack.keywords, now=wall()) for slug in ("jd", "taobao")]
        with working(stack):
            wait_until(lambda: stack.ledger.runs.get(asked[1]).progress.offers, "something is found")
            empty_the_log(url)
            disk.fill()
            logs = tmp_path / "logs"
            wait_until(
                lambda: any("LedgerFull" in file.read_text() for file in logs.iterdir()), "a crawl gives up"
            )
            assert damage(stack.ledger) == []
            disk.free()
            freed = time.monotonic()
            wait_until(lambda: all(stack.ledger.runs.get(run).state.is_final for run in asked), "they end")

        assert {stack.ledger.runs.get(run).state for run in asked} == {RunState.SUCCEEDED}
        assert time.monotonic() - freed < 4 * LEASE_S
        is_whole(stack, undisturbed)


def test_a_file_that_may_not_grow_is_a_full_disk(server, undisturbed, tmp_path):
    """RLIMIT_FSIZE: what quotas and container limits look like to one process."""
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    with stack_around(server, tmp_path, url=url) as stack:
        stack.crawl("jd")
        lease = claimed(stack)
        empty_the_log(url)
        host = stack.runner._host._process.pid
        usual = resource.prlimit(host, resource.RLIMIT_FSIZE, (64 * 1024, resource.RLIM_INFINITY))

        assert ended(stack.runner.start(lease)) == EXIT_LEDGER

        assert "LedgerFull: SQLITE_" in log_of(tmp_path, lease)
        assert damage(stack.ledger) == []
        resource.prlimit(host, resource.RLIMIT_FSIZE, usual)
        goes_on(stack, lease, undisturbed)


# ── a ledger that may not be written ───────────────────────────────────────────────────────────────


@contextmanager
def read_only_sqlite(url):
    """The ledger's folder seen through a mount that takes no writes; the address of the ledger there."""
    path = Path(url.removeprefix("sqlite:///"))
    seen = path.parent / "seen"
    seen.mkdir()
    if subprocess.run(["mount", "--bind", path.parent, seen], check=False, capture_output=True).returncode:
        pytest.skip("file systems can only be mounted by root")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", seen], check=True)
        yield f"sqlite:///{seen}/{path.name}"
    finally:
        subprocess.run(["umount", "-l", seen], check=True)


@contextmanager
def read_only_postgres(url):
    """As a standby, or a server whose operator pulled the brake: new sessions may only read."""
    name = url.rpartition("/")[2]
    with Ledger.open(url) as ledger:

        def say(setting):
            with ledger.database.write() as connection:
                connection.execute(text("SET LOCAL default_transaction_read_only = off"))
                connection.execute(text(f"ALTER DATABASE {name} {setting}"))

        say("SET default_transaction_read_only = on")
        try:
            yield url
        finally:
            say("RESET default_transaction_read_only")


def test_a_ledger_that_may_only_be_read_is_searched_and_not_written(
    server, undisturbed, dialect, database_url, tmp_path
):
    with stack_around(server, tmp_path, url=database_url) as stack:
        stack.crawl("jd")
        before, lease = believed(stack.ledger), claimed(stack)
        with site_on(database_url, tmp_path) as site:
            shown = site.found()
        read_only = read_only_sqlite if dialect == "sqlite" else read_only_postgres
        with read_only(database_url) as url:
            crawl = run_alone(server, tmp_path, url, lease)
            services = open_services(
                ServiceSettings(
                    data_dir=tmp_path, database_url=url, search_url=f"tantivy:{tmp_path / 'index'}"
                ),
                admin_key="open sesame",
                migrated=False,
            )
            services.indexer.__dict__ |= {"reader": reader(), "analyser": analyser()}
            site = Site(TestClient(create_app(services), raise_server_exceptions=False))
            try:
                assert site.found() == shown
                status, checks = site.ready()
                assert (status, checks["ledger"], checks["search"]) == (200, "ok", "ok")
                assert "readonly" in checks["ledger_writes"].replace("-", "")
                assert site.problem() == (503, "urn:bijia:problem:ledger-full")
            finally:
                services.close()

        assert crawl.returncode == EXIT_LEDGER, crawl.stderr
        assert "LedgerFull" in crawl.stderr
        assert "readonly" in crawl.stderr.replace("-", "")
        assert (damage(stack.ledger), believed(stack.ledger)) == ([], before)
        goes_on(stack, lease, undisturbed)


def run_alone(server, folder, url, lease):
    """`python -m crawlers work`, without a host."""
    arguments = ["work", "--run", str(lease.run_id), "--fence", str(lease.fence)]
    return subprocess.run(
        [sys.executable, "-m", "crawlers", *arguments],
        env=settings_of(server, folder, url),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


# ── a ledger that is locked ────────────────────────────────────────────────────────────────────────


@contextmanager
def locked(url, lease):
    """Someone else is writing and does not end: all of an SQLite file, the run's row on PostgreSQL."""
    with Ledger.open(url) as other, other.database.write() as connection:
        question = select(runs.c.id).where(runs.c.id == lease.run_id)
        connection.execute(question.with_for_update())
        yield


def test_a_locked_ledger_ends_the_crawl_in_time_and_leaves_the_search_up(
    server, undisturbed, dialect, database_url, tmp_path
):
    with with_something_found(server, tmp_path, database_url) as (stack, site):
        before, shown, lease = believed(stack.ledger), site.found(), claimed(stack)
        with locked(database_url, lease):
            started = time.monotonic()
            crawl = stack.runner.start(lease)
            status, checks = site.ready()
            assert (status, checks["ledger"], checks["search"]) == (200, "ok", "ok")
            if dialect == "sqlite":
                assert "database is locked" in checks["ledger_writes"]
            assert site.found() == shown

            assert ended(crawl) == EXIT_LEDGER
            # PostgreSQL counts the time-out for every lock on the way: two waiters may take twice as long.
            assert LOCK_TIMEOUT_S - 1 < time.monotonic() - started < STATEMENT_TIMEOUT_MS / 1000

        words = {"sqlite": "SQLITE_BUSY: database is locked", "postgres": "lock timeout"}
        assert f"LedgerUnavailable: {words['sqlite']}" in log_of(tmp_path, lease) or dialect == "postgres"
        assert words[dialect] in log_of(tmp_path, lease)
        assert (damage(stack.ledger), believed(stack.ledger)) == ([], before)
        assert site.ready()[1]["ledger_writes"] == "ok"
        goes_on(stack, lease, undisturbed)


# ── a database server that dies ────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_postgres(tmp_path_factory):
    """A server to kill, which keeps what it acknowledged."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine")
    server = PostgresServer.start(
        binaries, tmp_path_factory.mktemp("own"), synchronous_commit="on", full_page_writes="on"
    )
    yield server
    server.stop()


def die(server):
    """SIGKILL to the server and every process of it; stopped first, so that it starts no other meanwhile."""
    kill(server.process.pid, signal.SIGSTOP)
    family = descendants(server.process.pid)
    for pid in (*family, server.process.pid):
        kill(pid, signal.SIGKILL)
    server.process.wait()
    wait_until(lambda: not any(map(is_alive, family)), "the server is dead")


@pytest.mark.postgres
def test_a_dead_database_server_loses_nothing_and_the_worker_goes_on_when_it_is_back(
    server, undisturbed, own_postgres, tmp_path, monkeypatch
):
    monkeypatch.setattr(api.worker, "RETRY_S", 0.3)
    url = own_postgres.new_database()
    Ledger.open(url, migrated=True).close()
    with with_something_found(server, tmp_path, url, rate=6) as (stack, site):
        shown = site.found()
        run_id = stack.ledger.runs.request("taobao", stack.keywords, now=wall())
        with working(stack):
            for number in range(2):
                begun = stack.ledger.runs.get(run_id).progress.done
                wait_until(lambda n=begun: stack.ledger.runs.get(run_id).progress.done > n, "pages are done")
                acknowledged = believed(stack.ledger)
                die(own_postgres)

                log = tmp_path / "logs" / f"run-{run_id}.log"
                wait_until(
                    lambda log=log, n=number: log.read_text().count("LedgerUnavailable: ") > n, "it gives up"
                )
                status, checks = site.ready()
                assert (status, checks["search"]) == (503, "ok")
                assert "connection" in checks["ledger"]
                assert "connection" in checks["ledger_writes"]
                assert site.problem() == (503, "urn:bijia:problem:ledger-unavailable")
                assert site.found() == shown

                own_postgres.start_again()
                wait_until(lambda: site.ready()[0] == 200, "ready again", patience_s=10)
                assert acknowledged.items() <= believed(stack.ledger).items()
                assert damage(stack.ledger) == []
            run = wait_until(
                lambda: (found := stack.ledger.runs.get(run_id)).state.is_final and found, "the run ends"
            )

        assert (run.state, run.progress.failed) == (RunState.SUCCEEDED, 0)
        is_whole(stack, undisturbed)


def test_a_ledger_that_was_never_there_is_said_so(server, tmp_path):
    """A wrong address: no crawl begins, and the words name the setting's host, not its password."""
    with pytest.raises(LedgerUnavailable, match=r"127\.0\.0\.1"):
        Ledger.open("postgresql+psycopg://bijia:secret@127.0.0.1:9/nothing")
    with pytest.raises(LedgerUnavailable, match="unable to open"):
        Ledger.open(f"sqlite:///{tmp_path}")
    (tmp_path / "page.html").write_text("<html>a login page</html>" * 100)
    with pytest.raises(LedgerUnavailable, match="not a database"):
        Ledger.open(f"sqlite:///{tmp_path}/page.html")
