"""Moving a ledger: every row that must survive from one database into another, resumable, proven by digests.

    source ──► batches in the order of their numbers ──► target      one transaction each, so a kill leaves whole batches
                                                         how far it came is the highest number that is there
    source, target ──► a digest over every row of every table        equal, or the target is not a ledger yet

Until the digests are equal the target's schema version says "copying …", and nothing but a copy of the same source opens
it. What an index needs is not copied: it is built anew (`REBUILT`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import Column, Connection, Row, Select, Table, delete, func, inspect, select

from catalog.errors import ConfigurationError, InvalidInput, SchemaOutdated
from ledger import migrate, schema
from ledger.clock import to_us
from ledger.database import Database

COPIED: Final = (
    schema.marketplaces,
    schema.hosts,
    schema.schedules,
    schema.corrections,
    schema.runs,
    schema.pages,
    schema.rejects,
    schema.offers,
    schema.observations,
    schema.sightings,
)
"""In an order in which no row comes before one that it refers to."""

REBUILT: Final = frozenset(
    {"history_chunks", "generations", "positions", "assignments", "dead_letters", "leases"}
)
"""Sealed history, the projections' own notes, and leases: they are made anew beside the ledger that they are of."""

BATCH: Final = 2_000
"""Rows of one transaction: some 2 MB of observations, a tenth of a second."""

PASSES: Final = 5
"""How often is copied what the source gained meanwhile, before it is said that something writes to it."""

_OTHERS: Final = "the target holds other {} than the source: copy into an empty database"

_Rows = dict[Any, Row[Any]]
"""Key -> row."""

Report = Callable[[int, int, str], None]
"""Called with rows read so far, rows to read in all, and the table that is read."""


