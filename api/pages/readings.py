"""What was read from one offer, in words: from which words of its title, how sure that is, and what stays in doubt. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.pages.attributes import Wording
from api.pages.texts import Texts
from indexer.doubts import LEAST_SURE

_TEXTS: Final[Mapping[str, str]] = {"title": "title", "sku": "sku_text"}
"""Source whose values have a place in a text -> the offer's text."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A short remark, and what it means."""

    text: str
    title: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and what was read from it."""

    text: str
    names: str
    """Attributes in words; empty: nothing was read from it."""


@dataclass(frozen=True, slots=True)
class Read:
    """One value that was read."""

    name: str
    value: str
    words: str | None
    """As they stand in the title or the SKU text; None: it was read from a field."""
    source: str
    confidence: int
    is_probable: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of an offer."""

    title: tuple[Piece, ...]
    sku_text: tuple[Piece, ...]
    values: tuple[Read, ...]
    conflicts: tuple[str, ...]
    """What contradicts what, a line each."""
    missing: str
    """Names of what splits and is not stated, listed."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A value as the document carries it."""

    name: str
    value: str
    source: str
    confidence: int
    span: tuple[int, int] | None

    @classmethod
    def of(cls, one: Sequence[Any]) -> _Found:
        name, value, source, confidence, *span = one
        return cls(name, str(value), source, confidence, (span[0], span[1]) if span else None)


class Readings:
    """Puts readings into words."""

    def __init__(self, texts: Texts, wording: Wording) -> None:
        self._texts = texts
        self._wording = wording

    def of(self, offer: Mapping[str, Any]) -> Reading:
        """What was read from an offer of a document."""
        found = [_Found.of(one) for one in offer["read"]]
        return Reading(
            title=self._pieces(offer["title"], [one for one in found if one.source == "title"]),
            sku_text=self._pieces(offer["sku_text"], [one for one in found if one.source == "sku"]),
            values=tuple(self._read(one, offer) for one in found),
            conflicts=tuple(self._conflict(one) for one in offer["conflicts"]),
            missing=self._wording.attributes(offer["missing"]),
        )

    def doubts(self, offer: Mapping[str, Any]) -> list[Badge]:
        """What is in doubt of what splits the offer's goods from others: a badge for each way of doubt."""
        split = [one for one in offer["conflicts"] if one["splits"]]
        contested = [one["attribute"] for one in split]
        found = []
        if not offer["is_certain"] and (offer["missing"] or not split):
            found.append(self.uncertain(offer["missing"]))
        if split:
            told = self._texts("mark.semicolon").join(self._conflict(one) for one in split)
            found.append(self._doubt("conflict", contested, told))
        if offer["probable"]:
            names = offer["probable"]
            found.append(self._doubt("probable", names, self._wording.attributes(names)))
        return found

    def uncertain(self, missing: Sequence[str]) -> Badge:
        """The badge of what leaves open something that splits products."""
        unknown = self._texts("mark.unknown")
        left_open = self._wording.attributes(missing) or unknown
        title = self._texts("badge.uncertain_title", missing=left_open)
        text = self._texts("badge.uncertain")
        return Badge(text + self._named(missing) if missing else text, title, "warn")

    def _doubt(self, name: str, attributes: Sequence[str], told: str) -> Badge:
        title = self._texts(f"badge.{name}_title", told=told, least=LEAST_SURE)
        return Badge(
            self._texts(f"badge.{name}") + self._named(attributes), title, "warn" * (name == "conflict")
        )

    def _named(self, attributes: Sequence[str]) -> str:
        return self._texts("badge.of", names=self._wording.attributes(list(dict.fromkeys(attributes))))

    def _read(self, one: _Found, offer: Mapping[str, Any]) -> Read:
        words = offer[_TEXTS[one.source]][slice(*one.span)] if one.span and one.source in _TEXTS else None
        return Read(
            name=self._wording.attribute(one.name),
            value=self._wording.value(one.name, one.value),
            words=words,
            source=self._wording.value("source", one.source),
            confidence=one.confidence,
            is_probable=one.confidence < LEAST_SURE,
        )

    def _conflict(self, one: Mapping[str, Any]) -> str:
        """``存储：标题 256GB，款式文字 128GB``; of one source its name once."""
        sources: Iterable[str] = one["sources"]
        sides: dict[str, list[str]] = {}
        for source, value in zip(sources, one["values"], strict=False):
            sides.setdefault(source, []).append(self._wording.value(one["attribute"], value))
        told = [
            self._texts(
                "read.said",
                source=self._wording.value("source", source),
                value=self._texts("read.or").join(values),
            )
            for source, values in sides.items()
        ]
        return self._texts(
            "read.conflict",
            name=self._wording.attribute(one["attribute"]),
            sides=self._texts("mark.semicolon").join(told),
        )

    def _pieces(self, text: str, found: Sequence[_Found]) -> tuple[Piece, ...]:
        """`text` cut where what was read of it changes."""
        spans = [(one.name, *one.span) for one in found if one.span]
        borders = sorted(
            {0, len(text), *(place for _, *ends in spans for place in ends if place <= len(text))}
        )
        cut = [
            (
                tuple(dict.fromkeys(name for name, start, end in spans if start <= left and right <= end)),
                left,
                right,
            )
            for left, right in itertools.pairwise(borders)
        ]
        whole = [
            (names, list(pieces)) for names, pieces in itertools.groupby(cut, key=lambda piece: piece[0])
        ]
        return tuple(
            Piece(text[pieces[0][1] : pieces[-1][2]], self._wording.attributes(names))
            for names, pieces in whole
        )
