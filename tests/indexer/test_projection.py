"""Observations to documents: the same in every replay, and never older than what was seen."""

from __future__ import annotations

import json
import threading

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import OfferKey, Stock
from indexer.bootstrap import utc_now
from indexer.engines.memory import MemoryEngine
from indexer.projector import Projector
from indexer.query import Query, Sort, Terms
from ledger.ledger import Ledger
from tests.support.index import following, make_indexer
from tests.support.offers import offer, seen, yuan
from tests.support.runs import one_page_run

PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"


def payloads(engine):
    return [orjson.loads(h.payload) for h in engine.search(Query(sort=Sort.PRICE, limit=1000)).hits]


@pytest.fixture
def indexer(sqlite_ledger, tmp_path):
    return make_indexer(sqlite_ledger, tmp_path / "index")


def seen_all(ledger, *observations):
    for one in observations:
        one_page_run(ledger, one, marketplace=one.offer.listing.marketplace)


def test_what_fits_a_phone_is_not_called_one(indexer):
    title = "闪魔 适用iPhone15手机膜 全屏 钢化膜"
    seen_all(indexer.ledger, seen("1", "19.90", title=title))

    with following(indexer):
        (document,) = payloads(indexer.live().engine())

    assert (document["kind"], document["brand"], document["name"]) == ("accessory", "smartdevil", title)


def test_the_same_goods_become_one_document_with_the_best_price_of_each_marketplace(indexer):
    seen_all(
        indexer.ledger,
        seen("1", "5999.00", title=PHONE),
        seen("2", "5899.00", title="苹果iPhone15手机 128G 蓝色"),
        seen(
            "3",
            "5799.00",
            title="【百亿补贴】iPhone 15 128GB 全新国行",
            marketplace="pinduoduo",
            shipping=yuan("0.00"),
        ),
        seen("4", "6999.00", title="Apple iPhone 15 256GB"),
    )

    with following(indexer):
        documents = payloads(indexer.live().engine())

    (phone,) = [d for d in documents if d["variant"] == {"storage_gb": "128"}]
    assert (phone["name"], len(phone["offers"])) == ("苹果 iPhone 15 128GB", 3)
    assert {o["marketplace"]: o["landed"]["total_minor"] for o in phone["offers"]} == {
        "jd": 589900,
        "pinduoduo": 579900,
    }
    assert [o["landed"]["is_exact"] for o in phone["offers"]] == [False, False, True]


def test_a_price_change_reaches_the_document_and_an_older_one_does_not(indexer):
    with following(indexer) as follower:
        seen_all(indexer.ledger, seen("1", "5999.00", title=PHONE, at=100))
        follower.catch_up()
        seen_all(
            indexer.ledger,
            seen("1", "5800.00", title=PHONE, at=200),
            seen("1", "5900.00", title=PHONE, at=150),
        )
        follower.catch_up()

        (document,) = payloads(indexer.live().engine())
    assert document["offers"][0]["landed"]["total_minor"] == 580000


def test_a_new_title_can_move_an_offer_and_an_emptied_product_is_gone(indexer):
    with following(indexer) as follower:
        seen_all(
            indexer.ledger,
            seen("1", "5999.00", title=PHONE),
            seen("2", "5999.00", title="iPhone 15 256G 苹果手机"),
        )
        follower.catch_up()
        seen_all(indexer.ledger, seen("2", "5999.00", title="iPhone 15 128G 苹果手机", at=60))
        follower.catch_up()

        (document,) = payloads(indexer.live().engine())
    assert len(document["offers"]) == 2


def test_a_lone_offer_keeps_its_id_when_its_title_changes(indexer):
    with following(indexer) as follower:
        seen_all(indexer.ledger, seen("1", title=PHONE))
        follower.catch_up()
        (before,) = payloads(indexer.live().engine())
        seen_all(indexer.ledger, seen("1", title="iPhone 15 512G 苹果手机", at=60))
        follower.catch_up()
        (after,) = payloads(indexer.live().engine())

    assert before["product_id"] == after["product_id"]
    assert after["variant"] == {"storage_gb": "512"}


