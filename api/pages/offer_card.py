"""One offer as every page shows it: in a cell of the matrix, in the list below a row, on the product's page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from api.compare import OfferView
from api.freshness import Freshness
from api.pages import formatting
from api.pages.addresses import web_address
from api.pages.attributes import Why, Wording
from api.pages.price_words import (
    Eligible,
    PriceDetail,
    PriceWords,
    StepLine,
    shown_first,
    unit_text,
)
from api.pages.readings import Badge, Reading, Readings
from api.pages.texts import Texts
from api.pages.verdicts import Verdicts, VerdictView
from api.unit import unit_price_of
from catalog.listing import Stock
from catalog.reference_price import ReferencePrice

ELIGIBLE_SHOWN: Final = 2
"""Figures under conditions beside the headline; the rest are in the drawer (DECISIONS 50)."""

_ACTIONS: Final = {"claim": "claim", "group": "open_group"}
"""Badge -> what a promotion of the sum asks anyone to do."""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer in words."""

    key: str
    marketplace: str
    title: str
    sku_text: str
    href: str | None
    price: str | None
    """None: too old to be shown as a price, or nothing can be ordered."""
    status: str | None
    """Why nothing can be ordered; None where something can, or where nobody knows any more."""
    least: str | None
    """The smallest order that can be placed, where one piece is too little."""
    alone: str | None
    """What it costs without joining a group, where the price asks to join one."""
    unit: str | None
    """The same per 100 g, piece …; None for goods that are not bought by contents."""
    eligible: tuple[Eligible, ...]
    """The first figures under further conditions."""
    eligible_more: int
    """How many more there are in the drawer."""
    detail: PriceDetail
    is_bound: bool
    """Whether the price is a lower bound: shipping is unknown."""
    sum: str
    """The price with every step of the sum, in words."""
    steps: tuple[StepLine, ...]
    has_extra: bool
    """Whether any step beside the price changes the sum."""
    delta: str | None
    """Against the cheapest; None where prices are not compared."""
    tone: str
    """What stands out: ``best``, ``out``, ``odd``, ``expired``, ``refused``, ``stale``, or nothing."""
    badges: tuple[Badge, ...]
    """Remarks, the stock among them where it matters."""
    stock: str
    list_price: str | None
    verdict: VerdictView | None
    """What was observed of its struck-through price; None without one, or where nobody looked."""
    claimed: str | None
    seller: str
    seller_type: str | None
    last_seen: datetime | None
    why: Why | None
    reading: Reading


