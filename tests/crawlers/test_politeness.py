"""A host's pace: slower when it says "too fast", back to the usual one step by step, never beyond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.politeness import EASE_AFTER, SLOWEST_S, Pace, Politeness

URL = "https://gw.example/api"


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def politeness(clock):
    return Politeness(Pace(0.1, 4), user_agent="bijia/0.1", clock=clock)


def throttle(politeness, clock, wait_s=1.0, *, is_named=True):
    politeness.slow_down(URL, wait_s, is_named=is_named)
    clock.now += timedelta(seconds=wait_s + 0.01)


def test_too_fast_doubles_the_gap_and_leaves_one_request_at_a_time(politeness, clock):
    throttle(politeness, clock)
    assert politeness.pace_of(URL) == Pace(0.2, 1)
    throttle(politeness, clock)
    assert politeness.pace_of(URL) == Pace(0.4, 1)


def test_answers_to_what_was_under_way_slow_down_only_once(politeness):
    for _ in range(4):
        politeness.slow_down(URL, 1.0, is_named=True)

    assert politeness.pace_of(URL) == Pace(0.2, 1)


def test_the_gap_never_grows_beyond_what_was_asked_nor_a_minute(politeness, clock):
    for _ in range(20):
        throttle(politeness, clock, wait_s=2.0)
    assert politeness.pace_of(URL).gap_s == 2.0

    for _ in range(20):
        throttle(politeness, clock, wait_s=0.5, is_named=False)
    assert politeness.pace_of(URL).gap_s == SLOWEST_S


def test_answers_bring_the_usual_pace_back_and_nothing_faster(politeness, clock):
    throttle(politeness, clock)
    gaps = []
    for _ in range(10 * EASE_AFTER):
        politeness.ease(URL)
        gaps.append(politeness.pace_of(URL).gap_s)

    assert gaps == sorted(gaps, reverse=True)
    assert politeness.pace_of(URL) == Pace(0.1, 4)


def test_only_the_first_too_fast_of_a_burst_is_news(politeness, clock):
    assert [politeness.slow_down(URL, 1.0, is_named=False) for _ in range(4)] == [True, False, False, False]

    clock.now += timedelta(seconds=1.01)

    assert politeness.slow_down(URL, 2.0, is_named=False)
