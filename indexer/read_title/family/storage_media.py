"""Memory cards, USB sticks, solid state and hard disks: capacity is the contents; a code names what no line does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, Rule, Values, names
from indexer.read_title.shared_rules import STORAGE_SINGLE, gigabytes

_OF_DISKS: Final = {
    "g": {
        120: 120,
        240: 240,
        250: 250,
        480: 480,
        500: 500,
        750: 750,
        960: 960,
        1000: 1024,
        2000: 2048,
        4000: 4096,
    },
    "t": {n: 1024 * n for n in (3, 5, 6, 10, 12, 14, 16, 18, 20, 22, 24)},
}
"""Gigabytes of the sizes that no memory has: by convention 1000G is the 1T of another seller (domain §2.3)."""


def _capacity(match: re.Match[str]) -> Values:
    number, unit = match["storage"], match["unit"]
    size = gigabytes(number, unit) or _OF_DISKS[unit[0]].get(int(number))
    return {"storage_gb": str(size)} if size else {}


CAPACITY: Final = Rule(
    "capacity",
    re.compile(rf"(?<![a-z0-9]-)(?<![ac-fh-su-z]/)(?<!s37/){STORAGE_SINGLE.pattern.pattern}"),
    _capacity,
    hint="gt",
)
"""64G/128G is a list of sizes; the size within a code (SDCZ43-064G, DTX/64GB) belongs to the code."""
_SIZE_IN_CODE = re.compile(r"[-/]0*([1-9][0-9]{0,3})([GT])(?:B|[0-9]{2})?$")


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """A code that ends in the capacity says it, when nothing else does."""
    del text
    size = _SIZE_IN_CODE.search(model)
    if size is None or "storage_gb" in values:
        return model, {}
    gigabyte = gigabytes(size[1], size[2].casefold())
    return model, {"storage_gb": str(gigabyte)} if gigabyte else {}


STORAGE_MEDIA: Final = Family(
    name="storage_media",
    cues=(
        "存储卡", "内存卡", "tf卡", "sd卡", "microsd卡", "microsd", "u盘", "优盘", "闪存盘", "固态硬盘", "移动固态硬盘", "移动硬盘", "移动机械硬盘",
        "机械硬盘", "固态u盘", "相机卡", "手机内存卡", "行车记录仪内存卡", "监控级硬盘", "监控硬盘", "nas硬盘", "企业级硬盘", "台式机硬盘", "笔记本硬盘",
        "cf卡", "cfe卡", "ssd固态硬盘", "memory card", "flash drive", "usb stick", "nvme", "nvme ssd", "m.2固态", "m.2固态硬盘", "监控卡", "micro sd",
        "手机u盘", "车载u盘", "双接口u盘", "移动固态", "硬盘", "microsdxc", "sdxc", "hard drive", "external hard drive", "portable ssd",
        "solid state drive", "usb flash drive", "usb drive", "thumb drive", "pen drive", "memory stick", "micro sd card", "microsd card", "sd card", "sdxc card", "memory cards", "internal ssd", "external ssd", "portable hard drive", "internal hard drive", "compactflash"),
    hints=("读速", "写速", "usb3.0", "usb3.1", "usb3.2", "u3", "v30", "v60", "v90", "pcie4.0", "pcie5.0", "pcie3.0", "sata", "m.2", "2280",
        "长江存储", "tlc", "qlc", "3d nand", "ssd", "hdd", "7200转", "5400转", "缓存"),
    categories=("存储卡", "u盘", "硬盘", "固态硬盘", "移动硬盘", "存储设备", "闪存卡"),
    proof=r"(?<![a-z0-9])(?:mz-?[0-9v][0-9a-z]{2}[0-9t]{3}|wds[0-9]{3}[gt]|sd(?:cz|sq|sd|ss|cf)[a-z0-9]{1,6}-[0-9]|ct[0-9]{3,4}[a-z0-9]{2,8}ssd)",
    proof_hint="mwsc",
    accessories=("读卡器", "硬盘盒", "卡包", "卡套", "硬盘包", "移动硬盘盒", "硬盘底座", "硬盘支架", "固态硬盘盒", "硬盘线", "硬盘保护盒", "散热片", "硬盘散热片", "card reader", "hard drive case", "ssd enclosure", "card case"),
    rules=(CAPACITY,),
    splits=("storage_gb",),
    required=("storage_gb",),
    proves_goods=("mpn", "storage_gb"),
    pack_splits=False,
    contents=frozenset({Unit.GIGABYTE}),
    unit_bases={Unit.GIGABYTE: 1},
    lines={
        "sandisk": names("至尊高速酷铄=至尊高速 酷铄", "酷铄=ultra fit", "至尊高速=ultra", "至尊极速=extreme", "至尊超极速=extreme pro", "至尊超极速移动版",
            "酷刃=cruzer blade", "酷豆=cruzer fit", "酷悠=cruzer glide", "酷捷=ultra flair", "酷奂=ultra luxe", "酷轮", "高速酷柔", "至尊高速欢欣i享=欢欣i享",
            "cz880", "cz600", "cz430", "cz410", "cz74", "cz73", "cz50", "cz48", "cz43", "e81", "e61", "e30", "加强版", "高耐久=high endurance",
            "大师=desk drive"),
        "samsung": names("EVO Select", "EVO Plus", "PRO Plus", "PRO Ultimate", "PRO Endurance", "9100 PRO", "990 EVO Plus", "990 EVO", "990 PRO",
            "980 PRO", "980", "970 EVO Plus", "970 EVO", "870 EVO", "870 QVO", "860 EVO", "PM9A1", "PM981a", "PM9C1", "T7 Shield", "T7 Touch", "T7",
            "T5 EVO", "T5", "T9", "BAR Plus", "FIT Plus"),
        "kingston": names("NV3", "NV2", "NV1", "KC3000", "KC2500", "KC600", "A400", "UV500", "XS2000", "XS1000", "DTX=datatraveler exodia", "DT70", "DT100G3", "DTKN",
            "DTMAX", "DTMC3", "SE9", "Canvas Go Plus", "Canvas Select Plus", "Canvas React Plus", "FURY Renegade=叛逆者"),
        "wd": names("SN8100", "SN7100", "SN850X", "SN850", "SN770", "SN750", "SN580", "SN570", "SN550", "SN5000", "SA510", "蓝盘", "黑盘", "红盘Pro=红盘 Pro=red pro",
            "红盘Plus=红盘 Plus=red plus", "红盘", "紫盘Pro=purple pro", "紫盘", "金盘", "绿盘", "HC550", "My Passport=随行版", "Elements=元素=新元素",
            "My Book", "P40", "P10"),
        "seagate": names("酷鱼=barracuda", "酷狼Pro=酷狼 Pro=ironwolf pro", "酷狼=ironwolf", "酷鹰=skyhawk", "银河Exos=银河=exos", "铭=铭系列=one touch", "睿翼=expansion",
            "锦", "新睿品=backup plus", "酷玩530=firecuda 530"),
        "lexar": names("NM1090 PRO", "NM790", "NM800PRO=NM800 PRO", "NM710", "NM620", "NM610PRO", "NQ790", "NQ710", "NS100", "2000x", "1800x", "1667x",
            "1066x", "800x", "633x", "ARES", "SL500", "SL600", "ES3", "S80", "V40", "PLAY", "蓝卡", "金卡", "银卡"),
        "kioxia": names("EXCERIA PLUS G3=EXCERIA PLUS", "EXCERIA G2", "EXCERIA PRO=SE10 PRO", "RC20", "RC10", "SE10", "RD20", "SD10", "极至瞬速", "极至光速",
            "极至超速", "随闪"),
        "crucial": names("P3 Plus", "P3", "P5 Plus", "P310", "T500", "T700", "T705", "MX500", "BX500", "X6", "X8", "X9 Pro", "X9", "X10 Pro"),
        "zhitai": names("TiPlus7100", "TiPlus7100s", "TiPlus5000", "TiPro7000", "TiPro9000", "Ti600", "PC300", "PC005", "SC001", "灵·先锋版"),
        "fanxiang": names("S101", "S501Q", "S500 Pro", "S530Q", "S690Q", "S790", "S880"),
        "toshiba": names("新小黑=小黑=a5", "A3", "P300", "X300", "N300", "V10", "V9"),
        "hikvision": names("C4000", "A4000", "C2000 Pro", "R1", "T200N", "X301"),
        "aigo": names("P3000", "P7000", "S7000", "U310", "U330", "U350", "S01", "HD806"),
        "netac": names("N930E", "N7000", "NV7000", "P500", "Z9", "US9", "U905"),
        "lenovo": names("小新X1=X1", "SX1", "TU180", "ZX1", "来酷"),
        "teclast": names("幻影", "极光", "极影", "龙凤", "NP900"),
    },
    code=(
        r"(?<![a-z0-9])(sd[a-z]{1,4}[a-z0-9]{0,6}-[0-9]{1,3}[gt][0-9]{0,2}"  # SanDisk; what follows is the packaging
        r"|mz-?[a-z0-9]{3}[0-9t]{2,4}[a-z][a-z0-9]{0,6}(?:/[a-z]{2,3}|-[0-9a-z]{5})?|m(?:uf|b)-[a-z0-9]{5,8}(?:/[a-z]{2,4})?"  # Samsung
        r"|wds[0-9]{3}[gt][a-z0-9]{3,5}|wdb[a-z0-9]{6,9}(?:-[a-z]{4})?|wd[0-9]{2,3}[a-z]{4}"  # Western Digital
        r"|st[0-9]{3,5}[a-z]{2}[a-z0-9]{3,4}|st[a-z]{2}[0-9]{6,8}"  # Seagate
        r"|(?:dt[a-z0-9]{1,8}|sa400s37|snv[0-9]s?|skc[0-9]{3,4}[a-z]?|sdc[a-z0-9]{1,4}|sfyr[ds]|sxs[0-9]{4})/[0-9]{2,4}(?:gb?|tb?)"  # Kingston
        r"|ct[0-9]{3,4}[a-z][a-z0-9]{1,8}ssd[0-9]"  # Crucial
        r"|l[a-z]{2,3}[a-z0-9]{4,7}-[a-z0-9]{5,6}|hd[twk][a-z][a-z0-9]{3,8}|mg[01][0-9]aca[0-9]{2}t[a-z]{1,2}"  # Lexar, Toshiba
        r")(?![a-z0-9])"
    ),
    respelled=lambda code: re.sub(r"^MZ(?=[0-9V][0-9A-Z]{2}[0-9T]{3}B)", "MZ-", code),
    code_is_model=True,
    finish=finish,
    nouns_identify=True,
    nouns=names("固态硬盘=ssd固态硬盘=m.2固态=m.2固态硬盘", "移动固态硬盘=移动固态", "移动硬盘=移动机械硬盘", "机械硬盘", "U盘=优盘=闪存盘=手机u盘=车载u盘",
        "TF卡=microsd卡=microsd=micro sd=内存卡=存储卡=手机内存卡", "SD卡=相机卡", "CF卡"),
)  # fmt: skip
