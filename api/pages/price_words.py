"""A landed price in words: its steps, why nothing can be ordered, what conditions would change, the price per 100 g. Pure.

Amounts come from `api.landed`, words from `texts.py`; nothing is worked out here but differences of two amounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from api.compare import OfferView
from api.landed import alone_price, is_anyone, least_order
from api.pages import formatting
from api.pages.texts import Texts
from catalog.codec import load_terms
from catalog.landed_price import Buyer, Status
from catalog.region import PROVINCES
from catalog.unit_price import UnitPrice

_TIERED: Final = ("member", "pay")
"""Conditions of the form ``member:plus``: those without a word of their own are named by what follows the colon."""

_TOO_LITTLE: Final = frozenset({Status.BELOW_MIN_QTY, Status.BELOW_MIN_ORDER})


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of a sum."""

    name: str
    amount: str
    notes: tuple[str, ...] = ()
    """What one has to do or fulfil for it, and until when it holds."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """What one would pay who fulfils more conditions."""

    needs: str
    price: str
    delta: str | None
    """Against what this buyer pays, which is more; None where this buyer cannot order at all."""
    sum: str
    """The steps, in one line."""


@dataclass(frozen=True, slots=True)
class PriceDetail:
    """Everything behind one figure: what the drawer of an offer shows."""

    steps: tuple[StepLine, ...]
    total: str | None
    is_bound: bool
    is_proven: bool
    eligible: tuple[Eligible, ...]
    claim: str | None
    """The marketplace's own figure beside ours, in one sentence; None where it states none, or the same."""
    gifts: tuple[str, ...]


