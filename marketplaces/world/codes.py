"""Article numbers as publishers print them, right and wrong. GS1: mod 10, weights 3 and 1 from the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marketplaces.world.brands import Brand
    from marketplaces.world.dice import Dice


def check_digit(body: str) -> str:
    """The digit that completes `body` (all digits but the last) of a GTIN of any length."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def complete(body: str) -> str:
    """`body` with its check digit."""
    return body + check_digit(body)


def gtin13(brand: Brand, dice: Dice) -> str:
    """A valid number under the brand's prefix, or under one of China's (690-699)."""
    prefix = brand.prefix or f"69{dice.between(0, 10)}{dice.between(0, 10**4):04d}"
    return complete(prefix + "".join(str(dice.between(0, 10)) for _ in range(12 - len(prefix))))


def bad_check(gtin: str) -> str:
    """The number with a wrong last digit."""
    return gtin[:-1] + str((int(gtin[-1]) + 3) % 10)


def in_store(dice: Dice) -> str:
    """A shop's own number (prefix 20-29): valid in form, no identity outside the shop."""
    return complete(f"2{dice.between(0, 10)}" + "".join(str(dice.between(0, 10)) for _ in range(10)))
