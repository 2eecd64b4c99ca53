"""POP, the open platform of Pinduoduo: form parameters signed with MD5, Unix seconds, fen.

Arrays and objects are JSON text, signed as sent. Errors come with HTTP 200.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from catalog.errors import Action, SourceError
from crawlers.extract.decode import decode_utf8, fault
from crawlers.extract.jsontext import parse_json
from crawlers.http import HttpRequest
from crawlers.protocol.signing import form_post, md5_wrapped, without_empty
from crawlers.source import Access
from ledger.clock import to_us

CREDENTIALS: Final = ("client_id", "client_secret", "pid")


def request(access: Access, api: str, business: Mapping[str, str], now: datetime) -> HttpRequest:
    """A signed call of `api`."""
    params = without_empty(
        {
            "type": api,
            "client_id": access.credentials["client_id"],
            "timestamp": str(to_us(now) // 1_000_000),
            "data_type": "JSON",
            "version": "V1",
            **business,
        }
    )
    params["sign"] = md5_wrapped(params, access.credentials["client_secret"])
    return form_post(access.base_url, params)


def open_envelope(body: bytes, wrapper: str) -> Mapping[str, Any]:
    """What is inside `wrapper` (``goods_search_response`` …).

    Raises:
        SourceError: not JSON, not this answer, or an ``error_response``.
    """
    document = parse_json(decode_utf8(body))
    if not isinstance(document, dict):
        raise fault("not_an_answer", type(document).__name__, Action.BACKOFF)
    if "error_response" in document:
        raise _error(document["error_response"])
    inner = document.get(wrapper)
    if not isinstance(inner, dict):
        raise fault("not_an_answer", f"keys {sorted(document)[:5]}", Action.BACKOFF)
    return inner


def _error(error: Any) -> SourceError:
    if not isinstance(error, dict):
        return fault("not_an_answer", "error_response is no object", Action.BACKOFF)
    code = error.get("error_code")
    words = str(error.get("sub_msg") or error.get("error_msg") or "")
    action = ACTIONS.get(code, Action.BACKOFF) if isinstance(code, int) else Action.BACKOFF
    return fault(f"pop:{code}", words, action)


ACTIONS: Final[Mapping[int, Action]] = {
    10001: Action.BUG,  # public parameter
    10016: Action.STOP_SOURCE,  # client id
    10019: Action.REFRESH_TOKEN,
    10035: Action.REFRESH_TOKEN,
    20004: Action.BUG,  # signature
    20005: Action.STOP_SOURCE,  # address not on the white-list
    20031: Action.STOP_SOURCE,  # no permission
    21001: Action.DROP_REQUEST,  # business parameter
    21002: Action.DROP_REQUEST,
    50000: Action.BACKOFF,
    50002: Action.BACKOFF,
    52101: Action.RETRY_AFTER,  # throttled
    52102: Action.BACKOFF,  # degraded
    52103: Action.BACKOFF,
    70031: Action.RETRY_AFTER,  # too fast
    70032: Action.STOP_SOURCE,  # forbidden
    70034: Action.STOP_SOURCE,  # risk control
}
"""The platform's published codes."""
