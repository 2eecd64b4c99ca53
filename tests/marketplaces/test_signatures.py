"""The signature vectors of the protocol samples, on the server's side."""

from __future__ import annotations

import pytest

from marketplaces.shops import signature

TOP = {
    "method": "taobao.tbk.dg.material.optional.upgrade",
    "app_key": "12345678",
    "timestamp": "2026-11-22 10:00:00",
    "format": "json",
    "v": "2.0",
    "simplify": "false",
    "q": "青竹 机械键盘 87键",
    "adzone_id": "110000001",
    "page_no": "1",
    "page_size": "20",
    "sort": "price_asc",
    "has_coupon": "true",
    "start_price": "100",
    "end_price": "300",
    "material_id": "80309",
    "biz_scene_id": "2",
}
TOP_SECRET = "topsecret_0f3a9c"
TOP_SIGNS = {
    "md5": "2518ECDFDD1024121599B6A3E8D38D5D",
    "hmac": "289AD0D62057D062FB698B36BC206C9E",
    "hmac-sha256": "1140D9CE9992F1ECFB8C1ECA623F49485F5BA18ADF67D298C98BAD841F3501DE",
}
JD = {
    "method": "jd.union.open.goods.query",
    "app_key": "jdkey_demo_1",
    "timestamp": "2026-11-22 10:00:00",
    "format": "json",
    "v": "1.0",
    "sign_method": "md5",
    "360buy_param_json": (
        '{"goodsReqDTO":{"keyword":"青竹 机械键盘 87键","pageIndex":1,"pageSize":20,"pricefrom":100,"priceto":300,'
        '"sortName":"price","sort":"asc","isCoupon":1,"fields":"stockState,skuLabelInfo,promotionLabelInfo",'
        '"area":"1-2802-54745"}}'
    ),
}
POP = {
    "type": "pdd.ddk.goods.search",
    "client_id": "pdd_client_demo_1",
    "timestamp": "1795312800",
    "data_type": "JSON",
    "version": "V1",
    "keyword": "青竹 机械键盘 87键",
    "page": "1",
    "page_size": "20",
    "sort_type": "9",
    "with_coupon": "true",
    "range_list": '[{"range_id":1,"range_from":10000,"range_to":30000}]',
    "pid": "8000001_270000001",
    "custom_parameters": '{"uid":"u1"}',
}


@pytest.mark.parametrize("method", TOP_SIGNS)
def test_top_signs_like_the_published_vectors(method):
    assert signature.TOP_METHODS[method](TOP | {"sign_method": method}, TOP_SECRET) == TOP_SIGNS[method]


def test_jos_signs_the_parameter_json_as_the_exact_string():
    assert signature.wrapped_md5(JD, "jdsecret_51b0") == "9B925C18D9BB8E4F9312D5A6880A9988"


def test_pop_signs_like_the_published_vector():
    assert signature.wrapped_md5(POP, "pddsecret_77aa") == "BD8B9D9264FDA248B8E6C0C6F54955AF"


def test_the_sign_itself_is_not_signed():
    assert (
        signature.wrapped_md5(POP | {"sign": "anything"}, "pddsecret_77aa")
        == "BD8B9D9264FDA248B8E6C0C6F54955AF"
    )


def test_keys_sort_by_bytes_so_capitals_come_before_underscores_and_small_letters():
    expected = signature.hashlib.md5(b"saA1a_2aa3s").hexdigest().upper()

    assert signature.wrapped_md5({"aa": "3", "a_": "2", "aA": "1"}, "s") == expected


def test_empty_values_may_be_signed_or_left_out():
    given = {"app_key": "1", "q": "", "v": "2.0"}
    with_empty = signature.wrapped_md5(given, "secret")
    without = signature.wrapped_md5({"app_key": "1", "v": "2.0"}, "secret")

    assert with_empty != without
    assert signature.is_signed(given | {"sign": with_empty}, "secret")
    assert signature.is_signed(given | {"sign": without}, "secret")


def test_a_changed_value_breaks_the_signature():
    signed = POP | {"sign": "BD8B9D9264FDA248B8E6C0C6F54955AF"}

    assert signature.is_signed(signed, "pddsecret_77aa")
    assert not signature.is_signed(signed | {"page": "2"}, "pddsecret_77aa")
    assert not signature.is_signed(signed, "pddsecret_77ab")