class OfferCards:
    """Makes cards."""

    def __init__(self, texts: Texts, wording: Wording, words: PriceWords) -> None:
        self._texts = texts
        self._wording = wording
        self._words = words
        self._verdicts = Verdicts(texts)
        self._readings = Readings(texts, wording)

    def card(
        self,
        view: OfferView,
        unit: Mapping[str, Any] | None = None,
        reference: ReferencePrice | None = None,
    ) -> OfferCard:
        """The card of an offer. `unit` is what its product is bought by, `reference` what was observed of the offer."""
        data = view.data
        is_expired = view.freshness is Freshness.EXPIRED
        detail = self._words.detail(view)
        eligible, more = shown_first(() if is_expired else detail.eligible, ELIGIBLE_SHOWN)
        return OfferCard(
            key=data["key"],
            marketplace=data["marketplace"],
            title=data["title"],
            sku_text=data["sku_text"],
            href=web_address(data["url"]),
            price=None if is_expired else _amount(view.total_minor, data["currency"]),
            status=None if is_expired else self._words.status(view),
            least=None if is_expired else self._words.least(view),
            alone=None if is_expired else self._words.alone(view),
            unit=None if is_expired else self.unit(view, unit),
            eligible=tuple(eligible),
            eligible_more=more,
            detail=detail,
            is_bound=view.total_minor is not None and not view.landed.is_exact,
            sum=self._sum(view),
            steps=detail.steps,
            has_extra=any(step["minor"] for step in view.landed.steps[1:]),
            delta=self._delta(view),
            tone=_tone(view),
            badges=tuple(self._badges(view)),
            stock=self._texts.word("stocks", data["stock"]),
            list_price=self._of_one(data["list_price_minor"], view),
            verdict=None if reference is None else self._verdicts.of(reference, data["currency"]),
            claimed=self._of_one(_claimed(view), view),
            seller=data["seller"]["name"],
            seller_type=self._seller_type(data["seller"]["type"]),
            last_seen=view.last_seen,
            why=self._wording.why(data["evidence"]),
            reading=self._readings.of(data),
        )

    def uncertain(self, missing: Sequence[str]) -> Badge:
        """The badge of what leaves open something that splits products."""
        return self._readings.uncertain(missing)

    def _sum(self, view: OfferView) -> str:
        """The steps in one line; the status where there is no price."""
        if view.total_minor is None:
            return self._words.status(view) or ""
        return self._words.sum(view.landed.price, view.data["currency"])

    def unit(self, view: OfferView, unit: Mapping[str, Any] | None) -> str | None:
        """``¥33.11/100g``; None for goods that are not bought by contents, and where nothing can be ordered."""
        price = unit_price_of(view, unit)
        return None if price is None else unit_text(price, self._texts)

    def _of_one(self, minor: int | None, view: OfferView) -> str | None:
        """What marketplaces state of one piece stands only beside a price of one piece."""
        return _amount(minor, view.data["currency"]) if self._words.wanted == 1 else None

    def _delta(self, view: OfferView) -> str | None:
        if view.is_cheapest:
            return self._texts("offer.cheapest")
        return None if view.over_cheapest_bp is None else formatting.over(view.over_cheapest_bp)

    def _badges(self, view: OfferView) -> list[Badge]:
        data, found = view.data, []
        if view.freshness is Freshness.EXPIRED:
            found.append(self._badge("expired", "warn"))
        elif data["stock"] in {Stock.OUT, Stock.LOW, Stock.PREORDER}:
            found.append(self._badge(data["stock"], "warn" if data["stock"] == Stock.OUT else ""))
        found += self._order_badges(view)
        if view.total_minor is not None and not view.landed.is_exact:
            found.append(self._badge("shipping"))
        if data["is_outlier"]:
            found.append(self._badge("outlier", "warn"))
        return found + self._readings.doubts(data)

    def _order_badges(self, view: OfferView) -> list[Badge]:
        """What one has to do, and how many pieces come, where that is not one for one."""
        landed = view.landed
        found = [self._badge(name) for name, action in _ACTIONS.items() if landed.needs_action(action)]
        bought, delivered = landed.price["quantity"], landed.price["delivered"]
        if landed.steps and (delivered != bought or bought != self._words.wanted):
            text = self._texts("badge.pieces", n=bought, m=delivered)
            found.append(Badge(text, self._texts("badge.pieces_title")))
        if landed.steps and not landed.price["is_proven"]:
            found.append(self._badge("unproven"))
        return found

    def _badge(self, name: str, tone: str = "") -> Badge:
        return Badge(self._texts(f"badge.{name}"), self._texts(f"badge.{name}_title"), tone)

    def _seller_type(self, kind: str) -> str | None:
        return self._texts.word("sellers", kind) if kind != "unknown" else None


def _tone(view: OfferView) -> str:
    if view.freshness is Freshness.EXPIRED:
        return "expired"
    if view.data["stock"] == Stock.OUT:
        return "out"
    if view.total_minor is None:
        return "refused"
    if view.data["is_outlier"]:
        return "odd"
    if view.is_cheapest:
        return "best"
    return "stale" if view.freshness is Freshness.STALE else ""


def _claimed(view: OfferView) -> int | None:
    """What the platform says one pays in the end; None where it says nothing else than we do."""
    minor: int | None = view.data["claimed_minor"]
    return None if minor == view.total_minor else minor


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else formatting.money(minor, currency)
