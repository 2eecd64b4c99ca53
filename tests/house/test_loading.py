"""What a process loads: no crawler where pages are served, nothing heavy for a word of help (DECISIONS 18)."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("scrapy", "twisted", "elasticsearch", "sqlalchemy", "fastapi", "tantivy", "rjieba", "opencc", "lxml")


def loaded_by(code):
    """Top-level modules that are loaded once `code` has run in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_the_commands_help_loads_nothing_heavy():
    assert loaded_by("import api.cli") & set(HEAVY) == set()


def test_the_service_loads_neither_scrapy_nor_its_reactor():
    found = loaded_by("import api.app, api.services, api.worker, api.runner, api.commands.serve")

    assert "fastapi" in found
    assert found & {"scrapy", "twisted", "elasticsearch", "crawlers", "marketplaces"} == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "loaded", "spared"),
    [("tantivy:x", "tantivy", "elasticsearch"), ("http://one:9200", "elasticsearch", "tantivy")],
)
def test_an_engine_is_loaded_when_it_is_chosen(url, loaded, spared):
    code = "from indexer.bootstrap import open_store; from indexer.settings import IndexSettings\n"
    found = loaded_by(f"{code}open_store(IndexSettings(search_url={url!r}))")

    assert loaded in found
    assert spared not in found


@pytest.mark.slow
def test_a_crawl_loads_no_web_framework_and_no_index():
    found = loaded_by("import crawlers.__main__, crawlers.frontier_spider")

    assert "scrapy" in found
    assert found & {"fastapi", "uvicorn", "tantivy", "rjieba", "indexer", "api"} == set()


@pytest.mark.slow
@pytest.mark.parametrize("room", ["api", "catalog", "crawlers", "indexer", "ledger", "marketplaces"])
def test_importing_a_room_opens_and_prints_nothing(room, tmp_path):
    code = (
        "import importlib, pkgutil, socket, sqlite3\n"
        "def refuse(*_args, **_kwargs): raise AssertionError('opened at import')\n"
        "socket.socket.connect = socket.socket.bind = refuse; sqlite3.connect = refuse\n"
        f"import {room}\n"
        f"for module in pkgutil.walk_packages({room}.__path__, '{room}.'):\n"
        "    if not module.name.endswith(('__main__', 'migrations.env')) and '.versions.' not in module.name:\n"
        "        importlib.import_module(module.name)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
