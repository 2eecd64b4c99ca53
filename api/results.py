"""A search's answer side by side: what the API, the pages and the command all show, so that they cannot disagree."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from api.compare import SideBySide, side_by_side
from api.landed import ANYONE, Wish
from catalog.errors import LedgerUnavailable, NotFound
from catalog.listing import Marketplace
from indexer.search import Choice, Found, Search
from ledger.database import QUICK_S
from ledger.history import PricePoint
from ledger.ledger import Ledger

HISTORY: Final = timedelta(days=90)
"""How far back product pages look."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of products, side by side."""

    found: Found
    products: tuple[SideBySide, ...]
    took_ms: int


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """A product with all its offers, their history, and its other versions."""

    product: SideBySide
    history: Mapping[int, Sequence[PricePoint]]
    """Offer number -> change points, oldest first."""
    versions: tuple[SideBySide, ...]
    """Products of the same group, cheapest first."""


class Answers:
    """Puts index and ledger together."""

    def __init__(self, ledger: Ledger, search: Callable[[], Search], *, clock: Clock) -> None:
        self._ledger = ledger
        self._search = search
        self._clock = clock
        self._known: dict[str, Marketplace] = {}

    def search(
        self, text: str, choice: Choice, *, limit: int, after: str | None = None, wish: Wish = ANYONE
    ) -> Results:
        """What `text` finds, priced for `wish`.

        Raises:
            SearchUnavailable: the engine does not answer.
            InvalidCursor: `after` is not a cursor of this query.
        """
        started = self._clock()
        found = self._search().find(text, choice, limit=limit, after=after, today=started.date())
        products = self._compared(found.products, wish, seed=found.understood.text)
        took = self._clock() - started
        return Results(found, products, took // timedelta(milliseconds=1))

    def product(self, product_id: str, wish: Wish = ANYONE) -> ProductDetail:
        """One product, priced for `wish`.

        Raises:
            NotFound: no such product.
            SearchUnavailable: the engine does not answer.
        """
        search = self._search()
        found = search.products([product_id])
        if not found:
            raise NotFound("product", product_id)
        group_id = found[0]["group_id"]
        siblings = search.group(group_id) if group_id else []
        others = [s for s in siblings if s["product_id"] != product_id]
        compared = self._compared([found[0], *others], wish, seed=product_id)
        offer_ids = [offer["offer_id"] for offer in found[0]["offers"]]
        return ProductDetail(compared[0], self._history(offer_ids, HISTORY), compared[1:])

    def compared(self, product_id: str, *, seed: str, wish: Wish = ANYONE) -> SideBySide:
        """One product side by side for `wish`, lots among equals drawn as for the search `seed`.

        Raises:
            NotFound: no such product.
            SearchUnavailable: the engine does not answer.
        """
        found = self._search().products([product_id])
        if not found:
            raise NotFound("product", product_id)
        return self._compared(found, wish, seed=seed)[0]

    def recent_lows(
        self, products: Sequence[SideBySide], *, days: int
    ) -> dict[str, list[Sequence[PricePoint]]]:
        """Change points of the last days of each product's offers that are in line: what sparklines are drawn from.

        Nothing while the ledger is away.
        """
        offers = {
            v.data["offer_id"]: p.data["product_id"]
            for p in products
            for c in p.cells
            for v in c.offers
            if not v.data["is_outlier"]
        }
        points = self._history(offers, timedelta(days=days))
        found: dict[str, list[Sequence[PricePoint]]] = {}
        for offer_id, series in points.items():
            found.setdefault(offers[offer_id], []).append(series)
        return found

    def marketplaces(self) -> dict[str, Marketplace]:
        """Every known marketplace by slug; those known last while the ledger is away."""
        with contextlib.suppress(LedgerUnavailable):
            self._known = {m.slug: m for m in self._ledger.marketplaces.all(within_s=QUICK_S)}
        return self._known

    def _compared(
        self, products: Sequence[Mapping[str, Any]], wish: Wish, *, seed: str
    ) -> tuple[SideBySide, ...]:
        offer_ids = [offer["offer_id"] for product in products for offer in product["offers"]]
        last_seen = self._last_seen(offer_ids)
        now = self._clock()
        lot = f"{seed}|{now.date().isoformat()}"
        buyer = wish.buyer(now)
        return tuple(side_by_side(product, last_seen, buyer=buyer, seed=lot) for product in products)

    def _history(self, offer_ids: Iterable[int], length: timedelta) -> Mapping[int, Sequence[PricePoint]]:
        """Change points of the last `length`; none while the ledger is away."""
        try:
            return self._ledger.history.points(offer_ids, since=self._clock() - length)
        except LedgerUnavailable:
            return {}

    def _last_seen(self, offer_ids: Sequence[int]) -> Mapping[int, datetime] | None:
        """When each offer was last seen; None while the ledger is away: what was indexed is answered all the same."""
        if not offer_ids:
            return {}
        try:
            return self._ledger.observations.last_seen(offer_ids)
        except LedgerUnavailable:
            return None
