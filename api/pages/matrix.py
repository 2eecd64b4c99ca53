"""The side-by-side matrix: one row per product, one cell per marketplace. Pure: from `api.compare` to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from api.compare import SHOWN_PER_MARKETPLACE, OfferView, SideBySide
from api.pages import formatting
from api.pages.attributes import Wording
from api.pages.offer_card import OfferCard, OfferCards
from api.pages.price_words import PriceWords
from api.pages.readings import Badge
from api.pages.spans import seconds, spans
from api.pages.sparkline import Sparkline, sparkline
from api.pages.texts import Texts
from api.pages.verdicts import Verdicts
from api.reference import LOW_DAYS
from catalog.landed_price import Buyer
from catalog.money import LARGEST_MINOR
from catalog.reference_price import Low, ReferencePrice
from ledger.history import PricePoint

_PLAIN: Final = {"condition": "new", "region": None, "kind": "goods"}
"""What goods are unless said otherwise."""

NO_REFERENCES: Final[Mapping[int, ReferencePrice]] = {}


@dataclass(frozen=True, slots=True)
class Column:
    """A marketplace."""

    slug: str
    name: str
    last_seen: datetime | None
    """Of its newest figure on this page."""


@dataclass(frozen=True, slots=True)
class CellView:
    """One marketplace's offers of one product."""

    slug: str
    name: str
    place: int
    """Place among the product's cells by price, from 1: the order on narrow screens."""
    best: OfferCard
    offers: int


@dataclass(frozen=True, slots=True)
class RowView:
    """A product."""

    id: str
    name: str
    family: str | None
    badges: tuple[Badge, ...]
    facts: tuple[str, ...]
    offers: int
    cells: tuple[CellView | None, ...]
    """In the columns' order; None where a marketplace offers nothing."""
    cheapest: str | None
    unit: str | None
    """The cheapest offer's price per 100 g, piece …"""
    low: str | None
    """Whether today is the lowest of the last 90 days, in words."""
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """Offers of one marketplace, as listed below a row."""

    slug: str
    name: str
    offers: tuple[OfferCard, ...]
    hidden: int
    """How many more there are on the product's page."""


class Matrix:
    """Makes rows."""

    def __init__(self, texts: Texts, wording: Wording, names: Mapping[str, str], buyer: Buyer) -> None:
        """`names` maps slugs to marketplaces' names; prices are those of `buyer`."""
        self._texts = texts
        self._wording = wording
        self._words = PriceWords(texts, buyer)
        self._cards = OfferCards(texts, wording, self._words)
        self._names = names
        self._verdicts = Verdicts(texts)

    def columns(self, slugs: Sequence[str], products: Sequence[SideBySide]) -> list[Column]:
        """The heads of the columns."""
        newest: dict[str, datetime] = {}
        for view in (view for product in products for cell in product.cells for view in cell.offers):
            if view.last_seen is not None:
                slug = view.data["marketplace"]
                newest[slug] = max(view.last_seen, newest.get(slug, view.last_seen))
        return [Column(slug, self.name(slug), newest.get(slug)) for slug in slugs]

    def name(self, slug: str) -> str:
        """What a marketplace is called."""
        return self._names.get(slug, slug)

    def row(
        self,
        product: SideBySide,
        slugs: Sequence[str],
        spark: Sparkline | None = None,
        low: Low = Low.UNKNOWN,
    ) -> RowView:
        """A product's row."""
        data, cheapest = product.data, product.cheapest
        found = {cell.marketplace: place for place, cell in enumerate(product.cells)}
        return RowView(
            id=data["product_id"],
            name=data["name"],
            family=data["family"],
            badges=tuple(self.badges(product)),
            facts=self._facts(product),
            offers=product.offers,
            cells=tuple(self._cell(product, found[slug]) if slug in found else None for slug in slugs),
            cheapest=None if cheapest is None else _price(cheapest),
            unit=None if cheapest is None else self._cards.unit(cheapest, product.data["unit"]),
            low=self._verdicts.low(low, LOW_DAYS),
            spark=spark,
        )

    def badges(self, product: SideBySide) -> list[Badge]:
        """What sets a product apart from the plain, new goods of its name."""
        data = product.data
        found = [
            Badge(self._wording.value(name, data[name]), self._texts(f"badge.{name}_title"), "kind")
            for name, plain in _PLAIN.items()
            if data[name] != plain
        ]
        return found if data["is_certain"] else [*found, self._cards.uncertain(data["missing"])]

    def groups(self, product: SideBySide) -> list[OfferGroup]:
        """The offers of a product by marketplace, each up to the same number."""
        return [
            OfferGroup(
                cell.marketplace,
                self.name(cell.marketplace),
                tuple(self._card(product, view) for view in cell.shown),
                max(len(cell.offers) - SHOWN_PER_MARKETPLACE, 0),
            )
            for cell in product.cells
        ]

    def cards(
        self, product: SideBySide, references: Mapping[int, ReferencePrice] = NO_REFERENCES
    ) -> list[OfferCard]:
        """All offers of a product in the published order, whatever the marketplace."""
        views = [view for cell in product.cells for view in cell.offers]
        views.sort(key=_place)
        return [self._card(product, view, references) for view in views]

    def _cell(self, product: SideBySide, place: int) -> CellView:
        cell = product.cells[place]
        best = self._card(product, cell.best)
        return CellView(cell.marketplace, self.name(cell.marketplace), place + 1, best, len(cell.offers))

    def _card(
        self,
        product: SideBySide,
        view: OfferView,
        references: Mapping[int, ReferencePrice] = NO_REFERENCES,
    ) -> OfferCard:
        """An offer's card; the lowest of one is no news and is not marked."""
        card = self._cards.card(view, product.data["unit"], references.get(view.data["offer_id"]))
        is_alone = product.offers == 1 and card.tone == "best"
        return replace(card, tone="", delta=self._texts("offer.only")) if is_alone else card

    def _facts(self, product: SideBySide) -> tuple[str, ...]:
        """Category and colours: what the name does not say."""
        data = product.data
        colours = dict.fromkeys(v.data["color"] for c in product.cells for v in c.offers if v.data["color"])
        facts = [self._wording.family(data["family"])] if data["family"] else []
        if len(colours) == 1:
            facts += colours
        elif colours:
            facts.append(self._texts("product.colours", n=len(colours)))
        return tuple(facts)


def _place(view: OfferView) -> tuple[bool, bool, int]:
    total = view.total_minor
    return (not view.is_buyable, view.over_cheapest_bp is None, LARGEST_MINOR if total is None else total)


def _price(view: OfferView) -> str | None:
    return None if view.total_minor is None else formatting.money(view.total_minor, view.data["currency"])


def sparklines(lows: Mapping[str, Sequence[Sequence[PricePoint]]], *, now: datetime) -> dict[str, Sparkline]:
    """The small lines of the products whose change points these are, in the currency most points are in."""
    found: dict[str, Sparkline] = {}
    for product_id, series in lows.items():
        if not series:
            continue
        currency, moment = main_currency(series), seconds(now)
        line = sparkline([spans(points, currency=currency, now=moment) for points in series], now=moment)
        if line is not None:
            found[product_id] = line
    return found


def main_currency(series: Sequence[Sequence[PricePoint]]) -> str:
    """The currency most points are in; of equally many, the first by code."""
    counts: dict[str, int] = {}
    for point in (point for points in series for point in points):
        counts[point.price.currency] = counts.get(point.price.currency, 0) + 1
    return max(sorted(counts), key=lambda code: counts[code])
