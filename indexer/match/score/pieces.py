"""A text into what can be compared: words, joined codes, amounts, three-letter pieces.

Cheap on purpose: a record is cut once, about 150 µs, and compared thousands of times. What a title *means* is read in
`indexer/read_title/`; this knows no brand and no family, so that it works on goods nobody has described to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from indexer.analyse.fold import normalise
from indexer.analyse.words import without_accent

LONGEST_TITLE: Final = 600
"""Characters of a title that are looked at; the longest of marketplaces have about 250."""
LONGEST_DESCRIPTION: Final = 1_200
MOST: Final = 96
"""Pieces of one kind of one record (DECISIONS 54): what a stuffed title costs is bounded."""

_WORD = re.compile(r"[0-9]+\.[0-9]+(?![0-9a-z.])|[a-z0-9]+|[㐀-鿿]+|[^\W\d_]+")
_HAN = re.compile(r"[㐀-鿿]")
_ATOM = re.compile(r"[a-z]+|[0-9]+")
_CLUSTER = re.compile(r"[a-z0-9]+(?:[-/._+#][a-z0-9]+)*")
_NOT_ALNUM = re.compile(r"[\W_]+")
_GLUE: Final = frozenset(["", " ", "-", "/", ".", "_", " - ", "- ", " -"])
_MOST_JOINED: Final = 5
_SHORTEST_JOIN: Final = 3
_LONGEST_JOIN: Final = 24
_SHORTEST_CODE: Final = 4
_SHORTEST_NUMBER: Final = 5
_NOT_CODE = re.compile(
    r"(?:[0-9.]+(?:x[0-9.]+)+|(?:[0-9.]+-)?[0-9.]+(?:gb|tb|mb|kb|ghz|mhz|hz|khz|mm|cm|in|inch|ft|mp|megapixels?|w|watts?|v|volts?|mah|"
    r"ml|oz|lbs?|kg|rpm|dpi|fps|x|p|k|th|st|nd|rd|pack|pk|ct|pc|pcs|port|bit|mbps|gbps|way|ohm|g|m|l|s|a|d))"
    r"|[0-9]+(?:[./][0-9]+)+|(?:19|20)[0-9]{2}(?:-(?:19|20)?[0-9]{2})?|[a-z]{1,3}[0-9]|usb[0-9.]+|mp[34]|h26[45]|mpeg-?[0-9]|[0-9]{1,2}-[a-z]+"
)
"""What looks like a maker's code and is an amount, a year or a standard."""


def folded(text: str, longest: int) -> str:
    """`text` in its comparable form, at most `longest` characters of it."""
    plain = normalise(text[:longest])[:longest]
    return plain if plain.isascii() else "".join(map(without_accent, plain))


def words_in(text: str) -> Iterator[str]:
    """The words of folded text in order: Latin ones without a plural s, Chinese as pairs of neighbours."""
    for word in _WORD.findall(text):
        if not word.isascii() and _HAN.match(word):
            yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif len(word) > 3 and word[-1] == "s" and word[-2] not in "su" and word.isalpha():
            yield word[:-1]
        else:
            yield word


class Atom(NamedTuple):
    """A run of letters or of figures, and whether it stands next to the one before."""

    text: str
    is_near: bool


def atoms_in(text: str) -> list[Atom]:
    """The runs of letters and figures of folded text."""
    found, end = [], 0
    for match in _ATOM.finditer(text):
        found.append(Atom(match[0], text[end : match.start()] in _GLUE))
        end = match.end()
    return found


def joins_in(text: str) -> set[str]:
    """Every code that `text` may hold, however it is cut: ``DSC-W 150/B`` holds dscw150b, w150, 150b and so on."""
    atoms = atoms_in(text)
    found: set[str] = set()
    for first, atom in enumerate(atoms):
        joined, has_figure = atom.text, atom.text[0].isdigit()
        for after in range(first + 1, first + 1 + _MOST_JOINED):
            if has_figure and _SHORTEST_JOIN <= len(joined) <= _LONGEST_JOIN:
                found.add(joined)
            if after >= len(atoms) or not atoms[after].is_near or len(joined) > _LONGEST_JOIN:
                break
            joined += atoms[after].text
            has_figure = has_figure or atoms[after].text[0].isdigit()
        if len(found) >= 4 * MOST:
            break
    return found


def codes_in(text: str) -> list[str]:
    """What looks like a maker's code in folded text, without its dashes; in order."""
    found: dict[str, None] = {}
    for cluster in _CLUSTER.findall(text):
        for part in (cluster, *(cluster.split("/") if "/" in cluster else ())):
            squeezed = _NOT_ALNUM.sub("", part)
            if is_code(part, squeezed):
                found[squeezed[:_LONGEST_JOIN]] = None
    return list(found)[:MOST]


def is_code(written: str, squeezed: str) -> bool:
    """Whether a cluster of letters and figures looks like a maker's code: figures in it, long enough, no amount."""
    if _NOT_CODE.fullmatch(written) or not any(map(str.isdigit, squeezed)):
        return False
    if squeezed.isdigit():
        return len(squeezed) >= _SHORTEST_NUMBER
    return len(squeezed) >= _SHORTEST_CODE


FITS = re.compile(
    r"\b(?:for|fits|compatible with|compatible|replaces|replacement for|suits|works with)\b|适用于|适用|兼容|专用于"
)
"""What stands behind it is another article, for which this one is made."""


def squeezed(text: str) -> str:
    """Letters and figures alone."""
    return _NOT_ALNUM.sub("", text)


def grams_in(text: str) -> set[str]:
    """Pieces of three characters of folded text, words set apart by one space."""
    spaced = f" {_NOT_ALNUM.sub(' ', text)} "
    return {spaced[i : i + 3] for i in range(len(spaced) - 2)}
