"""The landed price by trying every combination, written from the rules of domain §1.3-1.4 alone: the oracle.

Slow and plain on purpose: fractions instead of integer tricks, one list of unit prices, no pruning. Shares no code with
`catalog/combination.py` and `catalog/sums.py`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations
from math import floor

from catalog.promotion import Promotion

ORDER = ["unit", "shop", "platform", "subsidy", "shipping", "payment"]


def rounded(value):
    return floor(value + Fraction(1, 2))


def clash(one: Promotion, other: Promotion) -> bool:
    def names(p):
        return {p.id, *([p.group] if p.group else []), *(["price_basis"] if p.kind == "set_price" else [])}

    same_group = (names(one) - {one.id}) & (names(other) - {other.id})
    return bool(same_group or set(one.excludes) & names(other) or set(other.excludes) & names(one))


def best_order(terms, promotions, quantity, region):
    """(total, delivered, ids) of the best order, or None when nothing can be ordered."""
    ordered = sorted(promotions, key=lambda p: ORDER.index(p.stage))
    sets = chain.from_iterable(combinations(ordered, n) for n in range(len(ordered) + 1))
    found = []
    for chosen in sets:
        if any(clash(a, b) for a, b in combinations(chosen, 2)):
            continue
        end = Order(terms, ordered, chosen, quantity, region).run()
        if end is not None:
            total, delivered = end
            found.append((total, -delivered, len(chosen), sorted(p.id for p in chosen)))
    if not found:
        return None
    total, delivered, _, ids = min(found)
    return total, -delivered, ids


class Order:
    """One combination, run through the stages. A promotion of it that changes nothing makes it void: the smaller
    combination without it is tried as well."""

    def __init__(self, terms, ordered, chosen, quantity, region):
        self.terms, self.ordered, self.chosen = terms, ordered, chosen
        self.quantity, self.region = quantity, region
        self.least = 1 if terms.min_pay is None else 0

    def run(self):  # noqa: C901 - the stages one after another
        terms = self.terms
        self.units = [terms.price.minor] * self.quantity
        self.bonus = 0
        self.left = None
        for promotion in self.stage("unit"):
            after = self.unit(promotion)
            if not self.agrees(promotion, after != self.units):
                return None
            if promotion in self.chosen:
                self.units = after
        self.s1 = self.left = sum(self.units)
        if terms.min_order and self.s1 < terms.min_order.minor:
            return None
        if not self.take("shop", self.goods) or not self.take("platform", self.goods):
            return None
        discounted = self.discounted = self.left
        if not self.take("subsidy", self.subsidy):
            return None
        self.goods_left = self.left
        self.left = self.rate(discounted)
        if not self.take("shipping", self.shipping):
            return None
        rate, self.left = self.left, self.goods_left
        fees = sum(f.amount.minor * (self.quantity if f.per == "unit" else 1) for f in terms.fees)
        levied = 0
        if terms.tax:
            base = discounted + (rate if terms.tax.base == "goods_plus_shipping" else 0)
            if terms.tax.limit and base > terms.tax.limit.minor:
                return None
            levied = rounded(Fraction(base * terms.tax.ppm, 10**6))
        self.payable = self.left = self.left + rate + fees + levied
        if not self.take("payment", self.payment):
            return None
        total = self.left
        if terms.min_pay:
            total = max(total, terms.min_pay.minor)
        return total, self.quantity + self.bonus

    def stage(self, name):
        return [p for p in self.ordered if p.stage == name]

    def agrees(self, promotion, changes):
        if promotion in self.chosen:
            return changes
        if not (promotion.is_mandatory and changes):
            return True
        return any(other.is_mandatory and clash(promotion, other) for other in self.chosen)

    def take(self, stage, benefit):
        for promotion in self.stage(stage):
            off, more = benefit(promotion)
            if not self.agrees(promotion, bool(off or more)):
                return False
            if promotion in self.chosen:
                self.left -= off
                self.bonus += more
        return True

    def reached(self, p, base):
        enough = p.threshold is None or base >= p.threshold.minor
        return enough and (p.threshold_qty is None or self.quantity >= p.threshold_qty)

    def often(self, p, base):
        if p.repeat == "once":
            return 1
        limits = []
        if p.threshold and p.threshold.minor:
            limits.append(base // p.threshold.minor)
        if p.threshold_qty:
            limits.append(self.quantity // p.threshold_qty)
        if p.max_times:
            limits.append(p.max_times)
        return min(limits)

    def unit(self, p):
        if not self.reached(p, sum(self.units)):
            return self.units
        after = list(self.units)
        for i, u in enumerate(self.units):
            if p.max_units is not None and i >= p.max_units:
                break
            if p.kind == "set_price":
                new = p.price.minor
            elif p.kind == "unit_off":
                new = u - p.off.minor
            elif p.kind == "deposit":
                new = u - (p.worth.minor - p.deposit.minor)
            else:
                new = rounded(Fraction(u * p.pay_bp, 10_000))
                if p.cap:
                    new = max(new, u - p.cap.minor)
            after[i] = max(new, self.least)
        return after

    def clipped(self, p, off):
        if p.cap:
            off = min(off, p.cap.minor)
        return max(0, min(off, self.left - self.least))

    def goods(self, p):
        base = self.s1 if p.base == "item" else self.left
        if not self.reached(p, base):
            return 0, 0
        if p.kind == "bonus_units":
            times = self.quantity // p.buy
            return 0, p.get * (min(times, p.max_times) if p.max_times else times)
        if p.kind == "amount_off":
            off = p.off.minor * self.often(p, base)
        elif p.kind == "percent_off":
            part = base
            if p.max_units is not None and p.max_units < self.quantity:
                first = sum(self.units[: p.max_units])
                part = first if base == self.s1 else base * first // self.s1
            off = part - rounded(Fraction(part * p.pay_bp, 10_000))
        else:
            places = list(range(p.n - 1, self.quantity, p.n))
            if p.max_times:
                places = places[: p.max_times]
            off = 0
            for i in places:
                u = self.units[i]
                paid = min(u, p.pay.minor) if p.pay else rounded(Fraction(u * p.pay_bp, 10_000))
                off += u - paid
        return self.clipped(p, off), 0

    def subsidy(self, p):
        base = self.discounted if p.base == "item" else self.left
        if not self.reached(p, base):
            return 0, 0
        exact = [
            Fraction(base * u, self.s1) if self.s1 else Fraction(base, self.quantity) for u in self.units
        ]
        parts = [floor(e) for e in exact]
        for i in sorted(range(len(parts)), key=lambda i: (-(exact[i] - parts[i]), i))[: base - sum(parts)]:
            parts[i] += 1
        offs = []
        for part in parts:
            if p.max_unit_price and part > p.max_unit_price.minor:
                continue
            off = rounded(Fraction(part * p.rate_bp, 10_000))
            offs.append(min(off, p.cap_unit.minor) if p.cap_unit else off)
        offs.sort(reverse=True)
        return self.clipped(p, sum(offs if p.max_units is None else offs[: p.max_units])), 0

    def rate(self, discounted):
        rules = self.terms.shipping_rules
        extra = 0
        inside = [
            (len(a), m.minor)
            for a, m in rules.surcharges
            if self.region == a or self.region.startswith(a + "-")
        ]
        if inside:
            extra = max(inside)[1]
        base = self.terms.shipping.minor if self.terms.shipping else 0
        if (
            rules.free_over
            and (self.s1 if rules.free_base == "item" else discounted) >= rules.free_over.minor
        ):
            base = 0
        return base + extra

    def shipping(self, p):
        base = self.s1 if p.base == "item" else self.discounted
        if not self.reached(p, base):
            return 0, 0
        off = self.left if p.kind == "ship_free" else p.off.minor * self.often(p, base)
        if p.cap:
            off = min(off, p.cap.minor)
        return min(off, self.left), 0

    def payment(self, p):
        base = self.payable if p.base == "item" else self.left
        if not self.reached(p, base):
            return 0, 0
        if p.kind == "amount_off":
            off = p.off.minor * self.often(p, base)
        else:
            off = base - rounded(Fraction(base * p.pay_bp, 10_000))
        return self.clipped(p, off), 0
