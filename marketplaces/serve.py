"""Five listeners on one loop. Knows sockets, signals and the parent process; nothing of shops."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any, Literal, cast

import uvicorn

from marketplaces.settings import SHOPS
from marketplaces.wire import ABORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marketplaces.wire import ASGIApp, Receive, Scope, Send

NAMES = ("control", *SHOPS)
"""Listeners in the order of their ports."""
_PR_SET_PDEATHSIG = 1
_GRACE_S = 1
_NO_LINGER = struct.pack("ii", 1, 0)


class _Abortable(asyncio.Protocol):
    """Adds to a uvicorn protocol: the app finds a way to reset its connection in the scope's extensions."""

    app: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wraps the app for this connection."""
        super().connection_made(transport)
        inner: ASGIApp = self.app

        def abort() -> None:
            raw = transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            cast("asyncio.Transport", transport).abort()

        async def with_abort(scope: Scope, receive: Receive, send: Send) -> None:
            extensions = {**scope.get("extensions", {}), ABORT: abort}
            await inner({**scope, "extensions": extensions}, receive, send)

        self.app = with_abort


def http_protocol(name: Literal["httptools", "h11"]) -> type[asyncio.Protocol]:
    """Uvicorn's protocol on that parser, able to reset its connections."""
    if name == "h11":
        from uvicorn.protocols.http.h11_impl import H11Protocol

        return type("AbortableH11", (_Abortable, H11Protocol), {})
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    return type("AbortableHttpTools", (_Abortable, HttpToolsProtocol), {})


class _Listener(uvicorn.Server):
    """A server that tells when it listens, and leaves signals to whoever runs all five."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing to capture."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it, and then the event."""
        await super().startup(sockets)
        self.listens.set()


def bind(host: str, base_port: int) -> dict[str, socket.socket]:
    """One listening socket per origin: consecutive ports from the base, or any five with base 0."""
    sockets: dict[str, socket.socket] = {}
    for offset, name in enumerate(NAMES):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        sockets[name] = listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, base_port + offset if base_port else 0))
        listener.listen()  # now, while a port that is taken can still be reported: binding alone may succeed
    return sockets


def addresses(sockets: Mapping[str, socket.socket]) -> dict[str, str]:
    """The origin of each listener."""
    found: dict[str, str] = {}
    for name, listener in sockets.items():
        host, port = listener.getsockname()[:2]
        found[name] = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return found


async def serve(
    apps: Mapping[str, ASGIApp],
    sockets: Mapping[str, socket.socket],
    ready: Callable[[], None],
    stop: asyncio.Event,
    *,
    parser: Literal["httptools", "h11"] = "httptools",
) -> None:
    """Serves until `stop` is set; calls `ready` when all listen. Answers in flight get a second to finish."""
    protocol = http_protocol(parser)
    servers = [_server(apps[name], protocol) for name in sockets]
    tasks = [
        asyncio.create_task(server.serve(sockets=[listener]))
        for server, listener in zip(servers, sockets.values(), strict=True)
    ]
    listening: asyncio.Future[Any] = asyncio.gather(*(server.listens.wait() for server in servers))
    stopped: asyncio.Future[Any] = asyncio.create_task(stop.wait())
    # A server that ends by itself ends all: what it raised is raised below.
    await asyncio.wait([listening, stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
    if listening.done():
        ready()
        await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    for waiting in (listening, stopped):
        waiting.cancel()
    await asyncio.gather(*tasks)


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT set the event."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


def _server(app: ASGIApp, protocol: type[asyncio.Protocol]) -> _Listener:
    config = uvicorn.Config(
        cast("Any", app),
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    return _Listener(config)


def die_with_parent() -> None:
    """Asks Linux for SIGTERM when the thread that started this process ends; elsewhere nothing happens."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(0)
