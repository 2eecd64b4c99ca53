"""Observations: what was seen, append-only, and which of them is current.

A sighting that says the same as the one before only moves `sightings.last_us`; a sighting that says something new adds
a row. Arrival order never matters for what is current: that is the content with the greatest
(time, epoch, content hash) among all accepted sightings (reliability row 3). `record` works on rows already inside the
caller's transaction; it is called by `ledger.frontier` only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, or_, select, update

from catalog.codec import dump_offer, load_offer
from catalog.daily_lows import CARRY
from catalog.errors import NotFound
from catalog.landed_price import headline
from catalog.listing import Observation, Offer, OfferKey, content_hash
from ledger.clock import from_us, to_us
from ledger.database import QUICK_S, Database
from ledger.plausibility import FORGOTTEN_S, doubt, is_witness
from ledger.schema import history_chunks, observations, offers, pages, runs, sightings

SIGHTING_GAP_US: Final = CARRY // timedelta(microseconds=1)
"""A price is carried at most 48 h past a sighting (domain §4.2); after a longer silence a new row begins."""

AFTER_A_GAP: Final = "seen again after a gap"

OrderKey = tuple[int, int, str]
"""(time in µs, epoch, content hash): the business order of sightings of one offer."""


class State(StrEnum):
    """Whether an observation may be shown."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a page's observations come from."""

    page_id: int
    run_id: int
    epoch: int
    recorded_us: int


@dataclass(slots=True)
class Recorded:
    """What one page changed."""

    added: int = 0
    unchanged: int = 0
    quarantined: int = 0


@dataclass(slots=True)
class _Known:
    """An accepted observation with the span over which its content was seen."""

    id: int
    offer_id: int
    content_hash: str
    observed_us: int
    epoch: int
    last_us: int
    last_epoch: int
    price_minor: int
    currency: str

    @property
    def first_key(self) -> OrderKey:
        return (self.observed_us, self.epoch, self.content_hash)

    @property
    def last_key(self) -> OrderKey:
        return (self.last_us, self.last_epoch, self.content_hash)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sighting on its way in."""

    offer: Offer
    content_hash: str
    observed_us: int
    epoch: int

    @property
    def key(self) -> OrderKey:
        return (self.observed_us, self.epoch, self.content_hash)


@dataclass(slots=True)
class _Writes:
    """What one page will write, collected first so that each table is written in one statement."""

    inserts: list[dict[str, Any]] = field(default_factory=list)
    extensions: dict[int, tuple[int, int]] = field(default_factory=dict)


def record(
    database: Database, connection: Connection, seen: Sequence[Observation], source: Provenance
) -> Recorded:
    """Store one page's observations inside the caller's transaction.

    All must be of one marketplace. A sighting later than the transaction's own time is clamped to it. An offer that
    the page shows twice with different contents is quarantined in all of them: nobody can say which one is true.
    """
    result = Recorded()
    incoming = _distinct(seen, source, result)
    if not incoming:
        return result
    ids = _offer_ids(database, connection, [s.offer.key for s in incoming], incoming[0].observed_us)
    current = _current(connection, ids.values())
    contradicted = {key for key, times in Counter(s.offer.key for s in incoming).items() if times > 1}
    writes = _Writes()
    for sighting in incoming:
        offer_id = ids[sighting.offer.key]
        known = current.get(offer_id)
        if sighting.offer.key in contradicted:
            _quarantine(connection, writes, result, sighting, offer_id, source, "contradicts_itself")
        elif known is None or sighting.key > known.last_key:
            _append(connection, writes, result, sighting, offer_id, known, source)
        else:
            _insert_late(connection, result, sighting, known, source)
    _leave_out_stored(connection, writes, result)
    _write(connection, writes)
    return result


def _distinct(seen: Sequence[Observation], source: Provenance, result: Recorded) -> list[_Seen]:
    """Sightings in business order, each content of an offer once: marketplaces repeat items within a page."""
    found: dict[tuple[OfferKey, str], _Seen] = {}
    for observation in seen:
        digest = content_hash(observation.offer)
        time = min(to_us(observation.observed_at), source.recorded_us)
        sighting = _Seen(observation.offer, digest, time, source.epoch)
        if (sighting.offer.key, digest) in found:
            result.unchanged += 1
        found[sighting.offer.key, digest] = sighting
    return sorted(found.values(), key=lambda s: (s.key, s.offer.key))


def _offer_ids(
    database: Database, connection: Connection, keys: Sequence[OfferKey], first_seen_us: int
) -> dict[OfferKey, int]:
    """The ledger's number of each offer; new offers get theirs here, in the order of their keys."""
    found = _existing_ids(connection, keys)
    missing = sorted(key for key in keys if key not in found)
    database.insert_ignoring(
        connection,
        offers,
        (
            {
                "marketplace": key.marketplace,
                "item_id": key.item_id,
                "sku_id": key.sku_id,
                "first_seen_us": first_seen_us,
            }
            for key in missing
        ),
    )
    return found | _existing_ids(connection, missing)


