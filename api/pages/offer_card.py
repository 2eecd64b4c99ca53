"""One offer as every page shows it: in a cell of the matrix, in the list below a row, on the product's page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.compare import OfferView
from api.freshness import Freshness
from api.pages import formatting
from api.pages.addresses import web_address
from api.pages.attributes import Named, Why, Wording
from api.pages.texts import Texts
from catalog.listing import Stock


@dataclass(frozen=True, slots=True)
class Badge:
    """A short remark, and what it means."""

    text: str
    title: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """One value that was read from an offer."""

    name: str
    value: str
    source: str
    confidence: int


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer in words."""

    key: str
    marketplace: str
    title: str
    sku_text: str
    href: str | None
    price: str | None
    """None: too old to be shown as a price."""
    is_bound: bool
    """Whether the price is a lower bound: shipping is unknown."""
    sum: str
    """The price with every step of the sum, in words."""
    steps: tuple[Named, ...]
    has_extra: bool
    """Whether any step beside the price changes the sum."""
    delta: str | None
    """Against the cheapest; None where prices are not compared."""
    tone: str
    """What stands out: ``best``, ``out``, ``odd``, ``expired``, ``stale``, or nothing."""
    badges: tuple[Badge, ...]
    """Remarks, the stock among them where it matters."""
    stock: str
    list_price: str | None
    claimed: str | None
    seller: str
    seller_type: str | None
    last_seen: datetime | None
    why: Why | None
    read: tuple[Read, ...]


class OfferCards:
    """Makes cards."""

    def __init__(self, texts: Texts, wording: Wording) -> None:
        self._texts = texts
        self._wording = wording

    def card(self, view: OfferView) -> OfferCard:
        """The card of an offer."""
        data = view.data
        is_expired = view.freshness is Freshness.EXPIRED
        return OfferCard(
            key=data["key"],
            marketplace=data["marketplace"],
            title=data["title"],
            sku_text=data["sku_text"],
            href=web_address(data["url"]),
            price=None if is_expired else _amount(view.total_minor, data["currency"]),
            is_bound=not view.landed.is_exact,
            sum=self._sum(view),
            steps=self._steps(view),
            has_extra=any(step["minor"] for step in view.landed.steps[1:]),
            delta=self._delta(view),
            tone=_tone(view),
            badges=tuple(self._badges(view)),
            stock=self._texts.word("stocks", data["stock"]),
            list_price=_amount(data["list_price_minor"], data["currency"]),
            claimed=_claimed(view),
            seller=data["seller"]["name"],
            seller_type=self._seller_type(data["seller"]["type"]),
            last_seen=view.last_seen,
            why=self._wording.why(data["evidence"]),
            read=tuple(self._read(one) for one in data["read"]),
        )

    def uncertain(self, missing: Sequence[str]) -> Badge:
        """The badge of what leaves open something that splits products."""
        left_open = self._wording.attributes(missing) or self._texts("mark.unknown")
        title = self._texts("badge.uncertain_title", missing=left_open)
        return Badge(self._texts("badge.uncertain"), title, "warn")

    def _sum(self, view: OfferView) -> str:
        """``标价 ¥100 + 运费 ¥12 = ¥112``; says so when shipping is unknown; the status where there is no price."""
        total = _amount(view.total_minor, view.data["currency"])
        if total is None:
            return self._texts.word("statuses", view.landed.status)
        parts = self._texts("mark.plus").join(f"{step.name} {step.value}" for step in self._steps(view))
        return self._texts(
            "offer.sum" if view.landed.is_exact else "offer.sum_bound", parts=parts, total=total
        )

    def _steps(self, view: OfferView) -> tuple[Named, ...]:
        return tuple(
            Named(
                step.get("words") or self._texts.word("steps", step["kind"]),
                formatting.money(step["minor"], view.data["currency"]),
            )
            for step in view.landed.steps
        )

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
        if view.landed.needs_action("open_group"):
            found.append(self._badge("group"))
        if view.total_minor is not None and not view.landed.is_exact:
            found.append(self._badge("shipping"))
        if data["is_outlier"]:
            found.append(self._badge("outlier", "warn"))
        if not data["is_certain"]:
            found.append(self.uncertain(data["missing"]))
        return found

    def _badge(self, name: str, tone: str = "") -> Badge:
        return Badge(self._texts(f"badge.{name}"), self._texts(f"badge.{name}_title"), tone)

    def _seller_type(self, kind: str) -> str | None:
        return self._texts.word("sellers", kind) if kind != "unknown" else None

    def _read(self, one: Mapping[str, Any]) -> Read:
        wording = self._wording
        value = wording.value(one["name"], str(one["value"]))
        return Read(
            wording.attribute(one["name"]), value, wording.value("source", one["source"]), one["confidence"]
        )


def _tone(view: OfferView) -> str:
    if view.freshness is Freshness.EXPIRED:
        return "expired"
    if view.data["stock"] == Stock.OUT:
        return "out"
    if view.data["is_outlier"]:
        return "odd"
    if view.is_cheapest:
        return "best"
    return "stale" if view.freshness is Freshness.STALE else ""


def _claimed(view: OfferView) -> str | None:
    """What the platform says one pays in the end; None where it says nothing else than we do."""
    minor = view.data["claimed_minor"]
    return None if minor == view.total_minor else _amount(minor, view.data["currency"])


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else formatting.money(minor, currency)
