"""Partitions: any number of processes, each as far as it is, come to the documents that one process would have made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import OfferKey, content_hash
from indexer.documents import DocumentBuilder
from indexer.engines.memory import MemoryEngine
from indexer.partitions import Partitions, partition_of
from indexer.projector import Projector
from ledger.corrections import Correction, Said, Word
from ledger.feed import Position, is_within
from ledger.observations import Stored
from tests.support.index import analyser, reader
from tests.support.offers import START, offer

TITLES = (
    "Apple/苹果 iPhone 15 128GB 黑色 5G手机",
    "苹果iPhone15手机 256G 蓝色",
    "Apple iPad Air 11英寸 128GB 平板电脑",
    "飞鹤星飞帆奶粉3段 900g",
    "飞鹤星飞帆3段 900g*6罐 婴儿奶粉",
    "索尼 WH-1000XM5 头戴式降噪耳机",
    "一件说不清是什么的东西",
)
OFFERS = 5

SIGHTINGS = st.lists(
    st.tuples(st.integers(1, OFFERS), st.sampled_from(TITLES), st.integers(5, 9), st.integers(0, 20)),
    min_size=1,
    max_size=24,
)


def stored_of(sightings):
    found = []
    for number, (item, title, price, time) in enumerate(sightings, 1):
        one = offer(str(item), f"{price}00.00", title=title)
        order = (time, 1, content_hash(one))
        found.append(Stored(number, item, one, START, order))
    return found


def new_projector():
    return Projector(reader(), DocumentBuilder(analyser(), reader().lexicon.brands))


class Process:
    """Keeps some partitions, and is as far as it is; may die and begin again from what it stored."""

    def __init__(self, events, engine, count, kept):
        self._events, self._engine, self._count = events, engine, count
        self._observations = [event for event in events if isinstance(event, Stored)]
        self.stored = {partition: {} for partition in kept}
        self.position = Position()
        self.begin()

    def begin(self):
        self._partitions = Partitions(self._count, reader(), new_projector, self._earlier)
        by_id = {s.id: s for s in self._observations}
        for partition, assignments in self.stored.items():
            made = list(assignments.values())
            words = [e for e in self._events if isinstance(e, Said) and is_within(e, self.position)]
            stored = [by_id[a.observation_id] for a in made]
            self._partitions.keep(partition).restore(stored, made, words, self.position)

    def step(self, size):
        batch = [event for event in self._events if not is_within(event, self.position)][:size]
        if not batch:
            return False
        for partition, result in self._partitions.absorb(batch, self._partitions).items():
            self._engine.apply(result.operations)
            self.stored[partition] |= {a.offer_id: a for a in result.assignments}
            for offer_id in result.left:
                self.stored[partition].pop(offer_id, None)
            position = result.position
        self.position = position
        return True

    def _earlier(self, offer_ids, number):
        found = {}
        for s in self._observations:
            if s.id < number and s.offer_id in offer_ids:
                found[s.offer_id] = max(s.order, found.get(s.offer_id, s.order))
        return found


def documents(events, count, groups, moves):
    """What a memory engine holds after the processes took turns as `moves` has it: (process, size of a step, dies)."""
    engine = MemoryEngine()
    processes = [Process(events, engine, count, group) for group in groups]
    for who, size, dies in moves:
        process = processes[who % len(processes)]
        process.step(size)
        if dies:
            process.begin()
    for process in processes:
        while process.step(7):
            pass
    return engine


MOVES = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), st.booleans()), max_size=12)


WORDS = st.lists(
    st.tuples(
        st.sampled_from(list(Word)),
        st.integers(1, OFFERS),
        st.integers(1, OFFERS),
        st.integers(0, 24),
        st.integers(0, 9),
    ).filter(lambda one: one[1] != one[2]),
    max_size=6,
)


def said_of(words, observations):
    """Each said after so many observations, at a time that need not be in the same order."""
    found = []
    for number, (word, left, right, after, time) in enumerate(sorted(words, key=lambda one: one[3]), 1):
        keys = sorted((OfferKey("jd", str(left)), OfferKey("jd", str(right))))
        correction = Correction(word, *keys, "me", "", START + timedelta(seconds=time))
        ids = tuple(int(key.item_id) for key in keys)
        found.append(Said(number, min(after, len(observations)), correction, ids))
    return found


def in_order(observations, said):
    return sorted([*observations, *said], key=lambda e: (e.after, e.id) if isinstance(e, Said) else (e.id, 0))


@pytest.mark.slow
@settings(max_examples=300)
@given(SIGHTINGS, WORDS, st.integers(2, 6), MOVES, MOVES)
def test_any_number_of_processes_comes_to_the_same_documents(sightings, words, count, moves, other_moves):
    observations = stored_of(sightings)
    observations = in_order(observations, said_of(words, observations))
    one = documents(observations, 1, [[0]], moves)

    halves = [range(0, count, 2), range(1, count, 2)]
    for groups in ([range(count)], halves, [[partition] for partition in range(count)]):
        many = documents(observations, count, groups, other_moves)
        assert many.digest() == one.digest()
        assert many.health() == one.health()


def test_goods_that_turn_out_to_be_of_another_family_change_over():
    phone, tablet = TITLES[0], TITLES[2]
    observations = stored_of([(1, phone, 5, 0), (2, phone, 6, 1), (1, tablet, 5, 2), (1, phone, 5, 1)])
    count = next(n for n in range(2, 60) if partition_of("phone", n) != partition_of("tablet", n))
    groups = [[partition] for partition in range(count)]

    late_comer_first = documents(observations, count, list(reversed(groups)), [(0, 9, False)])

    assert late_comer_first.digest() == documents(observations, 1, [[0]], []).digest()
    assert late_comer_first.health().documents == 2


def test_a_family_is_kept_in_one_place_by_every_process():
    assert [partition_of(family, 4) for family in ("phone", "tablet", None)] == [3, 2, 0]
    assert {partition_of(f"family {n}", 8) for n in range(200)} == set(range(8))
