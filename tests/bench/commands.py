"""Commands run and timed from their start to a line they print, or to their end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import BijiaError
from tests.bench.spent import Spent


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command went."""

    spent: Spent
    """Until its end; CPU with that of the processes it started."""
    said_s: float | None
    """Until it printed a line with the words that were waited for."""
    status: int
    last_lines: str


def run(
    command: Sequence[str | Path],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    until: str | None = None,
) -> Ended:
    """Run a command to its end. `environment` is added to ours, `until` is looked for in what it prints."""
    began_s = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said_s = None
    lines: list[str] = []
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            if said_s is None and until is not None and until in line:
                said_s = time.perf_counter() - began_s
            lines.append(line)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    spent = Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - began_s)
    return Ended(spent, said_s, process.returncode, "".join(lines[-15:]))


def run_well(
    command: Sequence[str | Path],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    until: str | None = None,
) -> Ended:
    """As `run`.

    Raises:
        BijiaError: it ended with another status than 0.
    """
    ended = run(command, folder, environment=environment, until=until)
    if ended.status:
        raise BijiaError(f"{' '.join(map(str, command))} ended with {ended.status}:\n{ended.last_lines}")
    return ended