def _existing_ids(connection: Connection, keys: Sequence[OfferKey]) -> dict[OfferKey, int]:
    if not keys:
        return {}
    wanted = set(keys)
    rows = connection.execute(
        select(offers.c.id, offers.c.marketplace, offers.c.item_id, offers.c.sku_id).where(
            offers.c.marketplace == keys[0].marketplace,
            offers.c.item_id.in_(sorted({key.item_id for key in keys})),
        )
    )
    found = {OfferKey(r.marketplace, r.item_id, r.sku_id): int(r.id) for r in rows}
    return {key: number for key, number in found.items() if key in wanted}


_KNOWN = (
    observations.c.id,
    observations.c.offer_id,
    observations.c.content_hash,
    observations.c.observed_us,
    observations.c.epoch,
    sightings.c.last_us,
    sightings.c.last_epoch,
    observations.c.price_minor,
    observations.c.currency,
)
_SPANS = observations.join(sightings, sightings.c.observation_id == observations.c.id)


def _current(connection: Connection, offer_ids: Iterable[int]) -> dict[int, _Known]:
    rows = connection.execute(
        select(*_KNOWN)
        .select_from(_SPANS.join(offers, offers.c.current_id == observations.c.id))
        .where(offers.c.id.in_(sorted(offer_ids)))
    )
    return {row.offer_id: _Known(*row) for row in rows}


def _append(
    connection: Connection,
    writes: _Writes,
    result: Recorded,
    sighting: _Seen,
    offer_id: int,
    known: _Known | None,
    source: Provenance,
) -> None:
    """The ordinary case: newer than anything seen of this offer."""
    if known is not None and known.content_hash == sighting.content_hash:
        result.unchanged += 1
        if sighting.observed_us - known.last_us <= SIGHTING_GAP_US:
            writes.extensions[known.id] = (sighting.observed_us, sighting.epoch)
        else:
            writes.inserts.append(_row(sighting, offer_id, source, State.ACCEPTED, AFTER_A_GAP))
        return
    state, reason = _judge(connection, sighting, offer_id, known, source)
    if state is State.QUARANTINED:
        _quarantine(connection, writes, result, sighting, offer_id, source, str(reason))
        return
    if reason is not None and _is_stored(connection, sighting, offer_id):
        result.unchanged += 1
        return
    result.added += 1
    writes.inserts.append(_row(sighting, offer_id, source, state, reason))


def _quarantine(
    connection: Connection,
    writes: _Writes,
    result: Recorded,
    sighting: _Seen,
    offer_id: int,
    source: Provenance,
    reason: str,
) -> None:
    result.quarantined += 1
    if not _is_stored(connection, sighting, offer_id):
        writes.inserts.append(_row(sighting, offer_id, source, State.QUARANTINED, reason))


def _is_stored(connection: Connection, sighting: _Seen, offer_id: int) -> bool:
    """Whether this very sighting (offer, time, epoch, content) has a row: another page of the run may show it as well."""
    o = observations.c
    statement = select(o.id).where(
        o.offer_id == offer_id,
        o.observed_us == sighting.observed_us,
        o.epoch == sighting.epoch,
        o.content_hash == sighting.content_hash,
    )
    return connection.execute(statement).first() is not None


def _judge(
    connection: Connection, sighting: _Seen, offer_id: int, known: _Known | None, source: Provenance
) -> tuple[State, str | None]:
    terms = sighting.offer.terms
    comparable = known is not None and known.currency == terms.price.currency
    why = doubt(terms, known.price_minor if known is not None and comparable else None)
    if why is None:
        return State.ACCEPTED, None
    if _seen_before(connection, sighting, offer_id, known, source):
        return State.ACCEPTED, f"{why}: confirmed by another run"
    return State.QUARANTINED, why