def test_a_price_out_of_line_is_shown_and_never_the_best(indexer):
    seen_all(
        indexer.ledger,
        *(seen(str(n), p, title=PHONE) for n, p in enumerate(["5999.00", "5899.00", "599.00"])),
    )

    with following(indexer):
        hit = indexer.live().engine().search(Query(sort=Sort.PRICE)).hits[0]

    offers = {o["key"]: o for o in orjson.loads(hit.payload)["offers"]}
    assert offers["jd:2:"]["is_outlier"]
    assert not offers["jd:1:"]["is_outlier"]
    engine = indexer.live().engine()
    assert engine.search(Query(facets=("price",))).facets["price"] == (("500000", 1),)


def test_what_is_sold_out_is_no_best_price(indexer):
    seen_all(
        indexer.ledger, seen("1", "5999.00", title=PHONE), seen("2", "5500.00", title=PHONE, stock=Stock.OUT)
    )

    with following(indexer):
        hits = indexer.live().engine().search(Query(facets=("price",)))

    assert hits.facets["price"] == (("500000", 1),)


def test_a_unit_price_is_the_best_price_per_base(indexer):
    six, one = "飞鹤 星飞帆 3段 奶粉 900g*6罐", "飞鹤 星飞帆 3段 奶粉 900g*1罐"
    seen_all(
        indexer.ledger,
        seen("1", "1788.00", title=six),
        seen("2", "1500.00", title=six, stock=Stock.OUT),
        seen("3", "290.00", title=one),
        seen("4", "5999.00", title=PHONE),
    )

    with following(indexer):
        engine = indexer.live().engine()
        page = engine.search(
            Query(terms=(Terms("unit", ("100g",)),), sort=Sort.UNIT_PRICE, facets=("unit", "unit_price"))
        )
        documents = payloads(engine)

    assert [orjson.loads(hit.payload)["unit"] for hit in page.hits] == [
        {"base": "100", "unit": "g", "contents": "900"},
        {"base": "100", "unit": "g", "contents": "5400"},
    ]
    assert page.facets == {"unit": (("100g", 2),), "unit_price": (("2000", 2),)}
    assert [document["unit"] for document in documents if document["family"] == "phone"] == [None]


def test_another_currency_is_shown_and_not_compared(indexer):
    from catalog.listing import Listing, Observation, Offer, Seller
    from catalog.money import Money
    from catalog.price_terms import PriceTerms
    from tests.support.offers import START

    listing = Listing("shop", "9", PHONE, "https://shop.example/9", Seller("", ""))
    dollars = Observation(Offer(listing, PriceTerms(Money(60000, "USD"))), START)
    seen_all(indexer.ledger, seen("1", "5999.00", title=PHONE), dollars)

    with following(indexer):
        (document,) = payloads(indexer.live().engine())
        page = indexer.live().engine().search(Query(facets=("price", "marketplaces")))

    assert len(document["offers"]) == 2
    assert page.facets["price"] == (("500000", 1),)


def test_a_follower_that_starts_again_goes_on_where_it_was(sqlite_ledger, tmp_path):
    indexer = make_indexer(sqlite_ledger, tmp_path / "index")
    with following(indexer):
        pass
    seen_all(sqlite_ledger, seen("1", "5999.00", title=PHONE), seen("2", "5899.00", title=PHONE))
    with following(indexer):
        pass
    seen_all(sqlite_ledger, seen("3", "5799.00", title=PHONE, at=5), seen("1", "5700.00", title=PHONE, at=60))

    again = make_indexer(sqlite_ledger, tmp_path / "index")
    with following(again):
        (document,) = payloads(again.live().engine())

    assert [o["landed"]["total_minor"] for o in document["offers"]] == [570000, 589900, 579900]
    assert [o["evidence"]["rule"] for o in document["offers"]] == ["founded", "identity", "identity"]


