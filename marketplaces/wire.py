"""Requests and answers as the shops see them, and the ASGI edge around them. Knows no shop and no fault."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

ABORT = "practice.abort"
"""ASGI extension: a callable that resets the connection. Absent when driven in process."""
_WORTH_GZIP = 256


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its body read."""

    method: str
    path: str
    """Decoded, without scheme, host or query, whatever form the target came in."""
    query: str
    """As sent, undecoded."""
    headers: Mapping[str, str]
    """Names in lower case; of repeated ones the last."""
    body: bytes

    @property
    def target(self) -> str:
        """Path and query, for a Location."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, not yet on the wire."""

    body: bytes
    content_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def relative(scope: Scope) -> Scope:
    """The scope with an absolute-form request target cut down to its path.

    One client library sends `POST http://host/routerjson`; h11 passes the whole of it on as the path, httptools does
    not.
    """
    path = str(scope["path"])
    if not path.startswith(("http://", "https://")):
        return scope
    rest = path.split("://", 1)[1]
    cut = "/" + rest.partition("/")[2]
    return {**scope, "path": cut, "raw_path": cut.encode()}


async def read(scope: Scope, receive: Receive) -> Request:
    """The request with its whole body."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    path = unquote(str(scope["path"])) if "%" in str(scope["path"]) else str(scope["path"])
    return Request(scope["method"], path, scope["query_string"].decode("latin-1"), headers, body)


def zipped(answer: Answer, request: Request) -> Answer:
    """The answer gzipped, when the client asked for that and it is worth it; never otherwise."""
    accepted = request.headers.get("accept-encoding", "").lower()
    wanted = any(
        part.split(";")[0].strip() in ("gzip", "*") and "q=0" not in part.replace(" ", "").split(";")[1:]
        for part in accepted.split(",")
    )
    if not wanted or len(answer.body) < _WORTH_GZIP or answer.content_type == "application/gzip":
        return answer
    headers = (*answer.headers, ("content-encoding", "gzip"), ("vary", "Accept-Encoding"))
    return replace(answer, body=gzip.compress(answer.body, 1, mtime=0), headers=headers)


def start(answer: Answer, length: int | None) -> Message:
    """The ASGI message that opens the answer; no length means chunked."""
    pairs = [("content-type", answer.content_type), *answer.headers]
    if length is not None:
        pairs.append(("content-length", str(length)))
    return {
        "type": "http.response.start",
        "status": answer.status,
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs],
    }


async def send_whole(answer: Answer, send: Send) -> int:
    """Sends the answer as it is; returns the bytes of the body."""
    await send(start(answer, len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body})
    return len(answer.body)
