"""The real line without a page: practice marketplaces on sockets, a ledger, and crawls as processes of their own."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import text

from api.runner import HostRunner
from ledger.ledger import Ledger
from tests.support.fetchers import wall
from tests.support.practice import as_told, practice_server, true_offers

PATIENCE_S = 120


@dataclass
class Stack:
    """What a test drives."""

    server: object
    ledger: Ledger
    runner: HostRunner
    keywords: list[str]
    truth: dict[object, dict[str, object]]
    clean: dict[str, object] = field(default_factory=dict)

    def start(self, slug, keywords=None):
        """A requested and claimed run with its crawl under way: (lease, crawl)."""
        wanted = () if slug == "shop" else (keywords or self.keywords)
        run_id = self.ledger.runs.request(slug, wanted, now=wall())
        lease = self.ledger.runs.claim("w", now=wall(), run_id=run_id)
        return lease, self.runner.start(lease)

    def crawl(self, *slugs):
        """Crawl marketplaces side by side to their ends; their runs."""
        started = {slug: self.start(slug) for slug in slugs}
        found = {}
        for slug, (lease, crawl) in started.items():
            status = ended(crawl)
            found[slug] = self.ledger.runs.get(lease.run_id)
            assert status == 0, f"{slug}: the crawl process ended with {status}"
        return found

    def wrong_prices(self):
        """Offers whose believed price is not the one they are on sale for."""
        stored = self.ledger.observations.current(list(self.truth))
        return {
            str(key): (as_told(one.offer)["price_fen"], self.truth[key]["price_fen"])
            for key, one in stored.items()
            if as_told(one.offer)["price_fen"] != self.truth[key]["price_fen"]
        }

    def forget_waits(self):
        """As if the time that marketplaces asked for had passed."""
        with self.ledger.database.write() as connection:
            connection.execute(text("DELETE FROM hosts"))


def ended(crawl, patience_s=PATIENCE_S):
    """The exit status of a crawl, waited for."""
    deadline = time.monotonic() + patience_s
    while (status := crawl.ended()) is None:
        assert time.monotonic() < deadline, "the crawl does not end"
        time.sleep(0.02)  # noqa: TID251 - watching another process
    return status


@contextmanager
def open_stack(folder, *, keywords=2, rate=400, environment=None, **world):
    """Everything running; closed at the end."""
    with (
        practice_server(**world) as server,
        Ledger.open(f"sqlite:///{folder}/ledger.sqlite", migrated=True) as ledger,
    ):
        settings = {name: value for name, value in os.environ.items() if not name.startswith("BIJIA_")}
        settings |= server.environment(rate=rate) | {"BIJIA_DATA_DIR": str(folder)} | (environment or {})
        runner = HostRunner(settings)
        runner.wait_until_ready()
        try:
            yield Stack(
                server,
                ledger,
                runner,
                server.ask("/keywords")["keywords"][:keywords],
                true_offers(server.ask("/truth")),
            )
        finally:
            runner.close()
