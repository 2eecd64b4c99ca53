"""The same searches of several engines, in turns."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from api.services import settle
from catalog.errors import SearchUnavailable
from indexer.analyse.text import Analyser
from indexer.live import LiveIndex
from indexer.ports import SearchEngine
from indexer.read_title.reader import TitleReader
from indexer.search import Choice, Search
from indexer.understand import Understanding
from tests.bench.figures import percentile
from tests.bench.meter import metered
from tests.bench.rivals import GENERATION, Rival
from tests.bench.spent import stopwatch
from tests.support.index import MARKETPLACES

LIMIT = 20
"""Products a page."""
CALLS = 7
"""Of each query in a round: 74 queries make 518 calls, of which five are slower than p99."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One engine's part of a round. CPU is the mean of a call: a server's cannot be told call by call."""

    calls: int
    p50_ms: float
    p99_ms: float
    here_ms: float
    server_ms: float
    unanswered: int
    """Calls that ended at the deadline."""
    words: str

    @property
    def cpu_ms(self) -> float:
        """Here and in the server."""
        return self.here_ms + self.server_ms


@dataclass(frozen=True, slots=True)
class Asked:
    """All turns, by engine."""

    of: dict[str, list[Turn]]
    calls: int
    alike: str
    """Whether the engines gave the same answers, in words."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Stands where a `LiveIndex` stands."""

    reader: SearchEngine

    def engine(self) -> SearchEngine:
        """The reader."""
        return self.reader


def asked(rivals: Sequence[Rival], texts: Sequence[str], rounds: int, *, is_quick: bool) -> Asked:
    """`rounds` turns of each, after one that is not kept: files and code become warm in it."""
    stores = {rival.name: rival.open() for rival in rivals}
    # Every query is read as if it came for the first time.
    understanding = Understanding(TitleReader(cache_size=0), Analyser())
    names = {marketplace.name: slug for slug, marketplace in MARKETPLACES.items()}
    searches = {
        name: Search(cast("LiveIndex", Standing(store.reader(GENERATION))), understanding, names)
        for name, store in stores.items()
    }
    alike = _alike(searches, texts)
    settle()
    turns: dict[str, list[Turn]] = {name: [] for name in searches}
    order = list(texts) * (1 if is_quick else CALLS)
    for number in range(-1, rounds):
        random.Random(number).shuffle(order)
        calls = order[: 2 * len(texts)] if number < 0 else order
        for rival in rivals if number % 2 else reversed(rivals):
            turns[rival.name].append(_turn(searches[rival.name], rival, calls))
    for store in stores.values():
        store.close()
    return Asked({name: all_of[1:] for name, all_of in turns.items()}, len(order), alike)


def _turn(search: Search, rival: Rival, order: Sequence[str]) -> Turn:
    spent, unanswered = [], 0
    who = {"this process": [os.getpid()]} | ({rival.name: rival.pids} if rival.pids else {})
    with metered(who) as usage:
        for text in order:
            with stopwatch() as one:
                unanswered += not _find(search, text)
            spent.append(one)
    calls = len(order)
    times_ms = [one.wall_s * 1_000 for one in spent]
    return Turn(
        calls,
        percentile(times_ms, 50),
        percentile(times_ms, 99),
        sum(one.cpu_s for one in spent) * 1_000 / calls,
        usage.cpu_s.get(rival.name, 0.0) * 1_000 / calls,
        unanswered,
        usage.words,
    )


def _find(search: Search, text: str) -> list[str] | None:
    """The ids on the first page; None: no answer within the deadline."""
    try:
        found = search.find(text, Choice(), limit=LIMIT, after=None, today=datetime.now(UTC).date())
    except SearchUnavailable:
        return None
    return [f"{found.total} in all", *(str(product["product_id"]) for product in found.products)]


def _alike(searches: dict[str, Search], texts: Sequence[str]) -> str:
    answers = [[_find(search, text) for search in searches.values()] for text in texts]
    same = sum(all(one == of_text[0] for one in of_text) for of_text in answers)
    if len(searches) < 2:
        return "one engine"
    return f"both engines gave the same page for {same} of {len(texts)} queries"
