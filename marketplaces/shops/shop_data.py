"""The schema.org documents of a product page, in the shapes found in the wild. No HTML here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from marketplaces.shops.gateway import yuan
from marketplaces.shops.shop_shipping import says_free_over_in_details, shipping_details
from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quote
from marketplaces.world.seasons import CHINA
from marketplaces.world.shop_terms import MEMBERS, SALE

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.promotions import Promotion
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment
    from marketplaces.world.storefront import Page

_CONDITIONS = {
    "new": "NewCondition",
    "used": "UsedCondition",
    "refurbished_official": "RefurbishedCondition",
}
"""schema.org has no word for an opened box: the page leaves the field out and the title says it."""


def documents(page: Page, moment: Moment, origin: str) -> list[dict[str, Any]]:
    """One document per script element of the page."""
    goods = _goods(page, moment, origin)
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": 1, "name": page.category}],
    }
    firm = {"@type": "Organization", "name": page.offers[0].seller.name, "url": f"{origin}/"}
    context = {"@context": "https://schema.org" if page.style & 2 else "http://schema.org/"}
    if page.shape == "graph":
        return [{**context, "@graph": [{"@type": "WebSite", "url": f"{origin}/"}, crumbs, goods]}]
    if page.shape == "scripts":
        return [{**context, **firm}, {**context, **crumbs}, {**context, **goods}]
    return [{**context, **goods}]


def _goods(page: Page, moment: Moment, origin: str) -> dict[str, Any]:
    if page.is_group:
        return _group(page, moment, origin)
    offer = page.offers[0]
    node = _product(offer, page, moment)
    terms = _offer(offer, page, moment, origin)
    if page.shape == "list":
        return node | {"productID": page.item_id, "offers": [terms]}
    return node | {
        "offers": _aggregate(page, moment) | {"offers": [terms]} if page.shape == "aggregate" else terms
    }


def _group(page: Page, moment: Moment, origin: str) -> dict[str, Any]:
    variants = [
        _product(offer, page, moment) | {"offers": _offer(offer, page, moment, origin)}
        for offer in page.offers
    ]
    group: dict[str, Any] = {
        "@type": "ProductGroup",
        "name": page.name,
        "productGroupID": page.item_id,
        "url": f"{origin}{page.path}",
        "variesBy": ["https://schema.org/color", "https://schema.org/size"],
        "brand": _brand(page.offers[0], page),
        "hasVariant": variants,
    }
    return group | ({"offers": _aggregate(page, moment)} if page.shape == "aggregate" else {})


def _aggregate(page: Page, moment: Moment) -> dict[str, Any]:
    """The span of prices, which is nobody's price."""
    prices = [quote(offer, moment).price_fen for offer in page.offers]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "CNY",
        "lowPrice": _amount(min(prices), page),
        "highPrice": _amount(max(prices), page),
        "offerCount": len(prices),
    }


def _product(offer: Offer, page: Page, moment: Moment) -> dict[str, Any]:
    title = _with_entities(title_at(offer, moment), page)
    picture = f"https://img.shop.example/{offer.item_id}-{offer.number}.jpg"
    node: dict[str, Any] = {
        "@type": "Product",
        "name": title,
        "sku": offer.sku_id or offer.item_id,
        "image": picture if page.style & 4 else [picture],
        "description": f"{title} <b>全新上架</b>" if page.style & 8 else title,
        "brand": _brand(offer, page),
        "category": page.category,
    }
    if offer.gtin:
        node |= _gtin(offer.gtin, page)
    if offer.product and offer.product.mpn:
        node["mpn"] = offer.product.mpn
    if offer.colour:
        node["color"] = offer.colour
    return node


def _gtin(gtin: str, page: Page) -> dict[str, str]:
    key = ("gtin13", "gtin13", "gtin", "gtin14")[page.style >> 8 & 3]
    return {key: f"0{gtin}" if key == "gtin14" else gtin}


def _brand(offer: Offer, page: Page) -> Any:
    name = _with_entities(offer.brand_field, page)
    return {"@type": "Brand", "name": name} if page.style & 16 else name


