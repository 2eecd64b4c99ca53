"""Light and dark, narrow and wide, keys, motion, paper; and hostile sellers, with and without the policy's help."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE

ADDRESSES = ("/", "/search", "/search?q=iPhone+15", "/search?q=zzqq", "/search?limit=50&kind=any&condition=any", "/crawls", "/crawls/28",
             "/about", "/docs", "/admin")  # fmt: skip

pytestmark = pytest.mark.parametrize("size", ["embedded"], indirect=True, scope="session")
"""How pages look does not depend on engines; what they show does (test_searching.py, test_crawling.py)."""


def products(page):
    page.goto(page.url.split("/search")[0] + "/search?limit=50&kind=any&condition=any")
    return page.locator("#matrix .name").evaluate_all("all => all.map(one => one.getAttribute('href'))")


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}, {"width": 768, "height": 1024}, DESKTOP], ids=["phone", "small", "tablet", "desktop"])  # fmt: skip
def test_no_page_is_wider_than_the_screen(visit, site, viewport):
    page = visit(site, "/search", viewport=viewport)
    for address in [*ADDRESSES, *products(page)]:
        page.goto(site.base + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_every_page_is_quiet(visit, site):
    """No console message, no refused policy, no request to another origin: the `visit` fixture looks."""
    page = visit(site)
    for address in ADDRESSES:
        page.goto(site.base + address)
        page.wait_for_load_state("networkidle")


def test_a_search_asks_this_server_for_four_things(visit, site):
    page = visit(site, "/about")
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.context.clear_cookies()
    page.goto(site.base + "/search")
    page.wait_for_load_state("networkidle")
    assert len([one for one in asked if not one.startswith("data:")]) <= 4


@pytest.mark.parametrize("bypass", [False, True], ids=["policy", "no policy"])
def test_hostile_titles_do_nothing(visit, site, bypass):
    """Nothing runs, and it is not the policy that prevents it: without it nothing runs either."""
    page = visit(site, "/search", bypass_csp=bypass)
    for address in [*ADDRESSES, *products(page)]:
        page.goto(site.base + address)
        for summary in page.locator("#matrix summary, #offers summary").all()[:40]:
            summary.evaluate("one => one.click()")
        page.locator("body").hover()
    assert page.locator("#matrix [onmouseover], [onfocus], [onerror], [onload]").count() == 0


def test_hostile_searches_do_nothing(visit, site):
    page = visit(site)
    for query in (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' autofocus onfocus=alert(1) '",
        "</title><svg onload=alert(1)>",
    ):
        page.locator("#q").fill(query)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("#q").input_value() == query
        assert page.get_by_role("heading", level=1).inner_text() == query


def test_the_system_decides_between_light_and_dark(visit, site):
    light, dark = visit(site, color_scheme="light"), visit(site, color_scheme="dark")
    assert background(light) == "rgb(246, 245, 241)"
    assert background(dark) == "rgb(18, 20, 22)"


def test_the_switch_decides_against_the_system_and_is_remembered(visit, site):
    page = visit(site, color_scheme="light")
    switch = page.get_by_role("button", name="切换到深色")
    switch.click()
    assert background(page) == "rgb(18, 20, 22)"
    assert page.get_by_role("button", name="切换到浅色").is_visible()

    page.goto(site.base + "/about")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert background(page) == "rgb(18, 20, 22)"
    page.get_by_role("button", name="切换到浅色").click()
    assert background(page) == "rgb(246, 245, 241)"


def test_without_scripts_there_is_no_switch_that_does_nothing(visit, site):
    page = visit(site, java_script_enabled=False)
    assert not page.locator("button.theme").is_visible()


def test_slash_goes_to_the_search_box_and_types_nothing(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("华为")
    assert page.locator("#q").input_value() == "华为"
    page.keyboard.type("/jk")
    assert page.locator("#q").input_value() == "华为/jk"


def test_j_and_k_move_between_products(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    names = page.locator("#matrix .name").all_inner_texts()

    def here():
        return page.evaluate("document.activeElement.innerText")

    for expected in (names[0], names[1], names[2]):
        page.keyboard.press("j")
        assert here() == expected
    page.keyboard.press("k")
    assert here() == names[1]
    for _ in range(20):
        page.keyboard.press("j")
    assert here() == names[-1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/products/*")


def test_the_first_tab_offers_the_way_past_the_header(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("one => one === document.activeElement")
    assert skip.bounding_box()["x"] >= 0


def test_focus_can_be_seen(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    page.keyboard.press("j")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"
    )
    assert outline == "solid2px"


def test_menus_close_with_escape_with_a_click_elsewhere_and_when_another_opens(visit, site):
    page = visit(site, "/search?q=iPhone+15")
    first, second = page.locator(".filters details").nth(0), page.locator(".filters details").nth(1)

    first.locator("summary").click()
    second.locator("summary").click()
    assert first.get_attribute("open") is None
    assert second.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert second.get_attribute("open") is None
    assert second.locator("summary").evaluate("one => one === document.activeElement")

    first.locator("summary").click()
    page.get_by_role("heading", level=1).click()
    assert first.get_attribute("open") is None


def test_nothing_moves_for_those_who_asked_for_that(own_site, visit):
    from tests.support.sample import NOW

    own_site.services.ledger.runs.request("jd", ["x"], now=NOW)
    still = visit(own_site, "/crawls", reduced_motion="reduce")
    moving = visit(own_site, "/crawls", reduced_motion="no-preference")
    name = "getComputedStyle(document.querySelector('.live'), '::before').animationName"
    assert still.evaluate(name) == "none"
    assert moving.evaluate(name) == "pulse"


def test_paper_gets_the_prices_and_not_the_controls(visit, site):
    page = visit(site, "/search?q=iPhone+15", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("#matrix").is_visible()
    for controls in (".top", ".filters", ".orders", ".foot"):
        assert not page.locator(controls).first.is_visible()


def test_error_pages_lead_on(visit, site, trouble):
    trouble.expected = ("console: Failed to load resource: the server responded with a status of 404",)
    page = visit(site, "/products/nope")
    assert page.get_by_role("heading", level=1).inner_text() == "没有这件商品"
    page.get_by_role("link", name="回首页").click()
    page.wait_for_url(site.base + "/")
