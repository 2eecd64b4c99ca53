"""The Elasticsearch that tests start: killed with SIGKILL it comes back with its data, and none is ever left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support import elasticsearch_distribution
from tests.support.elasticsearch import ElasticsearchCluster, ElasticsearchServer
from tests.support.elasticsearch_distribution import DamagedArchive, verify
from tests.support.processes import is_alive, wait_until

on_a_server = [
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(600),  # six starts of a node, 12 s of processor time each
    pytest.mark.xdist_group("search-servers"),
]


@pytest.fixture
def folder():
    """Not pytest's: an unprivileged server must be able to reach it, and it is large."""
    with tempfile.TemporaryDirectory(prefix="bijia-search-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class TestOnAServer:
    pytestmark = on_a_server

    def test_a_killed_node_comes_back_with_what_it_acknowledged(self, elasticsearch_installation, folder):
        server = ElasticsearchServer.start(
            elasticsearch_installation,
            folder,
            settings={"thread_pool.write.queue_size": 5},
            users={"bijia": "open sesame"},
        )
        processes = server.process.group.pids()
        assert len(processes) == 2, "the launcher and the JVM"
        assert server.ask("PUT", "/goods", {"settings": {"number_of_replicas": 0}})[0] == 200
        assert server.ask("PUT", "/goods/_doc/1", {"title": "手机"})[0] == 201
        assert server.ask("PUT", "/mistyped/_doc/1", {})[0] == 404, "no index is made by mistake"

        server.kill()

        assert not any(map(is_alive, processes))
        assert not server.is_healthy()
        server.start_again()
        assert server.ask("GET", "/goods/_doc/1")[1]["_source"] == {"title": "手机"}
        settings = server.ask("GET", "/_nodes/settings?filter_path=**.write.queue_size")[1]
        assert '"queue_size": "5"' in str(settings).replace("'", '"')
        server.credentials = None
        assert server.ask("GET", "/goods/_doc/1")[0] == 401
        server.stop()
        assert not server.process.group.pids()

    def test_a_node_of_three_may_die(self, elasticsearch_installation, folder):
        cluster = ElasticsearchCluster.start(elasticsearch_installation, folder)
        first, second, _ = cluster.nodes
        shape = {"settings": {"number_of_shards": 1, "number_of_replicas": 2}}
        assert first.ask("PUT", "/goods?wait_for_active_shards=3", shape)[0] == 200
        assert first.ask("PUT", "/goods/_doc/1?wait_for_active_shards=3", {"title": "手机"})[0] == 201

        first.kill()

        cluster.wait()
        assert second.ask("GET", "/_cluster/health")[1]["number_of_nodes"] == 2
        assert second.ask("PUT", "/goods/_doc/2", {"title": "电脑"})[0] == 201
        cluster.start_again(status="green")
        assert first.ask("GET", "/goods/_count")[0] == 200
        assert first.ask("GET", "/goods/_doc/2?preference=_local")[1]["_source"] == {"title": "电脑"}
        cluster.stop()
        assert not any(node.process.group.pids() for node in cluster.nodes)

    @pytest.mark.usefixtures("elasticsearch_installation")
    def test_a_server_does_not_outlive_the_process_that_started_it(self, folder):
        program = (
            "import sys; from pathlib import Path\n"
            "from tests.support.elasticsearch import ElasticsearchServer\n"
            "from tests.support.elasticsearch_distribution import installation\n"
            "found, folder = installation(may_fetch=False), Path(sys.argv[1])\n"
            "server = ElasticsearchServer.launched(found, folder, settings={'discovery.type': 'single-node'})\n"
            "print(server.process.group.leader, flush=True)\n"
            "sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as starter:
            leader = int(starter.stdout.readline())
            assert is_alive(leader)
            os.kill(leader, signal.SIGSTOP)  # even one that cannot notice anything
            starter.kill()

        wait_until(lambda: not is_alive(leader), "the server is gone")


def test_a_damaged_archive_is_deleted_and_said_so(tmp_path, monkeypatch):
    monkeypatch.setattr(elasticsearch_distribution, "SHA256", "0" * 64)
    archive = tmp_path / "elasticsearch.zip"
    archive.write_bytes(b"a login page")

    with pytest.raises(DamagedArchive, match="deleted"):
        verify(archive)

    assert not archive.exists()
