"""Prices over time: pure, piecewise constant, moved by sellers and campaigns, never wild."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest

from marketplaces.world import prices
from marketplaces.world.quotes import quote
from marketplaces.world.seasons import campaign_hours, hour_of, moment
from tests.marketplaces.support import CAMPAIGN, NOW, Times, ask, callers, control, practice

pytestmark = pytest.mark.slow

START = hour_of(datetime(2026, 8, 30, tzinfo=UTC))
HOURS = [moment(START + hour) for hour in range(24 * 40)]
QUIET = moment(hour_of(NOW))


@pytest.fixture(scope="module")
def offers(full_world):
    return [offer for offer in full_world.world.offers if offer.kind == "goods"][::90]


@pytest.fixture(scope="module")
def courses(offers):
    """Forty days of prices, hour by hour."""
    return {offer.number: [prices.price_at(offer, hour) for hour in HOURS] for offer in offers}


def changes(course):
    return sum(one.price_fen != other.price_fen for one, other in pairwise(course))


def test_a_price_is_a_function_of_offer_and_hour(offers):
    again = [prices.price_at(offer, moment(QUIET.hour)) for offer in reversed(offers)]

    assert again == [prices.price_at(offer, QUIET) for offer in reversed(offers)]


def test_prices_change_every_few_days(courses):
    per_offer = [changes(course) for course in courses.values()]

    assert 5 <= median(per_offer) <= 20
    assert min(per_offer) <= 3
    assert max(per_offer) <= 40


def test_prices_stay_near_their_base(offers, courses):
    for offer in offers:
        for price in courses[offer.number]:
            assert 0.85 * offer.tariff.base_fen - 100 < price.price_fen < 1.32 * offer.tariff.base_fen + 100


def test_prices_are_whole_fen_and_positive(courses):
    for course in courses.values():
        assert all(type(price.price_fen) is int and price.price_fen > 0 for price in course)


def test_endings_are_those_shoppers_know(full_world):
    dear = [
        prices.price_at(o, QUIET).price_fen for o in full_world.world.offers if o.tariff.base_fen > 50_000
    ]

    assert sum(fen % 1000 == 900 for fen in dear) / len(dear) > 0.3
    assert sum(fen % 100 == 0 for fen in dear) / len(dear) > 0.75


def test_a_struck_through_price_is_above_the_price_or_absent(full_world):
    shown = [prices.price_at(offer, QUIET) for offer in full_world.world.offers]

    assert all(price.list_fen is None or price.list_fen > price.price_fen for price in shown)
    assert 0.5 < sum(price.list_fen is not None for price in shown) / len(shown) < 0.8


def test_some_struck_through_prices_are_inflated_beyond_anything_asked(offers, courses):
    claimed = [(max(p.list_fen or 0 for p in c), max(p.price_fen for p in c)) for c in courses.values()]

    assert sum(listed > asked * 1.3 for listed, asked in claimed) > len(claimed) * 0.15


def test_some_sellers_raise_before_they_cut(full_world):
    raisers = [o for o in full_world.world.offers if o.tariff.raise_days]

    assert 0.04 < len(raisers) / len(full_world.world.offers) < 0.1
    for offer in raisers[:10]:
        course = [prices.price_at(offer, hour).price_fen for hour in HOURS]
        assert max(course) > min(course) * 1.08


def test_a_campaign_lowers_prices_and_some_stay_out_of_it(full_world):
    sale, before = moment(hour_of(CAMPAIGN)), moment(hour_of(NOW))
    ratios = [
        prices.price_at(o, sale).price_fen / prices.price_at(o, before).price_fen
        for o in full_world.world.offers
        if not o.tariff.raise_days and o.kind == "goods"
    ]

    assert 0.9 < median(ratios) < 0.99
    assert sum(ratio < 0.92 for ratio in ratios) > len(ratios) * 0.2
    assert sum(ratio > 0.98 for ratio in ratios) > len(ratios) * 0.25


def test_campaigns_begin_and_end_at_midnight_in_china():
    first = moment(hour_of(datetime(2026, 5, 31, 16, tzinfo=UTC)))
    eve = moment(first.hour - 1)

    assert (eve.campaign, first.campaign.name) == (None, "618")
    assert eve.run_up is True
    starts, ends = campaign_hours(first)
    assert starts == first.hour
    assert ends - starts == 20 * 24
    assert moment(ends).campaign is None


def test_a_few_are_sold_out_and_a_few_are_away(full_world):
    offers = full_world.world.offers
    out = [sum(not prices.in_stock(o, hour) for o in offers) for hour in HOURS[:: 24 * 5]]
    gone = [sum(not prices.on_sale(o, hour) for o in offers) for hour in HOURS[:: 24 * 5]]

    assert all(0.002 < count / len(offers) < 0.04 for count in out)
    assert all(0.005 < count / len(offers) < 0.05 for count in gone)
    assert len(set(gone)) > 1


def test_stock_on_jd_and_in_the_shop_goes_out_and_comes_back(full_world):
    sold_out = {
        hour.hour: {
            o.number
            for o in full_world.world.offers
            if o.marketplace in ("jd", "shop") and not quote(o, hour).in_stock
        }
        for hour in HOURS[:: 24 * 4]
    }

    assert all(sold_out.values())
    assert set.intersection(*sold_out.values()) == set()


# ── over the protocol ──────────────────────────────────────────────────────────────────────────────


def test_the_same_hour_gives_the_same_bytes_and_another_day_does_not():
    one, two = practice(), practice()
    first, second = callers(one)["taobao"], callers(two)["taobao"]
    given = first.parameters(
        "taobao.tbk.dg.material.optional.upgrade", q="手机", adzone_id=first.credentials["adzone_id"]
    )

    assert first.send(given).body == second.send(given).body
    control(two, "/clock", method="POST", json_body={"advance_s": 1800})
    assert first.send(given).body == second.send(given).body
    control(two, "/clock", method="POST", json_body={"advance_s": 86_400 * 3})
    assert first.send(given).body != second.send(given).body
    control(two, "/clock", method="POST", json_body={"set": NOW.isoformat()})
    assert first.send(given).body == second.send(given).body


def test_another_seed_gives_other_bytes():
    bodies = [
        ask(practice(seed=seed, products=100, offers=300).apps["shop"], "/sitemaps/products-1.xml.gz").body
        for seed in (7, 7, 8)
    ]

    assert bodies[0] == bodies[1] != bodies[2]


def test_the_world_clock_runs_at_its_speed():
    times = Times()
    world = practice(times, speed=3600.0)

    times.pass_(2)

    assert world.clock.now() == NOW + timedelta(hours=2)
    assert world.clock.moment().hour == QUIET.hour + 2
