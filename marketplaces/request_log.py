"""What was asked of the shops, for tests of politeness. No parameters, no signatures, no keys."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEPT = 100_000
"""Entries held; older ones are forgotten (about 40 MB)."""


@dataclass(slots=True)
class Entry:
    """One request, in the order of arrival; the last four fields are filled in as it is answered."""

    seq: int
    at: str
    """Arrival, wall clock, ISO 8601 with microseconds."""
    shop: str
    method: str
    path: str
    api: str
    page: int | None
    keyword: str
    user_agent: str
    status: int | None = None
    """None: not answered yet, or cut off before a status line."""
    bytes: int = 0
    """Of the body, as sent."""
    fault: str | None = None
    """Kinds that fired, joined by +."""


class RequestLog:
    """Entries by sequence number; numbers go on after a clearing."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._next = 1

    def open(self, shop: str, method: str, path: str, user_agent: str) -> Entry:
        """A new entry, stamped now."""
        at = datetime.fromtimestamp(self._wall(), UTC).isoformat(timespec="microseconds")
        entry = Entry(self._next, at, shop, method, path, "", None, "", user_agent)
        self._next += 1
        self._entries.append(entry)
        return entry

    def since(self, seq: int, shop: str | None = None) -> Iterator[dict[str, object]]:
        """Entries after `seq`, oldest first."""
        for entry in self._entries:
            if entry.seq > seq and shop in (None, entry.shop):
                yield asdict(entry)

    def clear(self) -> None:
        """Forgets every entry."""
        self._entries.clear()
