"""``bijia demo``: practice marketplaces, a crawl, the index and the page, in one command and without a network.

Everything lives in a folder of its own below the data folder; starting again goes on where it was. Real marketplaces
differ from these in address and credentials only, which is all this file sets.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote, urlsplit

import typer

from api.commands.terminal import bar, console, end_on_sigterm, reporting, say

if TYPE_CHECKING:
    from api.services import Services

KEYWORD: Final = "iPhone 15 128G"
BASE_PORT: Final = 8600
SPEED: Final = 1
"""World seconds per second: as fast as the real clock, so that coupons hold for us when they hold there."""

PAST_DAYS: Final = 36
"""What a verdict looks back on: 30 days, and the days since the last change (domain §4.2)."""

EVERY_S: Final = 120
MARK: Final = " · 演示"
"""How the names of a demo's schedules end."""

RATE: Final = "200"
"""Requests per second that the practice marketplaces allow us; real ones keep the polite default."""

PATIENCE_S: Final = 120

_PRACTICE: Final = (sys.executable, "-m", "marketplaces")
_PORTS: Final = 5
"""Of the practice marketplaces: control and four shops."""


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice marketplaces, running."""

    control: str
    shops: Mapping[str, Mapping[str, Any]]

    def environment(self) -> dict[str, str]:
        """The settings that point the crawlers at them."""
        found = {
            "BIJIA_ALLOWED_ADDRESSES": ",".join(urlsplit(s["base_url"]).netloc for s in self.shops.values())
        }
        for slug, shop in self.shops.items():
            prefix = f"BIJIA_{slug.upper()}_"
            found[f"{prefix}BASE_URL"] = shop["base_url"]
            found[f"{prefix}REQUESTS_PER_SECOND"] = RATE
            found[f"{prefix}CONCURRENT_REQUESTS"] = "4"
            found |= {f"{prefix}{name.upper()}": value for name, value in shop["credentials"].items()}
        return found

    def keywords(self) -> list[str]:
        """Keywords that together find every offer."""
        parts = urlsplit(self.control)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        try:
            connection.request("GET", "/keywords")
            return [str(word) for word in json.loads(connection.getresponse().read())["keywords"]]
        finally:
            connection.close()


@reporting
def demo(
    port: Annotated[int, typer.Option(help="port of the page; taken: any free one")] = 8000,
    browser: Annotated[bool, typer.Option(help="open the page")] = True,
    once: Annotated[bool, typer.Option(help="end as soon as the page is ready: for tests")] = False,
    seed: Annotated[int, typer.Option(help="of the practice world")] = 7,
    speed: Annotated[
        int,
        typer.Option(
            min=0, help="practice seconds per second: prices move; 0: they stand where the day began"
        ),
    ] = SPEED,
    past: Annotated[
        int, typer.Option(min=0, max=400, help="days of history, filled in while one looks; 0: none")
    ] = PAST_DAYS,
) -> None:
    """Start everything on this machine and end on a page with prices."""
    started = time.monotonic()
    end_on_sigterm()
    with practice(seed, speed) as world:
        os.environ.update(world.environment())
        os.environ["BIJIA_DATA_DIR"] = str(_folder(seed))
        say(f"practice marketplaces: {', '.join(world.shops)} (control: {world.control})")
        with running(port) as (services, url, key):
            _schedule(services)
            _crawl(services, world.keywords())
            page = f"{url}search?q={quote(KEYWORD)}"
            console.print(
                f"[bold green]ready[/bold green] after {time.monotonic() - started:.1f} s: ", end=""
            )
            say(page)
            say(f"admin key for crawls and schedules: {key}")
            say(f'try: bijia search "{KEYWORD}"   (BIJIA_DATA_DIR={os.environ["BIJIA_DATA_DIR"]})')
            if once:
                return
            if browser and console.is_terminal:
                webbrowser.open(page)
            say("Ctrl-C ends")
            with _filling(services, world, seed, past):
                _wait()


@contextmanager
def practice(seed: int, speed: int = SPEED, base_port: int | None = None) -> Generator[Practice]:
    """The practice marketplaces in a process of their own; on ports of their own (0) if the usual ones are taken."""
    from datetime import UTC, datetime

    began = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    clock = ("--speed", str(speed)) if speed else ("--speed", "0", "--now", began.isoformat())
    usual = _base_port() if base_port is None else base_port
    for first in (usual, 0):  # a port that was free may be taken a moment later
        process = subprocess.Popen(
            [*_PRACTICE, "--seed", str(seed), *clock, "--base-port", str(first)],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        line = process.stdout.readline() if process.stdout is not None else ""
        if line:
            break
        process.wait()
    else:
        from catalog.errors import ConfigurationError

        raise ConfigurationError("practice marketplaces", "did not start; their message is above")
    try:
        found = json.loads(line)
        yield Practice(found["control"], found["shops"])
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _base_port() -> int:
    """The usual port of the first, if all are free; else 0: any."""
    for port in range(BASE_PORT, BASE_PORT + _PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                probe.listen()  # two may bind a port, one may listen
            except OSError:
                return 0
    return BASE_PORT


@contextmanager
def running(port: int) -> Generator[tuple[Services, str, str]]:
    """The whole service in this process: page, worker, indexer."""
    from api.commands.serve import address_of, background, listen, server
    from api.keys import AdminKey
    from api.services import open_services
    from api.settings import ServiceSettings
    from catalog.errors import ConfigurationError

    settings = ServiceSettings()
    key = settings.admin_key or AdminKey.generate()
    services = open_services(settings, admin_key=key)
    if _is_in_use(services):
        services.close()
        raise ConfigurationError(
            "BIJIA_DATABASE_URL", "names a ledger in use, and a demo fills it with invented offers"
        )
    try:
        listener = listen(settings.host, port)
    except ConfigurationError:
        listener = listen(settings.host, 0)
    web = server(services)
    thread = threading.Thread(target=web.run, kwargs={"sockets": [listener]})
    try:
        with background(services, settings, crawl=True, index=True):
            thread.start()
            yield services, address_of(listener), key
    finally:
        web.should_exit = True
        if thread.is_alive():
            thread.join()
        services.close()


def _is_in_use(services: Services) -> bool:
    """Whether the ledger has runs, and none of a demo: who has set a database must not find invented prices in it."""
    is_demo = any(schedule.name.endswith(MARK) for schedule in services.ledger.schedules.all())
    return bool(services.ledger.runs.newest(limit=1)) and not is_demo


def _crawl(services: Services, keywords: list[str]) -> None:
    """One run of every marketplace, and the wait until what it found can be searched."""
    runs = services.ledger.runs
    asked = [
        runs.request(m.slug, keywords if m.needs_keywords else [], now=services.clock())
        for m, is_configured in services.ledger.marketplaces.all().items()
        if is_configured
    ]
    deadline = time.monotonic() + PATIENCE_S
    with bar("crawling") as report:
        while time.monotonic() < deadline:
            found = [runs.get(run_id) for run_id in asked]
            settled = sum(r.progress.pages - r.progress.waiting for r in found)
            offers = sum(r.progress.offers for r in found)
            report(settled, sum(r.progress.pages for r in found), f"{offers} offers")
            if all(r.state.is_final for r in found) and _is_indexed(services):
                break
            time.sleep(0.1)  # noqa: TID251 - watching
    for run in (runs.get(run_id) for run_id in asked):
        from api.commands.crawl import summary

        say(summary(run))


def _is_indexed(services: Services) -> bool:
    active = services.ledger.projections.active()
    newest = services.ledger.observations.accepted_after(active.cursor if active else 0, limit=1)
    return active is not None and not newest


def _schedule(services: Services) -> None:
    """A few schedules, so that prices move and histories grow while one looks; made once."""
    from ledger.schedules import NewSchedule, ScheduleKind, Timing

    if services.ledger.schedules.all():
        return
    for marketplace in services.ledger.marketplaces.all():
        keywords = ("手机", "耳机") if marketplace.needs_keywords else ()
        timing = Timing(ScheduleKind.INTERVAL, str(EVERY_S))
        new = NewSchedule(f"{marketplace.name}{MARK}", marketplace.slug, keywords, timing)
        services.ledger.schedules.create(new, now=services.clock())


def _folder(seed: int) -> str:
    from api.settings import ServiceSettings

    return str(ServiceSettings().data_dir.absolute() / f"demo-{seed}")


@contextmanager
def _filling(services: Services, world: Practice, seed: int, days: int) -> Generator[None]:
    """The past is filled in meanwhile; once, and with its end the set-back marketplaces'."""
    from api.commands.demo_past import Past, fill_in_background

    if not days or _has_past(services, days):
        yield
        return
    stop = threading.Event()
    with practice(seed, speed=0, base_port=0) as set_back:
        wanted = {
            m.slug: world.keywords() if m.needs_keywords else [] for m in services.ledger.marketplaces.all()
        }
        past = Past(services.ledger, services.clock, set_back.control, set_back.environment(), wanted)
        thread = fill_in_background(past, days, services.clock(), stop)
        try:
            yield
        finally:
            stop.set()
            thread.join()


def _has_past(services: Services, days: int) -> bool:
    """Whether an earlier start of the demo has looked back already."""
    from datetime import timedelta

    oldest = services.ledger.observations.oldest()
    return oldest is not None and oldest < services.clock() - timedelta(days=days // 2)


def _wait() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        say("ending")
