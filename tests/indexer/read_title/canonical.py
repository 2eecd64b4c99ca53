"""A name for a reading in which everything is said once: reading it again must give the same identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from catalog.listing import Condition
from catalog.quantity import Pack, Quantity, Unit
from indexer.read_title.family_of import BY_NAME
from indexer.read_title.lexicon.load import Lexicon
from indexer.read_title.reading import Reading

_CONDITIONS: Final = {
    Condition.OPEN_BOX: "准新",
    Condition.REFURBISHED_OFFICIAL: "官翻",
    Condition.REFURBISHED: "翻新",
    Condition.USED: "二手",
}
_REGIONS: Final = {
    "hk": "港版", "us": "美版", "jp": "日版", "kr": "韩国版", "de": "德国版", "nl": "荷兰版", "au": "澳洲版", "nz": "新西兰版",
    "gb": "英版", "eu": "欧版", "tw": "台版", "sg": "新加坡版", "ca": "加版", "fr": "法国版", "intl": "国际版",
}  # fmt: skip
_PATTERNS: Final[Mapping[str, str]] = {
    "screen_inch": "{}英寸", "stage": "{}段", "abv": "{}度", "vintage": "{}年", "year": "{}款", "size": "{}码",
    "ply": "{}层", "shade": "色号#{}", "refresh_hz": "{}Hz", "volume_l": "{}升", "load_kg": "{}公斤", "kit": "{}套机", "flavor": "{}味",
}  # fmt: skip
_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("form", "pants"): "拉拉裤", ("form", "tape"): "腰贴型", ("carrier_lock", "true"): "有锁", ("carrier_lock",
        "false"): "无锁",
    ("network", "wifi"): "wifi版", ("network", "cellular"): "蜂窝版", ("anc", "true"): "", ("anc", "false"): "",
    ("energy_class", "1"): "1级能效",
    ("energy_class", "2"): "2级能效", ("energy_class", "3"): "3级能效", ("energy_class", "4"): "4级能效",
    ("energy_class", "5"): "5级能效", ("kit", "body"): "单机身",
    ("life_stage", "kitten"): "幼猫", ("life_stage", "puppy"): "幼犬", ("life_stage", "adult"): "成猫",
    ("life_stage", "senior"): "老年猫", ("life_stage", "all"): "全阶段",
}  # fmt: skip
_DEVICES: Final = frozenset(
    {
        "phone",
        "tablet",
        "laptop",
        "watch",
        "tv",
        "air_conditioner",
        "earphones",
        "monitor",
        "camera",
        "fridge",
        "washer",
    }
)
_GOODS: Final = frozenset({"milk_powder", "diapers", "coffee", "lego", "perfume", "pet_food"})
_PIECES: Final = {Unit.PIECE: "片", Unit.SHEET: "抽", Unit.PAIR: "双", Unit.VOLUME: "册", Unit.BRICK: "颗粒"}


def canonical_name(reading: Reading, lexicon: Lexicon) -> str:
    """What `reading` sells, in one spelling: ``苹果 Apple iPhone 15 128GB``, ``飞鹤 Firmus 星飞帆卓睿 3段 750g*4``."""
    parts = (
        *_brand(reading, lexicon),
        reading.model or "",
        *_attributes(reading),
        *_noun(reading),
        *_rest(reading),
    )
    words: dict[str, None] = {}
    for part in parts:
        if part and part.casefold() not in (word.casefold() for word in words):
            words[part] = None
    return " ".join(words)


def _brand(reading: Reading, lexicon: Lexicon) -> Iterator[str]:
    known = lexicon.brands.get(reading.brand or "")
    if known is not None:
        yield from (known.name_zh, known.name_en)
    elif reading.brand is not None:
        yield reading.brand


def _attributes(reading: Reading) -> Iterator[str]:
    identity = dict(reading.identity().variant)
    ram, storage = identity.pop("ram_gb", None), identity.pop("storage_gb", None)
    if storage is not None:
        size = f"{int(storage) // 1024}TB" if int(storage) % 1024 == 0 else f"{storage}GB"
        yield f"{ram}GB+{size}" if ram else size
    elif ram is not None:
        yield f"{ram}GB内存"
    for name, value in identity.items():
        if name != "generation":  # part of the model's name
            yield _WORDS.get((name, value), _PATTERNS.get(name, "{}").format(value))


def _noun(reading: Reading) -> Iterator[str]:
    if reading.family in _DEVICES or (reading.family in _GOODS and ("form", "pants") not in reading.variant):
        yield BY_NAME[reading.family].cues[0]


def _rest(reading: Reading) -> Iterator[str]:
    pack = reading.split.pack
    if pack is not None:
        yield _pack(pack)
    yield _REGIONS.get(reading.region_version or "", "")
    yield _CONDITIONS.get(reading.condition, "")


def _pack(pack: Pack) -> str:
    if pack.size is None:
        return f"{pack.count}件装" if pack.count > 1 else ""
    return f"{_size(pack.size)}*{pack.count}" if pack.count > 1 else _size(pack.size)


def _size(size: Quantity) -> str:
    text = str(size)
    return text.replace(size.unit, _PIECES[size.unit]) if size.unit in _PIECES else text
