"""How well offers are read, attribute by attribute: `bijia evaluate offers FILE`. Pure: the command reads the file.

One JSON object per line: ``offer`` as the ledger keeps it, ``truth`` with what the offer says of the goods: ``kind``,
``family`` (one name or several that are right), ``brand`` (its names; null: none), ``is_bundle``, ``color``, and of goods
``line`` (an id shared by the offers of one model), ``model`` (its names), ``variant``, ``quantity`` {value, unit},
``pack_count``, ``condition``, ``region_version``. A key that is missing is not judged; null is not stated.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from catalog.codec import load_offer
from catalog.errors import InvalidInput
from catalog.listing import Offer
from indexer.evaluate.offer_facts import Fact, called, facts, model_key, squeezed
from indexer.read_title.reading import Reading

EXAMPLES: Final = 5
"""Shown of each cell among the worst."""
WORST: Final = 40
"""Cells shown: those that lose most."""


class ReadsOffers(Protocol):
    """What is measured: `indexer.read_title.reader.TitleReader`, or a broken twin of it."""

    def read(self, offer: Offer) -> Reading:
        """What the offer says is sold."""
        ...


class Case(NamedTuple):
    """An offer and what it says."""

    offer: Offer
    truth: Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Of one attribute over some offers."""

    stated: int = 0
    read: int = 0
    right: int = 0
    examples: list[dict[str, str | None]] = field(default_factory=list)
    """Of what is wrong or missing; a few."""

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 when nothing was."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is stated that was read right; 1 when nothing is."""
        return self.right / self.stated if self.stated else 1.0

    @property
    def lost(self) -> int:
        """How many values are wrong or missing."""
        return max(self.stated, self.read) - self.right

    def add(self, fact: Fact, title: str) -> None:
        """Count one offer."""
        self.stated += fact.expected is not None
        self.read += fact.found is not None
        self.right += fact.is_right
        if fact.expected != fact.found and len(self.examples) < EXAMPLES:
            self.examples.append({"title": title, "expected": fact.expected, "found": fact.found})

    def as_json(self) -> dict[str, float | int]:
        """Figures, rounded to a tenth of a per mille."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "stated": self.stated,
            "read": self.read,
        }


Scores = dict[str, Score]


@dataclass(slots=True)
class Evaluated:
    """Scores by attribute: overall, per marketplace, per family, and per (marketplace, family)."""

    offers: int = 0
    overall: Scores = field(default_factory=dict)
    marketplaces: dict[str, Scores] = field(default_factory=dict)
    families: dict[str, Scores] = field(default_factory=dict)
    cells: dict[tuple[str, str], Scores] = field(default_factory=dict)

    def add(self, case: Case, told: Mapping[str, Fact]) -> None:
        """Count one offer everywhere."""
        listing, family = case.offer.listing, family_of(case)
        self.offers += 1
        tables = (
            self.overall,
            self.marketplaces.setdefault(listing.marketplace, {}),
            self.families.setdefault(family, {}),
            self.cells.setdefault((listing.marketplace, family), {}),
        )
        for name, fact in told.items():
            for table in tables:
                table.setdefault(name, Score()).add(fact, listing.title)

    def as_json(self) -> dict[str, Any]:
        """``offers``, ``attributes``, ``marketplaces``, ``families``, ``cells`` (marketplace → family), ``worst``."""
        cells: dict[str, dict[str, Any]] = defaultdict(dict)
        for (marketplace, family), scores in sorted(self.cells.items()):
            cells[marketplace][family] = _figures(scores)
        return {
            "offers": self.offers,
            "attributes": _figures(self.overall),
            "marketplaces": {name: _figures(scores) for name, scores in sorted(self.marketplaces.items())},
            "families": {name: _figures(scores) for name, scores in sorted(self.families.items())},
            "cells": cells,
            "worst": list(self._worst()),
        }

    def _worst(self) -> Iterator[dict[str, Any]]:
        """The cells that lose most values."""
        every = [
            (score.lost, place, name, score)
            for place, scores in self.cells.items()
            for name, score in scores.items()
            if score.lost
        ]
        for lost, (marketplace, family), name, score in sorted(every, key=lambda one: (-one[0], one[1:3]))[
            :WORST
        ]:
            where = {"marketplace": marketplace, "family": family, "attribute": name, "lost": lost}
            yield where | score.as_json() | {"examples": score.examples}


def evaluate_offers(cases: Sequence[Case], reader: ReadsOffers) -> Evaluated:
    """How `reader` does on `cases`."""
    variants: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        variants[family_of(case)].update(case.truth.get("variant", ()))
    read = [(case, reader.read(case.offer)) for case in cases]
    models = _Models.of(
        (case.truth, model_key(reading, variants[family_of(case)]))
        for case, reading in read
        if "line" in case.truth
    )
    found = Evaluated()
    for case, reading in read:
        known = variants[family_of(case)]
        told = facts(case.truth, reading, known)
        if "line" in case.truth:
            told["model"] = models.fact(case.truth, reading, model_key(reading, known))
        found.add(case, told)
    return found


def cases_of(lines: Iterable[str]) -> tuple[list[Case], list[int]]:
    """The cases of a file, and the numbers (from 1) of lines that are none."""
    found, malformed = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            truth = row["truth"]
            offer = load_offer(json.dumps(row["offer"]))
            case = Case(offer, {"kind": truth["kind"], "family": truth["family"]} | truth)
        except (InvalidInput, KeyError, TypeError, ValueError):
            malformed.append(number)
            continue
        found.append(case)
    return found, malformed


def family_of(case: Case) -> str:
    """The first of the family's names."""
    named = case.truth["family"]
    return str(named if isinstance(named, str) else named[0])


def _figures(scores: Scores) -> dict[str, dict[str, float | int]]:
    """Attributes of which there is something to say."""
    return {name: score.as_json() for name, score in sorted(scores.items()) if score.stated or score.read}


@dataclass(frozen=True, slots=True)
class _Models:
    """Which names of models are right.

    A model may be called by any of its true names, or by the name most offers of the same variant are read to have, if
    that is no other model's: what counts is that one model has one name and two models have two.
    """

    usual: Mapping[tuple[str, str], str]
    """Line and variant -> the name most of their offers are read to have."""
    owner: Mapping[str, str]
    """Name -> the line most of its readings belong to."""

    @classmethod
    def of(cls, named: Iterable[tuple[Mapping[str, Any], str | None]]) -> _Models:
        by_variant: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        by_name: dict[str, Counter[str]] = defaultdict(Counter)
        for truth, key in named:
            if key is not None:
                by_variant[_variant_of(truth)][key] += 1
                by_name[key][truth["line"]] += 1
        return cls(
            {variant: names.most_common(1)[0][0] for variant, names in by_variant.items()},
            {name: lines.most_common(1)[0][0] for name, lines in by_name.items()},
        )

    def fact(self, truth: Mapping[str, Any], reading: Reading, key: str | None) -> Fact:
        names = truth.get("model") or ()
        first = next(iter(names), None)
        name = called(reading)
        if key is None or name is None:
            return Fact(first, None)
        is_true = squeezed(name) in {squeezed(name) for name in names}
        is_usual = self.usual.get(_variant_of(truth)) == key and self.owner.get(key) == truth["line"]
        return Fact(first, first if is_true or is_usual else key)


def _variant_of(truth: Mapping[str, Any]) -> tuple[str, str]:
    return truth["line"], json.dumps(truth.get("variant", {}), sort_keys=True)
