"""What a page's schema.org nodes offer: Product, ProductGroup with variants, Offer, AggregateOffer -> offer rows.

Whatever has two readings is a reject with its reason: a range without variants, two different asked prices, a price in
words. Terms and meanings: schema.org/Offer, /PriceSpecification, /ProductGroup, /OfferShippingDetails.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from catalog.errors import InvalidInput, InvalidMoney
from catalog.listing import Condition, Marketplace, SellerType, Stock
from catalog.money import Money
from crawlers.extract.price_text import parse_price
from crawlers.extract.structured import as_list, local_name, types_of
from crawlers.fields import raw_text
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

STRUCK_THROUGH: Final = frozenset({"StrikethroughPrice", "ListPrice", "MSRP", "SRP", "RegularPrice"})
NOT_FOR_ANYONE: Final = frozenset({"InvoicePrice", "MinimumAdvertisedPrice"})

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
                rows.append(_row(product, group, offer, page))
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
) -> dict[str, Any]:
    currency = _currency(offer, page.marketplace)
    asked, struck = _prices(offer, currency)
    item_id = _identifier(product, group) or urlsplit(page.url).path
    variant = _first_text(offer, "sku") or _first_text(product, "sku", "mpn", "@id") if group else ""
    return {
        "listing": {
            "marketplace": page.marketplace.slug,
            "item_id": item_id,
            "title": _title(product, group),
            "url": _address(offer, product, page),
            "brand": _name(product.get("brand")) or _name((group or {}).get("brand")),
            "category": _category(product.get("category") or (group or {}).get("category")),
            "image_url": _image(product, group, page),
            "seller": {"id": "", "name": _name(offer.get("seller")) or "", "type": SellerType.UNKNOWN},
        },
        "terms": {"price": asked, "list_price": struck, "shipping": _shipping(offer, currency)},
        "sku_id": variant,
        "sku_text": " ".join(value for _, value in _properties(product)) if group else "",
        "properties": tuple(_properties(product)),
        "gtins": _gtins(product, offer),
        "mpn": _first_text(offer, "mpn") or _first_text(product, "mpn") or None,
        "condition": CONDITIONS.get(_term(offer.get("itemCondition") or product.get("itemCondition"))),
        "stock": STOCKS.get(_term(offer.get("availability")), Stock.UNKNOWN),
    }


def _identifier(product: Mapping[str, Any], group: Mapping[str, Any] | None) -> str:
    if group is not None:
        return _first_text(group, "productGroupID", "@id", "sku") or _first_text(
            product, "inProductGroupWithID"
        )
    return _first_text(product, "productID", "sku", "mpn")


def _currency(offer: Mapping[str, Any], marketplace: Marketplace) -> str:
    """The offer's own currency; the shop's where it states none; two different ones are nobody's."""
    stated = {
        text.upper()
        for holder in (offer, *_specifications(offer))
        if (text := _first_text(holder, "priceCurrency"))
    }
    if len(stated) > 1:
        raise InvalidMoney(", ".join(sorted(stated)), "two currencies for one price")
    return stated.pop() if stated else marketplace.currency


def _prices(offer: Mapping[str, Any], currency: str) -> tuple[Money, Money | None]:
    """What is asked, and what is struck through."""
    asked = {_amount(offer["price"], currency)} if offer.get("price") not in (None, "") else set()
    struck: set[Money] = set()
    for specification in _specifications(offer):
        kind = _term(specification.get("priceType"))
        if specification.get("price") in (None, "") or kind in NOT_FOR_ANYONE:
            continue
        if kind in STRUCK_THROUGH:
            struck.add(_amount(specification["price"], currency))
        elif not ({"validForMemberTier", "referenceQuantity", "eligibleQuantity"} & set(specification)):
            asked.add(_amount(specification["price"], currency))
    if not asked:
        asked = {
            _amount(offer[key], currency)
            for key in ("lowPrice", "highPrice")
            if offer.get(key) not in (None, "")
        }
    if len(asked) != 1:
        text = ", ".join(str(money) for money in sorted(asked))
        raise InvalidMoney(text, "several asked prices" if asked else "no price")
    return asked.pop(), max(struck, default=None)


def _specifications(offer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in as_list(offer.get("priceSpecification")) if isinstance(one, Mapping)]


