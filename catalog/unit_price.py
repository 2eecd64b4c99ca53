"""Unit price: what goods cost per 100 g, 100 ml, piece …, so that packs of different sizes compare (domain §2.7).

Exact throughout: what is shown is rounded once, what is ordered is never rounded. Which base a family of goods is
compared by is declared in `indexer/read_title/family/`; what contents a title states is read beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from catalog.errors import InvalidMoney, InvalidQuantity
from catalog.money import Money, half_up
from catalog.quantity import Quantity, Unit

DEFAULT_BASES: Final[Mapping[Unit, int]] = MappingProxyType(
    {Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1, Unit.SHEET: 100, Unit.BRICK: 1, Unit.GIGABYTE: 1}
)
"""Unit -> how many of it a price is stated for where the goods' family says nothing else. Units that are not here (pair,
volume, metre) have no unit price."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What `base` of `unit` cost."""

    exact: Fraction
    """Minor units per base: what is ordered by. Figures of different bases or currencies do not compare."""
    base: int
    unit: Unit
    currency: str

    @property
    def shown(self) -> Money:
        """Rounded half up to the minor unit."""
        return Money(half_up(self.exact), self.currency)


def unit_price(
    total: Money, contents: Quantity | None, base: int | None, *, delivered: int = 1
) -> UnitPrice | None:
    """What `base` of the goods cost, when `total` is paid for `delivered` packs of `contents` each.

    `total` is the landed price: shipping, fees and tax are in it. `delivered` counts what arrives, so packs of the same
    goods that come free count, gifts of other goods never do. Of a total that is a lower bound this is one as well: the
    caller knows.

    Returns:
        None where the goods have no base (phones, shoes …) or their contents are not known.

    Raises:
        InvalidMoney: a total below zero.
        InvalidQuantity: a base, or a number of packs, below one.
    """
    if total.minor < 0:
        raise InvalidMoney(str(total), "a price is not below zero")
    if delivered < 1 or (base is not None and base < 1):
        raise InvalidQuantity(f"{delivered} packs, per {base}")
    if contents is None or base is None:
        return None
    exact = Fraction(total.minor, delivered) * base_share(contents, base)
    return UnitPrice(exact, base, contents.unit, total.currency)


def base_share(contents: Quantity, base: int) -> Fraction:
    """How much of a pack one base is: times its price, the price per base."""
    return Fraction(base * contents.amount.denominator, contents.amount.numerator)
