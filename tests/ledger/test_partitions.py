"""Observations on PostgreSQL lie in partitions: brought there with all rows, guarded in each, and read by index."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from ledger import migrate
from ledger.database import Database
from ledger.ledger import Ledger
from tests.support.damage import believed, damage
from tests.support.offers import offer, seen
from tests.support.runs import commit, one_page_run, start_run

pytestmark = pytest.mark.postgres

DAY_S = 86_400
"""`seen(at=0)` is on 2026-11-01."""


@pytest.fixture
def url(postgres_server):
    return postgres_server.new_database()


@pytest.fixture
def old(url):
    """A ledger as the first migration left it, with something in it: filled as it is today, then brought back there."""
    database = Database(url)
    migrate.upgrade(database)
    ledger = Ledger(database)
    fill(ledger)
    migrate.downgrade(database, "0001")
    yield ledger
    database.close()


@pytest.fixture
def new(url):
    with Ledger.open(url, migrated=True) as ledger:
        fill(ledger)
        yield ledger


@pytest.fixture
def documented(repository_root):
    """The SQL of ledger/README.md: make, close, put away, take back."""
    return re.findall(
        r"```sql\n(.*?)```", (repository_root / "ledger/README.md").read_text("utf-8"), re.DOTALL
    )


def fill(ledger):
    one_page_run(ledger, seen("1", "10.00"), seen("2", "20.00", at=5))
    one_page_run(ledger, seen("1", "9.00", at=60), seen("2", "20.00", at=60))
    one_page_run(ledger, seen("1", "0.09", at=90))


COLUMNS = "id, offer_id, page_id, observed_us, recorded_us, epoch, content_hash, state, reason, price_minor, currency, stock, body"
"""What every version has."""


def content(ledger):
    """Every observation and sighting, and what is current."""
    with ledger.database.read() as connection:
        rows = [
            tuple(row)
            for table, key, columns in (("observations", "id", COLUMNS), ("sightings", "observation_id", "*"))
            for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY {key}"))  # noqa: S608
        ]
    return rows, believed(ledger), ledger.observations.accepted_after(0, limit=100)


def partitions(ledger):
    statement = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'observations'::regclass ORDER BY 1"
    with ledger.database.read() as connection:
        return list(connection.execute(text(statement)).scalars())


def say(ledger, sql):
    """What an operator types: each statement by itself, or what stands between BEGIN and COMMIT together."""
    statements = [part.strip() for part in sql.split(";") if part.strip() not in {"", "BEGIN", "COMMIT"}]
    with ledger.database.write() as connection:
        for statement in statements:
            connection.execute(text(statement))


def is_refused(ledger, statement):
    with pytest.raises(DBAPIError, match="append-only"), ledger.database.write() as connection:
        connection.execute(text(statement))


def is_guarded(ledger):
    for table in ("observations", *partitions(ledger)):
        is_refused(ledger, f"UPDATE {table} SET price_minor = 1")  # noqa: S608
        is_refused(ledger, f"DELETE FROM {table} WHERE id < 0")  # noqa: S608
        is_refused(ledger, f"TRUNCATE {table} CASCADE")


def test_a_grown_database_is_brought_there_and_back(old):
    before = content(old)

    migrate.upgrade(old.database)
    assert (content(old), damage(old)) == (before, [])
    assert partitions(old) == ["observations_default"]
    is_guarded(old)
    one_page_run(old, seen("1", "8.00", at=120))
    after = content(old)
    numbers = [row[0] for row in after[0] if len(row) > 3]
    assert numbers == sorted(set(numbers))

    migrate.downgrade(old.database, "0001")
    assert (content(old), damage(old)) == (after, [])
    is_refused(old, "DELETE FROM observations")
    is_refused(old, "TRUNCATE observations CASCADE")
    with pytest.raises(IntegrityError), old.database.write() as connection:
        connection.execute(text("INSERT INTO sightings VALUES (999999, 1, 1)"))

    migrate.upgrade(old.database)
    one_page_run(old, seen("1", "7.00", at=180))
    assert damage(old) == []


def test_no_row_is_copied_on_the_way(old):
    """The file of the old table is the file of the default partition."""
    file = "SELECT pg_relation_filenode(:name)"
    with old.database.read() as connection:
        before = connection.execute(text(file), {"name": "observations"}).scalar()

    migrate.upgrade(old.database)

    with old.database.read() as connection:
        assert connection.execute(text(file), {"name": "observations_default"}).scalar() == before


def test_keys_are_what_a_partitioned_table_can_have(new):
    with new.database.read() as connection:
        seen_by = inspect(connection)
        assert seen_by.get_pk_constraint("observations")["constrained_columns"] == ["id", "observed_us"]
        assert [key["referred_table"] for key in seen_by.get_foreign_keys("observations")] == ["offers"]
        assert seen_by.get_foreign_keys("sightings") == []
        assert [index["name"] for index in seen_by.get_indexes("observations")].count(
            "ix_observations_offer_observed"
        ) == 1


def test_years_are_made_closed_put_away_and_taken_back_as_documented(new, documented):
    make, close, put_away, take_back = documented
    whole = content(new)

    say(new, make)
    say(new, close)
    assert partitions(new) == ["observations_2028", "observations_default", "observations_until_2027"]
    assert content(new) == whole
    is_guarded(new)

    lease = start_run(new, first=2)
    year_s = 430 * DAY_S
    commit(new, lease, seen("1", "8.00", at=70 * DAY_S), seconds=10**9)
    commit(new, lease, seen("1", "7.00", at=year_s), seen("3", "1.00", at=year_s), seconds=10**9)
    new.runs.finish(lease, now=seen(at=10**9).observed_at)
    with new.database.read() as connection:
        counts = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608
            for table in partitions(new)
        }
    assert counts == {"observations_2028": 2, "observations_default": 1, "observations_until_2027": 4}
    grown = content(new)

    say(new, put_away)
    assert len(new.observations.accepted_after(0, limit=100)) == 3
    assert set(new.observations.current([offer("1").key, offer("2").key])) == {offer("1").key}
    is_refused(new, "TRUNCATE observations_until_2027")
    again = one_page_run(new, seen("1", "7.00", at=year_s + 9), seconds=2 * 10**9)
    assert (again.added, again.unchanged) == (0, 1)

    say(new, take_back)
    is_guarded(new)
    found = content(new)
    assert [row for row in found[0] if len(row) > 3] == [row for row in grown[0] if len(row) > 3]
    assert (found[1], found[2], damage(new)) == (grown[1], grown[2], [])

    migrate.downgrade(new.database, "0001")
    assert (content(new), damage(new)) == (found, [])


def test_a_piece_that_was_put_away_is_not_forgotten_on_the_way_back(new, documented):
    _, close, put_away, _ = documented
    say(new, close)
    say(new, put_away)

    with pytest.raises(IntegrityError, match="sightings"):
        migrate.downgrade(new.database, "0001")

    assert migrate.current(new.database) == migrate.HEAD


# ── plans ──────────────────────────────────────────────────────────────────────────────────────────

OFFERS = 3_000
YEARS = (2023, 2024, 2025, 2026)


@pytest.fixture
def years(new, documented):
    """Four years of four observations each, in a partition a year."""
    year_us = 365 * DAY_S * 1_000_000
    start_us = 1_672_531_200_000_000  # 2023-01-01
    with new.database.write() as connection:
        for year in YEARS[1:]:
            connection.execute(
                text(
                    f"SELECT observations_partition('observations_{year}', '{year}-06-01Z', '{year + 1}-06-01Z')"
                )
            ) if year < 2026 else None
        connection.execute(
            text(
                "INSERT INTO offers (marketplace, item_id, sku_id, first_seen_us) "  # noqa: S608
                f"SELECT 'jd', 'n' || n, '', 1 FROM generate_series(1, {OFFERS}) n"
            )
        )
        connection.execute(
            text(
                "INSERT INTO observations (offer_id, page_id, observed_us, recorded_us, epoch, content_hash, state,"  # noqa: S608
                " price_minor, currency, stock, body) "
                f"SELECT f.id, 1, {start_us} + y * {year_us} + f.id, 1, 1, md5(f.id::text || y), 'accepted', 100 + y,"
                " 'CNY', 'in', o.body FROM generate_series(0, 3) y, offers f, "
                "(SELECT body FROM observations LIMIT 1) o WHERE f.item_id LIKE 'n%' ORDER BY y, f.id"
            )
        )
        connection.execute(
            text(
                "INSERT INTO sightings SELECT id, observed_us, 1 FROM observations WHERE id NOT IN "
                "(SELECT observation_id FROM sightings)"
            )
        )
        connection.execute(
            text(
                "UPDATE offers SET current_id = (SELECT max(id) FROM observations o WHERE o.offer_id = offers.id)"
                " WHERE item_id LIKE 'n%'"
            )
        )
        connection.execute(text("ANALYZE"))
    return new


def plans(ledger, ask):
    """The plan of each statement that `ask` sends about observations."""
    sent = []

    def note(_connection, _cursor, statement, parameters, *_):
        if "observations" in statement and "INSERT" not in statement:
            sent.append((statement, parameters))

    event.listen(ledger.database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(ledger.database.engine, "before_cursor_execute", note)
    found = []
    for statement, parameters in sent:
        with ledger.database.read() as connection:
            found.append("\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()))
    return found


def test_what_is_asked_often_is_found_by_index(years):
    newest = years.observations.newest_number()
    key = offer("n700").key
    asked = {
        "feed": lambda: years.observations.accepted_after(newest - 500, limit=200),
        "newest number": years.observations.newest_number,
        "by number": lambda: years.observations.by_number(range(1, newest, newest // 20)),
        "current": lambda: years.observations.current([key]),
        "history": lambda: years.history.points(range(100, 120)),
        "commit": lambda: one_page_run(years, seen("n700", "1.05", at=0), seen("n701", "1.03", at=0)),
        "provenance": lambda: years.observations.provenance(newest),
    }

    for what, ask in asked.items():
        made = plans(years, ask)
        assert made, what
        for plan in made:
            assert "Seq Scan on observations" not in plan, f"{what}\n{plan}"
    (feed,) = plans(years, asked["feed"])
    assert "Merge Append" in feed, feed


def test_a_body_can_be_asked_as_json_and_by_index(years):
    """DECISIONS 40, over every partition."""
    with years.database.write() as connection:
        connection.execute(text("CREATE INDEX ON observations ((body::jsonb -> 'listing' ->> 'item_id'))"))
        connection.execute(text("ANALYZE"))
    asked = "SELECT DISTINCT offer_id FROM observations WHERE body::jsonb -> 'listing' ->> 'item_id' = '2'"

    with years.database.read() as connection:
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {asked}").scalars())
        found = connection.exec_driver_sql(asked).scalars().all()

    assert "Seq Scan" not in plan, plan
    assert found == [years.observations.current([offer("2").key])[offer("2").key].offer_id]
