"""Nothing waits for ever: not for a lock, not for a statement, not for a server that is there and says nothing."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import select, text

import ledger.database
import ledger.postgresql
from catalog.errors import LedgerUnavailable
from ledger.database import LOCK_TIMEOUT_S, QUICK_S, STATEMENT_TIMEOUT_MS, WRITE_TIMEOUT_MS, Database
from ledger.ledger import Ledger
from ledger.schema import runs
from tests.support.offers import seen
from tests.support.postgres import PostgresServer, find_binaries
from tests.support.processes import descendants, kill, wait_until
from tests.support.runs import at, one_page_run

pytestmark = pytest.mark.postgres

SLACK_S = 1.5
"""What a busy machine may add."""


@pytest.fixture
def url(postgres_server):
    return postgres_server.new_database()


@pytest.fixture
def pool(url):
    database = Database(url, pool_size=3)
    yield database
    database.close()


def shown(connection, name):
    return connection.execute(text(f"SHOW {name}")).scalar()


def test_every_connection_of_the_pool_has_its_limits(pool):
    """Twin: `options` missing from `open_engine`."""
    barrier, found = threading.Barrier(3), []

    def look():
        with pool.read() as reading:
            barrier.wait()  # each holds one: all of them are different
            pid = reading.execute(text("SELECT pg_backend_pid()")).scalar()
            limits = [shown(reading, name) for name in ("statement_timeout", "lock_timeout", "timezone")]
            found.append((pid, *limits))
            barrier.wait()
        with pool.write() as writing:
            assert shown(writing, "statement_timeout") == f"{WRITE_TIMEOUT_MS // 1000}s"
            assert shown(writing, "lock_timeout") == f"{LOCK_TIMEOUT_S}s"

    in_threads(look, 3)

    assert len({pid for pid, *_ in found}) == 3
    assert STATEMENT_TIMEOUT_MS == 60_000
    assert {tuple(limits) for _, *limits in found} == {("1min", f"{LOCK_TIMEOUT_S}s", "UTC")}


def test_a_pool_has_as_many_connections_as_it_was_told(pool, monkeypatch):
    monkeypatch.setattr(pool.engine.pool, "_timeout", 0.1)
    with (
        pool.read(),
        pool.read(),
        pool.read(),
        pytest.raises(LedgerUnavailable, match="no free database connection"),
        pool.read(),
    ):
        pass
    pool.ping()


def test_a_statement_that_takes_too_long_is_ended_and_the_connection_is_good(pool):
    with pool.read() as connection:
        before = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    for way in (pool.read, pool.write):
        started = time.monotonic()
        with pytest.raises(LedgerUnavailable, match="statement timeout"), way(within_s=0.2) as connection:
            connection.execute(text("SELECT pg_sleep(30)"))
        assert time.monotonic() - started < 0.2 + SLACK_S

    with pool.read() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() == before
        assert shown(connection, "statement_timeout") == "1min"


def test_who_waits_for_a_row_waits_once_however_many_queue_for_it(url, monkeypatch):
    """The lock timeout counts for the place in the queue and for the row anew. Twin: `WRITE_TIMEOUT_MS` of 60 s."""
    monkeypatch.setattr(ledger.database, "LOCK_TIMEOUT_S", 2)
    monkeypatch.setattr(ledger.database, "WRITE_TIMEOUT_MS", 2_200)
    waited, barrier = [], threading.Barrier(3)

    def wait():
        with closing(Database(url)) as database:
            barrier.wait()
            started = time.monotonic()
            with pytest.raises(LedgerUnavailable, match="timeout"), database.write() as connection:
                connection.execute(row)
            waited.append(time.monotonic() - started)

    with Ledger.open(url, migrated=True) as holder:
        run_id = holder.runs.request("jd", [], now=at(0))
        row = select(runs.c.id).where(runs.c.id == run_id).with_for_update()
        with holder.database.write() as connection:
            connection.execute(row)
            in_threads(wait, 3)

    assert len(waited) == 3
    assert max(waited) < 2.2 + SLACK_S


def in_threads(work, count):
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# ── a server that is there and says nothing ────────────────────────────────────────────────────────


@pytest.fixture
def own_postgres(tmp_path_factory):
    """A server to stop, and to wake again."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine")
    server = PostgresServer.start(binaries, tmp_path_factory.mktemp("own"))
    yield server
    server.stop()


@contextmanager
def silenced(server):
    """Every process of it stopped: connections stay open, the kernel goes on taking what is sent, nobody answers."""
    family = [server.process.pid, *descendants(server.process.pid)]
    for pid in family:
        kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in family:
            kill(pid, signal.SIGCONT)


def timed(call):
    """Seconds that a call took to be given up."""
    started = time.monotonic()
    with pytest.raises(LedgerUnavailable):
        call()
    return time.monotonic() - started


@pytest.mark.slow
@pytest.mark.crash
def test_what_can_be_done_without_is_not_waited_for_when_the_server_is_silent(own_postgres, monkeypatch):
    """Twin: plain psycopg connections: the first question never ends."""
    monkeypatch.setattr(ledger.database, "SILENT_S", 3)
    with Ledger.open(own_postgres.new_database(), migrated=True) as found:
        one_page_run(found, seen())
        asked = {
            "last seen": lambda: found.observations.last_seen([1]),
            "history": lambda: found.history.points([1]),
            "marketplaces": lambda: found.marketplaces.all(within_s=QUICK_S),
            "ping": found.database.ping,
            "writable": found.database.check_writable,
        }
        for call in asked.values():
            call()
        with silenced(own_postgres):
            first = {"last seen": timed(asked["last seen"])}
            later = {what: timed(call) for what, call in asked.items()}
            wait_until(lambda: time.monotonic() > found.database._silent_until, "the silence is over")
            no_connection_left = timed(asked["last seen"])  # the one there was is closed: it has to connect

        assert first["last seen"] < QUICK_S + SLACK_S
        assert max(later.values()) < 0.2, later
        assert no_connection_left < ledger.postgresql.CONNECT_S
        wait_until(lambda: answers(asked["last seen"]), "the server answers again")
        assert found.database.ping() is None


def answers(call):
    try:
        call()
    except LedgerUnavailable:
        return False
    return True


@pytest.mark.slow
@pytest.mark.crash
def test_nobody_else_waits_for_ever_either(own_postgres, monkeypatch):
    """A write whose server falls silent ends when the server's own timeout should have, and a little later."""
    monkeypatch.setattr(ledger.database, "STATEMENT_TIMEOUT_MS", 500)
    monkeypatch.setattr(ledger.postgresql, "CONNECT_S", 2)
    url = own_postgres.new_database()
    Ledger.open(url, migrated=True).close()
    with closing(Database(url)) as database:
        database.ping()
        with silenced(own_postgres):
            took = timed(lambda: Ledger(database).runs.request("jd", [], now=at(0)))
        assert 2 < took < 2.5 + 2 + 2 * SLACK_S
        wait_until(lambda: answers(database.ping), "the server answers again")
        assert Ledger(database).runs.newest() == []
