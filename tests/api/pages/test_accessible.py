"""What people who do not see the page, or do not point at it, depend on: names, roles, order, one heading."""

from __future__ import annotations

import pytest

from tests.api.pages.conftest import text

ADDRESSES = (
    "/",
    "/search?q=iPhone+15",
    "/search?q=zzqq",
    "/crawls",
    "/crawls/27",
    "/about",
    "/docs",
    "/admin",
)


@pytest.fixture(params=[*ADDRESSES, "product"])
def page(request, get, product_ids):
    address = request.param
    return get(f"/products/{product_ids['苹果 iPhone 15 128GB']}" if address == "product" else address)


def test_the_page_says_its_language_and_what_it_is(page):
    assert page.get("lang") == "zh-CN"
    assert text(page.find(".//title"))
    assert page.xpath("//meta[@name='viewport']")


def test_there_is_one_first_heading_and_no_level_is_skipped(page):
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


def test_landmarks_are_there_once(page):
    for path in ("//main", "//header", "//footer"):
        assert len(page.xpath(path)) == 1
    assert page.xpath("//a[@class='skip'][@href='#main']")
    assert all(one.get("aria-label") for one in page.iter("nav"))


def test_ids_are_unique_and_references_lead_somewhere(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby", "for", "list"):
        for one in page.xpath(f"//@{name}"):
            assert one in ids, (name, one)
    for one in page.xpath("//a/@href[starts-with(., '#')] | //use/@href"):
        assert one.removeprefix("#") in ids, one


def test_every_control_has_a_name(page):
    for one in page.iter("button", "a", "summary"):
        assert text(one) or one.get("aria-label") or one.get("data-light"), one.attrib
    for one in page.iter("input", "select", "textarea"):
        is_labelled = (
            one.get("type") == "hidden"
            or one.get("aria-label")
            or page.xpath(f"//label[@for='{one.get('id')}']")
            or one.getparent().tag == "label"
        )
        assert is_labelled, one.attrib


def test_pictures_are_named_or_hidden(page):
    for one in page.iter("svg"):
        hidden = one.get("aria-hidden") == "true" or any(a.get("role") == "img" for a in one.iterancestors())
        assert hidden or one.get("aria-label") or any(a.tag == "svg" for a in one.iterancestors())


def test_tables_have_heads(page):
    for table in page.iter("table"):
        assert table.xpath("./thead//th[@scope='col']")
        assert all(th.get("scope") for th in table.iter("th"))


def test_ages_hold_the_exact_time(page):
    for one in page.iter("time"):
        assert one.get("datetime").endswith("Z")
        assert one.get("title").endswith("北京时间")
