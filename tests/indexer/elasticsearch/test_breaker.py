"""The circuit breaker: a dead cluster costs a few waits, not one for everybody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.errors import InvalidCursor, SearchUnavailable
from indexer.engines.elasticsearch import breaker as module
from indexer.engines.elasticsearch.breaker import Breaker


class Clock:
    now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def fail(breaker, why="dead"):
    with pytest.raises(SearchUnavailable) as failed, breaker.guard():
        raise SearchUnavailable(why)
    return str(failed.value)


def test_it_opens_after_failures_in_a_row_and_says_why(clock):
    breaker = Breaker(most_failures=3, pause_s=2)
    for _ in range(3):
        assert not breaker.is_open
        assert fail(breaker) == "dead"

    assert breaker.is_open
    with pytest.raises(SearchUnavailable, match="not asked again yet: dead"), breaker.guard():
        pytest.fail("the call was made")


def test_an_answer_between_starts_the_count_again(clock):
    breaker = Breaker(most_failures=2)
    for _ in range(5):
        fail(breaker)
        with breaker.guard():
            pass
    assert not breaker.is_open


def test_what_is_no_failure_of_the_cluster_does_not_count(clock):
    breaker = Breaker(most_failures=1)
    with pytest.raises(InvalidCursor), breaker.guard():
        raise InvalidCursor
    assert not breaker.is_open


def test_after_the_pause_one_call_tries_and_its_answer_closes_it(clock):
    breaker = Breaker(most_failures=1, pause_s=2)
    fail(breaker)
    clock.now += 2

    with breaker.guard(), pytest.raises(SearchUnavailable), breaker.guard():
        pytest.fail("a second call while the first tries")
    with breaker.guard():
        pass
    assert not breaker.is_open


def test_a_failed_try_begins_the_pause_again(clock):
    breaker = Breaker(most_failures=1, pause_s=2)
    fail(breaker)
    clock.now += 2
    assert fail(breaker, "still dead") == "still dead"
    clock.now += 1.9

    with pytest.raises(SearchUnavailable, match="not asked again yet: still dead"), breaker.guard():
        pytest.fail("the call was made")


def test_an_interrupted_try_does_not_keep_it_shut_for_ever(clock):
    breaker = Breaker(most_failures=1, pause_s=2)
    fail(breaker)
    clock.now += 2
    with pytest.raises(KeyboardInterrupt), breaker.guard():
        raise KeyboardInterrupt

    with breaker.guard():
        pass


def test_calls_are_made_side_by_side():
    breaker, meeting = Breaker(), threading.Barrier(8, timeout=20)

    def call():
        with breaker.guard():
            meeting.wait()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(call) for _ in range(8)]:
            done.result()
