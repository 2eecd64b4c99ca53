"""``bijia serve`` and ``bijia worker``: the long-running processes."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.terminal import end_on_sigterm, reporting, say

if TYPE_CHECKING:
    import uvicorn

    from api.services import Services
    from api.settings import ServiceSettings

log = logging.getLogger(__name__)

MOST_CONNECTIONS: Final = 200
"""Requests at a time; more get a fast 503 instead of waiting in line for ever."""


@reporting
def serve(
    host: Annotated[str | None, typer.Option(help="default: BIJIA_HOST")] = None,
    port: Annotated[int | None, typer.Option(help="default: BIJIA_PORT; 0: any free one")] = None,
    crawl: Annotated[bool, typer.Option(help="work on runs and schedules in this process as well")] = True,
    index: Annotated[
        bool, typer.Option(help="keep the index up with the ledger in this process as well")
    ] = True,
) -> None:
    """Serve the API and the pages; by default also the worker and the indexer: one process is the whole service."""
    from api.keys import AdminKey
    from api.services import open_services
    from api.settings import ServiceSettings

    _log()
    end_on_sigterm()
    settings = ServiceSettings()
    key = settings.admin_key or AdminKey.generate()
    services = open_services(settings, admin_key=key)
    try:
        if not settings.admin_key:
            say(f"admin key (new at every start, set BIJIA_ADMIN_KEY to keep one): {key}")
        with background(services, settings, crawl=crawl, index=index):
            listener = listen(host or settings.host, settings.port if port is None else port)
            say(f"serving on {address_of(listener)}")
            server(services).run(sockets=[listener])
    finally:
        services.close()


@reporting
def worker(
    index: Annotated[bool, typer.Option(help="keep the index up with the ledger as well")] = False,
) -> None:
    """Work on runs and schedules; start as many as you like, they share the work."""
    from api.services import open_services
    from api.settings import ServiceSettings

    _log()
    settings = ServiceSettings()
    services = open_services(settings, admin_key="")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        say("working; Ctrl-C ends")
        with background(services, settings, crawl=True, index=index):
            stop.wait()
    finally:
        services.close()


@contextmanager
def background(services: Services, settings: ServiceSettings, *, crawl: bool, index: bool) -> Generator[None]:
    """Worker and follower in threads for as long as the block runs. If one fails, the process ends as by SIGTERM.

    Raises:
        ConfigurationError: the crawl host does not start.
        Exception: what a thread failed of; who supervises the process starts it again.
    """
    from api.runner import HostRunner
    from api.services import settle
    from api.worker import Worker

    stop = threading.Event()
    loops: list[Callable[[threading.Event], None]] = []
    runner = HostRunner(os.environ) if crawl else None
    services.is_indexing = index
    if index:
        services.indexer.warm_up()
    if runner is not None:
        runner.wait_until_ready()  # the index depends on which marketplaces are registered
        loops.append(Worker(services.ledger, runner, capacity=settings.workers, clock=services.clock).run)
    if index:
        loops.append(services.indexer.follower().run)
    settle()
    failed: list[BaseException] = []
    threads = [
        threading.Thread(target=_guarded, args=(loop, stop, failed), name=f"bijia-{i}")
        for i, loop in enumerate(loops)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        if runner is not None:
            runner.close()
        if failed:
            raise failed[0]


def _guarded(
    loop: Callable[[threading.Event], None], stop: threading.Event, failed: list[BaseException]
) -> None:
    """A thread's boundary: a service of which a part works on no more must not look well."""
    try:
        loop(stop)
    except BaseException as error:
        log.exception("a part of the service failed")
        failed.append(error)
        os.kill(os.getpid(), signal.SIGTERM)


def server(services: Services) -> uvicorn.Server:
    """The HTTP server around these services."""
    import uvicorn

    from api.app import create_app

    return uvicorn.Server(
        uvicorn.Config(
            create_app(services),
            log_level="warning",
            access_log=False,  # what people search for is nobody's business, not even the log's
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=5,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the port is known before anything is promised.

    Raises:
        ConfigurationError: the address is taken or not ours.
    """
    from catalog.errors import ConfigurationError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            "BIJIA_PORT", f"cannot serve on {host} port {port}: {error.strerror}"
        ) from error
    listener.listen(512)
    return listener


def address_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
