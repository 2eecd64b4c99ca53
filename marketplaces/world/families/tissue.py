"""Paper tissues. Split by line, plies and sheets per pack; the pack count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _v(price: float, ply: int, sheets: int, *packs: int) -> Version:
    return Version(price, {"ply": ply}, amount=sheets, packs=packs)


FAMILY = Family(
    slug="tissue",
    keyword="抽纸",
    synonyms=("纸巾", "餐巾纸", "面巾纸", "卫生纸", "纸抽"),
    catalogue=Catalogue(
        taobao=(50025705, "洗护清洁剂/卫生巾/纸/香薰", 50012473, "抽纸"),
        jd=((15901, "家庭清洁/纸品"), (15908, "清洁纸品"), (15910, "抽纸")),
        pinduoduo=((30100, 30101, 30102), 15, "百货"),
        shop="家清",
    ),
    models=(
        Model(
            "vinda",
            "超韧",
            (_v(2.6, 3, 100, 16, 24), _v(3.3, 3, 130, 20, 24), _v(2.9, 4, 80, 24)),
            4,
            features=("S码", "无香"),
        ),
        Model("vinda", "棉韧立体美", (_v(3.2, 3, 90, 18, 24),), 3, features=("4D压花",)),
        Model(
            "cleanwell", "原木纯品", (_v(2.3, 3, 100, 16, 20, 24), _v(2.8, 3, 120, 20)), 4, features=("M码",)
        ),
        Model("mindact", "茶语", (_v(2.4, 3, 110, 16, 24), _v(2.9, 3, 130, 24)), 4, features=("茶香味",)),
        Model("cands", "粉Face", (_v(2.9, 3, 100, 16, 18), _v(3.4, 3, 120, 18)), 3, features=("可湿水",)),
        Model("cands", "活力阳光橙", (_v(2.2, 3, 110, 20, 24),), 2),
        Model("tempo", "天然无香", (_v(4.2, 4, 90, 12, 18),), 3, features=("加厚",)),
        Model("tempo", "苹果木味", (_v(4.3, 4, 90, 12, 18),), 2, features=("加厚",)),
        Model(
            "cocoro",
            "V9保湿",
            (_v(6.2, 3, 100, 5, 10), _v(3.1, 3, 40, 10, 20)),
            3,
            features=("乳霜纸", "婴儿可用"),
        ),
    ),
    unit="sheet",
    container=("包", "包", "包"),
    titles={
        "taobao": (
            "{brand}{category}{model}{ply}{pack}{use?60}{feature?40}{claim?50}",
            "{promise?20}{brand}{model}{category}{ply}{pack}{claim?60}{use?40}",
        ),
        "jd": ("{brand} {category} {model} {ply} {pack} {feature?60} {use?40}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{category}{ply}{pack} {use?60}{claim?40}",
            "{packfirst}{brand}{model}{ply}{category}{size} {feature?40} {use?50}",
        ),
        "shop": ("{brand} {model} {category} {ply} {pack}",),
    },
    words={
        "category": ("抽纸", "纸巾抽纸", "面巾纸", "软抽"),
        "use": ("整箱家用", "实惠装", "母婴适用", "办公家庭装", "囤货装"),
        "feature": ("亲肤", "不掉屑"),
        "gift": ("手帕纸",),
    },
    accessories=(
        Accessory(
            "box",
            ("",),
            ("纸巾盒", "抽纸盒", "纸抽收纳盒"),
            (9, 49),
            targets=("客厅", "车载", "餐厅"),
            colours=("白色", "原木色"),
            touches=("创意", "轻奢", "壁挂"),
            lead=("", "适合"),
        ),
    ),
    bundles=(
        Bundle(
            "vinda-facial-roll",
            "vinda",
            "超韧抽纸100抽×12 + 卷纸140g×10",
            52,
            ("维达抽纸超韧100抽*12包+卷纸140g*10卷 组合装", "维达超韧抽纸12包加卷纸10卷家庭组合装"),
        ),
    ),
    options=("{brand}{model}抽纸{packs}包多规格可选", "【整箱】{brand}{model}抽纸 {packs}包 任选"),
    share=60,
    weighs_kg=4,
)
