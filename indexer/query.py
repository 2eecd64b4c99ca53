"""What is asked of a search engine and what it answers, engine-neutral.

User text never gets here: it has become analysed tokens and filters in `indexer/understand.py`, so no input is ever
parsed as a query language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_RELEVANT: Final = 1_000
"""How deep a list in order of relevance goes. Lists in order of a key have no end."""

ATTRIBUTES: Final = "attributes"
"""The field of what was read of the goods, an attribute and its value each: ``storage_gb=128`` (`indexer/attributes.py`)."""

KEYWORD_FIELDS: Final = (
    "brand", "family", "kind", "condition", "region", "group", "unit", "marketplaces", ATTRIBUTES,
)  # fmt: skip
"""Fields that hold whole values; `marketplaces` and `attributes` hold several. `unit` is what unit prices are per: ``100g``."""

PRICE_STEPS_MINOR: Final = (5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
"""Borders of the price facet, in minor units: 50 to 10,000 yuan, roughly geometric."""

UNIT_PRICE_STEPS_MINOR: Final = tuple(digit * 10**zeros for zeros in range(8) for digit in (1, 2, 5))
"""Borders of the facet of unit prices, in minor units per base: 0.01 to 500,000 yuan. Among different bases it says
nothing, so it is asked for with one `unit` chosen."""


class Sort(StrEnum):
    """Orders of a result list. Each is total: two products never tie."""

    RELEVANCE = "relevance"
    PRICE = "price"
    PRICE_DESC = "-price"
    UNIT_PRICE = "unit_price"
    """What a base of the goods costs, exactly (DECISIONS 45); those without a unit price last. Bases are not told apart."""


def attribute_of(value: str) -> str:
    """The attribute of ``storage_gb=128``."""
    return value.partition("=")[0]


def attribute_facet(name: str) -> str:
    """What the counts of one attribute are called."""
    return f"{ATTRIBUTES}.{name}"


@dataclass(frozen=True, slots=True)
class Boost:
    """A token that need not match, and what a match adds to the score."""

    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    """The field holds one of these values. Those of `ATTRIBUTES` are values of one attribute; of several, several filters."""

    field: str
    values: tuple[str, ...]

    @property
    def facet(self) -> str:
        """What is counted without this filter: the field, or of attributes the one attribute (``attributes.storage_gb``)."""
        if self.field != ATTRIBUTES:
            return self.field
        return attribute_facet(attribute_of(next(iter(self.values), "")))


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The best price lies within, bounds included; with marketplaces, the best price on one of these does."""

    low_minor: int | None = None
    high_minor: int | None = None
    marketplaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPriceRange:
    """The unit price lies within, the upper bound left out: fractions have no highest below it.

    Minor units per base, up to 10^12: from 2^40 on keys saturate (DECISIONS 45). With marketplaces, that of the best price
    on one of these does.
    """

    low_minor: int | None = None
    below_minor: int | None = None
    marketplaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One search."""

    must: tuple[str, ...] = ()
    """Tokens that all have to match; empty matches everything. They filter and score nothing: every hit has them all."""
    should: tuple[Boost, ...] = ()
    """What relevance is made of; empty: the order of relevance is that of a list that nobody typed a word for."""
    terms: tuple[Terms, ...] = ()
    price: PriceRange | None = None
    unit_price: UnitPriceRange | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    after: int | None = None
    """Continue behind this sort key (orders by price and unit price) or this many hits (relevance)."""
    facets: tuple[str, ...] = ()
    """Fields to count, each with its own filter removed, and each attribute with the filter on that attribute removed;
    ``price`` counts by `PRICE_STEPS_MINOR`, ``unit_price`` by `UNIT_PRICE_STEPS_MINOR`."""
    tie_seed: str = ""
    """Products that are equal in everything that counts are put in an order that depends on this alone."""

    @property
    def filtered_attributes(self) -> tuple[str, ...]:
        """Attributes that are filtered by, each once."""
        values = (next(iter(terms.values), "") for terms in self.terms if terms.field == ATTRIBUTES)
        return tuple(dict.fromkeys(attribute_of(value) for value in values))


@dataclass(frozen=True, slots=True)
class Hit:
    """One product."""

    product_id: str
    payload: bytes
    score: float | None
    """None in price orders."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results."""

    hits: tuple[Hit, ...]
    total: int
    """Products that match, all pages together."""
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Field -> (value, products), most first, then by value. Values of prices are lower borders as text."""
    next_after: int | None = None
    """For the next page's `Query.after`; None on the last page."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed."""

    text: str
    products: int
