"""Corrections as a text file: what was written is read back, and what is wrong is named by its line."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.listing import OfferKey
from ledger.corrections import Correction, Said, Word, is_plain
from ledger.corrections_file import InvalidLines, lines_of, written
from tests.support.offers import START

NOW = START + timedelta(days=1)
A, B = OfferKey("jd", "1"), OfferKey("taobao", "2", "蓝 256G")


def read(text):
    return [one.correction for one in lines_of(text, author="me", now=NOW)]


def test_a_file_that_is_typed_by_hand():
    found = read(
        "\ufeff# 人工核对\n\n"
        "same jd:1: taobao:2:%E8%93%9D%20256G\n"
        "not-same   jd:1:\tjd:3:   2026-11-01T20:00:00+08:00\n"
        "  # also a comment\n"
        "withdrawn jd:4: jd:3: 2026-11-01T12:00:00.000001Z 张%20三 看 过　实物 # 不是注释  \r\n"
    )

    assert found == [
        Correction(Word.SAME, A, B, "me", "", NOW),
        Correction(Word.NOT_SAME, A, OfferKey("jd", "3"), "me", "", START),
        Correction(
            Word.WITHDRAWN, OfferKey("jd", "3"), OfferKey("jd", "4"), "张 三", "看 过　实物 # 不是注释",
            START + timedelta(microseconds=1),
        ),
    ]  # fmt: skip


TEXT = st.text(max_size=40).map(str.strip).filter(is_plain)
KEYS = st.builds(
    OfferKey,
    st.sampled_from(["jd", "shop"]),
    st.sampled_from(["1", "二 2", "a:b%", "#"]),
    st.sampled_from(["", "x y"]),
)
WORDS = st.builds(
    Correction, st.sampled_from(list(Word)), KEYS, KEYS, TEXT.filter(bool), TEXT,
    st.integers(0, 10**6).map(lambda n: START + timedelta(microseconds=n)),
).filter(lambda one: one.left != one.right).map(Correction.checked)  # fmt: skip


@given(st.lists(WORDS, max_size=6))
def test_what_was_written_is_read_back(words):
    said = [Said(n, 0, one) for n, one in enumerate(words, 1)]

    assert read("\n".join(written(said))) == sorted(words, key=lambda one: one.age)


def test_every_line_that_is_wrong_is_named():
    text = "\n".join(
        [
            "same jd:1: jd:2:",
            "maybe jd:1: jd:2:",
            "same jd:1:",
            "# fine",
            "same jd:1: nonsense",
            "same jd:1: jd:1:",
            "same jd:1: jd:2: yesterday",
            "same jd:1: jd:2: 2026-11-01T12:00:00",
            "same jd:1: jd:2: 2030-01-01T00:00:00Z",
            "same jd:1: jd:2: 2026-11-01T12:00:00Z " + "x" * 101,
            "same " + "x" * 5000,
        ]
    )

    with pytest.raises(InvalidLines) as found:
        read(text)

    assert [number for number, _ in found.value.errors] == [2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert str(found.value).splitlines()[0] == "line 2: 'maybe' is none of same, not_same, withdrawn"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with suppress(InvalidLines):
        assert all(one.left < one.right for one in read(text))
