"""The cheapest admissible combination of promotions, found exactly: branch and bound over the stages (DECISIONS 44).

Stage by stage and in the offer's order each promotion is taken or left. One that changes nothing where it stands is
never taken: it counts as not reached, and excludes nobody. An automatic one that would change something may be left
only for another automatic one that excludes it. A branch is given up as soon as no way of going on could end lower
than the best order found so far; going greedily, stage by stage, is *not* exact (domain §1.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog import sums
from catalog.price_terms import PriceTerms, TaxBase
from catalog.promotion import FULL_BP, Base, Promotion, PromotionKind, Stage
from catalog.sums import Goods, Units

MOST_NODES: Final = 20_000
"""Decisions looked at before the search ends with what it has. 4,096 combinations, the bound of domain §1.4, stay far
below; beyond, the result says whether it is proven."""
FEWEST_TO_REMEMBER: Final = 7
"""With fewer promotions of one stage left, remembering where one has been costs more than it saves."""

_ORDER: Final = {stage: place for place, stage in enumerate(Stage)}


def _in_order(promotions: Sequence[Promotion]) -> Sequence[Promotion]:
    """By stage, within one as the offer has them."""
    if len(promotions) < 2:
        return promotions
    return sorted(promotions, key=lambda promotion: _ORDER[promotion.stage])


@dataclass(frozen=True, slots=True)
class Best:
    """The best order found."""

    total: int
    delivered: int
    chosen: tuple[Promotion, ...]
    """In the order in which they take effect."""
    is_proven: bool


@dataclass(frozen=True, slots=True)
class NoOrder:
    """Why no combination can be ordered at all."""

    most_goods: int
    """The largest sum of goods that any combination came to: what the minimum order was missed with."""
    is_over_tax_limit: bool


class Combination:
    """One search: these terms, this many units, these promotions in force and open to the buyer."""

    def __init__(
        self, terms: PriceTerms, promotions: Sequence[Promotion], *, quantity: int, region: str
    ) -> None:
        self._terms = terms
        self._region = region
        self._quantity = quantity
        self._all = _in_order(promotions)
        self._floor = 1 if terms.min_pay is None else 0
        self._fees = sums.fees(terms, quantity)
        self._conflicts, self._rivals = _conflicts(self._all)
        self._unit: list[int] = []
        self._goods: list[int] = []
        self._subsidies: list[int] = []
        self._shipping: list[int] = []
        self._payment: list[int] = []
        for place, promotion in enumerate(self._all):
            self._of_stage(promotion.stage).append(place)
        self._bonus = sum(self._most_bonus(i) for i in self._goods)
        self.nodes = 0
        """Decisions looked at."""
        self._best: tuple[int, int, int, int] | None = None
        """total, -delivered, number of promotions, chosen (a bit per promotion)"""
        self._lowest: int | None = None
        """What no order can be below; known only where one set of goods is possible."""
        self._most_goods = 0
        self._is_over_tax_limit = False

    def search(self) -> Best | NoOrder:
        """The lowest total; of equal ones the most units, then the fewest promotions, then the first by ids."""
        self._take_units(0, ((self._terms.price.minor, self._quantity),), 0, 0)
        if self._best is None:
            return NoOrder(self._most_goods, self._is_over_tax_limit)
        total, delivered, _, chosen = self._best
        is_proven = self.nodes <= MOST_NODES or (not self._unit and total == self._lowest)
        return Best(total, -delivered, self._named(chosen), is_proven)

    def _of_stage(self, stage: Stage) -> list[int]:
        if stage is Stage.SHOP or stage is Stage.PLATFORM:
            return self._goods
        if stage is Stage.UNIT:
            return self._unit
        if stage is Stage.SUBSIDY:
            return self._subsidies
        return self._shipping if stage is Stage.SHIPPING else self._payment

    # ── taking and leaving ─────────────────────────────────────────────────────────────────────────

    def _may_take(self, place: int, chosen: int) -> bool:
        return not self._conflicts[place] & chosen

    def _after_leaving(self, place: int, chosen: int, owed: int) -> int | None:
        """What is owed when a promotion that would change something is left; None when it cannot be left.

        Owed are automatic promotions for which another one that excludes them has yet to be taken.
        """
        if not self._all[place].is_mandatory or self._rivals[place] & chosen:
            return owed
        later = self._rivals[place] >> (place + 1)
        return owed | 1 << place if later else None

    def _is_settled(self, chosen: int, owed: int) -> bool:
        place = 0
        while owed:
            if owed & 1 and not self._rivals[place] & chosen:
                return False
            owed >>= 1
            place += 1
        return True

    # ── unit stage ─────────────────────────────────────────────────────────────────────────────────

    def _take_units(self, k: int, units: Units, chosen: int, owed: int) -> None:
        if k == len(self._unit):
            self._start_goods(sums.goods_of(units), chosen, owed)
            return
        self.nodes += 1
        if self._is_spent():
            return
        place = self._unit[k]
        changed = sums.after_unit_promotion(self._all[place], units, self._floor)
        if changed is units:
            self._take_units(k + 1, units, chosen, owed)
            return
        if k + 3 < len(self._unit) and self._is_hopeless(self._unit_bound(k, units), chosen):
            return
        if self._may_take(place, chosen):
            self._take_units(k + 1, changed, chosen | 1 << place, owed)
        left = self._after_leaving(place, chosen, owed)
        if left is not None:
            self._take_units(k + 1, units, chosen, left)

    def _unit_bound(self, k: int, units: Units) -> int:
        """Below this no order ends from here: every unit at its lowest, every discount of its highest sum."""
        highest, lowest = [], []
        for price, count in units:
            low = high = price
            for place in self._unit[k:]:
                promotion = self._all[place]
                low = min(low, _changed(promotion, low, self._floor))
                high = max(high, _changed(promotion, high, self._floor))
            lowest.append((low, count))
            highest.append((high, count))
        top = sums.goods_of(tuple(highest))
        bounds = _Bounds(self._all, self._goods, top, self._floor)
        return self._end_bound(bounds.lowest(0, sums.goods_of(tuple(lowest)).total, 0), top.total, top)

    # ── shop and platform stages ───────────────────────────────────────────────────────────────────

    def _start_goods(self, goods: Goods, chosen: int, owed: int) -> None:
        self._most_goods = max(self._most_goods, goods.total)
        if self._terms.min_order is not None and goods.total < self._terms.min_order.minor:
            return
        bounds = _Bounds(self._all, self._goods, goods, self._floor)
        if not self._unit and len(self._goods) >= FEWEST_TO_REMEMBER:
            self._lowest = self._end_bound(bounds.lowest(0, goods.total, 0), goods.total, goods)
        seen: dict[tuple[int, ...], tuple[int, int]] = {}
        self._take_goods(_GoodsBranch(goods, bounds, seen), 0, goods.total, 0, chosen, owed)

    def _take_goods(
        self, branch: _GoodsBranch, k: int, running: int, bonus: int, chosen: int, owed: int
    ) -> None:
        self.nodes += 1
        low = branch.bounds.lowest(k, running, chosen)
        if self._is_spent() or self._exceeds_tax_limit(low):
            return
        if self._best is not None and self._is_hopeless(self._end_bound(low, running, branch.goods), chosen):
            return
        while k < len(self._goods):
            place = self._goods[k]
            promotion = self._all[place]
            benefit = sums.goods_benefit(promotion, branch.goods, running, self._floor)
            more = sums.bonus(promotion, branch.goods, running)
            k += 1
            if not (benefit or more):
                continue
            if len(self._goods) - k >= FEWEST_TO_REMEMBER and self._was_here(
                branch, (k, running, bonus, owed, chosen & self._watched(place)), chosen
            ):
                return
            left = self._after_leaving(place, chosen, owed)
            leaves_first = branch.bounds.has_better_later[k - 1] and left is not None
            if leaves_first and left is not None:
                self._take_goods(branch, k, running, bonus, chosen, left)
            if self._may_take(place, chosen):
                self._take_goods(branch, k, running - benefit, bonus + more, chosen | 1 << place, owed)
            if left is not None and not leaves_first:
                self._take_goods(branch, k, running, bonus, chosen, left)
            return
        self._start_rest(branch.goods, running, bonus, chosen, owed)

    def _was_here(self, branch: _GoodsBranch, state: tuple[int, ...], chosen: int) -> bool:
        """Whether the same was reached before with no more promotions: whatever follows is the same."""
        mine = (chosen.bit_count(), chosen)
        before = branch.seen.get(state)
        if before is not None and (before[0], self._ids(before[1])) <= (mine[0], self._ids(chosen)):
            return True
        branch.seen[state] = mine
        return False

    def _watched(self, place: int) -> int:
        """The promotions before `place` that have a say in what may still be taken."""
        watched = 0
        for later in range(place, len(self._all)):
            watched |= self._conflicts[later] | self._rivals[later]
        return watched

    # ── subsidy, shipping, fees, tax, payment ──────────────────────────────────────────────────────

    def _start_rest(self, goods: Goods, discounted: int, bonus: int, chosen: int, owed: int) -> None:
        rate, _ = sums.shipping_rate(self._terms, self._region, goods, discounted)
        rest = _Rest(goods, discounted, self._quantity + bonus)
        self._take_subsidies(rest, 0, (discounted, rate), chosen, owed)

    def _take_subsidies(
        self, rest: _Rest, k: int, left_and_rate: tuple[int, int], chosen: int, owed: int
    ) -> None:
        running, rate = left_and_rate
        if k == len(self._subsidies):
            self._take_shipping(rest, 0, left_and_rate, chosen, owed)
            return
        place = self._subsidies[k]
        benefit = sums.subsidy_benefit(self._all[place], rest.goods, rest.discounted, running, self._floor)
        if not benefit:
            self._take_subsidies(rest, k + 1, left_and_rate, chosen, owed)
            return
        self.nodes += 1
        if self._is_spent() or self._is_hopeless(self._rest_bound(rest, k, 0, left_and_rate), chosen):
            return
        if self._may_take(place, chosen):
            self._take_subsidies(rest, k + 1, (running - benefit, rate), chosen | 1 << place, owed)
        left = self._after_leaving(place, chosen, owed)
        if left is not None:
            self._take_subsidies(rest, k + 1, left_and_rate, chosen, left)

    def _take_shipping(
        self, rest: _Rest, k: int, left_and_rate: tuple[int, int], chosen: int, owed: int
    ) -> None:
        running, rate = left_and_rate
        if k == len(self._shipping):
            self._start_payment(rest, left_and_rate, chosen, owed)
            return
        place = self._shipping[k]
        benefit = sums.shipping_benefit(self._all[place], rest.goods, rest.discounted, rate)
        if not benefit:
            self._take_shipping(rest, k + 1, left_and_rate, chosen, owed)
            return
        self.nodes += 1
        is_hopeless = self._is_hopeless(
            self._rest_bound(rest, len(self._subsidies), k, left_and_rate), chosen
        )
        if is_hopeless or self._is_spent():
            return
        if self._may_take(place, chosen):
            self._take_shipping(rest, k + 1, (running, rate - benefit), chosen | 1 << place, owed)
        left = self._after_leaving(place, chosen, owed)
        if left is not None:
            self._take_shipping(rest, k + 1, left_and_rate, chosen, left)

    def _start_payment(self, rest: _Rest, left_and_rate: tuple[int, int], chosen: int, owed: int) -> None:
        running, rate = left_and_rate
        tax = self._terms.tax
        levied = 0
        if tax is not None:
            base = rest.discounted + (rate if tax.base is TaxBase.GOODS_PLUS_SHIPPING else 0)
            if self._exceeds_tax_limit(base):
                return
            levied = sums.tax_on(base, tax.ppm)
        payable = running + rate + self._fees + levied
        self._take_payment(rest, 0, (payable, payable), chosen, owed)

    def _take_payment(
        self, rest: _Rest, k: int, payable_and_left: tuple[int, int], chosen: int, owed: int
    ) -> None:
        payable, running = payable_and_left
        if k == len(self._payment):
            self._end(running, rest.delivered, chosen, owed)
            return
        place = self._payment[k]
        benefit = sums.payment_benefit(self._all[place], self._quantity, payable, running, self._floor)
        if not benefit:
            self._take_payment(rest, k + 1, payable_and_left, chosen, owed)
            return
        self.nodes += 1
        if self._is_spent() or self._is_hopeless(self._payment_bound(k, payable, running), chosen):
            return
        if self._may_take(place, chosen):
            self._take_payment(rest, k + 1, (payable, running - benefit), chosen | 1 << place, owed)
        left = self._after_leaving(place, chosen, owed)
        if left is not None:
            self._take_payment(rest, k + 1, payable_and_left, chosen, left)

    def _rest_bound(self, rest: _Rest, k: int, shipping: int, left_and_rate: tuple[int, int]) -> int:
        """Below this no order ends from the k-th subsidy and this shipping promotion on."""
        running, rate = left_and_rate
        highest = self._highest_payable(rest.discounted) if self._payment else 0
        for place in self._subsidies[k:]:
            promotion = self._all[place]
            base = rest.discounted if promotion.base is Base.ITEM else running
            running -= _most_subsidy(promotion, base, rest.goods.quantity)
        for place in self._shipping[shipping:]:
            rate -= sums.shipping_benefit(self._all[place], rest.goods, rest.discounted, rate)
        end = max(running, self._floor) + rate + self._fees
        if self._terms.tax is not None:
            base = rest.discounted + (rate if self._terms.tax.base is TaxBase.GOODS_PLUS_SHIPPING else 0)
            end += sums.tax_on(base, self._terms.tax.ppm)
        return end - sum(self._most_payment(place, highest) for place in self._payment)

    def _payment_bound(self, k: int, payable: int, running: int) -> int:
        for place in self._payment[k:]:
            running -= sums.payment_benefit(self._all[place], self._quantity, payable, payable, 0)
        return running

    def _end(self, running: int, delivered: int, chosen: int, owed: int) -> None:
        if owed and not self._is_settled(chosen, owed):
            return
        total = running if self._terms.min_pay is None else max(running, self._terms.min_pay.minor)
        mine = (total, -delivered, chosen.bit_count(), chosen)
        if (
            self._best is None
            or mine[:3] < self._best[:3]
            or (mine[:3] == self._best[:3] and self._ids(chosen) < self._ids(self._best[3]))
        ):
            self._best = mine

    # ── bounds ─────────────────────────────────────────────────────────────────────────────────────

    def _is_spent(self) -> bool:
        return self.nodes > (MOST_NODES if self._best is not None else 4 * MOST_NODES)

    def _exceeds_tax_limit(self, base: int) -> bool:
        """Whether an order with at least this tax base cannot be placed."""
        tax = self._terms.tax
        if tax is None or tax.limit is None or base <= tax.limit.minor:
            return False
        self._is_over_tax_limit = True
        return True

    def _is_hopeless(self, low: int, chosen: int) -> bool:
        """Whether nothing that ends at `low` or above, with at least these promotions, beats the best so far."""
        if self._best is None:
            return False
        total, delivered, count, _ = self._best
        if self._terms.min_pay is not None:
            low = max(low, self._terms.min_pay.minor)
        if low != total:
            return low > total
        if self._quantity + self._bonus > -delivered:
            return False
        mine = chosen.bit_count()
        if mine != count:
            return mine > count
        return self._ids(chosen) >= self._ids(self._best[3])

    def _end_bound(self, low: int, high: int, goods: Goods) -> int:
        """Below this no order ends whose goods come to between `low` and `high` after shop and platform."""
        low = max(low, self._floor)
        free_from = self._terms.shipping_rules.free_over
        if free_from is None or self._shipping or low >= free_from.minor or high < free_from.minor:
            return self._bound_at(low, high, goods)
        # Either so few discounts that shipping stays free, or the rate on top of all of them.
        not_free = self._bound_at(low, free_from.minor - 1, goods)
        return min(not_free, self._bound_at(free_from.minor, high, goods))

    def _bound_at(self, low: int, high: int, goods: Goods) -> int:
        """The same where shipping costs no less than at `high`."""
        rate = 0
        if not self._shipping:
            rate, _ = sums.shipping_rate(self._terms, self._region, goods, high)
        end = low + rate + self._fees
        if self._terms.tax is not None:
            base = low + (rate if self._terms.tax.base is TaxBase.GOODS_PLUS_SHIPPING else 0)
            end += sums.tax_on(base, self._terms.tax.ppm)
        end -= self._most_subsidies(low, goods.quantity)
        if not self._payment:
            return max(end, 0)
        highest = self._highest_payable(high)
        return end - sum(self._most_payment(place, highest) for place in self._payment)

    def _most_subsidies(self, low: int, quantity: int) -> int:
        """The most that all subsidies together take off a sum of at least `low`, so that more goods never cost less."""
        if not self._subsidies:
            return 0
        promotions = [self._all[place] for place in self._subsidies]
        if sum(promotion.rate_bp or 0 for promotion in promotions) >= FULL_BP:
            return low
        return min(low, sum(_most_subsidy(promotion, low, quantity) for promotion in promotions))

    def _highest_payable(self, goods: int) -> int:
        terms = self._terms
        surcharge = terms.shipping_rules.surcharge(self._region)
        highest = goods + self._fees + sum(m.minor for m in (terms.shipping, surcharge) if m is not None)
        return highest if terms.tax is None else highest + sums.tax_on(highest, terms.tax.ppm)

    def _most_payment(self, place: int, highest: int) -> int:
        return sums.payment_benefit(self._all[place], self._quantity, highest, highest, 0)

    def _most_bonus(self, place: int) -> int:
        promotion = self._all[place]
        is_bonus = promotion.kind is PromotionKind.BONUS_UNITS
        return sums.most_bonus(promotion, self._quantity) if is_bonus else 0

    # ── names ──────────────────────────────────────────────────────────────────────────────────────

    def _named(self, chosen: int) -> tuple[Promotion, ...]:
        return tuple(p for place, p in enumerate(self._all) if chosen >> place & 1)

    def _ids(self, chosen: int) -> list[str]:
        return sorted(promotion.id for promotion in self._named(chosen))


@dataclass(frozen=True, slots=True)
class _GoodsBranch:
    """What stays the same while shop and platform promotions are tried on one set of goods."""

    goods: Goods
    bounds: _Bounds
    seen: dict[tuple[int, ...], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What stays the same from the subsidies on."""

    goods: Goods
    discounted: int
    delivered: int


