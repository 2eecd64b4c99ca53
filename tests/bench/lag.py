"""How long after its commit a changed price is found: by a search in a process that does not follow itself."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from catalog.errors import BijiaError
from catalog.landed_price import landed_price
from catalog.listing import Observation, Offer
from catalog.money import Money
from indexer.bootstrap import Indexer
from indexer.follow import POLL_S
from indexer.ports import SearchEngine
from indexer.query import PriceRange, Query, Sort
from indexer.rebuild import partition_lease
from ledger.frontier import Fetched, PageRequest, ReadPage
from ledger.ledger import Ledger
from tests.bench.bench import Bench
from tests.bench.figures import Figure, percentile, ratios
from tests.bench.following import FUNCTION, told
from tests.bench.meter import metered
from tests.bench.prepared import Indexed, copied, indexed
from tests.bench.servers import copied_to, elasticsearch, indexer_at, place_on, postgresql
from tests.bench.spent import in_child
from tests.bench.worlds import DEMO, SEED, TINY
from tests.support.forks import forks
from tests.support.places import Place, embedded_place
from tests.support.processes import pause, wait_until

CHANGES = 200
MARKETPLACE = "taobao"
LOOK_S = 0.005
"""Between two searches: small beside what is measured, and few enough not to be what is measured."""
LONGEST_S = 30
PROMISED_S = {"embedded": 1.0, "scaled": 2.0}
WORDS = {"embedded": "SQLite and tantivy", "scaled": "PostgreSQL and Elasticsearch"}


@dataclass(frozen=True, slots=True)
class Change:
    """An offer at a price that makes its product the only one at this lowest price."""

    offer: Offer
    lowest_minor: int


@dataclass(frozen=True, slots=True)
class Lags:
    """What was seen at one place."""

    seconds: list[float]
    words: str


def measure(bench: Bench) -> list[Figure]:
    """p50 and p99 on one machine's files and on servers."""
    made = indexed(bench, TINY if bench.is_quick else DEMO)
    changes = 10 if bench.is_quick else CHANGES
    found: dict[str, Lags] = {}
    folder = bench.folder / "lag"
    copied(replace(made.seen, data=made.data), folder)
    found["embedded"], _ = in_child(partial(_lags, embedded_place(folder), changes, {}))
    shutil.rmtree(folder)
    what = "lag on PostgreSQL and Elasticsearch"
    node = elasticsearch(bench, what)
    if node is not None:
        with ExitStack() as running:
            server = running.enter_context(postgresql(bench, what))
            if server is not None:
                place = running.enter_context(place_on(copied_to(server, made.seen), node))
                who = {"PostgreSQL": [server.process.pid], "Elasticsearch": [node.pid]}
                found["scaled"], _ = in_child(partial(_lags, place, changes, who, is_built=False))
    for name, lags in found.items():
        bench.say(f"lag {name}: {percentile(lags.seconds, 50) * 1000:.0f} ms at p50; {lags.words}")
    return _figures(made, found)


def _figures(made: Indexed, found: dict[str, Lags]) -> list[Figure]:
    figures = {
        (name, percent): Figure(
            f"lag.{name}.p{percent}",
            f"committed → found, {WORDS[name]}, p{percent}",
            "ms",
            [percentile(lags.seconds, percent) * 1000],
            _note(made, lags) if percent == 50 else f"promised: {PROMISED_S[name] * 1000:.0f} ms",
        )
        for name, lags in found.items()
        for percent in (50, 99)
    }
    shares = [
        ratios(
            f"lag.ratio.p{percent}",
            f"committed → found, p{percent}: servers to files",
            figures["scaled", percent],
            figures["embedded", percent],
        )
        for percent in (50, 99)
        if "scaled" in found
    ]
    return [*figures.values(), *shares]


def _note(made: Indexed, lags: Lags) -> str:
    return (
        f"{len(lags.seconds)} prices one by one among {made.documents:,} documents, slowest"
        f" {max(lags.seconds) * 1000:.0f} ms; the follower looks every {POLL_S * 1000:.0f} ms, half of which is waited"
        f" on average; {lags.words}"
    )


