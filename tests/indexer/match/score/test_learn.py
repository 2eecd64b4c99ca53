"""`make model`: what is learned from invented catalogues, and that the same code gives the same file."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from indexer.match.score.examples import examples_of
from indexer.match.score.features import features_of
from indexer.match.score.grow import Growth
from indexer.match.score.learn import examples_in, learned
from indexer.match.score.prepared import prepare
from indexer.match.score.record import Record
from indexer.match.score.scorer import packaged_scorer, pairs_of
from marketplaces.catalogues.build import catalogue

SMALL = Growth(trees=20, depth=3, rate=0.3, seed=1)


def test_the_shipped_trees_answer_the_figures_of_this_code():
    names, _ = features_of(prepare([Record("a"), Record("b")]), *pairs_of([0], [1]))

    assert packaged_scorer().trees.names == names  # else: make model


def test_neighbours_strangers_and_the_same_goods_are_looked_at():
    listings = catalogue(9_010)[:200]
    entities = [one["entity"] for one in listings]

    found = examples_of(prepare([Record(one["title"]) for one in listings]), entities, seed=1, most=500)

    assert len(found.left) == 500
    assert (found.left < found.right).all()
    assert 0.01 < found.labels.mean() < 0.6
    assert all(
        label == (entities[i] == entities[j])
        for i, j, label in zip(found.left, found.right, found.labels, strict=True)
    )


def test_no_catalogue_counts_more_than_another():
    one, other = (examples_in(catalogue(seed)[:120]) for seed in (9_011, 9_012))
    few = (other[0], other[1][:40], other[2][:40])

    grown = learned([one, few], SMALL)

    assert grown.names == one[0]
    assert np.isfinite(grown.chances(one[1])).all()


@pytest.mark.slow
def test_the_same_code_gives_the_same_file(tmp_path):
    """Sets of words have another order in every process; nothing may hang on it."""
    listings = tmp_path / "listings.jsonl"
    listings.write_text(
        "".join(
            f"{json.dumps({'catalogue': seed, **one})}\n"
            for seed in (9_011, 9_012)
            for one in catalogue(seed)[:100]
        )
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "indexer.match.score.learn", listings, "--out", tmp_path / f"{seed}.json"],
            check=True, env=os.environ | {"PYTHONHASHSEED": seed},
        )  # fmt: skip

    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    assert len(json.loads((tmp_path / "1.json").read_text())["trees"]) > 20
