"""Money and time as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.pages.formatting import day, duration, exact_time, machine_time, money, over, relative_time
from api.pages.texts import Texts
from tests.support.offers import START

TEXTS = Texts.load()


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (129_900, "CNY", "¥1,299"),
        (129_950, "CNY", "¥1,299.50"),
        (990, "CNY", "¥9.90"),
        (5, "CNY", "¥0.05"),
        (0, "CNY", "¥0"),
        (-1_250, "CNY", "-¥12.50"),
        (123_456_789_012, "CNY", "¥1,234,567,890.12"),
        (59_900, "USD", "USD 599"),
        (59_905, "USD", "USD 599.05"),
        (12_000, "JPY", "JPY 12,000"),
        (1_500, "KWD", "KWD 1.500"),
        (-100, "EUR", "EUR -1"),
    ],
)
def test_money_is_whole_when_it_can_be_and_foreign_money_is_named(minor, currency, written):
    assert money(minor, currency) == written


@pytest.mark.parametrize(
    ("basis_points", "written"),
    [(526, "+5.3%"), (1, "+<0.1%"), (4, "+<0.1%"), (5, "+0.1%"), (10, "+0.1%"), (15, "+0.2%"), (9_994, "+99.9%"),
     (10_000, "+100%"), (23_450, "+235%"), (0, "+0.0%")],
)  # fmt: skip
def test_percentages_are_rounded_half_up_and_never_to_nothing(basis_points, written):
    assert over(basis_points) == written


@pytest.mark.parametrize(
    ("age", "written"),
    [
        (timedelta(0), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=60), "1 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 分钟前"),
        (timedelta(hours=1), "1 小时前"),
        (timedelta(hours=47, minutes=59), "47 小时前"),
        (timedelta(hours=48), "2 天前"),
        (timedelta(days=400), "400 天前"),
        (-timedelta(seconds=5), "马上"),
        (-timedelta(minutes=90), "1 小时后"),
        (-timedelta(days=3), "3 天后"),
    ],
)
def test_ages_are_rounded_down(age, written):
    assert relative_time(START - age, START, TEXTS) == written


def test_exact_times_are_in_the_zone_of_schedules_and_machines_get_utc():
    assert exact_time(START) == "2026-11-01 20:00"
    assert machine_time(START) == "2026-11-01T12:00:00Z"
    assert day(START + timedelta(hours=5)) == "11-02"


@pytest.mark.parametrize(
    ("length", "written"),
    [(timedelta(seconds=42.9), "42 秒"), (timedelta(seconds=200), "3 分 20 秒"), (timedelta(hours=2, minutes=5), "2 小时 5 分"),
     (-timedelta(seconds=1), "0 秒")],
)  # fmt: skip
def test_durations_have_two_parts_at_most(length, written):
    assert duration(length, TEXTS) == written
