"""Watches and bands worn at the wrist: model, case size and network split."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, names, rule
from indexer.read_title.shared_rules import BATTERY

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("Watch Ultra", "Watch SE", "Watch Series=Watch S=Watch"),
        "huawei": names(
            "Watch GT=手表GT", "Watch Ultimate", "Watch Fit", "Watch D", "Watch=手表", "Band=手环"
        ),
        "honor": names("手表 GS=手表GS", "手表", "手环"),
        "xiaomi": names("Watch S", "Watch", "Band=手环"),
        "redmi": names("Watch", "Band=手环"),
        "oppo": names("Watch X", "Watch"),
        "vivo": names("Watch GT", "Watch"),
        "samsung": names("Galaxy Watch Ultra", "Galaxy Watch"),
    },
    bare=frozenset({"Watch Ultra", "Watch SE", "Watch Ultimate"}),
    suffixes=("pro=Pro", "ultra=Ultra", "nfc版?=NFC", "active=Active", "mini=mini", "se=SE"),
    figure=r"[0-9]{1,2}",
)

WATCH: Final = Family(
    name="watch",
    cues=(
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
    rules=(rule("case_mm", r"(?<![0-9.])([34][0-9])\s?(?:mm(?![a-z])|毫米)", hint="m毫"), BATTERY),
    splits=("case_mm",),
    merges=("color", "grade", "battery_pct"),
    required=("model",),
    series=SERIES,
    has_colour=True,
)
