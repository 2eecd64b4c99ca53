"""Read attributes in a search's answer: counted, chosen, refused; and what offers leave in doubt."""

from __future__ import annotations

import shutil

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api import schemas
from api.app import create_app
from api.cli import app as commands
from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from ledger.ledger import Ledger
from tests.support.index import following, later, make_indexer
from tests.support.offers import seen
from tests.support.runs import at, one_page_run

TITLES = (
    "小米14 12GB+256GB 黑色 手机", "小米14 12GB+512GB 白色 手机", "小米14 16GB+512GB 手机", "小米14 16GB+1TB 手机",
    "Apple iPhone 15 128GB 手机", "Apple iPhone 15 256GB 港版 手机", "Apple iPhone 15 手机",
    "飞鹤 星飞帆 1段 奶粉 700g", "飞鹤 星飞帆 3段 奶粉 700g*6罐",
    "ASUS青崖 笔记本电脑 i5-13500H RTX 3050 16G+512G 15.6英寸",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(migrated_sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attributes")
    shutil.copy(migrated_sqlite, folder / "ledger.sqlite")
    return folder


@pytest.fixture(scope="module")
def services(place):
    with Ledger.open(f"sqlite:///{place}/ledger.sqlite") as ledger:
        for number, title in enumerate(TITLES, 1):
            one_page_run(ledger, seen(str(number), f"{number}000.00", title=title), marketplace="jd")
        contested = seen(
            "99", "4999.00", title="Apple iPhone 15 256GB 手机", sku_text="黑色 128GB", marketplace="taobao"
        )
        one_page_run(ledger, contested, marketplace="taobao")
        indexer = make_indexer(ledger, place / "index")
        with following(indexer):
            services = Services(
                ServiceSettings(), ledger, indexer, AdminKey("", clock=later), clock=lambda: at(3600)
            )
            yield services
            services.live.close()


@pytest.fixture(scope="module")
def client(services):
    return TestClient(create_app(services))


def search(client, **asked):
    answer = client.get("/api/v1/search", params=asked)
    assert answer.status_code == 200, answer.text
    return TypeAdapter(schemas.SearchOut).validate_json(answer.content).model_dump()


def counts(found, name):
    return {one["value"]: one["products"] for one in found["attributes"][name]}


def offers(found):
    return {o["key"]: o for p in found["products"] for m in p["marketplaces"] for o in m["offers"]}


def test_what_splits_the_goods_is_counted_in_words_and_in_order(client):
    found = search(client, q="手机")

    assert list(found["attributes"]) == ["storage_gb", "ram_gb"]
    assert found["attributes"]["storage_gb"] == [
        {"value": "128", "name": "128GB", "products": 1},
        {"value": "256", "name": "256GB", "products": 2},
        {"value": "512", "name": "512GB", "products": 2},
        {"value": "1024", "name": "1TB", "products": 1},
    ]
    assert counts(found, "ram_gb") == {"12": 2, "16": 2}
    assert "attributes" not in found["facets"]


def test_values_of_one_attribute_are_either_those_of_two_both(client):
    large = search(client, q="手机", attributes=["storage_gb:512", "storage_gb:1024"])
    both = search(client, q="手机", attributes=["storage_gb:512", "storage_gb:1024", "ram_gb:12"])

    assert {p["variant"]["storage_gb"] for p in large["products"]} == {"512", "1024"}
    assert large["total"] == 3
    assert [p["variant"] for p in both["products"]] == [{"ram_gb": "12", "storage_gb": "512"}]
    assert counts(large, "storage_gb") == {"128": 1, "256": 2, "512": 2, "1024": 1}  # its own filter removed
    assert counts(large, "ram_gb") == {"12": 1, "16": 2}
    assert counts(both, "storage_gb") == {"256": 1, "512": 1}


def test_every_value_that_is_counted_can_be_chosen(client):
    for words in ("手机", "奶粉", "笔记本电脑"):
        for name, values in search(client, q=words)["attributes"].items():
            for one in values:
                found = search(client, q=words, attributes=f"{name}:{one['value']}")
                assert found["total"] == one["products"], (words, name, one)


def test_a_list_of_many_families_has_no_attributes_until_one_is_chosen(client):
    milk = search(client, category="milk_powder")

    assert {name: list(counts(milk, name)) for name in milk["attributes"]} == {
        "stage": ["1", "3"], "quantity": ["700g"], "pack_count": ["1", "6"],
    }  # fmt: skip
    assert search(client, q="", kind="any")["attributes"]["storage_gb"]  # phones are most of everything
    few = search(client, q="", brand=["feihe", "firmus", "asus"])
    assert "storage_gb" not in few["attributes"]


def test_editions_can_be_chosen(client):
    found = search(client, q="iPhone 15 256GB")
    assert {one["value"]: one["name"] for one in search(client, q="iPhone 15")["facets"]["region"]} == {
        "home": "国行", "hk": "港版",
    }  # fmt: skip
    assert found["total"] >= 1
    assert [p["region"] for p in search(client, q="iPhone 15", region_version="hk")["products"]] == ["hk"]
    assert {p["region"] for p in search(client, q="iPhone 15", region_version="cn")["products"]} == {None}


def test_pages_go_on_under_the_same_filter_and_no_other(client):
    first = search(client, q="手机", attributes="ram_gb:12", sort="price", limit=1)
    second = search(
        client, q="手机", attributes="ram_gb:12", sort="price", limit=1, cursor=first["next_cursor"]
    )

    assert first["products"][0]["id"] != second["products"][0]["id"]
    other = {
        "q": "手机",
        "attributes": "ram_gb:16",
        "sort": "price",
        "limit": 1,
        "cursor": first["next_cursor"],
    }
    assert client.get("/api/v1/search", params=other).status_code == 400


@pytest.mark.parametrize(
    "text",
    ["", ":", "storage_gb", "storage_gb:", "storage_gb:big", "storage_gb:-1", "nothing:1", "storage_gb=128", "cpu:\x00", "x" * 101],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/api/v1/search", "/search"])
def test_what_is_no_attribute_is_refused_and_said(client, text, address):
    answer = client.get(address, params={"q": "手机", "attributes": text})

    assert answer.status_code == 422
    if address.startswith("/api"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert (
            "attributes" in answer.text
            or "no attribute" in answer.json()["detail"]
            or "no value" in answer.json()["detail"]
        )


def test_an_offer_that_contradicts_itself_says_in_what(client):
    contested = offers(search(client, q="iPhone 15"))["taobao:99:"]

    assert contested["is_certain"] is False
    assert contested["missing"] == []
    assert contested["conflicts"] == [
        {"attribute": "storage_gb", "values": ["128", "256"], "sources": ["sku", "title"], "splits": True}
    ]
    assert contested["read"] is None


def test_an_offer_that_leaves_something_open_names_it(client):
    found = offers(search(client, q="iPhone 15"))
    bare = found["jd:7:"]

    assert (bare["is_certain"], bare["missing"], bare["conflicts"]) == (False, ["storage_gb"], [])
    assert found["jd:5:"]["is_certain"] is True


def test_a_guess_is_told_as_probable(client):
    laptop = offers(search(client, q="青崖"))["jd:10:"]

    assert laptop["probable"] == ["model"]


def test_a_product_tells_what_was_read_and_from_which_words(client):
    product_id = search(client, q="小米14 512GB 12GB")["products"][0]["id"]
    detail = TypeAdapter(schemas.ProductDetailOut).validate_json(
        client.get(f"/api/v1/products/{product_id}").content
    )
    (offer,) = [one for cell in detail.product.marketplaces for one in cell.offers]

    words = {
        one.attribute: offer.title[slice(*one.span)]
        for one in offer.read
        if one.source == "title" and one.span
    }
    assert words["ram_gb"].startswith("12GB")
    assert "512" in words["storage_gb"]
    assert words["model"].endswith("14")
    assert all(0 < one.confidence <= 100 for one in offer.read)


def test_the_command_takes_attributes(place, services, monkeypatch):
    monkeypatch.setenv("BIJIA_DATA_DIR", str(place))
    runner = CliRunner()

    found = runner.invoke(
        commands, ["search", "手机", "--attribute", "storage_gb=512", "--attribute", "ram_gb=12"]
    )
    refused = runner.invoke(commands, ["search", "手机", "--attribute", "storage_gb=big"])

    assert "1 products" in found.output
    assert refused.exit_code != 0
    assert "storage_gb=128" in refused.output
