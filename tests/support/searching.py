"""Searching and following all the time in threads, while a test does something to what is searched; and what went wrong."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from indexer.search import Choice
from tests.support.index import make_indexer
from tests.support.offers import START

WORDS = ("iPhone", "耳机")
"""What `tests.support.indexing.Growth` always has."""


class Clock:
    """The wall clock, which tests put forward."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead


@dataclass
class Searchers:
    """Threads that search all the time."""

    index: object
    search: object
    failed: list[tuple[float, str]] = field(default_factory=list)
    """When, on the monotonic clock, a searcher got no answer or an empty one; and why."""
    answered: int = 0
    longest_s: float = 0.0
    """How long the slowest answer, or failure, took."""
    generations: set[int] = field(default_factory=set)
    fewest: dict[str, int] = field(default_factory=dict)
    """Words -> the smallest number of products that an answer told."""

    @contextmanager
    def searching(self):
        stop = threading.Event()
        with thread_per(lambda words: self._search(stop, words), WORDS):
            try:
                yield
            finally:
                stop.set()

    def _search(self, stop, words):
        while not stop.is_set():
            begun = time.monotonic()
            try:
                found = self.search.find(words, Choice(), limit=5, after=None, today=START.date())
                why = "" if found.products and found.relaxed != "words" else f"nothing for {words}"
            except Exception as error:  # noqa: BLE001 - whatever a searcher would have seen
                why = f"{type(error).__name__}: {error}"
            self.longest_s = max(self.longest_s, time.monotonic() - begun)
            stop.wait(0.01)  # the others of this process want to work, too
            if why:
                self.failed.append((begun, why))
            else:
                self.answered += 1
                self.fewest[words] = min(found.total, self.fewest.get(words, found.total))
                self.generations.add(self.index._generation)


@contextmanager
def thread_per(work, items):
    """A thread for each, waited for at the end; `work` has to end by itself then."""
    threads = [threading.Thread(target=work, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


@contextmanager
def running(follower):
    """Follow until the end of the block."""
    stop = threading.Event()
    with thread_per(follower.run, [stop]):
        try:
            yield
        finally:
            stop.set()


@contextmanager
def growing(growth, *, pause_s=0.3):
    """New pages until the end of the block: slower than a rebuild reads them on a busy machine, or it had no end."""
    stop = threading.Event()

    def grow(_):
        while not stop.wait(pause_s):
            growth.pages(1)

    with thread_per(grow, [None]):
        try:
            yield
        finally:
            stop.set()


def caught_up(ledger):
    """Whether everything that was seen is in the index."""
    active = ledger.projections.active()
    return active is not None and active.cursor == ledger.observations.newest_number()


def digest_of_a_rebuild(ledger):
    """Of the same observations, in memory, where nothing goes wrong. It becomes the active one: to be asked last."""
    indexer = make_indexer(ledger)
    return indexer.rebuild().run(indexer.version()).digest
