"""Bottled water. Split by line and bottle size; the bottle count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _v(price: float, ml: int, *packs: int) -> Version:
    return Version(price, {}, amount=ml, packs=packs, container="桶" if ml >= 4000 else "")


FAMILY = Family(
    slug="water",
    keyword="矿泉水",
    synonyms=("饮用水", "天然水", "纯净水", "瓶装水", "整箱水"),
    catalogue=Catalogue(
        taobao=(50016422, "粮油米面/饮料冲饮", 50016445, "饮用水"),
        jd=((1320, "食品饮料"), (1585, "饮料冲调"), (10975, "饮用水")),
        pinduoduo=((27200, 27201, 27202), 1, "食品"),
        shop="食品饮料",
    ),
    models=(
        Model(
            "nongfu",
            "天然水",
            (
                _v(1.5, 550, 12, 24, 48),
                _v(1.4, 380, 12, 24),
                _v(2.9, 1500, 12),
                _v(7.5, 4000, 4),
                _v(9.0, 5000, 4),
            ),
            4,
            spellings=("天然饮用水",),
            features=("弱碱性",),
        ),
        Model("nongfu", "长白雪", (_v(2.9, 535, 24, 12),), 3, features=("天然雪山矿泉水",)),
        Model(
            "cestbon",
            "纯净水",
            (_v(1.4, 555, 12, 24, 48), _v(1.3, 350, 24), _v(3.2, 1555, 12), _v(7.2, 4500, 4)),
            4,
            spellings=("饮用纯净水",),
        ),
        Model(
            "ganten",
            "天然矿泉水",
            (_v(2.6, 570, 12, 24), _v(2.3, 348, 24), _v(4.2, 1000, 12)),
            4,
            spellings=("饮用天然矿泉水",),
        ),
        Model("jingtian", "纯净水", (_v(1.3, 560, 24), _v(1.2, 360, 24)), 3, spellings=("饮用纯净水",)),
        Model(
            "evian",
            "天然矿泉水",
            (_v(5.6, 500, 6, 24), _v(4.6, 330, 24), _v(10.5, 1500, 12)),
            3,
            features=("法国进口",),
        ),
        Model("wahaha", "纯净水", (_v(1.2, 596, 12, 24), _v(2.6, 1500, 12)), 3, spellings=("饮用纯净水",)),
        Model("masterkong", "包装饮用水", (_v(1.0, 550, 12, 24),), 3),
        Model("masterkong", "喝开水", (_v(1.6, 550, 12, 24),), 2, features=("熟水",)),
        Model("kunlun", "雪山矿泉水", (_v(4.2, 510, 24), _v(3.8, 350, 24)), 2),
        Model(
            "perrier", "气泡水原味", (_v(6.2, 330, 24), _v(10.5, 750, 12)), 2, features=("法国进口", "含气")
        ),
        Model("perrier", "气泡水青柠味", (_v(6.3, 330, 24),), 2, features=("法国进口", "含气")),
    ),
    unit="ml",
    container=("瓶", "瓶", "支"),
    titles={
        "taobao": (
            "{brand}{model}{pack}{category?60}{use?60}{claim?50}",
            "{promise?20}{brand}{model}{feature?50}{pack}{use?60}{claim?50}",
        ),
        "jd": ("{brand} {model} {feature?40} {category?50} {pack} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{pack}{use?70}{claim?40}",
            "{packfirst}{brand}{model}{feature?40}{size} {use?60}{claim?40}",
        ),
        "shop": ("{brand} {model} {pack}", "{brand} {model} {feature?50} {pack}"),
    },
    words={
        "category": ("饮用水", "瓶装水", "饮料"),
        "use": ("整箱包邮", "家庭装", "办公会议", "批发特价", "箱装"),
        "feature": ("家庭用水", "健康饮水"),
        "gift": ("纸巾",),
    },
    accessories=(
        Accessory(
            "dispenser",
            ("midea", ""),
            ("饮水机", "抽水器", "桶装水支架"),
            (25, 199),
            targets=("桶装水", "农夫山泉5L"),
            touches=("台式", "电动", "家用", "可折叠"),
        ),
        Accessory(
            "cup",
            ("",),
            ("一次性纸杯", "水杯"),
            (9, 39),
            targets=("办公室",),
            touches=("加厚", "100只", "250ml"),
            lead=("适合", ""),
        ),
    ),
    bundles=(
        Bundle(
            "nongfu-water-tea",
            "nongfu",
            "天然水550ml×12 + 东方树叶500ml×15",
            86,
            (
                "农夫山泉天然水550ml*12瓶+东方树叶乌龙茶500ml*15瓶组合",
                "农夫山泉水550ml12瓶加东方树叶茶500ml15瓶组合整箱",
            ),
        ),
    ),
    options=("{brand}{model}{sizes}ml多规格可选整箱", "【整箱】{brand}{model} {sizes}毫升 多规格任选"),
    share=75,
    weighs_kg=13,
)
