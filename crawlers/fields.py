"""Fields: where a value stands in a marketplace's item and what it means, with the unit of every amount.

A map of them (`offer_map.py`, `promotion_map.py`) is a table, not code. The unit is part of the field (`yuan`, `fen`), never guessed from magnitude; swapping one is
caught by tests/contract/test_sources.py for every map there is. A required field that is missing or mistyped rejects the
item; an optional one counts as unknown and is recorded as a defect.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any, Final

from catalog.errors import InvalidInput, InvalidMoney
from catalog.listing import SellerType
from catalog.money import Money

CHINA: Final = timezone(timedelta(hours=8))
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2200
"""Moments outside are typing errors, or milliseconds taken for seconds."""

MISSING: Final = object()
"""Stands for "no such key", which is not the same as null, zero or an empty string."""

Convert = Callable[[Any, str], Any]
"""(raw value, currency) -> value of the row, or an `InvalidInput`."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where a value is (a dotted path), what it means, and whether an item can be an offer without it."""

    path: str
    convert: Convert
    is_required: bool = False

    @property
    def required(self) -> Field:
        """The same field, without which there is no offer (or no promotion)."""
        return Field(self.path, self.convert, is_required=True)

    @property
    def unless_zero(self) -> Field:
        """The same field where the marketplace writes zero for "there is none"."""

        def convert(raw: Any, currency: str) -> Any:
            return None if raw in (0, "0") and raw is not False else self.convert(raw, currency)

        return Field(self.path, convert, is_required=self.is_required)


def text(path: str) -> Field:
    """Text, or a whole number written as text (ids above 2**53 keep every digit)."""
    return Field(path, _text)


def yuan(path: str) -> Field:
    """An amount in the major unit: ``"199.00"``, ``199`` or ``199.0``."""
    return Field(path, major_units)


def fen(path: str) -> Field:
    """An amount in the minor unit: a whole number, or its digits as text."""
    return Field(path, _minor)


def percent(path: str) -> Field:
    """A share that is paid, in whole percent; in basis points as a value: 90 is 9000."""

    def convert(raw: Any, _currency: str) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise InvalidInput(f"not a whole percentage: {raw!r:.60}")
        return raw * 100

    return Field(path, convert)


def unix_seconds(path: str) -> Field:
    """A moment in seconds since 1970."""
    return Field(path, lambda raw, _currency: _moment(raw, 1))


def unix_milliseconds(path: str) -> Field:
    """A moment in milliseconds since 1970."""
    return Field(path, lambda raw, _currency: _moment(raw, 1000))


def china_time(path: str) -> Field:
    """A moment as ``2026-11-20 00:00:00`` in China, which knows no summer time."""

    def convert(raw: Any, currency: str) -> datetime:
        try:
            found = datetime.fromisoformat(_text(raw, currency))  # a tenth of strptime's time
        except ValueError as error:
            raise InvalidInput(f"not a moment: {raw!r:.60}") from error
        if found.tzinfo is not None or found.strftime("%Y-%m-%d %H:%M:%S") != raw:
            raise InvalidInput(f"not a moment: {raw!r:.60}")
        return _in_range(found.replace(tzinfo=CHINA))

    return Field(path, convert)


def until(last: Field) -> Field:
    """The first moment that no longer counts, from the last second or millisecond that does."""

    def convert(raw: Any, currency: str) -> datetime | None:
        moment: datetime | None = last.convert(raw, currency)
        return None if moment is None else after_second(moment)

    return Field(last.path, convert, is_required=last.is_required)


def always(value: Any) -> Field:
    """The same for every item: what the marketplace's rules say, not its answer."""
    return Field("", lambda _raw, _currency: value)


def url(path: str, *, scheme: str = "https") -> Field:
    """An address; protocol-relative and schemeless ones are completed with `scheme`."""

    def convert(raw: Any, _currency: str) -> str:
        address = _text(raw, _currency)
        if address.startswith("//"):
            return f"{scheme}:{address}"
        return address if "://" in address else f"{scheme}://{address}"

    return Field(path, convert)


