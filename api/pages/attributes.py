"""What was read of goods, in words: names of attributes and their values, and why two offers count as the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.pages.texts import Texts
from indexer.naming import FAMILY_NAMES, GB_IN_TB, brand_name
from indexer.read_title.lexicon.load import Brand

_TABLES: Final[Mapping[str, str]] = {
    "family": "families", "kind": "kinds", "condition": "conditions", "region": "regions", "source": "sources_read",
    "unit": "unit_bases", "life_stage": "life_stages", "concentration": "concentrations", "kit": "kits", "form": "cuts",
    "region_version": "regions",
}  # fmt: skip
"""Attribute -> the subject of words that holds its values."""


@dataclass(frozen=True, slots=True)
class Named:
    """An attribute in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why an offer stands with its product."""

    rule: str
    same: tuple[Named, ...]
    unstated: tuple[str, ...]
    rejected: tuple[tuple[str, str], ...]
    """(product id, what spoke against it), nearest first."""
    said: tuple[str, ...] = ()
    """People's words that it rests on, newest first."""


class Wording:
    """Puts attributes into words."""

    def __init__(self, texts: Texts, brands: Mapping[str, Brand]) -> None:
        self._texts = texts
        self._brands = brands

    def attribute(self, name: str) -> str:
        """What an attribute is called."""
        return self._texts.word("attributes", name)

    def attributes(self, names: Sequence[str]) -> str:
        """Several attributes' names, listed."""
        return self._texts("mark.comma").join(self.attribute(name) for name in names)

    def value(self, name: str, value: str) -> str:
        """An attribute's value as people write it."""
        if name == "brand":
            return brand_name(value, self._brands)
        if name in {"family", "category"}:
            return self.family(value)
        if name in _TABLES:
            return self._texts.word(_TABLES[name], value)
        if value in {"true", "false"}:
            return self._texts(f"mark.{value}")
        if name == "quantity":
            return self._measured(value)
        return self._with_unit(value, self._texts.subject("units").get(name, ""))

    def _with_unit(self, value: str, unit: str) -> str:
        """``128GB``, ``1TB``; a value that is not a bare figure has its unit, or none."""
        if not value[-1:].isdigit() or not value[:1].isdigit():
            return value
        if unit == "GB" and value.isdigit() and int(value) % GB_IN_TB == 0:
            return f"{int(value) // GB_IN_TB}TB"
        return value + unit

    def _measured(self, value: str) -> str:
        """``900g``, ``24件``."""
        unit = value.lstrip("0123456789.")
        return value[: len(value) - len(unit)] + self._texts.word("unit_signs", unit)

    def family(self, name: str) -> str:
        """What goods of a family are called."""
        if self._texts.known("families", name):
            return self._texts.word("families", name)
        return FAMILY_NAMES.get(name, name)

    def named(self, values: Mapping[str, str]) -> tuple[Named, ...]:
        """Attributes in words."""
        return tuple(Named(self.attribute(name), self.value(name, value)) for name, value in values.items())

    def why(self, evidence: Mapping[str, Any] | None) -> Why | None:
        """The decision that `indexer.match.evidence` wrote; None when none was kept."""
        if evidence is None:
            return None
        rule = self._texts.word("rules", evidence["rule"])
        if evidence.get("score") is not None:
            rule += self._texts("why.score", n=evidence["score"])
        return Why(
            rule,
            self.named(evidence.get("same", {})),
            tuple(self.attribute(name) for name in evidence.get("unstated", ())),
            tuple((one["product_id"], self._against(one["why"])) for one in evidence.get("rejected", ())),
            tuple(self._saying(one) for one in evidence.get("said", ())),
        )

    def _saying(self, one: Mapping[str, str]) -> str:
        """``ann 2026-11-01：jd:1: 与 jd:2: 是同款``."""
        return self._texts(
            f"corrections.said_{one['word']}",
            author=one["author"], day=one["at"][:10], left=one["left"], right=one["right"],
        )  # fmt: skip

    def differ(self, vetoes: Sequence[str]) -> str:
        """What two offers differ in, in words."""
        return self._against(vetoes)

    def _against(self, vetoes: Sequence[str]) -> str:
        """``storage_gb: 128 ≠ 256`` with the attribute's name in words."""
        return self._texts("mark.semicolon").join(self._veto(*veto.split(": ", 1)) for veto in vetoes)

    def _veto(self, name: str, values: str = "") -> str:
        return self._texts("why.veto", name=self.attribute(name), values=self._sides(name, values))

    def _sides(self, name: str, values: str) -> str:
        return " ≠ ".join(self.value(name, side) for side in values.split(" ≠ "))
