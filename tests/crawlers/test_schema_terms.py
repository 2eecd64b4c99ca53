"""Other prices, limits and delivery as schema.org writes them: literal terms, and what is refused or left unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.codec import validate_offers
from catalog.landed_price import Buyer, landed_price
from catalog.listing import Marketplace, SourceKind
from catalog.price_terms import ShippingRules
from catalog.promotion import Promotion, PromotionKind, Stage
from crawlers.generic.schema_org import Page, read_products
from ledger.frontier import RejectKind
from tests.support.offers import yuan

PAGE = Page(
    "https://shop.example/p/g87",
    Marketplace("shop", "小店", "CNY", "zh-CN", SourceKind.WEB, needs_keywords=False),
)
CHINA = timezone(timedelta(hours=8))
JULY = datetime(2026, 7, 1, tzinfo=CHINA)


def read(offer, *, price="189.00"):
    """The terms of an Offer node (None: withheld), and what was complained of."""
    node = {"@type": "Offer", "priceCurrency": "CNY"} | ({"price": price} if price else {}) | offer
    rows, rejects = read_products([{"@type": "Product", "name": "G87", "sku": "1", "offers": node}], PAGE)
    offers, bad = validate_offers(rows)
    problems = [(reject.kind, reject.reason) for reject in rejects] + [
        (RejectKind.ITEM, one.why) for one in bad
    ]
    return (offers[0].terms if offers else None), problems


def terms_of(offer, **more):
    terms, problems = read(offer, **more)
    assert problems == []
    return terms


def unit_price(price, **more):
    return {"@type": "UnitPriceSpecification", "price": price, "priceCurrency": "CNY"} | more


def set_price(id_, price, words, **more):
    return Promotion(
        id=id_, stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=yuan(price), words=words, **more
    )


def pieces(least=None, most=None, **more):
    bounds = {"minValue": least, "maxValue": most}
    return {"@type": "QuantitativeValue"} | {k: v for k, v in bounds.items() if v is not None} | more


SALE = {"priceType": "https://schema.org/SalePrice"}
TODAY = {
    "validFrom": "2026-07-01T00:00:00+08:00",
    "validThrough": "2026-07-01T23:59:59+08:00",
}
WINDOW = {"starts_at": JULY, "ends_at": JULY + timedelta(days=1)}
GOLD = {"validForMemberTier": {"@type": "MemberProgramTier", "name": "Gold"}}


# ── other unit prices ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("specification", "expected"),
    [
        (unit_price("169.00", **SALE, **TODAY), set_price("sale", "169", "促销价", **WINDOW)),
        (unit_price("169.00", **SALE, validFrom="2026-07-01", validThrough="2026-07-01"), set_price("sale", "169", "促销价", **WINDOW)),
        (unit_price("169.00", **SALE, validThrough="2026-07-01T15:59:59.999Z"), set_price("sale", "169", "促销价", ends_at=datetime(2026, 7, 1, 16, tzinfo=UTC))),
        (unit_price("169.00", **SALE, validFrom="2026-07-01T00:00:00", validThrough="9999-12-31"), set_price("sale", "169", "促销价", starts_at=JULY)),
        (unit_price(Decimal("179.5"), **GOLD), set_price("member:Gold", "179.5", "Gold会员价", needs=("member:gold",))),
        (unit_price("159.00", eligibleQuantity=pieces(3)), set_price("from 3", "159", "3件起", threshold_qty=3)),
        (unit_price("159.00", eligibleQuantity=pieces("3", unitCode="C62")), set_price("from 3", "159", "3件起", threshold_qty=3)),
        (
            unit_price("149.00", **SALE, **GOLD, **TODAY, eligibleQuantity=pieces(2)),
            set_price("member:Gold sale from 2", "149", "Gold会员价 促销价 2件起", threshold_qty=2, needs=("member:gold",), **WINDOW),
        ),
    ],
)  # fmt: skip
def test_another_unit_price_is_a_promotion(specification, expected):
    terms = terms_of({"priceSpecification": specification})

    assert terms.price == yuan("189")
    assert terms.promotions == (expected,)


def test_each_tier_has_its_price():
    tiers = {"validForMemberTier": [{"name": "gold"}, {"name": "silver"}]}
    terms = terms_of({"priceSpecification": [unit_price("170", **tiers), unit_price("160", eligibleQuantity=pieces(5))]})  # fmt: skip

    assert [(p.id, p.price, p.needs, p.threshold_qty) for p in terms.promotions] == [
        ("member:gold", yuan("170"), ("member:gold",), None),
        ("member:silver", yuan("170"), ("member:silver",), None),
        ("from 5", yuan("160"), (), 5),
    ]


def test_prices_by_quantity_follow_each_other():
    terms = terms_of(
        {
            "priceSpecification": [
                unit_price("189", eligibleQuantity=pieces(1, 4)),
                unit_price("179", eligibleQuantity=pieces(5, 9)),
                unit_price("169", eligibleQuantity=pieces(10)),
            ]
        }
    )

    assert [(p.threshold_qty, p.price) for p in terms.promotions] == [(5, yuan("179")), (10, yuan("169"))]


@pytest.mark.parametrize(
    ("specification", "list_price"),
    [
        (unit_price("259", priceType="https://schema.org/StrikethroughPrice"), "259"),
        (unit_price("259", priceType="ListPrice"), "259"), (unit_price("5", priceType="InvoicePrice"), None),
        (unit_price("37.8", referenceQuantity={"value": 100, "unitCode": "GRM"}), None), (unit_price("189"), None),
        (unit_price("189", **SALE, **TODAY), None),
    ],
)  # fmt: skip
def test_what_is_no_other_price_is_no_promotion(specification, list_price):
    terms = terms_of({"priceSpecification": specification})

    assert terms.promotions == ()
    assert terms.list_price == (list_price and yuan(list_price))


@pytest.mark.parametrize(
    ("specifications", "asked", "sale"),
    [
        ([unit_price("169", **SALE)], "169", []),
        ([unit_price("169", **SALE, **TODAY)], "169", []),
        ([unit_price("169", **SALE, **TODAY), unit_price("199", priceType="RegularPrice")], "199", ["169"]),
        ([unit_price("169", **SALE, **TODAY), unit_price("199")], "199", ["169"]),
    ],
)
def test_without_a_price_beside_it_a_sale_is_what_is_asked(specifications, asked, sale):
    terms = terms_of({"priceSpecification": specifications}, price=None)

    assert terms.price == yuan(asked)
    assert [promotion.price for promotion in terms.promotions] == [yuan(one) for one in sale]


# ── limits ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("quantity", "limits"),
    [
        (pieces(2), (2, None)), (pieces(1, 5), (1, 5)), (pieces("2", "4.0"), (2, 4)), (pieces(0, 3), (1, 3)), (pieces(most=3), (1, 3)),
        (pieces(2, unitCode="C62"), (2, None)), ({"value": 1}, (1, None)), ([pieces(2, 2)], (2, 2)), (None, (1, None)),
    ],
)  # fmt: skip
def test_pieces_per_order_are_limits(quantity, limits):
    terms = terms_of({"eligibleQuantity": quantity})

    assert (terms.min_quantity, terms.max_quantity) == limits


# ── delivery ───────────────────────────────────────────────────────────────────────────────────────


def to(*regions, country="CN"):
    node = {"@type": "DefinedRegion", "addressCountry": country}
    return {"shippingDestination": node | ({"addressRegion": list(regions) if len(regions) > 1 else regions[0]} if regions else {})}  # fmt: skip


def rate(value, **more):
    return {"@type": "OfferShippingDetails", "shippingRate": {"value": value, "currency": "CNY"}} | more


def threshold(value, currency="CNY"):
    return {"freeShippingThreshold": {"@type": "MonetaryAmount", "value": value, "currency": currency}}


def charge(price, **more):
    return {"@type": "DeliveryChargeSpecification", "price": price, "priceCurrency": "CNY"} | more


def volume(least):
    return {"eligibleTransactionVolume": {"@type": "PriceSpecification", "minPrice": least, "priceCurrency": "CNY"}}  # fmt: skip


NOWHERE = {"doesNotShip": True}
XJ = (("CN-XJ", yuan("12")),)


@pytest.mark.parametrize(
    ("offer", "shipping", "rules"),
    [
        ({"shippingDetails": rate("8.00")}, "8", {}), ({"shippingDetails": rate("0")}, "0", {}), ({}, None, {}),
        ({"shippingDetails": rate("8", **to())}, "8", {}), ({"shippingDetails": [rate("8"), rate("90", **to(country="US"))]}, "8", {}),
        *(({"shippingDetails": [rate("8"), rate("20", **to(name))]}, "8", {"surcharges": XJ}) for name in ("新疆", "新疆维吾尔自治区", "CN-XJ", "XJ")),
        ({"shippingDetails": [rate("20", **to("新疆", "西藏")), rate("8")]}, "8", {"surcharges": (*XJ, ("CN-XZ", yuan("12")))}),
        ({"shippingDetails": [rate("8"), rate("8", **to("江苏"))]}, "8", {}),
        ({"shippingDetails": [rate("8"), NOWHERE | to("西藏", "XJ")]}, "8", {"no_delivery": ("CN-XZ", "CN-XJ")}),
        ({"shippingDetails": [rate("8"), {"doesNotShip": "https://schema.org/True"} | to("西藏")]}, "8", {"no_delivery": ("CN-XZ",)}),
        ({"shippingDetails": [rate("8"), NOWHERE | to(country="US")]}, "8", {}),
        ({"shippingDetails": rate("8", **threshold("99"))}, "8", {"free_over": yuan("99")}),
        ({"shippingDetails": [rate("8", **threshold("99")), rate("20", **to("新疆"))]}, "8", {"free_over": yuan("99"), "surcharges": XJ}),
        ({"shippingDetails": rate("8"), "priceSpecification": charge("0.00", **volume("99"))}, "8", {"free_over": yuan("99")}),
        ({"shippingDetails": rate("8", **threshold("99")), "priceSpecification": charge(0, **volume(99))}, "8", {"free_over": yuan("99")}),
        ({"shippingDetails": rate("8", freeShippingThreshold=charge("0", **volume("99")))}, "8", {"free_over": yuan("99")}),
        ({"priceSpecification": [charge("6.50"), charge("0", **volume("99"))]}, "6.5", {"free_over": yuan("99")}),
        ({"priceSpecification": charge("0", **volume("99"))}, None, {"free_over": yuan("99")}),
        ({"shippingDetails": NOWHERE}, None, {"no_delivery": ("CN",)}),
    ],
)  # fmt: skip
def test_delivery_is_what_the_page_says(offer, shipping, rules):
    terms = terms_of(offer)

    assert terms.shipping == (shipping and yuan(shipping))
    assert terms.shipping_rules == ShippingRules(**rules)
    assert terms.promotions == ()


def test_a_region_that_costs_less_saves_the_difference():
    terms = terms_of({"shippingDetails": [rate("8"), rate("6", **to("江苏")), rate("0", **to("上海市"))]})

    assert terms.shipping == yuan("8")
    costs = {
        region: landed_price(terms, Buyer(JULY, region=region)).shipping
        for region in ("CN-JS", "CN-SH", "CN-XJ")
    }
    assert costs == {"CN-JS": yuan("6"), "CN-SH": yuan("0"), "CN-XJ": yuan("8")}


def test_nowhere_but_to_these_is_everywhere_else_refused():
    terms = terms_of(
        {"shippingDetails": [NOWHERE | to(), rate("6", **to("上海")), rate("9", **to("江苏", "浙江"))]}
    )

    found = {
        region: landed_price(terms, Buyer(JULY, region=region)).shipping
        for region in ("CN-SH", "CN-JS", "CN-XJ")
    }
    assert found == {"CN-SH": yuan("6"), "CN-JS": yuan("9"), "CN-XJ": None}


def test_free_delivery_from_a_sum_and_a_dear_region_meet_in_one_price():
    terms = terms_of({"shippingDetails": [rate("8", **threshold("300")), rate("20", **to("新疆"))]})

    found = [landed_price(terms, Buyer(JULY, n, region=r)).total for r in ("CN-SH", "CN-XJ") for n in (1, 2)]
    assert found == [yuan("197"), yuan("378"), yuan("209"), yuan("390")]


# ── what is refused, and what is left unknown ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        ({"priceSpecification": unit_price("169", **SALE, validFrom="2026-07-02", validThrough="2026-06-01")}, "its window ends before it starts"),
        ({"priceSpecification": unit_price("-1", **GOLD)}, "price must be above zero"), ({"priceSpecification": unit_price("0", **GOLD)}, "price must be above zero"),
        ({"priceSpecification": unit_price("1", eligibleQuantity=pieces(-3))}, "threshold_qty must be 1 to 10000: -3"),
        ({"priceSpecification": [unit_price("170", **GOLD), unit_price("160", **GOLD)]}, "two prices on the same terms"),
        ({"priceSpecification": unit_price("170", **SALE)}, "several asked prices"), ({"priceSpecification": unit_price("170")}, "several asked prices"),
        ({"priceSpecification": unit_price("25", **GOLD) | {"priceCurrency": "USD"}}, "two currencies"),
        ({"eligibleQuantity": pieces(5, 2)}, "at most 2, at least 5"), ({"eligibleQuantity": pieces(most=0)}, "at most 0, at least 1"),
        ({"eligibleQuantity": pieces(-1)}, "is no least quantity"),
        ({"shippingDetails": rate("-8")}, "negative amount"), ({"shippingDetails": [rate("8"), NOWHERE]}, "CN is delivered to, and is not"),
        ({"shippingDetails": [rate("8"), rate("9", **to("西藏")), NOWHERE | to("西藏")]}, "CN-XZ is delivered to, and is not"),
        ({"shippingDetails": rate("8", **threshold("-1"))}, "free from a negative sum"),
    ],
)  # fmt: skip
def test_terms_that_contradict_themselves_withhold_the_offer(offer, reason):
    terms, ((kind, why), *others) = read(offer)

    assert (terms, kind, others) == (None, RejectKind.ITEM, [])
    assert reason in why


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        ({"priceSpecification": unit_price("169", **SALE, validThrough="下周")}, "not a moment: '下周'"),
        ({"priceSpecification": unit_price("面议", **GOLD)}, "面议"), ({"priceSpecification": unit_price("1", validForMemberTier={})}, "members of no name"),
        ({"priceSpecification": unit_price("1", eligibleQuantity=pieces(3, unitCode="KGM"))}, "no quantity of pieces"),
        ({"priceSpecification": unit_price("1", eligibleQuantity={"value": 6})}, "a quantity without bounds"),
        ({"priceSpecification": unit_price("1", eligibleQuantity=pieces(2.5))}, "no whole number"),
        ({"priceSpecification": unit_price("1", eligibleQuantity=pieces(2, 4))}, "a price that ends after 4 pieces"),
        ({"priceSpecification": unit_price("1", **volume("500"))}, "a unit price for orders from a sum on"),
        ({"eligibleQuantity": "两件"}, "no quantity of pieces"), ({"eligibleQuantity": [pieces(1), pieces(2)]}, "no quantity of pieces"),
        ({"shippingDetails": [rate("8"), rate("20", **to("火星"))]}, "a region nobody knows: '火星'"),
        ({"shippingDetails": [rate("8"), NOWHERE | to("火星")]}, "a region nobody knows: '火星'"),
        ({"shippingDetails": [rate("8"), {"shippingDestination": {"addressRegion": "HI"}, **rate("20")}]}, "a region nobody knows: 'HI'"),
        ({"shippingDetails": [rate("8"), rate("20", shippingDestination={"addressCountry": "CN", "postalCode": "830000"})]}, "smaller than a province"),
        ({"shippingDetails": [rate("8"), rate("20", **to("新疆"), **threshold("500"))]}, "free from a sum on in some regions only"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_recorded(offer, reason):
    terms, ((kind, why), *others) = read(offer)

    assert (kind, others) == (RejectKind.FIELD, [])
    assert reason in why
    assert (terms.promotions, terms.min_quantity, terms.max_quantity) == ((), 1, None)
    assert terms.shipping_rules.no_delivery == ()


@pytest.mark.parametrize(
    "offer",
    [
        {"shippingDetails": [rate("8"), rate("9")]}, {"shippingDetails": rate("看情况")}, {"shippingDetails": rate("8") | {"shippingRate": "免费"}},
        {"shippingDetails": {"shippingRate": {"value": 8, "currency": "USD"}}}, {"shippingDetails": rate("6", **to("上海"))},
        {"shippingDetails": [rate("8"), rate("9", **to("新疆")), rate("12", **to("XJ"))]},
        {"shippingDetails": [rate("8"), rate("到付", **to("新疆"))]}, {"shippingDetails": rate("8", **threshold("很多"))},
        {"shippingDetails": rate("8", **threshold("99", "USD"))}, {"shippingDetails": rate("8", **threshold("99")), "priceSpecification": charge(0, **volume(199))},
        {"shippingDetails": rate("8"), "priceSpecification": charge("4", **volume("99"))}, {"priceSpecification": charge("4", eligibleRegion="上海")},
    ],
)  # fmt: skip
def test_delivery_with_two_readings_is_unknown_not_free(offer):
    terms, problems = read(offer)

    assert terms.shipping is None
    assert (terms.shipping_rules.surcharges, terms.shipping_rules.free_over) == ((), None)
    assert {kind for kind, _ in problems} <= {RejectKind.FIELD}
    assert not landed_price(terms, Buyer(JULY)).is_exact


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["新疆", "CN", "5", "-5", "2026-07-01", Decimal("9.5"), Decimal("Infinity")]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "minValue", "maxValue", "minPrice", "name", "addressRegion", "addressCountry", "currency"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)  # fmt: skip
KEYS = [
    "@type", "price", "priceType", "priceCurrency", "validFrom", "validThrough", "validForMemberTier", "eligibleQuantity", "shippingRate",
    "eligibleTransactionVolume", "shippingDestination", "doesNotShip", "freeShippingThreshold", "eligibleRegion",
]  # fmt: skip
NODES = st.dictionaries(st.sampled_from(KEYS), ANYTHING | st.sampled_from(["SalePrice", "DeliveryChargeSpecification"]), max_size=6)  # fmt: skip


@given(st.lists(NODES, max_size=3), st.lists(NODES, max_size=3), ANYTHING)
def test_any_terms_are_an_offer_or_a_reject_and_have_a_price(specifications, details, quantity):
    terms, problems = read(
        {"priceSpecification": specifications, "shippingDetails": details, "eligibleQuantity": quantity}
    )

    assert (terms is None) == any(kind is RejectKind.ITEM for kind, _ in problems)
    if terms is not None:
        price = landed_price(terms, Buyer(JULY, terms.min_quantity))
        assert price.total is None or price.total.minor > 0
