from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import CurrencyMismatch, InvalidMoney
from catalog.money import LARGEST_MINOR, MINOR_DIGITS, Money, half_up

AMOUNTS = st.integers(-(10**12), 10**12)
CURRENCIES = st.sampled_from(sorted(MINOR_DIGITS))


def test_yuan_text_becomes_fen():
    assert Money.from_decimal("259.00", "CNY") == Money(25900, "CNY")
    assert Money.from_decimal("0.5", "CNY") == Money(50, "CNY")
    assert Money.from_decimal("7", "JPY") == Money(7, "JPY")
    assert Money.from_decimal("1.234", "KWD") == Money(1234, "KWD")


@pytest.mark.parametrize(
    "text", ["", "1,299", "1.", ".5", "1.299", "１２", "1e3", "NaN", "¥5", " 5", "5\n", "+5", "--5", "9" * 17]
)
def test_text_that_is_not_exact_plain_decimal_is_refused(text):
    with pytest.raises(InvalidMoney):
        Money.from_decimal(text, "CNY")


def test_trailing_zeros_beyond_the_minor_unit_are_exact():
    assert Money.from_decimal("1.29900", "KWD").minor == 1299
    assert Money.from_decimal("1.2900", "CNY").minor == 129


def test_unknown_currency_is_refused_not_guessed():
    with pytest.raises(InvalidMoney):
        Money(1, "XYZ")
    with pytest.raises(InvalidMoney):
        Money.from_decimal("1", "XYZ")


@pytest.mark.parametrize("minor", [1.0, True, "1", None, LARGEST_MINOR + 1])
def test_only_bounded_ints_are_minor_units(minor):
    with pytest.raises(InvalidMoney):
        Money(minor, "CNY")


def test_currencies_never_mix():
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        _ = Money(1, "CNY") < Money(1, "USD")
    assert Money(1, "CNY") != Money(1, "USD")


@given(AMOUNTS, CURRENCIES)
def test_decimal_text_round_trips(minor, currency):
    money = Money(minor, currency)

    assert Money.from_decimal(money.to_decimal(), currency) == money


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_addition_is_a_group(a, b, c):
    x, y, z = (Money(v, "CNY") for v in (a, b, c))

    assert x + y == y + x
    assert (x + y) + z == x + (y + z)
    assert x + y - y == x


@given(AMOUNTS, AMOUNTS)
def test_order_is_that_of_the_minor_units(a, b):
    assert (Money(a, "CNY") < Money(b, "CNY")) == (a < b)


def test_halves_round_away_from_zero():
    assert [half_up(Fraction(n, 2)) for n in (1, 3, -1, -3, 2)] == [1, 2, -1, -2, 1]
    assert half_up(Fraction(2538, 100)) == 25
    assert half_up(Fraction(499, 1000)) == 0
