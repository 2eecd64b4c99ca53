"""LEGO sets. The set number is the product; a damaged box is another condition."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

BOX_DAMAGED = State("open_box", None, 88)


def _set(
    number: str, name: str, theme: str, price: int, pieces: int, heat: int = 2, *, damaged: bool = False
) -> Model:
    return Model(
        "lego",
        name,
        (Version(price, {"set_no": number}, number),),
        heat,
        features=(theme, f"{pieces}颗粒"),
        states=(BOX_DAMAGED,) if damaged else (),
    )


FAMILY = Family(
    slug="lego",
    keyword="乐高",
    synonyms=("积木", "拼装积木", "拼搭玩具", "益智玩具"),
    catalogue=Catalogue(
        taobao=(25, "玩具/童车/益智/积木/模型", 50018431, "普通塑料积木"),
        jd=((6233, "玩具乐器"), (6236, "积木拼插"), (6271, "积木")),
        pinduoduo=((29100, 29101, 29102), 2048, "玩具"),
        shop="玩具",
    ),
    models=(
        _set("42143", "法拉利Daytona SP3", "机械组", 2999, 3778, 4, damaged=True),
        _set("42115", "兰博基尼Sián FKP 37", "机械组", 2899, 3696, 3),
        _set("42151", "布加迪Bolide", "机械组", 369, 905, 4),
        _set("42154", "福特GT", "机械组", 899, 1466, 2),
        _set("42170", "川崎Ninja H2R", "机械组", 649, 643, 2),
        _set("42171", "梅赛德斯F1 W14", "机械组", 1699, 1642, 3),
        _set("10281", "盆景树", "植物系列", 399, 878, 4),
        _set("10311", "兰花", "植物系列", 369, 608, 4),
        _set("10280", "花束", "植物系列", 399, 756, 4, damaged=True),
        _set("10328", "玫瑰花束", "植物系列", 449, 822, 3),
        _set("40460", "玫瑰", "植物系列", 99, 120, 3),
        _set("10294", "泰坦尼克号", "ICONS系列", 5299, 9090, 2),
        _set("10307", "埃菲尔铁塔", "ICONS系列", 4999, 10001, 2),
        _set("10276", "罗马斗兽场", "ICONS系列", 4499, 9036, 1),
        _set("10333", "魔戒黑塔", "ICONS系列", 3999, 5471, 1),
        _set("10300", "DeLorean时光机", "ICONS系列", 1499, 1872, 2),
        _set("75192", "千年隼", "星球大战", 6499, 7541, 2),
        _set("75313", "AT-AT步行机", "星球大战", 6299, 6785, 1),
        _set("75355", "X翼战机", "星球大战", 1999, 1949, 2),
        _set("71043", "霍格沃茨城堡", "哈利波特", 3999, 6020, 3),
        _set("76419", "霍格沃茨城堡与场地", "哈利波特", 1299, 2660, 3),
        _set("76240", "蝙蝠侠战车", "超级英雄", 1899, 2049, 2),
        _set("76269", "复仇者联盟大厦", "超级英雄", 3999, 5201, 1),
        _set("21333", "梵高星空", "IDEAS系列", 1299, 2316, 3),
        _set("21338", "A字木屋", "IDEAS系列", 1199, 2082, 2),
        _set("31208", "神奈川冲浪里", "艺术系列", 849, 1810, 3),
        _set("60337", "特快客运列车", "城市系列", 1099, 764, 3, damaged=True),
        _set("60351", "太空探索火箭发射基地", "城市系列", 899, 1010, 2),
        _set("60413", "消防飞机", "城市系列", 399, 478, 2),
        _set("10698", "经典创意大号积木盒", "经典系列", 399, 790, 4),
        _set("10696", "经典创意中号积木盒", "经典系列", 249, 484, 3),
        _set("31136", "珍奇鹦鹉", "创意三合一", 199, 253, 2),
        _set("31147", "复古相机", "创意三合一", 159, 261, 3),
        _set("80113", "乐满楼", "新春系列", 1299, 2187, 2),
    ),
    titles={
        "taobao": (
            "{promise?20}{state}{brand}{code}{model}{feature?60}{category?70}{age?40}{claim?40}",
            "{brand}{category?60}{feature?50}{code}{model}{state}{gift_use?60}{claim?30}",
        ),
        "jd": ("{brand} {category} {code} {model} {feature?60} {age?60} {gift_use?60} {state}",),
        "pinduoduo": (
            "{promise?70}{state}{brand}{code} {model} {feature?50} {category?60} {claim?50}",
            "{promise?60}{brand}{category?50}{code}{model} {gift_use?70} {state}{claim?40}",
        ),
        "shop": ("{brand} {code} {model} {feature?50} {state}",),
        "shop_en": ("{brand_en} {code} {model} {state}",),
    },
    words={
        "category": ("积木", "拼装积木", "积木玩具", "积木拼装"),
        "age": ("8岁+", "10岁+", "18岁+", "12岁以上"),
        "gift_use": ("男孩女孩儿童玩具", "生日礼物", "成人拼装", "圣诞礼物"),
        "gift": ("拼砌器", "贴纸"),
        "feature": ("正品",),
        "state_claim": ("内袋未拆", "仅盒子压痕", "介意慎拍"),
    },
    accessories=(
        Accessory(
            "compatible",
            ("cada", "pantasy", ""),
            ("积木", "拼装积木", "高难度积木"),
            (29, 259),
            targets=(
                "42143法拉利",
                "42151布加迪",
                "10294泰坦尼克号",
                "75192千年隼",
                "71043霍格沃茨城堡",
                "10281盆景树",
            ),
            touches=("3599颗粒", "男孩礼物", "巨大型", "成人"),
            lead=("兼容乐高", "兼容LEGO", "乐高式"),
        ),
        Accessory(
            "light",
            ("",),
            ("灯饰", "LED灯组", "灯光配件"),
            (39, 159),
            targets=("乐高42143", "乐高10294", "乐高71043"),
            touches=("不含积木", "遥控版", "USB供电"),
        ),
        Accessory(
            "display",
            ("",),
            ("亚克力展示盒", "防尘罩", "透明展示盒"),
            (49, 259),
            targets=("乐高42143", "乐高10281", "乐高75192"),
            touches=("高透", "不含积木", "免胶"),
        ),
    ),
    bundles=(
        Bundle(
            "lego-10280-10328",
            "lego",
            "10280 花束 + 10328 玫瑰花束 组合",
            799,
            (
                "乐高（LEGO）积木 10280花束+10328玫瑰花束 植物系列组合",
                "乐高10280花束加10328玫瑰花束两盒组合装",
            ),
        ),
        Bundle(
            "lego-42151-42154",
            "lego",
            "42151 布加迪Bolide + 42154 福特GT 组合",
            1199,
            (
                "乐高（LEGO）机械组 42151布加迪Bolide+42154福特GT 组合套装",
                "乐高机械组42151布加迪加42154福特GT两盒合购",
            ),
        ),
    ),
    options=("乐高{theme}积木多款可选 正品", "乐高LEGO {theme} 多套任选"),
    share=75,
    weighs_kg=2,
)
