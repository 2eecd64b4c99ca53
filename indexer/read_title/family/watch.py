"""Watches and bands worn at the wrist: model, case size and network split."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, names, rule
from indexer.read_title.shared_rules import BATTERY

CODE: Final = (
    r"(?<![a-z0-9.])([a-z]{1,4}-?[a-z]?[0-9]{2,5}[a-z]{0,4}-[0-9a-z]{1,6}(?:-[0-9a-z]{1,4})?"  # Casio, Citizen: GA-2100-1A1PR, BM8475-26E
    r"|s[nrspbu][a-z]{1,2}[0-9]{3}[a-z][0-9]"  # Seiko: SNK809K2
    r"|t[0-9]{3}\.[0-9]{3}(?:\.[0-9]{2}\.[0-9]{3}\.[0-9]{2})?|l[0-9]\.[0-9]{3}\.[0-9]\.[0-9]{2}\.[0-9]"  # Tissot, Longines
    r"|m[a-z0-9]{4}[a-z]{1,2}/a)(?![a-z0-9-])"  # Apple
)
"""Reference numbers, which are all that names a watch of the classic makers."""

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("Watch Ultra", "Watch SE", "Watch Series=Watch S=Watch"),
        "huawei": names(
            "Watch GT=手表GT",
            "Watch Ultimate",
            "Watch Fit",
            "Watch D",
            "Watch=手表",
            "Band=手环",
            "Watch X",
            "Watch Buds",
        ),
        "honor": names("手表 GS=手表GS", "手表", "手环", "手表 Watch=Watch"),
        "xiaomi": names("Watch S", "Watch", "Band=手环", "Watch H"),
        "redmi": names("Watch", "Band=手环"),
        "oppo": names("Watch X", "Watch"),
        "vivo": names("Watch GT", "Watch"),
        "samsung": names("Galaxy Watch Ultra", "Galaxy Watch"),
        "oneplus": names(
            "Watch",
        ),
        "realme": names(
            "Watch S",
            "Watch",
        ),
        "iqoo": names(
            "Watch GT",
            "Watch",
        ),
        "meizu": names(
            "Watch",
        ),
        "google": names(
            "Pixel Watch",
        ),
        "amazfit": names(
            "GTR",
            "GTS",
            "T-Rex=霸王龙",
            "Bip",
            "Balance=跃我Balance",
            "Active",
            "Falcon=猎鹰",
            "Cheetah=猎豹",
            "Band=手环",
            "X",
            "Verge",
        ),
        "garmin": names(
            "Forerunner=FR",
            "fenix=飞耐时",
            "Instinct=本能",
            "Venu",
            "vivoactive",
            "Epix",
            "Enduro",
            "Lily",
            "Descent",
            "MARQ",
            "Approach",
            "vivosmart",
            "vivofit",
            "tactix",
        ),
        "coros": names(
            "PACE",
            "APEX",
            "VERTIX",
            "DURA",
        ),
        "suunto": names(
            "Race",
            "Core",
            "Run",
        ),
        "imoo": names(
            "Z",
            "Q",
            "D",
            "A",
            "Y",
        ),
        "fitbit": names(
            "Versa",
            "Charge",
            "Sense",
            "Inspire",
            "Luxe",
        ),
    },
    bare=frozenset({"Watch Ultra", "Watch SE", "Watch Ultimate"}),
    suffixes=("pro=Pro", "ultra=Ultra", "nfc版?=NFC", "active=Active", "mini=mini", "se=SE"),
    figure=r"(?:第\s?)?[0-9]{1,3}代?",
)

NETWORK: Final = rule(
    "network",
    r"(?<![a-z])(gps)(?:版|款|(?=[\s)智运午星银深]|$))(?!\s?\+\s?(?:蜂窝|cellular))|(蜂窝|cellular|esim版|4g版|lte版?)",
    lambda text: "gps" if text == "gps" else "cellular",
    hint="g蜂ce",
)

WATCH: Final = Family(
    name="watch",
    cues=(
        "腕表",
        "石英表",
        "机械表",
        "电子表",
        "男表",
        "女表",
        "潜水表",
        "智能手表",
        "运动手表",
        "手表",
        "智能手环",
        "手环",
        "运动手环",
        "watch",
        "smartwatch",
        "儿童手表",
        "电话手表",
        "smart watch",
        "fitness tracker",
        "gps watch",
        "running smartwatch",
        "sports watch",
        "running watch",
    ),
    categories=("智能手表", "智能手环", "智能设备", "智能穿戴"),
    accessories=(
        "手表带",
        "磁吸充电线",
        "充电线",
        "充电底座",
        "硅胶手表带",
        "表盘膜",
        "表带",
        "表壳",
        "手表膜",
        "手表保护壳",
        "手环腕带",
        "腕带",
        "表链",
        "手表充电器",
        "watch band",
        "watch strap",
        "bands",
        "charging dock",
    ),
    accessory_is_last=True,
    rules=(NETWORK, rule("case_mm", r"(?<![0-9.])([34][0-9])\s?(?:mm(?![a-z])|毫米)", hint="m毫"), BATTERY),
    splits=("case_mm", "network"),
    merges=("color", "grade", "battery_pct"),
    required=("model",),
    series=SERIES,
    code=CODE,
    code_is_model=True,
    has_colour=True,
)
