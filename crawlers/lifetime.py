"""Processes that must not outlive the one that watches them, and the fault points at which tests kill them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def die_with_parent(parent: int | None = None) -> None:
    """Be killed when `parent` (default: whoever started this process) ends: Linux; elsewhere the lease fences it out."""
    if not sys.platform.startswith("linux"):
        return
    expected = os.getppid() if parent is None else parent
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != expected:  # it ended before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def dying_at(where: str, life: int = 1) -> Callable[[str], None]:
    """A checkpoint that kills this process at the n-th arrival at one fault point (``name:n``).

    Several, separated by commas, take turns with the lives of a run: the k-th claim dies at the k-th; at an empty one,
    nowhere.
    """
    turns = where.split(",")
    name, _, count = turns[(life - 1) % len(turns)].strip().partition(":")
    left = int(count or 1)

    def checkpoint(reached: str) -> None:
        nonlocal left
        if reached == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint
