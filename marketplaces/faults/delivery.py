"""Faults on the way to the client: slowness, cuts, resets, broken and hostile compression. Bytes, not meaning."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from marketplaces.wire import ABORT, Answer, send_whole, start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from marketplaces.faults.plan import Met
    from marketplaces.wire import Scope, Send

_BLOCK = b" " * (1 << 20)
_FLUSH_S = 0.05
"""Time for bytes already written to leave before the connection is reset."""


async def deliver(answer: Answer, met: Met, scope: Scope, send: Send) -> int:
    """Sends the answer the way the fault has it; returns the bytes of the body that were sent."""
    return await _WAYS[met.name](answer, met, scope, send)


async def _slow(answer: Answer, met: Met, _scope: Scope, send: Send) -> int:
    await asyncio.sleep(float(met.parameters["delay_s"]))
    return await send_whole(answer, send)


async def _slow_loris(answer: Answer, met: Met, _scope: Scope, send: Send) -> int:
    """The head at once, then a byte at a time."""
    await send(start(answer, len(answer.body)))
    for index in range(len(answer.body)):
        await asyncio.sleep(float(met.parameters["interval_s"]))
        await send({"type": "http.response.body", "body": answer.body[index : index + 1], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return len(answer.body)


async def _reset(answer: Answer, met: Met, scope: Scope, send: Send) -> int:
    """RST after so many bytes of the body; 0 sends not even a status line."""
    sent = min(int(met.parameters["after_bytes"]), len(answer.body))
    if sent:
        await send(start(answer, len(answer.body)))
        await send({"type": "http.response.body", "body": answer.body[:sent], "more_body": True})
        await asyncio.sleep(_FLUSH_S)
    abort = scope.get("extensions", {}).get(ABORT)
    if abort is None:
        raise ConnectionResetError("the practice world reset this connection")
    abort()
    return sent


async def _truncate_body(answer: Answer, met: Met, _scope: Scope, send: Send) -> int:
    """Closed early: a Content-Length that is not kept, or chunks without the last one."""
    chunked = met.parameters["framing"] == "chunked"
    kept = len(answer.body) * int(met.parameters["keep_percent"]) // 100
    await send(start(answer, None if chunked else len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body[:kept], "more_body": True})
    return kept


async def _truncate_gzip(answer: Answer, _met: Met, _scope: Scope, send: Send) -> int:
    """Right framing around half a gzip stream."""
    whole = gzip.compress(_plain(answer).body, mtime=0)
    return await send_whole(_as_gzip(answer, whole[: len(whole) // 2]), send)


async def _gzip_bomb(answer: Answer, met: Met, _scope: Scope, send: Send) -> int:
    """A small body that unpacks to `size_mb` MiB of spaces; one valid stream."""
    return await send_whole(_as_gzip(answer, bomb(int(met.parameters["size_mb"]))), send)


async def _garbage(answer: Answer, met: Met, _scope: Scope, send: Send) -> int:
    size = int(met.parameters["size"]) or len(answer.body)
    return await send_whole(replace(_plain(answer), body=Random(met.seed).randbytes(size)), send)


def bomb(size_mb: int) -> bytes:
    """`size_mb` MiB of spaces as one gzip stream, about a thousandth of that long."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(size_mb):
        checksum = zlib.crc32(_BLOCK, checksum)
    tail = checksum.to_bytes(4, "little") + (len(_BLOCK) * size_mb % 2**32).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + block * size_mb + packer.flush(zlib.Z_FINISH) + tail


def _plain(answer: Answer) -> Answer:
    """The answer before it was zipped."""
    if ("content-encoding", "gzip") not in answer.headers:
        return answer
    headers = tuple(pair for pair in answer.headers if pair[0] != "content-encoding")
    return replace(answer, body=gzip.decompress(answer.body), headers=headers)


def _as_gzip(answer: Answer, body: bytes) -> Answer:
    plain = _plain(answer)
    return replace(plain, body=body, headers=(*plain.headers, ("content-encoding", "gzip")))


_WAYS: dict[str, Callable[[Answer, Met, Scope, Send], Awaitable[int]]] = {
    "slow": _slow,
    "slow_loris": _slow_loris,
    "reset": _reset,
    "truncate_body": _truncate_body,
    "truncate_gzip": _truncate_gzip,
    "gzip_bomb": _gzip_bomb,
    "garbage": _garbage,
}
