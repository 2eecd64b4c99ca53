"""Puts this room together: the only place that knows which adapter is behind a port.

Adapters are imported inside the branch that chooses them, so that nothing loads what it does not use.
"""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from catalog.errors import ConfigurationError
from indexer.analyse.text import Analyser
from indexer.documents import DocumentBuilder
from indexer.follow import Follower
from indexer.live import LiveIndex
from indexer.partitions import Partitions
from indexer.ports import SearchStore
from indexer.projector import Projector
from indexer.read_title.reader import TitleReader
from indexer.rebuild import Clock, Rebuild
from indexer.search import Search
from indexer.settings import IndexSettings
from indexer.understand import Understanding
from indexer.version import index_version
from ledger.ledger import Ledger


def utc_now() -> datetime:
    """The wall clock; tests pass their own."""
    return datetime.now(UTC)


def open_store(settings: IndexSettings) -> SearchStore:
    """The store that the settings name. Nothing is sent yet: a cluster may be away when the service starts.

    Raises:
        ConfigurationError: an address of no known engine, or a setting that does not fit it.
    """
    scheme, _, rest = settings.index_url.partition(":")
    if scheme == "tantivy" and rest:
        from indexer.engines.tantivy import TantivyStore

        return TantivyStore(Path(rest))
    if scheme == "memory":
        from indexer.engines.memory import MemoryStore

        return MemoryStore()
    if scheme in {"http", "https"}:
        from indexer.engines.elasticsearch.settings import Cluster
        from indexer.engines.elasticsearch.store import ElasticsearchStore

        return ElasticsearchStore(Cluster.of(settings))
    raise ConfigurationError(
        "BIJIA_SEARCH_URL",
        f"{scheme!r} is not supported; tantivy:FOLDER, http://HOST:PORT or https://HOST:PORT",
    )


class Indexer:
    """The room, put together for one ledger and one store."""

    def __init__(
        self, ledger: Ledger, store: SearchStore, *, partitions: int = 1, clock: Clock = utc_now
    ) -> None:
        """`partitions` is how many a new generation gets, where several processes may share it."""
        self.ledger: Final = ledger
        self.store: Final = store
        self._partitions = partitions
        self._clock = clock
        self._owner = f"{socket.gethostname()}:{os.getpid()}"

    @cached_property
    def reader(self) -> TitleReader:
        """Reads titles; its lexicon takes a moment to load."""
        return TitleReader()

    @cached_property
    def analyser(self) -> Analyser:
        """Cuts words, for documents and queries alike."""
        return Analyser()

    def warm_up(self) -> None:
        """Load what reading and cutting titles needs, so that the first observation does not wait for it."""
        self.reader.read_text("")
        self.analyser.tokens("")

    def version(self) -> str:
        """What an index made now would be made with."""
        return index_version(self.analyser, [m.slug for m in self.ledger.marketplaces.all()])

    @cached_property
    def builder(self) -> DocumentBuilder:
        """Builds documents; remembers the words of titles."""
        return DocumentBuilder(self.analyser, self.reader.lexicon.brands)

    def projector(self) -> Projector:
        """An empty state to project into."""
        return Projector(self.reader, self.builder)

    def partitions(self, count: int) -> Partitions:
        """Of a generation with so many, those that this process will keep."""
        return Partitions(count, self.reader, self.projector, self.ledger.observations.newest_before)

    def rebuild(self) -> Rebuild:
        """Builds generations."""
        return Rebuild(
            self.ledger,
            self.store,
            self.partitions,
            partitions=self._partitions,
            owner=self._owner,
            clock=self._clock,
        )

    def follower(self) -> Follower:
        """Keeps the index up with the ledger."""
        return Follower(
            self.ledger,
            self.store,
            self.rebuild(),
            self.partitions,
            self.version,
            owner=self._owner,
            clock=self._clock,
        )

    def live(self) -> LiveIndex:
        """The index as readers see it."""
        return LiveIndex(self.ledger, self.store, self.version)

    def search(self, index: LiveIndex) -> Search:
        """Searching in `index`."""
        names = {m.slug: m.name for m in self.ledger.marketplaces.all()}
        return Search(index, Understanding(self.reader, self.analyser), names)
