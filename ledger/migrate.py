"""Bringing a database to this version's schema, and telling whether it is there. Alembic does the work.

Alembic itself is imported only when there is something to migrate (it costs 0.7 s to load).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from catalog.errors import SchemaOutdated
from ledger.database import LOCK_TIMEOUT_S, Database

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD: Final = "0001"
"""The newest migration; a test compares it with the files."""

_SCRIPTS: Final = Path(__file__).parent / "migrations"


def current(database: Database) -> str | None:
    """The schema version in the database; None when it is empty."""
    with database.read() as connection:
        return _current(connection)


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

    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S * 3}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": 0x6D696772})
        if revision != HEAD or _current(connection) != HEAD:
            command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Migrate back to `revision` (``base`` for nothing at all). Loses what the older schema cannot hold."""
    from alembic import command

    with database.write() as connection:
        command.downgrade(_config(connection), revision)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config
