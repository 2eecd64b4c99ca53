"""The worker seals by itself, a step at a time, and looks again a day later."""

from __future__ import annotations

from datetime import timedelta

from api.worker import SEAL_EVERY, Worker
from tests.support.offers import START, seen
from tests.support.runs import one_page_run

QUARTER_LATER = START + timedelta(days=92)


class NoCrawls:
    """A runner that nobody asks."""


def test_a_worker_seals_what_is_settled_and_looks_again_after_a_day(sqlite_ledger, monkeypatch):
    one_page_run(sqlite_ledger, seen("1", "10.00", at=0))
    one_page_run(sqlite_ledger, seen("1", "11.00", at=60))
    steps, now = [], QUARTER_LATER
    step = sqlite_ledger.sealing.step
    monkeypatch.setattr(
        sqlite_ledger.sealing, "step", lambda *a, **b: steps.append(step(*a, **b)) or steps[-1]
    )
    worker = Worker(sqlite_ledger, NoCrawls(), capacity=1, clock=lambda: now, name="w")

    for _ in range(3):
        worker.step()
    assert [one.points for one in steps] == [1]

    one_page_run(sqlite_ledger, seen("1", "12.00", at=120))
    now = QUARTER_LATER + SEAL_EVERY
    for _ in range(3):
        worker.step()
    assert [one.points for one in steps] == [1, 1]
