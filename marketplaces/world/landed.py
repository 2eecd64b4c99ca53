"""The true landed price: every combination of promotions is tried. Slow and plain on purpose; nothing here is clever.

The rules are domain §1.3-1.4 and the notes inside the worked cases. Integer fen throughout; what is paid after a
percentage is rounded half up. What they leave open: DECISIONS 48.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from marketplaces.world.promotions import Shipping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marketplaces.world.promotions import Promotion

FREE = Shipping(base=0)
HERE = "CN-SH"
"""The region a price is for unless another is named."""
_BP = 10_000
_PPM = 1_000_000
_MOST_PIECES = 99
"""Up to here is looked for a quantity that delivers enough."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that decides what an order of one offer costs. Fen."""

    price: int
    promotions: tuple[Promotion, ...] = ()
    shipping: Shipping = FREE
    min_qty: int = 1
    max_qty: int | None = None
    min_order: int = 0
    fee_per_unit: int = 0
    fee_per_order: int = 0
    tax_ppm: int = 0
    taxes_shipping: bool = False
    tax_limit: int | None = None
    min_pay: int | None = None
    """The least that is paid. Where none is stated, an amount off larger than its object leaves 1 fen of it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be bought, where to, when, and by whom."""

    quantity: int = 1
    region: str = HERE
    at_s: int = 0
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Landed:
    """What it costs, or why it cannot be bought."""

    status: str
    fen: int | None = None
    """None unless the status is ok."""
    is_bound: bool = False
    """Shipping is not stated, so this is the least it can be."""
    applied: tuple[str, ...] = ()
    taken: tuple[int, ...] = ()
    """What each of `applied` took off."""
    quantity: int = 0
    delivered: int = 0
    shipping_fen: int = 0
    fees_fen: int = 0
    tax_fen: int = 0
    gap_fen: int = 0
    """Missing to the minimum order."""


@dataclass(slots=True)
class _Order:
    """One order on its way through the stages."""

    terms: Terms
    quantity: int
    units: list[int]
    items: int = 0
    """The sum after the unit stage."""
    left: int = 0
    """What is still to be paid for the goods."""
    taxed: int = 0
    """The goods after the discounts of shop and platform."""
    delivered: int = 0
    shipping: int = 0
    fees: int = 0
    tax: int = 0
    total: int = 0
    steps: list[tuple[str, int]] = field(default_factory=list)
    """Id and amount of what had an effect."""

    @property
    def gap(self) -> int:
        """Missing to the minimum order."""
        return max(0, self.terms.min_order - self.items)

    @property
    def status(self) -> str:
        """Whether it can be placed."""
        limit = self.terms.tax_limit
        if self.gap:
            return "below_min_order"
        return "over_tax_limit" if limit is not None and self.taxed > limit else "ok"

    @property
    def paid(self) -> int:
        """What is paid in the end."""
        return max(self.total, self.terms.min_pay or 0)

    def has(self, promotion: Promotion) -> bool:
        """Whether it had one."""
        return any(name == promotion.id for name, _ in self.steps)


def landed(terms: Terms, wish: Wish) -> Landed:
    """The cheapest admissible combination; ties: more delivered, then fewer promotions, then ids."""
    refused = _refused(terms, wish)
    if refused:
        return Landed(refused, quantity=wish.quantity)
    offered = [p for p in terms.promotions if _is_admissible(p, wish)]
    orders = list(_orders(terms, wish, offered))
    fine = [order for order in orders if order.status == "ok"]
    if fine:
        return _result(min(fine, key=_rank))
    return _result(min(orders, key=lambda order: (order.status != "below_min_order", order.gap)))


def landed_for(terms: Terms, wanted: int, wish: Wish) -> Landed:
    """The cheapest way to get at least `wanted` pieces; ties: fewer bought."""
    tried = (landed(terms, Wish(n, wish.region, wish.at_s, wish.conditions)) for n in range(1, _MOST_PIECES))
    enough = [result for result in tried if result.status == "ok" and result.delivered >= wanted]
    return min(enough, key=lambda r: (r.fen, r.quantity)) if enough else Landed("unsatisfiable")


# ── which combinations there are ───────────────────────────────────────────────────────────────────


def _refused(terms: Terms, wish: Wish) -> str:
    if wish.quantity < terms.min_qty:
        return "below_min_qty"
    if terms.max_qty is not None and wish.quantity > terms.max_qty:
        return "over_limit"
    return "undeliverable" if wish.region in terms.shipping.no_delivery else ""


