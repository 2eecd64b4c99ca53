"""Connections to PostgreSQL that never wait for ever, whatever became of the server.

Three clocks, because each sees what the others cannot: the server ends statements and waits for locks
(`statement_timeout`, `lock_timeout`); the kernel notices a machine that is gone (TCP keepalives, `tcp_user_timeout`); and
here each answer has a deadline, for a server that is there and silent: stopped, swapped out, out of disk under its log.
Imported only where the ledger is on PostgreSQL.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection as Sql
from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.engine import URL

from catalog.errors import InvalidInput

T = TypeVar("T")

CONNECT_S: Final = 5
"""How long a new connection may take; psycopg's least is 2 s."""

GONE_MS: Final = 20_000
"""Sent and not acknowledged by the other machine for so long: it is gone."""

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""When the caller's patience ends (`time.monotonic`); None: `silence_s` for each answer."""


@contextmanager
def until(deadline: float) -> Generator[None]:
    """Let nothing inside the block wait for the server beyond `deadline` (`time.monotonic`; infinity: for ever)."""
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


class Connection(psycopg.Connection[Any]):
    """A connection that is closed when its server stays silent: nobody could tell what became of the statement."""

    silence_s: float = math.inf

    def wait(self, gen: PQGen[T], *args: Any, **more: Any) -> T:
        """Run psycopg's `gen` to its end, or to the deadline.

        Raises:
            ConnectionTimeout: psycopg's; the server did not answer in time.
        """
        deadline = _deadline.get()
        return super().wait(
            self._bounded(gen, time.monotonic() + self.silence_s if deadline is None else deadline),
            *args,
            **more,
        )

    def _bounded(self, gen: PQGen[T], deadline: float) -> PQGen[T]:
        """As `gen`; psycopg resumes it with 0 ten times a second while there is nothing to read."""
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > deadline:
                    self.pgconn.finish()
                    raise silent()
                wanted = gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result


def silent() -> psycopg.errors.ConnectionTimeout:
    """The error of a server that does not answer, the same whether it was being connected to or asked."""
    return psycopg.errors.ConnectionTimeout("the database server does not answer")


def open_engine(
    url: URL, *, pool_size: int, pool_timeout_s: float, statement_timeout_ms: int, lock_timeout_ms: int
) -> Engine:
    """An engine whose connections begin no transaction by themselves: `Database` says BEGIN, and how."""
    options = f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={lock_timeout_ms} -c timezone=UTC"
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout_s,
        pool_pre_ping=True,
        connect_args={
            "options": options,
            "connect_timeout": CONNECT_S,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": GONE_MS,
        },
    )
    patience_s = statement_timeout_ms / 1000 + CONNECT_S

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, arguments: list[Any], more: dict[str, Any]) -> Connection:
        deadline = _deadline.get()
        if deadline is not None and deadline != math.inf:
            left = deadline - time.monotonic()
            if left <= 0:
                raise silent()
            more = more | {"connect_timeout": math.ceil(left)}
        connection = Connection.connect(*arguments, **more)
        connection.silence_s = patience_s
        return connection

    return engine


def copy_in(connection: Sql, table: Table, rows: Iterable[Iterable[Any]]) -> None:
    """COPY rows into a table: two to three times as fast as INSERT (300,000 rows of a ledger, two busy cores).

    Raises:
        InvalidInput: a text that PostgreSQL cannot hold: one with a NUL.
        psycopg.Error: untranslated.
    """
    columns = ", ".join(column.name for column in table.columns)
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row))
    except psycopg.DataError as error:
        raise InvalidInput(f"{table.name}: {error}") from error
