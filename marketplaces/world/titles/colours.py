"""Colour names in English, for the shop's English titles. A name without an entry keeps its Chinese title."""

from __future__ import annotations

_ENGLISH = {
    "黑色": "Black",
    "白色": "White",
    "蓝色": "Blue",
    "绿色": "Green",
    "黄色": "Yellow",
    "粉色": "Pink",
    "紫色": "Purple",
    "灰色": "Grey",
    "银色": "Silver",
    "橙色": "Orange",
    "午夜色": "Midnight",
    "星光色": "Starlight",
    "深青色": "Teal",
    "群青色": "Ultramarine",
    "深空灰色": "Space Grey",
    "原色钛金属": "Natural Titanium",
    "蓝色钛金属": "Blue Titanium",
    "白色钛金属": "White Titanium",
    "黑色钛金属": "Black Titanium",
    "沙漠色钛金属": "Desert Titanium",
    "铂金银": "Platinum Silver",
    "午夜蓝": "Midnight Blue",
    "纯白": "White",
    "纯黑": "Black",
    "白黑": "White/Black",
    "黑白": "Black/White",
    "白灰": "White/Grey",
    "白银": "White/Silver",
    "藏青": "Navy",
}


def english(colour: str) -> str:
    """The English name, or the Chinese one where there is none."""
    return _ENGLISH.get(colour, colour)
