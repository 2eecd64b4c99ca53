"""The reference of the crawl figure: the same pages through the same fetcher, and nothing done with them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.egress import EgressPolicy, guard_reactor
from crawlers.fetch_scrapy import ScrapyFetcher
from crawlers.frontier_spider import utc_now
from crawlers.registry import source_of
from crawlers.settings import CrawlSettings, scrapy_settings
from tests.bench.saved_site import SavedShop


@dataclass(slots=True)
class Errand:
    """What is fetched, and what came of it."""

    shop: SavedShop
    times: int
    """How often each page is fetched."""
    concurrency: int
    policy: EgressPolicy
    fetched: int = 0
    error: BaseException | None = None


class FetchOnlySpider(Spider):
    """Signs and fetches; yields nothing."""

    name = "fetch-only"

    def __init__(self, errand: Errand, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._errand = errand

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy keeps the engine open until this generator ends."""
        errand = self._errand
        waiting = deque(errand.shop.pages * errand.times)
        fetcher = ScrapyFetcher(lambda: self.crawler.engine, errand.policy)
        source = source_of(errand.shop.slug)

        async def work() -> None:
            while waiting:
                request = source.request(waiting.popleft(), errand.shop.access, utc_now())
                response = await fetcher.fetch(request)
                errand.fetched += response.status == 200

        try:
            await asyncio.gather(*(work() for _ in range(errand.concurrency)))
        except BaseException as error:  # noqa: BLE001 - the process boundary: kept, and raised by `fetch_all`
            errand.error = error
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request


def fetch_all(shop: SavedShop, times: int, concurrency: int) -> int:
    """How many pages were fetched, in this process; put together as `crawlers.frontier_spider.work`."""
    settings = CrawlSettings()
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    from twisted.internet import reactor

    errand = Errand(shop, times, concurrency, EgressPolicy.allowing(settings.allowed_addresses.split(",")))
    guard_reactor(reactor, errand.policy)
    process.crawl(FetchOnlySpider, errand=errand)
    process.start(install_signal_handlers=False)
    if errand.error is not None:
        raise errand.error
    return errand.fetched
