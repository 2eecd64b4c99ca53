"""How long a stranger waits: `bijia demo` to its "ready", and a fresh clone made ready to run it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from catalog.errors import BijiaError
from tests.bench.bench import Bench
from tests.bench.commands import run_well
from tests.bench.figures import Figure
from tests.bench.spent import Spent

READY = "ready"


def measure(bench: Bench) -> list[Figure]:
    """Seconds to "ready": cold data, warm data; with leave to install, a fresh clone and its first start."""
    cold, warm = [], []
    for n in range(min(bench.repetitions, 3)):
        data = bench.folder / "demo"
        shutil.rmtree(data, ignore_errors=True)
        cold.append(_started(bench.root, data))
        warm.append(_started(bench.root, data))
        bench.say(f"demo {n + 1}: {cold[-1].wall_s:.1f} s cold, {warm[-1].wall_s:.1f} s warm")
    found = [
        *_figures("cold", "cold start, until ready", cold, "empty data folder; installed, byte-compiled"),
        *_figures(
            "warm",
            "warm start, until ready",
            warm,
            "the same data folder again: everything is crawled once more",
        ),
    ]
    return [*found, *(_installed(bench) if bench.may_install else ())]


def _figures(name: str, what: str, spent: list[Spent], note: str) -> list[Figure]:
    return [
        Figure(f"demo.{name}", f"demo: {what}", "s", [one.wall_s for one in spent], note),
        Figure(
            f"demo.{name}.cpu",
            f"demo: {what}, CPU of all processes",
            "CPU-s",
            [one.cpu_s for one in spent],
            "to its end",
        ),
    ]


def _started(checkout: Path, data: Path) -> Spent:
    """What a demo cost until it was ready; CPU until it ended."""
    command: list[str | Path] = [
        checkout / ".venv/bin/bijia",
        "demo",
        "--once",
        "--no-browser",
        "--port",
        "0",
    ]
    ended = run_well(command, checkout, environment={"BIJIA_DATA_DIR": str(data)}, until=READY)
    if ended.said_s is None:
        raise BijiaError(f"the demo never was ready:\n{ended.last_lines}")
    return Spent(ended.spent.cpu_s, ended.said_s)


def _installed(bench: Bench) -> list[Figure]:
    """A clone made ready with empty caches, its first demo, and the environment made anew from the caches."""
    clone = bench.folder / "clone"
    shutil.rmtree(clone, ignore_errors=True)
    run_well(["git", "clone", "--quiet", bench.root, clone], bench.folder)
    environment = {
        "PIP_CACHE_DIR": str(bench.folder / "pip-cache"),
        "UV_CACHE_DIR": str(bench.folder / "uv-cache"),
    }
    for cache in environment.values():
        shutil.rmtree(cache, ignore_errors=True)
    python = Path(sys.base_prefix) / "bin" / "python3"
    command = ["make", ".venv/.runtime", f"PYTHON={python}"]
    bench.say("demo: making a fresh clone ready, empty caches")
    from_nothing = run_well(command, clone, environment=environment).spent
    bench.say(f"demo: {from_nothing.wall_s:.1f} s; its first start")
    first = _started(clone, bench.folder / "demo-in-clone")
    bench.say(f"demo: {first.wall_s:.1f} s; the environment again, from the caches")
    shutil.rmtree(clone / ".venv")
    from_caches = run_well(command, clone, environment=environment).spent
    bench.clone = clone
    return [
        Figure(
            "demo.install",
            "install: make .venv/.runtime in a fresh clone",
            "s",
            [from_nothing.wall_s],
            f"everything downloaded; {from_nothing.cpu_s:.0f} CPU-s",
        ),
        Figure("demo.install.cached", "install: the same, downloads cached", "s", [from_caches.wall_s]),
        Figure(
            "demo.first",
            "demo: first start in that clone, until ready",
            "s",
            [first.wall_s],
            f"nothing byte-compiled yet; {first.cpu_s:.0f} CPU-s",
        ),
    ]
