"""``python -m crawlers``: how the other rooms start a crawl, without ever loading Scrapy themselves.

register            tell the ledger which marketplaces there are
work --run N --fence F   crawl a run that was claimed; exits 0 when it ended, 3 when its lease was lost
limits              print Scrapy's settings, for the test that compares them with what is promised
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Final

from catalog.errors import BijiaError, ConfigurationError, LedgerError, StaleFence
from catalog.listing import Marketplace
from crawlers.registry import source_of, sources
from crawlers.settings import CrawlSettings, access_to, pace_of
from ledger.database import no_checkpoint
from ledger.ledger import Ledger
from ledger.runs import RunLease

EXIT_LEASE_LOST: Final = 3
EXIT_LEDGER: Final = 4
PR_SET_PDEATHSIG: Final = 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m crawlers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("register")
    commands.add_parser("limits")
    work = commands.add_parser("work")
    work.add_argument("--run", type=int, required=True)
    work.add_argument("--fence", type=int, required=True)
    options = parser.parse_args(arguments)
    settings = CrawlSettings()
    if options.command == "register":
        return _register(settings)
    if options.command == "limits":
        return _limits(settings)
    return _work(settings, options.run, options.fence)


def _register(settings: CrawlSettings) -> int:
    with Ledger.open(settings.ledger_url, migrated=True) as ledger:
        ledger.marketplaces.register(configured(os.environ))
    return 0


def configured(environment: Mapping[str, str]) -> dict[Marketplace, bool]:
    """Every marketplace, and whether its address and credentials are set."""
    found: dict[Marketplace, bool] = {}
    for source in sources().values():
        try:
            access_to(source, environment)
            found[source.marketplace] = True
        except ConfigurationError:
            found[source.marketplace] = False
    return found


def _limits(settings: CrawlSettings) -> int:
    from crawlers.settings import scrapy_settings

    json.dump(scrapy_settings(settings), sys.stdout, default=str)
    return 0


def _work(settings: CrawlSettings, run_id: int, fence: int) -> int:
    die_with_parent()
    checkpoint = dying_at(settings.die_at) if settings.die_at else no_checkpoint
    try:
        with Ledger.open(settings.ledger_url, checkpoint=checkpoint) as ledger:
            run = ledger.runs.get(run_id)
            lease = RunLease(run_id, run.marketplace, run.keywords, fence)
            return _crawl(settings, ledger, lease, checkpoint)
    except StaleFence as error:
        print(error, file=sys.stderr)  # noqa: T201 - the supervisor reads it
        return EXIT_LEASE_LOST
    except LedgerError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_LEDGER


def _crawl(
    settings: CrawlSettings, ledger: Ledger, lease: RunLease, checkpoint: Callable[[str], None]
) -> int:
    try:
        source = source_of(lease.marketplace)
        access = access_to(source, os.environ)
        pace = pace_of(source, os.environ)
    except ConfigurationError as error:
        from crawlers.frontier_spider import utc_now

        ledger.runs.abort(lease, str(error), now=utc_now())
        return 0
    from crawlers.frontier_spider import Job, work

    checkpoint("crawl.started")
    try:
        work(Job(ledger, lease, source, access, pace, settings, checkpoint))
    except LedgerError:
        raise
    except BijiaError as error:
        from crawlers.frontier_spider import utc_now

        ledger.runs.abort(lease, str(error), now=utc_now())
    return 0


def die_with_parent() -> None:
    """A crawl never outlives the worker that watches it (Linux; elsewhere the lease fences it out)."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def dying_at(where: str) -> Callable[[str], None]:
    """A checkpoint that kills this process at the n-th arrival at one fault point (``name:n``)."""
    name, _, count = where.partition(":")
    left = int(count or 1)

    def checkpoint(reached: str) -> None:
        nonlocal left
        if reached == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


if __name__ == "__main__":
    sys.exit(main())
