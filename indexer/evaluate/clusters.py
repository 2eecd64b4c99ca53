"""How well offers become products, arriving one by one: `bijia evaluate clusters FILE`. Pure: the command reads the file.

Each record sees the ones before it alone. What the title reader finds stated differently is never joined
(`indexer/match/veto.py`), whatever the score; all else is decided by average link (`indexer/match/score/linking.py`).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any, Final

import numpy as np

from catalog.errors import InvalidInput
from indexer.evaluate.labelled import Report, objects_in
from indexer.evaluate.measures import cluster_figures, rounded
from indexer.evaluate.trained import GROWTH
from indexer.match.facts import Facts, facts_of, union
from indexer.match.score.candidates import Neighbours
from indexer.match.score.features import features_of
from indexer.match.score.grow import grow
from indexer.match.score.linking import Linking
from indexer.match.score.prepared import Prepared, prepare
from indexer.match.score.record import Record, record_of
from indexer.match.score.rows import Floats, Ints
from indexer.match.score.scorer import SAME_IN_CONTEXT_FROM, Scorer, packaged_scorer, pairs_of
from indexer.match.veto import vetoes
from indexer.read_title.reader import TitleReader

NEAR: Final = 30
"""Earlier records that each is compared with (DECISIONS 56)."""

ANOTHER_KIND: Final = "no line is a record with an entity"

_THRESHOLDS: Final = tuple(step / 20 for step in range(1, 19))


@dataclass(slots=True)
class Offers:
    """Records in order of arrival, what goods each is of, and what its title states."""

    records: list[Record] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    malformed: list[int] = field(default_factory=list)


def offers_in(lines: Iterable[str], seed: int, report: Report) -> Offers:
    """The records of JSON Lines with ``entity``, in an order that `seed` decides.

    Raises:
        InvalidInput: no line is such a record.
    """
    malformed: list[int] = []
    stated = []
    for number, document in objects_in(lines, malformed, report):
        if isinstance(document.get("entity"), str | int):
            stated.append(document)
        else:
            report(f"line {number}: no entity")
            malformed.append(number)
    if not stated:
        raise InvalidInput(ANOTHER_KIND)
    random.Random(seed).shuffle(stated)  # noqa: S311  (an order of arrival, nothing secret)
    reader = TitleReader()
    records = [record_of(one) for one in stated]
    facts = [facts_of(reader.read_text(record.title)) for record in records]
    return Offers(records, [str(one["entity"]) for one in stated], facts, malformed)


def evaluate_clusters(
    offers: Offers, report: Report, train: Offers | None = None, scorer: Scorer | None = None
) -> dict[str, Any]:
    """How `scorer`, by default the shipped one, makes products of `offers`.

    `train`: offers to learn trees and a threshold from, for this once.

    Returns:
        ``records``, ``products``, ``pairwise_`` and ``b3_`` ``precision``, ``recall`` and ``f1``, ``hard_conflict_rate`` (share of
        products in which two titles state different things), ``false_lowest_price_rate`` (share of products with a price whose cheapest
        offer is of other goods than most of its offers; None without prices), ``listings_per_s`` (of CPU), ``threshold``, ``malformed``.
    """
    same_from, used = SAME_IN_CONTEXT_FROM, scorer or packaged_scorer()
    if train is not None:
        used, same_from = _trained(train, report)
    begun = process_time()
    prepared = prepare(offers.records)
    left, right = _earlier(prepared)
    report(f"{len(offers.records)} records, {len(left)} pairs to score")
    found = _linked(offers, used.chances(prepared, left, right), (left, right), same_from)
    spent = process_time() - begun
    return rounded({
        "records": len(offers.records),
        "products": len(set(found)),
        **cluster_figures(found, offers.entities),
        "hard_conflict_rate": hard_conflict_rate(found, offers.facts),
        "false_lowest_price_rate": false_lowest_price_rate(found, offers),
        "listings_per_s": round(len(found) / max(spent, 1e-9)),
        "threshold": same_from,
        "malformed": offers.malformed,
    })  # fmt: skip


def _earlier(prepared: Prepared) -> tuple[Ints, Ints]:
    """Each record with its nearest among those before it."""
    among = Neighbours(prepared, np.arange(len(prepared)))
    pairs = [(at, near) for at in range(len(prepared)) for near in among.of(at, NEAR, before=at).tolist()]
    return pairs_of(*zip(*pairs, strict=True)) if pairs else pairs_of((), ())


def _linked(offers: Offers, chances: Floats, pairs: tuple[Ints, Ints], same_from: float) -> list[int]:
    """The product of each record."""
    facts = dict(enumerate(offers.facts))

    def merged(stays: int, goes: int) -> None:
        facts[stays] = union([facts[stays], facts.pop(goes)])

    linking = Linking(same_from, lambda one, other: bool(vetoes(facts[one], facts[other])), merged)
    scored: list[list[tuple[int, float]]] = [[] for _ in offers.records]
    for left, right, chance in zip(pairs[0].tolist(), pairs[1].tolist(), chances.tolist(), strict=True):
        scored[left].append((right, chance))
    for record, before in enumerate(scored):
        linking.add(record, before)
    return [linking.product_of(record) for record in range(len(offers.records))]


def hard_conflict_rate(products: Sequence[int], facts: Sequence[Facts]) -> float:
    """Share of products in which somebody states something else than the others together."""
    together: dict[int, Facts] = {}
    in_conflict: set[int] = set()
    for product, stated in zip(products, facts, strict=True):
        if product in together and vetoes(together[product], stated):
            in_conflict.add(product)
        together[product] = union([together[product], stated]) if product in together else stated
    return len(in_conflict) / max(1, len(together))


def false_lowest_price_rate(products: Sequence[int], offers: Offers) -> float | None:
    """Share of products with a price whose cheapest offer is of other goods than most of its offers."""
    cards: dict[int, list[int]] = {}
    for at, product in enumerate(products):
        cards.setdefault(product, []).append(at)
    false = priced = 0
    for members in cards.values():
        prices = [(price, at) for at in members if (price := offers.records[at].price) is not None]
        if not prices:
            continue
        priced += 1
        counts = Counter(offers.entities[at] for at in members)
        false += counts[offers.entities[min(prices)[1]]] < max(counts.values())
    return false / priced if priced else None


def _trained(train: Offers, report: Report) -> tuple[Scorer, float]:
    """Trees from the neighbours in `train`, and the threshold that makes the best products of the half not learned from.

    Raises:
        InvalidInput: no two records are of the same goods, or all are.
    """
    prepared = prepare(train.records)
    left, right = _earlier(prepared)
    goods = np.array(train.entities)
    same = goods[left] == goods[right]
    if same.all() or not same.any():
        raise InvalidInput("too little to learn from: pairs of the same goods alone, or of others alone")
    report(f"learning from {len(same)} pairs")
    names, table = features_of(prepared, left, right)
    half = {entity: at % 2 for at, entity in enumerate(sorted(set(train.entities)))}
    side = np.array([half[entity] for entity in train.entities])
    chances = np.zeros(len(same))
    for part in (0, 1):
        seen = (side[left] == part) & (side[right] == part)
        if seen.any():
            chances[~seen] = grow(names, table[seen], same[seen].astype(np.float64), GROWTH).chances(
                table[~seen]
            )
    best = max(
        _THRESHOLDS,
        key=lambda t: cluster_figures(_linked(train, chances, (left, right), t), train.entities)["b3_f1"],
    )
    return Scorer(grow(names, table, same.astype(np.float64), GROWTH)), best