def _lags(place: Place, changes: int, who: dict[str, list[int]], *, is_built: bool = True) -> Lags:
    """In a child: a follower beside it, and prices that change at moments of no rhythm."""
    with forks(FUNCTION) as host, Ledger.open(place.database_url) as ledger:
        indexer = indexer_at(ledger, place)
        if not is_built:
            indexer.rebuild().run(indexer.version())
        follower = host.start("follow", **told(place))
        _wait_for_follower(ledger)
        live = indexer.live()
        plan = _plan(ledger, live.engine(), changes)
        with metered({"follower": [follower.pid], **who}) as usage:
            seconds = _commit(ledger, indexer, plan)
        follower.kill()
        live.close()
        indexer.store.close()
    return Lags(seconds, usage.shares)


def _wait_for_follower(ledger: Ledger) -> None:
    active = ledger.projections.active()
    if active is None:
        raise BijiaError("no index")
    names = [partition_lease(active.id, partition) for partition in range(active.partitions)]

    def holders() -> list[str | None]:
        return [ledger.projections.lease_holder(name, now=datetime.now(UTC)) for name in names]

    wait_until(lambda: None not in holders(), "the follower follows")
    pause(1)  # it has its leases, and loads what it keeps


def _plan(ledger: Ledger, engine: SearchEngine, changes: int) -> list[Change]:
    """Of so many products the cheapest offer, cheaper by a hundredth or a little more."""
    payloads = list(_payloads(engine))
    lowest = {
        offer["observation_id"]: offer
        for payload in payloads
        for offer in sorted(filter(_counts, payload["offers"]), key=lambda one: one["landed"]["total_minor"])[
            :1
        ]
    }
    taken = {offer["landed"]["total_minor"] for offer in lowest.values()}
    own = [number for number, one in lowest.items() if one["marketplace"] == MARKETPLACE]
    random.Random(SEED).shuffle(own)
    found: list[Change] = []
    for stored in ledger.observations.by_number(own):
        change = _cheaper(stored.offer, taken)
        if change is not None and len(found) < changes:
            taken.add(change.lowest_minor)
            found.append(change)
    random.Random(SEED).shuffle(found)
    return found


def _counts(offer: dict[str, Any]) -> bool:
    """Whether it can be its product's best price (`indexer.documents`)."""
    return offer["currency"] == "CNY" and offer["stock"] != "out" and not offer["is_outlier"]


def _cheaper(offer: Offer, taken: set[int]) -> Change | None:
    """The offer at the nearest price, a hundredth lower or more, at which no product is; None: at no price near."""
    price, before = offer.terms.price, landed_price(offer.terms).total.minor
    for minor in range(price.minor * 99 // 100 - 1, price.minor * 9 // 10, -1):
        changed = replace(offer, terms=replace(offer.terms, price=Money(minor, price.currency)))
        total = landed_price(changed.terms).total.minor
        if total < before and total not in taken:
            return Change(changed, total)
    return None


def _payloads(engine: SearchEngine) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        page = engine.search(Query(sort=Sort.PRICE, limit=1_000, after=after))
        yield from (orjson.loads(hit.payload) for hit in page.hits)
        if (after := page.next_after) is None:
            return


def _commit(ledger: Ledger, indexer: Indexer, plan: list[Change]) -> list[float]:
    """Commit each change as a page of its own; how long each took from there to a search that finds it."""
    live, dice = indexer.live(), random.Random(SEED)
    run_id = ledger.runs.request(MARKETPLACE, ["再看"], now=datetime.now(UTC))
    lease = ledger.runs.claim("bench", now=datetime.now(UTC), run_id=run_id)
    if lease is None:
        raise BijiaError(f"run {run_id} could not be claimed")
    ledger.frontier.seed(lease, [PageRequest("search", {"n": str(n)}) for n in range(len(plan))])
    pages = ledger.frontier.lease(lease, limit=len(plan), now=datetime.now(UTC))
    seconds = []
    for page, change in zip(pages, plan, strict=True):
        pause(dice.uniform(0, 2 * POLL_S))
        now = datetime.now(UTC)
        read = ReadPage(Fetched(now, 200, 1, ""), [Observation(change.offer, now)])
        ledger.frontier.complete(lease, page.id, read, now=now)
        seconds.append(_found_after(live.engine(), change.lowest_minor))
    ledger.runs.finish(lease, now=datetime.now(UTC))
    live.close()
    return seconds


def _found_after(engine: SearchEngine, lowest_minor: int) -> float:
    began_s = time.perf_counter()
    wanted = Query(price=PriceRange(lowest_minor, lowest_minor), limit=1)
    while not engine.search(wanted).total:
        if time.perf_counter() - began_s > LONGEST_S:
            raise BijiaError("a changed price is not found")
        pause(LOOK_S)
    return time.perf_counter() - began_s
