"""Money: integer minor units with a currency.

The only place where decimal text becomes an amount. Lenient price text of web pages (``¥1,299.00起``) is read by
`crawlers/extract/price_text.py`, which ends here. No float ever touches a price (design rule 4; a repository test
keeps it so).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Final

from catalog.errors import CurrencyMismatch, InvalidMoney

MINOR_DIGITS: Final[dict[str, int]] = {
    "CNY": 2, "HKD": 2, "TWD": 2, "MOP": 2, "USD": 2, "EUR": 2, "GBP": 2, "CHF": 2, "AUD": 2, "CAD": 2, "SGD": 2,
    "NZD": 2, "THB": 2, "MYR": 2, "PHP": 2, "INR": 2, "IDR": 2, "SEK": 2, "NOK": 2, "DKK": 2, "PLN": 2, "CZK": 2,
    "HUF": 2, "TRY": 2, "BRL": 2, "MXN": 2, "ZAR": 2, "AED": 2, "SAR": 2, "ILS": 2, "RON": 2, "RUB": 2, "UAH": 2,
    "JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0,
    "KWD": 3, "BHD": 3, "JOD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
"""Digits after the point, per ISO 4217. A currency that is not here is refused, not guessed."""

LARGEST_MINOR: Final = 10**15
"""Amounts beyond this (10 trillion yuan) are typing errors or attacks; they also leave room in 64-bit sums."""

_DECIMAL = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,16})(?:\.(?P<part>[0-9]{1,12}))?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in `currency`, counted in its minor unit (fen for CNY). Equal only in the same currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:  # bool and float would compare equal to ints and round in silence
            raise InvalidMoney(repr(self.minor), "minor units must be an int")
        if self.currency not in MINOR_DIGITS:
            raise InvalidMoney(self.currency, "unknown currency")
        if abs(self.minor) > LARGEST_MINOR:
            raise InvalidMoney(str(self.minor), "amount out of range")

    @classmethod
    def from_decimal(cls, text: str, currency: str) -> Money:
        """The amount written as plain decimal text in the major unit: ``"259.00"`` CNY is 25900 fen.

        Digits beyond the currency's minor unit must be zeros: ``"1.299"`` CNY is refused, not rounded.

        Raises:
            InvalidMoney: not plain ASCII decimal digits, or not exact in the minor unit.
        """
        match = _DECIMAL.fullmatch(text)
        if match is None:
            raise InvalidMoney(text, "not a plain decimal number")
        digits = MINOR_DIGITS.get(currency)
        if digits is None:
            raise InvalidMoney(currency, "unknown currency")
        part = (match["part"] or "").ljust(digits, "0")
        if part[digits:].strip("0"):
            raise InvalidMoney(text, f"more than {digits} decimals")
        minor = int(match["whole"] + part[:digits])
        return cls(-minor if match["sign"] else minor, currency)

    def to_decimal(self) -> str:
        """Plain decimal text in the major unit, always with the currency's full number of decimals."""
        digits = MINOR_DIGITS[self.currency]
        sign = "-" if self.minor < 0 else ""
        text = str(abs(self.minor)).rjust(digits + 1, "0")
        return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def __str__(self) -> str:
        return f"{self.currency} {self.to_decimal()}"

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)


def half_up(value: Fraction) -> int:
    """The nearest integer, halves away from zero: the rounding of every paid amount (domain rules §1.4)."""
    magnitude = (abs(value) * 2 + 1) // 2
    return int(magnitude if value >= 0 else -magnitude)
