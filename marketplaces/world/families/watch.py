"""Watches, smart and mechanical. Smart ones split by case size and network; the others are named by their reference."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Value, Version

USED = State("used", "cn", 62, "95新")
HK = State("new", "hk", 91)


def _s(price: int, case_mm: int, **attrs: Value) -> Version:
    return Version(price, {"case_mm": case_mm, **attrs})


def _r(brand: str, reference: str, price: int, heat: int, *features: str) -> Model:
    """A watch that its reference names."""
    return Model(brand, reference, (Version(price, {}, reference),), heat, features=features)


_SMART = ("智能手表", "运动手表", "智能运动手表")

FAMILY = Family(
    slug="watch",
    keyword="手表",
    synonyms=("智能手表", "腕表", "机械表", "石英表", "运动手表"),
    catalogue=Catalogue(
        taobao=(50468001, "手表", 50005700, "腕表"),
        jd=((5025, "钟表"), (5026, "腕表"), (13669, "智能手表")),
        pinduoduo=((33100, 33101, 33102), 2478, "手表"),
        shop="手表",
    ),
    region="cn",
    models=(
        Model(
            "apple",
            "Watch Series 10",
            (
                _s(2999, 42, network="gps"),
                _s(3199, 46, network="gps"),
                _s(3799, 42, network="cellular"),
                _s(3999, 46, network="cellular"),
            ),
            4,
            spellings=("Watch S10",),
            colours=("亮黑色", "玫瑰金色", "银色"),
            category=_SMART,
            states=(HK, USED),
        ),
        Model(
            "apple",
            "Watch SE 2",
            (_s(1799, 40, network="gps"), _s(1999, 44, network="gps")),
            4,
            spellings=("Watch SE二代",),
            colours=("午夜色", "星光色", "银色"),
            category=_SMART,
        ),
        Model(
            "apple",
            "Watch Ultra 2",
            (_s(6499, 49, network="cellular"),),
            3,
            colours=("原色", "黑色"),
            category=_SMART,
            states=(USED,),
        ),
        Model(
            "huawei",
            "WATCH GT 5",
            (_s(1488, 46), _s(1388, 41)),
            4,
            colours=("曜石黑", "山茶棕"),
            features=("血氧心率", "长续航"),
            category=_SMART,
        ),
        Model(
            "huawei",
            "WATCH GT 5 Pro",
            (_s(2488, 46), _s(2388, 42)),
            3,
            colours=("钛原色", "陶瓷白"),
            category=_SMART,
        ),
        Model("huawei", "WATCH FIT 3", (_s(899, 43),), 3, colours=("幻夜黑", "月光白"), category=_SMART),
        Model("xiaomi", "Watch S4", (_s(999, 47),), 3, colours=("黑色", "银色"), category=_SMART),
        Model(
            "honor",
            "手表4 Pro",
            (_s(1699, 46),),
            2,
            colours=("黑色", "棕色"),
            category=("智能手表", "eSIM智能表"),
        ),
        Model(
            "garmin",
            "Forerunner 265",
            (_s(3280, 46), _s(3280, 42)),
            3,
            spellings=("FR265",),
            colours=("黑色", "白色"),
            features=("跑步",),
            category=_SMART,
        ),
        _r("casio", "GA-2100-1A1PR", 890, 4, "G-SHOCK", "石英表"),
        _r("casio", "GW-M5610U-1", 990, 3, "G-SHOCK", "太阳能电波"),
        _r("casio", "MTP-1374L-1A", 480, 3, "指针石英", "皮带"),
        _r("casio", "F-91W-1", 99, 4, "小方块", "电子表"),
        _r("tissot", "T006.407.11.033.00", 4600, 4, "力洛克", "自动机械"),
        _r("tissot", "T137.407.11.041.00", 5950, 3, "PRX", "自动机械"),
        _r("tissot", "T101.417.11.051.00", 3350, 2, "PR100", "石英"),
        _r("longines", "L2.673.4.78.3", 23700, 2, "名匠", "月相"),
        _r("longines", "L3.781.4.96.6", 14300, 2, "康卡斯潜水"),
        _r("seiko", "SNK809K2", 899, 3, "5号", "自动机械"),
        _r("seiko", "SRPD55K1", 1580, 2, "5号运动", "自动机械"),
        _r("citizen", "BM8475-26E", 1380, 3, "光动能", "男表"),
        _r("citizen", "NJ0150-81Z", 2150, 2, "自动机械"),
    ),
    titles={
        "taobao": (
            "{brand}{model} {case_mm}{link}{category}{state}{feature?60}{colour?50}{claim?40}",
            "{promise?20}{brand}/{state}{category}{model} {case_mm}{link} {feature?60}{use?40}",
        ),
        "jd": ("{brand} {model} {state} {link} {case_mm} {feature?70} {category} {colour?70}",),
        "pinduoduo": (
            "{promise?60}{brand}{model} {state}{case_mm}{link}{category}{use?40}{claim?40}",
            "{promise?60}{state}{brand} {category}{model} {case_mm}{link} {feature?60}{colour?40}",
        ),
        "shop": ("{brand} {model} {state} {case_mm} {link} {category} {colour?60}",),
    },
    words={
        "category": ("手表", "腕表", "男士手表"),
        "use": ("送男友礼物", "学生运动", "商务休闲"),
        "feature": ("防水",),
        "gift": ("表带", "手表盒"),
    },
    accessories=(
        Accessory(
            "strap",
            ("", "torras"),
            ("表带", "手表带", "腕带"),
            (19, 199),
            targets=("Apple Watch S10", "华为GT5", "卡西欧GA-2100"),
            colours=("黑色", "白色"),
            touches=("硅胶", "真皮", "22mm", "不锈钢"),
        ),
        Accessory(
            "film",
            ("",),
            ("手表膜", "保护膜"),
            (9, 39),
            targets=("Apple Watch 46mm", "华为WATCH GT 5"),
            touches=("水凝膜", "3片装"),
        ),
        Accessory(
            "charger",
            ("ugreen", ""),
            ("手表充电器", "磁吸充电线"),
            (39, 129),
            targets=("Apple Watch", "华为手表GT5"),
            touches=("便携", "Type-C"),
        ),
    ),
    bundles=(
        Bundle(
            "tissot-pair",
            "tissot",
            "力洛克情侣对表 套装",
            9100,
            ("天梭（TISSOT）力洛克情侣对表 男T006.407+女T006.207 套装", "天梭力洛克机械情侣对表一对套装"),
        ),
    ),
    options=(
        "{brand}{model}智能手表{case_mm_list}mm可选",
        "【多款可选】{brand}{model}手表 {case_mm_list}mm任选",
    ),
    share=40,
    weighs_kg=0.4,
)
