"""What hosts asked of us: times before which nothing may be sent. Outlives the process that was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from ledger.clock import from_us, to_us
from ledger.database import Database
from ledger.schema import hosts


class Hosts:
    """Retry-After and back-off per host, shared by all crawls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def park(self, host: str, until: datetime, reason: str) -> None:
        """Send nothing to `host` before `until`. A shorter wait never replaces a longer one."""
        us = to_us(until)
        with self._database.write() as connection:
            self._database.insert_ignoring(
                connection, hosts, [{"host": host, "not_before_us": 0, "reason": ""}]
            )
            connection.execute(
                update(hosts)
                .where(hosts.c.host == host, hosts.c.not_before_us < us)
                .values(not_before_us=us, reason=reason[:300])
            )

    def parked_until(self, host: str) -> datetime | None:
        """When `host` may be asked again; None when it never asked to wait."""
        with self._database.read() as connection:
            us = connection.execute(select(hosts.c.not_before_us).where(hosts.c.host == host)).scalar()
        return None if us is None else from_us(us)
