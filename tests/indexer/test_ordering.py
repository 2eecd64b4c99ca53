"""Sort keys as whole numbers: they order as the exact values do."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.ordering import NO_UNIT_PRICE, UNIT_KEYS, unit_price_key, unit_price_order
from indexer.query import UNIT_PRICE_STEPS_MINOR

MOST_FEN, MOST_CONTENTS = 10**9, 10**6
BASES = (1, 10, 100, 500)
FEN, CONTENTS = st.integers(1, MOST_FEN), st.integers(1, MOST_CONTENTS)


def key(fen, share):
    return unit_price_key(fen, Fraction(share))


def side(left, right):
    return (left > right) - (left < right)


@given(FEN, CONTENTS, FEN, CONTENTS, st.sampled_from(BASES))
@example(MOST_FEN, MOST_CONTENTS, MOST_FEN - 1, MOST_CONTENTS - 1, 1)
@example(MOST_FEN - 1, MOST_CONTENTS - 1, MOST_FEN, MOST_CONTENTS, 500)
@example(1, MOST_CONTENTS, 1, MOST_CONTENTS - 1, 1)
@example(MOST_FEN, 1, MOST_FEN - 1, 1, 500)
@example(2, 6, 1, 3, 100)
def test_two_products_stand_as_their_exact_unit_prices_do(fen, contents, other_fen, other_contents, base):
    """Neither may two that differ share a key, nor two that are equal have different ones."""
    shares = Fraction(base, contents), Fraction(base, other_contents)
    left, right = key(fen, shares[0]), key(other_fen, shares[1])

    assert side(left, right) == side(fen * shares[0], other_fen * shares[1])


@given(st.integers(1, 10**7), st.integers(1, 10**7), FEN, FEN)
def test_tenths_of_a_gram_are_told_apart(tenths, other_tenths, fen, other_fen):
    """Contents are not always whole: ampoules hold 1.3 ml."""
    share, other = Fraction(1_000, tenths), Fraction(1_000, other_tenths)

    assert side(key(fen, share), key(other_fen, other)) == side(fen * share, other_fen * other)


@given(FEN, CONTENTS, st.sampled_from(BASES), st.sampled_from(UNIT_PRICE_STEPS_MINOR))
def test_borders_of_steps_divide_keys_as_they_divide_prices(fen, contents, base, border):
    share = Fraction(base, contents)

    assert (key(fen, share) >= key(border, 1)) == (fen * share >= border)


def test_borders_of_steps_have_few_digits():
    """An aggregation takes its borders as floating point: 53 binary digits."""
    for border in UNIT_PRICE_STEPS_MINOR:
        assert int(float(key(border, 1))) == key(border, 1)
    assert int(float(UNIT_KEYS)) == UNIT_KEYS


def test_keys_fit_a_signed_number_and_end_where_no_price_is():
    assert key(0, 1) == 0
    assert 0 < key(1, Fraction(1, MOST_CONTENTS)) < key(MOST_FEN, 500) < UNIT_KEYS
    assert key(10**15, 10**9) == UNIT_KEYS - 1  # saturated
    assert key(1, Fraction(1, 2**24)) == 0  # saturated
    assert unit_price_key(None, Fraction(1)) == unit_price_key(1, None) == NO_UNIT_PRICE
    assert UNIT_KEYS <= NO_UNIT_PRICE < 2**63


NEAREST = (999_999_937, 999_983), (532_857_025, 532_848)
"""(fen, contents) of two packs within the bounds that differ by as little as such fractions can: 1 in their product."""


def test_the_nearest_two_packs_are_told_apart():
    (fen, contents), (other_fen, other_contents) = NEAREST
    assert abs(fen * other_contents - other_fen * contents) == 1

    for base in BASES:
        left, right = key(fen, Fraction(base, contents)), key(other_fen, Fraction(base, other_contents))
        assert side(left, right) == side(fen * other_contents, other_fen * contents) != 0


def test_with_fewer_digits_they_would_not_be(monkeypatch):
    """The broken twin: as many digits as a floating-point number of 32 bits has."""
    monkeypatch.setattr("indexer.ordering.UNIT_DIGITS", 24)
    (fen, contents), (other_fen, other_contents) = NEAREST

    assert key(fen, Fraction(1, contents)) == key(other_fen, Fraction(1, other_contents))


def test_equal_unit_prices_are_ordered_by_number():
    one = key(19_900, Fraction(1, 152))

    assert unit_price_order(one, 2**32 - 1) < unit_price_order(one + 1, 0)
    assert unit_price_order(one, 1) < unit_price_order(one, 2)
