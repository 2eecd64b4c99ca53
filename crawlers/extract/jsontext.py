"""JSON text to values without losing a digit: numbers with a point become Decimal, never float."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from catalog.errors import Action
from crawlers.extract.decode import fault


def parse_json(text: str) -> Any:
    """The value that `text` holds.

    Raises:
        SourceError: ``not_json``: syntax, NaN or Infinity, nesting deeper than the parser goes, huge integers.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise fault("not_json", f"{type(error).__name__}: {text[:120]!r}", Action.BACKOFF) from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
