"""A model of one offer's sightings against the ledger: whatever arrives in whatever order, by whichever run."""

from __future__ import annotations

import itertools
import os
import sqlite3
from contextlib import closing

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from catalog.listing import content_hash
from ledger.runs import MAX_STALLED_CLAIMS
from tests.support.offers import offer, seen
from tests.support.runs import at, commit, start_run

SEQUENCES = int(os.environ.get("BIJIA_TEST_SEQUENCES", "2000"))
PRICES = ("10.00", "11.00", "12.00")


def reset(ledger, template):
    """Empty the ledger in place: a new engine for every sequence would compile every statement anew."""
    with ledger.database.engine.connect() as connection, closing(sqlite3.connect(template)) as source:
        source.backup(connection.connection.driver_connection)
        # Order is tested here; durability is tested in tests/faults.
        connection.exec_driver_sql("PRAGMA synchronous = OFF")


def machine(ledger, template):
    class Sightings(RuleBasedStateMachine):
        """Sightings of one offer reach a ledger, page by page, while the run's worker dies and is replaced."""

        @initialize()
        def begin(self):
            reset(ledger, template)
            self.key = offer().key
            self.sightings = []
            self.claims = 1
            self.lease = start_run(ledger, first=12)

        @rule(moment=st.integers(0, 9), price=st.sampled_from(PRICES))
        def see(self, moment, price):
            commit(ledger, self.lease, seen(price=price, at=moment))
            digest = content_hash(offer(price=price))
            self.sightings.append((moment, self.lease.epoch, digest, price))

        @rule(data=st.data())
        def see_again(self, data):
            """The same content at the same time, from another page of the run."""
            if self.sightings:
                moment, _, digest, price = data.draw(st.sampled_from(self.sightings))
                commit(ledger, self.lease, seen(price=price, at=moment))
                self.sightings.append((moment, self.lease.epoch, digest, price))

        @precondition(lambda self: self.claims < MAX_STALLED_CLAIMS)
        @rule()
        def take_over(self):
            """The run's worker falls silent and another takes over: a newer epoch."""
            ledger.runs.beat(self.lease, now=at(0))
            self.lease = ledger.runs.claim("w2", now=at(3600), run_id=self.lease.run_id)
            self.claims += 1

        @invariant()
        def newest_is_current(self):
            if not getattr(self, "sightings", None):
                return
            newest = max(self.sightings)
            stored = ledger.observations.current([self.key])[self.key]
            assert stored.offer.terms.price.to_decimal() == newest[3]
            assert ledger.observations.last_seen([stored.offer_id])[stored.offer_id] == at(newest[0])

        @invariant()
        def history_is_in_order_and_tells_only_what_was_seen(self):
            if not getattr(self, "sightings", None):
                return
            stored = ledger.observations.current([self.key])[self.key]
            points = ledger.history.points([stored.offer_id])[stored.offer_id]
            told = {(s, p.price.to_decimal()) for p in points for s in (p.since, p.until)}
            assert told <= {(at(s[0]), s[3]) for s in self.sightings}
            assert all(a.until <= b.since for a, b in itertools.pairwise(points))
            assert {p.price.to_decimal() for p in points} == {s[3] for s in self.sightings}

    return Sightings


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_order_of_arrival_makes_an_older_price_current(sqlite_ledger, migrated_sqlite):
    run_state_machine_as_test(
        machine(sqlite_ledger, migrated_sqlite),
        settings=settings(max_examples=SEQUENCES, stateful_step_count=10, print_blob=True, deadline=None),
    )
