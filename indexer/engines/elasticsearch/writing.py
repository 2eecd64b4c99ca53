"""Sending operations: chunks by bytes, every item's answer looked at, and tried again while trying again can help.

The client's own bulk helper waits without jitter and gives up on a cut connection, hence this one. Sending a chunk twice
does no harm: every item carries its revision as the document's version, and an older or equal write changes nothing.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import orjson
from elastic_transport import TransportError
from elasticsearch import ApiError

from catalog.errors import SearchRefused, SearchUnavailable
from indexer.engines.elasticsearch.answers import answered, cause_of, meaning
from indexer.engines.elasticsearch.connection import PATIENCE_S, Connection, pauses
from indexer.engines.elasticsearch.mapping import source
from indexer.ports import Applied, Operation, Refusal

CHUNK_BYTES: Final = 2_000_000
"""Within the 1 to 5 MB that bulk requests do best with; a single larger document goes alone."""
CHUNK_ITEMS: Final = 1_000
SENDERS: Final = 2
"""Chunks under way at a time. Who brings more waits: that is how a slow cluster slows the follower (DECISIONS 42)."""

SHARD_WAIT: Final = "5s"
"""How long the cluster waits for a shard that is on no node; unasked a minute, and then we had long hung up."""

AGAIN: Final = frozenset({429, 502, 503, 504})
"""Answers after which the same item may be taken."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One line pair of a bulk request."""

    product_id: str
    revision: int
    lines: bytes


@dataclass(slots=True)
class _Outcome:
    """What came of a chunk."""

    written: int = 0
    stale: int = 0
    refused: tuple[Refusal, ...] = ()


class Writer:
    """Sends operations to one index."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._stop = threading.Event()
        self._pool: ThreadPoolExecutor | None = None

    def send(self, operations: Iterable[Operation]) -> Applied:
        """Send all; what the cluster will never take is in `Applied.refused`.

        Raises:
            SearchUnavailable: part of it may have been written; sending it again is safe.
        """
        newest, stale, older = _newest(operations)
        total = _Outcome(written=older, stale=stale)
        under_way: deque[Future[_Outcome]] = deque()
        try:
            for chunk in _chunks(newest):
                if len(under_way) >= SENDERS:
                    _add(total, under_way.popleft().result())
                under_way.append(self._senders().submit(self._send, chunk))
            while under_way:
                _add(total, under_way.popleft().result())
        finally:
            for future in under_way:  # one failed: what is under way ends before the caller goes on
                future.cancel() or future.exception()
        return Applied(total.written, total.stale, total.refused)

    def close(self) -> None:
        """Stop trying."""
        self._stop.set()
        if self._pool is not None:
            self._pool.shutdown()

    def _senders(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="bijia-bulk")
        return self._pool

    def _send(self, items: Sequence[_Item]) -> _Outcome:
        outcome = _Outcome()
        left, why, begun = list(items), "", time.monotonic()
        for pause in pauses():
            left, why = self._attempt(left, outcome)
            if not left:
                return outcome
            if time.monotonic() + pause - begun > PATIENCE_S or self._stop.wait(pause):
                break
        raise SearchUnavailable(
            f"{len(left)} of {len(items)} documents were not taken within {PATIENCE_S:.0f} s: {why}"
        )

    def _attempt(self, items: list[_Item], outcome: _Outcome) -> tuple[list[_Item], str]:
        """Send once; what has to be sent again, and why."""
        try:
            lines: list[Any] = [item.lines for item in items]  # the client passes ready lines on as they are
            answer = self._connection.writing().bulk(index=self._index, operations=lines, timeout=SHARD_WAIT)
        except ApiError as error:
            if error.status_code == 413 and len(items) > 1:
                middle = len(items) // 2
                first, why = self._attempt(items[:middle], outcome)
                second, also = self._attempt(items[middle:], outcome)
                return first + second, why or also
            if error.status_code == 413:
                _refuse(outcome, items[0], "the cluster takes no document of this size")
                return [], ""
            if error.status_code not in AGAIN:
                raise meaning(self._connection.where, error) from error
            return items, str(meaning(self._connection.where, error))
        except TransportError as error:
            return items, str(meaning(self._connection.where, error))
        return self._settle(items, answer.body["items"], outcome)

    def _settle(
        self, items: Sequence[_Item], answers: Sequence[dict[str, Any]], outcome: _Outcome
    ) -> tuple[list[_Item], str]:
        left, why = [], ""
        if len(answers) != len(items):
            return list(items), "the answer is not about what was sent"
        for item, answer in zip(items, answers, strict=True):
            (result,) = answer.values()
            status = int(result["status"])
            if status in {200, 201}:
                outcome.written += 1
            elif status == 409:
                outcome.stale += 1  # something newer is there already
            else:
                told = answered(self._connection.where, result, status)
                if status in AGAIN:
                    left.append(item)
                    why = str(told)
                elif status == 400 and not isinstance(told, SearchRefused):
                    _refuse(outcome, item, ": ".join(cause_of(result)))
                else:
                    raise told
        return left, why


def _newest(operations: Iterable[Operation]) -> tuple[list[Operation], int, int]:
    """The newest operation of each product; how many were older than one before, and how many were outdone later."""
    newest: dict[str, Operation] = {}
    stale = older = 0
    for operation in operations:
        known = newest.get(operation.product_id)
        if known is not None and operation.revision < known.revision:
            stale += 1
            continue
        older += known is not None
        newest[operation.product_id] = operation
    return list(newest.values()), stale, older


def _chunks(operations: Iterable[Operation]) -> Iterator[list[_Item]]:
    chunk: list[_Item] = []
    size = 0
    for item in map(_item, operations):
        if chunk and (size + len(item.lines) > CHUNK_BYTES or len(chunk) >= CHUNK_ITEMS):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += len(item.lines)
    if chunk:
        yield chunk


def _item(operation: Operation) -> _Item:
    action = {
        "index": {
            "_id": operation.product_id,
            "version": operation.revision,
            "version_type": "external_gte",
        }
    }
    lines = orjson.dumps(action) + b"\n" + orjson.dumps(source(operation))
    return _Item(operation.product_id, operation.revision, lines)


def _refuse(outcome: _Outcome, item: _Item, reason: str) -> None:
    outcome.refused = (*outcome.refused, Refusal(item.product_id, item.revision, reason[:1_000]))


def _add(total: _Outcome, more: _Outcome) -> None:
    total.written += more.written
    total.stale += more.stale
    total.refused = (*total.refused, *more.refused)
