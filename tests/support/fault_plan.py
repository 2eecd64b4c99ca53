"""What goes wrong between a client and its search engine, chosen by a seed: the choices of `fault_proxy.py`."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """One thing that can happen to one request. The words say what the *server* got, as that is what tests are about."""

    REFUSED_429 = "answered 429; the server got nothing"
    REFUSED_502 = "answered 502, not in Elasticsearch's words; the server got nothing"
    REFUSED_503 = "answered 503; the server got nothing"
    REQUEST_CUT = "the connection ended in the middle of the request; the server never got it whole"
    ANSWER_CUT = "done by the server; the connection ended in the middle of its answer"
    TWICE = "done twice by the server, one after the other; the client gets the second answer"
    LATE = "done by the server at once; answered after a delay"
    UNANSWERED = "done by the server; never answered, the connection stays open"
    ITEMS_REFUSED = (
        "a `_bulk`: the server got some of its items; the others are answered 429, in their places"
    )


@dataclass
class FaultPlan:
    """Chooses per request. The n-th matching request of a plan with the same seed and rates meets the same fate.

    Args:
        rates: how probable each fault is; they add up to 1 at most, the rest passes.
        path: a regular expression; requests whose path (without the query) it is not found in always pass, and are
            not counted.
        item_rate: of a `_bulk` with `Fault.ITEMS_REFUSED`, how probable each item's refusal is; one at least is.
        delay_s: of `Fault.LATE`.
    """

    seed: int
    rates: Mapping[Fault, float] = field(default_factory=dict)
    path: str = r"/_bulk$"
    item_rate: float = 0.3
    delay_s: float = 0.5
    is_on: bool = True
    injected: Counter[Fault] = field(default_factory=Counter, init=False)
    """What happened, by fault; read it from any thread."""
    passed: int = field(default=0, init=False)
    """Matching requests that nothing happened to, those while the plan was off as well."""
    _next: deque[Fault | None] = field(default_factory=deque, init=False)
    _numbers: Counter[str] = field(default_factory=Counter, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        if sum(self.rates.values()) > 1 + 1e-9:
            raise ValueError(f"rates add up to {sum(self.rates.values())}")

    def then(self, *faults: Fault | None) -> None:
        """Prescribe the fate of the next matching requests (None: pass), before chance decides again."""
        with self._lock:
            self._next.extend(faults)

    def choose(self, path: str) -> Fault | None:
        """The fate of a request. Not yet counted as injected: not everything can be done to every request."""
        if not re.search(self.path, path):
            return None
        with self._lock:
            if not self.is_on:
                return None
            if self._next:
                return self._next.popleft()
            point = self._random("request").random()
            for fault, rate in self.rates.items():
                point -= rate
                if point < 0:
                    return fault
            return None

    def count(self, path: str, fault: Fault | None) -> None:
        """What was done to a request in the end."""
        if re.search(self.path, path):
            with self._lock:
                if fault is None:
                    self.passed += 1
                else:
                    self.injected[fault] += 1

    def refused(self, items: Sequence[object]) -> set[int]:
        """The places of the items of one `_bulk` that are refused: one at least."""
        with self._lock:
            chance = self._random("items")
        chosen = {place for place in range(len(items)) if chance.random() < self.item_rate}
        return chosen or {chance.randrange(len(items))}

    def _random(self, what: str) -> random.Random:
        """Anew for every choice: what one request takes from it does not move the next."""
        self._numbers[what] += 1
        return random.Random(f"{self.seed}:{what}:{self._numbers[what]}")
