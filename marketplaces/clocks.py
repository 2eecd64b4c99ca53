"""The two clocks: the world's, which prices follow and tests turn, and the protocol's, which signatures are held to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from marketplaces.world.seasons import Moment, hour_of, moment

if TYPE_CHECKING:
    from collections.abc import Callable


class WorldClock:
    """Starts at `now`, runs at `speed` world seconds per real second, can be set and advanced."""

    def __init__(self, now: datetime, speed: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._base = now.astimezone(UTC)
        self._anchor = monotonic()
        self._speed = speed
        self._moment = moment(hour_of(self._base))

    @property
    def speed(self) -> float:
        """World seconds per real second."""
        return self._speed

    def now(self) -> datetime:
        """The world's time, aware UTC."""
        return self._base + timedelta(seconds=(self._monotonic() - self._anchor) * self._speed)

    def moment(self) -> Moment:
        """The hour of the world that everything is priced at."""
        hour = hour_of(self.now())
        if hour != self._moment.hour:
            self._moment = moment(hour)
        return self._moment

    def set(self, at: datetime) -> None:
        """Jumps, forward or back."""
        self._base, self._anchor = at.astimezone(UTC), self._monotonic()

    def advance(self, seconds: float) -> None:
        """Jumps by so many world seconds."""
        self.set(self.now() + timedelta(seconds=seconds))

    def run_at(self, speed: float) -> None:
        """Goes on from here at another speed."""
        self.set(self.now())
        self._speed = speed


class ProtocolClock:
    """The gateways' real clock, plus a skew to practise with."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self.skew_s = 0.0

    def now_s(self) -> float:
        """Unix seconds."""
        return self._wall() + self.skew_s

    def now(self) -> datetime:
        """The same, aware UTC."""
        return datetime.fromtimestamp(self.now_s(), UTC)
