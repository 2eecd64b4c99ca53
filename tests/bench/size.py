"""What the runtime environment takes on disk."""

from __future__ import annotations

import os
import re
from importlib.metadata import Distribution, distributions
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Figure

MB = 1_000_000
_LARGEST = 8
"""Packages that are named."""
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def measure(bench: Bench) -> list[Figure]:
    """Megabytes of the environment and of what in it is ours to answer for: the packages of requirements.lock."""
    venv = (bench.clone or bench.root) / ".venv"
    bytes_of = _packages(venv, bench.root / "requirements.lock")
    largest = sorted(bytes_of.items(), key=lambda pair: -pair[1])[:_LARGEST]
    named = ", ".join(f"{name} {size / MB:.0f}" for name, size in largest)
    runtime = Figure(
        "size.runtime",
        f"size: the {len(bytes_of)} packages of requirements.lock",
        "MB",
        [sum(bytes_of.values()) / MB],
        f"largest: {named}",
    )
    what = (
        "a fresh clone's, nothing byte-compiled"
        if bench.clone
        else "this checkout's: development tools included"
    )
    return [Figure("size.environment", "size: .venv", "MB", [_bytes_below(venv) / MB], what), runtime]


def _packages(venv: Path, lock: Path) -> dict[str, int]:
    """Bytes of every installed package that the lock names."""
    wanted = {_canonical(name) for name in _PINNED.findall(lock.read_text())}
    folders = [str(folder) for folder in venv.glob("lib/python*/site-packages")]
    installed = ((_canonical(one.name), one) for one in distributions(path=folders))
    return {name: _bytes_of(one) for name, one in installed if name in wanted}


def _bytes_of(package: Distribution) -> int:
    files = (Path(str(package.locate_file(path))) for path in package.files or ())
    return sum(path.stat().st_size for path in files if path.is_file())


def _bytes_below(folder: Path) -> int:
    """Of every file once, however many names it has; links are not followed."""
    sizes: dict[tuple[int, int], int] = {}
    for where, _, names in os.walk(folder):
        for name in names:
            status = os.lstat(Path(where) / name)
            sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
