"""How well titles are read, on lines of labelled titles: `bijia evaluate titles FILE`. Pure: the command reads the file.

One JSON object per line, as tests/indexer/read_title/title_vectors.jsonl; which fields are compared is `FIELDS`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Final, Protocol

from catalog.quantity import Quantity, decimal_text
from indexer.analyse.fold import normalise
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.colour import colour_in_field
from indexer.read_title.reading import Reading

_NO_BRAND: Final = frozenset({"unknown", "unbranded"})


class ReadsTitles(Protocol):
    """What is measured: `indexer.read_title.reader.TitleReader`, or a broken twin of it."""

    def read_text(self, title: str) -> Reading:
        """What the title says is sold."""
        ...


def evaluate_titles(lines: Iterable[str], reader: ReadsTitles) -> dict[str, Any]:
    """How `reader` does on `lines`.

    Returns:
        ``cases``, ``exact`` (cases with every field right), ``differ`` (ids of the others), ``fields`` (field ->
        fraction of cases right) and ``malformed`` (numbers, from 1, of lines that are no case; they count nowhere else).
    """
    right: Counter[str] = Counter()
    cases, differ, malformed = 0, [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case = _case(line)
        if case is None:
            malformed.append(number)
            continue
        cases += 1
        wrong = wrong_fields(case, reader.read_text(case["title"]))
        right.update(name for name in FIELDS if name not in wrong)
        if wrong:
            differ.append(case["id"])
    fields = {name: right[name] / cases for name in FIELDS} if cases else {}
    return {
        "cases": cases,
        "exact": cases - len(differ),
        "differ": differ,
        "fields": fields,
        "malformed": malformed,
    }


def wrong_fields(case: Mapping[str, Any], reading: Reading) -> dict[str, tuple[object, object]]:
    """The fields in which `reading` differs from `case`: (expected, found), both in comparable form."""
    found = {name: compare(case, reading) for name, compare in FIELDS.items()}
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def _case(line: str) -> dict[str, Any] | None:
    try:
        case = json.loads(line)
    except ValueError:
        return None
    is_case = (
        isinstance(case, dict) and isinstance(case.get("title"), str) and isinstance(case.get("id"), str)
    )
    return case if is_case and isinstance(case.get("variant", {}), dict) else None


def _brand(case: Mapping[str, Any], reading: Reading) -> tuple[object, object]:
    expected = case.get("brand")
    return None if expected in _NO_BRAND else expected, reading.brand


def _model(case: Mapping[str, Any], reading: Reading) -> tuple[object, object]:
    return _squeezed(case.get("model")), _squeezed(reading.model)


def _quantity(case: Mapping[str, Any], reading: Reading) -> tuple[object, object]:
    return _amount(case.get("quantity")), _stated(reading.quantity)


def _total(case: Mapping[str, Any], reading: Reading) -> tuple[object, object]:
    return _amount(case.get("total_quantity")), _stated(reading.total)


def _variant(case: Mapping[str, Any], reading: Reading) -> tuple[object, object]:
    """Colours in one language: a label may say Black or 黑色."""
    expected = {name: _value(_one_language(name, value)) for name, value in case.get("variant", {}).items()}
    return expected, {name: _value(value) for name, value in reading.variant}


def _one_language(name: str, value: object) -> object:
    return colour_in_field(prepare_phrase(str(value))) if name == "color" else value


def _squeezed(text: str | None) -> str | None:
    """Case, width and spaces do not count."""
    return None if text is None else normalise(text).replace(" ", "")


def _amount(stated: Mapping[str, Any] | None) -> object:
    return None if stated is None else (Fraction(str(stated["value"])), str(stated["unit"]))


def _stated(quantity: Quantity | None) -> object:
    return None if quantity is None else (quantity.amount, quantity.unit.value)


def _value(value: object) -> str:
    """One text for 128, ``"128"`` and 128.0; ``true`` for True."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = normalise(str(value)).replace(" ", "")
    try:
        return decimal_text(Fraction(text)) if text.replace(".", "", 1).isdecimal() else text
    except (ValueError, ZeroDivisionError):
        return text


Compare = Callable[[Mapping[str, Any], Reading], tuple[object, object]]

FIELDS: Final[Mapping[str, Compare]] = {
    "brand": _brand,
    "model": _model,
    "quantity": _quantity,
    "pack_count": lambda case, reading: (case.get("pack_count", 1), reading.pack_count),
    "total_quantity": _total,
    "condition": lambda case, reading: (case.get("condition", "new"), reading.condition.value),
    "region_version": lambda case, reading: (case.get("region_version"), reading.region_version),
    "is_bundle": lambda case, reading: (case.get("is_bundle", False), reading.is_bundle),
    "variant": _variant,
}
"""Field -> (expected, found) in comparable form. ``unknown`` and ``unbranded`` brands are None."""
