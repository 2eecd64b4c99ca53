"""Filters beside a search: what can be chosen, with counts, and what is chosen, understood or assumed, as chips. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.pages import formatting
from api.pages.addresses import search_address, spelled_out, toggled
from api.pages.attributes import Wording
from api.pages.texts import Texts
from api.schemas import SearchIn
from indexer.attributes import chosen, in_order
from indexer.query import PRICE_STEPS_MINOR, UNIT_PRICE_STEPS_MINOR, Sort
from indexer.search import ANY, Found

_PARAMETERS: Final[Mapping[str, str]] = {
    "marketplaces": "marketplace", "brand": "brand", "family": "category", "condition": "condition", "kind": "kind",
    "region": "region_version", "unit": "unit",
}  # fmt: skip
"""Facet of the index -> parameter of the search, in the order shown."""

MOST_VALUES: Final = 16
"""Values listed in a filter: more would be a list to search, and there is a search box."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen or taken off."""

    text: str
    products: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter."""

    name: str
    """In words."""
    options: tuple[Option, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that filters now, and the address without it."""

    text: str
    href: str
    origin: str
    """``chosen``, ``understood`` (from the words) or ``assumed``."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of results."""

    text: str
    href: str
    is_current: bool


class Filters:
    """Makes filters and chips for one search."""

    def __init__(
        self, asked: SearchIn, found: Found, texts: Texts, wording: Wording, marketplaces: Mapping[str, str]
    ) -> None:
        self._asked = asked
        self._chosen = chosen(asked.attributes)
        self._base = spelled_out(asked, found).model_copy(
            update={"attributes": [f"{name}:{value}" for name, value in self._chosen]}
        )
        self._found = found
        self._texts = texts
        self._wording = wording
        self._marketplaces = marketplaces

    def facets(self) -> list[Facet]:
        """Every filter with more than one value, or with one that is chosen."""
        found = [self._facet(facet, name) for facet, name in _PARAMETERS.items()]
        behind = list(_PARAMETERS.values()).index("category") + 1
        found[behind:behind] = [self._attribute(name) for name in self._found.attributes]
        found += [self._prices(), self._unit_prices()]
        return [facet for facet in found if len(facet.options) > 1 or facet.chosen]

    def chips(self) -> list[Chip]:
        """Everything that filters now, each with the way to take it off."""
        return [
            *self._listed(),
            *self._attributes(),
            *self._priced(),
            *self._unit_priced(),
            *self._sorted(),
            *self._grouped(),
            *self._assumed(),
        ]

    def orders(self) -> list[Order]:
        """Every order."""
        return [
            Order(
                self._texts(f"sort.{name}"),
                search_address(self._base, sort=value, cursor=None),
                is_current=self._found.sort.value == value,
            )
            for name, value in (
                ("relevance", "relevance"),
                ("price", "price"),
                ("price_desc", "-price"),
                ("unit_price", "unit_price"),
            )
        ]

    def _facet(self, facet: str, name: str) -> Facet:
        effective = self._effective(name)
        counts = dict(self._found.facets.get(facet, ()))
        values = [*counts, *(value for value in effective if value not in counts)][:MOST_VALUES]
        options = tuple(
            Option(
                self._name(name, value),
                counts.get(value, 0),
                toggled(self._base, name, value, effective),
                is_chosen=value in effective,
            )
            for value in values
        )
        return Facet(self._texts(f"facets.{name}"), options, sum(option.is_chosen for option in options))

    def _attribute(self, name: str) -> Facet:
        """What tells goods of the family apart; of many values the commonest, in their own order."""
        counts = dict(self._found.attributes[name])
        own = [value for one, value in self._chosen if one == name]
        common = sorted(counts, key=lambda value: -counts[value])[:MOST_VALUES]
        values = in_order(
            [
                (value, counts.get(value, 0))
                for value in dict.fromkeys([*counts, *own])
                if value in {*common, *own}
            ]
        )
        options = tuple(
            Option(
                self._wording.value(name, value),
                count,
                toggled(self._base, "attributes", f"{name}:{value}", self._base.attributes),
                is_chosen=value in own,
            )
            for value, count in values
        )
        return Facet(self._wording.attribute(name), options, len(own))

    def _effective(self, name: str) -> list[str]:
        """The values that filter now: chosen ones, else the assumed one."""
        chosen: Sequence[str] = getattr(self._base, name)
        if chosen:
            return [] if ANY in chosen else list(chosen)
        return [self._found.assumed[name]] if name in self._found.assumed else []

    def _prices(self) -> Facet:
        """Steps of price that products fall into."""
        options = []
        counts = dict(self._found.facets.get("price", ()))
        for low, high in zip((0, *PRICE_STEPS_MINOR), (*PRICE_STEPS_MINOR, None), strict=True):
            limits = {"price_from": low or None, "price_to": high - 1 if high else None}
            is_chosen = (self._base.price_from or 0, self._base.price_to) == (low, limits["price_to"])
            if products := counts.get(str(low), 0):
                cleared = dict.fromkeys(limits) if is_chosen else limits
                options.append(
                    Option(self._range(low, high), products, search_address(self._base, **cleared), is_chosen)
                )
        is_limited = self._base.price_from is not None or self._base.price_to is not None
        return Facet(self._texts("facets.price"), tuple(options), int(is_limited))

    def _unit_prices(self) -> Facet:
        """Steps of unit price that products of one base fall into."""
        options = []
        counts = dict(self._found.facets.get("unit_price", ()))
        borders = itertools.pairwise((0, *UNIT_PRICE_STEPS_MINOR, None))
        for low, below in borders:
            limits = {"unit_price_from": low or None, "unit_price_below": below}
            is_chosen = (self._base.unit_price_from or 0, self._base.unit_price_below) == (low, below)
            if products := counts.get(str(low), 0):
                cleared = dict.fromkeys(limits) if is_chosen else limits
                address = search_address(self._base, **cleared)
                options.append(Option(self._range(low, below), products, address, is_chosen))
        is_limited = self._base.unit_price_from is not None or self._base.unit_price_below is not None
        return Facet(self._texts("facets.unit_price"), tuple(options), int(is_limited and bool(options)))

    def _range(self, low: int | None, high: int | None) -> str:
        if not low:
            return self._texts("price.below", high=formatting.money(high or 0))
        if high is None:
            return self._texts("price.above", low=formatting.money(low))
        return self._texts("price.between", low=formatting.money(low), high=formatting.money(high))

    def _listed(self) -> list[Chip]:
        found = []
        for name in _PARAMETERS.values():
            chosen: list[str] = getattr(self._base, name)
            understood = name == "marketplace" and not self._asked.marketplace
            for value in chosen:
                left = [one for one in chosen if one != value]
                found.append(
                    Chip(
                        self._texts(f"chip.any_{name}") if value == ANY else self._name(name, value),
                        search_address(self._base, **{name: left}),
                        "understood" if understood else "chosen",
                    )
                )
        return found

    def _attributes(self) -> list[Chip]:
        all_chosen = self._base.attributes
        return [
            Chip(
                self._texts(
                    "chip.attribute",
                    name=self._wording.attribute(name),
                    value=self._wording.value(name, value),
                ),
                search_address(
                    self._base, attributes=[one for one in all_chosen if one != f"{name}:{value}"]
                ),
                "chosen",
            )
            for name, value in self._chosen
        ]

    def _priced(self) -> list[Chip]:
        low, high = self._base.price_from, self._base.price_to
        if low is None and high is None:
            return []
        is_asked = self._asked.price_from is not None or self._asked.price_to is not None
        step = high is not None and high % 100 == 99  # the upper bound of a step is one fen below the next
        text = self._range(low, high + 1 if high is not None and step else high)
        href = search_address(self._base, price_from=None, price_to=None)
        return [Chip(text, href, "chosen" if is_asked else "understood")]

    def _unit_priced(self) -> list[Chip]:
        low, below = self._base.unit_price_from, self._base.unit_price_below
        if low is None and below is None:
            return []
        text = self._texts("chip.unit_price", range=self._range(low, below))
        href = search_address(self._base, unit_price_from=None, unit_price_below=None)
        return [Chip(text, href, "chosen")]

    def _sorted(self) -> list[Chip]:
        sort = self._found.understood.sort
        if sort is None or self._asked.sort is not None:
            return []
        name = {Sort.PRICE_DESC: "price_desc"}.get(sort, sort.value)
        text = self._texts(f"sort.{name}")
        return [Chip(text, search_address(self._base, sort=None), "understood")]

    def _grouped(self) -> list[Chip]:
        if self._asked.group is None:
            return []
        return [Chip(self._texts("chip.group"), search_address(self._base, group=None), "chosen")]

    def _assumed(self) -> list[Chip]:
        return [
            Chip(
                self._texts("chip.only", name=self._wording.value(name, value)),
                search_address(self._base, **{name: [ANY]}),
                "assumed",
            )
            for name, value in self._found.assumed.items()
        ]

    def _name(self, name: str, value: str) -> str:
        if name == "marketplace":
            return self._marketplaces.get(value, value)
        return self._wording.value(name, value)


def reading(found: Found, wording: Wording) -> list[tuple[str, str]]:
    """What was read of the words and only puts fitting products first: (attribute, value) in words."""
    facts = found.understood.facts
    if facts is None:
        return []
    plain = {"brand": facts.brand, "model": facts.model, "family": facts.family}
    values = {name: value for name, value in plain.items() if value is not None} | dict(facts.variant)
    return [(one.name, one.value) for one in wording.named(values)]
