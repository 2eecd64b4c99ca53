"""``/corrections`` and the forms beside offers: without scripts, with the key, and back to where it is shown."""

from __future__ import annotations

import threading

import pytest
from lxml import html

from catalog.listing import OfferKey
from ledger.corrections import Correction, Word
from tests.api.pages.conftest import text
from tests.support.sample import NOW


@pytest.fixture
def following(own_services):
    """As `bijia serve` runs it."""
    stop, follower = threading.Event(), own_services.indexer.follower()
    follower.catch_up()
    thread = threading.Thread(target=follower.run, args=[stop])
    thread.start()
    yield
    stop.set()
    thread.join()


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return html.document_fromstring(answer.text)


def offers_of(services, product_id):
    offers = sorted(services.answers.data(product_id)["offers"], key=lambda one: one["offer_id"])
    return [OfferKey.parse(one["key"]) for one in offers]


@pytest.fixture
def phone(own_services, product_ids):
    """A product of several offers."""
    product_id = product_ids["苹果 iPhone 15 128GB"]
    assert len(offers_of(own_services, product_id)) > 2
    return product_id


def in_force(services):
    return [(one.word, one.left, one.right, one.author) for one in services.ledger.corrections.in_force()]


def test_who_is_not_signed_in_reads_and_sees_where_to_sign_in(get, product_ids):
    listed = get("/corrections")
    product = get(f"/products/{product_ids['苹果 iPhone 15 128GB']}")

    assert "还没有人更正过" in text(listed)
    assert not listed.xpath("//form[@id='word']")
    assert listed.xpath("//main//a[@href='/admin']")
    assert not product.xpath("//form[contains(@action, '/corrections')]")
    assert product.xpath("//a[starts-with(@href, '/corrections?left=')]")


def test_nothing_is_said_without_the_session_or_from_another_site(visitor, admin, own_services, phone):
    key = offers_of(own_services, phone)[1]
    body = {"product": phone, "offer": str(key)}
    posts = [
        ("/corrections", {"word": "same"}),
        ("/corrections/apart", body),
        ("/corrections/1/withdraw", {}),
    ]

    for path, data in posts:
        foreign = admin.post(
            path, data=data, headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
        )
        assert foreign.status_code == 403
    visitor.cookies.clear()
    for path, data in posts:
        assert visitor.post(path, data=data).status_code == 401
    assert in_force(own_services) == []


def test_an_offer_is_moved_out_by_its_button_and_the_page_shows_it(admin, own_services, phone, following):
    first, odd, *_ = offers = offers_of(own_services, phone)
    buttons = page(admin, f"/products/{phone}").xpath("//form[@action='/corrections/apart']")
    assert len(buttons) == len(offers)

    answer = admin.post("/corrections/apart", data={"product": phone, "offer": str(odd)})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/products/{phone}?said=corrected")
    shown = page(admin, answer.headers["location"])
    assert "更正已记下并生效。" in text(shown)
    assert offers_of(own_services, phone) == [one for one in offers if one != odd]
    assert in_force(own_services) == [(Word.NOT_SAME, *sorted((first, odd)), "page")]


def test_the_first_offer_is_moved_out_and_the_others_stay_together(admin, own_services, phone, following):
    offers = offers_of(own_services, phone)

    admin.post("/corrections/apart", data={"product": phone, "offer": str(offers[0])})

    assert offers_of(own_services, phone) == offers[1:]


def test_two_products_are_joined_by_a_form_that_names_the_other_by_its_address(
    admin, own_services, product_ids, following
):
    here = product_ids["苹果 iPhone 15 128GB"]
    unclear = next(
        pid for name, pid in product_ids.items() if pid != here and _may_be_the_same(own_services, here, pid)
    )
    both = sorted(offers_of(own_services, here) + offers_of(own_services, unclear))
    address = f"http://testserver/products/{unclear}?region=CN-SH"

    answer = admin.post("/corrections", data={"word": "same", "left": here, "right": address, "back": here})

    assert answer.headers["location"] == f"/products/{here}?said=corrected"
    remaining = admin.get(f"/products/{unclear}?quantity=2")
    older = min(here, unclear, key=lambda one: offers_of(own_services, one) != both)
    assert sorted(offers_of(own_services, older)) == both
    moved = remaining if remaining.status_code == 302 else admin.get(answer.headers["location"])
    assert moved.status_code == 302
    assert sorted(offers_of(own_services, moved.headers["location"].split("/")[2].split("?")[0])) == both


