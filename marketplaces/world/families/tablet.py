"""Tablets. Split by model, memory and network; colour is an axis."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, State, Value, Version

USED = State("used", "cn", 68, "95新")
HK = State("new", "hk", 93)
REFURBISHED = State("refurbished_official", "cn", 86)


def _v(price: int, storage_gb: int, network: str = "wifi", **attrs: Value) -> Version:
    return Version(price, {**attrs, "storage_gb": storage_gb, "network": network})


_APPLE = ("深空灰色", "星光色", "蓝色", "紫色")
_TAB = ("平板电脑", "平板")

FAMILY = Family(
    slug="tablet",
    keyword="平板电脑",
    synonyms=("平板", "iPad", "学习平板", "娱乐平板"),
    catalogue=Catalogue(
        taobao=(50018222, "平板电脑/MID", 50019780, "平板电脑"),
        jd=((670, "电脑、办公"), (671, "电脑整机"), (2694, "平板电脑")),
        pinduoduo=((23450, 23451, 23452), 1543, "平板"),
        shop="平板电脑",
    ),
    region="cn",
    models=(
        Model(
            "apple",
            "iPad Air 11英寸 M2",
            (_v(4499, 128), _v(5299, 256), _v(5699, 128, "cellular")),
            4,
            spellings=("iPad Air6 11英寸", "iPad Air M2 11英寸"),
            colours=_APPLE,
            category=_TAB,
            states=(HK, USED),
        ),
        Model(
            "apple", "iPad Air 13英寸 M2", (_v(5999, 128), _v(6799, 256)), 3, colours=_APPLE, category=_TAB
        ),
        Model(
            "apple",
            "iPad Pro 11英寸 M4",
            (_v(8499, 256), _v(9999, 512), _v(9999, 256, "cellular")),
            4,
            colours=("银色", "深空黑色"),
            category=_TAB,
            states=(REFURBISHED,),
        ),
        Model(
            "apple",
            "iPad Pro 13英寸 M4",
            (_v(11499, 256), _v(12999, 512)),
            2,
            colours=("银色", "深空黑色"),
            category=_TAB,
        ),
        Model(
            "apple",
            "iPad mini 7",
            (_v(3999, 128), _v(4799, 256)),
            3,
            spellings=("iPad mini A17 Pro",),
            colours=("深空灰色", "蓝色", "紫色", "星光色"),
            category=_TAB,
        ),
        Model(
            "apple",
            "iPad 10",
            (_v(2599, 64), _v(3499, 256)),
            4,
            spellings=("iPad第十代", "iPad十代"),
            colours=("银色", "蓝色", "粉色", "黄色"),
            category=_TAB,
            states=(USED,),
        ),
        Model(
            "huawei",
            "MatePad 11.5",
            (_v(1799, 128, ram_gb=8), _v(1999, 256, ram_gb=8)),
            4,
            colours=("深空灰", "皓月银"),
            features=("120Hz", "柔光版"),
            category=_TAB,
        ),
        Model(
            "huawei",
            "MatePad Pro 13.2",
            (_v(5199, 256, ram_gb=12), _v(5999, 512, ram_gb=12)),
            3,
            colours=("曜金黑", "雅川青"),
            features=("星闪",),
            category=_TAB,
        ),
        Model(
            "honor",
            "平板X9",
            (_v(1199, 128, ram_gb=6), _v(1399, 256, ram_gb=8)),
            3,
            colours=("苍穹灰", "天青色"),
            features=("120Hz",),
            category=("平板电脑", "安卓平板"),
        ),
        Model(
            "xiaomi",
            "平板6S Pro",
            (_v(3299, 256, ram_gb=8), _v(3699, 256, ram_gb=12), _v(3999, 512, ram_gb=12)),
            4,
            spellings=("Pad 6S Pro",),
            colours=("黑色", "蓝色"),
            features=("12.4英寸", "144Hz"),
            category=("平板电脑", "娱乐平板"),
        ),
        Model(
            "xiaomi",
            "平板7",
            (_v(2199, 128, ram_gb=8), _v(2499, 256, ram_gb=8)),
            3,
            spellings=("Pad 7",),
            colours=("黑色", "蓝色", "绿色"),
            features=("11.2英寸",),
            category=("平板电脑", "学习平板"),
        ),
        Model(
            "redmi",
            "Pad Pro",
            (_v(1499, 128, ram_gb=6), _v(1699, 128, ram_gb=8), _v(1999, 256, ram_gb=8)),
            4,
            colours=("深灰色", "烟青色"),
            features=("12.1英寸", "120Hz"),
            category=_TAB,
        ),
        Model(
            "lenovo",
            "小新Pad Pro 12.7",
            (_v(1799, 128, ram_gb=8), _v(2099, 256, ram_gb=8)),
            3,
            colours=("鸽子灰", "薄荷绿"),
            features=("144Hz",),
            category=_TAB,
        ),
        Model(
            "samsung",
            "Galaxy Tab S9",
            (_v(4499, 128, ram_gb=8), _v(5299, 256, ram_gb=12)),
            2,
            colours=("暗夜灰", "云霄白"),
            features=("11英寸", "S Pen"),
            category=_TAB,
            states=(HK,),
        ),
        Model(
            "oppo",
            "Pad 3 Pro",
            (_v(2999, 256, ram_gb=8), _v(3299, 256, ram_gb=12)),
            2,
            colours=("深空灰", "雾紫"),
            features=("12.1英寸",),
            category=_TAB,
        ),
    ),
    titles={
        "taobao": (
            "{brand}{model} {memory}{link}{state}{category}{colour?60}{use?30}{claim?30}",
            "{promise?20}{brand}/{state}{model}{category?50}{memory} {link}{colour?50}{feature?40}",
        ),
        "jd": ("{brand} {model} {state} {category} {memory} {link} {feature?50} {colour}",),
        "pinduoduo": (
            "{promise?60}{brand}{model} {state}{memory}{link}{category}{colour?50}{claim?40}",
            "{promise?60}{state}{brand} {model} {category?60}{link}{memory}{use?30}",
        ),
        "shop": ("{brand} {model} {state} {memory} {link} {colour?70}",),
    },
    words={
        "category": ("平板电脑",),
        "use": ("学生网课", "游戏娱乐", "办公学习"),
        "feature": ("学习办公",),
        "gift": ("保护套", "手写笔"),
    },
    accessories=(
        Accessory(
            "case",
            ("torras", "esr", ""),
            ("平板保护套", "保护壳", "皮套"),
            (29, 199),
            targets=("iPad Air 11英寸", "iPad 10", "华为MatePad 11.5"),
            colours=("黑色", "蓝色"),
            touches=("三折", "带笔槽", "旋转"),
        ),
        Accessory(
            "film",
            ("", "smartdevil"),
            ("钢化膜", "类纸膜"),
            (19, 99),
            targets=("iPad Pro 11英寸", "小米平板7"),
            touches=("高清", "磨砂书写"),
        ),
        Accessory(
            "pen",
            ("", "ugreen"),
            ("电容笔", "手写笔", "触控笔"),
            (39, 199),
            targets=("iPad", "华为MatePad"),
            touches=("磁吸充电", "防误触"),
        ),
    ),
    bundles=(
        Bundle(
            "ipad-pencil",
            "apple",
            "iPad Air + Apple Pencil Pro",
            5499,
            (
                "Apple（苹果）iPad Air 11英寸 128GB+Apple Pencil Pro 套装",
                "苹果iPad Air11英寸128G加手写笔Pencil Pro套装",
            ),
        ),
    ),
    options=("{brand}{model} {storages}可选平板", "【国行正品】{brand}{model} {storages} 任选"),
    share=50,
    weighs_kg=0.8,
)
