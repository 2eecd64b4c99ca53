"""The control API: health, keywords, clock, truth, request log, faults. On an origin of its own, never linked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

from marketplaces.faults.plan import BadFault
from marketplaces.settings import SHOPS
from marketplaces.truth import truth
from marketplaces.wire import Answer, read, relative, send_whole, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marketplaces.clocks import ProtocolClock, WorldClock
    from marketplaces.faults.plan import FaultPlan
    from marketplaces.request_log import RequestLog
    from marketplaces.wire import Receive, Request, Scope, Send
    from marketplaces.world.build import World

Endpoint = Callable[["Asked"], Answer]
_JSON = "application/json"


class BadRequest(ValueError):
    """The control API was asked something it does not understand; the words say what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of the control API."""

    request: Request
    number: int | None
    """The last part of the path, where it is one."""

    def query(self, name: str) -> str | None:
        """A query parameter."""
        return dict(parse_qsl(self.request.query)).get(name)

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent.

        Raises:
            BadRequest: it is none.
        """
        try:
            body = orjson.loads(self.request.body)
        except orjson.JSONDecodeError as error:
            raise BadRequest(f"the body is not JSON: {error}") from None
        if not isinstance(body, dict):
            raise BadRequest("the body is not a JSON object")
        return body


class Control:
    """The ASGI app of the control API."""

    def __init__(
        self,
        world: World,
        clocks: tuple[WorldClock, ProtocolClock],
        plan: FaultPlan,
        log: RequestLog,
        origins: Mapping[str, str],
    ) -> None:
        self._world, self._plan, self._log, self._origins = world, plan, log, origins
        self._clock, self._protocol = clocks
        self._routes: dict[tuple[str, str], Endpoint] = {
            ("GET", "/health"): self._health,
            ("GET", "/keywords"): self._keywords,
            ("GET", "/clock"): self._read_clock,
            ("POST", "/clock"): self._turn_clock,
            ("GET", "/truth"): self._truth,
            ("GET", "/requests"): self._requests,
            ("DELETE", "/requests"): self._forget_requests,
            ("GET", "/faults"): self._list_faults,
            ("POST", "/faults"): self._add_fault,
            ("DELETE", "/faults"): self._clear_faults,
            ("DELETE", "/faults/{id}"): self._remove_fault,
        }

    def routes(self) -> tuple[str, ...]:
        """Every endpoint, as method and path."""
        return tuple(f"{method} {path}" for method, path in self._routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; other ASGI scopes are not served."""
        if scope["type"] != "http":
            return
        request = await read(relative(scope), receive)
        await send_whole(zipped(self._answer(request), request), send)

    def _answer(self, request: Request) -> Answer:
        found = re.fullmatch(r"(/\w+)/(\d+)", request.path)
        path = f"{found[1]}/{{id}}" if found else request.path
        endpoint = self._routes.get((request.method, path))
        if endpoint is None:
            known = any(path == place for _, place in self._routes)
            return _json({"error": "no such endpoint"}, 405 if known else 404)
        try:
            return endpoint(Asked(request, int(found[2]) if found else None))
        except (BadRequest, BadFault) as error:
            return _json({"error": str(error)}, 422)

    def _health(self, _asked: Asked) -> Answer:
        """Ready, and how large the world is."""
        counts = dict.fromkeys(SHOPS, 0)
        for offer in self._world.offers:
            counts[offer.marketplace] += 1
        sizes = {"products": len(self._world.products), "offers": counts, "pages": len(self._world.pages)}
        return _json({"status": "ok", "seed": self._world.seed, **sizes})

    def _keywords(self, _asked: Asked) -> Answer:
        """Searches that together find every gateway offer."""
        return _json({"keywords": list(self._world.keywords)})

    # ── clock ──────────────────────────────────────────────────────────────────────────────────────
    def _read_clock(self, _asked: Asked) -> Answer:
        """Both clocks."""
        return _json(self._clocks())

    def _turn_clock(self, asked: Asked) -> Answer:
        """Any of set, advance_s, speed, protocol_skew_s; in this order."""
        wish = asked.body()
        if unknown := sorted(set(wish) - {"set", "advance_s", "speed", "protocol_skew_s"}):
            raise BadRequest(
                f"the clock knows set, advance_s, speed, protocol_skew_s; not {', '.join(unknown)}"
            )
        if "set" in wish:
            self._clock.set(_time(wish["set"]))
        if "advance_s" in wish:
            self._clock.advance(_number(wish, "advance_s"))
        if "speed" in wish:
            self._clock.run_at(_number(wish, "speed"))
        if "protocol_skew_s" in wish:
            self._protocol.skew_s = _number(wish, "protocol_skew_s")
        return _json(self._clocks())

    def _clocks(self) -> dict[str, Any]:
        return {
            "now": self._clock.now().isoformat(),
            "speed": self._clock.speed,
            "protocol_now": self._protocol.now().isoformat(),
            "protocol_skew_s": self._protocol.skew_s,
        }

    # ── truth and log ──────────────────────────────────────────────────────────────────────────────
    def _truth(self, asked: Asked) -> Answer:
        """The world now, or at `at`."""
        marketplace, at = asked.query("marketplace"), asked.query("at")
        if marketplace not in (None, *SHOPS):
            raise BadRequest(f"marketplace is one of {', '.join(SHOPS)}")
        return _json(truth(self._world, _time(at) if at else self._clock.now(), self._origins, marketplace))

    def _requests(self, asked: Asked) -> Answer:
        """The log after `since`."""
        since = asked.query("since") or "0"
        if not since.isdigit():
            raise BadRequest("since is a sequence number")
        return _json({"requests": list(self._log.since(int(since), asked.query("shop")))})

    def _forget_requests(self, _asked: Asked) -> Answer:
        """Empties the log."""
        self._log.clear()
        return _NOTHING

    # ── faults ─────────────────────────────────────────────────────────────────────────────────────
    def _list_faults(self, _asked: Asked) -> Answer:
        """The faults in force, and how often each has fired."""
        return _json({"faults": [fault.as_json() for fault in self._plan]})

    def _add_fault(self, asked: Asked) -> Answer:
        """A new fault; answers with its id."""
        return _json(self._plan.add(asked.body()).as_json(), 201)

    def _clear_faults(self, _asked: Asked) -> Answer:
        """Ends every fault."""
        self._plan.clear()
        return _NOTHING

    def _remove_fault(self, asked: Asked) -> Answer:
        """Ends one fault."""
        return _NOTHING if self._plan.remove(asked.number or 0) else _json({"error": "no such fault"}, 404)


_NOTHING = Answer(b"", _JSON, 204)


def _json(document: Any, status: int = 200) -> Answer:
    return Answer(orjson.dumps(document), _JSON, status)


def _time(text: Any) -> datetime:
    """An ISO 8601 time with a zone; a plus sign may have become a space on its way through a query."""
    try:
        at = datetime.fromisoformat(str(text).replace(" ", "+"))
    except ValueError:
        raise BadRequest(f"not an ISO 8601 time: {text}") from None
    if at.tzinfo is None:
        raise BadRequest(f"a time without a zone: {text}")
    return at


def _number(wish: Mapping[str, Any], name: str) -> float:
    if isinstance(wish[name], bool) or not isinstance(wish[name], int | float):
        raise BadRequest(f"{name} is a number")
    return float(wish[name])
