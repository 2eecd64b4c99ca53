"""Following the ledger: accepted observations become searchable within a second.

One process at a time writes a generation; it holds that generation's lease. When a rebuild activates another one, the
follower moves over to it. After any failure it starts again from what was stored: decisions are the same in every
replay, and the engine passes over what it has.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from catalog.errors import LedgerError, SearchError, StaleFence
from indexer.ports import SearchEngine, SearchStore
from indexer.projector import Projector
from indexer.rebuild import Rebuild, generation_lease
from ledger.ledger import Ledger
from ledger.projections import Lease

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

BATCH: Final = 1_000
POLL_S: Final = 0.2
"""How often the ledger is asked for news: with a commit of 0.1 to 0.4 s well inside the promised second."""

LEASE_S: Final = 20
RETRY_S: Final = 2.0

FREEZE_EVERY: Final = 20
"""Batches after which what is remembered is taken out of the garbage collector's sight (DECISIONS 39)."""


@dataclass(slots=True)
class _Held:
    """The generation this process writes."""

    generation: int
    cursor: int
    engine: SearchEngine
    projector: Projector
    lease: Lease
    prolonged_at: datetime
    batches: int = 0


class Follower:
    """Keeps the active generation up with the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        store: SearchStore,
        rebuild: Rebuild,
        new_projector: Callable[[], Projector],
        version: Callable[[], str],
        *,
        owner: str,
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._rebuild = rebuild
        self._new_projector = new_projector
        self._version = version
        self._owner = owner
        self._clock = clock
        self._held: _Held | None = None

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop`; failures of ledger or engine are waited out."""
        while not stop.is_set():
            try:
                worked = self.step()
            except StaleFence as error:
                log.warning("another process took over the index: %s", error)
                self.release()
                worked = False
            except (SearchError, LedgerError) as error:
                log.warning("the index waits: %s", error)
                self.release()
                stop.wait(RETRY_S)
                continue
            if not worked:
                stop.wait(POLL_S)
        self.release()

    def step(self) -> bool:
        """Project one batch; whether there was anything to do.

        Raises:
            StaleFence: another process writes this generation now.
            SearchError: the engine refused; what was stored before is unharmed.
            LedgerError: likewise of the ledger.
        """
        held = self._hold()
        if held is None:
            return False
        batch = self._ledger.observations.accepted_after(held.cursor, limit=BATCH)
        if not batch:
            return False
        result = held.projector.absorb(batch)
        try:
            held.engine.apply(result.operations)
            self._ledger.projections.advance(held.generation, result.cursor, result.assignments, held.lease)
        except (SearchError, LedgerError):
            self.release()  # memory is ahead of what is stored: begin again from there
            raise
        held.cursor = result.cursor
        held.batches += 1
        if held.batches % FREEZE_EVERY == 0:
            gc.freeze()
        return True

    def catch_up(self) -> None:
        """Project until nothing is left: for commands and tests."""
        while self.step():
            pass

    def release(self) -> None:
        """Stop writing; another process may."""
        held, self._held = self._held, None
        if held is None:
            return
        held.engine.close()
        try:
            self._ledger.projections.release_lease(held.lease)
        except LedgerError as error:
            log.warning("the lease runs out by itself: %s", error)

    def _hold(self) -> _Held | None:
        """The active generation, held for writing; None while another process holds it."""
        active = self._ledger.projections.active()
        if active is None or active.version != self._version():
            self.release()
            self._rebuild.run(self._version())
            active = self._ledger.projections.active()
            if active is None:
                return None
        held = self._held
        if held is not None and (held.generation != active.id or not self._store.holds(active.id)):
            self.release()
            held = None
        now = self._clock()
        if held is not None and (now - held.prolonged_at).total_seconds() < LEASE_S / 3:
            return held  # idle polls write nothing
        lease = self._ledger.projections.take_lease(
            generation_lease(active.id), self._owner, now=now, seconds=LEASE_S
        )
        if lease is None:
            self.release()
            return None
        if held is not None and held.lease == lease:
            held.prolonged_at = now
            return held
        if held is not None:
            held.engine.close()
        self._held = (
            self._open(active.id, active.cursor, lease, now) if self._store.holds(active.id) else None
        )
        if self._held is None:
            self._build_again(lease)
        return self._held

    def _build_again(self, lease: Lease) -> None:
        """What the ledger calls active is gone from the store: its folder was deleted, or a backup had none.

        Only the holder of its lease may say so: on another machine's store it was never there.
        """
        log.warning("%s is lost and is built again", lease.name)
        self._ledger.projections.release_lease(lease)
        self._rebuild.run(self._version())

    def _open(self, generation: int, cursor: int, lease: Lease, now: datetime) -> _Held:
        gc.collect()  # before what is about to be loaded is frozen: nothing of an earlier attempt may be
        marketplaces = [m.slug for m in self._ledger.marketplaces.all()]
        engine = self._store.writer(generation, marketplaces)
        try:
            projector = self._new_projector()
            assignments = self._ledger.projections.assignments(generation)
            stored = self._ledger.observations.by_number(a.observation_id for a in assignments)
            projector.restore(stored, assignments)
        except BaseException:
            engine.close()
            raise
        gc.freeze()
        return _Held(generation, cursor, engine, projector, lease, now)
