"""Claiming, losing, cancelling and ending runs."""

from __future__ import annotations

import pytest

from catalog.errors import InvalidInput, NotFound, StaleFence
from ledger.frontier import Reject
from ledger.runs import LEASE_S, MAX_STALLED_CLAIMS, RunState, clean_keywords
from tests.support.offers import seen
from tests.support.runs import at, commit, read_page, search, start_run


def test_a_requested_run_waits_and_the_oldest_is_claimed_first(ledger):
    first = ledger.runs.request("jd", ["手机"], now=at(0))
    ledger.runs.request("taobao", ["手机"], now=at(1))

    lease = ledger.runs.claim("w", now=at(2))

    assert (lease.run_id, lease.marketplace, lease.keywords) == (first, "jd", ("手机",))
    assert ledger.runs.get(first).state is RunState.RUNNING


def test_a_marketplace_has_one_running_run(ledger):
    start_run(ledger, marketplace="jd")
    ledger.runs.request("jd", ["手机"], now=at(1))

    assert ledger.runs.claim("w2", now=at(2)) is None

    other = ledger.runs.request("taobao", [], now=at(3))
    assert ledger.runs.claim("w2", now=at(4)).run_id == other


def test_a_silent_worker_loses_its_run_and_cannot_write_any_more(ledger):
    old = start_run(ledger, first=2)
    (page, _) = ledger.frontier.lease(old, limit=2, now=at(1))

    assert ledger.runs.claim("w2", now=at(LEASE_S)) is None
    new = ledger.runs.claim("w2", now=at(LEASE_S + 1))

    assert (new.run_id, new.fence) == (old.run_id, old.fence + 1)
    for write in (
        lambda: ledger.frontier.complete(old, page.id, read_page(seen()), now=at(20)),
        lambda: ledger.frontier.lease(old, limit=1, now=at(20)),
        lambda: ledger.frontier.retry(old, page.id, "x", not_before=at(30)),
        lambda: ledger.frontier.settle(old, page.id, "failed", "x", now=at(20)),
        lambda: ledger.frontier.seed(old, [search(9)]),
        lambda: ledger.runs.beat(old, now=at(20)),
        lambda: ledger.runs.finish(old, now=at(20)),
        lambda: ledger.runs.abort(old, "x", now=at(20)),
    ):
        with pytest.raises(StaleFence):
            write()
    assert ledger.observations.newest_number() == 0
    assert len(ledger.frontier.lease(new, limit=9, now=at(20))) == 2


def test_beats_keep_a_run(ledger):
    lease = start_run(ledger)

    for second in range(0, 100, 10):
        assert ledger.runs.beat(lease, now=at(second)) is False

    assert ledger.runs.claim("w2", now=at(100)) is None
    assert not ledger.runs.lease_is_lost(lease, now=at(100))
    assert ledger.runs.lease_is_lost(lease, now=at(90 + LEASE_S + 1))


def test_no_run_ends_well_with_pages_waiting(ledger):
    lease = start_run(ledger, first=2)
    commit(ledger, lease)

    with pytest.raises(InvalidInput, match="1 pages waiting"):
        ledger.runs.finish(lease, now=at(5))
    assert ledger.runs.get(lease.run_id).state is RunState.RUNNING


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (("done", "done"), RunState.SUCCEEDED),
        (("done", "failed"), RunState.PARTIAL),
        (("failed", "failed"), RunState.FAILED),
    ],
)
def test_the_outcome_follows_from_the_pages(ledger, ends, state):
    lease = start_run(ledger, first=2)
    for end in ends:
        if end == "done":
            commit(ledger, lease, *(seen(str(n)) for n in range(9)), rejects=[Reject("9", "no price", "{}")])
        else:
            (page,) = ledger.frontier.lease(lease, limit=1, now=at(1))
            ledger.frontier.settle(lease, page.id, "failed", "http_500", now=at(1))

    assert ledger.runs.finish(lease, now=at(9)) is state
    run = ledger.runs.get(lease.run_id)
    done = ends.count("done")
    assert run.finished_at == at(9)
    assert run.reason == (None if done == 2 else f"http_500 ×{2 - done}")
    assert (run.progress.pages, run.progress.done, run.progress.failed, run.progress.waiting) == (
        2,
        done,
        2 - done,
        0,
    )
    assert (run.progress.offers, run.progress.rejected) == (9 * done, done)
    with pytest.raises(StaleFence):
        ledger.runs.finish(lease, now=at(10))


