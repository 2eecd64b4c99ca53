"""What each gateway says about promotions, as literal promotions; what contradicts itself or is not known."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.codec import validate_offers
from catalog.errors import InvalidInput
from catalog.listing import Stock
from catalog.money import Money
from catalog.promotion import Base, Promotion, PromotionKind, Repeat, Stage
from crawlers.fields import fen, text
from crawlers.fields import yuan as in_yuan
from crawlers.marketplaces import jd, pinduoduo, taobao
from crawlers.promotion_map import PromotionMap, Standing, told_apart
from crawlers.source import Access
from ledger.frontier import RejectKind
from tests.support.offers import yuan

CHINA = timezone(timedelta(hours=8))
JULY = datetime(2026, 7, 1, tzinfo=CHINA)
DAY = timedelta(days=1)
FIRST_S, LAST_S = 1782835200, 1782921599  # 1 July 2026 in China, its first and its last second
TODAY = {"starts_at": JULY, "ends_at": JULY + DAY}


def read(source, item):
    """The offer of one item, and the rejects."""
    rows, rejects = source.offers.read([item], source.marketplace)
    offers, bad = validate_offers(rows)
    problems = [(reject.kind, reject.reason) for reject in rejects]
    return (offers[0] if offers else None), problems + [(RejectKind.ITEM, one.why) for one in bad]


def promotions(source, item):
    offer, problems = read(source, item)
    assert problems == []
    return list(offer.terms.promotions)


def claimed(id_, stage, over, off, words, **more):
    return Promotion(
        id=id_, stage=stage, kind=PromotionKind.AMOUNT_OFF, off=yuan(off), action="claim", words=words,
        threshold=None if over is None else yuan(over), **more,
    )  # fmt: skip


# ── taobao ─────────────────────────────────────────────────────────────────────────────────────────


def taobao_item(path=(), more=(), tags=(), presale=None, **prices):
    return {
        "item_id": "aB-1",
        "item_basic_info": {"title": "青竹 G87", "user_type": 1, "shop_title": "青竹旗舰店"},
        "price_promotion_info": {
            "reserve_price": "259.00",
            "zk_final_price": "199.00",
            "final_promotion_price": "179.00",
            "final_promotion_path_list": {"final_promotion_path_map_data": list(path)},
            "more_promotion_list": {"more_promotion_map_data": list(more)},
            "promotion_tag_list": {"promotion_tag_map_data": [{"tag_name": tag} for tag in tags]},
        }
        | prices,
        "publish_info": {"click_url": "//s.example/1"},
        "presale_info": presale or {},
    }


def entry(title, words, **more):
    return {
        "promotion_title": title,
        "promotion_desc": words,
        "promotion_start_time": "2026-07-01 00:00:00",
        "promotion_end_time": "2026-07-01 23:59:59",
    } | more


def test_taobaos_path_and_the_rest_become_promotions():
    item = taobao_item(
        path=[
            entry("官方立减", "官方立减15%", promotion_fee="29.85", promotion_id="g1"),
            entry("商品券", "满199减20", promotion_fee="20.00", promotion_id="c1001"),
        ],
        more=[
            entry("店铺满减", "满299减30，满499减60", promotion_id="m1"),
            entry("店铺满折", "2件8.5折", promotion_id="m2"),
            entry("第2件半价", "第2件半价", promotion_id="m3"),
            entry("买赠", "买2送1", promotion_id="m4"),
            entry("跨店满减", "每满300减50，封顶150元"),
            entry("品类券", "满99减5", promotion_id="k1"),
            entry("店铺券", "满299减40", promotion_id="s1"),
        ],
        tags=["88VIP", "包邮", "淘金币抵3%"],
    )
    automatic = {"is_mandatory": True, **TODAY}
    in_shop = {"stage": Stage.SHOP, **automatic}

    assert promotions(taobao.SOURCE, item) == [
        Promotion(id="g1", stage=Stage.UNIT, kind=PromotionKind.UNIT_PERCENT, pay_bp=8500, words="官方立减15%", **automatic),
        claimed("c1001", Stage.SHOP, "199", "20", "满199减20", group="shop_coupon", **TODAY),
        Promotion(id="m1.1", kind=PromotionKind.AMOUNT_OFF, off=yuan("30"), threshold=yuan("299"), group="m1", words="满299减30", **in_shop),
        Promotion(id="m1.2", kind=PromotionKind.AMOUNT_OFF, off=yuan("60"), threshold=yuan("499"), group="m1", words="满499减60", **in_shop),
        Promotion(id="m2", kind=PromotionKind.PERCENT_OFF, pay_bp=8500, threshold_qty=2, words="2件8.5折", **in_shop),
        Promotion(id="m3", kind=PromotionKind.NTH_UNIT, n=2, pay_bp=5000, words="第2件半价", **in_shop),
        Promotion(id="m4", kind=PromotionKind.BONUS_UNITS, buy=2, get=1, words="买2送1", **in_shop),
        Promotion(
            id="cross_shop:每满300减50，封顶150元", stage=Stage.PLATFORM, kind=PromotionKind.AMOUNT_OFF, off=yuan("50"),
            threshold=yuan("300"), repeat=Repeat.EACH, cap=yuan("150"), words="每满300减50，封顶150元", **automatic,
        ),
        claimed("k1", Stage.PLATFORM, "99", "5", "满99减5", **TODAY),
        claimed("s1", Stage.SHOP, "299", "40", "满299减40", group="shop_coupon", **TODAY),
        Promotion(
            id="points:淘金币抵3%", stage=Stage.PLATFORM, kind=PromotionKind.PERCENT_OFF, pay_bp=9700, base=Base.RUNNING,
            needs=("points",), words="淘金币抵3%",
        ),
        Promotion(
            id="88vip:88VIP 9.5折", stage=Stage.PLATFORM, kind=PromotionKind.PERCENT_OFF, pay_bp=9500, base=Base.RUNNING,
            needs=("member:88vip",), words="88VIP 9.5折",
        ),
    ]  # fmt: skip


def test_taobaos_preorder_price_is_for_those_who_pay_a_deposit():
    presale = {
        "presale_deposit": "10.00", "presale_discount_fee_text": "付定金立减20元",
        "presale_start_time": FIRST_S * 1000, "presale_end_time": LAST_S * 1000,
    }  # fmt: skip

    assert promotions(taobao.SOURCE, taobao_item(presale=presale)) == [
        Promotion(
            id="presale", stage=Stage.UNIT, kind=PromotionKind.DEPOSIT, deposit=yuan("10"), worth=yuan("30"),
            needs=("preorder",), words="定金10抵30", **TODAY,
        )
    ]  # fmt: skip


def test_simplified_lists_are_the_same_lists():
    coupon = entry("商品券", "满199减20", promotion_id="c1")
    plain, bare = taobao_item(path=[coupon], tags=["88VIP"]), taobao_item(path=[coupon], tags=["88VIP"])
    info = bare["price_promotion_info"]
    info["final_promotion_path_list"] = [coupon]
    info["more_promotion_list"] = []
    info["promotion_tag_list"] = [{"tag_name": "88VIP"}]

    assert promotions(taobao.SOURCE, bare) == promotions(taobao.SOURCE, plain)


def test_what_taobao_claims_stays_a_claim():
    offer, _ = read(taobao.SOURCE, taobao_item())

    assert (offer.terms.price, offer.terms.list_price, offer.terms.claimed, offer.terms.promotions) == (
        yuan("199"),
        yuan("259"),
        yuan("179"),
        (),
    )


# ── jd ─────────────────────────────────────────────────────────────────────────────────────────────


def jd_item(**more):
    return {
        "skuId": 100001,
        "skuName": "青竹 G87",
        "materialUrl": "item.jd.example/1.html",
        "owner": "g",
        "priceInfo": {
            "price": 199,
            "lowestPrice": Decimal("189.5"),
            "lowestPriceType": 2,
            "lowestCouponPrice": 179,
        },
    } | more


MILLISECONDS = FIRST_S * 1000, LAST_S * 1000 + 999


def jd_coupon(bind, discount, quota, last=MILLISECONDS[1]):
    return {
        "bindType": bind, "discount": discount, "quota": quota, "useStartTime": MILLISECONDS[0], "useEndTime": last,
    }  # fmt: skip


def label(name, words, number, last=MILLISECONDS[1]):
    return {
        "labelName": name, "promotionLabel": words, "promotionLableId": number, "startTime": MILLISECONDS[0], "endTime": last,
    }  # fmt: skip


def test_jds_prices_coupons_and_labels_become_promotions():
    item = jd_item(
        pinGouInfo={"pingouPrice": Decimal("189.5"), "pingouTmCount": 2},
        seckillInfo={"seckillPrice": 169, "seckillOriPrice": 199, "seckillStartTime": MILLISECONDS[0], "seckillEndTime": LAST_S * 1000},
        secondPriceInfoList=[{"secondPriceType": 2, "secondPrice": Decimal("188.00")}, {"secondPriceType": 18, "secondPrice": 150}],
        promotionLabelInfoList=[label("直降", "直降10元", 7), label("多买优惠", "第2件7折", 8, LAST_S * 1000), label("满减", "每满300减50", 9)],
        couponInfo={"couponList": [jd_coupon(0, 20, 199), jd_coupon(1, Decimal("5.5"), 0), jd_coupon(2, 10, 100), jd_coupon(3, 15, 150, LAST_S * 1000)]},
    )  # fmt: skip
    unit = {"stage": Stage.UNIT, "kind": PromotionKind.SET_PRICE}
    automatic = {"is_mandatory": True, **TODAY}
    platform = {"group": "jd_platform_coupon", **TODAY}
    own = {"group": "shop_coupon", **TODAY}

    assert promotions(jd.SOURCE, item) == [
        Promotion(id="group", price=yuan("189.5"), action="open_group", words="拼购价", **unit),
        Promotion(id="flash", price=yuan("169"), words="秒杀价", **unit, **TODAY),
        Promotion(id="plus", price=yuan("188"), needs=("member:plus",), words="PLUS会员价", **unit),
        Promotion(id="newcomer", price=yuan("150"), needs=("new_user",), words="新人价", **unit),
        Promotion(id="7", stage=Stage.UNIT, kind=PromotionKind.UNIT_OFF, off=yuan("10"), words="直降10元", **automatic),
        Promotion(id="8", stage=Stage.SHOP, kind=PromotionKind.NTH_UNIT, n=2, pay_bp=7000, words="第2件7折", **automatic),
        Promotion(
            id="9", stage=Stage.SHOP, kind=PromotionKind.AMOUNT_OFF, off=yuan("50"), threshold=yuan("300"), repeat=Repeat.EACH,
            words="每满300减50", **automatic,
        ),
        claimed("coupon:满199减20", Stage.PLATFORM, "199", "20", "满199减20", **platform),
        claimed("coupon:无门槛减5.5", Stage.PLATFORM, "0", "5.5", "无门槛减5.5", **platform),
        claimed("coupon:满100减10", Stage.SHOP, "100", "10", "满100减10", **own),
        claimed("coupon:满150减15", Stage.SHOP, "150", "15", "满150减15", **own),
    ]  # fmt: skip
    offer, _ = read(jd.SOURCE, item)
    assert (offer.terms.price, offer.terms.claimed, offer.terms.list_price) == (
        yuan("199"),
        yuan("179"),
        None,
    )


@pytest.mark.parametrize(
    ("worth", "expected"), [({}, "50"), ({"depositWorth": 100}, "100"), ({"depositWorth": 0}, "50")]
)
def test_jds_deposit_swells_or_does_not(worth, expected):
    times = {"preSaleStartTime": MILLISECONDS[0], "preSaleEndTime": MILLISECONDS[1]}
    item = jd_item(
        preSaleInfo={"currentPrice": 199, "earnest": 50, "discountType": len(worth), **worth, **times}
    )
    item["priceInfo"]["lowestPriceType"] = 4
    offer, problems = read(jd.SOURCE, item)

    assert problems == []
    assert offer.stock is Stock.PREORDER
    assert offer.terms.promotions == (
        Promotion(
            id="presale", stage=Stage.UNIT, kind=PromotionKind.DEPOSIT, deposit=yuan("50"), worth=yuan(expected),
            needs=("preorder",), words=f"定金50抵{expected}", **TODAY,
        ),
    )  # fmt: skip


def test_jd_is_asked_for_its_labels():
    page = jd.SOURCE.first_pages(["键盘"])[0]
    request = jd.SOURCE.request(page, Access("https://jd.example", {"app_key": "k", "app_secret": "s"}), JULY)

    assert b"promotionLabelInfo" in request.body


# ── pinduoduo ──────────────────────────────────────────────────────────────────────────────────────

NOTHING = {
    "coupon_discount": 0, "coupon_min_order_amount": 0, "coupon_start_time": 0, "coupon_end_time": 0, "extra_coupon_amount": 0,
    "mall_coupon_discount_pct": 0, "mall_coupon_min_order_amount": 0, "mall_coupon_max_discount_amount": 0,
    "mall_coupon_start_time": 0, "mall_coupon_end_time": 0, "clt_cpn_discount": 0, "clt_cpn_min_amt": 0, "clt_cpn_start_time": 0,
    "clt_cpn_end_time": 0, "platform_discount_list": [], "service_tags": [1, 13], "activity_tags": [],
}  # fmt: skip


def pdd_item(**more):
    return (
        {"goods_sign": "E9", "goods_name": "青竹 G87", "min_normal_price": 19900, "min_group_price": 17900}
        | NOTHING
        | more
    )


GROUP = Promotion(
    id="group", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=yuan("179"), action="open_group", words="拼单价",
)  # fmt: skip


def test_pinduoduos_coupons_become_promotions():
    item = pdd_item(
        coupon_discount=2000, coupon_min_order_amount=15000, coupon_start_time=FIRST_S, coupon_end_time=LAST_S,
        mall_coupon_discount_pct=90, mall_coupon_min_order_amount=10000, mall_coupon_max_discount_amount=1250,
        mall_coupon_start_time=FIRST_S, mall_coupon_end_time=LAST_S,
        clt_cpn_discount=300, clt_cpn_min_amt=5000, clt_cpn_start_time=FIRST_S, clt_cpn_end_time=LAST_S,
        extra_coupon_amount=150,
        platform_discount_list=[
            {"coupon_amount": 500, "coupon_threshold": 10000, "discount_type": 1},
            {"coupon_amount": 1200, "coupon_threshold": 20000, "discount_type": 1},
        ],
    )  # fmt: skip
    own = {"group": "shop_coupon", **TODAY}

    assert promotions(pinduoduo.SOURCE, item) == [
        GROUP,
        claimed("coupon:满150减20", Stage.SHOP, "150", "20", "满150减20", **own),
        Promotion(
            id="mall:满100打9折，最多减12.5元", stage=Stage.SHOP, kind=PromotionKind.PERCENT_OFF, pay_bp=9000, threshold=yuan("100"),
            cap=yuan("12.5"), action="claim", words="满100打9折，最多减12.5元", **own,
        ),
        claimed("follow:关注店铺满50减3", Stage.SHOP, "50", "3", "关注店铺满50减3", needs=("follow_shop",), **own),
        claimed("extra:额外优惠无门槛减1.5", Stage.PLATFORM, None, "1.5", "额外优惠无门槛减1.5"),
        claimed("platform:满100减5", Stage.PLATFORM, "100", "5", "满100减5", group="platform_discount"),
        claimed("platform:满200减12", Stage.PLATFORM, "200", "12", "满200减12", group="platform_discount"),
    ]  # fmt: skip


def test_zero_is_not_there():
    offer, problems = read(pinduoduo.SOURCE, pdd_item())

    assert problems == []
    assert (offer.terms.price, offer.terms.shipping, offer.terms.promotions) == (
        yuan("199"),
        yuan("0"),
        (GROUP,),
    )
    assert promotions(pinduoduo.SOURCE, pdd_item(min_group_price=0)) == []


def test_the_subsidised_group_price_cannot_be_had_with_a_coupon_of_the_shop():
    (group,) = promotions(pinduoduo.SOURCE, pdd_item(activity_tags=[4, 7]))

    assert group.excludes == ("shop_coupon",)


def test_a_price_for_nobody_alone_is_no_offer():
    assert read(pinduoduo.SOURCE, pdd_item(min_normal_price=0)) == (
        None,
        [(RejectKind.ITEM, "price: missing")],
    )


# ── what contradicts itself, and what nobody knows ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "item", "reason"),
    [
        (pinduoduo.SOURCE, pdd_item(coupon_discount=-500), "off must be above zero: CNY -5.00"),
        (pinduoduo.SOURCE, pdd_item(min_group_price=-1), "price must be above zero: CNY -0.01"),
        (pinduoduo.SOURCE, pdd_item(min_group_price=10**12), "not a price"),
        (pinduoduo.SOURCE, pdd_item(coupon_discount=500, coupon_min_order_amount=-1), "threshold must be above zero"),
        (pinduoduo.SOURCE, pdd_item(mall_coupon_discount_pct=101), "pay_bp must be 1 to 10000: 10100"),
        (pinduoduo.SOURCE, pdd_item(mall_coupon_discount_pct=-5), "pay_bp must be 1 to 10000: -500"),
        (pinduoduo.SOURCE, pdd_item(mall_coupon_discount_pct=90, mall_coupon_max_discount_amount=-1), "cap must be above zero"),
        (pinduoduo.SOURCE, pdd_item(coupon_discount=500, coupon_start_time=LAST_S, coupon_end_time=FIRST_S), "its window ends before it starts"),
        (pinduoduo.SOURCE, pdd_item(platform_discount_list=[{"coupon_amount": -1}]), "off must be above zero"),
        (pinduoduo.SOURCE, pdd_item(platform_discount_list=[{"coupon_amount": n} for n in range(1, 66)]), "promotions: more than 64"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, -20, 199)]}), "off must be above zero: CNY -20.00"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, 0, 199)]}), "off must be above zero: CNY 0.00"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, 20, 199, MILLISECONDS[0] - 5000)]}), "its window ends before it starts"),
        (jd.SOURCE, jd_item(preSaleInfo={"earnest": 50, "depositWorth": 20}), "a deposit that is worth less than is paid"),
        (jd.SOURCE, jd_item(pinGouInfo={"pingouPrice": 0}), "price must be above zero"),
        (jd.SOURCE, jd_item(promotionLabelInfoList=[label("多买优惠", "第1件半价", 1)]), "n must be 2 to 10000: 1"),
        (jd.SOURCE, jd_item(promotionLabelInfoList=[label("满减", "每满0减5", 1)]), "it repeats for each threshold reached, and has none"),
        (taobao.SOURCE, taobao_item(path=[entry("商品券", "满199减0")]), "off must be above zero"),
        (taobao.SOURCE, taobao_item(path=[entry("官方立减", "官方立减100%")]), "pay_bp must be 1 to 10000: 0"),
        (taobao.SOURCE, taobao_item(path=[entry("商品券", "满9减1", promotion_end_time="2026-06-30 23:59:59")]), "its window ends before it starts"),
        (taobao.SOURCE, taobao_item(presale={"presale_deposit": "-10"}), "must be above zero"),
    ],
    ids=range(21),
)  # fmt: skip
def test_terms_that_contradict_themselves_withhold_the_whole_item(source, item, reason):
    offer, ((kind, why), *others) = read(source, item)

    assert offer is None
    assert (kind, others) == (RejectKind.ITEM, [])
    assert reason in why


@pytest.mark.parametrize(
    ("source", "item", "reason"),
    [
        (taobao.SOURCE, taobao_item(path=[entry("商品券", "神秘大礼包")]), "words that nobody knows: '神秘大礼包'"),
        (taobao.SOURCE, taobao_item(path=[entry("商品券", None)]), "promotion_desc: missing"),
        (taobao.SOURCE, taobao_item(path=[entry("膨胀红包", "满199减20")]), "a sort of promotion that nobody knows: promotion_title '膨胀红包'"),
        (taobao.SOURCE, taobao_item(path=[entry("官方立减", "满199减20")]), "off the order, among reductions of each unit"),
        (taobao.SOURCE, taobao_item(path=[entry("店铺满减", "直降20元")]), "off each unit, among reductions of the order"),
        (taobao.SOURCE, taobao_item(path=[entry("商品券", "满9减1", promotion_end_time="明天")]), "promotion_end_time: not a moment"),
        (taobao.SOURCE, taobao_item(final_promotion_path_list="x"), "neither a list nor an object: str"),
        (taobao.SOURCE, taobao_item(final_promotion_path_list=[5]), "no object: int"),
        (taobao.SOURCE, taobao_item(tags=["淘金币大放送"]), "words that nobody knows"),
        (taobao.SOURCE, taobao_item(presale={"presale_deposit": "10", "presale_discount_fee_text": "惊喜"}), "words that nobody knows: '惊喜'"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(9, 20, 199)]}), "a sort of promotion that nobody knows: bindType 9"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, "20起", 199)]}), "discount: "),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, None, 199)]}), "discount: missing"),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, 20, {"a": 1})]}), "quota: "),
        (jd.SOURCE, jd_item(couponInfo={"couponList": [jd_coupon(0, 20, 199, 10**30)]}), "useEndTime: not a moment"),
        (jd.SOURCE, jd_item(secondPriceInfoList=[{"secondPriceType": 77, "secondPrice": 1}]), "secondPriceType 77"),
        (jd.SOURCE, jd_item(promotionLabelInfoList=[label("赠品", "赠键帽", 1)]), "labelName '赠品'"),
        (pinduoduo.SOURCE, pdd_item(mall_coupon_discount_pct="90"), "mall_coupon_discount_pct: not a whole percentage"),
        (pinduoduo.SOURCE, pdd_item(coupon_discount=20.5), "coupon_discount: not a whole number of minor units"),
        (pinduoduo.SOURCE, pdd_item(coupon_discount=5, coupon_end_time=LAST_S * 1000), "coupon_end_time: not a moment"),
    ],
    ids=range(20),
)  # fmt: skip
def test_a_promotion_that_nobody_knows_is_left_out_and_recorded(source, item, reason):
    offer, problems = read(source, item)

    assert offer is not None
    assert [kind for kind, _ in problems] == [RejectKind.FIELD]
    assert problems[0][1].startswith("promotions: ")
    assert reason in problems[0][1]
    assert {promotion.id for promotion in offer.terms.promotions} <= {"group"}


def test_a_promotion_that_is_over_stays_and_does_not_hold():
    (coupon,) = promotions(taobao.SOURCE, taobao_item(more=[entry("商品券", "满199减20", promotion_id="c")]))

    assert coupon.holds(JULY + DAY - timedelta(microseconds=1), "CN-SH")
    assert not coupon.holds(JULY + DAY, "CN-SH")
    assert not coupon.holds(JULY - timedelta(microseconds=1), "CN-SH")


def test_what_is_told_twice_counts_once_and_others_of_the_same_name_are_numbered():
    same = entry("商品券", "满199减20", promotion_id="c")
    other = entry("商品券", "满199减30", promotion_id="c")
    item = taobao_item(path=[same], more=[same, other, other])

    found = promotions(taobao.SOURCE, item)

    assert [(promotion.id, promotion.off) for promotion in found] == [("c", yuan("20")), ("c~2", yuan("30"))]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["满199减20", "-5", "0", 7, 10**20]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
PLACES = [
    (taobao.SOURCE, taobao_item(path=[entry("商品券", "满199减20")], presale={"presale_deposit": "10"}), ("price_promotion_info", "presale_info")),
    (
        jd.SOURCE,
        jd_item(
            couponInfo={"couponList": [jd_coupon(0, 20, 199)]}, promotionLabelInfoList=[label("满减", "满9减1", 1)],
            seckillInfo={"seckillPrice": 1}, secondPriceInfoList=[{"secondPriceType": 2, "secondPrice": 5}],
        ),
        ("couponInfo", "promotionLabelInfoList", "seckillInfo", "secondPriceInfoList", "pinGouInfo", "preSaleInfo"),
    ),
    (pinduoduo.SOURCE, pdd_item(platform_discount_list=[{"coupon_amount": 5}]), (*NOTHING, "min_group_price")),
]  # fmt: skip


def leaves(node, path=()):
    """Paths to everything inside a node."""
    yield path
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        yield from leaves(inner, (*path, key))


@given(st.data())
def test_anything_in_the_place_of_a_promotion_is_an_offer_or_a_reject(data):
    source, item, parts = data.draw(st.sampled_from(PLACES))
    item = deepcopy(item)
    part = data.draw(st.sampled_from(parts))
    path = (part, *data.draw(st.sampled_from(list(leaves(item.get(part))))))
    holder = item
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(ANYTHING)

    offer, problems = read(source, item)

    assert (offer is None) == any(kind is RejectKind.ITEM for kind, _ in problems)
    if offer is not None:
        assert len({promotion.id for promotion in offer.terms.promotions}) == len(offer.terms.promotions)


# ── broken twins ───────────────────────────────────────────────────────────────────────────────────


def test_a_map_in_the_other_unit_reads_another_coupon():
    right = PromotionMap(off=fen("off"), standing=Standing(name="c", stage=Stage.SHOP))
    wrong = PromotionMap(off=in_yuan("off"), standing=Standing(name="c", stage=Stage.SHOP))

    (first,), (second,) = right.read({"off": 500}, "CNY")[0], wrong.read({"off": 500}, "CNY")[0]

    assert (first.off, second.off) == (Money(500, "CNY"), Money(50_000, "CNY"))


def test_a_map_without_amounts_is_no_map():
    with pytest.raises(InvalidInput):
        PromotionMap(id=text("id"), standing=Standing(name="c", stage=Stage.SHOP))


def test_telling_apart_does_not_depend_on_who_asks():
    coupons = [claimed("c", Stage.SHOP, "9", str(n), "w") for n in (1, 2, 1, 3)]

    assert [(p.id, p.off.minor) for p in told_apart(coupons)] == [("c", 100), ("c~2", 200), ("c~3", 300)]
