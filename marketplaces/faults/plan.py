"""Which faults are active, and which of them a request meets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from marketplaces.faults.kinds import Kind, Stage, kinds
from marketplaces.faults.limits import Limit, limit
from marketplaces.world.dice import mix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marketplaces.clocks import ProtocolClock
    from marketplaces.shops.ports import Call

_RESERVED = ("shop", "kind", "times", "rate", "match", "seed")
_MATCHES = ("keyword", "page", "path_prefix", "api")


class BadFault(ValueError):
    """A fault was described in a way the table of kinds does not know."""


@dataclass(slots=True)
class Fault:
    """One fault in force."""

    id: int
    shop: str
    kind: Kind
    seed: int
    rate: float | None
    times_left: int | None
    """None: without end."""
    match: Mapping[str, Any]
    parameters: Mapping[str, Any]
    fired: int = 0
    seen: int = 0
    """Requests it could have fired on."""
    limits: dict[tuple[str, str], Limit] = field(default_factory=dict)
    """Buckets per app and method, for the stage `limit`."""

    def as_json(self) -> dict[str, Any]:
        """The fault as it was posted, with what it has done."""
        head = {
            "id": self.id,
            "shop": self.shop,
            "kind": self.kind.name,
            "seed": self.seed,
            "rate": self.rate,
        }
        counts = {"times_left": self.times_left, "fired": self.fired}
        return {**head, **counts, "match": dict(self.match), **self.parameters}

    def concerns(self, call: Call) -> bool:
        """Whether it is about such a request at all."""
        wanted = self.match
        return (
            (not self.kind.path or call.path == self.kind.path)
            and wanted.get("keyword", call.keyword) == call.keyword
            and wanted.get("page", call.page) == call.page
            and wanted.get("api", call.api) == call.api
            and call.path.startswith(wanted.get("path_prefix", ""))
        )

    def draws(self) -> bool:
        """Whether it fires this time; counts either way."""
        self.seen += 1
        if self.times_left == 0:
            return False
        if self.rate is not None and mix(self.seed, self.seen) % 1_000_000 >= self.rate * 1_000_000:
            return False
        if self.times_left is not None:
            self.times_left -= 1
        self.fired += 1
        return True


class FaultPlan:
    """The faults in force, oldest first."""

    def __init__(self, protocol: ProtocolClock, monotonic: Callable[[], float]) -> None:
        self._kinds = kinds()
        self._protocol = protocol
        self._monotonic = monotonic
        self._faults: dict[int, Fault] = {}
        self._next = 1

    def add(self, posted: Mapping[str, Any]) -> Fault:
        """A new fault.

        Raises:
            BadFault: the kind, the shop, a parameter or a match is not in the table.
        """
        kind = self._kind(posted)
        shop, match = str(posted.get("shop", "")), posted.get("match") or {}
        if shop not in kind.shops:
            raise BadFault(f"{kind.name} exists for {', '.join(kind.shops)}; not for {shop!r}")
        if unknown := sorted(set(match) - set(_MATCHES)):
            raise BadFault(f"match knows {', '.join(_MATCHES)}; not {', '.join(unknown)}")
        fault = Fault(
            id=self._next,
            shop=shop,
            kind=kind,
            seed=int(posted.get("seed", self._next)),
            rate=float(posted["rate"]) if posted.get("rate") is not None else None,
            times_left=self._times(posted, kind),
            match=match,
            parameters={name: posted.get(name, default) for name, default in kind.parameters.items()},
        )
        self._next += 1
        self._faults[fault.id] = fault
        return fault

    def _kind(self, posted: Mapping[str, Any]) -> Kind:
        kind = self._kinds.get(str(posted.get("kind", "")))
        if kind is None:
            raise BadFault(f"kind is one of {', '.join(sorted(self._kinds))}")
        if unknown := sorted(set(posted) - set(_RESERVED) - set(kind.parameters)):
            raise BadFault(
                f"{kind.name} has the parameters {sorted(kind.parameters)}; not {', '.join(unknown)}"
            )
        return kind

    @staticmethod
    def _times(posted: Mapping[str, Any], kind: Kind) -> int | None:
        if posted.get("times") is not None:
            return int(posted["times"])
        return kind.times if posted.get("rate") is None else None

    def remove(self, fault_id: int) -> bool:
        """Whether there was such a fault to end."""
        return self._faults.pop(fault_id, None) is not None

    def clear(self) -> None:
        """Ends every fault."""
        self._faults.clear()

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults.values())

    def meet(self, shop: str, call: Call) -> tuple[Met, ...]:
        """The faults that fire on this request: every content fault, at most one of each other stage."""
        met: dict[Stage, bool] = {}
        fired: list[Met] = []
        for fault in self:
            stage = fault.kind.stage
            if fault.shop != shop or not fault.concerns(call) or (stage != "content" and stage in met):
                continue
            wait_s = self._wait_s(fault, call) if stage == "limit" else 0
            if (stage == "limit" and wait_s == 0) or not fault.draws():
                continue
            met[stage] = True
            fired.append(Met(fault, wait_s))
        return tuple(fired)

    def _wait_s(self, fault: Fault, call: Call) -> int:
        """Seconds until this app may call this method again; 0 when it may now."""
        key = (call.app, call.api)
        if key not in fault.limits:
            fault.limits[key] = limit(fault.kind.name, fault.parameters, self._monotonic, self._protocol)
        return fault.limits[key].take()


@dataclass(frozen=True, slots=True)
class Met:
    """A fault that fired on a request."""

    fault: Fault
    wait_s: int
    """For limits: until the next call will pass."""

    @property
    def name(self) -> str:
        """The kind's name."""
        return self.fault.kind.name

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The kind's parameters as posted."""
        return self.fault.parameters

    @property
    def seed(self) -> int:
        """For choices that must differ from one request to the next, yet repeat."""
        return mix(self.fault.seed, self.fault.fired)
