"""Spirits. Split by line, strength and bottle; the bottle count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version

_CASE = (1, 2, 6)


def _v(price: int, abv: int, ml: int, packs: tuple[int, ...] = _CASE) -> Version:
    return Version(price, {"abv": abv}, amount=ml, packs=packs)


FAMILY = Family(
    slug="spirits",
    keyword="白酒",
    synonyms=("酱香型白酒", "浓香型白酒", "清香型", "高度酒", "粮食酒"),
    catalogue=Catalogue(
        taobao=(50008141, "酒类", 50008144, "白酒/调香白酒"),
        jd=((12259, "酒类"), (12260, "中国名酒"), (9435, "白酒")),
        pinduoduo=((27100, 27101, 27102), 432, "酒水"),
        shop="酒水",
    ),
    models=(
        Model(
            "moutai",
            "飞天",
            (_v(2399, 53, 500), _v(1099, 43, 500)),
            5,
            latin="Flying Fairy",
            features=("酱香型",),
        ),
        Model("moutai-prince", "酱香经典", (_v(268, 53, 500),), 4, features=("酱香型",)),
        Model("moutai-prince", "金王子", (_v(198, 53, 500),), 3, features=("酱香型",)),
        Model("moutai-yingbin", "中国红", (_v(128, 53, 500),), 2, features=("酱香型",)),
        Model(
            "wuliangye",
            "普五第八代",
            (_v(999, 52, 500),),
            4,
            spellings=("第八代普五", "八代普五"),
            features=("浓香型",),
        ),
        Model("wuliangye", "1618", (_v(1029, 52, 500),), 2, features=("浓香型",)),
        Model("luzhoulaojiao", "国窖1573", (_v(899, 52, 500), _v(649, 38, 500)), 3, features=("浓香型",)),
        Model("luzhoulaojiao", "特曲", (_v(258, 52, 500),), 2, features=("浓香型",)),
        Model("yanghe", "海之蓝", (_v(148, 52, 520), _v(138, 42, 480)), 4, features=("绵柔型",)),
        Model("yanghe", "天之蓝", (_v(298, 52, 520), _v(278, 42, 480)), 3, features=("绵柔型",)),
        Model("yanghe", "梦之蓝M6+", (_v(599, 52, 550),), 3, features=("绵柔型",)),
        Model("fenjiu", "青花20", (_v(389, 53, 500), _v(339, 42, 500)), 4, features=("清香型",)),
        Model("fenjiu", "青花30", (_v(798, 53, 500),), 2, features=("清香型",)),
        Model(
            "fenjiu",
            "玻汾",
            (_v(56, 53, 475, (1, 6, 12)), _v(46, 42, 475, (1, 6, 12))),
            4,
            spellings=("黄盖玻汾",),
            features=("清香型",),
        ),
        Model("jiannanchun", "水晶剑", (_v(419, 52, 500), _v(379, 38, 500)), 3, features=("浓香型",)),
        Model("langjiu", "红花郎10", (_v(299, 53, 500),), 2, spellings=("红十",), features=("酱香型",)),
        Model("langjiu", "青花郎", (_v(899, 53, 500),), 2, features=("酱香型",)),
        Model("xijiu", "窖藏1988", (_v(468, 53, 500),), 3, features=("酱香型",)),
        Model(
            "hongxing",
            "二锅头",
            (_v(16, 56, 500, (1, 12)), _v(5, 56, 100, (12, 24))),
            3,
            spellings=("北京二锅头",),
            features=("清香型",),
        ),
        Model(
            "niulanshan",
            "陈酿",
            (_v(17, 42, 500, (1, 6, 12)),),
            3,
            spellings=("白牛二",),
            features=("浓香风格",),
        ),
        Model("gujing", "年份原浆古5", (_v(139, 50, 500),), 2, spellings=("古5",), features=("浓香型",)),
        Model("gujing", "年份原浆古8", (_v(229, 50, 500),), 2, spellings=("古8",), features=("浓香型",)),
    ),
    unit="ml",
    container=("瓶", "瓶", "支"),
    titles={
        "taobao": (
            "{promise?20}{brand}{model}{abv}{feature}{pack}{category?60}{use?50}{claim?40}",
            "{brand}{model}{category?50}{pack}{abv}{feature?60}{claim?50}",
        ),
        "jd": ("{brand} {model} {feature} {category?60} {abv} {pack} {use?50}",),
        "pinduoduo": (
            "{promise?70}{brand}{model} {abv}{feature?60} {pack} {category?50} {claim?60}",
            "{promise?60}{brand}{model}{abv} {pack} {use?60} {claim?50}",
        ),
        "shop": ("{brand} {model} {abv} {pack} {feature}",),
    },
    words={
        "category": ("白酒", "高度白酒", "纯粮食酒", "国产白酒"),
        "feature": ("纯粮酿造",),
        "use": ("送礼", "宴请", "礼盒", "收藏", "聚餐"),
        "gift": ("礼袋", "酒杯", "手提袋"),
    },
    accessories=(
        Accessory(
            "box",
            ("",),
            ("酒盒空盒", "礼盒包装盒", "空礼盒"),
            (19, 89),
            targets=("飞天茅台", "五粮液普五", "梦之蓝M6+"),
            touches=("不含酒", "单瓶装空盒", "双支礼盒", "不带酒"),
            lead=("",),
        ),
        Accessory(
            "glass",
            ("",),
            ("白酒杯套装", "小酒杯", "分酒器"),
            (15, 79),
            targets=("茅台", "家用"),
            touches=("玻璃", "水晶", "6只装", "15ml"),
            lead=("适合", ""),
        ),
    ),
    bundles=(
        Bundle(
            "wuliangye-guojiao",
            "wuliangye",
            "五粮液普五第八代 52度500ml + 国窖1573 52度500ml",
            1799,
            (
                "五粮液普五第八代52度500ml+国窖1573 52度500ml 各一瓶组合装",
                "五粮液第八代普五加国窖1573名酒组合52度500ml各1瓶",
            ),
        ),
        Bundle(
            "yanghe-hai-tian",
            "yanghe",
            "海之蓝 52度520ml + 天之蓝 52度520ml",
            429,
            (
                "洋河海之蓝52度520ml加天之蓝52度520ml各1瓶组合",
                "洋河（YANGHE）海之蓝+天之蓝 52度 520ml各一瓶 组合装",
            ),
        ),
    ),
    options=("{brand}{model}{abvs}可选 {ml}ml单瓶整箱任选", "【整箱特惠】{brand}{model} 单瓶/双瓶/整箱可选"),
    share=75,
    weighs_kg=1.3,
)
