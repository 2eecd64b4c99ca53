"""What people say about offers holds: at once, after re-crawls and restarts, after a rebuild, in whatever order it came."""

from __future__ import annotations

import itertools
from random import Random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import OfferKey, content_hash
from catalog.product import product_id
from indexer.documents import DocumentBuilder
from indexer.engines.memory import MemoryEngine
from indexer.match.arrange import apart_id
from indexer.match.facts import facts_of
from indexer.match.veto import unarguable
from indexer.match.words import Resolution, Standing
from indexer.projector import Projector
from indexer.query import Query, Sort
from ledger.corrections import Correction, Said, Word, newest_words
from ledger.observations import Stored
from tests.support.index import analyser, following, make_indexer, reader
from tests.support.offers import START, offer, seen
from tests.support.runs import at, one_page_run

PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"
UNCLEAR = "苹果 iPhone15 手机 全新 包邮"
OTHER_NAME = "Apple iPhone 15 Plus 128GB 黑色 5G手机"
USED = "二手 iPhone 15 128G 95新"
ONE, TWO, THREE, FOUR = (OfferKey("jd", item) for item in "1234")


@pytest.fixture(params=["memory", "tantivy"])
def indexer(request, sqlite_ledger, tmp_path):
    return make_indexer(sqlite_ledger, tmp_path / "index" if request.param == "tantivy" else None)


def see(ledger, item, title, at=0, price="5999.00"):
    one_page_run(ledger, seen(str(item), price, title=title, at=at))


def say(ledger, word, left, right, seconds=0):
    return ledger.corrections.say(Correction(Word(word), left, right, "ann", "", at(seconds)))


def documents(indexer, engine=None):
    found = (engine or indexer.live().engine()).search(Query(sort=Sort.PRICE, limit=1000))
    return [orjson.loads(hit.payload) for hit in found.hits]


def products(indexer, engine=None):
    """Product id -> items of its offers."""
    return {
        d["product_id"]: "".join(sorted(OfferKey.parse(o["key"]).item_id for o in d["offers"]))
        for d in documents(indexer, engine)
    }


def parts(indexer):
    return sorted(products(indexer).values())


@pytest.fixture
def shop(indexer):
    """Three phones in one product, one that does not say enough, and a follower that has caught up."""
    for item in (1, 2, 3):
        see(indexer.ledger, item, PHONE)
    see(indexer.ledger, 4, UNCLEAR)
    with following(indexer) as follower:
        yield follower


def rebuilt_the_same(indexer):
    built = indexer.rebuild().run(indexer.version())
    return built.is_identical


def test_same_joins_and_a_withdrawn_same_leaves_no_trace(indexer, shop):
    before = products(indexer)
    number = say(indexer.ledger, "same", ONE, FOUR)
    shop.catch_up()
    assert products(indexer) == {product_id(ONE): "1234"}
    (document,) = documents(indexer)
    assert document["offers"][3]["evidence"]["rule"] == "said"

    indexer.ledger.corrections.withdraw(number, author="ann", now=at(9))
    shop.catch_up()

    assert products(indexer) == before
    assert rebuilt_the_same(indexer)


def test_not_same_parts_and_a_newer_same_joins_again(indexer, shop):
    say(indexer.ledger, "not_same", ONE, THREE, 1)
    shop.catch_up()
    assert products(indexer) == {
        product_id(ONE): "12",
        apart_id(THREE, "phone"): "3",
        product_id(FOUR): "4",
    }

    say(indexer.ledger, "same", THREE, ONE, 2)
    shop.catch_up()

    assert parts(indexer) == ["123", "4"]
    assert rebuilt_the_same(indexer)


def test_a_price_change_reaches_the_product_that_an_offer_is_shown_in(indexer, shop):
    say(indexer.ledger, "same", ONE, FOUR)
    shop.catch_up()

    see(indexer.ledger, 4, UNCLEAR, at=60, price="5000.00")
    shop.catch_up()

    (document,) = documents(indexer)
    assert document["offers"][3]["landed"]["total_minor"] == 500000
    assert rebuilt_the_same(indexer)


def test_words_hold_when_a_crawl_sees_another_title(indexer, shop):
    say(indexer.ledger, "same", ONE, FOUR, 1)
    say(indexer.ledger, "not_same", ONE, THREE, 2)
    see(indexer.ledger, 4, OTHER_NAME, at=60)
    see(indexer.ledger, 3, f"{PHONE} 官方正品", at=60)
    shop.catch_up()

    assert parts(indexer) == ["124", "3"]
    assert rebuilt_the_same(indexer)


