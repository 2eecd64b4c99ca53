"""Pinduoduo's item documents. Amounts are fen, times unix seconds; a coupon that is not there is zero, not absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplaces.world.pinduoduo_terms import EXTRA, FOLLOWERS, GOODS, MALL, PLATFORM, is_subsidised
from marketplaces.world.prices import title_at
from marketplaces.world.promotions import Promotion
from marketplaces.world.quotes import quote

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment

_FREE_SHIPPING, _SEVEN_DAYS, _SHIPS_IN_48H, _FAKE_PAYS_TEN = 1, 2, 13, 15
"""service_tags."""
_SUBSIDY = 7
"""activity_tags: 百亿补贴."""
_ROUND_FROM = 10_000
_TOP_FROM = 100_000


def landing_url(offer: Offer) -> str:
    """The goods' page, as the link method gives it; the search answer has none."""
    return f"https://mobile.pinduoduo.example/goods.html?goods_sign={offer.item_id}"


def search_item(offer: Offer, moment: Moment, search_id: str, *, is_comparison: bool) -> dict[str, Any]:
    """An entry of `goods_list`."""
    terms = quote(offer, moment)
    title = title_at(offer, moment)
    cat_ids, opt_id, opt_name = offer.family.catalogue.pinduoduo
    rate = 10 + offer.key % 90
    return {
        "goods_sign": offer.item_id,
        "goods_name": title,
        "goods_desc": title,
        "goods_thumbnail_url": f"https://img.pinduoduo.example/{offer.item_id}_t.jpg",
        "goods_image_url": f"https://img.pinduoduo.example/{offer.item_id}.jpg",
        "brand_name": offer.brand_field,
        "min_group_price": terms.lowest_fen,
        "min_normal_price": terms.price_fen,
        **_coupon(offer, terms),
        "extra_coupon_amount": sum(extra.off or 0 for extra in terms.labelled(EXTRA)),
        "platform_discount_list": _platform_discounts(terms),
        **_mall_coupon(offer, terms),
        **_followers_coupon(terms),
        "mall_id": offer.seller.id,
        "mall_name": offer.seller.name,
        "mall_sn": f"msn_{offer.seller.id:x}",
        "mall_cps": 1,
        "merchant_type": merchant_type(offer),
        "cat_ids": list(cat_ids),
        "opt_id": opt_id,
        "opt_ids": [opt_id],
        "opt_name": opt_name,
        "sales_tip": sales_tip(offer.sales),
        "desc_txt": "高",
        "serv_txt": "高",
        "lgst_txt": ("高", "中")[offer.key % 2],
        "activity_tags": [_SUBSIDY] if is_subsidised(offer, moment) else [],
        "activity_type": 0,
        "is_multi_group": False,
        "service_tags": service_tags(offer),
        "unified_tags": ["近30天低价"] if offer.key % 5 == 0 else [],
        "promotion_rate": rate,
        "predict_promotion_rate": 0 if is_comparison else rate,
        "subsidy_goods_type": 0,
        "subsidy_amount": 0,
        "plan_type": 2,
        "create_at": 1_700_000_000 + offer.number * 1000,
        "search_id": search_id,
        "zs_duo_id": 0,
        "only_scene_auth": False,
    }


_NO_COUPON = Promotion("", "shop", "amount_off", off=0, window=(0, 1))
"""What a block says when there is none: zeros."""


def _one(terms: Quote, label: str) -> Promotion:
    return next(iter(terms.labelled(label)), _NO_COUPON)


def _window(coupon: Promotion) -> tuple[int, int]:
    """Its first and its last second."""
    starts, ends = coupon.window or (0, 1)
    return starts, ends - 1


def _coupon(offer: Offer, terms: Quote) -> dict[str, Any]:
    coupon = _one(terms, GOODS)
    starts, ends = _window(coupon)
    issued = 1000 * (1 + offer.key % 20) if coupon.id else 0
    return {
        "has_coupon": bool(coupon.id),
        "coupon_discount": coupon.off,
        "coupon_min_order_amount": coupon.threshold_fen or 0,
        "coupon_total_quantity": issued,
        "coupon_remain_quantity": issued * 7 // 10,
        "coupon_start_time": starts,
        "coupon_end_time": ends,
    }


def _mall_coupon(offer: Offer, terms: Quote) -> dict[str, Any]:
    """A share of the sum is paid: 90 is nine tenths."""
    coupon = _one(terms, MALL)
    starts, ends = _window(coupon)
    return {
        "has_mall_coupon": bool(coupon.id),
        "mall_coupon_id": 40_000 + offer.key % 50_000 if coupon.id else 0,
        "mall_coupon_discount_pct": (coupon.pay_bp or 0) // 100,
        "mall_coupon_min_order_amount": coupon.threshold_fen or 0,
        "mall_coupon_max_discount_amount": coupon.cap or 0,
        "mall_coupon_start_time": starts,
        "mall_coupon_end_time": ends,
    }


def _followers_coupon(terms: Quote) -> dict[str, Any]:
    coupon = _one(terms, FOLLOWERS)
    starts, ends = _window(coupon)
    return {
        "clt_cpn_discount": coupon.off,
        "clt_cpn_min_amt": coupon.threshold_fen or 0,
        "clt_cpn_start_time": starts,
        "clt_cpn_end_time": ends,
    }


def _platform_discounts(terms: Quote) -> list[dict[str, int]]:
    return [
        {"coupon_amount": p.off or 0, "coupon_threshold": p.threshold_fen or 0, "discount_type": 1}
        for p in terms.labelled(PLATFORM)
    ]


def merchant_type(offer: Offer) -> int:
    """1 person, 2 firm, 3 flagship, 4 exclusive, 5 specialised, 6 ordinary."""
    kind = offer.seller.type
    if kind == "individual":
        return 1
    if kind == "brand_flagship":
        return 3
    if kind == "authorised":
        return 4 if offer.seller.name.endswith("专卖店") else 5
    return 2 if offer.seller.id % 2 else 6


def service_tags(offer: Offer) -> list[int]:
    """Promises by number; without the first one the answer does not say what shipping costs."""
    tags = [_SEVEN_DAYS] if offer.key % 3 else []
    tags = [_FREE_SHIPPING, *tags] if ships_free(offer) else tags
    return [*tags, _SHIPS_IN_48H, *([_FAKE_PAYS_TEN] if offer.key % 4 == 0 else [])]


def ships_free(offer: Offer) -> bool:
    """Whether the answer promises free shipping."""
    return offer.shipping_fen == 0 and offer.says_shipping


def sales_tip(sales: int) -> str:
    """Exact below ten thousand, rounded above, cut off at a hundred thousand."""
    if sales < _ROUND_FROM:
        return str(sales)
    return "10万+" if sales >= _TOP_FROM else f"{sales // 1000 / 10:g}万+"


def detail_item(offer: Offer, moment: Moment, search_id: str) -> dict[str, Any]:
    """An entry of `goods_details`."""
    item = search_item(offer, moment, search_id, is_comparison=False)
    pictures = [f"https://img.pinduoduo.example/{offer.item_id}_{n}.jpg" for n in range(1, 4)]
    return item | {"goods_gallery_urls": pictures, "video_urls": []}
