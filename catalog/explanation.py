"""Why a promotion of an offer is, or is not, part of a price: the other half of its explanation.

The steps of `catalog/landed_price.py` say what was added up; here is what was not, and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.landed_price import Buyer, LandedPrice, landed_price
from catalog.price_terms import PriceTerms
from catalog.promotion import Promotion


class Fate(StrEnum):
    """What became of a promotion in a price."""

    APPLIED = "applied"
    NOT_BEGUN = "not_begun"
    OVER = "over"
    ELSEWHERE = "elsewhere"  # it holds in other regions
    CONDITIONAL = "conditional"  # it asks for something this buyer does not have
    NOT_REACHED = "not_reached"  # alone it would change nothing: a threshold, or a price that is no lower
    NOT_COMBINED = "not_combined"  # with it the order costs as much or more, or it excludes what costs less
    NO_ORDER = "no_order"  # nothing can be ordered at all


@dataclass(frozen=True, slots=True)
class Explained:
    """One promotion of an offer, and what became of it."""

    promotion: Promotion
    fate: Fate
    missing: tuple[str, ...] = ()
    """With CONDITIONAL: the conditions that are not fulfilled."""


def explained(terms: PriceTerms, buyer: Buyer, price: LandedPrice) -> tuple[Explained, ...]:
    """Every promotion of the offer, in its order, with its fate in `price`, which is what `buyer` pays."""
    return tuple(_explained(terms, buyer, promotion, price) for promotion in terms.promotions)


def _explained(terms: PriceTerms, buyer: Buyer, promotion: Promotion, price: LandedPrice) -> Explained:
    missing = tuple(need for need in promotion.needs if need not in buyer.conditions)
    if any(one.id == promotion.id for one in price.applied):
        return Explained(promotion, Fate.APPLIED)
    if promotion.starts_at is not None and buyer.at < promotion.starts_at:
        return Explained(promotion, Fate.NOT_BEGUN)
    if promotion.ends_at is not None and buyer.at >= promotion.ends_at:
        return Explained(promotion, Fate.OVER)
    if not promotion.holds(buyer.at, buyer.region):
        return Explained(promotion, Fate.ELSEWHERE)
    if missing:
        return Explained(promotion, Fate.CONDITIONAL, missing)
    if price.total is None:
        return Explained(promotion, Fate.NO_ORDER)
    return Explained(promotion, _fate_alone(terms, replace(buyer, quantity=price.quantity), promotion))


def _fate_alone(terms: PriceTerms, buyer: Buyer, promotion: Promotion) -> Fate:
    alone = replace(terms, promotions=(promotion,))
    changes = landed_price(alone, replace(buyer, is_at_least=False)).applied
    return Fate.NOT_COMBINED if changes else Fate.NOT_REACHED
