"""One reader for all tests: building it loads every word list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.listing import Listing, Offer, Seller
from catalog.money import Money
from catalog.price_terms import PriceTerms
from indexer.read_title.reader import TitleReader

HERE = Path(__file__).parent


def cases(name):
    """The labelled titles of a file beside this one."""
    return [json.loads(line) for line in (HERE / name).read_text().splitlines()]


@pytest.fixture(scope="session")
def reader():
    return TitleReader()


@pytest.fixture
def read(reader):
    """Reads an offer from a title and structured fields."""

    def read_offer(
        title, *, sku="", brand=None, category=(), properties=(), gtins=(), mpn=None, condition=None
    ):
        seller = Seller("", "somebody")
        listing = Listing("shop", "1", title, "https://shop.example/1", seller, brand, category)
        terms = PriceTerms(Money(100, "CNY"))
        return reader.read(Offer(listing, terms, "s", sku, properties, gtins, mpn, condition))

    return read_offer
