"""Fixtures every room's tests share: databases on both dialects, and what CI may not skip."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from ledger.database import Database
from ledger.ledger import Ledger
from tests.support.postgres import PostgresServer, find_binaries

IN_CI = os.environ.get("CI") == "true"

settings.register_profile(
    "house",
    deadline=None,  # machines are shared and noisy; speed is measured in tests/bench
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink],
    print_blob=True,
)
settings.register_profile(
    "check", settings.get_profile("house"), max_examples=25
)  # `make check`: a first look
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """What shares something that is costly to make runs in one process."""
    for item in items:
        if item.get_closest_marker("postgres") and not item.get_closest_marker("crash"):
            item.add_marker(pytest.mark.xdist_group("postgres"))
        if "tests/api/pages/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("pages"))


def pytest_runtest_makereport(item, call):
    """In CI nothing may be skipped: what a machine lacks, `.ci/run` installs."""
    if IN_CI and call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception):
        message = f"skipped in CI: {item.nodeid}: {call.excinfo.value}"
        call.excinfo = pytest.ExceptionInfo.from_exception(AssertionError(message))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory):
    """A PostgreSQL of our own, gone with the session."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine")
    server = PostgresServer.start(binaries, tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory):
    """An empty, migrated SQLite file to copy: migrating costs more than most tests."""
    path = tmp_path_factory.mktemp("template") / "ledger.sqlite"
    Ledger.open(f"sqlite:///{path}", migrated=True).close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def dialect(request):
    """Each database there is."""
    return request.param


@pytest.fixture
def empty_database_url(request, dialect, tmp_path):
    """The address of a database without a schema."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite"
    return request.getfixturevalue("postgres_server").new_database()


@pytest.fixture
def database_url(request, dialect, tmp_path):
    """The address of a migrated, empty ledger on each dialect."""
    if dialect == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "ledger.sqlite")
        return f"sqlite:///{tmp_path}/ledger.sqlite"
    server = request.getfixturevalue("postgres_server")
    if server.template is None:
        url = server.new_database()
        Ledger.open(url, migrated=True).close()
        server.template = url.rpartition("/")[2]
    return server.new_database(template=server.template)


@pytest.fixture
def database(database_url):
    """A migrated database on each dialect."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def ledger(database):
    """A ledger on each dialect."""
    return Ledger(database)


@pytest.fixture
def sqlite_ledger(migrated_sqlite, tmp_path):
    """A ledger on SQLite only, for tests that are not about the database."""
    shutil.copy(migrated_sqlite, tmp_path / "ledger.sqlite")
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        yield ledger


@pytest.fixture(scope="session")
def repository_root():
    """The checkout."""
    return Path(__file__).parent.parent
