"""Trees: grown, kept as a readable file, and evaluated alike by everybody."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from catalog.errors import InvalidInput
from indexer.match.score.grow import Growth, grow
from indexer.match.score.trees import Trees, from_json, to_json

NAMES = ("one", "two", "noise")


@pytest.fixture(scope="module")
def lesson():
    dice = np.random.default_rng(5)
    table = dice.random((3_000, 3)).astype(np.float32)
    labels = ((table[:, 0] > 0.5) ^ (table[:, 1] > 0.3)).astype(np.float64)
    return table, labels


@pytest.fixture(scope="module")
def trees(lesson):
    return grow(NAMES, *lesson, Growth(trees=60, rate=0.3))


def by_hand(document, row):
    """The same sum, row by row, from the file's text alone."""
    total = document["start"]
    for tree in document["trees"]:
        digits = [int(np.float32(row[name]) > np.float32(bound)) for name, bound in tree["ask"]]
        total += tree["leaves"][sum(digit << at for at, digit in enumerate(digits))]
    return 1 / (1 + math.exp(-total))


def test_what_no_single_column_tells_is_learned(trees, lesson):
    table, labels = lesson

    assert np.mean((trees.chances(table) > 0.5) == labels) > 0.99


def test_growing_again_gives_the_same_trees(trees, lesson):
    assert grow(NAMES, *lesson, Growth(trees=60, rate=0.3)) == trees


def test_the_file_gives_the_same_chances_as_the_grown_trees(trees, lesson):
    again = from_json(to_json(trees, {}))

    assert again == trees
    assert np.abs(again.chances(lesson[0]) - trees.chances(lesson[0])).max() < 1e-9


def test_the_file_can_be_read_by_a_person(trees, lesson):
    document = json.loads(to_json(trees, {"made by": "hand"}))

    for row, chance in zip(lesson[0][:50], trees.chances(lesson[0][:50]), strict=True):
        assert by_hand(document, dict(zip(NAMES, row.tolist(), strict=True))) == pytest.approx(
            chance, abs=1e-9
        )
    assert {name for tree in document["trees"] for name, _ in tree["ask"]} <= set(NAMES)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"columns": ["a"], "start": 0, "trees": [{"ask": [["b", 1]], "leaves": [0, 1]}]}',
                                  '{"columns": ["a"], "start": 0, "trees": [{"ask": [["a", 1]], "leaves": [0]}]}'])  # fmt: skip
def test_another_file_is_refused(text):
    with pytest.raises(InvalidInput, match="not a file of trees"):
        from_json(text)


def test_one_kind_alone_teaches_its_share():
    trees = grow(("one",), np.zeros((10, 1), dtype=np.float32), np.ones(10))

    assert trees.trees == ()
    assert trees.chances(np.zeros((1, 1), dtype=np.float32))[0] > 0.99


def test_no_trees_are_the_start_alone():
    assert Trees(("a",), 0.0, ()).chances(np.zeros((2, 1), dtype=np.float32)).tolist() == [0.5, 0.5]
