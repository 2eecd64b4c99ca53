"""A cluster that is not what the settings say, or that stopped taking part: on a real one, with TLS and passwords.

In each case every command ends with a status and one line that names the setting or the next command, `/readyz` says no
with the reason, nothing in the ledger is lost, and when the cause is gone the same process goes on by itself.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.commands import doctor
from api.services import Services
from catalog.errors import ConfigurationError, SearchRefused
from indexer.bootstrap import Indexer
from tests.support.certificates import Authority
from tests.support.elasticsearch import ElasticsearchServer
from tests.support.elsewhere import open_elsewhere
from tests.support.gate import Gate
from tests.support.index import MARKETPLACES, analyser, reader
from tests.support.logs import everything_logged
from tests.support.processes import wait_until
from tests.support.runs import at
from tests.support.searching import running, thread_per
from tests.support.service import COMMANDS, Service, environment, said, told
from tests.support.troubles import (
    PASSWORD,
    USER,
    WRONG_PASSWORD,
    indexes,
    on_cluster,
    shard_lost,
    troubles,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("wrong-cluster"),
]

API_KEY = base64.b64encode(b"planted-id:planted-key").decode()
SOON_S = 20
"""How long it may take to go on; 1 to 3 s on a quiet machine."""
HASTE = {
    "follow.POLL_S": 0.02,
    "follow.RETRY_S": 0.1,
    "follow.LOOK_S": 0.2,
    "engines.elasticsearch.connection.READ_S": 1.0,
    "engines.elasticsearch.engine.READ_S": 1.0,
    "engines.elasticsearch.connection.MANAGE_S": 4.0,
    "engines.elasticsearch.connection.WRITE_S": 2.0,
    "engines.elasticsearch.connection.PATIENCE_S": 0.5,
    "engines.elasticsearch.writing.PATIENCE_S": 0.5,
    "engines.elasticsearch.writing.SHARD_WAIT": "1s",
    "engines.elasticsearch.store.SHARD_WAIT": "2s",
}
"""What is measured is what is said, not how long is waited."""


@pytest.fixture(scope="module")
def node(elasticsearch_installation):
    with tempfile.TemporaryDirectory(prefix="bijia-wrong-", ignore_cleanup_errors=True) as folder:
        node = ElasticsearchServer.start(
            elasticsearch_installation,
            Path(folder),
            settings={"cluster.info.update.interval": "10s", "resource.reload.interval.high": "300ms"},
            users={USER: PASSWORD},
            authority=Authority(),
        )
        yield node
        node.stop()


@pytest.fixture(scope="module")
def gate(node):
    with Gate(node.port) as gate:
        yield gate


@pytest.fixture(autouse=True)
def _hasty(monkeypatch):
    for name, value in HASTE.items():
        monkeypatch.setattr(f"indexer.{name}", value)
    monkeypatch.setattr(Indexer, "reader", property(lambda _: reader()))
    monkeypatch.setattr(Indexer, "analyser", property(lambda _: analyser()))
    monkeypatch.setattr(
        doctor, "_marketplaces", lambda: iter(())
    )  # of a process of its own; not about the index
    monkeypatch.setattr(Services.__init__, "__defaults__", (lambda: at(3600),))


@contextmanager
def own_index(node, port, folder):
    """The environment of a process with a name of its own on the cluster."""
    index = f"t{uuid.uuid4().hex[:12]}"
    url = f"https://127.0.0.1:{port}"
    with environment(folder, URL=url, USER=USER, PASSWORD=PASSWORD, CA_FILE=node.ca_file, INDEX=index):
        yield index
    for name in indexes(node, index):
        delete(node, name)


def delete(node, name):
    assert node.ask("DELETE", f"/{name}")[0] == 200


def close(node, name):
    assert node.ask("POST", f"/{name}/_close")[0] == 200


@pytest.fixture(scope="module")
def template(node, migrated_sqlite, tmp_path_factory):
    """A ledger with one offer, and its index; nobody writes to either."""
    folder = tmp_path_factory.mktemp("wrong-cluster")
    shutil.copy(migrated_sqlite, folder / "ledger.sqlite")
    with own_index(node, node.port, folder) as index:
        with Service() as service:
            service.ledger.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
            service.see()
            service.build()
        yield folder, index


@pytest.fixture
def index(node, gate, template, tmp_path):
    """The ledger of `template`, and a name on the cluster that nobody else uses, reached through the gate."""
    shutil.copy(template[0] / "ledger.sqlite", tmp_path)
    with own_index(node, gate.port, tmp_path) as index:
        yield index


@pytest.fixture
def bystander(index, template, monkeypatch):
    """A process that searches the index of `template`."""
    monkeypatch.setenv("BIJIA_SEARCH_INDEX", template[1])
    with Service(seen=1) as service:
        assert service.found() == (200, 1)
        yield service


@pytest.fixture
def service(index):
    """A process that searches an index of its own."""
    with Service(seen=1) as service:
        service.build()
        assert service.found() == (200, 1)
        yield service


@pytest.fixture
def elsewhere(node, tmp_path):
    with open_elsewhere(tmp_path) as names:
        yield names | {"node": node.port}


def set_to(monkeypatch, settings):
    for name, value in settings.items():
        monkeypatch.setenv(f"BIJIA_SEARCH_{name}", value)


def all_is_well(service, offers):
    """What is asked of the index is answered, or answered again."""
    wait_until(lambda: service.is_current() and service.is_ready(), "ready", patience_s=SOON_S)
    wait_until(lambda: service.found() == (200, offers), "searched", patience_s=SOON_S)
    questions = ("status", "search", "doctor")
    assert {name: told(name).status for name in questions} == dict.fromkeys(questions, 0)


# ── settings that name no cluster of ours ──────────────────────────────────────────────────────────

WRONG = {
    "another scheme": ({"URL": "ftp://127.0.0.1:9200"}, 2, "BIJIA_SEARCH_URL: 'ftp' is not supported; .*https://HOST:PORT"),
    "garbage for certificates": ({"CA_FILE": "{garbage}"}, 2, r"BIJIA_SEARCH_CA_FILE: .*garbage.pem holds no certificates \(PEM\)"),
    "a key with a line end": ({"USER": "", "PASSWORD": "", "API_KEY": "planted\n"}, 2, "BIJIA_SEARCH_API_KEY: no key has .*line ends"),
    "nobody listens": ({"URL": "https://127.0.0.1:{closed}"}, 1, r"cannot be reached \(BIJIA_SEARCH_URL\).*refused"),
    "no such host": ({"URL": "https://cluster.invalid:9200"}, 1, r"cluster.invalid:9200 cannot be reached \(BIJIA_SEARCH_URL\)"),
    "a black hole": ({"URL": "https://127.0.0.1:{silent}"}, 1, r"\(BIJIA_SEARCH_URL\) gave no answer in time"),
    "another authority": ({"CA_FILE": "{stranger}"}, 1, "BIJIA_SEARCH_CA_FILE: the certificate of .* is not trusted"),
    "no authority": ({"CA_FILE": ""}, 1, "BIJIA_SEARCH_CA_FILE: the certificate of .* is not trusted"),
    "http to a port with TLS": ({"URL": "http://127.0.0.1:{node}", "CA_FILE": ""}, 1, r"\(BIJIA_SEARCH_URL, perhaps it is https\)"),
    "https to a port without": ({"URL": "https://127.0.0.1:{plain}"}, 1, "BIJIA_SEARCH_URL: no TLS with .*, perhaps it is http:"),
    "a wrong password": ({"PASSWORD": WRONG_PASSWORD}, 1, r"BIJIA_SEARCH_API_KEY: .* BIJIA_SEARCH_USER and _PASSWORD \(401\)"),
    "no password": ({"USER": "", "PASSWORD": ""}, 1, r"BIJIA_SEARCH_API_KEY: .* BIJIA_SEARCH_USER and _PASSWORD \(401\)"),
    "a wrong key": ({"USER": "", "PASSWORD": "", "API_KEY": API_KEY}, 1, r"BIJIA_SEARCH_API_KEY: .* does not accept the key.*\(401\)"),
}  # fmt: skip
"""The settings, the status with which commands end, and what they say."""


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_setting_is_named_and_costs_nothing(bystander, elsewhere, monkeypatch, what):
    wrong, status, says = WRONG[what]
    before = bystander.remembered()
    set_to(monkeypatch, {name: value.format_map(elsewhere) for name, value in wrong.items()})

    for name in COMMANDS:
        said(name, 1 if name == "doctor" else status, says)
    if status == 2:
        with pytest.raises(ConfigurationError, match=says), Service():
            pass
    else:
        with Service() as other:
            ready, checks = other.ready()
            assert (ready, checks["ledger"]) == (503, "ok")
            assert re.search(says, checks["search"]), checks
            answer, why = other.found()
            assert answer == 503
            assert re.search(says, why)

    assert bystander.remembered() == before
    assert bystander.found() == (200, 1)


def test_right_settings_work_and_of_several_nodes_one_may_be_dead(service, elsewhere, gate, monkeypatch):
    all_is_well(service, 1)
    nodes = f"https://127.0.0.1:{elsewhere['closed']},https://127.0.0.1:{gate.port}"
    set_to(monkeypatch, {"URL": nodes})
    with Service(seen=1) as other:
        assert told("rebuild").status == 0
        other.see()
        other.services.indexer.follower().catch_up()
        all_is_well(other, 2)


def test_processes_say_it_in_one_line_and_show_no_secret(bystander, monkeypatch):
    set_to(monkeypatch, {"PASSWORD": WRONG_PASSWORD})
    for name in ("status", "doctor"):
        program = [sys.executable, "-c", "from api.cli import main; main()", *COMMANDS[name]]
        done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=120)

        assert done.returncode == 1
        assert "BIJIA_SEARCH_API_KEY" in (done.stdout if name == "doctor" else done.stderr)
        assert done.stderr.count("\n") == (name == "status")
        assert WRONG_PASSWORD not in done.stdout + done.stderr


def test_no_secret_is_ever_logged_or_shown(service, monkeypatch):
    """Through whole sessions: with a wrong password, with a key, with what is right."""
    secrets = [PASSWORD, WRONG_PASSWORD, API_KEY, "planted-key"]
    secrets += [base64.b64encode(f"{USER}:{one}".encode()).decode() for one in (PASSWORD, WRONG_PASSWORD)]
    wrong = [{"PASSWORD": WRONG_PASSWORD}, {"PASSWORD": "", "USER": "", "API_KEY": API_KEY}]
    shown = []
    with everything_logged() as messages:
        for settings in (*wrong, {"PASSWORD": PASSWORD, "USER": USER, "API_KEY": ""}):
            set_to(monkeypatch, settings)
            with Service() as other:
                shown += [other.ready(), other.found(), vars(other.services), vars(other.services.indexer)]
                shown += [told(name) for name in COMMANDS]
                try:
                    other.services.indexer.follower().step()
                except SearchRefused as error:
                    shown += [error, error.__cause__, vars(error.__cause__)]

    everything = "\n".join([*messages, *map(repr, shown)])
    assert len(re.findall("^> Authorization: Basic <hidden>", everything, re.MULTILINE)) > 20
    assert "apikey authentication for id planted-id" in everything, "the cluster has read the key"
    assert [secret for secret in secrets if secret in everything] == []


# ── what happens to a cluster ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", troubles())
def test_a_trouble_is_named_until_it_is_over_and_loses_nothing(service, index, node, gate, what):
    trouble = troubles()[what]
    check = "search_writes" if trouble.is_searched else "search"

    def is_named():
        return re.search(trouble.says, service.ready()[1].get(check, ""))

    service.services.is_indexing = True
    with running(service.services.indexer.follower()):
        all_is_well(service, 1)
        with trouble.happens(node, gate, index):
            wait_until(is_named, f"{trouble.says} in {check}")
            service.see()
            before = service.remembered()

            said("status", 1, trouble.says)
            said("doctor", 1, trouble.says)
            if trouble.is_searched:
                assert told("search").status == 0
            else:
                said("search", 1, trouble.says)
            assert service.ready()[0] == 503
            assert service.found()[0] == (200 if trouble.is_searched else 503)
            with Service() as other:  # which only searches
                status, checks = other.ready()
                assert status == (200 if trouble.is_searched else 503)
                assert re.search(trouble.says, checks[check])
            assert not service.is_current()
            if trouble.is_mended_by_rebuild:
                assert told("rebuild").status == 0
            else:
                said("rebuild", 1, trouble.says)
        all_is_well(service, 2)
    assert service.remembered() == before


@pytest.mark.parametrize("do", [delete, close])
def test_an_index_that_is_gone_is_named_with_the_command_that_makes_it(service, index, node, do):
    (name,) = indexes(node, index)
    do(node, name)
    before = service.remembered()

    for one in ("status", "search", "doctor"):
        said(one, 1, "bijia index rebuild")
    status, checks = service.ready()
    assert status == 503
    assert re.search("BIJIA_SEARCH_INDEX: the index is .*bijia index rebuild", checks["search"])
    assert service.found()[0] == 503
    assert told("rebuild").status == 0
    all_is_well(service, 1)
    assert service.remembered() == before


def test_an_index_of_another_analyser_is_named_and_built_anew(service):
    schema, matcher, rest = service.services.indexer.version().split(".", 2)
    service.services.indexer.rebuild().run(f"{schema}.{matcher}.another-{rest}")
    before = service.remembered()

    with Service(seen=1) as other:
        for name in ("status", "search", "doctor"):
            said(name, 1, "built by another version.*bijia index rebuild")
        status, checks = other.ready()
        assert status == 503
        assert "bijia index rebuild" in checks["search"]
        assert told("rebuild").status == 0
        all_is_well(other, 1)
        assert other.remembered() == before


def test_what_is_deleted_while_it_is_followed_and_searched_comes_back_by_itself(service, index, node):
    """Twice, on a cluster that would make an index of the first write to a name that is not there."""
    stop, failed = threading.Event(), []

    def search(_):
        while not stop.wait(0.02):
            status, found = service.found()
            failed.extend([found] * (status != 200))

    careless = on_cluster({"action.auto_create_index": True})(node, None, index)
    with careless, running(service.services.indexer.follower()), thread_per(search, [None]):
        try:
            for _ in range(2):
                all_is_well(service, service.seen)
                for name in indexes(node, index):
                    delete(node, name)
                service.see()
                wait_until(service.is_current, "it is built again", patience_s=SOON_S)
        finally:
            stop.set()

    all_is_well(service, 3)
    assert failed
    assert [why for why in failed if "bijia index rebuild" not in why] == []


def test_an_alias_that_is_deleted_is_missed_by_nobody_and_put_back(service, index, node):
    (name,) = indexes(node, index)
    assert node.ask("DELETE", f"/{name}/_alias/{index}")[0] == 200

    all_is_well(service, 1)
    service.services.indexer.follower().catch_up()
    assert list(node.ask("GET", f"/_alias/{index}")[1]) == [name]


def test_a_lost_index_to_which_nothing_came_meanwhile_is_built_again(service, index, node, gate):
    """What cannot be read cannot be compared with either."""
    with shard_lost(node, gate, index):
        said("status", 1, "bijia index rebuild")
        assert told("rebuild").status == 0
    all_is_well(service, 1)