class PriceWords:
    """Puts landed prices into words for one buyer."""

    def __init__(self, texts: Texts, buyer: Buyer) -> None:
        self._texts = texts
        self._buyer = buyer

    @property
    def wanted(self) -> int:
        """How many pieces the buyer asked for."""
        return self._buyer.quantity

    def condition(self, need: str) -> str:
        """What a condition is called: ``member:plus`` is PLUS会员; one without a word is named by its tier, or itself."""
        kind, _, tier = need.partition(":")
        if not self._texts.known("needs", need) and tier and kind in _TIERED:
            return self._texts(f"price.{kind}", name=self._texts.word("tiers", tier))
        return self._texts.word("needs", need)

    def status(self, view: OfferView) -> str | None:
        """Why nothing can be ordered, with what lacks; None where something can."""
        landed, terms = view.landed, view.data["terms"]
        match landed.status:
            case Status.OK:
                return None
            case Status.BELOW_MIN_ORDER:
                return self._texts("status.gap", gap=self._amount(view, landed.price["gap_minor"]))
            case Status.BELOW_MIN_QTY:
                return self._texts("status.least", n=terms.get("min_quantity", 1))
            case Status.OVER_LIMIT:
                return self._texts("status.most", n=terms.get("max_quantity", 1))
            case Status.UNDELIVERABLE:
                return self._texts("status.nowhere", region=region_name(self._buyer.region))
        return self._texts.word("statuses", landed.status)

    def least(self, view: OfferView) -> str | None:
        """The smallest order that can be placed where one piece is too little: ``买 2 件到手 ¥26``; None elsewhere."""
        if view.landed.status not in _TOO_LITTLE:
            return None
        least = least_order(load_terms(view.data["terms"]), view.landed, self._buyer)
        if least is None or least["total_minor"] is None:
            return None
        total = self._amount(view, least["total_minor"])
        return self._texts("status.order", n=least["quantity"], total=total)

    def alone(self, view: OfferView) -> str | None:
        """What it costs without joining a group, where the price asks to join one; None elsewhere."""
        if not view.landed.needs_action("open_group"):
            return None
        minor = alone_price(load_terms(view.data["terms"]), self._buyer)["total_minor"]
        return None if minor is None else self._amount(view, minor)

    def eligible(self, view: OfferView) -> tuple[Eligible, ...]:
        """What further conditions would come to, cheapest first."""
        found = sorted(view.landed.conditional, key=lambda one: one["total_minor"])
        return tuple(self._eligible(view, one) for one in found)

    def detail(self, view: OfferView) -> PriceDetail:
        """Everything behind an offer's figure."""
        total = view.total_minor
        return PriceDetail(
            steps=self.steps(view.landed.price, view.data["currency"]),
            total=None if total is None else self._amount(view, total),
            is_bound=not view.landed.is_exact,
            is_proven=bool(view.landed.price["is_proven"]),
            eligible=self.eligible(view),
            claim=self._claim(view),
            gifts=tuple(view.data["terms"].get("gifts", ())),
        )

    def steps(self, price: Mapping[str, Any], currency: str) -> tuple[StepLine, ...]:
        """The lines of a sum."""
        return tuple(
            StepLine(
                self._step(step, price["quantity"]),
                formatting.money(step["minor"], currency),
                tuple(self._notes(step)),
            )
            for step in price["steps"]
        )

    def sum(self, price: Mapping[str, Any], currency: str) -> str:
        """``标价 ¥100 + 运费 ¥12 = ¥112``; says so when shipping is unknown."""
        parts = self._texts("mark.plus").join(f"{s.name} {s.amount}" for s in self.steps(price, currency))
        total = formatting.money(price["total_minor"], currency)
        return self._texts("offer.sum" if price["is_exact"] else "offer.sum_bound", parts=parts, total=total)

    def _step(self, step: Mapping[str, Any], quantity: int) -> str:
        if step["kind"] == "fee":
            return self._texts.word("fees", step.get("name", ""))
        if step["kind"] == "promotion":
            return step.get("words") or self._texts.word("promotions", step.get("promotion", ""))
        name = self._texts.word("steps", step["kind"])
        return self._texts("price.times", name=name, n=quantity) if self._is_many(step, quantity) else name

    @staticmethod
    def _is_many(step: Mapping[str, Any], quantity: int) -> bool:
        return step["kind"] == "price" and quantity > 1

    def _notes(self, step: Mapping[str, Any]) -> Iterable[str]:
        if action := step.get("action"):
            yield self._texts.word("actions", action)
        for need in step.get("needs", ()):
            yield self._texts("price.for", need=self.condition(need))
        if ends_at := step.get("ends_at"):
            yield self._texts("price.until", time=formatting.exact_time(datetime.fromisoformat(ends_at)))

    def _eligible(self, view: OfferView, one: Mapping[str, Any]) -> Eligible:
        currency, plain = view.data["currency"], view.total_minor
        delta = None if plain is None else formatting.money(one["total_minor"] - plain, currency)
        needs = self._texts("mark.and").join(self.condition(need) for need in one["needs"])
        total = formatting.money(one["total_minor"], currency)
        return Eligible(needs, total, delta, self.sum(one, currency))

    def _claim(self, view: OfferView) -> str | None:
        """The claim is of one piece for whomever the marketplace had in mind: compared only with the headline."""
        claimed, total = view.data["claimed_minor"], view.total_minor
        if claimed is None or claimed == total:
            return None
        price = self._amount(view, claimed)
        same = [one for one in view.landed.conditional if one["total_minor"] == claimed]
        if same:
            needs = self._texts("mark.and").join(self.condition(need) for need in same[0]["needs"])
            return self._texts("claim.conditional", price=price, needs=needs)
        if total is None or not is_anyone(self._buyer):
            return self._texts("claim.alone", price=price)
        apart = self._amount(view, abs(total - claimed))
        return self._texts("claim.compared", price=price, total=self._amount(view, total), apart=apart)

    def _amount(self, view: OfferView, minor: int) -> str:
        return formatting.money(minor, view.data["currency"])


def region_name(region: str) -> str:
    """The province's short name; an unknown code by itself."""
    return PROVINCES.get(region, region)


def needs_of(views: Iterable[OfferView]) -> list[str]:
    """Every condition that a promotion of these offers asks for, once, in order of name."""
    return sorted(
        {
            need
            for view in views
            for promotion in view.data["terms"].get("promotions", ())
            for need in promotion.get("needs", ())
        }
    )


def unit_text(price: UnitPrice, texts: Texts) -> str:
    """``¥33.11/100g``, rounded half up to the minor unit; ``¥2.10/件`` for one."""
    base = "" if price.base == 1 else str(price.base)
    amount = formatting.money(price.shown.minor, price.currency)
    return f"{amount}/{base}{texts.word('unit_signs', price.unit)}"


def shown_first(eligible: Sequence[Eligible], most: int) -> tuple[Sequence[Eligible], int]:
    """The figures that a cell has room for, and how many there are beside them."""
    return eligible[:most], max(len(eligible) - most, 0)
