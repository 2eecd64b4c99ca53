"""Crawled text is text and nothing else: no page runs, loads, styles or links to anything a seller wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from api.compare import side_by_side
from api.pages.addresses import web_address
from catalog.landed_price import Buyer
from indexer.search import Choice
from tests.api.pages.conftest import text
from tests.support.offers import seen
from tests.support.sample import HOSTILE_TITLES, NOW, SCRIPT

EVERYTHING = "/search?limit=50&kind=any&condition=any"
LOADING = (
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "base",
    "applet",
    "frame",
    "style",
    "form[@target]",
)
EVENTS = re.compile(r"on[a-z]+$")


@pytest.fixture(scope="session")
def addresses(product_ids):
    """Every kind of page, each with as much crawled text as the sample has."""
    pages = ["/", "/about", "/docs", "/crawls", "/crawls/27", "/crawls/live", "/crawls/27/live", "/admin", EVERYTHING, "/search?q=zzqq",
             "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/nope", "/suggest?q=%E8%8B%B9", "/search?limit=x"]  # fmt: skip
    products = [f"/products/{one}" for one in product_ids.values()]
    return pages + products + [f"{one}/offers" for one in products]


@pytest.fixture(scope="session")
def pages(client, addresses):
    """Their trees."""
    return {address: html.fromstring(client.get(address).text or "<p></p>") for address in addresses}


def elements(pages):
    return [
        (address, one) for address, tree in pages.items() for one in tree.iter() if isinstance(one.tag, str)
    ]


def test_there_is_no_inline_script_style_or_handler(pages):
    for address, one in elements(pages):
        if one.tag == "script":
            assert one.get("src", "").startswith("/static/"), address
            assert not (one.text or "").strip(), address
        assert one.tag != "style", address
        assert "style" not in one.attrib, (address, one.tag)
        assert not [name for name in one.attrib if EVENTS.match(name) or name.startswith("hx-on")], (
            address,
            one.attrib,
        )


def test_nothing_is_loaded_from_anywhere_but_here(pages):
    for address, one in elements(pages):
        assert one.tag not in LOADING, (address, one.tag)
        if one.tag == "link":
            assert one.get("href").startswith(("/static/", "data:image/svg+xml,")), address
        for name in ("src", "srcset", "poster", "background", "formaction", "xlink:href", "action", "hx-get"):
            assert one.get(name, "/").startswith("/"), (address, one.tag, name)
        if one.tag == "use":
            assert one.get("href").startswith("#i-"), address


@pytest.mark.slow
def test_links_lead_to_our_pages_or_to_the_web_and_those_tell_nothing(pages):
    outward = 0
    for address, one in elements(pages):
        href = one.get("href")
        if one.tag != "a":
            continue
        assert href, address
        if href.startswith(("http:", "https:")):
            assert one.get("rel") == "noopener noreferrer nofollow", (address, href)
            outward += 1
        else:
            assert href.startswith(("/", "#")), (address, href)
            assert not href.startswith("//"), (address, href)
        assert "target" not in one.attrib
    assert outward > 300


def test_what_sellers_wrote_is_shown_as_they_wrote_it(pages):
    page = text(pages[EVERYTHING])
    for title in HOSTILE_TITLES:
        assert " ".join(title.split()) in page
    assert "{{ 7*7 }}${7*7}<%= 7*7 %>" in page


def test_text_that_runs_the_other_way_is_kept_to_itself(pages):
    for title in ("gpj.exe", "مرحبا"):
        holders = [one for one in pages[EVERYTHING].iter() if title in (one.text or "")]
        assert holders
        assert all(one.tag == "bdi" for one in holders)


def test_a_seller_named_like_a_script_is_a_name(pages, product_ids):
    page = pages[f"/products/{product_ids['苹果 iPhone 15 128GB']}"]
    assert SCRIPT in text(page)
    assert not page.xpath("//script[contains(., 'alert')]")


def test_what_was_searched_for_is_text_too(client):
    for query in (SCRIPT, '"><svg onload=alert(1)>', "javascript:alert(1)", "' autofocus onfocus=alert(1) '"):
        page = html.document_fromstring(client.get("/search", params={"q": query}).text)
        assert page.xpath("//input[@id='q']/@value") == [query]
        assert not page.xpath("//svg[@onload] | //*[@onfocus]")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)", "//evil.example/x", "/relative", "http:///nohost", "https://user:pw@evil.example/", "ftp://x.example/",
        "https://x.example/a b", "https:\\\\evil.example", "http://[::1", "", None, "file:///etc/passwd", "\u0000https://x.example",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None


@pytest.mark.parametrize(
    "url", ["https://item.jd.example/1.html?a=1&b=2", "http://x.example", "HTTPS://X.example/中文"]
)
def test_web_addresses_do(url):
    assert web_address(url) == url


def test_an_address_that_slipped_through_is_shown_without_a_link(services, client, monkeypatch):
    """The ledger refuses such addresses; should one get by, the page still does not link it."""
    results = services.answers.search("iPhone 15", Choice(), limit=1)
    payload = results.products[0].data
    spoiled = {**payload, "offers": [{**payload["offers"][0], "url": "javascript:alert(1)"}]}
    product = side_by_side(spoiled, {payload["offers"][0]["offer_id"]: NOW}, buyer=Buyer(NOW), seed="")
    monkeypatch.setattr(services.answers, "search", lambda *_, **__: replace(results, products=(product,)))

    page = html.document_fromstring(client.get("/search?q=x").text)
    assert page.xpath("//table[@id='matrix']//td/span[@class='a']")
    assert "javascript:" not in html.tostring(page, encoding="unicode")


def test_the_ledger_refuses_such_addresses_in_the_first_place():
    with pytest.raises(ValueError, match="http"):
        seen("x", url="javascript:alert(1)")


def test_every_page_forbids_in_its_policy_what_it_does_not_use(client):
    for address in ("/", "/search", "/crawls", "/nope", "/static/nope"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.slow
def test_no_page_sets_a_cookie_for_those_who_only_look(client, addresses):
    for address in addresses:
        assert "set-cookie" not in client.get(address).headers
