"""Codes in titles: trade item numbers, ISBNs and makers' codes (domain §2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.errors import InvalidGtin
from catalog.gtin import Gtin, parse_gtin
from indexer.read_title.blank import Span

_LONG_NUMBER = re.compile(
    r"(?<![0-9a-z.\-])(?:[0-9]{12,14}|97[89]-?[0-9]-?[0-9]{2,7}-?[0-9]{1,6}-?[0-9])(?![0-9a-z\-])"
)
_LONG_RUN = re.compile(r"[0-9][0-9\-]{7}")
"""Is in every such number, and is found much faster."""
_ISBN10 = re.compile(r"isbn\s?:?\s?([0-9]{9}[0-9x])(?![0-9a-z])")
_SUFFIX: Final = {"pro": "Pro", "plus": "Plus", "max": "Max", "ultra": "Ultra", "mini": "Mini", "nb": "NB"}


def gtins_in(text: str) -> Iterator[tuple[Gtin, Span]]:
    """Numbers in prepared text that can prove identity, with a right check digit.

    Only 12 digits and more, or after the word ISBN: eight digits in a title are a date or a licence.
    """
    if not _LONG_RUN.search(text):
        return
    for match in _LONG_NUMBER.finditer(text):
        gtin = identity_number(match[0])
        if gtin is not None:
            yield gtin, match.span()
    for match in _ISBN10.finditer(text):
        gtin = identity_number(match[1])
        if gtin is not None:
            yield gtin, match.span()


def identity_number(stated: str) -> Gtin | None:
    """The number written in `stated` when it may prove identity; a wrong one is ignored, the offer kept."""
    try:
        gtin = parse_gtin(stated)
    except InvalidGtin:
        return None
    return gtin if gtin.is_identity else None


def identity_numbers(stated: Iterable[str]) -> tuple[Gtin, ...]:
    """Those of `stated` that may prove identity, each once, in order."""
    found = (identity_number(text) for text in stated)
    return tuple(dict.fromkeys(gtin for gtin in found if gtin is not None))


def canonical_code(written: str) -> str:
    """One spelling for a maker's code: upper case, no spaces but one before a word such as Pro."""
    main, *words = written.split()
    return " ".join([main.upper(), *(_SUFFIX.get(word, word.upper()) for word in words)])
