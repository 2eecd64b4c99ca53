"""Writes to a cluster through a network that refuses, cuts, repeats and delays: nothing lost, nothing stale, nothing doubled."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from contextlib import contextmanager

import pytest

from catalog.errors import SearchUnavailable
from indexer.engines.elasticsearch import connection, writing
from indexer.engines.memory import digest
from indexer.ports import Removal
from indexer.query import Query, Sort
from tests.support.corpora import MARKETPLACES, document, ids
from tests.support.fault_plan import Fault, FaultPlan
from tests.support.fault_proxy import FaultProxy
from tests.support.index import make_indexer
from tests.support.indexing import Growth
from tests.support.processes import wait_until
from tests.support.search_stores import elasticsearch_store
from tests.support.searching import caught_up, digest_of_a_rebuild, running

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
RATES = {
    Fault.REFUSED_429: 0.1,
    Fault.REFUSED_502: 0.04,
    Fault.REFUSED_503: 0.06,
    Fault.REQUEST_CUT: 0.06,
    Fault.ANSWER_CUT: 0.06,
    Fault.TWICE: 0.08,
    Fault.LATE: 0.05,
    Fault.UNANSWERED: 0.02,
    Fault.ITEMS_REFUSED: 0.15,
}
"""Of all bulk requests; 38 of 100 pass unharmed."""


@pytest.fixture(autouse=True)
def _hasty(monkeypatch):
    """What is measured is what is lost, not how long a dead connection is waited for."""
    monkeypatch.setattr(connection, "WRITE_S", 1.5)
    monkeypatch.setattr(connection, "LONGEST_PAUSE_S", 0.2)
    monkeypatch.setattr(writing, "PATIENCE_S", 60)
    monkeypatch.setattr(writing, "CHUNK_ITEMS", 20)


@contextmanager
def faulty_store(server, plan):
    """A store behind the proxy; the plan is off while the store is made and removed."""
    with FaultProxy(server.url, plan) as proxy, elasticsearch_store(proxy) as store:
        try:
            yield store
        finally:
            plan.is_on = False


def told(plan):
    """What was done to the requests, for a person."""
    return {fault.name: count for fault, count in plan.injected.items()} | {"passed": plan.passed}


def operations(dice, count):
    """Documents with several revisions, some late, some removed, on 300 products."""
    made = []
    for revision in range(1, count + 1):
        number = dice.randint(1, 300)
        made.append(
            Removal(f"p{number:04}", revision)
            if dice.random() < 0.15
            else document(number, revision=revision, payload=b"%d@%d" % (number, revision))
        )
    late = [made.pop(place) for place in sorted(dice.sample(range(count), count // 10), reverse=True)]
    return made + late


def test_of_thousands_of_writes_none_is_lost_stale_or_doubled(elasticsearch_server):
    dice, plan = random.Random(SEED), FaultPlan(SEED, RATES, delay_s=0.2)
    sent = operations(dice, 4_000)
    with faulty_store(elasticsearch_server, plan) as store:
        engine = store.writer(1, MARKETPLACES)
        left = list(sent)
        while left:
            size = dice.randint(1, 80)
            applied = engine.apply(left[:size])
            assert applied.refused == ()
            assert applied.written + applied.stale == len(left[:size])
            left = left[size:]

        newest = {one.product_id: one for one in sorted(sent, key=lambda one: one.revision)}
        alive = [one for one in newest.values() if not isinstance(one, Removal)]
        assert engine.digest() == digest((d.product_id, d.revision, d.payload) for d in alive), f"seed {SEED}"
        listed = ids(engine.search(Query(sort=Sort.PRICE, limit=1_000)))
        assert Counter(listed) == dict.fromkeys((d.product_id for d in alive), 1)
        engine.close()

    print(told(plan))
    assert set(plan.injected) == set(RATES), "every fault happened"
    assert plan.injected.total() > plan.passed


def test_one_poison_document_goes_alone(elasticsearch_server):
    """It is named with the engine's reason; the others of its batch are written, whatever else goes wrong meanwhile."""
    plan = FaultPlan(SEED, item_rate=0.5)
    with faulty_store(elasticsearch_server, plan) as store:
        engine = store.writer(1, MARKETPLACES)
        plan.then(Fault.ITEMS_REFUSED, Fault.ANSWER_CUT, Fault.ITEMS_REFUSED, Fault.TWICE)
        poison = document(7, revision=3, region="毒" * 11_000)
        too_new = document(9, revision=2, prices={"jd": 5, "nowhere": 4})

        applied = engine.apply(
            [*(document(n) for n in (1, 2, 3)), poison, *(document(n) for n in (4, 5)), too_new]
        )

        assert [(one.product_id, one.revision) for one in applied.refused] == [("p0007", 3), ("p0009", 2)]
        assert "region" in applied.refused[0].reason
        assert "nowhere" in applied.refused[1].reason
        assert applied.written == 5
        assert ids(engine.search(Query(sort=Sort.PRICE))) == ["p0001", "p0002", "p0003", "p0004", "p0005"]
        engine.close()


