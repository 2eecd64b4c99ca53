"""Time as the ledger stores it: whole microseconds since 1970 UTC. Clocks are passed in, never read here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Microseconds since 1970 UTC; exact (no float in between).

    Raises:
        ValueError: a naive time.
    """
    if moment.tzinfo is None:
        raise ValueError("naive time")
    return (moment - EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """The aware UTC time that `to_us` stored."""
    return EPOCH + timedelta(microseconds=microseconds)


def from_seconds(many: Iterable[int]) -> Iterator[datetime]:
    """The aware UTC times so many whole seconds after 1970."""
    return map(EPOCH.__add__, map(timedelta, itertools.repeat(0), many))


def from_us_or_none(microseconds: int | None) -> datetime | None:
    """As `from_us`; None stays None."""
    return None if microseconds is None else from_us(microseconds)
