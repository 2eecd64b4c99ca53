"""The embedded `SearchEngine`: tantivy, one folder per generation, one writer process, any number of readers.

All calls of the binding are in this file; it is young and its releases break (pinned to 0.27, DECISIONS 2).
"""

from __future__ import annotations

import contextlib
import itertools
import json
import shutil
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import FieldType, Occur, Order

from catalog.errors import SearchUnavailable
from indexer.engines.memory import (
    digest,
    facet_counts,
    own_marketplace,
    price_step,
    suggestions,
    without_own_filter,
)
from indexer.ordering import (
    MAX_32,
    SCORE_STEP,
    Scored,
    foremost,
    in_order,
    price_desc_key,
    price_key,
    rank_key,
    unit_price_bounds,
    unit_price_key,
    unit_price_order,
)
from indexer.ports import Applied, Document, Health, Operation, Removal
from indexer.query import (
    ATTRIBUTES,
    KEYWORD_FIELDS,
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
)

HEAP_BYTES: Final = 64_000_000
MAX_64: Final = 2**64 - 1
MOST_FACET_VALUES: Final = 10_000
MOST_RANKED: Final = 100_000
"""Equals that are put in order, 0.3 µs each; of still more, the engine's own choice remains (DECISIONS 22)."""
_META: Final = "bijia.json"

Counts = list[tuple[str, int]]
"""Values of a facet with how many products have them."""


