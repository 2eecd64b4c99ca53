"""A process that seals history and dies on the way."""

from __future__ import annotations

import os
import signal
from datetime import datetime

from sqlalchemy import event

import ledger.sealing
from ledger.ledger import Ledger


def seal(url, now, *, die_at_statement=0, die_at_point="", arrival=1):
    """Seal in small steps; die at once where the database is sent that statement, or at the n-th arrival at a point."""
    ledger.sealing.OFFERS_AT_ONCE, ledger.sealing.ROWS_AT_ONCE, ledger.sealing.FULL = 2, 7, 3
    sent = arrived = 0

    def reach(point):
        nonlocal arrived
        arrived += point == die_at_point
        if arrived == arrival:
            os.kill(os.getpid(), signal.SIGKILL)

    with Ledger.open(url, checkpoint=reach) as opened:

        @event.listens_for(opened.database.engine, "before_cursor_execute")
        def count(*_):
            nonlocal sent
            sent += 1
            if sent == die_at_statement:
                os.kill(os.getpid(), signal.SIGKILL)

        opened.sealing.run(now=datetime.fromisoformat(now), report=lambda *_: None)
