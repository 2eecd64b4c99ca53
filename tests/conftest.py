"""Fixtures every room's tests share: databases on both dialects, and what CI may not skip."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from ledger.database import Database
from ledger.ledger import Ledger
from tests.support import scale_up
from tests.support.elasticsearch import ElasticsearchAddress, ElasticsearchServer
from tests.support.elasticsearch_distribution import installation
from tests.support.places import embedded_place, scaled_place
from tests.support.postgres import WANTED, PostgresAddress, PostgresServer, find_binaries
from tests.support.server_process import Missing

IN_CI = os.environ.get("CI") == "true"
SERVERS = pytest.StashKey[dict[str, int]]()
"""The ports of what `make scale-up` runs, by name."""
NEEDS = "needs {}: "
"""How the reason of a skipped test begins when a server is missing."""

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


def pytest_configure(config):
    """Asked once, and told to the workers: they must all group tests alike."""
    told = getattr(config, "workerinput", {}).get("scale-up")
    config.stash[SERVERS] = scale_up.running() if told is None else told


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["scale-up"] = node.config.stash[SERVERS]


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in the same hook
def pytest_collection_modifyitems(config, items):
    """What shares something that is costly to make runs in one process."""
    marks = {"postgres": scale_up.POSTGRES, "elasticsearch": scale_up.ELASTICSEARCH}
    started_here = [mark for mark, name in marks.items() if name not in config.stash[SERVERS]]
    for item in items:
        for mark in started_here:
            if item.get_closest_marker(mark) and not item.get_closest_marker("crash"):
                item.add_marker(pytest.mark.xdist_group(mark))
        if "tests/api/pages/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("pages"))


def pytest_runtest_makereport(item, call):
    """In CI nothing may be skipped: what a machine lacks, `.ci/run` installs."""
    if IN_CI and call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception):
        failure = AssertionError(f"skipped in CI: {item.nodeid}: {call.excinfo.value}")
        call.excinfo = pytest.ExceptionInfo.from_exception(failure.with_traceback(call.excinfo.tb))


def pytest_terminal_summary(terminalreporter):
    """One line on what was left out for want of a server, and how to include it."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    counts = {
        name: sum(NEEDS.format(name) in reason for reason in reasons)
        for name in (scale_up.POSTGRES, scale_up.ELASTICSEARCH)
    }
    left_out = ", ".join(f"{count} tests that need {name}" for name, count in counts.items() if count)
    if left_out:
        how = "`make scale-up` starts what is missing, `make test` then finds it"
        terminalreporter.write_line(f"left out: {left_out} ({how})", yellow=True)


@pytest.fixture(scope="session")
def servers_folder():
    """Where servers of this process keep their data: not in pytest's folder, which each new session of pytest closes to
    the unprivileged user they run as."""
    with tempfile.TemporaryDirectory(prefix="bijia-test-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres_server(request, servers_folder):
    """The PostgreSQL of `make scale-up`, else one of our own that is gone with the session."""
    port = request.config.stash[SERVERS].get(scale_up.POSTGRES)
    if port is not None:
        address = PostgresAddress(port)
        yield address
        address.drop_databases()
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.skip(NEEDS.format(scale_up.POSTGRES) + f"this machine lacks {WANTED}")
    folder = servers_folder / "postgres"
    folder.mkdir()
    server = PostgresServer.start(binaries, folder)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def elasticsearch_server(request, servers_folder):
    """The Elasticsearch of `make scale-up`, else one of our own if that needs no network.

    Shared by all tests, and by all workers when it is scale-up's: each test makes indices under a name of its own and
    deletes them. What kills a node or changes its settings starts its own (`elasticsearch_installation`).
    """
    port = request.config.stash[SERVERS].get(scale_up.ELASTICSEARCH)
    if port is not None:
        yield ElasticsearchAddress(port)
        return
    found = request.getfixturevalue("elasticsearch_installation")
    folder = servers_folder / "elasticsearch"
    folder.mkdir()
    server = ElasticsearchServer.start(found, folder)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def elasticsearch_installation():
    """What it takes to start nodes; skipped where the archive is not in the cache or there is no JDK."""
    try:
        return installation(may_fetch=False)
    except Missing as missing:
        pytest.skip(NEEDS.format(scale_up.ELASTICSEARCH) + f"this machine lacks {missing}")


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
    return migrated_postgres(request.getfixturevalue("postgres_server"))


def migrated_postgres(server):
    """The address of a migrated, empty ledger on PostgreSQL."""
    if server.template is None:
        url = server.new_database()
        Ledger.open(url, migrated=True).close()
        server.template = url.rpartition("/")[2]
    return server.new_database(template=server.template)


SIZES = ["embedded", pytest.param("scaled", marks=[pytest.mark.postgres, pytest.mark.elasticsearch])]
"""One machine, and what it is outgrown with."""


@pytest.fixture(params=SIZES)
def place(request, tmp_path):
    """A migrated, empty ledger and an index that is not built yet: on SQLite and tantivy, on PostgreSQL and Elasticsearch."""
    with open_place(request, tmp_path) as place:
        yield place


@pytest.fixture(scope="module", params=SIZES)
def module_place(request, tmp_path_factory):
    """As `place`, for all tests of a module."""
    with open_place(request, tmp_path_factory.mktemp("place")) as place:
        yield place


@pytest.fixture
def embedded_and_scaled(request, tmp_path):
    """A place of each size."""
    url = migrated_postgres(request.getfixturevalue("postgres_server"))
    with scaled_place(url, request.getfixturevalue("elasticsearch_server")) as place:
        yield embedded_place(tmp_path), place


@contextmanager
def open_place(request, folder):
    """The place that the fixture's parameter names."""
    if request.param == "embedded":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), folder / "ledger.sqlite")
        yield embedded_place(folder)
        return
    url = migrated_postgres(request.getfixturevalue("postgres_server"))
    with scaled_place(url, request.getfixturevalue("elasticsearch_server")) as place:
        yield place


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
