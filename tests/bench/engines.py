"""Both search engines with the same documents: how fast they take them, how large they get, how fast they answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.services import settle
from indexer.rebuild import BATCH
from tests.bench.asking import Turn, asked
from tests.bench.bench import Bench
from tests.bench.documents import batches, load, multiplied, originals_of
from tests.bench.figures import Figure, ratios
from tests.bench.meter import metered
from tests.bench.prepared import Prepared, seen
from tests.bench.queries import SHOPPERS
from tests.bench.rivals import GENERATION, OneNode, Rival, Tantivy
from tests.bench.servers import elasticsearch
from tests.bench.spent import Spent, in_child, stopwatch
from tests.bench.worlds import DEMO, TINY
from tests.support.index import MARKETPLACES

MOST_ROUNDS = 3
SMALL = 20_000
"""Offers up to which building is repeated: larger ones take minutes, and vary less."""
HERE = "this process"


@dataclass(slots=True)
class Built:
    """A filled index."""

    documents: int = 0
    offers: int = 0
    applied: Spent = field(default_factory=Spent)
    """In the calls of `apply`, this process."""
    server_s: float = 0.0
    words: str = ""


@dataclass(slots=True)
class Sizes:
    """Bytes on disk."""

    whole: int
    merged: int | None = None


def measure(bench: Bench) -> list[Figure]:
    """At every size: documents and bytes, then answers, tantivy's beside Elasticsearch's."""
    node = elasticsearch(bench, "engines on Elasticsearch")
    rivals: list[Rival] = [Tantivy(bench.folder / "engines-tantivy")]
    rivals += [OneNode(node)] if node is not None else []
    prepared = seen(bench, TINY if bench.is_quick else DEMO)
    originals = originals_of(bench, prepared)
    found: list[Figure] = []
    for offers in bench.sizes or ((2_000,) if bench.is_quick else (10_000, 100_000, 1_000_000)):
        try:
            found += _at(bench, rivals, prepared, originals, offers)
        finally:
            for rival in rivals:
                rival.remove()
    return found


def _at(
    bench: Bench, rivals: Sequence[Rival], prepared: Prepared, originals: Path, offers: int
) -> list[Figure]:
    size = f"{offers // 1_000_000}M" if offers >= 1_000_000 else f"{offers // 1_000}k"
    rounds = min(bench.repetitions, MOST_ROUNDS)
    built: dict[str, list[Built]] = {rival.name: [] for rival in rivals}
    for _ in range(rounds if offers <= SMALL else 1):
        for rival in rivals:
            rival.remove()
            made, _ = in_child(lambda rival=rival: _build(rival, originals, offers))  # type: ignore[misc]
            built[rival.name].append(made)
            bench.say(
                f"engines {size} {rival.name}: {made.documents:,} documents in {made.applied.wall_s:.1f} s"
            )
    sizes = {rival.name: Sizes(rival.size()) for rival in rivals}
    texts = [*prepared.keywords, *prepared.names, *SHOPPERS]
    turns, _ = in_child(lambda: asked(rivals, texts, rounds, is_quick=bench.is_quick))
    bench.say(f"engines {size}: {turns.calls:,} searches a round and engine, {turns.alike}")
    for rival in rivals:
        sizes[rival.name].merged = rival.size_merged()
    return [
        *_building(size, built),
        *_bytes(size, built, sizes),
        *_answers(size, built, turns.of, turns.alike),
    ]


def _build(rival: Rival, originals: Path, offers: int) -> Built:
    """Every document once, in lots as a rebuild's; making the documents is not counted."""
    lots = batches(multiplied(load(originals), offers), BATCH)
    settle()
    made = Built()
    store = rival.open()
    engine = store.writer(GENERATION, sorted(MARKETPLACES), "bench")
    who = {HERE: [os.getpid()]} | ({rival.name: rival.pids} if rival.pids else {})
    with metered(who) as usage:
        for documents, held in lots:
            with stopwatch() as spent:
                engine.apply(documents)
            made.applied.wall_s += spent.wall_s
            made.applied.cpu_s += spent.cpu_s
            made.documents += len(documents)
            made.offers += held
    engine.close()
    store.activate(GENERATION)
    store.close()
    made.server_s = usage.cpu_s.get(rival.name, 0.0)
    made.words = usage.words
    return made


def _building(size: str, built: dict[str, list[Built]]) -> list[Figure]:
    found = {}
    for name, all_made in built.items():
        last = all_made[-1]
        cpu_s = last.applied.cpu_s + last.server_s
        found[name] = Figure(
            f"engines.{size}.{name}.build",
            f"{name}, {last.offers:,} offers: documents taken",
            "documents/s",
            [one.documents / one.applied.wall_s for one in all_made],
            f"{last.documents:,} documents, {last.offers / last.applied.wall_s:,.0f} offers/s by the clock;"
            f" {last.documents / cpu_s:,.0f} documents/s/core ({last.applied.cpu_s:.1f} CPU-s here,"
            f" {last.server_s:.1f} in the server); with making the documents, {last.words}",
        )
    return [*found.values(), *_ratio(f"engines.{size}.build", f"documents taken at {size} offers", found)]


def _bytes(size: str, built: dict[str, list[Built]], sizes: dict[str, Sizes]) -> list[Figure]:
    found = {}
    for name, one in sizes.items():
        made = built[name][-1]
        note = f"{one.whole / made.documents:,.0f} per document; {one.whole / 1e6:,.0f} MB"
        if one.merged is not None:
            note += f"; {one.merged / made.offers:,.0f} per offer when merged into one segment"
        found[name] = Figure(
            f"engines.{size}.{name}.bytes",
            f"{name}, {made.offers:,} offers: on disk per offer",
            "bytes",
            [one.whole / made.offers],
            note,
        )
    return [*found.values(), *_ratio(f"engines.{size}.bytes", f"bytes at {size} offers", found)]


def _answers(size: str, built: dict[str, list[Built]], of: dict[str, list[Turn]], alike: str) -> list[Figure]:
    found: list[Figure] = []
    for what, unit in (("p50", "ms"), ("p99", "ms"), ("cpu", "CPU-ms")):
        beside = {}
        for name, turns in of.items():
            made = built[name][-1]
            beside[name] = Figure(
                f"engines.{size}.{name}.{what}",
                f"{name}, {made.offers:,} offers: whole answer, {what if what != 'cpu' else 'CPU, mean'}",
                unit,
                [getattr(turn, f"{what}_ms") for turn in turns],
                _note(what, turns, alike),
            )
        found += [*beside.values(), *_ratio(f"engines.{size}.{what}", f"answers at {size}, {what}", beside)]
    return found


def _note(what: str, turns: list[Turn], alike: str) -> str:
    last = turns[-1]
    if what == "cpu":
        return f"{last.here_ms:.1f} here, {last.server_ms:.1f} in the server; {last.words}"
    late = sum(turn.unanswered for turn in turns)
    told = f"{last.calls} searches a round; {alike}" if what == "p50" else ""
    if late:
        told += f" ({late} of {len(turns) * last.calls} searches had no answer within the deadline, or were not made)"
    return told.strip()


def _ratio(name: str, what: str, beside: dict[str, Figure]) -> list[Figure]:
    if len(beside) < 2:
        return []
    return [
        ratios(
            f"{name}.ratio", f"{what}: Elasticsearch to tantivy", beside["elasticsearch"], beside["tantivy"]
        )
    ]
