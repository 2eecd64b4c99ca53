"""The shopper's settings: by a plain form, and with scripts remembered in this browser and nowhere else."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_searching import row

PRODUCT = "苹果 iPhone 15 256GB"
SEARCH = "/search?q=iPhone+15+256GB"

pytestmark = pytest.mark.parametrize("size", ["embedded"], indirect=True, scope="session")
"""What a browser remembers does not depend on engines."""


def choose(page, *, region="新疆", condition="PLUS会员"):
    """Through the form, as people do."""
    page.locator("#wish > summary").click()
    page.get_by_label("收货地").select_option(label=region)
    page.get_by_label(condition).check()
    page.get_by_role("button", name="按此计算").click()
    page.wait_for_url("**conditions=member%3Aplus*")


def remembered(page):
    return page.evaluate("localStorage.getItem('wish')")


def price(page, slug="jd"):
    return row(page, PRODUCT).locator(f"td.mp-{slug} b").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_form_prices_anew_and_keeps_the_search(visit, site, scripts):
    page = visit(site, SEARCH, java_script_enabled=scripts)
    assert price(page) == "¥4,896"
    choose(page)
    assert price(page) == "¥4,799"
    assert page.locator("#q").input_value() == "iPhone 15 256GB"
    assert "收货地新疆 · 1 件 · PLUS会员" in page.locator("#wish > summary").inner_text()


def test_the_choice_is_there_on_the_next_visit(visit, site):
    page = visit(site, SEARCH)
    choose(page)
    assert remembered(page) == "region=CN-XJ&quantity=1&conditions=member%3Aplus"

    page.goto(site.base + "/")
    page.get_by_role("combobox", name="搜索商品").fill("iPhone 15 256GB")
    page.keyboard.press("Enter")
    page.wait_for_url("**conditions=member%3Aplus*")
    assert price(page) == "¥4,799"

    href = row(page, PRODUCT).locator(".name").get_attribute("href").partition("?")[0]
    page.goto(site.base + href)
    page.wait_for_url("**conditions=member%3Aplus*")
    assert "PLUS会员" in page.locator("#wish > summary").inner_text()


def test_nothing_of_it_is_in_a_cookie(visit, site):
    page = visit(site, SEARCH)
    choose(page)
    assert page.context.cookies() == []


def test_an_address_that_says_its_own_wins_and_is_not_remembered(visit, site):
    page = visit(site, SEARCH)
    choose(page)
    before = remembered(page)
    page.goto(site.base + SEARCH + "&quantity=2")
    assert "收货地上海 · 2 件合计 · 无会员等条件" in page.locator("#wish > summary").inner_text()
    assert remembered(page) == before


def test_clearing_forgets(visit, site):
    page = visit(site, SEARCH)
    choose(page)
    page.locator("#wish > summary").click()
    page.get_by_role("link", name="清除").click()
    page.wait_for_url(site.base + SEARCH)
    assert remembered(page) is None
    assert price(page) == "¥4,896"
    page.reload()
    assert page.url == site.base + SEARCH


def test_choosing_the_defaults_forgets_too(visit, site):
    page = visit(site, SEARCH)
    choose(page)
    page.locator("#wish > summary").click()
    page.get_by_label("收货地").select_option(label="上海")
    page.get_by_label("PLUS会员").uncheck()
    page.get_by_role("button", name="按此计算").click()
    page.wait_for_url("**region=CN-SH*")
    assert remembered(page) is None


def test_going_back_does_not_come_back_at_once(visit, site):
    """The address is replaced, not added to: one step back leaves the page."""
    page = visit(site, SEARCH)
    choose(page)
    page.goto(site.base + "/about")
    page.goto(site.base + "/search?q=iPhone+15")
    page.wait_for_url("**conditions=member%3Aplus*")
    page.go_back()
    page.wait_for_url(site.base + "/about")


def test_what_was_stored_by_anybody_else_is_not_passed_on(visit, site):
    page = visit(site, "/about")
    page.evaluate("localStorage.setItem('wish', 'q=x&sort=price&evil=1')")
    page.goto(site.base + SEARCH)
    assert page.url == site.base + SEARCH


def test_drawers_open_on_a_phone_inside_the_screen(visit, site):
    page = visit(site, SEARCH, viewport=PHONE)
    row(page, PRODUCT).locator(".fold summary").first.click()
    row(page, PRODUCT).locator(".group").first.wait_for()
    for summary in row(page, PRODUCT).locator(".detail > summary").all():
        summary.click()
    page.locator("#wish > summary").click()
    assert row(page, PRODUCT).get_by_text("国家补贴15%").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
