"""Other processes as tests see them: who descends from whom, who still lives, and waiting for what they do."""

from __future__ import annotations

import os
import time
from pathlib import Path

PATIENCE_S = 90
"""How long a test waits for what takes a second on a quiet machine."""


def wait_until(claim, what, *, patience_s=PATIENCE_S, pause_s=0.01):
    """Wait until `claim()` is true, and return what it gave; `what` is said when it never is."""
    deadline = time.monotonic() + patience_s
    while not (found := claim()):
        assert time.monotonic() < deadline, f"not within {patience_s} s: {what}"
        time.sleep(pause_s)  # noqa: TID251 - watching another process
    return found


def pause(seconds):
    """Let other processes go on for a while."""
    time.sleep(seconds)  # noqa: TID251 - what happens meanwhile happens in other processes


def is_alive(pid):
    """Whether a process runs: one that ended and was not yet waited for does not."""
    return _status(pid)[0] not in {"", "Z", "X"}


def children(pid):
    """The processes that `pid` started and that live."""
    return [
        child
        for child in (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
        if (status := _status(child))[1] == pid and status[0] not in {"Z", "X"}
    ]


def descendants(pid):
    """Children, their children, and so on."""
    found = children(pid)
    for child in list(found):
        found += descendants(child)
    return found


def kill(pid, signal_number):
    """Send a signal; whether there was still a process to get it."""
    if not is_alive(pid):
        return False
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return False
    return True


def _status(pid):
    """(state letter, parent) of a process; ("", 0) when there is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "", 0
    state, parent, *_ = text.rpartition(")")[2].split()
    return state, int(parent)
