"""Infant formula. Split by line, stage and national edition; the pack count decides the price, not the variant."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version

_CASE = (1, 4, 6)
_PAIR = (1, 2, 6)


def _stages(amount: int, prices: dict[int | str, int], packs: tuple[int, ...] = _PAIR) -> tuple[Version, ...]:
    """One version per stage of the same tin."""
    return tuple(
        Version(price, dict[str, Value](stage=stage), amount=amount, packs=packs)
        for stage, price in prices.items()
    )


FAMILY = Family(
    slug="milk_powder",
    keyword="奶粉",
    synonyms=("婴儿奶粉", "婴幼儿配方奶粉", "宝宝奶粉", "牛奶粉"),
    catalogue=Catalogue(
        taobao=(35, "奶粉/辅食/营养品", 50018801, "婴幼儿牛奶粉"),
        jd=((1319, "母婴"), (1523, "奶粉"), (7052, "婴幼奶粉")),
        pinduoduo=((26100, 26101, 26102), 4, "母婴"),
        shop="母婴",
    ),
    models=(
        Model("feihe", "星飞帆", _stages(700, {1: 298, 2: 288, 3: 262}, _CASE), 4, features=("亲和人体",)),
        Model(
            "feihe",
            "星飞帆卓睿",
            _stages(750, {1: 388, 2: 378, 3: 346}, _CASE),
            4,
            features=("HMO", "鲜萃活性营养"),
        ),
        Model("feihe", "臻稚有机", _stages(700, {2: 308, 3: 288}), 2, features=("有机",)),
        Model(
            "aptamil",
            "卓萃",
            _stages(900, {1: 372, 2: 362, 3: 338}, _CASE),
            4,
            features=("HMO", "双重益生元"),
        ),
        Model(
            "aptamil",
            "白金版",
            _stages(800, {"Pre": 198, 1: 196, 2: 192}, (1, 3, 6)),
            3,
            region="de",
            spellings=("德爱白金",),
        ),
        Model(
            "aptamil",
            "金装",
            _stages(900, {1: 172, 2: 168, 3: 158}, (1, 3, 6)),
            2,
            region="au",
            spellings=("澳爱金装",),
        ),
        Model("a2", "至初", _stages(900, {1: 388, 2: 378, 3: 336}), 4, features=("A2蛋白质",)),
        Model(
            "a2",
            "紫白金",
            _stages(900, {1: 212, 2: 208, 3: 198}, (1, 3, 6)),
            3,
            region="au",
            spellings=("白金版紫罐",),
        ),
        Model("wyeth", "启赋蓝钻", _stages(810, {1: 416, 2: 408, 3: 368}), 3, features=("HMO", "OPO")),
        Model("wyeth", "S-26铂臻", _stages(780, {1: 338, 2: 328, 3: 298}), 3, features=("瑞士进口",)),
        Model("yili", "金领冠珍护", _stages(900, {1: 298, 2: 288, 3: 256}, _CASE), 3, features=("专利配方",)),
        Model("junlebao", "优萃有机", _stages(808, {2: 298, 3: 268}), 2, features=("有机",)),
        Model("junlebao", "乐铂", _stages(808, {1: 298, 2: 288, 3: 258}), 2, features=("深度水解",)),
        Model(
            "friso",
            "皇家",
            _stages(800, {1: 378, 2: 368, 3: 326}),
            3,
            features=("荷兰进口",),
            latin="Prestige",
        ),
        Model(
            "meadjohnson",
            "蓝臻",
            _stages(820, {1: 398, 2: 388, 3: 348}),
            3,
            features=("乳铁蛋白", "MFGM"),
            latin="Enfinitas",
        ),
        Model("abbott", "菁挚有机", _stages(900, {2: 328, 3: 298}), 2, features=("丹麦进口",)),
        Model(
            "biostime", "派星", _stages(800, {2: 398, 3: 348}), 2, features=("乳铁蛋白",), latin="SN-2 PLUS"
        ),
    ),
    unit="g",
    container=("罐", "罐", "听", "桶"),
    titles={
        "taobao": (
            "{promise?20}{brand}{model}{edition}{stage}{pack}{official?50}{category}{feature?50}{claim?30}",
            "{brand}{model}{edition}{category}{stage}{feature?60}{pack}{claim?40}",
        ),
        "jd": ("{brand} {model} {edition} {feature?40} {category} {stage} {age?60} {pack}",),
        "pinduoduo": (
            "{promise?70}{brand}{model}{edition}{stage}{category}{pack} {claim?60}",
            "{packfirst}{brand}{model}{edition}{category}{stage}{size} {feature?40} {claim?50}",
        ),
        "shop": ("{brand} {model} {edition} {category} {stage} {pack}",),
    },
    words={
        "category": ("奶粉", "婴幼儿奶粉", "婴儿配方奶粉", "牛奶粉"),
        "official": ("官方旗舰店", "官方正品"),
        "age_Pre": ("0-6个月",),
        "age_1": ("0-6个月", "0-6月龄"),
        "age_2": ("6-12个月", "6-12月龄"),
        "age_3": ("12-36个月", "1-3岁", "12-36月龄"),
        "gift": ("乐高积木", "湿巾", "奶瓶", "玩具车"),
        "feature": ("营养", "易吸收"),
    },
    accessories=(
        Accessory(
            "milk-box",
            ("", "babycare"),
            ("奶粉盒", "便携奶粉分装盒"),
            (15, 69),
            targets=("婴儿奶粉",),
            colours=("白色", "粉色"),
            touches=("密封防潮", "大容量", "外出"),
        ),
        Accessory(
            "bottle",
            ("babycare", ""),
            ("奶瓶", "宽口径奶瓶"),
            (29, 129),
            targets=("新生儿", "6个月以上宝宝"),
            touches=("PPSU", "防胀气", "240ml", "玻璃"),
            lead=("适合",),
        ),
    ),
    bundles=(
        Bundle(
            "s26-2-780-350",
            "wyeth",
            "S-26铂臻 2段 780g + 350g",
            469,
            (
                "惠氏（Wyeth）S-26铂臻2段 婴儿配方奶粉 780g+350g 组合装",
                "惠氏铂臻二段780克大罐加350克小罐组合装婴幼儿奶粉",
                "【大小罐组合】惠氏S-26铂臻2段奶粉780g+350g",
            ),
        ),
        Bundle(
            "feihe-zhuorui-2-3",
            "feihe",
            "星飞帆卓睿 2段750g×3 + 3段750g×3",
            2099,
            (
                "飞鹤星飞帆卓睿2段750g*3罐+3段750g*3罐转段组合",
                "飞鹤（FIRMUS）星飞帆卓睿 2段3罐+3段3罐 750g 转段套装",
            ),
        ),
    ),
    options=("{brand}{model}奶粉{stages}任选 罐装官方", "【正品】{brand}{model} {stages}可选 单罐价"),
    share=75,
    weighs_kg=1.1,
)
