"""Fridges. The full model code names the machine; litres are said beside it. BCD-501 alone is a size, not an id."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _f(brand: str, code: str, price: int, litres: int, door: str, heat: int = 2, energy: int = 1) -> Model:
    return Model(
        brand,
        code,
        (Version(price, {"volume_l": litres, "energy_class": energy}, code),),
        heat,
        category=(f"{door}冰箱", f"{door}电冰箱"),
    )


FAMILY = Family(
    slug="fridge",
    keyword="冰箱",
    synonyms=("电冰箱", "家用冰箱", "风冷无霜冰箱", "对开门冰箱"),
    catalogue=Catalogue(
        taobao=(50022703, "大家电", 50003881, "冰箱"),
        jd=((737, "家用电器"), (794, "大家电"), (878, "冰箱")),
        pinduoduo=((24100, 24101, 24105), 6128, "家电"),
        shop="家电",
    ),
    models=(
        _f("haier", "BCD-501WLHTD79S9U1", 3699, 501, "十字对开门", 4),
        _f("haier", "BCD-500WGHTDD9D9U1", 4999, 500, "法式多门", 3),
        _f("haier", "BCD-216WMPT", 1599, 216, "三门", 3, 2),
        _f("haier", "BCD-178TMPT", 999, 178, "两门", 2),
        _f("midea", "BCD-508WTPZM(E)", 3299, 508, "十字四开门", 4),
        _f("midea", "BCD-545WKPZM(E)", 2799, 545, "对开门", 3, 2),
        _f("midea", "MR-247WTPE", 1799, 247, "三门", 3),
        _f("ronshen", "BCD-529WD18FP", 3199, 529, "十字对开门", 4),
        _f("ronshen", "BCD-252WD16NPA", 1999, 252, "三门", 2),
        _f("ronshen", "BCD-646WD11HPA", 3099, 646, "对开门", 2, 2),
        _f("hisense", "BCD-500WTDGVBPI", 2999, 500, "十字对开门", 3),
        _f("hisense", "BCD-218D/Q", 1199, 218, "三门", 2, 2),
        _f("siemens", "KC502081EC", 8999, 502, "十字对开门", 2),
        _f("siemens", "KG28UA1S0C", 3999, 279, "三门", 2),
        _f("meiling", "BCD-520WQ3S", 2699, 520, "十字对开门", 3),
        _f("tcl", "R455V5-D", 2299, 455, "十字对开门", 3),
        _f("xiaomi", "BCD-521WMSA", 2399, 521, "十字四开门", 3),
    ),
    titles={
        "taobao": (
            "{brand}{volume_l}{category}{energy_class}{feature?50}{use?50} {model}{claim?40}",
            "{promise?20}{brand}{model} {volume_l}{category}{energy_class}{feature?40}",
        ),
        "jd": ("{brand} {volume_l} {category} {energy_class} {feature?60} {use?50} {model}",),
        "pinduoduo": (
            "{promise?60}{brand}{volume_l}{category}{energy_class}{use?50} {model} {claim?40}",
            "{promise?60}{brand}{category}{volume_l}{feature?50}{energy_class} {model}",
        ),
        "shop": ("{brand} {model} {volume_l} {energy_class} {category}",),
    },
    words={
        "category": ("冰箱",),
        "use": ("家用大容量", "嵌入式超薄", "租房宿舍"),
        "feature": ("风冷无霜", "双变频", "除菌净味", "60cm超薄"),
        "gift": ("保鲜盒", "电饭煲"),
    },
    accessories=(
        Accessory(
            "base",
            ("",),
            ("冰箱底座", "冰箱托架", "冰箱垫脚架"),
            (29, 99),
            targets=("海尔冰箱", "对开门冰箱"),
            touches=("万向轮", "可伸缩"),
        ),
        Accessory(
            "box",
            ("",),
            ("冰箱收纳盒", "冰箱保鲜盒"),
            (12, 79),
            targets=("冰箱",),
            touches=("食品级", "6件套", "可叠加"),
            lead=("", "适用"),
        ),
    ),
    bundles=(
        Bundle(
            "haier-fridge-washer",
            "haier",
            "501L冰箱 + 10公斤洗衣机 套装",
            5599,
            (
                "海尔（Haier）501升十字对开门冰箱+10公斤滚筒洗衣机 冰洗套装",
                "海尔冰箱洗衣机套装501升冰箱+10kg滚筒洗衣机",
            ),
        ),
    ),
    options=("{brand}冰箱 216/252/501升多容量可选", "【送货入户】{brand}冰箱家用 三门/对开门/十字门 任选"),
    share=40,
    weighs_kg=90,
)
