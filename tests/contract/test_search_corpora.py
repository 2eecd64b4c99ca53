"""Both engines answer as the oracle does: on generated corpora, on thousands of real titles, and whatever is typed."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.memory import MemoryEngine
from indexer.ordering import SCORE_STEP
from indexer.query import KEYWORD_FIELDS, MOST_RELEVANT, Boost, PriceRange, Query, Sort, Terms, UnitPriceRange
from tests.contract.conftest import every_real_engine
from tests.support.corpora import (
    PREFIXES,
    QUERIES,
    TEXTS,
    CountingOracle,
    corpora,
    document,
    ids,
    practice_documents,
    practice_titles,
)

pytestmark = pytest.mark.slow

CORPORA = int(os.environ.get("BIJIA_TEST_CORPORA", 10 * settings.default.max_examples))
"""1,000; a quarter of them with the Hypothesis profile `check`."""
SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))


def pages(engine, query):
    """The whole list, page by page; its facets are those of the first."""
    page = engine.search(query)
    yield page
    while page.next_after is not None:
        page = engine.search(replace(query, after=page.next_after, facets=()))
        yield page


def require_equal(engine, oracle, query):
    """Everything a page says, on every page."""
    for found, expected in zip(pages(engine, query), pages(oracle, query), strict=True):
        assert found.total == expected.total
        assert found.facets == expected.facets
        assert found.next_after == expected.next_after
        assert [(hit.product_id, hit.payload) for hit in found.hits] == [
            (hit.product_id, hit.payload) for hit in expected.hits
        ]
        assert [hit.score for hit in found.hits] == pytest.approx(
            [hit.score for hit in expected.hits], abs=0.5 / SCORE_STEP
        )


@every_real_engine
@settings(max_examples=CORPORA)
@given(corpora(), st.lists(QUERIES, min_size=1, max_size=3), PREFIXES)
def test_every_answer_is_the_oracles(pair, corpus, queries, prefix):
    pair.replace(corpus)

    engine, oracle = pair.engine, pair.oracle
    for query in queries:
        require_equal(engine, oracle, query)
    assert engine.suggest(prefix, limit=3) == oracle.suggest(prefix, limit=3)
    wanted = [*pair.there, "nowhere", *pair.there]
    assert engine.get(wanted) == oracle.get(wanted)


@every_real_engine
def test_of_thousands_of_equals_the_best_are_shown(pair):
    """An engine cuts a list of equals where they happen to lie; which are shown may not depend on that."""
    dice = random.Random(SEED)
    documents = [
        document(
            n,
            tokens=("手机", "f:phone", *(("x",) if n % 400 == 0 else ())),
            prices={"jd": dice.randint(1, 900)},
        )
        for n in range(1, 3_001)
    ]
    for each in (pair.oracle, pair.engine):
        each.apply(documents)
    query = Query(must=("手机",), should=(Boost("f:phone", 2.0), Boost("x", 1.0)), tie_seed="s")

    for after in (None, 5, MOST_RELEVANT - 20, MOST_RELEVANT - 10, MOST_RELEVANT, MOST_RELEVANT + 1):
        found, expected = (each.search(replace(query, after=after)) for each in (pair.engine, pair.oracle))
        assert ids(found) == ids(expected), after
        assert (found.total, found.next_after) == (3_000, expected.next_after)
    listed = [hit for page in pages(pair.engine, replace(query, limit=250)) for hit in ids(page)]
    assert len(listed) == len(set(listed)) == MOST_RELEVANT
    by_price = replace(query, sort=Sort.PRICE, limit=1_000)
    require_equal(pair.engine, pair.oracle, by_price)


@every_real_engine
def test_pages_by_unit_price_are_the_oracles_where_thousands_are_alike(pair):
    """Pages begin and end among products of one unit price, and among those without any."""
    dice = random.Random(SEED)
    shares = [None, "1/152", "1/160", "1/3", "7/21"]
    documents = [
        document(
            n, prices={"jd": dice.choice([19_900, 19_901])}, base_share=dice.choice(shares), unit="1piece"
        )
        for n in range(1, 3_001)
    ]
    dice.shuffle(documents)  # an engine's own order among equals is that of arrival
    for each in (pair.oracle, pair.engine):
        for begin in range(0, len(documents), 1_000):
            each.apply(documents[begin : begin + 1_000])

    require_equal(pair.engine, pair.oracle, Query(sort=Sort.UNIT_PRICE, limit=97))
    only_jd = (Terms("marketplaces", ("jd",)),)
    require_equal(pair.engine, pair.oracle, Query(sort=Sort.UNIT_PRICE, limit=250, terms=only_jd))


@every_real_engine
def test_candidates_of_real_titles_are_the_oracles(engine):
    """Top-20 overlap of at least 0.99 (search §7.2); the statistics are those of a fresh index, as no replaced one has."""
    oracle, documents = CountingOracle(), practice_documents(3_000, SEED)
    for each in (oracle, engine):
        each.apply(documents)
    queries = random.Random(SEED).sample(practice_titles(), 120)

    found, expected = (each.candidates(queries, limit=20) for each in (engine, oracle))

    pairs = list(zip(found, expected, strict=True))
    shares = [len({*ids_of(one)} & {*ids_of(other)}) / len(other) for one, other in pairs]
    assert sum(shares) / len(shares) >= 0.99
    assert sum(ids_of(one) == ids_of(other) for one, other in pairs) >= 0.95 * len(pairs), "in the same order"
    for one, other in pairs:
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], rel=1e-3)


def ids_of(hits):
    return [hit.product_id for hit in hits]


def test_the_counting_oracle_is_the_oracle():
    oracle, counting, documents = MemoryEngine(), CountingOracle(), practice_documents(150, SEED)
    for each in (oracle, counting):
        each.apply(documents)
    queries = random.Random(SEED).sample(practice_titles(), 10)

    assert counting.candidates(queries, limit=20) == oracle.candidates(queries, limit=20)


@every_real_engine
@settings(max_examples=CORPORA // 4)
@given(TEXTS, TEXTS, st.sampled_from([None, 1, 2**64 - 2]))
def test_no_text_breaks_an_engine(engine, text, other, after):
    """In a query anything may stand; in a document what the ledger can hold: text without lone surrogates."""
    tokens = tuple(text.split()) or ("x",)
    stored = text.encode("utf-8", "ignore").decode()
    engine.apply([document(1, tokens=stored.split(), brand=stored, suggestions=(f"{stored}\x1f{stored}",))])

    for sort in Sort:
        query = Query(
            must=tokens,
            should=(Boost(other, 1.0),),
            terms=(Terms("brand", (text, other)), Terms("marketplaces", (other,))),
            price=PriceRange(None, after, (text,)),
            unit_price=UnitPriceRange(None, after, (text,)),
            facets=(*KEYWORD_FIELDS, "price", "unit_price"),
            sort=sort,
            after=after,
            tie_seed=text,
        )
        assert engine.search(query).total == 0
    engine.search(Query(terms=(Terms("brand", (stored,)),)))
    engine.suggest(stored, limit=3)
    engine.candidates([tokens, (other,), ()], limit=3)
    engine.get([text, other])
