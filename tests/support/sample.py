"""A rich ledger for pages: two dozen products on four or eight marketplaces, 60 days of prices, and hostile sellers.

One product (`LONG`) has 105 days. Some offers have terms of every kind (`_terms_of`): coupons, member prices, subsidies,
limits, bonus pieces, regions, taxes.

Everything is derived from the tables below: no randomness, so a picture taken today looks like yesterday's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from catalog.listing import Condition, Marketplace, Observation, Seller, SellerType, SourceKind, Stock
from catalog.money import Money
from catalog.price_terms import Fee, ShippingRules, Tax
from catalog.promotion import Base, Promotion, PromotionKind, Stage
from indexer.bootstrap import open_store
from ledger.copy import copy as copy_ledger
from ledger.database import Database
from ledger.frontier import Fetched, PageRequest, ReadPage, Reject, RejectKind
from ledger.ledger import Ledger
from tests.support.index import following, make_indexer
from tests.support.offers import START, on_terms, seen, yuan
from tests.support.places import Place

DAYS = 60
EARLIER = 45
"""Days before the others on which `LONG` was seen already."""
NOW = START + timedelta(days=DAYS, minutes=9)
"""When the sample is looked at: the last crawl ended some minutes ago."""

ADMIN_KEY = "sample-key"


def _marketplace(slug, name, kind=SourceKind.API, *, needs_keywords=True):
    return Marketplace(slug, name, "CNY", "zh-CN", kind, needs_keywords)


FOUR = (
    _marketplace("jd", "京东"),
    _marketplace("pinduoduo", "拼多多"),
    _marketplace("shop", "独立商店", SourceKind.WEB, needs_keywords=False),
    _marketplace("taobao", "淘宝"),
)
EIGHT = (
    *FOUR,
    _marketplace("douyin", "抖音商城"),
    _marketplace("kuaishou", "快手小店"),
    _marketplace("meituan", "美团"),
    _marketplace("youzan", "有赞"),
)
UNCONFIGURED = _marketplace("weidian", "微店")

OFFICIAL = Seller("s1", "官方旗舰店", SellerType.BRAND_FLAGSHIP)
SELLERS = {
    "jd": (Seller("1", "京东自营", SellerType.SELF_OPERATED), Seller("2", "中关村数码专营店", SellerType.AUTHORISED),
           Seller("3", "优品汇", SellerType.ORDINARY), Seller("4", "北城电器", SellerType.ORDINARY)),
    "taobao": (OFFICIAL, Seller("5", "小鹿的杂货铺", SellerType.INDIVIDUAL), Seller("6", "海购优选", SellerType.ORDINARY),
               Seller("7", "天天正品", SellerType.ORDINARY)),
    "pinduoduo": (Seller("8", "品牌黑标店", SellerType.BRAND_FLAGSHIP), Seller("9", "万家好货", SellerType.ORDINARY)),
    "shop": (Seller("", "城南小铺", SellerType.UNKNOWN),),
    "douyin": (Seller("10", "直播优选", SellerType.ORDINARY),),
    "kuaishou": (Seller("11", "老铁好店", SellerType.ORDINARY),),
    "meituan": (Seller("12", "闪电仓（人民路店）", SellerType.ORDINARY),),
    "youzan": (Seller("13", "拾光书店与杂货", SellerType.ORDINARY),),
}  # fmt: skip

TITLES = {
    "jd": "{zh}（{en}）{model} {spec} {what}",
    "taobao": "{en}/{zh} {model} {spec} {what} 官方正品 顺丰包邮",
    "pinduoduo": "【百亿补贴】{zh} {model} {spec} {what} 假一赔十",
    "shop": "{zh} {model} {spec} {what}",
    "douyin": "🔥直播间专享 {zh} {model} {spec} {what}",
    "kuaishou": "{zh} {model} {spec} {what} 老铁专属",
    "meituan": "{zh} {model} {spec} {what}",
    "youzan": "{en} {model} {spec} {what}",
}


@dataclass(frozen=True)
class Goods:
    """What is sold, where, and for how much (yuan; `where` gives the number of offers per marketplace)."""

    zh: str
    en: str
    model: str
    spec: str
    what: str
    price: int
    where: str = "jd2 taobao2 pinduoduo1 shop1 douyin1 kuaishou1 meituan1 youzan1"
    condition: Condition | None = None
    category: str = ""


PHONE = "手机"
GOODS = (
    Goods("苹果", "Apple", "iPhone 15", "128GB", PHONE, 4299,
          "jd4 taobao5 pinduoduo2 shop1 douyin1 kuaishou1 meituan1 youzan1"),
    Goods("苹果", "Apple", "iPhone 15", "256GB", PHONE, 4999),
    Goods("苹果", "Apple", "iPhone 15", "512GB", PHONE, 6499, "jd1 taobao1"),
    Goods("苹果", "Apple", "iPhone 15", "128GB 99新 二手", PHONE, 3199, "taobao2 shop1", Condition.USED),
    Goods("苹果", "Apple", "iPhone 15", "128GB 港版", PHONE, 3899, "taobao1 pinduoduo1"),
    Goods("苹果", "Apple", "iPhone 15 Pro", "256GB", PHONE, 6799),
    Goods("苹果", "Apple", "iPhone 15 Pro Max", "256GB", PHONE, 7999, "jd1 taobao2 pinduoduo1 youzan1"),
    Goods("苹果", "Apple", "iPhone 14", "128GB", PHONE, 3799, "jd1 pinduoduo1 shop1 kuaishou1"),
    Goods("华为", "HUAWEI", "Mate 60 Pro", "12GB+512GB", PHONE, 5999),
    Goods("华为", "HUAWEI", "Pura 70", "12GB+256GB", PHONE, 5499, "jd1 taobao2 douyin1"),
    Goods("小米", "Xiaomi", "小米14", "12GB+256GB", PHONE, 3599),
    Goods("三星", "SAMSUNG", "Galaxy S24", "8GB+256GB", PHONE, 4799, "jd2 taobao1 pinduoduo1"),
    Goods("索尼", "SONY", "WH-1000XM5", "头戴式", "降噪耳机", 1999),
    Goods("苹果", "Apple", "AirPods Pro 2", "USB-C", "蓝牙耳机", 1499),
    Goods("贵州茅台", "MOUTAI", "飞天茅台", "53度 500ml", "白酒", 1599, "jd2 taobao1 pinduoduo1 shop1 meituan1"),
    Goods("五粮液", "WULIANGYE", "第八代普五", "52度 500ml", "白酒", 1059, "jd1 taobao1 shop1 meituan1"),
    Goods("农夫山泉", "NONGFU", "饮用天然水", "550ml*24瓶", "矿泉水", 36, "jd1 taobao1 pinduoduo1 shop1 meituan1"),
    Goods("飞鹤", "FIRMUS", "星飞帆", "3段 700g", "奶粉", 258, "jd2 taobao1 pinduoduo1 kuaishou1"),
    Goods("乐高", "LEGO", "42143", "科技系列 法拉利", "积木", 2799, "jd1 taobao2 shop1"),
    Goods("SK-II", "SK-II", "神仙水", "230ml", "精华", 1099, "jd1 taobao1 youzan1"),
    Goods("耐克", "NIKE", "Air Force 1", "CW2288-111 42码", "板鞋", 749, "jd1 taobao2 pinduoduo1"),
    Goods("联想", "Lenovo", "拯救者 Y7000P", "i7-14650HX 16GB 1TB RTX4060", "笔记本电脑", 8499, "jd2 taobao1 shop1"),
    Goods("维达", "Vinda", "超韧", "130抽*24包", "抽纸", 59, "jd1 taobao1 pinduoduo2 meituan1"),
    Goods("图拉斯", "TORRAS", "适用于苹果iPhone 15", "透明", "手机壳", 69, "taobao2 pinduoduo1"),
    Goods("飞鹤", "FIRMUS", "星飞帆", "3段 700g*6罐", "奶粉", 1488, "jd1 taobao1 pinduoduo1"),
)  # fmt: skip

LONG, PHONE_256, HUAWEI, MOUTAI, WATER, SERUM, SHOES, SIX_TINS = 18, 1, 8, 14, 16, 19, 20, 24
"""Places of goods in the table that have something to tell."""

SCRIPT = "<script>alert(document.domain)</script>"
HOSTILE_TITLES = (
    f"{SCRIPT} 收纳盒 加厚款",
    '"><img src=x onerror=alert(1)> 置物架 家用',
    "javascript:alert(1) 厨房置物架 不锈钢",
    "' onmouseover=alert(1) autofocus onfocus=alert(1) x=' 挂钩",
    "</title></script><svg/onload=alert(1)> 晾衣架",
    "{{ 7*7 }}${7*7}<%= 7*7 %> 模板收纳箱",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe 数码配件 \N{POP DIRECTIONAL FORMATTING}收纳包",
    "مرحبا بالعالم سماعات لاسلكية 耳机收纳 שלום",
    "👨‍👩‍👧‍👦🏳️‍🌈🔥🔥🔥 亲子杯 套装 é̸̢̧̛̗̣",
    "超长标题" + "加厚加大特惠限时秒杀" * 48,
    "A" * 300 + " 无空格长词",
)
"""What sellers may write and no page may run, break over or be turned around by."""


def observations(slug: str, day: int) -> list[Observation]:
    """What a marketplace showed on a day."""
    shown = [
        one
        for number, goods in enumerate(GOODS)
        if day >= 0 or number == LONG
        for one in _of_goods(goods, number, slug, day)
    ]
    return shown + _oddities(slug, day)


def _of_goods(goods: Goods, number: int, slug: str, day: int) -> Iterator[Observation]:
    count = next((int(w.removeprefix(slug)) for w in goods.where.split() if w.startswith(slug)), 0)
    for n in range(count):
        if not _is_shown(number, n, slug, day):
            continue
        item = f"{number:02d}{n}{_place(slug)}"
        fen = _long_fen(n, slug, day) if number == LONG else _price_fen(goods.price, number, n, slug, day)
        plain = seen(
            item,
            f"{fen // 100}.{fen % 100:02d}",
            at=day * 86_400 + 60 * _place(slug),
            marketplace=slug,
            title=TITLES[slug].format(**vars(goods)),
            sku_text=("黑色", "蓝色", "白色", "")[n % 4] if goods.what == PHONE else "",
            seller=SELLERS[slug][n % len(SELLERS[slug])],
            url=f"https://item.{slug}.example/{item}.html?id=70{number:04d}{n}",
            category=(goods.what,),
            stock=_stock(number, n, slug),
            shipping=_shipping(number, n, slug),
            list_price=yuan(str(goods.price * 5 // 4)) if (number + n) % 3 == 0 else None,
            claimed=Money(fen * 93 // 100, "CNY") if (number + n + _place(slug)) % 7 == 0 else None,
            condition=goods.condition,
        )
        grouped = _in_a_group(plain, fen) if slug == "pinduoduo" else plain
        yield on_terms(grouped, **_terms_of(number, n, slug, day, fen))


def _terms_of(number: int, n: int, slug: str, day: int, fen: int) -> dict[str, object]:
    """What is special about an offer's terms; most have none."""
    return {
        (PHONE_256, 0, "jd"): {"promotions": _phone_promotions(fen)},
        (HUAWEI, 0, "taobao"): {"promotions": _coupons(), "claimed": Money(fen * 94 // 10_000 * 100, "CNY")},
        (MOUTAI, 0, "pinduoduo"): {"max_quantity": 1},
        (WATER, 0, "jd"): {"promotions": (_promotion("two", Stage.SHOP, PromotionKind.BONUS_UNITS, "买2送1", buy=2, get=1),)},
        (WATER, 0, "taobao"): {"min_quantity": 2},
        (WATER, 0, "shop"): {"min_order": yuan("60"), "shipping": yuan("6"), "fees": (Fee("packing", yuan("1.50")),)},
        (SERUM, 0, "taobao"): {"tax": Tax(91_000), "gifts": ("旅行装面霜 15g",)},
        (SHOES, 0, "pinduoduo"): {"shipping_rules": ShippingRules(no_delivery=("CN-XJ", "CN-XZ"))},
        (SHOES, 0, "jd"): {"shipping_rules": ShippingRules(surcharges=(("CN-XJ", yuan("15")),))},
        (LONG, 0, "jd"): {"list_price": yuan("3299") if day >= 50 else None},
        (LONG, 0, "taobao"): {"list_price": yuan("3599") if day >= 57 else None},
        (LONG, 1, "taobao"): {"list_price": yuan("2899") if day >= 57 else None},
    }.get((number, n, slug), {})  # fmt: skip


def _promotion(name: str, stage: Stage, kind: PromotionKind, words: str, **rest) -> Promotion:
    return Promotion(id=name, stage=stage, kind=kind, words=words, **rest)


def _phone_promotions(fen: int) -> tuple[Promotion, ...]:
    """Three conditions, each with a price of its own; the subsidy has a window."""
    return (
        _promotion("plus", Stage.UNIT, PromotionKind.SET_PRICE, "PLUS专享价", price=Money(fen * 98 // 10_000 * 100 + 100, "CNY"),
                   needs=("member:plus",)),
        _promotion("new", Stage.PLATFORM, PromotionKind.AMOUNT_OFF, "新人立减", off=yuan("30"), needs=("new_user",)),
        _promotion("gov", Stage.SUBSIDY, PromotionKind.SUBSIDY, "国家补贴15%", rate_bp=1500, cap_unit=yuan("500"),
                   needs=("gov_subsidy",), ends_at=NOW + timedelta(days=3)),
    )  # fmt: skip


def _coupons() -> tuple[Promotion, ...]:
    """A coupon that anyone may claim, and what members of the marketplace get."""
    return (
        _promotion("shop", Stage.SHOP, PromotionKind.AMOUNT_OFF, "店铺券满5000减200", off=yuan("200"), threshold=yuan("5000"),
                   action="claim", ends_at=NOW + timedelta(days=5)),
        _promotion("vip", Stage.PLATFORM, PromotionKind.PERCENT_OFF, "88VIP 95折", pay_bp=9500, base=Base.RUNNING,
                   needs=("member:88vip",)),
    )  # fmt: skip


def _in_a_group(observation: Observation, fen: int) -> Observation:
    """Alone it costs ten yuan more."""
    group = Promotion(
        id="group",
        stage=Stage.UNIT,
        kind=PromotionKind.SET_PRICE,
        price=Money(fen, "CNY"),
        action="open_group",
        words="拼单价",
    )
    return on_terms(observation, price=Money(fen + 1000, "CNY"), promotions=(group,))


def _place(slug: str) -> int:
    return [m.slug for m in EIGHT].index(slug)


def _price_fen(base: int, number: int, n: int, slug: str, day: int) -> int:
    """Spread over marketplaces and sellers; cut and raised now and then, with one deep, short cut a while ago."""
    spread = 1000 + (number * 37 + _place(slug) * 53 + n * 29) % 140 - 60
    wave = ((day + number * 5 + _place(slug) * 3 + n) // 11 * 17) % 5 * 12
    cut = 80 if 38 <= (day + number) % DAYS < 42 and _place(slug) in {1, 4} else 0
    fen = base * (spread + wave - cut) // 10
    return max(fen // 100 * 100 - (10 if base < 100 else 0), 100)


def _long_fen(n: int, slug: str, day: int) -> int:
    """The prices of `LONG`: one raised and cut again, one cut to a new low, one cut below what it always was."""
    if (slug, n) == ("jd", 0):
        return 329_900 if 38 <= day < 50 else 279_900
    if slug == "taobao":
        return 289_900 if day < 57 else (269_900, 279_900)[n]
    return 299_900


def _is_shown(number: int, n: int, slug: str, day: int) -> bool:
    """One offer stopped being seen three days ago, one twelve, and one was away for ten days in between."""
    last = {(0, 2, "taobao"): DAYS - 3, (1, 1, "jd"): DAYS - 12, (9, 0, "jd"): DAYS - 2}.get(
        (number, n, slug), DAYS
    )
    is_away = number in {0, 12} and slug == "jd" and 20 <= day < 30
    return day <= last and not is_away


def _stock(number: int, n: int, slug: str) -> Stock:
    odd = {(0, 1, "jd"): Stock.OUT, (2, 0, "jd"): Stock.OUT, (2, 0, "taobao"): Stock.OUT, (8, 0, "pinduoduo"): Stock.OUT,
           (5, 0, "taobao"): Stock.LOW, (6, 0, "jd"): Stock.PREORDER}  # fmt: skip
    return odd.get((number, n, slug), Stock.UNKNOWN if slug == "shop" else Stock.IN)


def _shipping(number: int, n: int, slug: str) -> Money | None:
    if slug == "shop" or (slug == "taobao" and n == 1):
        return None
    return yuan("12.00") if slug == "youzan" or (slug == "jd" and (number + n) % 4 == 1) else yuan("0.00")


def _oddities(slug: str, day: int) -> list[Observation]:
    """Hostile titles; an offer that leaves the capacity open; one in another currency."""
    if day < DAYS - 1:
        return []
    at, rows = day * 86_400, []
    if slug == "taobao":
        rows = [
            seen(
                f"h{n}",
                f"{n + 9}.90",
                at=at,
                marketplace=slug,
                title=title,
                seller=Seller(f"h{n}", title[:60]),
            )
            for n, title in enumerate(HOSTILE_TITLES)
        ]
        rows.append(
            seen(
                "u1", "4188", at=at, marketplace=slug, title="苹果15 手机 全网通 原装正品", category=(PHONE,)
            )
        )
    if slug == "jd":
        hostile = f"苹果 iPhone 15 128GB 手机 {SCRIPT}"
        worded = seen("h9", "4777", at=at, marketplace=slug, title=hostile, seller=Seller("h", SCRIPT))
        rows.append(on_terms(worded, promotions=_hostile_promotions(), gifts=(SCRIPT,)))
        rows.append(seen("o1", "999", at=at, marketplace=slug, title="苹果 iPhone 15 128GB 手机 特价"))
    if slug == "shop":
        foreign = seen("f1", "1", at=at, marketplace=slug, title="Apple iPhone 15 128GB 手机")
        rows.append(on_terms(foreign, price=Money(59_900, "USD")))
    return rows


def _hostile_promotions() -> tuple[Promotion, ...]:
    """Words, conditions and actions are a seller's text as well."""
    return (
        _promotion("x", Stage.SHOP, PromotionKind.AMOUNT_OFF, f"券 {SCRIPT}", off=yuan("1"), action=SCRIPT),
        _promotion("y", Stage.SHOP, PromotionKind.AMOUNT_OFF, "مرحبا 减", off=yuan("2"), needs=(f"member:{SCRIPT}",)),
    )  # fmt: skip


def fill(ledger: Ledger, marketplaces: Sequence[Marketplace] = FOUR) -> None:
    """Register the marketplaces and crawl them daily for 60 days, a run per ten days and one for the last."""
    ledger.marketplaces.register(dict.fromkeys(marketplaces, True) | {UNCONFIGURED: False})
    for first in range(0, DAYS, 10):
        _crawl(ledger, marketplaces, range(first or -EARLIER, first + 10))
    _crawl(ledger, marketplaces, range(DAYS, DAYS + 1))


def _crawl(ledger: Ledger, marketplaces: Sequence[Marketplace], days: range) -> None:
    for marketplace in marketplaces:
        began = START + timedelta(
            days=days[-1]
        )  # late: a run is a matter of minutes, whatever it is told it saw
        run_id = ledger.runs.request(
            marketplace.slug, ["手机", "白酒"] if marketplace.needs_keywords else [], now=began
        )
        lease = ledger.runs.claim("w1", now=began, run_id=run_id)
        assert lease is not None
        ledger.frontier.seed(lease, [PageRequest("search", {"page": str(day)}) for day in days])
        pages = ledger.frontier.lease(lease, limit=100, now=began)
        for day, page in zip(days, pages, strict=True):
            now = START + timedelta(days=day, minutes=8)
            rows = observations(marketplace.slug, day)
            read = ReadPage(Fetched(now, 200, 20_000, "h"), rows, rejects=_rejects(day))
            ledger.frontier.complete(lease, page.id, read, now=now)
        ledger.runs.finish(lease, now=START + timedelta(days=days[-1], minutes=9))


def _rejects(day: int) -> tuple[Reject, ...]:
    if day != DAYS:
        return ()
    return (
        Reject("70001", "no price: an amount is missing", '{"title": "<b>缺价商品</b>", "price": ""}'),
        Reject(
            "70002",
            "shipping: not an amount",
            '{"freight": "满99包邮<script>alert(1)</script>"}',
            RejectKind.FIELD,
        ),
    )


@cache
def _template(folder: Path, names: tuple[Marketplace, ...]) -> Path:
    made = folder / f"sample-{len(names)}"
    with Ledger.open(f"sqlite:///{made / 'ledger.sqlite'}", migrated=True) as ledger:
        fill(ledger, names)
        with following(make_indexer(ledger, made / "index")):
            return made


def sample_services(
    folder: Path,
    marketplaces: tuple[Marketplace, ...] = FOUR,
    *,
    templates: Path | None = None,
    clock=lambda: NOW,
) -> Services:
    """Services over a copy of the sample, at `NOW`. `templates` is where the sample itself is made once and kept."""
    made = _template(templates or folder / "template", marketplaces)
    copy = folder / "copy"
    shutil.copytree(made, copy)
    ledger = Ledger.open(f"sqlite:///{copy / 'ledger.sqlite'}")
    return _services(ledger, copy / "index", clock)


def scaled_sample(place: Place, marketplaces: tuple[Marketplace, ...], templates: Path) -> None:
    """The sample in another place: moved as an operator would, and indexed anew."""
    made = _template(templates, marketplaces)
    source, target = Database(f"sqlite:///{made / 'ledger.sqlite'}"), Database(place.database_url)
    copy_ledger(source, target, now=NOW)
    source.close()
    target.close()
    with Ledger.open(place.database_url) as ledger:
        indexer = make_indexer(ledger, open_store(place.index_settings()))
        indexer.rebuild().run(indexer.version())
        indexer.store.close()


def services_on(place: Place, *, clock=lambda: NOW) -> Services:
    """Services over the sample in a place that has it."""
    return _services(Ledger.open(place.database_url), open_store(place.index_settings()), clock)


def _services(ledger, store, clock) -> Services:
    indexer = make_indexer(ledger, store)
    return Services(ServiceSettings(), ledger, indexer, AdminKey(ADMIN_KEY, clock=clock), clock=clock)
