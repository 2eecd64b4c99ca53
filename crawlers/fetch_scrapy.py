"""The `Fetcher` adapter on Scrapy's downloader: connections, TLS, timeouts and size limits are Scrapy's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.web.client import ResponseFailed

from crawlers.egress import EgressPolicy
from crawlers.http import FetchError, FetchFault, HttpRequest, HttpResponse

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

_FAULTS: Final[Mapping[type[Exception], FetchFault]] = {
    DownloadTimeoutError: FetchFault.TIMEOUT,
    DownloadConnectionRefusedError: FetchFault.REFUSED,
    CannotResolveHostError: FetchFault.NAME,
    ResponseDataLossError: FetchFault.CUT,
    DownloadCancelledError: FetchFault.TOO_LARGE,
    UnsupportedURLSchemeError: FetchFault.FORBIDDEN,
    DownloadFailedError: FetchFault.CONNECTION,
    ResponseFailed: FetchFault.CUT,
}


class ScrapyFetcher:
    """Sends requests through a running Scrapy engine, inside its egress policy."""

    def __init__(self, engine: Callable[[], ExecutionEngine], policy: EgressPolicy) -> None:
        self._engine = engine
        self._policy = policy

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        """The answer to `request`, body still compressed.

        Raises:
            FetchError: none came within the limits.
        """
        self._policy.check_url(request.url)
        outgoing = Request(
            request.url,
            method=request.method,
            headers={"Accept-Encoding": "gzip", **request.headers},
            body=request.body,
            dont_filter=True,
        )
        try:
            response = await self._engine().download_async(outgoing)
        except tuple(_FAULTS) as error:
            raise _fetch_error(error) from error
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return HttpResponse(response.url, response.status, headers, response.body)


def _fetch_error(error: Exception) -> FetchError:
    """The project's own fault; a refusal of the egress guard is found however deep it was wrapped."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, FetchError):
            return inner
        inner = inner.__cause__ or inner.__context__
    for kind, fault in _FAULTS.items():
        if isinstance(error, kind):
            return FetchError(fault, str(error)[:200])
    return FetchError(FetchFault.CONNECTION, str(error)[:200])
