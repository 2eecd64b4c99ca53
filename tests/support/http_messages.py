"""HTTP/1.1 messages read whole from a stream and written again: as much of it as a proxy in tests needs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

END_OF_HEAD = b"\r\n\r\n"
HOP_BY_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"content-length", b"expect"}
"""What speaks of one connection, or of how the body travels: every message is sent with its length."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer: its first line, its headers as they came, its whole body."""

    first: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = b""

    def header(self, name: bytes) -> bytes | None:
        """Its first value, whatever the case of its name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def without(self, *names: bytes) -> tuple[tuple[bytes, bytes], ...]:
        """The headers but those."""
        return tuple((key, value) for key, value in self.headers if key.lower() not in names)

    @property
    def path(self) -> str:
        """Of a request, without the query."""
        return self.first.split(b" ")[1].decode("latin-1").partition("?")[0]

    @property
    def status(self) -> int:
        """Of an answer."""
        return int(self.first.split(b" ")[1])

    def head(self, *, connection: bytes, length: bytes | None = None) -> bytes:
        """Its first lines; `length` when it speaks of a body that is not sent (an answer to HEAD)."""
        told = str(len(self.body)).encode() if length is None else length
        headers = (*self.without(*HOP_BY_HOP), (b"content-length", told), (b"connection", connection))
        return b"\r\n".join([self.first, *(key + b": " + value for key, value in headers)]) + END_OF_HEAD


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Message:
    """The next request of a connection.

    Raises:
        asyncio.IncompleteReadError: the connection ended.
    """
    message = await _head(reader)
    if (message.header(b"expect") or b"").lower() == b"100-continue":
        writer.write(b"HTTP/1.1 100 Continue" + END_OF_HEAD)
    return await _with_body(message, reader, to_the_end=False)


async def read_answer(reader: asyncio.StreamReader, *, has_body: bool) -> Message:
    """The answer to one request; `has_body` is false for HEAD."""
    message = await _head(reader)
    if not has_body or message.status in {204, 304}:
        return message
    return await _with_body(message, reader, to_the_end=True)


async def _head(reader: asyncio.StreamReader) -> Message:
    first, *lines = (await reader.readuntil(END_OF_HEAD)).removesuffix(END_OF_HEAD).split(b"\r\n")
    pairs = (line.partition(b":") for line in lines)
    return Message(first, tuple((key, value.strip()) for key, _, value in pairs))


async def _with_body(message: Message, reader: asyncio.StreamReader, *, to_the_end: bool) -> Message:
    if (message.header(b"transfer-encoding") or b"").lower() == b"chunked":
        body = await _chunks(reader)
    elif (length := message.header(b"content-length")) is not None:
        body = await reader.readexactly(int(length))
    else:
        body = await reader.read() if to_the_end else b""
    return Message(message.first, message.headers, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # trailers say nothing a proxy of tests passes on
    return b"".join(parts)
