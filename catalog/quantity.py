"""Quantities: how much goods one pack holds, exactly.

What a title *says* about contents is read in `indexer/read_title/quantity.py`; here is only what a quantity *is*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from catalog.errors import InvalidQuantity


class Unit(StrEnum):
    """Base units. Every spelling (毫升, L, 斤 …) is converted to one of these where it is read."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "piece"
    SHEET = "sheet"
    PAIR = "pair"
    VOLUME = "volume"  # of a book set
    BRICK = "brick"
    GIGABYTE = "gb"
    METRE = "m"


SPELLINGS: Final[dict[str, tuple[Unit, Fraction]]] = {
    "mg": (Unit.GRAM, Fraction(1, 1000)), "毫克": (Unit.GRAM, Fraction(1, 1000)),
    "g": (Unit.GRAM, Fraction(1)), "克": (Unit.GRAM, Fraction(1)),
    "kg": (Unit.GRAM, Fraction(1000)), "千克": (Unit.GRAM, Fraction(1000)), "公斤": (Unit.GRAM, Fraction(1000)),
    "斤": (Unit.GRAM, Fraction(500)), "两": (Unit.GRAM, Fraction(50)),
    "lb": (Unit.GRAM, Fraction(45359237, 100000)), "磅": (Unit.GRAM, Fraction(45359237, 100000)),
    "oz": (Unit.GRAM, Fraction(28349523125, 10**9)),
    "fl oz": (Unit.MILLILITRE, Fraction(295735295625, 10**10)),
    "ml": (Unit.MILLILITRE, Fraction(1)), "毫升": (Unit.MILLILITRE, Fraction(1)),
    "cl": (Unit.MILLILITRE, Fraction(10)), "dl": (Unit.MILLILITRE, Fraction(100)),
    "l": (Unit.MILLILITRE, Fraction(1000)), "升": (Unit.MILLILITRE, Fraction(1000)),
    "gb": (Unit.GIGABYTE, Fraction(1)), "tb": (Unit.GIGABYTE, Fraction(1024)),
}  # fmt: skip
"""Unit spelling (case-folded) -> base unit and factor. 1 TB is 1,024 GB by convention, for identity (domain §2.3);
pounds and ounces are avoirdupois, fluid ounces those of the United States."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` of `unit`; exact, because 750 g in 30 bags and 1.3 ml ampoules both occur."""

    amount: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount.numerator <= 0:
            raise InvalidQuantity(f"{self.amount} {self.unit}")

    @classmethod
    def of(cls, amount: int | str | Fraction, spelling: str) -> Quantity:
        """From a unit's spelling: ``Quantity.of("1.5", "l")`` is 1500 ml.

        Raises:
            InvalidQuantity: an unknown unit, a non-positive amount or an amount that is not a number.
        """
        try:
            unit, factor = SPELLINGS[spelling.casefold()]
            return cls(Fraction(amount) * factor, unit)
        except (KeyError, ValueError, ZeroDivisionError) as error:
            raise InvalidQuantity(f"{amount} {spelling}") from error

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Pack:
    """What one offer delivers: `count` units of `size`. `size` is None for goods that are counted, not measured."""

    size: Quantity | None
    count: int = 1

    def __post_init__(self) -> None:
        if self.count < 1:
            raise InvalidQuantity(f"pack of {self.count}")

    @property
    def total(self) -> Quantity | None:
        """All contents together, or None when the size is not stated."""
        return Quantity(self.size.amount * self.count, self.size.unit) if self.size else None


def decimal_text(value: Fraction) -> str:
    """The shortest exact decimal text, or ``n/d`` where none exists (a third)."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 1
    while (value * 10**digits).denominator != 1:
        digits += 1
    scaled = str(int(abs(value) * 10**digits)).rjust(digits + 1, "0")
    return f"{'-' if value < 0 else ''}{scaled[:-digits]}.{scaled[-digits:]}"
