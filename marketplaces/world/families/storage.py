"""Storage media: memory cards, USB sticks, SSDs, portable disks. Split by line and capacity."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _g(**prices: int) -> tuple[Version, ...]:
    """Versions by capacity: g64=39, t1=599."""
    return tuple(
        Version(price, {"storage_gb": int(size[1:]) * (1024 if size[0] == "t" else 1)})
        for size, price in prices.items()
    )


_TF = ("TF卡", "内存卡", "TF存储卡", "microSD卡")
_SD = ("SD卡", "SD存储卡", "相机存储卡")
_USB = ("U盘", "优盘", "USB闪存盘")
_SSD = ("固态硬盘", "SSD固态硬盘", "M.2固态硬盘")
_HDD = ("移动硬盘", "移动机械硬盘")
_PSSD = ("移动固态硬盘",)

FAMILY = Family(
    slug="storage",
    keyword="存储",
    synonyms=("内存卡", "U盘", "固态硬盘", "移动硬盘", "SD卡", "闪存"),
    catalogue=Catalogue(
        taobao=(50012081, "闪存卡/U盘/存储/移动硬盘", 50012165, "存储设备"),
        jd=((670, "电脑、办公"), (686, "外设产品"), (694, "存储设备")),
        pinduoduo=((23600, 23601, 23602), 1571, "存储"),
        shop="存储",
    ),
    models=(
        Model(
            "sandisk",
            "至尊高速移动版",
            _g(g32=35, g64=42, g128=75, g256=139, g512=309),
            4,
            category=_TF,
            features=("读速120MB/s", "A1 C10"),
        ),
        Model(
            "sandisk",
            "至尊超极速",
            _g(g64=109, g128=169, g256=299),
            3,
            category=_SD,
            features=("读速200MB/s", "V30 4K"),
        ),
        Model(
            "sandisk",
            "酷豆CZ430",
            _g(g32=39, g64=45, g128=75),
            3,
            category=_USB,
            features=("USB3.1", "读速130MB/s"),
        ),
        Model(
            "sandisk",
            "E61",
            _g(g500=499, t1=699, t2=1199),
            3,
            category=_PSSD,
            features=("读速1050MB/s", "NVMe"),
            spellings=("至尊极速E61",),
        ),
        Model(
            "kingston",
            "DTX",
            _g(g64=35, g128=59, g256=109),
            4,
            category=_USB,
            features=("USB3.2",),
            spellings=("DataTraveler Exodia",),
        ),
        Model(
            "kingston",
            "NV2",
            _g(g500=269, t1=419, t2=799),
            4,
            category=_SSD,
            features=("PCIe4.0", "读速3500MB/s"),
        ),
        Model(
            "kingston",
            "KC3000",
            _g(g512=439, t1=699, t2=1299),
            2,
            category=_SSD,
            features=("PCIe4.0", "读速7000MB/s"),
        ),
        Model(
            "samsung",
            "990 PRO",
            _g(t1=799, t2=1399, t4=2699),
            4,
            category=_SSD,
            features=("读速7450MB/s", "PCIe4.0", "NVMe"),
        ),
        Model("samsung", "980", _g(g500=379, t1=569), 3, category=_SSD, features=("读速3500MB/s", "NVMe")),
        Model(
            "samsung",
            "EVO Plus",
            _g(g64=45, g128=79, g256=149, g512=319),
            4,
            category=_TF,
            features=("读速160MB/s", "U3 V30"),
        ),
        Model(
            "samsung",
            "T7 Shield",
            _g(t1=759, t2=1299),
            3,
            category=_PSSD,
            features=("读速1050MB/s", "IP65防尘防水"),
        ),
        Model(
            "wd",
            "SN850X",
            _g(t1=759, t2=1299, t4=2499),
            3,
            category=_SSD,
            features=("读速7300MB/s", "PCIe4.0"),
        ),
        Model("wd", "SN770", _g(g500=349, t1=499), 3, category=_SSD, features=("PCIe4.0", "读速5150MB/s")),
        Model(
            "wd",
            "My Passport随行版",
            _g(t1=399, t2=539, t4=899),
            3,
            category=_HDD,
            features=("USB3.0", "2.5英寸"),
        ),
        Model(
            "seagate", "铭系列", _g(t1=389, t2=519, t4=879), 3, category=_HDD, features=("USB3.0", "2.5英寸")
        ),
        Model("toshiba", "新小黑A5", _g(t1=379, t2=499), 2, category=_HDD, features=("USB3.2", "2.5英寸")),
        Model(
            "zhitai",
            "TiPlus7100",
            _g(g512=349, t1=599, t2=1099),
            4,
            category=_SSD,
            features=("读速7000MB/s", "PCIe4.0"),
        ),
        Model(
            "lexar",
            "NM790",
            _g(g512=329, t1=529, t2=969),
            3,
            category=_SSD,
            features=("读速7400MB/s", "PCIe4.0"),
        ),
        Model(
            "lexar",
            "PLAY",
            _g(g128=69, g256=129, g512=269),
            2,
            category=_TF,
            features=("读速150MB/s", "Switch专用"),
        ),
        Model("aigo", "U330", _g(g32=29, g64=35, g128=59), 2, category=_USB, features=("USB3.0", "金属旋转")),
    ),
    titles={
        "taobao": (
            "{brand}{model} {memory}{category}{feature?50}{use?50}{claim?40}",
            "{promise?20}{brand}{category}{memory} {model}{feature?50}{use?40}",
        ),
        "jd": ("{brand} {memory} {category} {model} {feature?70} {use?50}",),
        "pinduoduo": (
            "{promise?60}{brand}{category}{memory} {model}{use?60}{claim?40}",
            "{promise?60}{brand}{model} {memory} {category}{feature?40}",
        ),
        "shop": ("{brand} {model} {memory} {category} {feature?50}",),
    },
    words={
        "category": ("存储卡",),
        "use": ("手机行车记录仪", "监控通用", "电脑笔记本", "高速", "官方正品"),
        "feature": ("高速传输",),
        "gift": ("读卡器", "收纳盒"),
    },
    accessories=(
        Accessory(
            "reader",
            ("ugreen", ""),
            ("读卡器", "多合一读卡器"),
            (15, 89),
            targets=("SD卡TF卡", "相机内存卡"),
            touches=("USB3.0", "Type-C"),
        ),
        Accessory(
            "enclosure",
            ("ugreen", ""),
            ("硬盘盒", "固态硬盘盒"),
            (39, 199),
            targets=("M.2固态硬盘", "2.5英寸硬盘"),
            touches=("NVMe双协议", "Type-C"),
        ),
    ),
    bundles=(
        Bundle(
            "tf128-reader",
            "sandisk",
            "至尊高速128G + 读卡器 套装",
            99,
            ("闪迪（SanDisk）至尊高速128GB TF卡+读卡器套装", "闪迪128G内存卡加读卡器套装"),
        ),
    ),
    options=("{brand}{model} {storages}可选", "【官方正品】{brand}{model}{storages}多容量任选"),
    share=50,
    weighs_kg=0.2,
)
