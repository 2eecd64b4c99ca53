"""How long `make check` takes: what one waits for before every commit."""

from __future__ import annotations

from tests.bench.bench import Bench
from tests.bench.commands import run
from tests.bench.figures import Figure

COMMAND = ("make", "check")


def measure(bench: Bench) -> list[Figure]:
    """Seconds, once: its tools keep caches, as they do for whoever works here."""
    if not bench.may_check:
        return []
    bench.say("check: make check")
    ended = run(COMMAND, bench.root)
    outcome = "passed" if ended.status == 0 else f"FAILED with {ended.status}: not the time of a whole check"
    return [
        Figure("check.wall", "make check", "s", [ended.spent.wall_s], outcome),
        Figure("check.cpu", "make check, CPU of all processes", "CPU-s", [ended.spent.cpu_s]),
    ]