class _Bounds:
    """How low the shop and platform promotions from the k-th on can bring a sum, whatever is combined.

    Promotions that look at the sum of the goods have a fixed value; those that look at what is left are worth at most
    what they would be now, since it only gets less. Of an exclusive group the best member counts, and none once one is
    taken. Percentages of what is left multiply; everything else subtracts the most it could come to. An amount taken
    off before a percentage lowers the end by less than it, so multiplying first and subtracting then is never above
    the truth.
    """

    def __init__(
        self, promotions: Sequence[Promotion], places: Sequence[int], goods: Goods, floor: int
    ) -> None:
        self._goods = goods
        self._floor = floor
        self._alone = [0] * (len(places) + 1)
        self._groups: dict[str, _Group] = {}
        self._running: list[tuple[int, Promotion, int]] = []
        self.has_better_later = [False] * len(places)
        for k in range(len(places) - 1, -1, -1):
            promotion = promotions[places[k]]
            self._alone[k] = self._alone[k + 1]
            if promotion.group and promotion.group not in self._groups:
                self._groups[promotion.group] = _Group([0] * (len(places) + 1), 0)
            group = self._groups.get(promotion.group)
            most = sums.goods_benefit(promotion, goods, goods.total, 0)
            if group is not None:
                group.members |= 1 << places[k]
                self.has_better_later[k] = group.best[k + 1] > most
            if promotion.base is Base.RUNNING:
                self._running.append((k, promotion, group.members if group is not None else 0))
                most = 0
            if group is None:
                self._alone[k] += most
            self._spread(k, promotion.group, most)

    def _spread(self, k: int, name: str, most: int) -> None:
        for group in self._groups.values():
            group.best[k] = group.best[k + 1]
        if name:
            self._groups[name].best[k] = max(self._groups[name].best[k], most)

    def lowest(self, k: int, running: int, chosen: int) -> int:
        """Below this the sum is not after the promotions from the k-th on."""
        low = running
        off = self._alone[k]
        for group in self._groups.values():
            if not group.members & chosen:
                off += group.best[k]
        for place, promotion, rivals in self._running:
            if place < k:
                break
            most = 0 if rivals & chosen else sums.goods_benefit(promotion, self._goods, running, 0)
            if most and _multiplies(promotion):
                low = low * (promotion.pay_bp or FULL_BP) // FULL_BP
            else:
                off += most
        return max(low - off, min(running, self._floor))


