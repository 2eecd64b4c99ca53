"""What the base of the goods (100 g, a piece) costs in an offer, for this buyer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from api.compare import OfferView
from catalog.money import Money
from catalog.quantity import Quantity, Unit
from catalog.unit_price import UnitPrice, unit_price


def unit_price_of(view: OfferView, unit: Mapping[str, Any] | None) -> UnitPrice | None:
    """What the base of the goods costs in this offer, delivered; `unit` is as `indexer.documents` wrote it.

    None where goods have no base or their contents are unknown, and where nothing can be ordered. Of a lower bound it is
    a lower bound.
    """
    if unit is None or view.total_minor is None:
        return None
    contents = Quantity(Fraction(unit["contents"]), Unit(unit["unit"]))
    total = Money(view.total_minor, view.data["currency"])
    return unit_price(total, contents, int(unit["base"]), delivered=view.landed.price["delivered"])
