import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.codec import dump_offer, dump_terms, load_offer, load_terms, validate_offers
from catalog.errors import InvalidInput
from catalog.listing import Condition, SellerType, content_hash
from catalog.price_terms import PriceTerms
from catalog.product import Identity, group_id, product_id
from catalog.promotion import Promotion, PromotionKind, Stage
from tests.support.offers import offer, yuan
from tests.support.terms import terms as any_terms


def row(**changes):
    base = {
        "listing": {
            "marketplace": "jd", "item_id": "1", "title": "苹果", "url": "https://a.example/x",
            "seller": {"id": "1", "name": "店", "type": "self_operated"},
        },
        "terms": {"price": {"minor": 100, "currency": "CNY"}},
    }  # fmt: skip
    return base | changes


def test_a_batch_becomes_offers():
    offers, bad = validate_offers([row(), row(sku_id="2", condition="used", properties=[("颜色", "蓝")])])

    assert bad == []
    assert offers[0].listing.seller.type is SellerType.SELF_OPERATED
    assert offers[1].condition is Condition.USED
    assert offers[1].properties == (("颜色", "蓝"),)


def test_one_bad_row_never_costs_the_others():
    offers, bad = validate_offers(
        [row(), row(terms={"price": {"minor": -5, "currency": "CNY"}}), row(sku_id="3"), {"listing": 1}]
    )

    assert [o.sku_id for o in offers] == ["", "3"]
    assert [(b.index, b.why.split(":")[0]) for b in bad] == [(1, "terms"), (3, "listing")]


@pytest.mark.parametrize("minor", [1.5, "x", None, [], {}, float("nan"), 10**16])
def test_a_price_that_is_no_whole_number_is_no_price(minor):
    offers, bad = validate_offers([row(terms={"price": {"minor": minor, "currency": "CNY"}})])

    assert offers == []
    assert len(bad) == 1


@given(
    st.text(min_size=1, max_size=60),
    st.integers(1, 10**9),
    st.booleans(),
    st.lists(st.text(max_size=10), max_size=3),
)
def test_stored_text_reads_back_equal(title, minor, group, gtins):
    try:
        one = offer(
            title=title,
            price=f"{minor // 100}.{minor % 100:02}",
            gtins=tuple(gtins),
            shipping=yuan("0.00") if group else None,
        )
    except InvalidInput:
        return

    assert load_offer(dump_offer(one)) == one


def test_stored_text_leaves_defaults_out():
    assert set(json.loads(dump_offer(offer()))) == {"listing", "terms", "stock"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"listing":{}}', "\x00", "{" * 1000])
def test_text_that_is_no_offer_is_refused(text):
    with pytest.raises(InvalidInput):
        load_offer(text)


def test_ids_are_short_stable_and_safe_in_addresses():
    assert product_id(offer().key) == product_id(offer(price="99.00").key)
    assert product_id(offer("1").key) != product_id(offer("2").key)
    assert len(product_id(offer().key)) == 16
    assert product_id(offer().key).isalnum()


def test_a_group_needs_brand_and_model():
    phone = Identity(family="phone", brand="apple", model="iPhone 15", variant=(("storage_gb", "128"),))

    assert group_id(phone) == group_id(Identity(family="phone", brand="apple", model="IPHONE 15"))
    assert group_id(Identity(family="phone", brand="apple")) is None


@given(st.integers(0, 2**48))
def test_terms_with_any_promotions_read_back(seed):
    terms = any_terms(Random(seed))
    one = replace(offer(), terms=terms)

    assert load_terms(json.loads(json.dumps(dump_terms(terms)))) == terms
    assert load_offer(dump_offer(one)) == one
    assert content_hash(load_offer(dump_offer(one))) == content_hash(one)


def test_the_same_moment_in_another_zone_says_the_same():
    there = datetime(2026, 11, 20, 8, tzinfo=timezone(timedelta(hours=8)))
    coupon = Promotion(
        id="c", stage=Stage.SHOP, kind=PromotionKind.AMOUNT_OFF, off=yuan("1.00"), starts_at=there
    )  # fmt: skip
    one = replace(offer(), terms=PriceTerms(yuan("10.00"), promotions=(coupon,)))

    read_back = load_offer(dump_offer(one))
    here = replace(coupon, starts_at=there.astimezone(UTC))
    assert content_hash(read_back) == content_hash(one)
    assert content_hash(replace(one, terms=replace(one.terms, promotions=(here,)))) == content_hash(one)


def test_text_from_before_promotions_is_read():
    text = dump_offer(offer("1", "10.00", shipping=yuan("6.00")))
    before = text.replace('"shipping":', '"is_group_price":true,"shipping":')

    assert before != text
    assert load_offer(before).terms == PriceTerms(yuan("10.00"), shipping=yuan("6.00"))
