"""The crawl loop: every page ends once and with its reason, whatever the source does."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from catalog.errors import StaleFence
from catalog.listing import OfferKey
from crawlers.crawl import MOST_ATTEMPTS, MOST_SILENT_ANSWERS, Crawl, Tools
from crawlers.http import FetchError, FetchFault
from crawlers.marketplaces import pinduoduo, shop
from crawlers.politeness import Pace, Politeness
from crawlers.source import Access
from ledger.runs import RunState
from tests.support.fetchers import Hasty, ScriptedFetcher, answer, gzipped, wall

PDD = Access("https://gw.pdd.example/api/router", {"client_id": "c", "client_secret": "s", "pid": "p"})
SHOP = Access("https://shop.example/", {})
QUICK = Pace(gap_s=0, concurrency=4)


def goods(first, count, *, total, price=1000, **more):
    items = [
        {
            "goods_sign": f"g{n}",
            "goods_name": f"苹果 iPhone 15 128GB #{n}",
            "min_normal_price": price + n,
            "mall_id": 1,
            "mall_name": "店",
            "merchant_type": 6,
            "service_tags": [1],
        }
        | more
        for n in range(first, first + count)
    ]
    return {"goods_search_response": {"goods_list": items, "list_id": "l", "total_count": total}}


def error(code, **more):
    return {"error_response": {"error_code": code, "error_msg": "m"} | more}


def asked(request):
    form = {k: v[0] for k, v in parse_qs(request.body.decode()).items()}
    return form["keyword"], int(form["page"])


def crawl(
    ledger,
    script,
    *,
    source=pinduoduo.SOURCE,
    access=PDD,
    keywords=("手机",),
    pace=QUICK,
    during=None,
    checkpoint=lambda _n: None,
):
    """Run one crawl; the fetcher, the final run and the state or error."""
    run_id = ledger.runs.request(source.marketplace.slug, keywords, now=wall())
    lease = ledger.runs.claim("w", now=wall(), run_id=run_id)
    fetcher = ScriptedFetcher(script)
    tools = Tools(
        ledger,
        source,
        access,
        fetcher,
        Politeness(pace, user_agent="bijia/0.1", clock=wall),
        wall,
        Hasty(),
        checkpoint,
    )

    async def both():
        work = asyncio.create_task(Crawl(tools, lease).run())
        if during is not None:
            await during(run_id, lease, fetcher)
        return await work

    state = asyncio.run(both())
    run = ledger.runs.get(run_id)
    assert state is run.state
    progress = run.progress
    assert progress.pages == progress.done + progress.failed + progress.skipped + progress.waiting
    assert progress.waiting == 0
    return fetcher, run


def test_all_pages_of_all_keywords_are_read(sqlite_ledger):
    def script(request, _n):
        keyword, page = asked(request)
        offset = 1000 * ["a", "b"].index(keyword)
        return answer(body=goods(offset + 100 * page, 100 if page < 3 else 50, total=250))

    fetcher, run = crawl(sqlite_ledger, script, keywords=("a", "b"))

    assert run.state is RunState.SUCCEEDED
    assert (run.progress.pages, run.progress.offers, run.progress.added) == (6, 500, 500)
    assert sorted(asked(r) for r in fetcher.requests) == sorted((k, p) for k in "ab" for p in (1, 2, 3))


def test_offers_carry_what_the_answer_said(sqlite_ledger):
    crawl(sqlite_ledger, lambda _r, _n: answer(body=goods(1, 1, total=1)))

    offer = sqlite_ledger.observations.current([OfferKey("pinduoduo", "g1")])[
        OfferKey("pinduoduo", "g1")
    ].offer
    assert (offer.terms.price.minor, offer.terms.shipping.minor) == (1001, 0)


@pytest.mark.parametrize(
    "trouble",
    [
        answer(500), answer(502), answer(503), answer(body=error(50000)), answer(body=error(52102)), answer(body=b""), answer(body=b"<html>login</html>"),
        answer(body=b'{"goods_search_response": {"goods_list": ['), gzipped(goods(1, 3, total=3), keep=0.6), answer(body="登录".encode("gbk")),
        answer(body={"goods_search_response": {"goods_list": [], "total_count": 5}}), answer(body={"goods_search_response": {"items": []}}),
        FetchError(FetchFault.TIMEOUT, ""), FetchError(FetchFault.CUT, ""), FetchError(FetchFault.REFUSED, ""),
    ],
    ids=range(15),
)  # fmt: skip
def test_passing_trouble_is_tried_again(sqlite_ledger, trouble):
    fetcher, run = crawl(sqlite_ledger, lambda _r, n: trouble if n < 3 else answer(body=goods(1, 3, total=3)))

    assert run.state is RunState.SUCCEEDED
    assert run.progress.offers == 3
    assert len(fetcher.requests) == 3


def test_lasting_trouble_fails_the_page_and_not_the_others(sqlite_ledger):
    def script(request, _n):
        keyword, _ = asked(request)
        return answer(body=b"<html>captcha</html>") if keyword == "bad" else answer(body=goods(1, 3, total=3))

    fetcher, run = crawl(sqlite_ledger, script, keywords=("bad", "good"))

    assert run.state is RunState.PARTIAL
    assert "not_json" in run.reason
    assert (run.progress.done, run.progress.failed, run.progress.offers) == (1, 1, 3)
    assert [asked(r)[0] for r in fetcher.requests].count("bad") == MOST_ATTEMPTS


@pytest.mark.parametrize(
    "trouble",
    [
        answer(body=error(20004)),
        answer(body=error(10016)),
        answer(body=error(70034)),
        answer(401),
        answer(403),
    ],
)
def test_a_source_that_refuses_us_is_asked_no_more(sqlite_ledger, trouble):
    fetcher, run = crawl(sqlite_ledger, lambda _r, _n: trouble, keywords=tuple("abcdefghijkl"))

    assert run.state is RunState.FAILED
    assert run.reason
    assert len(fetcher.requests) <= QUICK.concurrency
    assert run.progress.failed + run.progress.skipped == 12


def test_a_refused_keyword_costs_only_itself(sqlite_ledger):
    def script(request, _n):
        return answer(body=error(21001)) if asked(request)[0] == "bad" else answer(body=goods(1, 1, total=1))

    fetcher, run = crawl(sqlite_ledger, script, keywords=("bad", "good"))

    assert (run.state, len(fetcher.requests)) == (RunState.PARTIAL, 2)
    assert "pop:21001" in run.reason


@pytest.mark.parametrize("fault", [FetchFault.REFUSED, FetchFault.NAME, FetchFault.TIMEOUT])
def test_a_dead_source_is_given_up_soon(sqlite_ledger, fault):
    fetcher, run = crawl(
        sqlite_ledger, lambda _r, _n: FetchError(fault, "x"), keywords=tuple("abcdefghijklmnopqrstuvwxyz")
    )

    assert run.state is RunState.FAILED
    assert "no answer" in run.reason
    assert len(fetcher.requests) < MOST_SILENT_ANSWERS + QUICK.concurrency


@pytest.mark.slow
@pytest.mark.parametrize("header", ["1", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_nothing_is_sent_inside_a_retry_after_window(sqlite_ledger, header, status):
    def script(request, n):
        if n == 3:
            value = (
                header
                if header == "1"
                else (wall() + timedelta(seconds=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
            )
            return answer(status, retry_after=value)
        return answer(body=goods(10 * n, 1, total=1))

    fetcher, run = crawl(sqlite_ledger, script, keywords=tuple("abcdefgh"), pace=Pace(0.01, 1))

    assert run.state is RunState.SUCCEEDED
    gaps = [b - a for a, b in zip(fetcher.times, fetcher.times[1:], strict=False)]
    assert gaps[2] >= (0.99 if header == "1" else 0.0)
    assert max(gaps) == gaps[2] or header == "date"
    assert len(fetcher.requests) == 9


@pytest.mark.slow
def test_waiting_as_asked_never_uses_up_a_pages_tries(sqlite_ledger):
    _, run = crawl(
        sqlite_ledger,
        lambda _r, n: (
            answer(429, retry_after="0") if n <= 3 * MOST_ATTEMPTS else answer(body=goods(1, 1, total=1))
        ),
    )

    assert run.state is RunState.SUCCEEDED


@pytest.mark.slow
@pytest.mark.parametrize("code", [52101, 70031])
def test_too_fast_in_the_envelope_slows_the_whole_source(sqlite_ledger, code):
    _fetcher, run = crawl(
        sqlite_ledger,
        lambda _r, n: answer(body=error(code)) if n <= 4 else answer(body=goods(10 * n, 1, total=1)),
        keywords=tuple("abcdef"),
    )

    assert run.state is RunState.SUCCEEDED
    assert run.progress.done == 6


@pytest.mark.slow
def test_a_source_that_allows_little_is_asked_little_and_read_to_the_end(sqlite_ledger):
    """The gap settles above what the source allows: too-fast answers stop, and are few."""
    started = []

    def script(_request, n):
        if started and time.monotonic() - started[-1] < 0.15:
            return answer(body=error(70031))
        started.append(time.monotonic())
        return answer(body=goods(10 * n, 1, total=1))

    fetcher, run = crawl(sqlite_ledger, script, keywords=tuple("abcdefghijklmnopqrst"))

    assert (run.state, run.progress.done) == (RunState.SUCCEEDED, 20)
    assert len(fetcher.requests) < 20 + 12


def test_a_source_that_is_always_too_fast_ends_the_run(sqlite_ledger, monkeypatch):
    monkeypatch.setattr("crawlers.politeness.SLOWEST_S", 0.02)  # a minute, for people
    _, run = crawl(sqlite_ledger, lambda _r, _n: answer(body=error(70031)), keywords=tuple("ab"))

    assert run.state is RunState.FAILED
    assert "70031" in run.reason


def test_an_absurd_wait_ends_the_run_and_outlives_it(sqlite_ledger):
    fetcher, run = crawl(sqlite_ledger, lambda _r, _n: answer(429, retry_after="999999999"))
    again, second = crawl(sqlite_ledger, lambda _r, _n: answer(body=goods(1, 1, total=1)))

    assert (run.state, len(fetcher.requests)) == (RunState.FAILED, 1)
    assert (second.state, len(again.requests)) == (RunState.FAILED, 0)
    assert "left alone" in second.reason
    assert sqlite_ledger.hosts.parked_until("gw.pdd.example:443") > wall() + timedelta(hours=23)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"min_normal_price": None}, "price"), ({"min_normal_price": "面议"}, "price"), ({"min_normal_price": [1]}, "price"), ({"min_normal_price": {"a": 1}}, "price"),
        ({"min_normal_price": -5}, "price"), ({"min_normal_price": 0}, "price"), ({"min_normal_price": True}, "price"), ({"min_normal_price": 10**17}, "price"),
        ({"min_normal_price": "1299起"}, "price"), ({"min_normal_price": 12.5}, "price"), ({"goods_name": ""}, "title"), ({"goods_name": None}, "title"),
        ({"goods_name": ["x"]}, "title"), ({"goods_name": "x" * 600}, "title"), ({"goods_sign": None}, "item_id"), ({"goods_name": "a\u0000b"}, "title"),
    ],
    ids=range(16),
)  # fmt: skip
def test_one_unreadable_item_is_recorded_and_costs_no_other(sqlite_ledger, change, reason):
    body = goods(1, 10, total=10)
    body["goods_search_response"]["goods_list"][4] |= change

    _, run = crawl(sqlite_ledger, lambda _r, _n: answer(body=body))

    (reject,) = sqlite_ledger.frontier.rejects(run.id)
    assert (run.state, run.progress.offers, run.progress.rejected) == (RunState.SUCCEEDED, 9, 1)
    assert reason in reject.reason


@pytest.mark.parametrize(
    "change",
    [
        {"service_tags": "x"},
        {"merchant_type": "x"},
        {"brand_name": 5},
        {"opt_name": None},
        {"goods_thumbnail_url": ""},
    ],
)
def test_an_unreadable_optional_field_costs_nothing_but_itself(sqlite_ledger, change):
    _, run = crawl(sqlite_ledger, lambda _r, _n: answer(body=goods(1, 3, total=3, **change)))

    assert (run.state, run.progress.offers) == (RunState.SUCCEEDED, 3)


def test_a_mistyped_optional_field_is_recorded(sqlite_ledger):
    _, run = crawl(
        sqlite_ledger, lambda _r, _n: answer(body=goods(1, 1, total=1, brand_name={"a": 1}, mall_name=[1]))
    )

    assert (run.progress.offers, run.progress.rejected, run.progress.defects) == (1, 0, 2)


def test_a_layout_in_which_nothing_can_be_read_fails_the_page(sqlite_ledger):
    body = {
        "goods_search_response": {
            "goods_list": [{"sign": "1", "name": "x", "price": 5}] * 9,
            "total_count": 9,
        }
    }

    _, run = crawl(sqlite_ledger, lambda _r, _n: answer(body=body))

    assert run.state is RunState.FAILED
    assert "item_id: missing" in run.reason
    assert run.progress.rejected == 9


def test_an_item_shown_on_two_pages_is_one_offer(sqlite_ledger):
    _, run = crawl(
        sqlite_ledger, lambda r, _n: answer(body=goods(1 + 99 * (asked(r)[1] - 1), 100, total=200))
    )

    assert run.state is RunState.SUCCEEDED
    assert (run.progress.offers, run.progress.added) == (200, 199)


@pytest.mark.slow
def test_a_gateway_that_never_ends_is_left(sqlite_ledger):
    from crawlers.keyword_search import MOST_PAGES

    fetcher, run = crawl(sqlite_ledger, lambda _r, _n: answer(body=goods(1, 1, total=10**9)))

    assert len(fetcher.requests) == MOST_PAGES
    assert run.state is RunState.SUCCEEDED


def test_no_keywords_is_a_failed_run_not_an_empty_success(sqlite_ledger):
    fetcher, run = crawl(sqlite_ledger, lambda _r, _n: answer(), keywords=())

    assert (run.state, fetcher.requests) == (RunState.FAILED, [])


@pytest.mark.slow
def test_cancelling_stops_new_requests_within_a_beat(sqlite_ledger):
    marks = {}

    async def cancel(run_id, _lease, fetcher):
        await asyncio.sleep(0.3)
        sqlite_ledger.runs.cancel(run_id, now=wall())
        marks["cancelled"] = time.monotonic()
        marks["fetcher"] = fetcher

    def script(request, n):
        return answer(body=goods(n * 100, 1, total=10**6))

    fetcher, run = crawl(sqlite_ledger, script, keywords=tuple("ab"), during=cancel, pace=Pace(0.02, 2))

    assert run.state is RunState.CANCELLED
    assert max(fetcher.times) - marks["cancelled"] < 1.5
    assert run.progress.offers > 0


def test_a_lost_lease_stops_the_crawl_and_writes_nothing_more(sqlite_ledger):
    async def steal(run_id, lease, _fetcher):
        await asyncio.sleep(0.3)
        sqlite_ledger.runs.claim("thief", now=wall() + timedelta(hours=1), run_id=run_id)

    with pytest.raises(StaleFence):
        crawl(
            sqlite_ledger,
            lambda _r, n: answer(body=goods(n * 100, 1, total=10**6)),
            during=steal,
            pace=Pace(0.02, 2),
        )


@pytest.mark.slow
def test_the_pace_of_a_host_is_never_exceeded(sqlite_ledger):
    fetcher, _ = crawl(
        sqlite_ledger,
        lambda _r, n: answer(body=goods(n, 1, total=1)),
        keywords=tuple("abcdefghij"),
        pace=Pace(0.05, 3),
    )

    gaps = [b - a for a, b in zip(fetcher.times, fetcher.times[1:], strict=False)]
    assert min(gaps) > 0.045
    assert fetcher.most_active <= 3


# ── an ordinary web shop ───────────────────────────────────────────────────────────────────────────


def product_page(n):
    return f'<html><script type="application/ld+json">{{"@type":"Product","name":"货 {n}","sku":"{n}","offers":{{"price":"{n}.00","priceCurrency":"CNY"}}}}</script></html>'.encode()


def sitemap(*paths):
    return (
        "<urlset>" + "".join(f"<url><loc>https://shop.example{p}</loc></url>" for p in paths) + "</urlset>"
    ).encode()


def web(pages):
    def script(request, _n):
        path = request.url.removeprefix("https://shop.example")
        found = pages.get(path, answer(404))
        return found(path) if callable(found) else found

    return script


def visit(ledger, pages, **more):
    return crawl(ledger, web(pages), source=shop.SOURCE, access=SHOP, keywords=(), **more)


ROBOTS = answer(body=b"User-agent: *\nDisallow: /private\nSitemap: https://shop.example/s.xml\n")


def test_a_shop_is_walked_from_robots_to_pages(sqlite_ledger):
    _fetcher, run = visit(
        sqlite_ledger,
        {
            "/robots.txt": ROBOTS,
            "/s.xml": answer(body=sitemap("/p/1", "/p/2")),
            "/p/1": answer(body=product_page(1)),
            "/p/2": answer(body=product_page(2)),
        },
    )

    assert (run.state, run.progress.offers) == (RunState.SUCCEEDED, 2)


def test_what_robots_disallows_is_never_asked(sqlite_ledger):
    fetcher, run = visit(
        sqlite_ledger,
        {
            "/robots.txt": ROBOTS,
            "/s.xml": answer(body=sitemap("/p/1", "/private/2", "/p/3", "/p/4", "/p/5")),
            "/p/1": answer(body=product_page(1)),
            "/p/3": answer(body=product_page(3)),
            "/p/4": answer(body=product_page(4)),
            "/p/5": answer(body=product_page(5)),
        },
    )

    assert not any("/private" in r.url for r in fetcher.requests)
    assert run.progress.skipped == 1
    assert "robots_disallowed" in run.reason
    assert run.state is RunState.SUCCEEDED


@pytest.mark.parametrize("robots", [answer(500), answer(503), FetchError(FetchFault.TIMEOUT, "")])
def test_an_unreachable_robots_means_no_page_is_asked(sqlite_ledger, robots):
    fetcher, run = visit(sqlite_ledger, {"/robots.txt": robots})

    assert run.state is RunState.FAILED
    assert {r.url for r in fetcher.requests} == {"https://shop.example/robots.txt"}


def test_a_missing_robots_allows_everything(sqlite_ledger):
    _, run = visit(
        sqlite_ledger, {"/sitemap.xml": answer(body=sitemap("/p/1")), "/p/1": answer(body=product_page(1))}
    )

    assert (run.state, run.progress.offers) == (RunState.SUCCEEDED, 1)


@pytest.mark.slow
def test_crawl_delay_is_obeyed(sqlite_ledger):
    robots = answer(body=b"User-agent: *\nCrawl-delay: 0.2\nSitemap: https://shop.example/s.xml\n")
    fetcher, _run = visit(
        sqlite_ledger,
        {
            "/robots.txt": robots,
            "/s.xml": answer(body=sitemap("/p/1", "/p/2", "/p/3")),
            **{f"/p/{n}": answer(body=product_page(n)) for n in (1, 2, 3)},
        },
    )

    gaps = [b - a for a, b in zip(fetcher.times, fetcher.times[1:], strict=False)]
    assert min(gaps[1:]) >= 0.19
    assert fetcher.most_active == 1


def test_redirects_within_the_shop_are_followed_and_others_are_not(sqlite_ledger):
    pages = {
        "/robots.txt": ROBOTS,
        "/s.xml": answer(body=sitemap("/old", "/away", "/self", "/loop/1", "/down")),
        "/old": answer(301, location="/p/1"),
        "/p/1": answer(body=product_page(1)),
        "/away": answer(302, location="https://evil.example/"),
        "/self": answer(302, location="/self"),
        "/down": answer(302, location="http://127.0.0.1/secret"),
        **{f"/loop/{n}": answer(302, location=f"/loop/{n + 1}") for n in range(1, 30)},
    }
    fetcher, run = visit(sqlite_ledger, pages)

    assert (run.progress.offers, run.progress.failed) == (1, 4)
    assert all(r.url.startswith("https://shop.example/") for r in fetcher.requests)
    assert "redirect" in run.reason


def test_a_page_that_is_gone_is_done(sqlite_ledger):
    _, run = visit(
        sqlite_ledger,
        {
            "/robots.txt": ROBOTS,
            "/s.xml": answer(body=sitemap("/p/1", "/gone")),
            "/p/1": answer(body=product_page(1)),
            "/gone": answer(410),
        },
    )

    assert (run.state, run.progress.done) == (RunState.SUCCEEDED, 4)


def test_a_shop_whose_pages_lost_their_data_is_partial_with_the_reason(sqlite_ledger):
    pages = {"/robots.txt": ROBOTS, "/s.xml": answer(body=sitemap(*(f"/p/{n}" for n in range(10))))}
    pages |= {
        f"/p/{n}": answer(body=product_page(n + 1) if n < 3 else b"<html>new layout</html>")
        for n in range(10)
    }

    _, run = visit(sqlite_ledger, pages)

    assert run.state is RunState.PARTIAL
    assert "no_product" in run.reason


def test_a_page_in_another_charset_than_it_says_has_the_right_price(sqlite_ledger):
    body = '<html><script type="application/ld+json">{"@type":"Product","name":"苹果手机正品国行","sku":"1","offers":{"price":"¥5,999.00","priceCurrency":"CNY"}}</script></html>'
    _, run = visit(
        sqlite_ledger,
        {
            "/robots.txt": ROBOTS,
            "/s.xml": answer(body=sitemap("/p/1")),
            "/p/1": answer(body=body.encode("gb18030"), content_type="text/html; charset=utf-8"),
        },
    )

    stored = sqlite_ledger.observations.current([OfferKey("shop", "1")])[OfferKey("shop", "1")]
    assert run.state is RunState.SUCCEEDED
    assert stored.offer.terms.price.to_decimal() == "5999.00"
    assert stored.offer.listing.title == "苹果手机正品国行"
