"""How long a search takes: the whole answer, the API around it, and the engine alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import cast

from api.app import create_app
from api.services import Services, open_services, settle
from api.settings import ServiceSettings
from catalog.errors import BijiaError
from indexer.engines.tantivy import TantivyEngine
from indexer.live import LiveIndex
from indexer.query import Hit, Page, Query
from indexer.read_title.reader import TitleReader
from indexer.search import Choice
from tests.bench.bench import Bench
from tests.bench.figures import Figure, percentile, ratios
from tests.bench.in_process import get
from tests.bench.prepared import Indexed, indexed
from tests.bench.queries import SHOPPERS
from tests.bench.spent import Spent, in_child, stopwatch
from tests.bench.worlds import DEMO, LARGE, TINY, Size

LIMIT = 20
"""Products a page."""

CALLS = 14
"""Of each query in a round: 74 queries make 1,036 calls, of which ten are slower than p99."""

WAYS = {
    "answers": "search, understood → engine → side by side",
    "http": "GET /api/v1/search, in process",
    "engine": "the engine's part of it: hits, total, facets",
    "bare": "tantivy alone: the same query's best 20",
}
"""What is timed -> in words."""

Times = dict[str, list[Spent]]
"""Way -> what every call cost."""


@dataclass
class Listening:
    """Stands where a `LiveIndex` stands, and remembers what was asked of the engine behind it."""

    engine_behind: TantivyEngine
    searches: list[Query] = field(default_factory=list)
    candidates_for: list[tuple[Sequence[Sequence[str]], int]] = field(default_factory=list)

    def engine(self) -> Listening:
        """Itself."""
        return self

    def search(self, query: Query) -> Page:
        """As the engine."""
        self.searches.append(query)
        return self.engine_behind.search(query)

    def candidates(self, queries: Sequence[Sequence[str]], *, limit: int) -> list[list[Hit]]:
        """As the engine."""
        self.candidates_for.append((queries, limit))
        return self.engine_behind.candidates(queries, limit=limit)


def measure(bench: Bench) -> list[Figure]:
    """p50 and p99 at each size."""
    sizes = [TINY] if bench.is_quick else [DEMO, LARGE]
    return [figure for size in sizes for figure in _at(bench, size)]


def _at(bench: Bench, size: Size) -> list[Figure]:
    made = indexed(bench, size)
    texts = [*made.seen.keywords, *made.seen.names, *SHOPPERS]
    calls = len(texts) * (2 if bench.is_quick else CALLS)
    bench.say(f"search: {made.seen.offers:,} offers, {made.documents:,} documents, {calls:,} calls a round")
    rounds, _ = in_child(lambda: _rounds(made.data, texts, bench.repetitions, calls))
    figures = {
        (way, percent): Figure(
            f"search.{size.name}.{way}.p{percent}",
            f"search at {made.seen.offers:,} offers: {words}, p{percent}",
            "ms",
            [percentile([one.wall_s for one in times[way]], percent) * 1000 for times in rounds],
            f"CPU: {_cpu_ms(rounds, way, percent):.1f} ms",
        )
        for way, words in WAYS.items()
        for percent in (50, 99)
    }
    shares = [
        ratios(
            f"search.{size.name}.over_{under}",
            f"search at {made.seen.offers:,} offers: whole answer over {under}, p50",
            figures["answers", 50],
            figures[under, 50],
        )
        for under in ("engine", "bare")
    ]
    return [_followed(size, made), *figures.values(), *shares]


def _cpu_ms(rounds: list[Times], way: str, percent: int) -> float:
    """The same percentile of the calls' CPU time: what is left of a latency on a machine with nothing else to do."""
    return median(percentile([one.cpu_s for one in times[way]], percent) for times in rounds) * 1000


def _followed(size: Size, made: Indexed) -> Figure:
    """What making the index took: the follower's rate at this size."""
    return Figure(
        f"follow.new.{size.name}",
        f"follow: new offers → committed documents, {made.seen.offers:,} of them",
        "listings/s/core",
        [made.seen.offers / made.spent.cpu_s],
        f"{made.documents:,} documents; {made.spent.wall_s:.0f} s by the clock",
    )


def _rounds(data: Path, texts: Sequence[str], repetitions: int, calls: int) -> list[Times]:
    services = open_services(ServiceSettings(data_dir=data), admin_key="bench")
    # The reader keeps what it read by its text; here every query is read as if it came for the first time.
    services.indexer.__dict__["reader"] = TitleReader(services.indexer.reader.lexicon, cache_size=0)
    try:
        ways = {text: _ways(services, text) for text in texts}
        settle()  # as `bijia serve` does before it serves
        return asyncio.run(_timed(services, ways, repetitions, calls))
    finally:
        services.close()


async def _timed(
    services: Services, ways: dict[str, dict[str, Callable[[], object]]], repetitions: int, calls: int
) -> list[Times]:
    """Every text equally often and in an order of its own each round; all ways of a text one after the other."""
    app = create_app(services)
    found = []
    for number in range(-1, repetitions):  # the first is not kept: files and code become warm in it
        times: Times = {way: [] for way in WAYS}
        order = list(ways) * (calls // len(ways))
        random.Random(number).shuffle(order)
        for text in order:
            for way, call in ways[text].items():
                with stopwatch() as spent:
                    call()
                times[way].append(spent)
            with stopwatch() as spent:
                status, _ = await get(app, "/api/v1/search", q=text, limit=str(LIMIT))
            times["http"].append(spent)
            if status != 200:
                raise BijiaError(f"GET /api/v1/search?q={text} answered {status}")
        found.append(times)
    return found[1:]


def _ways(services: Services, text: str) -> dict[str, Callable[[], object]]:
    """How `text` is searched for without the API; the engine is asked what the whole search asked it."""
    engine = services.live.engine()
    assert isinstance(engine, TantivyEngine)
    heard = Listening(engine)
    today = services.clock().date()
    services.indexer.search(cast("LiveIndex", heard)).find(
        text, Choice(), limit=LIMIT, after=None, today=today
    )

    def ask_engine() -> None:
        for query in heard.searches:
            engine.search(query)
        for queries, limit in heard.candidates_for:
            engine.candidates(queries, limit=limit)

    def ask_tantivy() -> None:
        searcher = engine._searcher()
        for query in heard.searches:
            searcher.search(engine._compile(query, with_boosts=True), limit=query.limit)

    return {
        "answers": lambda: services.answers.search(text, Choice(), limit=LIMIT),
        "engine": ask_engine,
        "bare": ask_tantivy,
    }
