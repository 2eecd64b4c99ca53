"""Whoever writes the index is killed: the next one converges, byte for byte, and searches never notice.

Processes of their own follow the ledger and rebuild, in steps small enough that every kill hits one. Clocks are put forward
from life to life instead of waiting for the leases of the dead.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from catalog.listing import OfferKey
from indexer.bootstrap import open_store
from indexer.follow import Follower
from indexer.kept import step_of
from indexer.ports import Applied
from indexer.search import Choice
from ledger.corrections import Correction, Word
from ledger.ledger import Ledger
from tests.support import points
from tests.support.forks import forks
from tests.support.index import make_indexer
from tests.support.indexing import Growth, shown_offers
from tests.support.offers import START, seen
from tests.support.processes import pause, wait_until
from tests.support.runs import one_page_run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("index-crash"),
]

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
HOUR_S = 3600
KILLS = 20


@pytest.fixture(scope="module")
def host():
    with forks("tests.support.indexing:follow", "tests.support.indexing:rebuild") as host:
        yield host


class Lives:
    """One process after the other on one ledger and one store of indexes."""

    def __init__(self, host, ledger, place):
        self.host = host
        self.ledger = ledger
        self.place = place
        self.count = 0

    def start(self, what, die_at=""):
        self.count += 1
        return self.host.start(
            what,
            url=self.place.database_url,
            search_url=self.place.search_url,
            index=self.place.index,
            later_s=self.count * HOUR_S,
            die_at=die_at,
        )

    @property
    def cursor(self):
        active = self.ledger.projections.active()
        return active.cursor if active is not None else 0

    def indexer(self):
        later = timedelta(seconds=(self.count + 1) * HOUR_S)
        store = open_store(self.place.index_settings())
        return make_indexer(self.ledger, store, clock=lambda: datetime.now(UTC) + later)


@pytest.fixture
def lives(host, place):
    with Ledger.open(place.database_url) as ledger:
        yield Lives(host, ledger, place)


def caught_up_and_rebuilt(lives):
    """A new follower's index, and what a rebuild from the first observation makes of the same ledger."""
    indexer = lives.indexer()
    follower = indexer.follower()
    follower.catch_up()
    follower.release()
    active = lives.ledger.projections.active()
    assert active.cursor == lives.ledger.observations.newest_number()
    return indexer.store.reader(active.id), indexer.rebuild().run(indexer.version())


def require_converged(lives):
    """Every offer is in one document, and all documents are what a rebuild makes, byte for byte."""
    followed, built = caught_up_and_rebuilt(lives)
    shown = shown_offers(followed)

    assert shown == Counter(range(1, len(shown) + 1)), SEED
    assert (built.digest, built.is_identical) == (followed.digest(), True), SEED


# ── kills ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_follower_killed_between_engine_and_ledger_converges(lives):
    """At each named point, several times, while the ledger grows."""
    growth = Growth(lives.ledger, SEED)
    growth.pages(6)
    assert lives.start("rebuild").wait() == 0
    for turn, point in enumerate(points.FOLLOW * 3):
        life = lives.start("follow", die_at=f"{point}:{turn // 2 + 1}")
        wait_until(lambda life=life: growth.pages(1) or life.ended.is_set(), "the follower dies")
        assert life.wait() == -9

    assert lives.cursor > 0
    require_converged(lives)


def test_a_follower_killed_at_any_moment_converges(lives):
    dice = random.Random(f"{SEED}")
    growth = Growth(lives.ledger, SEED)
    growth.pages(6)
    assert lives.start("rebuild").wait() == 0
    begun = lives.cursor
    for _ in range(KILLS):
        life = lives.start("follow")
        before = lives.cursor
        growth.pages(dice.randrange(1, 5))
        if dice.random() < 0.7:  # the others die while they open and restore
            wait_until(lambda seen=before: lives.cursor > seen, "the follower works")
        pause(dice.uniform(0.0, 0.1))
        life.kill()
        assert life.wait() == -9

    assert lives.cursor > begun
    require_converged(lives)


@pytest.mark.parametrize("point", points.REBUILD)
def test_a_rebuild_killed_at_a_named_point_leaves_the_old_index_or_the_new_one(lives, point):
    Growth(lives.ledger, SEED).pages(20)
    lives.start("rebuild").wait()
    first = lives.ledger.projections.active()
    before = lives.indexer().store.reader(first.id).digest()

    assert lives.start("rebuild", die_at=point).wait() == -9

    active = lives.ledger.projections.active()
    assert (active.id == first.id) == (point != "index.activated")
    assert lives.indexer().store.reader(active.id).digest() == before
    require_converged(lives)
    assert len(lives.indexer().store.generations()) <= 3, "what the dead left is cleaned up"


