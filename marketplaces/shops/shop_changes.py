"""When a page last changed: found by looking back from now, hour by hour, for the last different content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quoted
from marketplaces.world.seasons import Moment, moment

if TYPE_CHECKING:
    from marketplaces.world.storefront import Page

_LOOK_BACK = 24 * 30
"""Hours; a page that has not changed for longer is dated by this."""


@dataclass(frozen=True, slots=True)
class _Known:
    hour: int
    changed: int


class Changes:
    """Remembers what it found, so that the next hour costs one look."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._moments: dict[int, Moment] = {}

    def last(self, page: Page, hour: int) -> int:
        """The hour at which the page took the content it has at `hour`."""
        known = self._known.get(page.slug)
        if known is None or not known.hour <= hour:
            known = _Known(hour - _LOOK_BACK, hour - _LOOK_BACK)
        changed = self._changed_since(page, hour, known)
        self._known[page.slug] = _Known(hour, changed)
        return changed

    def _changed_since(self, page: Page, hour: int, known: _Known) -> int:
        now = self._content(page, hour)
        for earlier in range(hour - 1, known.hour - 1, -1):
            if self._content(page, earlier) != now:
                return earlier + 1
        return known.changed

    def _content(self, page: Page, hour: int) -> tuple[object, ...]:
        at = self._moments.get(hour)
        if at is None:
            if len(self._moments) > 4 * _LOOK_BACK:
                self._moments.clear()
            at = self._moments[hour] = moment(hour)
        return tuple((quoted(offer, at), title_at(offer, at)) for offer in page.offers)
