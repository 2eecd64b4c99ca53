"""Cameras: bodies, kits, compacts, action and instant cameras. The model and what comes with it split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from indexer.read_title.family.declare import Family, Rule, SeriesGrammar, Values, names

_LETTER: Final = "[a-hj-ln-uw-z]?"
"""A letter of a model; i, m and v begin the sign of its generation (II, M2, V) instead."""

_HAN: Final = {"2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七"}


def _generation(roman: str, figure: str) -> str:
    """How a generation is written: Mark II, M2, II, 2代; a figure alone only behind a letter, as in A7C2."""
    sign = rf"(?:{roman}|{figure})(?![0-9a-z.])"
    return rf"(?:mark|mk|m)\s?{sign}|{roman}(?![0-9a-z.])|(?<=[a-z]){figure}(?![0-9a-z.])|(?:第\s?)?(?:{figure}|{_HAN.get(figure, figure)})代={roman.upper()}"


SERIES: Final = SeriesGrammar(
    series={
        "canon": names("EOS RP=RP", "EOS R100=R100", "EOS R=R", "EOS M=M", "EOS", "PowerShot G=G", "PowerShot V=V", "PowerShot SX=SX",
            "PowerShot ZOOM", "IXUS"),
        "sony": names("A=ILCE-=Alpha=α", "ZV-E=ZVE", "ZV", "DSC-RX=RX", "DSC-HX=HX", "DSC-WX=WX", "DSC-W=W", "FX=ILME-FX", "NEX"),
        "nikon": names("Z fc=Zfc", "Z f=Zf", "Z", "D", "COOLPIX P=P", "COOLPIX S=S"),
        "fujifilm": names("X-T=XT", "X-S=XS", "X-E=XE", "X-H=XH", "X-Pro=XPRO", "X-A=XA", "X-M=XM", "X", "GFX", "X half=XHALF",
            "instax mini Evo=mini Evo", "instax mini LiPlay=mini LiPlay", "instax mini Link=mini Link", "instax mini=mini",
            "instax SQUARE SQ=instax SQ=SQUARE SQ=SQ", "instax WIDE Evo=WIDE Evo", "instax WIDE=WIDE"),
        "panasonic": names("S=DC-S", "GH=DC-GH", "G=DC-G", "GF=DC-GF", "GX=DC-GX", "LX", "FZ"),
        "olympus": names("E-M=EM", "E-P=EP", "E-PL=EPL", "OM", "TG"),
        "ricoh": names("GR IIIx HDF=GR3x HDF=GRIIIx HDF", "GR III HDF=GR3 HDF=GRIII HDF", "GR IIIx=GR3x=GRIIIx", "GR III=GR3=GRIII",
            "GR IV HDF=GR4 HDF=GRIV HDF", "GR IV=GR4=GRIV", "GR II=GR2=GRII"),
        "leica": names("Q", "M", "SL", "D-Lux=DLUX", "V-Lux", "SOFORT"),
        "hasselblad": names("X", "907X"),
        "gopro": names("HERO Session", "HERO", "MAX"),
        "dji": names("Osmo Pocket=Pocket=灵眸Pocket", "Osmo Action=Action", "Osmo Nano", "Osmo 360", "Mini", "Air", "Mavic", "Neo", "Flip",
            "Avata"),
        "insta360": names("X", "Ace Pro", "Ace", "GO Ultra", "GO", "ONE RS", "ONE R", "ONE X"),
        "kodak": names("PIXPRO FZ=FZ", "PIXPRO WPZ=WPZ", "PIXPRO AZ=AZ", "Mini Shot", "Mini"),
        "polaroid": names("Now+", "Now", "Go", "I-2"),
    },
    bare=frozenset({
        "EOS R", "EOS RP", "EOS R100", "PowerShot ZOOM", "Z fc", "Z f", "X half", "instax mini Evo", "instax mini LiPlay",
        "instax WIDE Evo", "GR IIIx HDF", "GR III HDF", "GR IIIx", "GR III", "GR IV HDF", "GR IV", "GR II", "HERO", "MAX",
        "Osmo Nano", "Osmo 360", "Neo", "Flip", "Ace Pro", "GO Ultra", "ONE RS", "Now+", "Now", "Go", "I-2", "Osmo Pocket",
    }),
    suffixes=(
        _generation("iii", "3"),
        _generation("ii", "2"),
        _generation("iv", "4"),
        _generation("vii", "7"),
        _generation("vi", "6"),
        _generation("va", "5a"),
        _generation("v", "5"),
        "x=X", "pro=Pro", "black=Black", "mini=mini", "hs=HS", "evo=Evo", "ultra=Ultra",
    ),
    adjacent={"canon": "EOS"},
    figure=rf"(?:[1-9]\s?x(?=[\s0-9m]|$)|[0-9]{{1,4}}{_LETTER}{_LETTER}(?:m(?![0-9a-z]))?)",
)  # fmt: skip

_GLUED: Final = re.compile(
    r"^(ZV-E|DSC-[A-Z]+|HERO|X-[A-Z][a-z]*|GFX|GH|GF|GX|LX|E-[A-Z]+|SL|Q|FX) (?=[0-9])"
)
_RESPELLED: Final = (
    (re.compile(r"^ZV (?=1)"), "ZV-"),
    (re.compile(r"^X100 (?=[VI]+$)"), "X100"),
    (re.compile(r"^OM (?=[0-9])"), "OM-"),
    (re.compile(r"^(A7C?R?|A9|A1|A6[0-9]{3}) ?[LK]$"), r"\1"),
    (re.compile(r"^A7([2-5])$"), r"A7 #\1"),
    (re.compile(r"^(EOS R[56]|Z[56]|S[159])([23])$"), r"\1 #\2"),
    (re.compile(r"^(PowerShot G[0-9]) X"), r"\1X"),
    (re.compile(r"^Osmo (?=Pocket|Action)"), ""),
    (re.compile(r"^((?:EOS|PowerShot|E-M|OM-).*) (?=[IVX]+$)"), r"\1 Mark "),
    (re.compile(r"^(DSC-RX.*) ([IVX]+A?)$"), r"\1M#\2"),
)
_ROMAN: Final = {"2": "II", "3": "III", "4": "IV", "5": "V"}
_FIGURE: Final = {"II": "2", "III": "3", "IV": "4", "V": "5", "VA": "5A", "VI": "6", "VII": "7"}


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """One name for one camera, however it is written: ILCE-7CM2 and A7C2 are the A7C II, R6二代 the EOS R6 Mark II.

    A letter behind some Sony bodies says which lens comes with them and is no part of the model.
    """
    del text
    lens = (
        {"L": "16-50mm", "M": "18-135mm"}.get(model[-1]) if re.fullmatch(r"A6[0-9]{3}[LM]", model) else None
    )
    model = _GLUED.sub(r"\1", re.sub(r"(?<=^A6[0-9]{3})M$", "", model))
    for pattern, spelled in _RESPELLED:
        model = pattern.sub(spelled, model)
    model = re.sub(r" #([2-5])", lambda match: f" {_ROMAN[match[1]]}", model)
    model = re.sub(r"#([IVX]+A?)", lambda match: _FIGURE.get(match[1], match[1]), model)
    return model, {"kit": lens} if lens and "kit" not in values else {}


_RANGE: Final = r"(?:[1-9][0-9]{1,2})-(?:[1-9][0-9]{1,2})"

KIT: Final = Rule(
    "kit 18-45mm",
    re.compile(
        rf"(?<![0-9.\-])(?P<first>{_RANGE})\s?(?:mm|毫米)?(?:\s?[+&和]\s?[a-z\-]{{0,5}}\s?(?P<second>{_RANGE}))?"
        r"\s?(?:mm(?![a-z])|毫米|(?=\s?(?:套机|镜头|is(?![a-z])|stm|oss|f/?[0-9])))"
        r"|(?P<body>单机身|仅机身|裸机身|机身版|单机版?(?![位器])|body\sonly|(?:(?<![^\s(/a-z0-9])|(?<=相机)|(?<=微单))机身(?=$|[\s)/]|全画幅|微单|单反|相机))"
    ),
    lambda match: {"kit": _kit(match)},
    hint="mh机毫y",
)
"""A body alone, or the reach of the lens that comes with it; 黑色机身 only speaks of the body."""
COMBO: Final = Rule(
    "combo 全能套装",
    re.compile(r"(全能|畅飞|创作者?|旅行|冒险家?|骑行|潜水|续航|随心)套[装餐]"),
    lambda match: {"kit": match[0].replace("套餐", "套装")},
    hint="套",
)


def _kit(match: re.Match[str]) -> str:
    if match["body"]:
        return "body"
    return f"{match['first']}mm" + (f"+{match['second']}mm" if match["second"] else "")


CAMERA: Final = Family(
    name="camera",
    cues=("数码相机", "微单", "微单相机", "单反相机", "照相机", "全画幅微单", "半画幅微单", "全画幅相机", "卡片机", "数码卡片机", "ccd相机",
        "运动相机", "全景相机", "全景运动相机", "拇指相机", "云台相机", "口袋相机", "口袋云台相机", "拍立得", "一次成像相机", "一次成像", "胶片相机",
        "胶卷相机", "vlog相机", "儿童相机", "无人机", "航拍机", "航拍无人机", "摄像机", "复古相机", "旁轴相机", "电影机", "mirrorless camera",
        "digital camera", "action camera", "instant camera", "dslr", "单反数码相机", "dslr camera", "vlogging camera", "vlog camera", "mirrorless", "compact camera", "film camera", "camera body"),
    hints=("相机", "单反", "camera", "全画幅", "半画幅", "aps-c", "套机", "单机身", "像素", "镜头套机", "vlog", "防抖", "4k视频", "画幅", "cmos", "对焦", "连拍"),
    categories=("相机", "数码相机", "微单", "单反", "摄影摄像", "运动相机", "拍立得", "cameras"),
    proof=r"单机身|套机|(?<![0-9.\-])[1-9][0-9]-[1-9][0-9]{1,2}\s?mm(?![a-z])|(?<![a-z])(?:(?:ilce|dsc|ilme)-|zv-?[e1]|a[79]c?[rs]?m[2-5](?![a-z0-9]))",
    proof_hint="机m-z",
    accessories=("相机收纳包", "微单收纳包", "相机包", "相机电池", "相机充电器", "相机带", "相机肩带", "相机背带", "相机支架", "三脚架", "相机膜", "相机钢化膜", "相机保护套", "镜头盖",
        "镜头", "定焦镜头", "变焦镜头", "滤镜", "uv镜", "遮光罩", "热靴盖", "快门线", "相机防潮箱", "防潮箱", "相纸", "拍立得相纸", "胶片", "胶卷",
        "兔笼", "相机兔笼", "读卡器", "转接环", "自拍杆", "防水壳", "闪光灯", "相机手柄", "备用电池", "假电池", "相机清洁", "桨叶", "camera bag", "camera cage", "camera strap", "tripod", "camera battery", "lens cap", "lens hood", "cage", "lens filter", "camera case"),
    accessory_is_last=True,
    rules=(KIT, COMBO),
    splits=("kit",),
    merges=("color", "grade"),
    required=("model",),
    proves_goods=("kit",),
    series=SERIES,
    has_colour=True,
    finish=finish,
)  # fmt: skip
