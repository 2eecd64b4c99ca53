"""Washing machines and dryers. The model code names the machine; the load in kilograms is said beside it."""

from __future__ import annotations

from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Version


def _w(brand: str, code: str, price: int, kilos: str, what: str, heat: int = 2, *features: str) -> Model:
    return Model(
        brand,
        code,
        (Version(price, {"load_kg": kilos}, code),),
        heat,
        category=(what, f"全自动{what}" if "烘" not in what else what),
        features=features,
    )


FAMILY = Family(
    slug="washer",
    keyword="洗衣机",
    synonyms=("滚筒洗衣机", "波轮洗衣机", "洗烘一体机", "全自动洗衣机"),
    catalogue=Catalogue(
        taobao=(50022703, "大家电", 350301, "洗衣机"),
        jd=((737, "家用电器"), (794, "大家电"), (880, "洗衣机")),
        pinduoduo=((24100, 24101, 24106), 6128, "家电"),
        shop="家电",
    ),
    models=(
        _w("haier", "EG100MATE2S", 2099, "10", "滚筒洗衣机", 4, "直驱变频"),
        _w("haier", "EG100HMATE6S", 3299, "10", "洗烘一体机", 3, "空气洗"),
        _w("haier", "EB100Z129", 1199, "10", "波轮洗衣机", 3, "桶自洁"),
        _w("haier", "XQB30-M108", 699, "3", "迷你洗衣机", 2, "宝宝专用"),
        _w("littleswan", "TG100V86WMDY5", 2599, "10", "滚筒洗衣机", 4, "水魔方"),
        _w("littleswan", "TD100V86WMDG", 3599, "10", "洗烘一体机", 3, "银离子除菌"),
        _w("littleswan", "TB100V23H", 999, "10", "波轮洗衣机", 3, "健康免清洗"),
        _w("midea", "MG100V11F", 1499, "10", "滚筒洗衣机", 4, "1.1洗净比"),
        _w("midea", "MB80ECO", 799, "8", "波轮洗衣机", 3, "专利免清洗"),
        _w("midea", "MD100V11D", 1999, "10", "洗烘一体机", 2),
        _w("siemens", "WG52A1U00W", 3299, "10", "滚筒洗衣机", 3, "BLDC变频"),
        _w("siemens", "WN54A1X00W", 4999, "10", "洗烘一体机", 2, "智能除渍"),
        _w("panasonic", "XQG100-N13S", 2799, "10", "滚筒洗衣机", 2, "泡沫净"),
        _w("xiaomi", "XQG100MJ201", 1399, "10", "滚筒洗衣机", 3, "米家互联"),
        _w("hisense", "HG100DAA125FL", 1599, "10", "滚筒洗衣机", 2),
        _w("tcl", "B80L100", 699, "8", "波轮洗衣机", 2),
    ),
    titles={
        "taobao": (
            "{brand}{category}{load_kg}{feature?50}{use?50} {model}{claim?40}",
            "{promise?20}{brand}{load_kg}{category}{model} {feature?50}{use?40}",
        ),
        "jd": ("{brand} {category} {load_kg} {feature?70} {use?50} {model}",),
        "pinduoduo": (
            "{promise?60}{brand}{load_kg}{category}{use?60} {model} {claim?40}",
            "{promise?60}{brand}{category}{load_kg} {feature?50} {model}",
        ),
        "shop": ("{brand} {model} {load_kg} {category}",),
    },
    words={
        "category": ("洗衣机",),
        "use": ("家用大容量", "一级能效", "租房宿舍", "超薄全嵌"),
        "feature": ("变频节能", "除菌除螨", "高温筒自洁"),
        "gift": ("洗衣液", "洗衣机罩"),
    },
    accessories=(
        Accessory(
            "cover",
            ("",),
            ("洗衣机罩", "防尘罩"),
            (15, 59),
            targets=("小天鹅滚筒洗衣机", "海尔波轮洗衣机"),
            colours=("灰色",),
            touches=("防水防晒",),
        ),
        Accessory(
            "cleaner",
            ("", "walch"),
            ("洗衣机槽清洁剂", "洗衣机清洗剂", "泡腾片"),
            (9, 39),
            targets=("滚筒洗衣机", "波轮洗衣机"),
            touches=("除垢杀菌", "10包"),
        ),
    ),
    bundles=(
        Bundle(
            "littleswan-wash-dry",
            "littleswan",
            "10公斤洗衣机 + 10公斤烘干机 洗烘套装",
            6299,
            (
                "小天鹅（LittleSwan）10公斤滚筒洗衣机+10公斤热泵烘干机 洗烘套装",
                "小天鹅洗烘套装10kg洗衣机加10kg烘干机",
            ),
        ),
    ),
    options=("{brand}洗衣机 8/10/12公斤可选 家用全自动", "【包安装】{brand}洗衣机 波轮/滚筒多款任选"),
    share=40,
    weighs_kg=65,
)
