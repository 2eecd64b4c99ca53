"""Latin letters and figures as tokens: iphone15, iphone 15 and IPHONE-15 meet (search reference §3.3 step 4).

A *cluster* is a stretch of letters and figures with nothing but spaces or hyphens between its pieces. A document
carries every run of neighbouring pieces joined; a query asks for the pieces as they were glued together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

MOST_JOINED: Final = 5
"""Pieces of the longest joined token: ``wh-1000xm5`` has four, ``iphone15promax256`` five."""
LONGEST: Final = 60

_CLUSTER = re.compile(
    r"[a-z0-9]+(?:\.[0-9]+)?(?:\+(?![a-z0-9]))?(?:[\s-]?[a-z0-9]+(?:\.[0-9]+)?(?:\+(?![a-z0-9]))?)*"
)
_GLUED = re.compile(r"[^\s-]+")
_PIECE = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+\+?")


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Where clusters stand in prepared text."""
    return (match.span() for match in _CLUSTER.finditer(text))


def document_tokens(cluster: str) -> list[str]:
    """Each piece of `cluster`, and every run of up to `MOST_JOINED` neighbouring pieces joined."""
    pieces = [piece for run in _GLUED.findall(cluster) for piece in _pieces(run)]
    tokens = []
    for i in range(len(pieces)):
        token = ""
        for piece in pieces[i : i + MOST_JOINED]:
            token += piece
            if len(token) > LONGEST:
                break
            tokens.append(token)
            if token.endswith("+"):
                tokens.append(token[:-1])
    return tokens


def query_tokens(cluster: str) -> list[str]:
    """Each stretch of `cluster` as it was written together: ``iphone15 pro`` asks for iphone15 and pro."""
    tokens = []
    for run in _GLUED.findall(cluster):
        pieces = _pieces(run)
        tokens += ["".join(pieces[i : i + MOST_JOINED]) for i in range(0, len(pieces), MOST_JOINED)]
    return [token[:LONGEST] for token in tokens]


def _pieces(run: str) -> list[str]:
    return [piece[:LONGEST] for piece in _PIECE.findall(run)]


@lru_cache(maxsize=4096)
def without_accent(char: str) -> str:
    """A Latin letter without its accent (ô -> o); every other character as it is."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char
