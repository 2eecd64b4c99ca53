"""Listings a second into the ledger by one, two and four `bijia worker` processes that crawl four marketplaces.

Each worker is told to crawl one marketplace at a time: it is workers that are compared, and a marketplace is crawled by
one run at a time, so four are the most that can be busy. A round is timed from the start of its first run to the end of
its last, as the ledger has them; starting up is not in it.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, Popen

from catalog.errors import BijiaError
from crawlers.__main__ import configured
from crawlers.frontier_spider import utc_now
from ledger.ledger import Ledger
from ledger.runs import Run
from tests.bench.bench import Bench
from tests.bench.crawl import environment_of
from tests.bench.figures import Figure, ratios
from tests.bench.meter import Usage, metered, tree_cpu_s
from tests.bench.page_server import serving
from tests.bench.saved_site import SavedShop
from tests.bench.servers import postgresql
from tests.bench.spent import in_child
from tests.bench.worlds import CRAWL, TINY
from tests.support.processes import children, pause, wait_until

PROCESSES = (1, 2, 4)
MOST_ROUNDS = 3
BIJIA = (sys.executable, "-c", "from api.cli import main; main()")
LONGEST_S = 600
LOOK_S = 0.1
IDLE = 0.1
"""CPU seconds a second of a worker that has loaded everything and looks round: a tenth of that, even when it is slow."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """One round."""

    listings: int
    wall_s: float
    longest_s: float
    """Of the four runs: nothing is faster than that."""
    usage: Usage
    workers: int
    """That had a run."""


def measure(bench: Bench) -> list[Figure]:
    """By the clock, with the crawl by one worker into SQLite beside them."""
    size = TINY if bench.is_quick else CRAWL
    bench.say(f"workers: saving the pages of {size.offers:,} offers")
    found: dict[str, list[Crawled]] = {}
    with ExitStack() as running:
        server = running.enter_context(postgresql(bench, "workers on PostgreSQL"))
        others = children(os.getpid())
        shops = running.enter_context(serving(size))
        pages = [pid for pid in children(os.getpid()) if pid not in others]
        for n in range(min(bench.repetitions, MOST_ROUNDS)):
            data = bench.folder / "workers"
            rounds = {"sqlite.1": partial(_on_sqlite, data, shops, pages)}
            if server is not None:
                who = {"pages": pages, "PostgreSQL": [server.process.pid]}
                rounds |= {
                    f"postgresql.{count}": partial(_in, data, server.new_database, shops, count, who)
                    for count in PROCESSES
                }
            for name in list(rounds) if n % 2 == 0 else reversed(rounds):
                one = rounds[name]()
                found.setdefault(name, []).append(one)
                bench.say(f"workers {name}: {one.listings / one.wall_s:,.0f} listings/s; {one.usage.words}")
    return _figures(found)


def _figures(found: dict[str, list[Crawled]]) -> list[Figure]:
    figures = {name: _figure(name, rounds) for name, rounds in found.items()}
    return [
        *figures.values(),
        *(
            ratios(f"workers.{name}.ratio", f"{_words(name)}, to one on SQLite", one, figures["sqlite.1"])
            for name, one in figures.items()
            if name != "sqlite.1"
        ),
    ]


def _figure(name: str, rounds: Sequence[Crawled]) -> Figure:
    last = rounds[-1]
    return Figure(
        f"workers.{name}",
        _words(name),
        "listings/s",
        [one.listings / one.wall_s for one in rounds],
        f"{last.listings:,} listings in {last.wall_s:.1f} s, the longest of four runs {last.longest_s:.1f} s;"
        f" {last.workers} had work; {last.listings / last.usage.cpu_s['workers']:,.0f} per CPU-s of workers;"
        f" {last.usage.words}",
    )


def _words(name: str) -> str:
    database, count = name.split(".")
    where = "SQLite" if database == "sqlite" else "PostgreSQL"
    return f"{count} worker{'s' * (count != '1')}, {where}: fetched → committed"


def _on_sqlite(data: Path, shops: Sequence[SavedShop], pages: list[int]) -> Crawled:
    return _in(data, lambda: f"sqlite:///{data}/ledger.sqlite", shops, 1, {"pages": pages})


def _in(
    data: Path,
    new_database: Callable[[], str],
    shops: Sequence[SavedShop],
    count: int,
    who: dict[str, list[int]],
) -> Crawled:
    """A round in a child and a folder that is gone after it."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    found, _ = in_child(partial(_crawled, data, new_database(), shops, count, who))
    shutil.rmtree(data)
    return found


def _crawled(
    data: Path, url: str, shops: Sequence[SavedShop], count: int, who: dict[str, list[int]]
) -> Crawled:
    environment = {**os.environ, **_environment(data, url, shops)}
    with Ledger.open(url, migrated=True) as ledger, ExitStack() as running:
        ledger.marketplaces.register(configured(environment))
        workers = [running.enter_context(_worker(environment)) for _ in range(count)]
        wait_until(lambda: _are_idle(workers), "workers are ready", patience_s=LONGEST_S)
        with metered({"workers": workers, **who}) as usage:
            for shop in shops:
                ledger.runs.request(shop.slug, shop.keywords, now=utc_now())
            wait_until(
                lambda: _has_ended(ledger, len(shops)), "all runs end", patience_s=LONGEST_S, pause_s=LOOK_S
            )
        runs = ledger.runs.newest()
    return _round(shops, runs, usage)


def _round(shops: Sequence[SavedShop], runs: Sequence[Run], usage: Usage) -> Crawled:
    wanted = {shop.slug: shop.listings for shop in shops}
    got = {run.marketplace: run.progress.offers for run in runs}
    if got != wanted or any(run.progress.failed for run in runs):
        raise BijiaError(f"the crawls were not what was to be measured: {runs}")
    spans = [(run.started_at, run.finished_at) for run in runs]
    known = [(start, end) for start, end in spans if start is not None and end is not None]
    wall_s = (max(end for _, end in known) - min(start for start, _ in known)).total_seconds()
    longest_s = max((end - start).total_seconds() for start, end in known)
    return Crawled(sum(got.values()), wall_s, longest_s, usage, len({run.worker for run in runs}))


def _environment(data: Path, url: str, shops: Sequence[SavedShop]) -> dict[str, str]:
    found: dict[str, str] = {}
    for shop in shops:  # all at one address
        found |= environment_of(shop, data)
    return found | {"BIJIA_DATABASE_URL": url, "BIJIA_WORKERS": "1"}


@contextmanager
def _worker(environment: dict[str, str]) -> Generator[int]:
    """`bijia worker`; its process number."""
    with Popen([*BIJIA, "worker"], env=environment, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def _are_idle(workers: Sequence[int]) -> bool:
    """Whether each has its crawl host, and for two seconds did next to nothing."""
    if not all(children(worker) for worker in workers):
        return False
    began_s, before = time.monotonic(), tree_cpu_s(workers)
    pause(2)
    return tree_cpu_s(workers) - before < IDLE * len(workers) * (time.monotonic() - began_s)


def _has_ended(ledger: Ledger, count: int) -> bool:
    runs = ledger.runs.newest()
    return len(runs) == count and all(run.state.is_final for run in runs)
