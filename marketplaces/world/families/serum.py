"""Serums. Split by line, generation and bottle; the count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Value, Version

HK = State("new", "hk", 84)


def _v(sizes: dict[int, int], packs: tuple[int, ...] = (1,), **attrs: Value) -> tuple[Version, ...]:
    """One version per bottle size in ml, with its price in yuan."""
    return tuple(Version(price, attrs, amount=ml, packs=packs) for ml, price in sizes.items())


FAMILY = Family(
    slug="serum",
    keyword="精华",
    synonyms=("精华液", "面部精华", "精华露", "修护精华", "护肤"),
    catalogue=Catalogue(
        taobao=(1801, "美容护肤/美体/精油", 50011980, "液态精华"),
        jd=((1316, "美妆护肤"), (1381, "面部护肤"), (1396, "面部精华")),
        pinduoduo=((28100, 28101, 28102), 16, "美妆"),
        shop="美妆",
    ),
    models=(
        Model(
            "esteelauder",
            "小棕瓶",
            (*_v({30: 640, 50: 899, 75: 1190, 100: 1350}, generation=7), *_v({50: 690}, generation=6)),
            5,
            spellings=("小棕瓶精华",),
            features=("特润修护", "抗初老"),
            latin="Advanced Night Repair",
        ),
        Model(
            "lancome",
            "小黑瓶",
            _v({30: 720, 50: 999, 75: 1260, 100: 1480}, (1, 2)),
            4,
            spellings=("小黑瓶肌底液",),
            features=("肌底液", "修护维稳"),
            latin="Genifique",
        ),
        Model(
            "loreal",
            "黑精华",
            _v({30: 239, 50: 329, 75: 429}, (1, 2)),
            4,
            spellings=("小黑瓶黑精华",),
            features=("二代", "肌底液"),
            told={"generation": ("二代", 2)},
        ),
        Model("loreal", "小白瓶色修", _v({30: 259, 50: 359}), 2, features=("美白淡斑",)),
        Model(
            "skii",
            "神仙水",
            _v({75: 590, 160: 1190, 230: 1540, 330: 1900}),
            4,
            features=("护肤精华露",),
            latin="Facial Treatment Essence",
            states=(HK,),
        ),
        Model("skii", "小灯泡", _v({30: 1090, 50: 1590}), 2, features=("美白精华",)),
        Model(
            "skinceuticals",
            "CE",
            _v({15: 780, 30: 1450}),
            3,
            spellings=("CE精华",),
            features=("复合修护", "抗氧化"),
        ),
        Model(
            "skinceuticals",
            "色修",
            _v({30: 740, 55: 1080}),
            3,
            spellings=("色修精华",),
            features=("舒缓修护",),
        ),
        Model(
            "shiseido",
            "红腰子",
            (*_v({30: 590, 50: 820, 75: 1090}, generation=3), *_v({50: 620}, generation=2)),
            3,
            features=("免疫力精华",),
            latin="Ultimune",
        ),
        Model(
            "proya",
            "双抗精华",
            _v({30: 239, 50: 359}, (1, 2)),
            4,
            spellings=("双抗小夜灯",),
            features=("抗糖抗氧",),
        ),
        Model("proya", "红宝石精华", _v({30: 329, 50: 479}), 2, features=("抗皱紧致",)),
        Model(
            "olay",
            "小白瓶",
            _v({30: 219, 40: 279, 75: 429}, (1, 2)),
            3,
            spellings=("光感小白瓶",),
            features=("烟酰胺", "提亮"),
        ),
        Model("winona", "舒敏保湿修护精华", _v({30: 298, 50: 428}), 2, features=("敏感肌",)),
        Model(
            "helena",
            "绿宝瓶",
            _v({30: 950, 50: 1380}),
            3,
            spellings=("绿宝瓶精华",),
            features=("强韧修护",),
            states=(HK,),
        ),
        Model(
            "guerlain",
            "复原蜜",
            _v({30: 880, 50: 1250}),
            2,
            spellings=("帝皇蜂姿复原蜜",),
            features=("修护",),
        ),
        Model("clinique", "302美白镭射瓶", _v({30: 590, 50: 850}), 2, features=("淡斑",)),
    ),
    unit="ml",
    container=("瓶", "瓶", "支"),
    titles={
        "taobao": (
            "{promise?20}{state}{brand}{generation}{model}{category?70}{pack}{feature?60}{claim?50}",
            "{state}{brand}{model}{generation}{feature?60}{category?60}{pack}{official?40}{claim?30}",
        ),
        "jd": ("{brand} {generation} {model} {category?60} {pack} {feature?70} {skin?40} {state}",),
        "pinduoduo": (
            "{promise?70}{state}{brand}{generation}{model}{category?50}{pack} {feature?50} {claim?60}",
            "{promise?60}{brand}{model} {generation} {pack} {category?50}{feature?40}{state} {claim?60}",
        ),
        "shop": (
            "{brand} {generation} {model} {pack} {state}",
            "{brand} {model} {generation} {category?60} {pack} {state}",
        ),
    },
    words={
        "category": ("精华", "精华液", "面部精华", "精华露"),
        "official": ("官方旗舰店", "专柜正品"),
        "skin": ("女士护肤品", "各种肤质", "生日礼物"),
        "feature": ("保湿修护",),
        "gift": ("小样7ml", "化妆包", "面膜2片"),
    },
    accessories=(
        Accessory(
            "dropper",
            ("",),
            ("精华分装瓶", "滴管分装瓶", "真空分装瓶"),
            (6, 29),
            targets=("小棕瓶", "小黑瓶精华"),
            touches=("30ml", "玻璃", "旅行"),
            lead=("适用", "可装"),
        ),
        Accessory(
            "pump",
            ("",),
            ("按压泵头", "替换泵头"),
            (5, 19),
            targets=("小棕瓶100ml", "神仙水230ml"),
            touches=("通用", "防漏"),
        ),
    ),
    bundles=(
        Bundle(
            "lancome-genifique-toner",
            "lancome",
            "小黑瓶50ml + 粉水400ml 套装",
            1299,
            (
                "兰蔻（LANCOME）小黑瓶精华肌底液50ml+粉水400ml 水精华套装",
                "兰蔻小黑瓶50ml加粉水400ml护肤套装礼盒",
                "【水精华套装】兰蔻小黑瓶50ml+粉水400ml",
            ),
        ),
        Bundle(
            "esteelauder-anr-eye",
            "esteelauder",
            "小棕瓶50ml + 小棕瓶眼霜15ml 套装",
            1369,
            (
                "雅诗兰黛小棕瓶精华50ml+眼霜15ml套装礼盒",
                "雅诗兰黛（Estee Lauder）第七代小棕瓶50ml+小棕瓶眼霜15ml 护肤套装",
            ),
        ),
    ),
    options=("{brand}{model}{sizes}ml可选 护肤精华专柜正品", "【假一赔十】{brand}{model} {sizes}ml 规格可选"),
    share=75,
    weighs_kg=0.3,
)
