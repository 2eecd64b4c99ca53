"""Following the ledger: accepted observations become searchable within a second.

A generation has partitions; one process at a time writes each, under the partition's lease. Followers share them evenly
and take over those of a dead one. When a rebuild activates another generation, they move over to it. Who cannot reach
engine or ledger keeps what it has in memory and tries again; who lost a lease starts again from what was stored:
decisions are the same in every replay, and the engine passes over what it has.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from catalog.errors import LedgerError, SearchError, StaleFence
from indexer.heartbeat import prolonging
from indexer.kept import Kept
from indexer.partitions import Partitions
from indexer.ports import SearchStore
from indexer.rebuild import Rebuild, partition_lease
from ledger.ledger import Ledger
from ledger.projections import Generation, Lease

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

BATCH: Final = 1_000
POLL_S: Final = 0.2
"""How often the ledger is asked for news: with a commit of 0.1 to 0.4 s well inside the promised second."""

LEASE_S: Final = 20
RETRY_S: Final = 2.0
LOOK_S: Final = 1.0
"""How often a shared store is asked whether the generation is still there, and the ledger for letters to send again."""
TIDY_S: Final = 60.0
"""How often generations that nobody needs are looked for."""

FREEZE_EVERY: Final = 20
"""Batches after which what is remembered is taken out of the garbage collector's sight (DECISIONS 39)."""

FOLLOWERS: Final = "followers"
"""What followers are counted as."""


