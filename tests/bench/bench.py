"""What every figure's module is given."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Bench:
    """One run of the bench."""

    folder: Path
    """For everything that is made on the way."""
    root: Path
    """The checkout."""
    repetitions: int
    is_quick: bool
    may_install: bool = True
    """Whether a fresh clone may be made ready: it uses the network."""
    may_check: bool = True
    sizes: tuple[int, ...] = ()
    """Offers that `engines` measures at; empty: its own choice."""
    clone: Path | None = None
    """The fresh clone with its runtime environment, once `demo` made it."""
    started_s: float = field(default_factory=time.perf_counter)

    def say(self, text: str) -> None:
        """One line of progress."""
        print(f"[{time.perf_counter() - self.started_s:6.1f} s] {text}", file=sys.stderr, flush=True)
