"""Scrapy's part of a crawl: one spider that holds the engine open while `crawlers.crawl` works through it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from catalog.errors import BijiaError
from crawlers.crawl import Crawl, Tools
from crawlers.egress import EgressPolicy, guard_reactor
from crawlers.fetch_scrapy import ScrapyFetcher
from crawlers.politeness import Pace, Politeness
from crawlers.settings import CrawlSettings, scrapy_settings
from crawlers.source import Access, Source
from ledger.ledger import Ledger
from ledger.runs import RunLease, RunState

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine


@dataclass(slots=True)
class Job:
    """What one process works on, and how it went."""

    ledger: Ledger
    lease: RunLease
    source: Source
    access: Access
    pace: Pace
    settings: CrawlSettings
    checkpoint: Callable[[str], None]
    state: RunState | None = None
    error: BaseException | None = None


class FrontierSpider(Spider):
    """Yields no request and no item: pages come from the ledger and offers go there (DECISIONS 14)."""

    name = "frontier"

    def __init__(self, job: Job, policy: EgressPolicy, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._job = job
        self._policy = policy

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy keeps the engine open until this generator ends."""
        try:
            self._job.state = await Crawl(self._tools(), self._job.lease).run()
        except BaseException as error:  # noqa: BLE001 - the process boundary: kept, and raised by `work`
            self._job.error = error
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request

    def _tools(self) -> Tools:
        job = self._job
        return Tools(
            ledger=job.ledger,
            source=job.source,
            access=job.access,
            fetcher=ScrapyFetcher(self._engine, self._policy),
            politeness=Politeness(job.pace, user_agent=job.settings.user_agent, clock=utc_now),
            clock=utc_now,
            random=random.Random(),  # noqa: S311 - jitter
            checkpoint=job.checkpoint,
        )

    def _engine(self) -> ExecutionEngine:
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("the engine is gone")
        return engine


def work(job: Job) -> RunState:
    """Crawl a leased run to its end in this process; the run's final state.

    Raises:
        BijiaError: the lease was lost, or the ledger cannot be written.
    """
    process = AsyncCrawlerProcess(scrapy_settings(job.settings))
    from twisted.internet import reactor

    policy = EgressPolicy.allowing(job.settings.allowed_addresses.split(","))
    guard_reactor(reactor, policy)
    process.crawl(FrontierSpider, job=job, policy=policy)
    process.start(install_signal_handlers=False)  # the worker ends crawls; Ctrl-C reaches it, not us
    if job.error is not None:
        raise job.error
    if job.state is None:
        raise BijiaError("the crawl ended without a result")
    return job.state


def utc_now() -> datetime:
    """The one clock of the crawl process."""
    return datetime.now(UTC)
