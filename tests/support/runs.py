"""Runs and pages for ledger tests."""

from __future__ import annotations

from datetime import timedelta

from ledger.frontier import Fetched, PageRequest, ReadPage
from tests.support.offers import START


def at(seconds):
    return START + timedelta(seconds=seconds)


def fetched(seconds=0):
    return Fetched(at(seconds), 200, 10, "h")


def search(page):
    return PageRequest("search", {"page": str(page)})


def read_page(*observations, seconds=0, next_pages=(), rejects=()):
    return ReadPage(fetched(seconds), observations, next_pages, rejects)


def start_run(ledger, *, marketplace="jd", seconds=0, first=1, worker="w1"):
    """A claimed run with `first` queued pages."""
    run_id = ledger.runs.request(marketplace, ["手机"], now=at(seconds))
    lease = ledger.runs.claim(worker, now=at(seconds), run_id=run_id)
    ledger.frontier.seed(lease, [search(n) for n in range(first)])
    return lease


def commit(ledger, lease, *observations, seconds=10**6, **more):
    """Lease the next page of the run and complete it with `observations`."""
    (page,) = ledger.frontier.lease(lease, limit=1, now=at(seconds))
    return ledger.frontier.complete(lease, page.id, read_page(*observations, **more), now=at(seconds))


def one_page_run(ledger, *observations, seconds=10**6, marketplace="jd"):
    """A whole run of one page."""
    lease = start_run(ledger, marketplace=marketplace, seconds=seconds)
    committed = commit(ledger, lease, *observations, seconds=seconds)
    ledger.runs.finish(lease, now=at(seconds))
    return committed
