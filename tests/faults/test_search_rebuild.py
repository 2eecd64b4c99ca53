"""An index on a cluster is built anew while it is searched and written: nobody notices, and nothing is left behind."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from indexer.rebuild import GRACE_S
from tests.support.forks import forks
from tests.support.index import make_indexer
from tests.support.indexing import Growth
from tests.support.processes import wait_until
from tests.support.search_stores import elasticsearch_store
from tests.support.searching import WORDS, Clock, Searchers, caught_up, digest_of_a_rebuild, growing, running

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
REBUILDS = 2


def own_indexer(ledger, store, clock, owner):
    """As in a process of its own."""
    indexer = make_indexer(ledger, store, clock=clock)
    indexer._owner = owner
    return indexer


def aliased(server, store):
    """The indexes that the alias is on."""
    status, found = server.ask("GET", f"/_alias/{store._cluster.index}")
    assert status == 200
    return [int(name.rpartition("-g")[2]) for name in found]


def test_searches_and_updates_never_notice_a_rebuild(elasticsearch_server, sqlite_ledger, monkeypatch):
    monkeypatch.setattr("indexer.follow.POLL_S", 0.02)
    monkeypatch.setattr("indexer.rebuild.BATCH", 100)
    monkeypatch.setattr("indexer.engines.elasticsearch.connection.READ_S", 30)  # a busy machine is no failure
    monkeypatch.setattr("indexer.engines.elasticsearch.engine.READ_S", 30)
    clock, growth = Clock(), Growth(sqlite_ledger, SEED, titles_change=False)
    growth.pages(50)
    with elasticsearch_store(elasticsearch_server) as store:
        rebuilding = own_indexer(sqlite_ledger, store, clock, "rebuilder")
        rebuilding.rebuild().run(rebuilding.version())
        live = rebuilding.live()
        searchers = Searchers(live, rebuilding.search(live))
        with searchers.searching():
            wait_until(lambda: len(searchers.fewest) == len(WORDS), "both words are found")
        begun = dict(searchers.fewest)
        follower = own_indexer(sqlite_ledger, store, clock, "follower").follower()
        with searchers.searching(), running(follower), growing(growth):
            for _ in range(REBUILDS):
                built = rebuilding.rebuild().run(rebuilding.version()).generation
                wait_until(lambda g=built: g in searchers.generations, "searches see the new index")
        with running(follower):
            wait_until(lambda: caught_up(sqlite_ledger), "the follower has read everything")

        assert searchers.failed == []
        assert searchers.generations == {1, 2, 3}
        assert searchers.answered > 50
        # Goods come and prices change, titles do not: what fits a word never becomes less but in a half-built index.
        assert all(searchers.fewest[words] >= begun[words] for words in WORDS), (searchers.fewest, begun)
        assert aliased(elasticsearch_server, store) == [built]
        rebuilding.rebuild().tidy()
        assert store.generations() == [built - 1, built], "a reader that has not heard of it goes on"
        clock.ahead = timedelta(seconds=GRACE_S + 1)
        rebuilding.rebuild().tidy()
        assert store.generations() == [built]
        followed = live.engine().digest()
        print(
            f"{searchers.answered} answers, the slowest {searchers.longest_s:.2f} s, seen {growth._minute} pages"
        )
        assert followed == digest_of_a_rebuild(sqlite_ledger), f"seed {SEED}"
        live.close()


@pytest.mark.crash
@pytest.mark.parametrize("remover", ["follower", "rebuild"])
def test_what_a_killed_rebuild_left_is_removed_by_the_next_to_come(
    elasticsearch_server, sqlite_ledger, tmp_path, remover
):
    clock = Clock()
    Growth(sqlite_ledger, SEED).pages(20)
    with elasticsearch_store(elasticsearch_server) as store, forks("tests.support.indexing:rebuild") as host:
        indexer = own_indexer(sqlite_ledger, store, clock, "here")
        indexer.rebuild().run(indexer.version())
        url, index = f"sqlite:///{tmp_path}/ledger.sqlite", store._cluster.index
        life = host.start(
            "rebuild", url=url, search_url=elasticsearch_server.url, index=index, die_at="index.applied:3"
        )
        assert life.wait() == -9
        assert store.generations() == [1, 2]
        assert aliased(elasticsearch_server, store) == [1]

        if remover == "follower":
            clock.ahead = timedelta(hours=1)
            follower = indexer.follower()
            follower.catch_up()
            follower.release()
            assert store.generations() == [1]
        else:
            clock.ahead = timedelta(hours=1)
            assert indexer.rebuild().run(indexer.version()).is_identical
            assert store.generations() == [1, 3]
            assert aliased(elasticsearch_server, store) == [3]
