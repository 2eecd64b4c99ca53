"""Documents and queries for search engines: by hand, by Hypothesis, and cut from the practice world's titles."""

from __future__ import annotations

import math
import random
from collections import Counter
from fractions import Fraction
from functools import cache
from statistics import fmean

from hypothesis import strategies as st

from indexer.documents import coverage_tokens
from indexer.engines.memory import K1, B, MemoryEngine, fieldnorm
from indexer.ordering import MAX_28, MAX_32
from indexer.ports import Document, Removal
from indexer.query import (
    KEYWORD_FIELDS,
    Boost,
    PriceRange,
    Query,
    Sort,
    Terms,
    UnitPriceRange,
    attribute_of,
)
from tests.support.index import analyser
from tests.support.practice import ask_control, open_practice

MARKETPLACES = ("jd", "pinduoduo", "shop", "taobao")
WORDS = ("苹果", "手机", "iphone15", "128gb", "256gb", "b:apple", "壳", "奶粉", "900g", "x6", "pro", "蓝色")
ODD = (
    "a\x00b", '引"号', "back\\slash", "(.*)", "[a-z]+", "@#&<>~", "l" * 300, "👩‍👩‍👧" * 60,
    "e\u0301\u202e", "_id", "*", "{}",
)  # fmt: skip
"""What no title of decent goods has. None contains white space: that is what tokens are cut at."""
TEXTS = st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Cc", "Ps", "Sm", "So"]), max_size=9)
"""Any text at all, lone surrogates and control characters too."""


def document(
    number=1,
    *,
    revision=1,
    tokens=("苹果", "手机"),
    prices=None,
    payload=None,
    suggestions=(),
    product_id="",
    base_share=None,
    **keywords,
):
    """A product as an engine gets it; `keywords` are a text or several, `base_share` a fraction or its text."""
    prices = {"jd": 100} if prices is None else prices
    known = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in keywords.items()}
    known.setdefault("marketplaces", tuple(sorted(prices)))
    return Document(
        product_id or f"p{number:04}", number, revision, tuple(tokens), known, min(prices.values(), default=None), prices,
        tuple(suggestions), payload if payload is not None else f'{{"n":{number}}}'.encode(),
        None if base_share is None else Fraction(base_share),
    )  # fmt: skip


def ids(page):
    return [hit.product_id for hit in page.hits]


# ── any corpus and any query ───────────────────────────────────────────────────────────────────────

TOKENS = st.lists(st.sampled_from((*WORDS, *WORDS, *ODD)), min_size=1, max_size=7)
MINOR = st.sampled_from(
    [0, 1, 100, 100, 4_999, 5_000, MAX_28 - 1, MAX_28, MAX_28 + 1, MAX_32 - 1]
) | st.integers(1, 3_000_000)
"""Few values, so that there are equals; borders of the facet's steps; the most that the rank and price keys hold."""
SHARES = (
    st.none()
    | st.sampled_from(["1/54", "1/54", "1/152", "25/97", "25/98", "1", "500", "1/1000000"])
    | st.builds(Fraction, st.sampled_from([1, 10, 100, 500]), st.integers(1, 10**6))
)
"""What of a pack one base is. Few values, so that unit prices are equal; borders of steps; the least and the most there are."""
UNITS = ("100g", "500ml", "1piece")
BRANDS = ("apple", "sony", 'o"d\\d', "nul\x00")
ATTRIBUTES = (
    "storage_gb=128",
    "storage_gb=256",
    "ram_gb=8",
    "ram_gb=12",
    "cpu=i5 [13]",
    'o"d=',
    "=\x00",
    "plain",
)
"""What was read, and what never is: values without a name, names without a value."""
SUGGESTIONS = tuple(
    f"{folded}\x1f{folded}!"
    for folded in ("iphone15", "iphone16", "苹果", "a.c", "abc", "a\\", 'q"', "a(", "😀x")
)
PREFIXES = st.sampled_from(
    ["", "i", "iphone1", "苹", "a", "a.", "a\\", "a(", 'q"', "😀", "\x00", ".*", "i" * 300]
)


@st.composite
def corpora(draw):
    """Products, numbered from 1; now and then none at all."""
    fewest = draw(st.sampled_from([0, 3, 9]))
    rows = draw(
        st.lists(
            st.tuples(
                TOKENS,
                st.dictionaries(st.sampled_from(MARKETPLACES), MINOR, max_size=4),
                st.sampled_from(MARKETPLACES),
                st.sampled_from(BRANDS),
                st.booleans(),
                st.sets(st.sampled_from(SUGGESTIONS), max_size=2),
                SHARES,
                st.sampled_from(UNITS),
                st.sets(st.sampled_from(ATTRIBUTES), max_size=4),
            ),
            min_size=fewest,
            max_size=14,
        )
    )
    return [
        {
            "tokens": tokens,
            "prices": prices,
            "marketplaces": sorted({*prices, sold_out}),
            "brand": brand,
            "suggestions": sorted(suggestions),
            "base_share": share,
            "attributes": sorted(attributes),
        }
        | ({"unit": unit} if share is not None else {})
        | ({"family": "phone", "kind": "goods", "condition": "new"} if is_known else {"kind": "accessory"})
        for tokens, prices, sold_out, brand, is_known, suggestions, share, unit, attributes in rows
    ]


