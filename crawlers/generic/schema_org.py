"""What a page's schema.org nodes offer: Product, ProductGroup with variants, Offer, AggregateOffer -> offer rows.

Whatever has two readings is a reject with its reason: a range without variants, two different asked prices, a price in
words. What is asked: `schema_prices.py`; delivery: `schema_shipping.py`. Terms and meanings: schema.org/Offer,
/ProductGroup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from catalog.errors import InvalidInput, InvalidMoney
from catalog.listing import Condition, Marketplace, SellerType, Stock
from crawlers.extract.structured import as_list, first_text, name_of, term_of, texts_of, types_of
from crawlers.fields import raw_text
from crawlers.generic.schema_prices import read_limits, read_prices, specifications_of
from crawlers.generic.schema_shipping import read_shipping
from crawlers.promotion_map import told_apart
from ledger.frontier import Reject, RejectKind

PRODUCT_TYPES: Final = frozenset(
    {"Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Book"}
)

STOCKS: Final[Mapping[str, Stock]] = {
    "InStock": Stock.IN, "OnlineOnly": Stock.IN, "LimitedAvailability": Stock.LOW, "OutOfStock": Stock.OUT,
    "SoldOut": Stock.OUT, "Discontinued": Stock.OUT, "InStoreOnly": Stock.OUT, "PreOrder": Stock.PREORDER,
    "PreSale": Stock.PREORDER, "BackOrder": Stock.PREORDER, "MadeToOrder": Stock.PREORDER,
}  # fmt: skip

CONDITIONS: Final[Mapping[str, Condition]] = {
    "NewCondition": Condition.NEW, "UsedCondition": Condition.USED,
    "RefurbishedCondition": Condition.REFURBISHED, "DamagedCondition": Condition.OPEN_BOX,
}  # fmt: skip

AXES: Final = ("color", "size", "material", "pattern", "model")
"""Variant properties that schema.org names; further ones come as additionalProperty."""

GTIN_FIELDS: Final = ("gtin", "gtin13", "gtin14", "gtin12", "gtin8", "isbn")


@dataclass(frozen=True, slots=True)
class Page:
    """Where the nodes were found."""

    url: str
    marketplace: Marketplace


def read_products(
    nodes: Sequence[Mapping[str, Any]], page: Page
) -> tuple[list[dict[str, Any]], list[Reject]] | None:
    """Offer rows and rejects of the goods a page is about; None when it is about none."""
    subjects = list(_subjects(nodes))
    if not subjects:
        return None
    rows: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for product, group in subjects:
        for offer in _offers(product) or [{}]:
            try:
                row, problems = _row(product, group, offer, page)
                rows.append(row)
                rejects += [_defect(row, problem, offer) for problem in problems]
            except InvalidInput as error:
                rejects.append(Reject(_identifier(product, group), str(error), raw_text(offer or product)))
    return _told_apart(rows, rejects)


def _subjects(
    nodes: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Each product the page is about, with its group. Products nested as related or in lists are not."""
    for node in nodes:
        kinds = types_of(node)
        if "ProductGroup" in kinds:
            for variant in as_list(node.get("hasVariant")):
                if isinstance(variant, Mapping):
                    yield variant, node
        elif kinds & PRODUCT_TYPES:
            group = node.get("isVariantOf")
            yield node, group if isinstance(group, Mapping) else None
        elif kinds & {"WebPage", "ItemPage"}:
            inner = [one for one in as_list(node.get("mainEntity")) if isinstance(one, Mapping)]
            yield from _subjects(inner)


