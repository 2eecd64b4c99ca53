"""The index as readers see it: always the active generation, swapped without a gap."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from catalog.errors import LedgerError, SearchUnavailable
from indexer.ports import SearchEngine, SearchStore
from indexer.version import is_readable
from ledger.database import QUICK_S
from ledger.ledger import Ledger

CHECK_S: Final = 0.5
"""How often the ledger is asked which generation is active; the old one answers until then."""


NOT_BUILT: Final = "the index has not been built yet"


class LiveIndex:
    """Hands out a reader of the active generation. Safe to share between threads."""

    def __init__(self, ledger: Ledger, store: SearchStore, version: Callable[[], str]) -> None:
        """`version` is that of indexes this process would make (`indexer.version`)."""
        self._ledger = ledger
        self._store = store
        self._version = version
        self._lock = threading.Lock()
        self._engine: SearchEngine | None = None
        self._generation: int | None = None
        self._failure: SearchUnavailable | None = None
        self._checked_at = float("-inf")

    def engine(self) -> SearchEngine:
        """The reader.

        Raises:
            SearchUnavailable: nothing was built yet, or it cannot be opened, or it is not for this version to read.
        """
        with self._lock:
            if time.monotonic() - self._checked_at >= CHECK_S:
                self._look()
            if self._engine is None:
                why = str(self._failure) if self._failure else f"{NOT_BUILT}: bijia index rebuild"
                raise SearchUnavailable(why)
            return self._engine

    def close(self) -> None:
        """Give back what is held."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine = None

    def _look(self) -> None:
        """Open what is active now. What was open stays so where that fails: who waits in line does not wait again."""
        self._failure = None
        try:
            self._open_active()
        except (LedgerError, SearchUnavailable) as error:
            self._failure = SearchUnavailable(str(error))
        finally:
            self._checked_at = time.monotonic()

    def _open_active(self) -> None:
        active = self._ledger.projections.active(within_s=QUICK_S)
        if active is None or active.id == self._generation:
            return
        if not is_readable(active.version, self._version()):
            raise SearchUnavailable(
                f"the index was built by another version ({active.version}): bijia index rebuild"
            )
        # The engine before is not closed: a search in another thread may still be using it; it goes with its last use.
        self._engine = self._store.reader(active.id)
        self._generation = active.id
