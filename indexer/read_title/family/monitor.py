"""Computer monitors: the maker's code decides; size, resolution and refresh rate split, the colour is folded."""

from __future__ import annotations

import re
from typing import Final

from indexer.read_title.family.declare import Family, Rule, SeriesGrammar, names, rule
from indexer.read_title.shared_rules import SCREEN_INCH

_RESOLUTIONS: Final = {
    "1080p": ("fhd", "1080p", "全高清", "1920*1080", "1920x1080", "1920×1080"),
    "2k": ("2k", "qhd", "wqhd", "1440p", "2560*1440", "2560x1440", "2560×1440"),
    "4k": ("4k", "uhd", "2160p", "3840*2160", "3840x2160", "3840×2160"),
    "5k": ("5k", "5120*2880", "5120x2880", "5120×2880"),
}
_RESOLUTION_OF: Final = {word: name for name, words in _RESOLUTIONS.items() for word in words}
_RESOLUTION: Final = "|".join(re.escape(word) for word in sorted(_RESOLUTION_OF, key=len, reverse=True))
_LEFT: Final = r"(?<![a-z0-9.*×])(?<!支持)(?<!兼容)"
_RATE: Final = r"[1-9][0-9]{1,2}"

DUAL_MODE: Final = Rule(
    "two modes 4K160Hz/1080P320Hz",
    re.compile(
        rf"{_LEFT}(?P<sharp>{_RESOLUTION})\s?@?(?P<rate>{_RATE})\s?hz\s?[/|、+&和]\s?(?:{_RESOLUTION}|hd|720p)\s?@?{_RATE}\s?hz"
    ),
    lambda match: {"resolution": _RESOLUTION_OF[match["sharp"]], "refresh_hz": match["rate"]},
    95,
    hint="z",
)
"""A screen that trades sharpness for speed is sold by its sharper mode."""
RESOLUTION: Final = rule(
    "resolution",
    rf"{_LEFT}({_RESOLUTION})(?![a-z]|2k)",
    _RESOLUTION_OF.get,
    hint="kpd清*x×",
)
REFRESH: Final = rule(
    "refresh_hz",
    rf"(?<![0-9.])(?<!超频)(?<!超频至)(?<!超频到)(?<!超频可达)(?<![0-9]-)({_RATE})\s?(?:hz|赫兹)",
    lambda text: text if int(text) >= 48 else None,
    hint="z赫",
)
"""Only what a screen does as it is sold: 180Hz(超频200Hz) is one of 180."""

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("Studio Display", "Pro Display XDR"),
        "huawei": names("MateView GT", "MateView SE", "MateView"),
    },
    bare=frozenset({"Studio Display", "Pro Display XDR", "MateView GT", "MateView SE", "MateView"}),
    suffixes=("标准版=标准版", "升降版=升降版", "xdr=XDR"),
    figure=r"2[0-9]|3[0-9]",
)

MONITOR: Final = Family(
    name="monitor",
    cues=("显示器", "电脑显示器", "电竞显示器", "液晶显示器", "电脑屏幕", "台式电脑屏幕", "台式显示器", "办公显示器", "曲面显示器", "设计师显示器",
        "专业显示器", "便携屏", "便携显示器", "便携式显示器", "带鱼屏", "4k显示器", "2k显示器", "gaming monitor", "computer monitor",
        "lcd monitor", "led monitor", "monitor", "ips monitor", "curved monitor", "4k monitor", "ultrawide monitor"),
    hints=("显示屏", "全高清", "ips black", "电竞", "fastips", "fast ips", "nano ips", "hva", "升降底座", "旋转升降", "g-sync", "freesync", "srgb", "dci-p3", "hdr400", "hdr600",
        "刷新率", "低蓝光", "不闪屏", "1ms", "gtg", "可壁挂", "反向充电", "曲率"),
    categories=("显示器", "电脑外设", "monitors"),
    proof=r"(?<![0-9.])(?:2[0-9]|3[0-9])(?:\.[0-9])?\s?(?:英寸|寸|吋)(?=.{0,30}[0-9]{2,3}\s?hz)",
    proof_hint="z",
    accessories=("显示器保护膜", "显示器贴膜", "显示器机械臂", "机械臂", "显示器支架", "显示器增高架", "显示器挂架", "显示器底座", "屏幕挂灯", "显示器挂灯", "显示器膜", "屏幕挂臂", "显示器臂", "屏幕支架",
        "显示器防尘罩", "显示器电源", "显示器遮光罩", "显示器收纳", "monitor arm", "monitor stand", "monitor light bar"),
    rules=(SCREEN_INCH, DUAL_MODE, RESOLUTION, REFRESH),
    splits=("refresh_hz", "resolution", "screen_inch"),
    merges=("color", "grade"),
    required=("model",),
    proves_goods=("mpn",),
    series=SERIES,
    code=(
        r"(?<![a-z0-9.-])(?!pd[0-9]{2,3}w|(?:hdr|usb|hdmi|dp|ps|vesa|srgb|rgb|ntsc|adobe|rtx|gtx|type|dci|ddr|win|fhd|qhd|uhd|wqhd|cie|dc|pwm|r1[058]00)[0-9]?[0-9.]"
        r"|[0-9]+(?:w|hz|ms|nits?|bit|r|k|p|mm|cm|kg|v|a|g|gb|in|inch|fps|cd|x[0-9]+)(?![a-z0-9]))"
        r"((?:[a-z]{1,6}-?)?[0-9]{2,4}[a-z][a-z0-9]{0,12}(?:-[a-z0-9]{1,4})?(?:/[0-9]{2})?|[a-z]{1,4}-?[0-9]{2,4}(?:-[a-z0-9]{1,4})?)(?![a-z0-9])"
    ),
    code_is_model=True,
    has_colour=True,
)  # fmt: skip
