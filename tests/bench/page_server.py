"""A process that answers with saved bytes: fast enough that it never decides what a crawl costs."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import signal
import socket
import traceback
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from crawlers.lifetime import die_with_parent
from tests.bench.saved_site import SavedShop, request_key, saved_site
from tests.bench.worlds import Size

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_UNKNOWN = b"HTTP/1.1 404 Not saved\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def serving(size: Size) -> Generator[tuple[SavedShop, ...]]:
    """The shops of a world of this size, saved and answered by a process of its own until the block ends.

    The world is built in that process: measured children are forks of this one, and a million objects of no concern to
    them would be copied and searched for garbage at their cost.
    """
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be_server(size, writer, parent)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            yield pickle.load(pipe)  # noqa: S301 - our own child wrote it
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _be_server(size: Size, writer: int, parent: int) -> None:
    """Never returns."""
    try:
        die_with_parent(parent)
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        site = saved_site(size, f"http://127.0.0.1:{listener.getsockname()[1]}")
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(site.shops, pipe)
        asyncio.run(_serve(listener, site.answers))
    except BaseException:  # noqa: BLE001 - the process boundary: told, and turned into a status
        traceback.print_exc()
    finally:
        os._exit(1)


async def _serve(listener: socket.socket, answers: Mapping[bytes, bytes]) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(answers), sock=listener)
    await server.serve_forever()


class _Connection(asyncio.Protocol):
    """Keep-alive, one answer after the other."""

    def __init__(self, answers: Mapping[bytes, bytes]) -> None:
        self._answers = answers
        self._pending = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        assert self._transport is not None
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            head = self._pending[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._pending) < whole:
                return
            method, target, _ = head.split(b" ", 2)
            key = request_key(method, target, self._pending[end + 4 : whole])
            self._transport.write(self._answers.get(key, _UNKNOWN))
            self._pending = self._pending[whole:]
