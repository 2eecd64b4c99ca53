"""Global Trade Item Numbers and ISBNs: what a valid one is, and which ones may prove identity.

Rules: GS1 General Specifications (check digit modulo 10 with weights 3, 1 from the right; lengths 8, 12, 13, 14;
prefix tables) and ISO 2108 for ISBN. A wrong check digit means the code is ignored and the offer kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from catalog.errors import InvalidGtin

GTIN_LENGTHS: Final = (8, 12, 13, 14)
_ISBN10_LENGTH: Final = 10
_FULL_WIDTH: Final = {ord("０") + digit: ord("0") + digit for digit in range(10)}
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—]")


class GtinUse(StrEnum):
    """What a number with a right check digit may be used for."""

    TRADE_ITEM = "trade_item"  # names one trade item all over the world
    BOOK = "book"  # 978/979: an ISBN
    IN_STORE = "in_store"  # 02, 04, 20–29: given by one shop to anything; never identity
    COUPON = "coupon"  # 05, 981–984, 99: not goods
    SERIAL = "serial"  # 977: a periodical, the same for every issue
    VARIABLE = "variable"  # indicator 9: contents vary by weight
    RESERVED = "reserved"  # 00000…, 951, all zeros, demonstration numbers 952: nobody's


@dataclass(frozen=True, slots=True, order=True)
class Gtin:
    """A number with a right check digit, padded to 14 digits so that all spellings of one item are equal."""

    digits: str

    @property
    def use(self) -> GtinUse:
        """Whose number it is, from its GS1 prefix."""
        return _use(self.digits)

    @property
    def is_identity(self) -> bool:
        """True when two offers with this number in agreeing packs are the same goods."""
        return self.use in {GtinUse.TRADE_ITEM, GtinUse.BOOK}

    @property
    def is_case(self) -> bool:
        """True for an outer pack (indicator 1–8): a case of the item, not the item (domain rules §2.6)."""
        return self.digits[0] in "12345678"

    @property
    def item(self) -> str:
        """The thirteen digits printed under the bar code of the item itself (meaningless for a case)."""
        return self.digits[1:]

    def __str__(self) -> str:
        return self.digits[1:] if self.digits[0] == "0" else self.digits


def parse_gtin(text: str) -> Gtin:
    """The number written in `text` as GTIN-8, -12, -13 or -14, or as ISBN-10 or -13. Hyphens and spaces are allowed.

    Ten digits are read as an ISBN-10 and converted. Full-width digits are folded first.

    Raises:
        InvalidGtin: `why` is ``not_digits``, ``length`` or ``check_digit``.
    """
    compact = _SEPARATORS.sub("", text.translate(_FULL_WIDTH)).upper()
    if len(compact) == _ISBN10_LENGTH:
        return Gtin("0" + isbn13_from_isbn10(compact))
    if not (compact.isascii() and compact.isdigit()):
        raise InvalidGtin(text, "not_digits")
    if len(compact) not in GTIN_LENGTHS:
        raise InvalidGtin(text, "length")
    if check_digit(compact[:-1]) != compact[-1]:
        raise InvalidGtin(text, "check_digit")
    return Gtin(compact.rjust(14, "0"))


def check_digit(body: str) -> str:
    """The GS1 check digit that follows `body` (ASCII digits): weights 3, 1, 3, … from the right, modulo 10."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body)))
    return str(-total % 10)


def isbn13_from_isbn10(text: str) -> str:
    """The thirteen digits of a ten-character ISBN (``X`` stands for ten in last place).

    Raises:
        InvalidGtin: not nine digits and a check character, or the wrong one (modulo 11).
    """
    body, check = text[:9], text[9:]
    if not (body.isascii() and body.isdigit()) or not re.fullmatch(r"[0-9X]", check):
        raise InvalidGtin(text, "not_digits")
    total = sum((10 - i) * int(d) for i, d in enumerate(body)) + (10 if check == "X" else int(check))
    if total % 11:
        raise InvalidGtin(text, "check_digit")
    return f"978{body}{check_digit('978' + body)}"


def _use(digits: str) -> GtinUse:
    """GS1 prefix of a padded number. GTIN-8 prefixes have a table of their own (0xx and 2xx are in-store)."""
    if digits[0] == "9":
        return GtinUse.VARIABLE
    if digits.startswith("000000"):
        return _use_gtin8(digits[-8:])
    prefix = int(digits[1:4])
    for low, high, use in _PREFIXES:
        if low <= prefix <= high:
            return use
    return GtinUse.TRADE_ITEM


def _use_gtin8(digits: str) -> GtinUse:
    if digits.startswith("00000"):
        return GtinUse.RESERVED
    return GtinUse.IN_STORE if digits[0] in "02" else GtinUse.TRADE_ITEM


_PREFIXES: Final = (
    (20, 29, GtinUse.IN_STORE),
    (40, 49, GtinUse.IN_STORE),
    (50, 59, GtinUse.COUPON),
    (200, 299, GtinUse.IN_STORE),
    (951, 952, GtinUse.RESERVED),
    (977, 977, GtinUse.SERIAL),
    (978, 979, GtinUse.BOOK),
    (981, 984, GtinUse.COUPON),
    (990, 999, GtinUse.COUPON),
)
"""(first, last) three-digit GS1 prefixes that do not name a trade item, from the GS1 prefix list."""
