"""The `SearchEngine` as it is defined, by brute force: the oracle that the other adapters are held against.

Candidates score BM25 as Lucene and tantivy compute it (k1 = 1.2, b = 0.75, document length rounded to Lucene's 8-bit
code), so that even their order can be compared.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from catalog.errors import SearchUnavailable
from indexer.ordering import (
    Scored,
    in_order,
    price_desc_key,
    price_key,
    rank_key,
    unit_price_key,
    unit_price_order,
)
from indexer.ports import Applied, Document, Health, Operation, Removal
from indexer.query import (
    ATTRIBUTES,
    MOST_RELEVANT,
    PRICE_STEPS_MINOR,
    UNIT_PRICE_STEPS_MINOR,
    Hit,
    Page,
    PriceRange,
    Query,
    Sort,
    Suggestion,
    UnitPriceRange,
    attribute_facet,
    attribute_of,
)

K1: Final = 1.2
B: Final = 0.75


class MemoryEngine:
    """All documents in a dict."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._revisions: dict[str, int] = {}

    def apply(self, operations: Iterable[Operation]) -> Applied:
        """Write a batch; see the port."""
        written = stale = 0
        for operation in operations:
            if operation.revision < self._revisions.get(operation.product_id, -1):
                stale += 1
                continue
            written += 1
            self._revisions[operation.product_id] = operation.revision
            if isinstance(operation, Removal):
                self._documents.pop(operation.product_id, None)
            else:
                self._documents[operation.product_id] = operation
        return Applied(written, stale)

    def search(self, query: Query) -> Page:
        """One page; see the port."""
        matching = [d for d in self._documents.values() if _matches(d, query)]
        facets = {
            name: facet_counts(name, query, lambda one: self._counts(one, query)) for name in query.facets
        }
        if query.sort is Sort.RELEVANCE and query.should:
            return self._by_relevance(matching, query, facets)
        return self._by_key(matching, query, facets)

    def candidates(self, queries: Sequence[Sequence[str]], *, limit: int) -> list[list[Hit]]:
        """Recall; see the port."""
        found = []
        for tokens in queries:
            wanted = tuple(dict.fromkeys(tokens))
            scored = [
                (self._bm25(document, wanted), document)
                for document in self._documents.values()
                if set(wanted) & set(document.tokens)
            ]
            scored.sort(key=lambda pair: (-round(pair[0] * 1000), pair[1].number))
            found.append([Hit(d.product_id, d.payload, score) for score, d in scored[:limit]])
        return found

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Completions; see the port."""
        counts = Counter(
            text for d in self._documents.values() for text in set(d.suggestions) if text.startswith(prefix)
        )
        return suggestions(counts.items(), limit)

    def get(self, product_ids: Sequence[str]) -> list[Hit]:
        """These products; see the port."""
        found = (self._documents.get(product_id) for product_id in product_ids)
        return [Hit(d.product_id, d.payload, None) for d in found if d is not None]

    def digest(self) -> str:
        """One value for all documents; see the port."""
        return digest((d.product_id, d.revision, d.payload) for d in self._documents.values())

    def health(self) -> Health:
        """Always well."""
        return Health(is_ready=True, documents=len(self._documents))

    def close(self) -> None:
        """Nothing is held."""

    def _by_key(
        self, matching: list[Document], query: Query, facets: dict[str, tuple[tuple[str, int], ...]]
    ) -> Page:
        key = sort_key(query)
        ordered = sorted((key(d), d) for d in matching if query.after is None or key(d) > query.after)
        shown = ordered[: query.limit]
        return Page(
            hits=tuple(Hit(d.product_id, d.payload, None) for _, d in shown),
            total=len(matching),
            facets=facets,
            next_after=shown[-1][0] if len(ordered) > query.limit else None,
        )

    def _by_relevance(
        self, matching: list[Document], query: Query, facets: dict[str, tuple[tuple[str, int], ...]]
    ) -> Page:
        scored = [Scored(_score(d, query), rank_of(d), place) for place, d in enumerate(matching)]
        best = in_order(scored, query.tie_seed)[:MOST_RELEVANT]
        start = query.after or 0
        shown = best[start : start + query.limit]
        return Page(
            hits=tuple(Hit(matching[s.place].product_id, matching[s.place].payload, s.score) for s in shown),
            total=len(matching),
            facets=facets,
            next_after=start + query.limit if start + query.limit < len(best) else None,
        )

    def _bm25(self, document: Document, tokens: Sequence[str]) -> float:
        counts = Counter(document.tokens)
        average = sum(len(d.tokens) for d in self._documents.values()) / len(self._documents)
        length = fieldnorm(len(document.tokens))
        total = 0.0
        for token in tokens:
            frequency = counts[token]
            holders = sum(token in d.tokens for d in self._documents.values())
            if not frequency:
                continue
            rarity = math.log(1 + (len(self._documents) - holders + 0.5) / (holders + 0.5))
            norm = K1 * (1 - B + B * length / average)
            total += rarity * (1 + K1) * frequency / (frequency + norm)
        return total

    def _counts(self, facet: str, query: Query) -> Iterable[tuple[str, int]]:
        others, name = without_own_filter(query, facet), facet.partition(".")[0]
        counts: Counter[str] = Counter()
        for document in self._documents.values():
            if _matches(document, others):
                counts.update(set(_facet_values(document, name, query)))
        return counts.items()


def suggestions(counts: Iterable[tuple[str, int]], limit: int) -> list[Suggestion]:
    """Texts with their counts, most products first, shorter first, then by text; folded keys are taken off."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    return [Suggestion(text.partition("\x1f")[2], products) for text, products in ordered[:limit]]


