"""Tablet computers: screen size, chip and storage split."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, names, rule
from indexer.read_title.shared_rules import BATTERY, MEMORY, SCREEN_INCH

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("iPad Pro", "iPad Air", "iPad mini", "iPad"),
        "huawei": names("MatePad Pro", "MatePad Air", "MatePad SE", "MatePad",
            "MatePad T", "M=平板M", "C=平板C"),
        "honor": names("平板 X=平板X", "平板 V=平板V", "平板 MagicPad=MagicPad", "平板",
            "平板 GT=平板GT", "平板 T=平板T"),
        "xiaomi": names("平板=Pad"),
        "redmi": names("Pad Pro", "Pad SE", "Pad=平板"),
        "samsung": names("Galaxy Tab S=Tab S", "Galaxy Tab A=Tab A",
            "Galaxy Tab Active=Tab Active", "Galaxy Tab=Tab"),
        "lenovo": names("小新 Pad Pro=小新PadPro", "小新 Pad=小新Pad", "拯救者 Y700=拯救者Y700",
            "小新 Pad Studio=小新PadStudio", "Tab P", "Tab M", "YOGA Pad Pro=YOGAPadPro", "YOGA Pad=YOGAPad", "启天 K=启天K"),
        "oppo": names("Pad Air", "Pad"),
        "oneplus": names("平板 Pro", "平板"),
        "microsoft": names("Surface Pro", "Surface Go",
            "Surface Pro X"),
        "vivo": names(
            "Pad SE", "Pad Air", "Pad",
        ),
        "iqoo": names(
            "Pad Air", "Pad",
        ),
        "realme": names(
            "Pad X", "Pad mini", "Pad",
        ),
        "iflytek": names(
            "AI学习机 T=学习机T", "AI学习机 X=学习机X", "AI学习机 C=学习机C", "T", "X", "LUMIE",
        ),
        "bbk": names(
            "S=学习机S", "X", "A", "家教机 S=家教机S", "家教机 H=家教机H",
        ),
        "xueersi": names(
            "学习机 xPad=xPad", "xPad",
        ),
        "zuoyebang": names(
            "学习机 T=学习机T", "T", "X", "P",
        ),
        "teclast": names(
            "M", "T", "P",
        ),
        "alldocube": names(
            "iPlay", "KPad",
        ),
    },
    bare=frozenset({"iPad Pro", "iPad Air", "iPad mini", "MatePad", "MatePad Pro", "MatePad Air",
        "MatePad SE", "Pad Pro", "Pad SE", "Pad Air", "拯救者 Y700"}),
    suffixes=("pro=Pro", "max=Max", "ultra=Ultra", r"plus|\+=Plus", "mini=mini", "air=Air", "se=SE", "fe=FE", "s=S",
        "柔光版=柔光版"),
    figure=r"(?:第\s?)?[0-9]{1,2}(?:\.[0-9])?s?代?",
)  # fmt: skip

TABLET: Final = Family(
    name="tablet",
    cues=("平板电脑", "平板", "二合一平板", "学习平板", "tablet", "matepad", "ipad", "android tablet", "tablet pc", "e-reader"),
    categories=("平板电脑", "平板"),
    accessories=("保护壳", "保护套", "皮套", "钢化膜", "平板膜", "平板保护套", "平板壳", "触控笔", "电容笔", "键盘套", "类纸膜", "平板支架", "ipad壳", "ipad保护套", "tablet case", "folio case", "smart folio", "keyboard case", "stylus", "stylus pen", "tablet stand"),
    rules=(
        rule("network", r"(?:wlan|wi-?fi)\s?\+\s?(?:cellular|蜂窝)", "cellular", hint="c蜂"),
        rule("cpu", r"(?<![a-z0-9])(m[1-5])(?=[㐀-鿿])", str.upper, hint="m"),
        rule("screen_inch", SCREEN_INCH.pattern.pattern, lambda text: text),
        *MEMORY,
        rule("cpu", r"(?<![a-z0-9])(m[1-5]|a1[0-9](?: pro)?)(?:芯片|(?=[\s)]|$))", str.upper),
        rule("network", r"(wi-?fi版|wlan|wi-?fi(?!\s?[5-7]e?(?![a-z0-9])))|(插卡版|蜂窝|5g版|cellular)",
            lambda text: "wifi" if text.startswith("w") else "cellular"),
        BATTERY,
    ),
    splits=("cpu", "network", "ram_gb", "screen_inch", "storage_gb"),
    merges=("color", "grade", "battery_pct"),
    required=("model", "storage_gb"),
    proves_goods=("storage_gb",),
    series=SERIES,
    code=r"(?<![a-z0-9])(a[0-9]{4}|m[a-z0-9]{4}[a-z]{1,2}/a)(?![a-z0-9])",
    has_colour=True,
)  # fmt: skip
