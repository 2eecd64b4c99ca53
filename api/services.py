"""Puts the service together: ledger, index, answers and key, for `bijia serve` and for tests."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from api.former import FormerProducts
from api.keys import AdminKey
from api.results import Answers
from api.settings import ServiceSettings
from indexer.bootstrap import Indexer, open_store, utc_now
from indexer.search import Search
from ledger.ledger import Ledger

Clock = Callable[[], datetime]


@dataclass
class Services:
    """Everything a request may need."""

    settings: ServiceSettings
    ledger: Ledger
    indexer: Indexer
    admin: AdminKey
    clock: Clock = utc_now
    is_indexing: bool = field(default=False, init=False)
    """Whether this process keeps the index up with the ledger: then it is not ready while nothing can be written."""

    def __post_init__(self) -> None:
        self.live = self.indexer.live()
        self.former = FormerProducts(self.ledger)
        self.answers = Answers(
            self.ledger, lambda: self.search, clock=self.clock, where_now=self.former.where_now
        )

    @cached_property
    def search(self) -> Search:
        """The one way to search."""
        return self.indexer.search(self.live)

    def close(self) -> None:
        """Give back connections and files."""
        self.live.close()
        self.indexer.store.close()
        self.ledger.close()


def open_services(settings: ServiceSettings, *, admin_key: str, migrated: bool = True) -> Services:
    """The services for these settings; the ledger's schema is brought up unless told not to.

    Raises:
        LedgerError: the database does not answer, or has another schema.
        ConfigurationError: an address that no adapter understands.
    """
    ledger = Ledger.open(settings.ledger_url, pool_size=settings.database_pool, migrated=migrated)
    try:
        indexer = Indexer(ledger, open_store(settings), partitions=settings.index_partitions)
    except BaseException:
        ledger.close()
        raise
    return Services(settings, ledger, indexer, AdminKey(admin_key, clock=utc_now))


def settle() -> None:
    """To be called once when all that stays is loaded: no search waits for it to be looked through (DECISIONS 39)."""
    gc.collect()
    gc.freeze()
