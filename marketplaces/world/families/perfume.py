"""Perfume. Split by line, concentration and bottle."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

HK = State("new", "hk", 88)


def _p(concentration: str, sizes: dict[int, int]) -> tuple[Version, ...]:
    """Versions by bottle, ml to yuan."""
    return tuple(Version(price, {"concentration": concentration}, amount=ml) for ml, price in sizes.items())


FAMILY = Family(
    slug="perfume",
    keyword="香水",
    synonyms=("女士香水", "男士香水", "淡香水", "浓香水", "香氛"),
    catalogue=Catalogue(
        taobao=(50010788, "彩妆/香水/美妆工具", 50010815, "香水"),
        jd=((1316, "美妆护肤"), (1387, "香水彩妆"), (1425, "香水")),
        pinduoduo=((28200, 28201, 28202), 16, "美妆"),
        shop="香水",
    ),
    models=(
        Model("chanel", "五号之水", (*_p("edt", {50: 990, 100: 1390}),), 3, features=("女士",)),
        Model(
            "chanel",
            "可可小姐",
            (*_p("edp", {35: 790, 50: 1090, 100: 1560}), *_p("edt", {50: 930, 100: 1330})),
            4,
            features=("女士", "东方花香调"),
        ),
        Model(
            "chanel",
            "蔚蓝",
            (*_p("edt", {50: 760, 100: 1080}), *_p("edp", {50: 860, 100: 1220})),
            4,
            features=("男士", "木质香调"),
        ),
        Model(
            "chanel",
            "邂逅柔情",
            _p("edt", {35: 760, 50: 990, 100: 1390}),
            3,
            spellings=("粉邂逅",),
            features=("女士",),
        ),
        Model(
            "dior",
            "真我",
            (*_p("edp", {30: 730, 50: 1060, 100: 1510}), *_p("edt", {50: 910, 100: 1280})),
            4,
            features=("女士", "花香调"),
        ),
        Model(
            "dior",
            "旷野",
            (*_p("edt", {60: 790, 100: 1020}), *_p("edp", {60: 880, 100: 1160})),
            4,
            features=("男士", "清新"),
        ),
        Model("dior", "花漾", _p("edt", {50: 890, 100: 1260}), 3, features=("女士",), states=(HK,)),
        Model("ysl", "自由之水", _p("edp", {30: 650, 50: 930, 90: 1280}), 4, features=("女士", "花香调")),
        Model("ysl", "黑鸦片", _p("edp", {30: 640, 50: 920, 90: 1260}), 3, features=("女士",)),
        Model(
            "jomalone",
            "英国梨与小苍兰",
            _p("cologne", {30: 650, 100: 1350}),
            4,
            spellings=("英国梨小苍兰",),
            features=("中性",),
        ),
        Model(
            "jomalone",
            "鼠尾草与海盐",
            _p("cologne", {30: 650, 100: 1350}),
            3,
            spellings=("鼠尾草海盐",),
            features=("中性",),
        ),
        Model(
            "hermes",
            "大地",
            (*_p("edt", {50: 620, 100: 890}), *_p("edp", {75: 880})),
            3,
            features=("男士", "木质香调"),
        ),
        Model("hermes", "尼罗河花园", _p("edt", {50: 630, 100: 910}), 2, features=("中性",)),
        Model("gucci", "绮梦栀子花", _p("edp", {30: 590, 50: 860, 100: 1210}), 2, features=("女士",)),
        Model(
            "versace",
            "晶钻",
            _p("edt", {30: 260, 50: 359, 90: 489}),
            3,
            spellings=("粉钻",),
            features=("女士",),
        ),
        Model("versace", "爱罗斯", _p("edt", {50: 369, 100: 519}), 2, features=("男士",)),
        Model("tomford", "乌木沉香", _p("edp", {50: 1590, 100: 2260}), 2, features=("中性", "木质调")),
    ),
    unit="ml",
    container=("瓶", "瓶", "支"),
    titles={
        "taobao": (
            "{brand}{model}{concentration}{pack}{state}{feature?50}{use?50}{claim?40}",
            "{promise?20}{brand}{state}{feature?40}{category?50}{model} {concentration}{pack}{claim?40}",
        ),
        "jd": ("{brand} {model} {state} {concentration} {pack} {feature?60} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{state}{model}{concentration} {pack}{use?50}{claim?40}",
            "{promise?60}{state}{brand}{model} {pack}{concentration}{feature?50}",
        ),
        "shop": ("{brand} {model} {state} {concentration} {pack}",),
    },
    words={
        "category": ("香水", "正品香水"),
        "use": ("持久留香", "生日礼物", "送女友礼盒", "专柜"),
        "feature": ("清新", "花果香"),
        "gift": ("礼袋", "香水小样"),
    },
    accessories=(
        Accessory(
            "atomiser",
            ("",),
            ("香水分装瓶", "分装器", "喷雾瓶"),
            (6, 29),
            targets=("香水",),
            colours=("银色", "黑色"),
            touches=("5ml", "便携", "底充式"),
            lead=("", "适用"),
        ),
    ),
    bundles=(
        Bundle(
            "miss-dior-set",
            "dior",
            "真我50ml + 身体乳 礼盒",
            1290,
            ("迪奥（DIOR）真我香氛50ml+身体乳75ml 礼盒套装", "迪奥真我香水50ml加身体乳礼盒套装"),
        ),
    ),
    options=("{brand}{model}香水{sizes}ml可选", "【专柜正品】{brand}{model} {sizes}ml 任选"),
    share=40,
    weighs_kg=0.4,
)
