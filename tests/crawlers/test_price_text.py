"""Price text: one reading or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidMoney
from catalog.money import MINOR_DIGITS, Money
from crawlers.extract.price_text import parse_price


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1299", "CNY", 129900), ("¥1,299.00", "CNY", 129900), ("￥ 1299.5", "CNY", 129950), ("1299元", "CNY", 129900),
        ("1 299,00 €", "EUR", 129900), ("1.299,00 €", "EUR", 129900), ("$1,299.00", "USD", 129900), ("HK$ 88", "HKD", 8800),
        ("1.2万", "CNY", 1200000), ("３，９９９．００", "CNY", 399900), ("CNY 5", "CNY", 500), ("5 RMB", "CNY", 500),
        ("12,345,678", "CNY", 1234567800), ("1'299.00", "CHF", 129900), ("¥980", "JPY", 980), ("9.90", "CNY", 990),
        ("0.5", "CNY", 50), ("1.234", "KWD", 1234), ("48,00", "EUR", 4800), ("1,299", "CNY", 129900), ("1\u202f299,00 €", "EUR", 129900),
        ("1,234,567.89", "USD", 123456789),
    ],
)  # fmt: skip
def test_a_price_with_one_reading_is_read(text, currency, minor):
    assert parse_price(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "面议", "暂无报价", "1299起", "¥59.9-129", "59.9~129", "59.9 - 129", "￥?99", "￥*99", "¥99/件", "2件¥99", "-5", "¥-5",
        "1.299", "0,299", "12,34,567", "1.2.3", "1,2,3", "1..2", "5.", "1e5", "NaN", "∞", "99 + 5", "券后99", "99定金", "月供99",
        "$5", "€5", "5 美元", "五元", "1 2", "12 34", "1'2", "¥" * 30, "9" * 61, "1299.001",
    ],
)  # fmt: skip
def test_a_price_with_two_readings_or_none_is_refused(text):
    with pytest.raises(InvalidMoney):
        parse_price(text, "CNY")


@given(
    st.integers(1, 10**9),
    st.sampled_from(sorted(MINOR_DIGITS)),
    st.booleans(),
    st.sampled_from(["{}", "{} ", " {}", "{c} {}", "{} {c}"]),
)
def test_every_way_shops_write_an_amount_reads_back(minor, currency, grouped, pattern):
    money = Money(minor, currency)
    whole, _, part = money.to_decimal().partition(".")
    shown = f"{int(whole):,}" if grouped else whole
    text = pattern.format(shown + (f".{part}" if part else ""), c=currency)

    assert parse_price(text, currency) == money


@given(st.integers(100, 10**9))
def test_european_notation_reads_back(minor):
    whole, part = f"{minor // 100:,}".replace(",", "."), f"{minor % 100:02}"

    assert parse_price(f"{whole},{part} €", "EUR") == Money(minor, "EUR")


@given(st.text(max_size=30))
def test_any_text_is_a_price_or_an_invalid_one(text):
    try:
        money = parse_price(text, "CNY")
    except InvalidMoney:
        return
    assert money.minor >= 0
    assert any(c.isdigit() for c in text)
