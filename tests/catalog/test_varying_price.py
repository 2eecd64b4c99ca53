from datetime import UTC, datetime, timedelta

import pytest

from catalog.errors import InvalidInput
from catalog.varying_price import AnonymousHeadline, AnonymousSighting, anonymous_headline

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def seen(*sightings):
    """The headline of (minute, price) …"""
    return anonymous_headline(
        [AnonymousSighting(NOON + timedelta(minutes=m), price) for m, price in sightings]
    )


def test_two_prices_at_the_same_time_vary_and_the_highest_is_the_headline():
    assert seen((0, 9900), (10, 8900)) == AnonymousHeadline(9900, price_varies=True)
    assert seen((10, 9900), (0, 8900)) == AnonymousHeadline(9900, price_varies=True)


def test_a_price_of_eleven_minutes_ago_has_changed():
    assert seen((0, 9900), (11, 8900)) == AnonymousHeadline(8900, price_varies=False)


def test_the_same_price_twice_does_not_vary():
    assert seen((0, 9900), (1, 9900)) == AnonymousHeadline(9900, price_varies=False)
    assert seen((0, 9900)) == AnonymousHeadline(9900, price_varies=False)


def test_nothing_seen_is_no_headline():
    with pytest.raises(InvalidInput):
        seen()
