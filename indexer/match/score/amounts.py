"""Amounts that tell goods apart: ``16 GB``, ``3.5"``, ``2-pack``, ``12.1 megapixels``, ``红色``; one spelling for each.

`AMOUNT` and `COLOURS` are tables: a unit or a colour more is a word more in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_SPELLINGS: Final[Mapping[str, tuple[float, str]]] = {
    "storage": (1, "gb|go|g ?byte|gigabytes?|吉字节"), "storage ": (1000, "tb|to|terabytes?"), "storage  ": (0.001, "mb|mo|megabytes?"),
    "clock": (1, "ghz"), "clock ": (0.001, "mhz"), "hz": (1, "hz|hertz|赫兹"),
    "inch": (1, "inches|inch|in|pouces|pulgadas|zoll|英寸|寸|\"|''|”|″"), "mm": (1, "mm|毫米"), "mm ": (10, "cm|厘米|公分"),
    "foot": (1, "feet|foot|ft|'"), "metre": (1, "meters?|metres?|m|米"),
    "watt": (1, "watts?|w|瓦"), "watt ": (1000, "kw|千瓦"), "volt": (1, "volts?|v|伏"), "mah": (1, "mah|毫安"), "amp": (1, "amps?|a"),
    "megapixel": (1, "megapixels?|mega pixels?|mpix|mp|万像素"), "times": (1, "x"), "dpi": (1, "dpi"), "rpm": (1, "rpm"),
    "lines": (1, "p"), "gram": (1, "grams?|g|克"), "gram ": (1000, "kg|公斤|千克|kilograms?"), "gram  ": (500, "斤"),
    "ounce": (1, "fl oz|fluid ounces?|ounces?|oz"), "pound": (1, "pounds?|lbs?"),
    "ml": (1, "ml|毫升"), "ml ": (1000, "liters?|litres?|l|升"), "gallon": (1, "gallons?|gal"), "cuft": (1, "cu\\.? ?ft\\.?|cubic feet"),
    "pack": (1, "packs?|pk|count|ct|pcs?|pieces?|pairs?|sets?|rolls?|sheets?|bottles?|cans?|tablets?|capsules?|bags?|片|包|瓶|支|袋|盒|罐|只|个|件|卷|抽|粒|双|套|提|枚"),
    "ports": (1, "ports?|口"), "cells": (1, "cells?"), "channels": (1, "channels?|ch"), "discs": (1, "discs?|disks?"), "bit": (1, "bits?"),
    "btu": (1, "btus?"), "mbps": (1, "mbps|mb/s"), "mbps ": (1000, "gbps|gb/s"), "ohm": (1, "ohms?|Ω"), "percent": (1, "%"),
    "degrees": (1, "degrees?|°|度"), "pages": (1, "pages?|页"), "users": (1, "users?"), "years": (1, "years?|yrs?|年"),
    "horse": (1, "hp|匹"), "stage": (1, "段"), "generation": (1, "代|gen"), "size": (1, "码"), "person": (1, "人"), "button": (1, "buttons?"),
}  # fmt: skip
"""Unit (spaces behind it only tell spellings of other factors apart) -> (factor, spellings)."""

_UNITS: Final = {f"u{i}": (unit.strip(), factor) for i, (unit, (factor, _)) in enumerate(_SPELLINGS.items())}
_LATIN = "|".join(f"(?P<u{i}>{spelled})" for i, (_, spelled) in enumerate(_SPELLINGS.values()))

AMOUNT = re.compile(
    rf"(?<![a-z0-9.,])(?P<figure>[0-9]{{1,6}}(?:[.,][0-9]{{1,3}})?)[ -]?(?:{_LATIN})(?![a-z])"
)
_PACK_OF = re.compile(
    r"(?:pack|set|case|box|lot)s? of ([0-9]{1,4})(?![0-9.])|[*×]\s?([0-9]{1,4})(?![0-9.a-z])"
)
_TIMES = re.compile(r"(?<![a-z0-9.])([0-9]{2,5})\s?[x×*]\s?([0-9]{2,5})(?![0-9.])")

COLOURS: Final[Mapping[str, str]] = {
    spelled: name
    for name, spellings in {
        "black": "black noir negro negra schwarz nero 黑色 黑 曜石黑 blk bk", "white": "white blanc blanco blanca weiss bianco 白色 白 wht",
        "red": "red rouge rojo rot rosso 红色 红 burgundy crimson scarlet maroon", "blue": "blue bleu azul blau navy cobalt 蓝色 蓝 藏青",
        "green": "green vert verde olive 绿色 绿 军绿", "yellow": "yellow jaune amarillo gelb 黄色 黄", "pink": "pink rose 粉色 粉红 粉",
        "purple": "purple violet lavender plum 紫色 紫", "orange": "orange 橙色 橙", "brown": "brown tan chestnut espresso 棕色 棕 咖啡色 咖色",
        "grey": "grey gray graphite charcoal slate gunmetal 灰色 灰", "silver": "silver argent plata silber platinum titanium 银色 银",
        "gold": "gold champagne 金色 金", "beige": "beige ivory cream almond 米色 米白 杏色", "stainless": "stainless 不锈钢",
        "bronze": "bronze copper 古铜色",
    }.items()
    for spelled in spellings.split()
}  # fmt: skip
_HAN_COLOUR = re.compile(
    "|".join(sorted((c for c in COLOURS if not c.isascii() and len(c) > 1), key=len, reverse=True))
)
_WORDS = re.compile(r"[a-z]+")


def amounts_in(text: str) -> Iterator[tuple[str, str]]:
    """(what is measured, how much) for every amount and colour in folded text; the same pair may come twice."""
    for match in AMOUNT.finditer(text):
        unit, factor = _UNITS[match.lastgroup or ""]
        yield unit, _figure(float(match["figure"].replace(",", ".")) * factor)
    for first, second in _PACK_OF.findall(text):
        yield "pack", _figure(float(first or second))
    for wide, high in _TIMES.findall(text):
        yield "area", f"{wide}x{high}"
    for word in _WORDS.findall(text):
        if word in COLOURS:
            yield "colour", COLOURS[word]
    if not text.isascii():
        yield from (("colour", COLOURS[word]) for word in _HAN_COLOUR.findall(text))


def _figure(value: float) -> str:
    """Three leading digits: 8.07 and 8.1 megapixels stay apart, 453.592 and 454 grams meet."""
    return f"{value:.3g}"
