"""Servers that tests start: as an unprivileged user, in a process group of their own, never left behind.

What is common to PostgreSQL and Elasticsearch lives here; it knows neither, and uses only the standard library, so that
`make scale-down` needs no environment. Linux only: it reads /proc.
"""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import guard

STOP_PATIENCE_S = 30
LOOK_S = 0.02
_PORTS = (
    random.SystemRandom()
)  # pytest-randomly gives every worker the same seed, and so the same "random" ports


class Missing(Exception):
    """This machine cannot run a server; the words say what it lacks."""


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on, below those the kernel gives to outgoing connections.

    A server that is killed and started again must get its port back. From the ephemeral range it might not: a client
    that keeps trying to connect there can be given that very port as its own, and then even connects to itself.
    """
    while True:
        port = _PORTS.randrange(10_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port


def server_user(*names: str) -> pwd.struct_passwd | None:
    """Whom servers run as, since they refuse root: the first of `names` there is; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in names:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise Missing(f"no unprivileged user to run a server as: {', '.join(names)}")


def hand_over(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make a folder and what is in it belong to `user`, and open the way to it.

    tempfile and pytest make folders 0700 for root; only those inside the machine's folder for temporary files are opened.
    pytest closes its own again whenever another session of it begins: long-lived servers belong elsewhere.
    """
    if user is None:
        return
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, user.pw_uid, user.pw_gid)
    temporary = Path(tempfile.gettempdir()).resolve()
    for parent in folder.resolve().parents:
        if parent.is_relative_to(temporary) and parent != temporary and parent.stat().st_uid == 0:
            parent.chmod(parent.stat().st_mode | 0o011)


def as_user(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Keywords for `subprocess`: without the groups of root."""
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


@dataclass(frozen=True, slots=True)
class Group:
    """The processes of one server: those in the process group that its first process leads.

    ``started`` tells that process from a later one with the same number, so that a Group read from a file after a
    reboot signals nobody.
    """

    leader: int
    started: int

    @classmethod
    def of(cls, leader: int) -> Group:
        return cls(leader, guard.started_at(leader))

    def pids(self) -> list[int]:
        """Those that live: ended and not yet waited for does not count, such a process holds neither port nor lock."""
        if guard.started_at(self.leader) not in {self.started, 0}:
            return []
        return [pid for pid in _processes() if _state_and_group(pid) == ("alive", self.leader)]

    def send(self, signal_number: int) -> None:
        """To every process of the group."""
        if self.pids():
            with suppress(ProcessLookupError):
                os.killpg(self.leader, signal_number)

    def kill(self) -> None:
        """SIGKILL to all, and wait until none holds its port and its files any more."""
        self.send(signal.SIGKILL)
        if not self._ended_within(STOP_PATIENCE_S):
            raise RuntimeError(f"killed, but not gone: {self.pids()}")

    def stop(self, signal_number: int = signal.SIGTERM, *, patience_s: float = STOP_PATIENCE_S) -> None:
        """Ask the first process to end the others and itself; kill what is left after `patience_s`."""
        if self.leader in self.pids():
            with suppress(ProcessLookupError):
                os.kill(self.leader, signal_number)
            self._ended_within(patience_s)
        self.kill()

    def _ended_within(self, patience_s: float) -> bool:
        deadline = time.monotonic() + patience_s
        while self.pids():
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_S)  # noqa: TID251 - they are not our children
        return True


@dataclass
class ServerProcess:
    """A server program that can be started, killed and started again with the same arguments.

    It dies with this process (`tests/support/guard.py`), unless `let_go` was called.
    """

    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str]
    user: pwd.struct_passwd | None
    process: subprocess.Popen[bytes] = field(init=False)
    group: Group = field(init=False)
    _guard: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def whole_environment(self) -> dict[str, str]:
        """Ours with its own added; its home is its folder, since that of root is closed to it."""
        return {**os.environ, **self.environment, "HOME": str(self.folder)}

    @property
    def log(self) -> Path:
        """What it says, over all its lives."""
        return self.folder / "log"

    def launch(self) -> None:
        """Start it; returns at once. An earlier life must have ended."""
        self.let_go()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env=self.whole_environment, start_new_session=True, **as_user(self.user),
            )  # fmt: skip
        self.group = Group.of(self.process.pid)
        who = [str(number) for number in (os.getpid(), self.group.leader, self.group.started)]
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__, *who], start_new_session=True
        )

    def let_go(self) -> None:
        """Let it live on when this process ends; of a dead one: forget to kill it."""
        if self._guard is not None:
            self._guard.kill()
            self._guard.wait()
            self._guard = None

    def has_ended(self) -> bool:
        """Whether its first process has."""
        return self.process.poll() is not None

    def last_words(self) -> str:
        """The end of its log, to put into an error."""
        return self.log.read_text("utf-8", "replace")[-3000:]

    def kill(self) -> None:
        """SIGKILL to every process of it, so suddenly that nothing is written any more."""
        self.group.kill()
        self._reap()

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        """Let it end in order; killed when it takes too long. Nothing happens when it has ended already."""
        self.group.stop(signal_number)
        self._reap()

    def _reap(self) -> None:
        self.process.wait(STOP_PATIENCE_S)
        self.let_go()


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _state_and_group(pid: int) -> tuple[str, int]:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return "gone", 0
    state, _parent, group, *_ = stat.rpartition(")")[2].split()
    return "ended" if state in {"Z", "X"} else "alive", int(group)
