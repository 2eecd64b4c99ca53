"""Why an offer is in its product: kept with every decision, shown on the page, replayed by tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """How an offer came into its product, strongest first."""

    GTIN = "gtin"  # the same trade item number, agreeing packs, no veto
    IDENTITY = "identity"  # brand, model and every splitting attribute stated and equal
    COMPATIBLE = (
        "compatible"  # brand and model equal, all required attributes stated, the rest not contradicted
    )
    WORDING = (
        "wording"  # no model to compare; same brand, family, attributes and pack, and nearly the same words
    )
    FOUNDED = "founded"  # nothing fits: the first offer of a product of its own
    UNCERTAIN = (
        "uncertain"  # something that splits products is not stated: stands alone, never merged in silence
    )
    SAID = "said"  # a person said that it, or what it stands with, is the same (DECISIONS 53)
    APART = "apart"  # a person said that it is not the same as others that it would stand with


@dataclass(frozen=True, slots=True)
class Rejected:
    """A product that was close, and what kept the offer out of it."""

    product_id: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A person's word that a decision rests on."""

    word: str
    """``same`` or ``not_same``."""
    left: str
    right: str
    """The keys of the two offers."""
    author: str
    at: str
    """RFC 3339, UTC."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One decision."""

    rule: Rule
    same: Mapping[str, str] = field(default_factory=dict)
    """What was found equal: attribute -> value."""
    score: int | None = None
    """Likeness of the words in percent, for `Rule.WORDING`."""
    unstated: tuple[str, ...] = ()
    """What this offer does not say."""
    rejected: tuple[Rejected, ...] = ()
    """At most three, nearest first."""
    said: tuple[Saying, ...] = ()
    """At most three, newest first, for `Rule.SAID` and `Rule.APART`."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values; parts that are empty are left out."""
        document: dict[str, Any] = {"rule": self.rule.value}
        if self.same:
            document["same"] = dict(self.same)
        if self.score is not None:
            document["score"] = self.score
        if self.unstated:
            document["unstated"] = list(self.unstated)
        if self.rejected:
            document["rejected"] = [{"product_id": r.product_id, "why": list(r.why)} for r in self.rejected]
        if self.said:
            document["said"] = [asdict(one) for one in self.said]
        return document

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Evidence:
        """The decision that `to_dict` wrote."""
        return cls(
            rule=Rule(document["rule"]),
            same=dict(document.get("same", {})),
            score=document.get("score"),
            unstated=tuple(document.get("unstated", ())),
            rejected=tuple(Rejected(r["product_id"], tuple(r["why"])) for r in document.get("rejected", ())),
            said=tuple(Saying(**one) for one in document.get("said", ())),
        )
