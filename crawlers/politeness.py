"""How often and whether a host may be asked: robots.txt, Crawl-delay, Retry-After, gaps and concurrency.

A host belongs to one run at a time (ledger.runs), so what is kept here, in that run's process, is exact. What a host
asked of us beyond the run's life is kept in the ledger (`ledger.hosts`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from catalog.errors import SourceError
from crawlers.extract.decode import decompress
from crawlers.http import Fetcher, FetchError, HttpRequest, follow_redirects, origin_host

Clock = Callable[[], datetime]

ROBOTS_MAX_BYTES: Final = 512 * 1024
"""At least 500 KiB must be parsed (RFC 9309 §2.5); what lies beyond is ignored."""

LONGEST_RETRY_AFTER_S: Final = 24 * 3600
"""A host that asks for longer is asked again after a day: absurd values are mistakes."""


FIRST_SLOWER_S: Final = 0.1
SLOWEST_S: Final = 60.0
EASE_AFTER: Final = 20
"""A host that says "too fast" is asked one request at a time with twice the gap; after this many answers in a row the
gap shrinks by a third, down to the pace it began with."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one host is asked at most."""

    gap_s: float
    """Seconds between the starts of two requests."""
    concurrency: int


@dataclass(slots=True)
class _Host:
    pace: Pace
    usual: Pace
    slots: asyncio.Semaphore
    answers: int = 0
    next_start: datetime | None = None
    held_until: datetime | None = None
    robots: Protego | None = None
    robots_known: bool = False
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots_lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def set_pace(self, pace: Pace) -> None:
        """From the next request on; those under way keep the places they have."""
        if pace.concurrency != self.pace.concurrency:
            self.slots = asyncio.Semaphore(pace.concurrency)
        self.pace = pace
        self.answers = 0


class HostHeld(Exception):
    """The host asked to be left alone; nothing was sent."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until


class RobotsUnreachable(Exception):
    """robots.txt answered 5xx or not at all: nothing may be fetched (RFC 9309 §2.3.1.4)."""


class Politeness:
    """The gate every request of a run passes."""

    def __init__(self, pace: Pace, *, user_agent: str, clock: Clock) -> None:
        self._pace = pace
        self._user_agent = user_agent
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncGenerator[None]:
        """Wait for the host's turn, and hold one of its places while the request is under way.

        Raises:
            HostHeld: the host asked to be left alone; checked in the last moment, after all waiting.
        """
        host = self._host(url)
        async with host.slots:
            self._require_free(host)
            await self._wait_for_gap(host)
            self._require_free(host)
            yield

    def hold(self, url: str, until: datetime) -> None:
        """Send nothing more to the host before `until`."""
        host = self._host(url)
        host.held_until = max(until, host.held_until or until)

    def slow_down(self, url: str, wait_s: float, *, is_named: bool) -> bool:
        """The host said "too fast": hold for `wait_s` seconds, then ask more slowly than before.

        A wait that the host named is the longest gap it can need; without one the gap may grow to `SLOWEST_S`. Answers
        to requests that were under way when it said so the first time may prolong the hold, and slow down no further.

        Returns:
            Whether this was the first time, and not about a request that was under way then.
        """
        host = self._host(url)
        now = self._clock()
        is_news = host.held_until is None or host.held_until <= now
        if is_news:
            longest = min(max(wait_s, FIRST_SLOWER_S), SLOWEST_S) if is_named else SLOWEST_S
            gap_s = min(max(2 * host.pace.gap_s, FIRST_SLOWER_S), longest)
            host.set_pace(Pace(max(gap_s, host.usual.gap_s), concurrency=1))
        self.hold(url, now + timedelta(seconds=wait_s))
        return is_news

    def ease(self, url: str) -> None:
        """The host answered: after enough answers in a row it is asked a little faster, never faster than usual."""
        host = self._host(url)
        host.answers += 1
        if host.pace == host.usual or host.answers % EASE_AFTER:
            return
        gap_s = host.pace.gap_s / 1.5
        is_back = gap_s <= max(host.usual.gap_s, FIRST_SLOWER_S / 2)
        host.set_pace(host.usual if is_back else Pace(gap_s, concurrency=1))

    async def allows(self, url: str, fetcher: Fetcher) -> bool:
        """Whether the host's robots.txt allows `url`; fetched once per host and run.

        Raises:
            RobotsUnreachable: it cannot be known, so nothing is allowed now.
        """
        host = self._host(url)
        async with host.robots_lock:
            if not host.robots_known:
                await self._fetch_robots(host, url, fetcher)
        return host.robots is None or bool(host.robots.can_fetch(url, self._user_agent))

    def pace_of(self, url: str) -> Pace:
        """The pace now in force for a host."""
        return self._host(url).pace

    def _host(self, url: str) -> _Host:
        name = origin_host(url)
        if name not in self._hosts:
            self._hosts[name] = _Host(self._pace, self._pace, asyncio.Semaphore(self._pace.concurrency))
        return self._hosts[name]

    def _require_free(self, host: _Host) -> None:
        if host.held_until is not None and host.held_until > self._clock():
            raise HostHeld(host.held_until)

    async def _wait_for_gap(self, host: _Host) -> None:
        """One after the other; the gap counts from when a request really starts, so late sleepers never bunch up."""
        async with host.gate:
            if host.next_start is not None:
                await _until(host.next_start, self._clock)
            host.next_start = self._clock() + timedelta(seconds=host.pace.gap_s)

    async def _fetch_robots(self, host: _Host, url: str, fetcher: Fetcher) -> None:
        parts = urlsplit(url)
        robots_url = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        try:
            async with self.turn(url):
                answer = await follow_redirects(fetcher, HttpRequest("GET", robots_url, {"Accept": "*/*"}))
            body = decompress(answer.body, answer.headers.get("content-encoding", ""))
        except (FetchError, SourceError) as error:
            raise RobotsUnreachable(str(error)) from error
        if answer.status >= 500 or answer.status == 429:
            raise RobotsUnreachable(f"http_{answer.status}")
        if 200 <= answer.status < 300:
            host.robots = Protego.parse(body[:ROBOTS_MAX_BYTES].decode("utf-8", "replace"))
            delay = host.robots.crawl_delay(self._user_agent)
            if delay is not None and delay > host.pace.gap_s:
                host.usual = Pace(gap_s=float(delay), concurrency=1)
                host.set_pace(host.usual)
        host.robots_known = True


async def _until(moment: datetime, clock: Clock) -> None:
    """Sleep until `moment` on `clock`; a sleep may end a little early, so it is looked at again."""
    wait_s = (moment - clock()).total_seconds()
    while wait_s > 0:
        await asyncio.sleep(wait_s)
        wait_s = (moment - clock()).total_seconds()


def retry_after_s(value: str | None, now: datetime) -> int | None:
    """Seconds that a Retry-After header asks for, bounded to a day; None when it says nothing usable.

    Both forms of RFC 9110 §10.2.3: seconds, and an HTTP date.
    """
    if value is None or not value.strip():
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), LONGEST_RETRY_AFTER_S)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    wait = (moment - now).total_seconds()
    return min(max(int(wait) + 1, 0), LONGEST_RETRY_AFTER_S)
