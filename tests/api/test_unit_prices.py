"""Unit prices in a search's answer: what they are per, in which order, by which filter."""

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
from api.views import unit_name
from indexer.unit_bases import all_labels
from ledger.ledger import Ledger
from tests.support.index import following, later, make_indexer
from tests.support.offers import seen, yuan
from tests.support.runs import at, one_page_run

FREE = yuan("0.00")
SIX, FOUR, ONE = (
    "飞鹤 星飞帆 3段 奶粉 900g*6罐",
    "飞鹤 星飞帆 3段 奶粉 900g*4罐",
    "飞鹤 星飞帆 3段 奶粉 900g*1罐",
)


@pytest.fixture(scope="module")
def services(migrated_sqlite, tmp_path_factory):
    """Three packs of one milk powder, tissues, and a phone."""
    folder = tmp_path_factory.mktemp("unit-prices")
    shutil.copy(migrated_sqlite, folder / "ledger.sqlite")
    with Ledger.open(f"sqlite:///{folder}/ledger.sqlite") as ledger:
        for one in (
            seen("1", "1788.00", title=SIX, shipping=FREE),
            seen("2", "1180.00", title=FOUR, shipping=FREE, marketplace="taobao"),
            seen("3", "1199.00", title=FOUR, shipping=FREE),
            seen("4", "290.00", title=ONE, shipping=yuan("12.00"), marketplace="taobao"),
            seen("5", "39.90", title="维达 超韧 抽纸 130抽*24包", shipping=FREE),
            seen("6", "5999.00", title="Apple iPhone 15 128GB 黑色 5G手机", shipping=FREE),
        ):
            one_page_run(ledger, one, marketplace=one.offer.listing.marketplace)
        indexer = make_indexer(ledger, folder / "index")
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


def contents(found):
    return [product["unit"] and product["unit"]["contents"] for product in found["products"]]


def test_a_product_says_what_its_unit_price_is_per(client):
    milk, phone = (search(client, q=words)["products"][0] for words in ("奶粉 900g*6", "iPhone 15"))

    assert milk["unit"] == {"base": "100", "unit": "g", "contents": "5400"}
    assert phone["unit"] is None


def test_packs_are_in_order_of_what_100_g_cost(client):
    """29500/36 = 32.78, 178800/54 = 33.11 and 30200/9 = 33.56 yuan, shipping in it; the cheapest pack is not the first."""
    assert contents(search(client, q="奶粉", sort="unit_price")) == ["3600", "5400", "900"]
    assert contents(search(client, q="奶粉", sort="price")) == ["900", "3600", "5400"]


def test_on_one_marketplace_its_own_price_counts(client):
    """There four tins are 1199.00, which is 33.31 per 100 g."""
    assert contents(search(client, q="奶粉", sort="unit_price", marketplace="jd")) == ["5400", "3600"]


def test_goods_without_one_come_last_and_pages_follow_each_other(client):
    seen, cursor = [], None
    while True:
        page = search(client, sort="unit_price", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += contents(page)
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert page["sort"] == "unit_price"
    assert seen == ["3120", "3600", "5400", "900", None]


def test_what_unit_prices_are_per_can_be_chosen(client):
    everything, grams = search(client), search(client, unit="100g")

    assert everything["facets"]["unit"] == [
        {"value": "100g", "name": "每100克", "products": 3},
        {"value": "100sheet", "name": "每100抽", "products": 1},
    ]
    assert "unit_price" not in everything["facets"]  # yuan per 100 g and per 100 sheets are not one scale
    assert grams["total"] == 3
    assert grams["facets"]["unit"] == everything["facets"]["unit"]
    assert grams["facets"]["unit_price"] == [{"value": "2000", "name": "¥20.00+", "products": 3}]
    assert search(client, unit="500ml")["total"] == 0
    below = search(client, unit="100g", unit_price_below=3_311)
    assert contents(below) == ["3600"]  # the six tins are 3311.1 fen per 100 g
    assert contents(search(client, unit="100g", unit_price_from=3_311, unit_price_below=3_312)) == ["5400"]


def test_every_base_has_a_word():
    assert {unit_name(label) for label in all_labels()} == {
        "每100克", "每500克", "每10毫升", "每100毫升", "每500毫升", "每件", "每100抽", "每颗粒", "每GB",
    }  # fmt: skip
    assert [unit_name(odd) for odd in ("", "100", "g", "100furlong", "<b>")] == ["", "100", "g", "100furlong", "<b>"]  # fmt: skip


def test_the_command_names_the_orders_there_are():
    done = CliRunner().invoke(commands, ["search", "奶粉", "--sort", "unit-price"])

    assert done.exit_code == 2
    assert "unit_price" in done.stderr
