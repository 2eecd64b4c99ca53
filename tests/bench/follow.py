"""Listings per CPU second through the follower: from the ledger to committed documents."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

from indexer.read_title.reader import TitleReader
from tests.bench.bench import Bench
from tests.bench.figures import Figure, percentile, ratios
from tests.bench.prepared import Prepared, copied, open_indexer, open_ledger, seen
from tests.bench.seen_again import all_stored, see_dearer
from tests.bench.spent import Spent, in_child, stopwatch
from tests.bench.worlds import DEMO, SEED, TINY

ONE_BY_ONE = 100
"""Offers of which a single changed price is followed; with `--quick` a tenth of them."""


@dataclass(frozen=True, slots=True)
class Round:
    """One repetition."""

    offers: int
    new: Spent
    changed: Spent
    read: Spent
    """The title reader alone, on the same offers."""
    one_s: list[float]
    """One changed price each, by the clock."""


def measure(bench: Bench) -> list[Figure]:
    """Rates of new offers and of changed prices, and how long one changed price takes."""
    prepared = seen(bench, TINY if bench.is_quick else DEMO)
    rounds = [_round(bench, prepared, n) for n in range(bench.repetitions)]
    of = f"{prepared.offers:,} offers"
    new = Figure(
        "follow.new",
        "follow: new offers → committed documents",
        "listings/s/core",
        [r.offers / r.new.cpu_s for r in rounds],
        f"{of} from a cold start, word lists loaded",
    )
    read = Figure(
        "follow.read",
        "follow: the title reader alone",
        "listings/s/core",
        [r.offers / r.read.cpu_s for r in rounds],
        "the same offers",
    )
    return [
        new,
        _by_the_clock("new", "new offers", [r.offers / r.new.wall_s for r in rounds]),
        read,
        ratios("follow.share", "follow: share of reading titles alone", new, read),
        Figure(
            "follow.changed",
            "follow: changed prices → committed documents",
            "listings/s/core",
            [r.offers / r.changed.cpu_s for r in rounds],
            f"{of} 1 % dearer, nothing else",
        ),
        _by_the_clock("changed", "changed prices", [r.offers / r.changed.wall_s for r in rounds]),
        *_one(rounds),
    ]


def _by_the_clock(name: str, what: str, values: list[float]) -> Figure:
    return Figure(f"follow.{name}.wall", f"follow: {what}, by the clock", "listings/s", values)


def _one(rounds: list[Round]) -> list[Figure]:
    note = f"{len(rounds[0].one_s)} prices one by one; committed → searchable, less the wait for the poll"
    return [
        Figure(
            f"follow.one.p{percent}",
            f"follow: one changed price, p{percent}",
            "ms",
            [percentile(r.one_s, percent) * 1000 for r in rounds],
            note,
        )
        for percent in (50, 99)
    ]


def _round(bench: Bench, prepared: Prepared, n: int) -> Round:
    """Follower and reader in turns, each in a child that has cached nothing."""
    data = bench.folder / "follow"
    copied(prepared, data)

    singles = ONE_BY_ONE // 10 if bench.is_quick else ONE_BY_ONE

    def follow() -> tuple[Spent, Spent, list[float]]:
        return in_child(lambda: _followed(data, singles))[0]

    def read() -> Spent:
        return in_child(lambda: _read(prepared.data))[0]

    if n % 2:
        alone, (new, changed, one_s) = read(), follow()
    else:
        (new, changed, one_s), alone = follow(), read()
    bench.say(
        f"follow {n + 1}/{bench.repetitions}: {prepared.offers:,} offers,"
        f" {new.cpu_s:.2f} CPU-s new, {changed.cpu_s:.2f} changed, {alone.cpu_s:.2f} read only"
    )
    return Round(prepared.offers, new, changed, alone, one_s)


def _followed(data: Path, singles: int) -> tuple[Spent, Spent, list[float]]:
    with open_ledger(data) as ledger:
        follower = open_indexer(ledger, data).follower()
        stored = all_stored(ledger)
        with stopwatch() as new:
            follower.catch_up()
        see_dearer(ledger, stored)
        with stopwatch() as changed:
            follower.catch_up()
        one_s = []
        for one in random.Random(SEED).sample(stored, singles):
            see_dearer(ledger, [one], percent=2)
            began_s = time.perf_counter()
            follower.catch_up()
            one_s.append(time.perf_counter() - began_s)
        follower.release()
    return new, changed, one_s


def _read(data: Path) -> Spent:
    with open_ledger(data) as ledger:
        offers = [stored.offer for stored in all_stored(ledger)]
    reader = TitleReader()
    reader.read_text("")
    with stopwatch() as spent:
        for offer in offers:
            reader.read(offer)
    return spent
