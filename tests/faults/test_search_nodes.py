"""Three nodes with one copy of every shard: one may be killed, and whoever searches or writes hardly notices."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from indexer.engines.elasticsearch.settings import Cluster
from indexer.engines.elasticsearch.store import ElasticsearchStore
from tests.support.elasticsearch import ElasticsearchCluster
from tests.support.index import make_indexer
from tests.support.indexing import Growth
from tests.support.processes import wait_until
from tests.support.searching import Clock, Searchers, caught_up, digest_of_a_rebuild, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(600),  # four starts of a node, 12 s of processor time each
    pytest.mark.xdist_group("search-servers"),
]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
BRIEFLY_S = 5.0
"""For how long after a node's death a search may fail: until the others have agreed on it."""


@pytest.fixture
def cluster(elasticsearch_installation):
    with tempfile.TemporaryDirectory(prefix="bijia-search-", ignore_cleanup_errors=True) as folder:
        cluster = ElasticsearchCluster.start(elasticsearch_installation, Path(folder))
        yield cluster
        cluster.kill()


def node_with_the_primary(cluster, index):
    """The one whose death hurts most."""
    status, shards = cluster.running[0].ask("GET", f"/_cat/shards/{index}-v*?format=json")
    assert status == 200
    (name,) = {shard["node"] for shard in shards if shard["prirep"] == "p"}
    return cluster.nodes[int(name.removeprefix("n")) - 1]


def test_nothing_is_lost_with_a_node_and_searches_go_on(cluster, sqlite_ledger, monkeypatch):
    monkeypatch.setattr("indexer.follow.BATCH", 40)
    monkeypatch.setattr("indexer.follow.RETRY_S", 0.2)
    for module in ("connection", "engine"):  # three nodes on two cores are slow without any fault
        monkeypatch.setattr(f"indexer.engines.elasticsearch.{module}.READ_S", 10)
    growth = Growth(sqlite_ledger, SEED)
    growth.pages(30)
    store = ElasticsearchStore(Cluster(tuple(cluster.urls), index="three", replicas="1"))
    indexer = make_indexer(sqlite_ledger, store, clock=Clock())
    built = indexer.rebuild().run(indexer.version())
    cluster.wait(status="green")  # the copy is complete
    victim = node_with_the_primary(cluster, "three")
    live = indexer.live()
    searchers = Searchers(live, indexer.search(live))
    with searchers.searching(), running(indexer.follower()):
        growth.pages(3)
        wait_until(lambda: searchers.answered > 20, "searches are answered")
        before, killed_at = searchers.answered, time.monotonic()
        victim.kill()
        growth.pages(5)
        wait_until(lambda: caught_up(sqlite_ledger), "the follower goes on with two nodes")
        caught_up_s = time.monotonic() - killed_at
        wait_until(lambda: searchers.answered > before + 20, "searches are answered by two nodes")
        cluster.start_again(status="green")
        growth.pages(3)
        wait_until(lambda: caught_up(sqlite_ledger), "the follower has read everything")

    failed_for_s = max((when - killed_at for when, _ in searchers.failed), default=0.0)
    print(
        f"{searchers.answered} answers, {len(searchers.failed)} failed, the last {failed_for_s:.2f} s after the kill;"
        f" the slowest took {searchers.longest_s:.2f} s; writes were caught up after {caught_up_s:.1f} s"
    )
    assert failed_for_s < BRIEFLY_S, searchers.failed
    assert len(searchers.failed) < searchers.answered / 20
    assert sqlite_ledger.projections.active().id == built.generation
    assert victim.ask("GET", "/_cluster/health")[1]["status"] == "green"
    digest = store.reader(built.generation).digest()
    live.close()
    store.close()
    assert digest == digest_of_a_rebuild(sqlite_ledger), f"seed {SEED}"
