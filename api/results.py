"""A search's answer side by side: what the API, the pages and the command all show, so that they cannot disagree."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from api.compare import OfferView, SideBySide, side_by_side
from api.landed import ANYONE, Landed, Wish, landed_now, least_order
from api.reference import LONGEST, LOW_DAYS, low_of, offer_reference, product_reference, recent
from api.reordering import decode, encode, reordered
from catalog.errors import LedgerUnavailable, NotFound
from catalog.explanation import Explained, explained
from catalog.landed_price import landed_price
from catalog.listing import Marketplace, Offer, OfferKey
from catalog.reference_price import Low, ReferencePrice
from indexer.query import Sort
from indexer.search import Choice, Found, Search
from ledger.database import QUICK_S
from ledger.history import PricePoint
from ledger.ledger import Ledger

HISTORY: Final = timedelta(days=180)
"""How far back the charts of product pages look."""

RECENT: Final = timedelta(days=LOW_DAYS + 3)
"""How far back search pages look: the days of the badge, and the 48 hours for which a price stands after it was seen."""

MOST_REORDERED: Final = 200
"""Products that are put in a new order for a buyer who is not just anyone: the index knows the order of headlines only, so
so many of the first of them are priced anew and sorted (DECISIONS 44). One costs about a millisecond."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of products, side by side."""

    found: Found
    products: tuple[SideBySide, ...]
    took_ms: int
    wish: Wish = ANYONE
    """For whom it is priced."""
    reordered: int | None = None
    """How many products were put in order by this buyer's prices; None: the order is that of headlines, for anyone."""


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """A product with all its offers, their history, and its other versions."""

    product: SideBySide
    history: Mapping[int, Sequence[PricePoint]]
    """Offer number -> change points of `HISTORY`, oldest first."""
    references: Mapping[int, ReferencePrice]
    """Offer number -> what was observed of it, against its struck-through price."""
    reference: ReferencePrice | None
    """The same of the lowest headline of all its offers; None: nothing can be bought, or nothing was observed."""
    versions: tuple[SideBySide, ...]
    """Products of the same group, cheapest first."""


@dataclass(frozen=True, slots=True)
class OfferPrice:
    """What one offer costs a buyer, from the newest terms in the ledger."""

    offer: Offer
    observed_at: datetime
    """When these terms were first seen."""
    last_seen: datetime | None
    landed: Landed
    smallest_order: Mapping[str, Any] | None
    """As `catalog.codec.dump_price` writes it; None: one piece is not too little."""
    explained: Sequence[Explained] | None
    """Every promotion with its fate; None: not asked for."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a product's prices went lately."""

    series: Sequence[Sequence[PricePoint]]
    """Change points of each of its offers that is in line, oldest first."""
    low: Low
    """Today's lowest price against those of the 90 days before."""


