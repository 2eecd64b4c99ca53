"""Monitors. The model code names the machine; diagonal, resolution and refresh rate are said beside it."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _m(
    brand: str, code: str, price: int, screen: tuple[str, str, int], heat: int = 2, *features: str
) -> Model:
    """A monitor: (inches, resolution, Hz)."""
    inches, resolution, hz = screen
    attrs: dict[str, Value] = {"screen_inch": inches, "resolution": resolution, "refresh_hz": hz}
    return Model(brand, code, (Version(price, attrs, code),), heat, features=features)


FAMILY = Family(
    slug="monitor",
    keyword="显示器",
    synonyms=("电脑显示器", "电竞显示器", "显示屏", "办公显示器"),
    catalogue=Catalogue(
        taobao=(50018222, "电脑硬件/显示器/电脑周边", 110502, "液晶显示器"),
        jd=((670, "电脑、办公"), (677, "电脑组件"), (688, "显示器")),
        pinduoduo=((23400, 23401, 23402), 1543, "电脑"),
        shop="显示器",
    ),
    models=(
        _m("dell", "U2723QE", 3299, ("27", "4K", 60), 4, "IPS Black", "Type-C 90W"),
        _m("dell", "S2722QC", 1999, ("27", "4K", 60), 3, "Type-C"),
        _m("dell", "P2424HT", 1499, ("23.8", "1080P", 60), 2, "旋转升降"),
        _m("aoc", "24G2SP", 799, ("23.8", "1080P", 165), 4, "1ms", "IPS"),
        _m("aoc", "Q27G3S", 1399, ("27", "2K", 165), 3, "1ms", "HDR400"),
        _m("aoc", "U27N3R", 1499, ("27", "4K", 60), 2, "广色域"),
        _m("lg", "27GP850", 1999, ("27", "2K", 180), 4, "Nano IPS", "1ms"),
        _m("lg", "27UP850N", 2299, ("27", "4K", 60), 3, "Type-C 90W", "HDR400"),
        _m("philips", "279M1RV", 3499, ("27", "4K", 144), 2, "HDMI2.1", "流光溢彩"),
        _m("philips", "241V8", 599, ("23.8", "1080P", 75), 3, "窄边框"),
        _m("benq", "PD2706U", 3999, ("27", "4K", 60), 2, "100%sRGB", "专业设计"),
        _m("samsung", "S27C900P", 8999, ("27", "5K", 60), 1, "雾面屏"),
        _m("samsung", "LS27BG400", 1299, ("27", "1080P", 240), 2, "1ms"),
        _m("hkc", "VG273Q", 899, ("27", "2K", 180), 3, "Fast IPS", "1ms"),
        _m("ktc", "H27T22", 999, ("27", "2K", 170), 3, "Fast IPS", "99%sRGB"),
        _m("redmi", "显示器27", 899, ("27", "4K", 60), 3, "Type-C"),
        _m("asus", "VG27AQ", 1899, ("27", "2K", 165), 3, "G-SYNC", "HDR"),
    ),
    titles={
        "taobao": (
            "{brand}{model} {screen_inch}{resolution}{refresh_hz}{feature?40}{category}{use?50}{claim?40}",
            "{promise?20}{brand} {screen_inch}{category}{model} {resolution}{refresh_hz}{feature?50}",
        ),
        "jd": ("{brand} {screen_inch} {resolution} {refresh_hz} {feature?60} {use?50} {category} {model}",),
        "pinduoduo": (
            "{promise?60}{brand}{screen_inch}{category}{resolution} {refresh_hz}{use?50} {model} {claim?40}",
            "{promise?60}{brand} {model} {screen_inch}{resolution}{refresh_hz}{feature?40}{category}",
        ),
        "shop": ("{brand} {model} {screen_inch} {resolution} {refresh_hz} {category}",),
    },
    words={
        "category": ("显示器", "电脑显示器", "液晶显示器", "显示屏"),
        "use": ("办公家用", "电竞游戏", "设计剪辑", "PS5外接屏"),
        "feature": ("IPS屏", "低蓝光", "窄边框", "壁挂"),
        "gift": ("鼠标垫", "屏幕挂灯"),
    },
    accessories=(
        Accessory(
            "arm",
            ("", "ugreen"),
            ("显示器支架", "显示器增高架", "显示器机械臂"),
            (45, 399),
            targets=("27英寸显示器", "戴尔显示器"),
            touches=("气弹簧", "桌面万向", "双屏"),
            lead=("适用", "适用于", "通用"),
        ),
        Accessory(
            "film",
            ("",),
            ("显示器保护膜", "显示器防蓝光膜"),
            (29, 129),
            targets=("23.8英寸", "27英寸"),
            touches=("防窥", "磨砂"),
            lead=("适用", "适用于"),
        ),
    ),
    bundles=(
        Bundle(
            "dell-u2723qe-arm",
            "dell",
            "U2723QE + 显示器支架 套装",
            3599,
            ("戴尔（DELL）U2723QE 27英寸4K显示器+气弹簧支架 套装", "戴尔U2723QE显示器27寸4K加支架套装"),
        ),
    ),
    options=("{brand}显示器 24/27/32英寸可选", "【多尺寸可选】{brand}电竞显示器24寸/27寸 任选"),
    share=40,
    weighs_kg=7,
)