class Follower:
    """Keeps its share of the active generation up with the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        store: SearchStore,
        rebuild: Rebuild,
        new_partitions: Callable[[int], Partitions],
        version: Callable[[], str],
        *,
        owner: str,
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._rebuild = rebuild
        self._new_partitions = new_partitions
        self._version = version
        self._owner = owner
        self._clock = clock
        self._kept: Kept | None = None
        self._prolonged_at: datetime | None = None
        self._share = 0
        self._batches = 0
        self._looked_at = self._tidied_at = float("-inf")

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop`; failures of ledger or engine are waited out."""
        while not stop.is_set():
            try:
                worked = self.step()
            except StaleFence as error:
                log.warning("another process took over a part of the index: %s", error)
                self.release()
                worked = False
            except (SearchError, LedgerError) as error:
                log.warning("the index waits: %s", error)
                stop.wait(RETRY_S)
                continue
            if not worked:
                stop.wait(POLL_S)
        self.release()

    def step(self) -> bool:
        """Project one batch; whether there was anything to do.

        Raises:
            StaleFence: another process writes a partition of this one now.
            SearchError: the engine refused; what was stored before is unharmed, the batch is sent again next time.
            LedgerError: likewise of the ledger.
        """
        kept = self._hold()
        if kept is None:
            return False
        if not kept.is_settled:
            kept.deliver(now=self._clock())
        batch, behind = kept.next_batch(BATCH)
        if not batch:
            return kept.skip_to(behind) or self._look_round(kept)
        kept.absorb(batch, behind)
        kept.deliver(now=self._clock())
        self._batches += 1
        if self._batches % FREEZE_EVERY == 0:
            gc.freeze()
        return True

    def catch_up(self) -> None:
        """Project until nothing is left: for commands and tests."""
        while self.step():
            pass

    def release(self) -> None:
        """Stop writing; another process may."""
        kept, self._kept = self._kept, None
        self._prolonged_at = None
        if kept is None:
            return
        kept.close()
        try:
            for lease in kept.leases:
                self._ledger.projections.release_lease(lease)
            self._ledger.projections.leave(FOLLOWERS, self._owner)
        except LedgerError as error:
            log.warning("the leases run out by themselves: %s", error)

    def _look_round(self, kept: Kept) -> bool:
        """What is done now and then, when there is time."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_S:
            self._looked_at = now
            kept.send_again(now=self._clock())
        if now - self._tidied_at >= TIDY_S:
            self._tidied_at = now
            self._rebuild.tidy()
        return False

    # ── holding ───────────────────────────────────────────────────────────────────────────────────

    def _hold(self) -> Kept | None:
        """This process's share of the active generation; None while others have all of it."""
        active = self._active()
        if active is None:
            return None
        if self._kept is not None and self._kept.generation.id != active.id:
            self.release()
        now = self._clock()
        if self._kept is None or len(self._kept) < self._share or self._is_due(now):
            self._share_out(active, now)  # else nothing is written: idle polls are free
        if self._kept is not None and not self._is_there(
            active
        ):  # asked last: leases are prolonged all the same
            self.release()
            self._share_out(active, now)
        return self._kept if self._kept is not None and len(self._kept) else None

    def _active(self) -> Generation | None:
        """The active generation; one of another version is built anew first."""
        active = self._ledger.projections.active()
        if active is not None and active.version == self._version():
            return active
        self.release()
        self._rebuild.run(self._version())
        return self._ledger.projections.active()

    def _is_due(self, now: datetime) -> bool:
        return self._prolonged_at is None or (now - self._prolonged_at).total_seconds() >= LEASE_S / 3

    def _is_there(self, active: Generation) -> bool:
        """Whether the store has the generation; a cluster is not asked at every poll."""
        if self._store.is_shared and time.monotonic() - self._looked_at < LOOK_S:
            return True
        return self._store.holds(active.id)

    def _share_out(self, active: Generation, now: datetime) -> None:
        """Prolong what is held, give up what is more than an even share, take what is free up to it."""
        is_due = self._is_due(now)
        if is_due:
            self._prolonged_at = now
            followers = 1
            if active.partitions > 1:
                followers = self._ledger.projections.announce(
                    FOLLOWERS, self._owner, now=now, seconds=LEASE_S
                )
            self._share = -(-active.partitions // followers)
        if self._kept is not None and is_due:
            self._prolong(self._kept, now)
            self._give_up_more_than_share(self._kept)
        for partition in range(active.partitions):
            held = self._kept
            if held is not None and (len(held) >= self._share or partition in list(held)):
                continue
            lease = self._lease(active.id, partition, now)
            if lease is not None and not self._take(active, partition, lease):
                return

    def _prolong(self, kept: Kept, now: datetime) -> None:
        for partition in list(kept):
            if self._lease(kept.generation.id, partition, now) != kept.lease_of(partition):
                kept.give_up(partition)  # it was lost meanwhile: memory may be behind what is stored

    def _give_up_more_than_share(self, kept: Kept) -> None:
        for partition in reversed(list(kept)):
            if len(kept) <= self._share or not kept.is_settled:
                return
            self._ledger.projections.release_lease(kept.give_up(partition))

    def _lease(self, generation: int, partition: int, now: datetime) -> Lease | None:
        return self._ledger.projections.take_lease(
            partition_lease(generation, partition), self._owner, now=now, seconds=LEASE_S
        )

    def _take(self, active: Generation, partition: int, lease: Lease) -> bool:
        """Keep one more partition; False when the generation turned out to be lost and was built again."""
        if self._kept is None:
            if not self._store.holds(active.id):
                self._build_again(lease)
                return False
            self._kept = self._open(active)
        with prolonging(  # of a large partition it takes longer than a lease lasts
            self._ledger.projections, [*self._kept.leases, lease], seconds=LEASE_S, clock=self._clock
        ):
            self._kept.take(partition, lease)
        return True

    def _open(self, active: Generation) -> Kept:
        self._store.activate(active.id)  # a process may have died between the ledger's word and the store's
        marketplaces = [m.slug for m in self._ledger.marketplaces.all()]
        engine = self._store.writer(active.id, marketplaces, active.version)
        return Kept(self._ledger, active, engine, self._new_partitions(active.partitions))

    def _build_again(self, lease: Lease) -> None:
        """What the ledger calls active is gone from the store: its folder was deleted, or a backup had none.

        Only the holder of a lease on it may say so: on another machine's store it was never there.
        """
        log.warning("%s is lost and is built again", lease.name)
        self._ledger.projections.release_lease(lease)
        self._rebuild.run(self._version())
