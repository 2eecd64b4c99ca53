"""Taobao's item documents: the upgraded nested one, the flat first one, the detail one; simplified and XML writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from marketplaces.shops.gateway import local_text, yuan
from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quote
from marketplaces.world.seasons import campaign_hours

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment

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
        "publish_info": _publish_info(offer, terms),
        "presale_info": {},
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
    return 1 if offer.seller.type in ("brand_flagship", "authorised") else 0


def _picture(offer: Offer, suffix: str = "") -> str:
    return f"//img.taobao.example/bao/{offer.item_id}{suffix}.jpg"


def _price_info(terms: Quote, moment: Moment) -> dict[str, Any]:
    listed = terms.list_fen if terms.list_fen is not None else terms.price_fen
    return {
        "reserve_price": yuan(listed),
        "zk_final_price": yuan(terms.price_fen),
        "final_promotion_price": yuan(terms.claimed_fen or terms.price_fen),
        "final_promotion_path_list": {"final_promotion_path_map_data": _path(terms, moment)},
        "more_promotion_list": {"more_promotion_map_data": _more(moment)},
        "promotion_tag_list": {"promotion_tag_map_data": [{"tag_name": "88VIP"}] if moment.campaign else []},
    }


def _path(terms: Quote, moment: Moment) -> list[dict[str, str]]:
    """The steps from the asked to the final price; their fees add up to the difference."""
    steps: list[dict[str, str]] = []
    coupon = terms.coupon
    if terms.reduction_fen and moment.campaign:
        starts, ends = campaign_hours(moment)
        steps.append(_step("官方立减", "官方立减5%", terms.reduction_fen, (starts, ends), f"g{starts}"))
    if coupon:
        words = f"满{coupon.over_fen // 100}减{coupon.off_fen // 100}"
        hours = (coupon.start_hour, coupon.end_hour)
        steps.append(_step("商品券", words, coupon.off_fen, hours, f"c{coupon.start_hour}"))
    return steps


def _step(title: str, words: str, fee_fen: int, hours: tuple[int, int], step_id: str) -> dict[str, str]:
    return {
        "promotion_title": title,
        "promotion_desc": words,
        "promotion_fee": yuan(fee_fen),
        "promotion_start_time": local_text(hours[0]),
        "promotion_end_time": local_text(hours[1], 1),
        "promotion_id": step_id,
    }


def _more(moment: Moment) -> list[dict[str, str]]:
    if moment.campaign is None:
        return []
    starts, ends = campaign_hours(moment)
    return [
        {
            "promotion_title": "跨店满减",
            "promotion_desc": "每300减50",
            "promotion_start_time": local_text(starts),
            "promotion_end_time": local_text(ends, 1),
        }
    ]


def _publish_info(offer: Offer, terms: Quote) -> dict[str, Any]:
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
    if terms.coupon:
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
    return item | _flat_coupon(terms)


def _flat_coupon(terms: Quote) -> dict[str, Any]:
    coupon = terms.coupon
    if coupon is None:
        return {}
    over, off = coupon.over_fen // 100, coupon.off_fen // 100
    return {
        "coupon_id": f"c{coupon.start_hour}",
        "coupon_info": f"满{over}元减{off}元",
        "coupon_amount": str(off),
        "coupon_start_fee": str(over),
        "coupon_start_time": local_text(coupon.start_hour)[:10],
        "coupon_end_time": local_text(coupon.end_hour, 1)[:10],
        "coupon_total_count": coupon.issued,
        "coupon_remain_count": coupon.left,
    }


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
