"""One shop on its own origin: reads the request, lets faults act, sends the answer, writes the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.faults.content import Tampering
from marketplaces.faults.delivery import deliver
from marketplaces.faults.replacements import replacement
from marketplaces.shops.ports import Refusal
from marketplaces.wire import read, relative, send_whole, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marketplaces.clocks import ProtocolClock
    from marketplaces.faults.plan import FaultPlan, Met
    from marketplaces.request_log import RequestLog
    from marketplaces.shops.ports import Call, Shop
    from marketplaces.wire import Answer, Receive, Request, Scope, Send


class Origin:
    """The ASGI app of one shop."""

    def __init__(self, shop: Shop, plan: FaultPlan, log: RequestLog, protocol: ProtocolClock) -> None:
        self._shop, self._plan, self._log, self._protocol = shop, plan, log, protocol

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; other ASGI scopes are not served."""
        if scope["type"] != "http":
            return
        request = await read(relative(scope), receive)
        entry = self._log.open(
            self._shop.name, request.method, request.path, request.headers.get("user-agent", "")
        )
        call = self._shop.describe(request)
        entry.api, entry.page, entry.keyword = call.api, call.page, call.keyword
        met = self._plan.meet(self._shop.name, call)
        entry.fault = "+".join(fault.name for fault in met) or None
        answer = self._answer(request, call, met)
        broken = next((fault for fault in met if fault.fault.kind.stage == "delivery"), None)
        ready = zipped(answer, request)
        entry.status = answer.status
        entry.bytes = await (deliver(ready, broken, scope, send) if broken else send_whole(ready, send))

    def _answer(self, request: Request, call: Call, met: Sequence[Met]) -> Answer:
        for fault in met:
            if fault.fault.kind.stage == "limit":
                is_quota = fault.name == "daily_quota"
                return self._shop.refuse(call, Refusal("quota" if is_quota else "throttled", fault.wait_s))
        for fault in met:
            if fault.fault.kind.stage == "replace":
                return replacement(self._shop, request, call, fault, self._protocol.now_s())
        content = [fault for fault in met if fault.fault.kind.stage == "content"]
        return self._shop.answer(request, call, Tampering(content, self._shop.fields))
