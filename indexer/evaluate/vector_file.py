"""Files of worked cases, ``{"vectors": [...]}``: opened, and their cases named. What a case is, each kind knows itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from catalog.errors import InvalidInput


def vectors_of(text: str, is_of_this_kind: Callable[[Any], bool], otherwise: str) -> list[Any]:
    """The cases in `text`; numbers with a point are exact decimals.

    Raises:
        InvalidInput: not such a file, or one without a case of this kind, which `otherwise` says.
    """
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"not a JSON document: {error}") from error
    vectors = document.get("vectors") if isinstance(document, dict) else None
    if not isinstance(vectors, list) or not any(is_of_this_kind(case) for case in vectors):
        raise InvalidInput(otherwise)
    return vectors


def name_of(case: object, number: int) -> str | int:
    """What a case is called: its id, else its number in the file, from 1."""
    stated = case.get("id") if isinstance(case, dict) else None
    return stated if isinstance(stated, str) and stated else number
