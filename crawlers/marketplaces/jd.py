"""京东 JD, through the affiliate goods query of JOS: yuan as JSON numbers, 30 items a page.

The price is the one for anyone at any time; group, flash, member and newcomer prices are promotions beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from catalog.listing import Marketplace, SellerType, SourceKind, Stock
from catalog.promotion import Stage
from crawlers.fields import choice, computed, dig, seller_type_of_shop_name, text, url, yuan
from crawlers.http import HttpRequest
from crawlers.keyword_search import Call, Hits, KeywordSearch
from crawlers.offer_map import OfferMap
from crawlers.promotion_map import SHOP_COUPON, PromotionMap, Standing, milliseconds, one_of, promotion_words
from crawlers.protocol import jos

API: Final = "jd.union.open.goods.query"
PAGE_SIZE: Final = 30
BLOCKS: Final = "promotionLabelInfo"
"""What is only told to those who ask."""
PRESALE = 4

_PLATFORM: Final = Standing(name="coupon", stage=Stage.PLATFORM, group="jd_platform_coupon", action="claim")
_SHOP: Final = Standing(name="coupon", stage=Stage.SHOP, group=SHOP_COUPON, action="claim")
COUPONS: Final = {0: _PLATFORM, 1: _PLATFORM, 2: _SHOP, 3: _SHOP}
"""``bindType``: all goods, self-operated categories; a shop, goods of a shop."""

_REDUCED: Final = Standing(name="label", stage=Stage.SHOP, is_mandatory=True)
_REDUCED_UNIT: Final = Standing(name="label", stage=Stage.UNIT, is_mandatory=True)
LABELS: Final = {"满减": _REDUCED, "满折": _REDUCED, "多买优惠": _REDUCED, "直降": _REDUCED_UNIT}

SECOND_PRICES: Final = {
    2: Standing(name="plus", stage=Stage.UNIT, needs=("member:plus",), words="PLUS会员价"),
    18: Standing(name="newcomer", stage=Stage.UNIT, needs=("new_user",), words="新人价"),
}

PROMOTIONS: Final = (
    PromotionMap(
        each="pinGouInfo", price=yuan("pingouPrice"),
        standing=Standing(name="group", stage=Stage.UNIT, action="open_group", words="拼购价"),
    ),
    PromotionMap(
        each="seckillInfo", price=yuan("seckillPrice"), during=milliseconds("seckillStartTime", "seckillEndTime"),
        standing=Standing(name="flash", stage=Stage.UNIT, words="秒杀价"),
    ),
    PromotionMap(
        each="secondPriceInfoList", price=yuan("secondPrice").required,
        standing=one_of("secondPriceType", SECOND_PRICES),
    ),
    PromotionMap(
        each="preSaleInfo", deposit=yuan("earnest").unless_zero, worth=yuan("depositWorth").unless_zero,
        during=milliseconds("preSaleStartTime", "preSaleEndTime"),
        standing=Standing(name="presale", stage=Stage.UNIT, needs=("preorder",)),
    ),
    PromotionMap(
        each="promotionLabelInfoList", id=text("promotionLableId"), standing=one_of("labelName", LABELS),
        rules=promotion_words("promotionLabel").required, during=milliseconds("startTime", "endTime"),
    ),
    PromotionMap(
        each="couponInfo.couponList", off=yuan("discount").required, threshold=yuan("quota"),
        during=milliseconds("useStartTime", "useEndTime"), standing=one_of("bindType", COUPONS),
    ),
)  # fmt: skip


def _seller_type(item: Mapping[str, Any]) -> SellerType:
    """``owner`` g is JD itself; other shops' names are registered."""
    name = dig(item, "shopInfo.shopName")
    if item.get("owner") == "g":
        return SellerType.SELF_OPERATED
    return seller_type_of_shop_name(name) if isinstance(name, str) else SellerType.UNKNOWN


def _category(info: Any) -> list[str]:
    names = [dig(info, key) for key in ("cid1Name", "cid2Name", "cid3Name")]
    return [name for name in names if isinstance(name, str) and name]


def _first_image(images: Any) -> str | None:
    address = dig(images[0], "url") if isinstance(images, list) and images else None
    return address if isinstance(address, str) else None


def _call(call: Call) -> HttpRequest:
    query = {"keyword": call.keyword, "pageIndex": call.page, "pageSize": PAGE_SIZE, "fields": BLOCKS}
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
        price=yuan("priceInfo.price").required,
        claimed=yuan("priceInfo.lowestCouponPrice"),
        promotions=PROMOTIONS,
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
