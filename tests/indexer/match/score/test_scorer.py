"""The scorer that is shipped, on pairs of invented goods."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidInput
from indexer.match.score.context import shares
from indexer.match.score.features import features_of
from indexer.match.score.prepared import prepare
from indexer.match.score.record import Record, record_of
from indexer.match.score.scorer import SAME_FROM, Scorer, packaged_scorer, pairs_of
from indexer.match.score.trees import Trees

SHELF = [
    "brovel kx-tg8232b expandable cordless phone black", "brovel cordless handset kxtg8232b", "brovel kx-tg8233b expandable cordless phone black",
    "talmo usb flash drive 16gb swivel", "talmo 16 gb swivel usb drive", "talmo usb flash drive 32gb swivel", "carrying case for brovel kx-tg8232b",
    "quarno dslr camera d5300 24.2mp", "quarno d-5300 digital slr camera (24.2 megapixel)", "quarno d5200 dslr camera 24.1mp",
    "普瑞欧 洗衣液 薰衣草香 3kg", "普瑞欧薰衣草香洗衣液3公斤正品包邮", "普瑞欧 洗衣液 薰衣草香 2kg",
]  # fmt: skip
CROWD = [
    f"{maker} {kind} {maker[:2]}{number}"
    for number in range(100, 160, 3)
    for maker, kind in (("hestor", "lamp"), ("vondu", "radio"), ("brovel", "phone"), ("talmo", "cable"))
]
"""Others, so that what is common and what is rare can be told."""

texts = st.text(max_size=60) | st.sampled_from(
    ["", " ", "😀" * 40, "a" * 10_000, "x1 " * 3_000, "\x00", "−½″", "苹果" * 3_000]
)
records = st.builds(Record, title=texts, brand=texts, model=texts, description=texts, price=st.none() | st.floats(1e-9, 1e12),
                    attributes=st.lists(st.tuples(texts, texts), max_size=3).map(tuple))  # fmt: skip


@pytest.fixture(scope="module")
def shelf():
    return prepare([Record(title) for title in SHELF + CROWD])


def chance(shelf, one, other):
    return float(packaged_scorer().chances(shelf, *pairs_of([one], [other]))[0])


@pytest.mark.parametrize(("one", "other"), [(0, 1), (3, 4), (7, 8), (10, 11)])
def test_other_words_for_the_same_goods_are_seen_through(shelf, one, other):
    assert chance(shelf, one, other) >= SAME_FROM


@pytest.mark.parametrize(("one", "other"), [(0, 2), (3, 5), (0, 6), (7, 9), (10, 12), (0, 3), (1, 9)])
def test_a_sibling_an_accessory_and_a_stranger_are_told_apart(shelf, one, other):
    assert chance(shelf, one, other) < SAME_FROM


def test_likeness_of_words_alone_would_not_tell_them_apart(shelf):
    """The broken twin: a threshold on the cosine of words takes the sibling for the same goods before the paraphrase."""
    names, table = features_of(shelf, *pairs_of([0, 0], [1, 2]))
    paraphrase, sibling = table[:, names.index("words_cosine")]

    assert sibling > paraphrase
    assert chance(shelf, 0, 2) < chance(shelf, 0, 1)


@given(st.lists(records, min_size=2, max_size=5))
def test_any_records_have_a_chance_the_same_from_both_sides(some):
    prepared = prepare(some)
    left, right = pairs_of(*zip(*((i, j) for i in range(len(some)) for j in range(len(some))), strict=True))

    there, back = (
        packaged_scorer().chances(prepared, left, right),
        packaged_scorer().chances(prepared, right, left),
    )

    assert np.array_equal(there, back)
    assert ((there >= 0) & (there <= 1)).all()


def test_no_pairs_have_no_chances(shelf):
    assert packaged_scorer().chances(shelf, *pairs_of([], [])).shape == (0,)


def test_in_batches_or_at_once_is_the_same(shelf):
    left, right = pairs_of([0, 3, 7] * 4_000, [1, 5, 8] * 4_000)

    found = packaged_scorer().chances(shelf, left, right)

    assert np.array_equal(found[:3], found[-3:])


def test_trees_for_other_figures_are_refused(shelf):
    with pytest.raises(InvalidInput, match="make model"):
        Scorer(Trees(("words_cosine",), 0.0, ())).raw(shelf, *pairs_of([0], [1]))


def test_a_twin_that_ignores_the_amounts_is_caught(shelf):
    """Trees whose questions about amounts and figures are never asked take 16 for 32 gigabytes."""
    trees = packaged_scorer().trees
    deaf = {
        at
        for at, name in enumerate(trees.names)
        if name.startswith(("amounts", "figures", "words", "title", "grams", "everything", "code", "joins"))
    }
    bounds = [
        tuple(1e30 if c in deaf else b for c, b in zip(t.columns, t.bounds, strict=True)) for t in trees.trees
    ]
    twin = Scorer(
        dataclasses.replace(
            trees,
            trees=tuple(dataclasses.replace(t, bounds=b) for t, b in zip(trees.trees, bounds, strict=True)),
        )
    )
    same, other = twin.chances(shelf, *pairs_of([3, 3], [4, 5]))

    assert abs(same - other) < 0.2  # as good as blind
    assert chance(shelf, 3, 4) - chance(shelf, 3, 5) > 0.3


def test_prices_a_hundred_times_apart_speak_against_it():
    one, near, far = (
        record_of({"title": "brovel headphone stand", "price": price}) for price in (20, 21, 2000)
    )
    prepared = prepare([one, near, far, *map(Record, CROWD)])

    assert chance(prepared, 0, 2) <= chance(prepared, 0, 1)


def test_a_rival_takes_its_share():
    raw = np.array([2.0, 2.0, -1.0, 3.0])
    left, right = pairs_of([0, 0, 1, 2], [0, 1, 1, 2])

    found = shares(raw, left, right)

    assert found[3] == pytest.approx(1 / (1 + np.exp(-3.0)))  # no rival: its own chance
    assert found[0] == pytest.approx(found[0])
    assert found[0] < 0.5
    assert found[0] > found[1] > found[2]


def test_stuffed_titles_cost_no_more_than_a_bound():
    stuffed = prepare(
        [Record(" ".join(f"kx{n}" for n in range(5_000)), description="word " * 50_000), *map(Record, SHELF)]
    )

    assert (
        max(
            rows.sizes.max()
            for rows in (stuffed.words, stuffed.joins, stuffed.deep_joins, stuffed.everything, stuffed.grams)
        )
        <= 500
    )
