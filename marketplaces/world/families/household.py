"""Household goods: detergent, soap, shampoo, toothpaste, bags, pads. Split by line, scent and size."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _v(
    price: float, amount: float, *packs: int, each: str = "瓶", unit: str = "g", **attrs: Value
) -> Version:
    return Version(price, attrs, amount=amount, packs=packs or (1,), container=each, unit=unit)


def _p(price: float, pieces: int, word: str, *packs: int, each: str = "包", **attrs: Value) -> Version:
    """By the piece."""
    return Version(price, attrs, amount=pieces, packs=packs or (1,), piece=word, container=each, unit="piece")


FAMILY = Family(
    slug="household",
    keyword="日用品",
    synonyms=("洗衣液", "洗洁精", "牙膏", "洗发水", "沐浴露", "垃圾袋"),
    catalogue=Catalogue(
        taobao=(50025705, "洗护清洁剂/卫生巾/纸/香薰", 50012473, "洗衣液"),
        jd=((15901, "家庭清洁/纸品"), (15902, "衣物清洁"), (15903, "洗衣液")),
        pinduoduo=((30100, 30101, 30104), 15, "百货"),
        shop="家清",
    ),
    models=(
        Model(
            "bluemoon",
            "深层洁净洗衣液",
            (
                _v(39.9, 3000, 1, 2, 4, scent="薰衣草香"),
                _v(29.9, 2000, 1, 2, scent="薰衣草香"),
                _v(39.9, 3000, 1, 2, scent="风清白兰"),
            ),
            4,
        ),
        Model("bluemoon", "芦荟洗手液", (_v(14.9, 500, 1, 2, 3, unit="ml"),), 3, features=("抑菌",)),
        Model("omo", "除菌除螨洗衣液", (_v(36.9, 3000, 1, 2), _v(26.9, 2000, 1, 2)), 3, features=("酵素",)),
        Model("liby", "大师香氛洗衣液", (_v(34.9, 2000, 1, 2),), 3, features=("持久留香",)),
        Model("liby", "柠檬去油洗洁精", (_v(9.9, 1000, 1, 2), _v(13.9, 1500, 1, 2)), 4),
        Model("whitecat", "经典洗洁精", (_v(11.9, 2000, 1, 2),), 2),
        Model(
            "walch",
            "衣物除菌液",
            (_v(39.9, 1000, 1, 2, unit="ml"), _v(59.9, 1600, 1, 2, unit="ml")),
            3,
            features=("松木",),
        ),
        Model("colgate", "光感白牙膏", (_v(19.9, 120, 1, 2, 3, each="支"),), 4, features=("去黄亮白",)),
        Model(
            "colgate",
            "360牙膏",
            (_v(15.9, 140, 1, 2, each="支"), _v(19.9, 200, 1, 2, each="支")),
            3,
            features=("全面口腔健康",),
        ),
        Model(
            "ynby",
            "云南白药牙膏",
            (
                _v(22.9, 105, 1, 3, each="支", flavor="薄荷味"),
                _v(29.9, 165, 1, 2, each="支", flavor="留兰香型"),
                _v(36.9, 210, 1, each="支", flavor="薄荷味"),
            ),
            4,
        ),
        Model("crest", "3D炫白牙膏", (_v(19.9, 120, 1, 3, each="支"),), 2),
        Model(
            "safeguard", "纯白清香沐浴露", (_v(29.9, 720, 1, 2, unit="ml"), _v(36.9, 1000, 1, unit="ml")), 4
        ),
        Model("safeguard", "纯白清香香皂", (_v(5.9, 108, 3, 4, each="块"),), 3),
        Model(
            "headshoulders",
            "清爽去油洗发水",
            (_v(49.9, 500, 1, 2, unit="ml"), _v(69.9, 750, 1, 2, unit="ml")),
            4,
            features=("去屑止痒",),
        ),
        Model(
            "clear",
            "薄荷控油洗发露",
            (_v(46.9, 500, 1, 2, unit="ml"), _v(59.9, 750, 1, unit="ml")),
            3,
            features=("男士",),
        ),
        Model(
            "miaojie",
            "点断式垃圾袋",
            (_p(6.9, 100, "只", 1, 3, bag_size="45*50cm"), _p(7.9, 60, "只", 1, 3, bag_size="50*60cm")),
            3,
        ),
        Model("miaojie", "食品级保鲜袋", (_p(8.9, 150, "只", 1, 2, bag_size="25*35cm"),), 2),
        Model(
            "sofy",
            "裸感S超薄卫生巾",
            (_p(19.9, 10, "片", 2, 4, length_mm=240), _p(14.9, 8, "片", 2, 4, length_mm=290)),
            4,
            features=("棉柔",),
        ),
        Model(
            "sofy",
            "超熟睡夜用卫生巾",
            (_p(18.9, 8, "片", 2, 4, length_mm=350), _p(22.9, 4, "片", 2, length_mm=420)),
            3,
        ),
    ),
    unit="g",
    container=("瓶", "瓶", "瓶"),
    titles={
        "taobao": (
            "{brand}{model}{scent}{flavor}{measure}{pack}{feature?50}{use?50}{claim?40}",
            "{promise?20}{brand}{model}{scent}{flavor}{measure} {pack}{use?60}{claim?30}",
        ),
        "jd": ("{brand} {model} {scent} {flavor} {measure} {pack} {feature?50} {use?40}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{scent}{flavor}{measure}{pack}{use?60}{claim?40}",
            "{packfirst}{brand}{model}{scent}{flavor}{measure}{size} {use?50}{claim?30}",
        ),
        "shop": ("{brand} {model} {scent} {flavor} {measure} {pack}",),
    },
    words={
        "use": ("家庭装", "实惠装", "囤货装", "官方正品"),
        "feature": ("家用",),
        "gift": ("洗衣凝珠", "抹布"),
    },
    accessories=(
        Accessory(
            "dispenser",
            ("",),
            ("分装瓶", "起泡瓶", "按压瓶"),
            (6, 29),
            targets=("洗手液洗洁精", "洗发水沐浴露"),
            touches=("500ml", "北欧风"),
            lead=("", "适用"),
        ),
        Accessory(
            "bin",
            ("",),
            ("垃圾桶", "纸篓"),
            (12, 59),
            targets=("厨房", "卫生间"),
            colours=("白色", "灰色"),
            touches=("夹缝", "带盖"),
            lead=("", "适合"),
        ),
    ),
    bundles=(
        Bundle(
            "laundry-set",
            "bluemoon",
            "洗衣液3kg + 洗手液500ml 套装",
            62,
            ("蓝月亮（Blue Moon）洗衣液3kg+洗手液500ml 组合套装", "蓝月亮洗衣液3kg加洗手液500ml组合装"),
        ),
    ),
    options=("{brand}{model}{packs}{each}多规格可选", "【囤货】{brand}{model} {packs}{each} 任选"),
    share=50,
    weighs_kg=3,
)
