"""Searching: from what a shopper typed and chose to a page of products, saying what was assumed and relaxed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import orjson

from indexer import cursor
from indexer.attributes import Chosen, filters, shown
from indexer.documents import coverage_tokens
from indexer.live import LiveIndex
from indexer.naming import fold
from indexer.ordering import MOST_COVERAGE
from indexer.query import ATTRIBUTES, Boost, Hit, PriceRange, Query, Sort, Suggestion, Terms, UnitPriceRange
from indexer.understand import Understanding, Understood

FACETS: Final = (
    "marketplaces",
    "brand",
    "family",
    "condition",
    "kind",
    "region",
    "unit",
    "price",
    ATTRIBUTES,
)
ANY: Final = "any"
"""Chosen for kind or condition: do not assume one."""

FEWEST_LIKE: Final = 5
"""How many near products are shown when nothing fits exactly."""


COVERAGE: Final = tuple(Boost(token, 0.01) for token in coverage_tokens(MOST_COVERAGE))
"""Of products that fit equally, those on more marketplaces come first; together far below the smallest other weight."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a shopper chose beside the words. Empty: nothing chosen."""

    marketplaces: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """National editions: ``home``, ``hk``, ``us`` …"""
    attributes: Chosen = ()
    """Values of one attribute are either, those of different ones both."""
    units: tuple[str, ...] = ()
    """What unit prices are per (``100g``). In order of unit price without one, bases stand in one list, each figure with
    its own."""
    group: str | None = None
    low_minor: int | None = None
    high_minor: int | None = None
    unit_low_minor: int | None = None
    unit_below_minor: int | None = None
    """Of unit prices, per whatever base: choose one of `units` with it."""
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An answer."""

    products: tuple[Mapping[str, Any], ...]
    """Payloads of `indexer.documents`, in order."""
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    attributes: Mapping[str, Sequence[tuple[str, int]]]
    """What splits the goods of the family that most of the products are of: attribute -> its values with their products.
    Empty where no family has most."""
    next_cursor: str | None
    understood: Understood
    sort: Sort
    assumed: Mapping[str, str] = field(default_factory=dict)
    """Filters that nobody chose: kind and condition; each can be taken off."""
    relaxed: str | None = None
    """What was given up because nothing fitted: ``assumptions`` or ``words``; None: nothing."""


class Search:
    """The one way to search; the API, the pages and the command all use it."""

    def __init__(
        self, index: LiveIndex, understanding: Understanding, marketplaces: Mapping[str, str]
    ) -> None:
        """`marketplaces` maps slugs to names."""
        self._index = index
        self._understanding = understanding
        self._names = {fold(name): slug for slug, name in marketplaces.items()} | {s: s for s in marketplaces}

    def find(self, text: str, choice: Choice, *, limit: int, after: str | None, today: date) -> Found:
        """The products for `text` under `choice`.

        Raises:
            SearchUnavailable: the engine does not answer.
            InvalidCursor: `after` is not a cursor of this query.
        """
        understood = self._understanding.of(text, self._names)
        assumed = _assumptions(understood, choice)
        found = self._page(understood, choice, assumed, limit, after, today)
        if found.total or after is not None:
            return found
        if assumed:
            open_answer = self._page(understood, choice, {}, limit, None, today)
            if open_answer.total:
                return replace(open_answer, relaxed="assumptions")
        return self._nearest(understood, found, limit)

    def sort_of(self, text: str, choice: Choice) -> Sort:
        """The order that `find` would give."""
        return _sort(self._understanding.of(text, self._names), choice)

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Completions of what was typed so far."""
        folded = fold(prefix)
        return self._index.engine().suggest(folded, limit=limit) if folded else []

    def products(self, product_ids: list[str]) -> list[Mapping[str, Any]]:
        """Payloads of these products; unknown ones are left out."""
        return [_payload(hit) for hit in self._index.engine().get(product_ids)]

    def group(self, group_id: str, *, limit: int = 50) -> list[Mapping[str, Any]]:
        """Payloads of a group's products, in order of price."""
        query = Query(terms=(Terms("group", (group_id,)),), sort=Sort.PRICE, limit=limit)
        return [_payload(hit) for hit in self._index.engine().search(query).hits]

    def _page(
        self,
        understood: Understood,
        choice: Choice,
        assumed: Mapping[str, str],
        limit: int,
        after: str | None,
        today: date,
    ) -> Found:
        query = _query(understood, choice, assumed, limit, today)
        if after is not None:
            query = replace(query, after=cursor.decode(query, after))
        page = self._index.engine().search(query)
        return Found(
            products=tuple(_payload(hit) for hit in page.hits),
            total=page.total,
            facets={name: counts for name, counts in page.facets.items() if name != ATTRIBUTES},
            attributes=shown(
                page.facets[ATTRIBUTES],
                page.facets["family"],
                page.total,
                choice.attributes,
                choice.families,
            ),
            next_cursor=cursor.encode(query, page.next_after) if page.next_after is not None else None,
            understood=understood,
            sort=query.sort,
            assumed=assumed,
        )

    def _nearest(self, understood: Understood, found: Found, limit: int) -> Found:
        """Products that share the rarest of the words: better than nothing, and said to be only near."""
        if not understood.tokens:
            return found
        (hits,) = self._index.engine().candidates([understood.tokens], limit=min(limit, FEWEST_LIKE))
        near = tuple(_payload(hit) for hit in hits)
        return replace(found, products=near, relaxed="words" if near else None)


