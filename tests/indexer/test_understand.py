"""What a shopper typed, and what became of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidCursor
from catalog.listing import Condition
from catalog.product import Kind
from indexer import cursor
from indexer.query import MOST_RELEVANT, PriceRange, Query, Sort, Terms
from indexer.understand import Understanding
from tests.support.index import analyser, reader

NAMES = {"京东": "jd", "jd": "jd", "淘宝": "taobao", "拼多多": "pinduoduo"}


@pytest.fixture(scope="module")
def understanding():
    return Understanding(reader(), analyser())


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("3000元以下的华为手机", None, 300000, "华为手机"), ("华为手机 3000以内", None, 300000, "华为手机"), ("1000-2000元 耳机", 100000, 200000, "耳机"),
        ("1k-2k 耳机", 100000, 200000, "耳机"), ("低于500元的奶粉", None, 50000, "奶粉"), ("5000元以上 电视", 500000, None, "电视"),
        ("3000元左右手机", 240000, 360000, "手机"), ("1万元以下 笔记本", None, 1000000, "笔记本"), ("不超过99.5元 面膜", None, 9950, "面膜"),
        ("2000元到1000元 耳机", 100000, 200000, "耳机"), ("iPhone 15 128G", None, None, "iphone 15 128g"), ("奶粉 900g 3段", None, None, "奶粉 900g 3段"),
        ("WH-1000XM5", None, None, "wh-1000xm5"),
    ],
)  # fmt: skip
def test_price_limits_are_understood_and_taken_out(understanding, text, low, high, words):
    found = understanding.of(text, NAMES)

    assert (
        (found.price.low_minor, found.price.high_minor) == (low, high)
        if found.price
        else (low, high) == (None, None)
    )
    assert found.words == words


@pytest.mark.parametrize(
    ("text", "sort", "words"),
    [
        ("最便宜的 iPhone 15", Sort.PRICE, "iphone 15"),
        ("最贵的茅台", Sort.PRICE_DESC, "茅台"),
        ("iPhone 15", None, "iphone 15"),
        ("手机 价格从低到高", Sort.PRICE, "手机"),
        ("奶粉 单价最低", Sort.UNIT_PRICE, "奶粉"),
        ("单价从低到高 抽纸", Sort.UNIT_PRICE, "抽纸"),
    ],
)
def test_an_order_in_words_is_understood(understanding, text, sort, words):
    found = understanding.of(text, NAMES)

    assert (found.sort, found.words) == (sort, words)


@pytest.mark.parametrize(
    ("text", "marketplaces", "words"),
    [
        ("京东 iPhone 15", ("jd",), "iphone 15"),
        ("iPhone 15 拼多多", ("pinduoduo",), "iphone 15"),
        ("淘宝 手机 京东", ("taobao", "jd"), "手机"),
        ("京东", (), "京东"),
        ("小米 京东方 屏幕", (), "小米 京东方 屏幕"),
    ],
)
def test_marketplaces_at_either_end_are_understood(understanding, text, marketplaces, words):
    found = understanding.of(text, NAMES)

    assert (found.marketplaces, found.words) == (marketplaces, words)


def test_kind_and_condition_are_read_like_a_title(understanding):
    assert understanding.of("二手 iPhone 13 128G", NAMES).condition is Condition.USED
    assert understanding.of("iPhone 15 手机壳", NAMES).kind is Kind.ACCESSORY
    plain = understanding.of("iPhone 15", NAMES)
    assert (plain.kind, plain.condition) == (Kind.GOODS, Condition.NEW)


def test_what_was_read_boosts_and_never_filters(understanding):
    tokens = {boost.token for boost in understanding.of("苹果15 128G", NAMES).boosts}

    assert {"m:apple/iphone15", "v:storage_gb=128", "b:apple", "f:phone"} <= tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("运动鞋", {"f:sneakers"}),
        ("降噪耳机", {"f:earphones", "降噪"}),
        ("华为手机", {"f:phone", "b:huawei"}),
        ("跑步鞋", {"跑步"}),  # narrower than its family: stays a word
        ("iPhone 15 手机壳", {"iphone", "15", "手机"}),  # something for phones is no phone
        ("飞天茅台 53度", {"飞天", "茅台", "53度"}),
    ],
)
def test_the_name_of_a_family_asks_for_the_family(understanding, text, tokens):
    assert set(understanding.of(text, NAMES).tokens) == tokens


@given(st.text(max_size=60))
def test_any_text_is_understood(text):
    found = Understanding(reader(), analyser()).of(text, NAMES)

    assert all(token and not any(c.isspace() for c in token) for token in found.tokens)
    assert len(found.tokens) <= 200


QUERIES = [
    Query(must=("a",)),
    Query(must=("b",)),
    Query(must=("a",), sort=Sort.PRICE),
    Query(terms=(Terms("brand", ("x",)),)),
    Query(must=("a",), price=PriceRange(1, 2)),
]


@given(st.integers(0, MOST_RELEVANT - 1), st.integers(0, len(QUERIES) - 1), st.integers(0, len(QUERIES) - 1))
def test_a_cursor_is_good_for_its_own_query_only(after, mine, other):
    given_out = cursor.encode(QUERIES[mine], after)

    assert cursor.decode(QUERIES[mine], given_out) == after
    if mine != other:
        with pytest.raises(InvalidCursor):
            cursor.decode(QUERIES[other], given_out)


@given(st.text(max_size=40))
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(InvalidCursor):
        cursor.decode(QUERIES[0], text)


def test_a_cursor_beyond_the_list_is_refused():
    with pytest.raises(InvalidCursor):
        cursor.decode(QUERIES[0], cursor.encode(QUERIES[0], MOST_RELEVANT))
    assert cursor.decode(QUERIES[2], cursor.encode(QUERIES[2], 2**60)) == 2**60


def test_a_key_that_no_product_of_the_order_can_have_is_refused():
    """An engine's numbers end there: asked to go on behind it, it would fail."""
    for sort, most in ((Sort.PRICE, 2**64 - 1), (Sort.UNIT_PRICE, 2**95 - 1), (Sort.RELEVANCE, 2**64 - 1)):
        query = Query(sort=sort)
        assert cursor.decode(query, cursor.encode(query, most)) == most
        with pytest.raises(InvalidCursor):
            cursor.decode(query, cursor.encode(query, most + 1))
