"""Soft drinks, tea, juice and beer: line and bottle or can split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

DRINKS: Final = Family(
    name="drinks",
    cues=(
        "饮料", "汽水", "碳酸饮料", "可乐", "功能饮料", "运动饮料", "电解质水", "电解质饮料", "果汁", "果汁饮料", "橙汁", "苹果汁", "葡萄汁", "椰子水", "椰汁",
        "茶饮料", "凉茶", "冰红茶", "绿茶饮料", "乌龙茶", "柠檬茶", "奶茶", "豆奶",
        "植物蛋白饮料", "核桃乳", "杏仁露", "乳酸菌饮品", "乳酸菌饮料", "维生素饮料", "能量饮料", "啤酒", "精酿啤酒", "纯生", "茶饮", "燕麦奶",
        "即饮茶", "酸梅汤", "苏打汽水", "零度可乐", "原味豆奶", "维生素功能饮料", "无糖茶", "cola", "soda", "soft drink", "energy drink", "sports drink", "juice", "orange juice", "apple juice", "iced tea", "green tea", "black tea", "oolong tea", "tea", "tea bags", "coconut water", "coconut milk drink", "soy milk", "almond milk", "oat milk", "lemonade", "ginger ale", "tonic water", "cans", "soft drinks", "electrolyte drink", "milk tea", "herbal tea"),
    hints=("无糖", "整箱", "罐", "瓶"),
    categories=("饮料", "碳酸饮料", "茶饮料", "啤酒", "果汁", "功能饮料"),
    rules=(),
    splits=(),
    required=("model", "pack"),
    contents=frozenset({Unit.MILLILITRE, Unit.GRAM}),
    unit_bases={Unit.MILLILITRE: 100, Unit.GRAM: 100},
    lines={
        "cocacola": names("可口可乐 零度=零度=零度可乐=无糖可乐=无糖零卡", "雪碧 无糖=无糖雪碧=雪碧零卡=零卡雪碧=雪碧纤维+", "雪碧=sprite",
            "芬达 橙味=芬达橙味", "芬达=fanta", "美汁源 果粒橙=果粒橙", "可口可乐=coca-cola=经典"),
        "pepsi": names("百事可乐 无糖=无糖=无糖百事=百事无糖=极度", "美年达", "7喜", "百事可乐"),
        "gatorade": names("蓝莓味", "柠檬味", "西柚味", "佳得乐"),
        "nongfu": names("东方树叶 茉莉花茶=茉莉花茶", "东方树叶 青柑普洱=青柑普洱", "东方树叶 乌龙茶=东方树叶乌龙茶", "东方树叶 绿茶=东方树叶绿茶",
            "东方树叶 红茶=东方树叶红茶", "东方树叶 黑乌龙=黑乌龙", "东方树叶", "茶π", "尖叫", "NFC橙汁=NFC", "水溶C100", "力量帝", "农夫果园"),
        "vitasoy": names("维他奶 原味=原味豆奶=原味", "维他奶 黑豆=黑豆奶", "维他 柠檬茶=维他柠檬茶=柠檬茶", "维他奶"),
        "masterkong": names("冰红茶", "绿茶", "茉莉清茶", "冰糖雪梨", "酸梅汤", "无糖冰红茶", "劲凉冰红茶"),
        "unipresident": names("冰红茶", "绿茶", "阿萨姆奶茶=阿萨姆", "鲜橙多", "小茗同学", "双萃"),
        "redbull": names("维生素功能饮料=维生素", "安奈吉", "牛磺酸强化型"),
        "dongpeng": names("东鹏特饮=特饮", "补水啦", "大咖"),
        "mizone": names("青柠味=青柠", "桃子味=桃子", "芒果味=芒果", "脉动"),
        "wanglaoji": names("凉茶=王老吉凉茶", "无糖凉茶=无糖"),
        "jdb": names("凉茶"),
        "genki": names("外星人电解质水=外星人", "燃茶", "冰茶", "白桃味", "卡曼橘味", "夏黑葡萄味"),
        "wahaha": names("AD钙奶", "营养快线", "爽歪歪", "非常可乐", "八宝粥"),
        "sixwalnuts": names("精研型", "六个核桃"),
        "loluxe": names("杏仁露"),
        "tsingtao": names("经典1903=1903", "经典", "纯生", "白啤=全麦白啤", "原浆", "奥古特", "青岛IPA=IPA"),
        "snowbeer": names("勇闯天涯superX=superx", "勇闯天涯", "纯生", "清爽", "马尔斯绿=超级勇闯"),
        "budweiser": names("经典醇正=经典", "纯生", "金尊", "红瓶"),
        "wusu": names("红乌苏", "大乌苏=楼兰秘酿", "绿乌苏", "黑乌苏"),
        "harbinbeer": names("冰纯", "1900臻藏", "小麦王"),
        "heineken": names("星银", "经典"),
        "oatly": names("咖啡大师", "原味", "醇香"),
        "wangwang": names("旺仔牛奶=旺仔", "旺仔复原乳"),
    },
    kinds=names("无糖=零卡=零度=零糖=0糖=0卡=0蔗糖"),
    nouns=names(
        "零度可乐", "可乐", "橙汁", "苹果汁", "葡萄汁", "椰子水", "椰汁", "凉茶", "冰红茶", "柠檬茶", "乌龙茶", "奶茶", "原味豆奶", "豆奶", "核桃乳",
        "杏仁露", "电解质水", "维生素饮料", "运动饮料", "功能饮料", "燕麦奶", "精酿啤酒", "啤酒", "酸梅汤",
    ),
)  # fmt: skip
