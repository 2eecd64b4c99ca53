"""Nobody can buy a place (design rule 6): who a marketplace or a seller is changes no order."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from api.compare import SHOWN_PER_MARKETPLACE, side_by_side
from api.pages.columns import rotated
from catalog.landed_price import Buyer
from indexer.ports import Document
from indexer.query import Query
from tests.support.offers import START

MARKETPLACES = ("jd", "pinduoduo", "shop", "taobao")
NOW = START + timedelta(hours=30)


def priced(total):
    """A landed price as the index writes it down."""
    return {
        "status": "ok",
        "total_minor": total,
        "is_exact": True,
        "steps": [],
        "conditional": [],
        "until": None,
    }


def offer(number, marketplace, total, **more):
    return {
        "offer_id": number, "key": f"{marketplace}:{number}:", "marketplace": marketplace, "currency": "CNY",
        "landed": priced(total), "stock": "in", "is_outlier": False, "seller": {"name": f"s{number}", "type": "ordinary"},
    } | more  # fmt: skip


def order(offers, seen=None, seed="q|day"):
    """Offer numbers as they are shown, all marketplaces in one list."""
    seen = seen or {one["offer_id"]: NOW for one in offers}
    compared = side_by_side({"offers": offers}, seen, buyer=Buyer(NOW), seed=seed)
    return [view.data["offer_id"] for cell in compared.cells for view in cell.offers]


OFFERS = st.lists(
    st.tuples(st.integers(100, 130), st.sampled_from(["in", "out", "unknown"]), st.booleans(), st.integers(0, 40)),
    min_size=2, max_size=8,
)  # fmt: skip


@given(OFFERS, st.permutations(range(4)), st.integers(0, 3))
def test_the_order_is_the_same_whatever_the_marketplaces_are_called(drawn, renaming, shift):
    names = [MARKETPLACES[(n + shift) % 4] for n in range(len(drawn))]
    other = dict(zip(MARKETPLACES, (MARKETPLACES[n] for n in renaming), strict=True))

    def offers(rename):
        return [
            offer(n, rename[name], total, stock=stock, is_outlier=odd)
            for n, (name, (total, stock, odd, _)) in enumerate(zip(names, drawn, strict=True))
        ]

    seen = {n: NOW - timedelta(hours=age) for n, (*_, age) in enumerate(drawn)}
    assert order(offers({m: m for m in MARKETPLACES}), seen) == order(offers(other), seen)


@given(OFFERS, st.data())
def test_sellers_have_no_part_in_the_order(drawn, data):
    plain = [
        offer(n, "jd", total, stock=stock, is_outlier=odd) for n, (total, stock, odd, _) in enumerate(drawn)
    ]
    kinds = st.sampled_from(["self_operated", "brand_flagship", "individual", "ordinary", "unknown"])
    dressed = [
        one | {"seller": {"name": data.draw(st.text(max_size=5)), "type": data.draw(kinds)}} for one in plain
    ]

    assert order(plain) == order(dressed)


@given(OFFERS, st.randoms(use_true_random=False))
def test_the_order_in_which_offers_arrived_does_not_matter(drawn, random):
    offers = [offer(n, MARKETPLACES[n % 4], total, stock=stock) for n, (total, stock, *_) in enumerate(drawn)]
    shuffled = random.sample(offers, len(offers))

    assert order(offers) == order(shuffled)


def test_equals_are_first_equally_often():
    """Three offers alike in all that counts: over 1,000 days each leads in a third of them, give or take 3 sigma."""
    offers = [offer(n, marketplace, 100) for n, marketplace in enumerate(MARKETPLACES[:3])]

    first = Counter(order(offers, seed=f"q|{day}")[0] for day in range(1_000))

    assert set(first) == {0, 1, 2}
    assert all(abs(count - 1_000 / 3) < 3 * (1_000 * 2 / 9) ** 0.5 for count in first.values())


def test_columns_take_turns():
    assert Counter(
        rotated(MARKETPLACES, (NOW + timedelta(days=day)).date())[0] for day in range(400)
    ) == dict.fromkeys(MARKETPLACES, 100)
    assert {tuple(rotated(p, NOW.date())) for p in permutations(MARKETPLACES)} == {
        tuple(rotated(MARKETPLACES, NOW.date()))
    }


def test_another_currency_is_never_less():
    offers = [offer(1, "shop", 59_900, currency="USD"), offer(2, "shop", 459_900), offer(3, "jd", 470_000)]

    assert order(offers) == [2, 1, 3]


def test_a_fen_more_is_not_the_cheapest():
    compared = side_by_side(
        {"offers": [offer(1, "jd", 459_900), offer(2, "shop", 459_901)]},
        dict.fromkeys((1, 2), NOW),
        buyer=Buyer(NOW),
        seed="",
    )

    assert [(cell.best.is_cheapest, cell.best.over_cheapest_bp) for cell in compared.cells] == [
        (True, 0),
        (False, 1),
    ]


def test_no_marketplace_fills_the_screen():
    compared = side_by_side(
        {"offers": [offer(n, "jd", 100 + n) for n in range(9)]},
        dict.fromkeys(range(9), NOW),
        buyer=Buyer(NOW),
        seed="",
    )

    assert [len(cell.shown) for cell in compared.cells] == [SHOWN_PER_MARKETPLACE]


def test_what_ranking_sees_has_no_room_for_a_fee():
    """The types that order products hold amounts, counts and tokens of what was read: a fee cannot even be passed in."""
    forbidden = ("fee", "commission", "sponsor", "sales", "seller", "bid", "boosted", "partner")

    for kind in (Document, Query):
        names = set(kind.__dataclass_fields__)
        assert not {name for name in names for word in forbidden if word in name}
