"""Processes that tests kill: one host that has everything loaded forks a life whenever it is asked to.

``python -m tests.support.forks module:function …`` is the host. It opens nothing itself; a life opens what it needs, as
a process of its own would, and begins in milliseconds instead of seconds. Lives die with the host, the host with us.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.lifetime import die_with_parent
from tests.support.processes import is_alive, kill, wait_until

LOAD_S = 60


@dataclass
class Life:
    """One forked process."""

    pid: int
    born: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    status: int | None = None

    def wait(self, patience_s=90):
        """Its exit status; negative: killed by that signal."""
        assert self.ended.wait(patience_s), f"process {self.pid} does not end"
        return self.status

    def kill(self, signal_number=signal.SIGKILL):
        """Send a signal; with SIGKILL, return when it is dead. Whether it still lived."""
        found = kill(self.pid, signal_number)
        if signal_number == signal.SIGKILL:
            wait_until(lambda: not is_alive(self.pid), "a killed process dies", patience_s=20)
        return found


class Forks:
    """Starts lives of the functions that its host has loaded."""

    def __init__(self, *functions):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forks", *functions],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            text=True,
        )
        self._ready = threading.Event()
        self._lives: dict[int, Life] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        assert self._ready.wait(LOAD_S), "the host of forks does not load"

    def start(self, function, **parameters):
        """A life that calls `function(**parameters)` and ends with the status it returns."""
        number = len(self._lives)
        life = self._lives[number] = Life(0)
        message = {"number": number, "call": function, "with": parameters}
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()
        assert life.born.wait(LOAD_S), "the host of forks does not fork"
        return life

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._listener.join()
        self._process.stdout.close()

    def _listen(self):
        for line in self._process.stdout:
            message = json.loads(line)
            if "ready" in message:
                self._ready.set()
            elif "pid" in message:
                life = self._lives[message["number"]]
                life.pid = message["pid"]
                life.born.set()
            else:
                life = self._lives[message["number"]]
                life.status = message["status"]
                life.ended.set()


@contextmanager
def forks(*functions):
    """A host, gone at the end with all its lives."""
    found = Forks(*functions)
    try:
        yield found
    finally:
        found.close()


def main():
    die_with_parent()
    functions = {}
    for name in sys.argv[1:]:
        path, _, function = name.partition(":")
        module = importlib.import_module(path)
        getattr(module, "load", lambda: None)()
        functions[function] = getattr(module, function)
    say(ready=True)
    lives: dict[int, int] = {}
    pending = b""
    while True:
        while lives:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            say(number=lives.pop(pid), status=os.waitstatus_to_exitcode(status))
        if not select.select([0], [], [], 0.02)[0]:
            continue
        chunk = os.read(0, 65_536)
        if not chunk:
            break
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            message = json.loads(line)
            pid = fork(functions[message["call"]], message["with"])
            lives[pid] = message["number"]
            say(number=message["number"], pid=pid)
    for pid in lives:
        os.kill(pid, signal.SIGKILL)


def fork(function, parameters):
    host = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        die_with_parent(host)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)  # what it prints is for people; standard output speaks to the test
        status = function(**parameters) or 0
    except BaseException:  # noqa: BLE001 - the process boundary: told, and the status says so
        traceback.print_exc()
    finally:
        os._exit(status)


def say(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
