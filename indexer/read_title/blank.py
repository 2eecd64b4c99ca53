"""Taking pieces out of a text without moving the rest: each becomes as many spaces."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def blank(text: str, spans: Iterable[Span]) -> str:
    """`text` with each of `spans` (in any order, overlaps allowed) replaced by spaces of the same length."""
    for start, end in spans:
        if end > start:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether `span` shares a character with any of `others`."""
    start, end = span
    return any(low < end and start < high for low, high in others)
