"""The demo's past: the practice marketplaces set back day by day and crawled as they were, so that histories are there.

A second set of the same practice marketplaces stands still at a past moment. Its addresses are told to be so many
seconds behind (`BIJIA_<MARKETPLACE>_BEHIND_S`), so what is seen there is dated then; all else is an ordinary crawl
through the same ledger. Late sightings add history and replace nothing.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from api.runner import HostRunner
from catalog.errors import LedgerError
from ledger.ledger import Ledger

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

STEP: Final = timedelta(hours=44)
"""Between two looks: a price is carried 48 hours past a sighting (domain §4.2), so no day is without one, however long a
look takes."""

WORKER: Final = "demo past"
LOOK_ROUND_S: Final = 0.05
PATIENCE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Past:
    """Which marketplaces are looked back at, and how."""

    ledger: Ledger
    clock: Clock
    control: str
    """Address of the set-back practice marketplaces' control."""
    environment: Mapping[str, str]
    """The settings that point crawlers at them, ``BEHIND_S`` aside."""
    keywords: Mapping[str, Sequence[str]]
    """Marketplace -> what is searched there."""

    def fill(self, days: int, now: datetime, stop: threading.Event) -> int:
        """Look back from so many days ago up to yesterday; the number of runs. Ends early with `stop`."""
        runs = 0
        moment = now - timedelta(days=days)
        while moment < now - timedelta(hours=12) and not stop.is_set():
            self._set_back(moment)
            behind_s = int((now - moment).total_seconds())
            runs += self._crawl_all(behind_s, stop)
            moment += STEP
        return runs

    def _set_back(self, moment: datetime) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.control).netloc, timeout=10)
        try:
            body = json.dumps({"set": moment.isoformat(), "speed": 0})
            connection.request("POST", "/clock", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise OSError(f"practice clock: {answer.status} {answer.read()[:200]!r}")
        finally:
            connection.close()

    def _crawl_all(self, behind_s: int, stop: threading.Event) -> int:
        behind = {f"BIJIA_{slug.upper()}_BEHIND_S": str(behind_s) for slug in self.keywords}
        runner = HostRunner({**os.environ, **self.environment, **behind}, is_guest=True)
        try:
            runner.wait_until_ready()
            return sum(self._crawl(runner, slug, stop) for slug in self.keywords)
        finally:
            runner.close()

    def _crawl(self, runner: HostRunner, slug: str, stop: threading.Event) -> int:
        """One run, done here and now; 0 where the marketplace is being crawled by somebody else."""
        runs, clock = self.ledger.runs, self.clock
        run_id = runs.request(slug, self.keywords[slug], now=clock())
        lease = runs.claim(WORKER, now=clock(), run_id=run_id)
        if lease is None:
            return 0
        crawling = runner.start(lease)
        waited = 0.0
        while crawling.ended() is None and not stop.wait(LOOK_ROUND_S) and waited < PATIENCE_S:
            waited += LOOK_ROUND_S
        if crawling.ended() is None:
            crawling.kill()
            runs.abort(lease, "the demo ended", now=clock())
        return 1


def fill_in_background(past: Past, days: int, now: datetime, stop: threading.Event) -> threading.Thread:
    """Fill the past while the page is looked at; what goes wrong is said and ends it, the demo goes on."""

    def work() -> None:
        try:
            past.fill(days, now, stop)
        except (OSError, LedgerError) as error:
            log.warning("the demo's past ends here: %s", error)

    thread = threading.Thread(target=work, name="demo-past")
    thread.start()
    return thread
