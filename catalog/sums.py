"""What each promotion comes to in whole minor units: the arithmetic of domain §1.4, one function per stage.

Pure integers; a share that is *paid* is rounded half up. Which promotions are combined is decided in
`catalog/combination.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from catalog.money import Money
from catalog.price_terms import PPM, Fee, Per, PriceTerms
from catalog.promotion import FULL_BP, Base, Promotion, PromotionKind, Repeat

Units = tuple[tuple[int, int], ...]
"""(minor units of one, how many of them), in the order of purchase."""

HALF_BP: Final = FULL_BP // 2


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods of an order after the unit stage."""

    units: Units
    total: int
    """S1: what thresholds and percentages of parallel promotions look at."""
    quantity: int


def goods_of(units: Units) -> Goods:
    """Units with their sum."""
    if len(units) == 1:
        price, count = units[0]
        return Goods(units, price * count, count)
    return Goods(units, sum(price * count for price, count in units), sum(count for _, count in units))


def paid_share(amount: int, pay_bp: int) -> int:
    """`pay_bp` of `amount`, half up."""
    return (amount * pay_bp + HALF_BP) // FULL_BP


def _minor(amount: Money | None) -> int:
    """Of a parameter that the promotion's kind has (`catalog.promotion.SHAPES`)."""
    return 0 if amount is None else amount.minor


def is_reached(promotion: Promotion, base: int, quantity: int) -> bool:
    """Whether its thresholds are."""
    if promotion.threshold is not None and base < promotion.threshold.minor:
        return False
    return promotion.threshold_qty is None or quantity >= promotion.threshold_qty


