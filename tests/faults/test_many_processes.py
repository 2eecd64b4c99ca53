"""Several workers and several followers on PostgreSQL and Elasticsearch: they share the work, and survive each other."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest

from catalog.errors import SearchUnavailable
from indexer.bootstrap import open_store
from indexer.follow import LEASE_S
from indexer.rebuild import partition_lease
from ledger.ledger import Ledger
from tests.support.damage import damage, doubled
from tests.support.fetchers import wall
from tests.support.forks import forks
from tests.support.index import make_indexer
from tests.support.indexing import Growth, shown_offers
from tests.support.practice import practice_server
from tests.support.processes import pause, wait_until
from tests.support.stack import settings_of, stack_around

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("many-processes"),
    pytest.mark.parametrize("place", [pytest.param("scaled", marks=[pytest.mark.postgres, pytest.mark.elasticsearch])], indirect=True),
]  # fmt: skip

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))
BIJIA = (sys.executable, "-c", "from api.cli import main; main()")
SHOPS = ("taobao", "jd", "pinduoduo", "shop")


@pytest.fixture(scope="module")
def host():
    with forks("tests.support.indexing:follow") as host:
        yield host


def follower(host, place):
    return host.start(
        "follow", url=place.database_url, search_url=place.search_url, index=place.index, batch=40
    )


def writers(ledger):
    """Partition -> who writes it now."""
    active = ledger.projections.active()
    now = datetime.now(UTC)
    return {
        partition: ledger.projections.lease_holder(partition_lease(active.id, partition), now=now)
        for partition in range(active.partitions)
    }


def is_caught_up(ledger):
    active = ledger.projections.active()
    return active is not None and active.cursor >= ledger.observations.newest_number()


def rebuilt(indexer):
    """The rebuild's result; a follower that was killed while it tidied up holds the lease until that runs out."""
    built = []

    def attempt():
        try:
            built.append(indexer.rebuild().run(indexer.version()))
        except SearchUnavailable as error:
            if str(error) != "another process holds rebuild":
                raise
            return False
        return True

    wait_until(attempt, "nobody holds the rebuild's lease", patience_s=3 * LEASE_S)
    return built[0]


def require_converged(place, ledger):
    """Every offer is in one document, and all documents are what a rebuild makes, byte for byte."""
    indexer = make_indexer(ledger, open_store(place.index_settings()))
    followed = indexer.store.reader(ledger.projections.active().id)
    shown = shown_offers(followed)
    digest = followed.digest()
    built = rebuilt(indexer)
    indexer.store.close()

    assert set(shown.values()) == {1}
    assert (built.digest, built.is_identical) == (digest, True), SEED
    return shown


def test_followers_share_the_partitions_and_take_over_those_of_the_dead(host, place):
    """One is killed, one is stopped past its lease and goes on as a zombie; the ledger grows all the time."""
    with Ledger.open(place.database_url) as ledger:
        indexer = make_indexer(ledger, open_store(place.index_settings()))
        growth = Growth(ledger, SEED)
        growth.pages(10)
        indexer.rebuild().run(indexer.version())
        lives = [follower(host, place) for _ in range(3)]
        wait_until(
            lambda: None not in (held := set(writers(ledger).values())) and len(held) == 3,
            "each has its share",
        )

        lives.pop().kill()
        lives[0].kill(signal.SIGSTOP)
        stopped_at = datetime.now(UTC)
        wait_until(
            lambda: growth.pages(1) or (datetime.now(UTC) - stopped_at).total_seconds() > LEASE_S + 2,
            "leases run out",
        )
        wait_until(lambda: is_caught_up(ledger), "the third has taken over all")
        assert len(set(writers(ledger).values())) == 1
        lives[0].kill(signal.SIGCONT)
        lives.append(follower(host, place))
        for _ in range(10):
            growth.pages(2)
            pause(0.2)
        wait_until(
            lambda: is_caught_up(ledger) and len(set(writers(ledger).values())) == 3, "three share again"
        )
        for life in lives:
            life.kill(signal.SIGKILL)

        require_converged(place, ledger)


@contextmanager
def process(environment, *arguments):
    """A command that runs until its end is wanted."""
    with subprocess.Popen(
        [*BIJIA, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as one:
        try:
            yield one
        finally:
            one.kill()


def test_several_workers_and_followers_at_once_lose_and_double_nothing(host, place, tmp_path):
    """Real crawls by three workers, indexed by three followers while they go on; one of each is killed and replaced."""
    dice = random.Random(SEED)
    with (
        practice_server() as server,
        stack_around(server, tmp_path, url=place.database_url, rate=200) as stack,
        ExitStack() as running,
    ):
        ledger = stack.ledger
        environment = settings_of(server, tmp_path, place.database_url, rate=200) | place.environment()
        indexer = make_indexer(ledger, open_store(place.index_settings()))
        indexer.rebuild().run(indexer.version())
        runs = [
            ledger.runs.request(slug, () if slug == "shop" else stack.keywords, now=wall())
            for slug in SHOPS * 2
        ]
        workers = [running.enter_context(process(environment, "worker")) for _ in range(3)]
        lives = [follower(host, place) for _ in range(3)]
        wait_until(lambda: ledger.observations.newest_number() > 300, "crawls find something")

        workers[dice.randrange(3)].kill()
        running.enter_context(process(environment, "worker"))
        lives[dice.randrange(3)].kill()
        lives.append(follower(host, place))
        wait_until(lambda: all(ledger.runs.get(one).state.is_final for one in runs), "all runs end")
        wait_until(lambda: is_caught_up(ledger), "the followers have all of it")
        for life in lives:
            life.kill()

        assert {ledger.runs.get(one).state.value for one in runs} <= {"succeeded", "partial"}
        assert len({ledger.runs.get(one).worker for one in runs}) > 1
        assert stack.wrong_prices() == {}
        assert len(ledger.observations.current(list(stack.truth))) == len(stack.truth)
        assert doubled(ledger) == damage(ledger) == []
        assert len(require_converged(place, ledger)) == len(stack.truth)
