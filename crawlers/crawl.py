"""One run, from its first page to its end: lease, ask politely, read, commit. Knows no marketplace and no Scrapy.

Every page ends in exactly one of done, failed or skipped, with its reason (FAILURE-MODES 2). The loop stops at once
when the run is cancelled or its lease is lost, and gives up on a source that refuses everybody.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, ParamSpec, TypeVar

from catalog.codec import validate_offers
from catalog.errors import Action, LedgerError, SourceError, SourceFault
from catalog.listing import Observation, SourceKind
from crawlers.extract.decode import decompress
from crawlers.fields import raw_text
from crawlers.http import (
    Fetcher,
    FetchError,
    FetchFault,
    HttpResponse,
    follow_redirects,
    origin_host,
)
from crawlers.politeness import HostHeld, Politeness, RobotsUnreachable, retry_after_s
from crawlers.source import Access, Answer, PageResult, Source
from ledger.frontier import Fetched, LeasedPage, ReadPage, Reject, RejectKind
from ledger.ledger import Ledger
from ledger.runs import RunLease, RunState

BEAT_S: Final = 0.5
"""Heartbeats: a cancel is heard by the next one, so that on a busy machine too nothing is sent a second after it."""

MOST_ATTEMPTS: Final = 5
"""Tries of one page, kills included, before it is failed. Waiting that the source asked for does not count."""

FIRST_BACKOFF_S: Final = 0.5
LONGEST_BACKOFF_S: Final = 60.0

LONGEST_WAIT_S: Final = 900
"""A source that asks for a longer pause ends the run; the pause outlives it in the ledger."""

MOST_SILENT_ANSWERS: Final = 8
"""Failed connections in a row, over all pages, after which the source is taken for dead."""

LEASE_AHEAD: Final = 2
"""Pages leased per free place: one being fetched, one waiting its turn."""

GONE: Final = frozenset({404, 410})

MOST_NAMED_WAITS: Final = 20
MOST_GUESSED_WAITS: Final = 8
"""Times in a row that a source may say "too fast" before the run ends: more often where it names how long to wait.
Guessed waits have grown to half a minute by then and added up to one; a quota that is used up looks like this."""

Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a crawl works with; tests pass their own."""

    ledger: Ledger
    source: Source
    access: Access
    fetcher: Fetcher
    politeness: Politeness
    clock: Clock
    random: random.Random
    checkpoint: Callable[[str], None]


