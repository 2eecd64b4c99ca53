from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidQuantity
from catalog.quantity import SPELLINGS, Pack, Quantity, Unit, decimal_text


@pytest.mark.parametrize(
    ("amount", "spelling", "expected"),
    [
        ("1.5", "L", Quantity(Fraction(1500), Unit.MILLILITRE)),
        (2, "斤", Quantity(Fraction(1000), Unit.GRAM)),
        ("1", "TB", Quantity(Fraction(1024), Unit.GIGABYTE)),
        ("1.3", "ml", Quantity(Fraction(13, 10), Unit.MILLILITRE)),
        (3, "两", Quantity(Fraction(150), Unit.GRAM)),
    ],
)
def test_spellings_become_base_units(amount, spelling, expected):
    assert Quantity.of(amount, spelling) == expected


@pytest.mark.parametrize(
    ("amount", "spelling"), [(0, "g"), (-1, "g"), ("x", "g"), (1, "furlong"), ("1/0", "g"), ("nan", "g")]
)
def test_what_no_goods_can_have_is_refused(amount, spelling):
    with pytest.raises(InvalidQuantity):
        Quantity.of(amount, spelling)


def test_pack_total_is_size_times_count():
    assert Pack(Quantity.of(550, "ml"), 24).total == Quantity.of(13200, "ml")
    assert Pack(None, 3).total is None
    with pytest.raises(InvalidQuantity):
        Pack(None, 0)


@given(
    st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000),
    st.sampled_from(sorted(SPELLINGS)),
)
def test_conversion_is_exact(amount, spelling):
    unit, factor = SPELLINGS[spelling]

    assert Quantity.of(amount, spelling) == Quantity(amount * factor, unit)


@given(st.fractions(max_denominator=10**4))
def test_decimal_text_is_exact(value):
    assert Fraction(decimal_text(value)) == value


def test_decimal_text_is_short():
    assert decimal_text(Fraction(13, 10)) == "1.3"
    assert decimal_text(Fraction(25)) == "25"
    assert decimal_text(Fraction(1, 3)) == "1/3"
    assert decimal_text(Fraction(-1, 8)) == "-0.125"