class TantivyEngine:
    """One folder. A writer also reads; a reader never writes."""

    def __init__(self, folder: Path, marketplaces: Sequence[str], *, is_writer: bool) -> None:
        self._folder = folder
        self._marketplaces = tuple(marketplaces)
        self._schema = _schema(marketplaces)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1) if is_writer else None
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"index {folder.name}: {error}") from error
        self._lock = threading.Lock()
        self._seen_commit: object = None

    def apply(self, operations: Iterable[Operation]) -> Applied:
        """Write a batch; see the port. One commit, so it is seen whole or not at all."""
        writer = self._require_writer()
        with self._lock:
            batch = list(operations)
            known = self._revisions([operation.product_id for operation in batch])
            newest: dict[str, Operation] = {}
            stale = 0
            for operation in batch:
                if operation.revision < known.get(operation.product_id, -1):
                    stale += 1
                    continue
                known[operation.product_id] = operation.revision
                newest[operation.product_id] = operation
            try:
                for operation in newest.values():
                    writer.delete_documents_by_term("id", operation.product_id)
                    writer.add_document(_document(operation))
                writer.commit()
            except (ValueError, OSError) as error:
                del writer  # the folder is locked for as long as anybody holds it
                self._reopen_writer()
                raise SearchUnavailable(f"index {self._folder.name}: {error}") from error
            self._index.reload()
        return Applied(len(batch) - stale, stale)

    def search(self, query: Query) -> Page:
        """One page; see the port."""
        searcher = self._searcher()
        compiled = self._compile(query, with_boosts=True)
        counted = self._counted(searcher, query)
        facets = {name: facet_counts(name, query, counted.__getitem__) for name in query.facets}
        if query.sort is Sort.RELEVANCE and query.should:
            return self._by_relevance(searcher, compiled, query, facets)
        if query.sort is Sort.UNIT_PRICE:
            return self._by_unit_price(searcher, compiled, query, facets)
        return self._by_key(searcher, compiled, query, facets)

    def candidates(self, queries: Sequence[Sequence[str]], *, limit: int) -> list[list[Hit]]:
        """Recall; see the port."""
        searcher = self._searcher()
        found = []
        for tokens in queries:
            clauses = [(Occur.Should, self._token(token)) for token in dict.fromkeys(tokens)]
            compiled = tantivy.Query.boolean_query([*clauses, (Occur.Must, _unscored(self._alive()))])
            hits = searcher.search(compiled, limit=limit, count=False).hits if clauses else []
            numbers = searcher.fast_field_values("number", [address for _, address in hits])
            ordered = sorted(
                zip(hits, numbers, strict=True), key=lambda pair: (-round(pair[0][0] * 1000), pair[1] or 0)
            )
            found.append([self._hit(searcher, at, score) for (score, at), _ in ordered if score > 0])
        return found

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Completions; see the port."""
        found = self._searcher().terms_with_prefix(
            "suggest", _storable(prefix), filter_query=self._alive(), limit=2_000
        )
        return suggestions(found, limit)

    def get(self, product_ids: Sequence[str]) -> list[Hit]:
        """These products; see the port."""
        searcher = self._searcher()
        found = []
        for product_id in product_ids:
            hits = searcher.search(self._by_id(product_id), limit=1, count=False).hits
            if hits:
                found.append(self._hit(searcher, hits[0][1], None))
        return found

    def digest(self) -> str:
        """One value for all documents; see the port."""
        searcher = self._searcher()
        found = searcher.search(self._alive(), limit=max(searcher.num_docs, 1), count=False).hits
        stored = (searcher.doc(address) for _, address in found)
        return digest(
            (str(d.get_first("id")), int(d.get_first("revision") or 0), bytes(d.get_first("payload") or b""))
            for d in stored
        )

    def health(self) -> Health:
        """Whether the folder answers."""
        try:
            found = self._searcher().search(self._alive(), limit=1)
        except (ValueError, OSError) as error:
            return Health(is_ready=False, documents=0, detail=str(error))
        return Health(is_ready=True, documents=_count(found))

    def close(self) -> None:
        """Give the writer's lock back."""
        with self._lock:
            if self._writer is not None:
                with contextlib.suppress(
                    ValueError, OSError
                ):  # the folder may be gone: nothing is left to undo
                    self._writer.rollback()
                self._writer = None

    # ── reading ───────────────────────────────────────────────────────────────────────────────────

    def _searcher(self) -> tantivy.Searcher:
        """The newest committed state. Another process's commit is noticed by the change of one small file."""
        try:
            status = (self._folder / "meta.json").stat()
            mark = (status.st_mtime_ns, status.st_size, status.st_ino)
            if mark != self._seen_commit:
                self._index.reload()
                self._seen_commit = mark
            return self._index.searcher()
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"index {self._folder.name}: {error}") from error

    def _by_key(
        self, searcher: tantivy.Searcher, compiled: tantivy.Query, query: Query, facets: dict[str, Any]
    ) -> Page:
        name = _key_field(query, self._marketplaces)
        total = _count(searcher.search(compiled, limit=1))
        narrowed = compiled
        if query.after is not None:
            is_end = query.after >= MAX_64
            behind = tantivy.Query.empty_query() if is_end else self._range(name, query.after + 1, None)
            narrowed = tantivy.Query.boolean_query([(Occur.Must, compiled), (Occur.Must, behind)])
        hits = searcher.search(
            narrowed, limit=query.limit + 1, count=False, order_by_field=name, order=Order.Asc
        ).hits
        shown = hits[: query.limit]
        return Page(
            hits=tuple(self._hit(searcher, address, None) for _, address in shown),
            total=total,
            facets=facets,
            next_after=int(shown[-1][0]) if len(hits) > query.limit else None,
        )

    def _by_unit_price(
        self, searcher: tantivy.Searcher, compiled: tantivy.Query, query: Query, facets: dict[str, Any]
    ) -> Page:
        """Two fields, of which the engine can order by one: of those that end the page alike, the first by number."""
        name = _own_field("pu", "unit_price", query, self._marketplaces)
        narrowed = compiled
        if query.after is not None:
            narrowed = _both(compiled, self._behind(name, *divmod(query.after, 1 << 32)))
        found = self._ordered(searcher, narrowed, name, query.limit + 1)
        if len(found) > query.limit:
            last = int(found[-1][0])
            less = [hit for hit in found if hit[0] < last]
            alike = _both(narrowed, self._range(name, last, last))
            ends = self._ordered(searcher, alike, "number", len(found) - len(less))
            found = [*less, *((last, address) for _, address in ends)]
        numbers = searcher.fast_field_values("number", [address for _, address in found])
        hits = sorted(
            (unit_price_order(int(key), int(number or 0)), place)
            for place, ((key, _), number) in enumerate(zip(found, numbers, strict=True))
        )
        shown = hits[: query.limit]
        return Page(
            hits=tuple(self._hit(searcher, found[place][1], None) for _, place in shown),
            total=_count(searcher.search(compiled, limit=1)),
            facets=facets,
            next_after=shown[-1][0] if len(hits) > query.limit else None,
        )

    def _behind(self, name: str, key: int, number: int) -> tantivy.Query:
        """What comes behind (key, number) in order of unit price."""
        alike = _both(self._range(name, key, key), self._range("number", number + 1, None))
        return tantivy.Query.boolean_query(
            [(Occur.Should, alike), (Occur.Should, self._range(name, key + 1, None))]
        )

    def _ordered(
        self, searcher: tantivy.Searcher, wanted: tantivy.Query, field: str, limit: int
    ) -> list[tuple[Any, tantivy.DocAddress]]:
        found = searcher.search(wanted, limit=limit, count=False, order_by_field=field, order=Order.Asc)
        return list(found.hits)

    def _by_relevance(
        self, searcher: tantivy.Searcher, compiled: tantivy.Query, query: Query, facets: dict[str, Any]
    ) -> Page:
        found = searcher.search(compiled, limit=MOST_RELEVANT)
        total, hits, start = _count(found), found.hits, query.after or 0
        if total > MOST_RELEVANT and _is_cut_within(hits, start + query.limit):
            hits = searcher.search(compiled, limit=min(total, MOST_RANKED), count=False).hits
        ranks = searcher.fast_field_values("rank", [address for _, address in hits])
        scored = [
            Scored(score, int(rank or 0), place)
            for place, ((score, _), rank) in enumerate(zip(hits, ranks, strict=True))
        ]
        best = in_order(foremost(scored, MOST_RELEVANT), query.tie_seed)[:MOST_RELEVANT]
        shown = best[start : start + query.limit]
        return Page(
            hits=tuple(self._hit(searcher, hits[s.place][1], s.score) for s in shown),
            total=total,
            facets=facets,
            next_after=start + query.limit if start + query.limit < len(best) else None,
        )

    def _counted(self, searcher: tantivy.Searcher, query: Query) -> dict[str, Counts]:
        """The counts of every facet, in one pass for all that leave out the same filters."""
        passes: dict[Query, list[str]] = {}
        for facet in _facets_of(query):
            passes.setdefault(without_own_filter(query, facet), []).append(facet)
        found: dict[str, Counts] = {}
        for others, facets in passes.items():
            named = {
                str(place): facet for place, facet in enumerate(facets)
            }  # attributes may be called anything
            requests = {n: _aggregation(self._counted_field(f, query), f) for n, f in named.items()}
            answer = searcher.aggregate(self._compile(others, with_boosts=False), requests)
            found |= {facet: _counts(facet, answer[name]["buckets"]) for name, facet in named.items()}
        return found

    def _counted_field(self, facet: str, query: Query) -> str:
        """The field that a facet is counted in."""
        if facet == "price":
            return _own_field("pp", facet, query, self._marketplaces)
        if facet == "unit_price":
            return _own_field("pu", facet, query, self._marketplaces)
        return facet.partition(".")[0]

    def _hit(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float | None) -> Hit:
        stored = searcher.doc(address)
        return Hit(str(stored.get_first("id")), bytes(stored.get_first("payload") or b""), score)

    # ── compiling ─────────────────────────────────────────────────────────────────────────────────

    def _compile(self, query: Query, *, with_boosts: bool) -> tantivy.Query:
        """Words and filters score nothing; boosts score their weight (DECISIONS 22)."""
        clauses = [(Occur.Must, _unscored(self._token(token))) for token in query.must]
        clauses += [(Occur.Must, _unscored(self._terms(t.field, t.values))) for t in query.terms]
        if query.price is not None:
            clauses.append((Occur.Must, _unscored(self._price(query.price))))
        if query.unit_price is not None:
            clauses.append((Occur.Must, _unscored(self._unit_price(query.unit_price))))
        clauses.append((Occur.Must, _unscored(self._alive())))
        if with_boosts:
            clauses += [
                (Occur.Should, tantivy.Query.const_score_query(self._token(boost.token), boost.weight))
                for boost in query.should
            ]
        return tantivy.Query.boolean_query(clauses)

    def _token(self, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "tokens", _storable(token), "freq")

    def _terms(self, name: str, values: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (Occur.Should, tantivy.Query.term_query(self._schema, name, _storable(value), "basic"))
                for value in values
            ]
        )

    def _price(self, wanted: PriceRange) -> tantivy.Query:
        names = [f"pp_{m}" for m in wanted.marketplaces if m in self._marketplaces]
        if wanted.marketplaces and not names:
            return tantivy.Query.empty_query()
        low = min(wanted.low_minor or 0, MAX_32)
        high = min(wanted.high_minor if wanted.high_minor is not None else MAX_32, MAX_32 - 1)
        if low > high:
            return tantivy.Query.empty_query()
        # Products without a price have the key beyond the highest.
        return self._either(names or ["price"], low << 32, high << 32 | MAX_32)

    def _unit_price(self, wanted: UnitPriceRange) -> tantivy.Query:
        names = [f"pu_{m}" for m in wanted.marketplaces if m in self._marketplaces]
        low, end = unit_price_bounds(wanted.low_minor, wanted.below_minor)
        if (wanted.marketplaces and not names) or low >= end:
            return tantivy.Query.empty_query()
        return self._either(names or ["unit_price"], low, end - 1)

    def _either(self, names: Sequence[str], low: int, high: int) -> tantivy.Query:
        ranges = [self._range(name, low, high) for name in names]
        return tantivy.Query.boolean_query([(Occur.Should, one) for one in ranges])

    def _range(self, name: str, low: int, high: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            name,
            FieldType.Unsigned,
            lower_bound=low,
            upper_bound=high if high is not None else MAX_64,
        )

    def _alive(self) -> tantivy.Query:
        """Removed products leave a mark with their revision, so that a late write does not bring them back."""
        return tantivy.Query.term_query(self._schema, "state", "alive", "basic")

    def _by_id(self, product_id: str) -> tantivy.Query:
        wanted = tantivy.Query.term_query(self._schema, "id", _storable(product_id), "basic")
        return tantivy.Query.boolean_query([(Occur.Must, wanted), (Occur.Must, self._alive())])

    # ── writing ───────────────────────────────────────────────────────────────────────────────────

    def _revisions(self, product_ids: Sequence[str]) -> dict[str, int]:
        searcher = self._searcher()
        found: dict[str, int] = {}
        for product_id in set(product_ids):
            wanted = tantivy.Query.term_query(self._schema, "id", product_id, "basic")
            hits = searcher.search(wanted, limit=1, count=False).hits
            if hits:
                (revision,) = searcher.fast_field_values("revision", [hits[0][1]])
                found[product_id] = int(revision or 0)
        return found

    def _require_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise SearchUnavailable(f"index {self._folder.name} is open for reading only")
        return self._writer

    def _reopen_writer(self) -> None:
        """After a failed commit the writer is dead; what was committed is safe."""
        self._writer = None
        try:
            self._index = tantivy.Index(self._schema, path=str(self._folder))
            self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"index {self._folder.name}: {error}") from error


