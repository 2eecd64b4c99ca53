"""Records into products, measured: vetoes hold, and the rates count what they say."""

from __future__ import annotations

import json

import pytest

from catalog.errors import InvalidInput
from indexer.evaluate.clusters import (
    Offers,
    evaluate_clusters,
    false_lowest_price_rate,
    hard_conflict_rate,
    offers_in,
)
from indexer.match.facts import facts_of
from indexer.match.score.record import Record
from indexer.match.score.scorer import Scorer, packaged_scorer
from indexer.match.score.trees import Trees
from indexer.read_title.reader import TitleReader
from marketplaces.catalogues.build import catalogue


def quiet(_line):
    pass


def lines(listings):
    return [json.dumps(one) for one in listings]


PHONES = [
    {"entity": f"{model} {size}", "title": title.format(model=model, size=size), "price": price}
    for model, price in (("iPhone 15", 5000), ("iPhone 15 Pro", 8000))
    for size in (128, 256)
    for title in ("Apple {model} {size}GB 黑色 全网通", "苹果 {model} {size}G 5G手机", "Apple/苹果 {model} {size}GB 国行")
]  # fmt: skip


def test_invented_goods_become_products():
    found = evaluate_clusters(offers_in(lines(catalogue(9_002)[:250]), 1, quiet), quiet)

    assert found["b3_f1"] > 0.6
    assert found["hard_conflict_rate"] == 0.0
    assert found["records"] == 250


def test_a_stated_difference_is_never_joined_whatever_the_score():
    eager = Scorer(Trees(packaged_scorer().trees.names, 9.0, ()))  # takes everything for the same

    found = evaluate_clusters(offers_in(lines(PHONES), 1, quiet), quiet, scorer=eager)

    assert (found["products"], found["b3_precision"], found["hard_conflict_rate"]) == (4, 1.0, 0.0)


def test_the_rates_would_notice():
    """Broken twins: everything in one product, and a case that is cheaper than the phone it is sold with."""
    reader = TitleReader()
    facts = [facts_of(reader.read_text(one["title"])) for one in PHONES]
    records = [
        Record("phone", price=5000.0),
        Record("phone", price=5100.0),
        Record("case", price=20.0),
        Record("lamp"),
    ]
    offers = Offers(records, ["phone", "phone", "case", "lamp"])

    assert hard_conflict_rate([0] * len(facts), facts) == 1.0
    assert hard_conflict_rate(list(range(len(facts))), facts) == 0.0
    assert false_lowest_price_rate([1, 1, 1, 2], offers) == 1.0
    assert false_lowest_price_rate([1, 1, 3, 2], offers) == 0.0
    assert false_lowest_price_rate([1], Offers([Record("lamp")], ["lamp"])) is None


def test_arrival_is_repeatable_and_decided_by_the_seed():
    one, again, other = (offers_in(lines(PHONES), seed, quiet).records for seed in (1, 1, 2))

    assert one == again != other


def test_records_without_goods_are_told_by_number():
    told = []
    offers = offers_in(
        [
            "{",
            json.dumps({"title": "x"}),
            json.dumps({"entity": 1, "title": 5}),
            json.dumps({"entity": "a", "title": ""}),
        ],
        1,
        told.append,
    )

    assert offers.malformed == [1, 2]
    assert len(told) == 2
    assert evaluate_clusters(offers, quiet)["products"] == 2


def test_another_kind_of_file_is_one_error():
    with pytest.raises(InvalidInput, match="no line is a record with an entity"):
        offers_in(["id,name"], 1, quiet)


def test_one_kind_of_pairs_teaches_nothing():
    same = offers_in(lines([{"entity": 1, "title": f"quarno x{n}"} for n in (1, 1, 2)]), 1, quiet)

    with pytest.raises(InvalidInput, match="too little to learn from"):
        evaluate_clusters(same, quiet, train=same)