def test_a_word_sleeps_while_the_goods_differ_in_plain_words(indexer, shop):
    say(indexer.ledger, "same", ONE, FOUR)
    shop.catch_up()
    see(indexer.ledger, 4, USED, at=60)
    shop.catch_up()
    assert parts(indexer) == ["123", "4"]

    see(indexer.ledger, 4, UNCLEAR, at=120)
    shop.catch_up()

    assert parts(indexer) == ["1234"]
    assert rebuilt_the_same(indexer)


def test_only_the_offer_that_was_named_comes_over_where_names_differ(indexer, shop):
    see(indexer.ledger, 5, OTHER_NAME)
    see(indexer.ledger, 6, OTHER_NAME)
    say(indexer.ledger, "same", ONE, OfferKey("jd", "5"))
    shop.catch_up()

    assert parts(indexer) == ["1235", "4", "6"]
    assert rebuilt_the_same(indexer)


def test_a_word_about_an_offer_that_nobody_saw_yet_waits_for_it(indexer, shop):
    say(indexer.ledger, "same", ONE, OfferKey("jd", "9"))
    shop.catch_up()
    assert parts(indexer) == ["123", "4"]

    see(indexer.ledger, 9, UNCLEAR, at=60)
    shop.catch_up()

    assert parts(indexer) == ["1239", "4"]
    assert rebuilt_the_same(indexer)


def test_a_follower_that_starts_again_goes_on_where_it_was(indexer, shop):
    say(indexer.ledger, "same", ONE, FOUR, 1)
    shop.catch_up()
    shop.release()
    again = make_indexer(indexer.ledger, indexer.store)
    with following(again) as follower:
        assert parts(again) == ["1234"]
        see(indexer.ledger, 5, PHONE)
        say(indexer.ledger, "not_same", FOUR, ONE, 2)
        follower.catch_up()

        assert parts(again) == ["1235", "4"]
        assert rebuilt_the_same(again)


def test_a_word_said_while_nobody_follows_is_taken_in_by_the_next_one(indexer, shop):
    shop.release()
    say(indexer.ledger, "same", ONE, FOUR)

    with following(indexer):
        assert parts(indexer) == ["1234"]


def test_the_ledger_knows_where_the_offers_of_a_former_product_are(indexer, shop):
    def where(old):
        return indexer.ledger.projections.where_now(indexer.ledger.projections.active().id, old)

    say(indexer.ledger, "same", ONE, FOUR, 1)
    shop.catch_up()
    assert (where(product_id(FOUR)), where(product_id(ONE))) == (product_id(ONE), None)

    say(indexer.ledger, "not_same", ONE, FOUR, 2)
    shop.catch_up()
    assert where(product_id(FOUR)) is None


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

TITLES = [
    PHONE, "苹果iPhone15 128G", "iPhone 15 256G 手机", UNCLEAR, USED, OTHER_NAME, "iPhone15手机壳 透明", "飞鹤星飞帆3段700g*6罐",
    "一件说不清是什么的东西",
]  # fmt: skip
OFFERS = 6
ITEMS = st.integers(1, OFFERS)
SIGHTINGS = st.lists(
    st.tuples(ITEMS, st.sampled_from(TITLES), st.integers(0, 40)),
    min_size=3,
    max_size=14,
    unique_by=lambda s: s[::2],
)
WORDS = st.lists(
    st.tuples(st.sampled_from(list(Word)), ITEMS, ITEMS, st.integers(0, 5)).filter(lambda w: w[1] != w[2]),
    min_size=1,
    max_size=9,
)


def mixed(sightings, words, random):
    """Events in which sightings come in their order, words in any, at any place among them."""
    words = list(words)
    random.shuffle(words)
    places = sorted(random.randint(0, len(sightings)) for _ in words)
    found = []
    for number, (item, title, seconds) in enumerate(sightings, 1):
        one = offer(str(item), "59.00", title=title)
        found.append(Stored(number, item, one, START, (seconds * 1_000_000, 1, content_hash(one))))
    for number, ((word, left, right, seconds), place) in enumerate(zip(words, places, strict=True), 1):
        ids = tuple(sorted((left, right)))
        keys = (OfferKey("jd", str(item)) for item in ids)
        found.append(Said(number, place, Correction(word, *keys, "ann", "", at(seconds)), ids))
    return sorted(found, key=lambda e: (e.after, e.id) if isinstance(e, Said) else (e.id, 0))


