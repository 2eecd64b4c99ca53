"""Errors: pages for people, problem+json for programs, the same headers on both."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from api.app import create_app
from api.headers import POLICY
from api.problems import KINDS
from catalog.errors import LedgerFull, LedgerUnavailable, SearchUnavailable
from tests.api.pages.conftest import BROWSER, text


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nope", 404, "没有这一页"),
        ("/search?limit=0", 422, "参数不对"),
        ("/search?sort=paid", 422, "参数不对"),
        ("/search?cursor=nonsense", 400, "翻页位置失效"),
        ("/search?q=" + "x" * 201, 422, "参数不对"),
        ("/products/nope", 404, "没有这件商品"),
        ("/crawls/9999", 404, "没有这个任务"),
        ("/static/nope.css", 404, "没有这一页"),
    ],
)
def test_people_get_a_page(get, address, status, title):
    page = get(address, status)
    assert text(page.find(".//h1")) == title
    assert text(page.xpath("//p[@class='code']")[0]) == str(status)
    assert page.xpath("//form[@role='search']")


@pytest.mark.parametrize("accept", ["application/json", "*/*", ""])
def test_programs_get_a_problem_on_every_route(client, accept):
    for address in ("/nope", "/search?limit=0", "/products/nope"):
        answer = client.get(address, headers={"accept": accept})
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_api_answers_programs_whatever_they_accept(client):
    for address in ("/api/v1/products/nope", "/api/v1/nope", "/api/v1/search?limit=0"):
        answer = client.get(address, headers=BROWSER)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (SearchUnavailable("closed"), 503, "搜索暂时不可用"),
        (LedgerUnavailable("gone"), 503, "数据库暂时不可用"),
        (LedgerFull("full"), 503, "磁盘已满"),
        (RuntimeError("secret detail"), 500, "出错了"),
    ],
)
def test_what_fails_inside_is_a_page_without_details(own_services, monkeypatch, error, status, title):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(own_services.answers, "search", fail)
    browser = TestClient(create_app(own_services), headers=BROWSER, raise_server_exceptions=False)
    answer = browser.get("/search?q=x")

    page = html.document_fromstring(answer.text)
    assert answer.status_code == status
    assert text(page.find(".//h1")) == title
    assert "secret detail" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert ("retry-after" in answer.headers) == (status == 503)


def test_every_kind_of_problem_has_words(client):
    texts = client.app.state.pages.texts
    worded = {name.removesuffix("_title") for name in texts.subject("problems") if name.endswith("_title")}

    assert all(texts.known("problems", name) for name in worded)
    assert {name for _, name in KINDS.values()} - worded == {
        "not-found",
        "internal",
    }  # told by what, and by 500
