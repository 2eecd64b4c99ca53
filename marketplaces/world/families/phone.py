"""Phones. Split by model, RAM, storage, region and condition; colour is an axis."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

USED_99 = State("used", "cn", 74, "99新")
USED_95 = State("used", "cn", 66, "95新")
HK = State("new", "hk", 91)
US_LOCKED = State("used", "us", 52, "95新")
REFURBISHED = State("refurbished_official", "cn", 86)
OPENED = State("open_box", "cn", 93)


def _s(storage_gb: int, price: int) -> Version:
    return Version(price, {"storage_gb": storage_gb})


def _m(ram_gb: int, storage_gb: int, price: int) -> Version:
    return Version(price, {"ram_gb": ram_gb, "storage_gb": storage_gb})


_FIVE = ("黑色", "蓝色", "绿色", "黄色", "粉色")
_TITANIUM = ("原色钛金属", "蓝色钛金属", "白色钛金属", "黑色钛金属")
_SIXTEEN = ("黑色", "白色", "粉色", "深青色", "群青色")

_APPLE = (
    Model(
        "apple",
        "iPhone 13",
        (_s(128, 3199), _s(256, 3799)),
        3,
        "A2634",
        ("苹果13",),
        colours=("午夜色", "星光色", "蓝色", "粉色", "绿色"),
        states=(USED_95,),
    ),
    Model(
        "apple",
        "iPhone 14",
        (_s(128, 3799), _s(256, 4499)),
        3,
        "A2884",
        ("苹果14",),
        colours=("午夜色", "星光色", "蓝色", "紫色", "黄色"),
        states=(USED_99,),
    ),
    Model(
        "apple",
        "iPhone 15",
        (_s(128, 4299), _s(256, 4999), _s(512, 6499)),
        5,
        "A3092",
        ("苹果15",),
        colours=_FIVE,
        states=(HK, USED_99, REFURBISHED, OPENED),
    ),
    Model(
        "apple",
        "iPhone 15 Plus",
        (_s(128, 4899), _s(256, 5599)),
        4,
        "A3096",
        ("苹果15 Plus",),
        colours=_FIVE,
        states=(USED_99,),
    ),
    Model(
        "apple",
        "iPhone 15 Pro",
        (_s(128, 5999), _s(256, 6799), _s(512, 8299)),
        4,
        "A3104",
        ("苹果15 Pro",),
        colours=_TITANIUM,
        states=(HK, USED_99, US_LOCKED),
    ),
    Model(
        "apple",
        "iPhone 15 Pro Max",
        (_s(256, 7699), _s(512, 9199), _s(1024, 10699)),
        4,
        "A3108",
        ("苹果15 Pro Max",),
        colours=_TITANIUM,
        states=(USED_99, REFURBISHED),
    ),
    Model(
        "apple",
        "iPhone 16",
        (_s(128, 5199), _s(256, 5999), _s(512, 7799)),
        5,
        "A3288",
        ("苹果16",),
        colours=_SIXTEEN,
        states=(HK, OPENED),
    ),
    Model(
        "apple",
        "iPhone 16 Plus",
        (_s(128, 5999), _s(256, 6799)),
        2,
        "A3291",
        ("苹果16 Plus",),
        colours=_SIXTEEN,
    ),
    Model(
        "apple",
        "iPhone 16e",
        (_s(128, 3699), _s(256, 4499)),
        3,
        "A3409",
        ("苹果16e",),
        colours=("黑色", "白色"),
    ),
    Model(
        "apple",
        "iPhone 16 Pro",
        (_s(128, 6999), _s(256, 7899), _s(512, 9699)),
        4,
        "A3294",
        ("苹果16 Pro",),
        colours=("沙漠色钛金属", "原色钛金属", "白色钛金属", "黑色钛金属"),
        states=(HK, USED_99),
    ),
    Model(
        "apple",
        "iPhone 16 Pro Max",
        (_s(256, 8999), _s(512, 10799), _s(1024, 12499)),
        4,
        "A3297",
        ("苹果16 Pro Max",),
        colours=("沙漠色钛金属", "原色钛金属", "白色钛金属", "黑色钛金属"),
        states=(HK,),
    ),
)

_HUAWEI = (
    Model(
        "huawei",
        "Mate 60",
        (_m(12, 256, 4499), _m(12, 512, 4999)),
        3,
        colours=("雅川青", "白沙银", "南糯紫", "雅丹黑"),
        features=("卫星通话",),
    ),
    Model(
        "huawei",
        "Mate 60 Pro",
        (_m(12, 256, 5399), _m(12, 512, 5999)),
        4,
        colours=("雅川青", "白沙银", "南糯紫", "雅丹黑"),
        features=("卫星通话", "昆仑玻璃"),
        states=(USED_99,),
    ),
    Model(
        "huawei",
        "Mate 70",
        (_m(12, 256, 5299), _m(12, 512, 5799)),
        4,
        colours=("云杉绿", "风信紫", "雪域白", "曜石黑"),
        features=("红枫原色影像",),
    ),
    Model(
        "huawei",
        "Mate 70 Pro",
        (_m(12, 256, 6299), _m(12, 512, 6799), _m(12, 1024, 7799)),
        3,
        colours=("云杉绿", "风信紫", "雪域白", "曜石黑"),
        features=("红枫原色影像",),
    ),
    Model(
        "huawei",
        "Pura 70",
        (_m(12, 256, 4599), _m(12, 512, 5199)),
        4,
        colours=("羽砂黑", "樱玫红", "冰晶蓝", "雪域白"),
        features=("超聚光",),
    ),
    Model(
        "huawei",
        "Pura 70 Pro",
        (_m(12, 256, 5699), _m(12, 512, 6299)),
        3,
        colours=("罗兰紫", "羽砂黑", "雪域白"),
        features=("超聚光微距长焦",),
        states=(OPENED,),
    ),
    Model(
        "huawei",
        "Pura 70 Ultra",
        (_m(16, 512, 8799), _m(16, 1024, 9799)),
        2,
        colours=("星芒黑", "摩卡棕", "香颂绿"),
    ),
    Model(
        "huawei", "nova 12", (_m(8, 256, 2399), _m(8, 512, 2799)), 3, colours=("曜金黑", "樱语白", "苍山绿")
    ),
    Model(
        "huawei", "nova 13", (_m(12, 256, 2599), _m(12, 512, 2899)), 3, colours=("罗兰紫", "羽砂黑", "星耀白")
    ),
    Model(
        "huawei",
        "nova 13 Pro",
        (_m(12, 256, 3499), _m(12, 512, 3899)),
        3,
        colours=("罗兰紫", "羽砂黑", "星耀白"),
    ),
    Model(
        "huawei", "畅享 70", (_m(8, 128, 999), _m(8, 256, 1199)), 2, colours=("曜金黑", "雪域白", "翡冷翠")
    ),
)

_XIAOMI = (
    Model(
        "xiaomi",
        "小米14",
        (_m(12, 256, 3599), _m(16, 512, 4199), _m(16, 1024, 4599)),
        4,
        latin="Xiaomi 14",
        spellings=("小米14 5G",),
        colours=("黑色", "白色", "岩石青", "雪山粉"),
        features=("徕卡光学镜头", "骁龙8Gen3"),
        states=(USED_99,),
    ),
    Model(
        "xiaomi",
        "小米14 Ultra",
        (_m(12, 256, 5699), _m(16, 512, 6199)),
        2,
        latin="Xiaomi 14 Ultra",
        colours=("黑色", "白色", "龙晶蓝"),
    ),
    Model(
        "xiaomi",
        "小米15",
        (_m(12, 256, 4299), _m(12, 512, 4599), _m(16, 512, 4799)),
        4,
        latin="Xiaomi 15",
        colours=("黑色", "白色", "浅草绿", "丁香紫"),
        features=("骁龙8至尊版", "徕卡影像"),
    ),
    Model(
        "xiaomi",
        "小米15 Pro",
        (_m(12, 256, 5099), _m(16, 512, 5599), _m(16, 1024, 6299)),
        3,
        latin="Xiaomi 15 Pro",
        colours=("岩石灰", "白色", "云杉绿", "亮银版"),
    ),
    Model(
        "redmi",
        "K70",
        (_m(12, 256, 2099), _m(16, 256, 2299), _m(16, 512, 2499)),
        4,
        colours=("墨羽", "晴雪", "浅茄紫", "竹月蓝"),
    ),
    Model("redmi", "K70 Pro", (_m(12, 256, 2699), _m(16, 512, 3099)), 2, colours=("墨羽", "晴雪", "竹月蓝")),
    Model(
        "redmi",
        "K80",
        (_m(12, 256, 2399), _m(12, 512, 2699), _m(16, 512, 2999)),
        3,
        colours=("玄夜黑", "雪岩白", "山峦青"),
    ),
    Model(
        "redmi",
        "Note 13",
        (_m(6, 128, 899), _m(8, 128, 999), _m(8, 256, 1099)),
        3,
        colours=("子夜黑", "星沙白", "时光蓝"),
    ),
    Model(
        "redmi",
        "Note 14 Pro",
        (_m(8, 128, 1299), _m(8, 256, 1399), _m(12, 256, 1599)),
        3,
        colours=("子夜黑", "镜瓷白", "暮光紫"),
    ),
)

_OTHERS = (
    Model(
        "honor",
        "100",
        (_m(12, 256, 2199), _m(16, 256, 2399), _m(16, 512, 2599)),
        3,
        colours=("亮黑色", "月影白", "莫奈紫"),
    ),
    Model(
        "honor", "100 Pro", (_m(12, 256, 2899), _m(16, 512, 3299)), 2, colours=("亮黑色", "月影白", "莫奈紫")
    ),
    Model("honor", "200", (_m(12, 256, 2399), _m(12, 512, 2699)), 2, colours=("绒黑色", "月影白", "天海青")),
    Model(
        "honor",
        "Magic6",
        (_m(12, 256, 3699), _m(16, 512, 4299)),
        3,
        colours=("绒黑色", "祁连雪", "海湖青"),
        features=("青海湖电池",),
    ),
    Model(
        "honor",
        "X50",
        (_m(8, 256, 1299), _m(12, 256, 1499), _m(12, 512, 1799)),
        3,
        colours=("典雅黑", "雨后初晴", "勃朗蓝"),
    ),
    Model(
        "oppo",
        "Find X7",
        (_m(12, 256, 3399), _m(16, 256, 3699), _m(16, 512, 3999)),
        3,
        colours=("星空黑", "烟云紫", "大漠银月"),
    ),
    Model(
        "oppo", "Reno12", (_m(12, 256, 2299), _m(12, 512, 2599)), 3, colours=("暮光紫", "幻夜黑", "千禧银")
    ),
    Model("oppo", "A3", (_m(8, 256, 1099), _m(12, 256, 1299)), 2, colours=("恬静黑", "幽兰紫")),
    Model(
        "oneplus",
        "12",
        (_m(12, 256, 3699), _m(16, 512, 4099), _m(24, 1024, 4799)),
        3,
        colours=("苍绿", "岩黑", "留白"),
    ),
    Model(
        "oneplus", "Ace 3", (_m(12, 256, 2199), _m(16, 512, 2599)), 2, colours=("星辰黑", "月海蓝", "鸣沙金")
    ),
    Model("realme", "GT5 Pro", (_m(12, 256, 2899), _m(16, 512, 3399)), 2, colours=("红岩", "星夜", "皓月")),
    Model(
        "vivo",
        "X100",
        (_m(12, 256, 3399), _m(16, 256, 3699), _m(16, 512, 3999)),
        4,
        colours=("辰夜黑", "落日橙", "白月光", "星迹蓝"),
        features=("蔡司影像", "蓝晶×天玑9300"),
    ),
    Model("vivo", "X200", (_m(12, 256, 4099), _m(16, 512, 4599)), 3, colours=("宝石蓝", "白月光", "辰夜黑")),
    Model(
        "vivo",
        "S19",
        (_m(8, 256, 2099), _m(12, 256, 2399), _m(16, 512, 2899)),
        2,
        colours=("雾岚青", "桃花映面", "青空"),
    ),
    Model(
        "iqoo",
        "12",
        (_m(12, 256, 3399), _m(16, 512, 3999), _m(16, 1024, 4399)),
        3,
        colours=("传奇版", "赛道版", "燃途版"),
    ),
    Model("iqoo", "Neo9", (_m(12, 256, 1999), _m(16, 512, 2599)), 2, colours=("红白魂", "格斗黑", "航海蓝")),
    Model(
        "samsung",
        "Galaxy S24",
        (_m(8, 256, 4199), _m(12, 256, 4499)),
        3,
        "SM-S9210",
        ("三星S24",),
        colours=("水墨黑", "雅岩灰", "秘矿紫", "浅珀黄"),
        states=(USED_99,),
    ),
    Model(
        "samsung",
        "Galaxy S24 Ultra",
        (_m(12, 256, 7299), _m(12, 512, 7999), _m(12, 1024, 9499)),
        3,
        "SM-S9280",
        ("三星S24 Ultra",),
        colours=("钛灰", "钛黑", "钛羽黄"),
        states=(State("new", "hk", 90),),
    ),
)

FAMILY = Family(
    slug="phone",
    keyword="手机",
    synonyms=("智能手机", "5G手机", "手机通讯"),
    catalogue=Catalogue(
        taobao=(1512, "手机", 50002001, "手机"),
        jd=((9987, "手机通讯"), (653, "手机"), (655, "手机")),
        pinduoduo=((23100, 23101, 23102), 1543, "手机"),
        shop="手机",
    ),
    models=(*_APPLE, *_HUAWEI, *_XIAOMI, *_OTHERS),
    region="cn",
    titles={
        "taobao": (
            "{promise?30}{state}{brand}{model}{category?75}{home?40}{claim?60}{memory}{colour?65}{feature?40}{claim?40}",
            "{promise?30}{brand}{model}{state}{home?60}{memory}{colour?60}{category}{feature?50}{claim?55}",
            "{state}{brand}{model}{claim?50}{category?60}{colour?60}{memory}{home?40}{promise?35}",
        ),
        "jd": (
            "{brand} {state} {model} {code?60} {memory} {colour} {feature?40} {network?70} {category}",
            "{brand} {model} {memory} {colour} {state} {feature?50} {network?60} {category}",
        ),
        "pinduoduo": (
            "{promise?75}{state}{brand}{model} {memory} {colour?65} {category?50} {home?40}{claim?50}",
            "{promise?60}{brand} {model}{state}{category?70}{memory}{colour?50}{feature?30} {claim?60}",
        ),
        "shop": (
            "{brand} {model} {memory} {colour} {state}",
            "{brand} {model} {colour} {memory} {state} {category?40}",
        ),
        "shop_en": ("{brand_en} {model_en} {memory} {colour_en} {state}",),
    },
    words={
        "category": ("手机", "5G手机", "智能手机", "全网通手机", "5G智能手机"),
        "home": ("国行", "国行正品", "大陆国行", "国行全新"),
        "network": ("支持移动联通电信5G", "5G全网通", "双卡双待", "5G双卡"),
        "feature": ("双卡双待", "5G全网通", "拍照手机", "游戏手机", "学生手机", "长续航", "大屏", "直屏"),
        "gift": ("手机壳", "钢化膜", "充电头", "碎屏险"),
        "state_claim": ("无拆修", "成色漂亮", "支持验机", "店保一年", "功能完好", "七天无理由"),
    },
    accessories=(
        Accessory(
            "case",
            ("torras", "esr", "smartdevil", ""),
            ("手机壳", "保护壳", "保护套", "手机套"),
            (19, 129),
            colours=("透明", "黑色", "远峰蓝", "樱花粉"),
            touches=("磁吸", "防摔", "全包镜头", "超薄", "气囊", "肤感", "MagSafe磁吸"),
        ),
        Accessory(
            "film",
            ("smartdevil", "pisen", ""),
            ("钢化膜", "手机膜", "贴膜", "保护膜"),
            (9, 69),
            touches=("高清", "防窥", "全屏覆盖", "秒贴盒", "防指纹", "抗蓝光"),
        ),
        Accessory(
            "charger",
            ("baseus", "ugreen", "pisen"),
            ("充电器", "充电头", "快充头", "快充套装"),
            (29, 149),
            targets=("iPhone 15", "iPhone 16", "iPhone 15 Pro Max", "Mate 60 Pro", "小米14"),
            touches=("20W", "30W氮化镓", "67W", "PD快充", "Type-C口"),
        ),
        Accessory(
            "dummy",
            ("",),
            ("手机模型", "手机模型机", "仿真模型", "展示模型机"),
            (45, 139),
            targets=("iPhone 15", "iPhone 15 Pro", "iPhone 15 Pro Max", "iPhone 16 Pro", "Mate 60 Pro"),
            colours=("黑色", "蓝色", "白色"),
            touches=("1:1手感", "可亮屏", "柜台展示", "拍摄道具", "黑屏机模"),
            lead=("",),
            kind="dummy",
        ),
    ),
    bundles=(
        Bundle(
            "iphone15-128-airpods4",
            "apple",
            "iPhone 15 128GB + AirPods 4 套装",
            5099,
            (
                "Apple/苹果 iPhone 15 128GB 黑色+AirPods 4 手机耳机套装",
                "苹果15手机128G加AirPods4组合套装国行两件套",
                "【手机+耳机】iPhone15 128G黑色 + AirPods4 组合套餐",
            ),
        ),
        Bundle(
            "mate60pro-freebuds5i",
            "huawei",
            "Mate 60 Pro 12+512 + FreeBuds 5i 套装",
            6399,
            (
                "华为（HUAWEI）Mate 60 Pro 12GB+512GB 雅丹黑 + FreeBuds 5i 无线耳机套装",
                "华为Mate60Pro手机12+512加FreeBuds5i耳机组合套餐",
            ),
        ),
    ),
    options=(
        "{brand}{model}手机{storages}可选 国行正品",
        "{model}{brand}全网通5G手机{storages}内存可选顺丰",
        "【百亿补贴】{brand}{model} {storages} 多色可选",
    ),
    share=150,
    weighs_kg=0.6,
)
