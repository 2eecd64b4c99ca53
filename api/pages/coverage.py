"""Which marketplaces there are, which of them are set up, and how their newest crawl ended: from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog.listing import Marketplace
from ledger.ledger import Ledger
from ledger.runs import Run, RunState

LOOKED_AT: Final = 50
"""Newest runs that are looked through; a marketplace without a finished one among them is said to have none lately."""


@dataclass(frozen=True, slots=True)
class Source:
    """A marketplace and what is known of its crawls."""

    marketplace: Marketplace
    is_configured: bool
    last: Run | None
    """Its newest finished run that read something or failed trying; cancelled and skipped ones say nothing."""
    active: Run | None
    """A run that is under way or waiting."""


def sources(ledger: Ledger) -> list[Source]:
    """Every known marketplace, in order of slug."""
    runs = ledger.runs.newest(limit=LOOKED_AT)
    return [
        Source(
            marketplace,
            is_configured,
            _newest(runs, marketplace.slug, RunState.SUCCEEDED, RunState.PARTIAL, RunState.FAILED),
            _newest(runs, marketplace.slug, RunState.RUNNING, RunState.QUEUED),
        )
        for marketplace, is_configured in ledger.marketplaces.all().items()
    ]


def _newest(runs: Sequence[Run], slug: str, *states: RunState) -> Run | None:
    return next((run for run in runs if run.marketplace == slug and run.state in states), None)
