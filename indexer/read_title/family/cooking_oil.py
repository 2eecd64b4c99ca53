"""Cooking oil: kind of oil and bottle size split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

COOKING_OIL: Final = Family(
    name="cooking_oil",
    cues=("食用油", "花生油", "葵花籽油", "葵花仁油", "玉米油", "玉米胚芽油", "大豆油", "菜籽油", "调和油", "橄榄油", "稻米油", "芝麻油", "香油",
        "山茶油", "亚麻籽油", "核桃油", "玉米胚油", "食用植物调和油", "特级初榨橄榄油", "浓香菜籽油", "植物油", "olive oil", "压榨花生油", "extra virgin olive oil", "vegetable oil", "sunflower oil", "sunflower seed oil", "peanut oil", "canola oil", "rapeseed oil", "corn oil", "sesame oil", "avocado oil", "coconut oil", "rice bran oil", "cooking oil", "soybean oil"),
    hints=("压榨", "桶", "物理压榨", "非转基因", "一级"),
    categories=("食用油", "粮油", "米面粮油", "粮油调味"),
    accessories=("油壶", "喷油瓶", "oil dispenser", "oil sprayer"),
    required=("model", "pack"),
    contents=frozenset({Unit.MILLILITRE, Unit.GRAM}),
    unit_bases={Unit.MILLILITRE: 100, Unit.GRAM: 100},
    lines={
        "luhua": names("5S压榨一级花生油=5s压榨一级花生油=5s一级花生油=5s花生油=5s物理压榨花生油", "低芥酸浓香菜籽油", "自然鲜酱油",
            "压榨玉米油=玉米油", "葵花仁油", "坚果调和油", "压榨特香菜籽油", "高油酸花生油", "双一万"),
        "arawana": names("1:1:1调和油=1:1:1 调和油=1:1:1=黄金比例=1比1比1", "阳光葵花籽油", "维生素A", "稻谷鲜生稻米油", "双一万稻米油=双一万",
            "玉米油", "浓香花生油=特香花生油", "外婆乡小榨菜籽油=外婆乡", "零反式脂肪", "精炼一级大豆油=大豆油", "胡姬花"),
        "fulinmen": names("黄金产地玉米油=黄金产地", "一级大豆油", "葵花籽清香调和油",
            "压榨一级花生油", "葵花籽油", "家香味浓香花生油=家香味", "营养家稻米油=营养家", "AE浓香营养菜籽油=AE", "AE玉米油", "橄榄油", "非转基因"),
        "duoli": names(
            "葵花籽油", "甾醇玉米油=黄金3益", "橄榄葵花", "玉米油", "调和油",
        ),
        "jiusan": names(
            "一级大豆油=大豆油", "非转基因大豆油", "三级", "玉米油",
        ),
        "xiwang": names(
            "玉米胚芽油=玉米油", "鲜胚", "葵花籽油",
        ),
        "changshouhua": names(
            "玉米油", "金胚", "稻米油", "葵花籽油",
        ),
        "olivoila": names(
            "特级初榨橄榄油=特级初榨", "纯正橄榄油=纯正", "葵花籽",
        ),
        "betis": names(
            "特级初榨橄榄油=特级初榨", "纯正", "葵花橄榄",
        ),
        "liangzhuan": names(
            "古法小榨=古法花生油", "浓香花生油", "特香型", "土榨",
        ),
        "daodaoquan": names(
            "浓香菜籽油", "纯香菜籽油", "三级", "东方山茶油", "头道",
        ),
        "mueloliva": names(
            "特级初榨橄榄油=特级初榨", "调和",
        ),
    },
    nouns_identify=True,
    nouns=names(
        "特级初榨橄榄油", "橄榄油", "葵花籽油=葵花仁油", "玉米胚芽油=玉米胚油", "玉米油", "花生油", "大豆油", "浓香菜籽油", "菜籽油", "食用植物调和油=调和油",
        "稻米油", "芝麻香油=香油=芝麻油", "山茶油", "亚麻籽油", "核桃油",
    ),
)  # fmt: skip
