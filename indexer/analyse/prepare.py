"""The text that the analyser and every rule of the reader see: normal form, numerals as digits, glued words apart.

Lexicon phrases go through the same preparation, so that a phrase always meets itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from indexer.analyse.fold import Traced, normalise_with_offsets
from indexer.analyse.numerals import with_digits

MAX_CHARS: Final = 1000
"""Longer text is cut: titles end at 500 (catalog.listing.MAX_TITLE), and sizes and attributes may follow them."""

_LATIN_WORDS: Final = frozenset(
    {
        "iphone", "ipad", "airpods", "macbook", "imac", "galaxy", "pixel", "redmi", "xiaomi", "huawei",
        "honor", "oppo", "vivo", "realme", "oneplus", "iqoo", "samsung", "apple", "sony", "nova", "mate",
        "pura", "find", "reno", "magic", "note", "turbo", "fold", "flip", "neo", "ace", "civi", "mix",
        "pocket", "play", "pro", "max", "plus", "ultra", "mini", "air", "lite", "gt", "se", "freebuds",
        "freeclip", "buds", "enco", "thinkpad", "thinkbook", "matebook", "magicbook", "redmibook",
        "surface", "book", "x", "xr", "xs", "lolli", "pods", "linkbuds", "watch",
    }
)  # fmt: skip
"""Latin words that titles glue to their neighbours."""
_LONG_LATIN = re.compile(r"[a-z]{5,24}(?P<figure>(?=[0-9]))?")
_GLUED_STORAGE = re.compile(r"[a-z](?=(?:64|128|256|512)gb?(?![a-z0-9]))")
_KEEP_WHOLE: Final = frozenset(
    {"airpods", "macbook", "freebuds", "matebook", "magicbook", "redmibook", "thinkbook"}
)
_EMPTY: Final = Traced.of("")


def prepare(title: str) -> Traced:
    """`title` ready for reading, traced to its own characters; cut at `MAX_CHARS`."""
    if not title:
        return _EMPTY
    return _unglued(with_digits(normalise_with_offsets(title[:MAX_CHARS])))


def prepare_phrase(phrase: str) -> str:
    """A lexicon phrase in the form it has inside a prepared title."""
    return prepare(phrase).text


def _unglued(text: Traced) -> Traced:
    """``airpodspro`` is two words, ``iphone15promax256g`` becomes ``iphone15pro max 256g``; unknown words stay whole."""
    edits: list[tuple[int, int, str]] = []
    if "g" in text.text:
        edits += [(at.end(), at.end(), " ") for at in _GLUED_STORAGE.finditer(text.text)]
    for match in _LONG_LATIN.finditer(text.text):
        words = _words_before_figure(match[0]) if match["figure"] is not None else split_words(match[0])
        position = match.start()
        for word in words[:-1]:
            position += len(word)
            edits.append((position, position, " "))
    return text.rewritten(sorted(edits)) if edits else text


def _words_before_figure(run: str) -> tuple[str, ...]:
    """`split_words`, where one last letter may begin a model code: the run of ``vivox100``, ``redmik70``."""
    words = split_words(run)
    if len(words) > 1 or run in _LATIN_WORDS:
        return words
    head = split_words(run[:-1])
    return (*head, run[-1]) if all(word in _LATIN_WORDS for word in head) else words


@lru_cache(maxsize=4096)
def split_words(run: str) -> tuple[str, ...]:
    """`run` as known Latin words, when it is made of nothing else; else `run` alone."""
    if run in _LATIN_WORDS or run in _KEEP_WHOLE:
        return (run,)
    for cut in range(len(run) - 1, 1, -1):
        if run[:cut] in _LATIN_WORDS:
            rest = split_words(run[cut:])
            if all(word in _LATIN_WORDS for word in rest):
                return (run[:cut], *rest)
    return (run,)
