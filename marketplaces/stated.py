"""What an offer says of the goods: its title of the hour and its marketplace's structured fields together.

The truth about a product holds more than any seller writes. A reader of offers is held to this part of it. Null, and a
name that is missing, mean: not said.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marketplaces.world.model import Offer, Product


def stated(offer: Offer, title: str) -> dict[str, Any]:
    """The stated part of the truth about an offer under this title.

    Templates have a must-slot for all that splits (`tests/marketplaces/test_titles.py` holds them to it), so what may be
    missing is the brand of a no-name article, the colour, and a code that stands in some titles only. A choice of
    variants says its brand and nothing that a price could be compared by.
    """
    brand = offer.brand
    told: dict[str, Any] = {
        "kind": offer.kind,
        "family": offer.family.slug,
        "brand": [name for name in dict.fromkeys((brand.zh, brand.en, *brand.also)) if name] or None,
        "is_bundle": offer.kind == "bundle",
        "color": offer.colour or _colour(offer.product, title),
    }
    product = offer.product
    return told if product is None or product.line is None else told | _goods(product, title)


def _colour(product: Product | None, title: str) -> str | None:
    """The colour that this title names; `Offer.colour` is what each of an offer's titles names."""
    named = [colour for colour in (product.colours if product else ()) if colour in title]
    return max(named, key=len, default=None)


def _goods(product: Product, title: str) -> dict[str, Any]:
    quantity = product.unit_quantity
    return {
        "line": product.group_key,
        "model": _names(product),
        "variant": _variant(product, title),
        "quantity": {"value": quantity[0], "unit": quantity[1]} if quantity else None,
        "pack_count": product.pack_count,
        "condition": product.condition,
        "region_version": product.region_version,
    }


def _names(product: Product) -> list[str]:
    """Every name of the model; each alone is unmistakable."""
    line = product.line
    names = (line.name, line.latin, *line.spellings, product.model) if line else (product.model,)
    return [name for name in dict.fromkeys(names) if name]


def _variant(product: Product, title: str) -> dict[str, Any]:
    """What is said of the variant: a style code gives way to the colourway's name now and then."""
    text = unicodedata.normalize("NFKC", title).lower()
    said = {
        n: value for n, value in product.variant.items() if n != "style_code" or product.mpn.lower() in text
    }
    told = product.line.told if product.line else {}
    return said | {name: value for name, (words, value) in told.items() if words.lower() in text}