def _seen_before(
    connection: Connection, sighting: _Seen, offer_id: int, known: _Known | None, source: Provenance
) -> bool:
    """Whether another run, fit to be a witness, already saw this doubtful price after the price that is believed."""
    statement = (
        select(pages.c.run_id)
        .distinct()
        .join(observations, pages.c.id == observations.c.page_id)
        .where(
            observations.c.offer_id == offer_id,
            observations.c.state == State.QUARANTINED,
            observations.c.price_minor == sighting.offer.terms.price.minor,
            observations.c.currency == sighting.offer.terms.price.currency,
            observations.c.observed_us > (known.observed_us if known else -1),
            pages.c.run_id != source.run_id,
        )
    )
    witnesses = [row.run_id for row in connection.execute(statement)]
    if not witnesses:
        return False
    if known is not None and sighting.observed_us - known.last_us > FORGOTTEN_S * 1_000_000:
        return True
    counts = connection.execute(
        select(func.sum(pages.c.offers), func.sum(pages.c.quarantined))
        .where(pages.c.run_id.in_(witnesses))
        .group_by(pages.c.run_id)
    )
    return any(is_witness(int(offers), int(quarantined)) for offers, quarantined in counts)


def _insert_late(
    connection: Connection, result: Recorded, sighting: _Seen, current: _Known, source: Provenance
) -> None:
    """A sighting older than the current content's last one: it may add history, never replace what is newer."""
    before = _before(connection, sighting, current)
    if before is not None and before.content_hash == sighting.content_hash:
        if sighting.key <= before.last_key:
            result.unchanged += 1
            return
        if sighting.observed_us - before.last_us <= SIGHTING_GAP_US:
            result.unchanged += 1
            _extend(connection, {before.id: (sighting.observed_us, sighting.epoch)})
            _unseal(connection, before, current)
            return
    if _is_stored(connection, sighting, current.offer_id):
        result.unchanged += 1
        return
    state, reason = _judge(connection, sighting, current.offer_id, before, source)
    result.added += state is State.ACCEPTED
    result.quarantined += state is State.QUARANTINED
    _insert_rows(connection, [_row(sighting, current.offer_id, source, state, reason)])
    if state is not State.ACCEPTED:
        return
    if before is not None and sighting.key < before.last_key:
        _split(connection, before, source)
        _unseal(connection, before, current)
    else:
        _unseal(connection, sighting, current)


def _before(connection: Connection, sighting: _Seen, current: _Known) -> _Known | None:
    """The accepted observation that was in force when `sighting` was made."""
    if sighting.key >= current.first_key:
        return current
    time, epoch, digest = sighting.key
    o = observations.c
    earlier = or_(
        o.observed_us < time,
        and_(o.observed_us == time, o.epoch < epoch),
        and_(o.observed_us == time, o.epoch == epoch, o.content_hash <= digest),
    )
    row = connection.execute(
        select(*_KNOWN)
        .select_from(_SPANS)
        .where(o.offer_id == current.offer_id, o.state == State.ACCEPTED, earlier)
        .order_by(o.observed_us.desc(), o.epoch.desc(), o.content_hash.desc())
        .limit(1)
    ).first()
    return _Known(*row) if row else None


def _split(connection: Connection, span: _Known, source: Provenance) -> None:
    """`span` was seen before and after a late arrival: its last sighting becomes a row, so history reads right."""
    body = connection.execute(select(observations.c.body).where(observations.c.id == span.id)).scalar_one()
    again = _Seen(load_offer(body), span.content_hash, span.last_us, span.last_epoch)
    row = _row(again, span.offer_id, source, State.ACCEPTED, "seen again after a late arrival")
    (observation_id,) = _insert_rows(connection, [row])
    _extend(connection, {span.id: (span.observed_us, span.epoch)})
    connection.execute(
        update(offers)
        .where(offers.c.id == span.offer_id, offers.c.current_id == span.id)
        .values(current_id=observation_id)
    )


def _unseal(connection: Connection, first: _Known | _Seen, current: _Known) -> None:
    """What is sealed from `first` on is not true any more: it is read from the rows until it is sealed anew.

    What is current is never sealed, so an ordinary sighting, newer than all others, has nothing to unseal.
    """
    if first.observed_us < current.observed_us:
        connection.execute(
            delete(history_chunks).where(
                history_chunks.c.offer_id == current.offer_id,
                history_chunks.c.through_s >= first.observed_us // 1_000_000,
            )
        )


