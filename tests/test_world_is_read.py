"""How well offers are read: two wide practice worlds, crawled as ever, against what their offers say (DECISIONS 26).

What falls short today is listed by name: an attribute of a family, or (`*`) an attribute everywhere. A name that no longer
falls short on either world has to go.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from indexer.evaluate.offers import Score, evaluate_offers
from indexer.read_title.reader import TitleReader
from tests.support.world_offers import cases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("world_is_read")]

SEEDS = (7, 11)
EVERYWHERE = (0.99, 0.97)
"""Precision and recall of an attribute, overall and on each marketplace."""
IN_A_FAMILY = (0.97, 0.90)
ENOUGH = 50
"""Values said (for recall) or read (for precision) from which on a share of them means something."""

PENDING: dict[str, set[str]] = {}


def short(score: Score, bars: tuple[float, float]) -> bool:
    precision, recall = bars
    is_wrong = score.read >= ENOUGH and score.precision < precision
    return is_wrong or (score.stated >= ENOUGH and score.recall < recall)


def shortfalls(evaluated, pending):
    """What falls below the bars, by name, less what is pending."""
    found = [
        (family, name)
        for family, scores in evaluated.families.items()
        for name, score in scores.items()
        if name not in pending.get(family, ()) and short(score, IN_A_FAMILY)
    ]
    everywhere = defaultdict(Score)
    for (marketplace, family), scores in evaluated.cells.items():
        for name, score in scores.items():
            if name not in pending.get(family, set()) | pending.get("*", set()):
                for place in ("*", marketplace):
                    joined = everywhere[place, name]
                    joined.stated += score.stated
                    joined.read += score.read
                    joined.right += score.right
    return sorted(found + [key for key, score in everywhere.items() if short(score, EVERYWHERE)])


@pytest.fixture(scope="module")
def worlds():
    return {seed: cases(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def readings(worlds):
    """Of each world, once: offer -> what was read of it."""
    reader = TitleReader()
    return {
        seed: {case.offer.key: reader.read(case.offer) for case in found} for seed, found in worlds.items()
    }


class Given:
    """A reader that read before, with something wrong in every twentieth offer."""

    def __init__(self, read, spoil=lambda reading: reading):
        self.read_before, self.spoil, self.count = read, spoil, 0

    def read(self, offer):
        self.count += 1
        reading = self.read_before[offer.key]
        return self.spoil(reading) if self.count % 20 == 0 else reading


@pytest.fixture(scope="module")
def evaluated(worlds, readings):
    return {seed: evaluate_offers(found, Given(readings[seed])) for seed, found in worlds.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_offers_say_is_read(evaluated, seed):
    assert evaluated[seed].offers > 7000
    assert len(evaluated[seed].families) == 29
    assert set(evaluated[seed].marketplaces) == {"taobao", "jd", "pinduoduo", "shop"}
    assert shortfalls(evaluated[seed], PENDING) == []


def test_what_is_pending_still_falls_short(evaluated):
    done = []
    for family, names in PENDING.items():
        for name in names:
            others = {other: found - {name} if other == family else found for other, found in PENDING.items()}
            if not any(shortfalls(one, others) for one in evaluated.values()):
                done.append((family, name))

    assert done == []


def without(reading, *names):
    return replace(reading, variant=tuple(pair for pair in reading.variant if pair[0] not in names))


def other(reading, name, value):
    return replace(reading, variant=tuple((n, value if n == name else v) for n, v in reading.variant))


@pytest.mark.parametrize(
    ("spoil", "caught"),
    [
        (lambda reading: other(reading, "storage_gb", "7"), ("*", "storage_gb")),
        (lambda reading: without(reading, "ram_gb"), ("*", "ram_gb")),
        (lambda reading: other(reading, "stage", "9"), ("milk_powder", "stage")),
        (lambda reading: replace(reading, brand="nobody"), ("*", "brand")),
        (lambda reading: replace(reading, brand=None), ("taobao", "brand")),
        (lambda reading: replace(reading, pack_count=reading.pack_count + 1), ("water", "pack_count")),
        (lambda reading: replace(reading, region_version="jp"), ("phone", "region_version")),
    ],
    ids=[
        "other storage",
        "no memory",
        "other stage",
        "other brand",
        "no brand",
        "other count",
        "other edition",
    ],
)
def test_a_reader_that_errs_once_in_twenty_is_caught(worlds, readings, evaluated, spoil, caught):
    twin = evaluate_offers(worlds[7], Given(readings[7], spoil))

    assert caught not in shortfalls(evaluated[7], {})
    assert caught in shortfalls(twin, {})


def test_a_name_that_two_models_share_is_no_name_of_both(worlds, readings, evaluated):
    """A reader that drops Pro and Max reads a model's name, and not this one's."""

    def coarse(reading):
        return replace(
            reading, model=reading.model and reading.model.removesuffix(" Max").removesuffix(" Pro")
        )

    twin, intact = evaluate_offers(worlds[7], Given(readings[7], coarse)), evaluated[7]

    assert twin.families["phone"]["model"].right < intact.families["phone"]["model"].right
    assert twin.families["phone"]["model"].precision < intact.families["phone"]["model"].precision
