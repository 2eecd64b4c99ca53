"""Taobao's own: two shapes, three signatures, coupons, caps, traps."""

from __future__ import annotations

import hmac
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from tests.marketplaces.support import CAMPAIGN, callers, practice, wrapped

UPGRADE = "taobao.tbk.dg.material.optional.upgrade"
FLAT = "taobao.tbk.dg.material.optional"
DETAIL = "taobao.tbk.item.info.get"


@pytest.fixture(scope="module")
def taobao(full_world):
    return callers(full_world)["taobao"]


def price(item):
    return Decimal(item["price_promotion_info"]["zk_final_price"])


@pytest.mark.parametrize(("method", "digest"), [("hmac", "md5"), ("hmac-sha256", "sha256")])
def test_the_hmac_methods_are_accepted(taobao, method, digest):
    given = taobao.parameters(UPGRADE, q="耳机", adzone_id=taobao.credentials["adzone_id"]) | {
        "sign_method": method
    }
    del given["sign"]
    text = "".join(key + given[key] for key in sorted(given)).encode()
    given["sign"] = hmac.new(taobao.credentials["app_secret"].encode(), text, digest).hexdigest().upper()

    assert "error_response" not in taobao.send(given).json()


def test_simplify_takes_the_wrapper_and_every_one_key_list_away(taobao):
    full = taobao.call(q="空调", page_size=3)[f"{UPGRADE.removeprefix('taobao.').replace('.', '_')}_response"]
    short = taobao.call(q="空调", page_size=3, simplify="true")

    assert set(short) == {"result_list", "total_results", "request_id"}
    assert short["total_results"] == full["total_results"]
    for item, same in zip(full["result_list"]["map_data"], short["result_list"], strict=True):
        steps = item["price_promotion_info"]["final_promotion_path_list"]["final_promotion_path_map_data"]
        assert same["price_promotion_info"]["final_promotion_path_list"] == steps
        assert same["item_basic_info"]["small_images"] == item["item_basic_info"]["small_images"]["string"]


def test_without_a_format_the_answer_is_xml(taobao):
    given = taobao.parameters(UPGRADE, q="空调", adzone_id=taobao.credentials["adzone_id"], page_size=2)
    plain = {key: value for key, value in given.items() if key not in ("format", "sign")}
    plain["sign"] = wrapped(plain, taobao.credentials["app_secret"])

    root = ET.fromstring(taobao.send(plain).body)  # noqa: S314 - our own bytes
    error = ET.fromstring(taobao.send(plain | {"sign": "x"}).body)  # noqa: S314

    assert root.tag == "tbk_dg_material_optional_upgrade_response"
    assert len(root.findall("result_list/map_data")) == 2
    assert re.fullmatch(
        r"\d+\.\d\d", root.findtext("result_list/map_data/price_promotion_info/zk_final_price")
    )
    assert (error.tag, error.findtext("code")) == ("error_response", "25")


def test_a_page_holds_at_most_a_hundred(taobao):
    assert len(taobao.page("手机", page_size=100)[0]) == 100
    assert taobao.call(q="手机", page_size=101)["error_response"]["code"] == 41


