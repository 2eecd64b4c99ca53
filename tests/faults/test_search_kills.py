"""The cluster is killed or stands still: nothing that was seen is lost, all but searching goes on, and nobody has to help."""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from catalog.errors import SearchUnavailable
from indexer.engines.elasticsearch import connection, writing
from indexer.query import Query
from tests.support.elasticsearch import ElasticsearchServer
from tests.support.index import make_indexer
from tests.support.indexing import Growth
from tests.support.offers import seen
from tests.support.processes import pause, wait_until
from tests.support.runs import at, one_page_run
from tests.support.search_stores import elasticsearch_store
from tests.support.searching import Clock, caught_up, digest_of_a_rebuild, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(600),  # a node starts three times more, 12 s of processor time each
    pytest.mark.xdist_group("search-servers"),
]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
KILLS = 2
PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"


@pytest.fixture(scope="module")
def server(elasticsearch_installation):
    with tempfile.TemporaryDirectory(prefix="bijia-search-", ignore_cleanup_errors=True) as folder:
        server = ElasticsearchServer.start(elasticsearch_installation, Path(folder))
        yield server
        server.stop()


@pytest.fixture
def bulks(monkeypatch):
    """The follower takes small steps and small pauses; every bulk request says that it is under way."""
    monkeypatch.setattr("indexer.follow.BATCH", 40)
    monkeypatch.setattr("indexer.follow.RETRY_S", 0.2)
    monkeypatch.setattr("indexer.rebuild.BATCH", 100)
    monkeypatch.setattr(writing, "PATIENCE_S", 1.0)
    monkeypatch.setattr(connection, "PATIENCE_S", 1.0)
    bulks, attempt = Bulks(), writing.Writer._attempt

    def told(writer, items, outcome):
        bulks.begun.set()
        return attempt(writer, items, outcome)

    monkeypatch.setattr(writing.Writer, "_attempt", told)
    return bulks


class Bulks:
    """Says when a bulk request is under way."""

    def __init__(self):
        self.begun = threading.Event()

    def await_next(self):
        self.begun.clear()
        assert self.begun.wait(60), "nothing is written"


def test_a_server_killed_in_the_middle_of_bulks_has_in_the_end_what_was_seen(server, sqlite_ledger, bulks):
    dice, growth = random.Random(SEED), Growth(sqlite_ledger, SEED)
    growth.pages(10)
    with elasticsearch_store(server) as store:
        with running(make_indexer(sqlite_ledger, store, clock=Clock()).follower()):
            wait_until(lambda: caught_up(sqlite_ledger), "the index is built")
            for _ in range(KILLS):
                growth.pages(20)
                bulks.await_next()
                pause(dice.uniform(0, 0.02))
                server.kill()
                growth.pages(5)
                server.start_again()
            wait_until(lambda: caught_up(sqlite_ledger), "the follower has read everything")
        active = sqlite_ledger.projections.active().id
        assert (active, store.generations()) == (1, [1]), "nothing had to be built again"
        assert store.reader(active).digest() == digest_of_a_rebuild(sqlite_ledger), f"seed {SEED}"


def test_a_server_killed_in_the_middle_of_a_rebuild_still_has_the_index_before(server, sqlite_ledger, bulks):
    growth = Growth(sqlite_ledger, SEED)
    growth.pages(30)
    with elasticsearch_store(server) as store:
        indexer = make_indexer(sqlite_ledger, store, clock=Clock())
        before = indexer.rebuild().run(indexer.version())
        killer = threading.Thread(target=lambda: (bulks.await_next(), server.kill()))
        killer.start()
        with pytest.raises(SearchUnavailable):
            indexer.rebuild().run(indexer.version())
        killer.join()
        growth.pages(5)
        server.start_again()

        assert store.generations() == [before.generation, before.generation + 1], "half-built"
        assert store.reader(before.generation).digest() == before.digest
        follower = indexer.follower()
        follower.catch_up()
        follower.release()
        assert store.generations() == [before.generation]
        built = indexer.rebuild().run(indexer.version())
        assert built.is_identical
        assert built.digest == digest_of_a_rebuild(sqlite_ledger), f"seed {SEED}"


# ── a server that stands still ─────────────────────────────────────────────────────────────────────


@contextmanager
def frozen(server):
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def timed(call):
    begun = time.monotonic()
    return call(), time.monotonic() - begun


def test_while_the_server_stands_still_all_but_searching_goes_on(server, sqlite_ledger):
    one_page_run(sqlite_ledger, seen("1", "5999.00", title=PHONE, at=60))
    with elasticsearch_store(server) as store:
        indexer = make_indexer(sqlite_ledger, store, clock=Clock())
        services = Services(
            ServiceSettings(), sqlite_ledger, indexer, AdminKey("key", clock=Clock()), clock=lambda: at(3600)
        )
        client = TestClient(create_app(services), raise_server_exceptions=False)
        with running(indexer.follower()):
            wait_until(lambda: caught_up(sqlite_ledger), "the index is built")
            wait_until(lambda: total(client) == 1, "it is searched")
            with frozen(server):
                for _ in range(8):  # until the breaker opens, and then
                    answer, taken_s = timed(lambda: client.get("/api/v1/search", params={"q": "iPhone 15"}))
                    assert taken_s < 3
                    assert answer.status_code == 503
                    assert answer.headers["content-type"] == "application/problem+json"
                    assert answer.json()["type"] == "urn:bijia:problem:search-unavailable"
                assert taken_s < 0.5, "nobody waits for it any more"
                for path in ("/api/v1/runs", "/api/v1/schedules", "/api/v1/offers/jd:1:/history", "/healthz"):
                    answer, taken_s = timed(lambda path=path: client.get(path))
                    assert (path, answer.status_code, taken_s < 1) == (path, 200, True)
                ready, taken_s = timed(lambda: client.get("/readyz"))
                assert (ready.status_code, taken_s < 3) == (503, True)
                assert "no answer in time" in ready.json()["checks"]["search"]
                one_page_run(sqlite_ledger, seen("2", "5899.00", title=PHONE, marketplace="taobao", at=120))

            _, taken_s = timed(
                lambda: wait_until(lambda: offers(client) == 2, "searches find what came meanwhile")
            )
            assert taken_s < 5
            assert client.get("/readyz").status_code == 200
        services.live.close()


def total(client):
    answer = client.get("/api/v1/search", params={"q": "iPhone 15"})
    return answer.json()["total"] if answer.status_code == 200 else None


def offers(client):
    answer = client.get("/api/v1/search", params={"q": "iPhone 15"})
    if answer.status_code != 200:
        return None
    return sum(len(m["offers"]) for product in answer.json()["products"] for m in product["marketplaces"])


def test_a_search_that_began_before_is_answered_after_a_short_stand_still(server, sqlite_ledger):
    """Half a second of a long garbage collection is no failure to anybody."""
    Growth(sqlite_ledger, SEED).pages(3)
    with elasticsearch_store(server) as store:
        indexer = make_indexer(sqlite_ledger, store, clock=Clock())
        indexer.rebuild().run(indexer.version())
        reader = store.reader(1)
        with frozen(server):
            thawing = threading.Timer(0.5, server.thaw)
            thawing.start()
            assert reader.search(Query()).total > 0
            thawing.join()