def _assumptions(understood: Understood, choice: Choice) -> dict[str, str]:
    """Someone who types a phone's name means a phone, and a new one."""
    assumed: dict[str, str] = {}
    if not choice.kinds:
        assumed["kind"] = understood.kind.value
    if not choice.conditions:
        assumed["condition"] = understood.condition.value
    return assumed


def _query(
    understood: Understood, choice: Choice, assumed: Mapping[str, str], limit: int, today: date
) -> Query:
    marketplaces = choice.marketplaces or understood.marketplaces
    chosen = {
        "marketplaces": marketplaces,
        "brand": choice.brands,
        "family": choice.families,
        "condition": _without_any(choice.conditions) or _assumed(assumed, "condition"),
        "kind": _without_any(choice.kinds) or _assumed(assumed, "kind"),
        "region": choice.regions,
        "unit": choice.units,
        "group": (choice.group,) if choice.group else (),
    }
    terms = tuple(Terms(name, tuple(sorted(values))) for name, values in chosen.items() if values)
    return Query(
        must=understood.tokens,
        should=(*understood.boosts, *COVERAGE) if understood.boosts else (),
        terms=(*terms, *filters(choice.attributes)),
        price=_price(understood, choice, marketplaces),
        unit_price=_unit_price(choice, marketplaces),
        sort=_sort(understood, choice),
        limit=limit,
        facets=(*FACETS, "unit_price") if len(choice.units) == 1 else FACETS,
        tie_seed=f"{understood.text}|{today.isoformat()}",
    )


def _sort(understood: Understood, choice: Choice) -> Sort:
    return choice.sort or understood.sort or Sort.RELEVANCE


def _price(understood: Understood, choice: Choice, marketplaces: tuple[str, ...]) -> PriceRange | None:
    low, high = choice.low_minor, choice.high_minor
    if low is None and high is None:
        if understood.price is None:
            return None
        low, high = understood.price.low_minor, understood.price.high_minor
    return PriceRange(low, high, tuple(sorted(marketplaces)))


def _unit_price(choice: Choice, marketplaces: tuple[str, ...]) -> UnitPriceRange | None:
    low, below = choice.unit_low_minor, choice.unit_below_minor
    if low is None and below is None:
        return None
    return UnitPriceRange(low, below, tuple(sorted(marketplaces)))


def _without_any(values: tuple[str, ...]) -> tuple[str, ...]:
    return () if ANY in values else values


def _assumed(assumed: Mapping[str, str], name: str) -> tuple[str, ...]:
    return (assumed[name],) if name in assumed else ()


def _payload(hit: Hit) -> Mapping[str, Any]:
    payload: Mapping[str, Any] = orjson.loads(hit.payload)
    return payload
