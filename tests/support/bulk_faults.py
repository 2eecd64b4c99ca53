"""A `_bulk` request without some of its items, and its answer with those refused: as a full write queue does it."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import Any

REJECTED = {"type": "es_rejected_execution_exception", "reason": "rejected execution (injected)"}


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One action of a `_bulk`, with its lines as they were sent."""

    action: str
    index: str | None
    id: str | None
    lines: tuple[bytes, ...]

    def refusal(self) -> dict[str, Any]:
        """What Elasticsearch answers for an item it had no room for."""
        return {
            self.action: {"_index": self.index, "_id": self.id, "status": 429, "error": REJECTED},
        }


def items_of(path: str, body: bytes, *, is_packed: bool = False) -> list[BulkItem]:
    """The items of a `_bulk`; none when the body is not one, which is the server's to say."""
    segments = path.strip("/").split("/")
    default = segments[0] if len(segments) > 1 else None
    items = []
    try:
        lines = iter([line for line in (gzip.decompress(body) if is_packed else body).split(b"\n") if line])
        for line in lines:
            ((action, target),) = json.loads(line).items()
            whole = (line,) if action == "delete" else (line, next(lines))
            items.append(BulkItem(action, target.get("_index", default), target.get("_id"), whole))
    except (ValueError, AttributeError, OSError, EOFError, StopIteration):
        return []
    return items


def body_of(items: list[BulkItem]) -> bytes:
    """The lines of a `_bulk`."""
    return b"".join(line + b"\n" for item in items for line in item.lines)


def merged(items: list[BulkItem], refused: set[int], answer: bytes | None) -> bytes:
    """The answer to all items: `answer` is that to the ones not refused, None when there were none."""
    told: dict[str, Any] = json.loads(answer) if answer is not None else {"took": 0, "items": []}
    done = iter(told["items"])
    told["items"] = [item.refusal() if place in refused else next(done) for place, item in enumerate(items)]
    told["errors"] = True
    return json.dumps(told).encode()