def test_one_process_writes_at_a_time(sqlite_ledger, tmp_path):
    first, second = make_indexer(sqlite_ledger, tmp_path / "i"), make_indexer(sqlite_ledger, tmp_path / "i")
    second._owner = "another process"
    with following(first) as holder:
        seen_all(sqlite_ledger, seen("1", title=PHONE))
        waiting = second.follower()

        assert waiting.step() is False
        assert holder.step() is True
        assert waiting.step() is False
    seen_all(sqlite_ledger, seen("2", title=PHONE, at=9))
    assert waiting.step() is True
    waiting.release()


def test_a_rebuild_gives_the_same_bytes(indexer):
    with following(indexer) as follower:
        seen_all(
            indexer.ledger,
            *(
                seen(str(n), "5999.00", title=t)
                for n, t in enumerate([PHONE, "iPhone 15 256G", "飞鹤星飞帆3段700g*6罐", "苹果15 128G"])
            ),
        )
        follower.catch_up()
        seen_all(
            indexer.ledger,
            seen("1", "5000.00", title=PHONE, at=60),
            seen("3", "4000.00", title="iPhone 15 256G", at=90),
        )
        follower.catch_up()
        before = indexer.live().engine().digest()

        built = indexer.rebuild().run(indexer.version())

        assert (built.is_identical, built.digest) == (True, before)
        follower.catch_up()
        seen_all(indexer.ledger, seen("9", "3000.00", title="iPhone 15 256G", at=120))
        follower.catch_up()
        assert len(payloads(indexer.live().engine())) == built.documents


def test_a_version_change_rebuilds_by_itself(indexer):
    seen_all(indexer.ledger, seen("1", title=PHONE))
    with following(indexer):
        first = indexer.ledger.projections.active()
    from tests.support.index import MARKETPLACES

    indexer.ledger.marketplaces.register({MARKETPLACES["jd"]: True})

    with following(indexer):
        second = indexer.ledger.projections.active()

    assert second.id > first.id
    assert second.version != first.version


def test_an_index_that_was_deleted_is_built_again_from_the_ledger(indexer):
    seen_all(indexer.ledger, seen("1", title=PHONE), seen("2", title="iPhone 15 256G"))
    with following(indexer):
        lost = indexer.ledger.projections.active()
        digest = indexer.live().engine().digest()
    indexer.store.drop(lost.id)

    with following(indexer):
        found = indexer.ledger.projections.active()

    assert found.id > lost.id
    assert indexer.live().engine().digest() == digest


def test_an_index_that_is_deleted_under_an_idle_follower_is_built_again(indexer):
    seen_all(indexer.ledger, seen("1", title=PHONE))
    with following(indexer) as follower:
        lost = indexer.ledger.projections.active()
        indexer.store.drop(lost.id)
        follower.catch_up()

        assert indexer.ledger.projections.active().id > lost.id
        assert indexer.live().engine().health().documents == 1


def test_another_machines_follower_does_not_take_a_store_it_cannot_see_for_lost(indexer, tmp_path):
    seen_all(indexer.ledger, seen("1", title=PHONE))
    with following(indexer):
        active = indexer.ledger.projections.active()
        elsewhere = make_indexer(indexer.ledger, tmp_path / "elsewhere")
        elsewhere._owner = "another:1"
        standby = elsewhere.follower()
        standby.catch_up()

        assert indexer.ledger.projections.active().id == active.id
        assert elsewhere.store.generations() == []


