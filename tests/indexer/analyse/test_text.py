import json
import time
import unicodedata
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analyse.text import ANALYSER_VERSION, MAX_TOKENS, Analyser
from indexer.read_title.reader import TitleReader
from tests.indexer.read_title.canonical import canonical_name

TITLES_FILES = (
    Path(__file__).parents[1] / "read_title" / name for name in ("title_vectors.jsonl", "own_titles.jsonl")
)
TITLES = [json.loads(line)["title"] for path in TITLES_FILES for line in path.read_text().splitlines()]

IPHONE_15 = (
    "Apple/苹果 iPhone 15 (A3092) 128GB 黑色 支持移动联通电信5G 双卡双待手机",
    "【顺丰当天发】Apple/苹果iphone15 国行正品 苹果15手机官方旗舰店全新未拆封 128G 蓝色",
)


@pytest.fixture(scope="module")
def analyser():
    return Analyser()


def document(analyser, *texts):
    return {token for text in texts for token in analyser.tokens(text)}


@pytest.mark.parametrize(
    "query",
    [
        "苹果15 128G", "iphone15 128gb", "ＩＰＨＯＮＥ 15", "iPhone 15", "IPHONE-15", "apple iphone 15 手机", "蘋果15",
        "苹果手机 iphone15",
        "iphone15 128", "国行 iphone15", "苹果 15 黑色",
    ],
)  # fmt: skip
def test_shoppers_ways_of_asking_find_the_phone(analyser, query):
    asked = analyser.query_tokens(query)

    assert asked
    assert set(asked) <= document(analyser, *IPHONE_15)


@pytest.mark.parametrize("query", ["iphone 15 256gb", "iphone 16", "华为15", "iphone 15 512g", "苹果汁"])
def test_other_goods_are_not_found(analyser, query):
    assert not set(analyser.query_tokens(query)) <= document(analyser, *IPHONE_15)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("550毫升", "550ml"), ("1kg", "2斤"), ("1000g", "1公斤"), ("1tb", "1024gb"), ("65英寸", "65寸"), ("*24瓶",
            "×24"),
        ("24瓶装", "24罐"), ("LANCÔME", "lancome"), ("ＷＨ－1000ＸＭ5", "wh-1000xm5"),
    ],
)  # fmt: skip
def test_spellings_give_the_same_tokens(analyser, left, right):
    assert analyser.tokens(left) == analyser.tokens(right)


@pytest.mark.parametrize("spelling", ["mate 60 pro", "Mate60Pro", "MATE60 PRO", "mate-60-pro"])
def test_model_spellings_meet(analyser, spelling):
    documents = [
        document(analyser, other) for other in ("华为 Mate 60 Pro 手机", "华为Mate60Pro", "mate60 pro")
    ]

    assert all(set(analyser.query_tokens(spelling)) <= tokens for tokens in documents)


def test_a_named_brand_is_found_by_all_its_names(analyser):
    nike = document(analyser, "耐克 Dunk Low 男鞋")

    assert "b:nike" in nike
    assert analyser.query_tokens("Nike") == analyser.query_tokens("耐克") == ["b:nike"]
    assert "b:apple" not in document(analyser, "红富士苹果 5斤")
    assert set(analyser.query_tokens("小米 k70")) <= document(analyser, "Redmi K70 手机")


def test_names_no_dictionary_has_are_found_as_pairs_of_characters(analyser):
    assert analyser.query_tokens("青竹手机") == ["青竹", "手机"]
    assert "青竹" in analyser.tokens("【正品】青竹Q5 Pro")
    assert analyser.bigrams("青竹Q5手机") == ["青竹", "手机"]


def test_a_product_is_found_by_its_canonical_name(analyser):
    reader = TitleReader()
    for title in TITLES:
        reading = reader.read_text(title)
        name = canonical_name(reading, reader.lexicon)

        assert set(analyser.query_tokens(name)) <= document(analyser, title, name), title


def test_width_case_and_script_change_no_token(analyser):
    traditional = opencc.OpenCC("s2t")
    for title in TITLES:
        expected = analyser.tokens(title)

        assert analyser.tokens(unicodedata.normalize("NFKC", title)) == expected
        assert analyser.tokens(title.upper()) == expected
        assert analyser.tokens(traditional.convert(title)) == expected


def check_tokens(tokens):
    assert len(tokens) == len(set(tokens)) <= MAX_TOKENS
    assert all(0 < len(token) <= 60 and token.split() == [token] for token in tokens)


@given(st.text(max_size=60))
def test_tokens_are_bounded_and_without_spaces(text):
    analyser = shared()
    check_tokens(analyser.tokens(text))
    check_tokens(analyser.query_tokens(text))
    check_tokens(analyser.bigrams(text))


@pytest.mark.slow
@settings(max_examples=20_000)
@given(
    st.one_of(
        st.text(st.characters(), max_size=120), st.lists(st.sampled_from(TITLES), max_size=3).map("".join)
    )
)
def test_no_text_makes_the_analyser_fail(text):
    test_tokens_are_bounded_and_without_spaces.hypothesis.inner_test(text)


_SHARED = []


def shared():
    """One analyser for hypothesis' many calls, made on first use."""
    if not _SHARED:
        _SHARED.append(Analyser())
    return _SHARED[0]


@pytest.mark.parametrize("piece", ["*1", "9", "(", "a1", "1瓶", "苹果", "+", "一", "e\u0301", "pro"])
def test_long_text_costs_no_more_than_a_thousand_characters(analyser, piece):
    started = time.process_time()
    tokens = analyser.tokens(piece * 100_000)

    assert time.process_time() - started < 0.5  # 10 ms measured; quadratic work would take minutes
    check_tokens(tokens)


def test_the_example_of_the_readme_holds(analyser):
    written = "b:apple 苹果 128gb 128g 128 apple iphone iphone15 15 a a3092 3092 黑色"

    assert analyser.tokens("Apple/苹果 iPhone 15 (A3092) 128GB 黑色") == written.split()
    assert analyser.query_tokens("苹果15 128G") == ["128g", "15", "苹果"]


def test_the_version_names_rules_and_vocabulary(analyser):
    assert analyser.version == Analyser().version
    assert analyser.version.startswith(f"{ANALYSER_VERSION}-")
