"""Practice worlds of any size.

The usual declarations of `marketplaces/world/families` hold 1,187 products; more offers of so few would make products with a
hundred offers each, which no catalogue has. A larger world therefore multiplies the declarations first: every model
again with other figures in its names and codes and other contents (iPhone 15 → iPhone 32, 700 g → 701 g), which sellers
then title and the title reader then reads as they do the real ones. Eight offers a product, whatever the size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from marketplaces.world.brands import brands
from marketplaces.world.build import World, build_world
from marketplaces.world.families import FAMILIES
from marketplaces.world.family import Family, Model
from marketplaces.world.offers import SHARES, Bench, gateway_offers
from marketplaces.world.products import products
from marketplaces.world.search import Catalogue
from marketplaces.world.sellers import Sellers
from marketplaces.world.storefront import pages

SEED = 7

_FIGURE = re.compile(r"\d+")
_STEP = 17
"""Between the figures of two copies of a model: wider than the model lines are long, so that copies rarely meet."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is."""

    name: str
    products: int
    offers: int
    copies: int = 1
    """How often the declarations are repeated."""


TINY = Size("tiny", 110, 700)
"""The smallest there is: short crawls, and `--quick`."""
DEMO = Size("demo", 600, 5_000)
CRAWL = Size("20k", 2_400, 20_000, 4)
"""Long enough that a crawl costs seconds, not tenths of them."""
LARGE = Size("100k", 13_200, 110_000, 22)
"""100,000 of its offers can be found: JD's gateway ends every keyword after 3,000 hits."""


@cache
def world_of(size: Size) -> World:
    """The world of this size; the same on every machine."""
    if size.copies == 1:
        return build_world(SEED, size.products, size.offers)
    return _built(_repeated(size.copies), size.products, size.offers)


def _built(families: tuple[Family, ...], product_count: int, offer_count: int) -> World:
    """As `marketplaces.world.build.build_world`, from other declarations."""
    known = brands()
    goods = products(SEED, families, known, product_count)
    bench = Bench(SEED, known, Sellers(SEED))
    shop_pages = pages(bench, goods, offer_count * SHARES["shop"] // 100, 0)
    offers = [offer for page in shop_pages for offer in page.offers]
    catalogues: dict[str, Catalogue] = {}
    for marketplace in ("taobao", "jd", "pinduoduo"):
        count = offer_count * SHARES[marketplace] // 100
        made = gateway_offers(bench, marketplace, goods, count, len(offers))
        catalogues[marketplace] = Catalogue(made)
        offers += made
    return World(SEED, families, goods, tuple(offers), catalogues, shop_pages)


def _repeated(copies: int) -> tuple[Family, ...]:
    return tuple(
        replace(family, models=tuple(_copy(model, n) for n in range(copies) for model in family.models))
        for family in FAMILIES
    )


def _copy(model: Model, n: int) -> Model:
    """The n-th copy of a model; the first is the model itself."""
    if n == 0:
        return model
    return replace(
        model,
        name=moved(model.name, n),
        code=moved(model.code, n),
        spellings=tuple(moved(spelling, n) for spelling in model.spellings),
        latin=moved(model.latin, n),
        versions=tuple(
            replace(
                version,
                code=moved(version.code, n),
                amount=None if version.amount is None else version.amount + n,
            )
            for version in model.versions
        ),
    )


def moved(text: str, n: int) -> str:
    """`text` with the figures of the n-th copy."""
    return _FIGURE.sub(lambda found: str(int(found[0]) + n * _STEP).zfill(len(found[0])), text)
