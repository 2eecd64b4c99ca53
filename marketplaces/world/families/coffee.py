"""Coffee. Split by line and by the size of one stick, capsule or bag; the count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _v(price: float, grams: float, *packs: int, each: str = "") -> Version:
    return Version(price, {}, amount=grams, packs=packs, container=each)


FAMILY = Family(
    slug="coffee",
    keyword="咖啡",
    synonyms=("速溶咖啡", "咖啡粉", "咖啡豆", "黑咖啡", "挂耳咖啡"),
    catalogue=Catalogue(
        taobao=(50026316, "咖啡/麦片/冲饮", 50026398, "速溶咖啡"),
        jd=((1320, "食品饮料"), (1585, "饮料冲调"), (3986, "冲饮咖啡")),
        pinduoduo=((27200, 27203, 27204), 1, "食品"),
        shop="食品饮料",
    ),
    models=(
        Model(
            "nescafe",
            "1+2原味",
            (_v(1.05, 15, 30, 100),),
            4,
            spellings=("1+2原味三合一",),
            features=("三合一",),
        ),
        Model("nescafe", "1+2特浓", (_v(1.1, 13, 30, 90),), 3, features=("三合一",)),
        Model("nescafe", "醇品", (_v(1.5, 1.8, 20, 48, each="包"),), 2, features=("黑咖啡", "无蔗糖")),
        Model("saturnbird", "数字星球", (_v(7.2, 3, 12, 24, each="颗"),), 3, features=("超即溶", "冷萃")),
        Model("starbucks", "VIA中度烘焙", (_v(4.8, 2.1, 12, 24),), 3, features=("精品速溶",)),
        Model("sumidagawa", "意式挂耳", (_v(2.9, 8, 10, 24, 50, each="片"),), 3, features=("锁鲜",)),
        Model("maxwell", "三合一特浓", (_v(0.8, 13, 60, 100),), 3),
        Model(
            "illy", "深度烘焙咖啡豆", (_v(98, 250, 1, 2, each="袋"),), 2, features=("意大利进口", "阿拉比卡")
        ),
        Model(
            "lavazza",
            "醇香咖啡豆",
            (_v(72, 500, 1, 2, each="袋"), _v(128, 1000, 1, 2, each="袋")),
            3,
            features=("意大利进口",),
        ),
        Model("ucc", "117", (_v(36, 90, 1, 2, 3, each="瓶"),), 3, features=("日本进口", "冻干黑咖啡")),
        Model("ucc", "114", (_v(38, 90, 1, 2, each="瓶"),), 2, features=("日本进口", "冻干黑咖啡")),
    ),
    unit="g",
    container=("条", "条", "条"),
    titles={
        "taobao": (
            "{promise?20}{brand}{model}{category}{pack}{feature?50}{use?50}{claim?40}",
            "{brand}{category}{model}{feature?50}{pack}{claim?60}",
        ),
        "jd": ("{brand} {model} {feature?50} {category} {pack} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{category}{pack} {use?60}{claim?40}",
            "{packfirst}{brand}{model} {category}{size} {feature?50} {claim?40}",
        ),
        "shop": ("{brand} {model} {category} {pack}",),
    },
    words={
        "category": ("咖啡", "速溶咖啡", "冲饮咖啡"),
        "category_袋": ("意式咖啡", "咖啡"),
        "category_片": ("挂耳咖啡", "滤挂咖啡"),
        "category_瓶": ("速溶咖啡粉", "黑咖啡"),
        "use": ("学生提神", "办公室冲饮", "下午茶", "囤货装"),
        "feature": ("醇香", "提神"),
        "gift": ("咖啡杯", "搅拌勺"),
    },
    accessories=(
        Accessory(
            "cup",
            ("",),
            ("咖啡杯", "马克杯", "咖啡杯碟"),
            (15, 79),
            targets=("拿铁", "办公室"),
            colours=("白色", "黑色"),
            touches=("陶瓷", "350ml", "带盖"),
            lead=("", "适合"),
        ),
        Accessory(
            "capsule-case",
            ("",),
            ("咖啡胶囊收纳盒", "咖啡条收纳盒"),
            (12, 59),
            targets=("雀巢胶囊", "三顿半"),
            touches=("亚克力", "抽屉式"),
        ),
    ),
    bundles=(
        Bundle(
            "nescafe-original-strong",
            "nescafe",
            "1+2原味15g×30 + 1+2特浓13g×30",
            66,
            (
                "雀巢（Nescafé）速溶咖啡 1+2原味15g*30条+1+2特浓13g*30条 组合装",
                "雀巢咖啡1+2原味30条加1+2特浓30条组合装",
            ),
        ),
    ),
    options=("{brand}{model} {packs}{each}装规格可选", "【尝鲜价】{brand}{model} {packs}{each} 多规格可选"),
    share=60,
    weighs_kg=1.5,
)
