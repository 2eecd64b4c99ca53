"""A container without a daemon: a read-only root of its own, nobody's rights, no way out, a few writable places.

    with contained(tmp_path / "root", ["bijia", "demo"], Limits(...)) as container:
        container.run("bijia", "doctor")      # like `docker exec`

What a container runtime would do is done with `unshare`, `mount`, `chroot` and `setpriv`: new mount, process and network
namespaces; Python and the system's libraries bound read-only; no capability, none to be gained, not even by root's programs;
the command as process 1. It needs root and a kernel that lets it; `cannot_contain` says what is missing.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.support.processes import children, wait_until

TOOLS = ("unshare", "nsenter", "setpriv", "mount")
NAMESPACES = ("--mount", "--pid", "--net", "--fork", "--kill-child")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc")
DEVICES = ("null", "zero", "full", "random", "urandom")
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1


@dataclass(frozen=True)
class Limits:
    """What is in the container, and as whom its command runs."""

    user: int
    read_only: Sequence[str] = ()
    """Folders and files of this machine, at the same place inside."""
    writable: Mapping[str, str] = field(default_factory=dict)
    """Place inside -> folder of this machine."""
    in_memory: Sequence[str] = ("/tmp",)  # noqa: S108
    environment: Mapping[str, str] = field(default_factory=dict)
    cwd: str = "/"


def cannot_contain() -> str:
    """Why this machine can hold no container; empty if it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run(
        ["unshare", *NAMESPACES, "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return tried.stderr.strip()


@dataclass
class Container:
    """A container that runs."""

    outer: subprocess.Popen[str]
    limits: Limits
    first: int
    """The command's process, as this machine counts."""

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Another command beside it, with the same rights."""
        enter = ["nsenter", "--target", str(self.first), "--mount", "--pid", "--net", "--root", "--wd=/"]
        return subprocess.run(
            [*enter, *as_nobody(self.limits.user, command)],
            env={**self.limits.environment, **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def end(self, number: int = signal.SIGTERM) -> int:
        """Signal the command and wait; its exit status."""
        os.kill(self.first, number)
        return self.outer.wait(60)


@contextmanager
def contained(root: Path, command: Sequence[str], limits: Limits) -> Generator[Container]:
    """A container at the empty folder `root`, gone with the block."""
    given = json.dumps({"root": str(root), "command": list(command), "limits": asdict(limits)})
    outer = subprocess.Popen(
        ["unshare", *NAMESPACES, sys.executable, "-m", "tests.support.contained", given],
        env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        first = wait_until(lambda: children(outer.pid) or outer.poll(), "the container's first process")
        assert isinstance(first, list), outer.stdout.read()
        yield Container(outer, limits, first[0])
    finally:
        outer.kill()
        outer.wait()
        outer.stdout.close()


def as_nobody(user: int, command: Sequence[str]) -> list[str]:
    """`command` as a user without a name, a group, a capability, or a way to any."""
    return [
        "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups",
        "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", *command,
    ]  # fmt: skip


def _enter(root: Path, command: Sequence[str], limits: Limits) -> None:
    """Become the command, inside. This process is the first of its namespaces."""
    _mount("--make-rprivate", "/")
    _mount("-t", "tmpfs", "-o", "mode=0755", "root", str(root))
    for place in limits.in_memory:
        _folder(root, place)
        _mount("-t", "tmpfs", "-o", "mode=1777,size=64m,nosuid,nodev", "memory", f"{root}{place}")
    for place in (*SYSTEM, sys.base_prefix, *limits.read_only):
        _bind(Path(place), root)
    for device in DEVICES:
        _bind(Path("/dev") / device, root, read_only=False)
    for place, folder in limits.writable.items():
        _mount("--bind", folder, str(_folder(root, place)))
    _mount("-t", "proc", "-o", "nosuid,nodev,noexec", "proc", str(_folder(root, "/proc")))
    _mount("-o", "remount,bind,ro", str(root))
    with socket.socket() as any_socket:  # a network of its own, where only 127.0.0.1 is
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))
    os.chroot(root)
    os.chdir(limits.cwd)
    inside = as_nobody(limits.user, command)
    os.execvpe(inside[0], inside, {"PATH": os.defpath, **limits.environment})  # noqa: S606


def _bind(place: Path, root: Path, *, read_only: bool = True) -> None:
    """The same place inside; links stay links, what is not there or there already is left out."""
    inside = Path(f"{root}{place}")
    if not os.path.lexists(place) or os.path.lexists(inside):
        return
    inside.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        inside.symlink_to(place.readlink())
        return
    if place.is_dir():
        inside.mkdir()
    else:
        inside.touch()
    _mount("--bind", str(place), str(inside))
    if read_only:
        _mount("-o", "remount,bind,ro", str(inside))


def _folder(root: Path, place: str) -> Path:
    inside = Path(f"{root}{place}")
    inside.mkdir(parents=True, exist_ok=True)
    return inside


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    _enter(Path(told["root"]), told["command"], Limits(**told["limits"]))
