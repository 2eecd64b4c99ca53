"""京东 JD, through the affiliate goods query of JOS: yuan as JSON numbers, 30 items a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind, Stock
from catalog.money import Money
from crawlers.fields import (
    MISSING,
    OfferMap,
    choice,
    computed,
    dig,
    major_units,
    seller_type_of_shop_name,
    text,
    url,
    yuan,
)
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.protocol import jos

API: Final = "jd.union.open.goods.query"
PAGE_SIZE: Final = 30
FLASH, PRESALE = 3, 4


def _seller_type(item: Mapping[str, Any]) -> SellerType:
    """``owner`` g is JD itself; other shops' names are registered."""
    name = dig(item, "shopInfo.shopName")
    if item.get("owner") == "g":
        return SellerType.SELF_OPERATED
    return seller_type_of_shop_name(name) if isinstance(name, str) else SellerType.UNKNOWN


def _list_price(info: Any) -> Money | None:
    """Struck through beside a flash price only; beside a group price it is what one pays alone."""
    if dig(info, "lowestPriceType") != FLASH or dig(info, "price") is MISSING:
        return None
    return major_units(info["price"], "CNY")


def _category(info: Any) -> list[str]:
    names = [dig(info, key) for key in ("cid1Name", "cid2Name", "cid3Name")]
    return [name for name in names if isinstance(name, str) and name]


def _first_image(images: Any) -> str | None:
    address = dig(images[0], "url") if isinstance(images, list) and images else None
    return address if isinstance(address, str) else None


def _call(call: Call) -> HttpRequest:
    query = {"keyword": call.keyword, "pageIndex": call.page, "pageSize": PAGE_SIZE}
    return jos.request(call.access, API, {"goodsReqDTO": query}, call.now)


def _open(body: bytes) -> Hits:
    answer = jos.open_envelope(body, API)
    if answer["code"] in (jos.NOTHING_FOUND, jos.PAGE_LIMIT):
        return Hits([], 0)
    return Hits(answer.get("data"), answer.get("totalCount"))


SOURCE: Final = KeywordSearch(
    marketplace=Marketplace("jd", "京东", "CNY", "zh-CN", SourceKind.API, needs_keywords=True),
    default_base_url="https://api.jd.com/routerjson",
    credential_names=jos.CREDENTIALS,
    page_size=PAGE_SIZE,
    call=_call,
    open=_open,
    offers=OfferMap(
        item_id=text("skuId").required,
        title=text("skuName").required,
        url=url("materialUrl").required,
        price=yuan("priceInfo.lowestPrice").required,
        list_price=computed("priceInfo", _list_price),
        claimed=yuan("priceInfo.lowestCouponPrice"),
        brand=text("brandName"),
        category=computed("categoryInfo", _category),
        image_url=computed("imageInfo.imageList", _first_image),
        seller_id=text("shopInfo.shopId"),
        seller_name=text("shopInfo.shopName"),
        seller_type=computed("", _seller_type),
        # stockState is "not for consumer use" by JD's own terms, so only a presale is told.
        stock=choice("priceInfo.lowestPriceType", {PRESALE: Stock.PREORDER}, other=Stock.UNKNOWN),
    ),
)
