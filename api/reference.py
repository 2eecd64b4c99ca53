"""Whether a discount is real, and whether today is a low: change points of the ledger put before `catalog/reference_price`.

Pure. Like is compared with like: while shipping is unknown an offer's figures are lower bounds, and moments at which it
was known count as not observed (and the other way round). A struck-through price is judged delivered, as prices are:
with the shipping, fees and tax of the present sum on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from api.compare import OfferView, SideBySide
from catalog.daily_lows import DailyLows, PriceSpan, daily_lows, lowest_of
from catalog.landed_price import StepKind
from catalog.listing import Stock
from catalog.reference_price import Low, ReferencePrice, reference_price
from ledger.history import PricePoint

LONGEST: Final = timedelta(days=800)
"""How far back a price that did not change since is followed: two years and what a verdict looks at before."""
LOW_DAYS: Final = 90
"""Of the badge on search pages (domain §4.2 knows 30, 90 and 180)."""

_CHARGES: Final = frozenset({StepKind.SHIPPING, StepKind.FEE, StepKind.TAX})


def recent(points: Sequence[PricePoint], since: datetime) -> Sequence[PricePoint]:
    """Of an offer's points (oldest first) those last seen at or after a moment."""
    return [point for point in points if point.until >= since]


def offer_reference(view: OfferView, points: Sequence[PricePoint], now: datetime) -> ReferencePrice:
    """What was observed of one offer, against its struck-through price."""
    return reference_price(_days(view, points, now), claimed=_claimed(view))


def product_reference(
    product: SideBySide, history: Mapping[int, Sequence[PricePoint]], now: datetime
) -> ReferencePrice | None:
    """The lowest headline of a product's comparable offers per day; nothing is claimed of it. None: never observed."""
    cheapest = product.cheapest
    if cheapest is None:
        return None
    days = [
        _days(view, history[view.data["offer_id"]], now)
        for view in _alike(product, cheapest)
        if view.data["offer_id"] in history
    ]
    return reference_price(lowest_of(days)) if days else None


def low_of(product: SideBySide, points: Mapping[int, Sequence[PricePoint]], now: datetime) -> Low:
    """Today's lowest headline of a product against those of the 90 days before."""
    if not _reaches_back(points, product, now):  # most young installations: spares building every day
        return Low.UNKNOWN
    found = product_reference(product, points, now)
    return Low.UNKNOWN if found is None else found.low90


def _reaches_back(points: Mapping[int, Sequence[PricePoint]], product: SideBySide, now: datetime) -> bool:
    """Whether anything was seen so early that the days of the badge may be there."""
    early = now - timedelta(days=LOW_DAYS - 1)
    found = (points.get(view.data["offer_id"]) for cell in product.cells for view in cell.offers)
    return any(series[0].since <= early for series in found if series)


def _alike(product: SideBySide, cheapest: OfferView) -> Iterable[OfferView]:
    """Offers whose figures are of the same kind as the cheapest one's: same currency, in line with the others."""
    return (
        view
        for cell in product.cells
        for view in cell.offers
        if view.data["currency"] == cheapest.data["currency"] and not view.data["is_outlier"]
    )


def _days(view: OfferView, points: Sequence[PricePoint], now: datetime) -> DailyLows:
    return daily_lows((_span(view, point) for point in points), now=now)


def _span(view: OfferView, point: PricePoint) -> PriceSpan:
    is_exact = point.shipping is not None
    is_alike = point.price.currency == view.data["currency"] and is_exact == view.landed.is_exact
    is_for_sale = point.stock != Stock.OUT and point.landed is not None
    minor = point.landed.minor if point.landed is not None and is_alike and is_for_sale else None
    return PriceSpan(point.since, point.until, minor)


def _claimed(view: OfferView) -> int | None:
    listed: int | None = view.data["list_price_minor"]
    if listed is None or view.total_minor is None:
        return None
    charges: Iterable[int] = (step["minor"] for step in view.landed.steps if step["kind"] in _CHARGES)
    return listed + sum(charges)
