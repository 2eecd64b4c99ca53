"""淘宝 Taobao and Tmall, through the affiliate material search of TOP: yuan as text, 100 items a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind
from crawlers.fields import OfferMap, computed, seller_type_of_shop_name, text, texts, url, yuan
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.protocol import top

API: Final = "taobao.tbk.dg.material.optional.upgrade"
PAGE_SIZE: Final = 100


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
        brand=text("item_basic_info.brand_name"),
        category=computed("item_basic_info.category_name", texts),
        image_url=url("item_basic_info.pict_url"),
        seller_id=text("item_basic_info.seller_id"),
        seller_name=text("item_basic_info.shop_title"),
        seller_type=computed("item_basic_info", _seller_type),
    ),
)
