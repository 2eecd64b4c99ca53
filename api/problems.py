"""Errors as problem+json (RFC 9457): the project's error tree mapped to HTTP, once, with stable types."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from catalog.errors import (
    BijiaError,
    InvalidCursor,
    InvalidInput,
    InvalidSchedule,
    LedgerFull,
    LedgerUnavailable,
    NotFound,
    Replaced,
    SchemaOutdated,
    SearchUnavailable,
)

log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_S: Final = 2

KINDS: Final[Mapping[type[BijiaError], tuple[int, str]]] = {
    InvalidCursor: (400, "invalid-cursor"),
    InvalidSchedule: (422, "invalid-schedule"),
    NotFound: (404, "not-found"),
    Replaced: (409, "conflict"),
    LedgerFull: (503, "ledger-full"),
    LedgerUnavailable: (503, "ledger-unavailable"),
    SchemaOutdated: (503, "schema-outdated"),
    SearchUnavailable: (503, "search-unavailable"),
    InvalidInput: (422, "invalid-input"),
    BijiaError: (500, "internal"),
}
"""Error -> status and type, most specific first."""

STATUS_TYPES: Final[Mapping[int, str]] = {
    400: "bad-request", 401: "key-required", 403: "key-refused", 404: "not-found", 405: "method-not-allowed",
    409: "conflict", 411: "length-required", 413: "body-too-large", 415: "unsupported-media-type", 422: "invalid-input",
    429: "too-many-requests", 500: "internal", 503: "unavailable",
}  # fmt: skip


METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


def problem(status: int, kind: str, detail: str, **more: Any) -> Response:
    """A problem+json answer. `kind` is stable: programs may depend on it."""
    body = {
        "type": f"urn:bijia:problem:{kind}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="bijia"'
    return Response(orjson.dumps(body), status, headers, MEDIA_TYPE)


def kind_of(error: BijiaError) -> tuple[int, str]:
    """Status and type of an error."""
    for kind, found in KINDS.items():
        if isinstance(error, kind):
            return found
    return 500, "internal"


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""

    @app.exception_handler(BijiaError)
    def ours(_request: Request, error: BijiaError) -> Response:
        status, kind = kind_of(error)
        if status >= 500:
            log.warning("%s: %s", kind, error)
        return problem(status, kind, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> Response:
        fields = [
            {"where": [str(part) for part in one["loc"]], "what": one["msg"]} for one in error.errors()[:20]
        ]
        return problem(422, "invalid-input", "the request is not valid", errors=fields)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        kind = STATUS_TYPES.get(error.status_code, "http-error")
        answer = problem(error.status_code, kind, str(error.detail))
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = ", ".join(sorted(_methods_of(request)))
        return answer

    @app.exception_handler(Exception)
    def unexpected(_request: Request, error: Exception) -> Response:
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        return problem(500, "internal", "an unexpected error; it has been logged")


def _methods_of(request: Request) -> set[str]:
    """Every method that the address can be asked with; the router itself names those of the first route only."""
    return {
        method
        for method in METHODS
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
