"""Air conditioners. Split by full MPN, horse power and energy class. KFR-35GW alone is a class of machine, not an id."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _v(price: int, hp: str, energy_class: int, code: str) -> Version:
    return Version(price, {"hp": hp, "energy_class": energy_class}, code)


FAMILY = Family(
    slug="air_conditioner",
    keyword="空调",
    synonyms=("空调挂机", "空调柜机", "变频空调", "家用空调"),
    catalogue=Catalogue(
        taobao=(50022703, "大家电", 50015563, "空调"),
        jd=((737, "家用电器"), (794, "大家电"), (870, "空调")),
        pinduoduo=((24100, 24101, 24103), 6128, "家电"),
        shop="家电",
    ),
    models=(
        Model(
            "gree",
            "云佳",
            (
                _v(2599, "1匹", 1, "KFR-26GW/NhGc1Bf"),
                _v(2899, "1.5匹", 1, "KFR-35GW/NhGc1Bf"),
                _v(2399, "1.5匹", 3, "KFR-35GW/NhGc3Bf"),
            ),
            4,
            features=("自清洁", "WiFi智控"),
        ),
        Model(
            "gree",
            "云锦III",
            (_v(3199, "1匹", 1, "KFR-26GW/NhAe1BAj"), _v(3499, "1.5匹", 1, "KFR-35GW/NhAe1BAj")),
            3,
            features=("56℃净菌自洁",),
        ),
        Model(
            "gree",
            "云逸",
            (_v(6499, "2匹", 1, "KFR-50LW/NhAk1BAj"), _v(7499, "3匹", 1, "KFR-72LW/NhAk1BAj")),
            2,
            features=("立式柜机", "圆柱柜机"),
        ),
        Model(
            "midea",
            "酷省电",
            (
                _v(1999, "1匹", 1, "KFR-26GW/N8KS1-1"),
                _v(2299, "1.5匹", 1, "KFR-35GW/N8KS1-1"),
                _v(4999, "3匹", 1, "KFR-72LW/N8KS1-1"),
            ),
            4,
            features=("ECO节能", "自清洁"),
        ),
        Model(
            "midea",
            "风酷",
            (
                _v(1799, "1匹", 1, "KFR-26GW/N8XHC1"),
                _v(2099, "大1.5匹", 1, "KFR-35GW/N8XHC1"),
                _v(1899, "大1.5匹", 3, "KFR-35GW/N8XHC3"),
            ),
            3,
        ),
        Model(
            "midea",
            "锐云",
            (_v(4299, "2匹", 1, "KFR-51LW/N8XHA1"), _v(5299, "3匹", 1, "KFR-72LW/N8XHA1")),
            2,
            features=("客厅柜机",),
        ),
        Model(
            "haier",
            "劲爽",
            (_v(1899, "1匹", 1, "KFR-26GW/01KGC81U1"), _v(2199, "大1.5匹", 1, "KFR-35GW/01KGC81U1")),
            4,
            features=("自清洁", "PMV智能控温"),
        ),
        Model(
            "haier",
            "静悦",
            (_v(2199, "1匹", 1, "KFR-26GW/B2KTA81U1"), _v(2499, "1.5匹", 1, "KFR-35GW/B2KTA81U1")),
            2,
            features=("除菌",),
        ),
        Model(
            "haier",
            "雷神",
            (_v(4699, "2匹", 1, "KFR-50LW/30HDA81U1"), _v(5899, "3匹", 1, "KFR-72LW/30HDA81U1")),
            2,
            features=("立式柜机",),
        ),
        Model(
            "xiaomi",
            "巨省电",
            (
                _v(1699, "1匹", 1, "KFR-26GW/N1A1"),
                _v(1899, "大1.5匹", 1, "KFR-35GW/N1A1"),
                _v(1599, "大1.5匹", 3, "KFR-35GW/N1A3"),
                _v(4399, "3匹", 1, "KFR-72LW/N1A1"),
            ),
            4,
            features=("米家互联",),
        ),
        Model(
            "hisense",
            "小氧吧",
            (_v(2399, "1匹", 1, "KFR-26GW/X500H-X1"), _v(2699, "1.5匹", 1, "KFR-35GW/X500H-X1")),
            2,
            features=("新风增氧",),
        ),
        Model(
            "tcl",
            "小蓝翼",
            (_v(2499, "大1匹", 1, "KFR-26GW/FC21+B1"), _v(2799, "大1.5匹", 1, "KFR-35GW/FC21+B1")),
            2,
            features=("新风空调",),
        ),
        Model(
            "aux",
            "倾城",
            (_v(1599, "1匹", 3, "KFR-26GW/BpR3AQE1"), _v(1899, "1.5匹", 1, "KFR-35GW/BpR3AQE1")),
            3,
        ),
    ),
    titles={
        "taobao": (
            "{brand}{category}{hp}{series}{energy}{feature?70}{use?60}{claim?40}{code?55}{install?40}",
            "{promise?20}{brand}{series}{hp}{energy}{category}{feature?50}{use?50}{code?50}",
        ),
        "jd": ("{brand} {hp} {series} {energy} {feature?60} {use?60} {category} {code}",),
        "pinduoduo": (
            "{promise?70}{brand}{series}{category}{hp}{energy}{feature?50}{use?50} {code?45} {install?60}",
            "{promise?60}{brand}{hp}{energy}{series} {category} {use?50} {claim?40}{code?40}",
        ),
        "shop": ("{brand} {series} {hp} {energy} {category} {code}",),
    },
    words={
        "category": ("空调", "空调挂机", "变频空调", "壁挂式空调"),
        "category_3匹": ("空调", "空调柜机", "立式空调", "客厅柜机空调"),
        "category_2匹": ("空调", "空调柜机", "立式空调", "客厅柜机空调"),
        "use_2匹": ("家用客厅", "省电节能", "大客厅", "冷暖节能"),
        "feature": ("变频冷暖", "智能自清洁", "冷暖两用", "独立除湿"),
        "use": ("家用卧室", "省电节能", "静音卧室", "冷暖节能"),
        "use_3匹": ("家用客厅", "省电节能", "大客厅", "冷暖节能"),
        "install": ("包安装", "上门安装", "送3米铜管"),
        "gift": ("空调罩", "风扇"),
    },
    accessories=(
        Accessory(
            "cover",
            ("",),
            ("空调罩", "空调防尘罩", "挂机罩"),
            (15, 49),
            targets=("1匹挂机", "1.5匹挂机", "3匹柜机"),
            colours=("灰色", "米白"),
            touches=("开机不取", "全包", "防尘", "弹力"),
        ),
        Accessory(
            "remote",
            ("",),
            ("空调遥控器", "万能遥控器"),
            (9, 35),
            targets=("格力空调", "美的空调", "海尔空调"),
            touches=("免设置", "原装品质", "全型号"),
        ),
    ),
    bundles=(
        Bundle(
            "midea-2x1p-1x3p",
            "midea",
            "酷省电 1匹挂机×2 + 3匹柜机×1 全屋套装",
            8799,
            (
                "美的（Midea）酷省电 新一级能效 1匹挂机×2台+3匹柜机×1台 两室一厅空调套装",
                "美的空调套装1匹挂机两台加3匹柜机全屋套餐酷省电",
                "【全屋套餐】美的酷省电空调 1匹*2+3匹柜机 包安装",
            ),
        ),
        Bundle(
            "gree-2x15p-1x3p",
            "gree",
            "云佳 1.5匹×2 + 云逸 3匹柜机×1 套装",
            12999,
            (
                "格力空调套装云佳1.5匹2台+云逸3匹柜机1台一级能效",
                "格力（GREE）云佳1.5匹挂机×2+云逸3匹柜机 空调组合套装",
            ),
        ),
    ),
    options=("{brand}{model}空调{hps}可选 变频冷暖家用", "【包安装】{brand}{model}空调 {hps}多匹数可选"),
    share=60,
    weighs_kg=40,
)
