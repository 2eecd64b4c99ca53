"""Observations of offers that are in the ledger already, at other prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalog.errors import BijiaError
from catalog.listing import Observation, Offer
from catalog.money import Money
from ledger.frontier import Fetched, PageRequest, ReadPage
from ledger.ledger import Ledger
from ledger.observations import Stored

_PER_PAGE = 100
"""As a gateway's pages."""


def all_stored(ledger: Ledger) -> list[Stored]:
    """Every accepted observation."""
    return ledger.observations.accepted_after(0, limit=10**9)


def see_dearer(ledger: Ledger, stored: Iterable[Stored], *, percent: int = 1) -> None:
    """One run for each marketplace that shows these offers so much dearer, and nothing else changed."""
    by_marketplace: dict[str, list[Offer]] = defaultdict(list)
    for one in stored:
        by_marketplace[one.offer.listing.marketplace].append(dearer(one.offer, percent))
    for marketplace, offers in by_marketplace.items():
        _run(ledger, marketplace, offers)


def _run(ledger: Ledger, marketplace: str, offers: Sequence[Offer]) -> None:
    now = datetime.now(UTC)
    run_id = ledger.runs.request(marketplace, ["再看"], now=now)
    lease = ledger.runs.claim("bench", now=now, run_id=run_id)
    if lease is None:
        raise BijiaError(f"run {run_id} could not be claimed")
    starts = range(0, len(offers), _PER_PAGE)
    ledger.frontier.seed(lease, [PageRequest("search", {"from": str(start)}) for start in starts])
    pages = ledger.frontier.lease(lease, limit=len(starts), now=now)
    for start, page in zip(starts, pages, strict=True):
        rows = [Observation(offer, now) for offer in offers[start : start + _PER_PAGE]]
        ledger.frontier.complete(lease, page.id, ReadPage(Fetched(now, 200, 1, ""), rows), now=now)
    ledger.runs.finish(lease, now=now)


def dearer(offer: Offer, percent: int) -> Offer:
    """`offer` at so much more, and nothing struck through."""
    price = offer.terms.price
    raised = Money(price.minor + max(1, price.minor * percent // 100), price.currency)
    return replace(offer, terms=replace(offer.terms, price=raised, list_price=None))
