"""Geometry: figures land where they belong, gaps are gaps, and a thousand changes stay small."""

from __future__ import annotations

import itertools
import re

import pytest

from api.pages.chart import BOTTOM, DAYS, HEIGHT, LABEL_APART, TOP, WIDTH, chart
from api.pages.lines import Scale, step_path
from api.pages.spans import Span
from api.pages.sparkline import WIDTH as SPARK_WIDTH
from api.pages.sparkline import sparkline

DAY = 86_400
NOW = 1_800_000_000


def days(first, last, minor):
    """A span from so many days ago until so many days ago."""
    return Span(NOW - first * DAY, NOW - last * DAY, minor)


def drawn(*lines, **more):
    names = ("jd", "taobao", "shop", "pinduoduo", "douyin", "kuaishou")
    return chart({n: [line] for n, line in zip(names, lines, strict=False)}, currency="CNY", now=NOW, **more)


def test_the_scale_maps_ends_to_ends_and_rounds_half_up():
    scale = Scale(100, 200, 0, 10)
    assert [scale(100), scale(104), scale(105), scale(200)] == [0, 0, 1, 10]
    turned = Scale(0, 10, 100, 0)
    assert [turned(0), turned(5), turned(10)] == [100, 50, 0]
    assert Scale(7, 7, 10, 30)(7) == 20


def test_a_step_line_is_horizontal_between_changes():
    assert (
        step_path([Span(0, 5, 10), Span(5, 10, 0)], Scale(0, 10, 0, 100), Scale(0, 10, 50, 0))
        == "M0 0H50V50H100"
    )


def test_a_gap_in_time_is_a_gap_in_the_line():
    path = step_path([Span(0, 2, 5), Span(6, 10, 5)], Scale(0, 10, 0, 100), Scale(0, 10, 50, 0))
    assert path == "M0 25H20M60 25H100"


def test_a_moment_is_a_dot_and_the_last_figure_is_always_reached():
    wide = Scale(0, 1_000, 0, 10)
    height = Scale(0, 10, 10, 0)
    assert step_path([Span(500, 501, 5)], wide, height) == "M5 5h0"
    assert step_path([Span(0, 990, 5), Span(990, 1_000, 9)], wide, height).endswith("V1")
    assert step_path([], wide, height) == ""


def test_points_map_to_the_right_coordinates():
    found = drawn([days(80, 40, 420_000), days(40, 0, 400_000)])

    (line,) = found.lines
    assert [(tick.text, tick.at) for tick in found.prices] == [
        ("¥4,000", BOTTOM), ("¥4,100", 120), ("¥4,200", TOP),
    ]  # fmt: skip
    assert line.path == f"M0 {TOP}H500V{BOTTOM}H1000"
    assert (line.end_x, line.end_y, line.minor, line.is_current) == (WIDTH, BOTTOM, 400_000, True)
    assert [tick.at for tick in found.dates] == [0, 200, 400, 600, 800, 1000]


def test_the_lowest_point_is_marked_where_it_began():
    found = drawn(
        [days(80, 40, 420_000), days(40, 20, 390_000), days(20, 0, 430_000)], [days(80, 0, 410_000)]
    )

    assert (found.lowest.x, found.lowest.text, found.lowest.marketplace) == (500, "¥3,900", "jd")
    assert not found.lowest.is_right


def test_a_flat_line_lies_between_two_grid_lines():
    found = drawn([days(30, 0, 10_000)])

    assert len(found.prices) >= 2
    assert TOP <= found.lines[0].end_y <= BOTTOM
    assert found.prices[0].at == BOTTOM
    assert found.prices[-1].at == TOP


@pytest.mark.parametrize("minor", [1, 3, 99, 100, 101, 999_999_999])
def test_any_flat_price_has_a_grid_around_it(minor):
    found = drawn([days(10, 0, minor)])
    assert TOP <= found.lines[0].end_y <= BOTTOM
    assert 2 <= len(found.prices) <= 8


@pytest.mark.parametrize(("low", "high"), [(1, 2), (1, 1_000_000_00), (4_000_00, 4_001_00), (99, 100_00)])
def test_grids_are_few_and_round(low, high):
    found = drawn([days(20, 10, low), days(10, 0, high)])
    assert 2 <= len(found.prices) <= 8
    assert all(TOP <= tick.at <= BOTTOM for tick in found.prices)


def test_a_single_sighting_is_drawn_over_a_week_not_stretched():
    found = drawn([Span(NOW - 3_600, NOW, 5_000)])

    assert found.lines[0].path.startswith("M994 ")
    assert found.lines[0].end_x == WIDTH


def test_a_line_that_ended_says_so():
    found = drawn([days(80, 30, 5_000)], [days(80, 0, 6_000)])
    assert [(one.marketplace, one.is_current) for one in found.lines] == [("taobao", True), ("jd", False)]


def test_labels_keep_apart_inside_the_drawing():
    found = drawn(*[[days(50, 0, 10_000 + n)] for n in range(6)], [days(50, 0, 50_000)])
    places = [line.label_y for line in found.lines]
    assert all(b - a >= LABEL_APART for a, b in itertools.pairwise(places))
    assert places[-1] <= HEIGHT
    assert places[0] >= 0


def test_nothing_known_is_no_chart():
    assert drawn() is None
    assert drawn([days(DAYS + 20, DAYS + 10, 5_000)]) is None


def test_older_than_ninety_days_is_cut_off():
    found = drawn([days(200, 0, 5_000)])
    assert found.lines[0].path.startswith("M0 ")
    assert found.changes[0].since.timestamp() == NOW - DAYS * DAY


def test_a_thousand_changes_stay_small():
    spans = [
        days(90 - n * 90 / 1000, 90 - (n + 1) * 90 / 1000, 100_000 + (n * 7919) % 5_000) for n in range(1_000)
    ]
    spans = [Span(int(s.start), int(s.end), s.minor) for s in spans]

    path = drawn(spans).lines[0].path
    assert len(path) < 12_000
    assert all(0 <= int(x) <= WIDTH for x in re.findall(r"H(\d+)", path))

    spark = sparkline([spans], now=NOW)
    assert len(spark.path) < 800
    assert all(0 <= int(x) <= SPARK_WIDTH for x in re.findall(r"H(\d+)", spark.path))


def test_every_change_is_in_the_table_newest_first():
    found = drawn([days(80, 40, 420_000), days(40, 0, 400_000)], [days(60, 0, 410_000)])
    assert [(c.marketplace, c.minor) for c in found.changes] == [
        ("jd", 400_000), ("taobao", 410_000), ("jd", 420_000),
    ]  # fmt: skip


def test_a_sparkline_says_when_now_is_the_lowest():
    falling = sparkline([[days(20, 5, 200), days(5, 0, 100)]], now=NOW)
    rising = sparkline([[days(20, 5, 100), days(5, 0, 200)]], now=NOW)
    flat = sparkline([[days(20, 0, 100)]], now=NOW)

    assert (falling.is_low, rising.is_low, flat.is_low) == (True, False, False)
    assert (falling.low_minor, falling.high_minor) == (100, 200)


def test_a_day_or_two_is_no_sparkline():
    assert sparkline([[days(2, 0, 100)]], now=NOW) is None
    assert sparkline([], now=NOW) is None
