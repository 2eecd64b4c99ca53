"""Price history, sealed: bytes a daily observation, a year of eight offers read, and how fast it is sealed.

A year of 27,400 offers, looked at once a day, 8 % of which change from one day to the next: ten million daily
observations. Rows are loaded in bulk, with bodies of one byte; sealing is the sealer's own, quarter after quarter as the
year would have gone, with durability on. SQLite.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from catalog.errors import BijiaError
from ledger.clock import to_us
from ledger.ledger import Ledger
from tests.bench.bench import Bench
from tests.bench.figures import Figure, percentile, ratios
from tests.bench.spent import Spent, in_child, stopwatch

OFFERS, QUICK_OFFERS = 27_400, 1_000
DAYS = 365
CHANGES = 0.08
MISSED = 0.02
"""Of an offer's days, those on which it is not seen."""
JITTER_S = 600
"""A page is fetched at about the same time every day."""
START = datetime(2025, 1, 1, tzinfo=UTC)
QUARTERS = tuple(datetime(2025 + n // 4, n % 4 * 3 + 1, 2, tzinfo=UTC) for n in range(1, 5))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 8
READS = 2_000


@dataclass(slots=True)
class Year:
    """What was measured of one."""

    points: int = 0
    sealed: int = 0
    blob_bytes: int = 0
    """Of the chunks alone."""
    table_bytes: int = 0
    """Of all pages that the table takes."""
    sealing: Spent = field(default_factory=Spent)
    rows: list[Spent] = field(default_factory=list)
    """A year of eight offers before anything was sealed."""
    mixed: list[Spent] = field(default_factory=list)
    """When the last quarter is not over."""
    chunks: list[Spent] = field(default_factory=list)


def measure(bench: Bench) -> list[Figure]:
    """Size once; the reads are the repetitions."""
    offers = QUICK_OFFERS if bench.is_quick else OFFERS
    folder = bench.folder / "history"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bench.say(f"history: {offers * DAYS:,} daily observations")
    year, _ = in_child(partial(_year, folder / "ledger.sqlite", offers))
    bench.say(
        f"history: {year.points:,} points, {year.sealed:,} of them sealed into {year.table_bytes:,} bytes"
    )
    shutil.rmtree(folder)
    return _figures(year, offers)


def _figures(year: Year, offers: int) -> list[Figure]:
    daily = offers * DAYS * year.sealed / year.points
    note = f"{year.table_bytes / year.sealed:.1f} B a point; the chunks alone {year.blob_bytes / daily:.2f} B"
    size = Figure(
        "history.size",
        f"history: sealed, of {offers * DAYS:,} daily observations",
        "B each",
        [year.table_bytes / daily],
        note,
    )
    rate = Figure(
        "history.sealing",
        "history: sealing",
        "points/s of CPU",
        [year.sealed / year.sealing.cpu_s],
        f"{daily / year.sealing.cpu_s:,.0f} daily observations; by the clock {year.sealed / year.sealing.wall_s:,.0f} points/s",
    )
    words = {"rows": "before sealing", "mixed": "three quarters sealed", "chunks": "sealed"}
    reads = {name: _read(name, said, getattr(year, name)) for name, said in words.items()}
    return [
        size,
        rate,
        *reads.values(),
        ratios("history.read.ratio", "history: sealed to rows", reads["chunks"], reads["rows"]),
    ]


def _read(name: str, said: str, times: Sequence[Spent]) -> Figure:
    """The median of each fifth of the reads."""
    fifth = len(times) // 5
    parts = [[one.wall_s * 1_000 for one in times[n * fifth : (n + 1) * fifth]] for n in range(5)]
    tail = percentile([one.wall_s * 1_000 for one in times], 99)
    cpu = percentile([one.cpu_s * 1_000 for one in times], 50)
    return Figure(
        f"history.read.{name}",
        f"history: {AT_ONCE} offers × {DAYS} days, {said}",
        "ms",
        [percentile(part, 50) for part in parts],
        f"p50; p99 {tail:.2f} ms; CPU p50 {cpu:.2f} ms",
    )


def _year(path: Path, offers: int) -> Year:
    found = Year()
    with Ledger.open(f"sqlite:///{path}", migrated=True) as ledger:
        found.points = _load(path, offers)
        found.rows = _reads(ledger, offers)
        before = _used_bytes(path)
        for quarter in QUARTERS:
            if quarter == QUARTERS[-1]:
                found.mixed = _reads(ledger, offers)
            with stopwatch() as spent:
                _seal(ledger, quarter, found)
            found.sealing.cpu_s += spent.cpu_s
            found.sealing.wall_s += spent.wall_s
        found.table_bytes = _used_bytes(path) - before
        found.chunks = _reads(ledger, offers)
    with closing(sqlite3.connect(path)) as connection:
        found.blob_bytes = connection.execute("SELECT sum(length(points)) FROM history_chunks").fetchone()[0]
    return found


def _seal(ledger: Ledger, now: datetime, found: Year) -> None:
    """All that is due, without the pauses that leave room to others."""
    through, is_last = 0, False
    while not is_last:
        step = ledger.sealing.step(through, now=now)
        through, is_last = step.through_offer, step.is_last
        found.sealed += step.points


def _reads(ledger: Ledger, offers: int) -> list[Spent]:
    chance, since, times = random.Random(5), NOW - timedelta(days=DAYS), []
    for _ in range(READS):
        wanted = chance.sample(range(1, offers + 1), AT_ONCE)
        with stopwatch() as spent:
            points = ledger.history.points(wanted, since=since)
        times.append(spent)
        if len(points) != AT_ONCE:
            raise BijiaError(f"{len(points)} offers have a history")
    return times


def _used_bytes(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def _load(path: Path, offers: int) -> int:
    """The year, day after day as it was seen; how many points."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO offers (id, marketplace, item_id, sku_id, first_seen_us) VALUES (?, 'jd', ?, '', 0)",
            ((n, f"{n:012}") for n in range(1, offers + 1)),
        )
        rows = sorted(row for number in range(1, offers + 1) for row in _seen(number))
        connection.executemany(
            "INSERT INTO observations (id, observed_us, offer_id, recorded_us, epoch, content_hash, state, price_minor,"
            " currency, list_price_minor, shipping_minor, landed_minor, stock, page_id, body)"
            " VALUES (?, ?, ?, 0, 1, '', 'accepted', ?, 'CNY', ?, 0, ?, ?, 1, '-')",
            ((n, since, offer, price, 699_900 + offer * 100, price, stock)
             for n, (since, _, offer, price, stock) in enumerate(rows, 1)),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO sightings VALUES (?, ?, 1)", ((n, row[1]) for n, row in enumerate(rows, 1))
        )
        connection.execute(
            "UPDATE offers SET current_id = (SELECT max(id) FROM observations WHERE offer_id = offers.id)"
        )
        connection.commit()
    return len(rows)


def _seen(offer: int) -> Iterator[tuple[int, int, int, int, str]]:
    """An offer's points: since, until, offer, price, stock. One change in ten is of the stock."""
    chance = random.Random(offer)
    place_s, price, stock = chance.randrange(4 * 3600), chance.randrange(20, 5_000) * 100, "in"
    began = last = None
    for day in range(DAYS):
        if day and chance.random() < MISSED:
            continue
        moment = to_us(START + timedelta(days=day, seconds=place_s + chance.uniform(0, JITTER_S)))
        if began is None or last is None:
            began = moment
        elif chance.random() < CHANGES / (1 - MISSED):
            yield began, last, offer, price, stock
            began = moment
            if chance.random() < 0.1:
                stock = "out" if stock == "in" else "in"
            else:
                price = max(100, price + price * chance.randrange(-20, 21) // 100 // 100 * 100 + 10)
        last = moment
    if began is not None and last is not None:
        yield began, last, offer, price, stock
