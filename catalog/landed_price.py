"""What one pays for an offer, delivered, step by step: domain §1.3 to §1.5.

The cheapest admissible combination of promotions is found exactly (`catalog/combination.py`), then written down as steps
that add up to the total. What cannot be bought has a status and no price; shipping that is not stated makes the total a
lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from catalog import sums
from catalog.combination import Combination, NoOrder
from catalog.errors import InvalidInput
from catalog.money import Money
from catalog.price_terms import PriceTerms, TaxBase
from catalog.promotion import MOST_PIECES, Promotion, PromotionKind, Repeat, Stage
from catalog.region import HOME

MOST_CONDITIONS: Final = 50
MOST_FIGURES: Final = 20
"""Sets of conditions that get a figure of their own. Real offers name a handful; each costs a search of its own."""
MOST_TRIED: Final = 200
"""Quantities above the wanted one that `at_least` tries where the offer has no limit of its own (DECISIONS 44)."""


class Status(StrEnum):
    """Whether an order can be placed; everything but OK has no price (domain §1.4)."""

    OK = "ok"
    BELOW_MIN_QTY = "below_min_qty"
    OVER_LIMIT = "over_limit"
    BELOW_MIN_ORDER = "below_min_order"
    UNDELIVERABLE = "undeliverable"
    OVER_TAX_LIMIT = "over_tax_limit"
    UNSATISFIABLE = "unsatisfiable"


class StepKind(StrEnum):
    """What a step of the sum stands for."""

    PRICE = "price"  # the unit price times the quantity
    PROMOTION = "promotion"
    SHIPPING = "shipping"
    FEE = "fee"
    TAX = "tax"
    FLOOR = "floor"  # what brings the sum up to the least that is paid


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum."""

    kind: StepKind
    amount: Money
    """Negative where it is taken off."""
    promotion: Promotion | None = None
    """Of a promotion's step."""
    name: str = ""
    """Of a fee's step: what for."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """For whom a price is worked out. The default is anyone, one piece, the default region, now."""

    at: datetime
    """Aware."""
    quantity: int = 1
    """Pieces bought; with `is_at_least`, pieces needed."""
    is_at_least: bool = False
    """Buy whatever quantity delivers `quantity` or more for the least money (domain §1.4)."""
    region: str = HOME
    conditions: frozenset[str] = frozenset()
    """What the buyer fulfils (``member:plus``); empty: anyone."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidInput("the moment of a price needs a time zone")
        if not 1 <= self.quantity <= MOST_PIECES:
            raise InvalidInput(f"a quantity must be 1 to {MOST_PIECES}: {self.quantity}")
        if len(self.conditions) > MOST_CONDITIONS:
            raise InvalidInput("too many conditions")


@dataclass(frozen=True, slots=True)
class LandedPrice:
    """What a buyer pays, delivered; or why nothing can be bought."""

    status: Status
    total: Money | None
    """None unless the status is OK."""
    is_exact: bool
    """False when shipping is unknown: the total is then a lower bound, ranked as such and marked."""
    steps: tuple[Step, ...]
    """Add up to `total`; empty where there is none."""
    quantity: int
    """Pieces bought."""
    delivered: int
    """Pieces that arrive: with bonus units more than are bought."""
    gap: Money | None = None
    """With BELOW_MIN_ORDER: what the goods lack to the minimum order."""
    is_proven: bool = True
    """False when so many promotions could be combined that the search ended before it had ruled out all others."""

    @property
    def applied(self) -> tuple[Promotion, ...]:
        """The promotions of the sum, in the order in which they take effect."""
        return tuple(step.promotion for step in self.steps if step.promotion is not None)

    def amount_of(self, *kinds: StepKind) -> Money | None:
        """The sum of the steps of some kinds; None where there is no price."""
        if self.total is None:
            return None
        return Money(sum(step.amount.minor for step in self.steps if step.kind in kinds), self.total.currency)

    @property
    def shipping(self) -> Money | None:
        """What shipping comes to after shipping promotions; None where there is no price. Unknown counts as nothing."""
        if self.total is None:
            return None
        own = [s for s in self.steps if s.kind is StepKind.SHIPPING or _is_shipping(s.promotion)]
        return Money(sum(step.amount.minor for step in own), self.total.currency)


