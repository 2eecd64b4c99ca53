"""Groceries: rice, noodles, sauces, snacks, nuts, milk. Split by line, flavour and size; the count decides the price."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _v(price: float, grams: float, *packs: int, each: str = "袋", unit: str = "g", **attrs: Value) -> Version:
    return Version(price, attrs, amount=grams, packs=packs or (1,), container=each, unit=unit)


_RICE = ("大米", "东北大米", "粳米")
_NOODLE = ("方便面", "泡面", "速食面")
_SOY = ("酱油", "生抽酱油")
_NUTS = ("坚果", "混合坚果", "坚果零食")
_MILK = ("纯牛奶", "牛奶", "整箱牛奶")
_CHIPS = ("薯片", "休闲零食薯片")

FAMILY = Family(
    slug="grocery",
    keyword="食品",
    synonyms=("粮油", "零食", "大米", "方便面", "调味品", "坚果", "牛奶"),
    catalogue=Catalogue(
        taobao=(50016422, "粮油米面/南北干货/调味品", 50016423, "粮油调味"),
        jd=((1320, "食品饮料"), (1584, "粮油调味"), (2675, "米面杂粮")),
        pinduoduo=((27300, 27301, 27302), 1, "食品"),
        shop="食品",
    ),
    models=(
        Model(
            "shiyuedaotian",
            "长粒香",
            (_v(32.9, 5000, 1, 2), _v(62.9, 10000)),
            4,
            category=_RICE,
            features=("真空装", "2024年新米"),
        ),
        Model(
            "shiyuedaotian",
            "五常稻花香",
            (_v(49.9, 5000), _v(27.9, 2500, 1, 2)),
            3,
            category=_RICE,
            features=("黑龙江",),
        ),
        Model(
            "chaisanfu",
            "五常有机稻花香2号",
            (_v(89, 5000), _v(38, 2000, 1, 2)),
            2,
            category=_RICE,
            features=("当季新米",),
        ),
        Model("arawana", "盘锦蟹稻共生", (_v(39.9, 5000), _v(75, 10000)), 3, category=_RICE),
        Model(
            "fulinmen",
            "秋田小町",
            (_v(36.9, 5000), _v(68.9, 10000)),
            3,
            category=_RICE,
            features=("苏北大米",),
        ),
        Model(
            "masterkong",
            "红烧牛肉面",
            (_v(2.6, 103, 5, 24), _v(4.2, 112, 12, each="桶")),
            4,
            category=_NOODLE,
        ),
        Model(
            "masterkong",
            "香辣牛肉面",
            (_v(2.6, 105, 5, 24), _v(4.2, 110, 12, each="桶")),
            3,
            category=_NOODLE,
        ),
        Model(
            "unipresident",
            "老坛酸菜牛肉面",
            (_v(2.6, 121, 5, 24), _v(4.1, 120, 12, each="桶")),
            4,
            category=_NOODLE,
        ),
        Model("baixiang", "大骨面", (_v(2.4, 115, 5, 20),), 2, category=_NOODLE, features=("猪骨汤",)),
        Model(
            "chenkeming", "鸡蛋挂面", (_v(7.9, 800, 1, 3), _v(10.9, 1000, 1, 3)), 3, category=("挂面", "面条")
        ),
        Model(
            "haitian",
            "金标生抽",
            (_v(9.9, 500, 1, 2, each="瓶", unit="ml"), _v(18.9, 1280, 1, 2, each="瓶", unit="ml")),
            4,
            category=_SOY,
        ),
        Model(
            "haitian",
            "上等蚝油",
            (_v(9.5, 520, 1, 2, each="瓶"), _v(12.9, 700, 1, 2, each="瓶")),
            3,
            category=("蚝油", "调味料"),
        ),
        Model(
            "haitian",
            "味极鲜",
            (_v(11.9, 750, 1, 2, each="瓶", unit="ml"), _v(22.9, 1600, each="瓶", unit="ml")),
            4,
            category=("酱油", "特级酱油"),
        ),
        Model(
            "qianhe",
            "零添加头道原香180天",
            (_v(16.9, 500, 1, 2, each="瓶", unit="ml"), _v(29.9, 1000, 1, 2, each="瓶", unit="ml")),
            3,
            category=_SOY,
        ),
        Model(
            "leekumkee",
            "旧庄蚝油",
            (_v(17.9, 510, 1, 2, each="瓶"), _v(22.9, 700, each="瓶")),
            3,
            category=("蚝油", "调味品"),
        ),
        Model(
            "leekumkee",
            "蒸鱼豉油",
            (_v(13.9, 410, 1, 2, each="瓶", unit="ml"),),
            2,
            category=("酱油", "调味品"),
        ),
        Model(
            "laoganma",
            "风味豆豉油制辣椒",
            (_v(10.9, 280, 1, 2, 6, each="瓶"),),
            4,
            category=("辣椒酱", "下饭酱"),
        ),
        Model(
            "laoganma", "香辣脆油辣椒", (_v(10.9, 210, 1, 2, each="瓶"),), 2, category=("辣椒酱", "拌饭酱")
        ),
        Model(
            "lays",
            "薯片",
            (
                _v(6.9, 75, 1, 5, flavor="原味"),
                _v(6.9, 75, 1, 5, flavor="黄瓜味"),
                _v(9.9, 135, 1, 3, flavor="番茄味"),
            ),
            4,
            category=("休闲零食", "膨化食品"),
        ),
        Model(
            "oreo",
            "夹心饼干",
            (
                _v(8.9, 97, 3, 6, flavor="原味"),
                _v(8.9, 97, 3, 6, flavor="草莓味"),
                _v(25.9, 349, flavor="巧克力味", each="盒"),
            ),
            4,
            category=("休闲零食", "早餐饼干"),
        ),
        Model("threesquirrels", "每日坚果", (_v(3.2, 25, 7, 30),), 4, category=_NUTS, features=("孕妇零食",)),
        Model("wolong", "每日坚果", (_v(3.9, 25, 7, 30),), 3, category=_NUTS, features=("成人款",)),
        Model(
            "threesquirrels",
            "夏威夷果",
            (_v(19.9, 160, 1, 2, flavor="奶油味"),),
            3,
            category=("坚果炒货", "干果零食"),
        ),
        Model(
            "qiaqia", "香瓜子", (_v(12.9, 308, 1, 2, 4), _v(19.9, 500, 1, 2)), 3, category=("瓜子", "炒货")
        ),
        Model(
            "mengniu",
            "特仑苏纯牛奶",
            (_v(4.2, 250, 12, 16, each="盒", unit="ml"),),
            4,
            category=("牛奶", "早餐奶"),
        ),
        Model(
            "yili",
            "纯牛奶",
            (_v(2.4, 250, 16, 24, each="盒", unit="ml"), _v(2.0, 200, 24, each="盒", unit="ml")),
            4,
            category=("牛奶", "早餐奶"),
        ),
        Model(
            "yili",
            "安慕希希腊酸奶",
            (
                _v(4.4, 205, 10, 16, each="盒", flavor="原味"),
                _v(4.6, 205, 10, 16, each="盒", flavor="蓝莓味"),
            ),
            4,
            category=("酸牛奶", "常温酸奶"),
        ),
        Model(
            "mengniu",
            "高钙低脂牛奶",
            (_v(2.6, 250, 16, 24, each="盒", unit="ml"),),
            3,
            category=("早餐奶", "整箱"),
        ),
        Model(
            "brightdairy",
            "莫斯利安酸奶",
            (_v(4.1, 200, 12, 24, each="盒", flavor="原味"),),
            3,
            category=("酸牛奶", "常温酸奶"),
        ),
    ),
    unit="g",
    container=("袋", "袋", "包"),
    titles={
        "taobao": (
            "{brand}{model}{flavor}{pack}{category}{feature?50}{use?50}{claim?40}",
            "{promise?20}{brand}{model}{category}{flavor}{pack}{use?60}",
        ),
        "jd": ("{brand} {model} {flavor} {pack} {category} {feature?50} {use?40}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{flavor}{pack}{category}{use?60}{claim?40}",
            "{packfirst}{brand}{model}{flavor}{size} {category}{use?50}{claim?30}",
        ),
        "shop": ("{brand} {model} {flavor} {pack}", "{brand} {model} {category} {flavor} {pack}"),
    },
    words={
        "category": ("食品",),
        "use": ("家庭装", "囤货", "整箱批发", "送礼", "办公室零食"),
        "feature": ("新鲜日期", "量贩装"),
        "gift": ("餐盒", "勺子"),
    },
    accessories=(
        Accessory(
            "rice-bin",
            ("",),
            ("米桶", "储米箱", "密封米缸"),
            (25, 99),
            targets=("大米",),
            colours=("白色", "灰色"),
            touches=("防虫防潮", "20斤装"),
            lead=("", "家用"),
        ),
        Accessory(
            "jar",
            ("",),
            ("调料罐", "酱油瓶", "油壶"),
            (9, 49),
            targets=("厨房",),
            touches=("玻璃", "带盖"),
            lead=("", "适合"),
        ),
    ),
    bundles=(
        Bundle(
            "noodle-mix",
            "masterkong",
            "红烧牛肉面×12 + 香辣牛肉面×12",
            58,
            (
                "康师傅（Master Kong）红烧牛肉面103g*12袋+香辣牛肉面105g*12袋 组合装",
                "康师傅红烧12袋加香辣12袋混合组合装整箱",
            ),
        ),
    ),
    options=("{brand}{model}{packs}{each}规格可选", "【尝鲜】{brand}{model} {packs}{each} 任选"),
    share=60,
    weighs_kg=3,
)
