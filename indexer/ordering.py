"""Sort keys and tie-breaking, the same for every engine: whole numbers, so that engines cannot disagree.

A price key is ``price << 32 | number``: unique, so a list sorted by it has one order and a key is a cursor. The rank
key orders lists that nobody typed a word for: more marketplaces first, then the lower price. Nothing in either depends
on who a marketplace or seller is (DECISIONS 15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

MAX_32: Final = 2**32 - 1
MAX_28: Final = 2**28 - 1
MOST_COVERAGE: Final = 15
"""Marketplaces that are counted: four bits of the rank key."""
SCORE_STEP: Final = 1_000
"""Scores are compared in thousandths: engines compute them in different precisions."""


def price_key(price_minor: int | None, number: int) -> int:
    """Ascending order of price; products without one come last."""
    return min(price_minor if price_minor is not None else MAX_32, MAX_32) << 32 | number


def price_desc_key(price_minor: int | None, number: int) -> int:
    """The same turned round, so that both orders ascend and products without a price come last in both."""
    return (MAX_32 - min(price_minor, MAX_32) if price_minor is not None else MAX_32) << 32 | number


def rank_key(marketplaces: int, price_minor: int | None, number: int) -> int:
    """Ascending order of a list without search words."""
    price = min(price_minor if price_minor is not None else MAX_28, MAX_28)
    return (MOST_COVERAGE - min(marketplaces, MOST_COVERAGE)) << 60 | price << 32 | number


@dataclass(frozen=True, slots=True)
class Scored:
    """A hit before ties are broken."""

    score: float
    rank: int
    """Rank key."""
    place: int
    """Where the engine had it; how the adapter finds it again."""


def in_order(hits: Sequence[Scored], seed: str) -> list[Scored]:
    """Best score first; equal ones by coverage and price; what is equal in all that counts by a hash of `seed`."""
    return sorted(
        hits,
        key=lambda hit: (*merit(hit), _lot(seed, hit.rank & MAX_32)),
    )


def foremost(hits: Sequence[Scored], most: int) -> Sequence[Scored]:
    """The hits that can be among the first `most`, before lots are drawn; in no order. Lots are dear, most need none."""
    if len(hits) <= most:
        return hits
    merits = [merit(hit) for hit in hits]
    last = nsmallest(most, merits)[-1]
    return [hit for hit, own in zip(hits, merits, strict=True) if own <= last]


def merit(hit: Scored) -> tuple[int, int]:
    """What counts, less is better; among hits of equal merit lots decide."""
    return -round(hit.score * SCORE_STEP), hit.rank >> 32


def _lot(seed: str, number: int) -> bytes:
    return hashlib.blake2b(f"{seed}|{number}".encode(), digest_size=8).digest()
