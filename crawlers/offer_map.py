"""Offer maps: one table per marketplace, from an item of its answer to an offer row.

What a field is and in which unit: `crawlers/fields.py`. How promotions are told: `crawlers/promotion_map.py`. Terms that
contradict themselves withhold the whole item: nothing of it is guessed (DECISIONS 49).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from catalog.errors import InvalidInput
from catalog.listing import Marketplace, SellerType, Stock
from catalog.promotion import Promotion
from crawlers.fields import Field, raw_text, value_of
from crawlers.promotion_map import PromotionMap, told_apart
from ledger.frontier import Reject, RejectKind


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
    promotions: tuple[PromotionMap, ...] = ()
    """In the order in which those of one stage take effect."""
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
        mapped = self._fields()
        for place, item in enumerate(items):
            row, problems = self._row(item, mapped, marketplace, place)
            rejects += problems
            if row is not None:
                rows.append(row)
        return rows, rejects

    def _row(
        self, item: Any, fields: Sequence[tuple[str, Field]], marketplace: Marketplace, place: int
    ) -> tuple[dict[str, Any] | None, list[Reject]]:
        values: dict[str, Any] = {}
        problems: list[Reject] = []
        name = f"#{place}"
        for part, mapped in fields:
            try:
                values[part] = value_of(item, mapped, marketplace.currency)
            except InvalidInput as error:
                if mapped.is_required or part in _NEVER_OPTIONAL:
                    return None, [_reject(name, part, error, item, RejectKind.ITEM)]
                problems.append(_reject(name, part, error, item, RejectKind.FIELD))
            if part == "item_id":
                name = values[part]
        try:
            values["promotions"], left_out = self._promotions(item, marketplace.currency)
        except InvalidInput as error:
            return None, [_reject(name, "promotions", error, item, RejectKind.ITEM)]
        problems += [_reject(name, "promotions", error, item, RejectKind.FIELD) for error in left_out]
        return self._nest(values, marketplace), problems

    def _promotions(self, item: Any, currency: str) -> tuple[tuple[Promotion, ...], list[InvalidInput]]:
        """Those it shows, and why others are left out.

        Raises:
            InvalidPromotion: one contradicts itself.
            InvalidTerms: there are more than an offer can have.
        """
        found: list[Promotion] = []
        left_out: list[InvalidInput] = []
        for mapped in self.promotions:
            promotions, problems = mapped.read(item, currency)
            found += promotions
            left_out += problems
        return told_apart(found), left_out

    def _fields(self) -> list[tuple[str, Field]]:
        parts = ((part, getattr(self, part)) for part in self.__slots__)
        return [(part, mapped) for part, mapped in parts if isinstance(mapped, Field)]

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
                "promotions": values["promotions"],
            },
            "stock": values.get("stock") or Stock.UNKNOWN,
            "condition": values.get("condition"),
        }


_NEVER_OPTIONAL: Final = frozenset({"item_id", "title", "price"})


def _reject(item_id: str, part: str, error: InvalidInput, item: Any, kind: RejectKind) -> Reject:
    return Reject(item_id, f"{part}: {error}", raw_text(item), kind)
