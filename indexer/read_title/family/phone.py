"""Mobile phones: model, storage and RAM split; colour is folded (domain §2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, Values, names
from indexer.read_title.shared_rules import BATTERY, CARRIER_LOCK, MEMORY, STORAGE_BARE

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("iPhone SE=苹果SE", "iPhone Air=苹果Air", "iPhone XS=苹果XS", "iPhone XR=苹果XR",
            "iPhone X=苹果X", "iPhone"),
        "huawei": names(
            "Mate XTs", "Mate XT", "Mate Xs", "Mate X", "Mate", "Pura X", "Pura", "nova Flip", "nova",
            "Pocket S",
            "Pocket", "P", "畅享", "Hi nova", "麦芒",
            "nova Y", "畅享 Z", "nova SE", "G"),
        "honor": names("Magic V Flip=MagicVFlip", "Magic Vs", "Magic V", "Magic", "GT", "X", "Play", "畅玩",
            "V", "Power",
            "X Max", "Note", "V Purse=VPurse"),
        "xiaomi": names("MIX Fold", "MIX Flip", "MIX", "Civi", "Note",
            "Max", "CC", "Play"),
        "redmi": names("K", "Note", "Turbo", "A", "R",
            "Pro", "S"),
        "oppo": names("Find X", "Find N", "Reno", "A", "K", "R",
            "Ace", "Reno Z", "Find", "F"),
        "oneplus": names("Ace", "Nord"),
        "realme": names("GT Neo=GT大师 Neo", "GT", "Neo", "V", "Q", "C", "X",
            "Narzo", "Note"),
        "vivo": names("X Fold", "X Flip", "X", "S", "Y", "T", "NEX",
            "Z", "U", "Xplay" ),
        "iqoo": names("Neo", "Z", "U",
            "Z Turbo"),
        "samsung": names(
            "Galaxy Z Fold=Z Fold=Fold=ZFold", "Galaxy Z Flip=Z Flip=Flip=ZFlip", "Galaxy S=S", "Galaxy A=A",
            "Galaxy Note=Note", "Galaxy M=M", "Galaxy F=F", "W",
            "Galaxy W=心系天下W", "Galaxy C=C", "Galaxy J=J", "Galaxy XCover=XCover"),
        "meizu": names("Note", "Lucky", "PRO",
            "魅蓝 Note=魅蓝Note", "X"),
        "nubia": names("Z", "Flip", "小牛"),
        "redmagic": names("Tilt"),
        "motorola": names("razr", "edge S", "edge X", "edge", "moto g", "moto X", "moto S", "S", "X", "g",
            "moto e"),
        "google": names("Pixel Fold", "Pixel"),
        "sony": names("Xperia PRO", "Xperia"),
        "zte": names("Axon", "Blade", "远航", "Voyage",
            "S", "V"),
        "nokia": names(
            "G", "X", "C", "XR", "Lumia",
        ),
        "lenovo": names(
            "拯救者 Y=拯救者Y", "Z", "K", "乐檬 K=乐檬K",
        ),
        "nothing": names(
            "Phone",
        ),
        "coolpad": names(
            "COOL",
        ),
        "blackberry": names(
            "KEY",
        ),
        "smartisan": names(
            "坚果 Pro=坚果Pro", "坚果 R=坚果R", "R",
        ),
        "htc": names(
            "U", "Desire", "One",
        ),
        "tecno": names(
            "Camon", "Spark", "Phantom", "Pova",
        ),
        "infinix": names(
            "Note", "Hot", "Zero", "GT",
        ),
        "hisense": names(
            "A",
        ),
        "duoqin": names(
            "F", "Qin",
        ),
    },
    bare=frozenset(
        {"iPhone SE", "iPhone Air", "iPhone XS", "iPhone XR", "iPhone X", "Mate XT", "Mate XTs", "Pura X",
            "nova Flip",
         "Pocket", "Pocket S", "MIX Flip", "MIX Fold", "Magic V Flip", "GT", "Power", "X Flip", "X Fold",
         "Pixel Fold", "Xperia PRO"}
    ),
    suffixes=(
        r"pro\s?max=Pro Max", r"pro\s?\+=Pro+", r"pro\s?plus=Pro+", r"pro\s?mini=Pro mini", "pro=Pro",
        "max=Max", "ultra=Ultra",
        r"plus|\+(?![0-9])=Plus", "mini=mini", "lite=Lite", "turbo=Turbo", "flip=Flip", "fold=Fold",
        "neo=Neo", "air=Air", "se=SE", "gt=GT",
        "fe=FE", "rsr=RSR", "rs=RS", "非凡大师=非凡大师", "保时捷设计?=保时捷设计", "至尊纪念版=至尊纪念版", "至尊版=至尊版", "青春版=青春版",
        "活力版=活力版", "竞速版=竞速版", "领先版=领先版", "冠军版=冠军版", "大师版=大师版", "元气版=元气版", "i{1,3}(?![a-z])|iv|vi?=#",
    ),
    adjacent={
        "apple": "iPhone", "honor": "", "xiaomi": "", "oneplus": "", "realme": "", "iqoo": "", "meizu": "",
        "redmi": "",
        "redmagic": "", "nokia": "", "nubia": "",
    },
    any_brand=True,
    figure=r"(?:第\s?)?[0-9]{1,4}[a-z]{0,2}代?",
    figures_are_complete=True,
    lower_figure=frozenset({"apple", "vivo", "huawei", "iqoo"}),
)  # fmt: skip

_SHORT: Final = (
    (re.compile(r"^(Galaxy S[0-9]+)U$"), r"\1 Ultra"),
    (re.compile(r"^(iPhone [0-9]+)pm$"), r"\1 Pro Max"),
)


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """Sellers' short forms: S24U, 15pm."""
    del text, values
    for pattern, full in _SHORT:
        model = pattern.sub(full, model)
    return model, {}


