"""Taobao's item documents: the upgraded nested one, the flat first one, the detail one; simplified and XML writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from marketplaces.shops.gateway import local_text, yuan
from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quote
from marketplaces.world.taobao_terms import (
    CATEGORY_COUPON,
    CROSS_SHOP,
    GOODS_COUPON,
    MEMBERS,
    OFFICIAL,
    POINTS,
    PRESALE,
    STORE_COUPON,
    is_tmall,
)

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.promotions import Promotion
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment

_IN_LISTS = (
    *(OFFICIAL, GOODS_COUPON, STORE_COUPON, CATEGORY_COUPON, CROSS_SHOP),
    *("店铺满减", "店铺满折", "第2件半价", "买赠"),
)
_SUB_TITLES = ("", "", "", "赠运费险 极速退款", "48小时内发货", "现货当天发")


def landing_url(offer: Offer) -> str:
    """The item's page, without scheme as in the answers."""
    return f"//item.taobao.example/item.htm?id={offer.item_id}"


def upgrade_item(offer: Offer, moment: Moment) -> dict[str, Any]:
    """An item of `taobao.tbk.dg.material.optional.upgrade`."""
    terms = quote(offer, moment)
    return {
        "item_id": offer.item_id,
        "item_basic_info": _basic_info(offer, moment),
        "price_promotion_info": _price_info(terms, moment),
        "publish_info": _publish_info(offer, terms, moment),
        "presale_info": _presale(terms),
        "scope_info": {"superior_brand": 1 if offer.seller.type == "brand_flagship" else 0},
    }


def _basic_info(offer: Offer, moment: Moment) -> dict[str, Any]:
    title = title_at(offer, moment)
    level_one, level_one_name, leaf, leaf_name = offer.family.catalogue.taobao
    info: dict[str, Any] = {
        "title": title,
        "short_title": title[:12],
        "sub_title": _SUB_TITLES[offer.key % len(_SUB_TITLES)],
        "pict_url": _picture(offer),
        "white_image": _picture(offer, "_w"),
        "small_images": {"string": [_picture(offer, "_2"), _picture(offer, "_3")]},
        "level_one_category_id": level_one,
        "level_one_category_name": level_one_name,
        "category_id": leaf,
        "category_name": leaf_name,
        "seller_id": offer.seller.id,
        "user_type": user_type(offer),
        "shop_title": offer.seller.name,
        "volume": offer.sales,
        "brand_name": offer.brand_field,
        "provcity": offer.seller.place,
    }
    if offer.says_shipping:
        info["real_post_fee"] = yuan(offer.shipping_fen)
    return info


def user_type(offer: Offer) -> int:
    """1 for Tmall, where brands and firms sell; 0 for Taobao."""
    return 1 if is_tmall(offer) else 0


def _picture(offer: Offer, suffix: str = "") -> str:
    return f"//img.taobao.example/bao/{offer.item_id}{suffix}.jpg"


def _price_info(terms: Quote, moment: Moment) -> dict[str, Any]:
    listed = terms.list_fen if terms.list_fen is not None else terms.price_fen
    return {
        "reserve_price": yuan(listed),
        "zk_final_price": yuan(terms.price_fen),
        "final_promotion_price": yuan(_final_fen(terms)),
        "final_promotion_path_list": {"final_promotion_path_map_data": _path(terms, moment)},
        "more_promotion_list": {"more_promotion_map_data": _more(terms, moment)},
        "promotion_tag_list": {
            "promotion_tag_map_data": [{"tag_name": tag.words} for tag in terms.labelled(MEMBERS, POINTS)]
        },
    }


def _final_fen(terms: Quote) -> int:
    return terms.price_fen if terms.claimed_fen is None else terms.claimed_fen


def _path(terms: Quote, moment: Moment) -> list[dict[str, str]]:
    """The steps from the asked to the final price; their fees add up to the difference."""
    by_id = {promotion.id: promotion for promotion in terms.promotions}
    return [_told(by_id[name], moment) | {"promotion_fee": yuan(fee)} for name, fee in terms.path]


def _more(terms: Quote, moment: Moment) -> list[dict[str, str]]:
    """Those that are not in the path: out of reach for one piece, over, or not begun. Of a ladder one entry tells all."""
    shown = {name.partition(".")[0] for name, _ in terms.path}
    rest = {p.entry: p for p in terms.labelled(*_IN_LISTS) if p.entry not in shown}
    return [_told(promotion, moment) for promotion in rest.values()]


