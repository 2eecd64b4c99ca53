"""What was asked over time: carried 48 hours, never further, and the lowest of many."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.pages.spans import Span, clipped, lowest, seconds, spans
from catalog.money import Money
from ledger.history import PricePoint
from tests.support.offers import START

T0 = seconds(START)
HOUR = 3600
DAY = 24 * HOUR


def point(since, until, price=100, *, shipping=None, stock="in", currency="CNY"):
    return PricePoint(
        0, START + timedelta(seconds=since), START + timedelta(seconds=until), Money(price, currency), None,
        None if shipping is None else Money(shipping, currency), stock,
    )  # fmt: skip


def drawn(*points, now=100 * DAY):
    return [(s.start - T0, s.end - T0, s.minor) for s in spans(points, currency="CNY", now=T0 + now)]


def test_a_figure_stands_until_the_next_one_is_seen():
    assert drawn(point(0, 10), point(6 * HOUR, 6 * HOUR, 90), now=7 * HOUR) == [
        (0, 6 * HOUR, 100),
        (6 * HOUR, 7 * HOUR, 90),
    ]


def test_a_figure_is_carried_48_hours_past_its_last_sighting_and_no_further():
    assert drawn(point(0, HOUR), point(10 * DAY, 10 * DAY, 90)) == [
        (0, HOUR + 2 * DAY, 100),
        (10 * DAY, 12 * DAY, 90),
    ]


def test_nothing_reaches_beyond_now():
    assert drawn(point(0, HOUR), now=2 * HOUR) == [(0, 2 * HOUR, 100)]


def test_known_shipping_is_part_of_the_figure_and_unknown_is_not_made_up():
    assert drawn(point(0, 1, 100, shipping=12), now=9)[0][2] == 112
    assert drawn(point(0, 1, 100, shipping=None), now=9)[0][2] == 100


def test_out_of_stock_and_other_currencies_ask_nothing():
    assert drawn(point(0, 1, stock="out"), point(HOUR, HOUR, 90), now=2 * HOUR) == [(HOUR, 2 * HOUR, 90)]
    assert drawn(point(0, 1, currency="USD")) == []


def test_a_sighting_of_this_very_second_is_a_span_too():
    assert drawn(point(0, 0), now=0) == [(0, 1, 100)]


def test_the_lowest_changes_hands_and_gaps_stay_gaps():
    first = [Span(0, 10, 100), Span(20, 30, 80)]
    second = [Span(5, 12, 90)]

    assert lowest([first, second]) == [Span(0, 5, 100), Span(5, 12, 90), Span(20, 30, 80)]


def test_a_figure_that_goes_on_is_one_span():
    assert lowest([[Span(0, 10, 100)], [Span(5, 15, 100)]]) == [Span(0, 15, 100)]
    assert lowest([]) == []


def test_clipping_keeps_what_lies_inside():
    assert clipped([Span(0, 10, 1), Span(10, 20, 2), Span(30, 40, 3)], 5, 25) == [
        Span(5, 10, 1),
        Span(10, 20, 2),
    ]


SPAN = st.builds(lambda start, length, minor: Span(start, start + length, minor), st.integers(0, 60), st.integers(1, 20), st.integers(1, 9))  # fmt: skip


@given(st.lists(st.lists(SPAN, max_size=6), max_size=5))
def test_the_lowest_equals_a_look_at_every_second(many):
    line = lowest(many)

    for second in range(85):
        asked = [s.minor for one in many for s in one if s.start <= second < s.end]
        shown = [s.minor for s in line if s.start <= second < s.end]
        assert shown == ([min(asked)] if asked else [])
