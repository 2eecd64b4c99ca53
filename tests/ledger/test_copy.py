"""A ledger moves to another database whole, whatever interrupts it; and nothing else is touched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

import ledger.copy as moving
from api.cli import app
from catalog.errors import (
    InvalidInput,
    LedgerError,
    LedgerUnavailable,
    SchemaOutdated,
)
from ledger import migrate, schema
from ledger.database import Database
from ledger.ledger import Ledger
from tests.support.copying import grow
from tests.support.damage import believed, damage
from tests.support.fetchers import wall
from tests.support.forks import forks
from tests.support.index import make_indexer
from tests.support.offers import seen
from tests.support.runs import one_page_run

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("BIJIA_TEST_SEED", "11"))


@pytest.fixture(scope="module")
def grown_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("grown") / "ledger.sqlite"
    grow(f"sqlite:///{path}")
    return path


@pytest.fixture
def grown(grown_file, tmp_path):
    """The address of a grown ledger of the test's own."""
    shutil.copy(grown_file, tmp_path / "grown.sqlite")
    return f"sqlite:///{tmp_path}/grown.sqlite"


def copy(source, target, **more):
    """What `bijia ledger copy` does."""
    from_here, to_there = moving.open_existing(source, "--from"), moving.open_any(target, "--to")
    try:
        return moving.copy(from_here, to_there, now=wall(), **more)
    finally:
        from_here.close()
        to_there.close()


def digests(url):
    database = Database(url)
    try:
        return moving.digests(database)
    finally:
        database.close()


def tables_of(url):
    database = Database(url)
    with database.read() as connection:
        found = [
            tuple(row)
            for name in ("observations", "offers", "runs", "pages", "alembic_version")
            if database.engine.dialect.has_table(connection, name)
            for row in connection.execute(text(f"SELECT * FROM {name}"))  # noqa: S608
        ]
    database.close()
    return found


def test_every_table_is_copied_or_built_anew():
    copied = {table.name for table in moving.COPIED}

    assert copied | moving.REBUILT == set(schema.metadata.tables)
    assert copied & moving.REBUILT == set()


def test_a_grown_ledger_moves_there_and_back(grown, empty_database_url, tmp_path):
    there = copy(grown, empty_database_url)
    back = copy(empty_database_url, f"sqlite:///{tmp_path}/back/ledger.sqlite")

    assert there.tables == back.tables == digests(grown) == digests(empty_database_url)
    rows = {one.table: one.rows for one in there.tables}
    assert sum(rows.values()) == there.rows
    assert all(rows.values()), rows
    with Ledger.open(grown) as old, Ledger.open(empty_database_url) as new:
        assert (damage(new), believed(new)) == (damage(old), believed(old))
        assert new.schedules.all() == old.schedules.all()
        assert new.corrections.in_force() == old.corrections.in_force()


def test_a_digest_notices_any_value(grown):
    before = digests(grown)
    with Ledger.open(grown) as ledger, ledger.database.write() as connection:
        connection.execute(
            text("UPDATE pages SET reason = reason || ' ' WHERE id = (SELECT max(id) FROM pages)")
        )

    after = digests(grown)

    assert [a.table for a, b in zip(after, before, strict=True) if a != b] == ["pages"]
    assert [one.rows for one in after] == [one.rows for one in before]


def test_a_copy_is_a_ledger_like_any_other(grown, empty_database_url):
    """Numbers go on behind the highest, what was seen stays, a dead worker's run is taken up, the index is the same."""
    copy(grown, empty_database_url)
    with Ledger.open(grown) as old, Ledger.open(empty_database_url) as new:
        built = [make_indexer(one).rebuild().run("v", report=lambda _: None).digest for one in (old, new)]
        assert built[0] == built[1]

        newest = new.observations.newest_number()
        taken_up = new.runs.claim("w", now=wall())
        assert taken_up.fence == 2
        new.runs.abort(taken_up, "over", now=wall())
        committed = one_page_run(new, seen("new", "5.00", at=10**6), seconds=10**7)
        assert committed.added == 1
        assert new.observations.newest_number() > newest
        assert damage(new) == damage(old) == []
        with pytest.raises(Exception, match="append-only"), new.database.write() as connection:
            connection.execute(text("DELETE FROM observations"))


def test_numbers_go_on_behind_the_last_that_was_ever_given(grown, empty_database_url):
    """Generations too, though none is copied: an index of the old ledger is never taken for one of the new."""
    with Ledger.open(grown) as old:
        for _ in range(3):
            gone = old.projections.begin("v", now=wall()).id
            old.projections.remove(gone)
        last_run = old.runs.newest(limit=1)[0].id

    copy(grown, empty_database_url)

    with Ledger.open(empty_database_url) as new:
        assert new.projections.begin("v", now=wall()).id == gone + 1
        assert new.runs.request("jd", [], now=wall()) == last_run + 1


