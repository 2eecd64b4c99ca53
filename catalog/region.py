"""Where goods are delivered to: provinces by their ISO 3166-2 codes (``CN-SH``), and names as shops write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

HOME: Final = "CN-SH"
"""The default region of every figure that names none (domain §1.3, defaults of the queries)."""

PROVINCES: Final[dict[str, str]] = {
    "CN-BJ": "北京", "CN-TJ": "天津", "CN-HE": "河北", "CN-SX": "山西", "CN-NM": "内蒙古", "CN-LN": "辽宁",
    "CN-JL": "吉林", "CN-HL": "黑龙江", "CN-SH": "上海", "CN-JS": "江苏", "CN-ZJ": "浙江", "CN-AH": "安徽",
    "CN-FJ": "福建", "CN-JX": "江西", "CN-SD": "山东", "CN-HA": "河南", "CN-HB": "湖北", "CN-HN": "湖南",
    "CN-GD": "广东", "CN-GX": "广西", "CN-HI": "海南", "CN-CQ": "重庆", "CN-SC": "四川", "CN-GZ": "贵州",
    "CN-YN": "云南", "CN-XZ": "西藏", "CN-SN": "陕西", "CN-GS": "甘肃", "CN-QH": "青海", "CN-NX": "宁夏",
    "CN-XJ": "新疆", "CN-TW": "台湾", "CN-HK": "香港", "CN-MO": "澳门",
}  # fmt: skip
"""ISO 3166-2:CN code -> short name."""

_ENDINGS: Final = ("壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "省", "市")
_BY_NAME: Final = {name: code for code, name in PROVINCES.items()}


def region_code(text: str) -> str | None:
    """The code of a province written as ``新疆``, ``新疆维吾尔自治区``, ``XJ`` or ``CN-XJ``; None for anything else."""
    plain = text.strip()
    code = plain.upper()
    if code in PROVINCES:
        return code
    if f"CN-{code}" in PROVINCES:
        return f"CN-{code}"
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return _BY_NAME.get(plain)


def covers(area: str, region: str) -> bool:
    """Whether `region` is `area` or lies in it: ``CN`` covers ``CN-SH``, ``CN-SH`` covers ``CN-SH-PD``."""
    return region == area or region.startswith(f"{area}-")


def is_within(areas: Iterable[str], region: str) -> bool:
    """Whether any of `areas` covers `region`."""
    return any(covers(area, region) for area in areas)