def times(promotion: Promotion, base: int, quantity: int) -> int:
    """How often an amount is taken off, its thresholds being reached."""
    if promotion.repeat is Repeat.ONCE:
        return 1
    found = promotion.max_times
    if promotion.threshold is not None and promotion.threshold.minor:
        found = _least(found, base // promotion.threshold.minor)
    if promotion.threshold_qty is not None:
        found = _least(found, quantity // promotion.threshold_qty)
    return 1 if found is None else found


def _least(one: int | None, other: int) -> int:
    return other if one is None else min(one, other)


# ── unit ───────────────────────────────────────────────────────────────────────────────────────────


def after_unit_promotion(promotion: Promotion, units: Units, floor: int) -> Units:
    """The units after a promotion of the unit stage; the same object where it changes nothing.

    `floor` is the least that one unit costs.
    """
    if promotion.threshold is not None or promotion.threshold_qty is not None:
        goods = goods_of(units)
        if not is_reached(promotion, goods.total, goods.quantity):
            return units
    if len(units) == 1 and promotion.max_units is None:
        (price, count), *_ = units
        changed = max(unit_price(promotion, price), floor)
        return units if changed == price else ((changed, count),)
    return _partly(promotion, units, floor)


def _partly(promotion: Promotion, units: Units, floor: int) -> Units:
    """Where only so many units, or units of different prices, are changed."""
    left = promotion.max_units
    found: list[tuple[int, int]] = []
    for price, count in units:
        here = count if left is None else min(count, left)
        left = None if left is None else left - here
        _add(found, max(unit_price(promotion, price), floor), here)
        _add(found, price, count - here)
    return units if tuple(found) == units else tuple(found)


def _add(units: list[tuple[int, int]], price: int, count: int) -> None:
    """More units behind the others; neighbours of one price are one entry, so that equal goods compare equal."""
    if count and units and units[-1][0] == price:
        units[-1] = (price, units[-1][1] + count)
    elif count:
        units.append((price, count))


def unit_price(promotion: Promotion, price: int) -> int:
    """One unit's price after a promotion of the unit stage that applies to it; may be below zero."""
    kind = promotion.kind
    if kind is PromotionKind.UNIT_PERCENT:
        return _capped(promotion, price, paid_share(price, promotion.pay_bp or 0))
    if kind is PromotionKind.SET_PRICE:
        return _minor(promotion.price)
    if kind is PromotionKind.UNIT_OFF:
        return price - _minor(promotion.off)
    return price - (_minor(promotion.worth) - _minor(promotion.deposit))


def _capped(promotion: Promotion, price: int, paid: int) -> int:
    return paid if promotion.cap is None else max(paid, price - promotion.cap.minor)


# ── shop, platform ─────────────────────────────────────────────────────────────────────────────────


def goods_benefit(promotion: Promotion, goods: Goods, running: int, floor: int) -> int:
    """What a shop or platform promotion takes off the `running` sum, of which `floor` stays."""
    base = goods.total if promotion.base is Base.ITEM else running
    if not is_reached(promotion, base, goods.quantity):
        return 0
    benefit = _benefit(promotion, goods, base)
    if promotion.cap is not None:
        benefit = min(benefit, promotion.cap.minor)
    return max(0, min(benefit, running - floor))


def _benefit(promotion: Promotion, goods: Goods, base: int) -> int:
    kind = promotion.kind
    if kind is PromotionKind.AMOUNT_OFF:
        return _minor(promotion.off) * times(promotion, base, goods.quantity)
    if kind is PromotionKind.PERCENT_OFF:
        part = _part_of(promotion, goods, base)
        return part - paid_share(part, promotion.pay_bp or 0)
    return _off_nth_units(promotion, goods) if kind is PromotionKind.NTH_UNIT else 0


def _part_of(promotion: Promotion, goods: Goods, base: int) -> int:
    """The part of `base` that the first `max_units` units make up."""
    if promotion.max_units is None or promotion.max_units >= goods.quantity:
        return base
    part = sum(list(each_unit(goods.units))[: promotion.max_units])
    return part if base == goods.total else base * part // goods.total


def _off_nth_units(promotion: Promotion, goods: Goods) -> int:
    n = promotion.n or 1
    limit = promotion.max_times if promotion.max_times is not None else goods.quantity
    if len(goods.units) == 1:
        price = goods.units[0][0]
        return min(goods.quantity // n, limit) * (price - _nth_price(promotion, price))
    chosen = list(each_unit(goods.units))[n - 1 :: n][:limit]
    return sum(price - _nth_price(promotion, price) for price in chosen)


def _nth_price(promotion: Promotion, price: int) -> int:
    if promotion.pay is not None:
        return min(price, promotion.pay.minor)
    return paid_share(price, promotion.pay_bp or 0)


def each_unit(units: Units) -> Iterator[int]:
    """The price of every single unit."""
    for price, count in units:
        for _ in range(count):
            yield price


def bonus(promotion: Promotion, goods: Goods, running: int) -> int:
    """How many more units of the same a promotion delivers."""
    if promotion.kind is not PromotionKind.BONUS_UNITS:
        return 0
    base = goods.total if promotion.base is Base.ITEM else running
    if not is_reached(promotion, base, goods.quantity):
        return 0
    return most_bonus(promotion, goods.quantity)


def most_bonus(promotion: Promotion, quantity: int) -> int:
    """The same once its thresholds are reached."""
    often = quantity // (promotion.buy or 1)
    return (promotion.get or 0) * (often if promotion.max_times is None else min(often, promotion.max_times))


# ── subsidy ────────────────────────────────────────────────────────────────────────────────────────


def subsidy_benefit(promotion: Promotion, goods: Goods, discounted: int, running: int, floor: int) -> int:
    """What a subsidy takes off: per unit, of its share of the sum after shop and platform (`discounted`).

    Of more units than `max_units` those with the largest benefit are subsidised: that is what one would register.
    """
    base = discounted if promotion.base is Base.ITEM else running
    if not is_reached(promotion, base, goods.quantity):
        return 0
    each = sorted((_subsidised(promotion, share) for share in shares(base, goods)), reverse=True)
    benefit = sum(each[: promotion.max_units])
    if promotion.cap is not None:
        benefit = min(benefit, promotion.cap.minor)
    return max(0, min(benefit, running - floor))


def _subsidised(promotion: Promotion, share: int) -> int:
    if promotion.max_unit_price is not None and share > promotion.max_unit_price.minor:
        return 0
    amount = paid_share(share, promotion.rate_bp or 0)
    return amount if promotion.cap_unit is None else min(amount, promotion.cap_unit.minor)


def shares(total: int, goods: Goods) -> list[int]:
    """`total` spread over all units in proportion to their prices, by largest remainder; they add up to it."""
    if goods.quantity == 1:
        return [total]
    prices = list(each_unit(goods.units))
    weight = goods.total
    if not weight:
        prices, weight = [1] * len(prices), len(prices)
    found = [total * price // weight for price in prices]
    left = total - sum(found)
    by_remainder = sorted(range(len(prices)), key=lambda i: -(total * prices[i] % weight))
    for i in by_remainder[:left]:
        found[i] += 1
    return found


# ── shipping, fees, tax, payment ───────────────────────────────────────────────────────────────────


def shipping_rate(terms: PriceTerms, region: str, goods: Goods, discounted: int) -> tuple[int, bool]:
    """What shipping costs before shipping promotions, and whether that is known."""
    rules = terms.shipping_rules
    surcharge = rules.surcharge(region)
    extra = surcharge.minor if surcharge is not None else 0
    if rules.free_over is not None:
        base = goods.total if rules.free_base is Base.ITEM else discounted
        if base >= rules.free_over.minor:
            return extra, True
    return (extra, False) if terms.shipping is None else (terms.shipping.minor + extra, True)


def shipping_benefit(promotion: Promotion, goods: Goods, discounted: int, rate: int) -> int:
    """What a shipping promotion takes off a rate, which may become nothing."""
    base = goods.total if promotion.base is Base.ITEM else discounted
    if not is_reached(promotion, base, goods.quantity):
        return 0
    if promotion.kind is PromotionKind.SHIP_FREE:
        benefit = rate
    else:
        benefit = _minor(promotion.off) * times(promotion, base, goods.quantity)
    if promotion.cap is not None:
        benefit = min(benefit, promotion.cap.minor)
    return min(benefit, rate)


def fees(terms: PriceTerms, quantity: int) -> int:
    """All of them together."""
    return sum(fee_amount(fee, quantity) for fee in terms.fees) if terms.fees else 0


def fee_amount(fee: Fee, quantity: int) -> int:
    """What a fee comes to."""
    return fee.amount.minor * (quantity if fee.per is Per.UNIT else 1)


def tax_on(amount: int, ppm: int) -> int:
    """Half up."""
    return (amount * ppm + PPM // 2) // PPM


def payment_benefit(promotion: Promotion, quantity: int, payable: int, running: int, floor: int) -> int:
    """What a payment promotion takes off the `running` sum; `payable` is what there was to pay before the first."""
    base = payable if promotion.base is Base.ITEM else running
    if not is_reached(promotion, base, quantity):
        return 0
    if promotion.kind is PromotionKind.AMOUNT_OFF:
        benefit = _minor(promotion.off) * times(promotion, base, quantity)
    else:
        benefit = base - paid_share(base, promotion.pay_bp or 0)
    if promotion.cap is not None:
        benefit = min(benefit, promotion.cap.minor)
    return max(0, min(benefit, running - floor))


# ── how fast discounts grow ────────────────────────────────────────────────────────────────────────

FULL_SHARE: Final = PPM


def largest_share(promotion: Promotion, unit: int) -> int:
    """The most, in parts per million of the goods, that a promotion takes off however many units are bought.

    Of promotions after the unit stage that are neither capped nor taken off once; `unit` is the lowest unit price.
    """
    kind = promotion.kind
    if kind is PromotionKind.PERCENT_OFF:
        return (FULL_BP - (promotion.pay_bp or 0)) * (FULL_SHARE // FULL_BP)
    if kind is PromotionKind.SUBSIDY:
        return (promotion.rate_bp or 0) * (FULL_SHARE // FULL_BP)
    if kind is PromotionKind.NTH_UNIT:
        return FULL_SHARE // (promotion.n or 1) + 1
    if kind is not PromotionKind.AMOUNT_OFF:
        return 0
    off = _minor(promotion.off)
    reached_at = promotion.threshold.minor if promotion.threshold is not None else 0
    reached_at = max(reached_at, (promotion.threshold_qty or 0) * max(unit, 0))
    return off * FULL_SHARE // reached_at + 1 if reached_at else FULL_SHARE
