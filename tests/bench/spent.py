"""What work cost: CPU and wall time of a child process, or of a block in this one."""

from __future__ import annotations

import os
import pickle
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from crawlers.lifetime import die_with_parent

T = TypeVar("T")


@dataclass(slots=True)
class Spent:
    """Seconds. CPU is user and system together, of all threads."""

    cpu_s: float = 0.0
    wall_s: float = 0.0


class ChildFailed(Exception):
    """A measured child ended badly; what it said is on standard error."""


@contextmanager
def stopwatch() -> Generator[Spent]:
    """What the block cost this process; filled in at its end."""
    spent = Spent()
    cpu_s, wall_s = time.process_time(), time.perf_counter()
    try:
        yield spent
    finally:
        spent.cpu_s, spent.wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s


def in_child(work: Callable[[], T]) -> tuple[T, Spent]:
    """The result of `work` in a fork of this process, and what that fork cost from its birth to its end.

    A fork, because modules are loaded then, as they are when the crawl host forks; and because nothing that `work`
    caches, opens or starts is left behind. Call it while this process has no second thread and no open ledger, and keep
    nothing large here: the child pays for it whenever it collects garbage.

    Raises:
        ChildFailed: `work` raised, or the child was killed.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    began_s = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be_child(work, writer, parent)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    if status:
        raise ChildFailed(f"exit status {os.waitstatus_to_exitcode(status)}")
    return pickle.loads(answer), Spent(  # noqa: S301 - our own child wrote it
        usage.ru_utime + usage.ru_stime, time.perf_counter() - began_s
    )


def _be_child(work: Callable[[], object], writer: int, parent: int) -> None:
    """Never returns."""
    status = 1
    try:
        die_with_parent(parent)
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(work(), pipe)
        status = 0
    except BaseException:  # noqa: BLE001 - the process boundary: told, and turned into a status
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
