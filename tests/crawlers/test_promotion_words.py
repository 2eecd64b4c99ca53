"""Promotion words: one reading or none."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import Money
from catalog.promotion import PromotionKind, Repeat
from crawlers.extract import promotion_words
from crawlers.extract.promotion_words import read_deposit_gain, read_promotion_words
from tests.support.offers import yuan


def is_stated(value):
    return value is not None and value is not False and value is not Repeat.ONCE


def said(text):
    """What each rule states beside its words."""
    return [
        {
            part: value
            for part in rule.__slots__
            if part != "words" and is_stated(value := getattr(rule, part))
        }
        for rule in read_promotion_words(text)
    ]


def off(over, amount, **more):
    return {"kind": PromotionKind.AMOUNT_OFF, "threshold": yuan(over), "off": yuan(amount)} | more


def share(pay_bp, **more):
    return {"kind": PromotionKind.PERCENT_OFF, "pay_bp": pay_bp} | more


EACH = {"repeat": Repeat.EACH}
UNIT = {"is_per_unit": True}
NTH = {"kind": PromotionKind.NTH_UNIT}
BONUS = {"kind": PromotionKind.BONUS_UNITS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("满199减20", off("199", "20")), ("满199元减20元", off("199", "20")), ("满¥199减¥20", off("199", "20")),
        ("满 199 减 20", off("199", "20")), ("满１９９減２０", off("199", "20")), ("滿199減20", off("199", "20")),
        ("满￥１９９．５０减￥２０", off("199.50", "20")), ("满19.9减0.5", off("19.9", "0.5")), ("满1,000元减100元", off("1000", "100")),
        ("满12,000减1,500元", off("12000", "1500")), ("满99元，可减20元现金", off("99", "20")), ("满99立减20元", off("99", "20")), ("满0减20", off("0", "20")),
        ("满1减10", off("1", "10")),
        ("每满300减50", off("300", "50", **EACH)), ("每300减50", off("300", "50", **EACH)), ("每满300减50，上不封顶", off("300", "50", **EACH)),
        ("每满300减50，封顶100元", off("300", "50", cap=yuan("100"), **EACH)), ("每300减50，最多减150元", off("300", "50", cap=yuan("150"), **EACH)),
        ("每满300减50（封顶100元）", off("300", "50", cap=yuan("100"), **EACH)), ("每满300减50;最高减100", off("300", "50", cap=yuan("100"), **EACH)),
        ("每满200元，可减30元现金,最多可减100元", off("200", "30", cap=yuan("100"), **EACH)),
        ("2件8折", share(8000, threshold_qty=2)), ("满2件8.5折", share(8500, threshold_qty=2)), ("满3件打7折", share(7000, threshold_qty=3)),
        ("满２件８５折", share(8500, threshold_qty=2)), ("两件八折", share(8000, threshold_qty=2)), ("满三件打七五折", share(7500, threshold_qty=3)),
        ("满2件，总价打9.5折", share(9500, threshold_qty=2)), ("满200元打9折", share(9000, threshold=yuan("200"))), ("十二件八点八折", share(8800, threshold_qty=12)),
        ("第二件半价", NTH | {"n": 2, "pay_bp": 5000}), ("第2件半价", NTH | {"n": 2, "pay_bp": 5000}), ("第2件7折", NTH | {"n": 2, "pay_bp": 7000}),
        ("第3件0元", NTH | {"n": 3, "pay": yuan("0")}), ("第２件９.９元", NTH | {"n": 2, "pay": yuan("9.9")}), ("第3件免费", NTH | {"n": 3, "pay_bp": 0}),
        ("买2送1", BONUS | {"buy": 2, "get": 1}), ("买一送一", BONUS | {"buy": 1, "get": 1}), ("買3件送1件", BONUS | {"buy": 3, "get": 1}),
        ("直降20元", {"kind": PromotionKind.AMOUNT_OFF, "off": yuan("20"), **UNIT}), ("官方立减12.5元", {"kind": PromotionKind.AMOUNT_OFF, "off": yuan("12.5"), **UNIT}),
        ("官方立减15%", share(8500, **UNIT)), ("官方立减1.25％", share(9875, **UNIT)), ("官方立减8.5折", share(8500, **UNIT)),
        ("8折", share(8000)), ("85折", share(8500)), ("八五折", share(8500)), ("9.25折", share(9250)), ("无门槛减5元", {"kind": PromotionKind.AMOUNT_OFF, "off": yuan("5")}),
        ("满2件减10元", {"kind": PromotionKind.AMOUNT_OFF, "threshold_qty": 2, "off": yuan("10")}), ("淘金币抵5%", share(9500)),
    ],
)  # fmt: skip
def test_words_with_one_reading_are_read(text, expected):
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("满199减20，满399减60", [off("199", "20"), off("399", "60")]),
        ("满99减5/满199减15；满299减30、满399减50", [off("99", "5"), off("199", "15"), off("299", "30"), off("399", "50")]),
        ("满2件9折，满3件8折", [share(9000, threshold_qty=2), share(8000, threshold_qty=3)]),
        ("满2件，总价打9折;满3件，总价打8折", [share(9000, threshold_qty=2), share(8000, threshold_qty=3)]),
    ],
)  # fmt: skip
def test_a_ladder_is_its_steps(text, steps):
    assert said(text) == steps


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "满减", "满199", "减20", "满199减", "满199减20吗", "限时满199减20", "满199减20起", "满199-20", "满一百减十", "满1万减500",
        "满199减20，399减60", "满199减20,399", "满199减20,300减60", "满300减50，上不封顶", "满199减20，满399减60，封顶80元", "每满300减50，满500减100",
        "满199减20，2件8折", "满199减20，满3件减30", "10折", "0折", "0.5折", "100折", "85.5折", "满2打8折", "满200打9折", "2-3件8折", "2件8折起", "第二件",
        "第2件减10元", "买2免1", "买3付2", "买2送赠品", "买2送1送2", "赠品", "新人专享", "立减", "立减20", "直降", "官方立减", "官方立减%", "付定金立减20元", "5%", "封顶100元",
        "每满300减50，封顶100元，封顶50元", "满199.999减20", "满1999999999999减20", "满199减20" + " " * 200 + "起", "满199减20\u200b", "满199减20\x00",
        "，".join(f"满{n}00减{n}" for n in range(1, 10)),
    ],
)  # fmt: skip
def test_words_with_two_readings_or_none_are_left(text):
    assert read_promotion_words(text) == ()


def test_each_step_has_its_own_words():
    assert [rule.words for rule in read_promotion_words("满 199 减 20，滿399減60")] == [
        "满199减20",
        "满399减60",
    ]
    assert read_promotion_words("每满300减50(封顶100元)")[0].words == "每满300减50，封顶100元"


def test_words_of_a_deposit_are_read_only_where_a_deposit_is_told():
    assert read_deposit_gain("付定金立减20.5元") == yuan("20.5")
    assert read_deposit_gain("付定金立减２０") == yuan("20")
    assert read_deposit_gain("满199减20") is None
    assert read_deposit_gain("付定金立减20元" + " " * 500) is None
    assert read_promotion_words("付定金立减20元") == ()


def test_more_decimals_than_the_currency_has_are_no_amount():
    assert read_promotion_words("满199.5减20", "JPY") == ()
    assert read_promotion_words("满199减20", "JPY")[0].off == Money(20, "JPY")


@given(st.integers(1, 10**8), st.integers(1, 10**8), st.booleans(), st.sampled_from(["元", ""]))
def test_every_amount_reads_back(over, amount, each, unit):
    threshold, less = Money(over, "CNY"), Money(amount, "CNY")
    text = f"{'每' if each else ''}满{threshold.to_decimal()}{unit}减{less.to_decimal()}{unit}"

    (rule,) = read_promotion_words(text)

    assert (rule.threshold, rule.off, rule.repeat is Repeat.EACH) == (threshold, less, each)


ALPHABET = "满减每件折第买送半价直降官方立一二两三八十0123456789.,，；、/（）%元¥￥ 封顶最多上不可总打享１９ab\u200b\u3000"


@pytest.mark.slow
def test_any_words_are_rules_or_nothing_in_no_time():
    chance = random.Random(49)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(0, 130))) for _ in range(50_000)]
    forms = [
        "满199减20",
        "，",
        "每满300减50",
        "封顶100元",
        "2件8折",
        "第2件半价",
        "买2送1",
        " ",
        "上不封顶",
        "8.5折",
        "1,",
    ]
    texts += ["".join(chance.choices(forms, k=chance.randint(1, 12))) for _ in range(20_000)]

    started = time.process_time()
    found = [read_promotion_words(text) for text in texts]

    assert time.process_time() - started < 30
    assert sum(bool(rules) for rules in found) > 500
    assert all(rule.off.minor >= 0 for rules in found for rule in rules if rule.off is not None)


@pytest.mark.parametrize(
    "part", ["满", "满1", "1", "每满1减1", "满1减1，", "1,", ",", "（", "第一件", "官方立减"]
)
def test_hostile_words_cost_no_time(part):
    started = time.process_time()
    for length in range(100):
        read_promotion_words(part * length)
        read_promotion_words(part * 100_000)

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("name", "twin", "text"),
    [
        ("_share", lambda text: int(text[0]) * 1000, "8.5折"),
        ("_off_share", lambda text: int(text) * 100, "官方立减15%"),
        ("_amount", lambda text, currency: Money(int(text), currency), "满199减20"),
        ("_is_one_reading", lambda _rules: True, "满199减20，2件8折"),
    ],
)
def test_a_broken_reader_reads_something_else(name, twin, text, monkeypatch):
    """Broken twins: what the tests above rest on is the part itself."""
    right = said(text)
    promotion_words._read.cache_clear()
    monkeypatch.setattr(promotion_words, name, twin)

    assert said(text) != right

    promotion_words._read.cache_clear()
