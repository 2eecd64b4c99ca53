"""The truth, as JSON: every product, and every offer on sale with exactly what its marketplace's answer says of it.

Where an answer leaves something out, the truth says null: unknown is a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplaces.shops import jd_items, pinduoduo_items, taobao_items
from marketplaces.stated import stated
from marketplaces.world.landed import Wish, landed
from marketplaces.world.prices import on_sale, title_at
from marketplaces.world.promotions import promotion_json, shipping_json
from marketplaces.world.quotes import GROUP, quote
from marketplaces.world.seasons import HOUR_S, hour_of, moment
from marketplaces.world.shop_terms import FAR, FARTHEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from marketplaces.world.build import World
    from marketplaces.world.landed import Landed, Terms
    from marketplaces.world.model import Offer, Product
    from marketplaces.world.seasons import Moment
    from marketplaces.world.storefront import Page


def truth(world: World, at: datetime, origins: Mapping[str, str], marketplace: str | None) -> dict[str, Any]:
    """The world at that time (prices hold for the hour), on one marketplace or on all."""
    pages = {offer.number: page for page in world.pages for offer in page.offers}
    hour = moment(hour_of(at))
    listed = (
        offer for offer in world.offers if marketplace in (None, offer.marketplace) and on_sale(offer, hour)
    )
    return {
        "at": at.isoformat(),
        "products": [product_json(product) for product in world.products],
        "offers": [offer_json(offer, hour, origins, pages.get(offer.number)) for offer in listed],
    }


def product_json(product: Product) -> dict[str, Any]:
    """One product of the truth."""
    quantity = product.unit_quantity
    return {
        "product_key": product.key,
        "group_key": product.group_key,
        "family": product.family.slug,
        "kind": product.kind,
        "brand_id": product.brand.id,
        "brand_zh": product.brand.zh,
        "brand_en": product.brand.en,
        "model": product.model,
        "variant": dict(product.variant) | ({"grade": product.grade} if product.grade else {}),
        "unit_quantity": {"value": quantity[0], "unit": quantity[1]} if quantity else None,
        "pack_count": product.pack_count,
        "condition": product.condition,
        "region_version": product.region_version,
        "gtin": product.gtin,
        "mpn": product.mpn,
        "is_bundle": product.is_bundle,
        "name": product.name,
    }


def offer_json(offer: Offer, hour: Moment, origins: Mapping[str, str], page: Page | None) -> dict[str, Any]:
    """One offer of the truth; `page` is the shop's, where it is on the shop."""
    terms = quote(offer, hour)
    return {
        "marketplace": offer.marketplace,
        "item_id": offer.item_id,
        "sku_id": offer.sku_id,
        "product_key": offer.product.key if offer.product else None,
        "kind": offer.kind,
        "title": title_at(offer, hour),
        "stated": stated(offer, title_at(offer, hour)),
        "color": offer.colour,
        "shoe_size": offer.shoe or None,
        "seller": {"id": str(offer.seller.id), "name": offer.seller.name, "type": offer.seller.type},
        "price_fen": terms.price_fen,
        "list_price_fen": terms.list_fen,
        "shipping_fen": terms.shipping.base,
        "claimed_landed_fen": terms.claimed_fen,
        "group_price": terms.kind == GROUP,
        "promotions": [promotion_json(promotion) for promotion in terms.promotions],
        "shipping": shipping_json(terms.shipping),
        "min_qty": terms.min_qty,
        "max_qty": terms.max_qty,
        "landed": landed_cases(terms.terms, hour.hour * HOUR_S),
        "in_stock": _in_stock(offer, page, in_stock=terms.in_stock),
        "url": _url(offer, origins, page),
        "gtin": offer.gtin,
        "gtin_is_wrong": offer.gtin_is_wrong,
    }


def landed_cases(terms: Terms, at_s: int) -> list[dict[str, Any]]:
    """The headline, more pieces, farther regions, and what each condition that any promotion needs would give."""
    conditions = sorted({need for promotion in terms.promotions for need in promotion.needs})
    wishes = [Wish(quantity, at_s=at_s) for quantity in (1, 2, 3)]
    wishes += [Wish(region=region, at_s=at_s) for region in (FAR, FARTHEST)]
    wishes += [Wish(at_s=at_s, conditions=frozenset((condition,))) for condition in conditions]
    return [_case(wish, landed(terms, wish)) for wish in wishes]


def _case(wish: Wish, result: Landed) -> dict[str, Any]:
    return {
        "quantity": wish.quantity,
        "region": wish.region,
        "conditions": sorted(wish.conditions),
        "status": result.status,
        "fen": result.fen,
        "is_bound": result.is_bound,
        "applied": list(result.applied),
    }


def _in_stock(offer: Offer, page: Page | None, *, in_stock: bool) -> bool | None:
    """JD's answer tells when asked for the block stockState; the gateways of the others never do."""
    if offer.marketplace == "jd" or (page is not None and page.says_stock):
        return in_stock
    return None


def _url(offer: Offer, origins: Mapping[str, str], page: Page | None) -> str:
    if page is not None:
        return f"{origins['shop']}{page.path}"
    if offer.marketplace == "taobao":
        return f"https:{taobao_items.landing_url(offer)}"
    if offer.marketplace == "jd":
        return f"https://{jd_items.landing_url(offer)}"
    return pinduoduo_items.landing_url(offer)
