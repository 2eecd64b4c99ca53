"""Field maps: how a marketplace's item becomes an offer row, with the unit of every price in the map.

A map is a table, not code. The unit is part of the field (`yuan`, `fen`), never guessed from magnitude; swapping one is
caught by tests/contract/test_sources.py for every map there is. A required field that is missing or mistyped rejects the
item; an optional one counts as unknown and is recorded as a defect.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from catalog.errors import InvalidInput, InvalidMoney
from catalog.listing import Marketplace, SellerType, Stock
from catalog.money import Money
from ledger.frontier import Reject, RejectKind

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
        """The same field, without which there is no offer."""
        return Field(self.path, self.convert, is_required=True)


def text(path: str) -> Field:
    """Text, or a whole number written as text (ids above 2**53 keep every digit)."""
    return Field(path, _text)


def yuan(path: str) -> Field:
    """An amount in the major unit: ``"199.00"``, ``199`` or ``199.0``."""
    return Field(path, major_units)


def fen(path: str) -> Field:
    """An amount in the minor unit: a whole number, or its digits as text."""
    return Field(path, _minor)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMap:
    """The table of one marketplace: a field per part of an offer. None: this marketplace never says."""

    item_id: Field
    title: Field
    url: Field | None = None
    url_template: str | None = None
    """Where no address is given: one made from ``{item_id}``."""
    price: Field
    list_price: Field | None = None
    shipping: Field | None = None
    claimed: Field | None = None
    promotions: Field | None = None
    """Of the whole item mostly: a sequence of `catalog.promotion.Promotion`."""
    brand: Field | None = None
    category: Field | None = None
    image_url: Field | None = None
    seller_id: Field | None = None
    seller_name: Field | None = None
    seller_type: Field | None = None
    stock: Field | None = None
    condition: Field | None = None

    def read(
        self, items: Iterable[Any], marketplace: Marketplace
    ) -> tuple[list[dict[str, Any]], list[Reject]]:
        """Rows for `catalog.codec.validate_offers`, and what could not be read."""
        rows: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for place, item in enumerate(items):
            row, problems = self._row(item, marketplace, place)
            rejects += problems
            if row is not None:
                rows.append(row)
        return rows, rejects

    def _row(
        self, item: Any, marketplace: Marketplace, place: int
    ) -> tuple[dict[str, Any] | None, list[Reject]]:
        values: dict[str, Any] = {}
        problems: list[Reject] = []
        name = f"#{place}"
        for part, mapped in self._fields():
            try:
                values[part] = _value(item, mapped, marketplace.currency)
            except InvalidInput as error:
                if mapped.is_required or part in _NEVER_OPTIONAL:
                    return None, [_reject(name, part, error, item, RejectKind.ITEM)]
                problems.append(_reject(name, part, error, item, RejectKind.FIELD))
            if part == "item_id":
                name = values[part]
        return self._nest(values, marketplace), problems

    def _fields(self) -> Iterable[tuple[str, Field]]:
        for part in self.__slots__:
            mapped = getattr(self, part)
            if isinstance(mapped, Field):
                yield part, mapped

    def _nest(self, values: Mapping[str, Any], marketplace: Marketplace) -> dict[str, Any]:
        address = values.get("url")
        if address is None and self.url_template is not None:
            address = self.url_template.format(item_id=values["item_id"])
        return {
            "listing": {
                "marketplace": marketplace.slug,
                "item_id": values["item_id"],
                "title": values["title"],
                "url": address,
                "brand": values.get("brand"),
                "category": values.get("category") or (),
                "image_url": values.get("image_url"),
                "seller": {
                    "id": values.get("seller_id") or "",
                    "name": values.get("seller_name") or "",
                    "type": values.get("seller_type") or SellerType.UNKNOWN,
                },
            },
            "terms": {
                "price": values["price"],
                # A struck-through price equal to the price strikes nothing through.
                "list_price": values.get("list_price")
                if values.get("list_price") != values["price"]
                else None,
                "shipping": values.get("shipping"),
                "claimed": values.get("claimed"),
                "promotions": values.get("promotions") or (),
            },
            "stock": values.get("stock") or Stock.UNKNOWN,
            "condition": values.get("condition"),
        }


_NEVER_OPTIONAL: Final = frozenset({"item_id", "title", "price"})


def _value(item: Any, mapped: Field, currency: str) -> Any:
    raw = dig(item, mapped.path)
    if raw is MISSING or raw is None or raw == "":
        if mapped.is_required:
            raise InvalidInput("missing")
        return None
    return mapped.convert(raw, currency)


def dig(item: Any, path: str) -> Any:
    """The value at a dotted path through nested mappings, or `MISSING`; the empty path is the item itself."""
    if not path:
        return item
    for name in path.split("."):
        if not isinstance(item, Mapping) or name not in item:
            return MISSING
        item = item[name]
    return item


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


def _minor(raw: Any, currency: str) -> Money:
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 16:
        return Money(int(raw), currency)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InvalidMoney(str(raw)[:60], f"not a whole number of minor units: {type(raw).__name__}")
    return Money(raw, currency)


def _reject(item_id: str, part: str, error: InvalidInput, item: Any, kind: RejectKind) -> Reject:
    return Reject(item_id, f"{part}: {error}", raw_text(item), kind)


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
