"""How old a figure may be before it is greyed, and before it is hidden (domain §1.5; DECISIONS 17)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

GREY_AFTER: Final = timedelta(hours=24)
HIDE_AFTER: Final = timedelta(days=7)


class Freshness(StrEnum):
    """What a figure's age means for the page."""

    FRESH = "fresh"
    STALE = "stale"  # shown in grey, with its age
    EXPIRED = "expired"  # not shown as a price any more


def freshness(last_seen: datetime, now: datetime) -> Freshness:
    """The class of a figure last seen at `last_seen`."""
    age = now - last_seen
    if age > HIDE_AFTER:
        return Freshness.EXPIRED
    return Freshness.STALE if age > GREY_AFTER else Freshness.FRESH
