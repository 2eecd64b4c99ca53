"""Who used the processor while something was measured, and so what bounds it. Linux: reads /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1

FULL = 0.9
"""Share of all cores, or of the one that a process can use, beyond which it is what everything waits for."""
MUCH_DISK = 0.25
"""Share of the cores' time that was idle while something waited for the disk."""

MUCH_ELSE = 0.25
"""Share of the cores' time that went to what is not measured, beyond which nothing is said about bounds."""


@dataclass(slots=True)
class Usage:
    """CPU seconds by name over a span of wall time; filled in at the span's end."""

    processes: Mapping[str, int]
    """How many processes each name had, children aside."""
    wall_s: float = 0.0
    cpu_s: dict[str, float] = field(default_factory=dict)
    busy_s: float = 0.0
    """Of all cores, by whomever."""
    disk_s: float = 0.0
    """Of all cores: nothing to do but to wait for the disk."""

    @property
    def rest_s(self) -> float:
        """CPU of everything that has no name here."""
        return max(0.0, self.busy_s - sum(self.cpu_s.values()))

    @property
    def shares(self) -> str:
        """Percent of all cores."""
        whole = self.wall_s * CORES
        shares = self.cpu_s | {"the rest": self.rest_s}
        return f"of {CORES} cores: " + ", ".join(f"{name} {one / whole:.0%}" for name, one in shares.items())

    @property
    def words(self) -> str:
        """Percent of all cores, and what bounds a rate that was measured meanwhile."""
        return f"{self.shares}; {self._bound(self.wall_s * CORES)}"

    def _bound(self, whole: float) -> str:
        if self.rest_s >= MUCH_ELSE * whole:
            return "disturbed by other work"
        if self.busy_s >= FULL * whole:
            most = max(self.cpu_s, key=lambda name: self.cpu_s[name])
            return f"bound by CPU, most of it {most}"
        for name, count in self.processes.items():
            if self.cpu_s[name] >= FULL * self.wall_s * min(count, CORES):
                return f"bound by {name}: a core each"
        if self.disk_s >= MUCH_DISK * whole:
            return f"bound by the disk (waited for {self.disk_s / whole:.0%})"
        return f"bound by waiting for each other ({1 - self.busy_s / whole:.0%} idle)"


@contextmanager
def metered(who: Mapping[str, Sequence[int]]) -> Generator[Usage]:
    """The CPU of these processes, with all they started, while the block runs; they must outlive it."""
    usage = Usage({name: len(pids) for name, pids in who.items()})
    before, (busy_s, disk_s), began_s = _all(who), _machine(), time.perf_counter()
    try:
        yield usage
    finally:
        usage.wall_s = time.perf_counter() - began_s
        after, (busy_after_s, disk_after_s) = _all(who), _machine()
        usage.cpu_s = {name: after[name] - before[name] for name in who}
        usage.busy_s, usage.disk_s = busy_after_s - busy_s, disk_after_s - disk_s


def tree_cpu_s(pids: Sequence[int]) -> float:
    """User and system time of these processes, of their descendants, and of those of them that ended before."""
    return _of(pids, _processes())


def _all(who: Mapping[str, Sequence[int]]) -> dict[str, float]:
    processes = _processes()
    return {name: _of(pids, processes) for name, pids in who.items()}


def _of(pids: Sequence[int], processes: Mapping[int, tuple[int, float]]) -> float:
    wanted = {pid for pid in pids if pid in processes}
    while more := {pid for pid, (parent, _) in processes.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(processes[pid][1] for pid in wanted)


def _processes() -> dict[int, tuple[int, float]]:
    """Process -> its parent, and CPU seconds with those of children it waited for."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        found[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / TICKS)
    return found


def _machine() -> tuple[float, float]:
    """Seconds of all cores so far: busy, and idle for want of the disk."""
    user, nice, system, _idle, disk, irq, soft_irq, steal = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + soft_irq + steal) / TICKS, disk / TICKS
