"""The evaluator behind the truth: all worked cases, and the rules they leave open."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from marketplaces.world.landed import FREE, Terms, Wish, landed, landed_for
from marketplaces.world.promotions import Promotion, Shipping, promotion_json

VECTORS = Path(__file__).parents[1] / "catalog" / "vectors" / "promotion_vectors.json"
CASES = json.loads(VECTORS.read_text("utf-8"))
KNOWN = {field.name for field in fields(Promotion)}


def seconds(text):
    return int(datetime.fromisoformat(text).timestamp())


def promotion_of(document):
    assert set(document) <= KNOWN
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in document.items()}
    if "window" in given:
        given["window"] = tuple(map(seconds, given["window"]))
    return Promotion(**given)


def shipping_of(document):
    if document is None:
        return FREE
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in document.items()}
    return Shipping(**given | {"surcharge": tuple(document.get("surcharge", {}).items())})


def terms_of(offer):
    fees, tax = offer.get("fees", []), offer.get("tax", {})
    return Terms(
        offer["price"],
        tuple(promotion_of(promo) for promo in offer.get("promos", [])),
        shipping_of(offer.get("shipping")),
        min_qty=offer.get("min_qty", 1),
        max_qty=offer.get("max_qty"),
        min_order=offer.get("min_order", 0),
        fee_per_unit=sum(fee["fen"] for fee in fees if fee["per"] == "unit"),
        fee_per_order=sum(fee["fen"] for fee in fees if fee["per"] == "order"),
        tax_ppm=tax.get("ppm", 0),
        taxes_shipping=tax.get("base") == "goods_plus_shipping",
        tax_limit=tax.get("limit"),
        min_pay=offer.get("min_pay"),
    )


def result_of(case):
    query = CASES["semantics"]["defaults"] | case["query"]
    wish = Wish(query["qty"], query["region"], seconds(query["at"]), frozenset(query["conditions"]))
    terms = terms_of(case["offer"])
    return landed_for(terms, query["at_least"], wish) if "at_least" in query else landed(terms, wish)


@pytest.mark.parametrize("case", CASES["vectors"], ids=lambda case: case["id"])
def test_a_worked_case_comes_out(case):
    result = result_of(case)
    names = {"landed_fen": "fen", "buy_qty": "quantity"}
    expected = {k: tuple(v) if isinstance(v, list) else v for k, v in case["expect"].items()}

    assert {name: getattr(result, names.get(name, name)) for name in expected} == expected


def test_all_the_worked_cases_are_here():
    assert len(CASES["vectors"]) == CASES["count"] == 71


# ── what the worked cases leave open ───────────────────────────────────────────────────────────────


def off(fen, name="a", **more):
    return Promotion(name, more.pop("stage", "shop"), "amount_off", off=fen, **more)


def cost(price, *promotions, shipping=FREE, quantity=1, region="CN-SH", conditions=(), **more):
    terms = Terms(price, promotions, shipping, **more)
    return landed(terms, Wish(quantity, region, 0, frozenset(conditions)))


def test_an_amount_off_larger_than_the_goods_leaves_one_fen_of_them():
    assert cost(990, off(1000)).fen == 1
    assert cost(990, off(1000), shipping=Shipping(base=600)).fen == 601
    assert cost(990, Promotion("u", "unit", "unit_off", off=1000), quantity=3).fen == 3
    assert cost(990, off(1000), off(500, "b", stage="platform")).applied == ("a",)


def test_an_automatic_reduction_cannot_be_declined_for_a_coupon():
    official = Promotion("g", "unit", "unit_percent", pay_bp=9900, mandatory=True)
    coupon = off(2000, "k", threshold_fen=20_000, stage="platform")

    assert cost(20_000, official, coupon).fen == 19_800
    assert cost(20_000, off(1, "o", stage="unit"), coupon).fen == 18_000


def test_one_rung_of_an_automatic_ladder_applies_and_it_is_the_best():
    rungs = [off(2000, "l.1", threshold_fen=19_900, group="l", mandatory=True)]
    rungs.append(off(6000, "l.2", threshold_fen=39_900, group="l", mandatory=True))

    assert cost(21_000, *rungs).applied == ("l.1",)
    assert cost(21_000, *rungs, quantity=2).applied == ("l.2",)
    assert cost(10_000, *rungs).applied == ()


def test_an_automatic_reduction_costs_free_shipping_and_a_coupon_is_left_out_for_it():
    rules = Shipping(base=1000, free_over=9900)

    assert cost(10_000, off(200, mandatory=True), shipping=rules).fen == 10_800
    assert cost(10_000, off(200), shipping=rules).fen == 10_000
    assert cost(10_000, off(1200), shipping=rules).fen == 9800


def test_free_from_a_value_waives_the_base_rate_and_no_surcharge():
    rules = Shipping(base=800, free_over=9900, surcharge=(("CN-XJ", 700),))

    assert cost(10_000, shipping=rules, region="CN-XJ").fen == 10_700
    assert cost(9000, shipping=rules, region="CN-XJ").fen == 10_500


def test_unknown_shipping_makes_a_lower_bound():
    result = cost(5000, shipping=Shipping())

    assert (result.fen, result.is_bound, result.status) == (5000, True, "ok")
    assert not cost(5000).is_bound


def test_a_tie_goes_to_more_pieces_then_fewer_promotions():
    gift = Promotion("b", "shop", "bonus_units", buy=1, get=1)

    assert (cost(500, gift).applied, cost(500, gift).delivered) == (("b",), 2)
    assert cost(500, off(100, "a", group="g"), off(50, "b"), off(50, "c"), off(0, "d")).applied == (
        "a",
        "b",
        "c",
    )
    assert cost(500, off(100, "x", group="g"), off(100, "w", group="g")).applied == ("w",)


def test_where_the_orders_value_is_too_small_the_gap_is_told():
    result = cost(1500, off(300, stage="unit"), min_order=2000)

    assert (result.status, result.gap_fen, result.fen) == ("below_min_order", 500, None)


def test_more_than_there_is_cannot_be_had():
    assert landed_for(Terms(500, max_qty=2), 3, Wish()).status == "unsatisfiable"


def test_a_promotion_as_json_says_only_what_it_has():
    promotion = off(500, "c1", window=(1_757_900_000, 1_757_903_600), group="shop_coupon", action="claim")

    assert promotion_json(promotion) == {
        "id": "c1", "stage": "shop", "kind": "amount_off", "off": 500, "group": "shop_coupon", "action": "claim",
        "window": ["2025-09-15T09:33:20+08:00", "2025-09-15T10:33:20+08:00"],
    }  # fmt: skip
    assert promotion_of(promotion_json(promotion)) == promotion