ATTRIBUTE_FILTERS = st.dictionaries(
    st.sampled_from([*ATTRIBUTES, "ram_gb=", "nothing=here", "\ud800=1"]).map(attribute_of),
    st.sets(
        st.sampled_from(["128", "256", "8", "12", "i5 [13]", "", "\x00", "\udfff"]), min_size=1, max_size=3
    ),
    max_size=2,
).map(
    lambda chosen: [
        Terms("attributes", tuple(f"{name}={value}" for value in sorted(values)))
        for name, values in chosen.items()
    ]
)
"""At most one filter an attribute: values of one are either, of different ones both."""
FILTERS = st.lists(
    st.builds(
        lambda field, values: Terms(field, tuple(values)),
        st.just("brand"),
        st.lists(st.sampled_from((*BRANDS, "x")), min_size=1, max_size=2, unique=True),
    )
    | st.builds(
        lambda values: Terms("marketplaces", tuple(values)),
        st.lists(st.sampled_from((*MARKETPLACES, "nowhere")), min_size=1, max_size=2, unique=True),
    )
    | st.builds(
        lambda values: Terms("unit", tuple(values)),
        st.lists(st.sampled_from((*UNITS, "1gb")), min_size=1, max_size=2, unique=True),
    )
    | st.just(Terms("family", ("phone",))),
    max_size=2,
    unique_by=lambda terms: terms.field,
)
RANGES = st.none() | st.builds(
    PriceRange,
    st.none() | MINOR | st.integers(2**31, 2**40),
    st.none() | MINOR | st.integers(2**31, 2**40),
    st.sampled_from([(), ("jd",), ("jd", "shop"), ("nowhere",), ("nowhere", "taobao")]),
)
UNIT_RANGES = st.none() | st.builds(
    UnitPriceRange,
    st.none() | st.sampled_from([0, 1, 20, 50, 5_000]) | st.integers(0, 10**12),
    st.none() | st.sampled_from([0, 1, 20, 50, 5_000]) | st.integers(0, 10**12),
    st.sampled_from([(), ("jd",), ("jd", "shop"), ("nowhere",), ("nowhere", "taobao")]),
)
QUERIES = st.builds(
    Query,
    must=st.lists(st.sampled_from((*WORDS, *ODD, "\ud800", "nowhere")), max_size=1).map(tuple),
    should=st.lists(
        st.builds(Boost, st.sampled_from((*WORDS, *ODD)), st.sampled_from([0.01, 2.0, 2.0, 4.0])), max_size=3
    ).map(tuple),
    terms=st.tuples(FILTERS, ATTRIBUTE_FILTERS).map(lambda both: (*both[0], *both[1])),
    price=RANGES,
    unit_price=UNIT_RANGES,
    sort=st.sampled_from(list(Sort)),
    limit=st.sampled_from([2, 3, 5, 20]),
    facets=st.just((*KEYWORD_FIELDS, "price", "unit_price")),
    tie_seed=st.sampled_from(["seed", "other"]),
)


class Pair:
    """An engine and the oracle that hold the same; each corpus replaces the one before by removals and newer revisions."""

    def __init__(self, engine):
        self.engine = engine
        self.oracle = MemoryEngine()
        self._revision = 0
        self.there = {}

    def replace(self, rows):
        """From now on both hold these products, under ids that are odd as well."""
        self._revision += 1
        made = [
            document(n, product_id=f"{ODD[n % len(ODD)][:40]}{n}", revision=self._revision, **row)
            for n, row in enumerate(rows, 1)
        ]
        new = {one.product_id: one for one in made}
        gone = [Removal(product_id, self._revision) for product_id in sorted(self.there.keys() - new.keys())]
        self.there = new
        for each in (self.oracle, self.engine):
            each.apply([*gone, *made])


# ── realistic documents ────────────────────────────────────────────────────────────────────────────


@cache
def practice_titles():
    """What the practice world's sellers call their goods: thousands of titles, cut to tokens."""
    offers = ask_control(open_practice(products=600, offers=4_000), "/truth")["offers"]
    return [tuple(analyser().tokens(offer["title"])) for offer in offers]


def practice_documents(count, seed):
    """That many products; in some the first words occur twice."""
    dice = random.Random(seed)
    chosen = dice.sample(practice_titles(), count)
    return [
        document(
            n,
            tokens=(*tokens, *tokens[: n % 4], *coverage_tokens(1 + n % 3)),
            prices={"jd": dice.randrange(100, 10**6)},
        )
        for n, tokens in enumerate(chosen, 1)
    ]


class CountingOracle(MemoryEngine):
    """The oracle with its counts kept: brute force takes minutes for thousands of documents."""

    def apply(self, operations):
        applied = super().apply(operations)
        self._holders = Counter(token for one in self._documents.values() for token in set(one.tokens))
        self._average = fmean(len(one.tokens) for one in self._documents.values())
        return applied

    def _bm25(self, document, tokens):
        counts, length, total = Counter(document.tokens), fieldnorm(len(document.tokens)), 0.0
        for token in tokens:
            holders, frequency = self._holders[token], counts[token]
            rarity = math.log(1 + (len(self._documents) - holders + 0.5) / (holders + 0.5))
            norm = K1 * (1 - B + B * length / self._average)
            total += rarity * (1 + K1) * frequency / (frequency + norm)
        return total
