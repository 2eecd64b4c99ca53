"""An ordinary web shop: robots.txt, gzipped sitemaps, product pages with schema.org data, conditional requests.

Pages under /cart, /search and /private/ are linked and forbidden by robots.txt: whoever asks for them shows in the log.
"""

from __future__ import annotations

import gzip
from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime
from typing import TYPE_CHECKING

from marketplaces.shops.ports import Call, Fields, Refusal
from marketplaces.shops.shop_changes import Changes
from marketplaces.shops.shop_pages import (
    PER_LIST,
    home_page,
    list_page,
    plain_page,
    product_page,
)
from marketplaces.wire import Answer
from marketplaces.world.dice import hash_of
from marketplaces.world.seasons import CHINA, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marketplaces.clocks import WorldClock
    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Request
    from marketplaces.world.build import World
    from marketplaces.world.storefront import Page

_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"
_PER_SITEMAP = 100
_ROBOTS = """User-agent: *
Disallow: /cart
Disallow: /search
Disallow: /private/
{delay}
Sitemap: {origin}/sitemap.xml
"""
_FORBIDDEN = ("/cart", "/search", "/private/")


class WebShop:
    """The shop; every address it prints is on the host it was asked on."""

    name = "shop"
    fields = Fields(
        asked="price",
        money=frozenset(("price", "lowPrice", "highPrice", "value")),
        renamed={},
    )

    def __init__(self, world: World, clock: WorldClock) -> None:
        self._pages = world.pages
        self._clock = clock
        self._by_path = {page.path: page for page in world.pages}
        self._categories = tuple(dict.fromkeys(page.category for page in world.pages))
        self._changes = Changes()

    # ── the port ───────────────────────────────────────────────────────────────────────────────────
    def describe(self, request: Request) -> Call:
        """See `Shop`; the method is the kind of page."""
        path = request.path
        kind = {"/": "home", "/robots.txt": "robots", "/sitemap.xml": "sitemap"}.get(path, "other")
        for prefix, name in (
            ("/p/", "product"),
            ("/c/", "list"),
            ("/sitemaps/", "sitemap"),
            ("/private/", "private"),
        ):
            kind = name if path.startswith(prefix) else kind
        number = path.rpartition("/")[2]
        page = int(number) if kind == "list" and number.isdigit() and path.count("/") == 3 else None
        return Call(path, kind, "", page, request.headers.get("user-agent", ""))

    def answer(self, request: Request, call: Call, tampering: Tampering) -> Answer:
        """See `Shop`."""
        origin = f"http://{request.headers.get('host', 'shop.practice.example')}"
        page = self._by_path.get(call.path)
        if page is not None:
            return self._conditional(request, self._product(page, origin, tampering), self._changed_at(page))
        if call.path == "/robots.txt":
            return Answer(_robots(origin, tampering).encode())
        if call.api == "sitemap":
            return self._sitemap(call.path, origin)
        return self._other(call)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """Too many requests, whatever the limit; the wait is in the header."""
        del call
        return Answer("请求过于频繁\n".encode(), status=429, headers=(("retry-after", str(refusal.wait_s)),))

    # ── product pages ──────────────────────────────────────────────────────────────────────────────
    def _product(self, page: Page, origin: str, tampering: Tampering) -> Answer:
        related = [other for other in self._pages if other.category == page.category and other is not page][
            :6
        ]
        body = product_page(page, self._clock.moment(), origin, related, tampering)
        if "lying_charset" in tampering:
            return Answer(body.encode("gb18030"), _HTML)
        declared = f"; charset={page.charset}" if page.charset == "utf-8" or page.style & 1 else ""
        return Answer(body.encode(page.charset), f"text/html{declared}")

    def _changed_at(self, page: Page) -> float:
        return start_of(self._changes.last(page, self._clock.moment().hour)).timestamp()

    @staticmethod
    def _conditional(request: Request, answer: Answer, changed_at: float) -> Answer:
        """304 when the client's copy is still right, by ETag or, without one, by date."""
        etag = f'"{hash_of(answer.body.hex()):016x}"'
        headers = (("etag", etag), ("last-modified", formatdate(changed_at, usegmt=True)))
        known, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        fresh = etag in known if known is not None else since is not None and _at(since) >= changed_at
        if fresh:
            return Answer(b"", answer.content_type, 304, headers)
        return Answer(answer.body, answer.content_type, answer.status, headers)

    # ── robots and sitemaps ────────────────────────────────────────────────────────────────────────
    def _sitemap(self, path: str, origin: str) -> Answer:
        if path == "/sitemap.xml":
            return Answer(self._index(origin).encode(), _XML)
        if path == "/sitemaps/pages.xml":
            places = ["/", *(f"/c/{number}" for number in range(1, len(self._categories) + 1))]
            return Answer(_urlset((origin + place, "") for place in places).encode(), _XML)
        for number, pages in enumerate(self._parts(), start=1):
            if path == f"/sitemaps/products-{number}.xml.gz":
                rows = ((origin + page.path, _iso(self._changed_at(page))) for page in pages)
                return Answer(gzip.compress(_urlset(rows).encode(), mtime=0), "application/gzip")
        return _not_found()

    def _parts(self) -> list[tuple[Page, ...]]:
        return [self._pages[i : i + _PER_SITEMAP] for i in range(0, len(self._pages), _PER_SITEMAP)]

    def _index(self, origin: str) -> str:
        rows = [f"<sitemap><loc>{origin}/sitemaps/pages.xml</loc></sitemap>"]
        for number, pages in enumerate(self._parts(), start=1):
            newest = _iso(max(self._changed_at(page) for page in pages))
            rows.append(
                f"<sitemap><loc>{origin}/sitemaps/products-{number}.xml.gz</loc><lastmod>{newest}</lastmod></sitemap>"
            )
        return _document("sitemapindex", "".join(rows))

    # ── everything else ────────────────────────────────────────────────────────────────────────────
    def _other(self, call: Call) -> Answer:
        if call.path == "/":
            return Answer(home_page(self._categories, self._pages).encode(), _HTML)
        if call.api == "list":
            return self._list(call)
        if call.path.startswith(_FORBIDDEN):
            return Answer(plain_page("会员专区" if call.api == "private" else "购物车").encode(), _HTML)
        return _not_found()

    def _list(self, call: Call) -> Answer:
        place = call.path.split("/")[2]
        if not place.isdigit() or not 1 <= int(place) <= len(self._categories):
            return _not_found()
        category = self._categories[int(place) - 1]
        pages = [page for page in self._pages if page.category == category]
        number = call.page or 1
        shown = pages[(number - 1) * PER_LIST : number * PER_LIST]
        if not shown:
            return _not_found()
        is_last = number * PER_LIST >= len(pages)
        return Answer(
            list_page(category, int(place), number, shown, self._clock.moment(), is_last=is_last).encode(),
            _HTML,
        )


def _robots(origin: str, tampering: Tampering) -> str:
    seconds = tampering.parameter("crawl_delay", "seconds")
    return _ROBOTS.format(origin=origin, delay="" if seconds is None else f"Crawl-delay: {seconds}")


def _at(http_date: str) -> float:
    try:
        return parsedate_to_datetime(http_date).timestamp()
    except ValueError:
        return 0.0


def _iso(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, CHINA).isoformat()


def _document(root: str, rows: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'


def _urlset(rows: Iterable[tuple[str, str]]) -> str:
    return _document(
        "urlset",
        "".join(
            f"<url><loc>{place}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
            for place, changed in rows
        ),
    )


def _not_found() -> Answer:
    return Answer(plain_page("页面不存在").encode(), _HTML, 404)