def _told(promotion: Promotion, moment: Moment) -> dict[str, str]:
    """An entry without its fee; 跨店满减 has no id of its own."""
    starts, ends = promotion.window or (moment.hour * 3600, moment.hour * 3600)
    entry = {
        "promotion_title": promotion.label,
        "promotion_desc": promotion.words,
        "promotion_start_time": local_text(starts // 3600),
        "promotion_end_time": local_text(ends // 3600, 1),
    }
    return entry if promotion.label == CROSS_SHOP else entry | {"promotion_id": promotion.entry}


def _presale(terms: Quote) -> dict[str, Any]:
    """The names are recalled, not documented."""
    for promotion in terms.labelled(PRESALE):
        starts, ends = promotion.window or (0, 0)
        return {
            "presale_deposit": yuan(promotion.deposit or 0),
            "presale_discount_fee_text": promotion.words,
            "presale_start_time": starts * 1000,
            "presale_end_time": ends * 1000 - 1000,
        }
    return {}


def _publish_info(offer: Offer, terms: Quote, moment: Moment) -> dict[str, Any]:
    rate = 100 + offer.key % 900
    info: dict[str, Any] = {
        "click_url": landing_url(offer),
        "income_rate": f"{rate // 100}.{rate % 100:02d}",
        "commission_type": "MKT",
        "income_info": {
            "commission_rate": str(rate),
            "commission_amount": yuan(terms.price_fen * rate // 10_000),
            "subsidy_rate": "0",
            "subsidy_amount": "0",
        },
    }
    if has_coupon(terms, moment):
        info["coupon_share_url"] = f"//uland.taobao.example/coupon/edetail?id={offer.item_id}"
    return info


def flat_item(offer: Offer, moment: Moment) -> dict[str, Any]:
    """An item of the first version: flat; without a coupon the coupon keys are absent, not zero."""
    terms = quote(offer, moment)
    level_one, level_one_name, leaf, leaf_name = offer.family.catalogue.taobao
    item: dict[str, Any] = {
        "item_id": offer.item_id,
        "title": title_at(offer, moment),
        "pict_url": _picture(offer),
        "small_images": {"string": [_picture(offer, "_2")]},
        "reserve_price": yuan(terms.list_fen if terms.list_fen is not None else terms.price_fen),
        "zk_final_price": yuan(terms.price_fen),
        "user_type": user_type(offer),
        "provcity": offer.seller.place,
        "volume": offer.sales,
        "seller_id": offer.seller.id,
        "shop_title": offer.seller.name,
        "nick": offer.seller.name,
        "level_one_category_id": level_one,
        "level_one_category_name": level_one_name,
        "category_id": leaf,
        "category_name": leaf_name,
        "commission_rate": str(100 + offer.key % 900),
        "shop_dsr": 46_000 + offer.key % 4000,
        "url": landing_url(offer),
    }
    if offer.says_shipping:
        item["real_post_fee"] = yuan(offer.shipping_fen)
    return item | _flat_coupon(offer, terms)


def has_coupon(terms: Quote, moment: Moment) -> bool:
    """Whether there is a coupon to claim now."""
    coupons = terms.labelled(GOODS_COUPON, STORE_COUPON)
    return any(coupon.is_open(moment.hour * 3600) for coupon in coupons)


def _flat_coupon(offer: Offer, terms: Quote) -> dict[str, Any]:
    """The public coupon; this version knows of no other promotion."""
    for coupon in terms.labelled(GOODS_COUPON):
        over, off = (coupon.threshold_fen or 0) // 100, (coupon.off or 0) // 100
        starts, ends = coupon.window or (0, 0)
        issued = 1000 * (1 + offer.key % 20)
        return {
            "coupon_id": coupon.id,
            "coupon_info": f"满{over}元减{off}元",
            "coupon_amount": str(off),
            "coupon_start_fee": str(over),
            "coupon_start_time": local_text(starts // 3600)[:10],
            "coupon_end_time": local_text(ends // 3600, 1)[:10],
            "coupon_total_count": issued,
            "coupon_remain_count": issued * 7 // 10,
        }
    return {}


def detail_item(offer: Offer, moment: Moment) -> dict[str, Any]:
    """An item of `taobao.tbk.item.info.get`."""
    terms = quote(offer, moment)
    _, _, _, leaf_name = offer.family.catalogue.taobao
    item: dict[str, Any] = {
        "num_iid": offer.item_id,
        "title": title_at(offer, moment),
        "pict_url": _picture(offer),
        "small_images": {"string": [_picture(offer, "_2")]},
        "reserve_price": yuan(terms.list_fen if terms.list_fen is not None else terms.price_fen),
        "zk_final_price": yuan(terms.price_fen),
        "user_type": user_type(offer),
        "provcity": offer.seller.place,
        "item_url": f"https:{landing_url(offer)}",
        "seller_id": offer.seller.id,
        "nick": offer.seller.name,
        "volume": offer.sales,
        "cat_leaf_name": leaf_name,
    }
    if offer.says_shipping:
        item["free_shipment"] = offer.shipping_fen == 0
    return item


def simplified(content: Any) -> Any:
    """With `simplify=true` the outer wrapper goes, and so does every object whose only key holds a list."""
    if isinstance(content, dict):
        if len(content) == 1 and isinstance(only := next(iter(content.values())), list):
            return [simplified(value) for value in only]
        return {key: simplified(value) for key, value in content.items()}
    return [simplified(value) for value in content] if isinstance(content, list) else content


def xml(root: str, content: dict[str, Any]) -> bytes:
    """TOP's XML: a list repeats its element, true and false in lower case."""
    return f'<?xml version="1.0" encoding="utf-8" ?><{root}>{_elements(content)}</{root}>'.encode()


def _elements(content: dict[str, Any]) -> str:
    return "".join(_element(name, value) for name, value in content.items())


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, part) for part in value)
    if isinstance(value, dict):
        return f"<{name}>{_elements(value)}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else "" if value is None else escape(str(value))
    return f"<{name}>{text}</{name}>"
