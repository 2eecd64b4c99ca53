"""Which marketplaces this installation knows: written by `python -m crawlers register`, read by everybody.

The marketplaces themselves are declared in `crawlers/marketplaces/`, one file each; this table is how the other rooms
learn of them without importing a crawler.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

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
