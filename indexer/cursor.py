"""Cursors: where a list goes on, bound to the query they were given for. Opaque to callers, never believed unchecked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from typing import Final

from catalog.errors import InvalidCursor
from indexer.query import MOST_RELEVANT, Query, Sort

_VERSION: Final = 2
_KEY_BYTES: Final = 12
_LARGEST: Final = {Sort.UNIT_PRICE: 2**95 - 1}
"""Keys that an order can have, where they may need more than 64 bits."""


def encode(query: Query, after: int) -> str:
    """The cursor that continues `query` behind `after`."""
    raw = bytes([_VERSION]) + after.to_bytes(_KEY_BYTES, "big") + _digest(query)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(query: Query, cursor: str) -> int:
    """Where `cursor` continues `query`.

    Raises:
        InvalidCursor: not a cursor, or one of another query.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidCursor("not a cursor") from error
    key, digest = raw[1 : 1 + _KEY_BYTES], raw[1 + _KEY_BYTES :]
    if raw[:1] != bytes([_VERSION]) or digest != _digest(query):
        raise InvalidCursor("a cursor of another query")
    after = int.from_bytes(key, "big")
    if after > _LARGEST.get(query.sort, 2**64 - 1):
        raise InvalidCursor("no key of this order")
    if query.sort is Sort.RELEVANCE and query.must and after >= MOST_RELEVANT:
        raise InvalidCursor("beyond the end of the list")
    return after


def _digest(query: Query) -> bytes:
    """The query less what may change from page to page."""
    bare = replace(query, after=None, limit=0, facets=())
    return hashlib.blake2b(repr(bare).encode("utf-8", "replace"), digest_size=8).digest()
