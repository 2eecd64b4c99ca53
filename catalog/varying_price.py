"""Whether one SKU is asked for at different prices at the same time: personalised prices (domain §4.2, DECISIONS 46)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from catalog.errors import InvalidInput

SAME_TIME: Final = timedelta(minutes=10)
"""Sightings so close together should agree (domain §4.2)."""


@dataclass(frozen=True, slots=True)
class AnonymousSighting:
    """What one request without any identity was asked for a SKU, unconditionally: minor units, aware time."""

    at: datetime
    minor: int


@dataclass(frozen=True, slots=True)
class AnonymousHeadline:
    """What anyone can be sure to pay, minor units; `price_varies` when some were asked less at the same time."""

    minor: int
    price_varies: bool


def anonymous_headline(seen: Collection[AnonymousSighting]) -> AnonymousHeadline:
    """The headline of one SKU: the highest of the latest sighting and those at most `SAME_TIME` before it.

    Raises:
        InvalidInput: nothing was seen.
    """
    if not seen:
        raise InvalidInput("no sighting, no headline")
    latest = max(one.at for one in seen)
    asked = {one.minor for one in seen if latest - one.at <= SAME_TIME}
    return AnonymousHeadline(max(asked), price_varies=len(asked) > 1)