@dataclass(frozen=True, slots=True)
class Conditional:
    """What one pays who fulfils these conditions as well."""

    needs: tuple[str, ...]
    price: LandedPrice


def headline(terms: PriceTerms, at: datetime) -> LandedPrice:
    """What anyone pays for one unit at that moment, in the default region, without conditions (domain §1.5)."""
    return landed_price(terms, Buyer(at))


def landed_price(terms: PriceTerms, buyer: Buyer) -> LandedPrice:
    """What `buyer` pays, delivered: the cheapest admissible combination of promotions.

    Of equal totals the one that delivers more, then with fewer promotions, then first by their ids.
    """
    if not buyer.is_at_least:
        return _priced(terms, buyer)
    if not terms.shipping_rules.delivers_to(buyer.region):
        return _refused(Status.UNDELIVERABLE, buyer.quantity)
    return _at_least(terms, buyer)


def conditional_prices(
    terms: PriceTerms, buyer: Buyer, *, plain: LandedPrice | None = None
) -> tuple[Conditional, ...]:
    """One figure for each set of conditions that some promotion asks for, where it is lower than what `buyer` pays.

    In the order in which the offer names them. A condition alone that changes nothing is left out. `plain` is what
    `buyer` pays, where that is known.
    """
    if not any(promotion.needs for promotion in terms.promotions):
        return ()
    plain = landed_price(terms, buyer) if plain is None else plain
    wanted = dict.fromkeys(
        tuple(need for need in promotion.needs if need not in buyer.conditions)
        for promotion in terms.promotions
        if promotion.needs and promotion.holds(buyer.at, buyer.region)
    )
    found = []
    for needs in [one for one in wanted if one][:MOST_FIGURES]:
        price = landed_price(terms, replace(buyer, conditions=buyer.conditions | set(needs)))
        if price.total is not None and (plain.total is None or price.total.minor < plain.total.minor):
            found.append(Conditional(needs, price))
    return tuple(found)


def smallest_order(terms: PriceTerms, buyer: Buyer) -> LandedPrice:
    """What `buyer` has to order where one piece is below the least quantity or the minimum order."""
    return landed_price(terms, replace(buyer, is_at_least=True))


def changes_at(terms: PriceTerms, at: datetime) -> datetime | None:
    """The next moment after `at` at which a promotion begins or ends; None: none does."""
    moments = (m for p in terms.promotions for m in (p.starts_at, p.ends_at) if m is not None)
    return min((moment for moment in moments if moment > at), default=None)


def _open_promotions(terms: PriceTerms, buyer: Buyer) -> list[Promotion]:
    return [
        promotion
        for promotion in terms.promotions
        if promotion.holds(buyer.at, buyer.region) and buyer.conditions.issuperset(promotion.needs)
    ]


def _priced(terms: PriceTerms, buyer: Buyer) -> LandedPrice:
    if buyer.quantity < terms.min_quantity:
        return _refused(Status.BELOW_MIN_QTY, buyer.quantity)
    if terms.max_quantity is not None and buyer.quantity > terms.max_quantity:
        return _refused(Status.OVER_LIMIT, buyer.quantity)
    if not terms.shipping_rules.delivers_to(buyer.region):
        return _refused(Status.UNDELIVERABLE, buyer.quantity)
    return _ordered(terms, buyer, _open_promotions(terms, buyer))


def _ordered(terms: PriceTerms, buyer: Buyer, promotions: list[Promotion]) -> LandedPrice:
    if not promotions and terms.min_order is None and terms.tax is None:
        return _written_down(terms, buyer, (), buyer.quantity)
    found = Combination(terms, promotions, quantity=buyer.quantity, region=buyer.region).search()
    if isinstance(found, NoOrder):
        return _no_order(terms, buyer, found)
    price = _written_down(terms, buyer, found.chosen, found.delivered)
    return price if found.is_proven else replace(price, is_proven=False)


