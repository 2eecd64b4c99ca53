"""Diapers. Split by line, size letter and form (tape or pants); the count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version

_TWO = (1, 2)
_FOUR = (1, 2, 4)


def _tape(price: int, counts: dict[str, int], packs: tuple[int, ...] = _TWO) -> tuple[Version, ...]:
    return tuple(
        Version(price, dict[str, Value](size=s, form="tape"), amount=n, packs=packs)
        for s, n in counts.items()
    )


def _pants(price: int, counts: dict[str, int], packs: tuple[int, ...] = _TWO) -> tuple[Version, ...]:
    return tuple(
        Version(price, dict[str, Value](size=s, form="pants"), amount=n, packs=packs)
        for s, n in counts.items()
    )


FAMILY = Family(
    slug="diapers",
    keyword="纸尿裤",
    synonyms=("尿不湿", "拉拉裤", "婴儿纸尿裤", "尿裤", "尿片"),
    catalogue=Catalogue(
        taobao=(50014812, "尿片/洗护", 50018813, "纸尿裤/拉拉裤"),
        jd=((1319, "母婴"), (1525, "尿裤湿巾"), (7057, "婴儿尿裤")),
        pinduoduo=((26100, 26103, 26104), 4, "母婴"),
        shop="母婴",
    ),
    models=(
        Model(
            "huggies",
            "铂金装",
            (*_tape(139, {"NB": 84, "S": 76, "M": 62, "L": 54}, _FOUR), *_pants(149, {"L": 46, "XL": 40})),
            4,
            features=("小桃裤", "3D绒感"),
        ),
        Model(
            "huggies",
            "心钻装",
            (*_tape(119, {"S": 70, "M": 60}), *_pants(125, {"L": 44, "XL": 38})),
            3,
            features=("透气",),
        ),
        Model(
            "pampers",
            "一级帮",
            (*_tape(169, {"NB": 84, "S": 70, "M": 64, "L": 52}), *_pants(175, {"L": 42, "XL": 36})),
            4,
            features=("日本进口", "空气感"),
        ),
        Model(
            "pampers",
            "清新帮",
            (*_tape(99, {"S": 82, "M": 68, "L": 58}), *_pants(109, {"XL": 42})),
            3,
            features=("泡泡裤", "超薄"),
        ),
        Model(
            "merries",
            "妙而舒",
            (*_tape(109, {"NB": 90, "S": 82, "M": 64, "L": 54}, _FOUR), *_pants(115, {"L": 44, "XL": 38})),
            4,
            features=("日本进口", "瞬爽透气"),
        ),
        Model(
            "moony",
            "畅透",
            (*_tape(105, {"NB": 90, "S": 84, "M": 64, "L": 54}), *_pants(112, {"XL": 38})),
            3,
            features=("柔软",),
        ),
        Model(
            "goon",
            "天使",
            (*_tape(129, {"NB": 62, "S": 56, "M": 46}), *_pants(135, {"L": 34, "XL": 30})),
            2,
            features=("羽薄",),
        ),
        Model(
            "babycare",
            "皇室狮子王国",
            (*_tape(109, {"S": 58, "M": 50, "L": 40}), *_pants(115, {"L": 40, "XL": 36})),
            3,
            features=("弱酸亲肤",),
        ),
        Model(
            "babycare",
            "Air pro",
            (*_tape(89, {"S": 58, "M": 50}), *_pants(95, {"L": 40})),
            2,
            features=("夏日超薄",),
        ),
        Model(
            "lelch",
            "皇家玩偶",
            (*_tape(159, {"S": 60, "M": 52}), *_pants(165, {"L": 42, "XL": 36})),
            2,
            features=("羊脂膏",),
        ),
        Model(
            "beaba",
            "盛夏光年",
            (*_tape(139, {"S": 60, "M": 48}), *_pants(149, {"L": 36, "XL": 30})),
            2,
            features=("真透气",),
        ),
    ),
    unit="piece",
    container=("包", "包", "包"),
    titles={
        "taobao": (
            "{promise?20}{brand}{model}{form}{fitpack}{weight?50}{feature?50}{synonym?50}{claim?40}",
            "{brand}{model}{feature?50}{synonym?50}{form}{fitpack}{claim?50}",
        ),
        "jd": ("{brand} {model} {form} {fitpack} {weight} {feature?50}",),
        "pinduoduo": (
            "{promise?70}{brand}{model}{form}{fitpack} {weight?40} {feature?40}{claim?50}",
            "{promise?50}{brand}{model} {feature?60}{form} {fitpack} {synonym?40}{claim?40}",
        ),
        "shop": ("{brand} {model} {form} {fitpack} {weight?60}",),
    },
    words={
        "form_tape": ("纸尿裤", "婴儿纸尿裤"),
        "form_pants": ("拉拉裤", "婴儿拉拉裤", "成长裤"),
        "synonym": ("尿不湿", "婴儿尿片", "宝宝专用"),
        "weight_NB": ("0-5kg",),
        "weight_S": ("4-8kg", "（4-8kg）"),
        "weight_M": ("6-11kg", "（6-11kg）"),
        "weight_L": ("9-14kg", "（9-14kg）"),
        "weight_XL": ("12-17kg", "（12-17kg）"),
        "feature": ("超薄透气", "干爽", "柔软"),
        "gift": ("湿巾", "玩具"),
    },
    accessories=(
        Accessory(
            "change-pad",
            ("babycare", ""),
            ("隔尿垫", "一次性护理垫"),
            (19, 69),
            targets=("婴儿",),
            touches=("防水透气", "大号", "20片装"),
        ),
        Accessory(
            "table",
            ("",),
            ("尿布台", "婴儿护理台"),
            (159, 399),
            targets=("新生儿",),
            colours=("白色", "原木"),
            touches=("可折叠", "多功能"),
        ),
    ),
    bundles=(
        Bundle(
            "merries-nb90-s82",
            "merries",
            "妙而舒 纸尿裤 NB90片 + S82片",
            219,
            (
                "花王妙而舒纸尿裤NB90片加S82片组合装新生儿",
                "花王（Merries）妙而舒 婴儿纸尿裤 NB90片+S82片 组合套装",
                "【组合装】花王妙而舒NB90+S82纸尿裤",
            ),
        ),
        Bundle(
            "huggies-m62-l54",
            "huggies",
            "铂金装 纸尿裤 M62片 + L54片",
            275,
            ("好奇（Huggies）铂金装纸尿裤 M62片+L54片 组合装", "好奇铂金装M62加L54片纸尿裤两包组合"),
        ),
    ),
    options=("{brand}{model}纸尿裤{sizes}码可选 尿不湿", "【亏本冲量】{brand}{model}纸尿裤 {sizes} 多码任选"),
    share=75,
    weighs_kg=2.2,
)
