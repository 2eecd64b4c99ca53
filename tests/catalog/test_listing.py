from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import CurrencyMismatch, InvalidInput
from catalog.landed_price import headline
from catalog.listing import Listing, Observation, OfferKey, Seller, Stock, content_hash
from catalog.money import Money
from catalog.price_terms import PriceTerms
from catalog.promotion import Promotion, PromotionKind, Stage
from tests.support.offers import START, offer, yuan

COUPON = Promotion(id="c", stage=Stage.SHOP, kind=PromotionKind.AMOUNT_OFF, off=yuan("1.00"))

IDS = st.text(min_size=1, max_size=40).filter(lambda s: s.strip() and s.isprintable())


@given(IDS, IDS, st.one_of(st.just(""), IDS))
def test_an_offer_key_reads_back(marketplace, item, sku):
    key = OfferKey(marketplace, item, sku)

    assert OfferKey.parse(str(key)) == key
    assert str(key).isascii()


@given(st.lists(st.tuples(IDS, IDS, st.one_of(st.just(""), IDS)), min_size=2, max_size=2, unique=True))
def test_different_keys_have_different_text(pair):
    left, right = (OfferKey(*parts) for parts in pair)

    assert str(left) != str(right)


@pytest.mark.parametrize("text", ["", "jd", "jd:1", "jd:1:2:3", ":1:", "jd::"])
def test_what_is_no_offer_key_is_refused(text):
    with pytest.raises(InvalidInput):
        OfferKey.parse(text)


def test_unknown_shipping_is_not_free():
    unknown = headline(PriceTerms(yuan("10.00")), START)
    free = headline(PriceTerms(yuan("10.00"), shipping=yuan("0.00")), START)

    assert not unknown.is_exact
    assert free.is_exact
    assert unknown.total == free.total
    assert len(free.steps) == 2


def test_landed_price_steps_add_up_and_list_price_is_never_computed_with():
    terms = PriceTerms(yuan("10.00"), list_price=yuan("99.00"), shipping=yuan("6.50"), claimed=yuan("8.00"))

    price = headline(terms, START)

    assert price.total == yuan("16.50")
    assert sum(step.amount.minor for step in price.steps) == price.total.minor


@pytest.mark.parametrize("price", ["0.00", "-1.00"])
def test_a_price_is_positive(price):
    with pytest.raises(InvalidInput):
        PriceTerms(yuan(price))


def test_terms_are_in_one_currency():
    with pytest.raises(CurrencyMismatch):
        PriceTerms(yuan("1.00"), shipping=Money(1, "USD"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "//a.example/x", "ftp://a.example/", "http:///x", "", "https://a b.example",
        "https://user:pw@a.example/", "vbscript:x", "https://a.example/\n", " https://a.example", "https://a.example\\@b", "http://[::1",
    ],
)  # fmt: skip
def test_only_web_addresses_are_kept(url):
    with pytest.raises(InvalidInput):
        offer(url=url)


@pytest.mark.parametrize("title", ["", "   ", "a\0b", "a\ud800", "x" * 501, "a\x1bb"])
def test_titles_that_cannot_be_shown_or_stored_are_refused(title):
    with pytest.raises(InvalidInput):
        offer(title=title)


@pytest.mark.parametrize("title", ["【正品】苹果 15 📱", "עברית", "a\u202eb", "é", "𠮷野家", "a\tb"])
def test_titles_of_any_script_are_kept(title):
    assert offer(title=title).listing.title == title


def test_content_hash_ignores_addresses_and_nothing_else():
    one = offer()
    moved = replace(
        one, listing=replace(one.listing, url="https://jd.example/other", image_url="https://jd.example/i")
    )
    changes = [
        replace(one, stock=Stock.OUT),
        replace(one, mpn="A3092"),
        replace(one, gtins=("6901234567892",)),
        replace(one, sku_text="蓝色"),
        replace(one, terms=replace(one.terms, price=yuan("10.01"))),
        replace(one, terms=replace(one.terms, shipping=yuan("0.00"))),
        replace(one, terms=replace(one.terms, promotions=(COUPON,))),
        replace(one, terms=replace(one.terms, min_quantity=2)),
        replace(one, listing=replace(one.listing, title="苹果")),
        replace(one, listing=replace(one.listing, seller=Seller("s2", "二号店"))),
        replace(one, listing=replace(one.listing, brand="Apple")),
        replace(one, listing=replace(one.listing, category=("手机",))),
    ]

    assert content_hash(moved) == content_hash(one)
    assert len({content_hash(o) for o in [one, *changes]}) == len(changes) + 1


def test_an_observation_needs_an_aware_time():
    with pytest.raises(InvalidInput):
        Observation(offer(), datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_category_path_is_bounded():
    with pytest.raises(InvalidInput):
        Listing("jd", "1", "x", "https://a.example", Seller("", ""), category=("x",) * 11)
