"""The ledger as one thing to hold: a database and its repositories."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

from ledger import migrate
from ledger.corrections import Corrections
from ledger.database import POOL_SIZE, Checkpoint, Database, no_checkpoint
from ledger.feed import Feed
from ledger.frontier import Frontier
from ledger.history import History
from ledger.hosts import Hosts
from ledger.marketplaces import Marketplaces
from ledger.observations import Observations
from ledger.projections import Projections
from ledger.runs import Runs
from ledger.schedules import Schedules
from ledger.sealing import Sealing


class Ledger:
    """Everything that must survive. Safe to share between threads."""

    def __init__(self, database: Database, *, checkpoint: Checkpoint = no_checkpoint) -> None:
        self.database: Final = database
        self.corrections: Final = Corrections(database)
        self.feed: Final = Feed(database)
        self.frontier: Final = Frontier(database, checkpoint=checkpoint)
        self.history: Final = History(database)
        self.hosts: Final = Hosts(database)
        self.marketplaces: Final = Marketplaces(database)
        self.observations: Final = Observations(database)
        self.projections: Final = Projections(database, checkpoint=checkpoint)
        self.runs: Final = Runs(database)
        self.schedules: Final = Schedules(database)
        self.sealing: Final = Sealing(database, checkpoint=checkpoint)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        pool_size: int = POOL_SIZE,
        migrated: bool = False,
        checkpoint: Checkpoint = no_checkpoint,
    ) -> Self:
        """Connect; with `migrated` the schema is brought up first, without it an old schema is refused.

        `pool_size`: PostgreSQL connections at most, opened when they are needed.

        Raises:
            SchemaOutdated: the schema is not this version's.
            LedgerUnavailable: the database does not answer.
        """
        database = Database(url, pool_size=pool_size)
        try:
            if migrated:
                migrate.upgrade(database)
            else:
                migrate.require_head(database)
        except BaseException:
            database.close()
            raise
        return cls(database, checkpoint=checkpoint)

    def close(self) -> None:
        """Give back all connections."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
