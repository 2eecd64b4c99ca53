"""The `SearchEngine` on one index of a cluster. Equal to `memory` in all that its contract names."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from elasticsearch import Elasticsearch

from catalog.errors import SearchUnavailable
from indexer.engines.elasticsearch.answers import answered, blocked, shards_missing, silent
from indexer.engines.elasticsearch.asking import (
    ALIVE_ONLY,
    LONGEST_PREFIX,
    PAYLOAD,
    by_key,
    by_relevance,
    candidates_body,
    facets_of,
    key_of,
    search_body,
    suggest_body,
)
from indexer.engines.elasticsearch.connection import READ_S, Connection
from indexer.engines.elasticsearch.mapping import SIGNED, payload_of, storable
from indexer.engines.elasticsearch.writing import Writer
from indexer.engines.memory import digest, suggestions
from indexer.ordering import MAX_32, SCORE_STEP, Scored, in_order, merit
from indexer.ports import Applied, Health, Operation
from indexer.query import MOST_RELEVANT, Hit, Page, Query, Sort, Suggestion

PAGE: Final = 1_000
"""Documents per request when all are read, and equals per request when they are put in order."""
MOST_RANKED: Final = 100_000
"""Equals that are put in order; of still more, the engine's own choice remains (DECISIONS 22)."""
LONGEST_ID: Final = 512
"""Bytes; the engine takes no longer one."""


