"""Characters into their one comparable form, and the way back to the original text.

Folding is NFKC (full width to half width),
case folding, traditional to simplified Chinese, whitespace to single
spaces. What a title *means* is read in `indexer/read_title/`; words are cut in `indexer/analyse/text.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

_HAN_BLOCKS: Final = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
_VARIATION_SELECTORS: Final = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x20E3])
_TO_SPACE: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_ROUNDS: Final = 8
"""Compatibility forms of case-folded characters settle after two rounds at most; the rest is a guard."""


class Traced(NamedTuple):
    """Text that remembers which characters of the original each of its characters stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Traced:
        """`text` standing for itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The original's characters behind ``text[start:end]``; None for an empty piece."""
        if not 0 <= start < end <= len(self.text):
            return None
        return self.starts[start], self.ends[end - 1]

    def rewritten(self, edits: Iterable[tuple[int, int, str]]) -> Traced:
        """The text with ``text[start:end]`` replaced, for ascending and disjoint `edits` of (start, end, new).

        Every new character stands for the whole replaced piece; an insertion stands for its right neighbour.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            span = self.span(start, end) or self.span(start, start + 1) or (0, 0)
            starts.extend([span[0]] * len(new))
            ends.extend([span[1]] * len(new))
            done = end
        if not pieces:
            return self
        pieces.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Traced("".join(pieces), starts, ends)


def normalise(text: str) -> str:
    """The comparable form of `text`: NFKC, simplified Chinese, case folded, whitespace as single spaces.

    Idempotent, and total: control characters and lone surrogates become spaces, invisible format characters vanish.
    Chinese is converted character by character, so that equal words are equal whatever stands beside them.
    """
    folded = text.translate(_table())
    for _ in range(_ROUNDS):
        if unicodedata.is_normalized("NFKC", folded):
            break
        folded = compatible(folded).translate(_table())
    return " ".join(folded.split())


def normalise_with_offsets(text: str) -> Traced:
    """`normalise(text)`, traced to the characters of `text`."""
    table = _table()
    folded = text.translate(table)
    if not unicodedata.is_normalized("NFKC", folded):
        return _traced_by_clusters(text)
    settled = " ".join(folded.split())
    if len(settled) == len(text) and table.uneven.isdisjoint(text):  # one for one: by far the commonest
        return Traced.of(settled)
    pieces = [table[ord(char)] for char in text]
    return _with_single_spaces(pieces, range(len(pieces)), range(1, len(pieces) + 1))


def _traced_by_clusters(text: str) -> Traced:
    """Where combining marks compose with their base, the cluster of both is one piece."""
    clusters = list(_clusters(text))
    pieces = [normalise(f"|{text[start:end]}|")[1:-1] for start, end in clusters]
    traced = _with_single_spaces(pieces, [start for start, _ in clusters], [end for _, end in clusters])
    folded = normalise(text)
    if traced.text == folded:
        return traced
    # Exotic scripts compose across clusters; evidence then points at the whole title.
    return Traced(folded, [0] * len(folded), [len(text)] * len(folded))


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not unicodedata.combining(text[i]):
            yield start, i
            start = i


def _with_single_spaces(
    pieces: Sequence[str], piece_starts: Sequence[int], piece_ends: Sequence[int]
) -> Traced:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in zip(pieces, piece_starts, piece_ends, strict=True):
        for char in piece:
            if char == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(char)
            starts.append(start)
            ends.append(end)
    if chars and chars[-1] == " ":
        del chars[-1], starts[-1], ends[-1]
    return Traced("".join(chars), starts, ends)


class _FoldTable(dict[int, str]):
    """Code point -> its folded text, worked out on first sight; `str.translate` reads it in C."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        """Characters seen so far that fold to none or to several."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


@cache
def _table() -> _FoldTable:
    return _FoldTable()


def compatible(text: str) -> str:
    """First step (domain §2.2): NFKC, so that full width is half width."""
    return unicodedata.normalize("NFKC", text)


def simplified(text: str) -> str:
    """Second step: traditional characters as simplified ones, each for itself."""
    return "".join(_simplified().get(char, char) for char in text)


def caseless(text: str) -> str:
    """Third step: case folded."""
    return text.casefold()


def _fold_char(char: str) -> str:
    if char.isspace() or unicodedata.category(char) in _TO_SPACE:
        return " "
    if ord(char) in _VARIATION_SELECTORS or unicodedata.category(char) == "Cf":
        return ""
    folded = char
    for _ in range(_ROUNDS):
        before = folded
        folded = caseless(simplified(compatible(folded)))
        if folded == before:
            break
    return folded


@cache
def _simplified() -> dict[str, str]:
    """Traditional character -> simplified, from OpenCC's t2s tables (30 ms once, at the first text).

    Per character, not per phrase: OpenCC's phrases keep 乾 in 乾隆, which would make a word depend on its neighbours
    and break idempotence.
    """
    import opencc

    han = [chr(code) for low, high in _HAN_BLOCKS for code in range(low, high)]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {old: new for old, new in zip(han, simple, strict=True) if old != new}
    return {old: table.get(new, new) for old, new in table.items()}
