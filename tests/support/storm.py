"""The workers of the schedule storm: the real `Worker` under a clock that runs fast, with crawls that only write.

A pretended crawl does with the ledger what a real one does, and goes on when it is killed: it is the zombie that fencing
tokens are there for. What it did, and what it was refused, it notes in a file that survives it.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

import api.worker
from api.worker import Worker
from catalog.errors import LedgerError, StaleFence
from ledger.frontier import Fetched, ReadPage
from ledger.ledger import Ledger
from tests.support.offers import START, seen
from tests.support.runs import search


@dataclass(frozen=True)
class Clock:
    """The same time in every process: `speed` seconds per second, `offset_s` after START at the real time `started`."""

    started: float
    speed: float
    offset_s: float = 0.0

    def __call__(self):
        return START + timedelta(seconds=self.offset_s + (time.time() - self.started) * self.speed)


class Notes:
    """Lines that several processes add to and no kill can tear: one `write` each."""

    def __init__(self, path):
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, what, lease, **more):
        line = {"what": what, "run": lease.run_id, "fence": lease.fence, "pid": os.getpid(), **more}
        os.write(self._file, json.dumps(line).encode() + b"\n")


def read_notes(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class PretendRunner:
    """A `CrawlRunner` whose crawls are threads."""

    def __init__(self, ledger, clock, notes, dice, *, longest_s):
        self._ledger = ledger
        self._clock = clock
        self._notes = notes
        self._dice = dice
        self._longest_s = longest_s

    def start(self, lease):
        self._notes.note("started", lease)
        waits = [self._dice.uniform(0, self._longest_s) for _ in range(4)]
        crawl = _PretendCrawl(self._ledger, self._clock, self._notes, lease, waits)
        threading.Thread(target=crawl.work, daemon=True).start()
        return crawl


class _PretendCrawl:
    def __init__(self, ledger, clock, notes, lease, waits):
        self._ledger = ledger
        self._clock = clock
        self._notes = notes
        self._lease = lease
        self._waits = iter(waits)
        self._status = None

    def ended(self):
        return self._status

    def kill(self):
        """Too late: it goes on, and must be refused."""

    def work(self):
        try:
            self._crawl()
            self._status = 0
        except StaleFence:
            self._notes.note("refused", self._lease)
            self._status = 3
        except LedgerError as error:
            self._notes.note("failed", self._lease, why=str(error))
            self._status = 4

    def _crawl(self):
        ledger, lease = self._ledger, self._lease
        ledger.frontier.seed(lease, [search(1)])
        self._pause()
        for page in ledger.frontier.lease(lease, limit=1, now=self._clock()):
            self._pause()
            one = seen(f"{lease.run_id}-{lease.fence}", marketplace=lease.marketplace)
            read = ReadPage(Fetched(self._clock(), 200, 10, "h"), [one])
            ledger.frontier.complete(lease, page.id, read, now=self._clock())
            self._notes.note("wrote", lease)
        self._pause()
        ledger.runs.finish(lease, now=self._clock())
        self._notes.note("finished", lease)

    def _pause(self):
        time.sleep(next(self._waits))  # noqa: TID251 - a crawl waits for the network
        self._ledger.runs.beat(self._lease, now=self._clock())


def storm_worker(url, notes, clock, *, seed, longest_s=0.03, capacity=3):
    """Work until killed."""
    api.worker.LOOK_ROUND_S = 0.02
    api.worker.RETRY_S = 0.1
    fast = Clock(**clock)
    with Ledger.open(url) as ledger:
        runner = PretendRunner(ledger, fast, Notes(notes), random.Random(seed), longest_s=longest_s)
        Worker(ledger, runner, capacity=capacity, clock=fast, name=f"storm:{os.getpid()}").run(
            threading.Event()
        )
