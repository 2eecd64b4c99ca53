"""Landed prices in words: steps, statuses, conditions, claims, unit prices, verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.compare import OfferView
from api.freshness import Freshness
from api.landed import landed_now
from api.pages.formatting import percent
from api.pages.price_words import PriceWords, needs_of, unit_text
from api.pages.texts import Texts
from api.pages.verdicts import Verdicts
from api.unit import unit_price_of
from catalog.codec import dump_terms
from catalog.landed_price import Buyer
from catalog.money import Money
from catalog.price_terms import Fee, PriceTerms, ShippingRules, Tax
from catalog.promotion import Promotion, PromotionKind, Stage
from catalog.reference_price import Low, ReferencePrice, Rise, Verdict

TEXTS = Texts.load()
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
BUYER = Buyer(NOW)


def yuan(text):
    return Money.from_decimal(text, "CNY")


def promotion(name, kind, stage=Stage.SHOP, **rest):
    return Promotion(id=name, kind=kind, stage=stage, **rest)


def view_of(terms, buyer=BUYER):
    """An offer with these terms as a page gets it."""
    data = {
        "currency": "CNY",
        "terms": dump_terms(terms),
        "claimed_minor": terms.claimed.minor if terms.claimed else None,
    }
    return OfferView(data, landed_now(terms, buyer), NOW, Freshness.FRESH)


def detail_of(terms, buyer=BUYER):
    return PriceWords(TEXTS, buyer).detail(view_of(terms, buyer))


PLAIN = PriceTerms(price=yuan("100"), shipping=yuan("0"))
COUPON = promotion(
    "c",
    PromotionKind.AMOUNT_OFF,
    off=yuan("20"),
    words="店铺券",
    action="claim",
    ends_at=NOW + timedelta(days=3),
)
PLUS = promotion(
    "p", PromotionKind.SET_PRICE, Stage.UNIT, price=yuan("85"), needs=("member:plus",), words="PLUS价"
)


@pytest.mark.parametrize(
    ("terms", "buyer", "words"),
    [
        (replace(PLAIN, min_order=yuan("108")), BUYER, "还差 ¥8 起送"),
        (replace(PLAIN, min_quantity=2), BUYER, "2 件起购"),
        (replace(PLAIN, max_quantity=1), replace(BUYER, quantity=2), "限购 1 件"),
        (replace(PLAIN, shipping_rules=ShippingRules(no_delivery=("CN-XJ",))), replace(BUYER, region="CN-XJ"), "不发货到新疆"),
        (replace(PLAIN, tax=Tax(91_000, limit=yuan("50"))), BUYER, "超过跨境单笔限额"),
        (replace(PLAIN, max_quantity=1), replace(BUYER, quantity=2, is_at_least=True), "无法凑足数量"),
        (PLAIN, BUYER, None),
    ],
)  # fmt: skip
def test_what_cannot_be_ordered_says_why_and_what_lacks(terms, buyer, words):
    assert PriceWords(TEXTS, buyer).status(view_of(terms, buyer)) == words


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (replace(PLAIN, min_quantity=2), "买 2 件到手 ¥200"),
        (replace(PLAIN, min_order=yuan("250"), fees=(Fee("packing", yuan("1.50")),)), "买 3 件到手 ¥301.50"),
        (replace(PLAIN, shipping_rules=ShippingRules(no_delivery=("CN",))), None),
        (PLAIN, None),
    ],
)  # fmt: skip
def test_the_smallest_order_is_offered_where_one_piece_is_too_little(terms, words):
    assert PriceWords(TEXTS, BUYER).least(view_of(terms)) == words


def test_the_steps_name_every_amount_and_what_one_has_to_do():
    terms = PriceTerms(
        price=yuan("100"), shipping=yuan("6"), promotions=(COUPON,), fees=(Fee("packing", yuan("1")),)
    )
    found = detail_of(terms)

    assert [(step.name, step.amount) for step in found.steps] == [
        ("标价", "¥100"),
        ("店铺券", "-¥20"),
        ("运费", "¥6"),
        ("打包费", "¥1"),
    ]
    assert found.steps[1].notes == ("需领取", "至 2026-11-29 20:00")
    assert found.total == "¥87"


def test_more_than_one_piece_is_said_in_the_first_step():
    found = detail_of(PLAIN, replace(BUYER, quantity=3))
    assert (found.steps[0].name, found.steps[0].amount) == ("标价 × 3", "¥300")


def test_a_promotion_without_words_is_named_by_what_it_is():
    terms = replace(PLAIN, promotions=(replace(COUPON, words=""),))
    assert detail_of(terms).steps[1].name == "满减"


def test_a_price_under_a_condition_stands_with_what_it_saves_and_its_steps():
    (found,) = detail_of(replace(PLAIN, promotions=(PLUS,))).eligible
    assert (found.needs, found.price, found.delta) == ("PLUS会员", "¥85", "-¥15")
    assert found.sum == "标价 ¥100 + PLUS价 -¥15 + 运费 ¥0 = ¥85"


def test_conditions_come_cheapest_first():
    new = promotion("n", PromotionKind.AMOUNT_OFF, Stage.PLATFORM, off=yuan("40"), needs=("new_user",))
    found = detail_of(replace(PLAIN, promotions=(PLUS, new))).eligible
    assert [(one.needs, one.price) for one in found] == [("新人", "¥60"), ("PLUS会员", "¥85")]


def test_a_condition_already_fulfilled_is_in_the_price_and_in_its_steps():
    found = detail_of(
        replace(PLAIN, promotions=(PLUS,)), replace(BUYER, conditions=frozenset({"member:plus"}))
    )
    assert found.total == "¥85"
    assert found.eligible == ()
    assert found.steps[1].notes == ("限PLUS会员",)


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("member:plus", "PLUS会员"), ("member:88vip", "88VIP"), ("member:黑金", "黑金会员"), ("pay:alipay", "用支付宝付款"),
        ("pay:x", "用x付款"), ("gov_subsidy", "国补"), ("new_user", "新人"), ("preorder", "预售定金"), ("points", "积分/淘金币"),
        ("follow_shop", "关注店铺"), ("livestream", "直播间"), ("invite_group", "邀请好友拼团"), ("trade_in", "以旧换新"),
        ("something_else", "something_else"), ("member:", "member:"),
    ],
)  # fmt: skip
def test_every_condition_has_a_name(need, words):
    assert PriceWords(TEXTS, BUYER).condition(need) == words


def test_a_claim_that_deviates_says_by_how_much_in_neutral_words():
    terms = replace(PLAIN, claimed=yuan("88"))
    assert detail_of(terms).claim == "平台标示到手价 ¥88，按公开规则计算为 ¥100，相差 ¥12。"
    assert detail_of(replace(PLAIN, claimed=yuan("100"))).claim is None
    assert detail_of(PLAIN).claim is None


def test_a_claim_that_needs_a_condition_says_which():
    terms = replace(PLAIN, claimed=yuan("85"), promotions=(PLUS,))
    assert detail_of(terms).claim == "平台标示到手价 ¥85，与「PLUS会员」的价格一致。"


def test_a_claim_is_of_one_piece_and_not_compared_with_two():
    found = detail_of(replace(PLAIN, claimed=yuan("88")), replace(BUYER, quantity=2))
    assert found.claim == "平台标示到手价 ¥88（一件，条件以平台为准）。"


def test_unknown_shipping_is_a_bound():
    found = detail_of(PriceTerms(price=yuan("100")))
    assert found.is_bound
    assert found.total == "¥100"


def test_a_group_price_has_the_price_alone_beside_it():
    group = promotion("g", PromotionKind.SET_PRICE, Stage.UNIT, price=yuan("24.90"), action="open_group")
    terms = PriceTerms(price=yuan("29.90"), shipping=yuan("0"), promotions=(group,))
    words = PriceWords(TEXTS, BUYER)

    assert view_of(terms).total_minor == 2490
    assert words.alone(view_of(terms)) == "¥29.90"
    assert words.alone(view_of(PLAIN)) is None


def test_the_conditions_of_a_page_are_those_its_offers_name():
    new = promotion("n", PromotionKind.AMOUNT_OFF, off=yuan("1"), needs=("new_user", "pay:x"))
    views = [view_of(replace(PLAIN, promotions=(PLUS,))), view_of(replace(PLAIN, promotions=(new, PLUS)))]
    assert needs_of(views) == ["member:plus", "new_user", "pay:x"]


def test_a_unit_price_counts_what_arrives_and_is_rounded_half_up():
    six_tins = {"base": "100", "unit": "g", "contents": "5400"}
    terms = PriceTerms(price=yuan("1788"), shipping=yuan("0"))
    assert unit_text(unit_price_of(view_of(terms), six_tins), TEXTS) == "¥33.11/100g"  # UV01

    bonus = promotion("b", PromotionKind.BONUS_UNITS, buy=2, get=1)
    three_for_two = view_of(replace(PLAIN, promotions=(bonus,)), replace(BUYER, quantity=2))
    assert (
        unit_text(unit_price_of(three_for_two, {"base": "1", "unit": "piece", "contents": "8"}), TEXTS)
        == "¥8.33/件"
    )


def test_there_is_no_unit_price_without_contents_or_without_a_price():
    assert unit_price_of(view_of(PLAIN), None) is None
    unit = {"base": "100", "unit": "g", "contents": "700"}
    assert unit_price_of(view_of(replace(PLAIN, min_quantity=2)), unit) is None


@pytest.mark.parametrize(
    ("basis_points", "words"), [(2249, "22.4%"), (2000, "20%"), (0, "0%"), (9, "0%"), (10, "0.1%")]
)
def test_a_discount_is_rounded_down(basis_points, words):
    assert percent(basis_points) == words


REFERENCE = ReferencePrice(
    price=9900, since=date(2026, 11, 20), baseline7=12_900, baseline30=9900, coverage30=30,
    verdict=Verdict.NO_REAL_DISCOUNT, claimed=12_900, real_discount_bp=0, claimed_discount_bp=2325,
    rise=Rise(date(2026, 11, 10), 9900, 12_900), low30=Low.EQUAL_LOW, low90=Low.NOT_LOW, low180=Low.UNKNOWN,
)  # fmt: skip
"""Raised from 99 to 129 for ten days, now "129 → 99" (HV03)."""


def test_a_verdict_says_what_was_observed_and_accuses_nobody():
    found = Verdicts(TEXTS).of(REFERENCE, "CNY")

    assert found.short == "观测不支持"
    assert found.sentence == "我们的观测不支持这个划线价：现价不低于降价之前的最低价。"
    assert found.evidence == (
        "今天最低 ¥99，自 2026-11-20 起没有变过。",
        "此前 7 天最低 ¥129。",
        "此前 30 天最低 ¥99，其中 30 天有观测。",
        "先涨后降：2026-11-10 由 ¥99 升到 ¥129，现在又回到接近原来的价格。",
        "划线价到手 ¥129：标称低 23.2%，按观测低 0%。",
    )
    everything = "".join(TEXTS.subject("verdict").values()) + "".join(TEXTS.subject("low").values())
    assert not any(word in everything for word in ("欺诈", "虚假", "造假", "骗"))


def test_thin_observation_is_said_and_nothing_is_concluded():
    thin = replace(REFERENCE, verdict=Verdict.INSUFFICIENT_HISTORY, baseline30=None, coverage30=5, rise=None)
    found = Verdicts(TEXTS).of(thin, "CNY")
    assert found.tone == ""
    assert "不作判断" in found.sentence
    assert "此前 30 天只有 5 天有观测，不足 24 天，不作 30 天比较。" in found.evidence


def test_without_a_claim_there_is_no_verdict():
    assert Verdicts(TEXTS).of(replace(REFERENCE, claimed=None, verdict=Verdict.NO_CLAIM), "CNY") is None


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_words(verdict):
    assert Verdicts(TEXTS).of(replace(REFERENCE, verdict=verdict), "CNY").sentence


@pytest.mark.parametrize(
    ("low30", "low90", "low180", "words"),
    [
        (Low.NEW_LOW, Low.NEW_LOW, Low.NEW_LOW, ("180天最低",)),
        (Low.NEW_LOW, Low.NEW_LOW, Low.UNKNOWN, ("90天最低",)),
        (Low.NEW_LOW, Low.NEW_LOW, Low.EQUAL_LOW, ("90天最低", "平180天最低")),
        (Low.EQUAL_LOW, Low.NOT_LOW, Low.NOT_LOW, ("平30天最低",)),
        (Low.NOT_LOW, Low.NOT_LOW, Low.NOT_LOW, ()),
        (Low.UNKNOWN, Low.UNKNOWN, Low.UNKNOWN, ()),
    ],
)
def test_the_longest_low_is_told(low30, low90, low180, words):
    assert Verdicts(TEXTS).lows(replace(REFERENCE, low30=low30, low90=low90, low180=low180)) == words
