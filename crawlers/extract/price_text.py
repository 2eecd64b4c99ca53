"""Price text of web pages to Money: the only lenient reader there is, and it refuses whatever has two readings.

``¥1,299.00`` and ``1299元`` are prices. ``1299起`` (from), ``59.9-129`` (a range), ``￥?99`` (masked) and ``1.299`` in a
currency with two decimals are not: guessing here is how a comparison shows a wrong cheapest price.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from catalog.errors import InvalidMoney
from catalog.money import MINOR_DIGITS, Money

_SIGNS: Final = {
    "¥": {"CNY", "JPY"}, "元": {"CNY", "HKD", "TWD"}, "块": {"CNY"}, "RMB": {"CNY"}, "人民币": {"CNY"},
    "$": {"USD", "HKD", "TWD", "CAD", "AUD", "SGD", "NZD", "MXN"}, "US$": {"USD"}, "HK$": {"HKD"}, "NT$": {"TWD"},
    "€": {"EUR"}, "£": {"GBP"}, "円": {"JPY"}, "₩": {"KRW"}, "₫": {"VND"}, "CN¥": {"CNY"}, "JP¥": {"JPY"},
}  # fmt: skip
"""Signs and words that stand beside an amount -> the currencies they may mean."""

_SHAPE = re.compile(
    r"(?P<before>[^\d\s.,'\-−]{0,8})\s*(?P<number>\d[\d.,' \u00a0\u202f]{0,24})\s*(?P<wan>万)?\s*(?P<after>[^\d.,'\-−]{0,8})",
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def parse_price(text: str, currency: str) -> Money:
    """The one amount that `text` states, in `currency`.

    Raises:
        InvalidMoney: none, several, a range, a masked or "from" price, another currency, or an ambiguous separator.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if len(folded) > 60:
        raise InvalidMoney(text[:60], "too long for a price")
    match = _SHAPE.fullmatch(folded)
    if match is None:
        raise InvalidMoney(text, "not one amount")
    for sign in (match["before"].strip(), match["after"].strip()):
        _require_sign(sign, currency, text)
    number = _plain_number(match["number"].strip(), currency, text)
    money = Money.from_decimal(number, currency)
    return money * 10_000 if match["wan"] else money


def _require_sign(sign: str, currency: str, text: str) -> None:
    if sign in {"", currency} or sign.upper() == currency:
        return
    meanings = _SIGNS.get(sign) or _SIGNS.get(sign.upper())
    if meanings is None:
        raise InvalidMoney(text, f"what does {sign!r} mean")
    if currency not in meanings:
        raise InvalidMoney(text, f"{sign!r} is not {currency}")


def _plain_number(number: str, currency: str, text: str) -> str:
    """`number` with its group separators taken out and a point before its decimals."""
    compact = re.sub(r"[ \u00a0\u202f']", "", _checked_groups(number, text))
    commas, points = compact.count(","), compact.count(".")
    if commas and points:
        decimal = max(compact.rfind(","), compact.rfind("."))
        groups = "," if compact[decimal] == "." else "."
        return _grouped(compact[:decimal], groups, text) + "." + compact[decimal + 1 :]
    separator = "," if commas else "."
    if commas + points == 0:
        return compact
    if commas + points > 1:
        return _grouped(compact, separator, text)
    whole, _, part = compact.partition(separator)
    digits = MINOR_DIGITS.get(currency, 2)
    if len(part) == 3 and digits != 3:
        # "1,299" is one thousand wherever prices have two decimals or none; "1.299" is a thousand or a typing error.
        if separator == "," and whole != "0" and 1 <= len(whole) <= 3:
            return whole + part
        raise InvalidMoney(text, "a separator with two readings")
    if separator == "," and len(part) != digits:
        raise InvalidMoney(text, "a separator with two readings")
    return f"{whole}.{part}"


def _checked_groups(number: str, text: str) -> str:
    """Spaces and apostrophes may only stand between groups of three."""
    if re.search(r"[ \u00a0\u202f']", number) and not re.fullmatch(
        r"\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?", number
    ):
        raise InvalidMoney(text, "two numbers")
    return number


def _grouped(whole: str, separator: str, text: str) -> str:
    if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+", whole) and separator in whole:
        raise InvalidMoney(text, "groups that are not thousands")
    plain = whole.replace(separator, "")
    if not _PLAIN.fullmatch(plain):
        raise InvalidMoney(text, "not one amount")
    return plain
