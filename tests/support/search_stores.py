"""Stores on a real cluster for tests: each with names of its own, removed when done."""

from __future__ import annotations

import uuid
from contextlib import contextmanager

from indexer.engines.elasticsearch.settings import Cluster
from indexer.engines.elasticsearch.store import ElasticsearchStore


@contextmanager
def elasticsearch_store(server, **more):
    """A store whose generations are seen by nobody else."""
    store = ElasticsearchStore(Cluster((server.url,), index=f"t{uuid.uuid4().hex[:12]}", **more))
    try:
        yield store
    finally:
        for generation in store.generations():
            store.drop(generation)
        store.close()
