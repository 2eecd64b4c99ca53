"""Ids of products that are no longer shown, because people said that goods are the same or no longer say that they are not."""

from __future__ import annotations

import threading
import time
from typing import Final

from catalog.errors import LedgerUnavailable
from catalog.listing import OfferKey
from indexer.match.arrange import apart_id
from indexer.read_title.family import FAMILIES
from ledger.database import QUICK_S
from ledger.ledger import Ledger

MOMENT_S: Final = 0.5
"""How long is waited at most while a word is on its way; a follower's batch takes 0.1 to 0.4 s (DECISIONS 32)."""
LOOK_S: Final = 0.05

_FAMILIES: Final = (None, *(family.name for family in FAMILIES))


class FormerProducts:
    """Knows where the offers of a former product are shown now. Asked only about ids that the index does not know."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._parts: dict[str, OfferKey] = {}
        self._through = 0

    def where_now(self, product_id: str) -> str | None:
        """The id under which its offers are shown; None: it is no former product, or the ledger is away.

        The index hears of a word a moment before the ledger notes it: then that moment is waited for.
        """
        until, pause = time.monotonic() + MOMENT_S, threading.Event()
        try:
            while True:
                active = self._ledger.projections.active(within_s=QUICK_S)
                if active is None:
                    return None
                found = self._look(active.id, product_id)
                is_noted = active.word >= self._ledger.corrections.newest_number()
                if found is not None or is_noted or time.monotonic() > until:
                    return found
                pause.wait(LOOK_S)
        except LedgerUnavailable:
            return None

    def _look(self, generation: int, product_id: str) -> str | None:
        found = self._ledger.projections.where_now(generation, product_id)
        found = found if found is not None else self._of_part(generation, product_id)
        return None if found == product_id else found

    def _of_part(self, generation: int, product_id: str) -> str | None:
        """Where the offer is now that once led a part of this id."""
        self._learn()
        key = self._parts.get(product_id)
        if key is None:
            return None
        known = self._ledger.observations.current([key]).get(key)
        return None if known is None else self._ledger.projections.product_of(generation, known.offer_id)

    def _learn(self) -> None:
        """Every id that a part could ever have had, of offers that somebody said something about."""
        newest = self._ledger.corrections.newest_number()
        if newest == self._through:
            return
        keys = {key for said in self._ledger.corrections.all() for key in said.correction.pair}
        self._parts = {apart_id(key, family): key for key in keys for family in _FAMILIES}
        self._through = newest
