"""A product's offers side by side: one cell per marketplace, cheapest first inside, and what the cheapest of all is.

Pure: from a search document and the times its offers were last seen. The order of offers is published and complete:
what can be bought, then the currency that most are in, then the landed price for this buyer, then the fresher
observation, then a lot drawn per query and day. Who the marketplace or the seller is has no part in it (design rule 6;
tests/api/test_neutrality.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from api.freshness import Freshness, freshness
from api.landed import Landed, landed_of
from catalog.landed_price import Buyer
from catalog.listing import Stock
from catalog.money import LARGEST_MINOR

SHOWN_PER_MARKETPLACE: Final = 3
"""Offers of one marketplace before "more": the same for all, so that none fills the screen (domain §5.3)."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer as it is shown."""

    data: Mapping[str, Any]
    """As `indexer.documents` wrote it."""
    landed: Landed
    """What this buyer pays now."""
    last_seen: datetime | None
    """None: the ledger no longer knows it, or is away."""
    freshness: Freshness
    over_cheapest_bp: int | None = None
    """How much above the cheapest offer of all, in basis points rounded up; 0 for the cheapest; None where prices are not compared."""

    @property
    def total_minor(self) -> int | None:
        """The landed price, or its lower bound; None where it cannot be ordered."""
        return self.landed.total_minor

    @property
    def is_buyable(self) -> bool:
        """Whether it may be called the cheapest: to be had, in stock or unknown, fresh enough, in line with the others."""
        return (
            self.total_minor is not None
            and self.data["stock"] != Stock.OUT
            and self.freshness is not Freshness.EXPIRED
            and not self.data["is_outlier"]
        )

    @property
    def is_cheapest(self) -> bool:
        """Whether no buyable offer of the product is cheaper."""
        return self.over_cheapest_bp == 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One marketplace's offers of a product, best first."""

    marketplace: str
    offers: tuple[OfferView, ...]

    @property
    def best(self) -> OfferView:
        """What stands in the cell."""
        return self.offers[0]

    @property
    def shown(self) -> tuple[OfferView, ...]:
        """What is listed before "more"."""
        return self.offers[:SHOWN_PER_MARKETPLACE]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A product and its offers."""

    data: Mapping[str, Any]
    cells: tuple[Cell, ...]
    """In order of their best offers."""

    @property
    def cheapest(self) -> OfferView | None:
        """The cheapest buyable offer; None when none can be bought."""
        return next((c.best for c in self.cells if c.best.is_cheapest), None)

    @property
    def offers(self) -> int:
        """How many offers there are."""
        return sum(len(cell.offers) for cell in self.cells)

    def cell(self, marketplace: str) -> Cell | None:
        """The cell of one marketplace; None when it offers nothing."""
        return next((cell for cell in self.cells if cell.marketplace == marketplace), None)


def side_by_side(
    product: Mapping[str, Any], last_seen: Mapping[int, datetime] | None, *, buyer: Buyer, seed: str
) -> SideBySide:
    """The offers of `product` in their order for `buyer`, now being `buyer.at`.

    `seed` (query and day) draws the lots among equals.

    `last_seen` is None while the ledger is away: nobody knows how old the figures are, and they count as stale.
    """
    views = [_view(offer, last_seen, buyer) for offer in product["offers"]]
    currency = _compared_currency(views)
    totals = (v.total_minor for v in views if v.is_buyable and v.data["currency"] == currency)
    cheapest = min((total for total in totals if total is not None), default=None)
    compared = [_against(view, cheapest, currency) for view in views]
    ordered = sorted(compared, key=lambda view: _order(view, currency, seed))
    cells: dict[str, list[OfferView]] = {}
    for view in ordered:
        cells.setdefault(view.data["marketplace"], []).append(view)
    return SideBySide(product, tuple(Cell(name, tuple(offers)) for name, offers in cells.items()))


def _view(offer: Mapping[str, Any], last_seen: Mapping[int, datetime] | None, buyer: Buyer) -> OfferView:
    landed = landed_of(offer, buyer)
    if last_seen is None:
        return OfferView(offer, landed, None, Freshness.STALE)
    seen = last_seen.get(offer["offer_id"])
    return OfferView(offer, landed, seen, Freshness.EXPIRED if seen is None else freshness(seen, buyer.at))


def _compared_currency(views: Sequence[OfferView]) -> str | None:
    """The currency most offers are in; others are shown and not compared."""
    counts: dict[str, int] = {}
    for view in views:
        counts[view.data["currency"]] = counts.get(view.data["currency"], 0) + 1
    return max(sorted(counts), key=lambda c: counts[c], default=None)


def _against(view: OfferView, cheapest: int | None, currency: str | None) -> OfferView:
    if cheapest is None or view.data["currency"] != currency or view.total_minor is None:
        return view
    over = -((cheapest - view.total_minor) * 10_000 // cheapest)  # rounded up: a fen more is not the cheapest
    is_lower_but_not_buyable = over < 0 or (over == 0 and not view.is_buyable)
    return replace(view, over_cheapest_bp=None if is_lower_but_not_buyable else over)


def _order(view: OfferView, currency: str | None, seed: str) -> tuple[bool, bool, int, float, bytes]:
    seen = -view.last_seen.timestamp() // 3600 if view.last_seen is not None else 0.0
    lot = hashlib.blake2b(f"{seed}|{view.data['offer_id']}".encode(), digest_size=8).digest()
    is_other_currency = view.data["currency"] != currency  # 599 dollars are not less than 4,599 yuan
    total = view.total_minor if view.total_minor is not None else LARGEST_MINOR
    return (not view.is_buyable, is_other_currency, total, seen, lot)
