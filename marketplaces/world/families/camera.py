"""Cameras. Split by model and by what is mounted: the body alone or a kit lens; colour is an axis of few."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

USED = State("used", "cn", 68, "95新")
HK = State("new", "hk", 92)


def _k(**prices: int) -> tuple[Version, ...]:
    """Versions by kit: body, or a zoom such as z24_105."""
    return tuple(
        Version(price, {"kit": "body" if kit == "body" else kit.removeprefix("z").replace("_", "-") + "mm"})
        for kit, price in prices.items()
    )


def _only(price: int) -> tuple[Version, ...]:
    return (Version(price, {}),)


FAMILY = Family(
    slug="camera",
    keyword="相机",
    synonyms=("微单", "数码相机", "单反", "照相机", "全画幅"),
    catalogue=Catalogue(
        taobao=(14, "数码相机/单反相机/摄像机", 50003770, "单电微单"),
        jd=((652, "数码"), (654, "摄影摄像"), (5012, "微单相机")),
        pinduoduo=((23500, 23501, 23502), 1562, "相机"),
        shop="相机",
    ),
    region="cn",
    models=(
        Model(
            "canon",
            "EOS R50",
            _k(body=4299, z18_45=4999),
            4,
            spellings=("R50",),
            colours=("黑色", "白色"),
            features=("APS-C画幅",),
            category=("微单相机", "微单"),
        ),
        Model(
            "canon",
            "EOS R8",
            _k(body=8699, z24_50=9799),
            3,
            spellings=("R8",),
            features=("全画幅",),
            category=("全画幅微单", "微单相机"),
        ),
        Model(
            "canon",
            "EOS R6 Mark II",
            _k(body=13999, z24_105=20999),
            4,
            spellings=("R6二代", "EOS R6 II"),
            features=("全画幅",),
            category=("全画幅微单", "微单相机"),
            states=(HK, USED),
        ),
        Model(
            "canon",
            "EOS R5",
            _k(body=19999, z24_105=26999),
            2,
            spellings=("R5",),
            features=("8K视频",),
            category=("全画幅微单",),
            states=(USED,),
        ),
        Model(
            "canon",
            "PowerShot G7 X Mark III",
            _only(5399),
            3,
            spellings=("G7X3", "G7 X III"),
            colours=("黑色", "银色"),
            category=("数码相机", "卡片机"),
        ),
        Model(
            "sony",
            "ILCE-7M4",
            _k(body=14999, z28_70=16499),
            4,
            spellings=("A7M4", "A7 IV"),
            features=("全画幅",),
            category=("全画幅微单", "微单相机"),
            states=(HK, USED),
        ),
        Model(
            "sony",
            "ILCE-7CM2",
            _k(body=12999, z28_60=14999),
            3,
            spellings=("A7C2", "A7CM2"),
            colours=("黑色", "银色"),
            features=("全画幅",),
            category=("全画幅微单",),
        ),
        Model(
            "sony",
            "ZV-E10",
            _k(body=4399, z16_50=4999),
            4,
            colours=("黑色", "白色"),
            features=("Vlog",),
            category=("微单相机", "微单"),
        ),
        Model(
            "sony", "ILCE-6700", _k(body=8999, z18_135=11999), 2, spellings=("A6700",), category=("微单相机",)
        ),
        Model(
            "nikon",
            "Z5",
            _k(body=6499, z24_50=7999),
            3,
            features=("全画幅",),
            category=("微单相机", "全画幅微单"),
            states=(USED,),
        ),
        Model("nikon", "Z30", _k(body=3999, z16_50=4699), 3, features=("Vlog",), category=("微单相机",)),
        Model(
            "nikon",
            "Z6III",
            _k(body=15999, z24_120=21999),
            2,
            spellings=("Z6 III", "Z6三代"),
            category=("全画幅微单",),
        ),
        Model(
            "fujifilm",
            "X-T5",
            _k(body=11490, z18_55=14290, z16_80=15590),
            3,
            spellings=("XT5",),
            colours=("黑色", "银色"),
            category=("微单相机", "复古微单"),
        ),
        Model(
            "fujifilm",
            "X100VI",
            _only(11390),
            3,
            spellings=("X100六代",),
            colours=("黑色", "银色"),
            category=("数码相机", "旁轴相机"),
        ),
        Model(
            "fujifilm",
            "instax mini 12",
            _only(549),
            4,
            spellings=("mini12",),
            colours=("白色", "粉色", "紫色"),
            category=("拍立得", "一次成像相机"),
        ),
        Model(
            "panasonic",
            "S5M2",
            _k(body=11498, z20_60=13498),
            2,
            spellings=("S5二代",),
            category=("全画幅微单",),
        ),
        Model(
            "dji",
            "Osmo Pocket 3",
            _only(3499),
            4,
            spellings=("Pocket3",),
            category=("口袋云台相机", "云台相机"),
        ),
        Model("dji", "Osmo Action 5 Pro", _only(2598), 3, spellings=("Action5Pro",), category=("运动相机",)),
        Model("insta360", "X4", _only(3598), 2, category=("全景相机", "全景运动相机")),
    ),
    titles={
        "taobao": (
            "{brand}{model} {kit}{category}{state}{feature?40}{colour?60}{claim?40}",
            "{promise?20}{brand}/{state}{category}{model} {kit}{colour?40}{feature?50}",
        ),
        "jd": ("{brand} {model} {state} {category} {feature?60} {kit} {colour?80}",),
        "pinduoduo": (
            "{promise?60}{brand}{model} {state}{category}{kit} {colour?50}{claim?40}",
            "{promise?60}{state}{brand} {model}{kit} {category}{feature?50}",
        ),
        "shop": ("{brand} {model} {state} {kit} {category} {colour?70}",),
    },
    words={
        "category": ("相机", "数码相机"),
        "feature": ("高清", "学生旅游", "4K视频"),
        "gift": ("相机包", "64G存储卡"),
    },
    accessories=(
        Accessory(
            "battery",
            ("", "ugreen"),
            ("相机电池", "充电器套装"),
            (49, 199),
            targets=("佳能R50", "索尼A7M4", "尼康Z30"),
            touches=("全解码", "双充"),
        ),
        Accessory(
            "bag",
            ("",),
            ("相机包", "微单收纳包", "内胆包"),
            (29, 199),
            targets=("佳能R50", "索尼ZV-E10", "富士X-T5"),
            colours=("黑色", "卡其"),
            touches=("防水", "单肩"),
        ),
        Accessory(
            "film", ("",), ("相纸", "相片纸"), (45, 99), targets=("富士mini12",), touches=("白边", "20张")
        ),
    ),
    bundles=(
        Bundle(
            "r50-two-lenses",
            "canon",
            "EOS R50 双镜头套装",
            6499,
            ("佳能（Canon）EOS R50 18-45mm+55-210mm 双镜头套装", "佳能R50双镜头套装18-45+55-210微单相机"),
        ),
    ),
    options=("{brand}{model}相机 单机/套机可选", "【可选套机】{brand}{model} {kit_list} 任选"),
    share=40,
)
