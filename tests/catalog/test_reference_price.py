import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.daily_lows import DailyLows
from catalog.errors import InvalidInput
from catalog.reference_price import Low, Rise, Verdict, reference_price
from tests.support.daily_prices import judged

TODAY = date(2026, 6, 30)
FIELDS = (
    "verdict", "baseline7", "baseline30", "coverage30", "real_discount_bp", "claimed_discount_bp", "raised_before",
    "low30", "low90", "low180",
)  # fmt: skip

VECTORS = json.loads((Path(__file__).parent / "vectors" / "price_history_vectors.json").read_text())[
    "vectors"
]

PRICES = st.sampled_from([9500, 9800, 10_000, 10_499, 10_500, 10_300, None])
RUNS = st.lists(st.tuples(PRICES, st.integers(1, 40)), min_size=1, max_size=12)
SERIES = RUNS.map(lambda runs: tuple(low for low, days in runs for _ in range(days)))
CLAIMS = st.none() | st.sampled_from([9400, 9800, 10_000, 10_500, 20_000])


def days(*runs):
    """(price, number of days) …, the last day is today."""
    return DailyLows(TODAY, tuple(low for low, many in runs for _ in range(many)))


def fields(found):
    return {name: getattr(found, name) for name in FIELDS}


def lows_of(text):
    """The days of a vector's ``9900*60,x*8,7900*1``."""
    runs = [run.split("*") for run in text.split(",")]
    return tuple(None if low == "x" else int(low) for low, many in runs for _ in range(int(many)))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_every_shared_vector_is_met_by_the_code_and_by_the_slow_reading(vector):
    lows, claimed, expect = (
        lows_of(vector["daily_low_fen"]), vector["claimed_reference_fen"], vector["expect"],
    )  # fmt: skip
    found, slow = fields(reference_price(DailyLows(TODAY, lows), claimed=claimed)), judged(lows, claimed)

    assert {name: found[name] for name in expect} == expect
    assert {name: slow[name] for name in expect} == expect


# ── t0 ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_run_of_a_price_begins_on_the_first_day_it_was_asked():
    found = reference_price(days((9900, 40), (7900, 10)))

    assert found.price == 7900
    assert found.since == date(2026, 6, 21)


def test_unknown_days_inside_the_run_do_not_break_it():
    found = reference_price(days((9900, 40), (7900, 1), (None, 9), (7900, 1)))

    assert found.since == TODAY - timedelta(days=10)
    assert (found.baseline7, found.coverage30) == (9900, 30)


def test_unknown_days_before_the_run_are_not_of_it():
    found = reference_price(days((9900, 40), (None, 3), (7900, 2)))

    assert found.since == TODAY - timedelta(days=1)
    assert found.coverage30 == 27


def test_an_earlier_run_of_the_same_price_is_another_run():
    assert reference_price(days((7900, 40), (9900, 1), (7900, 1))).since == TODAY


# ── baselines ────────────────────────────────────────────────────────────────────────────────────


def test_baseline7_is_of_the_seven_days_before_the_run():
    assert reference_price(days((5000, 1), (9900, 6), (8900, 1))).baseline7 == 5000
    assert reference_price(days((5000, 1), (9900, 7), (8900, 1))).baseline7 == 9900


def test_baseline7_falls_back_to_the_last_price_however_old():
    found = reference_price(days((5000, 1), (9900, 1), (None, 400), (8900, 1)))

    assert (found.baseline7, found.baseline30, found.coverage30) == (9900, None, 0)
    assert found.verdict == Verdict.INSUFFICIENT_HISTORY


def test_baseline30_ends_where_the_reduction_starts():
    found = reference_price(days((5000, 1), (9900, 30), (8900, 25)))

    assert (found.baseline7, found.baseline30) == (9900, 9900)
    assert reference_price(days((5000, 1), (9900, 29), (8900, 25))).baseline30 == 5000


@pytest.mark.parametrize(("seen", "baseline"), [(24, 5000), (23, None)])
def test_baseline30_wants_24_days(seen, baseline):
    found = reference_price(days((9900, 9), (5000, 1), (9900, seen - 1), (None, 30 - seen), (8900, 1)))

    assert (found.coverage30, found.baseline30) == (seen, baseline)


