"""What a pair is scored by: one listing as a few texts, whatever file or shop it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_TITLE: Final = ("title", "name")
_MODEL: Final = ("model", "modelno", "mpn")
_NOT_GOODS: Final = frozenset(
    {"id", "entity", "cluster_id", "label", "source", "url", "ltable_id", "rtable_id", "attrs", "attributes"}
)
"""Keys that name the record or its place and say nothing about the goods."""

MOST_ATTRIBUTES: Final = 60
_LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class Record:
    """One listing. An empty text or None: the source does not say."""

    title: str
    brand: str = ""
    model: str = ""
    category: str = ""
    description: str = ""
    price: float | None = None
    """For likeness alone, in the source's own currency: never shown, summed or compared exactly."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Everything else the source states, by name; in order of name."""


def record_of(stated: Mapping[str, Any]) -> Record:
    """The record that a line of a file or a row of a table states. Total: what is no text counts as not stated.

    ``name`` stands for ``title``, ``modelno`` and ``mpn`` for ``model``; keys that are not known become attributes, those of
    ``attrs`` too. Names of the record itself (``id``, ``entity``, ``source``, …) are no part of it.
    """
    named = {"brand", "category", "description", "price", *_TITLE, *_MODEL}
    loose = {name: value for name, value in stated.items() if name not in named | _NOT_GOODS}
    for inner in (stated.get("attrs"), stated.get("attributes")):
        loose |= inner if isinstance(inner, Mapping) else {}
    attributes = sorted((str(name), text) for name, value in loose.items() if (text := _text(value)))
    return Record(
        title=_first(stated, _TITLE),
        brand=_text(stated.get("brand")),
        model=_first(stated, _MODEL),
        category=_text(stated.get("category")),
        description=_text(stated.get("description")),
        price=_price(stated.get("price")),
        attributes=tuple((name, text[:_LONGEST_VALUE]) for name, text in attributes[:MOST_ATTRIBUTES]),
    )


def _first(stated: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(stated.get(name)))), "")


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    text = str(value).strip()
    return "" if text.casefold() in {"nan", "none", "null"} else text


def _price(value: object) -> float | None:
    """A positive figure; zero is how sources write that they know none."""
    text = _text(value).lstrip("$€£¥ ").replace(",", "")
    try:
        price = float(text)
    except ValueError:
        return None
    return price if math.isfinite(price) and price > 0 else None
