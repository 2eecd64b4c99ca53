"""Laptops. Split by CPU, RAM, storage, GPU and screen; colour is an axis."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Version

USED = State("used", "cn", 55, "9成新")
OPENED = State("open_box", "cn", 92)


def _v(
    price: int, cpu: str, ram_gb: int, storage_gb: int, screen: float, gpu: str = "", code: str = ""
) -> Version:
    attrs: dict[str, str | int | float | bool] = {
        "cpu": cpu,
        "ram_gb": ram_gb,
        "storage_gb": storage_gb,
        "screen_inch": screen,
    }
    return Version(price, attrs | ({"gpu": gpu} if gpu else {}), code)


_AIR = ("午夜色", "星光色", "银色", "深空灰色")

FAMILY = Family(
    slug="laptop",
    keyword="笔记本电脑",
    synonyms=("笔记本", "电脑", "轻薄本", "游戏本", "手提电脑"),
    catalogue=Catalogue(
        taobao=(1101, "笔记本电脑", 50011101, "笔记本电脑"),
        jd=((670, "电脑、办公"), (671, "电脑整机"), (672, "笔记本")),
        pinduoduo=((23200, 23201, 23202), 1281, "电脑"),
        shop="电脑",
    ),
    models=(
        Model(
            "apple",
            "MacBook Air 13 M3",
            (
                _v(7499, "M3", 16, 256, 13.6, code="MRXV3CH/A"),
                _v(8999, "M3", 16, 512, 13.6, code="MXCV3CH/A"),
                _v(10499, "M3", 24, 512, 13.6, code="MXD33CH/A"),
            ),
            4,
            spellings=("MacBook Air M3",),
            colours=_AIR,
            states=(State("refurbished_official", "cn", 87),),
        ),
        Model(
            "apple",
            "MacBook Air 13 M2",
            (_v(6299, "M2", 8, 256, 13.6), _v(6799, "M2", 16, 256, 13.6)),
            3,
            spellings=("MacBook Air M2",),
            colours=_AIR,
            states=(State("used", "cn", 62, "95新"),),
        ),
        Model(
            "apple",
            "MacBook Air 15 M3",
            (_v(8999, "M3", 16, 256, 15.3), _v(10499, "M3", 16, 512, 15.3)),
            2,
            colours=_AIR,
        ),
        Model(
            "apple",
            "MacBook Pro 14 M3",
            (
                _v(11499, "M3", 16, 512, 14.2, code="MR7J3CH/A"),
                _v(12999, "M3", 16, 1024, 14.2, code="MR7K3CH/A"),
            ),
            3,
            spellings=("MacBook Pro M3",),
            colours=("银色", "深空灰色"),
            states=(OPENED,),
        ),
        Model(
            "lenovo",
            "小新 Pro14 2024",
            (_v(5499, "Ultra5", 32, 1024, 14), _v(6499, "Ultra9", 32, 1024, 14)),
            4,
            spellings=("小新Pro14 2024款",),
            colours=("鸽子灰", "雅绿"),
            features=("2.8K120Hz", "OLED"),
        ),
        Model(
            "lenovo",
            "小新 Pro16 2024",
            (_v(5299, "Ultra5", 32, 1024, 16), _v(5999, "Ultra7", 32, 1024, 16)),
            3,
            colours=("鸽子灰",),
            features=("2.5K120Hz",),
        ),
        Model(
            "lenovo",
            "小新 14 2024",
            (_v(3799, "i5", 16, 512, 14), _v(4199, "i5", 16, 1024, 14)),
            3,
            colours=("云影灰",),
        ),
        Model(
            "lenovo",
            "拯救者 Y7000P 2024",
            (
                _v(7799, "i7-14650HX", 16, 1024, 16, "RTX4060"),
                _v(8999, "i7-14700HX", 16, 1024, 16, "RTX4070"),
            ),
            4,
            colours=("碳晶灰",),
            features=("2.5K165Hz", "电竞"),
        ),
        Model(
            "lenovo",
            "拯救者 R9000P 2024",
            (_v(8999, "R9-7945HX", 16, 1024, 16, "RTX4060"), _v(10499, "R9-7945HX", 32, 1024, 16, "RTX4070")),
            2,
            colours=("碳晶黑",),
            features=("2.5K240Hz",),
        ),
        Model(
            "thinkpad",
            "X1 Carbon 2024",
            (
                _v(9999, "Ultra5", 16, 512, 14, code="21KCA00JCD"),
                _v(12999, "Ultra7", 32, 1024, 14, code="21KCA00KCD"),
            ),
            2,
            colours=("黑色",),
            states=(USED,),
        ),
        Model(
            "thinkpad",
            "E14 2024",
            (_v(4699, "Ultra5", 16, 512, 14), _v(5199, "Ultra5", 32, 1024, 14)),
            3,
            colours=("黑色", "银色"),
        ),
        Model(
            "asus",
            "天选5",
            (
                _v(6999, "i7-13650HX", 16, 512, 15.6, "RTX4060"),
                _v(7299, "i7-13650HX", 16, 1024, 15.6, "RTX4060"),
                _v(5999, "R7-8845H", 16, 512, 15.6, "RTX4050"),
            ),
            4,
            latin="TUF Gaming A15",
            colours=("魔幻青", "日蚀灰"),
            features=("144Hz", "2.5K165Hz"),
        ),
        Model(
            "asus",
            "灵耀14 2024",
            (_v(5999, "Ultra5", 32, 1024, 14), _v(6999, "Ultra9", 32, 1024, 14)),
            2,
            colours=("极地蓝", "雾霭灰"),
            features=("2.8K120Hz OLED",),
        ),
        Model(
            "asus",
            "无畏 Pro15 2024",
            (
                _v(5199, "i5-13500H", 16, 512, 15.6, "RTX3050"),
                _v(5999, "i9-13900H", 16, 1024, 15.6, "RTX4050"),
            ),
            2,
            colours=("静谧蓝",),
        ),
        Model(
            "asus",
            "ROG 枪神8 Plus",
            (
                _v(14999, "i9-14900HX", 32, 1024, 18, "RTX4070"),
                _v(18999, "i9-14900HX", 32, 1024, 18, "RTX4080"),
            ),
            1,
            latin="ROG Strix SCAR 18",
            colours=("黑色",),
        ),
        Model(
            "huawei",
            "MateBook 14 2024",
            (_v(5999, "Ultra5", 16, 1024, 14.2), _v(6999, "Ultra7", 32, 1024, 14.2)),
            3,
            colours=("雅黑", "苍穹灰", "云霞紫"),
        ),
        Model(
            "huawei",
            "MateBook D16 2024",
            (_v(3999, "i5", 16, 512, 16), _v(4799, "i5", 16, 1024, 16), _v(5599, "i9", 16, 1024, 16)),
            3,
            colours=("皓月银", "深空灰"),
        ),
        Model(
            "honor",
            "MagicBook X16 Pro 2024",
            (_v(4199, "i5", 16, 512, 16), _v(4599, "i5", 16, 1024, 16)),
            2,
            colours=("钛空灰",),
        ),
        Model(
            "redmi",
            "Book 14 2024",
            (_v(3499, "i5", 16, 512, 14), _v(3799, "i5", 16, 1024, 14)),
            3,
            colours=("星辰灰",),
            features=("2.8K120Hz",),
        ),
        Model(
            "hp",
            "战66 七代",
            (
                _v(4299, "Ultra5", 16, 512, 14),
                _v(4699, "Ultra5", 16, 1024, 14),
                _v(5399, "Ultra7", 32, 1024, 14),
            ),
            3,
            latin="ProBook 440 G11",
            colours=("银色",),
        ),
        Model(
            "hp",
            "暗影精灵10",
            (
                _v(6999, "i7-14650HX", 16, 1024, 16.1, "RTX4060"),
                _v(8299, "i7-14650HX", 16, 1024, 16.1, "RTX4070"),
            ),
            3,
            latin="OMEN 10",
            colours=("黑色", "白色"),
            features=("2.5K240Hz",),
        ),
        Model(
            "dell",
            "灵越 14 Plus",
            (_v(5299, "Ultra5", 16, 512, 14), _v(5999, "Ultra7", 16, 1024, 14)),
            2,
            latin="Inspiron 14 Plus",
            colours=("冰河银",),
        ),
        Model(
            "dell",
            "游匣 G16",
            (
                _v(7299, "i7-13650HX", 16, 1024, 16, "RTX4060"),
                _v(8799, "i9-13900HX", 16, 1024, 16, "RTX4070"),
            ),
            2,
            latin="G16 7630",
            colours=("黑色",),
        ),
        Model(
            "mechrevo",
            "蛟龙16 Pro",
            (_v(6199, "R7-8845H", 16, 512, 16, "RTX4060"), _v(7699, "R9-7945HX", 16, 1024, 16, "RTX4070")),
            3,
            colours=("暗夜黑",),
            features=("2.5K180Hz",),
        ),
    ),
    region="cn",
    titles={
        "taobao": (
            "{promise?25}{state}{brand}{model}{category?70}{screen}{cpu}{memory}{gpu}{colour?40}{feature?40}{claim?40}",
            "{state}{brand}{category?70}{model}{cpu}{gpu}{memory}{screen}{feature?50}{audience?60}{claim?35}",
        ),
        "jd": (
            "{brand} {model} {screen} {feature?60} {category} ({cpu} {memory} {gpu}) {colour} {state} {code?50}",
            "{brand} {category} {model} {cpu} {memory} {gpu} {screen} {feature?50} {colour} {code?40} {state}",
        ),
        "pinduoduo": (
            "{promise?70}{state}{brand}{model} {cpu} {gpu} {memory} {screen} {feature?40} {category?60} {claim?40}",
            "{promise?50}{brand}{model}{category?60}{screen}{cpu}{memory}{gpu}{audience?60}{state}{claim?40}",
        ),
        "shop": ("{brand} {model} {screen} {cpu} {memory} {gpu} {colour} {state} {code?50}",),
        "shop_en": ("{brand_en} {model_en} {screen_en} {cpu} {memory} {gpu} {colour_en} {state}",),
    },
    words={
        "category": ("笔记本电脑", "笔记本", "轻薄本", "手提电脑"),
        "category_gpu": ("游戏本", "笔记本电脑", "电竞游戏本", "游戏笔记本"),
        "feature": ("高色域", "长续航", "背光键盘", "100%sRGB"),
        "audience": ("学生办公", "商务办公", "大学生上网课", "设计师"),
        "gift": ("鼠标", "电脑包", "散热器"),
        "state_claim": ("成色好", "支持验机", "店保一年"),
    },
    accessories=(
        Accessory(
            "sleeve",
            ("baseus", "ugreen", ""),
            ("电脑包", "笔记本内胆包", "保护套"),
            (29, 159),
            targets=("MacBook Air 13", "小新 Pro14", "MateBook 14"),
            colours=("灰色", "黑色", "奶油白"),
            touches=("防水", "手提", "轻薄", "带支架"),
        ),
        Accessory(
            "adapter",
            ("ugreen", "baseus"),
            ("充电器", "电源适配器"),
            (69, 229),
            targets=("MacBook Pro 14", "拯救者 Y7000P", "天选5"),
            touches=("100W氮化镓", "140W", "Type-C快充"),
        ),
    ),
    bundles=(
        Bundle(
            "xiaoxin-pro14-mouse-printer",
            "lenovo",
            "小新 Pro14 2024 + 打印机 + 鼠标 套装",
            6299,
            (
                "联想（Lenovo）小新Pro14 2024 Ultra5 32G 1T 笔记本电脑+小新打印机+无线鼠标 套装",
                "联想小新Pro14 2024轻薄本加打印机加鼠标三件套Ultra5 32+1T",
            ),
        ),
    ),
    options=(
        "{brand}{model} {storages}固态可选 学生笔记本电脑",
        "【正品】{brand}{model} 多配置可选 {storages}",
    ),
    share=75,
    weighs_kg=2.5,
)
