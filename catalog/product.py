"""Products and product groups: which goods may be compared by price.

How offers are matched into products is in `indexer/match/`; here is what a product is.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from catalog.listing import Condition, OfferKey
from catalog.quantity import Pack


class Kind(StrEnum):
    """What is sold. Only goods are compared with goods."""

    GOODS = "goods"
    ACCESSORY = "accessory"  # made for the goods: a case, a film, a compatible set
    DUMMY = "dummy"  # a display model
    BUNDLE = "bundle"  # different goods sold together
    OPTIONS = "options"  # a choice of variants under one price: which one it buys is not stated


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two offers the same goods. None: not stated, which is never the same as a stated value."""

    kind: Kind = Kind.GOODS
    family: str | None = None
    brand: str | None = None
    model: str | None = None
    variant: tuple[tuple[str, str], ...] = ()
    """Splitting attributes of the family (storage, stage, % vol …), sorted by name; values in canonical spelling."""
    pack: Pack | None = None
    condition: Condition = Condition.NEW
    region: str | None = None
    """National edition (``cn``, ``hk``, ``us`` …); None is the home market's ordinary edition or not stated."""


@dataclass(frozen=True, slots=True)
class Product:
    """Goods that may be compared by price: one search document, one row on the page."""

    id: str
    """From the founding offer: the same after every rebuild."""
    number: int
    """The founding observation's number in the ledger; breaks ties in sort keys. Below 2**32."""
    name: str
    identity: Identity
    members: tuple[OfferKey, ...]


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """Products that differ only in stated axes (schema.org ProductGroup): other capacities, packs, conditions."""

    id: str
    name: str
    varies_by: tuple[str, ...]
    product_ids: tuple[str, ...]


def product_id(founder: OfferKey) -> str:
    """The id of the product that `founder` was the first offer of: 16 letters and digits, safe in addresses."""
    return short_id("product", str(founder))


def group_id(identity: Identity) -> str | None:
    """The id shared by all variants, packs and conditions of one model; None when brand or model is unknown."""
    if identity.brand is None or identity.model is None:
        return None
    return short_id("group", f"{identity.family}|{identity.brand}|{identity.model.casefold()}")


def short_id(kind: str, text: str) -> str:
    """16 letters and digits for `text`, others for each `kind`."""
    digest = hashlib.blake2b(text.encode(), digest_size=10, person=kind.encode()).digest()
    return base64.b32encode(digest).decode().lower()
