"""Memory cards, USB sticks and drives: capacity is the contents."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, Rule, names
from indexer.read_title.shared_rules import STORAGE_SINGLE, gigabytes

CAPACITY: Final = Rule(
    "capacity",
    STORAGE_SINGLE.pattern,
    lambda match: {"storage_gb": str(size)} if (size := gigabytes(match["storage"], match["unit"])) else {},
)

STORAGE_CARD: Final = Family(
    name="storage_card",
    cues=(
        "存储卡", "内存卡", "tf卡", "sd卡", "microsd卡", "microsd", "u盘", "优盘", "闪存盘", "固态硬盘", "移动固态硬盘", "移动硬盘",
        "机械硬盘", "固态u盘", "相机卡",
        "cf卡", "ssd固态硬盘", "memory card", "flash drive", "nvme", "m.2固态", "监控卡", "micro sd",
    ),
    hints=("读速", "写速", "usb3.0", "usb3.2", "u3", "v30", "pcie4.0"),
    categories=("存储卡", "u盘", "硬盘", "固态硬盘", "移动硬盘", "存储设备"),
    accessories=("读卡器", "硬盘盒", "卡包", "卡套", "硬盘包"),
    rules=(CAPACITY,),
    splits=("storage_gb",),
    required=("storage_gb",),
    pack_splits=False,
    contents=frozenset({Unit.GIGABYTE}),
    unit_bases={Unit.GIGABYTE: 1},
    lines={
        "sandisk": names("至尊高速酷铄=酷铄", "至尊高速=ultra", "至尊极速=extreme", "至尊超极速=extreme pro", "酷刃", "酷豆", "cz880",
            "cz73", "e61", "e30"),
        "samsung": names("EVO Plus", "PRO Plus", "990 PRO", "980 PRO", "980", "870 EVO", "T7 Shield", "T7",
            "T9", "BAR Plus"),
        "kingston": names("NV3", "NV2", "KC3000", "A400", "DTX", "DT70", "Canvas Go Plus",
            "Canvas Select Plus", "FURY Renegade"),
        "wd": names("SN850X", "SN770", "SN580", "SN570", "蓝盘", "黑盘", "My Passport", "Elements"),
        "lexar": names("NM790", "NM800PRO", "NM620", "1066x", "800x", "633x", "ARES"),
        "kioxia": names("EXCERIA G2", "RC20", "RC10", "SE10", "随闪"),
        "zhitai": names("TiPlus7100", "TiPlus5000", "TiPro7000", "Ti600", "PC300"),
    },
    nouns_identify=True,
    nouns=names("固态硬盘=ssd固态硬盘=m.2固态", "移动固态硬盘", "移动硬盘", "机械硬盘", "U盘=优盘=闪存盘",
        "TF卡=microsd卡=microsd=micro sd=内存卡=存储卡", "SD卡=相机卡"),
)  # fmt: skip
