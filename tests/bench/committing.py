"""Processes that commit pages at the same time, one marketplace each: a marketplace has one running run."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from typing import Final

from catalog.errors import BijiaError
from catalog.listing import Observation, Offer
from ledger.frontier import Fetched, LeasedPage, PageRequest, ReadPage
from ledger.ledger import Ledger
from ledger.runs import RunLease
from tests.bench.meter import metered
from tests.bench.seen_again import dearer
from tests.support.index import MARKETPLACES

PHASES: Final = ("new", "unchanged", "changed")
PER_PAGE: Final = 100
PATIENCE_S: Final = 600


@dataclass(frozen=True, slots=True)
class Phase:
    """What all writers did in one phase."""

    commits: int
    wall_s: float
    words: str

    @property
    def per_s(self) -> float:
        """Commits a second, all writers together."""
        return self.commits / self.wall_s


def committed(
    url: str, offers: Sequence[Offer], writers: int, pages: int, who: dict[str, list[int]]
) -> dict[str, Phase]:
    """In a child: so many writers into an empty ledger, each so many pages a phase; every phase begins and ends together."""
    with Ledger.open(url, migrated=True) as ledger:
        ledger.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
    forked = multiprocessing.get_context("fork")
    gate = forked.Barrier(writers + 1, timeout=PATIENCE_S)
    processes = [
        forked.Process(target=_write, args=(url, slug, offers, pages, gate), daemon=True)
        for slug in list(MARKETPLACES)[:writers]
    ]
    for process in processes:
        process.start()
    found = {}
    pids = [process.pid for process in processes if process.pid is not None]
    for name in PHASES:
        gate.wait()
        began_s = time.perf_counter()
        with metered({"writers": pids, **who}) as usage:
            gate.wait()
            wall_s = time.perf_counter() - began_s
        found[name] = Phase(writers * pages, wall_s, usage.words)
    gate.wait()
    for process in processes:
        process.join(PATIENCE_S)
    return found


def _write(url: str, marketplace: str, offers: Sequence[Offer], pages: int, gate: Barrier) -> None:
    """One writer; the others do not wait for ever for one that failed."""
    try:
        with Ledger.open(url) as ledger:
            for name in PHASES:
                lease, leased = _run(ledger, marketplace, pages)
                read = [_page(offers, marketplace, n, name) for n in range(pages)]
                gate.wait()
                for page, one in zip(leased, read, strict=True):
                    ledger.frontier.complete(lease, page.id, one, now=datetime.now(UTC))
                gate.wait()
                _require(ledger, lease, name, pages)
            gate.wait()
    except BaseException:
        gate.abort()
        raise


def _run(ledger: Ledger, marketplace: str, pages: int) -> tuple[RunLease, list[LeasedPage]]:
    """A run with so many pages under way."""
    now = datetime.now(UTC)
    run_id = ledger.runs.request(marketplace, ["手机"], now=now)
    lease = ledger.runs.claim(marketplace, now=now, run_id=run_id)
    if lease is None:
        raise BijiaError(f"run {run_id} could not be claimed")
    ledger.frontier.seed(lease, [PageRequest("search", {"n": str(n)}) for n in range(pages)])
    return lease, ledger.frontier.lease(lease, limit=pages, now=now)


def _page(offers: Sequence[Offer], marketplace: str, n: int, phase: str) -> ReadPage:
    now = datetime.now(UTC)
    own = [_offer(offers, marketplace, n * PER_PAGE + place) for place in range(PER_PAGE)]
    if phase == "changed":
        own = [dearer(offer, 1) for offer in own]
    return ReadPage(Fetched(now, 200, 1, ""), [Observation(offer, now) for offer in own])


def _offer(offers: Sequence[Offer], marketplace: str, number: int) -> Offer:
    """A real offer under another number."""
    real = offers[number % len(offers)]
    return replace(
        real, listing=replace(real.listing, marketplace=marketplace, item_id=f"{number:012}"), sku_id=""
    )


def _require(ledger: Ledger, lease: RunLease, phase: str, pages: int) -> None:
    """Nothing else was measured than what was meant to be."""
    added = ledger.runs.get(lease.run_id).progress.added
    ledger.runs.finish(lease, now=datetime.now(UTC))
    if added != (0 if phase == "unchanged" else pages * PER_PAGE):
        raise BijiaError(f"{phase}: {added} offers were added by {pages} pages")