class ElasticsearchEngine:
    """One index. A writer also reads; any number of processes may do either."""

    def __init__(self, connection: Connection, index: str, *, is_writer: bool) -> None:
        self._connection = connection
        self._index = index
        self._writer = Writer(connection, index) if is_writer else None

    def apply(self, operations: Iterable[Operation]) -> Applied:
        """Write a batch; see the port."""
        if self._writer is None:
            raise SearchUnavailable(f"index {self._index} is open for reading only")
        applied = self._writer.send(operations)
        self._connection.repeat(lambda c: c.indices.refresh(index=self._index))
        return applied

    def search(self, query: Query) -> Page:
        """One page; see the port."""
        until = time.monotonic() + READ_S
        if query.sort is Sort.RELEVANCE and query.should:
            return self._by_relevance(query, until)
        return self._by_key(query, until)

    def candidates(self, queries: Sequence[Sequence[str]], *, limit: int) -> list[list[Hit]]:
        """Recall; see the port."""
        asked = [tokens for tokens in queries if tokens]
        searches: list[Mapping[str, Any]] = []
        for tokens in asked:
            searches += [{"search_type": "dfs_query_then_fetch"}, candidates_body(tokens, limit)]
        answers: Iterator[dict[str, Any]] = iter(())
        if searches:
            found = self._connection.read(lambda c: c.msearch(index=self._index, searches=searches)).body
            answers = iter([self._complete(answer) for answer in found["responses"]])
        return [_candidates(next(answers)) if tokens else [] for tokens in queries]

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Completions; see the port."""
        if len(prefix) > LONGEST_PREFIX:
            return []
        answer = self._search(suggest_body(prefix), time.monotonic() + READ_S)
        buckets = answer["aggregations"]["texts"]["buckets"]
        return suggestions(((str(b["key"]), int(b["doc_count"])) for b in buckets), limit)

    def get(self, product_ids: Sequence[str]) -> list[Hit]:
        """These products; see the port."""
        return self._get(product_ids, time.monotonic() + READ_S)

    def _get(self, product_ids: Sequence[str], until: float) -> list[Hit]:
        ids = [storable(one) for one in product_ids]
        wanted = [one for one in ids if one and len(one.encode()) <= LONGEST_ID]
        if not wanted:
            return []
        names = list(dict.fromkeys(wanted))
        docs = self._connection.read(
            lambda c: self._all_read(c.mget(index=self._index, ids=names, source_includes=PAYLOAD).body),
            until=until,
        )
        payloads = {doc["_id"]: payload_of(doc["_source"]) for doc in docs if doc.get("found")}
        found = ((one, payloads.get(one)) for one in wanted)
        return [Hit(one, payload, None) for one, payload in found if payload is not None]

    def digest(self) -> str:
        """One value for all documents; see the port."""
        self._connection.repeat(lambda c: c.indices.refresh(index=self._index))
        return digest(self._all())

    def health(self) -> Health:
        """How the cluster and this index are."""
        try:
            return self._connection.probe(self._health)
        except SearchUnavailable as error:
            return Health(is_ready=False, documents=0, detail=str(error))

    def close(self) -> None:
        """Stop writing; the connection is the store's."""
        if self._writer is not None:
            self._writer.close()

    # ── searching ─────────────────────────────────────────────────────────────────────────────────

    def _by_key(self, query: Query, until: float) -> Page:
        body = search_body(query, deadline_s=READ_S) | by_key(query) | {"_source": PAYLOAD}
        answer = self._search(body, until)
        hits = answer["hits"]["hits"]
        shown = hits[: query.limit]
        return Page(
            hits=tuple(_hit(hit, None) for hit in shown),
            total=int(answer["hits"]["total"]["value"]),
            facets=facets_of(query, answer),
            next_after=key_of(query.sort, shown[-1]["sort"]) if len(hits) > query.limit else None,
        )

    def _by_relevance(self, query: Query, until: float) -> Page:
        """One request, unless the page ends among equals: then all of these are needed to draw lots."""
        start = query.after or 0
        end = min(start + query.limit, MOST_RELEVANT)
        body = search_body(query, deadline_s=READ_S)
        first = by_relevance(end + 1, None) | {"_source": PAYLOAD if start == 0 else False}
        answer = self._search(body | first, until)
        total = int(answer["hits"]["total"]["value"])
        hits = list(answer["hits"]["hits"])
        scored = [_scored(hit, place) for place, hit in enumerate(hits)]
        if len(hits) > end > 0 and merit(scored[end - 1]) == merit(scored[end]):
            more = {name: part for name, part in body.items() if name != "aggs"} | {"_source": False}
            self._add_equals(more, hits, scored, total, until)
        best = in_order(scored, query.tie_seed)[:MOST_RELEVANT]
        shown = best[start:end]
        payloads = self._payloads([hits[s.place] for s in shown], until)
        return Page(
            hits=tuple(Hit(h["_id"], payloads[h["_id"]], s.score) for s in shown for h in [hits[s.place]]),
            total=total,
            facets=facets_of(query, answer),
            next_after=start + query.limit if start + query.limit < min(total, MOST_RELEVANT) else None,
        )

    def _add_equals(
        self,
        body: Mapping[str, Any],
        hits: list[dict[str, Any]],
        scored: list[Scored],
        total: int,
        until: float,
    ) -> None:
        last = merit(scored[-1])
        while merit(scored[-1]) == last and len(hits) < min(total, MOST_RANKED):
            more = self._search(dict(body) | by_relevance(PAGE, hits[-1]["sort"]), until)["hits"]["hits"]
            if not more:
                return
            scored += [_scored(hit, place) for place, hit in enumerate(more, len(hits))]
            hits += more

    def _payloads(self, hits: Sequence[Mapping[str, Any]], until: float) -> dict[str, bytes]:
        found = {hit["_id"]: payload_of(hit["_source"]) for hit in hits if "_source" in hit}
        missing = [hit["_id"] for hit in hits if hit["_id"] not in found]
        found |= {hit.product_id: hit.payload for hit in self._get(missing, until)}
        return {name: found.get(name) or b"{}" for name in (hit["_id"] for hit in hits)}

    def _search(self, body: Mapping[str, Any], until: float) -> dict[str, Any]:
        return self._connection.read(
            lambda c: self._complete(c.search(index=self._index, **body).body), until=until
        )

    def _complete(self, answer: dict[str, Any]) -> dict[str, Any]:
        """An answer of all shards: half of one would be a wrong answer."""
        if "error" in answer:
            raise answered(self._connection.where, answer, int(answer.get("status", 0)))
        if answer.get("timed_out"):
            raise silent(self._connection.where)
        if answer["_shards"]["failed"]:
            raise SearchUnavailable(shards_missing(self._connection.where))
        return answer

    def _all_read(self, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Documents asked for by name; one that could not be read is not one that is not there."""
        docs: list[dict[str, Any]] = answer["docs"]
        for doc in docs:
            if "error" in doc:
                raise answered(self._connection.where, doc, 0)
        return docs

    # ── all of it ─────────────────────────────────────────────────────────────────────────────────

    def _all(self) -> Iterator[tuple[str, int, bytes]]:
        after: list[Any] | None = None
        while True:
            hits = self._read_on(after)
            for hit in hits:
                yield hit["_id"], int(hit["_source"]["revision"]), payload_of(hit["_source"]) or b""
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]

    def _read_on(self, after: list[Any] | None) -> list[dict[str, Any]]:
        body: dict[str, Any] = {
            "query": {"bool": {"filter": [ALIVE_ONLY]}},
            "sort": [{"number": "asc"}],
            "size": PAGE,
            "_source": [*PAYLOAD, "revision"],
            "track_total_hits": False,
        }
        if after is not None:
            body["search_after"] = after
        answer = self._connection.repeat(lambda c: c.search(index=self._index, **body).body)
        found: list[dict[str, Any]] = self._complete(answer)["hits"]["hits"]
        return found

    def _health(self, client: Elasticsearch) -> Health:
        counted = self._complete(client.count(index=self._index, query=ALIVE_ONLY).body)
        cluster = client.cluster.health(index=self._index, timeout="1s").body
        blocks = client.cluster.state(metric="blocks").body["blocks"]
        found = [blocks.get("global", {}), blocks.get("indices", {}).get(self._index, {})]
        stops = sorted(b["description"] for one in found for b in one.values() if "write" in b["levels"])
        return Health(
            is_ready=True,
            documents=int(counted["count"]),
            detail=f"cluster {cluster['status']}, {cluster['number_of_nodes']} nodes",
            writes=str(blocked(self._connection.where, stops[0])) if stops else "ok",
        )


def _hit(hit: Mapping[str, Any], score: float | None) -> Hit:
    return Hit(str(hit["_id"]), payload_of(hit["_source"]) or b"", score)


def _scored(hit: Mapping[str, Any], place: int) -> Scored:
    score, rank = hit["sort"]
    return Scored(score / SCORE_STEP, rank + SIGNED, place)


def _candidates(answer: Mapping[str, Any]) -> list[Hit]:
    hits = answer["hits"]["hits"]
    scored = [(hit["sort"][0], hit["sort"][1] & MAX_32, hit) for hit in hits]
    scored.sort(key=lambda one: (-round(one[0] * SCORE_STEP), one[1]))
    return [_hit(hit, score) for score, _, hit in scored]
