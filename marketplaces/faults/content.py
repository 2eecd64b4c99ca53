"""Faults in what an answer says: prices of the wrong type, missing fields, wrong units, another layout, shaken pages."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from marketplaces.world.dice import mix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from marketplaces.faults.plan import Met
    from marketplaces.shops.ports import Fields

T = TypeVar("T")

_FORMS: dict[str, Callable[[Any], Any]] = {
    "list": lambda value: [value, value],
    "null": lambda _value: None,
    "negotiable": lambda _value: "面议",
    "object": lambda value: {"amount": value, "currency": "CNY"},
    "huge": lambda _value: 10**18,
    "negative": lambda _value: -1,
    "zero": lambda _value: 0,
    "nan": lambda _value: "NaN",
    "from": lambda value: f"{_digits(value)}起",
    "mojibake": lambda value: f"￥?{str(_digits(value))[-2:]}",
    "range": lambda value: f"{_digits(value)}-{_digits(value)}99",
    "empty": lambda _value: "",
}
"""What a price can turn into, by name."""


def _digits(value: Any) -> str:
    return str(value).partition(".")[0]


def forms() -> tuple[str, ...]:
    """The names `mis_typed` knows for its parameter `form`."""
    return tuple(_FORMS)


class Tampering:
    """The content faults that one answer meets; with none of them, everything passes unchanged."""

    def __init__(self, met: Sequence[Met], fields: Fields) -> None:
        self._all = tuple(met)
        self._met = {fault.name: fault for fault in met}
        self._fields = fields
        self._bends: dict[str, Callable[[Met, Any, int], Any]] = {
            "mis_typed": self._mis_typed,
            "missing_field": self._missing,
            "unit_x100": self._times_100,
            "unit_div100": self._over_100,
        }

    def __contains__(self, name: str) -> bool:
        return name in self._met

    def parameter(self, name: str, parameter: str) -> Any:
        """A parameter of the active fault of that name; None when it is not active."""
        return self._met[name].parameters.get(parameter) if name in self._met else None

    # ── items ──────────────────────────────────────────────────────────────────────────────────────
    def item(self, item: Any, index: int) -> Any:
        """One item's document (nested JSON), bent by every fault in turn."""
        for fault in self._all:
            bend = self._bends.get(fault.name)
            if bend is not None and _hits(fault, index):
                item = bend(fault, item, index)
        return item

    def layout(self, document: Any) -> Any:
        """The document, with `layout_v2` under other keys."""
        return _rename(document, self._fields.renamed) if "layout_v2" in self._met else document

    def _mis_typed(self, fault: Met, item: Any, index: int) -> Any:
        names = tuple(_FORMS)
        form = str(fault.parameters["form"]) or names[mix(fault.seed ^ 0x33, index) % len(names)]
        return _at_key(item, self._fields.asked, _FORMS[form])

    def _missing(self, fault: Met, item: Any, _index: int) -> Any:
        return _without(item, str(fault.parameters["field"]) or self._fields.asked)

    def _times_100(self, _fault: Met, item: Any, _index: int) -> Any:
        return self._scaled(item, 100, 1)

    def _over_100(self, _fault: Met, item: Any, _index: int) -> Any:
        return self._scaled(item, 1, 100)

    def _scaled(self, item: Any, times: int, over: int) -> Any:
        for key in sorted(self._fields.money):
            item = _at_key(item, key, lambda value: _scale(value, times, over))
        return item

    # ── pages ──────────────────────────────────────────────────────────────────────────────────────
    def page(self, hits: Sequence[T], number: int, size: int) -> tuple[list[T], int]:
        """The hits of a 1-based page, and the total the answer claims."""
        first = (number - 1) * size
        shift, total = self._shift(number), len(hits)
        start = max(0, first + shift)
        found = list(hits[start : first + shift + size])
        if "duplicate_items" in self._met and number > 1 and found:
            found.insert(0, hits[start - 1])
        return found, total - shift

    def _shift(self, number: int) -> int:
        """-1: a newcomer pushed everything one place on, so one is shown twice; 1: one was withdrawn, so one is skipped."""
        if "moved_item" not in self._met or number < int(self.parameter("moved_item", "from_page")):
            return 0
        return 1 if self.parameter("moved_item", "mode") == "skip" else -1

    # ── documents ──────────────────────────────────────────────────────────────────────────────────
    def document(self, body: bytes) -> bytes:
        """The serialised answer; with `not_json` something that only looks like one."""
        if "not_json" not in self._met:
            return body
        third = len(body) * 2 // 3
        spoilt = (
            b"<b>Warning</b>: Undefined index: price in <b>search.php</b> on line 214<br />\n" + body,
            body[:third],
            b"jsonp_callback_1(" + body + b");",
            body.replace(b'"', b"'"),
        )
        return spoilt[self._met["not_json"].seed % len(spoilt)]


def _hits(fault: Met, index: int) -> bool:
    """Whether the fault is one of those that hit a share of the items, and this item is among them."""
    return mix(fault.seed, index) % 100 < int(fault.parameters.get("share_percent", 100))


def _at_key(value: Any, key: str, change: Callable[[Any], Any]) -> Any:
    """A copy with every value under `key` changed, at any depth."""
    if isinstance(value, dict):
        return {k: change(v) if k == key else _at_key(v, key, change) for k, v in value.items()}
    return [_at_key(v, key, change) for v in value] if isinstance(value, list) else value


def _without(value: Any, key: str) -> Any:
    """A copy without `key`, at any depth."""
    if isinstance(value, dict):
        return {k: _without(v, key) for k, v in value.items() if k != key}
    return [_without(v, key) for v in value] if isinstance(value, list) else value


def _rename(value: Any, names: Mapping[str, str]) -> Any:
    """A copy with keys renamed, at any depth."""
    if isinstance(value, dict):
        return {names.get(k, k): _rename(v, names) for k, v in value.items()}
    return [_rename(v, names) for v in value] if isinstance(value, list) else value


def _scale(value: Any, times: int, over: int) -> Any:
    """An amount in another unit, in the same JSON type and with as many decimals."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value * times // over
    if isinstance(value, float):
        return float(Decimal(str(value)) * times / over)
    try:
        return f"{Decimal(value) * times / over:.2f}"
    except (InvalidOperation, TypeError):
        return value
