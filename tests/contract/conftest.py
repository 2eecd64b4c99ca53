"""The stores that keep the `SearchStore` port."""

from __future__ import annotations

import pytest

from indexer.engines.memory import MemoryStore
from indexer.engines.tantivy import TantivyStore
from tests.support.corpora import MARKETPLACES, Pair
from tests.support.search_stores import elasticsearch_store

ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


@pytest.fixture(params=["memory", "tantivy", ELASTICSEARCH])
def store(request, tmp_path, monkeypatch):
    """Each of them. What is asked is what it answers, not how soon: machines that run tests are busy."""
    for module in ("connection", "engine"):
        monkeypatch.setattr(f"indexer.engines.elasticsearch.{module}.READ_S", 60)
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "tantivy":
        yield TantivyStore(tmp_path / "index")
    else:
        with elasticsearch_store(request.getfixturevalue("elasticsearch_server")) as store:
            yield store


@pytest.fixture
def engine(store):
    """An empty generation."""
    engine = store.writer(1, MARKETPLACES)
    yield engine
    engine.close()


@pytest.fixture
def pair(engine):
    """It, and the oracle beside it."""
    return Pair(engine)


every_real_engine = pytest.mark.parametrize("store", ["tantivy", ELASTICSEARCH], indirect=True)
