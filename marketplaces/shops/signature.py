"""The gateways' signatures, from the published formulas (vectors in the tests). Server side only."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _joined(parameters: Mapping[str, str]) -> str:
    """Keys in byte order, each with its value, nothing in between; `sign` itself left out."""
    keys = sorted((key for key in parameters if key != "sign"), key=str.encode)
    return "".join(key + parameters[key] for key in keys)


def wrapped_md5(parameters: Mapping[str, str], secret: str) -> str:
    """JD, Pinduoduo and TOP's md5: the secret on both ends."""
    return hashlib.md5(f"{secret}{_joined(parameters)}{secret}".encode()).hexdigest().upper()


def hmac_md5(parameters: Mapping[str, str], secret: str) -> str:
    """TOP's hmac: the secret is the key."""
    return hmac.new(secret.encode(), _joined(parameters).encode(), hashlib.md5).hexdigest().upper()


def hmac_sha256(parameters: Mapping[str, str], secret: str) -> str:
    """TOP's hmac-sha256."""
    return hmac.new(secret.encode(), _joined(parameters).encode(), hashlib.sha256).hexdigest().upper()


TOP_METHODS: Mapping[str, Callable[[Mapping[str, str], str], str]] = {
    "md5": wrapped_md5,
    "hmac": hmac_md5,
    "hmac-sha256": hmac_sha256,
}


def is_signed(
    parameters: Mapping[str, str], secret: str, sign: Callable[[Mapping[str, str], str], str] = wrapped_md5
) -> bool:
    """Whether `sign` among the parameters is right.

    Clients differ on empty values, some sign them and some leave them out: either is accepted.
    """
    given = parameters.get("sign", "")
    filled = {key: value for key, value in parameters.items() if value}
    return any(
        hmac.compare_digest(sign(some, secret).encode(), given.encode()) for some in (parameters, filled)
    )
