"""Revision races: however late, often and in whatever order writes come, and from however many writers, the newest wins."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer.engines.memory import digest
from indexer.ports import Removal
from indexer.query import Query
from tests.contract.conftest import ELASTICSEARCH
from tests.support.corpora import MARKETPLACES, document

pytestmark = pytest.mark.slow

SEQUENCES = int(os.environ.get("BIJIA_TEST_RACES", "10000"))
SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))


def write(number, revision, *, is_removal, text=""):
    """One operation; without `text` its content follows from its revision, as a projection's does."""
    if is_removal:
        return Removal(f"p{number:04}", revision)
    return document(number, revision=revision, payload=f"{number}@{revision}{text}".encode())


def sequence(dice, number):
    """Writes of one product in the order of their arrival: late ones, the same again, removed and made again."""
    is_removal = {revision: dice.random() < 0.3 for revision in range(1, 9)}
    arriving = dice.choices(range(1, 9), k=dice.randint(2, 9))
    return [write(number, revision, is_removal=is_removal[revision]) for revision in arriving]


def state(sequences):
    """The documents that are left, by a model of its own: of each product the newest revision, if that is no removal."""
    newest = [max(one, key=lambda operation: operation.revision) for one in sequences]
    return [one for one in newest if not isinstance(one, Removal)]


def rounds(dice, sequences):
    """Batches that hold the next one to three writes of every product that has any left."""
    left = [list(one) for one in sequences]
    while any(left):
        batch = []
        for one in left:
            batch += [one.pop(0) for _ in range(min(len(one), dice.randint(1, 3)))]
        yield batch


def require_state(engine, sequences):
    expected = state(sequences)
    assert engine.digest() == digest((d.product_id, d.revision, d.payload) for d in expected), f"seed {SEED}"
    assert engine.search(Query(limit=1)).total == engine.health().documents == len(expected)


def test_late_repeated_and_removed_writes_come_to_the_newest(engine):
    dice = random.Random(SEED)
    sequences = [sequence(dice, number) for number in range(1, SEQUENCES + 1)]

    for batch in rounds(dice, sequences):
        applied = engine.apply(batch)
        assert (applied.written + applied.stale, applied.refused) == (len(batch), ())

    require_state(engine, sequences)


@pytest.mark.parametrize("store", [ELASTICSEARCH], indirect=True)
def test_two_writers_that_share_an_index_come_to_the_newest(store):
    """Each write goes to one of them, or to both; neither knows of the other."""
    dice = random.Random(SEED)
    sequences = [sequence(dice, number) for number in range(1, SEQUENCES // 4 + 1)]
    writers = [store.writer(1, MARKETPLACES) for _ in range(2)]

    def work(number):
        chance = random.Random(f"{SEED}:{number}")
        mine = [[w for w in one if (w.revision + len(one)) % 3 != number] for one in sequences]
        for batch in rounds(chance, mine):
            chance.shuffle(batch)
            writers[number].apply(batch)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))

    require_state(writers[0], sequences)
    for writer in writers:
        writer.close()


@pytest.mark.parametrize("store", ["memory", "tantivy", ELASTICSEARCH], indirect=True)
def test_of_equal_revisions_the_last_to_arrive_stays(engine):
    """A rebuild by a newer reader of titles may say something else of the same observation."""
    for text in ("a", "b"):
        engine.apply([write(n, 5, is_removal=False, text=text) for n in range(1, 4)])
        engine.apply([write(2, 4, is_removal=False), write(3, 5, is_removal=True)])

    assert [hit.payload for hit in engine.get(["p0001", "p0002", "p0003"])] == [b"1@5b", b"2@5b"]
