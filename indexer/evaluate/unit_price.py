"""Whether unit prices come out as expected: `bijia evaluate unit-price FILE`. Pure: the command reads the file.

One JSON document ``{"vectors": [...]}``, as tests/catalog/vectors/unit_price_vectors.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from catalog.errors import InvalidInput, InvalidMoney, InvalidQuantity
from catalog.money import LARGEST_MINOR, Money
from catalog.quantity import SPELLINGS, Quantity, Unit
from catalog.unit_price import unit_price
from indexer.evaluate.vector_file import name_of, vectors_of

CURRENCY: Final = "CNY"
"""Amounts are in fen."""

FIELDS: Final = ("landed_fen", "total", "unit", "base", "expect_fen_per_base")
"""What a case states. `total` and `base` are in the unit `unit`."""

ANOTHER_KIND: Final = f"not a file of unit prices: no case states {', '.join(FIELDS)}"

FEWEST_FIELDS: Final = 2
"""A file in which no case states so many of them is of another kind (promotions, histories)."""

_LARGEST_TOTAL: Final = 10**12
_FINEST_TOTAL: Final = -12
"""Decimal places: no amount of goods is stated finer, and ``1e-999999999`` is a small text of an enormous fraction."""


def evaluate_unit_prices(text: str, report: Callable[[str], None]) -> dict[str, Any]:
    """How the rule does on the cases in `text`.

    `report` is told, in one line each, which cases cannot be cases and why.

    Returns:
        ``cases``, ``exact`` (cases that come out as expected), ``differ`` (ids of the others) and ``malformed`` (ids, or
        numbers from 1, of those that cannot be cases; they count nowhere else).

    Raises:
        InvalidInput: not a file of unit prices.
    """
    cases, differ, malformed = 0, [], []
    for number, case in enumerate(vectors_of(text, _is_of_this_kind, ANOTHER_KIND), start=1):
        name = name_of(case, number)
        try:
            is_exact = _is_exact(case)
        except InvalidInput as error:
            report(f"case {name}: {error}")
            malformed.append(name)
            continue
        cases += 1
        if not is_exact:
            differ.append(name)
    return {"cases": cases, "exact": cases - len(differ), "differ": differ, "malformed": malformed}


def _is_of_this_kind(case: object) -> bool:
    return isinstance(case, dict) and sum(name in case for name in FIELDS) >= FEWEST_FIELDS


def _is_exact(case: object) -> bool:
    """Raises: InvalidInput: it cannot be a case."""
    if not isinstance(case, dict):
        raise InvalidInput("not an object")
    missing = [name for name in FIELDS if name not in case]
    if missing:
        raise InvalidInput(f"{', '.join(missing)} missing")
    landed = Money(_whole(case, "landed_fen", least=0), CURRENCY)
    found = unit_price(landed, _contents(case), _whole(case, "base", least=1))
    expected = _whole(case, "expect_fen_per_base", least=0)
    return found is not None and found.shown.minor == expected


def _contents(case: Mapping[str, Any]) -> Quantity:
    """`total` as it stands: `base` is in the same unit, so that converting both would change nothing."""
    return Quantity(_total(case["total"]), _unit(case["unit"]))


def _total(stated: object) -> Fraction:
    """A whole number, or a plain decimal: an ampoule holds 1.3 ml."""
    if isinstance(stated, Decimal) and stated.is_finite():
        exponent = stated.as_tuple().exponent
        is_plain = isinstance(exponent, int) and exponent >= _FINEST_TOTAL
        if is_plain and 0 < stated <= _LARGEST_TOTAL:
            return Fraction(stated)
    if type(stated) is int and 0 < stated <= _LARGEST_TOTAL:
        return Fraction(stated)
    raise InvalidQuantity(f"total is no amount of goods: {_shortly(stated)}")


def _unit(stated: object) -> Unit:
    """The base unit of a spelling: a unit's own name in any case, or one of `SPELLINGS`."""
    if isinstance(stated, str):
        folded = stated.casefold()
        if folded in SPELLINGS:
            return SPELLINGS[folded][0]
        if folded in set(Unit):
            return Unit(folded)
    raise InvalidQuantity(f"unit is not known: {_shortly(stated)}")


def _whole(case: Mapping[str, Any], name: str, *, least: int) -> int:
    stated = case[name]
    if type(stated) is not int or not least <= stated <= LARGEST_MINOR:
        raise InvalidMoney(_shortly(stated), f"{name} is no whole number from {least} on")
    return stated


def _shortly(stated: object) -> str:
    return str(stated)[:40]
