"""The Elasticsearch that tests start: none is ever left behind, and no other archive is unpacked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support import elasticsearch_distribution
from tests.support.elasticsearch_distribution import DamagedArchive, verify
from tests.support.processes import is_alive, wait_until

on_a_server = [
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.crash,
    pytest.mark.timeout(120),
    pytest.mark.xdist_group("search-servers"),
]


@pytest.fixture
def folder():
    """Not pytest's: an unprivileged server must be able to reach it, and it is large."""
    with tempfile.TemporaryDirectory(prefix="bijia-search-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class TestOnAServer:
    pytestmark = on_a_server

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