def _row(
    sighting: _Seen, offer_id: int, source: Provenance, state: State, reason: str | None
) -> dict[str, Any]:
    terms = sighting.offer.terms
    return {
        "offer_id": offer_id,
        "page_id": source.page_id,
        "observed_us": sighting.observed_us,
        "recorded_us": source.recorded_us,
        "epoch": sighting.epoch,
        "content_hash": sighting.content_hash,
        "state": state,
        "reason": reason,
        "price_minor": terms.price.minor,
        "currency": terms.price.currency,
        "list_price_minor": terms.list_price.minor if terms.list_price else None,
        "shipping_minor": terms.shipping.minor if terms.shipping else None,
        "stock": sighting.offer.stock,
        "body": dump_offer(sighting.offer),
        "landed_minor": _landed_minor(sighting.offer, from_us(sighting.observed_us)),
    }


def _landed_minor(offer: Offer, at: datetime) -> int | None:
    """The headline price as of `at`, the lower bound where shipping is unknown; None: nothing can be ordered."""
    total = headline(offer.terms, at).total
    return None if total is None else total.minor


def _leave_out_stored(connection: Connection, writes: _Writes, result: Recorded) -> None:
    """Rows that are there already: a page that contradicted itself stored them as quarantined at the same moment."""
    if not writes.inserts:
        return
    o = observations.c
    statement = select(o.offer_id, o.observed_us, o.epoch, o.content_hash).where(
        o.offer_id.in_(sorted({row["offer_id"] for row in writes.inserts})),
        o.observed_us.in_(sorted({row["observed_us"] for row in writes.inserts})),
    )
    stored = {tuple(row) for row in connection.execute(statement)}
    kept: list[dict[str, Any]] = []
    for row in writes.inserts:
        if (row["offer_id"], row["observed_us"], row["epoch"], row["content_hash"]) not in stored:
            kept.append(row)
        elif row["reason"] != AFTER_A_GAP:  # which counts as unchanged already
            result.added -= 1
            result.unchanged += 1
    writes.inserts = kept


def _write(connection: Connection, writes: _Writes) -> None:
    _extend(connection, writes.extensions)
    numbers = _insert_rows(connection, writes.inserts)
    newest = [
        {"the_offer": row["offer_id"], "the_id": number}
        for number, row in zip(numbers, writes.inserts, strict=True)
        if row["state"] == State.ACCEPTED
    ]
    if newest:
        connection.execute(
            update(offers)
            .where(offers.c.id == bindparam("the_offer"))
            .values(current_id=bindparam("the_id")),
            newest,
        )


