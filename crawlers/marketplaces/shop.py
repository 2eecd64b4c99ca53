"""An ordinary web shop: robots.txt, sitemap, pages with schema.org JSON-LD. No keyword: the whole shop is walked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from catalog.errors import Action
from catalog.listing import Marketplace, SourceKind
from crawlers.extract.decode import decode_html, fault
from crawlers.extract.gate import is_gate
from crawlers.extract.structured import json_ld_nodes
from crawlers.generic.schema_org import Page, read_products
from crawlers.generic.sitemap import parse_sitemap, sitemaps_of_robots
from crawlers.http import HttpRequest
from crawlers.source import Access, Answer, PageResult
from ledger.frontier import PageRequest, Reject, RejectKind


class Shop:
    """The source; stateless. Pages are ``robots`` -> ``sitemap`` -> ``page``."""

    marketplace: Final = Marketplace("shop", "独立商店", "CNY", "zh-CN", SourceKind.WEB, needs_keywords=False)
    default_base_url: Final = ""
    credential_names: Final = ()

    def first_pages(self, keywords: Sequence[str]) -> list[PageRequest]:  # noqa: ARG002
        """The shop's robots.txt, which names its sitemaps."""
        return [PageRequest("robots", {"path": "/robots.txt"})]

    def request(self, page: PageRequest, access: Access, now: datetime) -> HttpRequest:  # noqa: ARG002
        """A plain GET on the shop's own origin."""
        accept = "text/html,application/xhtml+xml" if page.kind == "page" else "*/*"
        return HttpRequest("GET", urljoin(access.base_url, page.params["path"]), {"Accept": accept})

    def read(self, page: PageRequest, answer: Answer, access: Access) -> PageResult:
        """What a page of each kind leads to or offers.

        Raises:
            SourceError: it is not what it should be; a page about no goods is ``no_product``, one whose data is broken
                ``unreadable_data``, one that asks who we are ``login_page``.
        """
        if page.kind == "robots":
            found = sitemaps_of_robots(answer.body.decode("utf-8", "replace"))
            return _follow("sitemap", found or ("/sitemap.xml",), access)
        if page.kind == "sitemap":
            sitemap = parse_sitemap(answer.body)
            if sitemap.sitemaps:
                return _follow("sitemap", sitemap.sitemaps, access)
            return _follow("page", sitemap.pages, access)
        return self._read_page(answer)

    def when_gone(self, page: PageRequest) -> Sequence[PageRequest]:
        """A shop without robots.txt may have its sitemap in the usual place."""
        return [PageRequest("sitemap", {"path": "/sitemap.xml"})] if page.kind == "robots" else []

    def _read_page(self, answer: Answer) -> PageResult:
        document = decode_html(answer.body, answer.content_type)
        nodes, problems = json_ld_nodes(document)
        found = read_products(nodes, Page(answer.url, self.marketplace))
        if found is None and problems and not nodes:
            raise fault("unreadable_data", "; ".join(problems), Action.BACKOFF)
        if found is None and not nodes and is_gate(document):
            raise fault("login_page", "a form to sign in or to prove being human", Action.BACKOFF)
        if found is None:
            raise fault("no_product", "no schema.org product", Action.DROP_REQUEST)
        rows, rejects = found
        defects = [Reject("", problem, "", RejectKind.FIELD) for problem in problems]
        return PageResult(rows, rejects=[*rejects, *defects])


def _follow(kind: str, addresses: Iterable[str], access: Access) -> PageResult:
    """Pages of the shop's own origin; what lies elsewhere is recorded, not fetched."""
    base = urlsplit(access.base_url)
    pages: list[PageRequest] = []
    elsewhere: list[Reject] = []
    for address in addresses:
        try:
            parts = urlsplit(urljoin(access.base_url, address))
        except ValueError:
            elsewhere.append(Reject("", "not an address", address, RejectKind.FIELD))
            continue
        if (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
            elsewhere.append(Reject("", "another origin", address, RejectKind.FIELD))
            continue
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        pages.append(PageRequest(kind, {"path": path or "/"}))
    return PageResult(next_pages=pages, rejects=elsewhere)


SOURCE: Final = Shop()
