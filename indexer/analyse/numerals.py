"""Chinese numerals as digits, only where a measure word follows (domain §2.2 step 6): 三段 -> 3段, 双瓶装 -> 2瓶装.

Elsewhere they are parts of words (一加, 五粮液, 百岁山) and stay.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.analyse.fold import Traced

MEASURES: Final = "瓶罐听盒箱包袋提桶支片枚抽张卷粒颗块册本双条件只个台套组板排杯碗筒盆根串对部"
"""Characters that count goods or their containers."""

_OTHER_UNITS: Final = "段代匹斤两克升层级阶度"
"""Characters behind which a numeral is a figure as well: stages, generations, power, weights."""

_NAMES: Final = (
    "三只松鼠",
    "六个核桃",
    "七度空间",
    "七匹狼",
    "五个女博士",
    "五个农民",
    "三个爸爸",
    "一只酸奶牛",
    "三只羊",
)
"""Names that begin like a count."""

_ALONE: Final = r"(?=[瓶罐盒支包袋桶听只](?:装|组|礼|$|[^\u4e00-\u9fff]))"

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}

_NUMERAL = re.compile(
    rf"(?<![零〇一二三四五六七八九十百千万几多半数0-9])"
    rf"(?!{'|'.join(_NAMES)})"
    rf"(?:(?P<numeral>[零〇一二三四五六七八九十百两]{{1,5}})(?=[{MEASURES}{_OTHER_UNITS}毫公千])"
    rf"|(?P<half>半)(?=斤|公斤)|(?P<single>单){_ALONE}|(?P<double>双){_ALONE})"
)
_HINT = re.compile("[一二三四五六七八九十百两半单双]")


def with_digits(text: Traced) -> Traced:
    """`text` (normalised) with such numerals written as digits."""
    if not _HINT.search(text.text):
        return text
    edits = []
    for match in _NUMERAL.finditer(text.text):
        digits = _digits(match)
        if digits is not None:
            # 500ml两瓶 must not become the word ml2.
            is_glued = (
                match.start() > 0
                and text.text[match.start() - 1].isascii()
                and text.text[match.start() - 1].isalnum()
            )
            edits.append((match.start(), match.end(), f" {digits}" if is_glued else digits))
    return text.rewritten(edits) if edits else text


def _digits(match: re.Match[str]) -> str | None:
    if match["half"]:
        return "0.5"
    if match["single"] or match["double"]:
        return "1" if match["single"] else "2"
    value = value_of(match["numeral"])
    return None if value is None else str(value)


def value_of(numeral: str) -> int | None:
    """The number that `numeral` writes (二十四 -> 24, 一百二 -> 120 is not attempted: None), or None."""
    if numeral in {"百", "千"}:
        return None  # 百度, 千层: names
    total = 0
    digit: int | None = None
    for char in numeral:
        if char in _TENS:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif digit:
            return None  # two digits in a row: 一二, a list or a name
        else:
            digit = _DIGITS[char]
    if digit is not None and len(numeral) > 1 and numeral[-2] in "百千":
        return None  # 一百二 means 120, 一百零二 means 102: the short form is left alone
    return total + (digit or 0) or None  # 零度 is a name
