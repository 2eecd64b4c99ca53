from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse.phrases import PhraseScanner


def found(phrases, text):
    return [hit.phrase for hit in PhraseScanner(dict.fromkeys(phrases, None)).find(text)]


def test_the_longest_phrase_at_the_leftmost_place_wins():
    assert found(["手机", "手机壳", "苹果"], "苹果手机壳手机") == ["苹果", "手机壳", "手机"]


def test_latin_phrases_are_whole_words_and_figures_whole_numbers():
    assert found(["mi", "a2", "5g"], "mini mi a2 a20 3.5g 5g") == ["mi", "a2", "5g"]
    assert found(["iphone"], "苹果iphone15") == ["iphone"]


@given(
    st.lists(st.text("甲乙丙丁", min_size=2, max_size=4), min_size=1, max_size=6, unique=True),
    st.text("甲乙丙丁", max_size=30),
)
def test_scanning_agrees_with_trying_every_place(phrases, text):
    expected, at = [], 0
    while at < len(text):
        match = max((p for p in phrases if text.startswith(p, at)), key=len, default=None)
        if match:
            expected.append(match)
        at += len(match) if match else 1

    assert found(phrases, text) == expected