def _offers(product: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Single offers; an AggregateOffer is opened, and kept only when it lists none but states one price."""
    found: list[Mapping[str, Any]] = []
    for offer in as_list(product.get("offers")):
        if not isinstance(offer, Mapping):
            continue
        inner = [one for one in as_list(offer.get("offers")) if isinstance(one, Mapping)]
        found += inner or [offer]
    return found


def _row(
    product: Mapping[str, Any], group: Mapping[str, Any] | None, offer: Mapping[str, Any], page: Page
) -> tuple[dict[str, Any], list[str]]:
    """The row, and what of its terms could not be read and counts as unknown."""
    currency = _currency(offer, page.marketplace)
    terms, problems = _terms(offer, currency)
    item_id = _identifier(product, group) or urlsplit(page.url).path
    variant = first_text(offer, "sku") or first_text(product, "sku", "mpn", "@id") if group else ""
    row = {
        "listing": {
            "marketplace": page.marketplace.slug,
            "item_id": item_id,
            "title": _title(product, group),
            "url": _address(offer, product, page),
            "brand": name_of(product.get("brand")) or name_of((group or {}).get("brand")),
            "category": _category(product.get("category") or (group or {}).get("category")),
            "image_url": _image(product, group, page),
            "seller": {"id": "", "name": name_of(offer.get("seller")) or "", "type": SellerType.UNKNOWN},
        },
        "terms": terms,
        "sku_id": variant,
        "sku_text": " ".join(value for _, value in _properties(product)) if group else "",
        "properties": tuple(_properties(product)),
        "gtins": _gtins(product, offer),
        "mpn": first_text(offer, "mpn") or first_text(product, "mpn") or None,
        "condition": CONDITIONS.get(term_of(offer.get("itemCondition") or product.get("itemCondition"))),
        "stock": STOCKS.get(term_of(offer.get("availability")), Stock.UNKNOWN),
    }
    return row, problems


def _terms(offer: Mapping[str, Any], currency: str) -> tuple[dict[str, Any], list[str]]:
    prices, shipping, limits = (
        read_prices(offer, currency),
        read_shipping(offer, currency),
        read_limits(offer),
    )
    terms = {
        "price": prices.price,
        "list_price": prices.list_price,
        "shipping": shipping.rate,
        "shipping_rules": shipping.rules,
        "promotions": told_apart([*prices.promotions, *shipping.promotions]),
        "min_quantity": limits.least,
        "max_quantity": limits.most,
    }
    return terms, [*prices.problems, *shipping.problems, *limits.problems]


def _defect(row: Mapping[str, Any], problem: str, offer: Mapping[str, Any]) -> Reject:
    return Reject(row["listing"]["item_id"], problem, raw_text(offer), RejectKind.FIELD)


def _identifier(product: Mapping[str, Any], group: Mapping[str, Any] | None) -> str:
    if group is not None:
        return first_text(group, "productGroupID", "@id", "sku") or first_text(
            product, "inProductGroupWithID"
        )
    return first_text(product, "productID", "sku", "mpn")


def _currency(offer: Mapping[str, Any], marketplace: Marketplace) -> str:
    """The offer's own currency; the shop's where it states none; two different ones are nobody's."""
    stated = {
        text.upper()
        for holder in (offer, *specifications_of(offer))
        if (text := first_text(holder, "priceCurrency"))
    }
    if len(stated) > 1:
        raise InvalidMoney(", ".join(sorted(stated)), "two currencies for one price")
    return stated.pop() if stated else marketplace.currency


def _title(product: Mapping[str, Any], group: Mapping[str, Any] | None) -> str:
    own = first_text(product, "name")
    shared = first_text(group or {}, "name")
    if own or not group:
        return own
    return " ".join([shared, *(value for _, value in _properties(product))])


def _properties(product: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(axis, text) for axis in AXES if (text := name_of(product.get(axis)))]
    for extra in as_list(product.get("additionalProperty")):
        if isinstance(extra, Mapping):
            name, value = first_text(extra, "name"), first_text(extra, "value")
            if name and value:
                found.append((name, value))
    return found


def _gtins(product: Mapping[str, Any], offer: Mapping[str, Any]) -> tuple[str, ...]:
    stated = [
        text for holder in (product, offer) for key in GTIN_FIELDS for text in texts_of(holder.get(key))
    ]
    return tuple(dict.fromkeys(stated))


def _category(raw: Any) -> tuple[str, ...]:
    names: list[str] = []
    for one in as_list(raw):
        name = name_of(one)
        names += [part.strip() for part in name.replace("›", ">").split(">")] if name else []
    return tuple(name for name in names if name)[:10]


def _image(product: Mapping[str, Any], group: Mapping[str, Any] | None, page: Page) -> str | None:
    for holder in (product, group or {}):
        for one in as_list(holder.get("image")):
            address = one if isinstance(one, str) else first_text(one, "url", "contentUrl")
            if address:
                joined = urljoin(page.url, address)
                return joined if joined.startswith(("http://", "https://")) else None
    return None


def _address(offer: Mapping[str, Any], product: Mapping[str, Any], page: Page) -> str:
    """Where the offer can be bought, on the shop's own host; else the page it was read from."""
    for holder in (offer, product):
        address = urljoin(page.url, first_text(holder, "url") or page.url)
        if urlsplit(address).netloc == urlsplit(page.url).netloc:
            return address
    return page.url


def _told_apart(
    rows: list[dict[str, Any]], rejects: list[Reject]
) -> tuple[list[dict[str, Any]], list[Reject]]:
    """Offers of one SKU by several sellers or in several conditions get keys of their own."""
    seen: dict[tuple[str, str], int] = {}
    kept: list[dict[str, Any]] = []
    for row in rows:
        key = (row["listing"]["item_id"], row["sku_id"])
        if key in seen:
            row["sku_id"] = "/".join(
                part
                for part in (row["sku_id"], row["listing"]["seller"]["name"], row["condition"] or "")
                if part
            )
            key = (key[0], row["sku_id"])
        if key in seen:
            rejects.append(
                Reject(key[0], "two offers that nothing tells apart", raw_text(row), RejectKind.ITEM)
            )
            continue
        seen[key] = 1
        kept.append(row)
    return kept, rejects