def test_what_the_source_gains_meanwhile_is_carried_over_by_another_pass(grown, empty_database_url):
    with Ledger.open(grown) as old:
        gains = iter([seen("late", "5.00", at=10**6)])

        def report(_done, _total, note):
            if note == "sightings" and (one := next(gains, None)) is not None:
                one_page_run(old, one, seconds=10**7, marketplace="taobao")
                old.hosts.park("b.example", wall(), "late")

        copied = copy(grown, empty_database_url, report=report)

    assert copied.tables == digests(grown) == digests(empty_database_url)


def test_a_copy_of_a_copy_carries_nothing_over(grown, empty_database_url):
    first = copy(grown, empty_database_url)
    again = copy(grown, empty_database_url)

    assert (again.tables, again.rows) == (first.tables, 0)


def test_two_copies_at_once_make_one_ledger(grown, empty_database_url, monkeypatch):
    monkeypatch.setattr(moving, "BATCH", 10)
    migrated = Database(empty_database_url)
    migrate.upgrade(migrated)
    migrated.close()
    start, ends = threading.Barrier(2), []

    def work():
        start.wait()
        try:
            ends.append(copy(grown, empty_database_url).tables)
        except InvalidInput as error:
            ends.append(str(error))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    whole = digests(grown)
    assert digests(empty_database_url) == whole
    assert {end if isinstance(end, str) else "copied" for end in ends} <= {
        "copied",
        "another copy into the target has finished meanwhile",
    }
    assert whole in ends


# ── what is refused ────────────────────────────────────────────────────────────────────────────────


def test_a_run_that_goes_on_is_waited_for(grown, empty_database_url):
    with Ledger.open(grown) as old:
        run_id = old.runs.request("taobao", ["手机"], now=wall())
        old.runs.claim("w", now=wall(), run_id=run_id)

    with pytest.raises(InvalidInput, match=f"run {run_id} is going on"):
        copy(grown, empty_database_url)

    assert tables_of(empty_database_url) == []


def test_a_target_that_holds_another_ledger_is_left_alone(grown, database_url):
    with Ledger.open(database_url) as other:
        one_page_run(other, seen("mine", "1.00"))
    before = tables_of(database_url)

    with pytest.raises(InvalidInput, match=r"another one: .*observations.* differ; nothing was written"):
        copy(grown, database_url)

    assert tables_of(database_url) == before


def test_a_target_that_is_something_else_is_left_alone(grown, empty_database_url):
    database = Database(empty_database_url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE letters (id INTEGER)"))

    with pytest.raises(InvalidInput, match="not empty: it has a table 'letters'"):
        copy(grown, empty_database_url)

    assert tables_of(empty_database_url) == []
    database.close()


def test_a_service_that_was_started_on_the_target_before_is_no_hindrance(grown, database_url):
    with Ledger.open(database_url) as new:
        make_indexer(new)
        new.marketplaces.register({})

    assert copy(grown, database_url).tables == digests(database_url)


def test_other_schemas_are_refused(grown, empty_database_url, tmp_path):
    old = Database(f"sqlite:///{tmp_path}/old.sqlite")
    migrate.upgrade(old, "0001")
    old.close()
    with pytest.raises(SchemaOutdated):
        copy(f"sqlite:///{tmp_path}/old.sqlite", empty_database_url)
    assert tables_of(empty_database_url) == []

    target = Database(empty_database_url)
    migrate.upgrade(target, "0001")
    target.close()
    with pytest.raises(SchemaOutdated):
        copy(grown, empty_database_url)
    assert tables_of(empty_database_url) == [("0001",)]


def test_part_of_another_copy_is_left_alone(grown, migrated_sqlite, empty_database_url, tmp_path):
    cut_off(grown, empty_database_url)
    before = tables_of(empty_database_url)
    shutil.copy(migrated_sqlite, tmp_path / "other.sqlite")

    with pytest.raises(InvalidInput, match="part of another ledger"):
        copy(f"sqlite:///{tmp_path}/other.sqlite", empty_database_url)

    assert tables_of(empty_database_url) == before


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("x", "sqlite:///{}/b.sqlite", "--from: not a database address"),
        ("sqlite:///{}/none/a.sqlite", "sqlite:///{}/none/b.sqlite", "--from: there is no file"),
        ("sqlite:///:memory:", "sqlite:///{}/b.sqlite", "--from: there is no file"),
        ("{grown}", "mysql://a/b", "--to: mysql is not supported"),
        ("{grown}", "{grown}", "onto itself"),
        ("{grown}", "postgresql+psycopg://bijia:secret@127.0.0.1:1/none", "connection failed"),
        ("postgresql+psycopg://bijia:secret@127.0.0.1:1/none", "sqlite:///{}/b.sqlite", "connection failed"),
    ],
)
def test_wrong_addresses_are_clear_errors_and_nothing_is_made(grown, tmp_path, source, target, words):
    before = sorted(tmp_path.rglob("*"))
    arguments = [part.format(tmp_path, grown=grown) for part in ("--from", source, "--to", target)]

    result = CliRunner().invoke(app, ["ledger", "copy", *arguments])

    assert result.exit_code in {1, 2}
    assert words in result.stderr
    assert "secret" not in result.stderr
    assert sorted(p for p in tmp_path.rglob("*") if not p.name.endswith(("-wal", "-shm"))) == before


