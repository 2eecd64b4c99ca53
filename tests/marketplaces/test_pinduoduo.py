"""Pinduoduo's own: fen, list ids, zero coupons, fuzzy sales, judged comparisons."""

from __future__ import annotations

import json
import re

import pytest

from tests.marketplaces.support import callers, control, practice

DETAIL = "pdd.ddk.goods.detail"
LINK = "pdd.ddk.goods.promotion.url.generate"


@pytest.fixture(scope="module")
def pdd(full_world):
    return callers(full_world)["pinduoduo"]


def error_code(body):
    return body["error_response"]["error_code"]


def test_a_page_holds_at_most_a_hundred_and_by_default_as_many(pdd):
    assert len(pdd.call(keyword="手机")["goods_search_response"]["goods_list"]) == 100
    assert error_code(pdd.call(keyword="手机", page_size=101)) == 21001


def test_a_missing_position_is_a_missing_parameter_and_a_foreign_one_forbidden(pdd):
    assert error_code(pdd.call(keyword="手机", pid=None)) == 21002
    assert error_code(pdd.call(keyword="手机", pid="1_1")) == 20031


@pytest.mark.parametrize("custom", ["uid=1", '{"user":"1"}', json.dumps({"uid": "x" * 64})])
def test_custom_parameters_are_json_with_a_uid_in_64_bytes(pdd, custom):
    assert error_code(pdd.call(keyword="手机", custom_parameters=custom)) == 21001


def test_prices_are_fen_and_the_single_price_is_above_the_group_price(pdd):
    for item in pdd.every("手机"):
        assert isinstance(item["min_group_price"], int)
        assert item["min_group_price"] < item["min_normal_price"]


def test_the_coupon_keys_are_zero_without_a_coupon_not_absent(pdd):
    seen = set()
    for item in pdd.every("手机"):
        seen.add(item["has_coupon"])
        assert (item["coupon_discount"] > 0) is item["has_coupon"]
        assert (item["coupon_end_time"] > 0) is item["has_coupon"]
        assert item["coupon_min_order_amount"] <= item["min_group_price"]

    assert seen == {True, False}


def test_sales_are_exact_below_ten_thousand_and_fuzzy_above(pdd, full_world):
    tips = {item["sales_tip"] for keyword in full_world.world.keywords for item in pdd.every(keyword)}

    assert all(
        re.fullmatch(r"\d{1,4}|\d(\.\d)?万\+|10万\+", tip) or re.fullmatch(r"\d+(\.\d)?万\+", tip)
        for tip in tips
    )
    assert any(tip.isdigit() for tip in tips)
    assert any("万+" in tip for tip in tips)


def test_most_goods_promise_free_shipping_and_some_say_nothing(pdd):
    tags = [1 in item["service_tags"] for item in pdd.every("手机")]

    assert 0.8 < sum(tags) / len(tags) < 1


def test_merchant_types_tell_the_shops_apart(pdd, full_world):
    items = [item for keyword in full_world.world.keywords for item in pdd.every(keyword)]

    assert {item["merchant_type"] for item in items} == {1, 2, 3, 4, 5, 6}
    assert all("旗舰店" in item["mall_name"] for item in items if item["merchant_type"] == 3)


def test_a_list_id_keeps_the_order_and_stock_of_its_first_page():
    world = practice(products=600, offers=5000)
    pdd = callers(world)["pinduoduo"]
    names = lambda items: [item["goods_sign"] for item in items]  # noqa: E731
    before = names(pdd.page("手机", 2, page_size=20, sort_type=3)[0])
    pdd.page("手机", 1, page_size=20, sort_type=3)
    list_id = pdd.last_list_id
    control(world, "/clock", method="POST", json_body={"advance_s": 86_400 * 40})

    carried = names(pdd.page("手机", 2, page_size=20, sort_type=3, list_id=list_id)[0])
    fresh = names(pdd.page("手机", 2, page_size=20, sort_type=3)[0])
    foreign = names(pdd.page("手机", 2, page_size=20, sort_type=4, list_id=list_id)[0])

    assert carried == before
    assert fresh != before
    assert foreign != before


@pytest.mark.parametrize(
    ("sort_type", "key", "is_reverse"),
    [
        (3, lambda i: i["min_group_price"], False),
        (4, lambda i: i["min_group_price"], True),
        (8, lambda i: i["coupon_discount"], True),
        (9, lambda i: i["min_group_price"] - i["coupon_discount"], False),
    ],
)
def test_sorts_do_what_they_are_called(pdd, sort_type, key, is_reverse):
    values = [key(item) for item in pdd.page("手机", sort_type=sort_type)[0]]

    assert values == sorted(values, reverse=is_reverse)
    assert values[0] != values[-1]


def test_ranges_are_json_and_in_fen(pdd):
    some = pdd.every("手机", range_list='[{"range_id":0,"range_from":200000,"range_to":300000}]')

    assert some
    assert all(200_000 <= item["min_group_price"] <= 300_000 for item in some)
    assert error_code(pdd.call(keyword="手机", range_list="[")) == 21001
    assert error_code(pdd.call(keyword="手机", range_list='[{"range_id":99}]')) == 21001
    assert error_code(pdd.call(keyword="手机", range_list='[{"range_id":0,"range_from":"a"}]')) == 21001


def test_with_coupon_keeps_only_those(pdd):
    assert all(item["has_coupon"] for item in pdd.every("手机", with_coupon="true"))


def test_an_exact_title_or_a_link_is_judged_to_be_a_comparison(pdd):
    item = pdd.page("iPhone 15")[0][0]
    link = f"https://mobile.pinduoduo.example/goods.html?goods_sign={item['goods_sign']}"

    assert item["predict_promotion_rate"] == item["promotion_rate"] > 0
    assert pdd.page(item["goods_name"])[0][0]["predict_promotion_rate"] == 0
    by_link, total = pdd.page(link)
    assert (total, by_link[0]["goods_sign"], by_link[0]["predict_promotion_rate"]) == (
        1,
        item["goods_sign"],
        0,
    )


def test_the_detail_asks_the_same_price_as_the_search(pdd):
    item = pdd.page("奶粉")[0][0]

    detail = pdd.call(DETAIL, goods_sign=item["goods_sign"])["goods_detail_response"]["goods_details"][0]

    assert detail["min_group_price"] == item["min_group_price"]
    assert detail["goods_gallery_urls"]
    assert error_code(pdd.call(DETAIL)) == 21002


def test_links_come_by_a_method_of_their_own(pdd):
    item = pdd.page("奶粉")[0][0]
    wish = {"goods_sign_list": json.dumps([item["goods_sign"]]), "p_id": pdd.credentials["pid"]}

    links = pdd.call(LINK, **wish)["goods_promotion_url_generate_response"]["goods_promotion_url_list"]

    assert (
        links[0]["mobile_url"]
        == f"https://mobile.pinduoduo.example/goods.html?goods_sign={item['goods_sign']}"
    )
    assert error_code(pdd.call(LINK, goods_sign_list="[]")) == 21002


def test_a_search_for_nothing_is_a_missing_parameter(pdd):
    assert error_code(pdd.call()) == 21002
    assert error_code(pdd.call(keyword="手机", page="first")) == 21001
