"""Price history: the change points of offers, with the spans over which each was seen.

What is settled is read from chunks (`ledger.sealing`), what is not from observations; nobody can tell which. Times are
whole seconds (DECISIONS 47).
"""

from __future__ import annotations

import functools
import itertools
import logging
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import BindParameter, Connection, Row, ScalarSelect, Select, and_, bindparam, func, select

from catalog.errors import DamagedChunk
from catalog.money import Money
from ledger.clock import from_seconds, to_us
from ledger.database import QUICK_S, Database
from ledger.history_chunks import Columns, Point, unpack_columns
from ledger.observations import State
from ledger.schema import history_chunks, observations, offers, sightings

log = logging.getLogger(__name__)

SECOND_US: Final = 1_000_000


class PricePoint(NamedTuple):
    """What an offer asked from `since` to `until`, both seen; between `until` and the next point nothing is known.

    A tuple, because pages read hundreds at a time: a frozen dataclass takes three times as long to make.
    """

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
        since_s = -1 if since is None else to_us(since) // SECOND_US
        with self._database.read(within_s=QUICK_S) as connection:
            found, damaged = _sealed(connection, wanted, since_s)
            rows = list(connection.execute(_UNSEALED, _asked(wanted, since_s)))
            if damaged:
                rows = [row for row in rows if row.offer_id not in damaged]
                rows += connection.execute(_ALL, _asked(damaged, since_s))
        for offer_id, group in itertools.groupby(rows, key=operator.itemgetter(0)):
            found.setdefault(offer_id, []).append(_columns(group))
        money = functools.cache(_money)
        return {offer_id: list(_shown(found[offer_id], since_s, money)) for offer_id in sorted(found)}


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


def _asked(offer_ids: Iterable[int], since_s: int) -> dict[str, Any]:
    return {"offer_ids": list(offer_ids), "since_us": since_s * SECOND_US, "since_s": since_s}


def _columns(rows: Iterable[Row[*tuple[Any, ...]]]) -> Columns:
    """Rows of one offer as `unpack_columns` would give them."""
    _, numbers, since_us, until_us, *rest = zip(*rows, strict=True)
    times = ([us // SECOND_US for us in since_us], [us // SECOND_US for us in until_us])
    return cast("Columns", (numbers, *times, *rest))


def _sealed(
    connection: Connection, offer_ids: Sequence[int], since_s: int
) -> tuple[dict[int, list[Columns]], set[int]]:
    """Sealed points of each offer, and the offers of which a chunk is damaged."""
    found: dict[int, list[Columns]] = {}
    damaged: set[int] = set()
    for offer_id, data in connection.execute(_CHUNKS, _asked(offer_ids, since_s)):
        try:
            found.setdefault(offer_id, []).append(unpack_columns(data))
        except DamagedChunk as error:
            log.warning("sealed history of offer %s is damaged (%s): read from observations", offer_id, error)
            damaged.add(offer_id)
    for offer_id in damaged:
        found.pop(offer_id, None)
    return found, damaged


def _shown(
    parts: Iterable[Columns], since_s: int, money: Callable[[int | None, str], Any]
) -> Iterator[PricePoint]:
    """Column by column: a year of a page's offers is hundreds of points."""
    for numbers, since, until, prices, currencies, lists, shippings, landed, stocks in parts:
        points = map(
            PricePoint,
            numbers,
            from_seconds(since),
            from_seconds(until),
            map(money, prices, currencies),
            map(money, lists, currencies),
            map(money, shippings, currencies),
            stocks,
            map(money, landed, currencies),
        )
        if until[0] >= since_s:
            yield from points
        else:
            yield from (p for p, until_s in zip(points, until, strict=True) if until_s >= since_s)


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


# Built once: building them takes longer than running them.
_OFFERS: Final[BindParameter[Any]] = bindparam("offer_ids", expanding=True)
_UNSEALED, _ALL = (
    rows_from(first_us).where(offers.c.id.in_(_OFFERS), sightings.c.last_us >= bindparam("since_us"))
    for first_us in (sealed_us(), 0)
)
_CHUNKS: Final = (
    select(history_chunks.c.offer_id, history_chunks.c.points)
    .where(history_chunks.c.offer_id.in_(_OFFERS), history_chunks.c.until_s >= bindparam("since_s"))
    .order_by(history_chunks.c.offer_id, history_chunks.c.through_s)
)
