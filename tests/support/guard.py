"""Kills a server whose test process is gone: ``python -I -S guard.py PARENT LEADER STARTED``.

Runs beside each server of `tests/support/server_process.py` and uses only the standard library. It watches by asking who
its parent is: PR_SET_PDEATHSIG would fire when the *thread* that started the server ends, and could not reach a JVM that
is a grandchild, stopped or not; a pipe stays open in whatever the test process forked.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

LOOK_S = 0.3
"""How long a server may outlive its test process."""


def started_at(pid: int) -> int:
    """When a process began, in clock ticks after boot; 0 when there is none (or no /proc)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[19])


def main(parent: int, leader: int, started: int) -> None:
    """Wait until `parent` is gone, then kill the group of `leader`, unless that number means another process now."""
    while os.getppid() == parent:
        time.sleep(LOOK_S)  # noqa: TID251 - nothing tells a process that its parent ended
    if started_at(leader) in {started, 0}:
        with suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
