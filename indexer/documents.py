"""A product as its search document: deterministic, so that a rebuild gives the same bytes."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

import orjson

from catalog.codec import dump_conditional, dump_price, dump_terms
from catalog.landed_price import Buyer, changes_at, conditional_prices
from catalog.listing import Stock
from catalog.product import group_id
from indexer.analyse.text import Analyser
from indexer.attributes import values_of
from indexer.doubts import doubts_of
from indexer.match.facts import Facts
from indexer.match.products import Member, ProductState
from indexer.naming import group_name, product_name, suggestions
from indexer.ordering import MOST_COVERAGE
from indexer.ports import Document
from indexer.query import ATTRIBUTES
from indexer.read_title.lexicon.load import Brand
from indexer.read_title.reading import Attribute
from indexer.unit_bases import UnitBase, unit_base

SCHEMA: Final = 6
"""Grows with every change of what a document holds: a generation of another schema is rebuilt."""

COMPARABLE_CURRENCY: Final = "CNY"
"""Prices in other currencies are shown and not compared: an exchange rate is nobody's offer."""

OUTLIER: Final = 3
"""A price this many times above or below the median of at least `FEWEST_FOR_OUTLIER` offers is reviewed, not believed
(domain §2.5: outside [0.33, 3] of the group median)."""
FEWEST_FOR_OUTLIER: Final = 3

TITLES_CACHED: Final = 100_000
"""Titles whose tokens are kept: about 100 MB when full."""


class DocumentBuilder:
    """Builds documents; holds what they are all built with."""

    def __init__(self, analyser: Analyser, brands: Mapping[str, Brand]) -> None:
        # Titles repeat: every price change of one offer builds its product's document anew.
        self._tokens_of = lru_cache(maxsize=TITLES_CACHED)(analyser.tokens)
        self._brands = brands

    def build(self, product: ProductState, revision: int) -> Document:
        """The document of a product as it is now."""
        facts = product.facts
        members = product.members
        name = product_name(product, self._brands)
        outliers = outlier_offers(members)
        best = _best_prices(members, outliers)
        base = unit_base(facts)
        return Document(
            product_id=product.product_id,
            number=product.number,
            revision=revision,
            tokens=(*self._tokens(product, name), *coverage_tokens(len(best))),
            keywords=_keywords(facts, members, base),
            price_minor=min(best.values(), default=None),
            prices_minor=best,
            suggestions=suggestions(product, name, self._brands),
            payload=orjson.dumps(self._payload(product, name, outliers, base), option=orjson.OPT_SORT_KEYS),
            base_share=base.share if base is not None else None,
        )

    def _tokens(self, product: ProductState, name: str) -> tuple[str, ...]:
        """Every word by which any seller, or we, call it, once; and what was read, as attribute tokens."""
        texts = [name, *(member.offer.listing.title for member in product.members)]
        texts += [member.offer.sku_text for member in product.members if member.offer.sku_text]
        words = [token for text in texts for token in self._tokens_of(text)]
        return tuple(dict.fromkeys([*words, *attribute_tokens(product.facts)]))

    def _payload(
        self, product: ProductState, name: str, outliers: Collection[int], base: UnitBase | None
    ) -> dict[str, Any]:
        facts = product.facts
        return {
            "product_id": product.product_id,
            "name": name,
            "group_id": _group(facts),
            "group_name": group_name(facts, self._brands),
            "kind": facts.kind,
            "family": facts.family,
            "brand": facts.brand,
            "model": facts.model,
            "variant": dict(facts.variant),
            "pack": _pack(facts),
            "unit": base.to_dict() if base is not None else None,
            "condition": facts.condition,
            "region": facts.region,
            "gtins": sorted(str(gtin) for gtin in facts.gtins),
            "is_certain": product.is_certain,
            "missing": list(facts.missing),
            "offers": [_offer(member, is_outlier=member.offer_id in outliers) for member in product.members],
        }


def attribute_tokens(facts: Facts) -> list[str]:
    """Tokens for what was read; queries boost by the same ones (`indexer/understand.py`)."""
    found = [f"k:{facts.kind}", f"c:{facts.condition}", f"r:{facts.region or 'home'}"]
    if facts.brand is not None:
        found.append(f"b:{facts.brand}")
    if facts.family is not None:
        found.append(f"f:{facts.family}")
    if facts.model_key is not None:
        found.append("m:" + "/".join(facts.model_key))
    found += [f"v:{name}={value}" for name, value in sorted(facts.variant.items())]
    if facts.pack is not None:
        found.append(f"n:{facts.pack.count}")
        if facts.pack.size is not None:
            found.append(f"q:{facts.pack.size}")
    return ["".join(token.split()) for token in found]


