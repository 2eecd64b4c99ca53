"""A `Query` as the body of a search request, and back. Nothing a shopper typed becomes query language.

Filters on faceted fields are applied after the facets were counted, so that each facet can leave out its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from indexer.engines.elasticsearch.mapping import ALIVE, SIGNED, storable, storable_token
from indexer.engines.memory import facet_counts, own_marketplace, price_step
from indexer.ordering import (
    MAX_32,
    NO_UNIT_PRICE,
    SCORE_STEP,
    unit_price_bounds,
    unit_price_order,
)
from indexer.query import (
    ATTRIBUTES,
    PRICE_STEPS_MINOR,
    UNIT_PRICE_STEPS_MINOR,
    PriceRange,
    Query,
    Sort,
    Terms,
    UnitPriceRange,
    attribute_facet,
)

Clause = dict[str, Any]

MOST_FACET_VALUES: Final = 10_000
MOST_SUGGESTIONS: Final = 2_000
LONGEST_PREFIX: Final = 200
"""Characters of a prefix that is completed; no suggestion is longer, and the engine's patterns have a limit."""

PAYLOAD: Final = ["payload", "payload_base64"]
ALIVE_ONLY: Final[Clause] = {"term": {"state": ALIVE}}


def search_body(query: Query, *, deadline_s: float) -> Clause:
    """All of a search but its order and size."""
    late, early = _late_and_early(query)
    must = [_token(token) for token in query.must]
    body: Clause = {
        "query": {"bool": {"filter": [ALIVE_ONLY, *must, *early], "should": _boosts(query)}},
        "track_total_hits": True,
        "timeout": f"{int(deadline_s * 1000)}ms",
    }
    if late:
        body["post_filter"] = {"bool": {"filter": [clause for _, clause in late]}}
    if query.facets:
        body["aggs"] = {name: _facet(facet, query, late) for name, facet in _counted(query).items()}
    return body


def _late_and_early(query: Query) -> tuple[list[tuple[str, Clause]], list[Clause]]:
    """Filters that some facet leaves out, each with that facet, and the others."""
    found = [(terms.facet, _terms(terms)) for terms in query.terms]
    if query.price is not None:
        found.append(("price", _price(query.price)))
    if query.unit_price is not None:
        found.append(("unit_price", _unit_price(query.unit_price)))
    late = [(facet, clause) for facet, clause in found if facet.partition(".")[0] in query.facets]
    return late, [clause for facet, clause in found if facet.partition(".")[0] not in query.facets]


def _counted(query: Query) -> dict[str, str]:
    """Name of an aggregation -> the facet. An attribute that is filtered by has one of its own, without its filter.

    Those are numbered: the engine does not take every character in a name.
    """
    own = query.filtered_attributes if ATTRIBUTES in query.facets else ()
    numbered = {f"{ATTRIBUTES}{n}": attribute_facet(name) for n, name in enumerate(own)}
    return {name: name for name in query.facets} | numbered


def _boosts(query: Query) -> list[Clause]:
    """Weights in whole steps: sums of whole numbers are exact in the engine's single precision, in any order."""
    if query.sort is not Sort.RELEVANCE:
        return []
    return [
        {"constant_score": {"filter": _token(boost.token), "boost": round(boost.weight * SCORE_STEP)}}
        for boost in query.should
    ]


def by_key(query: Query) -> Clause:
    """The order of a list in order of a key, and where it goes on."""
    if query.sort is Sort.RELEVANCE:
        order: list[Clause] = [{"rank": "asc"}]
    else:
        order = [{_sort_field(query): _price_order(query.sort)}, {"number": "asc"}]
    body: Clause = {"sort": order, "size": query.limit + 1}
    if query.after is not None:
        body["search_after"] = _values(query.sort, query.after)
    return body


def _price_order(sort: Sort) -> Clause:
    """Products without a price, or a unit price, come last in every order."""
    if sort is Sort.PRICE_DESC:
        return {"order": "desc", "missing": 0, "unmapped_type": "long"}
    most = MAX_32 if sort is Sort.PRICE else NO_UNIT_PRICE
    return {"order": "asc", "missing": most, "unmapped_type": "long"}


def _values(sort: Sort, key: int) -> list[int]:
    """The sort values of the product with this key (`indexer.ordering`)."""
    if sort is Sort.RELEVANCE:
        return [key - SIGNED]
    price = key >> 32
    return [MAX_32 - price if sort is Sort.PRICE_DESC else price, key & MAX_32]


def key_of(sort: Sort, values: Sequence[int]) -> int:
    """The key of the product with these sort values."""
    if sort is Sort.RELEVANCE:
        return values[0] + SIGNED
    if sort is Sort.UNIT_PRICE:
        return unit_price_order(values[0], values[1])
    price = values[0] if sort is Sort.PRICE else MAX_32 - values[0]
    return price << 32 | values[1]


