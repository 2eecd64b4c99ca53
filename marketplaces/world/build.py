"""The whole world from one seed: products, offers, the shop's pages, and the indexes over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.brands import brands
from marketplaces.world.families import FAMILIES, WIDE
from marketplaces.world.offers import SHARES, Bench, gateway_offers
from marketplaces.world.products import products
from marketplaces.world.search import Catalogue
from marketplaces.world.sellers import Sellers
from marketplaces.world.storefront import Page, pages

if TYPE_CHECKING:
    from marketplaces.world.family import Family
    from marketplaces.world.model import Offer, Product


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """Everything that does not change with the clock."""

    seed: int
    families: tuple[Family, ...]
    products: tuple[Product, ...]
    offers: tuple[Offer, ...]
    catalogues: dict[str, Catalogue]
    """Gateway marketplace -> its searchable listings."""
    pages: tuple[Page, ...]

    @property
    def keywords(self) -> tuple[str, ...]:
        """Searches that together find every listing."""
        return tuple(family.keyword for family in self.families)


def build_world(seed: int, product_count: int, offer_count: int, *, is_wide: bool = False) -> World:
    """The same arguments give the same world, on any machine and at any time. A wide one has every family of goods.

    Raises:
        WorldTooSmall: the declarations do not hold so many products.
    """
    families = WIDE if is_wide else FAMILIES
    known = brands()
    goods = products(seed, families, known, product_count)
    bench = Bench(seed, known, Sellers(seed))
    shop_pages = pages(bench, goods, offer_count * SHARES["shop"] // 100, 0)
    offers = [offer for page in shop_pages for offer in page.offers]
    catalogues: dict[str, Catalogue] = {}
    left, share_left = offer_count - len(offers), 100 - SHARES["shop"]
    for marketplace in ("taobao", "jd", "pinduoduo"):
        count = left * SHARES[marketplace] // share_left
        made = gateway_offers(bench, marketplace, goods, count, len(offers))
        left, share_left = left - len(made), share_left - SHARES[marketplace]
        catalogues[marketplace] = Catalogue(made)
        offers += made
    return World(seed, families, goods, tuple(offers), catalogues, shop_pages)