def _no_order(terms: PriceTerms, buyer: Buyer, found: NoOrder) -> LandedPrice:
    if found.is_over_tax_limit or terms.min_order is None:
        return _refused(Status.OVER_TAX_LIMIT, buyer.quantity)
    gap = Money(terms.min_order.minor - found.most_goods, terms.price.currency)
    return replace(_refused(Status.BELOW_MIN_ORDER, buyer.quantity), gap=gap)


def _refused(status: Status, quantity: int) -> LandedPrice:
    return LandedPrice(status, None, is_exact=False, steps=(), quantity=quantity, delivered=0)


# ── at least so many ───────────────────────────────────────────────────────────────────────────────


def _at_least(terms: PriceTerms, buyer: Buyer) -> LandedPrice:
    """The cheapest quantity that delivers enough; of equal ones the smallest."""
    best: LandedPrice | None = None
    are_proven = True
    refusals: set[Status] = set()
    promotions = _open_promotions(terms, buyer)
    is_complete = terms.max_quantity is not None
    for quantity in _quantities(terms, buyer, promotions):
        if best is not None and _cannot_beat(terms, promotions, quantity, best):
            is_complete = True
            break
        price = _ordered(terms, replace(buyer, quantity=quantity), promotions)
        if price.total is None:
            refusals.add(price.status)
        elif price.delivered >= buyer.quantity:
            are_proven = are_proven and price.is_proven
            if best is None or best.total is None or price.total.minor < best.total.minor:
                best = price
    if best is None:
        status = refusals.pop() if len(refusals) == 1 and terms.max_quantity is None else Status.UNSATISFIABLE
        return _refused(status, buyer.quantity)
    return replace(best, is_proven=is_complete and are_proven)


