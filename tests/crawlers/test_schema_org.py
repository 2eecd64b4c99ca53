"""schema.org as shops really write it: what is read, and what is refused rather than guessed."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.codec import validate_offers
from catalog.errors import Action, SourceError
from catalog.listing import Condition, Marketplace, SourceKind, Stock
from catalog.money import Money
from crawlers.extract.gate import is_gate
from crawlers.extract.structured import json_ld_nodes
from crawlers.generic.schema_org import Page, read_products
from crawlers.marketplaces.shop import SOURCE
from crawlers.source import Access, Answer
from ledger.frontier import PageRequest
from tests.support.offers import yuan

SHOP = Marketplace("shop", "小店", "CNY", "zh-CN", SourceKind.WEB, needs_keywords=False)
PAGE = Page("https://shop.example/p/g87", SHOP)
ACCESS = Access("https://shop.example/", {})


def html(*documents):
    scripts = "".join(
        f'<script type="application/ld+json">{d if isinstance(d, str) else json.dumps(d)}</script>'
        for d in documents
    )
    return f"<html><head>{scripts}</head><body><h1>x</h1></body></html>"


def read(*documents):
    nodes, _ = json_ld_nodes(html(*documents))
    found = read_products(nodes, PAGE)
    assert found is not None
    offers, bad = validate_offers(found[0])
    return offers, [r.reason for r in found[1]] + [b.why for b in bad]


def product(offer=None, **more):
    asked = {"@type": "Offer", "price": "189.00", "priceCurrency": "CNY"} if offer is None else offer
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "G87 键盘",
        "sku": "G87",
        "offers": asked,
    } | more


def test_a_plain_product_is_one_offer():
    (offer,), problems = read(
        product(
            {
                "@type": "Offer", "price": 189, "priceCurrency": "CNY", "availability": "https://schema.org/InStock",
                "itemCondition": "NewCondition", "url": "/p/g87?v=1", "seller": {"@type": "Organization", "name": "键盘铺"},
                "shippingDetails": {"shippingRate": {"value": "6.50", "currency": "CNY"}},
                "priceSpecification": [{"@type": "UnitPriceSpecification", "priceType": "https://schema.org/StrikethroughPrice", "price": "259.00"}],
            },
            brand={"@type": "Brand", "name": "青竹"}, gtin13="6900000000007", mpn="G87-R", category="电脑 > 外设 > 键盘", image=["/i/1.jpg"],
        )
    )  # fmt: skip

    assert problems == []
    assert (offer.key.item_id, offer.key.sku_id, offer.listing.title) == ("G87", "", "G87 键盘")
    assert (offer.terms.price, offer.terms.list_price, offer.terms.shipping) == (
        yuan("189.00"),
        yuan("259.00"),
        yuan("6.50"),
    )
    assert (offer.stock, offer.condition) == (Stock.IN, Condition.NEW)
    assert (offer.listing.brand, offer.gtins, offer.mpn) == ("青竹", ("6900000000007",), "G87-R")
    assert offer.listing.category == ("电脑", "外设", "键盘")
    assert (offer.listing.url, offer.listing.image_url) == (
        "https://shop.example/p/g87?v=1",
        "https://shop.example/i/1.jpg",
    )
    assert offer.listing.seller.name == "键盘铺"


def test_every_variant_of_a_group_is_an_offer():
    group = {
        "@type": "ProductGroup", "productGroupID": "QZ", "name": "G87", "brand": "青竹",
        "hasVariant": [
            {"@type": "Product", "sku": f"QZ-{c}", "name": f"G87 {c}", "color": c, "offers": {"price": p, "priceCurrency": "CNY"}}
            for c, p in (("红", "189.00"), ("蓝", "199.00"))
        ],
    }  # fmt: skip
    offers, problems = read(
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "s"}, group]}
    )

    assert problems == []
    assert [
        (o.key.item_id, o.key.sku_id, o.terms.price.minor, o.sku_text, o.listing.brand) for o in offers
    ] == [
        ("QZ", "QZ-红", 18900, "红", "青竹"),
        ("QZ", "QZ-蓝", 19900, "蓝", "青竹"),
    ]


def test_references_inside_a_graph_are_followed():
    offers, _ = read(
        {
            "@graph": [
                {"@type": "Product", "@id": "#p", "name": "G87", "sku": "1", "offers": {"@id": "#o"}},
                {"@type": "Offer", "@id": "#o", "price": "9.90", "priceCurrency": "CNY"},
            ]
        }
    )

    assert offers[0].terms.price == yuan("9.90")


def test_circular_references_end():
    nodes, _ = json_ld_nodes(
        html({"@graph": [{"@type": "Product", "@id": "#p", "name": "x", "isVariantOf": {"@id": "#p"}}]})
    )

    assert read_products(nodes, PAGE)[0] == []


def test_an_aggregate_with_offers_is_its_offers():
    offer = {
        "@type": "AggregateOffer",
        "lowPrice": "1",
        "highPrice": "9",
        "offers": [{"price": "5.00", "priceCurrency": "CNY"}],
    }

    offers, _ = read(product(offer))

    assert [o.terms.price for o in offers] == [yuan("5.00")]


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        ({"@type": "AggregateOffer", "lowPrice": "1.00", "highPrice": "9.00"}, "several asked prices"),
        ({"price": "5.00", "priceSpecification": {"price": "6.00"}}, "several asked prices"),
        ({"price": "", "priceCurrency": "CNY"}, "no price"), ({}, "no price"), ({"price": "面议"}, "面议"),
        ({"price": "1299起"}, "1299起"), ({"price": [1, 2]}, "not an amount"), ({"price": {"a": 1}}, "not an amount"),
        ({"price": True}, "not an amount"), ({"price": "-5"}, "-5"), ({"price": 0}, "price must be positive"), ({"price": "1e9"}, "1e9"),
        ({"price": "5", "priceCurrency": "CNY", "priceSpecification": {"price": "5", "priceCurrency": "USD"}}, "two currencies"),
        ({"price": "5", "priceCurrency": "BTC"}, "unknown currency"), ({"price": "59.9-129"}, "59.9-129"), ({"price": 1e300}, "not an amount"),
    ],
)  # fmt: skip
def test_a_price_that_is_not_one_amount_is_a_reject(offer, reason):
    offers, problems = read(product(offer))

    assert offers == []
    assert len(problems) == 1
    assert reason in problems[0]


def test_one_bad_variant_never_costs_its_siblings():
    group = {
        "@type": "ProductGroup", "productGroupID": "g",
        "hasVariant": [{"sku": "a", "name": "a", "offers": {"price": "x"}}, {"sku": "b", "name": "b", "offers": {"price": "2.00"}}],
    }  # fmt: skip

    offers, problems = read(group)

    assert [o.key.sku_id for o in offers] == ["b"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("specification", "expected"),
    [
        ({"price": "5.00"}, "5.00"),
        ([{"price": "5.00"}, {"price": "4.00", "validForMemberTier": {"name": "gold"}}], "5.00"),
        (
            [{"price": "5.00"}, {"price": "50.00", "referenceQuantity": {"value": 1, "unitCode": "KGM"}}],
            "5.00",
        ),
        ([{"price": "5.00"}, {"price": "4.00", "eligibleQuantity": {"minValue": 10}}], "5.00"),
        ([{"price": "9.00", "priceType": "ListPrice"}, {"price": "5.00"}], "5.00"),
    ],
)
def test_only_what_anyone_pays_for_one_is_the_price(specification, expected):
    (offer,), problems = read(product({"priceSpecification": specification, "priceCurrency": "CNY"}))

    assert problems == []
    assert offer.terms.price.to_decimal() == expected


@pytest.mark.parametrize(
    ("details", "shipping"),
    [
        (None, None),
        ({"shippingRate": {"value": 0, "currency": "CNY"}}, "0.00"),
        ([{"shippingRate": {"value": 5}}, {"shippingRate": {"value": 8}}], None),
        ([{"shippingRate": {"value": 5}, "shippingDestination": {"addressCountry": "CN"}}, {"shippingRate": {"value": 80}, "shippingDestination": {"addressCountry": "US"}}], "5.00"),
        ({"shippingRate": {"value": 5, "currency": "USD"}}, None),
        ({"shippingRate": {"value": "看情况"}}, None),
        ({"shippingRate": "free"}, None), ("free", None), ([], None),
    ],
)  # fmt: skip
def test_shipping_that_is_not_stated_clearly_is_unknown(details, shipping):
    (offer,), _ = read(product({"price": "10.00", "shippingDetails": details}))

    assert (offer.terms.shipping.to_decimal() if offer.terms.shipping else None) == shipping


def test_another_currency_is_kept_as_it_is():
    (offer,), _ = read(product({"price": "10.50", "priceCurrency": "usd"}))

    assert offer.terms.price == Money(1050, "USD")


def test_entities_in_text_are_decoded_once():
    (offer,), _ = read(product(name="G87 &amp; 键盘&#39;s  &lt;b&gt;"))

    assert offer.listing.title == "G87 & 键盘's <b>"


def test_offers_of_one_sku_are_told_apart_or_refused():
    offers, problems = read(
        product(
            [
                {"price": "5", "itemCondition": "UsedCondition"},
                {"price": "9", "itemCondition": "NewCondition"},
                {"price": "8", "itemCondition": "NewCondition"},
            ]
        )
    )

    assert sorted((o.key.sku_id, o.terms.price.minor) for o in offers) == [("", 500), ("new", 900)]
    assert problems == ["two offers that nothing tells apart"]


def test_related_products_are_not_the_page():
    nodes, _ = json_ld_nodes(
        html({"@type": "WebPage", "mainEntity": product(isRelatedTo=[product(sku="other", name="别的")])})
    )

    assert len(read_products(nodes, PAGE)[0]) == 1


@pytest.mark.parametrize(
    ("document", "code"),
    [
        *((empty, "no_product") for empty in ("", "null", "5", '"x"', {"@type": 7}, {"@graph": "x"}, {"@type": "Organization"})),
        *((broken, "unreadable_data") for broken in ("{", "<!-- -->", "[[[", '{"@type": "Product"')),
    ],
)  # fmt: skip
def test_a_page_without_goods_says_whether_it_has_none_or_cannot_be_read(document, code):
    answer = Answer(PAGE.url, "text/html; charset=utf-8", html(document).encode())

    with pytest.raises(SourceError) as caught:
        SOURCE.read(PageRequest("page", {"path": "/p"}), answer, ACCESS)
    assert caught.value.fault.code == code


GATES = [
    '<title>安全验证</title><form action="/login" method="post"><button>登录</button></form>',
    "<h1>Sign in</h1><form method=post action=https://passport.shop.example/v2?next=%2Fp%2F1>",
    '<title>用户登录 - 小店</title><input name="pw" autocomplete=off type="password">',
    '<h1>访问过于频繁</h1><div class="verify" id="nc_1_captcha"></div>',
    '<title>Just a moment...</title><script src="https://static.shop.example/captcha.js"></script>',
]
ORDINARY = [
    '<title>新品</title><form action="/account/login"><input type=password></form>',
    "<title>登录有礼活动</title><p>下单即送</p>",
    '<title>帮助</title><form action="/search?next=/login"></form>',
    '<title>博客</title><script src="https://example.com/recaptcha/api.js"></script>',
]


@pytest.mark.parametrize(
    ("page", "code"), [*((g, "login_page") for g in GATES), *((o, "no_product") for o in ORDINARY)]
)
def test_a_page_that_asks_who_we_are_is_no_page_without_goods(page, code):
    answer = Answer(PAGE.url, "text/html; charset=utf-8", f"<!DOCTYPE html><body>{page}</body>".encode())

    with pytest.raises(SourceError) as caught:
        SOURCE.read(PageRequest("page", {"path": "/p"}), answer, ACCESS)

    assert caught.value.fault.code == code
    assert (caught.value.fault.action is Action.BACKOFF) == (code == "login_page")


def test_a_form_to_sign_in_beside_goods_costs_nothing():
    goods = html(product()).replace("<body>", f"<body>{GATES[0]}")

    assert (
        len(
            SOURCE.read(
                PageRequest("page", {"path": "/p"}), Answer(PAGE.url, "text/html", goods.encode()), ACCESS
            ).rows
        )
        == 1
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<form/action=", "<div ", "<title><title ", "<input type=", "<h1>"])
def test_hostile_pages_cost_no_time(part):
    started = time.process_time()
    is_gate(part * (8_000_000 // len(part)))

    assert time.process_time() - started < 2


def test_a_broken_script_beside_a_good_one_is_a_defect_not_a_loss():
    answer = Answer(PAGE.url, "text/html", html("{broken", product()).encode())

    result = SOURCE.read(PageRequest("page", {"path": "/p"}), answer, ACCESS)

    assert len(result.rows) == 1
    assert [r.kind for r in result.rejects] == ["field"]


def test_an_address_elsewhere_is_not_followed_into_the_listing():
    (offer,), _ = read(product({"price": "5", "url": "https://evil.example/x"}))

    assert offer.listing.url == PAGE.url


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "name", "price", "offers", "value", "@graph", "hasVariant", "sku"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "name",
                "sku",
                "offers",
                "brand",
                "image",
                "category",
                "gtin",
                "color",
                "hasVariant",
                "isVariantOf",
                "productGroupID",
            ]
        ),
        VALUES,
        max_size=6,
    ),
    st.sampled_from(["Product", "ProductGroup", ["Product", 5]]),
)
def test_any_product_is_offers_and_rejects_and_never_raises(node, kind):
    found = read_products([{**node, "@type": kind}], PAGE)

    if found is not None:
        offers, _ = validate_offers(found[0])
        assert all(o.terms.price.minor > 0 for o in offers)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_source_error(body):
    for kind in ("page", "sitemap", "robots"):
        try:
            SOURCE.read(PageRequest(kind, {"path": "/"}), Answer(PAGE.url, "text/html", body), ACCESS)
        except SourceError as error:
            assert error.fault.code  # noqa: PT017
