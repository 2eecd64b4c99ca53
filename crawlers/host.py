"""A process that has everything loaded and forks one child per run.

Loading Scrapy, SQLAlchemy and pydantic costs 2 CPU-seconds; a schedule that fires every minute would pay it every
minute. The host loads once, opens nothing (no reactor, no database, no thread), and forks: a crawl begins in
milliseconds. Children die with the host, and the host with the worker that started it.

It speaks JSON lines. In: ``{"start": [run, fence]}``, ``{"kill": [run, fence]}``. Out: ``{"ready": true}`` once
marketplaces are registered, ``{"ended": [run, fence, status]}``.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from crawlers.lifetime import die_with_parent

LOOK_ROUND_S: Final = 0.05

Job = tuple[int, int]
"""(run, fence)."""


class Host:
    """Forks, and tells how its children ended."""

    def __init__(self, work: Callable[[int, int], int], log_folder: Path) -> None:
        self._work = work
        self._logs = log_folder
        self._children: dict[int, Job] = {}

    def serve(self) -> None:
        """Until standard input ends; then every child is killed."""
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # Ctrl-C is for the worker, which closes our standard input
        pending = b""
        while True:
            self._reap()
            readable, _, _ = select.select([0], [], [], LOOK_ROUND_S)
            if not readable:
                continue
            chunk = os.read(0, 65_536)
            if not chunk:
                break
            *lines, pending = (pending + chunk).split(b"\n")
            for line in lines:
                self._obey(json.loads(line))
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _obey(self, message: dict[str, Any]) -> None:
        for verb, job in message.items():
            run, fence = job
            if verb == "start":
                self._children[self._fork(run, fence)] = (run, fence)
            elif verb == "kill":
                for child, of in self._children.items():
                    if of == (run, fence):
                        os.kill(child, signal.SIGKILL)

    def _fork(self, run: int, fence: int) -> int:
        host = os.getpid()
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            die_with_parent(host)
            self._to_log(run)
            status = self._work(run, fence)
        finally:
            os._exit(status)

    def _to_log(self, run: int) -> None:
        """Standard streams of a child: nothing in, a log file out."""
        self._logs.mkdir(parents=True, exist_ok=True)
        log = os.open(self._logs / f"run-{run}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)

    def _reap(self) -> None:
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            job = self._children.pop(child, None)
            if job is not None:
                say({"ended": [*job, os.waitstatus_to_exitcode(status)]})


def say(message: dict[str, Any]) -> None:
    """One line to whoever started the host."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def in_child(function: Callable[[], int]) -> int:
    """Run `function` in a forked child and wait; its status. Keeps what it opens out of this process."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = function()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
