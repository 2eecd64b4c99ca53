"""When schedules fire, in every zone and after every pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidInput, InvalidSchedule, NotFound
from ledger.runs import RunState
from ledger.schedules import MOST_COUNTED, NewSchedule, ScheduleChange, ScheduleKind, Timing
from tests.support.runs import at

EVERY_MINUTE = Timing(ScheduleKind.INTERVAL, "60")


def new(timing=EVERY_MINUTE, name="phones", marketplace="jd"):
    return NewSchedule(name, marketplace, ("手机",), timing)


def cron(expression, zone="Asia/Shanghai"):
    return Timing(ScheduleKind.CRON, expression, zone)


def fire_and_finish(ledger, now):
    """Fire what is due and let its runs end, so that the next slot does not overlap."""
    fired = ledger.schedules.fire_due(now=now)
    for one in fired:
        if one.state is RunState.QUEUED:
            lease = ledger.runs.claim("w", now=now, run_id=one.run_id)
            ledger.runs.finish(lease, now=now)
    return fired


def test_an_interval_fires_once_per_slot(ledger):
    ledger.schedules.create(new(), now=at(0))

    fired = [len(fire_and_finish(ledger, at(s))) for s in (0, 59, 60, 61, 119, 120, 125)]

    assert fired == [0, 0, 1, 0, 0, 1, 0]
    assert [run.slot for run in ledger.runs.newest()] == [at(120), at(60)]
    assert not any(run.is_late for run in ledger.runs.newest())


def test_cron_is_read_in_its_own_zone(ledger):
    schedule = ledger.schedules.create(new(cron("30 8 * * *")), now=datetime(2026, 11, 1, tzinfo=UTC))

    assert schedule.next_at == datetime(2026, 11, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        # Clocks go forward at 02:00: the slot that does not exist comes at the first moment that does.
        (
            "Europe/Berlin",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            ["2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"],
        ),
        # Clocks go back at 03:00: the slot that comes twice fires once.
        (
            "Europe/Berlin",
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"],
        ),
        (
            "America/New_York",
            datetime(2026, 3, 7, 12, tzinfo=UTC),
            ["2026-03-08T07:00", "2026-03-09T06:30", "2026-03-10T06:30"],
        ),
        (
            "Asia/Shanghai",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            ["2026-03-28T18:30", "2026-03-29T18:30", "2026-03-30T18:30"],
        ),
    ],
)
def test_a_daily_slot_fires_once_a_day_through_clock_changes(zone, start, expected):
    slots = []
    for _ in expected:
        start = cron("30 2 * * *", zone).next_slot(start, anchor=start)
        slots.append(start.strftime("%Y-%m-%dT%H:%M"))

    assert slots == expected


@given(
    st.integers(0, 400 * 86_400),
    st.sampled_from(["*/5 * * * *", "0 3 * * 1", "30 2 * * *", "59 23 31 12 *"]),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_slots_are_strictly_increasing(offset, expression, zone):
    timing = cron(expression, zone)
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=offset)

    first = timing.next_slot(start, anchor=start)
    second = timing.next_slot(first, anchor=start)

    assert start < first < second
    assert timing.newest_slot(first) == first


def test_missed_slots_become_one_late_run(ledger):
    ledger.schedules.create(new(), now=at(0))

    (fired,) = ledger.schedules.fire_due(now=at(60 * 10 + 5))

    run = ledger.runs.get(fired.run_id)
    assert (run.slot, run.missed_slots, run.is_late) == (at(600), 9, True)
    assert ledger.schedules.fire_due(now=at(60 * 10 + 6)) == []
    assert ledger.schedules.all()[0].next_at == at(660)


def test_a_month_asleep_is_one_late_run_and_quick(ledger):
    ledger.schedules.create(new(cron("* * * * *")), now=at(0))

    (fired,) = ledger.schedules.fire_due(now=at(30 * 86_400 + 30))

    run = ledger.runs.get(fired.run_id)
    assert (run.slot, run.missed_slots, run.is_late) == (at(30 * 86_400), MOST_COUNTED, True)


def test_a_slot_whose_predecessor_still_waits_is_recorded_as_skipped(ledger):
    ledger.schedules.create(new(), now=at(0))

    first, second, third = (ledger.schedules.fire_due(now=at(s))[0] for s in (60, 120, 180))

    assert [f.state for f in (first, second, third)] == [RunState.QUEUED, RunState.SKIPPED, RunState.SKIPPED]
    assert str(first.run_id) in ledger.runs.get(second.run_id).reason
    lease = ledger.runs.claim("w", now=at(181))
    assert lease.run_id == first.run_id
    assert ledger.schedules.fire_due(now=at(240))[0].state is RunState.QUEUED


def test_a_paused_schedule_is_silent_and_catches_nothing_up(ledger):
    schedule = ledger.schedules.create(new(), now=at(0))
    ledger.schedules.change(schedule.id, ScheduleChange(is_paused=True), now=at(30))

    assert ledger.schedules.fire_due(now=at(1000)) == []
    assert ledger.schedules.next_due() is None

    woken = ledger.schedules.change(schedule.id, ScheduleChange(is_paused=False), now=at(1000))
    assert woken.next_at == at(1020)
    assert len(ledger.schedules.fire_due(now=at(1020))) == 1
    assert ledger.runs.newest()[0].missed_slots == 0


def test_parts_of_a_schedule_can_be_changed(ledger):
    schedule = ledger.schedules.create(new(), now=at(0))

    changed = ledger.schedules.change(
        schedule.id, ScheduleChange(name="tv", keywords=("电视",), timing=cron("0 * * * *")), now=at(5)
    )

    assert (changed.name, changed.keywords, changed.timing.expression) == ("tv", ("电视",), "0 * * * *")
    assert ledger.schedules.get(schedule.id) == changed


def test_a_deleted_schedule_is_gone_and_its_runs_stay(ledger):
    schedule = ledger.schedules.create(new(), now=at(0))
    (fired,) = ledger.schedules.fire_due(now=at(60))

    ledger.schedules.delete(schedule.id, now=at(61))

    assert ledger.schedules.all() == []
    assert ledger.schedules.fire_due(now=at(500)) == []
    assert ledger.runs.newest(schedule_id=schedule.id)[0].id == fired.run_id
    for call in (
        lambda: ledger.schedules.get(schedule.id),
        lambda: ledger.schedules.delete(schedule.id, now=at(62)),
        lambda: ledger.schedules.change(schedule.id, ScheduleChange(name="x"), now=at(62)),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.parametrize(
    ("kind", "expression", "zone"),
    [
        ("cron", "* * * *", "UTC"), ("cron", "* * * * * *", "UTC"), ("cron", "61 * * * *", "UTC"), ("cron", "0 0 31 2 *", "UTC"),
        ("cron", "", "UTC"), ("cron", "@daily", "UTC"), ("cron", "a b c d e", "UTC"), ("cron", "* * * * *", "Mars/Olympus"),
        ("cron", "* * * * *", ""), ("cron", "* * * * *", "../etc/passwd"), ("interval", "0", "UTC"), ("interval", "9", "UTC"), ("interval", "-60", "UTC"),
        ("interval", "1.5", "UTC"), ("interval", "", "UTC"), ("interval", "９９", "UTC"), ("interval", "9" * 30, "UTC"),
    ],
)  # fmt: skip
def test_what_can_never_fire_is_refused(kind, expression, zone):
    with pytest.raises(InvalidSchedule):
        Timing(ScheduleKind(kind), expression, zone)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0"])
def test_a_schedule_needs_a_name(ledger, name):
    with pytest.raises(InvalidInput):
        ledger.schedules.create(new(name=name), now=at(0))


@given(st.text(max_size=20), st.text(max_size=12))
def test_any_text_is_a_timing_or_an_invalid_one(expression, zone):
    for kind in ScheduleKind:
        try:
            timing = Timing(kind, expression, zone)
        except InvalidSchedule:
            continue
        assert timing.next_slot(at(0), anchor=at(0)) > at(0)
