"""Coined names and codes: pronounceable, arbitrary, and as many as are wanted."""

from __future__ import annotations

import random
from typing import Final

_ONSETS: Final = (
    *"bcdfghjklmnprstvwz",
    "br",
    "cr",
    "dr",
    "fr",
    "gr",
    "kr",
    "pl",
    "pr",
    "sl",
    "sp",
    "st",
    "tr",
    "sh",
    "ch",
    "th",
    "cl",
    "fl",
    "gl",
    "qu",
)
_VOWELS: Final = (*"aeiouaeio", "ai", "ea", "io", "oo", "ou")
_CODAS: Final = ["", "", "", "n", "r", "s", "l", "x", "m", "nd", "rt", "st", "ck", "tt", "ng", "ll"]
_HAN: Final = (
    "安百宝倍步彩长辰诚春达大德迪鼎东多恩方飞丰风福富高歌格冠光广国海翰浩和恒红宏华欢辉惠吉佳嘉健金锦晶景静久聚凯康可科克乐丽利联林灵"
    "龙隆绿美蒙名明木南宁诺欧派朋品普奇启千强青清秋泉然荣瑞润森山尚圣胜盛世舒思斯松苏泰特天田通万旺威维伟卫文西希祥翔小欣新信兴星雄秀旭雅亚扬阳洋"
    "业一怡宜亿益意银英盈永优友宇玉元源远悦云泽展正之志智中众卓子尊"
)
_LETTERS: Final = "abcdefghjklmnprstuvwxz"


def word(dice: random.Random, syllables: int = 2) -> str:
    """A word nobody knows."""
    return "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) for _ in range(syllables)) + dice.choice(
        _CODAS
    )


def han(dice: random.Random, length: int = 2) -> str:
    """A Chinese name nobody knows."""
    return "".join(dice.choice(_HAN) for _ in range(length))


def letters(dice: random.Random, length: int) -> str:
    """Letters that begin or end a code."""
    return "".join(dice.choice(_LETTERS) for _ in range(length))


def digits(dice: random.Random, length: int) -> str:
    """Figures of a code; the first is not 0."""
    return str(dice.randint(1, 9)) + "".join(str(dice.randint(0, 9)) for _ in range(length - 1))


GRAMMARS: Final = (
    "L-N", "LN", "LNX", "L-NX", "L-N/X", "NLN", "N-N", "N-N-N", "N", "LNLN", "L N", "LNX-X", "XNXN", "L-N-X", "NX", "N#XX",
    "LN-N", "LXN", "LXNXX", "N-XN",
)  # fmt: skip
"""L the letters of the line, N figures, X letters of the piece; the rest stands as it is."""


def code(dice: random.Random, grammar: str, line_letters: str, lengths: tuple[int, ...]) -> str:
    """A code of `grammar`; `lengths` are those of its figures in order."""
    left = list(lengths)
    parts = []
    for sign in grammar:
        if sign == "L":
            parts.append(line_letters)
        elif sign == "N":
            parts.append(digits(dice, left.pop(0) if left else dice.randint(2, 4)))
        else:
            parts.append(letters(dice, 1) if sign == "X" else sign)
    return "".join(parts)


def neighbour(dice: random.Random, written: str) -> str:
    """The code of a sibling: one sign of it another one, near the end more often than not."""
    places = [i for i, sign in enumerate(written) if sign.isalnum()]
    late = places[len(places) // 2 :] or places
    at = dice.choice(late if dice.random() < 0.75 else places)
    sign = written[at]
    pool = "0123456789" if sign.isdigit() else _LETTERS
    other = dice.choice([one for one in pool if one != sign])
    return written[:at] + other + written[at + 1 :]
