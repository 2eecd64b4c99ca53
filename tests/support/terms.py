"""Generated price terms: every kind of promotion with every rule it may have, small enough for brute force."""

from __future__ import annotations

from random import Random

from catalog.money import Money
from catalog.price_terms import Fee, Per, PriceTerms, ShippingRules, Tax, TaxBase
from catalog.promotion import Base, Promotion, PromotionKind, Repeat, Stage

SHOP_OR_PLATFORM = (Stage.SHOP, Stage.PLATFORM)
STAGES = {
    PromotionKind.SET_PRICE: (Stage.UNIT,),
    PromotionKind.UNIT_OFF: (Stage.UNIT,),
    PromotionKind.UNIT_PERCENT: (Stage.UNIT,),
    PromotionKind.DEPOSIT: (Stage.UNIT,),
    PromotionKind.AMOUNT_OFF: (*SHOP_OR_PLATFORM, *SHOP_OR_PLATFORM, Stage.PAYMENT),
    PromotionKind.PERCENT_OFF: (*SHOP_OR_PLATFORM, *SHOP_OR_PLATFORM, Stage.PAYMENT),
    PromotionKind.NTH_UNIT: SHOP_OR_PLATFORM,
    PromotionKind.BONUS_UNITS: SHOP_OR_PLATFORM,
    PromotionKind.SUBSIDY: (Stage.SUBSIDY,),
    PromotionKind.SHIP_FREE: (Stage.SHIPPING,),
    PromotionKind.SHIP_OFF: (Stage.SHIPPING,),
}
FREQUENT = [PromotionKind.AMOUNT_OFF] * 6 + [PromotionKind.PERCENT_OFF] * 3 + list(STAGES)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def promotion(random: Random, number: int, price: int) -> Promotion:
    """One promotion of an offer at about this price."""
    kind = random.choice(FREQUENT)
    own = _parameters(kind, random, price)
    rules: dict[str, object] = {}
    if random.random() < 0.5:
        rules["threshold"] = yuan(random.choice([0, price // 2, price, price + 1, 2 * price, price * 3 // 2]))
    if random.random() < 0.15:
        rules["threshold_qty"] = random.randint(1, 3)
    if kind in {PromotionKind.AMOUNT_OFF, PromotionKind.SHIP_OFF} and random.random() < 0.4 and _ends(rules):
        rules["repeat"] = Repeat.EACH
        if random.random() < 0.4:
            rules["max_times"] = random.randint(1, 3)
    if random.random() < 0.2:
        rules["cap"] = yuan(random.randint(1, max(1, price // 3)))
    if random.random() < 0.2:
        rules["max_units"] = random.randint(1, 3)
    if random.random() < 0.4:
        rules["group"] = random.choice(["coupon", "automatic", "third"])
    if random.random() < 0.25:
        others = [f"P{n}" for n in range(8) if n != number] + ["coupon", "automatic", "third", "price_basis"]
        names = {random.choice(others) for _ in range(random.randint(1, 2))} - {rules.get("group")}
        if kind is PromotionKind.SET_PRICE:
            names -= {"price_basis"}
        rules["excludes"] = tuple(sorted(names))
    rules["is_mandatory"] = random.random() < 0.2
    rules["base"] = random.choice([Base.ITEM, Base.RUNNING])
    return Promotion(id=f"P{number}", kind=kind, stage=random.choice(STAGES[kind]), **own, **rules)


def _ends(rules: dict[str, object]) -> bool:
    threshold = rules.get("threshold")
    return "threshold_qty" in rules or (isinstance(threshold, Money) and threshold.minor > 0)


def _parameters(kind: PromotionKind, random: Random, price: int) -> dict[str, object]:
    amount = yuan(random.choice([1, max(1, price // 10), max(1, price // 4), price, 2 * price]))
    share = random.choice([1, 5000, 7777, 8500, 9500, 9999, 10_000])
    match kind:
        case PromotionKind.SET_PRICE:
            return {"price": yuan(random.randint(max(1, price // 2), price + price // 5 + 1))}
        case PromotionKind.UNIT_OFF | PromotionKind.AMOUNT_OFF | PromotionKind.SHIP_OFF:
            return {"off": amount}
        case PromotionKind.UNIT_PERCENT | PromotionKind.PERCENT_OFF:
            return {"pay_bp": share}
        case PromotionKind.DEPOSIT:
            return {"deposit": amount, "worth": yuan(amount.minor + random.randint(0, price // 3))}
        case PromotionKind.NTH_UNIT:
            way = (
                {"pay": yuan(random.choice([0, 1, price // 2]))}
                if random.random() < 0.3
                else {"pay_bp": share}
            )
            return {"n": random.randint(2, 3), **way}
        case PromotionKind.BONUS_UNITS:
            return {"buy": random.randint(1, 3), "get": random.randint(1, 2)}
        case PromotionKind.SUBSIDY:
            limits = {"cap_unit": yuan(random.randint(1, price))} if random.random() < 0.6 else {}
            most = {"max_unit_price": yuan(random.randint(1, 2 * price))} if random.random() < 0.5 else {}
            return {"rate_bp": random.choice([1, 1500, 2000, 6000, 10_000]), **limits, **most}
        case _:
            return {}


def terms(random: Random, *, most: int = 7) -> PriceTerms:
    """Terms with up to `most` promotions."""
    price = random.choice([1, 2, 5, 99, 990, 9990, 32_000, 549_900])
    shipping = random.choice([None, yuan(0), yuan(0), yuan(600), yuan(random.randint(1, 3000))])
    free = random.choice([None, None, yuan(price), yuan(price * 2 - price // 10), yuan(1)])
    rules = ShippingRules(
        free_over=free,
        free_base=random.choice([Base.ITEM, Base.RUNNING]),
        surcharges=(("CN-XJ", yuan(1500)),) if random.random() < 0.3 else (),
    )
    fees = tuple(
        Fee("packing", yuan(random.randint(0, 200)), random.choice([Per.UNIT, Per.ORDER]))
        for _ in range(random.choice([0, 0, 0, 1, 2]))
    )
    return PriceTerms(
        price=yuan(price),
        shipping=shipping,
        promotions=tuple(promotion(random, n, price) for n in range(random.randint(0, most))),
        shipping_rules=rules,
        fees=fees,
        tax=_tax(random, price) if random.random() < 0.2 else None,
        min_order=yuan(random.randint(1, 2 * price)) if random.random() < 0.15 else None,
        min_pay=random.choice([None, None, yuan(1), yuan(0), yuan(price // 2)]),
    )


def _tax(random: Random, price: int) -> Tax:
    limit = yuan(random.randint(1, 3 * price)) if random.random() < 0.5 else None
    return Tax(random.choice([0, 91_000, 230_588]), random.choice(list(TaxBase)), limit)
