"""Headers on every answer: a page runs only what we serve, is framed by nobody, and tells nobody where a click came from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any, Final

from api.problems import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)


_PROBLEM: Final = problem(413, "body-too-large", "the request is larger than this service reads")
TOO_LARGE: Final = bytes(_PROBLEM.body)
TOO_LARGE_HEADERS: Final = tuple(_PROBLEM.raw_headers)


class SecurityHeaders:
    """Adds the headers to whatever the app answers."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass through, adding the headers to the start of the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        too_large = False

        async def with_headers(message: Message) -> None:
            nonlocal too_large
            if message["type"] == "http.response.start":
                # The framework's body limit answers before any error handler can: plain text becomes a problem here.
                too_large = message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                headers = list(TOO_LARGE_HEADERS) if too_large else message.get("headers", [])
                message["headers"] = [*headers, *SECURITY]
            elif too_large and message["type"] == "http.response.body":
                message = {**message, "body": TOO_LARGE, "more_body": False}
            await send(message)

        await self._app(scope, receive, with_headers)
