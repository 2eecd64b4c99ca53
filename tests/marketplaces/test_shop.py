"""The web shop: robots, sitemaps, conditional requests, charsets, links, traps."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.marketplaces.support import ask, control, practice


@pytest.fixture(scope="module")
def shop(full_world):
    return full_world.apps["shop"]


def sitemap(app, part="/sitemaps/products-1.xml.gz"):
    text = gzip.decompress(ask(app, part).body).decode()
    return dict(re.findall(r"<loc>http://shop\.test([^<]+)</loc><lastmod>([^<]+)</lastmod>", text))


def test_robots_txt_names_the_sitemap_and_the_forbidden_trees(shop):
    lines = ask(shop, "/robots.txt").text.splitlines()

    assert {"User-agent: *", "Disallow: /cart", "Disallow: /search", "Disallow: /private/"} <= set(lines)
    assert "Sitemap: http://shop.test/sitemap.xml" in lines
    assert not any(line.startswith("Crawl-delay") for line in lines)


def test_the_sitemap_index_leads_to_every_product_page(shop, full_world):
    index = ask(shop, "/sitemap.xml").text
    parts = re.findall(r"http://shop\.test(/sitemaps/products-\d+\.xml\.gz)", index)

    found = {path for part in parts for path in sitemap(shop, part)}

    assert len(parts) == 2
    assert found == {page.path for page in full_world.world.pages}
    assert all(ask(shop, path).status == 200 for path in sorted(found)[:20])


def test_a_packed_sitemap_is_a_file_not_an_encoding(shop):
    reply = ask(shop, "/sitemaps/products-1.xml.gz", headers={"accept-encoding": "gzip"})

    assert reply.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in reply.headers
    assert reply.body[:2] == b"\x1f\x8b"


def test_lastmod_moves_exactly_when_the_page_changes():
    world = practice(products=600, offers=5000)
    app = world.apps["shop"]
    mods, bodies = sitemap(app), {page.path: ask(app, page.path).body for page in world.world.pages[:60]}
    moved = stayed = 0

    for _ in range(4):
        control(world, "/clock", method="POST", json_body={"advance_s": 6 * 3600})
        later = sitemap(app)
        for path, body in bodies.items():
            now = ask(app, path).body
            if later[path] == mods[path]:
                assert now == body
                stayed += 1
            else:
                moved += 1
            bodies[path] = now
        mods = later

    assert moved > 10
    assert stayed > 10


def test_a_page_that_did_not_change_is_304(shop, full_world):
    path = full_world.world.pages[0].path
    first = ask(shop, path)

    by_tag = ask(shop, path, headers={"if-none-match": first.headers["etag"]})
    by_date = ask(shop, path, headers={"if-modified-since": first.headers["last-modified"]})
    other_tag = ask(
        shop, path, headers={"if-none-match": '"0"', "if-modified-since": first.headers["last-modified"]}
    )
    old_date = ask(shop, path, headers={"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"})
    no_date = ask(shop, path, headers={"if-modified-since": "yesterday"})

    assert (by_tag.status, by_tag.body) == (304, b"")
    assert by_tag.headers["etag"] == first.headers["etag"]
    assert by_date.status == 304
    assert [other_tag.status, old_date.status, no_date.status] == [200, 200, 200]


def test_pages_are_packed_only_when_asked(shop, full_world):
    path = full_world.world.pages[0].path

    packed = ask(shop, path, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.body) == ask(shop, path).body
    assert packed.headers["content-encoding"] == "gzip"


def test_a_few_pages_are_gb18030_and_declare_it(shop, full_world):
    old = [page for page in full_world.world.pages if page.charset == "gb18030"]

    assert 1 <= len(old) <= 20
    for page in old:
        reply = ask(shop, page.path)
        assert re.search(rb'<meta charset="gb18030">', reply.body)
        assert "首页" in reply.body.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            reply.body.decode("utf-8")


def test_links_alone_lead_to_every_product_page(shop, full_world):
    seen, queue = set(), ["/"]
    while queue:
        path = queue.pop()
        if path in seen or path.startswith(("/cart", "/search", "/private/", "/p/")):
            seen.add(path)
            continue
        seen.add(path)
        queue += re.findall(r'href="(/[^"]*)"', ask(shop, path).text)

    assert {page.path for page in full_world.world.pages} <= seen


def test_forbidden_pages_are_linked_from_every_page_and_answer(shop, full_world):
    html = ask(shop, full_world.world.pages[0].path).text

    for path in ("/cart", "/search?q=", "/private/members/vip-prices"):
        assert f'href="{path}"' in html
        assert ask(shop, path).status == 200


def test_control_is_never_linked(shop, full_world):
    for path in ("/", full_world.world.pages[0].path, "/sitemap.xml", "/robots.txt"):
        assert "control" not in ask(shop, path).text


@pytest.mark.parametrize(
    "path", ["/p/none", "/c/99", "/c/1/99", "/c/x", "/sitemaps/products-9.xml.gz", "/admin"]
)
def test_what_does_not_exist_is_404(shop, path):
    assert ask(shop, path).status == 404


def test_addresses_are_on_the_host_that_was_asked(shop, full_world):
    page = full_world.world.pages[0].path

    text = ask(shop, page, headers={"host": "127.0.0.1:8604"}).text

    assert f"http://127.0.0.1:8604{page}" in text
    assert "shop.test" not in text
