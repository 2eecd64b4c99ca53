"""Which partition of an index an offer belongs to, and a batch of observations taken in by some of them.

Offers of different families of goods are never compared by price, so a family is kept whole by one process and any
number of processes share the families. Products, documents and revisions are the same for every number of partitions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from indexer.projector import Batch, Projector
from indexer.read_title.reader import TitleReader
from ledger.feed import Event
from ledger.observations import OrderKey, Stored

Earlier = Callable[[Collection[int], int], Mapping[int, OrderKey]]
"""Order of the newest sighting that each of these offers had before this observation; who never had one is left out."""


def partition_of(family: str | None, partitions: int) -> int:
    """Where the goods of a family are kept; those of no known family are together, too."""
    digest = hashlib.blake2b((family or "").encode(), digest_size=8).digest()
    return int.from_bytes(digest) % partitions


class Partitions:
    """The partitions of one generation that this process keeps."""

    def __init__(
        self, count: int, reader: TitleReader, new_projector: Callable[[], Projector], earlier: Earlier
    ) -> None:
        """`earlier` is asked of offers that are new here and may have been elsewhere before."""
        self.count: Final = count
        self._reader = reader
        self._new_projector = new_projector
        self._earlier = earlier
        self._kept: dict[int, Projector] = {}

    def keep(self, partition: int) -> Projector:
        """From now on this partition is kept here; its state, empty so far."""
        return self._kept.setdefault(partition, self._new_projector())

    def give_up(self, partition: int) -> None:
        """It is kept elsewhere now."""
        self._kept.pop(partition, None)

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def projector(self, partition: int) -> Projector:
        """The state of a partition that is kept here."""
        return self._kept[partition]

    def absorb(self, batch: Sequence[Event], partitions: Iterable[int]) -> dict[int, Batch]:
        """Take the next events into these partitions; what comes of it in each. Words are for all of them."""
        taking = {partition: self._kept[partition] for partition in partitions}
        homes = self._homes(batch)
        moved = self._moved(batch, homes, taking)
        return {partition: one.absorb(batch, homes, partition, moved) for partition, one in taking.items()}

    def _homes(self, batch: Sequence[Event]) -> list[int]:
        if self.count == 1:
            return [0] * len(batch)
        return [
            partition_of(self._reader.family(event.offer), self.count) if isinstance(event, Stored) else -1
            for event in batch
        ]

    def _moved(
        self, batch: Sequence[Event], homes: Sequence[int], taking: Mapping[int, Projector]
    ) -> Mapping[int, OrderKey]:
        """Of offers that come to a partition where they are not yet: how new the newest sighting elsewhere was."""
        if self.count == 1:
            return {}
        seen = [(event, home) for event, home in zip(batch, homes, strict=True) if isinstance(event, Stored)]
        coming = {
            stored.offer_id
            for stored, home in seen
            if home in taking and taking[home].order_of(stored.offer_id) is None
        }
        return self._earlier(coming, seen[0][0].id) if coming else {}
