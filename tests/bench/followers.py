"""New offers a second by one, two and four followers that share an index on servers, beside the one of the small size.

Every round begins with followers that wait at the end of the ledger, each with its share of the partitions, and an empty
generation with no observation in it. That is activated: they move over to it and read the ledger from its beginning.
"""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from catalog.errors import BijiaError
from indexer.bootstrap import Indexer
from indexer.rebuild import generation_lease, partition_lease
from ledger.ledger import Ledger
from ledger.projections import Generation, Lease, Step
from tests.bench.bench import Bench
from tests.bench.figures import Figure, ratios
from tests.bench.following import FUNCTION, told
from tests.bench.meter import metered
from tests.bench.prepared import Prepared, copied, seen
from tests.bench.servers import (
    PARTITIONS,
    Elasticsearch,
    copied_to,
    elasticsearch,
    indexer_at,
    place_on,
    postgresql,
)
from tests.bench.spent import in_child
from tests.bench.worlds import CRAWL, TINY
from tests.support.forks import forks
from tests.support.places import Place, embedded_place
from tests.support.postgres import PostgresServer
from tests.support.processes import pause, wait_until

PROCESSES = (1, 2, 4)
MOST_ROUNDS = 3
LOOK_S = 0.05
LONGEST_S = 600
MINE_S = 600
"""Lease on a generation that is prepared: no follower may tidy it away."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One round."""

    offers: int
    wall_s: float
    cpu_s: float
    """Of the followers."""
    largest: float
    """Share of all offers that is in the largest partition."""
    words: str


def measure(bench: Bench) -> list[Figure]:
    """By the clock: how much several are faster is the question."""
    prepared = seen(bench, TINY if bench.is_quick else CRAWL)
    what = "followers on PostgreSQL and Elasticsearch"
    node = elasticsearch(bench, what)
    found: dict[str, list[Followed]] = {}
    with ExitStack() as running:
        server = running.enter_context(postgresql(bench, what)) if node is not None else None
        template = None if server is None else copied_to(server, prepared).rpartition("/")[2]
        for n in range(min(bench.repetitions, MOST_ROUNDS)):
            rounds = {"embedded": partial(_embedded, bench, prepared)}
            if server is not None and node is not None and template is not None:
                rounds |= {
                    f"scaled.{count}": partial(_scaled, server, node, template, count) for count in PROCESSES
                }
            for name in list(rounds) if n % 2 == 0 else reversed(rounds):
                one = rounds[name]()
                found.setdefault(name, []).append(one)
                bench.say(f"followers {name}: {one.offers / one.wall_s:,.0f} new offers/s; {one.words}")
    return _figures(found)


def _figures(found: dict[str, list[Followed]]) -> list[Figure]:
    figures = {name: _figure(name, rounds) for name, rounds in found.items()}
    shares = [
        ratios(f"followers.{name}.ratio", f"{_words(name)}, to SQLite and tantivy", one, figures["embedded"])
        for name, one in figures.items()
        if name != "embedded"
    ]
    return [*figures.values(), *shares]


def _figure(name: str, rounds: list[Followed]) -> Figure:
    last = rounds[-1]
    note = f"{last.offers:,} offers; {last.offers / last.cpu_s:,.0f} per CPU-s of followers; {last.words}"
    if name != "embedded":
        note += f"; the largest of {PARTITIONS} partitions has {last.largest:.0%} of the offers"
    return Figure(
        f"followers.{name}",
        _words(name),
        "new offers/s",
        [one.offers / one.wall_s for one in rounds],
        note,
    )


def _words(name: str) -> str:
    if name == "embedded":
        return "one follower, SQLite and tantivy"
    count = name.rpartition(".")[2]
    return f"{count} follower{'s' * (count != '1')}, PostgreSQL and Elasticsearch"


def _embedded(bench: Bench, prepared: Prepared) -> Followed:
    folder = bench.folder / "followers"
    copied(prepared, folder)
    found, _ = in_child(partial(_followed, embedded_place(folder), 1, {}))
    shutil.rmtree(folder)
    return found


def _scaled(server: PostgresServer, node: Elasticsearch, template: str, count: int) -> Followed:
    who = {"PostgreSQL": [server.process.pid], "Elasticsearch": [node.pid]}
    with place_on(server.new_database(template), node) as place:
        found, _ = in_child(partial(_followed, place, count, who))
    return found


def _followed(place: Place, count: int, who: dict[str, list[int]]) -> Followed:
    """In a child: start them, let them share, give them the empty generation, wait until all of it is filled."""
    with forks(FUNCTION) as host, Ledger.open(place.database_url) as ledger:
        indexer = indexer_at(ledger, place)
        newest = ledger.observations.newest_number()
        full, empty = _generation(indexer, newest), _generation(indexer, 0)
        _activate(indexer, full)
        lives = [host.start("follow", **told(place)) for _ in range(count)]
        wait_until(lambda: _is_shared(ledger, full, count), "followers share", patience_s=LONGEST_S)
        pause(1)
        with metered({"followers": [life.pid for life in lives], **who}) as usage:
            _activate(indexer, empty)
            wait_until(
                lambda: _cursor(ledger) >= newest, "all is indexed", patience_s=LONGEST_S, pause_s=LOOK_S
            )
        words = (
            usage.words
            if _is_shared(ledger, empty, count)
            else f"{usage.words}; NOT SHARED EVENLY at the end"
        )
        held = [len(ledger.projections.assignments(empty.id, p)) for p in range(empty.partitions)]
        for life in lives:
            life.kill()
        indexer.store.close()
    return Followed(sum(held), usage.wall_s, usage.cpu_s["followers"], max(held) / sum(held), words)


def _generation(indexer: Indexer, cursor: int) -> Generation:
    """A new generation without documents that has read so far."""
    projections, now = indexer.ledger.projections, datetime.now(UTC)
    count = PARTITIONS if indexer.store.is_shared else 1
    made = projections.begin(indexer.version(), now=now, partitions=count)
    lease = _lease(indexer, made)
    marketplaces = [one.slug for one in indexer.ledger.marketplaces.all()]
    indexer.store.writer(made.id, marketplaces, made.version).close()
    projections.advance(made.id, [Step(part, cursor) for part in range(count)], [lease], now=now)
    return made


def _lease(indexer: Indexer, made: Generation) -> Lease:
    lease = indexer.ledger.projections.take_lease(
        generation_lease(made.id), "bench", now=datetime.now(UTC), seconds=MINE_S
    )
    if lease is None:
        raise BijiaError(f"generation {made.id} is somebody else's")
    return lease


def _activate(indexer: Indexer, generation: Generation) -> None:
    indexer.ledger.projections.activate(generation.id, now=datetime.now(UTC))
    indexer.store.activate(generation.id)


def _cursor(ledger: Ledger) -> int:
    active = ledger.projections.active()
    return -1 if active is None else active.cursor


def _is_shared(ledger: Ledger, generation: Generation, count: int) -> bool:
    """Whether every partition has its follower, and every follower as many partitions as the others."""
    now = datetime.now(UTC)
    holders = [
        ledger.projections.lease_holder(partition_lease(generation.id, partition), now=now)
        for partition in range(generation.partitions)
    ]
    held = Counter(holders)
    return None not in held and len(held) == count and max(held.values()) - min(held.values()) <= 1
