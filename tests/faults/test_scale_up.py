"""`make scale-up`: twice is once, what is missing is said, and after `make scale-down` nothing is left."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support import scale_up
from tests.support.postgres import PostgresAddress
from tests.support.processes import is_alive

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.crash]

WITHOUT_JAVA = """
import sys
from pathlib import Path
from tests.support import java, scale_up
scale_up.STATE = Path(sys.argv[1])
java.OLDEST = 999
sys.exit(getattr(scale_up, sys.argv[2])())
"""
"""The command in a process that ends, with a state of its own, on a machine whose Java is too old."""


@pytest.fixture
def command(postgres_server, tmp_path, monkeypatch):
    """Runs one command; skipped without PostgreSQL, as `postgres_server` is."""
    monkeypatch.setattr(scale_up, "STATE", tmp_path / "state")

    def run(name):
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_JAVA, scale_up.STATE, name],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    yield run
    scale_up.down()


def test_up_twice_is_one_server_and_down_leaves_nothing(command):
    said = command("up")
    port = scale_up.running()[scale_up.POSTGRES]
    assert said.stderr.startswith("Elasticsearch was not started: this machine lacks a full JDK")
    assert said.stdout == f"export BIJIA_DATABASE_URL=postgresql+psycopg://bijia@127.0.0.1:{port}/bijia\n"
    assert said.returncode == 1
    database = PostgresAddress(port)
    assert database.new_database() != database.new_database(), "tests make databases beside that one"
    leader = json.loads((scale_up.STATE / "servers.json").read_text())[scale_up.POSTGRES]["leader"]

    assert command("up").stdout == said.stdout
    assert scale_up.running() == {scale_up.POSTGRES: port}

    assert command("down").returncode == 0
    assert not is_alive(leader)
    assert not scale_up.STATE.exists()
    assert command("status").stdout == ""


def test_a_server_that_died_is_replaced(command):
    command("up")
    scale_up._read()[scale_up.POSTGRES].remove()
    assert scale_up.running() == {}

    command("up")

    assert PostgresAddress(scale_up.running()[scale_up.POSTGRES]).answers()
