"""The landed price: ordinary offers, and the worst of generated ones with sixteen promotions. CPU time, pure Python."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from random import Random

from catalog.landed_price import Buyer, landed_price
from catalog.price_terms import PriceTerms, ShippingRules
from catalog.promotion import Promotion, PromotionKind, Stage
from catalog.region import HOME
from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.support.landed_oracle import best_order
from tests.support.terms import promotion, terms, yuan

AT = datetime(2026, 11, 11, 4, tzinfo=UTC)
ANYONE = Buyer(AT)
ORDINARY = 400
MOST_ORDINARY = 4
MANY = 16
WORST_OF, QUICK_WORST_OF = 1_000, 100


def measure(bench: Bench) -> list[Figure]:
    """Medians over offers, in microseconds; brute force over the same ordinary ones in the same run."""
    offers = list(ordinary())
    few = [one for one in offers if len(one.promotions) == MOST_ORDINARY]
    many = list(crowded(QUICK_WORST_OF if bench.is_quick else WORST_OF))
    ours, brute, slowest, usual = [], [], [], []
    for _ in range(bench.repetitions):
        ours.append(_median([_spent_us(partial(landed_price, one, ANYONE)) for one in offers]))
        mine = _median([_spent_us(partial(landed_price, one, ANYONE)) for one in few])
        theirs = _median([_spent_us(partial(best_order, one, one.promotions, 1, HOME)) for one in few])
        brute.append(theirs / mine)
        spent = [_spent_us(partial(landed_price, one, ANYONE), times=1) for one in many]
        slowest.append(max(spent) / 1000)
        usual.append(_median(spent) / 1000)
    worst_kinds = {
        name: _spent_us(partial(landed_price, one, ANYONE), times=1) / 1000 for name, one in KINDS.items()
    }
    told = ", ".join(f"{name} {spent:.1f}" for name, spent in worst_kinds.items())
    few_words = f"{len(offers)} generated offers"
    return [
        Figure("landed.ordinary", "landed price, ≤ 4 promotions, median offer", "µs CPU", ours, few_words),
        Figure("landed.brute", "every combination tried (the tests' oracle), 4 promotions", "×", brute),
        Figure("landed.crowded", "landed price, 16 promotions of any kind, median offer", "ms CPU", usual),
        Figure("landed.worst", "the slowest of them", "ms CPU", slowest, f"by hand, ms: {told}"),
    ]


def ordinary() -> list[PriceTerms]:
    """Offers with up to four promotions, as generated for the property tests."""
    return [terms(Random(seed), most=MOST_ORDINARY) for seed in range(ORDINARY)]


def crowded(count: int) -> list[PriceTerms]:
    """Offers with sixteen promotions of any kind, half of them in no group: more combinations than marketplaces show."""
    found = []
    for seed in range(count):
        random = Random(seed)
        price = random.choice([990, 9_990, 32_000, 549_900])
        many = tuple(promotion(random, number, price) for number in range(MANY))
        found.append(replace(terms(random, most=0), price=yuan(price), promotions=many))
    return found


def _coupons(count: int, **more: object) -> Sequence[Promotion]:
    return tuple(
        Promotion(
            id=f"c{n:02}", stage=Stage.SHOP, kind=PromotionKind.AMOUNT_OFF, off=yuan(100 + n * 7), **more
        )
        for n in range(count)
    )


def _grouped(count: int, groups: int) -> Sequence[Promotion]:
    return tuple(replace(one, group=f"g{n % groups}") for n, one in enumerate(_coupons(count)))


FREE = {"shipping": yuan(0)}
KINDS = {
    "4 groups of 4": PriceTerms(yuan(100_000), promotions=tuple(_grouped(16, 4)), **FREE),
    "16 that all combine": PriceTerms(yuan(100_000), promotions=tuple(_coupons(16)), **FREE),
    "16 equal ones that reach the floor": PriceTerms(
        yuan(800), promotions=tuple(replace(one, off=yuan(100)) for one in _coupons(16)), **FREE
    ),
    "16 and free shipping to lose (a subset sum)": PriceTerms(
        yuan(100_000), promotions=tuple(_coupons(16)), shipping=yuan(3_000),
        shipping_rules=ShippingRules(free_over=yuan(99_000)),
    ),
}  # fmt: skip


def _spent_us(work: Callable[[], object], *, times: int = 5) -> float:
    """CPU of one call, the quickest of some."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time_ns()
        work()
        best = min(best, time.process_time_ns() - started)
    return best / 1000


def _median(many: Sequence[float]) -> float:
    return sorted(many)[len(many) // 2]
