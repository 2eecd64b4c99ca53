"""JD's own: the misspelt wrapper, a document in a string, business codes, numbers in yuan."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from marketplaces.shops.jd import capped
from tests.marketplaces.support import callers, wrapped

QUERY = "jd.union.open.goods.query"
PROMOTION = "jd.union.open.goods.promotiongoodsinfo.query"


@pytest.fixture(scope="module")
def jd(full_world):
    return callers(full_world)["jd"]


@pytest.fixture(scope="module")
def phones(jd):
    """Every phone, with the extra blocks asked for."""
    return jd.every("手机")


def coupon_price(item):
    return Decimal(str(item["priceInfo"]["lowestCouponPrice"]))


def test_the_wrapper_is_spelt_with_a_c_and_holds_json_in_a_string(jd):
    body = jd.send(jd.parameters(QUERY, {"goodsReqDTO": {"keyword": "手机"}})).json()

    assert list(body) == ["jd_union_open_goods_query_responce"]
    inner = body["jd_union_open_goods_query_responce"]
    assert inner["code"] == "0"
    assert isinstance(inner["queryResult"], str)
    assert json.loads(inner["queryResult"])["code"] == 200


def test_the_parameter_json_is_signed_as_the_exact_string(jd):
    spaced = jd.parameters(QUERY, {"goodsReqDTO": {"keyword": "手机"}})
    tight = spaced | {"360buy_param_json": spaced["360buy_param_json"].replace(": ", ":")}

    assert "error_response" not in jd.send(spaced).json()
    assert jd.send(tight).json()["error_response"]["code"] == "12"


def test_the_older_gateway_takes_param_json(full_world):
    old = callers(full_world)["jd"]
    old.path = "/api"
    given = old.parameters(
        QUERY, {"goodsReqDTO": {"keyword": "手机"}}, param_json='{"goodsReqDTO":{"keyword":"手机"}}'
    )
    plain = {key: value for key, value in given.items() if key not in ("360buy_param_json", "sign")}
    plain["sign"] = wrapped(plain, old.credentials["app_secret"])

    assert "jd_union_open_goods_query_responce" in old.send(plain).json()


def test_a_page_holds_at_most_thirty(jd):
    assert len(jd.page("手机")[0]) == 30
    assert jd.call(keyword="手机", pageSize=31)["code"] == 401
    assert len(jd.call(keyword="手机")["data"]) == 20


def test_pages_beyond_the_limit_are_202_and_past_the_end_201(jd):
    assert jd.call(keyword="手机", pageIndex=101)["code"] == 202
    past = jd.call(keyword="手机", pageIndex=100)
    assert (past["code"], "data" in past) == (201, False)


def test_nothing_found_is_201(jd):
    result = jd.call(keyword="zzzz qqqq")

    assert (result["code"], result["message"]) == (201, "未查询到满足条件的商品")


def test_the_total_is_never_told_above_a_hundred_thousand(jd, phones):
    assert capped(123_456) == 100_000
    assert capped(99_999) == 99_999
    assert jd.page("手机")[1] == len(phones)


def test_a_query_for_nothing_or_no_json_is_401(jd):
    assert jd.call()["code"] == 401
    broken = jd.parameters(QUERY, {}, **{"360buy_param_json": "{"})
    wrapper = jd.send(broken).json()["jd_union_open_goods_query_responce"]
    assert json.loads(wrapper["queryResult"])["code"] == 401


def test_ids_go_beyond_what_a_float_can_hold(phones):
    ids = [item["skuId"] for item in phones]

    assert any(sku > 2**53 for sku in ids)
    assert any(int(float(sku)) != sku for sku in ids)
    assert len(set(ids)) == len(ids)


def test_prices_are_json_numbers_of_yuan(jd):
    for item in jd.page("手机")[0]:
        for key in ("price", "lowestPrice", "lowestCouponPrice"):
            assert isinstance(item["priceInfo"][key], int | float)
        assert 30 < item["priceInfo"]["lowestPrice"] < 20_000


def test_the_coupon_price_is_the_lowest_price_less_the_best_coupon(phones):
    seen = set()
    for item in phones:
        info = item["priceInfo"]
        best = [
            c for c in item["couponInfo"]["couponList"] if c["isBest"] and c["quota"] <= info["lowestPrice"]
        ]
        off = Decimal(str(best[0]["discount"])) if best else Decimal(0)
        assert coupon_price(item) == max(Decimal("0.01"), Decimal(str(info["lowestPrice"])) - off)
        seen.add(bool(best))

    assert seen == {True, False}


def test_blocks_with_nothing_to_say_are_empty_objects(phones):
    for kind, block in ((2, "pinGouInfo"), (3, "seckillInfo"), (4, "preSaleInfo")):
        told = {bool(item[block]): item["priceInfo"]["lowestPriceType"] == kind for item in phones}
        assert told == {True: True, False: False}
    assert all("couponList" in item["couponInfo"] for item in phones)


def test_a_group_price_says_so_and_is_below_the_single_price(phones):
    groups = [item for item in phones if item["priceInfo"]["lowestPriceType"] == 2]

    assert groups
    for item in groups:
        assert (
            item["pinGouInfo"]["pingouPrice"] == item["priceInfo"]["lowestPrice"] < item["priceInfo"]["price"]
        )


def test_extra_blocks_come_only_when_asked_for(jd):
    bare = jd.call(keyword="手机")["data"][0]
    full = jd.call(keyword="手机", fields="stockState,skuLabelInfo,promotionLabelInfo")["data"][0]

    assert {"stockState", "skuLabelInfo", "promotionLabelInfoList"} & set(bare) == set()
    assert {"stockState", "skuLabelInfo", "promotionLabelInfoList"} <= set(full)


def test_the_label_id_keeps_its_misspelling(phones):
    labels = [label for item in phones for label in item["promotionLabelInfoList"]]

    assert labels
    assert all("promotionLableId" in label and "promotionLabelId" not in label for label in labels)


def test_links_have_no_scheme(jd):
    assert all(item["materialUrl"].startswith("item.jd.example/") for item in jd.page("手机")[0])


def test_every_colour_is_a_sku_of_its_own_under_one_spu(jd, phones):
    spus = {}
    for item in phones:
        spus.setdefault(item["spuid"], []).append(item["skuId"])

    assert any(len(skus) > 1 for skus in spus.values())
    spu, skus = next((s, k) for s, k in spus.items() if len(k) > 1)
    assert sorted(item["skuId"] for item in jd.call(spuId=spu)["data"]) == sorted(skus)


def test_the_owner_tells_self_operated_from_the_platform(jd):
    own = jd.every("手机", owner="g")
    shops = jd.every("手机", owner="p")

    assert own
    assert shops
    assert all("自营" in item["shopInfo"]["shopName"] for item in own)
    assert not any("自营" in item["shopInfo"]["shopName"] for item in shops)


def test_brands_and_categories_are_named_as_jd_names_them(jd):
    phone = next(item for item in jd.page("iPhone 15")[0] if "iPhone" in item["skuName"])

    assert phone["brandName"] == "苹果（APPLE）"
    assert phone["categoryInfo"]["cid3Name"] == "手机"


def test_prices_for_members_stay_apart(phones):
    members = [second for item in phones for second in item["secondPriceInfoList"]]

    assert {second["secondPriceType"] for second in members} == {2, 18}


@pytest.mark.parametrize(("sort", "is_reverse"), [("asc", False), ("desc", True), (None, True)])
def test_the_price_sort_is_by_the_coupon_price_and_descends_unless_told(jd, sort, is_reverse):
    more = {"sort": sort} if sort else {}
    prices = [coupon_price(item) for item in jd.page("手机", sortName="price", **more)[0]]

    assert prices == sorted(prices, reverse=is_reverse)


def test_filters_keep_what_they_are_called(jd):
    assert all(
        3000 <= coupon_price(i) <= Decimal("4000.5") for i in jd.every("手机", pricefrom=3000, priceto=4000.5)
    )
    assert all(item["couponInfo"]["couponList"] for item in jd.every("手机", isCoupon=1))
    assert all(item["priceInfo"]["lowestPriceType"] == 2 for item in jd.every("手机", isPG=1))


def test_goods_come_by_id_up_to_twenty(jd):
    ids = [item["skuId"] for item in jd.page("手机", pageSize=21)[0]]

    assert [item["skuId"] for item in jd.call(skuIds=ids[:20])["data"]] == ids[:20]
    assert jd.call(skuIds=ids)["code"] == 401


def test_only_the_detail_method_tells_about_shipping(jd):
    items = jd.page("手机")[0]
    details = jd.call(PROMOTION, skuIds=",".join(str(item["skuId"]) for item in items))["data"]

    assert {detail["isFreeShipping"] for detail in details} >= {0, 1}
    assert not any("isFreeShipping" in item for item in items)
    by_id = {item["skuId"]: item["priceInfo"] for item in items}
    for detail in details:
        assert detail["unitPrice"] == by_id[detail["skuId"]]["price"]
