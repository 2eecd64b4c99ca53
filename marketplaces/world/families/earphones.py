"""Earphones. Split by generation, connector and active noise cancelling; colour is an axis."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Value, Version

HK = State("new", "hk", 90)
USED = State("used", "cn", 58, "99新")


def _v(price: int, code: str = "", **attrs: Value) -> tuple[Version, ...]:
    return (Version(price, attrs, code),)


FAMILY = Family(
    slug="earphones",
    keyword="耳机",
    synonyms=("蓝牙耳机", "无线耳机", "真无线耳机", "头戴式耳机", "降噪耳机"),
    catalogue=Catalogue(
        taobao=(50008090, "3C数码配件", 50008091, "蓝牙耳机"),
        jd=((652, "数码"), (828, "影音娱乐"), (842, "耳机/耳麦")),
        pinduoduo=((23300, 23301, 23302), 1561, "耳机"),
        shop="耳机",
    ),
    models=(
        Model(
            "apple",
            "AirPods Pro 2",
            (
                Version(1699, {"connector": "USB-C"}, "MTJV3CH/A"),
                Version(1499, {"connector": "Lightning"}, "MQD83CH/A"),
            ),
            5,
            spellings=("AirPodsPro2代", "AirPods Pro第二代", "AirPods Pro二代"),
            colours=("白色",),
            features=("主动降噪", "MagSafe充电盒", "心率同步"),
            states=(HK, USED),
        ),
        Model(
            "apple",
            "AirPods 4",
            (Version(949, {"anc": False}, "MXP63CH/A"), Version(1299, {"anc": True}, "MXP93CH/A")),
            4,
            spellings=("AirPods四代", "AirPods4代"),
            colours=("白色",),
        ),
        Model("apple", "AirPods 3", _v(1099, "MPNY3CH/A"), 2, spellings=("AirPods三代",), colours=("白色",)),
        Model(
            "apple",
            "AirPods Max USB-C",
            _v(3799),
            2,
            spellings=("AirPods Max USBC款",),
            told={"connector": ("USB", "USB-C")},
            colours=("午夜色", "星光色", "蓝色", "橙色"),
        ),
        Model(
            "sony",
            "WH-1000XM5",
            _v(1999, "WH-1000XM5"),
            4,
            spellings=("1000XM5",),
            colours=("铂金银", "黑色", "午夜蓝"),
            features=("头戴式", "主动降噪"),
        ),
        Model(
            "sony",
            "WH-1000XM4",
            _v(1499, "WH-1000XM4"),
            2,
            spellings=("1000XM4",),
            colours=("铂金银", "黑色"),
            features=("头戴式", "主动降噪"),
        ),
        Model(
            "sony",
            "WF-1000XM5",
            _v(1699, "WF-1000XM5"),
            3,
            colours=("铂金银", "黑色"),
            features=("真无线", "主动降噪"),
            states=(HK,),
        ),
        Model(
            "sony",
            "WH-CH720N",
            _v(799, "WH-CH720N"),
            3,
            colours=("黑色", "白色", "蓝色"),
            features=("头戴式",),
        ),
        Model(
            "huawei",
            "FreeBuds Pro 3",
            _v(1199),
            4,
            colours=("陶瓷白", "冰霜银", "雅川青"),
            features=("智慧动态降噪",),
        ),
        Model(
            "huawei",
            "FreeBuds 5i",
            _v(449),
            3,
            colours=("陶瓷白", "星空黑", "海岛蓝"),
            features=("主动降噪",),
        ),
        Model(
            "huawei",
            "FreeBuds 6i",
            _v(479),
            2,
            colours=("陶瓷白", "星空黑", "罗兰紫"),
            features=("主动降噪",),
        ),
        Model(
            "huawei",
            "FreeClip",
            _v(1199),
            3,
            colours=("曜石黑", "星河紫", "珍珠白"),
            features=("耳夹式", "不入耳"),
        ),
        Model(
            "edifier",
            "W820NB",
            _v(329),
            3,
            spellings=("W820NB双金标版",),
            colours=("云岩灰", "雪白", "玄武黑"),
            features=("头戴式", "主动降噪"),
        ),
        Model(
            "edifier",
            "LolliPods Pro 2",
            _v(359),
            3,
            spellings=("花再LolliPods Pro2",),
            colours=("云白", "雾黑"),
            features=("主动降噪",),
        ),
        Model("edifier", "Comfo Run", _v(399), 2, colours=("黑色", "白色"), features=("开放式", "运动")),
        Model("edifier", "X3 Plus", _v(149), 2, colours=("黑色", "白色"), features=("真无线", "游戏低延迟")),
        Model(
            "xiaomi",
            "小米Buds 5",
            _v(599),
            3,
            latin="Xiaomi Buds 5",
            colours=("陶瓷白", "钛光灰", "雪山蓝"),
            features=("哈曼调音",),
        ),
        Model("redmi", "Buds 5 Pro", _v(349), 3, colours=("曜石黑", "冰瓷白"), features=("52dB主动降噪",)),
        Model("redmi", "Buds 6", _v(199), 3, colours=("曜石黑", "青山雾"), features=("49dB主动降噪",)),
        Model("honor", "Earbuds X6", _v(99), 2, colours=("幻夜黑", "寒地白"), features=("40小时续航",)),
        Model("oppo", "Enco Air4", _v(179), 2, colours=("墨影", "云瓷白"), features=("半入耳",)),
        Model("vivo", "TWS 4", _v(369), 2, colours=("深空蓝", "皓月白"), features=("金耳朵调音",)),
        Model(
            "samsung",
            "Galaxy Buds3 Pro",
            _v(1299, "SM-R630"),
            2,
            colours=("皓月银", "星光白"),
            features=("智能降噪",),
            states=(HK,),
        ),
        Model(
            "bose",
            "QuietComfort Ultra",
            _v(2599),
            2,
            spellings=("QC Ultra",),
            colours=("黑色", "白色"),
            features=("头戴式", "消噪"),
        ),
        Model(
            "bose",
            "QuietComfort 45",
            _v(1699),
            1,
            spellings=("QC45",),
            colours=("黑色", "白色"),
            features=("头戴式", "消噪"),
        ),
        Model(
            "sennheiser",
            "Momentum 4",
            _v(2099),
            1,
            spellings=("大馒头4",),
            colours=("黑色", "白色"),
            features=("头戴式",),
        ),
        Model(
            "jbl", "TUNE 520BT", _v(299, "T520BT"), 2, colours=("黑色", "蓝色", "白色"), features=("头戴式",)
        ),
        Model("qcy", "T13 ANC", _v(129), 3, colours=("黑色", "白色"), features=("28dB降噪",)),
        Model(
            "baseus", "Bowie MA10", _v(139), 2, colours=("黑色", "白色"), features=("48dB降噪", "140小时续航")
        ),
    ),
    region="cn",
    titles={
        "taobao": (
            "{promise?25}{state}{brand}{model}{connector}{anc}{category}{feature?60}{colour?50}{home?30}{claim?50}",
            "{state}{brand}{category}{model}{connector}{anc}{feature?50}{claim?50}{colour?40}",
        ),
        "jd": (
            "{brand} {model} {connector} {anc} {feature?60} {category} {device?50} {colour} {state} {code?50}",
        ),
        "pinduoduo": (
            "{promise?70}{state}{brand}{model} {connector} {anc} {feature?50} {category} {colour?40} {claim?50}",
            "{promise?55}{brand} {model}{category}{connector}{anc}{state}{feature?40}{claim?50}",
        ),
        "shop": ("{brand} {model} {connector} {anc} {category} {colour} {state}",),
        "shop_en": ("{brand_en} {model_en} {connector} {anc_en} {colour_en} {state}",),
    },
    words={
        "category": ("蓝牙耳机", "无线耳机", "无线蓝牙耳机", "耳机"),
        "home": ("国行", "国行正品"),
        "feature": ("高音质", "运动跑步", "高清通话", "超长续航"),
        "device": ("适用iPhone/iPad", "适用苹果安卓手机", "蓝牙5.3"),
        "gift": ("保护套", "耳机包", "挂绳"),
        "state_claim": ("左右耳齐全", "店保三个月", "功能完好"),
    },
    accessories=(
        Accessory(
            "earcase",
            ("torras", "esr", ""),
            ("耳机保护套", "耳机壳", "耳机套"),
            (9, 59),
            targets=("AirPods Pro 2", "AirPods 4", "FreeBuds Pro 3"),
            colours=("透明", "黑色", "奶白"),
            touches=("硅胶", "防摔", "挂扣", "卡通"),
        ),
        Accessory(
            "eartips",
            ("",),
            ("耳塞套", "记忆海绵耳帽", "耳帽"),
            (12, 45),
            targets=("AirPods Pro 2", "WF-1000XM5"),
            touches=("记忆棉", "防滑", "三对装"),
        ),
        Accessory(
            "clone",
            ("",),
            ("蓝牙耳机", "无线耳机"),
            (39, 129),
            targets=("苹果安卓", "苹果华为小米"),
            touches=("华强北顶配", "洛达芯片", "四代", "入耳式"),
            lead=("通用",),
            kind="goods",
        ),
    ),
    bundles=(
        Bundle(
            "airpodspro2-case-charger",
            "apple",
            "AirPods Pro 2 USB-C + 20W充电器 套装",
            1799,
            (
                "苹果（Apple）AirPods Pro 2 USB-C 无线耳机+20W USB-C电源适配器 套装",
                "苹果AirPodsPro2代USB-C耳机加20W充电头组合套餐国行",
            ),
        ),
    ),
    options=(
        "{brand}{model}蓝牙耳机 官方标配/豪华套餐可选",
        "【正品】{brand}{model}耳机 单机/套装可选",
    ),
    share=75,
    weighs_kg=0.4,
)