class TantivyStore:
    """Generations as folders below one folder."""

    is_shared: Final = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def writer(self, generation: int, marketplaces: Sequence[str], version: str = "") -> TantivyEngine:  # noqa: ARG002
        """Open or make; see the port."""
        folder = self._path(generation)
        meta = folder / _META
        if not meta.exists():
            folder.mkdir(parents=True, exist_ok=True)
            meta.write_text(json.dumps({"marketplaces": sorted(marketplaces)}), "utf-8")
        return TantivyEngine(folder, _stated(meta), is_writer=True)

    def reader(self, generation: int) -> TantivyEngine:
        """Open; see the port."""
        folder = self._path(generation)
        if not self.holds(generation):
            raise SearchUnavailable(f"no index generation {generation}")
        return TantivyEngine(folder, _stated(folder / _META), is_writer=False)

    def activate(self, generation: int) -> None:
        """Nobody else looks; see the port."""

    def holds(self, generation: int) -> bool:
        """Whether our note and tantivy's are both there; see the port."""
        folder = self._path(generation)
        return (folder / _META).exists() and (folder / "meta.json").exists()

    def generations(self) -> list[int]:
        """Every generation there is."""
        if not self._folder.exists():
            return []
        return sorted(int(p.name) for p in self._folder.iterdir() if p.is_dir() and p.name.isdigit())

    def drop(self, generation: int) -> None:
        """Remove; see the port. Readers that hold the files open keep them until they close."""
        shutil.rmtree(self._path(generation), ignore_errors=True)

    def close(self) -> None:
        """Nothing is held."""

    def _path(self, generation: int) -> Path:
        return self._folder / str(generation)