def test_who_is_refused_for_too_long_is_told_and_may_send_again(elasticsearch_server, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE_S", 0.5)
    plan = FaultPlan(SEED, {Fault.REFUSED_429: 1.0})
    with faulty_store(elasticsearch_server, plan) as store:
        engine = store.writer(1, MARKETPLACES)
        batch = [document(n) for n in range(1, 60)]
        with pytest.raises(SearchUnavailable, match=r"were not taken within .*429"):
            engine.apply(batch)

        plan.is_on = False
        assert engine.apply(batch).written == 59
        assert engine.search(Query()).total == 59
        engine.close()


# ── a follower behind the proxy ────────────────────────────────────────────────────────────────────


@pytest.fixture
def _small_steps(monkeypatch):
    monkeypatch.setattr("indexer.follow.BATCH", 8)
    monkeypatch.setattr("indexer.rebuild.BATCH", 8)
    monkeypatch.setattr("indexer.follow.POLL_S", 0.01)
    monkeypatch.setattr("indexer.follow.RETRY_S", 0.05)
    monkeypatch.setattr("indexer.follow.LOOK_S", 0.0)


@pytest.mark.usefixtures("_small_steps")
def test_a_follower_behind_faults_comes_to_what_a_rebuild_makes(elasticsearch_server, sqlite_ledger):
    """Bulk requests and refreshes fail; a batch that failed is sent again, whole."""
    plan = FaultPlan(SEED, RATES | {Fault.UNANSWERED: 0.0}, path=r"/(_bulk|_refresh)$", delay_s=0.05)
    growth = Growth(sqlite_ledger, SEED)
    with faulty_store(elasticsearch_server, plan) as store:
        indexer = make_indexer(sqlite_ledger, store)
        with running(indexer.follower()):
            for _ in range(40):
                growth.pages(2)
            wait_until(lambda: caught_up(sqlite_ledger), "the follower has read everything")
        plan.is_on = False
        active = sqlite_ledger.projections.active().id
        followed, letters = store.reader(active).digest(), sqlite_ledger.projections.dead_letters(active)

        assert (followed, letters) == (digest_of_a_rebuild(sqlite_ledger), []), f"seed {SEED}"
    print(told(plan))
    assert plan.injected.total() > 50


@pytest.mark.usefixtures("_small_steps")
def test_refused_documents_are_dead_letters_until_they_are_asked_for_again(
    elasticsearch_server, sqlite_ledger, monkeypatch
):
    own_source, is_poison = writing.source, threading.Event()
    is_poison.set()

    def source(operation):
        """As it is, but for every seventh product what no engine takes."""
        fields = own_source(operation)
        if is_poison.is_set() and getattr(operation, "number", 1) % 7 == 0:
            fields["region"] = ["毒" * 11_000]
        return fields

    monkeypatch.setattr(writing, "source", source)
    growth = Growth(sqlite_ledger, SEED)
    growth.pages(20)
    with elasticsearch_store(elasticsearch_server) as store:
        follower = make_indexer(sqlite_ledger, store).follower()
        follower.catch_up()
        growth.pages(10)
        follower.catch_up()
        active = sqlite_ledger.projections.active().id
        letters = sqlite_ledger.projections.dead_letters(active)
        assert letters
        assert all("region" in letter.reason for letter in letters)

        follower.step()
        assert sqlite_ledger.projections.dead_letters(active) == letters, "nobody asked"
        assert sqlite_ledger.projections.ask_again(active) == len(letters)
        follower.step()
        again = sqlite_ledger.projections.dead_letters(active)
        assert [one.attempts for one in again] == [one.attempts + 1 for one in letters]

        is_poison.clear()
        sqlite_ledger.projections.ask_again(active)
        follower.step()
        assert sqlite_ledger.projections.dead_letters(active) == []
        follower.release()
        assert store.reader(active).digest() == digest_of_a_rebuild(sqlite_ledger)
