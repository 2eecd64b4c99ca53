"""What a marketplace file is: the `Source` port, and what it is given and gives back.

A source is pure: it never fetches, waits or stores. It says what to request and what an answer means. Everything else
(leasing, politeness, retries, validation, storing) is shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from catalog.listing import Marketplace
from crawlers.http import HttpRequest
from ledger.frontier import PageRequest, Reject


@dataclass(frozen=True, slots=True)
class Access:
    """Where a marketplace is and who we are there: all that differs between a real one and a practice one."""

    base_url: str
    credentials: Mapping[str, str]
    behind_s: int = 0
    """How many seconds ago the state is that this address shows: an archive, or a practice world set back. What is seen
    there is dated so."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page's answer, decompressed and whole."""

    url: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class PageResult:
    """What an answer means."""

    rows: Sequence[Mapping[str, Any]] = ()
    """Offers as nested mappings for `catalog.codec.validate_offers`."""
    next_pages: Sequence[PageRequest] = ()
    rejects: Sequence[Reject] = ()


class Source(Protocol):
    """One marketplace."""

    @property
    def marketplace(self) -> Marketplace:
        """Its name, currency and kind."""
        ...

    @property
    def default_base_url(self) -> str:
        """The real address; empty when every installation has its own."""
        ...

    @property
    def credential_names(self) -> tuple[str, ...]:
        """What the operator must set, in the marketplace's own words (``app_key`` …)."""
        ...

    def first_pages(self, keywords: Sequence[str]) -> list[PageRequest]:
        """Where a run begins."""
        ...

    def request(self, page: PageRequest, access: Access, now: datetime) -> HttpRequest:
        """The request for a page, signed for the moment `now`."""
        ...

    def read(self, page: PageRequest, answer: Answer, access: Access) -> PageResult:
        """What the answer to a page means. Pure, and never raises anything else whatever the bytes are.

        Raises:
            SourceError: the page cannot be used; carries the action to take.
        """
        ...

    def when_gone(self, page: PageRequest) -> Sequence[PageRequest]:
        """Where to go on when a page does not exist (404, 410)."""
        ...
