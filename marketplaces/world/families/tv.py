"""Televisions. The full MPN decides (its leading number is the size); nothing is an axis."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

SCRATCHED = State("open_box", None, 85)


def _tv(
    brand: str,
    series: str,
    sizes: tuple[tuple[int, int], ...],
    heat: int = 2,
    *,
    code: str = "{size}{series}",
    features: tuple[str, ...] = (),
    states: tuple[State, ...] = (),
) -> tuple[Model, ...]:
    """One model per size, because the MPN is the model."""
    return tuple(
        Model(
            brand,
            mpn := code.format(size=size, series=series),
            (Version(price, {"screen_inch": size}, mpn),),
            heat,
            features=features,
            states=states if position == 0 else (),
        )
        for position, (size, price) in enumerate(sizes)
    )


FAMILY = Family(
    slug="tv",
    keyword="电视",
    synonyms=("电视机", "液晶电视", "智能电视", "平板电视"),
    catalogue=Catalogue(
        taobao=(50022703, "大家电", 50015558, "平板电视"),
        jd=((737, "家用电器"), (794, "大家电"), (798, "平板电视")),
        pinduoduo=((24100, 24101, 24102), 6128, "家电"),
        shop="家电",
    ),
    models=(
        *_tv(
            "hisense", "E7N", ((65, 3999), (75, 5299), (85, 6999)), 4, features=("ULED", "Mini LED", "144Hz")
        ),
        *_tv("hisense", "E5N Pro", ((55, 2599), (65, 3299), (75, 4299)), 3, features=("Mini LED", "4+64GB")),
        *_tv("hisense", "E3K", ((43, 1399), (50, 1699), (55, 1899)), 2, features=("4K超薄", "2+32GB")),
        *_tv(
            "tcl",
            "T7K",
            ((65, 3899), (75, 4999), (85, 6799), (98, 11999)),
            4,
            features=("QD-Mini LED", "144Hz"),
        ),
        *_tv("tcl", "V68E Pro", ((50, 1599), (55, 1899), (65, 2399)), 2, features=("4K", "3+32GB")),
        *_tv("tcl", "Q10L", ((75, 6999), (85, 8999)), 2, features=("量子点", "Mini LED", "4+128GB")),
        *_tv(
            "xiaomi",
            "S Mini LED",
            ((55, 2499), (65, 2999), (75, 3999), (85, 5499)),
            4,
            code="小米电视S{size} Mini LED",
            features=("4K144Hz", "3+32GB"),
        ),
        *_tv(
            "xiaomi",
            "A",
            ((43, 1099), (55, 1699), (65, 2199)),
            3,
            code="小米电视A{size}",
            features=("4K", "金属全面屏"),
        ),
        *_tv(
            "redmi", "X", ((65, 2099), (75, 2999), (85, 4199)), 3, code="Redmi X{size}", features=("4K120Hz",)
        ),
        *_tv("skyworth", "A5D", ((55, 1999), (65, 2599), (75, 3499)), 2, features=("120Hz", "4+64GB")),
        *_tv("skyworth", "A7E", ((65, 3799), (75, 4999)), 2, features=("Mini LED", "壁纸电视")),
        *_tv(
            "sony",
            "X90L",
            ((55, 5299), (65, 6499), (75, 8999)),
            2,
            code="XR-{size}{series}",
            features=("4K120Hz", "X1芯片"),
        ),
        *_tv("sony", "XR80", ((55, 9999), (65, 12999)), 1, code="K-{size}{series}", features=("OLED", "4K")),
        *_tv(
            "samsung",
            "QX3D",
            ((55, 3499), (65, 4499), (75, 5999)),
            2,
            code="QA{size}{series}",
            features=("QLED", "4K144Hz"),
        ),
        *_tv("vidda", "V3H-X", ((65, 3299), (75, 4299)), 2, features=("240Hz", "游戏电视")),
        *_tv(
            "konka",
            "P9",
            ((43, 1199), (50, 1499)),
            2,
            code="LED{size}{series}",
            features=("4K", "2+16GB"),
            states=(SCRATCHED,),
        ),
    ),
    titles={
        "taobao": (
            "{brand}{category}{model}{screen}{feature}{claim?50}{state}{install?40}",
            "{promise?25}{brand}{model}{screen}{category}{feature?70}{feature?40}{claim?40}{state}",
        ),
        "jd": ("{brand} {category?60} {model} {screen} {feature} {energy?50} {tail} {state}",),
        "pinduoduo": (
            "{promise?70}{brand}{model} {screen} {feature} {category} {state} {install?40}{claim?30}",
            "{promise?50}{brand}{screen}{category}{model}{feature?60}{claim?40}{state}",
        ),
        "shop": ("{brand} {model} {screen} {feature?50} {category} {state}",),
    },
    words={
        "category": ("电视", "电视机", "液晶电视", "智能电视", "平板电视"),
        "feature": ("4K高清", "语音声控", "家用客厅", "智能投屏"),
        "energy": ("一级能效", "二级能效"),
        "tail": ("液晶平板电视机", "家用智能电视", "以旧换新"),
        "install": ("包安装", "送货入户", "上门安装", "送挂架"),
        "gift": ("挂架", "会员季卡", "HDMI线"),
        "state_claim": ("屏幕完好", "店保一年"),
    },
    accessories=(
        Accessory(
            "mount",
            ("ugreen", ""),
            ("电视挂架", "电视支架", "伸缩旋转壁挂架"),
            (39, 239),
            targets=("32-65英寸", "55-85英寸"),
            touches=("加厚", "通用", "可伸缩", "免打孔"),
        ),
        Accessory(
            "remote",
            ("",),
            ("电视遥控器", "遥控器"),
            (12, 49),
            targets=("海信电视", "小米电视", "TCL电视", "创维电视"),
            touches=("语音", "红外", "免设置", "直接用"),
        ),
    ),
    bundles=(
        Bundle(
            "hisense-75e7n-soundbar",
            "hisense",
            "75E7N + 回音壁 套装",
            6199,
            (
                "海信（Hisense）75E7N 75英寸 ULED Mini LED电视+回音壁音响 套装",
                "海信75E7N电视75寸加回音壁家庭影院组合套餐",
            ),
        ),
    ),
    options=(
        "{brand}电视{sizes}英寸可选 4K智能液晶 官方正品",
        "【限时】{brand}液晶电视机{sizes}寸多尺寸可选",
    ),
    share=60,
    weighs_kg=25,
)