def test_a_short_history_counts_as_unobserved_days():
    assert reference_price(days((9900, 24), (8900, 1))).baseline30 == 9900
    assert reference_price(days((9900, 23), (8900, 1))).baseline30 is None


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("seen", "verdict"), [(7, Verdict.SUPPORTED), (6, Verdict.INSUFFICIENT_HISTORY)])
def test_a_verdict_wants_seven_observed_days(seen, verdict):
    found = reference_price(days((9900, seen), (8900, 1)), claimed=9900)

    assert found.verdict == verdict
    assert found.real_discount_bp == 1010


@pytest.mark.parametrize(
    ("price", "claimed", "verdict"),
    [
        (8900, None, Verdict.NO_CLAIM),
        (8900, 9900, Verdict.SUPPORTED),
        (8900, 9901, Verdict.REFERENCE_ABOVE_HISTORY),
        (8900, 9000, Verdict.SUPPORTED),
        (8900, 8000, Verdict.SUPPORTED),
        (9900 + 1, 20_000, Verdict.NO_REAL_DISCOUNT),
    ],
)
def test_a_reference_is_held_against_what_was_asked_before(price, claimed, verdict):
    assert reference_price(days((9900, 40), (price, 1)), claimed=claimed).verdict == verdict


def test_the_thirty_days_outweigh_the_seven():
    found = reference_price(days((9900, 30), (12_900, 7), (11_900, 1)), claimed=12_900)

    assert (found.baseline7, found.baseline30, found.base) == (12_900, 9900, 9900)
    assert found.verdict == Verdict.NO_REAL_DISCOUNT


def test_a_price_that_never_changed_has_no_baseline():
    found = reference_price(days((9900, 200)), claimed=19_900)

    assert (found.baseline7, found.baseline30, found.coverage30) == (None, None, 0)
    assert (found.verdict, found.real_discount_bp) == (Verdict.INSUFFICIENT_HISTORY, None)
    assert found.claimed_discount_bp == 5025
    assert (found.low30, found.low90, found.low180) == (Low.EQUAL_LOW, Low.EQUAL_LOW, Low.EQUAL_LOW)


def test_discounts_are_rounded_down_and_never_negative():
    found = reference_price(days((30_000, 40), (19_999, 1)), claimed=29_999)

    assert (found.real_discount_bp, found.claimed_discount_bp) == (3333, 3333)
    dearer = reference_price(days((9900, 40), (12_900, 1)), claimed=11_900)
    assert (dearer.real_discount_bp, dearer.claimed_discount_bp) == (0, 0)


def test_while_today_is_unknown_everything_is():
    found = reference_price(days((9900, 40), (7900, 3), (None, 1)), claimed=9900)

    assert fields(found) == {
        "verdict": "insufficient_history", "baseline7": None, "baseline30": None, "coverage30": None,
        "real_discount_bp": None, "claimed_discount_bp": None, "raised_before": None,
        "low30": "unknown", "low90": "unknown", "low180": "unknown",
    }  # fmt: skip
    assert (found.price, found.since, found.base, found.claimed) == (None, None, None, 9900)


@pytest.mark.parametrize("claimed", [0, -1])
def test_a_claim_that_is_no_price_is_refused(claimed):
    with pytest.raises(InvalidInput):
        reference_price(days((9900, 1)), claimed=claimed)


# ── 先涨后降 ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("dear", "raised"), [(30, True), (31, False)])
def test_a_rise_counts_for_thirty_days(dear, raised):
    assert reference_price(days((9900, 60), (12_900, dear), (9900, 1))).raised_before is raised


def test_a_rise_is_dated_by_the_first_sight_of_the_higher_price():
    found = reference_price(days((9900, 10), (None, 20), (12_900, 20), (9900, 1)))

    assert found.rise == Rise(TODAY - timedelta(days=20), 9900, 12_900)
    assert reference_price(days((9900, 10), (None, 9), (12_900, 31), (9900, 1))).raised_before is False


def test_two_small_rises_are_not_a_large_one():
    assert reference_price(days((10_000, 40), (10_300, 5), (10_700, 5), (10_000, 1))).raised_before is False


@pytest.mark.parametrize(("price", "raised"), [(9800, True), (9799, False)])
def test_about_the_old_level_is_98_percent(price, raised):
    assert reference_price(days((10_000, 40), (12_000, 5), (price, 1))).raised_before is raised


def test_the_rise_to_todays_price_is_not_one_before_it():
    assert reference_price(days((9900, 40), (12_900, 3))).raised_before is False


def test_the_latest_of_several_rises_is_told():
    found = reference_price(days((5000, 40), (6000, 5), (5500, 5), (6000, 5), (5500, 1)))

    assert found.rise == Rise(TODAY - timedelta(days=5), 5500, 6000)


