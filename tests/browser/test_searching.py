"""Searching, filtering, paging, comparing: with scripts and without."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE

PRODUCT = "苹果 iPhone 15 128GB"


def rows(page):
    return page.locator("#matrix > tbody").count()


def row(page, name=PRODUCT):
    return page.locator("#matrix > tbody").filter(has=page.get_by_role("link", name=name, exact=True))


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request):
    return request.param


def test_typing_and_enter_finds_products(visit, site, scripts):
    page = visit(site, java_script_enabled=scripts)
    page.get_by_role("combobox", name="搜索商品").fill("iPhone 15")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=iPhone+15")
    assert page.get_by_role("heading", level=1).inner_text() == "iPhone 15"
    assert rows(page) == 7


def test_completions_come_while_typing(visit, site):
    page = visit(site)
    page.locator("#q").press_sequentially("iph", delay=20)
    page.locator("#suggestions option").first.wait_for(state="attached")

    assert "iPhone 15" in page.locator("#suggestions option").evaluate_all("all => all.map(one => one.value)")


def test_filters_are_chosen_and_taken_off(visit, site, scripts):
    page = visit(site, "/search?q=iPhone+15", java_script_enabled=scripts)
    page.locator(".filters summary", has_text="平台").click()
    page.locator(".filters li a", has_text="京东").click()
    page.wait_for_url("**marketplace=jd*")
    assert rows(page) == 5

    page.locator("a.chip", has_text="京东").click()
    page.wait_for_url("**/search?q=iPhone+15")
    assert rows(page) == 7

    page.locator("a.chip", has_text="只看全新").click()
    page.wait_for_url("**condition=any*")
    assert rows(page) == 8


def test_attributes_are_chosen_by_keys_alone(visit, site, scripts):
    page = visit(site, "/search?q=手机", java_script_enabled=scripts)
    page.locator(".filters summary", has_text="存储").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").split() == ["128GB", "3"]
    page.keyboard.press("Enter")
    page.wait_for_url("**attributes=storage_gb%3A128*")

    assert rows(page) == 3
    page.locator("a.chip", has_text="存储 128GB").click()
    page.wait_for_url("**/search?q=*")
    assert rows(page) == 12


def test_with_scripts_more_products_are_put_below(visit, site):
    page = visit(site, "/search")
    assert rows(page) == 20
    first = page.locator("#matrix > tbody .name").first.inner_text()
    page.get_by_role("link", name="更多商品").click()
    page.locator("#matrix > tbody").nth(32).wait_for()

    assert page.url.endswith("/search")
    assert rows(page) == 33
    assert page.locator("#matrix > tbody .name").first.inner_text() == first
    assert page.get_by_role("link", name="更多商品").count() == 0
    columns = page.locator("#matrix thead th").count()
    assert set(
        page.locator("#matrix > tbody > tr:first-child").evaluate_all(
            "all => all.map(one => one.cells.length)"
        )
    ) == {columns}


def test_rows_put_below_open_like_the_others(visit, site):
    page = visit(site, "/search")
    page.get_by_role("link", name="更多商品").click()
    last = page.locator("#matrix > tbody").nth(32)
    last.locator("summary").first.click()
    last.locator(".group").first.wait_for()


def test_without_scripts_more_products_are_the_next_page(visit, site):
    page = visit(site, "/search", java_script_enabled=False)
    page.get_by_role("link", name="更多商品").click()
    page.wait_for_url("**cursor=*")
    assert rows(page) == 13


def test_with_scripts_offers_open_in_place_and_are_asked_for_once(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    summary = row(page).locator("summary").first
    for _ in range(3):
        summary.click()
    row(page).locator(".group").first.wait_for()

    assert len(asked) == 1
    assert row(page).locator(".group").count() == 4
    assert row(page).locator(".group > ul > li").count() == 3 + 2 + 2 + 3
    row(page).locator(".why summary").first.click()
    assert "型号\niPhone 15" in row(page).locator(".why dl").first.inner_text()


def test_without_scripts_offers_open_on_the_same_page(visit, site):
    page = visit(site, "/search?q=iPhone+15", java_script_enabled=False)
    row(page).locator("summary").first.click()
    row(page).get_by_role("link", name="展开各平台报价").click()
    page.wait_for_url("**open=*")
    assert row(page).locator(".group").count() == 4
    assert row(page).locator(".group").first.is_visible()


def test_from_a_row_to_the_product_and_its_versions(visit, site, scripts):
    page = visit(site, "/search?q=iPhone+15", java_script_enabled=scripts)
    row(page).get_by_role("link", name=PRODUCT, exact=True).click()
    page.wait_for_url("**/products/*")
    assert page.get_by_role("heading", level=1).inner_text() == PRODUCT
    assert page.locator("table.offers > tbody").count() == 15

    page.locator("#offers summary").first.click()
    assert page.get_by_role("heading", name="为什么算同款").first.is_visible()
    page.locator(".versions").get_by_role("link", name="苹果 iPhone 15 256GB").click()
    page.wait_for_url("**/products/*")
    assert page.get_by_role("heading", level=1).inner_text() == "苹果 iPhone 15 256GB"


def test_the_chart_is_drawn_inside_its_frame(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    row(page).get_by_role("link", name=PRODUCT, exact=True).click()
    page.locator(".chart path").first.wait_for()
    frame = page.locator(".chart .plot").bounding_box()
    lines = [one.bounding_box() for one in page.locator(".chart path").all()]

    assert len(lines) == 4
    for box in lines:
        assert box["width"] > frame["width"] * 0.9
        assert box["x"] >= frame["x"] - 2
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 2
        assert frame["y"] <= box["y"] <= box["y"] + box["height"] <= frame["y"] + frame["height"]
    sizes = page.locator(".chart text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert max(sizes) < 20  # the plot stretches, text does not


def test_links_out_say_nothing_about_where_they_were_clicked(visit, site, trouble):
    page = visit(site, "/search?q=iPhone+15")
    address = page.locator("#matrix td a").first.get_attribute("href")
    trouble.expected = (f"request: {address}",)
    told = []

    def answer(route):
        told.append(route.request.headers)
        route.fulfill(body="<p>shop</p>", content_type="text/html")

    page.context.route(address, answer)
    page.locator("#matrix td a").first.click()
    page.wait_for_url(address)
    assert len(told) == 1
    assert "referer" not in told[0]


def test_eight_marketplaces_scroll_inside_their_table(visit, wide_site):
    page = visit(wide_site, "/search?q=iPhone+15", viewport={"width": 1024, "height": 700})
    table = page.locator(".wide")
    assert page.locator("#matrix thead th").count() == 9
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")

    table.evaluate("one => one.scrollLeft = one.scrollWidth")
    name, box = row(page).locator(".name").bounding_box(), table.bounding_box()
    assert name["x"] >= box["x"]  # the product stays in sight
    table.focus()
    assert table.evaluate("one => one === document.activeElement")


def test_on_a_phone_a_product_is_a_card_with_the_cheapest_first(visit, site):
    page = visit(site, "/search?q=iPhone+15", viewport=PHONE)
    cells = row(page, "苹果 iPhone 15 256GB").locator("td:not(.none):has(.m)").all()
    placed = sorted((cell.bounding_box()["y"], cell.locator("b").inner_text()) for cell in cells)
    prices = [int("".join(c for c in price if c.isdigit())) for _, price in placed]

    assert len(prices) == 4
    assert prices == sorted(prices)
    assert row(page).locator(".m").first.is_visible()
    assert (
        not page.locator("#matrix thead th").first.is_visible()
        or page.locator("#matrix thead").bounding_box()["width"] <= 1
    )
