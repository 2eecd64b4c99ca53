"""Offers for tests, and Hypothesis strategies for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from catalog.listing import Listing, Observation, Offer, Seller, Stock
from catalog.money import Money
from catalog.price_terms import PriceTerms

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def yuan(text: str) -> Money:
    return Money.from_decimal(text, "CNY")


def offer(item="1", price="10.00", *, sku="", marketplace="jd", title="苹果 iPhone 15 128GB", **more):
    terms = PriceTerms(
        yuan(price),
        list_price=more.pop("list_price", None),
        shipping=more.pop("shipping", None),
        claimed=more.pop("claimed", None),
    )
    listing = Listing(
        marketplace=marketplace,
        item_id=item,
        title=title,
        url=more.pop("url", f"https://{marketplace}.example/{item}"),
        seller=more.pop("seller", Seller("s1", "一号店")),
        brand=more.pop("brand", None),
        category=more.pop("category", ()),
    )
    return Offer(listing, terms, sku_id=sku, stock=more.pop("stock", Stock.IN), **more)


def seen(item="1", price="10.00", *, at=0, **more):
    """An observation `at` seconds after START."""
    return Observation(offer(item, price, **more), START + timedelta(seconds=at))


def on_terms(observation: Observation, **terms) -> Observation:
    """The same with some of its terms changed."""
    offer = observation.offer
    return replace(observation, offer=replace(offer, terms=replace(offer.terms, **terms)))


def moments(most=100):
    return st.integers(0, most).map(lambda s: START + timedelta(seconds=s))
