"""The smaller repositories: hosts, marketplaces, projections; and the schema itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from catalog.errors import (
    ConfigurationError,
    LedgerUnavailable,
    NotFound,
    SchemaOutdated,
    StaleFence,
)
from catalog.listing import Marketplace, SourceKind
from ledger import migrate
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.projections import Assignment, DeadLetter, GenerationState, Step
from ledger.schema import NOT_ON_POSTGRESQL, metadata
from tests.support.runs import at


def advance(ledger, generation_id, step, lease):
    ledger.projections.advance(generation_id, [step], [lease], now=at(1))


def test_a_shorter_wait_never_replaces_a_longer_one(ledger):
    assert ledger.hosts.parked_until("a.example") is None

    ledger.hosts.park("a.example", at(100), "Retry-After")
    ledger.hosts.park("a.example", at(50), "back-off")

    assert ledger.hosts.parked_until("a.example") == at(100)


def test_the_register_of_marketplaces_is_replaced_whole(ledger):
    jd = Marketplace("jd", "京东", "CNY", "zh-CN", SourceKind.API, needs_keywords=True)
    shop = Marketplace("shop", "小店", "CNY", "zh-CN", SourceKind.WEB, needs_keywords=False)
    ledger.marketplaces.register({shop: True})
    ledger.marketplaces.register({shop: False, jd: True})

    assert list(ledger.marketplaces.all().items()) == [(jd, True), (shop, False)]
    assert ledger.marketplaces.get("jd") == jd
    with pytest.raises(NotFound):
        ledger.marketplaces.get("x")


def test_a_command_beside_a_service_takes_no_marketplace_away(ledger):
    jd = Marketplace("jd", "京东", "CNY", "zh-CN", SourceKind.API, needs_keywords=True)
    shop = Marketplace("shop", "小店", "CNY", "zh-CN", SourceKind.WEB, needs_keywords=False)
    ledger.marketplaces.register({jd: True, shop: False})
    ledger.marketplaces.add({jd: False, shop: True})

    assert ledger.marketplaces.all() == {jd: True, shop: True}


def test_processes_that_register_at_the_same_time_do_not_disturb_each_other(ledger):
    found = {
        Marketplace(slug, slug, "CNY", "zh-CN", SourceKind.API, needs_keywords=True): slug == "b"
        for slug in "cab"
    }
    with ThreadPoolExecutor(8) as pool:
        for done in [
            pool.submit(write, found)
            for _ in range(20)
            for write in (ledger.marketplaces.add, ledger.marketplaces.register)
        ]:
            done.result()

    assert {m.slug: is_configured for m, is_configured in ledger.marketplaces.all().items()} == {
        "a": False,
        "b": True,
        "c": False,
    }


def test_one_generation_is_searched_at_a_time(ledger):
    first = ledger.projections.begin("v1", now=at(0))
    assert ledger.projections.active() is None
    ledger.projections.activate(first.id, now=at(1))
    second = ledger.projections.begin("v1", now=at(2))
    ledger.projections.activate(second.id, now=at(3))

    assert ledger.projections.active().id == second.id
    assert [g.state for g in ledger.projections.all()] == [GenerationState.RETIRED, GenerationState.ACTIVE]
    ledger.projections.remove(first.id)
    assert [g.id for g in ledger.projections.all()] == [second.id]


def test_a_generation_that_was_removed_does_not_retire_the_one_that_is_searched(ledger):
    first = ledger.projections.begin("v1", now=at(0))
    ledger.projections.activate(first.id, now=at(1))
    taken_for_dead = ledger.projections.begin("v1", now=at(2))
    ledger.projections.remove(taken_for_dead.id)

    with pytest.raises(NotFound):
        ledger.projections.activate(taken_for_dead.id, now=at(3))

    assert ledger.projections.active().id == first.id


def test_a_batch_and_its_cursor_are_stored_together(ledger):
    generation = ledger.projections.begin("v1", now=at(0))
    lease = ledger.projections.take_lease("follower", "me", now=at(0), seconds=10)

    made = (Assignment(1, 5, 1, "p", "{}"), Assignment(2, 6, 1, "p", "{}"))
    advance(ledger, generation.id, Step(0, 7, made=made), lease)
    advance(ledger, generation.id, Step(0, 9, made=[Assignment(2, 8, 2, "q", '{"rule":"x"}')]), lease)

    assert ledger.projections.all()[0].cursor == 9
    assert ledger.projections.assignments(generation.id) == [
        Assignment(1, 5, 1, "p", "{}"),
        Assignment(2, 8, 2, "q", '{"rule":"x"}'),
    ]
    with pytest.raises(NotFound):
        advance(ledger, 99, Step(0, 1), lease)


def test_partitions_have_a_cursor_each_and_an_offer_may_change_over(ledger):
    generation = ledger.projections.begin("v1", now=at(0), partitions=2)
    lease = ledger.projections.take_lease("follower", "me", now=at(0), seconds=10)
    advance(ledger, generation.id, Step(1, 9, made=[Assignment(2, 8, 8, "q", "{}")]), lease)
    assert ledger.projections.all()[0].cursor == 0, "as far as the partition that is furthest behind"

    advance(ledger, generation.id, Step(0, 5, made=[Assignment(2, 3, 3, "p", "{}")]), lease)
    advance(ledger, generation.id, Step(0, 9, left=[2]), lease)

    assert ledger.projections.positions(generation.id) == {0: 9, 1: 9}
    assert ledger.projections.assignments(generation.id, 0) == []
    assert ledger.projections.assignments(generation.id, 1) == [Assignment(2, 8, 8, "q", "{}")]


def test_what_the_engine_refused_is_kept_until_it_takes_it(ledger):
    generation = ledger.projections.begin("v1", now=at(0))
    lease = ledger.projections.take_lease("follower", "me", now=at(0), seconds=10)
    refused = [DeadLetter(0, "p", 5, "too long"), DeadLetter(0, "q", 6, "too long")]
    advance(ledger, generation.id, Step(0, 6, refused=refused), lease)
    assert ledger.projections.dead_letters(generation.id) == refused

    assert ledger.projections.ask_again(generation.id) == 2
    assert all(letter.is_asked_again for letter in ledger.projections.dead_letters(generation.id))
    again = Step(0, 6, taken=["q"], refused=[DeadLetter(0, "p", 5, "still too long")])
    advance(ledger, generation.id, again, lease)

    assert ledger.projections.dead_letters(generation.id) == [
        DeadLetter(0, "p", 5, "still too long", attempts=2)
    ]


def test_members_of_a_group_are_counted_while_they_say_so(ledger):
    count = partial(ledger.projections.announce, "followers", seconds=10)
    assert count("a", now=at(0)) == 1
    assert count("b", now=at(5)) == 2
    assert count("b", now=at(11)) == 1, "a has fallen silent"
    assert count("a", now=at(12)) == 2

    ledger.projections.leave("followers", "b")
    assert count("a", now=at(13)) == 1


def test_one_owner_holds_a_lease_and_a_late_one_cannot_write(ledger):
    generation = ledger.projections.begin("v1", now=at(0))
    mine = ledger.projections.take_lease("follower", "me", now=at(0), seconds=10)

    assert ledger.projections.take_lease("follower", "you", now=at(10), seconds=10) is None
    assert ledger.projections.take_lease("follower", "me", now=at(10), seconds=10) == mine
    assert ledger.projections.lease_holder("follower", now=at(20)) == "me"
    yours = ledger.projections.take_lease("follower", "you", now=at(21), seconds=10)

    assert yours.fence == mine.fence + 1
    with pytest.raises(StaleFence):
        advance(ledger, generation.id, Step(0, 3), mine)
    ledger.projections.release_lease(mine)
    assert ledger.projections.lease_holder("follower", now=at(22)) == "you"
    ledger.projections.release_lease(yours)
    assert ledger.projections.lease_holder("follower", now=at(22)) is None


def test_migrations_make_the_schema_that_the_code_describes(database):
    def is_ours(_object, name, kind, _reflected, _other):
        is_partition = kind == "table" and name.startswith("observations_")
        return not is_partition and (database.is_sqlite or name not in NOT_ON_POSTGRESQL)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_migrations_go_up_down_and_up_again(empty_database_url):
    database = Database(empty_database_url)
    assert migrate.current(database) is None

    migrate.upgrade(database)
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.HEAD

    migrate.downgrade(database, "base")
    with pytest.raises(SchemaOutdated):
        migrate.require_head(database)
    migrate.upgrade(database)
    Ledger(database).runs.request("jd", ["x"], now=at(0))
    database.close()


def test_the_newest_migration_is_the_one_the_code_asks_for(repository_root):
    versions = sorted((repository_root / "ledger/migrations/versions").glob("[0-9]*.py"))

    assert versions[-1].name.startswith(migrate.HEAD)


def test_an_old_schema_is_refused(empty_database_url):
    with pytest.raises(SchemaOutdated):
        Ledger.open(empty_database_url)


@pytest.mark.parametrize("url", ["", "x", "mysql://a/b", "postgresql+nosuch://a/b", "sqlite+x:///"])
def test_an_address_that_is_no_ledger_is_a_clear_error(url):
    with pytest.raises(ConfigurationError, match="BIJIA_DATABASE_URL"):
        Database(url)


def test_a_dead_database_server_is_a_clear_error():
    with pytest.raises(LedgerUnavailable):
        Database("postgresql+psycopg://bijia@127.0.0.1:1/none").ping()


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database, but long enough to look like one" * 50)

    with pytest.raises(LedgerUnavailable):
        Database(f"sqlite:///{path}").ping()
