"""Pages: each ends once, in one state, with everything it yielded or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.frontier import MAX_RAW, PageRequest, Reject
from ledger.ledger import Ledger
from tests.support.offers import seen
from tests.support.runs import at, commit, read_page, search, start_run


class Stop(Exception):
    """Raised at a fault point: what a kill does, without the killing."""


def test_pages_are_leased_once_in_order(ledger):
    lease = start_run(ledger, first=5)

    first = ledger.frontier.lease(lease, limit=2, now=at(0))
    rest = ledger.frontier.lease(lease, limit=9, now=at(0))

    assert [p.request for p in first + rest] == [search(n) for n in range(5)]
    assert {p.attempt for p in first} == {1}
    assert ledger.frontier.lease(lease, limit=9, now=at(0)) == []


def test_a_page_found_twice_is_one_page(ledger):
    lease = start_run(ledger, first=1)

    commit(ledger, lease, next_pages=[search(1), search(1), search(0)])

    assert [p.request for p in ledger.frontier.lease(lease, limit=9, now=at(0))] == [search(1)]


def test_seeding_again_adds_nothing(ledger):
    lease = start_run(ledger, first=2)

    ledger.frontier.seed(lease, [search(0), search(1)])

    assert ledger.frontier.waiting(lease).pages == 2


def test_completing_twice_changes_nothing(ledger):
    lease = start_run(ledger)
    (page,) = ledger.frontier.lease(lease, limit=1, now=at(0))
    result = read_page(seen(), rejects=[Reject("9", "no price", "{}")])

    first = ledger.frontier.complete(lease, page.id, result, now=at(1))
    second = ledger.frontier.complete(lease, page.id, result, now=at(2))

    assert (first.added, second.added, second.unchanged) == (1, 0, 0)
    assert len(ledger.frontier.rejects(lease.run_id)) == 1


def test_a_page_put_back_comes_when_it_is_due(ledger):
    lease = start_run(ledger)
    (page,) = ledger.frontier.lease(lease, limit=1, now=at(0))

    ledger.frontier.retry(lease, page.id, "http_500", not_before=at(60))

    assert ledger.frontier.lease(lease, limit=1, now=at(59)) == []
    assert ledger.frontier.waiting(lease).next_at == at(60)
    (again,) = ledger.frontier.lease(lease, limit=1, now=at(60))
    assert (again.id, again.attempt) == (page.id, 2)


def test_waiting_as_the_source_asked_is_no_failed_try(ledger):
    lease = start_run(ledger)
    (page,) = ledger.frontier.lease(lease, limit=1, now=at(0))

    ledger.frontier.retry(lease, page.id, "http_429", not_before=at(60), forgive=True)

    (again,) = ledger.frontier.lease(lease, limit=1, now=at(60))
    assert again.attempt == 1


@pytest.mark.parametrize("point", ["commit.pages_added", "commit.observations_added", "commit.before"])
def test_a_page_whose_commit_is_cut_leaves_nothing(database, point):
    def stop_there(name):
        if name == point:
            raise Stop

    ledger = Ledger(database, checkpoint=stop_there)
    lease = start_run(ledger)
    (page,) = ledger.frontier.lease(lease, limit=1, now=at(0))
    result = read_page(seen(), next_pages=[search(1)], rejects=[Reject("9", "x", "{}")])

    with pytest.raises(Stop):
        ledger.frontier.complete(lease, page.id, result, now=at(1))

    assert ledger.observations.newest_number() == 0
    assert ledger.frontier.rejects(lease.run_id) == []
    assert ledger.frontier.waiting(lease).pages == 1
    sound = Ledger(database)
    assert sound.frontier.complete(lease, page.id, result, now=at(2)).added == 1
    assert sound.frontier.waiting(lease).pages == 1


def test_rejects_of_any_text_are_kept_bounded(ledger):
    lease = start_run(ledger)

    commit(ledger, lease, rejects=[Reject("a\0", "b\ud800", "c\0\udfff" + "x" * 10_000)])

    (reject,) = ledger.frontier.rejects(lease.run_id)
    assert (reject.item, reject.reason) == ("a\N{REPLACEMENT CHARACTER}", "b?")
    assert len(reject.raw) == MAX_RAW


PARAMS = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4)


@given(st.text(max_size=8), PARAMS)
def test_a_request_reads_back(kind, params):
    request = PageRequest(kind, params)

    assert PageRequest.from_json(request.to_json()) == request


def test_equal_requests_have_one_fingerprint():
    assert (
        PageRequest("s", {"a": "1", "b": "2"}).fingerprint
        == PageRequest("s", {"b": "2", "a": "1"}).fingerprint
    )
    assert PageRequest("s", {"a": "1"}).fingerprint != PageRequest("s", {"a": "2"}).fingerprint
