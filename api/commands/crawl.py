"""``bijia crawl`` and ``bijia runs``: crawl a marketplace now, and see what runs did."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.terminal import FAILED, bar, reporting, say, say_json

if TYPE_CHECKING:
    from api.runner import CrawlRunner
    from api.services import Services
    from ledger.runs import Run

WATCH_S: Final = 0.3


@reporting
def crawl(
    marketplace: Annotated[str, typer.Argument(help="its slug, e.g. taobao")],
    keyword: Annotated[list[str] | None, typer.Option("--keyword", "-k", help="may be repeated")] = None,
    wait: Annotated[bool, typer.Option(help="crawl now and watch; --no-wait leaves it to a worker")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Crawl a marketplace for keywords, now."""
    from api.routes.crawling import checked_keywords
    from api.runner import HostRunner
    from api.services import open_services
    from api.settings import ServiceSettings
    from api.views import run_view

    services = open_services(ServiceSettings(), admin_key="")
    runner = HostRunner(os.environ, is_guest=True)
    try:
        runner.wait_until_ready()
        keywords = checked_keywords(services, marketplace, keyword or [])
        run_id = services.ledger.runs.request(marketplace, keywords, now=services.clock())
        run = watch(services, runner, run_id) if wait else services.ledger.runs.get(run_id)
    finally:
        runner.close()
        services.close()
    if as_json:
        say_json(run_view(run))
    else:
        say(summary(run))
    if run.state in {"failed", "cancelled"}:
        raise typer.Exit(FAILED)


def watch(services: Services, runner: CrawlRunner, run_id: int) -> Run:
    """Work on a run here, unless a worker has it already, and show how far it is; the ended run."""
    name = f"command:{os.getpid()}"
    crawling = None
    try:
        with bar(f"run {run_id}") as report:
            while True:
                run = services.ledger.runs.get(run_id)
                report(run.progress.pages - run.progress.waiting, run.progress.pages, _note(run))
                if run.state.is_final:
                    return run
                if crawling is None or crawling.ended() is not None:
                    lease = services.ledger.runs.claim(name, now=services.clock(), run_id=run_id)
                    crawling = runner.start(lease) if lease is not None else None
                time.sleep(WATCH_S)  # noqa: TID251 - a command that watches; Ctrl-C ends it
    finally:
        if crawling is not None and crawling.ended() is None:
            crawling.kill()


@reporting
def runs(
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The newest runs and what came of them."""
    from api.services import open_services
    from api.settings import ServiceSettings
    from api.views import runs_view

    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        found = services.ledger.runs.newest(limit=limit)
    finally:
        services.close()
    if as_json:
        say_json(runs_view(found, limit))
        return
    for run in found:
        say(summary(run))


def summary(run: Run) -> str:
    """A run in one line."""
    p = run.progress
    parts = [
        f"run {run.id} {run.marketplace} {run.state}",
        f"{p.done}/{p.pages} pages" + (f", {p.failed} failed" if p.failed else ""),
        f"{p.offers} offers, {p.added} new",
        *([f"{p.quarantined} held back"] if p.quarantined else []),
        *([f"{p.rejected} unreadable"] if p.rejected else []),
        *([run.reason] if run.reason else []),
    ]
    return "  ".join(parts)


def _note(run: Run) -> str:
    return f"{run.state} {run.progress.offers} offers"
