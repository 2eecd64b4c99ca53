"""Requests and answers as plain values, and the `Fetcher` port through which all of them pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import urljoin, urlsplit

from catalog.errors import BijiaError

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request. Header names in any case; the body is sent as it is."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def host(self) -> str:
        """``host:port`` in lower case, the port always written: what politeness is kept for."""
        return origin_host(self.url)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """One answer as it came: the body still encoded as the headers say. Header names are lower-case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class FetchFault(StrEnum):
    """Why no answer came."""

    TIMEOUT = "timeout"
    REFUSED = "connection_refused"
    CONNECTION = "connection_failed"
    NAME = "name_not_resolved"
    CUT = "answer_cut_short"
    TOO_LARGE = "answer_too_large"
    FORBIDDEN = "address_forbidden"
    REDIRECT_LOOP = "redirect_loop"
    OFF_SITE = "redirect_off_site"


class FetchError(BijiaError):
    """No answer came; `fault` says why."""

    def __init__(self, fault: FetchFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


class Fetcher(Protocol):
    """Sends one request and returns its answer, whatever its status; follows no redirect, keeps no cookie."""

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        """The answer to `request`.

        Raises:
            FetchError: none came within the limits.
        """
        ...


def redirect_target(response: HttpResponse) -> str | None:
    """Where an answer sends its reader, as an absolute address; None when it sends nowhere."""
    location = response.headers.get("location", "").strip()
    if response.status not in REDIRECTS or not location:
        return None
    return urljoin(response.url, location)


async def follow_redirects(
    fetcher: Fetcher, request: HttpRequest, check: Callable[[str], None] = lambda _url: None
) -> HttpResponse:
    """The answer at the end of at most `MOST_REDIRECTS` redirects of a GET.

    `check` sees every address before it is asked and may raise. A redirect to the page itself, which HTTP clients drop
    without a word, is one of the counted hops here.

    Raises:
        FetchError: no answer came, or ``redirect_loop``.
    """
    for _ in range(MOST_REDIRECTS + 1):
        response = await fetcher.fetch(request)
        target = redirect_target(response)
        if target is None:
            return response
        check(target)
        request = HttpRequest("GET", target, request.headers)
    raise FetchError(FetchFault.REDIRECT_LOOP, request.url[:200])


def origin_host(url: str) -> str:
    """``host:port`` of an address, in lower case.

    Raises:
        ValueError: no host, or a port that is no number.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"no host in {url!r}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{port}"
