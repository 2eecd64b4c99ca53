"""Attribute rules that several families share: memory, screen, energy class, stage, strength, sizes.

Each is a `Rule`; which family uses which is declared in `family/`. Values are canonical text: plain decimals, no unit.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from catalog.quantity import decimal_text
from indexer.read_title.family.declare import Rule, Values, rule

RAM_GB: Final = frozenset({1, 2, 3, 4, 6, 8, 10, 12, 16, 18, 20, 24, 32, 36, 48, 64, 96, 128})
STORAGE_GB: Final = frozenset({8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192})
_TERABYTE_GB: Final = 1024
_LEAST_SINGLE_STORAGE_GB: Final = 64
"""A single value of at least this on a phone is storage (domain §2.3)."""


_LEAST_RATIO: Final = 8
"""Storage is at least eight times the RAM of every phone, computer and television sold: 16+128, 24+1T."""


@lru_cache(maxsize=1024)
def plain(number: str) -> str:
    """``42.50`` and ``42.5`` alike as ``42.5``."""
    return decimal_text(Fraction(number))


def gigabytes(number: str, unit: str | None) -> int | None:
    """A storage size in GB: ``1`` ``t`` is 1024; None when no such size is made."""
    size = int(number) * (_TERABYTE_GB if (unit or "").startswith("t") else 1)
    return size if size in STORAGE_GB else None


def _memory_pair(match: re.Match[str]) -> Values:
    ram, storage = int(match["ram"]), gigabytes(match["storage"], match["unit"])
    if ram not in RAM_GB or storage is None or storage < _LEAST_RATIO * ram:
        return {}  # 64G/128G is a list of options
    return {"ram_gb": str(ram), "storage_gb": str(storage)}


def _memory_single(match: re.Match[str]) -> Values:
    storage = gigabytes(match["storage"], match["unit"])
    if storage is None or storage < _LEAST_SINGLE_STORAGE_GB:
        return {}
    return {"storage_gb": str(storage)}


_LEFT: Final = r"(?<![0-9a-z.])"
_GB: Final = r"gb?(?![a-z])"
_END: Final = r"(?!(?!ssd|ram|rom|ddr|lpddr|emmc|hdd)[a-z0-9])"
_SIZE: Final = rf"(?P<storage>[0-9]{{1,4}})\s?(?P<unit>gb?|tb?){_END}"

MEMORY_PAIR: Final = Rule(
    "memory pair 16+512",
    re.compile(
        rf"(?<![0-9.])(?P<ram>[0-9]{{1,3}})\s?(?:{_GB})?\s?[+/]\s?(?P<storage>[0-9]{{1,4}})(?:\s?(?P<unit>gb?|tb?))?{_END}(?![.])"
    ),
    _memory_pair,
    95,
    hint="+/",
)
MEMORY_WORDS: Final = Rule(
    "memory with words 8G内存256G固态",
    re.compile(
        rf"{_LEFT}(?P<ram>[0-9]{{1,3}})\s?{_GB}\s?(?:运行内存|运存|内存|ram|ddr[0-9]x?|lpddr[0-9]x?)?[\s,]*{_SIZE}"
        rf"(?:\s?(?:固态硬盘|固态|ssd|硬盘|机身存储|存储|rom|闪存))?"
    ),
    _memory_pair,
    95,
    hint="gt",
)
RAM_WORDS: Final = rule(
    "ram_gb",
    rf"{_LEFT}([0-9]{{1,3}})\s?{_GB}\s?(?:运行内存|运存|内存条?(?!卡)|ram)|(?:运行内存|运存|内存|ram)\s?:?\s?([0-9]{{1,3}})\s?{_GB}",
    lambda text: text if int(text) in RAM_GB else None,
    hint="存r",
)
STORAGE_WORDS: Final = Rule(
    "storage with words 机身存储256G",
    re.compile(
        rf"(?:机身存储|机身内存|存储容量|存储|硬盘|固态硬盘|固态|rom|容量)\s?:?\s?{_SIZE}|{_LEFT}(?P<storage2>[0-9]{{1,4}})\s?(?P<unit2>gb?|tb?)\s?(?:固态硬盘|固态|ssd|硬盘|机身存储|存储|rom)"
    ),
    lambda m: _storage(m["storage"] or m["storage2"], m["unit"] or m["unit2"]),
    hint="存盘态量rs",
)
STORAGE_SINGLE: Final = Rule(
    "single value of at least 64 GB", re.compile(rf"{_LEFT}{_SIZE}"), _memory_single, hint="gt"
)

STORAGE_BARE: Final = rule(
    "storage_gb",
    r"(?<![0-9a-z.+/*×\-])(128|256|512)(?![0-9a-z.+/*×%\-]|\s?[元倍万年款片瓶抽颗个张w])",
    confidence=75,
)
"""128, 256 and 512 alone are capacities in a phone's title."""


