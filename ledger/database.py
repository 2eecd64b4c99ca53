"""The `Database` port: an SQLAlchemy engine and the few things in which SQLite and PostgreSQL differ.

Every write is one short transaction: `BEGIN IMMEDIATE` on SQLite (one writer at a time, waiting up to
`LOCK_TIMEOUT_S`), READ COMMITTED with row locks on PostgreSQL. Errors of the driver leave this module as the ledger's
own (`catalog.errors`).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from catalog.errors import ConfigurationError, LedgerError, LedgerFull, LedgerUnavailable
from ledger.schema import leases

LOCK_TIMEOUT_S: Final = 20
"""How long a writer waits for another. Longer than the longest page commit measured under full load (DECISIONS 5)."""

PROBE_S: Final = 1
"""How long the question whether writing is possible waits for another writer: probes want an answer within 2 s."""

LEAST_FREE_BYTES: Final = 1024 * 1024
"""SQLite: room that the commit of a large page takes in the log, twice over (100 offers with their texts)."""

STATEMENT_TIMEOUT_MS: Final = 60_000
"""PostgreSQL: a statement that runs longer is a bug; rebuilds read in chunks."""

Checkpoint = Callable[[str], None]
"""Called with the name of each fault point that is reached; tests kill the process there (tests/faults)."""


def no_checkpoint(_name: str) -> None:
    """The checkpoint of ordinary runs: nothing happens."""


class Database:
    """One ledger database. Cheap to hold, safe to share between threads, not between forked processes."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url: Final = _parse(url)
        self.is_sqlite: Final = self.url.get_backend_name() == "sqlite"
        self._engine: Final = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url, pool_size)
        event.listen(self._engine, "handle_error", _translate)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A connection that sees one state of the ledger from its first statement on (a snapshot on SQLite)."""
        with _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One transaction: everything inside is committed together when the block ends, or nothing is."""
        with _translated(), self._engine.connect() as connection, self._transaction(connection):
            yield connection

    @contextmanager
    def _transaction(self, connection: Connection) -> Generator[None]:
        if self.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def insert_ignoring(
        self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]
    ) -> None:
        """Insert `rows`, passing over those whose unique key is already there."""
        values = list(rows)
        if values:
            insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
            connection.execute(insert.on_conflict_do_nothing(), values)

    def upsert(self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert `rows`; where the primary key is already there, replace the other columns."""
        values = list(rows)
        if not values:
            return
        insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        keys = [column.name for column in table.primary_key]
        others = {name: insert.excluded[name] for name in values[0] if name not in keys}
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=others), values)

    def order_commits(self, connection: Connection) -> None:
        """Make observation numbers become visible in the order they are given.

        Followers read "everything after number n"; on PostgreSQL two transactions could otherwise commit in the other
        order and the lower number be passed over for ever (DECISIONS 8). SQLite has one writer anyway.
        """
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COMMIT_ORDER_KEY})

    def ping(self) -> None:
        """Answer if the database answers.

        Raises:
            LedgerUnavailable: it does not.
        """
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def check_writable(self) -> None:
        """Commit one row that means nothing, waiting for other writers no longer than `PROBE_S`.

        Raises:
            LedgerError: locked past the deadline, read-only or full.
        """
        self._require_room()
        nothing = {"name": "", "owner": "", "fence": 0, "until_us": 0}
        with (
            _translated(),
            self._engine.connect() as connection,
            self._impatient(connection),
            self._transaction(connection),
        ):
            self.upsert(connection, leases, [nothing])

    def _require_room(self) -> None:
        """A single row still fits where a page of offers no longer does: SQLite's log keeps the room it once had."""
        path = self.url.database
        if not self.is_sqlite or not path or path == ":memory:":
            return
        try:
            free = shutil.disk_usage(Path(path).parent).free
        except OSError as error:
            raise LedgerUnavailable(f"the folder of the ledger: {error.strerror}") from error
        if free < LEAST_FREE_BYTES:
            raise LedgerFull(f"the disk is full: {free} bytes free")

    @contextmanager
    def _impatient(self, connection: Connection) -> Generator[None]:
        """Wait for locks no longer than `PROBE_S`."""
        if not self.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = '{PROBE_S}s'"))
            yield
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PROBE_S * 1000}")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000}")

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """For migrations (`ledger.migrate`) only."""
        return self._engine


_COMMIT_ORDER_KEY: Final = 0x62696A6961  # "bijia"


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigurationError("BIJIA_DATABASE_URL", "not a database address") from error
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigurationError(
            "BIJIA_DATABASE_URL", f"{backend} is not supported; sqlite or postgresql+psycopg"
        )
    return parsed


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = (
            None  # we say BEGIN ourselves: pysqlite's implicit one is never IMMEDIATE
        )
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # a commit that was acknowledged survives power loss
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    return engine


def _postgresql(url: URL, pool_size: int) -> Engine:
    options = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_S * 1000} -c timezone=UTC"
    )
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=LOCK_TIMEOUT_S,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 5},
    )


@contextmanager
def _translated() -> Generator[None]:
    """Waiting for a pooled connection is not a driver error, so `_translate` never sees it."""
    try:
        yield
    except PoolTimeout as error:
        raise LedgerUnavailable("no free database connection") from error


def _translate(context: ExceptionContext) -> None:
    """Driver errors that callers act on become the ledger's own; the rest stay what they are: bugs.

    Not those of the pool's own ping: it answers them with a new connection, unseen by callers.
    """
    if context.is_pre_ping:
        return
    error = context.original_exception
    wrapped = context.sqlalchemy_exception
    replacement = _sqlite_error(error) if isinstance(error, sqlite3.Error) else _psycopg_error(error, wrapped)
    if replacement is not None:
        try:
            raise replacement from error
        finally:
            del replacement  # else frame and error hold each other, and all that the callers' frames hold


def _sqlite_error(error: sqlite3.Error) -> LedgerError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return LedgerFull(f"{name}: {error}")
    if name.startswith(
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_CORRUPT")
    ):
        return LedgerUnavailable(f"{name}: {error}")
    if name.startswith("SQLITE_READONLY"):
        return LedgerFull(f"{name}: {error}")
    return None


def _psycopg_error(error: BaseException, wrapped: object) -> LedgerError | None:
    state = getattr(error, "sqlstate", None)
    if state in {"53100", "53200", "25006"}:  # disk full, out of memory, read-only transaction
        return LedgerFull(str(error))
    is_lost = isinstance(wrapped, DBAPIError) and wrapped.connection_invalidated
    if is_lost or type(error).__name__ == "OperationalError" or state in {"57014", "55P03", "40001", "40P01"}:
        return LedgerUnavailable(
            str(error).strip().splitlines()[0] if str(error).strip() else "connection lost"
        )
    return None
