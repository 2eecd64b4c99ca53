"""The grammar of a title template, and how its pieces are joined.

`{slot}` must be written; `{slot?40}` is written four times in ten and is the first to go when the title is too long;
a space between slots is a space in the title. Without one, words run together as Chinese sellers write them, except
where two Latin letters or digits would touch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_TIDY = re.compile(r" {2,}|】 |） |\( | \)")
_NUMERALS = "一两二三四五六七八九十"
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_SLOT = re.compile(r"\{(\w+)(?:\?(\d+))?\}|( +)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One slot of a template; percent 100 is a must."""

    slot: str
    percent: int
    spaced: bool
    """A space stands before it."""


@cache
def parse(template: str) -> tuple[Piece, ...]:
    """The template's pieces in order."""
    pieces: list[Piece] = []
    spaced = False
    for slot, percent, space in _SLOT.findall(template):
        if space:
            spaced = True
            continue
        pieces.append(Piece(slot, int(percent or 100), spaced))
        spaced = False
    return tuple(pieces)


def width(text: str) -> int:
    """Columns of a marketplace's title counter: two for a Chinese character, one for a Latin one."""
    return len(text) + len(_WIDE.findall(text))


def touches(left: str, right: str) -> bool:
    """Whether joining the two without a space would make one word or number of them (青花20 and 两瓶装 as well)."""
    if (left.isdigit() or left in _NUMERALS) and (right.isdigit() or right in _NUMERALS):
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def join(written: list[tuple[Piece, str]]) -> str:
    """The title made of the written pieces; what has just been said is not said again."""
    title = ""
    for piece, text in written:
        rest = text[_overlap(title, text) :]
        if not rest:
            continue
        gap = (piece.spaced and rest == text) or (bool(title) and touches(title[-1], rest[0]))
        title += (" " if gap and title else "") + rest
    return _TIDY.sub(lambda found: found[0].strip() or " ", title).strip()


def _overlap(title: str, text: str) -> int:
    """How much of `text` the title already ends with: 苹果 + 苹果16, 双抗精华 + 精华液. Chinese words only."""
    if not text or text[0] not in title[-len(text) :][-8:]:
        return 0
    if len(text) > 1 and title.endswith(text):
        return len(text)
    for length in range(min(len(title), len(text), 6), 1, -1):
        if title.endswith(text[:length]) and not text[length - 1].isascii():
            return length
    return 0


def compact(text: str) -> str:
    """Without its spaces, but never gluing two numbers together."""
    return re.sub(r"(?<!\d) | (?!\d)", "", text)
