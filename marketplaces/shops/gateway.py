"""What the three gateways share: reading parameters wherever they stand, checking numbers and times, writing JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

from marketplaces.wire import Answer
from marketplaces.world.dice import hash_of
from marketplaces.world.seasons import CHINA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Request

WINDOW_S = 600
"""Ten minutes either way."""
_MANY_DIGITS = 12
"""From here on a number is milliseconds: seconds have ten until the year 2286."""


class Refused(Exception):
    """A check did not pass; carries the platform's error fields."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(str(fields))
        self.fields = fields


class Parameters(dict[str, str]):
    """Query and body together. `repeated` names those that came more than once; the last one counts."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.repeated: set[str] = set()
        for name, value in (*_pairs(request.query), *_pairs(_form(request))):
            if name in self:
                self.repeated.add(name)
            self[name] = value


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")


def _form(request: Request) -> str:
    """The body as a form; one client sends none and no content type, which is fine."""
    kind = request.headers.get("content-type", "")
    if not request.body or (kind and "urlencoded" not in kind):
        return ""
    return request.body.decode("utf-8", errors="replace")


def local_time(text: str) -> float | None:
    """Unix seconds of `yyyy-MM-dd HH:mm:ss` in GMT+8, or of a number of seconds or milliseconds; None if neither."""
    if text.isdigit():
        return int(text) / 1000 if len(text) >= _MANY_DIGITS else float(text)
    try:
        return datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp()
    except ValueError:
        return None


@lru_cache(4096)
def local_text(hour: int, minus_s: int = 0) -> str:
    """The GMT+8 time at which the hour begins, or so many seconds before, as TOP writes it."""
    return datetime.fromtimestamp(hour * 3600 - minus_s, UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def whole(text: str, low: int, high: int) -> int | None:
    """The number, when it is one and within the bounds."""
    try:
        number = int(text)
    except ValueError:
        return None
    return number if low <= number <= high else None


def yuan(fen: int) -> str:
    """Taobao's spelling of an amount: 199.00."""
    return f"{fen // 100}.{fen % 100:02d}"


def request_id(*parts: object) -> str:
    """An id that repeats with the request and the hour, so that answers can be compared byte for byte."""
    return f"{hash_of('/'.join(map(str, parts))):016x}"


def json_answer(document: Mapping[str, Any], tampering: Tampering | None, content_type: str) -> Answer:
    """The document as JSON with HTTP 200, whatever it says."""
    body = orjson.dumps(document)
    return Answer(tampering.document(body) if tampering else body, content_type)


def sorted_by(items: list[Any], key: Callable[[Any], Any], *, descending: bool) -> list[Any]:
    """A stable order: equal keys keep the order of relevance, whichever way."""
    return sorted(items, key=key, reverse=descending)
