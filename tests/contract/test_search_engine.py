"""The `SearchEngine` port: what every adapter promises, held against the brute-force oracle."""

from __future__ import annotations

import json
import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import SearchUnavailable
from indexer.engines.memory import MemoryEngine, MemoryStore, fieldnorm
from indexer.engines.tantivy import TantivyStore
from indexer.ports import Document, Removal
from indexer.query import KEYWORD_FIELDS, Boost, PriceRange, Query, Sort, Terms
from tests.support.search_stores import elasticsearch_store

MARKETPLACES = ("jd", "pinduoduo", "shop", "taobao")
CORPORA = int(os.environ.get("BIJIA_TEST_CORPORA", "150"))
WORDS = ["苹果", "手机", "iphone15", "128gb", "256gb", "b:apple", "壳", "奶粉", "900g", "x6", "pro", "蓝色"]


@pytest.fixture(params=["memory", "tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def store(request, tmp_path):
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "tantivy":
        yield TantivyStore(tmp_path / "index")
    else:
        with elasticsearch_store(request.getfixturevalue("elasticsearch_server")) as store:
            yield store


@pytest.fixture
def engine(store):
    engine = store.writer(1, MARKETPLACES)
    yield engine
    engine.close()


def document(
    number=1, *, revision=1, tokens=("苹果", "手机"), prices=None, payload=None, suggestions=(), **keywords
):
    prices = {"jd": 100} if prices is None else prices
    known = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in keywords.items()}
    known.setdefault("marketplaces", tuple(sorted(prices)))
    return Document(
        f"p{number:04}", number, revision, tuple(tokens), known, min(prices.values(), default=None), prices,
        tuple(suggestions), payload if payload is not None else f'{{"n":{number}}}'.encode(),
    )  # fmt: skip


def ids(page):
    return [hit.product_id for hit in page.hits]


def test_all_words_have_to_match(engine):
    engine.apply(
        [
            document(1, tokens=("苹果", "手机")),
            document(2, tokens=("苹果", "壳")),
            document(3, tokens=("手机",)),
        ]
    )

    assert ids(engine.search(Query(must=("苹果", "手机")))) == ["p0001"]
    assert engine.search(Query(must=("苹果",))).total == 2
    assert engine.search(Query(must=("没有",))).total == 0
    assert engine.search(Query()).total == 3


def test_a_hit_carries_its_payload_byte_for_byte(engine):
    payload = json.dumps({"标题": "苹果 \u202e\x00"}, ensure_ascii=False).encode() + bytes(range(256))
    engine.apply([document(1, payload=payload)])

    assert engine.search(Query()).hits[0].payload == payload
    assert engine.get(["p0001", "nope"])[0].payload == payload
    assert len(engine.get(["nope", "p0001", "p0001"])) == 2


def test_an_older_revision_never_replaces_a_newer_one(engine):
    assert engine.apply([document(1, revision=5, payload=b"new")]).written == 1

    applied = engine.apply([document(1, revision=4, payload=b"old")])

    assert (applied.written, applied.stale) == (0, 1)
    assert engine.get(["p0001"])[0].payload == b"new"
    assert engine.apply([document(1, revision=5, payload=b"again")]).written == 1


def test_a_removed_product_stays_removed_for_late_writes(engine):
    engine.apply([document(1, revision=5)])
    engine.apply([Removal("p0001", 7)])

    assert engine.apply([document(1, revision=6)]).stale == 1
    assert engine.search(Query()).total == 0
    assert engine.get(["p0001"]) == []
    assert engine.suggest("", limit=5) == []
    assert engine.health().documents == 0
    engine.apply([document(1, revision=8)])
    assert engine.search(Query()).total == 1


def test_within_a_batch_the_newest_wins(engine):
    engine.apply(
        [
            document(1, revision=2, payload=b"2"),
            document(1, revision=1, payload=b"1"),
            document(1, revision=3, payload=b"3"),
        ]
    )

    assert engine.get(["p0001"])[0].payload == b"3"
    assert engine.search(Query()).total == 1


def test_price_orders_are_total_and_paged_by_key(engine):
    engine.apply([document(n, prices={"jd": 100 * (n % 3 + 1)} if n % 5 else {}) for n in range(1, 31)])
    for sort in (Sort.PRICE, Sort.PRICE_DESC):
        seen, after = [], None
        while True:
            page = engine.search(Query(sort=sort, limit=7, after=after))
            seen += ids(page)
            after = page.next_after
            if after is None:
                break

        assert len(seen) == len(set(seen)) == page.total == 30
        assert {int(i[1:]) % 5 for i in seen[-6:]} == {0}  # products without a price come last in both


def test_an_order_stays_whole_while_prices_change_under_it(engine):
    engine.apply([document(n, prices={"jd": n}) for n in range(1, 11)])
    first = engine.search(Query(sort=Sort.PRICE, limit=5))
    engine.apply([document(2, revision=2, prices={"jd": 99}), document(9, revision=2, prices={"jd": 1})])

    second = engine.search(Query(sort=Sort.PRICE, limit=9, after=first.next_after))

    assert "p0009" not in ids(second)  # moved before the cursor: seen on the first page's side, never twice
    assert ids(second) == ["p0006", "p0007", "p0008", "p0010", "p0002"]


def test_one_marketplaces_own_price_orders_and_filters_when_it_is_chosen(engine):
    engine.apply(
        [document(1, prices={"jd": 500, "taobao": 100}), document(2, prices={"jd": 300, "taobao": 900})]
    )
    only_jd = (Terms("marketplaces", ("jd",)),)

    assert ids(engine.search(Query(sort=Sort.PRICE))) == ["p0001", "p0002"]
    assert ids(engine.search(Query(sort=Sort.PRICE, terms=only_jd))) == ["p0002", "p0001"]
    assert ids(engine.search(Query(price=PriceRange(high_minor=200)))) == ["p0001"]
    assert ids(engine.search(Query(price=PriceRange(high_minor=200, marketplaces=("jd",))))) == []
    assert ids(engine.search(Query(price=PriceRange(250, 300, ("jd", "pinduoduo"))))) == ["p0002"]


def test_a_facet_counts_with_its_own_filter_removed(engine):
    engine.apply(
        [
            document(1, brand="apple", family="phone"),
            document(2, brand="apple", family="phone"),
            document(3, brand="sony", family="phone"),
            document(4, brand="sony", family="tv"),
        ]
    )

    page = engine.search(
        Query(
            terms=(Terms("brand", ("apple",)), Terms("family", ("phone",))),
            facets=("brand", "family", "price"),
        )
    )

    assert page.total == 2
    assert page.facets["brand"] == (("apple", 2), ("sony", 1))
    assert page.facets["family"] == (("phone", 2),)
    assert page.facets["price"] == (("0", 2),)


def test_words_filter_and_score_nothing(engine):
    """Else the product with the fewest offers, and so the fewest words, would always come first."""
    many = ("苹果", *(f"w{n}" for n in range(60)))
    engine.apply(
        [
            document(1, tokens=("苹果", "f:phone")),
            document(2, tokens=(*many, "f:phone"), prices={"jd": 9, "shop": 8}),
        ]
    )

    page = engine.search(Query(must=("苹果",), should=(Boost("f:phone", 2.0),)))

    assert [(hit.product_id, hit.score) for hit in page.hits] == [("p0002", 2.0), ("p0001", 2.0)]


@pytest.mark.slow
def test_of_thousands_of_equals_the_best_are_shown(tmp_path):
    """An engine cuts a list of equals where they happen to lie; which are shown may not depend on that."""
    random = Random(7)
    documents = [
        document(
            n,
            tokens=("手机", "f:phone", *(("x",) if n % 400 == 0 else ())),
            prices={"jd": random.randint(1, 900)},
        )
        for n in range(1, 3_001)
    ]
    oracle, engine = MemoryEngine(), TantivyStore(tmp_path).writer(1, MARKETPLACES)
    for each in (oracle, engine):
        each.apply(documents)
    for after in (None, 5, 980):
        query = Query(
            must=("手机",),
            should=(Boost("f:phone", 2.0), Boost("x", 1.0)),
            limit=20,
            after=after,
            tie_seed="s",
        )
        assert ids(engine.search(query)) == ids(oracle.search(query))
        assert engine.search(query).next_after == oracle.search(query).next_after
    engine.close()


def test_boosts_order_and_never_filter(engine):
    engine.apply([document(1, tokens=("苹果", "壳")), document(2, tokens=("苹果", "iphone15"))])

    page = engine.search(Query(must=("苹果",), should=(Boost("壳", 5.0),)))

    assert ids(page) == ["p0001", "p0002"]
    assert [hit.score for hit in page.hits] == [5.0, 0.0]


def test_equal_products_are_ordered_by_the_seed_alone(engine):
    engine.apply([document(n) for n in range(1, 9)])

    orders = {
        tuple(ids(engine.search(Query(must=("苹果",), should=(Boost("手机", 1.0),), tie_seed=str(seed)))))
        for seed in range(40)
    }

    assert len(orders) > 20
    assert {order[0] for order in orders} == {f"p{n:04}" for n in range(1, 9)}
    once = Query(must=("苹果",), should=(Boost("手机", 1.0),), tie_seed="x")
    assert ids(engine.search(once)) == ids(engine.search(once))


def test_a_list_without_words_has_more_marketplaces_first_then_the_lower_price(engine):
    engine.apply(
        [
            document(1, prices={"jd": 1}),
            document(2, prices={"jd": 9, "taobao": 8}),
            document(3, prices={"jd": 7, "taobao": 9}),
        ]
    )

    assert ids(engine.search(Query())) == ["p0003", "p0002", "p0001"]


def test_typing_is_completed(engine):
    engine.apply(
        [
            document(1, suggestions=("iphone15\x1fiPhone 15", "苹果\x1f苹果")),
            document(2, suggestions=("iphone15\x1fiPhone 15", "iphone16\x1fiPhone 16")),
        ]
    )

    assert [(s.text, s.products) for s in engine.suggest("iph", limit=5)] == [
        ("iPhone 15", 2),
        ("iPhone 16", 1),
    ]
    assert [s.text for s in engine.suggest("苹", limit=5)] == ["苹果"]
    assert engine.suggest("zz", limit=5) == []
    assert len(engine.suggest("", limit=2)) == 2


def test_candidates_share_the_rarest_words(engine):
    engine.apply([document(n, tokens=("手机", f"m{n}")) for n in range(1, 20)])

    (found, none) = engine.candidates([("手机", "m7"), ("没有",)], limit=3)

    assert found[0].product_id == "p0007"
    assert len(found) == 3
    assert none == []


def test_digests_are_equal_exactly_when_documents_are(store):
    left, right = store.writer(1, MARKETPLACES), store.writer(2, MARKETPLACES)
    left.apply([document(1), document(2)])
    right.apply([document(2)])
    right.apply([document(1)])
    assert left.digest() == right.digest()

    right.apply([document(1, revision=2)])
    assert left.digest() != right.digest()
    left.close()
    right.close()


def test_readers_see_what_a_writer_committed_and_nothing_is_lost_on_reopening(store):
    writer = store.writer(1, MARKETPLACES)
    writer.apply([document(1)])
    reader = store.reader(1)
    assert reader.search(Query()).total == 1

    writer.apply([document(2)])
    assert reader.search(Query()).total == 2
    digest = writer.digest()
    writer.close()
    again = store.writer(1, MARKETPLACES)
    assert again.digest() == digest == reader.digest()
    again.close()


def test_generations_are_apart_and_can_be_dropped(store):
    for generation in (1, 2):
        writer = store.writer(generation, MARKETPLACES)
        writer.apply([document(generation)])
        writer.close()

    assert store.generations() == [1, 2]
    assert [store.holds(n) for n in (1, 2, 3)] == [True, True, False]
    assert ids(store.reader(2).search(Query())) == ["p0002"]
    store.drop(1)
    store.drop(7)
    assert store.generations() == [2]
    with pytest.raises(SearchUnavailable):
        store.reader(1)


@pytest.mark.slow
@given(st.text(max_size=40), st.text(max_size=10))
@settings(max_examples=60)
def test_no_text_breaks_an_engine(tmp_path_factory, text, value):
    tokens = tuple(text.split()) or ("x",)
    for store in (MemoryStore(), TantivyStore(tmp_path_factory.mktemp("i"))):
        engine = store.writer(1, MARKETPLACES)
        engine.apply([document(1)])
        engine.search(
            Query(
                must=tokens,
                should=(Boost(tokens[0], 1.0),),
                terms=(Terms("brand", (value,)),),
                facets=KEYWORD_FIELDS,
            )
        )
        engine.suggest(text.encode("utf-8", "ignore").decode(), limit=3)
        engine.candidates([tokens], limit=3)
        engine.get([value])
        engine.close()


def test_lengths_are_rounded_as_lucene_does():
    lengths = (0, 1, 39, 40, 41, 42, 57, 63, 87, 95, 100, 151)

    assert [fieldnorm(n) for n in lengths] == [0, 1, 39, 40, 40, 42, 56, 60, 84, 88, 96, 144]


# ── generated corpora: equal to the oracle in all that can be equal ────────────────────────────────

PRICES = st.dictionaries(st.sampled_from(MARKETPLACES), st.integers(1, 3_000_000), max_size=4)
DOCUMENTS = st.lists(
    st.builds(
        lambda tokens, prices, brand, family, kind: (
            tokens,
            prices,
            {"brand": brand, "family": family, "kind": kind},
        ),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
        PRICES,
        st.sampled_from(["apple", "sony", "huawei"]),
        st.sampled_from(["phone", "milk_powder"]),
        st.sampled_from(["goods", "accessory"]),
    ),
    min_size=1,
    max_size=25,
)
FILTERS = st.lists(
    st.one_of(
        st.builds(
            lambda v: Terms("brand", tuple(v)),
            st.lists(st.sampled_from(["apple", "sony", "x"]), min_size=1, max_size=2, unique=True),
        ),
        st.builds(
            lambda v: Terms("marketplaces", tuple(v)),
            st.lists(st.sampled_from((*MARKETPLACES, "nowhere")), min_size=1, max_size=2, unique=True),
        ),
        st.builds(lambda v: Terms("family", (v,)), st.sampled_from(["phone", "milk_powder"])),
    ),
    max_size=2,
    unique_by=lambda t: t.field,
)
RANGES = st.none() | st.builds(
    PriceRange,
    st.none() | st.integers(0, 2_000_000) | st.integers(2**31, 2**40),
    st.none() | st.integers(0, 3_000_000) | st.integers(2**31, 2**40),
    st.just(()) | st.just(("jd",)) | st.just(("jd", "shop")) | st.just(("nowhere",)),
)
QUERIES = st.builds(
    Query,
    must=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
    should=st.lists(
        st.builds(Boost, st.sampled_from(WORDS), st.sampled_from([0.01, 2.0, 4.0, 12.0])), max_size=4
    ).map(tuple),
    terms=FILTERS.map(tuple),
    price=RANGES,
    sort=st.sampled_from(list(Sort)),
    limit=st.integers(1, 7),
    facets=st.just((*KEYWORD_FIELDS, "price")),
    tie_seed=st.just("seed"),
)


@pytest.mark.slow
@settings(max_examples=CORPORA, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.lists(QUERIES, min_size=1, max_size=6))
def test_tantivy_answers_as_the_oracle(tmp_path_factory, corpus, queries):
    documents = [
        document(n, tokens=tokens, prices=prices, **keywords)
        for n, (tokens, prices, keywords) in enumerate(corpus, 1)
    ]
    oracle, engine = MemoryEngine(), TantivyStore(tmp_path_factory.mktemp("c")).writer(1, MARKETPLACES)
    oracle.apply(documents)
    engine.apply(documents)

    assert engine.digest() == oracle.digest()
    for query in queries:
        after = None
        while True:
            one = Query(
                query.must,
                query.should,
                query.terms,
                query.price,
                query.sort,
                query.limit,
                after,
                query.facets,
                query.tie_seed,
            )
            expected, found = oracle.search(one), engine.search(one)
            assert found.total == expected.total
            assert found.facets == expected.facets
            assert ids(found) == ids(expected)
            assert found.next_after == expected.next_after
            after = expected.next_after
            if after is None:
                break
    engine.close()