def _amount(raw: Any, currency: str) -> Money:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise InvalidMoney(str(raw)[:60], f"not an amount: {type(raw).__name__}")
    if isinstance(raw, Decimal):
        if not raw.is_finite() or abs(raw.adjusted()) > 15:
            raise InvalidMoney(str(raw)[:60], "not an amount")
        return Money.from_decimal(format(raw, "f"), currency)
    try:
        return Money.from_decimal(str(raw).strip(), currency)
    except InvalidMoney:
        return parse_price(html.unescape(str(raw)), currency)


def _shipping(offer: Mapping[str, Any], currency: str) -> Money | None:
    """The one rate that holds at home; None where none, or more than one, is stated."""
    rates: set[Money] = set()
    for detail in as_list(offer.get("shippingDetails")):
        rate = detail.get("shippingRate") if isinstance(detail, Mapping) else None
        if not isinstance(rate, Mapping) or not _is_home(detail):
            continue
        value = rate.get("value", rate.get("price"))
        if value in (None, ""):
            continue
        if (_first_text(rate, "currency") or currency) != currency:
            return None
        try:
            rates.add(_amount(value, currency))
        except InvalidMoney:
            return None
    return rates.pop() if len(rates) == 1 else None


def _is_home(detail: Mapping[str, Any]) -> bool:
    """Whether a rate holds where most shoppers are: no destination stated, or mainland China."""
    destinations = [one for one in as_list(detail.get("shippingDestination")) if isinstance(one, Mapping)]
    countries = {
        _first_text(one, "addressCountry") or _name(one.get("addressCountry")) for one in destinations
    }
    return not (countries - {"", None}) or bool(countries & {"CN", "CHN", "中国"})


def _title(product: Mapping[str, Any], group: Mapping[str, Any] | None) -> str:
    own = _first_text(product, "name")
    shared = _first_text(group or {}, "name")
    if own or not group:
        return own
    return " ".join([shared, *(value for _, value in _properties(product))])


def _properties(product: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(axis, text) for axis in AXES if (text := _name(product.get(axis)))]
    for extra in as_list(product.get("additionalProperty")):
        if isinstance(extra, Mapping):
            name, value = _first_text(extra, "name"), _first_text(extra, "value")
            if name and value:
                found.append((name, value))
    return found


def _gtins(product: Mapping[str, Any], offer: Mapping[str, Any]) -> tuple[str, ...]:
    stated = [text for holder in (product, offer) for key in GTIN_FIELDS for text in _texts(holder.get(key))]
    return tuple(dict.fromkeys(stated))


def _category(raw: Any) -> tuple[str, ...]:
    names: list[str] = []
    for one in as_list(raw):
        name = _name(one)
        names += [part.strip() for part in name.replace("›", ">").split(">")] if name else []
    return tuple(name for name in names if name)[:10]


def _image(product: Mapping[str, Any], group: Mapping[str, Any] | None, page: Page) -> str | None:
    for holder in (product, group or {}):
        for one in as_list(holder.get("image")):
            address = one if isinstance(one, str) else _first_text(one, "url", "contentUrl")
            if address:
                joined = urljoin(page.url, address)
                return joined if joined.startswith(("http://", "https://")) else None
    return None


def _address(offer: Mapping[str, Any], product: Mapping[str, Any], page: Page) -> str:
    """Where the offer can be bought, on the shop's own host; else the page it was read from."""
    for holder in (offer, product):
        address = urljoin(page.url, _first_text(holder, "url") or page.url)
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


def _first_text(node: Any, *keys: str) -> str:
    """The first of `keys` that holds text or a number, as clean text; empty when none does."""
    if not isinstance(node, Mapping):
        return ""
    for key in keys:
        found = _texts(node.get(key))
        if found:
            return found[0]
    return ""


def _texts(raw: Any) -> list[str]:
    return [
        " ".join(html.unescape(str(one)).split())
        for one in as_list(raw)
        if isinstance(one, str | int | Decimal) and not isinstance(one, bool) and str(one).strip()
    ]


def _name(raw: Any) -> str:
    """Text, or the ``name`` of an object, or the first of several."""
    for one in as_list(raw):
        text = (
            _first_text(one, "name", "@value", "value")
            if isinstance(one, Mapping)
            else "".join(_texts(one)[:1])
        )
        if text:
            return text
    return ""


def _term(raw: Any) -> str:
    return local_name(raw) if isinstance(raw, str) else ""
