"""What a marketplace shows: marketplaces, sellers, listings, offers, observations.

Here are the words only. How an answer becomes an `Offer` is in `crawlers/`, what its title means in
`indexer/read_title/`, on which terms it is sold in `catalog/price_terms.py`, what it costs in `catalog/landed_price.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from catalog.errors import InvalidInput
from catalog.price_terms import PriceTerms

MAX_TITLE: Final = 500
"""Characters. The longest marketplace limit known is 200 (Google Merchant feed: 150); beyond this it is stuffing."""
MAX_ID: Final = 200
MAX_TEXT: Final = 200
MAX_URL: Final = 2000


class SourceKind(StrEnum):
    """How a marketplace is read."""

    API = "api"  # a sanctioned, signed gateway
    WEB = "web"  # public pages: robots.txt rules


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A place where offers are made. Every one is shown and ranked by the same rules."""

    slug: str
    """Lower-case ASCII, unique, part of every offer key and of index field names."""
    name: str
    currency: str
    locale: str
    """BCP 47; decides how price text without a clear decimal point is read."""
    kind: SourceKind
    needs_keywords: bool
    """False where a crawl walks the whole shop (a sitemap); then a run's keywords are empty."""


class SellerType(StrEnum):
    """From structured shop data only: what a title claims about its seller is never evidence (domain §2.2)."""

    SELF_OPERATED = "self_operated"
    BRAND_FLAGSHIP = "brand_flagship"
    AUTHORISED = "authorised"
    ORDINARY = "ordinary"
    INDIVIDUAL = "individual"
    UNKNOWN = "unknown"


class Stock(StrEnum):
    """Whether one can buy. UNKNOWN is not OUT."""

    IN = "in"
    LOW = "low"
    OUT = "out"
    PREORDER = "preorder"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """State of the goods. Prices are never compared across conditions."""

    NEW = "new"
    OPEN_BOX = "open_box"
    REFURBISHED_OFFICIAL = "refurbished_official"
    REFURBISHED = "refurbished"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, on one marketplace. `id` is empty when the marketplace does not name one."""

    id: str
    name: str
    type: SellerType = SellerType.UNKNOWN

    def __post_init__(self) -> None:
        _bounded("seller id", self.id, MAX_ID, may_be_empty=True)
        _bounded("seller name", self.name, MAX_TEXT, may_be_empty=True)


@dataclass(frozen=True, slots=True, order=True)
class OfferKey:
    """What an offer is called for good: `sku_id` is empty when the listing has one SKU."""

    marketplace: str
    item_id: str
    sku_id: str = ""

    def __post_init__(self) -> None:
        _bounded("marketplace", self.marketplace, 40)
        _bounded("item id", self.item_id, MAX_ID)
        _bounded("sku id", self.sku_id, MAX_ID, may_be_empty=True)

    def __str__(self) -> str:
        """``marketplace:item:sku`` with each part percent-encoded; `parse` reads it back."""
        return ":".join(quote(part, safe="") for part in (self.marketplace, self.item_id, self.sku_id))

    @classmethod
    def parse(cls, text: str) -> OfferKey:
        """The key written by `str`.

        Raises:
            InvalidInput: not three parts, or an empty marketplace or item.
        """
        parts = text.split(":")
        if len(parts) != 3:
            raise InvalidInput(f"not an offer key: {text!r}")
        return cls(*(unquote(part) for part in parts))


@dataclass(frozen=True, slots=True)
class Listing:
    """One item page. Structured fields are what the marketplace states; the title is the seller's own words."""

    marketplace: str
    item_id: str
    title: str
    url: str
    seller: Seller
    brand: str | None = None
    category: tuple[str, ...] = ()
    """Names from wide to narrow, as stated; empty when not stated."""
    image_url: str | None = None

    def __post_init__(self) -> None:
        _bounded("title", self.title, MAX_TITLE)
        _web_url("url", self.url)
        if self.image_url is not None:
            _web_url("image url", self.image_url)
        _bounded("brand", self.brand or "", MAX_TEXT, may_be_empty=True)
        if len(self.category) > 10 or any(len(name) > MAX_TEXT for name in self.category):
            raise InvalidInput("category path too long")


@dataclass(frozen=True, slots=True)
class Offer:
    """One purchasable SKU of a listing: the thing that has a price."""

    listing: Listing
    terms: PriceTerms
    sku_id: str = ""
    sku_text: str = ""
    """What tells this SKU from its siblings, as stated (``蓝色 256GB``); empty when the listing has one SKU."""
    properties: tuple[tuple[str, str], ...] = ()
    """Structured properties of this SKU as stated: (name, value)."""
    gtins: tuple[str, ...] = ()
    """As stated, unchecked; `catalog.gtin.parse_gtin` decides what they are worth."""
    mpn: str | None = None
    condition: Condition | None = None
    """None: not stated in a structured field; the title may still say."""
    stock: Stock = Stock.UNKNOWN

    def __post_init__(self) -> None:
        _bounded("sku text", self.sku_text, MAX_TITLE, may_be_empty=True)
        _bounded("mpn", self.mpn or "", MAX_TEXT, may_be_empty=True)
        if len(self.gtins) > 20 or any(len(gtin) > 40 for gtin in self.gtins):
            raise InvalidInput("too many or too long trade item numbers")
        if len(self.properties) > 50 or any(len(n) + len(v) > 2 * MAX_TEXT for n, v in self.properties):
            raise InvalidInput("too many or too long properties")

    @property
    def key(self) -> OfferKey:
        """What this offer is called for good."""
        return OfferKey(self.listing.marketplace, self.listing.item_id, self.sku_id)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of an offer at a moment."""

    offer: Offer
    observed_at: datetime
    """Aware, UTC: when the answer had arrived."""

    def __post_init__(self) -> None:
        if self.observed_at.tzinfo is None:
            raise InvalidInput("observed_at must be aware")


def content_hash(offer: Offer) -> str:
    """Equal exactly when two sightings of an offer say the same (32 hex digits).

    Addresses of the page and picture are left out: affiliate links change with every answer and say nothing about the
    goods (DECISIONS 9).
    """
    listing = offer.listing
    parts: tuple[object, ...] = (
        offer.key, listing.title, listing.seller, listing.brand, listing.category, offer.terms.stated(),
        offer.sku_text, offer.properties, offer.gtins, offer.mpn, offer.condition, offer.stock,
    )  # fmt: skip
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _bounded(what: str, text: str, most: int, *, may_be_empty: bool = False) -> None:
    if not text.strip() and not may_be_empty:
        raise InvalidInput(f"empty {what}")
    if len(text) > most:
        raise InvalidInput(f"{what} longer than {most} characters")
    if not text.isprintable() and any(c in _FORBIDDEN for c in text):
        raise InvalidInput(f"control characters in {what}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidInput(f"lone surrogates in {what}") from error


_FORBIDDEN: Final = frozenset(chr(c) for c in [*range(32), 127]) - {"\t"}


def _web_url(what: str, url: str) -> None:
    """Only absolute http(s) addresses are kept: they end up in links on pages."""
    if len(url) > MAX_URL or not url.isprintable() or " " in url or "\\" in url:
        raise InvalidInput(f"{what} is not an address")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise InvalidInput(f"{what} is not an address") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise InvalidInput(f"{what} must be http(s) with a host")
