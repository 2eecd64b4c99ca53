"""Which prices are believed at once, and which wait for a second look. Pure; thresholds are DECISIONS 10.

A doubtful observation is stored as quarantined with its reason and never shown as a price. It is believed as soon as a
later run sees the same price again, unless the runs that saw it doubted a large part of all they saw: then not the
prices have changed but their unit.
"""

from __future__ import annotations

from typing import Final

from catalog.price_terms import PriceTerms

JUMP: Final = 5
"""A price more than this many times above or below the last believed one waits. Misplaced decimal points and fen read
as yuan are 100-fold, a pack read as a piece is mostly 6-fold or more; real reductions deeper than 80 % are rare."""

DEEPEST_CLAIM: Final = 20
"""A first price below 1/20 of the shop's own list price waits: deposits, instalments and ÷100 look like that."""


def doubt(terms: PriceTerms, believed_minor: int | None) -> str | None:
    """Why `terms` should wait for a second look, or None.

    Args:
        terms: what is asked now.
        believed_minor: the last believed price of the same offer in the same currency; None when there is none.
    """
    price = terms.price.minor
    if believed_minor is not None:
        if price > believed_minor * JUMP:
            return "price_jump_up"
        if price * JUMP < believed_minor:
            return "price_jump_down"
        return None
    if terms.list_price is not None and price * DEEPEST_CLAIM < terms.list_price.minor:
        return "implausible_discount"
    return None


MOST_DOUBTED: Final = 0.2
FEWEST_DOUBTED: Final = 5
"""A run in which at least so many prices, and more than that share of them, were doubtful is no witness."""

FORGOTTEN_S: Final = 7 * 86_400
"""A believed price that was not seen for so long is hidden anyway (DECISIONS 17); any witness may then replace it."""


def is_witness(offers: int, quarantined: int) -> bool:
    """Whether a run with these counts can confirm a doubtful price."""
    return quarantined < FEWEST_DOUBTED or quarantined <= MOST_DOUBTED * offers
