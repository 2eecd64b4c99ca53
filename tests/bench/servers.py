"""The servers that figures are measured on: the Elasticsearch of `make scale-up`, and a PostgreSQL of our own.

The PostgreSQL of `make scale-up` has durability off, which makes commits free. Here it is on, as where a ledger is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from indexer.bootstrap import Indexer, open_store
from ledger.copy import copy, open_any, open_existing
from ledger.ledger import Ledger
from tests.bench.bench import Bench
from tests.bench.prepared import Prepared
from tests.support import scale_up
from tests.support.elasticsearch import ElasticsearchAddress
from tests.support.index import analyser, reader
from tests.support.places import Place, scaled_place
from tests.support.postgres import WANTED, PostgresServer, find_binaries

PARTITIONS = 4
"""As `BIJIA_INDEX_PARTITIONS` by default."""

DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "128MB",
}
"""PostgreSQL's own defaults, where `PostgresServer` has others."""


class Elasticsearch(ElasticsearchAddress):
    """The node of `make scale-up`."""

    @property
    def pid(self) -> int:
        """Its first process; the JVM is a child of it."""
        return scale_up._read()[scale_up.ELASTICSEARCH].leader


def elasticsearch(bench: Bench, what: str) -> Elasticsearch | None:
    """The node, if it runs; else one line on what is left out."""
    port = scale_up.running().get(scale_up.ELASTICSEARCH)
    if port is None:
        bench.say(f"left out: {what} (Elasticsearch does not run: make scale-up)")
        return None
    return Elasticsearch(port)


@contextmanager
def postgresql(bench: Bench, what: str) -> Generator[PostgresServer | None]:
    """A server with durability on, gone at the end; None, and one line on what is left out, where there is no PostgreSQL."""
    binaries = find_binaries()
    if binaries is None:
        bench.say(f"left out: {what} (this machine lacks {WANTED})")
        yield None
        return
    # Not in the bench's folder: the unprivileged user it runs as may have no way there.
    with tempfile.TemporaryDirectory(prefix="bijia-bench-postgresql-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer.start(binaries, Path(folder), **DURABLE)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def place_on(database_url: str, node: Elasticsearch) -> Generator[Place]:
    """A database and a name of its own on the node, with nothing left on it at the end."""
    with scaled_place(database_url, node) as place:
        try:
            yield place
        finally:
            node.ask("DELETE", f"/{place.index}-v*", timeout_s=60)
            node.ask("DELETE", f"/_index_template/{place.index}-products")


def copied_to(server: PostgresServer, prepared: Prepared) -> str:
    """The address of a new database that holds what a prepared ledger holds; no index."""
    url = server.new_database()
    source = open_existing(f"sqlite:///{prepared.data}/ledger.sqlite", "--from")
    target = open_any(url, "--to")
    try:
        copy(source, target, now=datetime.now(UTC))
    finally:
        source.close()
        target.close()
    return url


def indexer_at(ledger: Ledger, place: Place) -> Indexer:
    """The indexer of a place, with its word lists loaded."""
    indexer = Indexer(ledger, open_store(place.index_settings()), partitions=PARTITIONS)
    indexer.__dict__ |= {"reader": reader(), "analyser": analyser()}
    indexer.warm_up()
    return indexer
