import unicodedata

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analyse.fold import Traced, normalise, normalise_with_offsets

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ａｐｐｌｅ　ｉＰｈｏｎｅ１５", "apple iphone15"),
        ("蘋果 粉紅色 港行 原裝", "苹果 粉红色 港行 原装"),
        ("  a \t\n b  ", "a b"),
        ("㎖ ㎏ ①", "ml kg 1"),
        ("LANCÔME", "lancôme"),
        ("LANCO\u0302ME", "lancôme"),
        ("a\x00b\ud800c\u200bd\ufe0f", "a b cd"),
        ("", ""),
    ],
)
def test_texts_have_one_comparable_form(text, expected):
    assert normalise(text) == expected


def test_spans_lead_back_to_the_original():
    title = "【Ａ】 ㎖  苹果LANCO\u0302ME"

    traced = normalise_with_offsets(title)

    start = traced.text.index("lanc")
    assert traced.text == "【a】 ml 苹果lancôme"
    assert title[slice(*traced.span(start, start + 7))] == "LANCO\u0302ME"
    assert title[slice(*traced.span(traced.text.index("m"), traced.text.index("l") + 1))] == "㎖"
    assert traced.span(3, 3) is None


def test_rewriting_keeps_the_way_back():
    traced = Traced.of("三段六罐").rewritten([(0, 1, "3"), (2, 3, "60")])

    assert traced.text == "3段60罐"
    assert traced.span(2, 4) == (2, 3)


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)

    assert normalise(once) == once
    assert once == normalise_with_offsets(text).text


@given(ANY_TEXT)
def test_compatibility_forms_are_equal(text):
    assert normalise(unicodedata.normalize("NFKC", text)) == normalise(text)


def test_traditional_and_simplified_are_equal():
    simplified = "苹果手机无线充电里面后来发现头发干净台湾云南白药面粉"

    assert normalise(opencc.OpenCC("s2t").convert(simplified)) == simplified


@pytest.mark.slow
@settings(max_examples=20_000)
@given(st.text(st.characters(), max_size=200))
def test_any_text_normalises_and_leads_back(text):
    traced = normalise_with_offsets(text)

    assert normalise(traced.text) == traced.text
    assert len(traced.starts) == len(traced.ends) == len(traced.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(traced.starts, traced.ends, strict=True))
