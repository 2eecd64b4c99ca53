"""Pairs, tables and clusters measured: the figures are right, and what cannot be used is told."""

from __future__ import annotations

import json

import numpy as np
import pytest

from catalog.errors import InvalidInput
from indexer.evaluate.measures import average_precision, cluster_figures, precision_recall
from indexer.evaluate.pairs import evaluate_pairs
from indexer.evaluate.tables import evaluate_tables, labels_in, tables_in
from indexer.evaluate.trained import best_threshold
from indexer.match.score.scorer import Scorer, packaged_scorer
from indexer.match.score.trees import Trees
from marketplaces.catalogues.build import catalogue


def line(left, right, label):
    return json.dumps({"left": left, "right": right, "label": label})


@pytest.fixture(scope="module")
def lines():
    """Pairs of a catalogue that the shipped trees have not seen: of the same article, and of neighbours."""
    by_article = {}
    for one in catalogue(9_004):
        by_article.setdefault(one["entity"], []).append(
            {k: v for k, v in one.items() if k not in {"entity", "source"}}
        )
    pairs = []
    for article, listed in sorted(by_article.items()):
        pairs += [line(listed[0], other, 1) for other in listed[1:2]]
        pairs += [
            line(listed[0], by_article[article + step][0], 0)
            for step in (1, 7)
            if article + step in by_article
        ]
    return pairs


def quiet(_line):
    pass


def test_the_shipped_scorer_tells_invented_goods_apart(lines):
    found = evaluate_pairs(lines, quiet)

    assert found["pairs"] == len(lines)
    assert found["f1"] > 0.7
    assert found["average_precision"] > 0.8
    assert found["malformed"] == []
    assert {"precision", "recall", "pairs_per_s", "threshold"} <= set(found)


def test_a_scorer_that_knows_nothing_is_caught(lines):
    blind = Scorer(Trees(packaged_scorer().trees.names, 0.0, ()))

    found = evaluate_pairs(lines, quiet, scorer=blind)

    assert found["recall"] == 1.0
    assert found["precision"] == found["average_precision"] < 0.5


@pytest.mark.slow
def test_training_learns_from_its_file_alone_and_for_once(lines):
    before = packaged_scorer().trees
    found = evaluate_pairs(lines[1::2], quiet, train=lines[::2])

    assert found["pairs"] == len(lines[1::2])
    assert found["f1"] > 0.6
    assert packaged_scorer().trees is before


@pytest.mark.slow
def test_what_is_learned_from_wrong_labels_is_wrong(lines):
    """The broken twin of a lesson: every label turned round."""
    turned = [json.dumps((one := json.loads(text)) | {"label": 1 - one["label"]}) for text in lines[::2]]

    assert evaluate_pairs(lines[1::2], quiet, train=turned)["average_precision"] < 0.4


def test_malformed_lines_are_told_by_number_and_counted_nowhere(lines):
    told = []
    bad = [
        "{",
        "[]",
        line("x", {}, 1),
        line({}, {}, 2),
        line({}, {}, None),
        json.dumps({"left": {}, "label": 0}),
        "",
    ]

    found = evaluate_pairs([*bad, *lines[:20]], told.append)

    assert found["malformed"] == [1, 2, 3, 4, 5, 6]
    assert found["pairs"] == 20
    assert sum(text.startswith("line ") for text in told) == 6


@pytest.mark.parametrize("text", ["", "id,name\n1,x", '{"entity": 3, "title": "x"}', "\x00"])
def test_another_kind_of_file_is_one_error(text):
    with pytest.raises(InvalidInput, match="no line is a pair"):
        evaluate_pairs(text.splitlines(), quiet)


def test_too_little_to_learn_from_is_said(lines):
    with pytest.raises(InvalidInput, match="too little to learn from"):
        evaluate_pairs(lines, quiet, train=lines[:3])


def test_strange_records_are_scored_and_crash_nothing():
    odd = [
        {},
        {"title": ""},
        {"title": "😀" * 9_999},
        {"title": "a" * 10_000, "price": "1e400"},
        {"title": 7, "attrs": {"x": None}},
        {"title": "\ud800\x00"},
    ]

    found = evaluate_pairs([line(one, other, 0) for one in odd for other in odd], quiet)

    assert found["pairs"] == 36


