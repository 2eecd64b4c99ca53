import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidGtin
from catalog.gtin import GtinUse, check_digit, isbn13_from_isbn10, parse_gtin

BODIES = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    ("text", "padded"),
    [
        ("6901234567892", "06901234567892"),
        ("4006381333931", "04006381333931"),
        ("6291041500213", "06291041500213"),
        ("036000291452", "00036000291452"),
        ("96385074", "00000096385074"),
        ("10012345678902", "10012345678902"),
        ("6901-2345 6789‐2", "06901234567892"),
        ("６９０１２３４５６７８９２", "06901234567892"),
    ],
)
def test_all_spellings_of_a_number_are_one(text, padded):
    assert parse_gtin(text).digits == padded


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("6901234567890", "check_digit"),
        ("690123456789", "check_digit"),
        ("69012345678", "length"),
        ("69012345678923", "check_digit"),
        ("690123456789X", "not_digits"),
        ("", "not_digits"),
        ("7536692930", "check_digit"),
        ("75366X2935", "not_digits"),
        ("６９０１２３４５６７８９①", "not_digits"),
        ("²" * 13, "not_digits"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text, why):
    with pytest.raises(InvalidGtin) as caught:
        parse_gtin(text)

    assert caught.value.why == why


def test_ten_digits_are_an_isbn():
    assert str(parse_gtin("7-5366-9293-5")) == "9787536692930"
    assert isbn13_from_isbn10("080442957X") == "9780804429573"


@pytest.mark.parametrize(
    ("body", "use"),
    [
        ("690123456789", GtinUse.TRADE_ITEM),
        ("200000000001", GtinUse.IN_STORE),
        ("299999999999", GtinUse.IN_STORE),
        ("021234567890", GtinUse.IN_STORE),
        ("041234567890", GtinUse.IN_STORE),
        ("051234567890", GtinUse.COUPON),
        ("991234567890", GtinUse.COUPON),
        ("977123456789", GtinUse.SERIAL),
        ("978753669293", GtinUse.BOOK),
        ("952123456789", GtinUse.RESERVED),
    ],
)
def test_prefix_tells_what_a_number_may_prove(body, use):
    number = parse_gtin(body + check_digit(body))

    assert number.use is use
    assert number.is_identity == (use in {GtinUse.TRADE_ITEM, GtinUse.BOOK})


def test_short_numbers_have_prefixes_of_their_own():
    assert parse_gtin("2" + "000000" + check_digit("2000000")).use is GtinUse.IN_STORE
    assert parse_gtin("00000000").use is GtinUse.RESERVED
    assert parse_gtin("96385074").use is GtinUse.TRADE_ITEM


def test_a_case_is_not_its_item():
    item = parse_gtin("6901234567892")
    body = "1" + item.item[:-1]
    case = parse_gtin(body + check_digit(body))

    assert case.is_case
    assert not item.is_case
    assert case != item
    weighed = "9" + item.item[:-1]
    assert parse_gtin(weighed + check_digit(weighed)).use is GtinUse.VARIABLE


@given(BODIES, st.integers(0, 12), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(body, place, shift):
    good = body + check_digit(body)
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]

    with pytest.raises(InvalidGtin):
        parse_gtin(bad)
    assert parse_gtin(good).item == good


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_an_invalid_one(text):
    try:
        parse_gtin(text)
    except InvalidGtin as error:
        assert error.why in {"not_digits", "length", "check_digit"}  # noqa: PT017
