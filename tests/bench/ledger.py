"""Page commits a second into the ledger, on both databases, with durability on: by one, two and four processes at once.

A page has a hundred offers, as a gateway's. It is committed three times: new, seen again as it was, and at other prices.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from catalog.listing import Offer
from tests.bench.bench import Bench
from tests.bench.committing import PER_PAGE, PHASES, Phase, committed
from tests.bench.figures import Figure, ratios
from tests.bench.prepared import open_ledger, seen
from tests.bench.seen_again import all_stored
from tests.bench.servers import postgresql
from tests.bench.spent import in_child
from tests.bench.worlds import DEMO, TINY

WRITERS = (1, 2, 4)
PAGES = 50
"""Of each writer in each phase."""
MOST_ROUNDS = 3
SYNCS = 200
WORDS = {"new": "new offers", "unchanged": "seen again", "changed": "other prices"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared."""

    database: str
    writers: int


def measure(bench: Bench) -> list[Figure]:
    """By the clock; beside them what a full sync takes on that disk."""
    prepared = seen(bench, TINY if bench.is_quick else DEMO)
    offers, _ = in_child(partial(_offers, prepared.data))
    pages = 5 if bench.is_quick else PAGES
    found: dict[Case, list[dict[str, Phase]]] = {}
    syncs_ms = [_sync_ms(bench.folder) for _ in range(bench.repetitions)]
    with postgresql(bench, "ledger on PostgreSQL") as server:
        pids = [] if server is None else [server.process.pid]
        urls: dict[str, Callable[[], str]] = {"sqlite": lambda: _sqlite_in(bench.folder / "ledger")}
        if server is not None:
            urls["postgresql"] = server.new_database
        cases = [Case(database, writers) for writers in WRITERS for database in urls]
        for n in range(min(bench.repetitions, MOST_ROUNDS)):
            for case in cases if n % 2 == 0 else reversed(cases):
                who = {"PostgreSQL": pids} if case.database == "postgresql" else {}
                url = urls[case.database]()
                one, _ = in_child(partial(committed, url, offers, case.writers, pages, who))
                found.setdefault(case, []).append(one)
                rates = ", ".join(f"{one[name].per_s:,.0f} {WORDS[name]}" for name in PHASES)
                bench.say(f"ledger {case.database}, {case.writers} at once: commits/s {rates}")
    sync = Figure(
        "ledger.sync",
        "ledger: 8 kB written and synced",
        "ms",
        syncs_ms,
        f"median of {SYNCS}; each durable commit waits for one at least",
    )
    return [sync, *_figures(found, sync)]


def _figures(found: dict[Case, list[dict[str, Phase]]], sync: Figure) -> list[Figure]:
    figures = {
        (case, phase): _figure(case, phase, [one[phase] for one in rounds], sync)
        for phase in PHASES
        for case, rounds in sorted(found.items(), key=lambda pair: (pair[0].writers, len(pair[0].database)))
    }
    shares = [
        ratios(
            f"ledger.{phase}.{case.writers}.ratio",
            f"ledger: {WORDS[phase]}, {_at_once(case.writers)}: PostgreSQL to SQLite",
            one,
            figures[Case("sqlite", case.writers), phase],
        )
        for (case, phase), one in figures.items()
        if case.database == "postgresql"
    ]
    return [*figures.values(), *shares]


def _figure(case: Case, phase: str, rounds: list[Phase], sync: Figure) -> Figure:
    last = rounds[-1]
    per_commit_ms = 1_000 / median(one.per_s for one in rounds)
    return Figure(
        f"ledger.{case.database}.{phase}.{case.writers}",
        f"ledger, {NAMES[case.database]}, {_at_once(case.writers)}: pages of {PER_PAGE} {WORDS[phase]}",
        "commits/s",
        [one.per_s for one in rounds],
        f"{median(one.per_s for one in rounds) * PER_PAGE:,.0f} offers/s; {per_commit_ms:.1f} ms each, a sync being"
        f" {sync.median:.1f} ms; {last.words}",
    )


def _at_once(writers: int) -> str:
    return f"{writers} writer{'s' * (writers != 1)}"


def _offers(data: Path) -> list[Offer]:
    """Real ones, as many as a page; they are given other numbers."""
    with open_ledger(data) as ledger:
        return [stored.offer for stored in all_stored(ledger)[: PER_PAGE * 5]]


def _sqlite_in(folder: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return f"sqlite:///{folder}/ledger.sqlite"


def _sync_ms(folder: Path) -> float:
    path, took_s = folder / "sync", []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            began_s = time.perf_counter()
            file.write(b"\0" * 8_192)
            os.fdatasync(file.fileno())
            took_s.append(time.perf_counter() - began_s)
    path.unlink()
    return median(took_s) * 1_000
