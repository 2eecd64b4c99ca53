"""A grown ledger to copy, and a process that copies it and dies on the way."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

import ledger.copy as moving
from catalog.listing import OfferKey
from ledger.corrections import Correction, Word
from ledger.frontier import Reject
from ledger.ledger import Ledger
from ledger.schedules import NewSchedule, ScheduleKind, Timing
from tests.support.fetchers import wall
from tests.support.index import MARKETPLACES
from tests.support.offers import seen
from tests.support.practice import crawl_in_process, open_practice
from tests.support.runs import commit, one_page_run, start_run


def grow(url):
    """What months leave behind, small: crawls, a second price, a late one, a doubt, a reject, a schedule, words, a wait."""
    practice = open_practice()
    with Ledger.open(url, migrated=True) as found:
        found.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
        crawl_in_process(found, practice, "jd", ["手机", "耳机"])
        crawl_in_process(found, practice, "shop")
        one_page_run(found, seen("1", "10.00", at=0), marketplace="taobao")
        one_page_run(found, seen("1", "9.00", at=60), marketplace="taobao")
        one_page_run(found, seen("1", "9.50", at=30), seen("2", "7.00", sku='红\\色\t"大"', at=60))
        one_page_run(found, seen("1", "900.00", at=90))
        lease = start_run(found, first=2)
        commit(found, lease, rejects=[Reject("a\0", "no price", '{"title": "½ \\u0000"}')])
        found.runs.abort(lease, "wrong key", now=wall())
        left = found.runs.request("jd", ["手机"], now=wall() - timedelta(days=2))
        found.runs.claim("died", now=wall() - timedelta(days=1), run_id=left)
        every = NewSchedule("phones", "jd", ("手机",), Timing(ScheduleKind.INTERVAL, "60"))
        found.schedules.create(every, now=wall())
        a, b = OfferKey("jd", "1"), OfferKey("jd", "2")
        found.corrections.say(Correction(Word.SAME, a, b, "me", "甲 = 乙", wall()))
        found.hosts.park("a.example", wall(), "Retry-After")


def copy(source, target, *, batch=20, die_at=0):
    """Copy in small batches; with `die_at`, die at once where the target is sent that statement."""
    moving.BATCH = batch
    from_here, to_there = moving.open_existing(source, "--from"), moving.open_any(target, "--to")
    sent = 0

    @event.listens_for(to_there.engine, "before_cursor_execute")
    def count(*_):
        nonlocal sent
        sent += 1
        if sent == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    moving.copy(from_here, to_there, now=datetime.now(UTC))