def projected(events, random):
    """What an engine holds after a projector took the events in, so many at a time."""
    engine = MemoryEngine()
    projector = Projector(reader(), DocumentBuilder(analyser(), reader().lexicon.brands))
    while events:
        size = random.randint(1, len(events))
        engine.apply(projector.absorb(events[:size]).operations)
        events = events[size:]
    return engine


def shown(engine):
    payloads = [orjson.loads(hit.payload) for hit in engine.search(Query(sort=Sort.PRICE, limit=100)).hits]
    return {p["product_id"]: [int(OfferKey.parse(o["key"]).item_id) for o in p["offers"]] for p in payloads}


@pytest.mark.slow
@settings(max_examples=300)
@given(SIGHTINGS, WORDS, st.integers(0, 2**32))
def test_any_order_of_words_and_arrivals_comes_to_the_same_products(sightings, words, seed):
    random = Random(seed)
    orders = [mixed(sightings, words, random) for _ in range(3)]

    live = [projected(events, random) for events in orders]

    assert [shown(engine) for engine in live] == [shown(live[0])] * 3
    for engine, events in zip(
        live, orders, strict=True
    ):  # what a rebuild does: the same, in batches of another size
        assert projected(events, random).digest() == engine.digest()
    assert_words_hold(orders[0], shown(live[0]))


def assert_words_hold(events, products):
    """Every word in force is obeyed, nothing that differs in plain words stands together, every offer is shown once."""
    newest = {}
    for event in events:
        if isinstance(event, Stored) and (
            event.offer_id not in newest or newest[event.offer_id].order <= event.order
        ):
            newest[event.offer_id] = event
    where = {item: product for product, items in products.items() for item in items}
    assert sorted(where) == sorted(newest) == sorted(itertools.chain(*products.values()))
    facts = {one.offer.key: facts_of(reader().read(one.offer)) for one in newest.values()}
    words = [one.correction for one in newest_words(event for event in events if isinstance(event, Said))]
    outcomes = Resolution(words, facts).outcomes
    for word in words:
        if outcomes[word.pair].standing is Standing.IN_FORCE:
            left, right = (where[int(key.item_id)] for key in word.pair)
            assert (left == right) == (word.word is Word.SAME), word
    for left, right in itertools.combinations(newest.values(), 2):
        if where[left.offer_id] == where[right.offer_id]:
            assert not unarguable(facts[left.offer.key], facts[right.offer.key])


def test_a_twin_that_takes_the_word_stored_last_for_the_newest_is_seen(monkeypatch):
    sightings = [(1, PHONE, 0), (2, PHONE, 1)]
    words = [(Word.NOT_SAME, 1, 2, 5), (Word.SAME, 1, 2, 3)]
    law = test_any_order_of_words_and_arrivals_comes_to_the_same_products.hypothesis.inner_test

    def in_twenty_orders():
        for seed in range(20):
            law(sightings, words, seed)

    in_twenty_orders()
    monkeypatch.setattr(Correction, "age", property(lambda _: 0))

    with pytest.raises(AssertionError):
        in_twenty_orders()


@pytest.mark.slow
@settings(max_examples=100)
@given(SIGHTINGS, WORDS, st.integers(0, 2**32))
def test_words_that_are_all_withdrawn_leave_what_there_would_be_without_them(sightings, words, seed):
    random = Random(seed)
    withdrawn = [(Word.WITHDRAWN, left, right, 9) for _, left, right, _ in words]

    assert shown(projected(mixed(sightings, [*words, *withdrawn], random), random)) == shown(
        projected(mixed(sightings, [], random), random)
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_live_restarted_and_rebuilt_are_byte_identical_with_words_among_the_arrivals(sqlite_ledger, seed):
    random, ledger = Random(seed), sqlite_ledger
    indexer = make_indexer(ledger)
    follower = indexer.follower()
    for second in range(25):
        if random.random() < 0.5:
            see(ledger, random.randint(1, 6), random.choice(TITLES), at=random.randint(0, 40))
        else:
            left, right = random.sample(range(1, 7), 2)
            word = random.choice(list(Word))
            say(
                ledger, word, OfferKey("jd", str(left)), OfferKey("jd", str(right)), random.randint(0, second)
            )
        if random.random() < 0.5:
            follower.catch_up()
        if random.random() < 0.3:
            follower.release()
            follower = indexer.follower()
    follower.catch_up()

    assert rebuilt_the_same(indexer)
    follower.release()
