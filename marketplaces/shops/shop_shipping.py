"""Delivery on a product page: schema.org OfferShippingDetails, with regions spelled as shops spell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplaces.shops.gateway import yuan

if TYPE_CHECKING:
    from marketplaces.world.promotions import Shipping

_NAMES = {
    "CN-XJ": ("新疆", "新疆维吾尔自治区", "CN-XJ", "XJ"),
    "CN-XZ": ("西藏", "西藏自治区", "CN-XZ", "XZ"),
}


def says_free_over_in_details(style: int) -> bool:
    """Whether the page writes the value for free delivery beside the rate, or as a specification of the price."""
    return style >> 36 & 1 == 0


def shipping_details(rules: Shipping, style: int) -> list[dict[str, Any]]:
    """The general rate, then each region's own and those that are not delivered to."""
    general = _details(rules.base or 0)
    if rules.free_over is not None and says_free_over_in_details(style):
        general["freeShippingThreshold"] = _money(rules.free_over)
    regions: dict[int, list[str]] = {}
    for region, more in rules.surcharge:
        regions.setdefault((rules.base or 0) + more, []).append(region)
    dearer = [_details(rate) | _to(names, style) for rate, names in regions.items()]
    refused = [
        {"@type": "OfferShippingDetails", "doesNotShip": True} | _to([region], style)
        for region in rules.no_delivery
    ]
    return [general, *dearer, *refused]


def _details(fen: int) -> dict[str, Any]:
    return {"@type": "OfferShippingDetails", "shippingRate": _money(fen)}


def _money(fen: int) -> dict[str, str]:
    return {"@type": "MonetaryAmount", "value": yuan(fen) if fen else "0", "currency": "CNY"}


def _to(regions: list[str], style: int) -> dict[str, Any]:
    names = [_NAMES[region][style >> 40 & 3] for region in regions]
    region = names if len(names) > 1 or style >> 44 & 1 else names[0]
    return {
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "CN", "addressRegion": region}
    }
