"""The walls between rooms hold, and each of them would notice a breach: a violation is planted and seen caught."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

ROOMS = ("api", "catalog", "crawlers", "indexer", "ledger", "marketplaces")

BREACHES = {
    "Rooms are imported downwards only; crawlers and indexer meet in the ledger": ("ledger/clock.py", "import indexer.query"),
    "The service starts crawls as processes and never loads a crawler": ("api/worker.py", "import crawlers.crawl"),
    "The practice world shares no code with what is tested against it": ("marketplaces/truth.py", "import crawlers.protocol.signing"),
    "The practice world knows neither our words nor our memory": ("marketplaces/truth.py", "import catalog.money"),
    "Words and memory know no practice world": ("ledger/clock.py", "import marketplaces.truth"),
    "catalog is pure: the standard library, and pydantic in codec alone": ("catalog/money.py", "import pydantic"),
    "Only the ledger speaks SQL": ("indexer/follow.py", "import sqlalchemy"),
    "Scrapy stays with the crawlers": ("api/runner.py", "import scrapy"),
    "A marketplace file knows no other, no downloader and no database": ("crawlers/marketplaces/jd.py", "import crawlers.egress"),
    "Marketplaces are independent of each other": ("crawlers/marketplaces/jd.py", "import crawlers.marketplaces.taobao"),
    "Protocols are independent of each other": ("crawlers/protocol/jos.py", "import crawlers.protocol.top"),
    "Engines are known to the bootstrap alone": ("indexer/search.py", "import indexer.engines.tantivy"),
    "Engines do not know each other; what they share is with the definition": ("indexer/engines/elasticsearch/asking.py", "import indexer.engines.tantivy"),
    "Families of goods are independent of each other": ("indexer/read_title/family/tv.py", "import indexer.read_title.family.phone"),
    "Judging goods sees neither the engines nor the web": ("indexer/match/veto.py", "import indexer.engines.memory"),
    "The web framework stays in the voice": ("indexer/search.py", "import fastapi"),
}  # fmt: skip
"""Contract -> where a violation is planted, and which."""


def contracts(root):
    return [c["name"] for c in tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]]  # fmt: skip


def lint(folder):
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def broken(output):
    return set(re.findall(r"^(.+) BROKEN", output, re.MULTILINE))


@pytest.fixture
def checkout(repository_root, tmp_path):
    for room in ROOMS:
        shutil.copytree(repository_root / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(repository_root / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_wall_has_its_breach(repository_root):
    assert set(contracts(repository_root)) == set(BREACHES)
    assert len(BREACHES) >= 9


@pytest.mark.slow
def test_the_walls_hold(checkout):
    found = lint(checkout)

    assert (found.returncode, broken(found.stdout)) == (0, set()), found.stdout + found.stderr


@pytest.mark.slow
@pytest.mark.parametrize("contract", BREACHES)
def test_a_planted_breach_is_caught(checkout, contract):
    place, violation = BREACHES[contract]
    file = checkout / place
    file.write_text(f"{file.read_text('utf-8')}\n{violation}  # planted\n", "utf-8")

    found = lint(checkout)

    assert found.returncode == 1
    assert contract in broken(found.stdout)


def test_catalog_imports_nothing_that_does_not_come_with_python(repository_root):
    foreign = {
        (file.name, name)
        for file in (repository_root / "catalog").glob("*.py")
        for name in imported(file)
        if name not in sys.stdlib_module_names | {"catalog"}
    }

    assert foreign == {("codec.py", "pydantic")}


def imported(file):
    """Top-level names of what a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