def _quantities(terms: PriceTerms, buyer: Buyer, promotions: list[Promotion]) -> Iterable[int]:
    """Quantities that may be bought and may deliver enough, ascending."""
    last = buyer.quantity + max(terms.min_quantity, _farthest_threshold(terms, promotions)) + MOST_TRIED
    if terms.max_quantity is not None:
        last = min(last, terms.max_quantity)
    bonuses = [p for p in promotions if p.kind is PromotionKind.BONUS_UNITS]
    for quantity in range(terms.min_quantity, min(last, MOST_PIECES) + 1):
        more = sum((p.get or 0) * (quantity // (p.buy or 1)) for p in bonuses)
        if quantity + more >= buyer.quantity:
            yield quantity


def _farthest_threshold(terms: PriceTerms, promotions: list[Promotion]) -> int:
    """How many units it takes to reach the highest threshold, at most."""
    unit = min([terms.price.minor, *(p.price.minor for p in promotions if p.price is not None)])
    sums_wanted = [p.threshold.minor for p in promotions if p.threshold is not None]
    sums_wanted += [m.minor for m in (terms.min_order, terms.shipping_rules.free_over) if m is not None]
    pieces = [p.threshold_qty for p in promotions if p.threshold_qty is not None]
    pieces += [p.n for p in promotions if p.n is not None]
    return min(MOST_PIECES, max([0, *pieces, *(-(-wanted // unit) for wanted in sums_wanted)]))


def _cannot_beat(terms: PriceTerms, promotions: list[Promotion], quantity: int, best: LandedPrice) -> bool:
    """Whether neither this quantity nor any larger one can cost less than `best`.

    Without promotions that grow with the quantity, goods are worth at least their lowest unit price less the sum of
    all amounts that are taken off once; that rises with the quantity, so the first that is too dear ends the search.
    """
    share, off = sums.FULL_SHARE, 0
    unit = terms.price.minor
    for promotion in promotions:
        if promotion.stage is Stage.UNIT:
            unit = min(unit, sums.unit_price(promotion, unit))
        elif promotion.kind is PromotionKind.AMOUNT_OFF and promotion.repeat is Repeat.ONCE:
            off += promotion.off.minor if promotion.off is not None else 0
        elif promotion.cap is not None and promotion.stage is not Stage.SHIPPING:
            off += promotion.cap.minor
        elif promotion.stage is not Stage.SHIPPING:
            share -= sums.largest_share(promotion, unit)
    rounding = quantity + len(promotions)
    lowest = max(unit, 0) * quantity * max(share, 0) // sums.FULL_SHARE - off - rounding
    return best.total is not None and lowest >= best.total.minor


# ── writing it down ────────────────────────────────────────────────────────────────────────────────


def _written_down(
    terms: PriceTerms, buyer: Buyer, chosen: tuple[Promotion, ...], delivered: int
) -> LandedPrice:
    """The steps of a combination."""
    sheet = _Sheet(terms, buyer, chosen)
    steps = tuple(sheet.steps())
    total = Money(sheet.left, terms.price.currency)
    return LandedPrice(Status.OK, total, sheet.is_exact, steps, buyer.quantity, delivered)


class _Sheet:
    """One combination, computed once more, line by line."""

    def __init__(self, terms: PriceTerms, buyer: Buyer, chosen: tuple[Promotion, ...]) -> None:
        self._terms = terms
        self._buyer = buyer
        self._chosen = chosen
        self._currency = terms.price.currency
        self._floor = 1 if terms.min_pay is None else 0
        self.left = 0
        self.is_exact = True

    def steps(self) -> Iterator[Step]:
        """Every line, in order."""
        terms, quantity = self._terms, self._buyer.quantity
        units: sums.Units = ((terms.price.minor, quantity),)
        self.left = terms.price.minor * quantity
        yield Step(StepKind.PRICE, self._money(self.left))
        for promotion in self._of(Stage.UNIT):
            units = sums.after_unit_promotion(promotion, units, self._floor)
            yield self._to(promotion, sums.goods_of(units).total)
        goods = sums.goods_of(units)
        for promotion in self._of(Stage.SHOP, Stage.PLATFORM):
            yield self._less(promotion, sums.goods_benefit(promotion, goods, self.left, self._floor))
        yield from self._after_goods(goods, self.left)

    def _after_goods(self, goods: sums.Goods, discounted: int) -> Iterator[Step]:
        for promotion in self._of(Stage.SUBSIDY):
            yield self._less(
                promotion, sums.subsidy_benefit(promotion, goods, discounted, self.left, self._floor)
            )
        rate, self.is_exact = sums.shipping_rate(self._terms, self._buyer.region, goods, discounted)
        if self.is_exact or rate:
            yield self._plus(StepKind.SHIPPING, rate)
        for promotion in self._of(Stage.SHIPPING):
            benefit = sums.shipping_benefit(promotion, goods, discounted, rate)
            rate -= benefit
            yield self._less(promotion, benefit)
        yield from self._charges(discounted, rate)
        payable = self.left
        for promotion in self._of(Stage.PAYMENT):
            benefit = sums.payment_benefit(promotion, self._buyer.quantity, payable, self.left, self._floor)
            yield self._less(promotion, benefit)
        floor = self._terms.min_pay
        if floor is not None and self.left < floor.minor:
            yield self._plus(StepKind.FLOOR, floor.minor - self.left)

    def _charges(self, discounted: int, rate: int) -> Iterator[Step]:
        for fee in self._terms.fees:
            yield self._plus(StepKind.FEE, sums.fee_amount(fee, self._buyer.quantity), fee.kind)
        tax = self._terms.tax
        if tax is not None:
            base = discounted + (rate if tax.base is TaxBase.GOODS_PLUS_SHIPPING else 0)
            yield self._plus(StepKind.TAX, sums.tax_on(base, tax.ppm))

    def _of(self, *stages: Stage) -> list[Promotion]:
        return [promotion for promotion in self._chosen if promotion.stage in stages]

    def _to(self, promotion: Promotion, sum_after: int) -> Step:
        return self._less(promotion, self.left - sum_after)

    def _less(self, promotion: Promotion, benefit: int) -> Step:
        self.left -= benefit
        return Step(StepKind.PROMOTION, self._money(-benefit), promotion)

    def _plus(self, kind: StepKind, amount: int, name: str = "") -> Step:
        self.left += amount
        return Step(kind, self._money(amount), name=name)

    def _money(self, minor: int) -> Money:
        return Money(minor, self._currency)


def _is_shipping(promotion: Promotion | None) -> bool:
    return promotion is not None and promotion.stage is Stage.SHIPPING