def by_relevance(size: int, after: Sequence[Any] | None) -> Clause:
    """Best score first, then coverage and price: lots among equals are drawn by `indexer.ordering`."""
    body: Clause = {"sort": [{"_score": "desc"}, {"rank": "asc"}], "size": size}
    if after is not None:
        body["search_after"] = list(after)
    return body


def candidates_body(tokens: Sequence[str], limit: int) -> Clause:
    """Products that share most of the tokens, weighted by rarity."""
    wanted = [_token(token) for token in dict.fromkeys(tokens)]
    return {
        "query": {"bool": {"filter": [ALIVE_ONLY], "should": wanted, "minimum_should_match": 1}},
        "sort": [{"_score": "desc"}, {"number": "asc"}],
        "size": limit,
        "_source": PAYLOAD,
    }


def suggest_body(prefix: str) -> Clause:
    """The commonest texts that begin with `prefix`."""
    wanted: Clause = {"field": "suggest", "size": MOST_SUGGESTIONS}
    filters = [ALIVE_ONLY]
    if prefix:
        wanted["include"] = re.sub(r"([^\w])|(_)", r"\\\g<0>", storable(prefix)) + "(.|\n)*"
        filters.append({"prefix": {"suggest": storable(prefix)}})
    return {"size": 0, "query": {"bool": {"filter": filters}}, "aggs": {"texts": {"terms": wanted}}}


def facets_of(query: Query, answer: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts by field."""
    found = answer.get("aggregations", {})
    counts = {facet: _counts(facet, found[name]["own"]["buckets"]) for name, facet in _counted(query).items()}
    return {name: facet_counts(name, query, counts.__getitem__) for name in query.facets}


def _counts(name: str, buckets: Any) -> list[tuple[str, int]]:
    if name == "unit_price":  # named filters: a mapping, not a list
        return [(low, int(bucket["doc_count"])) for low, bucket in buckets.items()]
    if name != "price":
        return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return [(price_step(int(b.get("from", 0))), int(b["doc_count"])) for b in buckets]


def _facet(name: str, query: Query, late: Sequence[tuple[str, Clause]]) -> Clause:
    others = [clause for facet, clause in late if facet != name]
    return {"filter": {"bool": {"filter": others}}, "aggs": {"own": _count(name, query)}}


def _count(name: str, query: Query) -> Clause:
    if name == "unit_price":
        return _count_unit_prices(_unit_price_field(query))
    if name != "price":
        return {"terms": {"field": name.partition(".")[0], "size": MOST_FACET_VALUES}}
    borders = itertools.pairwise((0, *PRICE_STEPS_MINOR))
    ranges: list[Clause] = [{"from": low, "to": high} for low, high in borders]
    return {"range": {"field": _price_field(query), "ranges": [*ranges, {"from": PRICE_STEPS_MINOR[-1]}]}}


def _count_unit_prices(field: str) -> Clause:
    """By filters: a range aggregation reads its field as floating point, which has not all of a key's digits."""
    borders = itertools.pairwise((0, *UNIT_PRICE_STEPS_MINOR, None))
    steps = {str(low): {"range": {field: _unit_bounds(low, high)}} for low, high in borders}
    return {"filters": {"filters": steps}}


def _sort_field(query: Query) -> str:
    return _unit_price_field(query) if query.sort is Sort.UNIT_PRICE else _price_field(query)


def _unit_price_field(query: Query) -> str:
    own = own_marketplace(query)
    return _own_unit_price(own) if own else "unit_price"


def _price_field(query: Query) -> str:
    own = own_marketplace(query)
    return _own_price(own) if own else "price"


def _own_price(slug: str) -> str:
    """The field of a marketplace's best price; there is none of a marketplace that is not known."""
    return f"pp.{storable(slug)}"


def _own_unit_price(slug: str) -> str:
    return f"pu.{storable(slug)}"


def _token(token: str) -> Clause:
    return {"term": {"tokens": storable_token(token)}}


def _terms(terms: Terms) -> Clause:
    return {"terms": {terms.field: [storable(value) for value in terms.values]}}


def _price(wanted: PriceRange) -> Clause:
    bounds: Clause = {"gte": min(wanted.low_minor or 0, MAX_32 + 1)}
    if wanted.high_minor is not None:
        bounds["lte"] = min(wanted.high_minor, MAX_32)
    return _either([_own_price(slug) for slug in wanted.marketplaces] or ["price"], bounds)


def _unit_price(wanted: UnitPriceRange) -> Clause:
    fields = [_own_unit_price(slug) for slug in wanted.marketplaces] or ["unit_price"]
    return _either(fields, _unit_bounds(wanted.low_minor, wanted.below_minor))


def _unit_bounds(low: int | None, below: int | None) -> Clause:
    first, end = unit_price_bounds(low, below)
    return {"gte": first, "lt": end}


def _either(fields: Sequence[str], bounds: Clause) -> Clause:
    return {"bool": {"should": [{"range": {name: bounds}} for name in fields], "minimum_should_match": 1}}