def test_of_a_product_that_is_called_otherwise_every_offer_is_named(
    admin, own_services, product_ids, following
):
    here, other = product_ids["苹果 iPhone 15 128GB"], product_ids["苹果 iPhone 14 128GB"]
    both = offers_of(own_services, here) + offers_of(own_services, other)

    answer = admin.post("/corrections", data={"word": "same", "left": here, "right": other, "back": here})

    assert answer.headers["location"] == f"/products/{here}?said=corrected"
    assert sorted(offers_of(own_services, here)) == sorted(both)
    assert admin.get(f"/products/{other}").headers["location"] == f"/products/{here}"


def _may_be_the_same(services, one, other):
    from indexer.match.facts import facts_of
    from indexer.match.veto import unarguable, vetoes

    keys = [offers_of(services, product)[0] for product in (one, other)]
    current = services.ledger.observations.current(keys)
    facts = [facts_of(services.indexer.reader.read(current[key].offer)) for key in keys]
    return not unarguable(*facts) and not vetoes(*facts)


def test_a_word_that_nobody_may_say_is_told_and_not_applied(admin, own_services, product_ids, following):
    names = {name: pid for name, pid in product_ids.items() if "iPhone 15" in name}
    new, other = names["苹果 iPhone 15 128GB"], names["苹果 iPhone 15 256GB"]

    answer = admin.post("/corrections", data={"word": "same", "left": new, "right": other, "back": new})

    assert answer.headers["location"] == "/corrections?said=not_applied"
    told = text(page(admin, answer.headers["location"]))
    assert "规格不同，不采用" in told
    assert "128GB ≠ 256GB" in told


def test_the_list_tells_chains_and_takes_words_back(admin, own_services, phone, following):
    one, two, three = offers_of(own_services, phone)[:3]
    for seconds, (word, left, right) in enumerate(
        [(Word.SAME, one, two), (Word.SAME, two, three), (Word.NOT_SAME, one, three)]
    ):
        at = NOW.replace(second=seconds)
        own_services.ledger.corrections.say(Correction(word, left, right, "<b>ann</b>", "看过", at))

    shown = page(admin, "/corrections")
    oldest = shown.xpath("//li[@id='correction-1']")[0]
    assert "与更新的话矛盾" in text(oldest)
    assert "<b>ann</b>" in text(oldest)
    assert len(oldest.xpath("./ul/li")) == 2

    assert admin.post("/corrections/3/withdraw").headers["location"] == "/corrections?said=withdrawn"
    assert "有效" in text(page(admin, "/corrections").xpath("//li[@id='correction-1']")[0])
    assert admin.post("/corrections/3/withdraw").status_code == 303
    assert admin.post("/corrections/99/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"left": ""}, "没有这个报价或商品。"), ({"right": "jd:nope:"}, "没有这个报价或商品。"), ({"right": "aaaaaaaaaaaaaaaa"}, "没有这个报价或商品。"),
        ({"word": "maybe"}, "请选择是不是同一款。"), ({"author": "x" * 101}, "太长，或有不可见字符。"), ({"note": "a\u0000b"}, "太长，或有不可见字符。"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_comes_back_as_it_was(admin, own_services, phone, change, wrong):
    first, second = offers_of(own_services, phone)[:2]
    data = {"word": "same", "left": str(first), "right": str(second), "note": "<i>"} | change

    answer = admin.post("/corrections", data=data)

    form = html.document_fromstring(answer.text).xpath("//form[@id='word']")[0]
    assert answer.status_code == 422
    assert wrong in text(form)
    assert form.xpath(".//input[@name='right']/@value") == [data["right"]]
    assert in_force(own_services) == []


def test_an_offer_is_not_compared_with_itself(admin, own_services, phone):
    first = offers_of(own_services, phone)[0]

    answer = admin.post("/corrections", data={"word": "same", "left": phone, "right": str(first)})

    assert "两边是同一个报价。" in answer.text


def test_the_reason_on_the_page_names_who_said_so(admin, own_services, phone, following):
    _, odd, *_ = offers_of(own_services, phone)
    admin.post("/corrections/apart", data={"product": phone, "offer": str(odd)})
    part = own_services.ledger.projections.product_of(
        own_services.ledger.projections.active().id,
        own_services.ledger.observations.current([odd])[odd].offer_id,
    )

    shown = text(page(admin, f"/products/{part}"))

    assert "有人更正：与原来归入的商品不是同一款" in shown
    assert "page（" in shown
