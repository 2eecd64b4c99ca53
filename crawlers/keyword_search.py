"""A source that is searched by keyword in numbered pages: what the gateways share.

A marketplace file gives the parts that differ; this is the rest of the `Source` port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from catalog.errors import Action
from catalog.listing import Marketplace
from crawlers.extract.decode import fault
from crawlers.http import HttpRequest
from crawlers.offer_map import OfferMap
from crawlers.source import Access, Answer, PageResult
from ledger.frontier import PageRequest

MOST_PAGES: Final = 200
"""Of one keyword: gateways stop earlier (JD answers 202); this ends one that never does."""


@dataclass(frozen=True, slots=True)
class Call:
    """One page of one keyword, asked for now."""

    keyword: str
    page: int
    access: Access
    now: datetime
    carried: Mapping[str, str]
    """What the page before handed on."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What an answer holds, before it is believed."""

    items: Any
    total: Any
    carry: Mapping[str, str] = field(default_factory=dict)
    """For the next page's call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordSearch:
    """A `Source` made of a field map, a way to ask and a way to open the answer."""

    marketplace: Marketplace
    default_base_url: str
    credential_names: tuple[str, ...]
    page_size: int
    offers: OfferMap
    call: Callable[[Call], HttpRequest]
    open: Callable[[bytes], Hits]
    """Raises `SourceError` for anything that is not an answer."""

    def first_pages(self, keywords: Sequence[str]) -> list[PageRequest]:
        """The first page of each keyword."""
        return [PageRequest("search", {"keyword": keyword, "page": "1"}) for keyword in keywords]

    def request(self, page: PageRequest, access: Access, now: datetime) -> HttpRequest:
        """The signed request for a page."""
        carried = {k: v for k, v in page.params.items() if k not in {"keyword", "page"}}
        return self.call(Call(page.params["keyword"], int(page.params["page"]), access, now, carried))

    def read(self, page: PageRequest, answer: Answer, access: Access) -> PageResult:  # noqa: ARG002
        """The offers of a page, and the page after it.

        Raises:
            SourceError: the answer cannot be used.
        """
        hits = self.open(answer.body)
        items, total = _believed(hits, is_first=page.params["page"] == "1")
        rows, rejects = self.offers.read(items, self.marketplace)
        return PageResult(rows, self._next(page, hits, len(items), total), rejects)

    def when_gone(self, page: PageRequest) -> Sequence[PageRequest]:  # noqa: ARG002
        """Nowhere: a search has no other place."""
        return ()

    def _next(self, page: PageRequest, hits: Hits, found: int, total: int) -> list[PageRequest]:
        number = int(page.params["page"])
        if found == 0 or number * self.page_size >= total or number >= MOST_PAGES:
            return []
        return [PageRequest(page.kind, {**page.params, **hits.carry, "page": str(number + 1)})]


def _believed(hits: Hits, *, is_first: bool) -> tuple[list[Any], int]:
    """The items and total of an answer that keeps its promises.

    A first page that counts hits and shows none, or has neither count nor list, is a changed layout or a disguised
    refusal: never "no such goods" (design rule 3).
    """
    total = hits.total
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        raise fault("layout_changed", f"no count of hits: {total!r}", Action.BACKOFF)
    if total and not isinstance(hits.items, list):
        raise fault("layout_changed", "hits are counted but not listed", Action.BACKOFF)
    items = hits.items if isinstance(hits.items, list) else []
    if total and not items and is_first:
        raise fault("layout_changed", f"{total} hits are counted, none is shown", Action.BACKOFF)
    return items, total
