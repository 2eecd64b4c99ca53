"""The two engines as rivals: opened and filled alike, how large they are on disk, who works for them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.bootstrap import open_store
from indexer.ports import SearchStore
from indexer.settings import IndexSettings
from tests.bench.servers import Elasticsearch
from tests.support.processes import pause

GENERATION = 1
QUIET_S = 1.0
PATIENCE_S = 120
"""How long is waited for segments to be merged in the background."""
MERGE_S = 900


@dataclass(frozen=True, slots=True)
class Tantivy:
    """A folder."""

    folder: Path
    name: str = field(default="tantivy", init=False)
    pids: tuple[int, ...] = field(default=(), init=False)
    """Of its server."""

    def open(self) -> SearchStore:
        """Where its generation is."""
        return open_store(IndexSettings(search_url=f"tantivy:{self.folder}"))

    def size(self) -> int:
        """Bytes on disk, when nothing is merged any more."""
        before, until = -1, time.monotonic() + PATIENCE_S
        while (found := _bytes_below(self.folder)) != before and time.monotonic() < until:
            before = found
            pause(QUIET_S)
        return found

    def size_merged(self) -> int | None:
        """Our writer never merges all of it into one."""
        return None

    def remove(self) -> None:
        """All of it."""
        store = self.open()
        store.drop(GENERATION)
        store.close()


@dataclass(frozen=True, slots=True)
class OneNode:
    """A name on one node of Elasticsearch: one shard, no copies."""

    node: Elasticsearch
    index: str = field(default_factory=lambda: f"bench{os.getpid()}")
    name: str = field(default="elasticsearch", init=False)

    @property
    def pids(self) -> tuple[int, ...]:
        """Of the server."""
        return (self.node.pid,)

    def open(self) -> SearchStore:
        """Where its generation is."""
        settings = IndexSettings(
            search_url=self.node.url, search_index=self.index, search_shards=1, search_replicas="0"
        )
        return open_store(settings)

    def size(self) -> int:
        """Bytes on disk, when nothing is merged any more."""
        self._ask("POST", "_flush")
        until = time.monotonic() + PATIENCE_S
        while self._stats("merge", "merges")["current"] and time.monotonic() < until:
            pause(QUIET_S)
        return self._bytes()

    def size_merged(self) -> int | None:
        """Bytes when all is merged into one segment."""
        self._ask("POST", "_forcemerge?max_num_segments=1&flush=true")
        return self._bytes()

    def remove(self) -> None:
        """All of it."""
        store = self.open()
        store.drop(GENERATION)
        store.close()
        self.node.ask("DELETE", f"/_index_template/{self.index}-products")

    def _bytes(self) -> int:
        return int(self._stats("store", "store")["size_in_bytes"])

    def _stats(self, metric: str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("GET", f"_stats/{metric}")["_all"]["total"][name]
        return found

    def _ask(self, method: str, target: str) -> Any:
        status, answer = self.node.ask(method, f"/{self.index}-v*/{target}", timeout_s=MERGE_S)
        if status >= 300:
            raise RuntimeError(f"{method} {target}: {answer}")
        return answer


Rival = Tantivy | OneNode


def _bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # merged away meanwhile
            continue
    return total
