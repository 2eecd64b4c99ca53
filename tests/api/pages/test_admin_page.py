"""Signing in and out: a cookie that no script and no other site can use, gone when it is to be gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import COOKIE
from tests.api.pages.conftest import BROWSER, SAME_SITE, text
from tests.support.sample import ADMIN_KEY, NOW, sample_services


def attributes(answer):
    parts = [part.strip().lower() for part in answer.headers["set-cookie"].split(";")]
    return set(parts[1:])


def test_the_right_key_starts_a_session(visitor):
    answer = visitor.post("/admin", data={"key": f" {ADMIN_KEY} "}, headers=SAME_SITE)

    assert (answer.status_code, answer.headers["location"]) == (303, "/crawls?said=signed_in")
    assert {"httponly", "samesite=strict", "path=/", "max-age=43200"} == attributes(answer)
    assert ADMIN_KEY not in answer.headers["set-cookie"]
    page = html.document_fromstring(visitor.get("/crawls?said=signed_in").text)
    assert page.xpath("//form[@id='run']")
    assert page.xpath("//form[@id='schedule']")


def test_over_https_the_cookie_is_for_https_only(own_services):
    browser = TestClient(
        create_app(own_services), base_url="https://testserver", headers=BROWSER, follow_redirects=False
    )
    answer = browser.post("/admin", data={"key": ADMIN_KEY}, headers={"origin": "https://testserver"})
    assert "secure" in attributes(answer)


@pytest.mark.parametrize("key", ["", "wrong", ADMIN_KEY.upper(), "x" * 500, "\u5bc6\u94a5"])
def test_a_wrong_key_is_refused_and_not_shown_again(visitor, key):
    answer = visitor.post("/admin", data={"key": key}, headers=SAME_SITE)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    page = html.document_fromstring(answer.text)
    assert "密钥不对" in text(page)
    assert page.xpath("//input[@type='password']/@value") == []


@pytest.mark.parametrize("path", ["/admin", "/admin/leave"])
@pytest.mark.parametrize("origin", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {}])
def test_another_site_can_sign_nobody_in_or_out(visitor, path, origin):
    answer = visitor.post(path, data={"key": ADMIN_KEY}, headers=origin)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_it(admin):
    answer = admin.post("/admin/leave")
    assert answer.headers["location"] == "/admin?said=signed_out"
    assert {"httponly", "samesite=strict", "path=/", "max-age=0"} <= attributes(answer)
    page = html.document_fromstring(admin.get("/crawls").text)
    assert page.xpath("//form[@method='post']") == []


def test_a_session_ends_by_itself(templates, tmp_path):
    moment = [NOW]
    services = sample_services(tmp_path, templates=templates, clock=lambda: moment[0])
    browser = TestClient(create_app(services), headers=BROWSER | SAME_SITE, follow_redirects=False)
    browser.post("/admin", data={"key": ADMIN_KEY})
    assert browser.post("/crawls/runs", data={"marketplace": "shop"}).status_code == 303

    moment[0] += timedelta(hours=12, seconds=1)
    assert browser.post("/crawls/runs", data={"marketplace": "shop"}).status_code == 401
    services.close()


def test_a_forged_session_is_none(visitor):
    for token in ("9999999999.", "9999999999." + "0" * 64, "nonsense", "9999999999.\u00e9"):
        cookie = {"cookie": f"{COOKIE}={token}".encode()}
        assert (
            visitor.post("/crawls/runs", data={"marketplace": "shop"}, headers=SAME_SITE | cookie).status_code
            == 401
        )


def test_who_is_signed_in_is_offered_the_way_out(admin):
    page = html.document_fromstring(admin.get("/admin").text)
    assert page.xpath("//form[@action='/admin/leave']")
    assert page.xpath("//input[@type='password']") == []
