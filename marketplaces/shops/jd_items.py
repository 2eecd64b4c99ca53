"""JD's item documents. Amounts are yuan as JSON numbers; a block with nothing to say is an empty object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplaces.world.prices import title_at
from marketplaces.world.quotes import GROUP, quote

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment

_PLUS, _NEWCOMER = 2, 18
"""secondPriceType."""


def landing_url(offer: Offer) -> str:
    """The item's page, without scheme as in the answers."""
    return f"item.jd.example/{offer.item_id}.html"


def yuan(fen: int) -> float:
    """A JSON number of yuan; exact to the fen when written with two decimals."""
    return fen / 100


def goods_item(offer: Offer, moment: Moment, blocks: frozenset[str]) -> dict[str, Any]:
    """An item of `jd.union.open.goods.query`; `blocks` are the extra ones asked for in `fields`."""
    terms = quote(offer, moment)
    item: dict[str, Any] = {
        "skuId": int(offer.item_id),
        "spuid": int(offer.spu_id),
        "skuName": title_at(offer, moment),
        "owner": _owner(offer),
        "brandCode": str(990_000 + offer.market_key % 9000),
        "brandName": offer.brand_field,
        "categoryInfo": _categories(offer),
        "comments": offer.sales * 7,
        "goodCommentsShare": 92 + offer.key % 8,
        "priceInfo": {
            "price": yuan(terms.regular_fen),
            "lowestPrice": yuan(terms.price_fen),
            "lowestPriceType": terms.kind,
            "lowestCouponPrice": yuan(terms.claimed_fen or terms.price_fen),
            "historyPriceDay": 30,
        },
        "couponInfo": {"couponList": _coupons(offer, terms)},
        "pinGouInfo": _group(terms),
        "commissionInfo": _commission(offer, terms),
        "imageInfo": {"imageList": [{"url": _picture(offer)}], "whiteImage": _picture(offer)},
        "inOrderCount30Days": offer.sales,
        "inOrderComm30Days": yuan(offer.sales * terms.price_fen // 50),
        "materialUrl": landing_url(offer),
        "shopInfo": {
            "shopId": offer.seller.id,
            "shopName": offer.seller.name,
            "shopLevel": 4.5 + offer.seller.id % 5 / 10,
            "shopLabel": "1" if offer.seller.type == "brand_flagship" else "0",
        },
        "seckillInfo": {},
        "preSaleInfo": {},
        "deliveryType": 1 if _owner(offer) == "g" else 0,
        "forbidTypes": [0],
        "isHot": 0,
        "isJdSale": 1 if _owner(offer) == "g" else 0,
        "secondPriceInfoList": _second_prices(offer, terms),
    }
    return item | _blocks(offer, terms, moment, blocks)


def _blocks(offer: Offer, terms: Quote, moment: Moment, blocks: frozenset[str]) -> dict[str, Any]:
    """What is only told when `fields` asks for it."""
    extra: dict[str, Any] = {}
    if "stockState" in blocks:
        extra["stockState"] = 1 if terms.in_stock else 0
    if "skuLabelInfo" in blocks:
        extra["skuLabelInfo"] = {"is7ToReturn": 0 if offer.family.slug == "milk_powder" else 1, "fxg": 0}
    if "promotionLabelInfo" in blocks:
        extra["promotionLabelInfoList"] = _labels(offer, moment)
    if "purchasePriceInfo" in blocks:
        extra["purchasePriceInfo"] = {
            "code": 200,
            "purchasePrice": yuan(terms.claimed_fen or terms.price_fen),
        }
    return extra


def _owner(offer: Offer) -> str:
    return "g" if offer.seller.type == "self_operated" else "p"


def _categories(offer: Offer) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for level, (number, name) in enumerate(offer.family.catalogue.jd, start=1):
        names |= {f"cid{level}": number, f"cid{level}Name": name}
    return names


def _coupons(offer: Offer, terms: Quote) -> list[dict[str, Any]]:
    coupon = terms.coupon
    if coupon is None:
        return []
    starts, ends = coupon.start_hour * 3_600_000, coupon.end_hour * 3_600_000 - 1000
    return [
        {
            "bindType": 1 if _owner(offer) == "g" else 3,
            "discount": yuan(coupon.off_fen),
            "quota": yuan(coupon.over_fen),
            "link": f"http://coupon.jd.example/ilink/get?key={offer.key:x}&roleId={coupon.start_hour}&to=m.jd.example%2F",
            "platformType": 0,
            "getStartTime": starts,
            "getEndTime": ends,
            "useStartTime": starts,
            "useEndTime": ends,
            "isBest": 1,
            "hotValue": offer.key % 10,
            "isInputCoupon": 0,
        }
    ]


def _group(terms: Quote) -> dict[str, Any]:
    if terms.kind != GROUP:
        return {}
    return {"pingouPrice": yuan(terms.price_fen), "pingouTmCount": 2, "pingouUrl": "wq.jd.example/pingou"}


def _commission(offer: Offer, terms: Quote) -> dict[str, Any]:
    share = 1 + offer.key % 5
    return {
        "commission": yuan(terms.price_fen * share // 100),
        "commissionShare": share,
        "couponCommission": yuan((terms.claimed_fen or terms.price_fen) * share // 100),
        "plusCommissionShare": share,
        "isLock": 0,
    }


def _second_prices(offer: Offer, terms: Quote) -> list[dict[str, Any]]:
    """Prices for members and newcomers: never for everybody."""
    if _owner(offer) == "g" and offer.key % 3 == 0:
        return [{"secondPriceType": _PLUS, "secondPrice": yuan(terms.price_fen * 97 // 100)}]
    if offer.key % 29 == 0:
        return [{"secondPriceType": _NEWCOMER, "secondPrice": yuan(terms.price_fen * 95 // 100)}]
    return []


def _labels(offer: Offer, moment: Moment) -> list[dict[str, Any]]:
    """Threshold reductions of the shop; the id's name is misspelled as in the real answers."""
    if offer.key % 4:
        return []
    starts = moment.hour // 168 * 168 * 3_600_000
    return [
        {
            "labelName": "满减",
            "promotionLabel": "满299元减40元",
            "promotionLableId": 5000 + offer.key % 900,
            "startTime": starts,
            "endTime": starts + 7 * 86_400_000 - 1000,
        }
    ]


def _picture(offer: Offer) -> str:
    return f"https://img.jd.example/n1/{offer.item_id}.jpg"


def promotion_item(offer: Offer, moment: Moment) -> dict[str, Any]:
    """An item of `jd.union.open.goods.promotiongoodsinfo.query`: flat, and the only place that tells about shipping."""
    terms = quote(offer, moment)
    names = offer.family.catalogue.jd
    return {
        "skuId": int(offer.item_id),
        "goodsName": title_at(offer, moment),
        "unitPrice": yuan(terms.regular_fen),
        "wlUnitPrice": yuan(terms.price_fen) if terms.price_fen < terms.regular_fen else -1,
        "imgUrl": _picture(offer),
        "shopId": offer.seller.id,
        "isJdSale": 1 if _owner(offer) == "g" else 0,
        "isSeckill": 0,
        "isFreeShipping": (1 if offer.shipping_fen == 0 else 0) if offer.says_shipping else 2,
        "isFreeFreightRisk": offer.key % 2,
        "cid": names[0][0],
        "cidName": names[0][1],
        "cid2": names[1][0],
        "cid2Name": names[1][1],
        "cid3": names[2][0],
        "cid3Name": names[2][1],
        "inOrderCount": offer.sales,
        "materialUrl": landing_url(offer),
        "startDate": (moment.hour - 240) * 3_600_000,
        "endDate": (moment.hour + 720) * 3_600_000,
    }