def unreported(_done: int, _total: int, _note: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a table holds: equal digests are equal rows, on any database."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of a copy: per table what both sides hold, and how many rows were carried over this time."""

    tables: tuple[Digest, ...]
    rows: int


def open_existing(url: str, option: str) -> Database:
    """The database at `url`, which must be there: SQLite would make an empty file of any path.

    Raises:
        ConfigurationError: not an address of a database; names `option`.
        InvalidInput: no such file.
    """
    database = open_any(url, option)
    path = database.url.database
    if database.is_sqlite and (not path or not Path(path).is_file()):
        raise InvalidInput(f"{option}: there is no file {path}")
    return database


def open_any(url: str, option: str) -> Database:
    """The database at `url`; nothing is made or connected to before it is used.

    Raises:
        ConfigurationError: not an address of a database; names `option`.
    """
    try:
        return Database(url)
    except ConfigurationError as error:
        raise ConfigurationError(option, error.why) from error


def digests(database: Database, *, report: Report = unreported) -> tuple[Digest, ...]:
    """What each table that must survive holds, all at one moment.

    Raises:
        SchemaOutdated: not this version's schema, and so not comparable.
    """
    migrate.require_head(database)
    with database.read() as snapshot:
        return _digests(snapshot, _Told(report, _count(snapshot)))


def copy(source: Database, target: Database, *, now: datetime, report: Report = unreported) -> Copied:
    """Make `target` hold what `source` holds, going on where an earlier copy was cut off.

    Nothing should write to the source meanwhile: stop the service first. What is written all the same is carried over by
    another pass. A copy that was finished before is only proven again.

    Raises:
        SchemaOutdated: the source's schema is not this version's.
        InvalidInput: a run is going on; the target holds something else; both are the same; the source keeps changing.
        LedgerError: a database does not answer, or is full; start again to go on.
    """
    if source.url == target.url:
        raise InvalidInput("a ledger is not copied onto itself")
    migrate.require_head(source)
    work = _Copy(source, target, report)
    with source.read() as snapshot:
        _require_rest(snapshot, to_us(now))
        marker = f"{migrate.HALF_COPIED} {migrate.HEAD} {_identity(snapshot)}"
        found = _prepare(target, marker)
        if found is _Found.LEDGER:
            return Copied(work.proven(snapshot), 0)
    for number in range(PASSES):
        is_fresh = number == 0 and found is _Found.NOTHING
        if (proven := work.run(marker, is_fresh=is_fresh)) is not None:
            return Copied(proven, work.carried)
    raise InvalidInput("the source keeps changing: stop what writes to it, and start the copy again")


class _Told:
    """Counts rows for whoever watches."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0

    def __call__(self, rows: int, note: str) -> None:
        self._done += rows
        self._report(min(self._done, self._total), self._total, note)


class _Copy:
    """One copy: passes over all tables until both sides hold the same."""

    def __init__(self, source: Database, target: Database, report: Report) -> None:
        self._source = source
        self._target = target
        self._report = report
        self.carried = 0
        """Rows written so far."""

    def run(self, marker: str, *, is_fresh: bool) -> tuple[Digest, ...] | None:
        """One pass. The digests when both sides hold the same and the target is a ledger now; None: once more.

        Where the target holds rows of an earlier look (not `is_fresh`), those that can change are compared first.
        """
        with self._source.read() as snapshot:
            told = _Told(self._report, 3 * _count(snapshot))
            for table in COPIED:
                if _is_numbered(table) and (is_fresh or table.name in schema.APPEND_ONLY):
                    self._append(snapshot, table, marker, told)
                else:
                    self._mend(snapshot, table, marker)
            theirs = _digests(snapshot, told)
            ours = self._ours(told)
            before = _newest(snapshot)
            differing = [t for t, a, b in zip(COPIED, theirs, ours, strict=True) if a != b]
            for table in differing:
                self._mend(snapshot, table, marker)
        if differing:
            return None
        with self._source.read() as snapshot:
            if _newest(snapshot) != before:
                return None
        self._finish(marker)
        return theirs

    def proven(self, snapshot: Connection) -> tuple[Digest, ...]:
        """The digests of a target that is a ledger already.

        Raises:
            InvalidInput: they are not those of the source.
        """
        told = _Told(self._report, 2 * _count(snapshot))
        theirs, ours = _digests(snapshot, told), self._ours(told)
        if theirs != ours:
            names = ", ".join(a.table for a, b in zip(theirs, ours, strict=True) if a != b)
            raise InvalidInput(
                f"the target holds a ledger already, and another one: {names} differ; nothing was written"
            )
        return theirs

    def _ours(self, told: _Told) -> tuple[Digest, ...]:
        with self._target.read() as connection:
            return _digests(connection, told)

    def _append(self, snapshot: Connection, table: Table, marker: str, told: _Told) -> None:
        """Carry over what lies behind the target's highest number, which only whole batches move."""
        key = _key(table)
        while True:
            with self._target.write() as connection:
                _require_marker(connection, marker)
                last = connection.execute(select(func.max(key))).scalar() or 0
                rows = snapshot.execute(
                    select(table).where(key > last).order_by(key).limit(BATCH)
                ).all()  # fmt: skip
                if not rows:
                    return
                self._target.insert_many(connection, table, rows)
            self.carried += len(rows)
            told(len(rows), table.name)

    def _mend(self, snapshot: Connection, table: Table, marker: str) -> None:
        """Make the target's rows the source's: rows change while runs go on, and may have since a copy was cut off.

        Raises:
            InvalidInput: rows that never change differ, or there are some that the source does not have.
        """
        key, low = _key(table), 0
        for rows in _batches(snapshot, table):
            wanted = select(table)
            if _is_numbered(table):
                high = getattr(rows[-1], key.name)
                wanted, low = wanted.where(key > low, key <= high), high
            self._mend_window(table, marker, _by_key(table, rows), wanted)
        if _is_numbered(table):
            self._mend_window(table, marker, {}, select(table).where(key > low).order_by(key).limit(1))

    def _mend_window(
        self, table: Table, marker: str, theirs: _Rows, wanted: Select[*tuple[Any, ...]]
    ) -> None:
        """As `_mend`, for some of the source's rows, and those of the target that `wanted` names."""
        with self._target.write() as connection:
            _require_marker(connection, marker)
            ours = _by_key(table, connection.execute(wanted).all())
            missing = [row for key, row in theirs.items() if key not in ours]
            changed = [row for key, row in theirs.items() if key in ours and ours[key] != row]
            gone = sorted(ours.keys() - theirs.keys())
            if (gone and _is_numbered(table)) or (changed and table.name in schema.APPEND_ONLY):
                raise InvalidInput(_OTHERS.format(table.name))
            if gone:
                connection.execute(delete(table).where(_key(table).in_(gone)))
            self._target.upsert(connection, table, [row._asdict() for row in changed])
            self._target.insert_many(connection, table, missing)
        self.carried += len(changed) + len(missing)

    def _finish(self, marker: str) -> None:
        """Make the target a ledger: its numbers go on behind the source's, and everybody may open it.

        Those of index generations as well: an index of the old ledger's is never taken for one of the new.
        """
        numbered = [
            table for table in schema.metadata.tables.values() if table.autoincrement_column is not None
        ]
        with self._source.read() as snapshot:
            last = {table: self._source.last_number(snapshot, table) for table in numbered}
        with self._target.write() as connection:
            _require_marker(connection, marker)
            for table, number in last.items():
                given = self._target.last_number(
                    connection, table
                )  # a service that was started there gave some
                self._target.number_on(connection, table, max(number, given))
            self._target.analyse(connection)
            migrate.say(connection, migrate.HEAD)


def _require_rest(snapshot: Connection, now_us: int) -> None:
    """Nobody works on a run. A run whose worker died goes along as it is: a worker of the target takes it up."""
    runs = schema.runs.c
    busy = snapshot.execute(
        select(runs.id).where(runs.state == "running", runs.lease_until_us >= now_us).limit(1)
    ).scalar()
    if busy is not None:
        raise InvalidInput(f"run {busy} is going on: stop the service, or wait until the run has ended")


class _Found(Enum):
    """What is in a target."""

    NOTHING = auto()  # but empty tables, made now or before
    PART = auto()  # of a copy of this source
    LEDGER = auto()


def _prepare(target: Database, marker: str) -> _Found:
    """What is in the target. Unless that is a ledger it is marked, and from now on opened by nobody else.

    Raises:
        InvalidInput: it holds something else, or a cut-off copy of another source or version.
        SchemaOutdated: it is a ledger of another version.
    """
    with target.read() as connection:
        found = migrate.version_of(connection)
        others = [] if found else inspect(connection).get_table_names()
    if others:
        raise InvalidInput(f"the target is no ledger and not empty: it has a table {others[0]!r}")
    if found is None:
        migrate.upgrade(target)
        found = migrate.HEAD
    if found == marker:
        return _Found.PART
    if found.startswith(migrate.HALF_COPIED):
        raise InvalidInput(
            "the target holds part of another ledger: finish that copy, or take an empty database"
        )
    if found != migrate.HEAD:
        raise SchemaOutdated(found, migrate.HEAD)
    with target.write() as connection:
        # Marketplaces: those of a service that was only started there; they are compared like everything else.
        if any(_holds(connection, table) for table in COPIED if table is not schema.marketplaces):
            return _Found.LEDGER
        migrate.say(connection, marker)
    return _Found.NOTHING


def _require_marker(connection: Connection, marker: str) -> None:
    """Hold the target's version still for this transaction: of two copies at once each sees what the other wrote."""
    if migrate.version_of(connection, is_held=True) != marker:
        raise InvalidInput("another copy into the target has finished meanwhile")


def _identity(snapshot: Connection) -> str:
    """What tells one source from another: the first rows it ever had, in what never changes of them."""
    found: list[object] = []
    for table, names in (
        (schema.runs, ("id", "marketplace", "requested_us")),
        (schema.offers, ("id", "marketplace", "item_id", "sku_id", "first_seen_us")),
        (schema.schedules, ("id", "created_us")),
    ):
        row = snapshot.execute(select(*(table.c[n] for n in names)).order_by(table.c.id).limit(1)).first()
        found.append(None if row is None else list(row))
    return hashlib.blake2b(orjson.dumps(found), digest_size=8).hexdigest()


def _newest(snapshot: Connection) -> list[object]:
    """Changes whenever something is written that a service or a crawl writes."""
    runs, sightings = schema.runs.c, schema.sightings.c
    columns = (runs.fence, runs.finished_us, runs.lease_until_us, sightings.last_us)
    found: list[object] = [snapshot.execute(select(func.max(column))).scalar() for column in columns]
    return found + [snapshot.execute(select(func.max(_key(table)))).scalar() for table in COPIED]


def _digests(connection: Connection, told: _Told) -> tuple[Digest, ...]:
    return tuple(_digest(connection, table, told) for table in COPIED)


def _digest(connection: Connection, table: Table, told: _Told) -> Digest:
    """Over every value of every row, in the order of the key."""
    count, digest = 0, hashlib.blake2b(digest_size=16)
    for rows in _batches(connection, table):
        for row in rows:
            digest.update(orjson.dumps(tuple(row)))
            digest.update(b"\n")
        count += len(rows)
        told(len(rows), table.name)
    return Digest(str(table.name), count, digest.hexdigest())


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    key = _key(table)
    if not _is_numbered(table):  # few, and each database has its own order of texts
        yield sorted(connection.execute(select(table)).all())
        return
    last = 0
    place = list(table.columns).index(key)
    while rows := connection.execute(select(table).where(key > last).order_by(key).limit(BATCH)).all():
        yield rows
        last = rows[-1][place]


def _by_key(table: Table, rows: Sequence[Row[Any]]) -> _Rows:
    name = _key(table).name
    return {getattr(row, name): row for row in rows}


def _count(snapshot: Connection) -> int:
    return sum(
        int(snapshot.execute(select(func.count()).select_from(table)).scalar_one()) for table in COPIED
    )


def _holds(connection: Connection, table: Table) -> bool:
    return connection.execute(select(_key(table)).limit(1)).first() is not None


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key
    return key


def _is_numbered(table: Table) -> bool:
    return _key(table).name in {"id", "observation_id"}
