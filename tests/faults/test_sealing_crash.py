"""Whoever seals history is killed at every statement and point there is: history never reads otherwise, and gets sealed."""

from __future__ import annotations

import itertools
import signal
from datetime import timedelta

import pytest
from sqlalchemy import text

from ledger.ledger import Ledger
from tests.support import points
from tests.support.damage import damage
from tests.support.forks import forks
from tests.support.offers import START, seen
from tests.support.runs import commit, start_run

pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.xdist_group("crash")]

DAY = 86_400
LATER = START + timedelta(days=5 * 365)
OFFERS, CHANGES = 5, 8


@pytest.fixture(scope="module")
def host():
    with forks("tests.support.sealing:seal") as host:
        yield host


@pytest.fixture
def grown(database_url):
    with Ledger.open(database_url) as ledger:
        lease = start_run(ledger, first=CHANGES + 40)
        for n in range(CHANGES):
            see(ledger, lease, n * 10, f"{10 + n % 3}.00")
        yield ledger, lease


def see(ledger, lease, day, price, items=range(OFFERS)):
    commit(ledger, lease, *(seen(str(item), price, at=day * DAY) for item in items), seconds=10**9)


def history(ledger):
    return ledger.history.points(range(1, OFFERS + 1))


def sealed(ledger):
    with ledger.database.read() as connection:
        return connection.execute(text("SELECT count(*) FROM history_chunks")).scalar()


def test_a_kill_at_any_statement_loses_nothing(host, grown, database_url):
    ledger, _ = grown
    whole, kills = history(ledger), 0

    for number in itertools.count(1):
        ledger.sealing.unseal()
        life = host.start("seal", url=database_url, now=LATER.isoformat(), die_at_statement=number)
        status = life.wait()
        assert history(ledger) == whole, number
        if status == 0:
            break
        assert status == -signal.SIGKILL
        kills += 1

    assert kills >= 15
    assert (sealed(ledger), damage(ledger)) == (OFFERS * 3, []), "7 points each, in chunks of three"


@pytest.mark.parametrize("point", points.SEAL)
def test_a_kill_at_a_named_point_is_gone_on_from_there(host, grown, database_url, point):
    """Late sightings fall in between, as they do."""
    ledger, lease = grown

    for number in range(6):
        life = host.start(
            "seal", url=database_url, now=LATER.isoformat(), die_at_point=point, arrival=1 + number % 2
        )
        assert life.wait() in {0, -signal.SIGKILL}
        see(ledger, lease, 35 + number, "15.00", [number % OFFERS])

    assert host.start("seal", url=database_url, now=LATER.isoformat()).wait() == 0
    whole = history(ledger)
    assert sealed(ledger) > OFFERS
    ledger.sealing.unseal()
    assert history(ledger) == whole
    assert damage(ledger) == []
