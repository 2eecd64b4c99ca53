"""Sealed history reads as if nothing had been sealed, whatever arrives in whatever order; on both databases."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ledger import observations, sealing
from ledger.history import _money, _shown, point_of, rows_from
from ledger.schema import offers
from ledger.sealing import quarter_start_us
from tests.support.offers import START, offer, seen, yuan
from tests.support.runs import at, commit, one_page_run, start_run

DAY = 86_400
LATER = START + timedelta(days=5 * 365)
"""`START` is in November 2026: by then all quarters of a test are over."""

ITEMS = ("1", "2", "3")
moments = (
    st.integers(0, 12).map(lambda day: day * 30 * DAY)
    | st.integers(0, 200 * DAY)
    | st.integers(0, 8).map(lambda quarter: 30 * DAY + quarter / 4)
)
sightings = st.tuples(st.sampled_from(ITEMS), moments, st.sampled_from(["10.00", "11.00", "12.00"]))
pages = st.lists(sightings, min_size=1, max_size=3, unique_by=lambda seen: seen[0])
deeds = st.lists(pages | st.just("seal"), min_size=1, max_size=12)


class Example:
    """Some offers in a ledger that others are in as well."""

    numbers = itertools.count()

    def __init__(self, ledger):
        self.ledger = ledger
        self.name = f"n{next(self.numbers)}-"

    def see(self, lease, page):
        made = [seen(self.name + item, price, at=moment) for item, moment, price in page]
        return commit(self.ledger, lease, *made, seconds=10**9)

    @property
    def ids(self):
        statement = text("SELECT id FROM offers WHERE item_id LIKE :name")
        with self.ledger.database.read() as connection:
            return list(connection.execute(statement, {"name": f"{self.name}%"}).scalars())

    def chunks(self):
        return [row for row in chunks(self.ledger) if row.offer_id in self.ids]

    def points(self, **more):
        return self.ledger.history.points(self.ids, **more)

    def points_of_rows(self, *, since=START):
        """What history says when there is no chunk."""
        found = {}
        with self.ledger.database.read() as connection:
            for row in connection.execute(rows_from(0).where(offers.c.id.in_(self.ids))):
                (point,) = _shown([[[part] for part in point_of(row)]], 0, _money)
                if point.until >= since.replace(microsecond=0):
                    found.setdefault(row.offer_id, []).append(point)
        return found

    def seal(self, now):
        """As `Sealing.run`, these offers only."""
        through, done = min(self.ids, default=0) - 1, not self.ids
        while not done:
            step = self.ledger.sealing.step(through, now=now)
            through, done = step.through_offer, step.is_last

    def play(self, done, now):
        """Everything in `done`; after each, history is what it is without chunks."""
        lease = start_run(self.ledger, first=len(done))
        try:
            for deed in done:
                self.seal(now) if deed == "seal" else self.see(lease, deed)
                for since in (START, START + timedelta(days=30, microseconds=600_000)):
                    assert self.points(since=since) == self.points_of_rows(since=since)
        finally:
            self.ledger.runs.abort(lease, "over", now=at(0))


def chunks(ledger):
    with ledger.database.read() as connection:
        return connection.execute(text("SELECT * FROM history_chunks ORDER BY offer_id, through_s")).all()


def seal(ledger, now=LATER):
    return ledger.sealing.run(now=now, report=lambda *_: None)


@pytest.fixture
def small(monkeypatch):
    """Chunks and steps so small that every border is met."""
    monkeypatch.setattr(sealing, "FULL", 3)
    monkeypatch.setattr(sealing, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(sealing, "OFFERS_AT_ONCE", 2)
    monkeypatch.setattr(sealing, "WINDOW", 2)


@pytest.mark.slow
@settings(max_examples=50)  # each is some twenty commits
@given(done=deeds, late=st.integers(0, 400))
def test_sealed_history_is_the_same_history(ledger, small, done, late):
    Example(ledger).play([*done, "seal"], START + timedelta(days=late))


def test_a_twin_that_ignores_late_arrivals_is_caught(ledger, monkeypatch):
    """What the property above is worth: a sealed quarter would go on saying what was believed before."""
    price = itertools.cycle(["10.00", "11.00"])
    done = [[("1", day * DAY, next(price))] for day in range(0, 60, 10)]
    for late in ([("1", 15 * DAY, "12.00")], [("1", 11 * DAY, "11.00")]):
        Example(ledger).play([*done, "seal", late], LATER)

    monkeypatch.setattr(observations, "_unseal", lambda *_: None)
    for late in ([("1", 15 * DAY, "12.00")], [("1", 11 * DAY, "11.00")]):
        with pytest.raises(AssertionError):
            Example(ledger).play([*done, "seal", late], LATER)


def prices(count, *, every=10 * DAY, first=0):
    """Pages of one offer whose price changes with each."""
    return [[("1", first + n * every, f"{10 + n % 2}.00")] for n in range(count)]


def test_what_is_current_is_never_sealed_and_goes_on(ledger):
    example = Example(ledger)
    example.play(prices(3), LATER)
    sealed = seal(ledger)
    before = example.chunks()

    example.play([[("1", 21 * DAY, "10.00")], [("1", 22 * DAY, "10.00")]], LATER)

    (points,) = example.points().values()
    assert (sealed.points, sealed.chunks) == (2, 1)
    assert [(p.price.minor, p.since, p.until) for p in points] == [
        (1000, at(0), at(0)), (1100, at(10 * DAY), at(10 * DAY)), (1000, at(20 * DAY), at(22 * DAY)),
    ]  # fmt: skip
    assert example.chunks() == before


def test_the_quarter_that_goes_on_is_not_sealed(ledger):
    example = Example(ledger)
    example.play(prices(9, every=20 * DAY), START)  # November 1st to April 10th
    assert quarter_start_us(datetime(2027, 3, 31, 23, 59, tzinfo=UTC)) == 1_798_761_600_000_000

    early = seal(ledger, datetime(2027, 3, 31, 23, 59, tzinfo=UTC))
    late = seal(ledger, datetime(2027, 4, 1, tzinfo=UTC))

    assert (early.points, late.points) == (4, 4)  # up to December 31st, up to March 21st
    assert len(example.chunks()) == 1, "what is not full is filled up"


def test_a_chunk_that_is_full_is_not_touched_again(ledger, small):
    example = Example(ledger)
    example.play([*prices(5), "seal"], LATER)
    first, *_ = example.chunks()

    example.play([*prices(5, first=60 * DAY), "seal"], LATER)

    assert len(example.chunks()) == 3
    assert example.chunks()[0] == first


def test_sealing_again_finds_nothing_to_do(ledger):
    Example(ledger).play(prices(5), LATER)
    first, again = seal(ledger), seal(ledger)

    assert first.points == 4
    assert (again.offers, again.points, again.chunks, again.is_last) == (0, 0, 0, True)


def test_an_offer_without_an_accepted_price_has_nothing_to_seal(ledger):
    one_page_run(ledger, seen("1", "1.00", list_price=yuan("99.00")))

    assert seal(ledger).points == 0


def test_a_late_sighting_unseals_from_where_it_falls_on(ledger, small):
    example = Example(ledger)
    example.play([*prices(8), "seal"], LATER)
    first = example.chunks()[0]
    assert len(example.chunks()) == 3

    example.play([[("1", 45 * DAY, "12.00")]], LATER)
    assert example.chunks() == [first]

    example.play(["seal"], LATER)
    assert (example.chunks()[0], len(example.chunks())) == (first, 3)


def test_several_sealers_at_once_seal_once(ledger, small):
    example = Example(ledger)
    example.play([[(str(n), day * DAY, f"{10 + day}.00") for n in range(8)] for day in range(7)], START)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: seal(ledger), range(4)))

    assert sum(one.points for one in done) == 8 * 6
    assert example.points() == example.points_of_rows()


def test_late_sightings_and_sealers_at_once_leave_nothing_stale(ledger, small):
    example = Example(ledger)
    example.play(prices(20), LATER)
    lease = start_run(ledger, first=12)

    with ThreadPoolExecutor(3) as pool:
        sealers = [pool.submit(lambda: [seal(ledger) for _ in range(12)]) for _ in range(2)]
        for n in range(12):
            example.see(lease, [("1", (5 + 15 * n) * DAY, "12.00")])
        for one in sealers:
            one.result()

    assert example.points() == example.points_of_rows()


@pytest.mark.parametrize("damaged", [0, 1, 2])
def test_a_damaged_chunk_is_read_from_the_rows_and_made_anew(ledger, small, caplog, damaged):
    example = Example(ledger)
    example.play([*prices(8), "seal"], LATER)
    whole = example.points()
    broken = example.chunks()[damaged]
    with ledger.database.write() as connection:
        connection.execute(
            text("UPDATE history_chunks SET points = :points WHERE through_s = :through_s"),
            {"points": broken.points[:-1], "through_s": broken.through_s},
        )

    assert example.points() == whole
    assert "is damaged" in caplog.text

    ledger.sealing.unseal()
    caplog.clear()
    assert seal(ledger).points == 7
    assert (example.points(), caplog.text) == (whole, "")


# ── the landed price ───────────────────────────────────────────────────────────────────────────────


def landed(ledger, item="1"):
    stored = ledger.observations.current([offer(item).key])[offer(item).key]
    return [p.landed for p in ledger.history.points([stored.offer_id])[stored.offer_id]]


def test_the_landed_price_is_kept_with_the_point_sealed_or_not(ledger):
    one_page_run(ledger, seen("1", "10.00", shipping=yuan("3.00"), at=0))
    one_page_run(ledger, seen("1", "11.00", at=60))
    assert landed(ledger) == [yuan("13.00"), yuan("11.00")]

    assert seal(ledger).points == 1
    assert landed(ledger) == [yuan("13.00"), yuan("11.00")]


def test_a_row_from_before_has_none(ledger, monkeypatch):
    monkeypatch.setattr(observations, "_landed_minor", lambda *_: None)
    one_page_run(ledger, seen("1", "10.00", at=0))
    one_page_run(ledger, seen("1", "11.00", at=60))
    seal(ledger)

    assert landed(ledger) == [None, None]
