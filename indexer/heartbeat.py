"""Leases kept alive while something long is done that cannot look at the clock itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime

from catalog.errors import LedgerError
from ledger.projections import Lease, Projections

log = logging.getLogger(__name__)


@contextmanager
def prolonging(
    projections: Projections, leases: Sequence[Lease], *, seconds: float, clock: Callable[[], datetime]
) -> Generator[None]:
    """Prolong `leases`, which run `seconds`, three times in that time for as long as the block takes.

    One that is lost all the same is noticed where it always is: by the next write under it (`StaleFence`).
    """
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(seconds / 3):
            try:
                for lease in leases:
                    projections.take_lease(lease.name, lease.owner, now=clock(), seconds=seconds)
            except LedgerError as error:
                log.warning("leases are not prolonged now: %s", error)

    thread = threading.Thread(target=beat, name="bijia-leases", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