def facet_counts(
    name: str, query: Query, counts: Callable[[str], Iterable[tuple[str, int]]]
) -> tuple[tuple[str, int], ...]:
    """The facet `name`, in order. `counts` gives those of a field, or of one attribute, without its own filter.

    Attributes that nobody filters by are all counted at once; each that is filtered by, once more without its filter.
    """
    if name != ATTRIBUTES:
        return facet_order(counts(name))
    filtered = query.filtered_attributes
    found = [pair for pair in counts(ATTRIBUTES) if attribute_of(pair[0]) not in filtered]
    for own in filtered:
        found += [pair for pair in counts(attribute_facet(own)) if attribute_of(pair[0]) == own]
    return facet_order(found)


def facet_order(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Most products first, then by value."""
    return tuple(sorted(((v, n) for v, n in counts if n), key=lambda pair: (-pair[1], pair[0])))


def without_own_filter(query: Query, name: str) -> Query:
    """The query less its filter on `name`: what a facet counts, so that one can see what else there is."""
    terms = tuple(t for t in query.terms if t.facet != name)
    return Query(
        must=query.must,
        terms=terms,
        price=None if name == "price" else query.price,
        unit_price=None if name == "unit_price" else query.unit_price,
    )


def sort_key(query: Query) -> Callable[[Document], int]:
    """The key that the query's order ascends by. With one marketplace filtered, prices are that marketplace's."""
    own = own_marketplace(query)

    def price(document: Document) -> int | None:
        return document.prices_minor.get(own) if own else document.price_minor

    if query.sort is Sort.PRICE:
        return lambda d: price_key(price(d), d.number)
    if query.sort is Sort.PRICE_DESC:
        return lambda d: price_desc_key(price(d), d.number)
    if query.sort is Sort.UNIT_PRICE:
        return lambda d: unit_price_order(unit_price_key(price(d), d.base_share), d.number)
    return rank_of


def own_marketplace(query: Query) -> str | None:
    """The one marketplace the query is filtered to, if it is one."""
    for terms in query.terms:
        if terms.field == "marketplaces" and len(terms.values) == 1:
            return terms.values[0]
    return None


def rank_of(document: Document) -> int:
    """The rank key of a document."""
    return rank_key(len(document.prices_minor), document.price_minor, document.number)


def digest(documents: Iterable[tuple[str, int, bytes]]) -> str:
    """One value for (id, revision, payload) of all: the sum of their BLAKE2b, so that no order and no memory is needed."""
    total = 0
    for product_id, revision, payload in documents:
        text = f"{product_id}:{revision}:{len(payload)}:".encode() + payload
        total += int.from_bytes(hashlib.blake2b(text, digest_size=16).digest())
    return f"{total % 2**128:032x}"


def _score(document: Document, query: Query) -> float:
    return sum(boost.weight for boost in query.should if boost.token in document.tokens)


def _matches(document: Document, query: Query) -> bool:
    if not set(query.must) <= set(document.tokens):
        return False
    if not all(set(t.values) & set(document.keywords.get(t.field, ())) for t in query.terms):
        return False
    if query.price is not None and not _in_range(document, query.price):
        return False
    return query.unit_price is None or _in_unit_range(document, query.unit_price)


def _in_range(document: Document, wanted: PriceRange) -> bool:
    low, high = wanted.low_minor or 0, wanted.high_minor
    prices = _prices(document, wanted.marketplaces)
    return any(p >= low and (high is None or p <= high) for p in prices)


def _in_unit_range(document: Document, wanted: UnitPriceRange) -> bool:
    low, below, share = wanted.low_minor or 0, wanted.below_minor, document.base_share
    if share is None:
        return False
    unit_prices = (price * share for price in _prices(document, wanted.marketplaces))
    return any(p >= low and (below is None or p < below) for p in unit_prices)


def _prices(document: Document, marketplaces: Sequence[str]) -> Iterator[int]:
    """The best price, or those on these marketplaces; what has none is left out."""
    own = (document.prices_minor.get(slug) for slug in marketplaces)
    return (price for price in (own if marketplaces else [document.price_minor]) if price is not None)


def _facet_values(document: Document, name: str, query: Query) -> Sequence[str]:
    if name not in {"price", "unit_price"}:
        return document.keywords.get(name, ())
    own = own_marketplace(query)
    price = document.prices_minor.get(own) if own else document.price_minor
    if price is None:
        return ()
    if name == "price":
        return (price_step(price),)
    share = document.base_share
    return () if share is None else (_step(UNIT_PRICE_STEPS_MINOR, price * share),)


def price_step(price_minor: int) -> str:
    """The lower border of the step a price falls into, as text."""
    return _step(PRICE_STEPS_MINOR, price_minor)


def _step(borders: Sequence[int], amount: int | Fraction) -> str:
    place = bisect_right(borders, amount)
    return str(borders[place - 1] if place else 0)


def fieldnorm(length: int) -> int:
    """A document's length as BM25 sees it: Lucene's SmallFloat byte4, exact to 40 and coarser beyond."""
    return _NORMS[bisect_right(_NORMS, length) - 1]


def _norm_table() -> list[int]:
    """All 256 values of the code: 24 free values, then a 3-bit mantissa with an exponent."""

    def decode(code: int) -> int:
        bits, shift = code & 7, (code >> 3) - 1
        return bits if shift == -1 else (bits | 8) << shift

    free = 255 - 231
    return [code if code < free else free + decode(code - free) for code in range(256)]


_NORMS: Final = _norm_table()


class MemoryStore:
    """Generations in a dict: for tests, and for a service that keeps nothing."""

    is_shared: Final = False

    def __init__(self) -> None:
        self._engines: dict[int, MemoryEngine] = {}

    def writer(self, generation: int, marketplaces: Sequence[str], version: str = "") -> MemoryEngine:  # noqa: ARG002
        """Open or make; see the port."""
        return self._engines.setdefault(generation, MemoryEngine())

    def reader(self, generation: int) -> MemoryEngine:
        """Open; see the port."""
        if generation not in self._engines:
            raise SearchUnavailable(f"no index generation {generation}")
        return self._engines[generation]

    def activate(self, generation: int) -> None:
        """Nobody else looks; see the port."""

    def holds(self, generation: int) -> bool:
        """Whether it is there; see the port."""
        return generation in self._engines

    def generations(self) -> list[int]:
        """Every generation there is."""
        return sorted(self._engines)

    def drop(self, generation: int) -> None:
        """Remove; see the port."""
        self._engines.pop(generation, None)

    def close(self) -> None:
        """Nothing is held."""