def test_a_run_in_which_a_fifth_could_not_be_read_is_partial(ledger):
    lease = start_run(ledger)
    commit(
        ledger,
        lease,
        *(seen(str(n)) for n in range(7)),
        rejects=[Reject(str(n), "no price", "{}") for n in range(2)],
    )

    assert ledger.runs.finish(lease, now=at(9)) is RunState.PARTIAL
    assert ledger.runs.get(lease.run_id).reason == "2 items could not be read"


def test_a_waiting_run_is_cancelled_at_once(ledger):
    run_id = ledger.runs.request("jd", ["手机"], now=at(0))

    assert ledger.runs.cancel(run_id, now=at(1)) is RunState.CANCELLED
    assert ledger.runs.claim("w", now=at(2)) is None
    assert ledger.runs.cancel(run_id, now=at(3)) is RunState.CANCELLED


def test_a_running_run_hears_of_its_cancelling_by_the_next_beat(ledger):
    lease = start_run(ledger, first=3)
    commit(ledger, lease, seen())

    assert ledger.runs.cancel(lease.run_id, now=at(1)) is RunState.RUNNING
    assert ledger.runs.get(lease.run_id).is_cancelling
    assert ledger.runs.beat(lease, now=at(2)) is True
    assert ledger.runs.finish(lease, now=at(3), cancelled=True) is RunState.CANCELLED

    run = ledger.runs.get(lease.run_id)
    assert (run.progress.done, run.progress.skipped, run.progress.waiting) == (1, 2, 0)
    assert ledger.observations.newest_number() == 1


def test_a_cancelled_run_whose_worker_died_ends_cancelled(ledger):
    lease = start_run(ledger, first=3)
    ledger.runs.cancel(lease.run_id, now=at(1))

    assert ledger.runs.claim("w2", now=at(100)) is None
    run = ledger.runs.get(lease.run_id)
    assert (run.state, run.progress.skipped) == (RunState.CANCELLED, 3)


def test_a_run_that_kills_every_worker_ends_failed(ledger):
    lease = start_run(ledger)
    for attempt in range(1, MAX_STALLED_CLAIMS):
        lease = ledger.runs.claim("w", now=at(100 * attempt))
        assert lease is not None

    assert ledger.runs.claim("w", now=at(10_000)) is None
    run = ledger.runs.get(lease.run_id)
    assert (run.state, run.progress.skipped) == (RunState.FAILED, 1)
    assert run.reason.startswith("crash_loop")


def test_progress_forgives_earlier_deaths(ledger):
    lease = start_run(ledger, first=50)
    for attempt in range(1, 20):
        commit(ledger, lease)
        lease = ledger.runs.claim("w", now=at(10**7 * attempt))
        assert lease is not None


def test_an_aborted_run_keeps_what_was_read(ledger):
    lease = start_run(ledger, first=2)
    commit(ledger, lease, seen())

    ledger.runs.abort(lease, "wrong key", now=at(3))

    run = ledger.runs.get(lease.run_id)
    assert (run.state, run.reason, run.progress.done, run.progress.skipped) == (
        RunState.PARTIAL,
        "wrong key",
        1,
        1,
    )


def test_runs_are_listed_newest_first_in_pages(ledger):
    ids = [ledger.runs.request("jd", [str(n)], now=at(n)) for n in range(5)]

    first = ledger.runs.newest(limit=2)
    rest = ledger.runs.newest(limit=9, before=first[-1].id)

    assert [run.id for run in [*first, *rest]] == ids[::-1]


def test_unknown_runs_are_not_found(ledger):
    for call in (lambda: ledger.runs.get(7), lambda: ledger.runs.cancel(7, now=at(0))):
        with pytest.raises(NotFound):
            call()


def test_keywords_are_cleaned():
    assert clean_keywords(["  iPhone  15 ", "手机", "手机", " "]) == ("iPhone 15", "手机")
    for bad in (["x" * 101], ["a\0b"], ["a\ud800"], [str(n) for n in range(101)]):
        with pytest.raises(InvalidInput):
            clean_keywords(bad)
