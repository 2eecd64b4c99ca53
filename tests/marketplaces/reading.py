"""What an answer says about prices, read back by the platforms' fields alone: an order's terms for the evaluator.

Written from the fields' meaning, not from the code that writes them: the words of promotions, yuan in strings and
numbers, fen, last seconds that are still inside, names of regions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from marketplaces.world.landed import Terms
from marketplaces.world.promotions import Promotion, Shipping

CHINA = timezone(timedelta(hours=8))
NUMBER = r"(\d+(?:\.\d+)?)"
NOT_MORE = rf"(?:，(?:封顶|最多减){NUMBER}元|，上不封顶)?"
REGIONS = {
    "新疆": "CN-XJ", "新疆维吾尔自治区": "CN-XJ", "CN-XJ": "CN-XJ", "XJ": "CN-XJ",
    "西藏": "CN-XZ", "西藏自治区": "CN-XZ", "CN-XZ": "CN-XZ", "XZ": "CN-XZ",
}  # fmt: skip


def fen(yuan):
    """Exact: JSON numbers are written with at most two decimals."""
    amount = Decimal(str(yuan)) * 100
    assert amount == int(amount)
    return int(amount)


# ── words ──────────────────────────────────────────────────────────────────────────────────────────


def off(over, amount, **more):
    return Promotion("", "shop", "amount_off", off=fen(amount), threshold_fen=fen(over), **more)


def basis_points(discount):
    return int(Decimal(discount) * 1000)


WORDS = (
    (rf"满{NUMBER}元?减{NUMBER}元?", off),
    (rf"每满?{NUMBER}减{NUMBER}{NOT_MORE}", lambda a, b, c: off(a, b, repeat="each", cap=fen(c) if c else None)),
    (rf"满?(\d)件打?{NUMBER}折",
     lambda n, d: Promotion("", "shop", "percent_off", pay_bp=basis_points(d), threshold_qty=int(n))),
    (r"第(\d)件半价", lambda n: Promotion("", "shop", "nth_unit", n=int(n), pay_bp=5000)),
    (r"第(\d)件0元", lambda n: Promotion("", "shop", "nth_unit", n=int(n), pay_bp=0)),
    (rf"第(\d)件{NUMBER}折", lambda n, d: Promotion("", "shop", "nth_unit", n=int(n), pay_bp=basis_points(d))),
    (r"买(\d)送(\d)", lambda a, b: Promotion("", "shop", "bonus_units", buy=int(a), get=int(b))),
    (rf"直降{NUMBER}元", lambda b: Promotion("", "unit", "unit_off", off=fen(b))),
    (r"官方立减(\d+)%", lambda p: Promotion("", "unit", "unit_percent", pay_bp=10_000 - int(p) * 100)),
    (rf"官方立减{NUMBER}元", lambda b: Promotion("", "unit", "unit_off", off=fen(b))),
)  # fmt: skip


def said(words, entry, **more):
    """The promotions in a text: several for a ladder, of which one applies."""
    whole = [make(*found.groups()) for pattern, make in WORDS if (found := re.fullmatch(pattern, words))]
    rungs = whole or [rung for part in words.split("，") for rung in said(part, entry)]
    assert rungs, words
    ladder = {"group": f"ladder {entry}"} if len(rungs) > 1 else {}
    return [
        replace(rung, id=f"{entry}.{place}", **({"stage": rung.stage} | ladder | more))
        for place, rung in enumerate(rungs)
    ]


# ── taobao ─────────────────────────────────────────────────────────────────────────────────────────


def second(text):
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp())


CLAIMED = {
    "商品券": {"stage": "shop", "group": "shop_coupon"},
    "店铺券": {"stage": "shop", "group": "shop_coupon"},
    "品类券": {"stage": "platform"},
}
AUTOMATIC = {
    "官方立减": {"stage": "unit"},
    "跨店满减": {"stage": "platform"},
    **{title: {"stage": "shop"} for title in ("店铺满减", "店铺满折", "第2件半价", "买赠")},
}


def taobao(item):
    info = item["price_promotion_info"]
    entries = [
        *info["final_promotion_path_list"]["final_promotion_path_map_data"],
        *info["more_promotion_list"]["more_promotion_map_data"],
    ]
    found = [promotion for number, entry in enumerate(entries) for promotion in _entry(entry, number)]
    order = ("unit", "shop", "platform")
    found.sort(key=lambda promotion: order.index(promotion.stage))
    post = item["item_basic_info"].get("real_post_fee")
    tags = [tag["tag_name"] for tag in info["promotion_tag_list"]["promotion_tag_map_data"]]
    found = [*_presale(item["presale_info"]), *found, *_tags(tags)]
    return Terms(fen(info["zk_final_price"]), tuple(found), Shipping(None if post is None else fen(post)))


def _entry(entry, number):
    title = entry["promotion_title"]
    window = (second(entry["promotion_start_time"]), second(entry["promotion_end_time"]) + 1)
    more = CLAIMED.get(title) or AUTOMATIC[title] | {"mandatory": True}
    return said(entry["promotion_desc"], f"{title}{number}", window=window, **more)


def _presale(info):
    if not info:
        return []
    deposit = fen(info["presale_deposit"])
    worth = deposit + fen(re.fullmatch(rf"付定金立减{NUMBER}元", info["presale_discount_fee_text"])[1])
    window = (info["presale_start_time"] // 1000, info["presale_end_time"] // 1000 + 1)
    more = {"deposit": deposit, "worth": worth, "needs": ("preorder",), "window": window}
    return [Promotion("presale", "unit", "deposit", **more)]


def _tags(names):
    points = [found[1] for name in names if (found := re.fullmatch(r"淘金币抵(\d+)%", name))]
    running = {"stage": "platform", "kind": "percent_off", "base": "running"}
    found = [Promotion("points", pay_bp=10_000 - int(p) * 100, needs=("points",), **running) for p in points]
    if "88VIP" in names:
        found.append(Promotion("vip", pay_bp=9500, needs=("member:88vip",), **running))
    return found


# ── jd ─────────────────────────────────────────────────────────────────────────────────────────────


def jd(item):
    info = item["priceInfo"]
    labels = [promotion for label in item["promotionLabelInfoList"] for promotion in _label(label)]
    found = [
        *_lowest(item, info["lowestPriceType"]),
        *_seconds(item["secondPriceInfoList"]),
        *[label for label in labels if label.stage == "unit"],
        *[_jd_coupon(coupon, number) for number, coupon in enumerate(item["couponInfo"]["couponList"])],
        *[label for label in labels if label.stage == "shop"],
    ]
    return Terms(fen(info["price"]), tuple(found), Shipping())


def _until(start, end):
    """Milliseconds, the last one or the last second inside."""
    return start // 1000, end // 1000 + 1


def _lowest(item, kind):
    """At most one: a group, a flash sale, or a deposit that swells."""
    if kind == 2:
        price = fen(item["pinGouInfo"]["pingouPrice"])
        return [Promotion("group", "unit", "set_price", price=price, group="price_basis")]
    if kind == 3:
        sale = item["seckillInfo"]
        window = _until(sale["seckillStartTime"], sale["seckillEndTime"])
        price = fen(sale["seckillPrice"])
        return [Promotion("flash", "unit", "set_price", price=price, group="price_basis", window=window)]
    if kind == 4 and item["preSaleInfo"]["discountType"] == 1:
        sale = item["preSaleInfo"]
        more = {"deposit": fen(sale["earnest"]), "worth": fen(sale["depositWorth"]), "needs": ("preorder",)}
        window = _until(sale["preSaleStartTime"], sale["preSaleEndTime"])
        return [Promotion("presale", "unit", "deposit", window=window, **more)]
    return []


def _seconds(prices):
    needs = {2: "member:plus", 18: "new_user"}
    return [
        Promotion(
            needs[second["secondPriceType"]], "unit", "set_price", price=fen(second["secondPrice"]),
            group="price_basis", needs=(needs[second["secondPriceType"]],),
        )
        for second in prices
    ]  # fmt: skip


def _jd_coupon(coupon, number):
    is_platform = coupon["bindType"] in (0, 1)
    return Promotion(
        f"coupon{number}", "platform" if is_platform else "shop", "amount_off", off=fen(coupon["discount"]),
        threshold_fen=fen(coupon["quota"]) or None, group="jd_platform_coupon" if is_platform else "shop_coupon",
        window=_until(coupon["useStartTime"], coupon["useEndTime"]),
    )  # fmt: skip


def _label(label):
    window = _until(label["startTime"], label["endTime"])
    found = said(label["promotionLabel"], str(label["promotionLableId"]), window=window, mandatory=True)
    names = {"unit_off": "直降", "amount_off": "满减", "percent_off": "满折", "nth_unit": "多买优惠"}
    assert {names[promotion.kind] for promotion in found} == {label["labelName"]}
    return found


# ── pinduoduo ──────────────────────────────────────────────────────────────────────────────────────


def pinduoduo(item):
    excludes = ("shop_coupon",) if 7 in item["activity_tags"] else ()
    group = Promotion(
        "group", "unit", "set_price", price=item["min_group_price"], group="price_basis", excludes=excludes
    )
    found = [group, *_goods(item), *_mall(item), *_followers(item), *_platform(item)]
    return Terms(item["min_normal_price"], tuple(found), Shipping(0 if 1 in item["service_tags"] else None))


def _shop_coupon(name, kind, start, end, over, **more):
    return Promotion(
        name, "shop", kind, threshold_fen=over or None, group="shop_coupon", window=(start, end + 1), **more
    )


def _goods(item):
    assert item["has_coupon"] is (item["coupon_discount"] > 0)
    if not item["coupon_discount"]:
        return []
    times = (item["coupon_start_time"], item["coupon_end_time"])
    return [
        _shop_coupon(
            "goods", "amount_off", *times, item["coupon_min_order_amount"], off=item["coupon_discount"]
        )
    ]


def _mall(item):
    assert item["has_mall_coupon"] is (item["mall_coupon_discount_pct"] > 0) is (item["mall_coupon_id"] > 0)
    if not item["mall_coupon_discount_pct"]:
        return []
    times = (item["mall_coupon_start_time"], item["mall_coupon_end_time"])
    more = {
        "pay_bp": item["mall_coupon_discount_pct"] * 100,
        "cap": item["mall_coupon_max_discount_amount"] or None,
    }
    return [_shop_coupon("mall", "percent_off", *times, item["mall_coupon_min_order_amount"], **more)]


def _followers(item):
    if not item["clt_cpn_discount"]:
        return []
    times = (item["clt_cpn_start_time"], item["clt_cpn_end_time"])
    more = {"off": item["clt_cpn_discount"], "needs": ("follow_shop",)}
    return [_shop_coupon("followers", "amount_off", *times, item["clt_cpn_min_amt"], **more)]


def _platform(item):
    extra = item["extra_coupon_amount"]
    found = [Promotion("extra", "platform", "amount_off", off=extra)] if extra else []
    for number, entry in enumerate(item["platform_discount_list"]):
        found.append(
            Promotion(
                f"platform{number}", "platform", "amount_off", off=entry["coupon_amount"],
                threshold_fen=entry["coupon_threshold"] or None, group="platform_discount",
            )
        )  # fmt: skip
    return found


# ── schema.org ─────────────────────────────────────────────────────────────────────────────────────


def listed(value):
    return value if isinstance(value, list) else [value]


def schema_org(offer):
    """One Offer node."""
    specified = listed(offer.get("priceSpecification", []))
    prices = [s for s in specified if s["@type"] == "UnitPriceSpecification"]
    plain = [s for s in prices if not {"priceType", "validForMemberTier", "eligibleQuantity"} & set(s)]
    limits = offer.get("eligibleQuantity", {})
    return Terms(
        fen(offer.get("price") or plain[0]["price"]),
        tuple(p for s in prices for p in _unit_price(s)),
        _delivery(listed(offer.get("shippingDetails", [])), specified),
        min_qty=limits.get("minValue", 1),
        max_qty=limits.get("maxValue"),
    )


def _unit_price(specification):
    price = {"price": fen(specification["price"]), "group": "price_basis"}
    if specification.get("priceType", "").endswith("SalePrice"):
        start, end = (datetime.fromisoformat(specification[k]) for k in ("validFrom", "validThrough"))
        window = (int(start.timestamp()), int(end.timestamp()) + 1)
        return [Promotion("sale", "unit", "set_price", window=window, **price)]
    if "validForMemberTier" in specification:
        tier = specification["validForMemberTier"]["name"]
        return [Promotion("tier", "unit", "set_price", needs=(f"member:{tier}",), **price)]
    if "eligibleQuantity" in specification:
        pieces = specification["eligibleQuantity"]["minValue"]
        return [Promotion("pieces", "unit", "set_price", threshold_qty=pieces, **price)]
    return []


def _delivery(details, specified):
    if not details:
        return Shipping()
    general = [d for d in details if "shippingDestination" not in d]
    base = fen(general[0]["shippingRate"]["value"])
    over = [fen(d["freeShippingThreshold"]["value"]) for d in general if "freeShippingThreshold" in d]
    for charge in specified:
        if charge["@type"] == "DeliveryChargeSpecification":
            assert fen(charge["price"]) == 0
            over.append(fen(charge["eligibleTransactionVolume"]["minPrice"]))
    surcharge = {
        region: fen(d["shippingRate"]["value"]) - base
        for d in details
        if "shippingRate" in d
        for region in _regions(d)
    }
    refused = tuple(region for d in details if d.get("doesNotShip") for region in _regions(d))
    free_over = over[0] if over else None
    return Shipping(base, free_over, surcharge=tuple(surcharge.items()), no_delivery=refused)


def _regions(details):
    destination = details.get("shippingDestination")
    return [REGIONS[name] for name in listed(destination["addressRegion"])] if destination else []