def _storage(number: str, unit: str) -> Values:
    size = gigabytes(number, unit)
    return {} if size is None else {"storage_gb": str(size)}


MEMORY: Final = (MEMORY_PAIR, MEMORY_WORDS, STORAGE_WORDS, RAM_WORDS, STORAGE_SINGLE)

SCREEN_INCH: Final = rule(
    "screen_inch",
    r"(?<![0-9.])([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:英寸|英吋|吋|寸|-?inch(?:es)?|\"|”|″)(?!照)",
    lambda text: plain(text) if 3 <= Fraction(text) <= 120 else None,
    hint='寸吋i"”″',
)
ENERGY_CLASS: Final = rule(
    "energy_class",
    r"新?([1-5])级(?:能效|节能|变频|能耗|省电)?|新?国标([1-5])级|能效(?:等级)?:?\s?([1-5])级?",
    hint="级标效",
)
HORSEPOWER: Final = rule(
    "hp",
    r"(?<![0-9.])((?:大|小)?\s?[0-9]{1,2}(?:\.[0-9])?)\s?(?:p\s?匹|匹|p(?![a-z0-9]))",
    lambda text: f"{text[0] if text[0] in '大小' else ''}{plain(text.lstrip('大小 '))}匹",
    hint="p匹",
)
MACHINE_CODE: Final = (
    r"(?<![a-z0-9.])([0-9]{1,3}-[a-z]{1,3}[0-9]{1,4}|[a-z]{1,5}-[a-z]{1,3}[0-9]{1,4}[a-z0-9]{0,5}"
    r"|[a-z]{1,6}-?[0-9]{1,5}[a-z0-9]{0,14}(?:[-/+.][a-z0-9]{1,10}){0,3}|[0-9]{2,4}[a-z]{1,4}[0-9]{1,4}[a-z0-9]{0,4})(?![a-z0-9])"
)
"""Model codes of machines of any make."""
LARGE_MACHINE_CODE: Final = (
    r"(?<![a-z0-9.])((?!(?:wifi|uv|pm|led|ai|ag|hepa|usb)-?[0-9]|[0-9]+(?:kg|l|w|db|v|mm|cm|rpm|hz)(?![a-z0-9]))"
    r"(?:bc/?bd|[a-z]{1,5})-?[a-z]{0,2}[0-9]{2,5}[a-z0-9]{0,16}(?:[-/+.][a-z0-9]{1,12}){0,3}(?:\([a-z0-9]{1,4}\))?)(?![a-z0-9])"
)
"""Model codes of refrigerators and washing machines: at least two figures behind the letters, BCD-606WKPZM(E)."""
STAGE: Final = rule(
    "stage",
    r"(?<![0-9a-z.~-])(pre|p|[1-6])\s?段|(?<![a-z])(pre)(?![a-z])|(?:stage|step)\s?([1-6])(?![0-9])",
    lambda text: "Pre" if text.startswith("p") else text,
    hint="段ps",
)
STRENGTH: Final = rule(
    "abv",
    r"(?<![0-9.])([0-9]{1,2}(?:\.[0-9])?)\s?(?:%\s?(?:vol|abv)?|°|度(?!数|假|角|电)|vol(?![a-z]))",
    lambda text: plain(text) if 2 <= Fraction(text) <= 80 else None,
    hint="%°度v",
)
GENERATION: Final = rule("generation", r"第?([0-9]{1,2})代(?!言|购|发|理|码|谢)", hint="代")
AGE: Final = rule(
    "age_min",
    r"(?<![0-9.-])(?:适合)?([0-9]{1,2})\s?(?:岁\s?(?:\+|以上|及以上)|\+(?=\s|$)|岁(?!半))",
    hint="岁+",
)
CARRIER_LOCK: Final = rule(
    "carrier_lock",
    r"(有锁(?!屏)|(?<!不)卡贴|(?<![a-z])(?:carrier|network|sim)[\s-]locked)|(无锁|解锁版?|官解|(?<![a-z])(?:unlocked|sim[\s-]free))",
    lambda text: (
        "true"
        if text in {"有锁", "卡贴"} or (text.endswith("locked") and not text.startswith("un"))
        else "false"
    ),
    hint="锁贴解kf",
)
BATTERY: Final = rule(
    "battery_pct",
    r"电池(?:效率|健康度?|容量|寿命)?\s?:?\s?([0-9]{2,3})\s?%|(?<![0-9])([0-9]{2,3})%\s?电池",
    lambda text: text if int(text) <= 100 else None,
    hint="%",
)
