"""`bijia evaluate promotions`: what differs is told, what cannot be a case is counted, what nobody knows is refused."""

from __future__ import annotations

import json

import pytest

from catalog.errors import InvalidInput
from indexer.evaluate.promotions import evaluate_promotions

COUPON = {"id": "c", "stage": "shop", "kind": "amount_off", "off": 100}


def case(number="A1", *, offer=None, expect=None, **query):
    return {
        "id": number,
        "offer": {"price": 1000} if offer is None else offer,
        "query": query,
        "expect": {"landed_fen": 1000} if expect is None else expect,
    }


def run(*cases):
    told = []
    found = evaluate_promotions(json.dumps({"vectors": list(cases)}), told.append)
    return found, told


def test_a_case_that_comes_out_is_exact_and_one_that_does_not_is_told():
    found, told = run(case(), case("A2", expect={"landed_fen": 999, "status": "ok"}))

    assert (found["cases"], found["exact"], found["differ"]) == (2, 1, ["A2"])
    assert told == ["case A2: landed_fen: expected 999, found 1000"]


@pytest.mark.parametrize(
    "wrong",
    [
        COUPON | {"threshold": 100},
        COUPON | {"excludes": ["c"]},
        COUPON | {"off": -1},
        COUPON | {"off": 1.5},
        COUPON | {"currency": "USD"},
        COUPON | {"window": ["2025-11-02T00:00:00+08:00", "2025-11-01T00:00:00+08:00"]},
        COUPON | {"window": ["soon", None]},
        COUPON | {"stage": "moon"},
        COUPON | {"mandatory": "yes"},
        "c",
    ],
)
def test_terms_that_contradict_themselves_differ_by_name_or_are_expected_to(wrong):
    offer = {"price": 1000, "promos": [wrong]}

    found, told = run(case(offer=offer), case("A2", offer=offer, expect={"error": "refused"}))

    assert (found["cases"], found["differ"]) == (2, ["A1"])
    assert told[0].startswith("case A1: Invalid")


def test_what_should_be_refused_and_is_not_differs():
    assert run(case(expect={"error": "refused"}))[0]["differ"] == ["A1"]


def test_unknown_shipping_is_not_the_same_as_none_stated():
    unknown = {"price": 1000, "shipping": None}

    assert run(case(offer=unknown, expect={"landed_fen": 1000, "shipping_fen": 0}))[0]["exact"] == 1


def test_what_cannot_be_a_case_is_counted():
    found, told = run(case(), {"id": "A2"}, 3, case("A4", expect=[]))

    assert (found["cases"], found["exact"], found["malformed"]) == (1, 1, ["A2", 3, "A4"])
    assert len(told) == 3


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "{}", '{"vectors": []}', '{"vectors": [{"landed_fen": 1}]}', "[" * 9000]
)
def test_a_file_of_another_kind_is_refused(text):
    with pytest.raises(InvalidInput):
        evaluate_promotions(text, lambda _line: None)