def test_what_a_dead_rebuild_left_is_cleaned_up(indexer):
    seen_all(indexer.ledger, seen("1", title=PHONE))
    with following(indexer):
        pass
    dead = indexer.ledger.projections.begin("v", now=indexer._clock())
    indexer.store.writer(dead.id, ["jd"]).close()
    indexer.store.writer(99, ["jd"]).close()

    built = indexer.rebuild().run(indexer.version())

    assert dead.id not in indexer.store.generations()
    assert 99 not in indexer.store.generations()
    assert built.generation in indexer.store.generations()


TITLES = [
    PHONE,
    "苹果iPhone15 128G",
    "iPhone 15 256G 手机",
    "二手 iPhone 15 128G 95新",
    "iPhone15手机壳 透明",
    "飞鹤星飞帆3段700g",
    "飞鹤星飞帆3段700g*6罐",
    "怡宝纯净水555ml*24瓶",
]
EVENTS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(TITLES),
        st.sampled_from(["100.00", "120.00", "150.00"]),
        st.integers(0, 40),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


@pytest.mark.slow
@settings(max_examples=40)
@given(EVENTS)
def test_live_restarted_and_rebuilt_projections_are_byte_identical(tmp_path_factory, migrated_sqlite, events):
    """Whatever arrives, however it is batched, whenever the follower restarts."""
    import shutil

    folder = tmp_path_factory.mktemp("p")
    shutil.copy(migrated_sqlite, folder / "l.sqlite")
    with Ledger.open(f"sqlite:///{folder}/l.sqlite") as ledger:
        indexer = make_indexer(ledger)
        follower = indexer.follower()
        for item, title, price, at, is_restart in events:
            one_page_run(ledger, seen(str(item), price, title=title, at=at))
            if is_restart:
                follower.catch_up()
                follower.release()
                follower = indexer.follower()
        follower.catch_up()
        live = {d["product_id"]: d for d in payloads(indexer.live().engine())}

        built = indexer.rebuild().run(indexer.version())

        rebuilt = {d["product_id"]: d for d in payloads(indexer.store.reader(built.generation))}
        assert json.dumps(live, sort_keys=True) == json.dumps(rebuilt, sort_keys=True)
        assert built.is_identical is True
        follower.release()


def test_every_current_offer_is_in_exactly_one_document(indexer):
    seen_all(indexer.ledger, *(seen(str(n), "100.00", title=TITLES[n % len(TITLES)]) for n in range(24)))

    with following(indexer):
        documents = payloads(indexer.live().engine())

    keys = [o["key"] for d in documents for o in d["offers"]]
    assert sorted(keys) == sorted(str(OfferKey("jd", str(n))) for n in range(24))
    assert isinstance(indexer.live().engine(), object)
    assert not isinstance(indexer.live().engine(), MemoryEngine)
    assert offer("1").key in {OfferKey.parse(k) for k in keys}


@pytest.mark.slow
def test_a_partition_that_takes_longer_to_load_than_a_lease_lasts_is_kept(indexer, monkeypatch):
    """Else whoever loads it loses it meanwhile, and loads it again for ever."""
    seen_all(indexer.ledger, seen("1", "5999.00", title=PHONE))
    with following(indexer):
        pass
    seen_all(indexer.ledger, seen("1", "5800.00", title=PHONE, at=60))
    monkeypatch.setattr("indexer.follow.LEASE_S", 2.0)
    loads = []

    def slow(self, *what, restore=Projector.restore):
        loads.append(threading.Event().wait(5.0))
        restore(self, *what)

    monkeypatch.setattr(Projector, "restore", slow)
    late = make_indexer(indexer.ledger, indexer.store, clock=utc_now)
    rival = make_indexer(indexer.ledger, indexer.store, clock=utc_now)
    rival._owner = "rival"
    follower, other = late.follower(), rival.follower()
    loading = threading.Thread(target=follower.catch_up)
    loading.start()
    while loading.is_alive():
        assert other.step() is False
        threading.Event().wait(0.1)

    assert len(loads) == 1
    assert indexer.ledger.projections.active().cursor == indexer.ledger.observations.newest_number()
    follower.release()
