"""The worker: fires schedules, claims runs, starts a crawl for each, and watches them; seals settled history.

Any number of workers may run: a slot is fired once (unique key), a run is claimed once (lease and fencing token), a
marketplace is crawled by one run at a time. A crawl that falls silent is killed here and fenced out by the ledger.
What one worker sealed, another finds done.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from api.runner import Crawling, CrawlRunner
from catalog.errors import LedgerError, StaleFence
from ledger.ledger import Ledger
from ledger.runs import RunLease

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

LOOK_ROUND_S: Final = 0.5
"""How often due slots and waiting runs are looked for: a run starts within a second of its slot."""

RETRY_S: Final = 3.0

SEAL_EVERY: Final = timedelta(days=1)
"""From one round of sealing to the next: one a quarter finds something, the others look at each offer (a few µs)."""


@dataclass(frozen=True, slots=True)
class _Task:
    lease: RunLease
    crawling: Crawling


class Worker:
    """Works on at most `capacity` runs at a time."""

    def __init__(
        self, ledger: Ledger, runner: CrawlRunner, *, capacity: int, clock: Clock, name: str | None = None
    ) -> None:
        self._ledger = ledger
        self._runner = runner
        self._capacity = capacity
        self._clock = clock
        self._name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._tasks: list[_Task] = []
        self._sealed_through = 0
        self._seals_next: datetime | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop`; then end the crawls and give their runs back."""
        while not stop.is_set():
            try:
                self.step()
            except LedgerError as error:
                log.warning("the worker waits: %s", error)
                stop.wait(RETRY_S)
            stop.wait(LOOK_ROUND_S)
        self.end()

    def step(self) -> None:
        """Look round once.

        Raises:
            LedgerError: the ledger does not answer; crawls under way go on by themselves.
        """
        for fired in self._ledger.schedules.fire_due(now=self._clock()):
            log.info("schedule %s fired run %s (%s)", fired.schedule_id, fired.run_id, fired.state)
        self._tasks = [task for task in self._tasks if self._is_under_way(task)]
        while len(self._tasks) < self._capacity:
            lease = self._ledger.runs.claim(self._name, now=self._clock())
            if lease is None:
                break
            self._tasks.append(_Task(lease, self._runner.start(lease)))
        self._seal()

    def end(self) -> None:
        """Kill what runs; another worker goes on with it at once."""
        for task in self._tasks:
            task.crawling.kill()
            self._give_back(task.lease)
        self._tasks.clear()

    @property
    def active(self) -> int:
        """How many crawls are under way."""
        return len(self._tasks)

    def _seal(self) -> None:
        """One step of a round, some ten milliseconds: crawls are looked after in between."""
        now = self._clock()
        if self._seals_next is not None and now < self._seals_next:
            return
        done = self._ledger.sealing.step(self._sealed_through, now=now)
        self._sealed_through = done.through_offer
        if done.points:
            log.info("sealed %s points of %s offers", done.points, done.offers)
        if done.is_last:
            self._sealed_through, self._seals_next = 0, now + SEAL_EVERY

    def _is_under_way(self, task: _Task) -> bool:
        status = task.crawling.ended()
        if status is not None:
            if status != 0:
                log.warning("the crawl of run %s ended with status %s", task.lease.run_id, status)
                self._give_back(task.lease)
            return False
        if self._ledger.runs.lease_is_lost(task.lease, now=self._clock()):
            log.warning("the crawl of run %s fell silent", task.lease.run_id)
            task.crawling.kill()
            return False
        return True

    def _give_back(self, lease: RunLease) -> None:
        """Let the run be claimed at once instead of when its lease runs out; an ended run needs nothing."""
        try:
            self._ledger.runs.release(lease, now=self._clock())
        except StaleFence:
            return
        except LedgerError as error:
            log.warning("the lease of run %s runs out by itself: %s", lease.run_id, error)
