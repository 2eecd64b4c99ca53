"""One ledger, two sizes: moved from SQLite to PostgreSQL and indexed on Elasticsearch it answers the same, byte for byte."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from indexer.bootstrap import open_store
from ledger.copy import copy
from ledger.database import Database
from ledger.ledger import Ledger
from tests.support.index import make_indexer
from tests.support.sample import ADMIN_KEY, NOW, fill

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.elasticsearch]

QUERIES = (
    "", "iPhone 15 128G", "iphone15 256", "手机", "白酒", "飞天茅台", "3000元以下的华为手机", "最便宜的手机", "没有这种东西",
    "苹果15 手机 二手", "<script>", "iphone nowhere",
)  # fmt: skip
CHOICES = (
    "",
    "&sort=price",
    "&sort=-price",
    "&marketplace=jd",
    "&kind=any&condition=any",
    "&price_from=100000",
    "&limit=3",
)
TIME = re.compile(r'"took_ms":[0-9.]+|\d+ 毫秒')


@pytest.fixture
def both(embedded_and_scaled):
    """The sample's service on each."""
    embedded, scaled = embedded_and_scaled
    services = []
    with Ledger.open(embedded.database_url, migrated=True) as ledger:
        fill(ledger)
    source, target = Database(embedded.database_url), Database(scaled.database_url)
    copy(source, target, now=NOW)
    source.close()
    target.close()
    for place in (embedded, scaled):
        ledger = Ledger.open(place.database_url)
        indexer = make_indexer(ledger, open_store(place.index_settings()))
        indexer.rebuild().run(indexer.version())
        services.append(
            Services(
                ServiceSettings(), ledger, indexer, AdminKey(ADMIN_KEY, clock=lambda: NOW), clock=lambda: NOW
            )
        )
    yield services
    for one in services:
        one.close()


def test_answers_and_pages_are_the_same_bytes(both):
    asked = 0
    embedded, scaled = (TestClient(create_app(services)) for services in both)
    pages, products = ["/", "/crawls", "/api/v1/marketplaces", "/api/v1/suggest?q=iph"], set()
    for query in QUERIES:
        for choice in CHOICES:
            pages += [f"/api/v1/search?q={quote(query)}{choice}", f"/search?q={quote(query)}{choice}"]
    while pages:
        address = pages.pop()
        one, other = embedded.get(address), scaled.get(address)
        assert one.status_code == other.status_code == 200, address
        assert TIME.sub("", one.text) == TIME.sub("", other.text), address
        asked += 1
        if address.startswith("/api/v1/search"):
            found = one.json()
            new = {product["id"] for product in found["products"]} - products
            products |= new
            pages += [
                page
                for product in sorted(new)
                for page in (f"/products/{product}", f"/api/v1/products/{product}")
            ]
            if found["next_cursor"] and asked < 900:
                pages.append(f"{address.partition('&cursor')[0]}&cursor={found['next_cursor']}")

    assert asked > 250
    assert len(products) > 10


def test_documents_are_the_same_bytes(both):
    digests = {services.live.engine().digest() for services in both}

    assert len(digests) == 1
