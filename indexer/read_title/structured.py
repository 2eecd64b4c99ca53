"""Structured fields of an offer: which property states which attribute.

Property names differ by marketplace; a name is known by a part of it. Unknown properties are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from catalog.listing import Condition, Offer

ROLES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("brand", ("品牌", "brand")),
    ("gtin", ("条形码", "条码", "gtin", "ean", "upc", "isbn", "69码", "商品码")),
    ("mpn", ("型号", "货号", "款号", "mpn", "model", "认证型号", "商品编码", "零件号", "套装编号", "产品编号")),
    ("condition", ("成色", "新旧", "条件", "condition")),
    ("region", ("版本类型", "地区版本", "购买渠道", "销售地区", "版本", "region")),
    ("colour", ("颜色", "机身颜色", "color", "colour", "配色")),
    ("values", (
        "存储", "内存", "容量", "rom", "ram", "运存", "storage", "memory", "屏幕", "尺寸", "英寸", "screen", "处理器", "cpu",
        "显卡", "gpu", "匹数", "匹", "能效", "段位", "阶段", "段", "stage", "酒精度", "度数", "度",
        "尺码", "鞋码", "码数", "size", "接口", "网络", "色号", "年份", "硬盘", "适用年龄",
    )),
    ("contents", ("净含量", "规格", "含量", "净重", "包装", "数量", "件数", "片数", "抽数", "瓶数", "net content", "pack", "组合")),
)  # fmt: skip
"""Role -> parts of property names; the first that fits holds."""


class Stated(NamedTuple):
    """An offer's words, as the key of one reading: a tuple, because its hash is made in C."""

    title: str
    sku_text: str = ""
    brand: str = ""
    category: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    gtins: tuple[str, ...] = ()
    mpn: str = ""
    condition: Condition | None = None

    @classmethod
    def of(cls, offer: Offer) -> Stated:
        """What `offer` says about its goods; prices, sellers and pictures say nothing."""
        listing = offer.listing
        return cls(
            listing.title, offer.sku_text, listing.brand or "",
            listing.category, offer.properties, offer.gtins, offer.mpn or "", offer.condition,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Properties:
    """An offer's properties by what they state, as text."""

    brand: str = ""
    gtins: tuple[str, ...] = ()
    mpns: tuple[str, ...] = ()
    condition: str = ""
    region: str = ""
    colour: str = ""
    texts: tuple[str, ...] = field(default=())
    """``name value`` texts that a family's rules can read."""


_NONE: Final = Properties()


def properties_of(stated: Stated) -> Properties:
    """The properties of `stated`, sorted by role."""
    if not stated.properties:
        return _NONE
    by_role: dict[str, list[str]] = {}
    for name, value, role in _roles(stated.properties):
        by_role.setdefault(role, []).append(f"{name} {value}" if role == "values" else value)
    first = {role: values[0] for role, values in by_role.items()}
    return Properties(
        brand=first.get("brand", ""),
        gtins=tuple(by_role.get("gtin", ())),
        mpns=tuple(by_role.get("mpn", ())),
        condition=first.get("condition", ""),
        region=first.get("region", ""),
        colour=first.get("colour", ""),
        texts=(*by_role.get("values", ()), *by_role.get("contents", ()), *by_role.get("region", ())),
    )


def _roles(properties: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str, str]]:
    for name, value in properties:
        folded = name.casefold().strip()
        role = next((role for role, parts in ROLES if any(part in folded for part in parts)), None)
        if role is not None and value.strip():
            yield folded, value, role
