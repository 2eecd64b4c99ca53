"""Settings of a crawl, and the hard limits, in one place; a test asserts that each of them is on in Scrapy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from catalog.errors import ConfigurationError
from catalog.listing import SourceKind
from crawlers.extract.decode import MAX_BODY
from crawlers.politeness import Pace
from crawlers.source import Access, Source
from ledger.settings import LedgerSettings

TIMEOUT_S: Final = 30
"""Total time of one answer, connection to last byte: a byte a second does not hold a crawl."""

DNS_TIMEOUT_S: Final = 10

DEFAULT_RATE: Final[Mapping[SourceKind, tuple[float, int]]] = {
    SourceKind.API: (10.0, 4),  # gateways publish 10–30 calls/s per application
    SourceKind.WEB: (1.0, 1),  # what Scrapy's own project template holds polite
}
"""Requests per second and concurrent requests, per host, unless set."""


class CrawlSettings(LedgerSettings):
    """Settings of the crawl process; those of one marketplace carry its slug (``BIJIA_TAOBAO_APP_KEY``)."""

    model_config = SettingsConfigDict(
        env_prefix="BIJIA_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    contact: str = Field(
        default="", description="address or mail where shops reach the operator; sent in the User-Agent"
    )
    allowed_addresses: str = Field(
        default="",
        description="ip:port addresses outside the public internet that may be crawled, comma-separated",
    )
    die_at: str = Field(
        default="",
        description="tests only: name:n kills the crawl process at the n-th arrival at a fault point; of several, "
        "separated by commas, the k-th claim of a run dies at the k-th",
    )

    @property
    def user_agent(self) -> str:
        """Says who asks and how to reach them."""
        return f"bijia/0.1 ({self.contact or 'price comparison; contact not set'})"


def marketplace_settings(slug: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What is set for one marketplace, in lower case without the prefix."""
    prefix = f"BIJIA_{slug.upper()}_"
    return {
        name.removeprefix(prefix).lower(): value.strip()
        for name, value in environment.items()
        if name.startswith(prefix) and value.strip()
    }


def access_to(source: Source, environment: Mapping[str, str]) -> Access:
    """Address and credentials of a marketplace.

    Raises:
        ConfigurationError: names the first setting that is missing.
    """
    slug = source.marketplace.slug
    found = marketplace_settings(slug, environment)
    base_url = found.get("base_url", source.default_base_url)
    if not base_url:
        raise ConfigurationError(f"BIJIA_{slug.upper()}_BASE_URL", "not set")
    for name in source.credential_names:
        if name not in found:
            raise ConfigurationError(f"BIJIA_{slug.upper()}_{name.upper()}", "not set")
    credentials = {name: found[name] for name in source.credential_names}
    return Access(base_url, credentials, _behind_s(slug, found.get("behind_s", "0")))


def _behind_s(slug: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise ConfigurationError(f"BIJIA_{slug.upper()}_BEHIND_S", "not a number of seconds")
    return int(text)


def pace_of(source: Source, environment: Mapping[str, str]) -> Pace:
    """How fast a marketplace is asked at most.

    Raises:
        ConfigurationError: a rate that is no positive number.
    """
    slug = source.marketplace.slug
    found = marketplace_settings(slug, environment)
    rate, concurrency = DEFAULT_RATE[source.marketplace.kind]
    try:
        rate = float(found.get("requests_per_second", rate))
        concurrency = int(found.get("concurrent_requests", concurrency))
    except ValueError as error:
        raise ConfigurationError(f"BIJIA_{slug.upper()}_REQUESTS_PER_SECOND", str(error)) from error
    if not (0 < rate <= 10_000 and 0 < concurrency <= 64):
        raise ConfigurationError(f"BIJIA_{slug.upper()}_REQUESTS_PER_SECOND", "out of range")
    return Pace(gap_s=1 / rate, concurrency=concurrency)


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Scrapy as a downloader and nothing else: every open door of its defaults is shut here."""
    return {
        "USER_AGENT": settings.user_agent,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        # Doors: 2.19 opens a telnet console and a remote-control port that executes Python by default.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("file", "data", "ftp", "s3")),
        # Limits.
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": TIMEOUT_S,
        "DNS_TIMEOUT": DNS_TIMEOUT_S,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        # Pace, redirects, retries, robots, cookies and decompression are decided in crawl.py and politeness.py, where
        # every page ends in exactly one state; Scrapy's own would drop or repeat pages in silence (DECISIONS 14).
        # Emptied rather than switched off: what is not loaded cannot be left open, and costs no start-up time.
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
        "DOWNLOAD_DELAY": 0,
        "EXTENSIONS_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        },
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "%(asctime)s %(levelname)s %(name)s %(message)s",
    }
