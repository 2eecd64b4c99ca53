"""Price history: the change points of offers, with the spans over which each was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from catalog.money import Money
from ledger.clock import from_us, to_us
from ledger.database import QUICK_S, Database
from ledger.observations import State
from ledger.schema import observations, sightings


@dataclass(frozen=True, slots=True)
class PricePoint:
    """What an offer asked from `since` to `until`, both seen; between `until` and the next point nothing is known."""

    observation_id: int
    since: datetime
    until: datetime
    price: Money
    list_price: Money | None
    shipping: Money | None
    stock: str


class History:
    """Reading price history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def points(
        self, offer_ids: Iterable[int], *, since: datetime | None = None
    ) -> dict[int, list[PricePoint]]:
        """Accepted points of each offer, oldest first; with `since`, those last seen at or after it.

        Pages do without when it takes longer than `QUICK_S`.
        """
        o = observations.c
        statement = (
            select(
                o.offer_id, o.id, o.observed_us, sightings.c.last_us, o.price_minor, o.currency,
                o.list_price_minor, o.shipping_minor, o.stock,
            )
            .join(sightings, sightings.c.observation_id == o.id)
            .where(o.offer_id.in_(sorted(set(offer_ids))), o.state == State.ACCEPTED)
            .order_by(o.offer_id, o.observed_us, o.epoch, o.content_hash)
        )  # fmt: skip
        if since is not None:
            statement = statement.where(sightings.c.last_us >= to_us(since))
        found: dict[int, list[PricePoint]] = {}
        with self._database.read(within_s=QUICK_S) as connection:
            for row in connection.execute(statement):
                point = PricePoint(
                    observation_id=row.id,
                    since=from_us(row.observed_us),
                    until=from_us(row.last_us),
                    price=Money(row.price_minor, row.currency),
                    list_price=_money(row.list_price_minor, row.currency),
                    shipping=_money(row.shipping_minor, row.currency),
                    stock=row.stock,
                )
                found.setdefault(row.offer_id, []).append(point)
        return found


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
