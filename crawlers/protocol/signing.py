"""The key-value signature that TOP, JOS and POP share, over the parameters exactly as they are sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from crawlers.http import HttpRequest


def sorted_pairs(params: Mapping[str, str]) -> bytes:
    """``k1v1k2v2…`` in bytewise order of the keys, UTF-8, nothing encoded, ``sign`` left out."""
    encoded = sorted((key.encode(), value.encode()) for key, value in params.items() if key != "sign")
    return b"".join(key + value for key, value in encoded)


def md5_wrapped(params: Mapping[str, str], secret: str) -> str:
    """Upper-case hex MD5 of secret + pairs + secret."""
    wrapped = secret.encode() + sorted_pairs(params) + secret.encode()
    return hashlib.md5(wrapped, usedforsecurity=False).hexdigest().upper()


def hmac_keyed(params: Mapping[str, str], secret: str, digest: str) -> str:
    """Upper-case hex HMAC of the pairs with the secret as key; `digest` is ``md5`` or ``sha256``."""
    return hmac.new(secret.encode(), sorted_pairs(params), digest).hexdigest().upper()


def form_post(base_url: str, params: Mapping[str, str]) -> HttpRequest:
    """All parameters in one form body. Empty values are never sent: SDKs disagree on whether they are signed."""
    return HttpRequest(
        "POST",
        base_url,
        {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"},
        urlencode(params).encode("ascii"),
    )


def without_empty(params: Mapping[str, str]) -> dict[str, str]:
    """`params` less those with an empty value."""
    return {key: value for key, value in params.items() if value != ""}
