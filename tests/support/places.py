"""Where ledger and index are: on one machine, or on servers. What runs on both takes the fixture ``place``."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.bootstrap import open_store
from indexer.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Place:
    """Two addresses; what a process is told of them."""

    database_url: str
    search_url: str
    index: str = "bijia"

    @property
    def is_scaled(self):
        return self.search_url.startswith("http")

    def environment(self):
        """The settings, as a process gets them."""
        return {
            "BIJIA_DATABASE_URL": self.database_url,
            "BIJIA_SEARCH_URL": self.search_url,
            "BIJIA_SEARCH_INDEX": self.index,
        }

    def index_settings(self):
        return IndexSettings(
            database_url=self.database_url, search_url=self.search_url, search_index=self.index
        )


def embedded_place(folder):
    """SQLite and tantivy below a folder."""
    return Place(f"sqlite:///{folder}/ledger.sqlite", f"tantivy:{folder}/index")


@contextmanager
def scaled_place(database_url, server):
    """A database of its own, and a name of its own on the cluster, whose indexes are gone at the end."""
    place = Place(database_url, server.url, f"t{uuid.uuid4().hex[:12]}")
    try:
        yield place
    finally:
        store = open_store(place.index_settings())
        for generation in store.generations():
            store.drop(generation)
        store.close()
