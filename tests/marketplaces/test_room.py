"""The room's walls: what it may import and what it must not do when imported."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import marketplaces

ROOM = Path(marketplaces.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
ALLOWED = {"marketplaces", "uvicorn", "starlette", "orjson"}


@pytest.fixture(scope="module")
def trees():
    return {path: ast.parse(path.read_text()) for path in FILES}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def test_the_room_imports_nothing_of_the_others(trees):
    assert len(FILES) > 50
    foreign = (
        {name for tree in trees.values() for name in imported(tree)} - ALLOWED - set(sys.stdlib_module_names)
    )

    assert foreign == set()


def test_the_world_knows_no_shop_and_no_http(trees):
    for path in (ROOM / "world").rglob("*.py"):
        for node in ast.walk(trees[path]):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marketplaces"):
                assert node.module.startswith("marketplaces.world"), path


def test_every_module_says_what_lives_there(trees):
    assert [path for path, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_building_a_world_loads_no_server():
    code = "import sys, marketplaces.app; assert not {'uvicorn', 'starlette', 'h11', 'httptools'} & set(sys.modules)"

    subprocess.run([sys.executable, "-c", code], cwd=ROOM.parent, check=True, timeout=60)
