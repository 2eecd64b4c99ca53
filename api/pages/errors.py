"""Errors as pages, for browsers on our page routes. Programs and ``/api`` get problem+json, as `api/problems.py` makes it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.headers import SECURITY
from api.pages.render import page, pages_of
from api.problems import RETRY_AFTER_S, kind_of
from catalog.errors import BijiaError, NotFound

log = logging.getLogger(__name__)

PROGRAMS: Final = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics")
"""Paths whose answers are for programs, whatever the client accepts."""

Handler = Callable[[Request, Any], Response | Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Answer browsers with pages; everything else goes on to the handlers that are there."""
    for kind in (BijiaError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _for_browsers(app.exception_handlers[kind]))


def _for_browsers(otherwise: Handler) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        answer = await run_in_threadpool(otherwise, request, error)
        return error_page(request, error) if is_browser(request) else answer  # type: ignore[return-value]

    return handler


def is_browser(request: Request) -> bool:
    """Whether a person will read the answer."""
    accepts_html = "text/html" in request.headers.get("accept", "")
    return accepts_html and not request.url.path.startswith(PROGRAMS)


def error_page(request: Request, error: Exception) -> Response:
    """The page for an error: what happened, in words, and where to go from here."""
    status, name = _told(error)
    texts = pages_of(request).texts
    known = name if texts.known("problems", f"{name}_title") else str(status)
    if not texts.known("problems", f"{known}_title"):
        known = "500" if status >= 500 else "400"
    answer = page(request, "error.html", status=status, cache="no-store", problem=known, code=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    if status == 500:  # made outside the middleware that adds these
        answer.headers.update({name.decode(): value.decode() for name, value in SECURITY})
    return answer


def _told(error: Exception) -> tuple[int, str]:
    """Status, and the name of the words for it."""
    if isinstance(error, NotFound):
        return 404, f"no-{error.kind}"
    if isinstance(error, BijiaError):
        return kind_of(error)
    if isinstance(error, RequestValidationError):
        return 422, "invalid-input"
    if isinstance(error, HTTPException):
        return error.status_code, str(error.status_code)
    return 500, "internal"