def _offer(offer: Offer, page: Page, moment: Moment, origin: str) -> dict[str, Any]:
    terms = quote(offer, moment)
    node: dict[str, Any] = {
        "@type": "Offer",
        "url": f"{origin}{page.path}",
        "priceCurrency": "CNY",
        **_price(terms, page),
    }
    if page.says_stock:
        node["availability"] = _term("InStock" if terms.in_stock else "OutOfStock", page)
    condition = offer.product.condition if offer.product else "new"
    if condition in _CONDITIONS and (condition != "new" or page.style & 32):
        node["itemCondition"] = _term(_CONDITIONS[condition], page)
    if page.style & 64:
        node["seller"] = {"@type": "Organization", "name": offer.seller.name}
    if terms.min_qty > 1 or terms.max_qty is not None:
        node["eligibleQuantity"] = _pieces(terms.min_qty, terms.max_qty)
    if terms.shipping.base is not None:
        details = shipping_details(terms.shipping, page.style)
        node["shippingDetails"] = details if len(details) > 1 else details[0]
    return node


def _price(terms: Quote, page: Page) -> dict[str, Any]:
    """The price on the offer or, on one page in sixteen, only in its specification; struck-through and other ones beside it."""
    asked = _amount(terms.price_fen, page)
    only_specified = (page.style >> 12) % 16 == 0
    specified: list[dict[str, Any]] = []
    if only_specified:
        specified.append({"@type": "UnitPriceSpecification", "price": asked, "priceCurrency": "CNY"})
    if terms.list_fen is not None:
        struck = {
            "@type": "UnitPriceSpecification",
            "priceType": f"https://schema.org/{'ListPrice' if page.style >> 32 & 3 == 0 else 'StrikethroughPrice'}",
            "price": _amount(terms.list_fen, page),
            "priceCurrency": "CNY",
        }
        specified.append(struck)
    specified += [_other_price(promotion, page) for promotion in terms.promotions]
    if terms.shipping.free_over is not None and not says_free_over_in_details(page.style):
        specified.append(_delivery_charge(terms.shipping.free_over))
    node: dict[str, Any] = {} if only_specified else {"price": asked}
    if len(specified) == 1 and page.style & 128:
        return node | {"priceSpecification": specified[0]}
    return node | ({"priceSpecification": specified} if specified else {})


def _other_price(promotion: Promotion, page: Page) -> dict[str, Any]:
    """A sale's price with its days, a members' price, or a price from so many pieces on."""
    node: dict[str, Any] = {
        "@type": "UnitPriceSpecification",
        "price": _amount(promotion.price or 0, page),
        "priceCurrency": "CNY",
    }
    if promotion.label == SALE and promotion.window:
        starts, ends = promotion.window
        return node | {
            "priceType": "https://schema.org/SalePrice",
            "validFrom": datetime.fromtimestamp(starts, CHINA).isoformat(),
            "validThrough": datetime.fromtimestamp(ends - 1, CHINA).isoformat(),
        }
    if promotion.label == MEMBERS:
        return node | {"validForMemberTier": {"@type": "MemberProgramTier", "name": promotion.words}}
    return node | {"eligibleQuantity": _pieces(promotion.threshold_qty or 1, None)}


def _pieces(least: int, most: int | None) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "QuantitativeValue", "minValue": least}
    return node if most is None else node | {"maxValue": most}


def _delivery_charge(free_over: int) -> dict[str, Any]:
    """Nothing for delivery from that order value on."""
    volume = {"@type": "PriceSpecification", "minPrice": yuan(free_over), "priceCurrency": "CNY"}
    return {
        "@type": "DeliveryChargeSpecification",
        "price": "0.00",
        "priceCurrency": "CNY",
        "eligibleTransactionVolume": volume,
    }


def _amount(fen: int, page: Page) -> str | int | float:
    """4299.00 as a string, or as a number; whole yuan sometimes without decimals."""
    if (page.style >> 20) % 3 == 0:
        return fen // 100 if fen % 100 == 0 else fen / 100
    return str(fen // 100) if (page.style >> 20) % 3 == 1 and fen % 100 == 0 else yuan(fen)


def _term(name: str, page: Page) -> str:
    """A schema.org term as URL or as its short name."""
    return (f"https://schema.org/{name}", f"http://schema.org/{name}", name)[(page.style >> 24) % 3]


def _with_entities(text: str, page: Page) -> str:
    """The text with HTML entities in it, as one page in ten has inside its JSON strings."""
    if (page.style >> 28) % 10:
        return text
    return text.replace("&", "&amp;").replace("'", "&#39;").replace("é", "&eacute;").replace("+", "&#43;")
