"""Sets of many pairs at once equal sets of one pair at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.match.score.rows import Vocabulary, compare, weight_of

pieces = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=6), min_size=1, max_size=8)


@given(pieces, st.data())
def test_an_overlap_is_what_python_sets_say(sets, data):
    vocabulary = Vocabulary([sets], len(sets))
    rows = vocabulary.rows(0)
    place = st.integers(0, len(sets) - 1)
    chosen = data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=12))
    left, right = np.array(chosen, dtype=np.int64).T

    found = compare((rows, left), (rows, right), vocabulary.weights)

    weight = {p: float(weight_of(np.array([sum(p in s for s in sets)]), len(sets))[0]) for p in "abcdefghij"}
    for at, (one, other) in enumerate(chosen):
        shared, ours, theirs = sets[one] & sets[other], sets[one] - sets[other], sets[other] - sets[one]
        assert found.shared[at] == len(shared)
        assert found.weight[at] == pytest.approx(sum(weight[p] for p in shared))
        assert found.squares[at] == pytest.approx(sum(weight[p] ** 2 for p in shared))
        assert found.rarest[at] == pytest.approx(max((weight[p] for p in shared), default=0))
        assert found.rarest_left[at] == pytest.approx(max((weight[p] for p in ours), default=0))
        assert found.rarest_right[at] == pytest.approx(max((weight[p] for p in theirs), default=0))


def test_rare_pieces_weigh_more():
    weights = weight_of(np.array([1, 2, 10, 1000]), 1000)

    assert list(weights) == sorted(weights, reverse=True)
    assert weights[0] > 0.9
    assert weights[3] < 0.01
