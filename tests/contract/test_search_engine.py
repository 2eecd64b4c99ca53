"""The `SearchEngine` port: what every adapter promises, held against the brute-force oracle."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from catalog.errors import SearchUnavailable
from indexer.engines.memory import fieldnorm
from indexer.ports import Removal
from indexer.query import Boost, PriceRange, Query, Sort, Terms, UnitPriceRange
from tests.support.corpora import MARKETPLACES, ODD, document, ids
from tests.support.search_stores import elasticsearch_store


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


def test_any_token_is_found_whatever_its_length_and_characters(engine):
    """An engine that cuts long words, or takes a part of one for a pattern, finds nothing or everything."""
    engine.apply([document(n, tokens=(token, "x")) for n, token in enumerate(ODD, 1)])

    for n, token in enumerate(ODD, 1):
        assert ids(engine.search(Query(must=(token,)))) == [f"p{n:04}"]
        boosted = engine.search(Query(must=("x",), should=(Boost(token, 1.0),), limit=2))
        assert [hit.score for hit in boosted.hits] == [1.0, 0.0]
        assert ids(boosted)[0] == f"p{n:04}"


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


def test_unit_prices_order_exactly_across_pages(engine):
    """Rounded to the fen all of these are 131 fen a piece; no two are equal."""
    packs = {
        (19_900, 152): 1,
        (18_900, 144): 2,
        (13_092, 100): 3,
        (130_920_001, 1_000_000): 4,
        (13_125_001, 100_000): 5,
    }
    made = [
        document(n, prices={"jd": price}, base_share=Fraction(1, pieces), unit="1piece")
        for (price, pieces), n in packs.items()
    ]
    engine.apply(
        [*made, document(6, prices={"jd": 1}), document(7, prices={}, base_share="1/2", unit="1piece")]
    )

    seen, after = [], None
    for _ in range(7):
        page = engine.search(Query(sort=Sort.UNIT_PRICE, limit=1, after=after))
        seen += ids(page)
        after = page.next_after
    assert seen == ["p0003", "p0004", "p0001", "p0002", "p0005", "p0006", "p0007"]
    assert after is None


def test_one_marketplaces_own_unit_price_orders_when_it_is_chosen(engine):
    engine.apply(
        [
            document(1, prices={"jd": 900, "taobao": 100}, base_share="1/2", unit="100g"),
            document(2, prices={"jd": 1_600, "taobao": 800}, base_share="1/4", unit="100g"),
            document(3, prices={"taobao": 1}, base_share="1/4", unit="100g", marketplaces=("jd", "taobao")),
        ]
    )
    only_jd = (Terms("marketplaces", ("jd",)),)

    assert ids(engine.search(Query(sort=Sort.UNIT_PRICE))) == ["p0003", "p0001", "p0002"]
    assert ids(engine.search(Query(sort=Sort.UNIT_PRICE, terms=only_jd))) == ["p0002", "p0001", "p0003"]


def test_units_are_filtered_and_unit_prices_counted_by_steps(engine):
    engine.apply(
        [
            document(1, prices={"jd": 178_800}, base_share="1/54", unit="100g"),
            document(2, prices={"jd": 5_000, "shop": 4_999}, base_share="1", unit="100g"),
            document(3, prices={"jd": 7}, base_share="1/20", unit="100g"),
            document(4, prices={"jd": 10**9}, base_share="500", unit="500ml"),
            document(5, prices={"jd": 5_000}),
        ]
    )
    grams = (Terms("unit", ("100g",)),)

    page = engine.search(Query(terms=grams, facets=("unit", "unit_price"), sort=Sort.UNIT_PRICE))

    assert ids(page) == ["p0003", "p0001", "p0002"]
    assert page.facets["unit"] == (("100g", 3), ("500ml", 1))
    assert page.facets["unit_price"] == (("2000", 2), ("0", 1))
    between = UnitPriceRange(2_000, 5_000)
    dear = engine.search(
        Query(terms=grams, unit_price=between, facets=("unit_price", "unit"), sort=Sort.PRICE)
    )
    assert ids(dear) == ["p0002", "p0001"]
    assert dear.facets["unit_price"] == page.facets["unit_price"]
    assert dear.facets["unit"] == (("100g", 2),)
    assert ids(engine.search(Query(unit_price=UnitPriceRange(5_000, None, ("jd",)), sort=Sort.PRICE))) == [
        "p0002",
        "p0004",
    ]
    assert engine.search(Query(unit_price=UnitPriceRange(below_minor=0))).total == 0
    in_jd = engine.search(Query(terms=(*grams, Terms("marketplaces", ("jd",))), facets=("unit_price",)))
    assert in_jd.facets["unit_price"] == (("0", 1), ("2000", 1), ("5000", 1))
    assert engine.search(Query(facets=("unit_price",))).facets["unit_price"][-1] == ("50000000", 1)


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


def test_each_attribute_is_counted_without_its_own_filter(engine):
    """Values of one attribute are either, those of different ones both; each is counted under the filters on the others."""
    engine.apply(
        [
            document(n, attributes=(f"ram_gb={ram}", f"storage_gb={storage}"), brand="apple")
            for n, (ram, storage) in enumerate([(8, 128), (8, 256), (12, 256), (12, 512), (16, 512)], 1)
        ]
    )
    facets = ("attributes", "brand")
    large = Terms("attributes", ("storage_gb=256", "storage_gb=512"))
    twelve = Terms("attributes", ("ram_gb=12",))

    everything, some, few = (
        engine.search(Query(terms=terms, facets=facets, sort=Sort.PRICE))
        for terms in ((), (large,), (large, twelve))
    )

    assert everything.facets["attributes"] == (
        ("ram_gb=12", 2), ("ram_gb=8", 2), ("storage_gb=256", 2), ("storage_gb=512", 2), ("ram_gb=16", 1), ("storage_gb=128", 1),
    )  # fmt: skip
    assert ids(some) == ["p0002", "p0003", "p0004", "p0005"]
    assert dict(some.facets["attributes"]) == {
        "ram_gb=12": 2, "ram_gb=8": 1, "ram_gb=16": 1,
        "storage_gb=128": 1, "storage_gb=256": 2, "storage_gb=512": 2,
    }  # fmt: skip
    assert ids(few) == ["p0003", "p0004"]
    assert few.facets["brand"] == (("apple", 2),)
    assert dict(few.facets["attributes"]) == {
        "ram_gb=12": 2, "ram_gb=8": 1, "ram_gb=16": 1, "storage_gb=256": 1, "storage_gb=512": 1,
    }  # fmt: skip


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


def test_lengths_are_rounded_as_lucene_does():
    lengths = (0, 1, 39, 40, 41, 42, 57, 63, 87, 95, 100, 151)

    assert [fieldnorm(n) for n in lengths] == [0, 1, 39, 40, 40, 42, 56, 60, 84, 88, 96, 144]


@pytest.mark.elasticsearch
def test_who_drops_the_last_generation_leaves_nothing(elasticsearch_server):
    with elasticsearch_store(elasticsearch_server) as store:
        name = store._cluster.index
        for generation in (1, 2):
            store.writer(generation, ["jd"]).close()
        store.drop(1)
        templates = elasticsearch_server.ask("GET", "/_index_template")
        assert f"{name}-products" in str(templates)

        store.drop(2)
        assert name not in str(elasticsearch_server.ask("GET", "/_index_template"))
