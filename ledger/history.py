"""Price history: the change points of offers, with the spans over which each was seen.

What is settled is read from chunks (`ledger.sealing`), what is not from observations; nobody can tell which. Times are
whole seconds (DECISIONS 47).
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, ScalarSelect, Select, and_, func, select

from catalog.errors import DamagedChunk
from catalog.money import Money
from ledger.clock import from_us, to_us
from ledger.database import QUICK_S, Database
from ledger.history_chunks import Point, unpack
from ledger.observations import State
from ledger.schema import history_chunks, observations, offers, sightings

log = logging.getLogger(__name__)

SECOND_US: Final = 1_000_000


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
    landed: Money | None = None
    """The headline when it was recorded, a lower bound where `shipping` is None. None: it could not be bought, or is
    older than this figure: then price and shipping are all that is known."""


class History:
    """Reading price history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def points(
        self, offer_ids: Iterable[int], *, since: datetime | None = None
    ) -> dict[int, list[PricePoint]]:
        """Accepted points of each offer, oldest first; with `since`, those last seen in its second or later.

        Pages do without when it takes longer than `QUICK_S`.
        """
        wanted = sorted(set(offer_ids))
        since_s = None if since is None else to_us(since) // SECOND_US
        with self._database.read(within_s=QUICK_S) as connection:
            found, damaged = _sealed(connection, wanted, since_s)
            rows = list(connection.execute(_unsealed(wanted, since_s)))
            if damaged:
                rows = [row for row in rows if row.offer_id not in damaged]
                rows += connection.execute(_unsealed(damaged, since_s, first_us=0))
        for row in rows:
            found.setdefault(row.offer_id, []).append(point_of(row))
        money: Callable[[int, str], Money] = functools.cache(Money)
        return {offer_id: [_shown(point, money) for point in found[offer_id]] for offer_id in sorted(found)}


def sealed_us() -> ScalarSelect[Any]:
    """From when on the observations of an offer (of the statement's `offers`) are in no chunk."""
    chunks = history_chunks.c
    return (
        select((func.coalesce(func.max(chunks.through_s), -1) + 1) * SECOND_US)
        .where(chunks.offer_id == offers.c.id)
        .correlate(offers)
        .scalar_subquery()
    )


def rows_from(first_us: ScalarSelect[Any] | int) -> Select[*tuple[Any, ...]]:
    """Accepted observations of offers from `first_us` on, each offer's in order of time; for `point_of`."""
    o = observations.c
    return (
        select(
            o.offer_id, o.id, o.observed_us, sightings.c.last_us, o.price_minor, o.currency, o.list_price_minor,
            o.shipping_minor, o.landed_minor, o.stock,
        )
        .select_from(offers)
        .join(observations, and_(o.offer_id == offers.c.id, o.observed_us >= first_us))
        .join(sightings, sightings.c.observation_id == o.id)
        .where(o.state == State.ACCEPTED)
        .order_by(offers.c.id, o.observed_us, o.epoch, o.content_hash)
    )  # fmt: skip


def point_of(row: Row[*tuple[Any, ...]]) -> Point:
    """A row of `rows_from` as it would be sealed."""
    _, number, observed_us, last_us, *rest = row
    return Point(number, observed_us // SECOND_US, last_us // SECOND_US, *rest)


def _unsealed(
    offer_ids: Iterable[int], since_s: int | None, *, first_us: int | None = None
) -> Select[*tuple[Any, ...]]:
    """What is in no chunk; or all from `first_us` on."""
    statement = rows_from(sealed_us() if first_us is None else first_us).where(offers.c.id.in_(offer_ids))
    if since_s is None:
        return statement
    return statement.where(sightings.c.last_us >= since_s * SECOND_US)


def _sealed(
    connection: Connection, offer_ids: Sequence[int], since_s: int | None
) -> tuple[dict[int, list[Point]], set[int]]:
    """Sealed points of each offer, and the offers of which a chunk is damaged."""
    c = history_chunks.c
    statement = select(c.offer_id, c.points).where(c.offer_id.in_(offer_ids)).order_by(c.offer_id, c.through_s)
    if since_s is not None:
        statement = statement.where(c.until_s >= since_s)
    found: dict[int, list[Point]] = {}
    damaged: set[int] = set()
    for offer_id, data in connection.execute(statement):
        try:
            points = unpack(data)
        except DamagedChunk as error:
            log.warning("sealed history of offer %s is damaged (%s): read from observations", offer_id, error)
            damaged.add(offer_id)
            continue
        if since_s is not None:
            points = [point for point in points if point.until_s >= since_s]
        found.setdefault(offer_id, []).extend(points)
    for offer_id in damaged:
        found.pop(offer_id, None)
    return found, damaged


def _shown(point: Point, money: Callable[[int, str], Money]) -> PricePoint:
    number, since_s, until_s, price, currency, list_price, shipping, landed, stock = point
    return PricePoint(
        number,
        from_us(since_s * SECOND_US),
        from_us(until_s * SECOND_US),
        money(price, currency),
        None if list_price is None else money(list_price, currency),
        None if shipping is None else money(shipping, currency),
        stock,
        None if landed is None else money(landed, currency),
    )