class Answers:
    """Puts index and ledger together."""

    def __init__(
        self,
        ledger: Ledger,
        search: Callable[[], Search],
        *,
        clock: Clock,
        where_now: Callable[[str], str | None] = lambda _product_id: None,
    ) -> None:
        """`where_now`: where the offers of a product that is no longer shown are (`api.former`)."""
        self._where_now = where_now
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
        search = self._search()
        if wish != ANYONE and search.sort_of(text, choice) is not Sort.RELEVANCE:
            results = self._reordered(search, text, choice, limit=limit, after=after, wish=wish)
        else:
            found = search.find(text, choice, limit=limit, after=after, today=started.date())
            products = self._compared(found.products, wish, seed=found.understood.text)
            results = Results(found, products, 0, wish)
        return replace(results, took_ms=(self._clock() - started) // timedelta(milliseconds=1))

    def _reordered(
        self, search: Search, text: str, choice: Choice, *, limit: int, after: str | None, wish: Wish
    ) -> Results:
        """The same in order of what `wish` pays, among the first of the index's order."""
        start = decode(after, text, choice, wish)
        found = search.find(text, choice, limit=MOST_REORDERED, after=None, today=self._clock().date())
        compared = self._compared(found.products, wish, seed=found.understood.text)
        products = reordered(compared, found.sort)
        end = start + limit
        found = replace(found, next_cursor=encode(end, text, choice, wish) if end < len(products) else None)
        return Results(found, tuple(products[start:end]), 0, wish, len(products))

    def product(self, product_id: str, wish: Wish = ANYONE) -> ProductDetail:
        """One product, priced for `wish`; of one that became part of another that one, under its own id.

        Raises:
            NotFound: no such product.
            SearchUnavailable: the engine does not answer.
        """
        search = self._search()
        found = self._found(search, product_id)
        product_id = found[0]["product_id"]
        group_id = found[0]["group_id"]
        siblings = search.group(group_id) if group_id else []
        others = [s for s in siblings if s["product_id"] != product_id]
        compared = self._compared([found[0], *others], wish, seed=product_id)
        product, now = compared[0], self._clock()
        # What was observed is what anyone pays, whoever asks.
        anyone = product if wish == ANYONE else self._compared([found[0]], ANYONE, seed=product_id)[0]
        offer_ids = [offer["offer_id"] for offer in found[0]["offers"]]
        history = self._history(offer_ids, LONGEST)
        views = {view.data["offer_id"]: view for cell in anyone.cells for view in cell.offers}
        return ProductDetail(
            product,
            {offer: recent(points, now - HISTORY) for offer, points in history.items()},
            {offer: offer_reference(views[offer], points, now) for offer, points in history.items()},
            product_reference(anyone, history, now),
            compared[1:],
        )

    def offer_price(self, key: OfferKey, wish: Wish, *, explains: bool) -> OfferPrice:
        """What an offer costs now, from the ledger: the index may lag behind it by a moment.

        Raises:
            NotFound: no such offer, or none that was ever accepted.
        """
        observations = self._ledger.observations
        current = observations.current([key]).get(key)
        if current is None:
            raise NotFound("offer", key)
        terms, buyer = current.offer.terms, wish.buyer(self._clock())
        landed = landed_now(terms, buyer)
        return OfferPrice(
            offer=current.offer,
            observed_at=current.observed_at,
            last_seen=observations.last_seen([current.offer_id]).get(current.offer_id),
            landed=landed,
            smallest_order=least_order(terms, landed, buyer),
            explained=explained(terms, buyer, landed_price(terms, buyer)) if explains else None,
        )

    def compared(self, product_id: str, *, seed: str, wish: Wish = ANYONE) -> SideBySide:
        """One product side by side for `wish`, lots among equals drawn as for the search `seed`.

        Raises:
            NotFound: no such product.
            SearchUnavailable: the engine does not answer.
        """
        return self._compared(self._found(self._search(), product_id), wish, seed=seed)[0]

    def data(self, product_id: str) -> Mapping[str, Any]:
        """What the index holds of a product.

        Raises:
            NotFound: no such product.
            SearchUnavailable: the engine does not answer.
        """
        return self._found(self._search(), product_id)[0]

    def _found(self, search: Search, product_id: str) -> list[Mapping[str, Any]]:
        found = search.products([product_id])
        if not found and (now := self._where_now(product_id)) is not None:
            found = search.products([now])
        if not found:
            raise NotFound("product", product_id)
        return found

    def courses(self, products: Sequence[SideBySide]) -> dict[str, Course]:
        """How the prices of each product went lately; of nothing anything while the ledger is away."""
        offers = [view.data["offer_id"] for product in products for view in _in_line(product)]
        points, now = self._history(offers, RECENT), self._clock()
        return {
            product.data["product_id"]: Course(
                [points[v.data["offer_id"]] for v in _in_line(product) if v.data["offer_id"] in points],
                low_of(product, points, now),
            )
            for product in products
        }

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


def _in_line(product: SideBySide) -> Iterable[OfferView]:
    return (view for cell in product.cells for view in cell.offers if not view.data["is_outlier"])