@dataclass(slots=True)
class _Group:
    """An exclusive group: the most that its members from the k-th on take off, and who they are."""

    best: list[int]
    members: int


def _multiplies(promotion: Promotion) -> bool:
    return (
        promotion.kind is PromotionKind.PERCENT_OFF
        and promotion.base is Base.RUNNING
        and not promotion.group
        and promotion.cap is None
        and promotion.max_units is None
    )


def _changed(promotion: Promotion, price: int, floor: int) -> int:
    """A unit's price after a promotion whose thresholds are taken to be reached."""
    return max(sums.unit_price(promotion, price), floor)


def _most_subsidy(promotion: Promotion, low: int, quantity: int) -> int:
    most = sums.paid_share(low, promotion.rate_bp or 0) + quantity
    if promotion.cap_unit is not None:
        units = quantity if promotion.max_units is None else min(quantity, promotion.max_units)
        most = min(most, promotion.cap_unit.minor * units)
    return most if promotion.cap is None else min(most, promotion.cap.minor)


def _conflicts(promotions: Sequence[Promotion]) -> tuple[list[int], list[int]]:
    """For each promotion the bits of those it cannot be combined with; of an automatic one, the automatic among them."""
    conflicts = [0] * len(promotions)
    rivals = [0] * len(promotions)
    if len(promotions) < 2:
        return conflicts, rivals
    for i, one in enumerate(promotions):
        for j in range(i):
            other = promotions[j]
            if one.conflicts_with(other):
                conflicts[i] |= 1 << j
                conflicts[j] |= 1 << i
                if one.is_mandatory and other.is_mandatory:
                    rivals[i] |= 1 << j
                    rivals[j] |= 1 << i
    return conflicts, rivals