def test_the_commands_say_what_both_sides_hold(grown, empty_database_url):
    copied = CliRunner().invoke(app, ["ledger", "copy", "--from", grown, "--to", empty_database_url])
    told = CliRunner().invoke(app, ["ledger", "digest", "--url", empty_database_url])

    assert (copied.exit_code, told.exit_code) == (0, 0), copied.stderr + told.stderr
    lines = copied.stdout.splitlines()
    assert lines[:-1] == told.stdout.splitlines()
    assert lines[-1].startswith("equal on both sides; ")
    as_json = CliRunner().invoke(app, ["ledger", "digest", "--url", grown, "--json"])
    assert [f'"{one.digest}"' in as_json.stdout for one in digests(grown)] == [True] * len(moving.COPIED)


# ── kills ──────────────────────────────────────────────────────────────────────────────────────────


class CutOff(Exception):
    """What a kill does, without the killing."""


def cut_off(source, target):
    def report(_done, _total, note):
        if note == "observations":
            raise CutOff

    with pytest.raises(CutOff):
        copy(source, target, report=report)


def test_half_a_ledger_is_opened_by_nobody(grown, empty_database_url):
    cut_off(grown, empty_database_url)

    for migrated in (False, True):
        with pytest.raises(LedgerUnavailable, match="not finished"):
            Ledger.open(empty_database_url, migrated=migrated)
    with pytest.raises(LedgerUnavailable, match="not finished"):
        digests(empty_database_url)
    copy(grown, empty_database_url)
    Ledger.open(empty_database_url).close()


def test_what_changed_since_a_copy_was_cut_off_is_carried_over(grown, empty_database_url):
    """The service was started again on the old ledger in between: rows that were copied have other values now."""
    cut_off(grown, empty_database_url)
    with Ledger.open(grown) as old:
        old.schedules.delete(old.schedules.all()[0].id, now=wall())
        run = old.runs.claim("w", now=wall())
        old.runs.abort(run, "over", now=wall())
        one_page_run(old, seen("1", "9.00", at=3600), seconds=10**7, marketplace="taobao")
        with old.database.write() as connection:
            connection.execute(text("DELETE FROM marketplaces WHERE slug = 'taobao'"))

    copied = copy(grown, empty_database_url)

    assert copied.tables == digests(grown) == digests(empty_database_url)


def test_a_number_that_was_committed_late_is_not_passed_over(grown, empty_database_url):
    """As PostgreSQL does it: 5 is there to be read, and 3 is not yet. Twin: only what lies behind the highest number."""

    def say(number):
        with Ledger.open(grown) as old, old.database.write() as connection:
            connection.execute(
                schema.corrections.insert().values(
                    id=number, kind="same", left_key="jd:1:", right_key="jd:2:", author="x", recorded_us=1
                )
            )

    say(5)
    cut_off(grown, empty_database_url)
    say(3)

    copied = copy(grown, empty_database_url)

    assert copied.tables == digests(grown) == digests(empty_database_url)


def test_rows_that_never_change_and_differ_are_no_copy(grown, empty_database_url):
    cut_off(grown, empty_database_url)
    target = Database(empty_database_url)
    with target.write() as connection:
        connection.execute(
            schema.corrections.insert().values(
                id=99, kind="same", left_key="a", right_key="b", author="x", recorded_us=1
            )
        )
    target.close()

    with pytest.raises(InvalidInput, match="the target holds other corrections than the source"):
        copy(grown, empty_database_url)

    with pytest.raises(LedgerError):
        Ledger.open(empty_database_url)


@pytest.fixture(scope="module")
def host():
    with forks("tests.support.copying:copy") as host:
        yield host


@pytest.mark.slow
@pytest.mark.crash
@pytest.mark.timeout(300)
def test_a_copy_that_is_killed_anywhere_goes_on_where_it_was(host, grown, empty_database_url):
    """Also while the tables are made; a later life dies later, so that in the end one does not."""
    dice, deaths, before = random.Random(SEED), 0, 0
    for life in range(60):
        die_at = 20 if life == 0 else dice.randrange(1, 40 + 10 * life)
        status = host.start("copy", source=grown, target=empty_database_url, die_at=die_at).wait()
        if status == 0:
            break
        assert status == -signal.SIGKILL, SEED
        deaths += 1
        there = len(tables_of(empty_database_url))
        assert there >= before, SEED
        before = there
        if there > 1:
            with pytest.raises(LedgerUnavailable):
                Ledger.open(empty_database_url)

    assert deaths >= 5, SEED
    assert before > 100, SEED
    assert digests(empty_database_url) == digests(grown)
    with Ledger.open(empty_database_url) as new:
        assert damage(new) == []
