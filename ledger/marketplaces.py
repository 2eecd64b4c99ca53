"""Which marketplaces this installation knows: written by the crawl host when it starts, read by everybody.

The marketplaces themselves are declared in `crawlers/marketplaces/`, one file each; this table is how the other rooms
learn of them without importing a crawler.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from catalog.errors import NotFound
from catalog.listing import Marketplace, SourceKind
from ledger.database import Database
from ledger.schema import marketplaces


class Marketplaces:
    """The register of marketplaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def register(self, found: Mapping[Marketplace, bool]) -> None:
        """Replace the register by `found`: marketplace -> whether its address and credentials are set."""
        with self._database.write() as connection:
            _replace(connection, found)

    def add(self, found: Mapping[Marketplace, bool]) -> None:
        """Register `found`; a marketplace that is known to be configured stays so.

        For commands that run beside a service: what their own environment lacks says nothing about the service's.
        """
        with self._database.write() as connection:
            known = select(marketplaces.c.slug).where(marketplaces.c.is_configured)
            configured = set(connection.execute(known).scalars())
            _replace(connection, {m: is_set or m.slug in configured for m, is_set in found.items()})

    def all(self) -> dict[Marketplace, bool]:
        """Every known marketplace in order of slug, and whether it is configured."""
        with self._database.read() as connection:
            rows = connection.execute(select(marketplaces).order_by(marketplaces.c.slug)).all()
        return {
            Marketplace(r.slug, r.name, r.currency, r.locale, SourceKind(r.kind), r.needs_keywords): bool(
                r.is_configured
            )
            for r in rows
        }

    def get(self, slug: str) -> Marketplace:
        """One marketplace.

        Raises:
            NotFound: no marketplace of this slug is registered.
        """
        for marketplace in self.all():
            if marketplace.slug == slug:
                return marketplace
        raise NotFound("marketplace", slug)


def _replace(connection: Connection, found: Mapping[Marketplace, bool]) -> None:
    connection.execute(delete(marketplaces))
    rows = [
        {
            "slug": m.slug,
            "name": m.name,
            "currency": m.currency,
            "locale": m.locale,
            "kind": m.kind,
            "needs_keywords": m.needs_keywords,
            "is_configured": is_configured,
        }
        for m, is_configured in found.items()
    ]
    if rows:
        connection.execute(marketplaces.insert(), rows)