class _Stop(Exception):
    """The run cannot go on; `reason` is told to people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Crawl:
    """Works on one leased run."""

    def __init__(self, tools: Tools, lease: RunLease) -> None:
        self._tools = tools
        self._lease = lease
        self._queue: deque[LeasedPage] = deque()
        self._refill = asyncio.Lock()
        self._in_flight = 0
        self._silent = 0
        self._throttled = 0
        self._cancelled = asyncio.Event()
        self._lost: LedgerError | None = None

    async def run(self) -> RunState:
        """Work until the run ends; its final state.

        Raises:
            StaleFence: another worker took the run over; nothing more was written.
            LedgerError: the ledger cannot be written: the lease will run out and another worker go on.
        """
        tools = self._tools
        heart = asyncio.create_task(self._beat())
        workers: list[asyncio.Task[None]] = []
        try:
            await self._remember_wait()
            if not await self._seed():
                return await self._abort("nothing to crawl: no keywords")
            tools.checkpoint("crawl.seeded")
            concurrency = tools.politeness.pace_of(tools.access.base_url).concurrency
            workers = [asyncio.create_task(self._work()) for _ in range(concurrency)]
            await self._until_done(workers)
            if self._lost is not None:
                raise self._lost
            tools.checkpoint("crawl.before_end")
            state = await _in_thread(self._finish)
            tools.checkpoint("crawl.after_end")
        except _Stop as stop:
            return await self._abort(stop.reason)
        else:
            return state
        finally:
            for task in (heart, *workers):
                task.cancel()
            await asyncio.gather(heart, *workers, return_exceptions=True)

    async def _seed(self) -> bool:
        requests = self._tools.source.first_pages(self._lease.keywords)
        if requests:
            await _in_thread(self._tools.ledger.frontier.seed, self._lease, requests)
        return bool(requests)

    async def _until_done(self, workers: Sequence[asyncio.Task[None]]) -> None:
        """Until every page is settled, the run is cancelled, or a worker fails."""
        cancelled = asyncio.create_task(self._cancelled.wait())
        pending: set[asyncio.Task[None] | asyncio.Task[Literal[True]]] = {*workers, cancelled}
        try:
            while pending - {cancelled}:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                if cancelled in done:
                    break
                for task in done:
                    task.result()
        finally:
            cancelled.cancel()
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    def _finish(self) -> RunState:
        return self._tools.ledger.runs.finish(
            self._lease, now=self._tools.clock(), cancelled=self._cancelled.is_set()
        )

    async def _abort(self, reason: str) -> RunState:
        await _in_thread(self._tools.ledger.runs.abort, self._lease, reason, now=self._tools.clock())
        return self._tools.ledger.runs.get(self._lease.run_id).state

    async def _beat(self) -> None:
        """Keep the lease; hear of a cancel; stop everything when the lease is lost."""
        while not self._cancelled.is_set():
            try:
                if await _in_thread(self._tools.ledger.runs.beat, self._lease, now=self._tools.clock()):
                    self._cancelled.set()
                    return
            except LedgerError as error:
                self._lost = error
                self._cancelled.set()
                return
            await asyncio.sleep(BEAT_S)

    async def _work(self) -> None:
        """One of the concurrent workers: page after page until none is left."""
        while (page := await self._next_page()) is not None:
            try:
                await self._page(page)
            finally:
                self._in_flight -= 1

    async def _next_page(self) -> LeasedPage | None:
        """A page to work on; waits while others may still yield some; None when the run is done."""
        while True:
            async with self._refill:
                if not self._queue:
                    self._queue.extend(await self._lease_pages())
                if self._queue:
                    self._in_flight += 1
                    return self._queue.popleft()
                if not self._in_flight:
                    waiting = await _in_thread(self._tools.ledger.frontier.waiting, self._lease)
                    if not waiting.pages or waiting.next_at is None:
                        return None
                    pause = (waiting.next_at - self._tools.clock()).total_seconds()
                    if pause > LONGEST_WAIT_S:
                        raise _Stop(f"asked to wait {int(pause)} s")
                else:
                    pause = 0.02
            await asyncio.sleep(min(max(pause, 0.01), BEAT_S))

    async def _lease_pages(self) -> list[LeasedPage]:
        concurrency = self._tools.politeness.pace_of(self._tools.access.base_url).concurrency
        pages: list[LeasedPage] = await _in_thread(
            self._tools.ledger.frontier.lease,
            self._lease,
            limit=concurrency * LEASE_AHEAD,
            now=self._tools.clock(),
        )
        self._tools.checkpoint("page.leased")
        return pages

    async def _page(self, page: LeasedPage) -> None:
        """Bring one page to its end, or put it back."""
        try:
            read = await self._read(page)
        except SourceError as error:
            await self._on_fault(page, error.fault)
            return
        except FetchError as error:
            await self._on_silence(page, error)
            return
        except RobotsUnreachable as error:
            await self._retry(page, f"robots_unreachable: {error}", self._backoff_s(page.attempt))
            return
        except HostHeld as held:
            await self._put_back(page, "host_held", held.until)
            return
        self._throttled = 0
        self._tools.politeness.ease(self._tools.access.base_url)
        await _in_thread(
            self._tools.ledger.frontier.complete, self._lease, page.id, read, now=self._tools.clock()
        )
        self._tools.checkpoint("page.settled")

    async def _read(self, page: LeasedPage) -> ReadPage:
        """Fetch and understand one page."""
        tools = self._tools
        request = tools.source.request(page.request, tools.access, tools.clock())
        is_web = tools.source.marketplace.kind is SourceKind.WEB
        if is_web and not await tools.politeness.allows(request.url, tools.fetcher):
            raise SourceError(SourceFault("robots_disallowed", request.url, Action.DROP_REQUEST))
        async with tools.politeness.turn(request.url):
            # Signed again now: the wait may have been longer than a signature lives.
            request = tools.source.request(page.request, tools.access, tools.clock())
            if is_web:
                response = await follow_redirects(tools.fetcher, request, self._same_site(request.url))
            else:
                response = await tools.fetcher.fetch(request)
        tools.checkpoint("page.fetched")
        arrived_at = tools.clock()
        observed_at = arrived_at - timedelta(seconds=tools.access.behind_s)
        self._silent = 0
        self._check_status(response, arrived_at)
        if response.status in GONE:
            fetched = Fetched(observed_at, response.status, 0, "")
            return ReadPage(fetched, next_pages=tools.source.when_gone(page.request))
        body = decompress(response.body, response.headers.get("content-encoding", ""))
        answer = Answer(response.url, response.headers.get("content-type", ""), body)
        result = tools.source.read(page.request, answer, tools.access)
        tools.checkpoint("page.read")
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        return _validated(result, Fetched(observed_at, response.status, len(body), digest))

    def _same_site(self, url: str) -> Callable[[str], None]:
        home = origin_host(url)

        def check(target: str) -> None:
            try:
                is_home = origin_host(target) == home
            except ValueError:
                is_home = False
            if not is_home:
                raise FetchError(FetchFault.OFF_SITE, target[:200])

        return check

    async def _remember_wait(self) -> None:
        """What the host asked of an earlier run still holds."""
        url = self._tools.access.base_url
        until = await _in_thread(self._tools.ledger.hosts.parked_until, origin_host(url))
        if until is None:
            return
        if (until - self._tools.clock()).total_seconds() > LONGEST_WAIT_S:
            raise _Stop(f"{origin_host(url)} asked to be left alone until {until.isoformat()}")
        self._tools.politeness.hold(url, until)

    def _check_status(self, response: HttpResponse, now: datetime) -> None:
        """Raise for every status whose body is not the page.

        Raises:
            SourceError: with the action for it.
        """
        status = response.status
        if 200 <= status < 300 or status in GONE:
            return
        wait = retry_after_s(response.headers.get("retry-after"), now)
        if status in {429, 503} and wait is not None:
            raise SourceError(
                SourceFault(f"http_{status}", f"Retry-After {wait} s", Action.RETRY_AFTER, wait)
            )
        if status in {408, 425, 429} or status >= 500:
            raise SourceError(SourceFault(f"http_{status}", "", Action.BACKOFF))
        is_api = self._tools.source.marketplace.kind is SourceKind.API
        refused = status in {401, 403, 407} and is_api
        action = Action.STOP_SOURCE if refused else Action.DROP_REQUEST
        raise SourceError(SourceFault(f"http_{status}", "", action))

    async def _on_fault(self, page: LeasedPage, fault: SourceFault) -> None:
        """The one place where an action is acted on."""
        why = f"{fault.code}: {fault.detail}".strip(": ")
        match fault.action:
            case Action.RETRY_AFTER:
                await self._slow_down(page, why, fault.retry_after_s)
            case Action.BACKOFF if page.attempt < MOST_ATTEMPTS:
                await self._retry(page, why, self._backoff_s(page.attempt))
            case Action.BACKOFF:
                await self._settle(page, "failed", why)
            case Action.DROP_REQUEST:
                skipped = fault.code in {"robots_disallowed", "no_product"}
                await self._settle(page, "skipped" if skipped else "failed", why)
            case Action.STOP_SOURCE | Action.REFRESH_TOKEN | Action.BUG:
                await self._settle(page, "failed", why)
                raise _Stop(why)

    async def _on_silence(self, page: LeasedPage, error: FetchError) -> None:
        """No answer: try again, or take the source for dead after too many in a row."""
        if error.fault in {
            FetchFault.FORBIDDEN,
            FetchFault.TOO_LARGE,
            FetchFault.OFF_SITE,
            FetchFault.REDIRECT_LOOP,
        }:
            await self._settle(page, "failed", str(error))
            return
        self._silent += 1
        if self._silent >= MOST_SILENT_ANSWERS:
            await self._settle(page, "failed", str(error))
            raise _Stop(f"no answer {self._silent} times in a row, last: {error}")
        if page.attempt < MOST_ATTEMPTS:
            await self._retry(page, str(error), self._backoff_s(page.attempt))
        else:
            await self._settle(page, "failed", str(error))

    async def _slow_down(self, page: LeasedPage, why: str, wait_s: int | None) -> None:
        """Obey "too fast": the page waits, and so does the host, also for runs after this one."""
        tools = self._tools
        pause = wait_s if wait_s is not None else self._backoff_s(self._throttled + 1)
        until = tools.clock() + timedelta(seconds=pause)
        # At once: before anything else can be sent.
        is_news = tools.politeness.slow_down(tools.access.base_url, pause, is_named=wait_s is not None)
        self._throttled += is_news
        await _in_thread(tools.ledger.hosts.park, origin_host(tools.access.base_url), until, why)
        await self._put_back(page, why, until)
        most = MOST_NAMED_WAITS if wait_s is not None else MOST_GUESSED_WAITS
        if pause > LONGEST_WAIT_S or self._throttled >= most:
            raise _Stop(why)

    async def _put_back(self, page: LeasedPage, why: str, until: datetime) -> None:
        """The source's wish, not the page's fault: the try does not count."""
        await _in_thread(
            self._tools.ledger.frontier.retry, self._lease, page.id, why, not_before=until, forgive=True
        )

    async def _retry(self, page: LeasedPage, why: str, wait_s: float) -> None:
        if page.attempt >= MOST_ATTEMPTS:
            await self._settle(page, "failed", why)
            return
        until = self._tools.clock() + timedelta(seconds=wait_s)
        await _in_thread(self._tools.ledger.frontier.retry, self._lease, page.id, why, not_before=until)

    async def _settle(self, page: LeasedPage, state: str, why: str) -> None:
        await _in_thread(
            self._tools.ledger.frontier.settle, self._lease, page.id, state, why, now=self._tools.clock()
        )
        self._tools.checkpoint("page.settled")

    def _backoff_s(self, attempt: int) -> float:
        """Exponential with full jitter."""
        ceiling = min(FIRST_BACKOFF_S * 2 ** (attempt - 1), LONGEST_BACKOFF_S)
        return self._tools.random.uniform(ceiling / 2, ceiling)


async def _in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The ledger waits for disks and locks; the event loop must not."""
    return await asyncio.to_thread(function, *args, **kwargs)


def _validated(result: PageResult, fetched: Fetched) -> ReadPage:
    """The page's offers as one validated batch; rows that are none become rejects."""
    offers, bad = validate_offers(result.rows)
    unfit = [
        Reject(
            str(result.rows[b.index]["listing"].get("item_id", f"#{b.index}")),
            b.why,
            raw_text(result.rows[b.index]),
        )
        for b in bad
    ]
    rejects = [*result.rejects, *unfit]
    lost = [reject for reject in rejects if reject.kind is RejectKind.ITEM]
    return ReadPage(
        fetched=fetched,
        observations=[Observation(offer, fetched.at) for offer in offers],
        next_pages=result.next_pages,
        rejects=rejects,
        failed_because=f"nothing readable: {lost[0].reason}" if lost and not offers else None,
    )