def _is_admissible(promotion: Promotion, wish: Wish) -> bool:
    fits = not promotion.regions or wish.region in promotion.regions
    return fits and promotion.is_open(wish.at_s) and wish.conditions.issuperset(promotion.needs)


def _orders(terms: Terms, wish: Wish, offered: Sequence[Promotion]) -> Iterator[_Order]:
    """One order for every combination that is allowed."""
    for size in range(len(offered) + 1):
        for chosen in combinations(offered, size):
            if _go_together(chosen):
                order = _through(terms, wish, chosen)
                if not _leaves_out(order, wish, offered, chosen):
                    yield order


def _go_together(chosen: Sequence[Promotion]) -> bool:
    groups = [p.group or ("price_basis" if p.kind == "set_price" else "") for p in chosen]
    named = [group for group in groups if group]
    taken = {p.id for p in chosen} | set(named)
    return len(named) == len(set(named)) and not any(taken.intersection(p.excludes) for p in chosen)


def _leaves_out(order: _Order, wish: Wish, offered: Sequence[Promotion], chosen: Sequence[Promotion]) -> bool:
    """Whether an automatic promotion that would apply is missing, without an automatic rival in its place."""
    there = {p.id for p in chosen}
    missing = [p for p in offered if p.mandatory and p.id not in there]
    if not missing:
        return False
    filled = {p.group for p in chosen if p.mandatory and p.group and order.has(p)}
    return any(_would_apply(order.terms, wish, offered, there, p) for p in missing if p.group not in filled)


def _would_apply(
    terms: Terms, wish: Wish, offered: Sequence[Promotion], there: set[str], missing: Promotion
) -> bool:
    """Whether it would have an effect beside those that are there."""
    return _through(terms, wish, [p for p in offered if p.id in there or p is missing]).has(missing)


def _rank(order: _Order) -> tuple[int, int, int, list[str]]:
    return (order.paid, -order.delivered, len(order.steps), sorted(name for name, _ in order.steps))


# ── the stages ─────────────────────────────────────────────────────────────────────────────────────


def _through(terms: Terms, wish: Wish, chosen: Sequence[Promotion]) -> _Order:
    order = _Order(terms, wish.quantity, [terms.price] * wish.quantity, delivered=wish.quantity)
    for promotion in _of("unit", chosen):
        _cut_units(order, promotion)
    order.items = order.left = sum(order.units)
    for stage in ("shop", "platform"):
        for promotion in _of(stage, chosen):
            _cut_goods(order, promotion)
    order.taxed = order.left
    _ship(order, wish.region, _of("shipping", chosen))
    for promotion in _of("subsidy", chosen):
        _subsidise(order, promotion)
    order.fees = terms.fee_per_unit * wish.quantity + terms.fee_per_order
    with_shipping = order.shipping if terms.taxes_shipping else 0
    order.tax = half_up((order.taxed + with_shipping) * terms.tax_ppm, _PPM)
    order.total = order.left + order.shipping + order.fees + order.tax
    for promotion in _of("payment", chosen):
        _cut_payment(order, promotion)
    return order


def _of(stage: str, chosen: Sequence[Promotion]) -> list[Promotion]:
    return [promotion for promotion in chosen if promotion.stage == stage]


def _cut_units(order: _Order, promotion: Promotion) -> None:
    if not _times(promotion, sum(order.units), order.quantity):
        return
    before = sum(order.units)
    for place in range(min(order.quantity, promotion.max_units or order.quantity)):
        order.units[place] = _unit_price(order, promotion, order.units[place])
    if sum(order.units) != before:
        order.steps.append((promotion.id, before - sum(order.units)))


def _unit_price(order: _Order, promotion: Promotion, unit: int) -> int:
    if promotion.kind == "set_price":
        return promotion.price or 0
    if promotion.kind == "unit_percent":
        return half_up(unit * (promotion.pay_bp or 0), _BP)
    gain = promotion.off or 0
    if promotion.kind == "deposit":
        gain = (promotion.worth or 0) - (promotion.deposit or 0)
    return unit - _limited(order, gain, unit)


