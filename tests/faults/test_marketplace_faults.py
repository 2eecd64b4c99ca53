"""Every fault of every practice marketplace, over real sockets, with real crawl processes.

Whatever a marketplace does: every page ends once and with its reason, and no price that is not true is believed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ledger.runs import RunState
from marketplaces.faults.kinds import kinds
from tests.support.stack import open_stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("marketplace-faults")]

PASSING = {
    "rate_limit": {"per_s": 8, "burst": 1}, "http_status": {"status": 503, "retry_after": 1}, "empty_200": {}, "login_page_200": {},
    "error_code": {}, "robots_5xx": {}, "not_json": {}, "slow": {"delay_s": 0.3}, "slow_loris": {}, "reset": {"after_bytes": 40},
    "truncate_body": {}, "truncate_gzip": {}, "garbage": {},
}  # fmt: skip
"""Trouble that passes after two answers: the run must lose nothing. (`rate_limit` stays and must cost nothing either.)"""

HARMLESS = {
    "crawl_delay": {"seconds": 0.02},
    "lying_charset": {},
    "duplicate_items": {},
    "moved_item": {"mode": "repeat"},
    "daily_quota": {"n": 1000},
}
"""What stays and must cost nothing."""

LASTING = {
    "daily_quota": ({"n": 1}, ""), "http_status": ({"status": 500}, "http_500"), "empty_200": ({}, "empty|not_a_sitemap"), "login_page_200": ({}, "not_json|not_a_sitemap"),
    "error_code": ({}, "top|jos|pop|http_500"), "bad_sign_once": ({"rate": 1}, "25|12|20004"), "expired_token": ({}, "27|13|10019"),
    "redirect_loop": ({}, "http_302|redirect"), "redirect_self": ({}, "http_302|redirect"), "redirect_offsite": ({}, "http_302|redirect|robots"),
    "soft_404": ({}, "not_a_sitemap|no_product"), "robots_5xx": ({}, "robots_unreachable"), "robots_disallow_all": ({}, "robots_disallowed"),
    "mis_typed": ({}, "could not be read"), "missing_field": ({}, "could not be read"), "unit_x100": ({}, "not believed"), "unit_div100": ({}, "not believed"),
    "layout_v2": ({}, "could not be read|layout_changed|no_product"), "not_json": ({}, "not_json|unreadable_data"),
    "reset": ({}, "no answer|robots"), "truncate_body": ({}, "no answer|robots"), "truncate_gzip": ({}, "truncated_gzip"),
    "gzip_bomb": ({}, "body_too_large"), "garbage": ({}, "undecodable|not_a_sitemap|not_json"),
}  # fmt: skip
"""Trouble that stays: the run ends failed or partial, and its reason names the trouble."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with open_stack(tmp_path_factory.mktemp("stack")) as stack:
        stack.clean = stack.crawl("taobao", "jd", "pinduoduo", "shop")
        assert all(run.progress.offers > 20 for run in stack.clean.values())
        yield stack


@pytest.fixture(autouse=True)
def quiet(stack):
    yield
    stack.server.ask("/faults", method="DELETE")
    stack.forget_waits()


def crawl_under(stack, kind, **settings):
    shops = kinds()[kind].shops
    for shop in shops:
        stack.server.ask("/faults", method="POST", body={"shop": shop, "kind": kind, **settings})
    runs = stack.crawl(*shops)
    for run in runs.values():
        p = run.progress
        assert run.state.is_final
        assert (p.waiting, p.pages) == (0, p.done + p.failed + p.skipped)
    assert stack.wrong_prices() == {}
    return runs


def quota_day():
    """The day of the marketplaces' quotas: theirs begins at midnight, GMT+8."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def test_every_kind_of_fault_is_tried():
    assert set(PASSING) | set(HARMLESS) | set(LASTING) == set(kinds())


@pytest.mark.parametrize("kind", PASSING)
def test_trouble_that_passes_costs_nothing(stack, kind):
    count = {} if kind in {"rate_limit", "slow"} else {"times": 1 if kind == "slow_loris" else 2}
    place = {} if kinds()[kind].path or kind == "rate_limit" else {"match": {"path_prefix": "/p/"}}
    runs = {}
    for shop in kinds()[kind].shops:
        body = {"shop": shop, "kind": kind, **PASSING[kind], **count, **(place if shop == "shop" else {})}
        stack.server.ask("/faults", method="POST", body=body)
    runs = stack.crawl(*kinds()[kind].shops)

    assert stack.wrong_prices() == {}
    fired = {fault["shop"]: fault["fired"] for fault in stack.server.ask("/faults")["faults"]}
    for slug, run in runs.items():
        clean = stack.clean[slug]
        assert fired[slug] > 0, slug
        assert (run.state, run.progress.offers, run.progress.failed) == (
            clean.state,
            clean.progress.offers,
            0,
        ), (slug, run.reason)


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_is_odd_but_right_costs_nothing(stack, kind):
    for slug, run in crawl_under(stack, kind, **HARMLESS[kind]).items():
        assert run.state is stack.clean[slug].state, (slug, run.reason)
        assert run.progress.offers >= stack.clean[slug].progress.offers


@pytest.mark.parametrize("kind", LASTING)
def test_trouble_that_stays_is_named_and_the_last_good_data_stays(stack, kind):
    settings, words = LASTING[kind]
    day, runs = quota_day(), crawl_under(stack, kind, **settings)
    if kind == "daily_quota" and quota_day() != day:
        runs = crawl_under(stack, kind, **settings)  # it waited for midnight, and there was a new quota
    for slug, run in runs.items():
        assert run.state in {RunState.FAILED, RunState.PARTIAL}, slug
        assert any(word in run.reason for word in words.split("|")), (slug, run.reason)
