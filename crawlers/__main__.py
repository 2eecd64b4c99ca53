"""``python -m crawlers``: how the other rooms crawl, without ever loading Scrapy themselves.

    host [--add]             register the marketplaces, then fork a crawl for every run named on standard input; with
                             --add none that is known to be configured is marked as not
    work --run N --fence F   crawl one run that was claimed
    missing                  print, for each marketplace, the first setting that it lacks here, as JSON
    limits                   print Scrapy's settings, for the test that compares them with what is promised

A crawl exits with 0 when its run ended, 3 when its lease was lost, 4 when the ledger could not be written.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from catalog.errors import BijiaError, ConfigurationError, LedgerError, StaleFence
from catalog.listing import Marketplace
from crawlers.lifetime import die_with_parent, dying_at
from crawlers.registry import source_of, sources
from crawlers.settings import CrawlSettings, access_to, pace_of, scrapy_settings
from ledger.database import no_checkpoint
from ledger.ledger import Ledger
from ledger.runs import RunLease

EXIT_LEASE_LOST: Final = 3
PRELOADED: Final = (
    "crawlers.frontier_spider",
    "scrapy.core.engine",
    "scrapy.core.scraper",
    "scrapy.core.downloader.handlers.http11",
)
"""What every crawl needs, loaded once before the fork. None of it installs a reactor."""
EXIT_LEDGER: Final = 4

CONNECTIONS: Final = 2
"""To PostgreSQL, of one crawl: one page commits at a time (DECISIONS 8), and the lease is prolonged beside it."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m crawlers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("missing", "limits"):
        commands.add_parser(name)
    commands.add_parser("host").add_argument("--add", action="store_true")
    work = commands.add_parser("work")
    work.add_argument("--run", type=int, required=True)
    work.add_argument("--fence", type=int, required=True)
    options = parser.parse_args(arguments)
    if options.command == "host":
        return _host(is_guest=options.add)
    if options.command == "missing":
        json.dump(missing(os.environ), sys.stdout)
        return 0
    if options.command == "limits":
        json.dump(scrapy_settings(CrawlSettings()), sys.stdout, default=str)
        return 0
    die_with_parent()
    return work_on(options.run, options.fence)


def _host(*, is_guest: bool) -> int:
    """Load everything once, then fork."""
    die_with_parent()
    for module in PRELOADED:
        importlib.import_module(module)
    from crawlers.host import Host, in_child, say

    status = in_child(_add if is_guest else _register)
    say({"ready": status == 0})
    if status == 0:
        gc.freeze()  # children never look through, and so never copy, what was loaded before the fork
        Host(work_on, CrawlSettings().data_dir.absolute() / "logs").serve()
    return status


def _register() -> int:
    with Ledger.open(CrawlSettings().ledger_url, migrated=True) as ledger:
        ledger.marketplaces.register(configured(os.environ))
    return 0


def _add() -> int:
    with Ledger.open(CrawlSettings().ledger_url, migrated=True) as ledger:
        ledger.marketplaces.add(configured(os.environ))
    return 0


def configured(environment: Mapping[str, str]) -> dict[Marketplace, bool]:
    """Every marketplace, and whether its address and credentials are set."""
    lacking = missing(environment)
    return {s.marketplace: lacking[slug] is None for slug, s in sources().items()}


def missing(environment: Mapping[str, str]) -> dict[str, str | None]:
    """What is first wrong or missing in each marketplace's settings, by slug; None where nothing is."""
    found: dict[str, str | None] = {}
    for slug, source in sources().items():
        try:
            access_to(source, environment)
            pace_of(source, environment)
            found[slug] = None
        except ConfigurationError as error:
            found[slug] = str(error)
    return found


def work_on(run_id: int, fence: int) -> int:
    """Crawl one run in this process; the exit status."""
    settings = CrawlSettings()
    checkpoint = dying_at(settings.die_at, life=fence) if settings.die_at else no_checkpoint
    try:
        with Ledger.open(settings.ledger_url, pool_size=CONNECTIONS, checkpoint=checkpoint) as ledger:
            run = ledger.runs.get(run_id)
            lease = RunLease(run_id, run.marketplace, run.keywords, fence)
            _crawl(settings, ledger, lease, checkpoint)
    except StaleFence as error:
        _complain(error)
        return EXIT_LEASE_LOST
    except LedgerError as error:
        _complain(error)
        return EXIT_LEDGER
    return 0


def _crawl(
    settings: CrawlSettings, ledger: Ledger, lease: RunLease, checkpoint: Callable[[str], None]
) -> None:
    """Crawl, or end the run with the reason why it cannot be crawled."""
    from crawlers.frontier_spider import Job, utc_now, work

    try:
        source = source_of(lease.marketplace)
        job = Job(
            ledger,
            lease,
            source,
            access_to(source, os.environ),
            pace_of(source, os.environ),
            settings,
            checkpoint,
        )
        checkpoint("crawl.started")
        work(job)
    except LedgerError:
        raise
    except BijiaError as error:
        ledger.runs.abort(lease, str(error), now=utc_now())


def _complain(error: BaseException) -> None:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - the log of the run


if __name__ == "__main__":
    sys.exit(main())