# ── searches meanwhile ─────────────────────────────────────────────────────────────────────────────

WORDS = ("iPhone", "耳机")


@dataclass
class Searchers:
    """Threads that search without a pause, and what went wrong."""

    index: object
    search: object
    failed: list[str] = field(default_factory=list)
    answered: int = 0
    generations: set[int] = field(default_factory=set)

    @contextmanager
    def searching(self):
        stop = threading.Event()
        threads = [threading.Thread(target=self._search, args=(stop, words)) for words in WORDS]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _search(self, stop, words):
        while not stop.is_set():
            try:
                found = self.search.find(words, Choice(), limit=5, after=None, today=START.date())
            except Exception as error:  # noqa: BLE001 - whatever a searcher would have seen
                self.failed.append(f"{type(error).__name__}: {error}")
                stop.wait(0.01)
                continue
            self.answered += 1
            self.generations.add(self.index._generation)
            if not found.products or found.relaxed == "words":
                self.failed.append(f"nothing for {words}")


@pytest.mark.parametrize("place", ["embedded"], indirect=True)
def test_searches_never_fail_while_rebuilds_swap_and_are_killed(lives):
    """A follower, rebuilds that end, rebuilds and followers that are killed; 0 failed and 0 empty answers."""
    dice = random.Random(SEED)
    growth = Growth(lives.ledger, SEED)
    growth.pages(40)
    assert lives.start("rebuild").wait() == 0
    indexer = lives.indexer()
    live = indexer.live()
    searchers = Searchers(live, indexer.search(live))
    with searchers.searching():
        follower = lives.start("follow")
        for turn in range(9):
            growth.pages(2)
            life = lives.start("rebuild")
            if turn % 3 == 2:
                pause(dice.uniform(0.0, 0.5))
                life.kill()
                follower.kill()
                follower = lives.start("follow")
            else:
                assert life.wait() == 0
                built = lives.ledger.projections.active().id
                wait_until(lambda g=built: g in searchers.generations, "searches see the new index")
        follower.kill()
    live.close()

    assert searchers.failed == []
    assert len(searchers.generations) >= 6
    assert searchers.answered > 200
    require_converged(lives)


# ── a broken twin ──────────────────────────────────────────────────────────────────────────────────


class Death(BaseException):
    """What a kill is to a test in one process."""


class AdvancesFirst(Follower):
    """Says how far it is, and then writes it: what it was killed over is never indexed."""

    def step(self):
        kept = self._hold()
        batch, behind = kept.next_batch(20)
        if not batch:
            return False
        kept.absorb(batch, behind)
        ((partition, result),) = kept._pending.items()
        step = step_of(partition, result, Applied(0, 0))
        self._ledger.projections.advance(kept.generation.id, [step], kept.leases, now=self._clock())
        if self._is_to_die():
            raise Death
        kept.deliver(now=self._clock())
        return True

    def _is_to_die(self):
        self.steps = getattr(self, "steps", 0) + 1
        return self.steps == 3


@pytest.mark.parametrize("place", ["embedded"], indirect=True)
def test_a_twin_that_advances_first_is_seen(lives, monkeypatch):
    Growth(lives.ledger, SEED).pages(10)
    lives.start("rebuild").wait()
    Growth(lives.ledger, SEED + 1).pages(10)
    monkeypatch.setattr("indexer.bootstrap.Follower", AdvancesFirst)
    with pytest.raises(Death):
        lives.indexer().follower().catch_up()
    monkeypatch.undo()
    lives.count += 1

    followed, built = caught_up_and_rebuilt(lives)
    assert built.is_identical is False
    assert built.digest != followed.digest()


def test_a_word_said_just_before_a_kill_is_in_force_afterwards(lives):
    """Between its being stored and its being shown: at each point at which a follower can die with it."""
    ledger = lives.ledger
    phones = [seen(str(item), "5999.00", title="Apple/苹果 iPhone 15 128GB 黑色 5G手机") for item in (1, 2)]
    one_page_run(ledger, *phones)
    assert lives.start("rebuild").wait() == 0
    one, two = (OfferKey("jd", item) for item in "12")
    for turn, point in enumerate([*points.FOLLOW, *points.FOLLOW]):
        word = Word.SAME if turn % 2 else Word.NOT_SAME
        ledger.corrections.say(Correction(word, one, two, "me", "", START + timedelta(seconds=turn)))
        assert lives.start("follow", die_at=f"{point}:1").wait() == -9

        followed, built = caught_up_and_rebuilt(lives)

        assert followed.health().documents == (1 if word is Word.SAME else 2)
        assert (built.digest, built.is_identical) == (followed.digest(), True)
