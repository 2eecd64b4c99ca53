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

PATIENCE_S = 200


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
        stack_around(server, folder, keywords=keywords, rate=rate, environment=environment) as stack,
    ):
        yield stack


@contextmanager
def stack_around(server, folder, *, url=None, keywords=None, rate=400, concurrency=4, environment=None):
    """As `open_stack`, around practice marketplaces that run already, on the ledger at `url`; all keywords by default."""
    url = url or f"sqlite:///{folder}/ledger.sqlite"
    settings = settings_of(server, folder, url, rate=rate, concurrency=concurrency) | (environment or {})
    with Ledger.open(url, migrated=True) as ledger:
        runner = HostRunner(settings)
        try:
            runner.wait_until_ready()
            yield Stack(
                server,
                ledger,
                runner,
                server.ask("/keywords")["keywords"][:keywords],
                true_offers(server.ask("/truth")),
            )
        finally:
            runner.close()


def settings_of(server, folder, url, *, rate=400, concurrency=4):
    """The environment of a process that crawls these practice marketplaces into the ledger at `url`."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("BIJIA_")}
    own = {"BIJIA_DATA_DIR": str(folder), "BIJIA_DATABASE_URL": url}
    return outside | own | server.environment(rate=rate, concurrency=concurrency)
