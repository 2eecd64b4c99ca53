"""Saying that offers are or are not the same goods, as somebody who is signed in does it; with and without scripts."""

from __future__ import annotations

import threading

import pytest

from tests.browser.conftest import PHONE, sign_in
from tests.support.processes import wait_until

NAME = "苹果 iPhone 15 128GB"


@pytest.fixture
def followed_site(indexed_site):
    """As `bijia serve` runs it."""
    stop, follower = threading.Event(), indexed_site.services.indexer.follower()
    follower.catch_up()
    thread = threading.Thread(target=follower.run, args=[stop])
    thread.start()
    yield indexed_site
    stop.set()
    thread.join()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def admin(request, followed_site, visit):
    page = visit(followed_site, java_script_enabled=request.param)
    sign_in(page)
    return page


def product_page(page, site):
    found = site.services.answers.search(NAME, _anything(), limit=1).products[0]
    page.goto(f"{site.base}/products/{found.data['product_id']}")


def _anything():
    from indexer.search import Choice

    return Choice()


def test_moving_an_offer_out_and_taking_that_back(admin, followed_site):
    product_page(admin, followed_site)
    rows = admin.locator("table.offers > tbody")
    before = rows.count()

    rows.nth(1).get_by_role("button", name="不是同款").click()
    admin.wait_for_url("**/products/*?said=corrected")
    assert admin.get_by_text("更正已记下并生效。").is_visible()
    wait_until(lambda: reloaded(admin, rows) == before - 1, "the offer stands elsewhere")

    admin.goto(f"{followed_site.base}/corrections")
    admin.get_by_role("button", name="撤回").first.click()
    admin.wait_for_url("**/corrections?said=withdrawn")
    product_page(admin, followed_site)
    wait_until(lambda: reloaded(admin, rows) == before, "the offer is back")


def reloaded(page, rows):
    """How many offers the page shows when it is asked for again: a search engine shows what it was told within a second."""
    page.reload()
    return rows.count()


def test_joining_two_products_that_differ_in_plain_words_is_refused_with_the_reason(admin, followed_site):
    product_page(admin, followed_site)
    other = followed_site.services.answers.search("苹果 iPhone 15 256GB", _anything(), limit=1).products[0]

    admin.get_by_label("与另一件商品是同一款").fill(other.data["product_id"])
    admin.get_by_role("button", name="是同一款").click()

    admin.wait_for_url("**/corrections?said=not_applied")
    assert "128GB ≠ 256GB" in admin.locator("#words").inner_text()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_the_forms_fit_the_page(followed_site, visit, viewport):
    page = visit(followed_site, **({"viewport": viewport} if viewport else {}))
    sign_in(page)
    for address in ("/corrections", None):
        if address is None:
            product_page(page, followed_site)
        else:
            page.goto(followed_site.base + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
