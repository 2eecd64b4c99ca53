"""Sitemaps and robots.txt as lists of addresses."""

from __future__ import annotations

import gzip

import pytest

from catalog.errors import SourceError
from crawlers.generic.sitemap import parse_sitemap, sitemaps_of_robots
from crawlers.marketplaces.shop import SOURCE
from crawlers.source import Access, Answer
from ledger.frontier import PageRequest, RejectKind

ACCESS = Access("https://shop.example/", {})
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*locations):
    entries = "".join(f"<url><loc> {loc} </loc><lastmod>2026-11-20</lastmod></url>" for loc in locations)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE}>{entries}</urlset>'.encode()


def test_pages_are_listed_once_in_order():
    found = parse_sitemap(
        urlset("https://shop.example/a", "https://shop.example/b", "https://shop.example/a")
    )

    assert found.pages == ("https://shop.example/a", "https://shop.example/b")


def test_gzip_is_recognised_by_its_bytes():
    assert parse_sitemap(gzip.compress(urlset("https://shop.example/a"))).pages == ("https://shop.example/a",)


def test_an_index_lists_sitemaps_and_images_are_left_alone():
    index = (
        f"<sitemapindex {NAMESPACE}><sitemap><loc>https://shop.example/s1.xml</loc></sitemap></sitemapindex>"
    )
    images = f'<urlset {NAMESPACE} xmlns:image="i"><url><loc>https://shop.example/a</loc><image:image><image:loc>https://shop.example/i.jpg</image:loc></image:image></url></urlset>'

    assert parse_sitemap(index.encode()).sitemaps == ("https://shop.example/s1.xml",)
    assert parse_sitemap(images.encode()).pages == ("https://shop.example/a",)


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10))
    + "]><urlset><url><loc>&k;</loc></url></urlset>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>&x;</loc></url></urlset>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"<urlset>",
        b"{}",
        b"\x00\x01",
        b"\x1f\x8b\x08broken",
        gzip.compress(urlset("x"))[:-9],
        b"<!-- -->",
    ],
)
def test_what_is_no_sitemap_is_an_error(body):
    with pytest.raises(SourceError):
        parse_sitemap(body)


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE])
def test_entities_are_never_expanded(body):
    try:
        found = parse_sitemap(body.encode())
    except SourceError:
        return
    assert found.pages == ()


def test_robots_names_its_sitemaps():
    text = "User-agent: *\nDisallow: /cart\nSITEMAP : https://shop.example/a.xml # main\nsitemap:https://shop.example/b.xml\nSitemap:\n"

    assert sitemaps_of_robots(text) == ("https://shop.example/a.xml", "https://shop.example/b.xml")


def test_only_the_shops_own_origin_is_followed():
    body = urlset(
        "https://shop.example/p/1?x=2",
        "/p/2",
        "https://evil.example/p",
        "http://shop.example/p",
        "https://shop.example:8443/p",
        "https://[::1",
        "file:///etc/passwd",
    )

    result = SOURCE.read(
        PageRequest("sitemap", {"path": "/s"}), Answer("https://shop.example/s", "", body), ACCESS
    )

    assert [p.params["path"] for p in result.next_pages] == ["/p/1?x=2", "/p/2"]
    assert len(result.rejects) == 5
    assert {r.kind for r in result.rejects} == {RejectKind.FIELD}


def test_a_robots_without_sitemaps_leads_to_the_usual_place():
    result = SOURCE.read(
        PageRequest("robots", {"path": "/robots.txt"}),
        Answer("https://shop.example/robots.txt", "", b""),
        ACCESS,
    )

    assert [(p.kind, p.params["path"]) for p in result.next_pages] == [("sitemap", "/sitemap.xml")]
