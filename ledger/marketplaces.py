"""Which marketplaces this installation knows: written by the crawl host when it starts, read by everybody.

The marketplaces themselves are declared in `crawlers/marketplaces/`, one file each; this table is how the other rooms
learn of them without importing a crawler.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, true, update

from catalog.errors import NotFound
from catalog.listing import Marketplace, SourceKind
from ledger.database import Database
from ledger.schema import marketplaces


class Marketplaces:
    """The register of marketplaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def register(self, found: Mapping[Marketplace, bool]) -> None:
        """Make the register `found`: marketplace -> whether its address and credentials are set."""
        with self._database.write() as connection:
            self._database.upsert(connection, marketplaces, _rows(found))
            slugs = [marketplace.slug for marketplace in found]
            connection.execute(delete(marketplaces).where(marketplaces.c.slug.not_in(slugs)))

    def add(self, found: Mapping[Marketplace, bool]) -> None:
        """Register `found`; a marketplace that is known to be configured stays so.

        For commands that run beside a service: what their own environment lacks says nothing about the service's.
        """
        with self._database.write() as connection:
            self._database.insert_ignoring(connection, marketplaces, _rows(found))
            for row in _rows(found):
                kept = marketplaces.c.is_configured if not row["is_configured"] else true()
                connection.execute(
                    update(marketplaces)
                    .where(marketplaces.c.slug == row["slug"])
                    .values({**row, "is_configured": kept})
                )

    def all(self, *, within_s: float | None = None) -> dict[Marketplace, bool]:
        """Every known marketplace in order of slug, and whether it is configured. `within_s`: as of `Database.read`."""
        with self._database.read(within_s=within_s) as connection:
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


def _rows(found: Mapping[Marketplace, bool]) -> list[dict[str, Any]]:
    """Rows in order of slug, so that two processes that write them never wait for each other in turn."""
    return [
        {
            "slug": m.slug,
            "name": m.name,
            "currency": m.currency,
            "locale": m.locale,
            "kind": m.kind,
            "needs_keywords": m.needs_keywords,
            "is_configured": is_configured,
        }
        for m, is_configured in sorted(found.items(), key=lambda entry: entry[0].slug)
    ]
