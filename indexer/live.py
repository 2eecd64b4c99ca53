"""The index as readers see it: always the active generation, swapped without a gap."""

from __future__ import annotations

import threading
import time
from typing import Final

from catalog.errors import LedgerError, SearchUnavailable
from indexer.ports import SearchEngine, SearchStore
from ledger.ledger import Ledger

CHECK_S: Final = 0.5
"""How often the ledger is asked which generation is active; the old one answers until then."""


class LiveIndex:
    """Hands out a reader of the active generation. Safe to share between threads."""

    def __init__(self, ledger: Ledger, store: SearchStore) -> None:
        self._ledger = ledger
        self._store = store
        self._lock = threading.Lock()
        self._engine: SearchEngine | None = None
        self._generation: int | None = None
        self._checked_at = float("-inf")

    def engine(self) -> SearchEngine:
        """The reader.

        Raises:
            SearchUnavailable: nothing was built yet, or it cannot be opened.
        """
        with self._lock:
            if self._engine is None or time.monotonic() - self._checked_at >= CHECK_S:
                self._look()
            if self._engine is None:
                raise SearchUnavailable("the index has not been built yet")
            return self._engine

    def close(self) -> None:
        """Give back what is held."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine = None

    def _look(self) -> None:
        self._checked_at = time.monotonic()  # also where the ledger is away: asking it again can wait as long
        try:
            active = self._ledger.projections.active()
        except LedgerError as error:
            if self._engine is None:
                raise SearchUnavailable(str(error)) from error
            return  # the ledger is away; what was indexed can still be searched
        if active is None or active.id == self._generation:
            return
        # The engine before is not closed: a search in another thread may still be using it; it goes with its last use.
        self._engine = self._store.reader(active.id)
        self._generation = active.id
