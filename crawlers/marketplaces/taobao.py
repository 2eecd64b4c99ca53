"""淘宝 Taobao and Tmall, through the affiliate material search of TOP: yuan as text, 100 items a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind
from catalog.promotion import Base, Stage
from crawlers.fields import always, computed, seller_type_of_shop_name, text, texts, url, yuan
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.offer_map import OfferMap
from crawlers.promotion_map import (
    SHOP_COUPON,
    PromotionMap,
    Standing,
    china_times,
    deposit_gain,
    milliseconds,
    one_of,
    promotion_words,
    tagged,
)
from crawlers.protocol import top

API: Final = "taobao.tbk.dg.material.optional.upgrade"
PAGE_SIZE: Final = 100

COUPON: Final = Standing(name="coupon", stage=Stage.SHOP, group=SHOP_COUPON, action="claim")
REDUCED: Final = Standing(name="shop", stage=Stage.SHOP, is_mandatory=True)
TITLES: Final = {
    "官方立减": Standing(name="official", stage=Stage.UNIT, is_mandatory=True),
    "商品券": COUPON, "店铺券": COUPON,
    "店铺满减": REDUCED, "店铺满折": REDUCED, "第2件半价": REDUCED, "买赠": REDUCED,
    "跨店满减": Standing(name="cross_shop", stage=Stage.PLATFORM, is_mandatory=True),
    "品类券": Standing(name="category", stage=Stage.PLATFORM, action="claim"),
}  # fmt: skip
"""``promotion_title``."""


def _listed(path: str) -> PromotionMap:
    """The promotions of one list: those in the marketplace's own final price, or those beside it."""
    return PromotionMap(
        each=f"price_promotion_info.{path}", id=text("promotion_id"), standing=one_of("promotion_title", TITLES),
        rules=promotion_words("promotion_desc").required,
        during=china_times("promotion_start_time", "promotion_end_time"),
    )  # fmt: skip


def _of_remainder(name: str, condition: str, words: str = "") -> Standing:
    """A share of what remains at that point, for those who fulfil the condition."""
    return Standing(name=name, stage=Stage.PLATFORM, base=Base.RUNNING, needs=(condition,), words=words)


TAGS: Final = "price_promotion_info.promotion_tag_list"
PROMOTIONS: Final = (
    PromotionMap(
        each="presale_info", deposit=yuan("presale_deposit"), gain=deposit_gain("presale_discount_fee_text"),
        during=milliseconds("presale_start_time", "presale_end_time"),
        standing=Standing(name="presale", stage=Stage.UNIT, needs=("preorder",)),
    ),
    _listed("final_promotion_path_list"),
    _listed("more_promotion_list"),
    PromotionMap(
        each=TAGS, rules=promotion_words("tag_name"),
        standing=tagged("tag_name", "淘金币", _of_remainder("points", "points")),
    ),
    PromotionMap(
        each=TAGS, pay_bp=always(9500),
        standing=tagged("tag_name", "88VIP", _of_remainder("88vip", "member:88vip", "88VIP ")),
    ),
)  # fmt: skip


def _seller_type(info: Mapping[str, Any]) -> SellerType:
    """Shop names are registered on Tmall (user type 1) only."""
    name = info.get("shop_title")
    is_tmall = info.get("user_type") == 1 and isinstance(name, str)
    return seller_type_of_shop_name(str(name)) if is_tmall else SellerType.ORDINARY


def _call(call: Call) -> HttpRequest:
    business = {
        "q": call.keyword,
        "page_no": str(call.page),
        "page_size": str(PAGE_SIZE),
        "adzone_id": call.access.credentials["adzone_id"],
        "material_id": "80309",  # the plain pool; 17004 would be a personalised one
        "biz_scene_id": "2",  # the price-comparison scene: what this service is, said openly
    }
    return top.request(call.access, API, business, call.now)


def _open(body: bytes) -> Hits:
    answer = top.open_envelope(body, API)
    return Hits(top.unwrap_list(answer.get("result_list")), answer.get("total_results"))


SOURCE: Final = KeywordSearch(
    marketplace=Marketplace("taobao", "淘宝", "CNY", "zh-CN", SourceKind.API, needs_keywords=True),
    default_base_url="https://eco.taobao.com/router/rest",
    credential_names=top.CREDENTIALS,
    page_size=PAGE_SIZE,
    call=_call,
    open=_open,
    offers=OfferMap(
        item_id=text("item_id").required,
        title=text("item_basic_info.title").required,
        url=url("publish_info.click_url").required,
        price=yuan("price_promotion_info.zk_final_price").required,
        list_price=yuan("price_promotion_info.reserve_price"),
        claimed=yuan("price_promotion_info.final_promotion_price"),
        shipping=yuan("item_basic_info.real_post_fee"),
        promotions=PROMOTIONS,
        brand=text("item_basic_info.brand_name"),
        category=computed("item_basic_info.category_name", texts),
        image_url=url("item_basic_info.pict_url"),
        seller_id=text("item_basic_info.seller_id"),
        seller_name=text("item_basic_info.shop_title"),
        seller_type=computed("item_basic_info", _seller_type),
    ),
)