def _insert_rows(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Numbers of the inserted rows, in order; accepted ones get their sighting."""
    if not rows:
        return []
    statement = observations.insert().returning(observations.c.id, sort_by_parameter_order=True)
    ids = [int(row.id) for row in connection.execute(statement, list(rows))]
    spans = [
        {"observation_id": number, "last_us": row["observed_us"], "last_epoch": row["epoch"]}
        for number, row in zip(ids, rows, strict=True)
        if row["state"] == State.ACCEPTED
    ]
    if spans:
        connection.execute(sightings.insert(), spans)
    return ids


def _extend(connection: Connection, extensions: Mapping[int, tuple[int, int]]) -> None:
    if extensions:
        connection.execute(
            update(sightings)
            .where(sightings.c.observation_id == bindparam("the_id"))
            .values(last_us=bindparam("the_time"), last_epoch=bindparam("the_epoch")),
            [{"the_id": i, "the_time": t, "the_epoch": e} for i, (t, e) in extensions.items()],
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """An observation as the ledger holds it."""

    id: int
    offer_id: int
    offer: Offer
    observed_at: datetime
    order: OrderKey


@dataclass(frozen=True, slots=True)
class Sighting:
    """How fresh an offer's figure is."""

    observation_id: int
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a shown price comes from."""

    run_id: int
    marketplace: str
    request: str
    """JSON: what was asked for."""
    fetched_us: int | None
    body_hash: str | None
    """BLAKE2b of the answer's bytes as they arrived, decompressed."""


class Observations:
    """Reading what was seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accepted_after(self, number: int, *, limit: int) -> list[Stored]:
        """Accepted observations with a number above `number`, in order of their numbers: the followers' feed."""
        with self._database.read() as connection:
            return accepted_after(connection, number, limit=limit)

    def newest_number(self) -> int:
        """The highest number given so far; 0 when nothing was seen yet."""
        with self._database.read() as connection:
            statement = select(observations.c.id).order_by(observations.c.id.desc()).limit(1)
            return int(connection.execute(statement).scalar() or 0)

    def oldest(self) -> datetime | None:
        """When anything was first seen (aware UTC); None: never. Looks at every observation."""
        with self._database.read() as connection:
            found = connection.execute(select(func.min(observations.c.observed_us))).scalar()
            return None if found is None else from_us(int(found))

    def by_number(self, numbers: Iterable[int]) -> list[Stored]:
        """The observations with these numbers, in order of number; unknown numbers are passed over."""
        wanted = sorted(numbers)
        found: list[Stored] = []
        with self._database.read() as connection:
            for part in _parts(wanted):
                rows = connection.execute(
                    select(*_STORED).where(observations.c.id.in_(part)).order_by(observations.c.id)
                )
                found.extend(_stored(row) for row in rows)
        return found

    def newest_before(self, offer_ids: Iterable[int], number: int) -> dict[int, OrderKey]:
        """Order of the newest accepted sighting of each offer before observation `number`; without one it is left out."""
        o = observations.c
        key = (o.observed_us, o.epoch, o.content_hash)
        place = func.row_number().over(partition_by=o.offer_id, order_by=[column.desc() for column in key])
        found: dict[int, OrderKey] = {}
        with self._database.read() as connection:
            for wanted in _parts(sorted(offer_ids)):
                ranked = (
                    select(o.offer_id, *key, place.label("place"))
                    .where(o.offer_id.in_(wanted), o.id < number, o.state == State.ACCEPTED)
                    .subquery()
                )
                rows = connection.execute(select(ranked).where(ranked.c.place == 1))
                found |= {r.offer_id: (r.observed_us, r.epoch, r.content_hash) for r in rows}
        return found

    def current(self, keys: Sequence[OfferKey]) -> dict[OfferKey, Stored]:
        """The current observation of each offer; offers that were never accepted are left out."""
        found: dict[OfferKey, Stored] = {}
        with self._database.read() as connection:
            for key in keys:
                row = connection.execute(
                    select(*_STORED)
                    .join(offers, offers.c.current_id == observations.c.id)
                    .where(
                        offers.c.marketplace == key.marketplace,
                        offers.c.item_id == key.item_id,
                        offers.c.sku_id == key.sku_id,
                    )
                ).first()
                if row is not None:
                    found[key] = _stored(row)
        return found

    def last_seen(self, offer_ids: Iterable[int]) -> dict[int, datetime]:
        """When each offer's current content was last seen (aware UTC). Pages do without when it takes longer than `QUICK_S`."""
        with self._database.read(within_s=QUICK_S) as connection:
            rows = connection.execute(
                select(offers.c.id, sightings.c.last_us)
                .join(sightings, sightings.c.observation_id == offers.c.current_id)
                .where(offers.c.id.in_(sorted(set(offer_ids))))
            )
            return {row.id: from_us(row.last_us) for row in rows}

    def provenance(self, observation_id: int) -> PageSource:
        """The page an observation was read from.

        Raises:
            NotFound: no such observation.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(runs.c.id, runs.c.marketplace, pages.c.request, pages.c.fetched_us, pages.c.body_hash)
                .select_from(observations)
                .join(pages, pages.c.id == observations.c.page_id)
                .join(runs, runs.c.id == pages.c.run_id)
                .where(observations.c.id == observation_id)
            ).first()
        if row is None:
            raise NotFound("observation", observation_id)
        return PageSource(*row)


def accepted_after(connection: Connection, number: int, *, limit: int) -> list[Stored]:
    """As `Observations.accepted_after`, inside the caller's transaction."""
    rows = connection.execute(
        select(*_STORED)
        .where(observations.c.id > number, observations.c.state == State.ACCEPTED)
        .order_by(observations.c.id)
        .limit(limit)
    ).all()
    return [_stored(row) for row in rows]


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    """A statement takes a limited number of parameters."""
    return (numbers[start : start + 500] for start in range(0, len(numbers), 500))


_STORED = (
    observations.c.id,
    observations.c.offer_id,
    observations.c.body,
    observations.c.observed_us,
    observations.c.epoch,
    observations.c.content_hash,
)


def _stored(row: Row[*tuple[Any, ...]]) -> Stored:
    return Stored(
        id=row.id,
        offer_id=row.offer_id,
        offer=load_offer(row.body),
        observed_at=from_us(row.observed_us),
        order=(row.observed_us, row.epoch, row.content_hash),
    )
