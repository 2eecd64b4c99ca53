"""Products in order of what one particular buyer pays: the index knows the order of headlines only. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from api.compare import SideBySide
from api.landed import Wish
from api.unit import unit_price_of
from catalog.errors import InvalidCursor
from indexer.query import Sort
from indexer.search import Choice

_CURSOR = re.compile(r"b([0-9]{1,6})\.([0-9a-f]{16})", re.ASCII)
_LAST: Final = (1, Fraction(0))


def reordered(products: Sequence[SideBySide], sort: Sort) -> list[SideBySide]:
    """By the lowest price that can be bought, as `sort` says; without one last. Equal ones stay in the index's order."""
    return sorted(products, key=lambda product: _key(product, sort))


def _key(product: SideBySide, sort: Sort) -> tuple[int, Fraction]:
    cheapest = product.cheapest
    if cheapest is None or cheapest.total_minor is None:
        return _LAST
    if sort is Sort.UNIT_PRICE:
        price = unit_price_of(cheapest, product.data["unit"])
        return _LAST if price is None else (0, price.exact)
    return (0, Fraction(-cheapest.total_minor if sort is Sort.PRICE_DESC else cheapest.total_minor))


def encode(offset: int, text: str, choice: Choice, wish: Wish) -> str:
    """The cursor of the page that begins at `offset`."""
    return f"b{offset}.{_digest(text, choice, wish)}"


def decode(cursor: str | None, text: str, choice: Choice, wish: Wish) -> int:
    """Where the page of a cursor begins; the first page has none.

    Raises:
        InvalidCursor: not a cursor, or one of another search.
    """
    if cursor is None:
        return 0
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidCursor("not a cursor")
    if match[2] != _digest(text, choice, wish):
        raise InvalidCursor("a cursor of another search")
    return int(match[1])


def _digest(text: str, choice: Choice, wish: Wish) -> str:
    stated = (text, choice, wish.quantity, wish.is_at_least, wish.region, sorted(wish.conditions))
    return hashlib.blake2b(repr(stated).encode("utf-8", "replace"), digest_size=8).hexdigest()