# ── lows ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("window", "enough"), [(30, 24), (90, 72), (180, 144)])
def test_a_low_wants_all_its_days_and_four_fifths_of_them_observed(window, enough):
    name = f"low{window}"
    gaps = window - enough

    assert getattr(reference_price(days((9900, enough), (None, gaps), (8900, 1))), name) == Low.NEW_LOW
    assert (
        getattr(reference_price(days((9900, enough - 1), (None, gaps + 1), (8900, 1))), name) == Low.UNKNOWN
    )
    assert getattr(reference_price(days((9900, window - 1), (8900, 1))), name) == Low.UNKNOWN


@pytest.mark.parametrize(("price", "low"), [(8800, Low.NEW_LOW), (8900, Low.EQUAL_LOW), (8901, Low.NOT_LOW)])
def test_today_against_the_days_before(price, low):
    found = reference_price(days((9900, 100), (8900, 1), (9900, 89), (price, 1)))

    assert (found.low90, found.low180) == (low, low)
    assert found.low30 == Low.NEW_LOW


def test_a_low_is_of_the_days_before_today_not_before_the_run():
    assert reference_price(days((9900, 40), (7900, 2))).low30 == Low.EQUAL_LOW


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────


@given(SERIES, CLAIMS)
def test_it_is_what_the_rules_say_day_by_day(lows, claimed):
    assert fields(reference_price(DailyLows(TODAY, lows), claimed=claimed)) == judged(lows, claimed)


def test_the_slow_reading_of_the_rules_knows_the_flagship_case():
    assert judged((9900,) * 40 + (12_900,) * 10 + (9900,), 12_900) == {
        "verdict": "no_real_discount", "baseline7": 12_900, "baseline30": 9900, "coverage30": 30,
        "real_discount_bp": 0, "claimed_discount_bp": 2325, "raised_before": True,
        "low30": "equal_low", "low90": "unknown", "low180": "unknown",
    }  # fmt: skip


@given(SERIES, CLAIMS, st.integers(2, 1000))
def test_prices_in_another_unit_change_amounts_and_nothing_else(lows, claimed, factor):
    plain = reference_price(DailyLows(TODAY, lows), claimed=claimed)
    scaled = reference_price(
        DailyLows(TODAY, tuple(low and low * factor for low in lows)), claimed=claimed and claimed * factor
    )

    amounts = {name: (getattr(plain, name), getattr(scaled, name)) for name in ("baseline7", "baseline30")}
    assert all(after == (before and before * factor) for before, after in amounts.values())
    assert {k: v for k, v in fields(scaled).items() if k not in amounts} == {
        k: v for k, v in fields(plain).items() if k not in amounts
    }


@given(SERIES, SERIES, st.integers(0, 60), CLAIMS)
def test_what_lies_before_180_days_and_before_the_month_of_the_run_does_not_matter(
    older, newer, run, claimed
):
    known = (10_001,) * 180 + newer + (9700,) * (run + 1)  # the run begins within what is known
    assume(newer[0] is not None)

    def judge(lows):
        return fields(reference_price(DailyLows(TODAY, lows), claimed=claimed))

    assert judge(older + known) == judge(known)


@given(SERIES, CLAIMS, st.sets(st.integers(1, 60)))
def test_days_missed_inside_the_run_change_no_verdict(before, claimed, missed):
    run = 62
    holes = tuple(None if day in missed else 9700 for day in range(run))
    whole = reference_price(DailyLows(TODAY, (*before, *(9700,) * run)), claimed=claimed)
    holed = reference_price(DailyLows(TODAY, before + holes), claimed=claimed)

    judged_by = ("since", "baseline7", "baseline30", "coverage30", "verdict", "real_discount_bp", "rise")
    assert [getattr(holed, name) for name in judged_by] == [getattr(whole, name) for name in judged_by]


@given(SERIES, CLAIMS)
def test_a_discount_is_supported_only_below_everything_the_window_shows(lows, claimed):
    found = reference_price(DailyLows(TODAY, lows), claimed=claimed)

    assume(found.verdict == Verdict.SUPPORTED)
    assert found.price < found.base
    assert claimed <= found.base
    assert found.real_discount_bp >= 0
    assert found.coverage30 >= 7


def test_ten_years_are_judged_in_less_than_five_milliseconds():
    series = days(*((9900 + day % 7, 1) for day in range(3649)), (9000, 1))
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        reference_price(series, claimed=9900)
        spent.append(time.perf_counter() - begun)

    assert min(spent) < 0.005
