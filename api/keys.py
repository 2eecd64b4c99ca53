"""Who may change things: one admin key, compared in constant time, kept only as a digest.

Programs send ``Authorization: Bearer KEY``. Browsers sign in once and hold a short-lived, signed token in a cookie that
other sites cannot use (SameSite=Strict, and every change checks where it came from). Searching needs neither, and sets
no cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from fastapi import HTTPException, Request

COOKIE: Final = "bijia_admin"
SESSION: Final = timedelta(hours=12)

Clock = Callable[[], datetime]


class AdminKey:
    """The key, as far as it has to be known to check it."""

    def __init__(self, key: str, *, clock: Clock) -> None:
        self._digest = hashlib.sha256(key.encode()).digest()
        self._clock = clock

    @classmethod
    def generate(cls) -> str:
        """A new key, for when none is configured."""
        return secrets.token_urlsafe(24)

    def matches(self, key: str) -> bool:
        """Whether `key` is the key."""
        return hmac.compare_digest(hashlib.sha256(key.encode("utf-8", "replace")).digest(), self._digest)

    def session(self) -> str:
        """A token that stands for the key until it expires."""
        expires = str(int((self._clock() + SESSION).timestamp()))
        return f"{expires}.{self._sign(expires)}"

    def is_session(self, token: str) -> bool:
        """Whether `token` was given out for this key and has not expired."""
        expires, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), self._sign(expires).encode()):
            return False
        return expires.isdigit() and int(expires) > self._clock().timestamp()

    def _sign(self, text: str) -> str:
        return hmac.new(self._digest, text.encode("utf-8", "replace"), "sha256").hexdigest()


def require_admin(request: Request) -> None:
    """Dependency of every route that changes something.

    Raises:
        HTTPException: 401 without a key, 403 with a wrong one or from another site.
    """
    admin: AdminKey = request.app.state.services.admin
    header = request.headers.get("authorization", "")
    scheme, _, key = header.partition(" ")
    if header:
        if scheme.lower() != "bearer" or not admin.matches(key.strip()):
            raise HTTPException(403, "the key is wrong")
        return
    if not is_signed_in(request):
        raise HTTPException(401, "this needs the admin key")
    require_same_site(request)


def is_signed_in(request: Request) -> bool:
    """Whether the browser holds a valid session."""
    admin: AdminKey = request.app.state.services.admin
    return admin.is_session(request.cookies.get(COOKIE, ""))


def require_same_site(request: Request) -> None:
    """A change made by a browser must come from our own pages.

    Raises:
        HTTPException: 403 when the browser says otherwise, or does not say.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise HTTPException(403, "the request comes from another site")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise HTTPException(403, "the request comes from another site")
    if site is None and origin is None:
        raise HTTPException(403, "the browser does not say where the request comes from")