def test_pages_follow_each_other_without_gap_or_overlap(taobao):
    whole, total = taobao.page("手机", page_size=100)
    parts = [item for number in range(1, 6) for item in taobao.page("手机", number, page_size=20)[0]]

    assert [item["item_id"] for item in parts] == [item["item_id"] for item in whole]
    assert taobao.page("手机", total // 100 + 2)[0] == []


def test_a_missing_adzone_is_a_missing_argument(taobao):
    error = taobao.call(q="手机", adzone_id=None)["error_response"]

    assert (error["code"], error["msg"]) == (40, "Missing required arguments:adzone_id")
    assert taobao.call(q="手机", adzone_id="1")["error_response"]["code"] == 41


def test_steps_from_the_asked_to_the_final_price_add_up():
    campaign = callers(practice(now=CAMPAIGN, products=600, offers=5000))["taobao"]
    with_steps = 0
    for item in campaign.every("手机") + campaign.every("白酒"):
        info = item["price_promotion_info"]
        steps = info["final_promotion_path_list"]["final_promotion_path_map_data"]
        assert price(item) - sum(Decimal(step["promotion_fee"]) for step in steps) == Decimal(
            info["final_promotion_price"]
        )
        assert Decimal(info["reserve_price"]) >= price(item)
        with_steps += len(steps) > 1

    assert with_steps > 0


def test_about_a_quarter_of_the_offers_have_a_public_coupon(taobao, full_world):
    items = [item for keyword in full_world.world.keywords for item in taobao.every(keyword)]
    steps = [
        item["price_promotion_info"]["final_promotion_path_list"]["final_promotion_path_map_data"]
        for item in items
    ]

    share = sum(any(step["promotion_title"] == "商品券" for step in path) for path in steps) / len(items)

    assert 0.2 < share < 0.3


def test_the_coupon_keys_of_the_flat_item_are_absent_without_a_coupon_not_zero(taobao):
    answer = taobao.call(FLAT, q="手机", page_size=100)["tbk_dg_material_optional_response"]
    items = answer["result_list"]["map_data"]
    keys = {"coupon_id", "coupon_info", "coupon_amount", "coupon_start_fee"}

    assert {len(keys & set(item)) for item in items} == {0, 4}
    for item in items:
        if "coupon_id" in item:
            words = re.fullmatch(r"满(\d+)元减(\d+)元", item["coupon_info"])
            assert words.groups() == (item["coupon_start_fee"], item["coupon_amount"])
            assert Decimal(item["zk_final_price"]) >= Decimal(item["coupon_start_fee"])


def test_both_versions_of_the_search_ask_the_same_price(taobao):
    new = {item["item_id"]: item["price_promotion_info"]["zk_final_price"] for item in taobao.page("电视")[0]}
    old = taobao.call(FLAT, q="电视", page_size=100)["tbk_dg_material_optional_response"]["result_list"][
        "map_data"
    ]

    assert {item["item_id"]: item["zk_final_price"] for item in old} == new


def test_details_come_by_id_up_to_forty(taobao):
    ids = [item["item_id"] for item in taobao.page("手机", page_size=41)[0]]

    found = taobao.call(DETAIL, num_iids=",".join(ids[:40]))["tbk_item_info_get_response"]["results"][
        "n_tbk_item"
    ]

    assert [item["num_iid"] for item in found] == ids[:40]
    assert taobao.call(DETAIL, num_iids=",".join(ids))["error_response"]["code"] == 41
    assert taobao.call(DETAIL)["error_response"]["code"] == 40


def test_images_and_links_are_protocol_relative(taobao):
    for item in taobao.page("精华")[0]:
        assert item["item_basic_info"]["pict_url"].startswith("//img.taobao.example/")
        assert item["publish_info"]["click_url"].startswith("//item.taobao.example/")


def test_prices_are_yuan_strings_with_two_decimals(taobao):
    for item in taobao.page("咖啡")[0]:
        for key in ("zk_final_price", "reserve_price", "final_promotion_price"):
            assert re.fullmatch(r"\d+\.\d\d", item["price_promotion_info"][key])


@pytest.mark.parametrize(
    ("sort", "key", "is_reverse"),
    [
        ("price_asc", price, False),
        ("price_des", price, True),
        ("total_sales_des", lambda item: item["item_basic_info"]["volume"], True),
        (
            "final_promotion_price_asc",
            lambda item: Decimal(item["price_promotion_info"]["final_promotion_price"]),
            False,
        ),
    ],
)
def test_sorts_do_what_they_are_called(taobao, sort, key, is_reverse):
    values = [key(item) for item in taobao.page("手机", sort=sort)[0]]

    assert values == sorted(values, reverse=is_reverse)
    assert values[0] != values[-1]
    assert taobao.call(q="手机", sort="cheapest")["error_response"]["code"] == 41


def test_filters_keep_what_they_are_called(taobao):
    between = taobao.every("手机", start_price=3000, end_price=4000)
    with_coupon = taobao.every("手机", has_coupon="true")
    tmall = taobao.every("手机", is_tmall="true")
    everything = taobao.every("手机")

    assert between
    assert {item["item_id"] for item in between} == {
        i["item_id"] for i in everything if 3000 <= price(i) <= 4000
    }
    assert all(item["publish_info"].get("coupon_share_url") for item in with_coupon)
    assert {item["item_basic_info"]["user_type"] for item in tmall} == {1}
    assert len(tmall) < len(everything)
    assert taobao.call(q="手机", start_price="cheap")["error_response"]["code"] == 41


def test_an_exact_title_that_leaves_one_product_comes_without_id_and_links(taobao):
    title = taobao.page("iPhone 15 128G")[0][0]["item_basic_info"]["title"]

    exact = taobao.page(title)[0]

    assert exact[0]["item_basic_info"]["title"] == title
    assert all("item_id" not in item and "click_url" not in item["publish_info"] for item in exact)


def test_a_pasted_product_address_is_refused(taobao):
    error = taobao.call(q="https://item.taobao.example/item.htm?id=1")["error_response"]

    assert (error["code"], error["sub_code"]) == (41, "isv.invalid-parameter:q")


def test_a_search_for_nothing_is_a_missing_argument(taobao):
    assert taobao.call(q="")["error_response"]["msg"] == "Missing required arguments:q"


def test_a_search_without_hits_is_an_empty_list(taobao):
    assert taobao.page("zzzz qqqq") == ([], 0)


def test_postage_is_told_for_nine_in_ten(taobao):
    items = taobao.every("手机")
    told = [item["item_basic_info"].get("real_post_fee") for item in items]

    assert 0.85 < sum(fee is not None for fee in told) / len(told) < 0.95
    assert "0.00" in told
    assert any(fee not in (None, "0.00") for fee in told)
