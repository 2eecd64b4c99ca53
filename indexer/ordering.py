"""Sort keys and tie-breaking, the same for every engine: whole numbers, so that engines cannot disagree.

A price key is ``price << 32 | number``: unique, so a list sorted by it has one order and a key is a cursor. The rank
key orders lists that nobody typed a word for: more marketplaces first, then the lower price. Nothing in either depends
on who a marketplace or seller is (DECISIONS 15).

A unit price is a fraction. Its key keeps 58 binary digits of it: more than any two packs can agree in (DECISIONS 45).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import nsmallest
from typing import Final

MAX_32: Final = 2**32 - 1
MAX_28: Final = 2**28 - 1
MOST_COVERAGE: Final = 15
"""Marketplaces that are counted: four bits of the rank key."""
UNIT_DIGITS: Final = 57
"""Binary digits that a unit price's key keeps behind the leading one."""
LOWEST_POWER: Final = -23
HIGHEST_POWER: Final = 39
"""Powers of two, in minor units per base, of which a key is exact: a millionth of a fen to 10 billion yuan. What is below
the lowest or above the highest shares one key."""
UNIT_KEYS: Final = (HIGHEST_POWER - LOWEST_POWER + 1) << UNIT_DIGITS
"""Keys of unit prices are below this."""
NO_UNIT_PRICE: Final = 2**63 - 1
"""The key of products without one; fits a signed 64-bit number."""
SCORE_STEP: Final = 1_000
"""Scores are compared in thousandths: engines compute them in different precisions."""


def price_key(price_minor: int | None, number: int) -> int:
    """Ascending order of price; products without one come last."""
    return min(price_minor if price_minor is not None else MAX_32, MAX_32) << 32 | number


def price_desc_key(price_minor: int | None, number: int) -> int:
    """The same turned round, so that both orders ascend and products without a price come last in both."""
    return (MAX_32 - min(price_minor, MAX_32) if price_minor is not None else MAX_32) << 32 | number


def unit_price_key(price_minor: int | None, base_share: Fraction | None) -> int:
    """Ascending order of what a base of the goods costs; without a product's number, so equal prices have equal keys.

    The power of two above the leading digits, as a floating-point number is kept, but whole: no price is ever a float.
    A border of whole minor units has a key such that prices from it on have that or a larger one, others a smaller one.
    """
    if price_minor is None or base_share is None:
        return NO_UNIT_PRICE
    exact = price_minor * base_share
    power = _power_of_two(exact) if exact else LOWEST_POWER - 1
    if power < LOWEST_POWER:
        return 0
    if power > HIGHEST_POWER:
        return UNIT_KEYS - 1
    digits = (exact.numerator << (UNIT_DIGITS - power)) // exact.denominator
    return ((power - LOWEST_POWER) << UNIT_DIGITS) + digits - (1 << UNIT_DIGITS)


def unit_price_bounds(low_minor: int | None, below_minor: int | None) -> tuple[int, int]:
    """Keys of the unit prices from whole minor units on and below others: (first, behind the last). None: no bound."""
    whole = Fraction(1)
    first = unit_price_key(low_minor or 0, whole)
    return first, UNIT_KEYS if below_minor is None else unit_price_key(below_minor, whole)


def unit_price_order(unit_key: int, number: int) -> int:
    """The key that a list by unit price ascends by, and its cursor: up to 95 bits."""
    return unit_key << 32 | number


def _power_of_two(value: Fraction) -> int:
    """The largest n with 2**n <= `value`, which is positive."""
    power = value.numerator.bit_length() - value.denominator.bit_length()
    is_less = value.numerator << max(-power, 0) < value.denominator << max(power, 0)
    return power - is_less


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
