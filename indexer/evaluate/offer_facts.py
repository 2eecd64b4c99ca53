"""What an offer says and what was read of it, attribute by attribute, in one comparable form. None: not said, not read.

The usual is not said: new goods, one unit, the domestic edition. Reading something else into it is an error, leaving it
is none, and neither finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from catalog.quantity import decimal_text
from indexer.analyse.fold import normalise
from indexer.read_title.lexicon.load import packaged_lexicon
from indexer.read_title.reading import Reading

USUAL: Final[Mapping[str, object]] = {
    "kind": "goods",
    "is_bundle": False,
    "pack_count": 1,
    "condition": "new",
    "region_version": "cn",
}
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


class Fact(NamedTuple):
    """One attribute of one offer."""

    expected: str | None
    found: str | None

    @property
    def is_right(self) -> bool:
        """Said, and read as it is said."""
        return self.expected is not None and self.expected == self.found


def facts(truth: Mapping[str, Any], reading: Reading, variants: Collection[str]) -> dict[str, Fact]:
    """Every attribute that can be judged of this offer but its model (`model_key`).

    Goods are judged by everything, what is none (accessories, bundles, choices) by kind, brand and colour. `variants` are
    the variant attributes of the offer's family: of others nobody knows whether they are right, nor of what
    the truth does not speak of at all.
    """
    found = {
        "kind": _fact("kind", truth["kind"], reading.kind.value),
        "is_bundle": _fact("is_bundle", truth.get("is_bundle", False), reading.is_bundle),
        "brand": _brand(truth.get("brand"), reading.brand),
    }
    if truth["kind"] == "goods" or truth.get("color"):
        colour = dict(reading.variant).get("color")
        found["color"] = Fact(*map(_colour, (truth.get("color"), colour)))
    if "line" not in truth:
        return found
    found |= {
        "family": _family(truth["family"], reading.family),
        "quantity": Fact(_amount(truth.get("quantity")), _read_amount(reading)),
        "pack_count": _fact("pack_count", truth.get("pack_count"), reading.pack_count),
        "condition": _fact("condition", truth.get("condition"), reading.condition.value),
        "region_version": _fact("region_version", truth.get("region_version"), reading.region_version),
    }
    said = truth.get("variant", {})
    return {name: fact for name, fact in found.items() if name in truth} | {
        name: _variant(name, said.get(name), reading) for name in variants
    }


def model_key(reading: Reading, variants: Collection[str]) -> str | None:
    """How the reading names the model: the name, and what it tells models apart by that the truth counts to the name."""
    name = called(reading)
    if name is None:
        return None
    apart = [
        f"{name}={value}"
        for name, value in sorted(reading.variant)
        if name in reading.split.by and name not in variants
    ]
    return " ".join((squeezed(name), *apart))


def called(reading: Reading) -> str | None:
    """The model, or what the goods are where that alone tells them apart: of fruit and meat no makers' lines are known."""
    return reading.model or dict(reading.split.extra).get("product")


def squeezed(text: str) -> str:
    """Case, width, spaces and signs do not count."""
    return _NOT_A_WORD.sub("", normalise(text))


def _variant(name: str, said: object, reading: Reading) -> Fact:
    """A variant attribute; a code may be read as one, and a word (黄瓜味) as part of the model's name."""
    expected = _value(said)
    read = (dict(reading.variant) | dict(reading.split.extra)).get(name)
    if read is None and expected is not None:
        codes = {_value(code) for code in reading.mpns}
        is_named = not expected.isascii() and squeezed(expected) in squeezed(reading.model or "")
        if expected in codes or is_named:
            return Fact(expected, expected)
    return Fact(expected, _value(read))


def _fact(name: str, expected: object, found: object) -> Fact:
    usual = USUAL[name]
    return Fact(*(None if value in (None, usual) else _value(value) for value in (expected, found)))


def _brand(names: Collection[str] | None, brand: str | None) -> Fact:
    """The first of the true names stands for all of them."""
    first = next(iter(names), None) if names else None
    if brand is None or not names:
        return Fact(first, brand)
    known = packaged_lexicon().brands.get(brand)
    spoken = {
        squeezed(name) for name in ((brand, known.name_zh, known.name_en) if known else (brand,)) if name
    }
    return Fact(first, first if spoken & {squeezed(name) for name in names} else brand)


def _family(names: str | Collection[str], family: str | None) -> Fact:
    accepted = (names,) if isinstance(names, str) else tuple(names)
    return Fact(accepted[0], accepted[0] if family in accepted else family)


def _colour(name: str | None) -> str | None:
    """深空灰色 is 深空灰."""
    return None if not name else squeezed(name).removesuffix("色")


def _amount(quantity: Mapping[str, Any] | None) -> str | None:
    return None if quantity is None else f"{decimal_text(Fraction(str(quantity['value'])))}{quantity['unit']}"


def _read_amount(reading: Reading) -> str | None:
    quantity = reading.quantity
    return None if quantity is None else f"{decimal_text(quantity.amount)}{quantity.unit.value}"


def _value(value: object) -> str | None:
    """One text for 128, ``"128"`` and 128.0, for 1.5匹 and 1.5, for 白桃味 and 白桃."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = normalise(str(value)).replace(" ", "")
    plain = re.sub(r"[匹味]$", "", text)
    return decimal_text(Fraction(plain)) if re.fullmatch(r"\d+(\.\d+)?", plain) else plain
