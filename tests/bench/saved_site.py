"""Pages of a practice world, walked once and kept as the bytes that go over the wire."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from catalog.codec import validate_offers
from catalog.errors import SourceError
from crawlers.extract.decode import decompress
from crawlers.http import HttpRequest, HttpResponse
from crawlers.registry import source_of
from crawlers.source import Access, Answer, Source
from ledger.frontier import PageRequest
from marketplaces.app import open_shops
from marketplaces.settings import SHOPS, Settings
from tests.bench.worlds import Size, world_of
from tests.support.fetchers import AsgiFetcher
from tests.support.practice import NOW

_VOLATILE = (b"sign=", b"timestamp=")
"""Parameters that differ between two requests for the same page."""


@dataclass(frozen=True, slots=True)
class SavedShop:
    """One marketplace of a saved site."""

    slug: str
    access: Access
    keywords: tuple[str, ...]
    pages: tuple[PageRequest, ...]
    """In the order a crawl comes to them."""
    listings: int
    """Offers on those pages."""


@dataclass(frozen=True, slots=True)
class SavedSite:
    """A world's four marketplaces at one origin: their paths do not meet."""

    shops: tuple[SavedShop, ...]
    answers: Mapping[bytes, bytes] = field(repr=False)
    """Request key -> the whole answer, head and body."""


def saved_site(size: Size, origin: str) -> SavedSite:
    """Every page that a crawl of the world would fetch from `origin`."""
    world = world_of(size)
    origins = dict.fromkeys(("control", *SHOPS), origin)
    practice = open_shops(world, Settings(now=NOW, speed=0.0), origins=origins)
    answers: dict[bytes, bytes] = {}
    shops = []
    for slug, told in practice.greeting()["shops"].items():
        access = Access(told["base_url"], told["credentials"])
        fetcher = AsgiFetcher({urlsplit(origin).netloc: practice.apps[slug]})
        keywords = () if slug == "shop" else world.keywords
        shop, found = asyncio.run(_walked(slug, access, keywords, fetcher))
        shops.append(shop)
        answers |= found
    return SavedSite(tuple(shops), answers)


def request_key(method: bytes, target: bytes, body: bytes) -> bytes:
    """The same for every request for the same page, whenever it was signed."""
    kept = b"&".join(part for part in body.split(b"&") if not part.startswith(_VOLATILE))
    return b" ".join((method, target, kept))


async def _walked(
    slug: str, access: Access, keywords: tuple[str, ...], fetcher: AsgiFetcher
) -> tuple[SavedShop, dict[bytes, bytes]]:
    source = source_of(slug)
    waiting = deque(source.first_pages(keywords))
    known = {page.fingerprint for page in waiting}
    pages: list[PageRequest] = []
    answers: dict[bytes, bytes] = {}
    listings = 0
    while waiting:
        page = waiting.popleft()
        pages.append(page)
        request = source.request(page, access, datetime.now(UTC))
        response = await fetcher.fetch(request)
        answers[_key_of(request)] = _on_the_wire(response)
        count, following = _read(source, page, response, access)
        listings += count
        new = {one.fingerprint: one for one in following if one.fingerprint not in known}
        known |= new.keys()
        waiting.extend(new.values())
    return SavedShop(slug, access, keywords, tuple(pages), listings), answers


def _read(
    source: Source, page: PageRequest, response: HttpResponse, access: Access
) -> tuple[int, list[PageRequest]]:
    """How many offers a page holds, and where it leads."""
    body = decompress(response.body, response.headers.get("content-encoding", ""))
    try:
        result = source.read(
            page, Answer(response.url, response.headers.get("content-type", ""), body), access
        )
    except SourceError:  # a page about no goods
        return 0, []
    return len(validate_offers(result.rows)[0]), list(result.next_pages)


def _key_of(request: HttpRequest) -> bytes:
    parts = urlsplit(request.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return request_key(request.method.encode(), target.encode(), request.body)


def _on_the_wire(response: HttpResponse) -> bytes:
    kept = ("content-type", "content-encoding")
    head = [f"HTTP/1.1 {response.status} Saved", f"Content-Length: {len(response.body)}"]
    head += [f"{name}: {response.headers[name]}" for name in kept if name in response.headers]
    return "\r\n".join((*head, "", "")).encode() + response.body
