"""Product lines that no list has, told by their place: what stands between the brand and the noun (domain §2.3).

``纪梵希 心无禁忌 香水``, ``Johnnie Walker Black Label Whisky``: lists end, sellers do not. Such a line is shown and
searched; it proves no identity (`UNLISTED`), because where a name ends is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.analyse.phrases import Hit
from indexer.read_title.blank import Span, blank
from indexer.read_title.brand import Naming
from indexer.read_title.models import ModelFound
from indexer.read_title.words import Word

UNLISTED: Final = "words behind the brand"
"""The rule of a line that is told by its place alone."""

_CONFIDENCE: Final = 50
"""Percent: shown as probable (DECISIONS 51, 52)."""
_WALL: Final = "|"
"""Stands in for whatever is explained already: no line reaches across it."""
_OTHER_NAME = re.compile(r"\s?\([a-z0-9][^()㐀-鿿]{0,30}\)")
"""The brand once more, in Latin letters: 清扬（CLEAR）."""
_GAP = re.compile(r"[\s()/,·・:\-]*")
_LINE = re.compile(
    r"(?P<han>[a-z0-9+]{0,8}[㐀-鿿][㐀-鿿a-z0-9+·]{1,11})|(?P<latin>[a-z][a-z0-9+.'&%-]*(?:\s[a-z0-9+.'&%-]+){0,3})"
)
_MEASURE = re.compile(
    r"[0-9]+(?:\.[0-9]+)?(?:ml|l|g|kg|mg|cl|gb?|tb?|cm|mm|w|v|hz|inch|[瓶罐盒箱包袋支片枚抽卷粒颗本册双条个杯桶提斤升克毫])"
)
_ORIGIN = re.compile(r"[一-鿿]{2,4}(?=进口|原产|直采|空运|直发|直邮|本土|产地|原装|代购|制造)")
"""Where the goods come from: 智利进口."""
_SMALL_WORDS: Final = frozenset(
    [
        "and",
        "with",
        "for",
        "of",
        "in",
        "the",
        "by",
        "from",
        "a",
        "an",
        "x",
        "pack",
        "set",
        "size",
        "new",
        "&",
        "+",
        "-",
    ]
)
_NO_NAME = re.compile(r"[0-9.%+-]+|.")


def line_by_place(
    text: str, hits: Sequence[Hit[Word]], namings: Sequence[Naming], untouched: str, *, has_colour: bool
) -> ModelFound | None:
    """The words directly behind the brand, up to the next word that is known.

    Args:
        text: Prepared text from which everything explained is taken out (as spaces).
        hits: Known phrases of the text: none of them is part of a line.
        namings: Where the brand stands.
        untouched: The text with nothing taken out.
        has_colour: Whether colours are attributes of such goods; else they may be words of a line (Black Label).

    Returns:
        None where the brand is not named, or where something known follows it directly.
    """
    if not namings:
        return None
    brands = [(naming.start, naming.end) for naming in namings]
    walls = [(hit.start, hit.end) for hit in hits if _is_known(hit.payload, has_colour=has_colour)]
    walls += [match.span() for match in _ORIGIN.finditer(untouched)]
    open_text = _walled(text, [*walls, *brands])
    for _, end in sorted(brands):
        other_name = _OTHER_NAME.match(untouched, end)
        found = _line_at(open_text, other_name.end() if other_name else end)
        if found is not None:
            return found
    return None


def _is_known(word: Word, *, has_colour: bool) -> bool:
    return bool(
        word.cues or word.hints or word.accessories or word.region or word.condition or word.voucher
        or (word.colour and has_colour) or word.is_noise or word.aliases
    )  # fmt: skip


def _walled(text: str, spans: Sequence[Span]) -> str:
    """`text` with a wall wherever two spaces stand together, and instead of each of `spans`."""
    for start, end in spans:
        text = blank(text, [(start, end)])
        text = f"{text[:start]}{_WALL * (end - start)}{text[end:]}"
    return re.sub(r"\s{2,}", lambda match: _WALL * len(match[0]), text)


def _line_at(text: str, start: int) -> ModelFound | None:
    gap = _GAP.match(text, start)
    at = gap.end() if gap else start
    match = _LINE.match(text, at)
    if match is None:
        return None
    measure = _MEASURE.search(text, at, match.end())
    end = measure.start() if measure else match.end()
    words = text[at:end].split()
    while words and words[-1] in _SMALL_WORDS:
        words.pop()
    name = " ".join(words)
    if not name or _NO_NAME.fullmatch(name):
        return None
    return ModelFound(name.upper(), (at, at + len(name)), UNLISTED, _CONFIDENCE)
