"""The nouns of the world: product, seller, offer. Frozen; prices and stock over time are computed in `prices.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from marketplaces.world.brands import Brand
from marketplaces.world.family import Family, Model, Value, Version

Kind = Literal["goods", "accessory", "dummy", "bundle", "options"]
SellerType = Literal["self_operated", "brand_flagship", "authorised", "ordinary", "individual"]

MARKETPLACES = ("taobao", "jd", "pinduoduo", "shop")


@dataclass(frozen=True, slots=True)
class Product:
    """What may be compared by price: same variant, pack, condition and region. Colour and shoe size are axes inside."""

    key: str
    group_key: str
    """Shared by products that differ only in stated axes: the model line."""
    family: Family
    kind: Kind
    brand: Brand
    model: str
    variant: Mapping[str, Value]
    unit_quantity: tuple[float, str] | None
    pack_count: int
    condition: str
    region_version: str | None
    gtin: str
    unit_gtin: str
    """Of a single unit; equals `gtin` when the pack holds one."""
    mpn: str
    name: str
    base_fen: int
    """The market's level; sellers stray from it by a few percent."""
    heat: int
    """1: few sell it ... 5: everybody does. From 4 on it is on every marketplace."""
    colours: tuple[str, ...] = ()
    grade: str = ""
    line: Model | None = None
    """The declaration it came from; None for distractors."""
    version: Version | None = None
    titles: tuple[str, ...] = ()
    """Ready titles, for distractors and bundles."""

    @property
    def is_bundle(self) -> bool:
        """Different goods in one parcel."""
        return self.kind == "bundle"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells on one marketplace."""

    id: int
    marketplace: str
    name: str
    type: SellerType
    place: str
    """Province and city, as Taobao writes them."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """How one offer's price moves; read by `prices.py` only."""

    base_fen: int
    ending: int
    """Which habit of rounding; an index into `prices.ENDINGS`."""
    step_hours: int
    """Mean time between two of the seller's own changes."""
    step_bp: int
    """Largest change against the base, in 1/10 000."""
    campaign_percent: int
    """Share of a campaign's depth this seller takes part with; 0 stays out."""
    raise_days: int
    """0, or the length of this offer's raise-then-cut cycle."""
    list_percent: int
    """Struck-through price, in percent of the base; 0 shows none."""
    sold_out_days: int
    """0, or the cycle in which it is sold out for a while."""
    away_days: int
    """0, or the cycle in which it vanishes and comes back."""
    coupon_fen: int
    """0, or what the public coupon takes off."""
    coupon_over_fen: int
    """The coupon's threshold."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One purchasable SKU of one listing."""

    number: int
    marketplace: str
    item_id: str
    sku_id: str
    spu_id: str
    """Shared by the SKUs of one listing (JD's spuid, the shop's page)."""
    product: Product | None
    """None when the listing offers a choice of products at one price."""
    kind: Kind
    family: Family
    brand: Brand
    brand_field: str
    """The marketplace's structured brand; empty when the seller left it out."""
    titles: tuple[str, ...]
    """One, or two that take turns over the months."""
    colour: str | None
    """Named in the title or a structured field; None when it is not said or there is a choice."""
    shoe: str
    seller: Seller
    key: int
    """64 bits of its own, for every draw over time."""
    market_key: int
    """64 bits shared by the offers of one product: what moves them together."""
    tariff: Tariff
    shipping_fen: int
    """What the seller charges for the parcel."""
    says_shipping: bool
    """Whether the marketplace's answer tells."""
    sales: int
    gtin: str | None = None
    """As published, where the marketplace publishes codes."""
    gtin_is_wrong: bool = False
