"""What one pays for an offer, delivered, step by step.

The first form of it: price and shipping. Promotions, fees, tax and limits join as further steps; the shape (a total,
whether it is exact, the steps that add up to it) stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.listing import PriceTerms
from catalog.money import Money


class StepKind(StrEnum):
    """What a step of the sum stands for."""

    PRICE = "price"
    SHIPPING = "shipping"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum."""

    kind: StepKind
    amount: Money


@dataclass(frozen=True, slots=True)
class LandedPrice:
    """What anyone pays for one unit now, in the default region, without conditions: the headline."""

    total: Money
    is_exact: bool
    """False when shipping is unknown: the total is then a lower bound, ranked as such and marked."""
    steps: tuple[Step, ...]
    """Add up to `total`."""


def landed_price(terms: PriceTerms) -> LandedPrice:
    """The headline price of `terms`. Unknown shipping gives a lower bound, never a free delivery."""
    price = Step(StepKind.PRICE, terms.price)
    if terms.shipping is None:
        return LandedPrice(terms.price, is_exact=False, steps=(price,))
    total = terms.price + terms.shipping
    return LandedPrice(total, is_exact=True, steps=(price, Step(StepKind.SHIPPING, terms.shipping)))
