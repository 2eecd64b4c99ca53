"""The front door, the rules, and the API's documentation."""

from __future__ import annotations

import shlex
from urllib.parse import urlsplit

import pytest
from lxml import html

from api.pages.api_docs import type_text
from tests.api.pages.conftest import text


def test_the_front_door_has_a_search_box_and_searches_that_find_something(get):
    page = get("/")
    form = page.xpath("//form[@role='search']")[0]
    assert (form.get("action"), form.get("method")) == ("/search", None)
    assert form.xpath(".//input/@name") == ["q"]
    examples = page.xpath("//p[@class='examples']/a/@href")
    assert len(examples) >= 4
    for address in examples:
        assert get(address).xpath("//table[@id='matrix'] | //section[contains(@class, 'nothing')]")


def test_the_front_door_tells_how_fresh_each_marketplace_is(get):
    rows = {text(one.find("th")): text(one) for one in get("/").xpath("//table/tbody/tr")}
    assert "刚刚" in rows["京东"]
    assert "35" in rows["京东"]
    assert "完成" in rows["京东"]
    assert "公开网页" in rows["独立商店"]
    assert "未接入" in rows["微店"]
    assert "近期没有" in rows["微店"]


def test_an_installation_without_marketplaces_says_so(visitor, own_services):
    own_services.ledger.marketplaces.register({})
    assert "还没有登记任何平台" in visitor.get("/").text


def test_a_marketplace_at_work_says_so(visitor, own_services):
    from tests.support.sample import NOW

    own_services.ledger.runs.request("jd", ["x"], now=NOW)
    row = html.document_fromstring(visitor.get("/").text).xpath("//table/tbody/tr[1]")[0]
    assert "等待中" in text(row)


def test_the_rules_are_complete_and_hold_the_figures_the_code_uses(get):
    page = text(get("/about"))
    for part in ("能买的在前", "到手价低的在前", "看到得更近的在前", "抽签", "超过 24 小时变灰", "超过 7 天不再当作价格", "最多列 3 个报价",
                 "至少有 3 个报价", "相差 3 倍以上", "48 小时", "不设 Cookie", "未接入"):  # fmt: skip
        assert part in page, part


@pytest.mark.slow
def test_links_within_the_site_lead_somewhere(client, get):
    pages = ("/", "/about", "/search?q=iPhone+15", "/crawls", "/docs")
    found = {one for address in pages for one in get(address).xpath("//a/@href")}
    ours = {urlsplit(one).path for one in found if one.startswith("/")}
    assert {"/", "/about", "/crawls", "/docs", "/admin", "/openapi.json"} <= ours
    assert all(client.get(path).status_code == 200 for path in ours)
    ids = get("/about").xpath("//@id")
    assert "order" in ids


def test_every_operation_is_documented_with_an_example(get, client):
    page = get("/docs")
    document = client.get("/openapi.json").json()
    operations = [(method.upper(), path) for path, methods in document["paths"].items() for method in methods]
    shown = [
        (text(one.xpath(".//h2/span")[0]), text(one.xpath(".//h2/code")[0]))
        for one in page.xpath("//section[contains(@class, 'endpoint')]")
    ]
    assert shown == operations
    assert len(page.xpath("//pre/code")) == len(operations)
    assert {text(one) for one in page.xpath("//section[@id='models']//h3")} == set(
        document["components"]["schemas"]
    )


def test_pages_are_no_part_of_the_api(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert not [
        path
        for path in paths
        if path in {"/", "/search", "/about", "/crawls", "/admin", "/docs"} or path.startswith("/static")
    ]


def test_examples_work_when_pasted(get, client):
    commands = [shlex.split(text(one).replace("\\ ", "")) for one in get("/docs").xpath("//pre/code")]
    reading = [one for one in commands if "-X" not in one]
    for command in reading:
        address = urlsplit(command[1])
        answer = client.get(f"{address.path}?{address.query}", headers={"accept": "*/*"})
        assert answer.status_code in {200, 404}, command
    assert any(
        client.get(c[1].removeprefix("http://testserver")).json().get("products")
        for c in reading
        if "search" in c[1]
    )


def test_bodies_of_examples_are_valid(get, admin):
    for one in get("/docs").xpath("//pre/code"):
        command = shlex.split(text(one).replace("\\ ", ""))
        if "-d" not in command:
            continue
        path = urlsplit(command[command.index("-X") + 2]).path
        method = command[command.index("-X") + 1]
        answer = admin.request(
            method,
            path,
            content=command[command.index("-d") + 1].encode(),
            headers={
                "content-type": "application/json",
                "authorization": "Bearer sample-key",
                "accept": "*/*",
            },
        )
        assert answer.status_code in {201, 200, 404}, (command, answer.text)


def test_what_needs_the_key_says_so(get):
    for one in get("/docs").xpath("//section[contains(@class, 'endpoint')]"):
        changes = text(one.xpath(".//h2/span")[0]) != "GET"
        assert ("需要密钥" in text(one.find("h2"))) == changes
        assert ("Bearer $BIJIA_ADMIN_KEY" in text(one.find("pre"))) == changes


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "integer"}, "integer"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/RunOut"}}, "list of RunOut"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"enum": ["in", "out"]}, '"in" | "out"'),
        ({"const": 1}, "1"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of string"),
        ({}, "any"),
    ],
)
def test_types_in_a_few_words(schema, written):
    assert type_text(schema) == written