PHONE: Final = Family(
    name="phone",
    cues=(
        "手机", "iphone", "智能手机", "5g手机", "4g手机", "老人机", "折叠屏手机", "游戏手机", "拍照手机", "smartphone", "mobile phone",
        "全网通手机", "双卡双待手机", "学生手机", "老年机", "按键机", "smart phone", "cell phone", "cellphone", "android smartphone", "android phone", "5g smartphone", "unlocked smartphone", "foldable phone"),
    hints=("全网通", "双卡双待", "双卡", "未激活", "仅激活", "激活", "国行", "港行", "移动联通电信", "红枫原色影像", "红枫影像", "昆仑玻璃", "第二代昆仑玻璃", "青海湖电池", "青海湖", "巨犀玻璃", "龙晶玻璃", "灵犀通信", "卫星通信", "卫星通话", "徕卡光学镜头", "徕卡光学", "徕卡影像", "鸿蒙", "骁龙", "天玑", "麒麟", "游戏芯",
        "快充", "徕卡", "蔡司", "全面屏", "直屏", "影像"),
    categories=("手机通讯", "手机", "二手手机", "移动电话", "cell phones", "smartphones"),
    proof=r"(?<![0-9.])(?:[0-9]{1,2}\s?(?:gb?)?\s?[+/]\s?(?:(?:64|128|256|512|1024)\s?(?:gb?)?|[12]\s?tb?)|(?:64|128|256|512)\s?gb?|1\s?tb?)(?![a-z0-9])",
    proof_hint="gt+/",
    accessories=(
        "快充套装", "充电套装", "手机壳", "手机套", "手机膜", "保护壳", "保护套", "手机保护套", "手机保护壳", "钢化膜", "贴膜", "防窥膜", "水凝膜", "镜头膜", "镜头保护膜", "保护膜",
        "手机支架", "手机壳膜", "磁吸壳", "液态硅胶壳", "硅胶壳", "透明壳", "防摔壳", "皮套", "手机挂绳", "手机链", "充电器", "充电头", "数据线", "充电线",
        "快充头", "充电宝", "移动电源", "无线充", "无线充电器", "后盖", "手机电池", "电池更换", "屏幕总成", "手机屏幕", "卡针", "防尘塞", "耳机转接头",
        "手机散热器", "壁纸", "边框", "后壳", "软壳", "硬壳", "壳膜", "手机贴纸", "取卡针", "phone case",
        "screen protector", "tempered glass", "case", "silicone case", "leather case", "clear case", "magsafe case", "wallet case", "protective case", "cover", "phone cover", "bumper", "tempered glass screen protector", "screen protectors", "camera lens protector", "phone holder", "car mount", "phone grip", "phone stand", "wall charger", "power bank", "charging cable", "charger cable", "usb-c cable", "lightning cable"),
    standalone=("充电器", "充电头", "数据线", "充电线", "快充头", "充电宝", "移动电源", "无线充", "无线充电器"),
    rules=(*MEMORY, STORAGE_BARE, CARRIER_LOCK, BATTERY),
    splits=("carrier_lock", "ram_gb", "storage_gb"),
    merges=("color", "grade", "battery_pct"),
    required=("model", "storage_gb"),
    proves_goods=("storage_gb",),
    series=SERIES,
    code=r"(?<![a-z0-9])(a[0-9]{4}|sm-[a-z][0-9]{3,4}[a-z0-9]{0,3}|m[a-z0-9]{4}[a-z]{1,2}/a)(?![a-z0-9])",
    has_colour=True,
    finish=finish,
)  # fmt: skip
