"""Texts cut into what can be compared."""

from __future__ import annotations

import pytest

from indexer.match.score.amounts import amounts_in
from indexer.match.score.pieces import codes_in, folded, joins_in, words_in
from indexer.match.score.record import record_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KX-TG 8232B", "kxtg8232b"),
        ("WD60-EFRX", "wd60efrx"),
        ("010-10936-00", "0101093600"),
        ("DSC-W150/B", "dscw150b"),
    ],
)
def test_a_code_is_found_however_it_is_cut(one, other):
    assert other in joins_in(folded(f"new {one} kit", 600))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("canon ef-s 18-55mm eos 2699b001", ["2699b001"]), ("kingston ktc-d320/1g 1gb", ["ktcd3201g", "ktcd320"]), ("1920x1080 16gb 3.5in 2.7ghz 2019 usb3.0 mp3", []),
        ("garmin 010-10823-03", ["0101082303"]), ("epson 41u5254 12x 500gb", ["41u5254"]), ("12345 1234", ["12345"]),
    ],
)  # fmt: skip
def test_amounts_years_and_standards_are_no_codes(text, codes):
    assert codes_in(text) == codes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 TB", "2000gb"), ("12.1 megapixels", "12.1MP"), ('3.5"', "3.5-inch"), ("set of 25", "25 pack"), ("500ml", "0.5 L"), ("60 x 80", "60x80"),
        ("16 Go", "16gb"), ("无线 黑色", "black"), ("1.5kg", "1500克"),
    ],
)  # fmt: skip
def test_two_spellings_of_an_amount_are_one(one, other):
    assert set(amounts_in(folded(one, 600))) == set(amounts_in(folded(other, 600))) != set()


def test_different_amounts_stay_apart():
    assert set(amounts_in("8gb black")) & set(amounts_in("16gb white")) == set()


def test_words_are_folded_and_chinese_is_cut_into_pairs():
    assert list(words_in(folded("Étuis NOIRS 牛仔外套 3.5", 600))) == [
        "etui",
        "noir",
        "牛仔",
        "仔外",
        "外套",
        "3.5",
    ]


def test_what_a_source_does_not_say_is_empty():
    record = record_of(
        {
            "title": None,
            "brand": float("nan"),
            "price": "0.0",
            "modelno": 5,
            "zoom": "4.0",
            "id": "x",
            "attrs": {"颜色": "红", "b": []},
        }
    )

    assert (record.title, record.brand, record.price, record.model) == ("", "", None, "5")
    assert record.attributes == (("zoom", "4.0"), ("颜色", "红"))


@pytest.mark.parametrize("price", ["$1,299.00", 1299, " 1299.00 ", "€1299"])
def test_prices_are_read_in_the_forms_that_files_have(price):
    assert record_of({"price": price}).price == 1299.0


@pytest.mark.parametrize("price", ["free", "-1", "inf", None, True, [], "nan"])
def test_what_is_no_price_is_none(price):
    assert record_of({"price": price}).price is None
