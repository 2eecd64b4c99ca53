"""Sealing: settled history is packed into chunks, which are all that a reader of years has to fetch.

    observations, sightings ── settled: superseded, and of a quarter that is over ──► history_chunks

Observations stay; chunks are a copy of them that may be deleted at any time. Up to `through_s` of its last chunk an
offer's history is in chunks and not in rows, after it in rows. A late sighting deletes the chunks from where it falls on,
in its own transaction (`ledger.observations`), and the next round seals them anew. What is current is never sealed, so
ordinary sightings have nothing to do with any of this.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, select

from catalog.errors import DamagedChunk
from ledger.clock import to_us
from ledger.database import Checkpoint, Database, no_checkpoint
from ledger.history import SECOND_US, point_of, rows_from, sealed_us
from ledger.history_chunks import Point, pack, unpack
from ledger.schema import history_chunks, observations, offers

FULL: Final = 64
"""Points of a full chunk: two years of an offer that changes once in twelve days. Fewer cost more to keep, more cost more
to read (DECISIONS 47)."""

OFFERS_AT_ONCE: Final = 50
ROWS_AT_ONCE: Final = 1_000
"""Offers, and rows of theirs, sealed in one transaction, which keeps other writers waiting: some 10 ms (DECISIONS 47)."""

WINDOW: Final = 2_000
"""Offers looked at in one step when nothing is to do: some 10 ms."""

Report = Callable[[int, int, str], None]
"""Called with offers looked at so far, offers to look at in all, and a note."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one step, or all, came to."""

    through_offer: int
    """Offers up to this number were looked at."""
    newest_offer: int
    """The last that there is."""
    offers: int = 0
    """That had something to seal."""
    points: int = 0
    """Change points that were in rows before and are in chunks now."""
    chunks: int = 0
    """Written, those that were merely filled up as well."""
    bytes: int = 0
    """Of the chunks written."""

    @property
    def is_last(self) -> bool:
        """Whether all offers were looked at."""
        return self.through_offer >= self.newest_offer


