"""Fresh food: fruit, eggs, meat. Sold by net weight or by the piece."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _g(price: float, grams: float, *packs: int, each: str = "箱") -> Version:
    """By net weight."""
    return Version(price, {}, amount=grams, packs=packs or (1,), container=each)


def _n(price: float, pieces: int, word: str, each: str = "盒") -> Version:
    """By the piece."""
    return Version(price, {}, amount=pieces, piece=word, container=each, unit="piece")


FAMILY = Family(
    slug="fresh",
    keyword="生鲜",
    synonyms=("水果", "新鲜水果", "鸡蛋", "牛肉", "冷冻肉", "海鲜"),
    catalogue=Catalogue(
        taobao=(50050359, "水产肉类/新鲜蔬果/熟食", 50050371, "新鲜水果"),
        jd=((12218, "生鲜"), (12221, "水果"), (13558, "进口水果")),
        pinduoduo=((32100, 32101, 32102), 13, "水果"),
        shop="生鲜",
    ),
    models=(
        Model(
            "zespri",
            "阳光金奇异果",
            (_n(59, 10, "个"), _n(99, 22, "个"), _n(128, 30, "个")),
            4,
            category=("猕猴桃", "新鲜水果"),
            features=("新西兰进口", "单果100g以上"),
        ),
        Model(
            "zespri",
            "绿奇异果",
            (_n(39, 10, "个"), _n(79, 27, "个")),
            3,
            category=("猕猴桃", "新鲜水果"),
            features=("新西兰进口",),
        ),
        Model(
            "dole",
            "香蕉",
            (_g(25.9, 2000), _g(12.9, 1000)),
            3,
            category=("新鲜水果",),
            features=("菲律宾进口",),
        ),
        Model("dole", "无冠菠萝", (_g(39.9, 2500),), 2, category=("新鲜水果",), features=("菲律宾进口",)),
        Model(
            "joyvio",
            "蓝莓",
            (_g(14.9, 125, 4, 6, 12, each="盒"),),
            4,
            category=("新鲜水果",),
            features=("14mm+", "云南"),
        ),
        Model(
            "joyvio", "阳光玫瑰葡萄", (_g(49.9, 1000), _g(79.9, 2000)), 3, category=("晴王青提", "新鲜水果")
        ),
        Model(
            "chuorange",
            "冰糖橙",
            (_g(69, 2500), _g(128, 5000)),
            4,
            category=("橙子", "新鲜水果"),
            features=("云南哀牢山",),
        ),
        Model(
            "dqy",
            "谷物鸡蛋",
            (_n(32.9, 30, "枚"), _n(23.9, 20, "枚")),
            4,
            category=("鲜鸡蛋",),
            features=("无抗",),
        ),
        Model(
            "huangtian",
            "可生食鸡蛋",
            (_n(59.9, 30, "枚"), _n(43.9, 20, "枚"), _n(25.9, 10, "枚")),
            4,
            category=("鲜鸡蛋", "无菌蛋"),
            features=("不含沙门氏菌",),
        ),
        Model("zhengda", "鲜鸡蛋", (_n(29.9, 30, "枚"),), 3, category=("富硒鸡蛋",), features=("早餐食材",)),
        Model(
            "zhengda",
            "鸡胸肉",
            (_g(32.9, 1000, 1, 2, each="袋"), _g(69.9, 2500, each="袋")),
            4,
            category=("冷冻生鲜",),
            features=("健身轻食",),
        ),
        Model(
            "zhengda",
            "鸡翅中",
            (_g(49.9, 1000, 1, 2, each="袋"),),
            3,
            category=("冷冻生鲜",),
            features=("烧烤食材",),
        ),
        Model(
            "hengdu",
            "牛腩块",
            (_g(45.9, 500, 1, 2, 4, each="袋"), _g(85, 1000, 1, 2, each="袋")),
            3,
            category=("冷冻牛肉",),
            features=("谷饲",),
        ),
        Model(
            "hengdu",
            "原切牛腱子",
            (_g(52.9, 500, 1, 2, each="袋"), _g(98, 1000, 1, 2, each="袋")),
            3,
            category=("冷冻牛肉",),
            features=("草饲",),
        ),
        Model("shuanghui", "五花肉块", (_g(29.9, 500, 1, 2, each="袋"),), 2, category=("冷冻猪肉",)),
        Model("shuanghui", "猪肋排", (_g(39.9, 500, 1, 2, each="袋"),), 2, category=("冷冻猪肉",)),
    ),
    unit="g",
    container=("箱", "箱", "件"),
    titles={
        "taobao": (
            "{brand}{model}{pack}{category}{feature?50}{use?40}{claim?30}",
            "{promise?20}{brand}{feature?40}{model} {pack}{category}{use?50}",
        ),
        "jd": ("{brand} {model} {pack} {feature?60} {category} {use?40}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{pack}{category}{use?60}{claim?30}",
            "{promise?60}{brand}{feature?50}{model} {pack}{category}",
        ),
        "shop": ("{brand} {model} {pack}",),
    },
    words={
        "category": ("生鲜",),
        "use": ("整箱礼盒", "顺丰冷链", "现摘现发", "坏果包赔"),
        "feature": ("新鲜", "产地直发"),
        "gift": ("冰袋", "开箱器"),
    },
    accessories=(
        Accessory(
            "box",
            ("",),
            ("鸡蛋收纳盒", "水果保鲜盒"),
            (9, 39),
            targets=("冰箱",),
            touches=("24格", "带盖"),
            lead=("", "适用"),
        ),
        Accessory(
            "knife",
            ("",),
            ("水果刀", "奇异果勺"),
            (5, 29),
            targets=("水果",),
            touches=("不锈钢", "便携"),
            lead=("", "削"),
        ),
    ),
    bundles=(
        Bundle(
            "fruit-box",
            "joyvio",
            "蓝莓125g×4 + 奇异果6个 组合",
            99,
            ("佳沃（JOYVIO）蓝莓125g*4盒+金奇异果6个 水果组合装", "佳沃蓝莓4盒加奇异果6个水果组合礼盒"),
        ),
    ),
    options=("{brand}{model}{packs}{each}规格可选", "【坏果包赔】{brand}{model} 大果/中果/小果 多规格任选"),
    share=40,
    weighs_kg=3,
)
