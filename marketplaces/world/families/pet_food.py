"""Pet food. Split by line, recipe and bag; the count decides the price."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _v(price: float, grams: float, *packs: int, each: str = "袋", **attrs: Value) -> Version:
    return Version(price, attrs, amount=grams, packs=packs or (1,), container=each)


_CAT = ("猫粮", "全价猫粮")
_DOG = ("狗粮", "全价狗粮")
_WET = ("猫罐头", "猫咪湿粮")

FAMILY = Family(
    slug="pet_food",
    keyword="宠物",
    synonyms=("猫粮", "狗粮", "宠物食品", "猫罐头", "猫条"),
    catalogue=Catalogue(
        taobao=(29, "宠物/宠物食品及用品", 50016382, "猫主粮"),
        jd=((6994, "宠物生活"), (6996, "宠物主粮"), (7002, "猫干粮")),
        pinduoduo=((31100, 31101, 31102), 9324, "宠物"),
        shop="宠物",
    ),
    models=(
        Model(
            "royalcanin",
            "K36幼猫",
            (_v(125, 2000), _v(239, 4000), _v(599, 10000)),
            4,
            spellings=("幼猫粮K36",),
            category=_CAT,
            features=("4-12月龄",),
        ),
        Model(
            "royalcanin",
            "F32成猫",
            (_v(119, 2000), _v(229, 4500), _v(499, 10000)),
            3,
            category=_CAT,
            features=("12月龄以上",),
        ),
        Model(
            "royalcanin",
            "BK34幼猫",
            (_v(69, 400, 1, 2), _v(145, 2000)),
            3,
            category=_CAT,
            features=("离乳期",),
        ),
        Model(
            "royalcanin",
            "MEJ32中型犬幼犬",
            (_v(169, 4000), _v(559, 15000)),
            3,
            category=_DOG,
            features=("2-12月龄",),
        ),
        Model("royalcanin", "PD30泰迪成犬", (_v(119, 1500), _v(249, 3000)), 2, category=_DOG),
        Model(
            "orijen", "无谷鸡肉", (_v(299, 1800), _v(699, 5400)), 4, category=_CAT, features=("85%动物成分",)
        ),
        Model("orijen", "六种鱼", (_v(329, 1800), _v(779, 5400)), 3, category=_CAT, features=("无谷",)),
        Model(
            "myfoodie",
            "弗列加特鲜肉",
            (_v(159, 1500, 1, 2), _v(589, 7000)),
            4,
            category=_CAT,
            features=("烘焙",),
            spellings=("弗列加特",),
        ),
        Model(
            "myfoodie",
            "牛肉双拼粮",
            (_v(79, 2500), _v(239, 10000)),
            3,
            category=_DOG,
            features=("小型犬通用",),
        ),
        Model(
            "yanxuan",
            "全价冻干双拼",
            (_v(149, 1800, 1, 2), _v(339, 7200)),
            3,
            category=_CAT,
            features=("无谷",),
        ),
        Model(
            "whiskas",
            "成猫粮",
            (
                _v(39, 1300, flavor="海洋鱼味"),
                _v(45, 1300, flavor="牛肉味"),
                _v(189, 10000, flavor="海洋鱼味"),
            ),
            3,
            category=("全价猫粮", "猫咪主食"),
        ),
        Model(
            "whiskas",
            "妙鲜包",
            (
                _v(3.9, 85, 12, 24, each="包", flavor="海洋鱼味"),
                _v(3.9, 85, 12, 24, each="包", flavor="金枪鱼味"),
            ),
            3,
            category=("猫零食", "猫咪湿粮"),
        ),
        Model(
            "pedigree",
            "成犬粮",
            (_v(49, 1800, flavor="牛肉味"), _v(199, 10000, flavor="鸡肉味")),
            3,
            category=("全价犬粮", "狗主粮"),
        ),
        Model(
            "proplan",
            "优护营养成猫",
            (_v(169, 2500, 1, 2), _v(419, 7000)),
            3,
            category=_CAT,
            features=("泌尿健康",),
        ),
        Model("orijen", "主食罐", (_v(22, 85, 6, 12, each="罐", flavor="鸡肉味"),), 2, category=_WET),
    ),
    unit="g",
    container=("袋", "袋", "包"),
    titles={
        "taobao": (
            "{brand}{category}{model}{flavor}{pack}{feature?50}{use?40}{claim?40}",
            "{promise?20}{brand}{model}{category} {flavor}{pack}{feature?50}",
        ),
        "jd": ("{brand} {category} {model} {flavor} {pack} {feature?60} {use?40}",),
        "pinduoduo": (
            "{promise?60}{brand}{model}{category}{flavor}{pack}{use?50}{claim?40}",
            "{promise?60}{brand}{category} {model}{flavor}{pack}{feature?40}{claim?30}",
        ),
        "shop": ("{brand} {model} {category} {flavor} {pack}",),
    },
    words={
        "category": ("宠物粮",),
        "use": ("通用型", "美毛护肤", "增肥发腮", "大包装"),
        "feature": ("营养均衡", "易消化"),
        "gift": ("试吃装", "猫条", "饭盆"),
    },
    accessories=(
        Accessory(
            "bowl",
            ("",),
            ("猫碗", "宠物食盆", "自动喂食器"),
            (9, 199),
            targets=("猫咪狗狗",),
            touches=("陶瓷", "不锈钢", "防打翻"),
            lead=("", "适合"),
        ),
        Accessory(
            "bin", ("",), ("猫粮储存桶", "宠物储粮桶"), (29, 99), targets=("10kg猫粮",), touches=("密封防潮",)
        ),
    ),
    bundles=(
        Bundle(
            "rc-kitten-set",
            "royalcanin",
            "K36 2kg + 幼猫湿粮85g×12",
            219,
            (
                "皇家（ROYAL CANIN）K36幼猫粮2kg+幼猫湿粮85g*12包 组合装",
                "皇家K36猫粮2kg加幼猫湿粮12包组合套装",
            ),
        ),
    ),
    options=("{brand}{model}猫粮狗粮 多规格可选 {sizes}g", "【囤货】{brand}{model} {sizes}克 任选"),
    share=40,
    weighs_kg=4,
)