class Sealing:
    """Seals, a short transaction at a time. Any number may do it at once, and each may die at any moment."""

    def __init__(self, database: Database, *, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._database = database
        self._checkpoint = checkpoint

    def step(self, after_offer: int, *, now: datetime) -> Sealed:
        """Look at the next offers behind the number `after_offer` (0: from the first one), and seal what is settled of them.

        Raises:
            LedgerError: no answer, locked, or full; nothing of this step was written.
        """
        horizon_us = quarter_start_us(now)
        with self._database.read() as connection:
            last = int(connection.execute(select(func.max(offers.c.id))).scalar() or 0)
            due = _due(connection, after_offer, horizon_us)
        through = due[-1] if len(due) == OFFERS_AT_ONCE else min(after_offer + WINDOW, last)
        if not due:
            return Sealed(through, last)
        with self._database.write() as connection:
            self._database.order_commits(connection)
            rows = connection.execute(
                _settled(horizon_us).where(offers.c.id.in_(due)).limit(ROWS_AT_ONCE)
            ).all()
            if len(rows) == ROWS_AT_ONCE:  # the rest of an offer, and those behind it, come in the next step
                cut = rows[-1].offer_id
                rows = _whole_seconds(rows)
                through = rows[-1].offer_id - 1 if rows else cut
            sizes = _seal(connection, rows)
            self._checkpoint("seal.packed")
        self._checkpoint("seal.stored")
        return Sealed(through, last, len(due), len(rows), len(sizes), sum(sizes))

    def run(self, *, now: datetime, report: Report) -> Sealed:
        """Seal everything that is settled, half of the time at most: others want to write as well."""
        through = 0
        steps: list[Sealed] = []
        pause = threading.Event()
        while not steps or not steps[-1].is_last:
            began_s = time.monotonic()
            steps.append(self.step(through, now=now))
            through = steps[-1].through_offer
            report(through, steps[-1].newest_offer, f"{sum(s.points for s in steps)} points")
            if steps[-1].offers:
                pause.wait(time.monotonic() - began_s)
        return Sealed(
            through, steps[-1].newest_offer, *(sum(getattr(s, name) for s in steps) for name in ("offers", "points", "chunks", "bytes"))
        )  # fmt: skip

    def unseal(self) -> None:
        """Delete all chunks: history is read from observations until they are sealed anew."""
        with self._database.write() as connection:
            self._database.order_commits(connection)
            connection.execute(delete(history_chunks))


def quarter_start_us(now: datetime) -> int:
    """When the quarter began that is going on, in UTC: what is older may be sealed."""
    moment = now.astimezone(UTC)
    return to_us(datetime(moment.year, (moment.month - 1) // 3 * 3 + 1, 1, tzinfo=UTC))


def _settled(horizon_us: int) -> Select[*tuple[Any, ...]]:
    """Rows that are in no chunk and will not change any more but by a late sighting.

    Whole seconds are sealed or not sealed: none is cut by the horizon, or by what is current.
    """
    current, o = observations.alias("current"), observations.c
    return (
        rows_from(sealed_us())
        .join(current, current.c.id == offers.c.current_id)
        .where(
            o.observed_us < horizon_us,
            o.observed_us < current.c.observed_us - current.c.observed_us % SECOND_US,
        )
    )


def _due(connection: Connection, after_offer: int, horizon_us: int) -> list[int]:
    """The next offers, in order, that have something to seal."""
    statement = (
        _settled(horizon_us)
        .with_only_columns(offers.c.id)
        .where(offers.c.id > after_offer, offers.c.id <= after_offer + WINDOW)
        .order_by(None)
        .group_by(offers.c.id)
        .order_by(offers.c.id)
        .limit(OFFERS_AT_ONCE)
    )
    return list(connection.execute(statement).scalars())


def _whole_seconds(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Without the last second of the last offer: more of it may follow."""
    last = (rows[-1].offer_id, rows[-1].observed_us // SECOND_US)
    return [row for row in rows if (row.offer_id, row.observed_us // SECOND_US) != last]


def _seal(connection: Connection, rows: Sequence[Row[Any]]) -> list[int]:
    """Seal these rows; the size of each chunk written."""
    begun = _begun(connection, {row.offer_id for row in rows})
    gone, made = [], []
    for offer_id, group in itertools.groupby(rows, key=lambda row: row.offer_id):
        points = [point_of(row) for row in group]
        if offer_id in begun:
            gone.append({"the_offer": offer_id, "the_end": begun[offer_id][-1].since_s})
            points = begun[offer_id] + points
        made += [_chunk(offer_id, part) for part in _parts(points)]
    if gone:
        ends = and_(
            history_chunks.c.offer_id == bindparam("the_offer"),
            history_chunks.c.through_s == bindparam("the_end"),
        )
        connection.execute(delete(history_chunks).where(ends), gone)
    if made:
        connection.execute(history_chunks.insert(), made)
    return [len(chunk["points"]) for chunk in made]


def _begun(connection: Connection, offer_ids: Iterable[int]) -> dict[int, list[Point]]:
    """The last chunk of each offer, if it is not full: it is filled up.

    A damaged one is left as it is and read from rows (`ledger.history`), until the offer is unsealed.
    """
    chunks = history_chunks.alias()
    last = select(func.max(chunks.c.through_s)).where(chunks.c.offer_id == history_chunks.c.offer_id)
    found = {}
    for row in connection.execute(
        select(history_chunks.c.offer_id, history_chunks.c.points).where(
            history_chunks.c.offer_id.in_(offer_ids), history_chunks.c.through_s == last.scalar_subquery()
        )
    ):
        try:
            points = unpack(row.points)
        except DamagedChunk:
            continue
        if len(points) < FULL:
            found[row.offer_id] = points
    return found


def _parts(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """Chunks of `FULL` points; a second is never cut in two."""
    start = 0
    while start < len(points):
        end = min(start + FULL, len(points))
        while end < len(points) and points[end].since_s == points[end - 1].since_s:
            end += 1
        yield points[start:end]
        start = end


def _chunk(offer_id: int, points: Sequence[Point]) -> dict[str, Any]:
    return {
        "offer_id": offer_id,
        "through_s": points[-1].since_s,
        "until_s": max(point.until_s for point in points),
        "points": pack(points),
    }