def choice(path: str, table: Mapping[Any, Any], *, other: Any) -> Field:
    """One of the marketplace's codes, translated; codes that are not in the table become `other`."""

    def convert(raw: Any, _currency: str) -> Any:
        return table.get(raw if isinstance(raw, str | int) else None, other)

    return Field(path, convert)


def computed(path: str, function: Callable[[Any], Any]) -> Field:
    """A value worked out from the raw one by `function`, which may raise `InvalidInput`."""
    return Field(path, lambda raw, _currency: function(raw))


def value_of(item: Any, mapped: Field, currency: str) -> Any:
    """What `mapped` says of `item`; None when the marketplace does not say.

    Raises:
        InvalidInput: it is required and missing, or cannot be read.
    """
    raw = dig(item, mapped.path)
    if raw is MISSING or raw is None or raw == "":
        if mapped.is_required:
            raise InvalidInput("missing")
        return None
    value = mapped.convert(raw, currency)
    if value is None and mapped.is_required:
        raise InvalidInput("missing")
    return value


def dig(item: Any, path: str) -> Any:
    """The value at a dotted path through nested JSON objects, or `MISSING`; the empty path is the item itself."""
    if not path:
        return item
    for name in _names(path):
        if not isinstance(item, dict) or name not in item:
            return MISSING
        item = item[name]
    return item


@cache
def _names(path: str) -> tuple[str, ...]:
    """Maps have some dozens of paths, and are read for every item."""
    return tuple(path.split("."))


def _text(raw: Any, _currency: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise InvalidInput(f"not text: {type(raw).__name__}")
    value = str(raw).strip()
    if not value:
        raise InvalidInput("empty")
    return value


def major_units(raw: Any, currency: str) -> Money:
    """An amount in the major unit, as text, whole number or `Decimal`.

    Raises:
        InvalidMoney: anything else, or not exact in the minor unit.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise InvalidMoney(str(raw)[:60], f"not an amount: {type(raw).__name__}")
    if isinstance(raw, Decimal):
        if not raw.is_finite() or abs(raw.adjusted()) > 15:
            raise InvalidMoney(str(raw)[:60], "not an amount")
        return Money.from_decimal(format(raw, "f"), currency)
    return Money.from_decimal(str(raw).strip(), currency)


def after_second(moment: datetime) -> datetime:
    """The start of the second after that of `moment`."""
    return moment.replace(microsecond=0) + timedelta(seconds=1)


def _moment(raw: Any, per_second: int) -> datetime:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InvalidInput(f"not a moment: {raw!r:.60}")
    try:
        return _in_range(datetime.fromtimestamp(raw // per_second, UTC))
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput(f"not a moment: {raw!r:.60}") from error


def _in_range(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InvalidInput(f"not a moment: {moment}")
    return moment


def _minor(raw: Any, currency: str) -> Money:
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 16:
        return Money(int(raw), currency)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InvalidMoney(str(raw)[:60], f"not a whole number of minor units: {type(raw).__name__}")
    return Money(raw, currency)


def raw_text(item: Any) -> str:
    """An item as text for the record of rejects."""
    try:
        return json.dumps(item, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        return repr(item)[:4000]


SHOP_NAME_ENDINGS: Final = (
    ("旗舰店", SellerType.BRAND_FLAGSHIP),
    ("专卖店", SellerType.AUTHORISED),
    ("专营店", SellerType.AUTHORISED),
)
"""Registered endings of shop names on Tmall and JD: the marketplaces grant them by contract. Only a *shop name field* is
read with these; the same words in a title prove nothing (domain §2.2)."""


def seller_type_of_shop_name(name: str) -> SellerType:
    """What a registered shop name says about its owner."""
    for ending, kind in SHOP_NAME_ENDINGS:
        if name.endswith(ending):
            return kind
    return SellerType.ORDINARY


def texts(raw: Any) -> Sequence[str]:
    """A list of the texts in `raw`, which may be one text or several."""
    many = raw if isinstance(raw, list) else [raw]
    return [_text(one, "") for one in many if one not in (None, "")]
