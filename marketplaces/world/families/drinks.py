"""Drinks. Split by line, flavour and bottle; the count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _v(price: float, ml: float, *packs: int, each: str = "瓶", **attrs: Value) -> Version:
    return Version(price, attrs, amount=ml, packs=packs, container=each)


_COLA = ("汽水", "碳酸饮料")
_TEA = ("茶饮料", "无糖茶饮料")
_SODA = ("气泡水", "苏打气泡水")
_POWER = ("功能饮料", "能量饮料")

FAMILY = Family(
    slug="drinks",
    keyword="饮料",
    synonyms=("汽水", "茶饮料", "碳酸饮料", "功能饮料", "果汁"),
    catalogue=Catalogue(
        taobao=(50026316, "咖啡/麦片/冲饮", 50026393, "饮料"),
        jd=((1320, "食品饮料"), (1585, "饮料冲调"), (2679, "饮料")),
        pinduoduo=((27200, 27201, 27205), 1, "食品"),
        shop="食品饮料",
    ),
    models=(
        Model(
            "cocacola",
            "经典",
            (_v(2.2, 330, 24, each="罐"), _v(2.9, 500, 12, 24), _v(6.9, 2000, 6)),
            4,
            category=_COLA,
        ),
        Model(
            "cocacola",
            "零度",
            (_v(2.2, 330, 24, each="罐"), _v(2.9, 500, 12, 24)),
            4,
            category=_COLA,
            features=("无糖零卡",),
        ),
        Model("pepsi", "原味", (_v(2.1, 330, 24, each="罐"), _v(2.8, 600, 24)), 3, category=_COLA),
        Model("pepsi", "无糖", (_v(2.1, 330, 24, each="罐"), _v(2.8, 500, 12, 24)), 3, category=_COLA),
        Model(
            "genkiforest",
            "苏打气泡水",
            (
                _v(4.8, 480, 12, 15, flavor="白桃味"),
                _v(4.8, 480, 12, 15, flavor="夏黑葡萄味"),
                _v(4.8, 480, 12, flavor="卡曼橘味"),
            ),
            4,
            category=("饮料", "汽水"),
            features=("0糖0脂0卡",),
        ),
        Model(
            "genkiforest",
            "外星人电解质水",
            (_v(5.2, 500, 15, flavor="青柠味"), _v(5.2, 500, 15, flavor="荔枝味")),
            3,
            category=("饮料", "运动饮料"),
        ),
        Model(
            "nongfu",
            "东方树叶茉莉花茶",
            (_v(4.3, 500, 12, 15), _v(6.8, 900, 12)),
            4,
            category=_TEA,
            features=("0糖0卡",),
        ),
        Model("nongfu", "东方树叶青柑普洱", (_v(4.3, 500, 12, 15),), 3, category=_TEA, features=("0糖0卡",)),
        Model("nongfu", "东方树叶乌龙茶", (_v(4.3, 500, 12, 15), _v(6.8, 900, 12)), 3, category=_TEA),
        Model(
            "masterkong",
            "冰红茶",
            (_v(2.6, 500, 15), _v(3.9, 1000, 12)),
            4,
            category=("茶饮料", "柠檬茶饮料"),
        ),
        Model("masterkong", "茉莉蜜茶", (_v(2.6, 500, 15),), 2, category=("茶饮料",)),
        Model(
            "unipresident",
            "阿萨姆奶茶",
            (_v(3.6, 500, 15),),
            3,
            category=("饮料", "奶茶饮料"),
            features=("原味",),
        ),
        Model(
            "redbull",
            "维生素功能饮料",
            (_v(5.2, 250, 6, 24, each="罐"),),
            4,
            category=("饮料", "提神饮料"),
            spellings=("维生素牛磺酸饮料",),
        ),
        Model(
            "eastroc",
            "特饮",
            (_v(2.6, 250, 24, each="罐"), _v(4.1, 500, 24)),
            4,
            category=_POWER,
            features=("维生素",),
        ),
        Model(
            "mizone",
            "维生素饮料",
            (_v(4.0, 600, 15, flavor="青柠味"), _v(4.0, 600, 15, flavor="水蜜桃味")),
            3,
            category=("饮料", "运动饮料"),
        ),
        Model(
            "wanglaoji",
            "凉茶",
            (_v(3.4, 310, 12, 24, each="罐"), _v(4.2, 500, 15)),
            4,
            category=("植物饮料", "饮料"),
        ),
        Model(
            "vitasoy", "柠檬茶", (_v(2.5, 250, 16, 24, each="盒"), _v(4.8, 500, 15)), 3, category=("茶饮料",)
        ),
        Model("nongfu", "NFC橙汁", (_v(7.8, 300, 10, 24),), 2, category=("果汁饮料", "鲜榨果汁")),
    ),
    unit="ml",
    container=("瓶", "瓶", "瓶"),
    titles={
        "taobao": (
            "{brand}{model}{flavor}{pack}{category}{feature?40}{use?50}{claim?40}",
            "{promise?20}{brand}{category}{model} {flavor}{pack}{use?60}{claim?40}",
        ),
        "jd": ("{brand} {model} {flavor} {category} {pack} {feature?50} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{flavor}{pack}{category}{use?60}{claim?40}",
            "{packfirst}{brand}{model}{flavor}{size} {category}{use?50}{claim?30}",
        ),
        "shop": ("{brand} {model} {flavor} {category} {pack}",),
    },
    words={
        "category": ("饮料",),
        "use": ("整箱批发", "聚会囤货", "夏日饮品", "新日期"),
        "feature": ("经典口味",),
        "gift": ("吸管", "玻璃杯"),
    },
    accessories=(
        Accessory(
            "opener",
            ("",),
            ("开瓶器", "易拉罐开罐器"),
            (5, 29),
            targets=("啤酒饮料",),
            touches=("不锈钢", "便携"),
        ),
        Accessory(
            "rack",
            ("",),
            ("饮料架", "可乐收纳架", "罐装饮料收纳盒"),
            (12, 49),
            targets=("冰箱可乐",),
            touches=("滚动", "双层"),
        ),
    ),
    bundles=(
        Bundle(
            "cola-mix",
            "cocacola",
            "可乐330ml×12 + 雪碧330ml×12",
            55,
            (
                "可口可乐（Coca-Cola）可乐330ml*12罐+雪碧330ml*12罐 组合装",
                "可口可乐12罐加雪碧12罐混合组合装整箱",
            ),
        ),
    ),
    options=("{brand}{model}{packs}{each}多规格可选 整箱", "【整箱】{brand}{model} {packs}{each} 任选"),
    share=60,
    weighs_kg=9,
)