def _cut_goods(order: _Order, promotion: Promotion) -> None:
    base = order.items if promotion.base == "item" else order.left
    times = _times(promotion, base, order.quantity)
    if not times:
        return
    if promotion.kind == "bonus_units":
        free = order.quantity // (promotion.buy or 1) * (promotion.get or 0)
        order.delivered += free
        if free:
            order.steps.append((promotion.id, 0))
        return
    wanted = _benefit(order, promotion, base, times)
    wanted = wanted if promotion.cap is None else min(wanted, promotion.cap)
    is_amount = promotion.kind == "amount_off"
    off = _limited(order, wanted, order.left) if is_amount else min(wanted, order.left)
    order.left -= off
    if off:
        order.steps.append((promotion.id, off))


def _benefit(order: _Order, promotion: Promotion, base: int, times: int) -> int:
    if promotion.kind == "amount_off":
        return (promotion.off or 0) * times
    if promotion.kind == "percent_off":
        return base - half_up(base * (promotion.pay_bp or 0), _BP)
    every = promotion.n or 1
    cheaper = sum(sorted(order.units)[: order.quantity // every])
    if promotion.price is not None:
        return max(0, cheaper - promotion.price * (order.quantity // every))
    return cheaper - half_up(cheaper * (promotion.pay_bp or 0), _BP)


def _times(promotion: Promotion, fen: int, quantity: int) -> int:
    """How often the promotion counts: 0 when a threshold is not reached."""
    over, pieces = promotion.threshold_fen or 0, promotion.threshold_qty or 0
    if fen < over or quantity < pieces:
        return 0
    if promotion.repeat == "once" or not (over or pieces):
        return 1
    times = fen // over if over else quantity // pieces
    return times if promotion.max_times is None else min(times, promotion.max_times)


def _limited(order: _Order, wanted: int, left: int) -> int:
    """What an amount off can take from what is left: all but 1 fen, where no least payment is stated."""
    if wanted <= left:
        return wanted
    return left if order.terms.min_pay is not None else max(0, left - 1)


def _subsidise(order: _Order, promotion: Promotion) -> None:
    shares = _spread(order.left, order.units)
    most = len(shares) if promotion.max_units is None else promotion.max_units
    off = 0
    for share in shares[:most]:
        if promotion.max_unit_price is None or share <= promotion.max_unit_price:
            part = half_up(share * (promotion.rate_bp or 0), _BP)
            off += part if promotion.cap_unit is None else min(part, promotion.cap_unit)
    order.left -= off
    if off:
        order.steps.append((promotion.id, off))


def _spread(fen: int, weights: Sequence[int]) -> list[int]:
    """The sum over the pieces by largest remainder."""
    whole = sum(weights) or 1
    shares = [fen * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda place: (-(fen * weights[place] % whole), place))
    for place in by_rest[: fen - sum(shares)]:
        shares[place] += 1
    return shares


def _ship(order: _Order, region: str, promotions: Sequence[Promotion]) -> None:
    """Runs before the subsidy, which free shipping does not see."""
    rules = order.terms.shipping
    tested = order.items if rules.free_base == "item" else order.left
    is_free = rules.free_over is not None and tested >= rules.free_over
    order.shipping = (0 if is_free else rules.base or 0) + dict(rules.surcharge).get(region, 0)
    for promotion in promotions:
        wanted = order.shipping if promotion.kind == "ship_free" else promotion.off or 0
        off = min(wanted, order.shipping) if _times(promotion, order.left, order.quantity) else 0
        order.shipping -= off
        if off:
            order.steps.append((promotion.id, off))


def _cut_payment(order: _Order, promotion: Promotion) -> None:
    times = _times(promotion, order.total, order.quantity)
    wanted = _benefit(order, promotion, order.total, times) if times else 0
    wanted = wanted if promotion.cap is None else min(wanted, promotion.cap)
    off = _limited(order, wanted, order.total)
    order.total -= off
    if off:
        order.steps.append((promotion.id, off))


def _result(order: _Order) -> Landed:
    if order.status != "ok":
        return Landed(order.status, quantity=order.quantity, gap_fen=order.gap)
    return Landed(
        "ok",
        order.paid,
        order.terms.shipping.base is None,
        tuple(name for name, _ in order.steps),
        tuple(off for _, off in order.steps),
        order.quantity,
        order.delivered,
        order.shipping,
        order.fees,
        order.tax,
    )


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of non-negative numbers, a half upwards."""
    return (2 * numerator + denominator) // (2 * denominator)
