"""拼多多 Pinduoduo, through the affiliate goods search of POP: fen as whole numbers, 100 items a page.

The price is the group price: strangers join such groups, so anyone can pay it (domain §1.5).
"""

from __future__ import annotations

from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind
from catalog.money import Money
from crawlers.fields import OfferMap, choice, computed, fen, text, texts, url
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.protocol import pop

API: Final = "pdd.ddk.goods.search"
PAGE_SIZE: Final = 100
FREE_SHIPPING_TAG: Final = 1

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
        price=fen("min_group_price").required,
        shipping=computed("service_tags", _shipping),
        brand=text("brand_name"),
        category=computed("opt_name", texts),
        image_url=url("goods_thumbnail_url"),
        seller_id=text("mall_id"),
        seller_name=text("mall_name"),
        seller_type=choice("merchant_type", SELLERS, other=SellerType.UNKNOWN),
    ),
)
