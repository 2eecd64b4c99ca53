"""Promotions of the practice marketplaces: every kind is there, so are the traps, and the platforms' own figures hold."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from marketplaces.world.landed import FREE, Terms, Wish, landed
from marketplaces.world.quotes import quote, quoted
from marketplaces.world.reductions import discount, nice, text, threshold
from marketplaces.world.seasons import HOUR_S, hour_of, moment
from tests.marketplaces import reading
from tests.marketplaces.support import CAMPAIGN, NOW, built, callers, practice

QUIET, SALE = moment(hour_of(NOW)), moment(hour_of(CAMPAIGN))
DOZENS = 24


@pytest.fixture(scope="module")
def offers(full_world):
    return full_world.world.offers


@pytest.fixture(scope="module", params=[QUIET, SALE], ids=["in a quiet week", "in a campaign"])
def quotes(request, offers):
    """The hour, and the terms of every offer in it."""
    return request.param.hour, [(offer, quoted(offer, request.param)) for offer in offers]


def at(hour):
    return hour * HOUR_S


# ── kinds ──────────────────────────────────────────────────────────────────────────────────────────

KINDS = {
    ("taobao", "官方立减", "unit_percent"), ("taobao", "官方立减", "unit_off"),
    ("taobao", "商品券", "amount_off"), ("taobao", "店铺券", "amount_off"), ("taobao", "品类券", "amount_off"),
    ("taobao", "店铺满减", "amount_off"), ("taobao", "店铺满折", "percent_off"), ("taobao", "店铺满折", "nth_unit"),
    ("taobao", "第2件半价", "nth_unit"), ("taobao", "买赠", "bonus_units"), ("taobao", "跨店满减", "amount_off"),
    ("taobao", "88VIP", "percent_off"), ("taobao", "淘金币", "percent_off"), ("taobao", "付定金", "deposit"),
    ("jd", "0", "amount_off"), ("jd", "1", "amount_off"), ("jd", "2", "amount_off"), ("jd", "3", "amount_off"),
    ("jd", "满减", "amount_off"), ("jd", "满折", "percent_off"), ("jd", "多买优惠", "nth_unit"),
    ("jd", "直降", "unit_off"), ("jd", "2", "set_price"), ("jd", "18", "set_price"), ("jd", "pinGou", "set_price"),
    ("jd", "seckill", "set_price"), ("jd", "preSale", "deposit"),
    ("pinduoduo", "min_group_price", "set_price"), ("pinduoduo", "coupon", "amount_off"),
    ("pinduoduo", "mall_coupon", "percent_off"), ("pinduoduo", "clt_cpn", "amount_off"),
    ("pinduoduo", "extra_coupon_amount", "amount_off"), ("pinduoduo", "platform_discount", "amount_off"),
    ("shop", "SalePrice", "set_price"), ("shop", "MemberProgramTier", "set_price"),
    ("shop", "eligibleQuantity", "set_price"),
}  # fmt: skip


def test_every_kind_is_there_in_dozens_at_any_time_of_the_year(quotes):
    _, terms = quotes
    seen = Counter((offer.marketplace, p.label, p.kind) for offer, quote in terms for p in quote.promotions)

    assert set(seen) == KINDS
    assert min(seen.values()) >= DOZENS


def test_ladders_repetitions_and_caps_are_there_in_dozens(quotes):
    _, terms = quotes
    on = {
        name: [q for offer, q in terms if offer.marketplace == name] for name in ("taobao", "jd", "pinduoduo")
    }

    for name in ("taobao", "jd"):
        found = [p for quote in on[name] for p in quote.promotions if p.mandatory]
        assert sum(p.id.endswith(".2") for p in found) >= DOZENS
        assert sum(p.repeat == "each" for p in found) >= DOZENS
        assert sum(p.repeat == "each" and p.cap is not None for p in found) >= DOZENS // 2
    malls = [p for quote in on["pinduoduo"] for p in quote.labelled("mall_coupon")]
    assert {p.cap is None for p in malls} == {p.threshold_fen is None for p in malls} == {True, False}
    subsidised = [q for q in on["pinduoduo"] if q.labelled("min_group_price")[0].excludes == ("shop_coupon",)]
    assert sum(bool(quote.labelled("coupon", "mall_coupon")) for quote in subsidised) >= DOZENS
    both = [{p.group for p in quote.promotions if p.action == "claim"} for quote in on["jd"]]
    assert both.count({"shop_coupon", "jd_platform_coupon"}) >= DOZENS


def test_the_shops_limits_and_delivery_rules_are_there_in_dozens(quotes):
    _, terms = quotes
    shop = [quote for offer, quote in terms if offer.marketplace == "shop"]

    assert sum(quote.min_qty > 1 for quote in shop) >= DOZENS
    assert sum(quote.max_qty is not None for quote in shop) >= DOZENS
    assert sum(quote.shipping.free_over is not None for quote in shop) >= DOZENS
    assert sum(bool(quote.shipping.surcharge) for quote in shop) >= DOZENS
    assert sum(bool(quote.shipping.no_delivery) for quote in shop) >= DOZENS
    assert sum(quote.shipping.base is None for quote in shop) >= DOZENS


def test_official_reductions_are_commoner_in_a_campaign(offers):
    def share(hour):
        some = [offer for offer in offers if offer.marketplace == "taobao"]
        return sum(bool(quoted(offer, hour).labelled("官方立减")) for offer in some) / len(some)

    assert 0.05 < share(QUIET) < 0.12
    assert 0.22 < share(SALE) < 0.38


# ── traps ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("marketplace", ["taobao", "jd", "pinduoduo"])
def test_coupons_are_shown_that_are_over_or_have_not_begun_or_end_within_the_hour(quotes, marketplace):
    hour, terms = quotes
    found = [
        p
        for offer, quote in terms
        if offer.marketplace == marketplace
        for p in quote.promotions
        if p.action == "claim"
    ]
    windows = [p.window for p in found if p.window]

    assert sum(end <= at(hour) for _, end in windows) >= 3
    assert sum(start > at(hour) for start, _ in windows) >= 3
    assert sum(end == at(hour + 1) for _, end in windows) >= 3


def test_coupons_miss_their_threshold_because_of_the_official_reduction(quotes):
    hour, terms = quotes
    missed = 0
    for _, offered in terms:
        coupons = [p for p in offered.labelled("商品券") if p.threshold_fen <= offered.price_fen]
        if coupons and offered.labelled("官方立减"):
            result = landed(
                replace(offered.terms, promotions=offered.labelled("官方立减", "商品券")), Wish(at_s=at(hour))
            )
            missed += coupons[0].id not in result.applied

    assert missed >= 10


def test_some_reductions_are_worth_more_than_the_goods_which_then_cost_one_fen(quotes):
    hour, terms = quotes
    tiny = Counter(
        offer.marketplace
        for offer, quote in terms
        if landed(replace(quote.terms, shipping=FREE, min_qty=1), Wish(at_s=at(hour))).fen == 1
    )

    assert set(tiny) == {"taobao", "jd", "pinduoduo"}
    assert max(tiny.values()) < 20


def test_some_lower_prices_would_lose_free_shipping_and_are_not_taken(quotes):
    hour, terms = quotes
    declined = 0
    for offer, offered in terms:
        if offer.marketplace == "shop":
            here, free = (
                landed(replace(offered.terms, shipping=rules, min_qty=1), Wish(at_s=at(hour)))
                for rules in (offered.shipping, FREE)
            )
            declined += here.applied != free.applied

    assert declined >= 3


# ── the platforms' own figures ─────────────────────────────────────────────────────────────────────


def test_taobaos_figure_is_the_best_combination_for_one_piece_and_for_anyone(offers):
    taobao = [offer for offer in offers if offer.marketplace == "taobao"]
    for hour in (moment(QUIET.hour + ahead) for ahead in range(0, 24 * 365, 24 * 45 + 5)):
        for offer in taobao:
            offered = quoted(offer, hour)
            best = landed(Terms(offered.price_fen, offered.promotions), Wish(at_s=at(hour.hour)))
            taken = [(name, off) for name, off in zip(best.applied, best.taken, strict=True) if off]

            assert offered.claimed_fen == best.fen
            assert list(offered.path) == taken


@pytest.fixture(scope="module", params=[NOW, CAMPAIGN], ids=["in a quiet week", "in a campaign"])
def answers(request, full_world):
    """Every item of the three gateways."""
    world = full_world if request.param == NOW else practice(products=600, offers=5000, now=request.param)
    return {
        name: [item for keyword in world.world.keywords for item in caller.every(keyword)]
        for name, caller in callers(world).items()
    }


def test_taobaos_path_adds_up_for_every_item_and_what_is_not_in_it_is_in_the_other_list(answers):
    lengths = Counter()
    for item in answers["taobao"]:
        info = item["price_promotion_info"]
        path = info["final_promotion_path_list"]["final_promotion_path_map_data"]
        more = info["more_promotion_list"]["more_promotion_map_data"]
        fees = sum(Decimal(step["promotion_fee"]) for step in path)
        assert Decimal(info["zk_final_price"]) - fees == Decimal(info["final_promotion_price"]) > 0
        assert all(Decimal(step["promotion_fee"]) > 0 for step in path)
        assert not any("promotion_fee" in entry for entry in more)
        told = [
            (e["promotion_title"], e["promotion_desc"], e["promotion_start_time"]) for e in (*path, *more)
        ]
        assert len(set(told)) == len(told)
        lengths[len(path)] += 1

    assert lengths[0] > 200
    assert min(lengths[1], lengths[2]) > 50
    assert lengths[3] + lengths[4] >= 3


def test_an_end_is_the_last_second_and_still_inside(answers):
    for item in answers["taobao"]:
        info = item["price_promotion_info"]
        for step in info["final_promotion_path_list"]["final_promotion_path_map_data"]:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:00:00", step["promotion_start_time"])
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:59:59", step["promotion_end_time"])
    ends = {c["useEndTime"] % 1000 for item in answers["jd"] for c in item["couponInfo"]["couponList"]}
    assert ends == {0, 999}


def test_jds_coupon_price_is_the_lowest_price_less_the_best_single_coupon(answers, request):
    now_ms = int((NOW if "quiet" in request.node.callspec.id else CAMPAIGN).timestamp()) * 1000
    used = Counter()
    for item in answers["jd"]:
        lowest = Decimal(str(item["priceInfo"]["lowestPrice"]))
        fitting = [
            Decimal(str(coupon["discount"]))
            for coupon in item["couponInfo"]["couponList"]
            if coupon["useStartTime"] <= now_ms <= coupon["useEndTime"]
            and Decimal(str(coupon["quota"])) <= lowest
        ]
        best = max(fitting, default=Decimal(0))
        assert Decimal(str(item["priceInfo"]["lowestCouponPrice"])) == max(Decimal("0.01"), lowest - best)
        used[len(item["couponInfo"]["couponList"]), bool(best)] += 1

    assert used[2, True] > 10
    assert used[1, False] > 10


def test_jd_tells_of_a_presale_whether_the_deposit_swells(answers):
    presales = [item["preSaleInfo"] for item in answers["jd"] if item["preSaleInfo"]]

    assert {info["discountType"] for info in presales} == {0, 1}
    for info in presales:
        assert ("depositWorth" in info) is (info["discountType"] == 1)
        assert info["earnest"] < info.get("depositWorth", 1e9)


def test_pinduoduo_says_zero_where_there_is_nothing(answers):
    names = (
        *(
            "coupon_discount",
            "extra_coupon_amount",
            "mall_coupon_discount_pct",
            "mall_coupon_max_discount_amount",
        ),
        *("clt_cpn_discount", "clt_cpn_min_amt", "clt_cpn_start_time", "clt_cpn_end_time"),
    )
    for name in names:
        values = [item[name] for item in answers["pinduoduo"]]
        assert {type(value) for value in values} == {int}
        assert {value > 0 for value in values} == {True, False}


def test_jds_labels_come_only_when_asked_for(full_world):
    jd = callers(full_world)["jd"]
    plain = jd.every("手机", fields="stockState")

    assert not any("promotionLabelInfoList" in item for item in plain)
    assert any(item["promotionLabelInfoList"] for item in jd.every("手机"))


# ── a function of offer and hour ───────────────────────────────────────────────────────────────────


def test_terms_are_a_function_of_offer_and_hour(offers):
    some = offers[::7]
    here = [quote(offer, QUIET) for offer in some]
    [quote(offer, SALE) for offer in some]

    assert [quoted(offer, moment(QUIET.hour)) for offer in reversed(some)] == here[::-1]
    assert [quote(offer, QUIET) for offer in some] == here


def test_offers_of_two_worlds_with_the_same_key_keep_their_own_terms(offers):
    other = built(7, 110, 700).offers
    shared = {offer.key: offer for offer in offers}.keys() & {offer.key for offer in other}
    pairs = [
        (a, b) for a in offers for b in other if a.key == b.key and a.key in shared and a.tariff != b.tariff
    ]

    assert pairs
    for one, two in pairs:
        assert (quote(one, QUIET), quote(two, QUIET), quote(one, QUIET)) == (
            quoted(one, QUIET), quoted(two, QUIET), quoted(one, QUIET),
        )  # fmt: skip


def test_promotions_come_and_go_at_the_full_hour_of_their_window(offers):
    changed = 0
    for offer in offers[::9]:
        before, after = (quoted(offer, moment(QUIET.hour + ahead)) for ahead in (0, 24 * 10))
        changed += [p.id for p in before.promotions] != [p.id for p in after.promotions]

    assert changed / len(offers[::9]) > 0.2


# ── words ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fen", "words"), [(3000, "30"), (50, "0.5"), (1288, "12.88"), (805, "8.05"), (10, "0.1")]
)
def test_yuan_as_promotions_write_them(fen, words):
    assert text(fen) == words


@pytest.mark.parametrize(("pay_bp", "words"), [(8000, "8"), (8500, "8.5"), (9880, "9.88"), (500, "0.5")])
def test_discounts_as_promotions_write_them(pay_bp, words):
    assert discount(pay_bp) == words


def test_amounts_and_thresholds_are_those_that_sellers_choose():
    assert [nice(fen) for fen in (12_345, 3999, 1234, 345, 149, 57, 3)] == [
        12_000,
        3500,
        1200,
        300,
        100,
        50,
        10,
    ]
    assert [threshold(fen) for fen in (512_345, 123_456, 29_950, 30_450, 5870, 40)] == [
        509_900, 120_000, 28_900, 30_000, 5800, 100,
    ]  # fmt: skip


def test_all_words_can_be_read(quotes):
    _, terms = quotes
    for _, offered in terms:
        for promotion in offered.promotions:
            if promotion.mandatory:
                found = reading.said(promotion.words, promotion.entry)
                place = int(promotion.id.partition(".")[2] or 1) - 1
                names = (
                    "off",
                    "pay_bp",
                    "threshold_fen",
                    "threshold_qty",
                    "n",
                    "buy",
                    "get",
                    "repeat",
                    "cap",
                )
                assert [getattr(found[place], n) for n in names] == [getattr(promotion, n) for n in names]
