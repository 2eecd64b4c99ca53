"""JD's item documents. Amounts are yuan as JSON numbers; a block with nothing to say is an empty object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplaces.world.prices import title_at
from marketplaces.world.quotes import FLASH, GROUP, PRESALE, quote

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.promotions import Promotion
    from marketplaces.world.quotes import Quote
    from marketplaces.world.seasons import Moment


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
            "price": yuan(terms.price_fen),
            "lowestPrice": yuan(terms.lowest_fen),
            "lowestPriceType": terms.kind,
            "lowestCouponPrice": yuan(terms.claimed_fen or terms.lowest_fen),
            "historyPriceDay": 30,
        },
        "couponInfo": {"couponList": _coupons(offer, terms)},
        "pinGouInfo": _group(terms),
        "commissionInfo": _commission(offer, terms),
        "imageInfo": {"imageList": [{"url": _picture(offer)}], "whiteImage": _picture(offer)},
        "inOrderCount30Days": offer.sales,
        "inOrderComm30Days": yuan(offer.sales * terms.lowest_fen // 50),
        "materialUrl": landing_url(offer),
        "shopInfo": {
            "shopId": offer.seller.id,
            "shopName": offer.seller.name,
            "shopLevel": 4.5 + offer.seller.id % 5 / 10,
            "shopLabel": "1" if offer.seller.type == "brand_flagship" else "0",
        },
        "seckillInfo": _flash(terms),
        "preSaleInfo": _presale(terms),
        "deliveryType": 1 if _owner(offer) == "g" else 0,
        "forbidTypes": [0],
        "isHot": 0,
        "isJdSale": 1 if _owner(offer) == "g" else 0,
        "secondPriceInfoList": _second_prices(terms),
    }
    return item | _blocks(offer, terms, blocks)


def _blocks(offer: Offer, terms: Quote, blocks: frozenset[str]) -> dict[str, Any]:
    """What is only told when `fields` asks for it."""
    extra: dict[str, Any] = {}
    if "stockState" in blocks:
        extra["stockState"] = 1 if terms.in_stock else 0
    if "skuLabelInfo" in blocks:
        extra["skuLabelInfo"] = {"is7ToReturn": 0 if offer.family.slug == "milk_powder" else 1, "fxg": 0}
    if "promotionLabelInfo" in blocks:
        extra["promotionLabelInfoList"] = _labels(terms)
    if "purchasePriceInfo" in blocks:
        extra["purchasePriceInfo"] = {
            "code": 200,
            "purchasePrice": yuan(terms.claimed_fen or terms.lowest_fen),
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
    """All there are, those that are over or have not begun as well; the best of those that apply is marked."""
    best = {name for name, _ in terms.path}
    return [
        _coupon(offer, coupon, is_best=coupon.id in best)
        for coupon in terms.promotions
        if coupon.action == "claim"
    ]


def _coupon(offer: Offer, coupon: Promotion, *, is_best: bool) -> dict[str, Any]:
    starts, ends = _milliseconds(coupon)
    return {
        "bindType": int(coupon.label),
        "discount": yuan(coupon.off or 0),
        "quota": yuan(coupon.threshold_fen or 0),
        "link": f"http://coupon.jd.example/ilink/get?key={offer.key:x}&roleId={coupon.id}&to=m.jd.example%2F",
        "platformType": 0,
        "getStartTime": starts,
        "getEndTime": ends,
        "useStartTime": starts,
        "useEndTime": ends,
        "isBest": 1 if is_best else 0,
        "hotValue": offer.key % 10,
        "isInputCoupon": 0,
    }


def _milliseconds(promotion: Promotion) -> tuple[int, int]:
    """Its first and its last moment: the last second or, of one in two, the last millisecond."""
    starts, ends = promotion.window or (0, 0)
    return starts * 1000, ends * 1000 - (1000 if starts // 3600 % 2 else 1)


def _group(terms: Quote) -> dict[str, Any]:
    if terms.kind != GROUP:
        return {}
    return {"pingouPrice": yuan(terms.lowest_fen), "pingouTmCount": 2, "pingouUrl": "wq.jd.example/pingou"}


def _flash(terms: Quote) -> dict[str, Any]:
    if terms.kind != FLASH:
        return {}
    starts, ends = _milliseconds(terms.labelled("seckill")[0])
    return {
        "seckillPrice": yuan(terms.lowest_fen),
        "seckillOriPrice": yuan(terms.price_fen),
        "seckillStartTime": starts,
        "seckillEndTime": ends,
    }


def _presale(terms: Quote) -> dict[str, Any]:
    """The names are recalled, not documented. A deposit swells, or it does not."""
    if terms.kind != PRESALE:
        return {}
    promotion = terms.labelled("preSale")[0]
    starts, ends = _milliseconds(promotion)
    swells = promotion.worth != promotion.deposit
    info: dict[str, Any] = {
        "currentPrice": yuan(terms.lowest_fen),
        "earnest": yuan(promotion.deposit or 0),
        "discountType": 1 if swells else 0,
        "preSaleStartTime": starts,
        "preSaleEndTime": ends,
    }
    return info | ({"depositWorth": yuan(promotion.worth or 0)} if swells else {})


def _commission(offer: Offer, terms: Quote) -> dict[str, Any]:
    share = 1 + offer.key % 5
    return {
        "commission": yuan(terms.lowest_fen * share // 100),
        "commissionShare": share,
        "couponCommission": yuan((terms.claimed_fen or terms.lowest_fen) * share // 100),
        "plusCommissionShare": share,
        "isLock": 0,
    }


def _second_prices(terms: Quote) -> list[dict[str, Any]]:
    """Prices for members and newcomers: never for everybody."""
    return [
        {"secondPriceType": int(second.label), "secondPrice": yuan(second.price or 0)}
        for second in terms.promotions
        if second.kind == "set_price" and second.needs
    ]


def _labels(terms: Quote) -> list[dict[str, Any]]:
    """What applies by itself; the id's name is misspelled as in the real answers. Of a ladder one label tells all."""
    labels = {promotion.entry: promotion for promotion in terms.promotions if promotion.mandatory}
    return [_label(promotion) for promotion in labels.values()]


def _label(promotion: Promotion) -> dict[str, Any]:
    starts, ends = _milliseconds(promotion)
    return {
        "labelName": promotion.label,
        "promotionLabel": promotion.words,
        "promotionLableId": int(promotion.entry),
        "startTime": starts,
        "endTime": ends,
    }


def _picture(offer: Offer) -> str:
    return f"https://img.jd.example/n1/{offer.item_id}.jpg"


def promotion_item(offer: Offer, moment: Moment) -> dict[str, Any]:
    """An item of `jd.union.open.goods.promotiongoodsinfo.query`: flat, and the only place that tells about shipping."""
    terms = quote(offer, moment)
    names = offer.family.catalogue.jd
    return {
        "skuId": int(offer.item_id),
        "goodsName": title_at(offer, moment),
        "unitPrice": yuan(terms.price_fen),
        "wlUnitPrice": yuan(terms.lowest_fen) if terms.lowest_fen < terms.price_fen else -1,
        "imgUrl": _picture(offer),
        "shopId": offer.seller.id,
        "isJdSale": 1 if _owner(offer) == "g" else 0,
        "isSeckill": 1 if terms.kind == FLASH else 0,
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
