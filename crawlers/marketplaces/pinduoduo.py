"""拼多多 Pinduoduo, through the affiliate goods search of POP: fen as whole numbers, 100 items a page.

The price is that of one who buys alone. The group price is a promotion that anyone can have: strangers join such groups
(domain §1.5). What is not there is zero.
"""

from __future__ import annotations

from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind
from catalog.money import Money
from catalog.promotion import Stage
from crawlers.fields import choice, computed, fen, percent, text, texts, url
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.offer_map import OfferMap
from crawlers.promotion_map import SHOP_COUPON, PromotionMap, Standing, seconds
from crawlers.protocol import pop

API: Final = "pdd.ddk.goods.search"
PAGE_SIZE: Final = 100
FREE_SHIPPING_TAG: Final = 1
SUBSIDY_TAG: Final = 7
"""百亿补贴: its group price cannot be had together with a coupon of the shop."""

SELLERS: Final = {
    1: SellerType.INDIVIDUAL,
    2: SellerType.ORDINARY,
    3: SellerType.BRAND_FLAGSHIP,
    4: SellerType.AUTHORISED,
    5: SellerType.AUTHORISED,
    6: SellerType.ORDINARY,
}
"""``merchant_type``: person, firm, flagship, exclusive, specialised, ordinary."""


def _shipping(tags: Any) -> Money | None:
    """Free where the service tag says so; otherwise the answer says nothing."""
    return Money(0, "CNY") if isinstance(tags, list) and FREE_SHIPPING_TAG in tags else None


def _excluded(tags: Any) -> tuple[str, ...]:
    return (SHOP_COUPON,) if isinstance(tags, list) and SUBSIDY_TAG in tags else ()


def _shop_coupon(name: str, words: str = "", *needs: str) -> Standing:
    return Standing(name=name, stage=Stage.SHOP, group=SHOP_COUPON, action="claim", needs=needs, words=words)


PROMOTIONS: Final = (
    PromotionMap(
        price=fen("min_group_price").unless_zero, excludes=computed("activity_tags", _excluded),
        standing=Standing(name="group", stage=Stage.UNIT, action="open_group", words="拼单价"),
    ),
    PromotionMap(
        off=fen("coupon_discount").unless_zero, threshold=fen("coupon_min_order_amount").unless_zero,
        during=seconds("coupon_start_time", "coupon_end_time"), standing=_shop_coupon("coupon"),
    ),
    PromotionMap(
        pay_bp=percent("mall_coupon_discount_pct").unless_zero, threshold=fen("mall_coupon_min_order_amount").unless_zero,
        cap=fen("mall_coupon_max_discount_amount").unless_zero,
        during=seconds("mall_coupon_start_time", "mall_coupon_end_time"), standing=_shop_coupon("mall"),
    ),
    PromotionMap(
        off=fen("clt_cpn_discount").unless_zero, threshold=fen("clt_cpn_min_amt").unless_zero,
        during=seconds("clt_cpn_start_time", "clt_cpn_end_time"),
        standing=_shop_coupon("follow", "关注店铺", "follow_shop"),
    ),
    PromotionMap(
        off=fen("extra_coupon_amount").unless_zero,
        standing=Standing(name="extra", stage=Stage.PLATFORM, action="claim", words="额外优惠"),
    ),
    PromotionMap(
        each="platform_discount_list", off=fen("coupon_amount").unless_zero,
        threshold=fen("coupon_threshold").unless_zero,
        standing=Standing(name="platform", stage=Stage.PLATFORM, group="platform_discount", action="claim"),
    ),
)  # fmt: skip


def _call(call: Call) -> HttpRequest:
    business = {
        "keyword": call.keyword,
        "page": str(call.page),
        "page_size": str(PAGE_SIZE),
        "list_id": call.carried.get("list_id", ""),
        "pid": call.access.credentials["pid"],
        # A fixed, invented user: the same answer for everybody, and nothing about a searcher is sent.
        "custom_parameters": '{"uid":"bijia"}',
        "use_customized": "false",
    }
    return pop.request(call.access, API, business, call.now)


def _open(body: bytes) -> Hits:
    answer = pop.open_envelope(body, "goods_search_response")
    list_id = answer.get("list_id")
    carry = {"list_id": list_id} if isinstance(list_id, str) else {}
    return Hits(answer.get("goods_list"), answer.get("total_count"), carry)


SOURCE: Final = KeywordSearch(
    marketplace=Marketplace("pinduoduo", "拼多多", "CNY", "zh-CN", SourceKind.API, needs_keywords=True),
    default_base_url="https://gw-api.pinduoduo.com/api/router",
    credential_names=pop.CREDENTIALS,
    page_size=PAGE_SIZE,
    call=_call,
    open=_open,
    offers=OfferMap(
        item_id=text("goods_sign").required,
        title=text("goods_name").required,
        url_template="https://mobile.yangkeduo.com/goods.html?goods_sign={item_id}",
        price=fen("min_normal_price").unless_zero.required,
        promotions=PROMOTIONS,
        shipping=computed("service_tags", _shipping),
        brand=text("brand_name"),
        category=computed("opt_name", texts),
        image_url=url("goods_thumbnail_url"),
        seller_id=text("mall_id"),
        seller_name=text("mall_name"),
        seller_type=choice("merchant_type", SELLERS, other=SellerType.UNKNOWN),
    ),
)
