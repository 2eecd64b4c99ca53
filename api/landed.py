"""What a buyer pays for an offer now: what the index wrote down while that holds, worked out anew from the terms else.

The index holds the headline (anyone, one piece, default region) as of the moment the terms were observed. It goes on
holding until a promotion begins or ends (`until`); for another region, quantity or conditions, or later, the same
engine is asked again (`catalog/landed_price.py`). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from catalog.codec import dump_conditional, dump_price, load_terms
from catalog.landed_price import Buyer, Status, changes_at, conditional_prices, landed_price, smallest_order
from catalog.price_terms import PriceTerms
from catalog.region import HOME


@dataclass(frozen=True, slots=True)
class Wish:
    """What a shopper wants beside the goods. The default is what every headline assumes. Never stored, never logged."""

    quantity: int = 1
    is_at_least: bool = False
    """Whether more may be bought where that costs less."""
    region: str = HOME
    conditions: frozenset[str] = frozenset()

    def buyer(self, at: datetime) -> Buyer:
        """The same at a moment."""
        return Buyer(at, self.quantity, self.is_at_least, self.region, self.conditions)


ANYONE: Final = Wish()


@dataclass(frozen=True, slots=True)
class Landed:
    """A landed price as it is shown: amounts in minor units of the offer's currency."""

    price: Mapping[str, Any]
    """As `catalog.codec.dump_price` writes it."""
    conditional: Sequence[Mapping[str, Any]]
    """What more conditions would come to, as `dump_conditional` writes it."""
    until: datetime | None = None
    """When a promotion begins or ends next, so that another figure may hold; None: never on these terms."""

    @property
    def total_minor(self) -> int | None:
        """The total, or its lower bound; None where nothing can be ordered."""
        total: int | None = self.price["total_minor"]
        return total

    @property
    def status(self) -> Status:
        """Why there is no total, or OK."""
        return Status(self.price["status"])

    @property
    def is_exact(self) -> bool:
        """Whether shipping is known."""
        return bool(self.price["is_exact"])

    @property
    def steps(self) -> Sequence[Mapping[str, Any]]:
        """The lines of the sum."""
        steps: Sequence[Mapping[str, Any]] = self.price["steps"]
        return steps

    def needs_action(self, action: str) -> bool:
        """Whether a promotion of the sum asks for this (``claim``, ``open_group``)."""
        return any(step.get("action") == action for step in self.steps)


def is_anyone(buyer: Buyer) -> bool:
    """Whether `buyer` is the one whose price the index holds."""
    return buyer.quantity == 1 and not buyer.is_at_least and buyer.region == HOME and not buyer.conditions


def landed_of(offer: Mapping[str, Any], buyer: Buyer) -> Landed:
    """What `buyer` pays for an offer as `indexer.documents` wrote it."""
    written = offer["landed"]
    until = datetime.fromisoformat(written["until"]) if written["until"] is not None else None
    if is_anyone(buyer) and (until is None or buyer.at < until):
        return Landed(written, written["conditional"], until)
    return landed_now(load_terms(offer["terms"]), buyer)


def landed_now(terms: PriceTerms, buyer: Buyer) -> Landed:
    """What `buyer` pays on these terms, worked out."""
    price = landed_price(terms, buyer)
    conditional = conditional_prices(terms, buyer, plain=price)
    return Landed(
        dump_price(price), [dump_conditional(one) for one in conditional], changes_at(terms, buyer.at)
    )


def least_order(terms: PriceTerms, landed: Landed, buyer: Buyer) -> Mapping[str, Any] | None:
    """What `buyer` would have to order where one piece is too little; None where that is not the trouble."""
    if landed.status not in {Status.BELOW_MIN_QTY, Status.BELOW_MIN_ORDER}:
        return None
    return dump_price(smallest_order(terms, buyer))


def alone_price(terms: PriceTerms, buyer: Buyer) -> Mapping[str, Any]:
    """What `buyer` pays who joins no group of strangers (单独购买价, delivered)."""
    alone = tuple(promotion for promotion in terms.promotions if promotion.action != "open_group")
    return dump_price(landed_price(replace(terms, promotions=alone), buyer))
