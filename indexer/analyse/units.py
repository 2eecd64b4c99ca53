"""Amounts as tokens: 550毫升 and 550ml, 1kg and 2斤, 65英寸 and 65寸, ×24 and 24瓶装 meet (search reference §3.3 step 2).

One token per amount, in the base unit of `catalog.quantity`. What an amount *means* for the goods is judged in
`indexer/read_title/`; here two ways of writing it only become equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from catalog.quantity import SPELLINGS, Unit, decimal_text
from indexer.analyse.numerals import MEASURES

_LIKE_STORAGE: Final = frozenset(
    map(str, (4, 6, 8, 12, 16, 18, 24, 32, 36, 48, 64, 96, 128, 256, 512, 1024, 2048, 4096, 8192))
)
"""Figures of which a bare ``g`` may mean gigabytes: 128G of a phone, 128g of tea."""
_GIGABYTES: Final = frozenset({"gb", "tb", "t"})
_ONE: Final = Fraction(1)
_OTHER_UNITS: Final = {
    "英寸": "寸", "英吋": "寸", "吋": "寸", "寸": "寸", "inch": "寸", "inches": "寸", '"': "寸", "”": "寸",
    "匹": "匹", "p": "匹", "hp": "匹", "度": "度", "°": "度", "%vol": "度", "vol": "度", "段": "段", "代": "代", "码": "码",
    "层": "层",
}  # fmt: skip
_LATIN_MEASURES: Final = "bottles?|cans?|bags?|boxe?s?|packs?|pcs|pieces?|rolls?|sheets?|pairs?"

_AMOUNT = re.compile(
    rf"(?P<figure>[0-9]{{1,7}}(?:\.[0-9]{{1,3}})?)\s?"
    rf"(?:(?P<size>{'|'.join(sorted(map(re.escape, [*SPELLINGS, 't']), key=len, reverse=True))})(?![a-z])"
    rf"|(?P<other>{'|'.join(sorted(map(re.escape, _OTHER_UNITS), key=len, reverse=True))})(?![a-z])"
    rf"|(?P<measure>[{MEASURES}提]装?|-?(?:{_LATIN_MEASURES})(?![a-z])|(?=[x×*]\s?[0-9.]{{1,7}}\s?(?:ml|l|g|kg)(?![a-z]))))?"
)
_FIGURE_START = re.compile(r"(?<![0-9.])[0-9]")
_BEHIND = re.compile(
    r"(?P<times>[*×]|(?<=[0-9gl瓶罐盒箱包袋升克])\s?x)\s?$|(?P<pack>pack of )$|(?P<word>[a-z.])$"
)
_TIMES: Final = frozenset({"x", "*", "×"})
_REACH: Final = 9
"""Characters before a figure that say how it is meant: ``pack of 4``, ``*24``, ``xm5``."""


class Amount(NamedTuple):
    """An amount at ``text[start:end]``: tokens that a document carries and the ones that a query asks for."""

    start: int
    end: int
    document: tuple[str, ...]
    query: tuple[str, ...]


def amounts_in(text: str) -> Iterator[Amount]:
    """Every amount in prepared text, from left to right. Figures without unit or multiplication sign are none."""
    done = 0
    for figure in _FIGURE_START.finditer(text):
        at = figure.start()
        match = _AMOUNT.match(text, at)
        if match is None or at < done:
            continue
        behind = _BEHIND.search(text, max(done, at - _REACH), at)
        if behind is not None and behind["word"]:
            continue  # a model code
        is_times = done > 0 and text[done:at].strip() in _TIMES
        tokens = _tokens(match, is_pack=behind is not None or is_times)
        if tokens is not None:
            start = done if is_times else at - len(behind[0]) if behind else at
            done = match.end()
            yield Amount(start, done, *tokens)


def _tokens(match: re.Match[str], *, is_pack: bool) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    written = match["figure"]
    if match["size"] is not None:
        return _size_tokens(written, match["size"])
    if match["other"] is not None:
        figure = _times(written, _ONE)
        return (f"{figure}{_OTHER_UNITS[match['other']]}", figure), (
            f"{figure}{_OTHER_UNITS[match['other']]}",
        )
    if (match["measure"] is not None or is_pack) and "." not in written:
        return (f"x{int(written)}",), (f"x{int(written)}",)
    return None


def _times(written: str, factor: Fraction) -> str:
    if "." not in written and factor.denominator == 1:
        return str(
            int(written) * factor.numerator
        )  # Fractions cost ten times as much; most amounts are whole
    return decimal_text(Fraction(written) * factor)


def _size_tokens(written: str, spelling: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``g`` is both grams and, for memory sizes, gigabytes: a document carries both readings, a query asks for ``g``.

    So 128G meets 128GB and 128克, but a query for 128克 never finds a 128GB phone.
    """
    unit, factor = SPELLINGS["tb" if spelling == "t" else spelling]
    amount = _times(written, factor)
    if spelling in _GIGABYTES:
        return (f"{amount}gb", f"{amount}g", amount), (f"{amount}gb",)
    if unit is not Unit.GRAM:
        return (f"{amount}{unit}",), (f"{amount}{unit}",)
    if spelling != "g":
        return (f"{amount}克", f"{amount}g"), (f"{amount}克",)
    document: tuple[str, ...] = (f"{amount}克", f"{amount}g")
    if written in _LIKE_STORAGE:
        document = (*document, f"{amount}gb", written)
    return document, (f"{amount}g",)
