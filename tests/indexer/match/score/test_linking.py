"""Records into products, one after the other."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.match.score.candidates import Neighbours
from indexer.match.score.linking import Linking
from indexer.match.score.prepared import prepare
from indexer.match.score.record import Record


def linked(chances, records, apart=lambda _one, _other: False):
    """Groups of records, when `chances` holds that of each pair that was scored."""
    linking = Linking(0.5, apart)
    for at, record in enumerate(records):
        before = [
            (other, chances[frozenset((record, other))])
            for other in records[:at]
            if frozenset((record, other)) in chances
        ]
        linking.add(record, before)
    return {frozenset(members) for members in linking.members.values()}


def chances_of(**pairs):
    return {frozenset(map(int, name[1:].split("_"))): chance for name, chance in pairs.items()}


def test_the_last_record_brings_two_products_together():
    chances = chances_of(p1_2=0.9, p3_4=0.9, p2_3=0.2, p1_5=0.9, p2_5=0.9, p3_5=0.8, p4_5=0.9)

    assert linked(chances, [1, 2, 3, 4]) == {frozenset({1, 2}), frozenset({3, 4})}
    assert linked(chances, [1, 2, 3, 4, 5]) == {frozenset({1, 2, 3, 4, 5})}


BRIDGED = chances_of(p1_2=0.9, p3_4=0.9, p1_3=0.7, p1_4=0.1, p2_3=0.1, p2_4=0.1)


def test_one_likeness_does_not_outweigh_three_differences():
    assert linked(BRIDGED, [1, 2, 3, 4]) == {frozenset({1, 2}), frozenset({3, 4})}


def test_joining_by_the_best_pair_would_bridge_them():
    """The broken twin: whoever is like anybody belongs to all of them."""
    group = {1}
    while (
        more := {r for pair, chance in BRIDGED.items() if chance >= 0.5 and pair & group for r in pair}
        - group
    ):
        group |= more

    assert frozenset(group) not in linked(BRIDGED, [1, 2, 3, 4])


@given(
    st.dictionaries(
        st.sampled_from(list(map(frozenset, itertools.combinations(range(7), 2)))), st.floats(0, 1)
    ),
    st.permutations(range(7)),
    st.integers(0, 6),
)
def test_what_is_apart_is_never_in_one_product_through_any_chain(chances, order, enemy):
    """Records of two camps: `apart` is told the products, whose first records may be anybody."""
    camp = {record: record % 2 if record != enemy else 2 for record in range(7)}
    of = {record: {record} for record in range(7)}

    def merged(stays, goes):
        of[stays] |= of.pop(goes)

    def apart(one, other):
        return any(camp[a] != camp[b] for a in of[one] for b in of[other])

    linking = Linking(0.3, apart, merged)
    for at, record in enumerate(order):
        linking.add(
            record,
            [(o, chances[frozenset((record, o))]) for o in order[:at] if frozenset((record, o)) in chances],
        )

    assert all(len({camp[record] for record in members}) == 1 for members in linking.members.values())
    assert sorted(itertools.chain(*linking.members.values())) == list(range(7))
    assert all(
        linking.product_of(record) == product
        for product, members in linking.members.items()
        for record in members
    )


def test_clear_groups_are_found_in_any_order():
    chances = {
        frozenset(p): 0.9 if p[0] // 5 == p[1] // 5 else 0.1 for p in itertools.combinations(range(20), 2)
    }
    expected = {frozenset(range(start, start + 5)) for start in range(0, 20, 5)}

    for seed in range(5):
        order = list(range(20))
        random.Random(seed).shuffle(order)
        assert linked(chances, order) == expected


@pytest.fixture(scope="module")
def shelf():
    return prepare(
        [Record(f"quarno x{n}70 camera black") for n in range(100, 160)]
        + [Record("quarno x 10470 camera"), Record("")]
    )


def test_the_nearest_shares_the_rarest(shelf):
    among = Neighbours(shelf, np.arange(len(shelf)))

    assert among.of(60, 3).tolist()[0] == 4
    assert 60 not in among.of(60, 100)


def test_an_empty_record_has_no_neighbours_and_nobody_sees_the_future(shelf):
    among = Neighbours(shelf, np.arange(len(shelf)))

    assert among.of(61, 5).tolist() == []
    assert all(near < 10 for near in among.of(10, 20, before=10))
    assert among.of(0, 5, before=0).tolist() == []
    assert Neighbours(shelf, np.arange(0)).of(0, 5).tolist() == []
