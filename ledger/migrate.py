"""Bringing a database to this version's schema, and telling whether it is there. Alembic does the work.

Alembic itself is imported only when there is something to migrate (it costs 0.7 s to load).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import column, inspect, select, table, text, update

from catalog.errors import LedgerUnavailable, SchemaOutdated
from ledger.database import LOCK_TIMEOUT_S, Database

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD: Final = "0005"
"""The newest migration; a test compares it with the files."""

HALF_COPIED: Final = "copying"
"""What the schema version of a database begins with while `ledger.copy` fills it: it is no ledger yet."""

_VERSION: Final = table("alembic_version", column("version_num"))
_SCRIPTS: Final = Path(__file__).parent / "migrations"


def current(database: Database) -> str | None:
    """The schema version in the database; None when it is empty.

    Raises:
        LedgerUnavailable: a copy into it was begun and not finished.
    """
    with database.read() as connection:
        found = version_of(connection)
    if found is not None and found.startswith(HALF_COPIED):
        raise LedgerUnavailable(
            "a copy into this ledger was not finished: start the same `bijia ledger copy` again"
        )
    return found


def require_head(database: Database) -> None:
    """Return if the schema is this version's.

    Raises:
        SchemaOutdated: it is not; `bijia doctor --migrate` brings it there.
    """
    found = current(database)
    if found != HEAD:
        raise SchemaOutdated(found, HEAD)


def upgrade(database: Database, revision: str = HEAD) -> None:
    """Migrate to `revision`. Two processes may call this at once: one migrates, the other finds it done."""
    if revision == HEAD and current(database) == HEAD:
        return
    from alembic import command

    with database.write(within_s=math.inf) as connection:
        if not database.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S * 3}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": 0x6D696772})
        if revision != HEAD or version_of(connection) != HEAD:
            command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Migrate back to `revision` (``base`` for nothing at all). Loses what the older schema cannot hold."""
    from alembic import command

    with database.write(within_s=math.inf) as connection:
        command.downgrade(_config(connection), revision)


def version_of(connection: Connection, *, is_held: bool = False) -> str | None:
    """The schema version as it is written down; None in an empty database. `is_held`: and nobody changes it meanwhile."""
    if not is_held and not inspect(connection).has_table(_VERSION.name):
        return None
    statement = select(_VERSION.c.version_num)
    found: str | None = connection.execute(statement.with_for_update() if is_held else statement).scalar()
    return found


def say(connection: Connection, version: str) -> None:
    """Write down another version, for `ledger.copy`."""
    connection.execute(update(_VERSION).values(version_num=version))


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config
