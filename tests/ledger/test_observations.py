"""What is current, what is history, and what waits for a second look: the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger.observations import SIGHTING_GAP_US
from ledger.runs import RunState
from tests.support.offers import START, offer, seen, yuan
from tests.support.runs import commit, one_page_run, start_run

KEY = offer().key


def current_price(ledger, key=KEY):
    return str(ledger.observations.current([key])[key].offer.terms.price)


def points(ledger, key=KEY):
    stored = ledger.observations.current([key])[key]
    return [
        (p.price.to_decimal(), int((p.since - START).total_seconds()), int((p.until - START).total_seconds()))
        for p in ledger.history.points([stored.offer_id])[stored.offer_id]
    ]


def test_what_was_seen_reads_back(ledger):
    committed = one_page_run(ledger, seen("1", "10.00"), seen("2", "20.00", sku="a"))

    feed = ledger.observations.accepted_after(0, limit=10)
    assert (committed.added, committed.unchanged, committed.quarantined) == (2, 0, 0)
    assert {o.offer.key: o.offer for o in feed} == {
        one.key: one for one in (offer("1", "10.00"), offer("2", "20.00", sku="a"))
    }
    assert [o.id for o in feed] == sorted(o.id for o in feed)
    assert ledger.observations.accepted_after(feed[0].id, limit=10) == feed[1:]
    assert ledger.observations.newest_number() == feed[1].id


def test_the_same_content_again_adds_no_row_but_is_fresh(ledger):
    one_page_run(ledger, seen(at=0))
    committed = one_page_run(ledger, seen(at=3600))

    stored = ledger.observations.current([KEY])[KEY]
    assert (committed.added, committed.unchanged) == (0, 1)
    assert points(ledger) == [("10.00", 0, 3600)]
    assert ledger.observations.last_seen([stored.offer_id]) == {stored.offer_id: START + timedelta(hours=1)}


def test_a_changed_price_adds_a_point(ledger):
    one_page_run(ledger, seen(price="10.00", at=0))
    one_page_run(ledger, seen(price="9.00", at=60))
    one_page_run(ledger, seen(price="10.00", at=120))

    assert points(ledger) == [("10.00", 0, 0), ("9.00", 60, 60), ("10.00", 120, 120)]
    assert current_price(ledger) == "CNY 10.00"


def test_a_long_silence_is_a_gap_in_history(ledger):
    gap = SIGHTING_GAP_US // 1_000_000
    one_page_run(ledger, seen(at=0))
    one_page_run(ledger, seen(at=gap))
    one_page_run(ledger, seen(at=2 * gap + 1))

    assert points(ledger) == [("10.00", 0, gap), ("10.00", 2 * gap + 1, 2 * gap + 1)]


def test_an_older_sighting_never_replaces_a_newer_one(ledger):
    one_page_run(ledger, seen(price="10.00", at=100))
    one_page_run(ledger, seen(price="8.00", at=50))

    assert current_price(ledger) == "CNY 10.00"
    assert points(ledger) == [("8.00", 50, 50), ("10.00", 100, 100)]


def test_a_late_sighting_splits_the_span_it_falls_into(ledger):
    one_page_run(ledger, seen(price="10.00", at=0))
    one_page_run(ledger, seen(price="10.00", at=100))
    one_page_run(ledger, seen(price="8.00", at=50))

    assert points(ledger) == [("10.00", 0, 0), ("8.00", 50, 50), ("10.00", 100, 100)]
    assert current_price(ledger) == "CNY 10.00"


def test_a_sighting_from_the_future_is_clamped_to_now(ledger):
    one_page_run(ledger, seen(price="10.00", at=10**8), seconds=100)
    one_page_run(ledger, seen(price="9.00", at=150), seconds=200)

    assert current_price(ledger) == "CNY 9.00"


def test_the_same_item_twice_on_a_page_is_one_sighting(ledger):
    committed = one_page_run(ledger, seen(), seen(), seen("2"))

    assert (committed.added, committed.unchanged) == (2, 1)


def test_a_page_that_contradicts_itself_is_believed_in_neither(ledger):
    one_page_run(ledger, seen(price="10.00"))
    committed = one_page_run(ledger, seen(price="11.00", at=60), seen(price="9.00", at=60), seconds=100)

    assert committed.quarantined == 2
    assert current_price(ledger) == "CNY 10.00"


@pytest.mark.parametrize("wrong", ["1000.00", "0.10", "50.01", "1.99"])
def test_a_price_that_jumps_waits_until_another_run_sees_it_again(ledger, wrong):
    one_page_run(ledger, seen(price="10.00", at=0))

    first = one_page_run(ledger, seen(price=wrong, at=60))
    assert first.quarantined == 1
    assert current_price(ledger) == "CNY 10.00"

    second = one_page_run(ledger, seen(price=wrong, at=120))
    assert second.added == 1
    assert current_price(ledger) == f"CNY {wrong}"


def test_a_jump_is_not_confirmed_by_the_run_that_saw_it(ledger):
    one_page_run(ledger, seen(price="10.00", at=0))
    lease = start_run(ledger, first=2)

    commit(ledger, lease, seen(price="0.10", at=60))
    again = commit(ledger, lease, seen(price="0.10", at=61))

    assert again.quarantined == 1
    assert current_price(ledger) == "CNY 10.00"


def test_a_deep_but_possible_reduction_is_believed_at_once(ledger):
    one_page_run(ledger, seen(price="10.00", at=0))
    committed = one_page_run(ledger, seen(price="2.00", at=60))

    assert committed.added == 1


def test_a_first_price_far_below_its_own_list_price_waits(ledger):
    committed = one_page_run(ledger, seen(price="1.00", list_price=yuan("99.00")))

    assert committed.quarantined == 1
    assert ledger.observations.current([KEY]) == {}
    assert ledger.observations.accepted_after(0, limit=9) == []


@pytest.mark.parametrize("table", ["observations", "rejects", "corrections"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_seen_or_said_cannot_be_changed(ledger, table, change):
    from ledger.corrections import Correction, Word
    from ledger.frontier import Reject

    one_page_run(ledger, seen())
    commit(ledger, start_run(ledger), seen("2"), rejects=[Reject("3", "no price", "{}")])
    ledger.corrections.say(Correction(Word.SAME, KEY, offer("2").key, "me", "", START))

    with pytest.raises(DBAPIError, match="append-only"), ledger.database.write() as connection:
        connection.execute(text(change.format(table)))


def test_provenance_leads_from_a_price_to_its_page(ledger):
    one_page_run(ledger, seen())
    (stored,) = ledger.observations.accepted_after(0, limit=1)

    source = ledger.observations.provenance(stored.id)

    assert (source.marketplace, source.body_hash) == ("jd", "h")
    assert '"page": "0"' in source.request


def many(times, at):
    return [seen(f"{n}", f"{n * times}.00", at=at) for n in range(10, 20)]


def test_a_run_that_doubts_most_of_what_it_sees_confirms_nothing(ledger):
    """Fen read as yuan: every price a hundred times too high, run after run."""
    one_page_run(ledger, *many(1, at=0))

    for at_s in (100, 200, 300):
        assert one_page_run(ledger, *many(100, at=at_s)).quarantined == 10

    run = ledger.runs.newest()[0]
    assert (run.state, run.reason) == (RunState.PARTIAL, "10 of 10 prices are not believed")
    assert {current_price(ledger, offer(f"{n}").key) for n in range(10, 20)} == {
        f"CNY {n}.00" for n in range(10, 20)
    }


def test_a_price_that_nobody_saw_for_a_week_gives_way(ledger):
    one_page_run(ledger, *many(1, at=0))
    for at_s in (8 * 86_400, 8 * 86_400 + 60):
        one_page_run(ledger, *many(100, at=at_s))

    assert current_price(ledger, offer("10").key) == "CNY 1000.00"


def test_a_page_that_contradicted_itself_does_not_stand_in_the_way_of_the_next(ledger):
    one_page_run(ledger, seen("1", "10.00"))
    late = 5 * 86_400
    lease = start_run(ledger, first=2)
    commit(ledger, lease, seen("1", "10.00", at=late), seen("1", "11.00", at=late), seconds=10**7)

    again = commit(ledger, lease, seen("1", "10.00", at=late), seconds=10**7)

    assert (again.added, again.unchanged) == (0, 1)
