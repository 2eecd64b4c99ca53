"""Run as a program: fetch each URL of a JSON list on stdin with the real Scrapy fetcher; print what came of each."""

from __future__ import annotations

import json
import sys
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.egress import EgressPolicy, guard_reactor
from crawlers.fetch_scrapy import ScrapyFetcher
from crawlers.http import FetchError, HttpRequest
from crawlers.settings import CrawlSettings, scrapy_settings


class FetchSpider(Spider):
    name = "fetch"

    def __init__(self, urls: list[str], policy: EgressPolicy, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.policy = policy
        self.results: list[dict[str, Any]] = []

    async def start(self):
        fetcher = ScrapyFetcher(lambda: self.crawler.engine, self.policy)
        for url in self.urls:
            try:
                response = await fetcher.fetch(HttpRequest("GET", url))
            except FetchError as error:
                self.results.append({"url": url, "fault": error.fault})
            except Exception as error:  # noqa: BLE001 - a bug the test must see
                self.results.append({"url": url, "fault": f"BUG {type(error).__name__}: {error}"})
            else:
                self.results.append(
                    {
                        "url": url,
                        "status": response.status,
                        "bytes": len(response.body),
                        "headers": dict(response.headers),
                    }
                )
        json.dump(self.results, sys.stdout)
        sys.stdout.flush()
        for nothing in ():
            yield nothing


def main() -> None:
    task = json.load(sys.stdin)
    process = AsyncCrawlerProcess(scrapy_settings(CrawlSettings()) | task.get("settings", {}))
    from twisted.internet import reactor

    policy = EgressPolicy.allowing(task["allowed"])
    if task.get("guard", True):
        guard_reactor(reactor, policy)
    process.crawl(FetchSpider, urls=task["urls"], policy=policy)
    process.start()


if __name__ == "__main__":
    main()
