"""The `Database` port: an SQLAlchemy engine and the few things in which SQLite and PostgreSQL differ.

Every write is one short transaction: `BEGIN IMMEDIATE` on SQLite (one writer at a time, waiting up to
`LOCK_TIMEOUT_S`), READ COMMITTED with row locks on PostgreSQL (tests/ledger/test_isolation.py). Every read is a snapshot.
Nothing waits for ever (DECISIONS 5). Errors of the driver leave this module as the ledger's own (`catalog.errors`).
"""

from __future__ import annotations

import math
import shutil
import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from catalog.errors import ConfigurationError, LedgerError, LedgerFull, LedgerUnavailable
from ledger.schema import leases

LOCK_TIMEOUT_S: Final = 20
"""How long a writer waits for another. Longer than the longest page commit measured under full load (DECISIONS 5)."""

QUICK_S: Final = 1
"""How long is waited for what can be done without: "last seen" on a page, the answer to a probe (which wants one within
2 s). More than a hundred times what such a read takes."""

SILENT_S: Final = 5
"""For how long a PostgreSQL server that did not answer in time is not asked again for what can be done without."""

POOL_SIZE: Final = 5
"""PostgreSQL: connections that a process keeps at most, unless told otherwise (`BIJIA_DATABASE_POOL`)."""

LEAST_FREE_BYTES: Final = 1024 * 1024
"""SQLite: room that the commit of a large page takes in the log, twice over (100 offers with their texts)."""

STATEMENT_TIMEOUT_MS: Final = 60_000
"""PostgreSQL: a statement that runs longer is a bug; rebuilds read in chunks."""

WRITE_TIMEOUT_MS: Final = (LOCK_TIMEOUT_S + 1) * 1000
"""The same of a statement that writes. It may wait for several locks in turn (its place in the queue of a row, then the
row itself), and the lock timeout counts for each of them anew."""

Checkpoint = Callable[[str], None]
"""Called with the name of each fault point that is reached; tests kill the process there (tests/faults)."""


def no_checkpoint(_name: str) -> None:
    """The checkpoint of ordinary runs: nothing happens."""


