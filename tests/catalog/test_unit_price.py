import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidMoney, InvalidQuantity
from catalog.money import Money
from catalog.quantity import Quantity, Unit
from catalog.unit_price import DEFAULT_BASES, unit_price

VECTORS = json.loads((Path(__file__).parent / "vectors/unit_price_vectors.json").read_text("utf-8"))[
    "vectors"
]

FEN = st.integers(0, 10**9)
TOTALS = st.builds(Quantity, st.fractions(Fraction(1, 10), 10**6), st.sampled_from(list(Unit)))
BASES = st.sampled_from([1, 10, 100, 500])


def yuan(fen):
    return Money(fen, "CNY")


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["id"])
def test_every_worked_case_comes_out(case):
    contents = Quantity(Fraction(case["total"]), Unit(case["unit"].casefold()))

    found = unit_price(yuan(case["landed_fen"]), contents, case["base"])

    assert found.shown == yuan(case["expect_fen_per_base"])
    assert found.exact == Fraction(case["landed_fen"] * case["base"], case["total"])
    assert (found.base, found.unit) == (case["base"], contents.unit)


def test_halves_are_shown_rounded_up_and_ordered_exactly():
    half = unit_price(yuan(125), Quantity.of(1, "l"), 100)
    less = unit_price(yuan(1_249), Quantity.of(10, "l"), 100)

    assert (half.shown, less.shown) == (yuan(13), yuan(12))
    assert (half.exact, less.exact) == (Fraction(25, 2), Fraction(1_249, 100))


def test_goods_without_base_or_contents_have_no_unit_price():
    assert unit_price(yuan(599_900), None, 100) is None
    assert unit_price(yuan(59_900), Quantity(Fraction(1), Unit.PAIR), None) is None
    assert DEFAULT_BASES.get(Unit.PAIR) is None
    assert DEFAULT_BASES.get(Unit.VOLUME) is None


def test_packs_that_come_free_count():
    """买五送一: six tins of 900 g for the price of five."""
    tin = Quantity.of(900, "g")

    assert unit_price(yuan(149_000), tin, 100, delivered=6).shown == yuan(2_759)
    assert unit_price(yuan(149_000), tin, 100, delivered=5).shown == yuan(3_311)


@pytest.mark.parametrize(("base", "delivered"), [(0, 1), (-100, 1), (100, 0), (100, -2), (None, 0)])
def test_no_base_and_no_number_of_packs_is_below_one(base, delivered):
    with pytest.raises(InvalidQuantity):
        unit_price(yuan(1), Quantity.of(1, "g"), base, delivered=delivered)


def test_a_price_below_zero_has_no_unit_price():
    with pytest.raises(InvalidMoney):
        unit_price(yuan(-1), Quantity.of(1, "g"), 100)


@given(FEN, TOTALS, BASES, st.integers(1, 1_000))
def test_n_packs_at_n_times_the_price_cost_the_same_per_base(fen, contents, base, n):
    one = unit_price(yuan(fen), contents, base)

    assert unit_price(yuan(fen * n), contents, base, delivered=n) == one
    assert unit_price(yuan(fen * n), Quantity(contents.amount * n, contents.unit), base) == one


@given(FEN, TOTALS, BASES, st.integers(2, 50))
def test_it_grows_with_price_and_base_and_shrinks_with_contents(fen, contents, base, n):
    one = unit_price(yuan(fen), contents, base).exact

    assert unit_price(yuan(fen * n), contents, base).exact == one * n
    assert unit_price(yuan(fen), contents, base * n).exact == one * n
    assert unit_price(yuan(fen), contents, base, delivered=n).exact == one / n
    assert unit_price(yuan(fen + 1), contents, base).exact > one


@given(FEN, TOTALS, BASES)
def test_what_is_shown_is_the_nearest_fen(fen, contents, base):
    found = unit_price(yuan(fen), contents, base)

    assert -Fraction(1, 2) < found.shown.minor - found.exact <= Fraction(1, 2)
