"""Limits a caller can run into: a token bucket and a daily quota. One instance per app and method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol

from marketplaces.world.seasons import CHINA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marketplaces.clocks import ProtocolClock

_DAY_S = 86_400


class Limit(Protocol):
    """Counts calls."""

    def take(self) -> int:
        """0 when the call may pass, otherwise the whole seconds until one may."""


class TokenBucket:
    """`burst` calls at once, `per_s` a second after that."""

    def __init__(self, per_s: float, burst: int, monotonic: Callable[[], float]) -> None:
        self._per_s, self._burst, self._monotonic = per_s, burst, monotonic
        self._tokens, self._at = float(burst), monotonic()

    def take(self) -> int:
        """See `Limit`."""
        now = self._monotonic()
        self._tokens = min(float(self._burst), self._tokens + (now - self._at) * self._per_s)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0
        return max(1, math.ceil((1 - self._tokens) / self._per_s))


class DailyQuota:
    """`n` calls until midnight, GMT+8."""

    def __init__(self, n: int, clock: ProtocolClock) -> None:
        self._n, self._clock = n, clock
        self._day, self._used = clock.now().astimezone(CHINA).date(), 0

    def take(self) -> int:
        """See `Limit`."""
        local = self._clock.now().astimezone(CHINA)
        if local.date() != self._day:
            self._day, self._used = local.date(), 0
        if self._used < self._n:
            self._used += 1
            return 0
        return _DAY_S - (local.hour * 3600 + local.minute * 60 + local.second)


def limit(
    kind: str, parameters: Mapping[str, Any], monotonic: Callable[[], float], protocol: ProtocolClock
) -> Limit:
    """The counter for a fault of stage `limit`."""
    if kind == "daily_quota":
        return DailyQuota(int(parameters["n"]), protocol)
    return TokenBucket(float(parameters["per_s"]), int(parameters["burst"]), monotonic)
