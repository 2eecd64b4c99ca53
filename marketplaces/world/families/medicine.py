"""Medicine. Split by preparation, strength of one piece and pieces in a box; boxes decide the price."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _v(
    price: float, strength: str, pieces: int, word: str = "片", packs: tuple[int, ...] = (1, 2, 3, 5)
) -> Version:
    return Version(price, {"strength": strength}, amount=pieces, packs=packs, piece=word, container="盒")


FAMILY = Family(
    slug="medicine",
    keyword="药品",
    synonyms=("感冒药", "中成药", "非处方药", "OTC", "胃药", "止痛药"),
    catalogue=Catalogue(
        taobao=(50023717, "OTC药品/国际医药", 50023718, "感冒咳嗽"),
        jd=((13314, "医药"), (21909, "中西药品"), (21910, "感冒用药")),
        pinduoduo=((29100, 29101, 29102), 3333, "医药"),
        shop="医药",
    ),
    models=(
        Model("sanjiu", "感冒灵颗粒", (_v(13.5, "10g", 9, "袋"),), 4, features=("用于感冒发热", "头痛鼻塞")),
        Model(
            "sanjiu",
            "小儿感冒颗粒",
            (_v(19.8, "6g", 10, "袋"), _v(29.8, "6g", 20, "袋")),
            3,
            features=("儿童感冒",),
        ),
        Model(
            "sanjiu",
            "胃泰颗粒",
            (_v(15.8, "20g", 6, "袋"), _v(24.5, "20g", 10, "袋")),
            3,
            spellings=("三九胃泰颗粒",),
            features=("胃痛", "慢性胃炎"),
        ),
        Model(
            "fenbid",
            "布洛芬缓释胶囊",
            (_v(19.9, "0.3g", 20, "粒"), _v(23.5, "0.3g", 24, "粒"), _v(21.5, "0.4g", 24, "粒")),
            4,
            features=("退烧止痛", "头痛牙痛痛经"),
        ),
        Model(
            "yiling",
            "连花清瘟胶囊",
            (_v(14.8, "0.35g", 24, "粒"), _v(28.5, "0.35g", 48, "粒")),
            4,
            features=("清瘟解毒", "流行性感冒"),
        ),
        Model("yiling", "连花清瘟颗粒", (_v(24.8, "6g", 10, "袋"),), 3, features=("清瘟解毒",)),
        Model(
            "baiyunshan",
            "板蓝根颗粒",
            (_v(15.8, "10g", 20, "袋"), _v(18.8, "3g", 20, "袋")),
            4,
            features=("清热解毒", "咽喉肿痛"),
        ),
        Model("baiyunshan", "复方丹参片", (_v(16.5, "0.32g", 60),), 2, features=("活血化瘀",)),
        Model(
            "baiyunshan",
            "阿莫西林胶囊",
            (_v(12.9, "0.25g", 24, "粒"), _v(16.9, "0.5g", 24, "粒")),
            2,
            features=("敏感菌感染",),
        ),
        Model(
            "jiangzhong",
            "健胃消食片",
            (_v(11.8, "0.8g", 32), _v(19.8, "0.8g", 64), _v(13.8, "0.5g", 36)),
            4,
            features=("消化不良", "积食腹胀"),
        ),
        Model("jiangzhong", "复方草珊瑚含片", (_v(9.9, "0.44g", 48),), 3, features=("咽喉肿痛",)),
        Model(
            "ynby",
            "云南白药胶囊",
            (_v(29.5, "0.25g", 16, "粒"), _v(52, "0.25g", 32, "粒")),
            3,
            features=("跌打损伤",),
        ),
        Model(
            "tongrentang",
            "六味地黄丸",
            (_v(22.5, "9g", 10, "丸"), _v(28.8, "0.2g", 360, "丸")),
            3,
            features=("滋阴补肾",),
        ),
        Model("tongrentang", "牛黄解毒片", (_v(9.8, "0.3g", 24),), 2, features=("清热解毒",)),
        Model(
            "tylenol",
            "酚麻美敏片",
            (_v(15.9, "0.325g", 10), _v(25.9, "0.325g", 20)),
            3,
            spellings=("泰诺酚麻美敏片",),
            features=("感冒发热",),
        ),
        Model(
            "smecta",
            "蒙脱石散",
            (_v(19.5, "3g", 10, "袋"), _v(26.5, "3g", 15, "袋")),
            3,
            features=("成人儿童腹泻",),
        ),
        Model(
            "motilium", "多潘立酮片", (_v(18.5, "10mg", 30), _v(24.9, "10mg", 42)), 3, features=("胃胀恶心",)
        ),
        Model("nin-jiom", "润喉糖", (_v(16.9, "2.5g", 18, "粒"),), 2, features=("金桔柠檬味",)),
    ),
    unit="piece",
    container=("盒", "盒", "盒"),
    titles={
        "taobao": (
            "{brand}{model}{pack}{feature?70}{use?40}{claim?30}",
            "{promise?20}{brand} {model} {pack} {feature?60}{use?40}",
        ),
        "jd": ("{brand} {model} {pack} {feature?70} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{pack}{feature?60}{claim?40}",
            "{packfirst}{brand}{model}{size} {feature?60}{claim?30}",
        ),
        "shop": ("{brand} {model} {pack}",),
    },
    words={
        "use": ("家庭常备", "OTC", "药房直发", "大药房"),
        "feature": ("OTC非处方药",),
        "gift": ("口罩", "体温计"),
    },
    accessories=(
        Accessory(
            "box",
            ("",),
            ("药盒", "分药器", "便携药盒"),
            (6, 29),
            targets=("一周", "胶囊药片"),
            touches=("七格", "密封"),
            lead=("适合", ""),
        ),
    ),
    bundles=(
        Bundle(
            "cold-set",
            "sanjiu",
            "感冒灵10g×9袋 + 板蓝根10g×20袋",
            32,
            (
                "999（三九）感冒灵颗粒10g*9袋+板蓝根颗粒10g*20袋 家庭组合装",
                "999感冒灵9袋加板蓝根20袋家庭组合套装",
            ),
        ),
    ),
    options=("{brand}{model}{packs}盒多规格可选", "【大药房】{brand}{model} {packs}盒 任选"),
    share=40,
    weighs_kg=0.2,
)