def coverage_tokens(marketplaces: int) -> list[str]:
    """One token for each marketplace on which the product has a price: what orders equals (`indexer/search.py`)."""
    return [f"o:{n}" for n in range(1, min(marketplaces, MOST_COVERAGE) + 1)]


def outlier_offers(members: list[Member]) -> set[int]:
    """Offers whose price is out of line with the others of the same product: shown, never the cheapest."""
    prices = {m.offer_id: total for m in members if (total := _comparable(m)) is not None}
    if len(prices) < FEWEST_FOR_OUTLIER:
        return set()
    middle = int(statistics.median_low(prices.values()))
    return {offer for offer, price in prices.items() if price * OUTLIER < middle or price > middle * OUTLIER}


def _best_prices(members: list[Member], outliers: Collection[int]) -> dict[str, int]:
    """Lowest headline price per marketplace, of offers that can be bought and are not out of line."""
    best: dict[str, int] = {}
    for member in members:
        total = _comparable(member)
        if total is None or member.offer_id in outliers or member.offer.stock is Stock.OUT:
            continue
        marketplace = member.offer.listing.marketplace
        best[marketplace] = min(total, best.get(marketplace, total))
    return dict(sorted(best.items()))


def _comparable(member: Member) -> int | None:
    total = member.price.total
    return total.minor if total is not None and total.currency == COMPARABLE_CURRENCY else None


def _keywords(facts: Facts, members: list[Member], base: UnitBase | None) -> dict[str, tuple[str, ...]]:
    marketplaces = tuple(sorted({member.offer.listing.marketplace for member in members}))
    stated = {
        "brand": facts.brand,
        "family": facts.family,
        "kind": facts.kind.value,
        "condition": facts.condition.value,
        "region": facts.region or "home",
        "group": _group(facts),
        "unit": base.label if base is not None else None,
    }
    known = {name: (value,) for name, value in stated.items() if value is not None}
    attributes = values_of(facts)
    return known | {"marketplaces": marketplaces} | ({ATTRIBUTES: attributes} if attributes else {})


def _group(facts: Facts) -> str | None:
    from catalog.product import Identity

    return group_id(Identity(family=facts.family, brand=facts.brand, model=facts.model))


def _pack(facts: Facts) -> dict[str, Any] | None:
    if facts.pack is None:
        return None
    size = facts.pack.size
    return {"size": str(size) if size is not None else None, "count": facts.pack.count}


def _landed(member: Member) -> dict[str, Any]:
    """The headline and what it is with conditions, and until when both hold if the terms stay as they are."""
    at = member.observed_at
    until = changes_at(member.offer.terms, at)
    conditional = conditional_prices(member.offer.terms, Buyer(at), plain=member.price)
    return dump_price(member.price) | {
        "conditional": [dump_conditional(one) for one in conditional],
        "until": until.isoformat() if until is not None else None,
    }


def _offer(member: Member, *, is_outlier: bool) -> dict[str, Any]:
    offer, reading = member.offer, member.reading
    evidence = member.evidence.to_dict() if member.evidence is not None else None
    doubts = doubts_of(reading)
    return {
        "offer_id": member.offer_id,
        "observation_id": member.observation_id,
        "key": str(offer.key),
        "marketplace": offer.listing.marketplace,
        "title": offer.listing.title,
        "sku_text": offer.sku_text,
        "url": offer.listing.url,
        "image_url": offer.listing.image_url,
        "seller": {"name": offer.listing.seller.name, "type": offer.listing.seller.type},
        "currency": offer.terms.price.currency,
        "price_minor": offer.terms.price.minor,
        "list_price_minor": offer.terms.list_price.minor if offer.terms.list_price else None,
        "claimed_minor": offer.terms.claimed.minor if offer.terms.claimed else None,
        "terms": dump_terms(offer.terms),
        "landed": _landed(member),
        "stock": offer.stock,
        "is_outlier": is_outlier,
        "is_certain": member.is_certain and not doubts.conflicts,
        "color": dict(reading.variant).get("color"),
        "read": [_read(one) for one in reading.evidence],
        "conflicts": [
            {
                "attribute": one.attribute,
                "values": list(one.values),
                "sources": list(one.sources),
                "splits": one in doubts.conflicts,
            }
            for one in reading.conflicts
        ],
        "missing": list(reading.missing),
        "probable": list(doubts.probable),
        "evidence": evidence,
    }


def _read(one: Attribute) -> list[str | int]:
    """Name, value, source, confidence, and where its words begin and end in title or SKU text, if in either.

    A list, not a mapping: there are a dozen of an offer, and names of fields would be half of their bytes.
    """
    return [one.name, one.value, one.source, one.confidence, *(one.span or ())]