class Database:
    """One ledger database. Cheap to hold, safe to share between threads, not between forked processes."""

    def __init__(self, url: str, *, pool_size: int = POOL_SIZE) -> None:
        self.url: Final = _parse(url)
        self.is_sqlite: Final = self.url.get_backend_name() == "sqlite"
        self._engine: Final = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url, pool_size)
        self._silent_until = -math.inf
        event.listen(self._engine, "handle_error", _translate)

    @contextmanager
    def read(self, *, within_s: float | None = None) -> Generator[Connection]:
        """A connection that sees one state of the ledger, that of its first statement. PostgreSQL lets it write nothing.

        `within_s`: give up after so long, and for a while at once where PostgreSQL did not answer at all; for what can be
        done without. SQLite's readers wait for nobody.

        Raises:
            LedgerUnavailable: no answer, or none in time.
        """
        with self._patient(within_s), _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.exec_driver_sql(
                    f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY{_limit(within_s, STATEMENT_TIMEOUT_MS)}"
                )
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self, *, within_s: float | None = None) -> Generator[Connection]:
        """One transaction: everything inside is committed together when the block ends, or nothing is.

        `within_s`: as for `read`, and for other writers no longer either; infinity for migrations, which take their time.

        Raises:
            LedgerUnavailable: no answer, or locked past the deadline.
            LedgerFull: no room, or read-only.
        """
        with self._patient(within_s), _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                with _busy_timeout(connection, within_s):
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql(
                    f"BEGIN ISOLATION LEVEL READ COMMITTED{_limit(within_s, WRITE_TIMEOUT_MS)}"
                )
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _patient(self, within_s: float | None) -> Generator[None]:
        """Bounds what the block waits for a PostgreSQL server, and remembers one that was silent."""
        if self.is_sqlite or within_s is None:
            yield
            return
        from ledger.postgresql import until

        if time.monotonic() < self._silent_until and within_s != math.inf:
            raise LedgerUnavailable("the database server did not answer a moment ago")
        try:
            # The server's own timeout comes first: then the connection is still good.
            with until(time.monotonic() + within_s * 1.2):
                yield
        except LedgerUnavailable as error:
            if type(error.__cause__).__name__ == "ConnectionTimeout":
                self._silent_until = time.monotonic() + SILENT_S
            raise

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

    def insert_many(
        self, connection: Connection, table: Table, rows: Sequence[Row[*tuple[Any, ...]]]
    ) -> None:
        """Insert rows as another database gave them, every column in the order of `table`.

        Raises:
            InvalidInput: PostgreSQL cannot hold a text of theirs.
        """
        if not rows:
            return
        if self.is_sqlite:
            connection.execute(table.insert(), [row._asdict() for row in rows])
            return
        from ledger.postgresql import copy_in

        try:
            copy_in(connection, table, rows)
        except Exception as error:
            replacement = _psycopg_error(error, None)
            if replacement is None:
                raise
            raise replacement from error

    def last_number(self, connection: Connection, table: Table) -> int:
        """The highest number that `table` ever gave to a row, also to one that is gone; 0: none."""
        if self.is_sqlite:
            asked = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :name")
        else:
            asked = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)")
        return int(connection.execute(asked, {"name": table.name}).scalar() or 0)

    def number_on(self, connection: Connection, table: Table, last: int) -> None:
        """Give the next row of `table` a number behind `last`, after rows came in that brought their own."""
        if not last:
            return
        if self.is_sqlite:
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            asked = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
        else:
            asked = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        connection.execute(asked, {"name": table.name, "last": last})

    def analyse(self, connection: Connection) -> None:
        """PostgreSQL: have it look at what came in at once, else the first questions are planned as for empty tables."""
        if not self.is_sqlite:
            connection.execute(text("ANALYZE"))

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
        with self.read(within_s=QUICK_S) as connection:
            connection.execute(text("SELECT 1"))

    def check_writable(self) -> None:
        """Commit one row that means nothing, waiting for other writers no longer than `QUICK_S`.

        Raises:
            LedgerError: locked past the deadline, read-only or full.
        """
        self._require_room()
        with self.write(within_s=QUICK_S) as connection:
            self.upsert(connection, leases, [{"name": "", "owner": "", "fence": 0, "until_us": 0}])

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
    engine = create_engine(url, connect_args={"timeout": LOCK_TIMEOUT_S})

    @event.listens_for(engine, "do_connect")
    def _make_folder(*_: object) -> None:
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)

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
    from ledger.postgresql import open_engine

    return open_engine(
        url,
        pool_size=pool_size,
        pool_timeout_s=LOCK_TIMEOUT_S,
        statement_timeout_ms=STATEMENT_TIMEOUT_MS,
        lock_timeout_ms=LOCK_TIMEOUT_S * 1000,
    )


def _limit(within_s: float | None, usual_ms: int) -> str:
    """What follows a BEGIN on PostgreSQL, in the same message: how long each statement may take."""
    if within_s is None:
        return f"; SET LOCAL statement_timeout = {usual_ms}" if usual_ms != STATEMENT_TIMEOUT_MS else ""
    most_ms = 0 if within_s == math.inf else int(within_s * 1000)  # 0: as long as it takes
    return f"; SET LOCAL statement_timeout = {most_ms}"


@contextmanager
def _busy_timeout(connection: Connection, within_s: float | None) -> Generator[None]:
    """SQLite: wait for another writer so long, instead of `LOCK_TIMEOUT_S`."""
    if within_s is None or within_s >= LOCK_TIMEOUT_S:
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(within_s * 1000)}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000}")


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
    is_operational = any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)
    if is_lost or is_operational or state in {"57014", "55P03", "40001", "40P01"}:
        return LedgerUnavailable(
            str(error).strip().splitlines()[0] if str(error).strip() else "connection lost"
        )
    return None
