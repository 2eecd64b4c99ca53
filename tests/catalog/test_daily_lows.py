from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.daily_lows import DailyLows, PriceSpan, daily_lows, lowest_of
from catalog.errors import InvalidInput
from tests.support.daily_prices import lows_of_days

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(day, hour=12, minute=0):
    """A moment of March 2026 in Shanghai (eight hours before UTC's)."""
    return START + timedelta(days=day - 1, hours=hour - 8, minutes=minute)


def lows(*spans, now, zone="Asia/Shanghai"):
    """(first day, prices) of spans (since, until, minor)."""
    found = daily_lows([PriceSpan(*span) for span in spans], now=now, zone=zone)
    return (found.today - timedelta(days=len(found.minor) - 1)).day, found.minor


def test_a_price_stands_on_every_local_day_between_its_sightings():
    assert lows((at(1), at(4), 9900), now=at(4, 13)) == (1, (9900,) * 4)


def test_a_price_is_carried_48_hours_and_no_longer():
    assert lows((at(1), at(1), 9900), now=at(6)) == (1, (9900, 9900, 9900, None, None, None))
    assert lows((at(1, 0), at(1, 0), 9900), now=at(3)) == (1, (9900, 9900, None))
    assert lows((at(1, 0), at(1, 0, 1), 9900), now=at(3)) == (1, (9900, 9900, 9900))


def test_a_price_is_not_carried_past_the_next_one():
    raised = ((at(1), at(2, 9), 9900), (at(3), at(5), 12_900))

    assert lows(*raised, now=at(5)) == (1, (9900, 9900, 9900, 12_900, 12_900))


def test_a_price_that_ends_at_midnight_is_not_of_the_new_day():
    assert lows((at(1), at(2, 9), 9900), (at(3, 0), at(3), 12_900), now=at(3)) == (1, (9900, 9900, 12_900))


def test_a_price_that_changed_between_two_looks_at_one_moment_is_not_carried():
    assert lows((at(1), at(3), 9900), (at(3), at(5), 12_900), now=at(5)) == (
        1,
        (9900, 9900, 9900, 12_900, 12_900),
    )
    assert lows((at(1), at(3, 0), 9900), (at(3, 0), at(4), 12_900), now=at(4))[1] == (
        9900,
        9900,
        9900,
        12_900,
    )


def test_a_day_with_two_prices_has_the_lower_one():
    assert lows((at(1), at(1), 9900), (at(1, 15), at(1, 16), 7900), now=at(1, 17)) == (1, (7900,))
    assert lows((at(1), at(1), 7900), (at(1, 15), at(1, 16), 9900), now=at(1, 17)) == (1, (7900,))


def test_what_could_not_be_bought_has_no_price_and_ends_the_one_before():
    sold_out = ((at(1), at(2), 9900), (at(2, 13), at(5), None))

    assert lows(*sold_out, now=at(5)) == (1, (9900, 9900, None, None, None))


def test_days_are_local():
    late = (at(1, 23, 30), at(1, 23, 30), 9900)

    assert lows(late, now=at(2, 1)) == (1, (9900, 9900))
    assert lows(late, now=at(2, 1), zone="UTC") == (1, (9900,))
    assert lows((at(2, 1), at(2, 1), 9900), now=at(2, 1), zone="America/New_York") == (1, (9900,))


def test_a_day_of_23_or_25_hours_is_one_day():
    spring = (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC), 9900)
    found = daily_lows([PriceSpan(*spring)], now=datetime(2026, 3, 31, 10, tzinfo=UTC), zone="Europe/Vienna")

    assert found == DailyLows(date(2026, 3, 31), (9900, 9900, 9900, None))


def test_nothing_after_now_counts():
    assert lows((at(1), at(9), 9900), (at(4), at(5), 100), now=at(2)) == (1, (9900, 9900))


def test_without_a_sighting_today_is_unknown():
    assert daily_lows([], now=at(7)) == DailyLows(date(2026, 3, 7), (None,))


def test_several_offers_have_the_lowest_of_each_day():
    today = date(2026, 3, 4)
    one, other = DailyLows(today, (9900, None, 9900)), DailyLows(today, (5000, 9800, None, 9950))

    assert lowest_of([one, other]) == DailyLows(today, (5000, 9800, None, 9900))
    assert lowest_of([other, one]) == lowest_of([one, other])
    assert lowest_of([one]) == one


@pytest.mark.parametrize(
    "broken",
    [
        lambda: PriceSpan(datetime(2026, 3, 1), at(2), 1),  # noqa: DTZ001
        lambda: PriceSpan(at(1), datetime(2026, 3, 1), 1),  # noqa: DTZ001
        lambda: PriceSpan(at(2), at(1), 1),
        lambda: PriceSpan(at(1), at(2), 0),
        lambda: PriceSpan(at(1), at(2), -5),
        lambda: DailyLows(date(2026, 3, 1), ()),
        lambda: DailyLows(date(2026, 3, 1), (1, 0)),
        lambda: daily_lows([], now=datetime(2026, 3, 1)),  # noqa: DTZ001
        lambda: daily_lows([], now=at(1), zone="Asia/Nowhere"),
        lambda: daily_lows([], now=at(1), zone="../etc/passwd"),
        lambda: daily_lows([], now=at(1), zone=""),
        lambda: lowest_of([]),
        lambda: lowest_of([DailyLows(date(2026, 3, day), (1,)) for day in (1, 2)]),
    ],
    ids=count(),
)
def test_what_is_no_price_no_time_or_no_zone_is_refused(broken):
    with pytest.raises(InvalidInput):
        broken()


def _spans(gaps):
    """Spans one after the other, from (hours since the one before, hours long, price)."""
    moment, found = START, []
    for wait, length, minor in gaps:
        since = moment + timedelta(hours=wait)
        moment = since + timedelta(hours=length)
        found.append((since, moment, minor))
    return found


SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 90), st.none() | st.integers(1, 5)), max_size=12
).map(_spans)


@given(
    SPANS,
    st.integers(0, 900),
    st.sampled_from(["Asia/Shanghai", "UTC", "Europe/Vienna", "America/New_York"]),
    st.randoms(use_true_random=False),
)
def test_it_is_what_the_rules_say_day_by_day(spans, hours, zone, chance):
    now = START + timedelta(hours=hours)
    shuffled = sorted(spans, key=lambda _: chance.random())
    found = daily_lows([PriceSpan(*span) for span in shuffled], now=now, zone=zone)
    first = found.today - timedelta(days=len(found.minor) - 1)
    told = {first + timedelta(days=day): minor for day, minor in enumerate(found.minor) if minor is not None}

    assert told == lows_of_days(spans, now, zone)
