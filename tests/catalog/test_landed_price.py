"""What one pays: the worked cases, the laws, and the edges the cases leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.combination import MOST_NODES, Combination
from catalog.errors import CurrencyMismatch, InvalidInput
from catalog.explanation import Fate, explained
from catalog.landed_price import (
    Buyer,
    Status,
    StepKind,
    changes_at,
    conditional_prices,
    headline,
    landed_price,
    smallest_order,
)
from catalog.money import Money
from catalog.price_terms import Fee, Per, PriceTerms, ShippingRules, Tax
from catalog.promotion import Base, Promotion, PromotionKind, Repeat, Stage
from indexer.evaluate.promotions import evaluate_promotions
from tests.support.landed_oracle import best_order
from tests.support.terms import promotion as any_promotion
from tests.support.terms import terms as any_terms
from tests.support.terms import yuan as fen

AT = datetime(2026, 11, 11, 4, tzinfo=UTC)
ANYONE = Buyer(AT)
VECTORS = Path(__file__).parent / "vectors" / "promotion_vectors.json"
FREE = fen(0)


def off(number, amount, **more):
    given = {"stage": Stage.SHOP, "kind": PromotionKind.AMOUNT_OFF} | more
    return Promotion(id=number, off=fen(amount), **given)


def share(number, pay_bp, **more):
    given = {"stage": Stage.SHOP, "kind": PromotionKind.PERCENT_OFF} | more
    return Promotion(id=number, pay_bp=pay_bp, **given)


def offer(price, *promotions, **more):
    return PriceTerms(fen(price), promotions=promotions, **({"shipping": FREE} | more))


def pays(terms, buyer=ANYONE):
    price = landed_price(terms, buyer)
    return None if price.total is None else price.total.minor


def applied(terms, buyer=ANYONE):
    return [one.id for one in landed_price(terms, buyer).applied]


# ── worked cases ───────────────────────────────────────────────────────────────────────────────────


def test_every_worked_case_comes_out():
    told = []

    found = evaluate_promotions(VECTORS.read_text(), told.append)

    assert (found["cases"], found["exact"], found["differ"], told) == (71, 71, [], [])


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────


def buyer_of(random):
    return Buyer(AT, random.choice([1, 1, 1, 2, 3, 4]), region=random.choice(["CN-SH", "CN-XJ"]))


@given(st.integers(0, 2**48))
def test_no_other_combination_is_cheaper(seed):
    random = Random(seed)
    terms, buyer = any_terms(random), buyer_of(random)

    price = landed_price(terms, buyer)

    expected = best_order(terms, terms.promotions, buyer.quantity, buyer.region)
    found = None
    if price.total is not None:
        found = (price.total.minor, price.delivered, sorted(one.id for one in price.applied))
    assert found == expected, seed
    assert price.is_proven


@pytest.mark.slow
def test_no_other_combination_is_cheaper_for_five_thousand_offers():
    for seed in range(5_000):
        random = Random(seed)
        terms, buyer = any_terms(random, most=8), buyer_of(random)
        price = landed_price(terms, buyer)
        expected = best_order(terms, terms.promotions, buyer.quantity, buyer.region)
        assert (price.total and price.total.minor) == (expected and expected[0]), seed


@given(st.integers(0, 2**48))
def test_the_steps_add_up_and_nothing_is_below_its_floor(seed):
    random = Random(seed)
    terms = any_terms(random)
    price = landed_price(terms, buyer_of(random))

    if price.total is None:
        assert (price.steps, price.status is Status.OK) == ((), False)
        return
    assert sum(step.amount.minor for step in price.steps) == price.total.minor
    assert price.steps[0].kind is StepKind.PRICE
    assert price.total.minor >= (1 if terms.min_pay is None else terms.min_pay.minor)


@given(st.integers(0, 2**48))
def test_one_more_promotion_that_may_be_declined_never_raises_the_price(seed):
    random = Random(seed)
    terms, buyer = any_terms(random, most=6), buyer_of(random)
    one_more = replace(any_promotion(random, 7, terms.price.minor), is_mandatory=False)

    before = pays(terms, buyer)
    after = pays(replace(terms, promotions=(*terms.promotions, one_more)), buyer)

    assert before is None or (after is not None and after <= before), seed


@given(st.integers(0, 2**48))
def test_the_order_of_promotions_of_different_stages_never_matters(seed):
    """Within a stage the order is part of the terms (a percentage of what is left, then an amount)."""
    random = Random(seed)
    terms, buyer = any_terms(random), buyer_of(random)
    stages = {stage: [p for p in terms.promotions if p.stage is stage] for stage in Stage}
    left = [stage for stage, found in stages.items() for _ in found]
    random.shuffle(left)
    mixed = tuple(stages[stage].pop(0) for stage in left)

    assert landed_price(replace(terms, promotions=mixed), buyer) == landed_price(terms, buyer), seed


@given(st.integers(0, 2**48))
def test_parallel_promotions_come_to_the_same_in_any_order(seed):
    random = Random(seed)
    terms = any_terms(random)
    parallel = [
        p for p in terms.promotions if p.stage in {Stage.SHOP, Stage.PLATFORM} and p.base is Base.ITEM
    ]
    shuffled = parallel[:]
    random.shuffle(shuffled)
    buyer = buyer_of(random)

    assert pays(replace(terms, promotions=tuple(parallel)), buyer) == pays(
        replace(terms, promotions=tuple(shuffled)), buyer
    ), seed


@given(st.integers(0, 2**48))
def test_at_least_so_many_never_costs_more_than_so_many(seed):
    random = Random(seed)
    terms = any_terms(random, most=4)
    wanted = random.randint(1, 4)
    plain = landed_price(terms, Buyer(AT, wanted))
    free = landed_price(terms, Buyer(AT, wanted, is_at_least=True))

    if plain.total is not None:
        assert free.total is not None
        assert free.total.minor <= plain.total.minor
        assert free.delivered >= wanted


@given(st.integers(0, 2**48))
def test_at_least_so_many_is_the_best_of_all_quantities(seed):
    random = Random(seed)
    terms, wanted = any_terms(random, most=3), random.randint(1, 3)
    found = landed_price(terms, Buyer(AT, wanted, is_at_least=True))

    orders = [(best_order(terms, terms.promotions, n, "CN-SH"), n) for n in range(1, wanted + 7)]
    enough = [(order[0], n) for order, n in orders if order is not None and order[1] >= wanted]
    if enough and (found.total is None or found.quantity <= wanted + 6):
        assert found.total is not None, seed
        assert (found.total.minor, found.quantity) == min(enough), seed


@given(st.integers(0, 2**48))
def test_more_conditions_never_cost_more_and_each_has_its_figure(seed):
    random = Random(seed)
    terms = any_terms(random, most=6)
    some = tuple(
        replace(p, needs=(random.choice(["member:plus", "new_user"]),), is_mandatory=False)
        if random.random() < 0.4
        else p
        for p in terms.promotions
    )
    terms = replace(terms, promotions=some)
    plain = landed_price(terms, ANYONE)

    for one in conditional_prices(terms, ANYONE):
        assert one.price == landed_price(terms, Buyer(AT, conditions=frozenset(one.needs)))
        assert plain.total is None or one.price.total.minor < plain.total.minor


# ── the edges ──────────────────────────────────────────────────────────────────────────────────────


def test_ten_yuan_off_an_item_of_nine_ninety_leaves_one_fen_as_a_visible_step():
    price = headline(offer(990, off("c", 1000)), AT)

    assert [(step.kind, step.amount.minor) for step in price.steps] == [
        (StepKind.PRICE, 990),
        (StepKind.PROMOTION, -989),
        (StepKind.SHIPPING, 0),
    ]
    assert price.total == fen(1)


def test_goods_for_one_fen_still_cost_their_shipping():
    assert pays(offer(990, off("c", 1000), shipping=fen(600))) == 601


def test_a_stated_floor_is_that_of_the_whole_sum():
    assert pays(offer(300, off("r", 500), min_pay=fen(1))) == 1
    assert pays(offer(300, off("r", 500), min_pay=fen(1), shipping=fen(600))) == 600
    floored = headline(offer(300, off("r", 500), min_pay=fen(50)), AT)
    assert (floored.total, floored.steps[-1].kind, floored.steps[-1].amount) == (
        fen(50),
        StepKind.FLOOR,
        fen(50),
    )


def test_half_a_fen_is_paid_in_full():
    assert pays(offer(1030, share("p", 9500))) == 979  # 978.5
    assert pays(offer(1010, share("p", 9500))) == 960  # 959.5: to the even one it would be 960 as well
    assert pays(offer(1050, share("p", 9500))) == 998  # 997.5
    assert pays(offer(1011, share("p", 9500))) == 960  # 960.45: not up


def test_two_prices_of_one_unit_are_never_combined():
    flash = Promotion(id="f", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=fen(900))
    group = Promotion(id="g", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=fen(800), group="open")

    assert applied(offer(1000, flash, group)) == ["g"]


def test_a_promotion_in_the_group_of_unit_prices_excludes_one():
    flash = Promotion(id="f", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=fen(900))
    instead = Promotion(
        id="d", stage=Stage.UNIT, kind=PromotionKind.UNIT_OFF, off=fen(50), group="price_basis"
    )  # fmt: skip

    assert (pays(offer(1000, flash, instead)), applied(offer(1000, flash, instead))) == (900, ["f"])


def test_a_discount_never_exceeds_what_is_left():
    terms = offer(1000, off("a", 700), off("b", 700), min_pay=FREE)

    assert pays(terms) == 0
    assert applied(terms) == ["a", "b"]


def test_a_subsidy_stops_at_its_highest_unit_price():
    subsidy = Promotion(
        id="s", stage=Stage.SUBSIDY, kind=PromotionKind.SUBSIDY, rate_bp=1500, cap_unit=fen(50_000),
        max_unit_price=fen(600_000),
    )  # fmt: skip

    assert pays(offer(600_001, subsidy)) == 600_001
    assert pays(offer(600_000, subsidy)) == 550_000
    assert pays(offer(600_001, subsidy, off("c", 1))) == 550_000


def test_an_automatic_reduction_cannot_be_declined_to_reach_a_coupon():
    automatic = Promotion(
        id="g", stage=Stage.UNIT, kind=PromotionKind.UNIT_OFF, off=fen(100), is_mandatory=True
    )
    coupon = off("k", 2000, threshold=fen(20_000))

    assert (pays(offer(20_000, automatic, coupon)), applied(offer(20_000, automatic, coupon))) == (
        19_900,
        ["g"],
    )
    may_decline = replace(automatic, is_mandatory=False)
    assert pays(offer(20_000, may_decline, coupon)) == 18_000


def test_of_an_automatic_ladder_one_step_applies():
    ladder = [
        off("l1", 2000, threshold=fen(19_900), group="mj", is_mandatory=True),
        off("l2", 6000, threshold=fen(39_900), group="mj", is_mandatory=True),
    ]

    assert pays(offer(21_000, *ladder), Buyer(AT, 2)) == 36_000
    assert pays(offer(21_000, *ladder)) == 19_000
    assert pays(offer(10_000, *ladder)) == 10_000


def test_an_automatic_reduction_that_is_not_reached_excludes_nothing():
    missed = off("m", 5000, threshold=fen(30_000), group="one", is_mandatory=True)

    assert applied(offer(10_000, missed, off("c", 500, group="one"))) == ["c"]


def test_free_shipping_is_tested_before_a_subsidy_and_after_discounts():
    subsidy = Promotion(id="s", stage=Stage.SUBSIDY, kind=PromotionKind.SUBSIDY, rate_bp=2000)
    rules = ShippingRules(free_over=fen(9_900))

    assert pays(offer(10_000, subsidy, shipping=fen(1000), shipping_rules=rules)) == 8_000
    assert (
        pays(offer(10_000, off("c", 200), shipping=fen(1000), shipping_rules=rules)) == 10_000
    )  # not worth it
    assert applied(offer(10_000, off("c", 200), shipping=fen(1000), shipping_rules=rules)) == []


def test_a_surcharge_stays_where_the_rate_is_waived():
    rules = ShippingRules(free_over=fen(100), surcharges=(("CN", fen(1)), ("CN-XJ", fen(1500))))
    terms = offer(3900, shipping=fen(600), shipping_rules=rules)

    assert pays(terms, Buyer(AT, region="CN-XJ")) == 5400
    assert pays(terms) == 3901


def test_unknown_shipping_is_a_lower_bound_unless_it_is_waived():
    unknown = headline(offer(5900, shipping=None), AT)
    assert (unknown.total, unknown.is_exact) == (fen(5900), False)

    rules = ShippingRules(free_over=fen(5000))
    waived = headline(offer(5900, shipping=None, shipping_rules=rules), AT)
    assert (waived.total, waived.is_exact) == (fen(5900), True)


@pytest.mark.parametrize(
    ("terms", "buyer", "status"),
    [
        (offer(1000, min_quantity=2), ANYONE, Status.BELOW_MIN_QTY),
        (offer(1000, max_quantity=2), Buyer(AT, 3), Status.OVER_LIMIT),
        (offer(1000, min_order=fen(2000)), ANYONE, Status.BELOW_MIN_ORDER),
        (offer(1000, shipping_rules=ShippingRules(no_delivery=("CN-XZ",))), Buyer(AT, region="CN-XZ"), Status.UNDELIVERABLE),
        (offer(300_000, tax=Tax(91_000, limit=fen(500_000))), Buyer(AT, 2), Status.OVER_TAX_LIMIT),
        (offer(1000, max_quantity=2), Buyer(AT, 3, is_at_least=True), Status.UNSATISFIABLE),
        (offer(1000, min_quantity=2, shipping_rules=ShippingRules(no_delivery=("CN-SH",))), ANYONE, Status.BELOW_MIN_QTY),
    ],
)  # fmt: skip
def test_what_cannot_be_bought_has_a_status_and_no_price(terms, buyer, status):
    price = landed_price(terms, buyer)

    assert (price.status, price.total, price.steps) == (status, None, ())


def test_the_gap_is_what_the_goods_lack_whatever_is_packed_and_delivered():
    terms = offer(1200, min_order=fen(2000), shipping=fen(500), fees=(Fee("packing", fen(100), Per.UNIT),))

    assert headline(terms, AT).gap == fen(800)
    least = smallest_order(terms, ANYONE)
    assert (least.quantity, least.total) == (2, fen(3100))


def test_a_coupon_brings_an_order_under_the_tax_limit():
    terms = offer(510_000, off("c", 20_000), tax=Tax(91_000, limit=fen(500_000)))

    assert pays(terms) == 490_000 + 44_590


def test_two_pieces_that_cost_less_than_one():
    terms = offer(9_900, off("c", 12_000, threshold=fen(19_800)))

    one = landed_price(terms, Buyer(AT, 1, is_at_least=True))
    assert (one.quantity, one.delivered, one.total) == (2, 2, fen(7_800))


def test_crossing_the_next_repeat_pays():
    terms = offer(10_000, off("x", 15_000, threshold=fen(30_000), repeat=Repeat.EACH))

    found = landed_price(terms, Buyer(AT, 5, is_at_least=True))
    assert (found.quantity, found.total, found.is_proven) == (6, fen(30_000), True)


def test_the_smaller_quantity_wins_a_tie():
    terms = offer(1000, off("c", 1000, threshold_qty=2))

    found = landed_price(terms, Buyer(AT, 1, is_at_least=True))
    assert (found.quantity, found.total) == (1, fen(1000))


def test_a_window_is_half_open():
    window = {"starts_at": AT, "ends_at": AT + timedelta(hours=1)}
    terms = offer(1000, off("c", 100, **window))

    assert [pays(terms, Buyer(AT + timedelta(seconds=s))) for s in (-1, 0, 3599, 3600)] == [
        1000,
        900,
        900,
        1000,
    ]
    assert changes_at(terms, AT - timedelta(days=1)) == AT
    assert changes_at(terms, AT) == AT + timedelta(hours=1)
    assert changes_at(terms, AT + timedelta(hours=1)) is None


def test_conditions_are_told_apart():
    plus = Promotion(
        id="p", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=fen(900), needs=("member:plus",)
    )
    both = off("b", 300, needs=("member:plus", "new_user"))
    terms = offer(1000, plus, both)

    found = {one.needs: one.price.total.minor for one in conditional_prices(terms, ANYONE)}
    assert found == {("member:plus",): 900, ("member:plus", "new_user"): 600}
    assert pays(terms) == 1000
    held = Buyer(AT, conditions=frozenset({"member:plus"}))
    assert [one.needs for one in conditional_prices(terms, held)] == [("new_user",)]


def test_every_promotion_has_its_fate():
    later = AT + timedelta(days=1)
    terms = offer(
        10_000,
        off("taken", 500),
        off("worse", 100, excludes=("taken",)),
        off("missed", 900, threshold=fen(20_000)),
        off("early", 900, starts_at=later),
        off("late", 900, ends_at=AT),
        off("there", 900, regions=("CN-GD",)),
        off("members", 900, needs=("member:plus",)),
    )

    found = {one.promotion.id: one.fate for one in explained(terms, ANYONE, headline(terms, AT))}

    assert found == {
        "taken": Fate.APPLIED, "worse": Fate.NOT_COMBINED, "missed": Fate.NOT_REACHED, "early": Fate.NOT_BEGUN,
        "late": Fate.OVER, "there": Fate.ELSEWHERE, "members": Fate.CONDITIONAL,
    }  # fmt: skip


# ── bad input, and too much of it ──────────────────────────────────────────────────────────────────


def test_a_promotion_in_another_currency_is_refused():
    with pytest.raises(InvalidInput, match="another currency"):
        PriceTerms(fen(1000), promotions=(Promotion(
            id="c", stage=Stage.SHOP, kind=PromotionKind.AMOUNT_OFF, off=Money(100, "USD")),))  # fmt: skip
    with pytest.raises(CurrencyMismatch):
        PriceTerms(fen(1000), shipping=Money(100, "USD"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"off": fen(0)},
        {"off": fen(-1)},
        {"off": fen(1), "pay_bp": 9000},
        {"off": fen(1), "excludes": ("c",)},
        {"off": fen(1), "group": "g", "excludes": ("g",)},
        {"off": fen(1), "threshold": fen(-1)},
        {"off": fen(1), "repeat": Repeat.EACH},
        {"off": fen(1), "repeat": Repeat.EACH, "threshold": fen(0)},
        {"off": fen(1), "threshold_qty": 0},
        {"off": fen(1), "max_units": 0},
        {"off": fen(1), "threshold": Money(100, "USD")},
        {"off": fen(1), "starts_at": AT, "ends_at": AT},
        {"off": fen(1), "starts_at": AT, "ends_at": AT - timedelta(days=1)},
        {"off": fen(1), "starts_at": AT.replace(tzinfo=None)},
        {"off": fen(1), "needs": ("",)},
        {"off": fen(1), "stage": Stage.UNIT},
        {"off": fen(1), "id": ""},
        {},
    ],
)
def test_a_promotion_that_contradicts_itself_is_refused(wrong):
    given = {"id": "c", "stage": Stage.SHOP, "kind": PromotionKind.AMOUNT_OFF}
    with pytest.raises(InvalidInput, match="promotion"):
        Promotion(**(given | wrong))


@pytest.mark.parametrize("pay_bp", [-1, 0, 10_001])
def test_a_share_is_a_share(pay_bp):
    with pytest.raises(InvalidInput):
        share("p", pay_bp)


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": fen(0)},
        {"price": fen(10**11)},
        {"shipping": fen(-1)},
        {"min_quantity": 0},
        {"min_quantity": 3, "max_quantity": 2},
        {"min_order": fen(-1)},
        {"promotions": (off("c", 1), off("c", 2))},
        {"promotions": tuple(off(str(n), 1) for n in range(65))},
    ],
)
def test_terms_that_contradict_themselves_are_refused(wrong):
    with pytest.raises(InvalidInput):
        PriceTerms(**({"price": fen(1000)} | wrong))


def test_a_search_without_end_ends_and_says_so():
    """64 coupons whose sums all differ, and shipping that is free from just below: a subset sum."""
    coupons = [off(f"c{n:02}", 1_000 + 7 * n * n % 997) for n in range(64)]
    rules = ShippingRules(free_over=fen(970_123))
    terms = offer(1_000_000, *coupons, shipping=fen(99_999), shipping_rules=rules)

    price = headline(terms, AT)

    assert price.total is not None
    assert sum(step.amount.minor for step in price.steps) == price.total.minor
    assert pays(replace(terms, shipping_rules=ShippingRules())) == 1_000_000 + 99_999 - sum(
        p.off.minor for p in coupons
    )


def test_the_search_of_an_ordinary_offer_is_short():
    coupons = [off(f"c{n}", 100 * n, group=f"g{n % 4}") for n in range(1, 17)]
    search = Combination(offer(100_000, *coupons), coupons, quantity=1, region="CN-SH")

    assert search.search().total == 100_000 - 1300 - 1400 - 1500 - 1600
    assert search.nodes < 100 < MOST_NODES
