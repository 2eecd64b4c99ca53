"""What the documents say is what the code does: settings, commands, routes, decisions, links, tests that are named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer.main

from api.app import create_app
from api.cli import app
from api.settings import ServiceSettings
from crawlers.registry import sources
from crawlers.settings import CrawlSettings
from marketplaces.settings import SHOPS

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "catalog", "crawlers", "deploy", "indexer", "ledger", "marketplaces", "tests")
DOCUMENTS = ("README", "ARCHITECTURE", "DECISIONS", "GLOSSARY", "CHANGELOG", "CONTRIBUTING", "FAILURE-MODES")


def text_of(name):
    return (ROOT / name).read_text("utf-8")


def tracked(*patterns):
    """Files of the checkout, those not committed yet as well."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [name for name in dict.fromkeys(listed) if (ROOT / name).exists()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_is_there(document):
    assert len(text_of(f"{document}.md")) > 500
    assert "Apache License" in text_of("LICENSE")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_readme_of_a_screen(room):
    lines = text_of(f"{room}/README.md").splitlines()

    assert 5 < len(lines) < 130


def test_the_table_of_settings_is_complete_and_true():
    rows = re.findall(r"^\| `(BIJIA_[A-Z_]+)` \| (.+?) \| (.+?) \|$", text_of("README.md"), re.MULTILINE)
    told = {name: (default.strip("`"), meaning) for name, default, meaning in rows}
    known = {
        f"BIJIA_{name.upper()}": (str(field.default) or "–", field.description)
        for settings in (ServiceSettings, CrawlSettings)
        for name, field in settings.model_fields.items()
    }

    assert told == known


def test_every_credential_is_named():
    readme = text_of("README.md")

    for slug, source in sources().items():
        for name in source.credential_names:
            assert f"BIJIA_{slug.upper()}_{name.upper()}" in readme


def test_every_command_is_named():
    readme, commands = text_of("README.md"), typer.main.get_command(app).commands

    assert {
        name
        for name in commands
        if f"bijia {name}" not in readme and name not in {"worker", "demo", "evaluate"}
    } == set()
    for line in re.findall(r"^bijia (\S+)(?: +([a-z]+))?", readme, re.MULTILINE):
        command = commands[line[0]]
        assert not hasattr(command, "commands") or line[1] in command.commands


def test_every_address_that_the_readme_calls_is_served():
    served = {re.sub(r"\{[^}]+\}", "X", path) for path in create_app(None).openapi()["paths"]}
    called = {
        re.sub(r"\$[A-Z]+", "X", path)
        for path in re.findall(r"localhost:8000(/api/[\w/$]+)", text_of("README.md"))
    }

    assert called
    assert called <= served


def test_decisions_that_are_cited_are_taken_and_numbered_without_a_gap():
    taken = [int(n) for n in re.findall(r"^## (\d+)\. ", text_of("DECISIONS.md"), re.MULTILINE)]
    cited = {
        int(number)
        for name in tracked("*.py", "*.toml", "Makefile", "*.css")
        for number in re.findall(r"DECISIONS (\d+)", text_of(name))
    }

    assert taken == list(range(1, len(taken) + 1))
    assert cited <= set(taken)


def test_every_dependency_earns_its_line():
    import tomllib

    project = tomllib.loads(text_of("pyproject.toml"))
    stated = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w-]+(?:\[\w+\])?", one)[0] for one in stated}

    assert {name for name in names if f"`{name}`" not in text_of("DECISIONS.md")} == set()


def test_what_may_be_lost_names_tests_that_exist():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text_of("FAILURE-MODES.md"))

    assert len(named) >= 8
    for file, test in named:
        assert not test or f"def {test}(" in text_of(file)


def test_links_lead_somewhere():
    link = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
    links = [(name, target) for name in tracked("*.md") for target in link.findall(text_of(name))]

    assert links
    assert [(name, to) for name, to in links if not (ROOT / name).parent.joinpath(to).exists()] == []


def test_files_that_are_named_exist():
    """`room/file.py` in a document or a docstring."""
    rooms = "|".join(ROOMS)
    path = re.compile(rf"(?<![\w/.])((?:{rooms})/[\w/]+\.(?:py|md|json|csv|toml))(?!\w)")
    named = [
        (name, target)
        for name in tracked("*.md", "*.py")
        if not name.startswith("tests/house/")
        for target in path.findall(text_of(name))
    ]

    assert named
    assert [(name, to) for name, to in named if not (ROOT / to).exists()] == []


def test_every_practice_shop_has_its_crawler():
    assert set(SHOPS) == set(sources())


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock"]
)
def test_locks_are_hashed_and_name_no_index(lock):
    text = text_of(lock)
    pinned = re.findall(r"^([\w.\[\]-]+)==", text, re.MULTILINE)

    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text
    assert "index-url" not in text


def test_nothing_names_a_registry_or_a_path_of_a_machine():
    registries = re.compile(
        r"(?://|[.])(?:files[.]|registry[.]|repo1?[.]|deb[.])?(?:pypi|pythonhosted|npmjs|maven|debian|crates)[.](?:org|io|apache|com)"
    )
    found = [
        name
        for name in tracked()
        if not name.endswith((".png", "test_documents.py"))
        and registries.search((ROOT / name).read_text("utf-8", "replace"))
    ]

    assert found == []
