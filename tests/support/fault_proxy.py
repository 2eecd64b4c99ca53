"""A proxy in front of one Elasticsearch that does to its requests what a `FaultPlan` chooses.

    with FaultProxy(server.url, FaultPlan(seed=7, rates={Fault.TWICE: 0.1})) as proxy:
        ...                     # the client is given proxy.url

Runs its own event loop in a thread. Every request is read whole before anything happens to it, and every message goes on
with its length and its bytes unchanged, except those of `Fault.ITEMS_REFUSED`. A server that cannot be reached looks
like one: the client's connection ends without an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from tests.support.bulk_faults import REJECTED, BulkItem, body_of, items_of, merged
from tests.support.fault_plan import Fault, FaultPlan
from tests.support.http_messages import Message, read_answer, read_request

T = TypeVar("T")

LONGEST_HEAD = 1 << 20
BROKEN = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)

JSON = (b"content-type", b"application/json")
PRODUCT = (b"X-elastic-product", b"Elasticsearch")
"""The official client takes no answer for one of Elasticsearch's without it."""


class ConnectionLost(ConnectionError):
    """The client gets no (more) answer on this connection."""


class FaultProxy:
    """Listens on a free port of 127.0.0.1 between entering and leaving."""

    def __init__(self, target: str, plan: FaultPlan) -> None:
        self.plan = plan
        self.target = urlsplit(target)
        self.forwarded = 0
        """Requests the server got whole, each delivery counted."""
        self.answered = 0
        """Answers that were sent whole; whether the client was still there is its own affair."""

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)
        self._thread.start()
        self._listener = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_HEAD))
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def url(self) -> str:
        """What to give to the client."""
        return f"http://127.0.0.1:{self.port}"

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _stop(self) -> None:
        self._listener.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client, with as many requests as it likes."""
        with contextlib.suppress(*BROKEN, asyncio.CancelledError):
            while True:
                await self._exchange(await read_request(reader, writer), reader, writer)
        writer.close()

    async def _exchange(
        self, request: Message, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        fault = self.plan.choose(request.path)
        items: list[BulkItem] = []
        if fault is Fault.ITEMS_REFUSED:
            is_packed = request.header(b"content-encoding") == b"gzip"
            items = items_of(request.path, request.body, is_packed=is_packed)
            fault = fault if items else None
        self.plan.count(request.path, fault)
        match fault:
            case Fault.REFUSED_429 | Fault.REFUSED_502 | Fault.REFUSED_503:
                answer = _refusal(fault)
            case Fault.REQUEST_CUT:
                await self._cut_short(request)
                raise ConnectionLost
            case Fault.ITEMS_REFUSED:
                answer = await self._without_some(request, items)
            case _:
                answer = await self._forward(request)
        match fault:
            case Fault.TWICE:
                answer = await self._forward(request)
            case Fault.LATE:
                await asyncio.sleep(self.plan.delay_s)
            case Fault.UNANSWERED:
                await reader.read(1)  # until the client gives up and closes, or the proxy ends
                raise ConnectionLost
            case Fault.ANSWER_CUT:
                writer.write(answer.head(connection=b"keep-alive") + answer.body[: len(answer.body) // 2])
                await writer.drain()
                raise ConnectionLost
        is_head = request.first.startswith(b"HEAD ")
        length = answer.header(b"content-length") if is_head else None
        writer.write(answer.head(connection=b"keep-alive", length=length) + answer.body)
        await writer.drain()
        self.answered += 1

    async def _forward(self, request: Message) -> Message:
        """Over a connection of its own: what happens to one request harms no other."""
        reader, writer = await self._connected()
        try:
            writer.write(request.head(connection=b"close") + request.body)
            await writer.drain()
            self.forwarded += 1
            return await read_answer(reader, has_body=not request.first.startswith(b"HEAD "))
        finally:
            writer.close()

    async def _cut_short(self, request: Message) -> None:
        _, writer = await self._connected()
        head = request.head(connection=b"close")
        writer.write(
            head + request.body[: len(request.body) // 2] if request.body else head[: len(head) // 2]
        )
        await writer.drain()
        writer.close()

    async def _without_some(self, request: Message, items: list[BulkItem]) -> Message:
        refused = self.plan.refused(items)
        rest = [item for place, item in enumerate(items) if place not in refused]
        if not rest:
            return Message(b"HTTP/1.1 200 OK", (PRODUCT, JSON), merged(items, refused, None))
        headers = request.without(b"content-encoding", b"accept-encoding")
        answer = await self._forward(dataclasses.replace(request, headers=headers, body=body_of(rest)))
        if answer.status != 200:
            return answer
        return dataclasses.replace(answer, body=merged(items, refused, answer.body))

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.target.hostname, self.target.port, limit=LONGEST_HEAD)


def _refusal(fault: Fault) -> Message:
    if fault is Fault.REFUSED_502:  # a load balancer's own words
        return Message(
            b"HTTP/1.1 502 Bad Gateway", ((b"content-type", b"text/html"),), b"<h1>Bad Gateway</h1>"
        )
    status, first = (
        (429, b"HTTP/1.1 429 Too Many Requests")
        if fault is Fault.REFUSED_429
        else (503, b"HTTP/1.1 503 Service Unavailable")
    )
    body = json.dumps({"error": {"root_cause": [REJECTED], **REJECTED}, "status": status}).encode()
    return Message(first, (PRODUCT, JSON), body)