def test_figures_of_pairs():
    said, true = np.array([1, 1, 0, 0, 1], dtype=bool), np.array([1, 0, 1, 0, 1], dtype=bool)

    assert precision_recall(said, true) == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3})
    assert precision_recall(said & False, true) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert average_precision(np.array([0.9, 0.8, 0.7]), np.array([True, False, True])) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert (
        average_precision(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    )  # equal scores have no order
    assert average_precision(np.array([0.5]), np.array([False])) == 0.0


def test_figures_of_clusters():
    found = cluster_figures(["a", "a", "a", "b", "c"], [1, 1, 2, 2, 3])

    assert found["pairwise_precision"] == pytest.approx(1 / 3)
    assert found["pairwise_recall"] == pytest.approx(1 / 2)
    assert found["b3_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found["b3_recall"] == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert cluster_figures([], [])["b3_f1"] == 0.0


def test_a_threshold_is_where_the_kinds_part():
    chances = np.array([0.1, 0.2, 0.3, 0.7, 0.8, 0.9])

    assert 0.3 < best_threshold(chances, chances > 0.5) <= 0.7


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────

LEFT = [
    "\ufeffid,name,description,price",
    *(f"{n},quarno x{n}70 camera,compact quarno x{n}70,{n}9.5" for n in range(10, 40)),
    "s,talmo lamp,,",
]
RIGHT = [
    "id,title,price",
    *(f"r{n},x{n}70 digital camera by quarno,{n}8" for n in range(10, 40)),
    "t,vondu radio wr5,",
]
SPLIT = [
    "ltable_id,rtable_id,label",
    *(f"{n},r{n},1" for n in range(10, 40)),
    *(f"{n},r{n + 1},0" for n in range(10, 39)),
    "s,t,0",
]


def tables(split=SPLIT, told=quiet):
    found, ours, theirs = tables_in(LEFT, RIGHT, told)
    found.labels = labels_in(split, ours, theirs, found, told)
    return found


def test_two_tables_are_matched_end_to_end():
    found = evaluate_tables(tables(), quiet)

    assert (found["pairs"], found["recall_at_20"], found["malformed"]) == (60, 1.0, 0)
    assert found["f1"] > 0.9
    assert found["listings_per_s"] > 0


def test_a_pair_that_was_never_looked_at_is_not_found():
    lost = ["ltable_id,rtable_id,label", "s,t,1", "10,r10,1"]

    found = evaluate_tables(tables(lost), quiet)

    assert found["recall"] <= 0.5
    assert found["recall_at_20"] == 0.5


@pytest.mark.slow
def test_tables_can_be_learned_from():
    one = tables()

    assert evaluate_tables(one, quiet, train=one.labels)["f1"] > 0.9


def test_rows_that_are_none_are_told_and_counted():
    told = []
    found, ours, theirs = tables_in([*LEFT, "10,twice,,", ",none,,"], RIGHT, told.append)
    labels_in([*SPLIT, "10,nobody,1", "10,r10,maybe", "10"], ours, theirs, found, told.append)

    assert found.malformed == 5
    assert len(told) == 5
    assert "left table, line 33" in told[0]


@pytest.mark.parametrize(
    ("left", "right", "split", "error"),
    [
        (["name,price", "a,1"], RIGHT, SPLIT, "left table has no column id"), (LEFT, ["id,title"], SPLIT, "right table has no rows"),
        (LEFT, RIGHT, ["left,right", "1,2"], "the split has no column"), (LEFT, RIGHT, SPLIT[:1], "no pair of the tables"), ([], RIGHT, SPLIT, "no column id"),
    ],
)  # fmt: skip
def test_other_files_are_one_error(left, right, split, error):
    with pytest.raises(InvalidInput, match=error):
        labels_in(split, *(found := tables_in(left, right, quiet))[1:], found[0], quiet)
