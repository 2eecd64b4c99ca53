"""Earphones: generation, connector and (for AirPods 4) noise cancelling split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, Values, names, rule
from indexer.read_title.shared_rules import BATTERY

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("AirPods Pro", "AirPods Max", "AirPods", "EarPods"),
        "huawei": names("FreeBuds Pro", "FreeBuds SE", "FreeBuds Lipstick", "FreeBuds", "FreeClip",
            "FreeLace Pro", "FreeLace",
            "FreeArc", "FreeBuds Studio"),
        "honor": names("Earbuds X", "Earbuds", "亲选",
            "Earbuds A"),
        "xiaomi": names("Buds Pro", "Buds", "Air Pro=小米Air Pro", "Air",
            "Buds SE"),
        "redmi": names("Buds Pro", "Buds", "AirDots Pro", "AirDots",
            "Buds Lite", "Buds Active", "Buds Play"),
        "oppo": names("Enco Free", "Enco Air", "Enco X", "Enco R", "Enco",
            "Enco Buds", "Enco Clip", "Enco Play"),
        "oneplus": names("Buds Pro", "Buds Z", "Buds Ace", "Buds",
            "Bullets Wireless Z", "Nord Buds"),
        "realme": names("Buds Air", "Buds T", "Buds"),
        "vivo": names("TWS Air", "TWS",
            "TWS Neo"),
        "iqoo": names("TWS Air", "TWS"),
        "samsung": names("Galaxy Buds FE=Buds FE", "Galaxy Buds Live=Buds Live", "Galaxy Buds=Buds",
            "Galaxy Buds Core", "Galaxy Buds+=Buds+"),
        "sony": names("LinkBuds S", "LinkBuds Fit", "LinkBuds Open", "LinkBuds", "INZONE H", "INZONE Buds",
            "ULT WEAR",
            "Float Run", "INZONE E"),
        "edifier": names("LolliPods Pro=Lolli Pods Pro", "LolliPods Plus=Lolli Pods Plus",
            "LolliPods=Lolli Pods", "NeoBuds Pro=Neo Buds Pro", "NeoBuds=Neo Buds", "Comfo Fit=ComfoFit",
            "花再 Zero=花再Zero", "花再", "Evo Buds", "FitPods", "小纯 Pro", "小纯",
            "花再 Halo=花再Halo", "HECATE G=HECATEG"),
        "qcy": names("MeloBuds Pro=Melo Buds Pro", "MeloBuds=Melo Buds", "AilyBuds Pro", "AilyBuds",
            "Crossky",
            "HT", "T", "H", "Crossky GTR", "Crossky C", "MeloBuds Neo"),
        "bose": names("QuietComfort Ultra=QC Ultra", "QuietComfort Earbuds=QC Earbuds", "QuietComfort=QC",
            "SoundSport Free", "Ultra Open", "Sport",
            "Sport Open"),
        "beats": names("Studio Buds", "Studio Pro", "Studio", "Solo", "Fit Pro", "Flex", "Powerbeats Pro",
            "Powerbeats",
            "Solo Buds", "Solo Pro", "Powerbeats Fit"),
        "sennheiser": names("MOMENTUM True Wireless=MTW", "MOMENTUM=木馒头", "ACCENTUM", "HD", "IE", "CX",
            "MOMENTUM Sport", "ACCENTUM Plus", "ACCENTUM True Wireless", "Sport True Wireless", "PXC", "GSP"),
        "jbl": names("TUNE", "LIVE Pro", "LIVE", "TOUR ONE", "TOUR PRO", "Wave", "W", "T",
            "TUNE FLEX", "LIVE FLEX", "LIVE BEAM", "LIVE BUDS", "Endurance Peak", "Soundgear Sense=Soundgear", "Sense Pro", "Quantum=量子",
            "Reflect Flow", "Wave Beam", "Wave Buds", "JUNIOR"),
        "1more": names("ComfoBuds", "SonoFlow", "EVO", "AERO",
            "PistonBuds", "ComfoBuds Pro", "S", "P", "Q", "PistonBuds Pro"),
        "shokz": names("OpenRun Pro=Open Run Pro", "OpenRun=Open Run", "OpenFit=Open Fit",
            "OpenSwim=Open Swim", "OpenComm",
            "OpenFit Air", "OpenFit Pro", "OpenDots=OpenDots ONE", "OpenSwim Pro", "S"),
        "soundcore": names("Liberty", "Space One", "Space", "Life", "AeroFit", "降噪舱",
            "AeroClip", "C", "P", "R", "Sport X", "Liberty Air", "Sleep", "VR"),
        "haylou": names("GT", "S",
            "PurFree", "W", "X"),
        "meizu": names("PANDAER", "POP"),
        "nank": names(
            "Runner CC", "Runner Pro", "Lite Pro", "OE", "CC", "NANK C",
        ),
        "fiil": names(
            "CC", "T", "Key", "GS", "Canviis", "Vox",
        ),
        "sanag": names(
            "Z", "A", "S", "G", "V",
        ),
        "cleer": names(
            "ARC", "ALLY",
        ),
        "marshall": names(
            "Major", "Monitor", "Minor", "Motif", "Mode", "Mid",
        ),
        "bowers": names(
            "PX", "Pi", "PI",
        ),
        "bando": names(
            "Beoplay EX", "Beoplay H", "Beoplay E", "Beoplay HX",
        ),
        "hyperx": names(
            "Cloud Alpha=阿尔法", "Cloud Stinger=毒刺", "Cloud Core", "Cloud Mix", "Cloud Flight", "Cloud=飓风",
        ),
        "logitech": names(
            "G PRO X", "G PRO", "G", "H", "Zone Vibe", "Zone",
        ),
        "razer": names(
            "BlackShark=旋风黑鲨", "Kraken=北海巨妖", "Barracuda=梭鱼", "Hammerhead=战锤狂鲨", "Nari=影鲛",
        ),
        "steelseries": names(
            "Arctis Nova", "Arctis",
        ),
        "shure": names(
            "AONIC", "SE", "SRH",
        ),
        "moondrop": names(
            "Space Travel=太空漫游", "CHU=竹",
        ),
        "fiio": names(
            "FH", "FD", "JT", "FW", "UTWS",
        ),
        "technics": names(
            "EAH-AZ", "EAH-A",
        ),
        "nothing": names(
            "Ear",
        ),
        "baseus": names(
            "Bowie=鲍威", "Eli", "Encok", "WM", "Bass",
        ),
        "ugreen": names(
            "HiTune T", "HiTune X", "Studio Pro",
        ),
        "iflytek": names(
            "iFLYBUDS Pro", "iFLYBUDS Air", "iFLYBUDS Nano", "iFLYBUDS",
        ),
    },
    bare=frozenset({
        "AirPods Pro", "AirPods Max", "AirPods", "EarPods", "FreeClip", "FreeBuds Lipstick", "LinkBuds S",
        "LinkBuds", "LinkBuds Fit", "LinkBuds Open", "QuietComfort Ultra", "Studio Buds",
        "Studio Pro", "Fit Pro", "Flex", "OpenRun", "OpenRun Pro", "OpenFit", "OpenSwim", "花再 Zero", "花再",
        "Evo Buds", "LolliPods", "LolliPods Pro", "LolliPods Plus", "Ultra Open", "ACCENTUM",
        "QuietComfort Earbuds", "Powerbeats Pro", "SoundSport Free", "Galaxy Buds FE", "Galaxy Buds Live",
        "INZONE Buds", "ULT WEAR", "OpenComm", "小纯", "小纯 Pro", "NeoBuds Pro",
        "TOUR ONE", "MeloBuds", "MeloBuds Pro", "SonoFlow", "Space One", "AeroFit", "QuietComfort",
    }),
    suffixes=("pro=Pro", r"plus|\+=Plus", "max=Max", "ultra=Ultra", "se=SE", "活力版=活力版", "青春版=青春版",
        "lite=Lite", "nc=NC", "air=Air", "ii=II", "neo=Neo", "earbuds=Earbuds", r"m2=M2"),
    any_brand=True,
    figure=r"(?:第\s?)?[0-9]{1,4}[a-z]{0,3}(?:代)?",
)  # fmt: skip

CONNECTOR: Final = rule(
    "connector",
    r"(usb-?\s?c|type-?\s?c)|(lightning|闪电接口|闪电充电)",
    lambda text: "Lightning" if text[0] in "l闪" else "USB-C",
)

_BY_CONNECTOR: Final = frozenset({"AirPods Pro 2", "AirPods Max"})


_CANCELS: Final = re.compile(
    r"(?<![非无])(?<!不带)(?<!不含)(?<!没有)(?<!不支持)(?<!未搭载)(?<!主动)(?<!通话)(?:主动)?降噪|(?<![a-z])anc(?![a-z])"
)


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """AirPods Pro 2 exist with two connectors, AirPods 4 with and without noise cancelling: different products."""
    if model in _BY_CONNECTOR and "connector" in values:
        return f"{model} {values['connector']}", {}
    if model == "AirPods 4":
        cancels = _CANCELS.search(text) is not None
        return (f"{model} ANC" if cancels else model), {"anc": "true" if cancels else "false"}
    return model, {}


EARPHONES: Final = Family(
    name="earphones",
    cues=(
        "耳机", "freebuds", "freeclip", "earpods", "蓝牙耳机", "无线耳机", "无线蓝牙耳机", "真无线蓝牙耳机", "降噪耳机", "头戴式耳机",
        "头戴耳机", "入耳式耳机", "真无线耳机", "游戏耳机", "骨传导耳机", "运动耳机",
        "耳麦", "耳塞式耳机", "有线耳机", "开放式耳机", "无线降噪耳机", "头戴式蓝牙耳机", "headphones", "earbuds", "earphones", "headset",
        "airpods", "主动降噪耳机", "降噪蓝牙耳机", "gaming headset", "wireless earbuds", "wireless headphones", "true wireless earbuds", "in-ear headphones", "over-ear headphones", "on-ear headphones", "bluetooth headphones", "bluetooth earbuds", "noise cancelling headphones", "noise canceling headphones", "noise-canceling headphones", "true wireless"),
    hints=("降噪", "主动降噪", "头戴式", "入耳式", "半入耳", "magsafe充电盒", "充电盒", "充电仓", "真无线", "骨传导"),
    categories=("耳机", "影音娱乐", "耳机/耳麦", "headphones"),
    accessories=("耳机套", "耳机壳", "耳机保护套", "耳塞套", "耳帽", "耳罩", "硅胶套", "耳机包", "耳机收纳", "耳机线", "耳机支架", "耳机架", "海绵套",
        "耳机充电仓", "保护套", "单只", "补配", "单耳", "单只左耳", "单只右耳", "左耳单只", "右耳单只", "单独充电仓", "单个充电盒", "ear tips", "ear pads", "earpads", "replacement ear pads", "headphone stand", "headphone case", "airpods case", "earbuds case"),
    rules=(CONNECTOR, BATTERY),
    splits=("anc", "connector"),
    merges=("color", "grade"),
    required=("model",),
    series=SERIES,
    code=r"(?<![a-z0-9])(m[a-z0-9]{4}[a-z]{1,2}/a|(?:wh|wf|wi|mdr|ath|hd|ie|k|w|ht|t|x|tws|mh|sl|a)-?[a-z]{0,3}[0-9]{1,4}[a-z]{0,3}[0-9]?(?:-[a-z0-9]{1,3})?(?:\s(?:pro|plus|nb|max)(?![a-z]))?)(?![a-z0-9])",
    code_is_model=True,
    has_colour=True,
    finish=finish,
)  # fmt: skip