def _stated(meta: Path) -> list[str]:
    try:
        found = json.loads(meta.read_text("utf-8"))["marketplaces"]
    except (ValueError, KeyError, OSError) as error:
        raise SearchUnavailable(f"{meta}: {error}") from error
    return [str(slug) for slug in found]


def _schema(marketplaces: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("suggest", tokenizer_name="raw", index_option="basic")
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    keys = ["number", "rank", "price", "price_desc", "unit_price"]
    keys += [f"{prefix}_{slug}" for slug in marketplaces for prefix in ("pp", "pd", "pu")]
    for name in keys:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("revision", stored=True, fast=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(operation: Operation) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", operation.product_id)
    document.add_unsigned("revision", operation.revision)
    if isinstance(operation, Removal):
        document.add_text("state", "removed")
        return document
    document.add_text("state", "alive")
    document.add_text("tokens", " ".join(operation.tokens))
    for text in dict.fromkeys(operation.suggestions):
        document.add_text("suggest", text)
    for name, values in operation.keywords.items():
        for value in values:
            document.add_text(name, value)
    document.add_bytes("payload", operation.payload)
    _add_keys(document, operation)
    return document


def _add_keys(document: tantivy.Document, operation: Document) -> None:
    number, price, share = operation.number, operation.price_minor, operation.base_share
    document.add_unsigned("number", number)
    document.add_unsigned("rank", rank_key(len(operation.prices_minor), price, number))
    document.add_unsigned("price", price_key(price, number))
    document.add_unsigned("price_desc", price_desc_key(price, number))
    document.add_unsigned("unit_price", unit_price_key(price, share))
    for slug in operation.keywords.get("marketplaces", ()):
        best = operation.prices_minor.get(slug)
        document.add_unsigned(f"pp_{slug}", price_key(best, number))
        document.add_unsigned(f"pd_{slug}", price_desc_key(best, number))
        document.add_unsigned(f"pu_{slug}", unit_price_key(best, share))


def _facets_of(query: Query) -> list[str]:
    """What is counted: attributes all together, and each that is filtered by once more without its filter."""
    own = [attribute_facet(name) for name in query.filtered_attributes] if ATTRIBUTES in query.facets else []
    return [*query.facets, *own]


def _aggregation(field: str, facet: str) -> dict[str, Any]:
    """The request for the counts of a facet."""
    if facet == "price":
        # Keys are price << 32: the borders of whole minor units are exact in them.
        steps = itertools.pairwise((0, *PRICE_STEPS_MINOR, MAX_32))
        ranges = [{"from": low << 32, "to": high << 32} for low, high in steps]
    elif facet == "unit_price":
        ranges = [{"from": low, "to": high} for low, high in _unit_price_steps()]
    else:
        return {"terms": {"field": field, "size": MOST_FACET_VALUES}}
    return {"range": {"field": field, "ranges": ranges}}


def _counts(facet: str, buckets: Sequence[Any]) -> Counts:
    """What came of it: (value, products) in no order."""
    if facet == "price":
        lows = [(int(b.get("from", 0)) >> 32, b["doc_count"]) for b in buckets]
        return [(price_step(low), n) for low, n in lows if low < MAX_32]  # beyond: products without a price
    if facet == "unit_price":
        steps = _unit_price_steps()
        found = [((int(b.get("from", 0)), int(b.get("to", 0))), b["doc_count"]) for b in buckets]
        return [(str(steps[bounds]), n) for bounds, n in found if bounds in steps]
    return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]


@cache
def _unit_price_steps() -> dict[tuple[int, int], int]:
    """(first key, key behind the last) -> lower border.

    The aggregation's borders are floating point, which holds the keys of the steps exactly: few digits, much zero.
    """
    borders = itertools.pairwise((0, *UNIT_PRICE_STEPS_MINOR, None))
    return {unit_price_bounds(low, high): low for low, high in borders}


def _key_field(query: Query, marketplaces: Collection[str]) -> str:
    if query.sort is Sort.PRICE:
        return _own_field("pp", "price", query, marketplaces)
    if query.sort is Sort.PRICE_DESC:
        return _own_field("pd", "price_desc", query, marketplaces)
    return "rank"


def _own_field(prefix: str, otherwise: str, query: Query, marketplaces: Collection[str]) -> str:
    """The field of the one marketplace that is filtered to. Of one that is not known any will do: nothing is sold there."""
    own = own_marketplace(query)
    return f"{prefix}_{own}" if own in marketplaces else otherwise


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])


def _is_cut_within(hits: Sequence[tuple[float, tantivy.DocAddress]], end: int) -> bool:
    """Whether a page that ends at `end` reaches into the equals of which only some are among `hits`.

    The engine cuts equals where they happen to lie.
    """
    last = hits[min(end, len(hits)) - 1][0]
    return round(last * SCORE_STEP) == round(hits[-1][0] * SCORE_STEP)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _count(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined] # the binding's type stub lacks it


def _storable(text: str) -> str:
    """Text that the binding takes: it refuses lone surrogates."""
    return text.encode("utf-8", "replace").decode()
