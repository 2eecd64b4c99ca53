"""JOS, the open platform of JD: form parameters signed with MD5, answers as JSON inside a JSON string.

The wrapper key really ends in ``_responce``, and the business code is inside the inner document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from catalog.errors import Action, SourceError
from crawlers.extract.decode import decode_utf8, fault
from crawlers.extract.jsontext import parse_json
from crawlers.http import HttpRequest
from crawlers.protocol.signing import form_post, md5_wrapped
from crawlers.source import Access

CREDENTIALS: Final = ("app_key", "app_secret")
_GMT8: Final = timezone(timedelta(hours=8))

OK: Final = 200
NOTHING_FOUND: Final = 201
PAGE_LIMIT: Final = 202


def request(access: Access, api: str, business: Mapping[str, Any], now: datetime) -> HttpRequest:
    """A signed call of `api`. The business parameters are signed as the exact text that is sent."""
    params = {
        "method": api,
        "app_key": access.credentials["app_key"],
        "timestamp": now.astimezone(_GMT8).strftime("%Y-%m-%d %H:%M:%S"),
        "format": "json",
        "v": "1.0",
        "sign_method": "md5",
        "360buy_param_json": json.dumps(business, ensure_ascii=False, separators=(",", ":")),
    }
    params["sign"] = md5_wrapped(params, access.credentials["app_secret"])
    return form_post(access.base_url, params)


def open_envelope(body: bytes, api: str) -> Mapping[str, Any]:
    """The inner document of an answer whose business code is 200, 201 (nothing) or 202 (no further pages).

    Raises:
        SourceError: not JSON, not this answer, a gateway error, or any other business code.
    """
    document = parse_json(decode_utf8(body))
    if not isinstance(document, dict):
        raise fault("not_an_answer", type(document).__name__, Action.BACKOFF)
    if "error_response" in document:
        raise _gateway_error(document["error_response"])
    wrapper = _wrapper(document, api)
    inner_text = wrapper.get("queryResult", wrapper.get("getResult"))
    inner = parse_json(inner_text) if isinstance(inner_text, str) else inner_text
    if not isinstance(inner, dict):
        raise fault("not_an_answer", "no queryResult", Action.BACKOFF)
    code = inner.get("code")
    if code in (OK, NOTHING_FOUND, PAGE_LIMIT):
        return inner
    action = ACTIONS.get(code, Action.BACKOFF) if isinstance(code, int) else Action.BACKOFF
    raise fault(f"jos:{code}", str(inner.get("message", "")), action)


def _wrapper(document: Mapping[str, Any], api: str) -> Mapping[str, Any]:
    stem = api.replace(".", "_")
    for ending in ("_responce", "_response"):  # the first is the platform's own spelling
        wrapper = document.get(stem + ending)
        if isinstance(wrapper, dict):
            return wrapper
    raise fault("not_an_answer", f"keys {sorted(document)[:5]}", Action.BACKOFF)


def _gateway_error(error: Any) -> SourceError:
    if not isinstance(error, dict):
        return fault("not_an_answer", "error_response is no object", Action.BACKOFF)
    code = str(error.get("code", ""))
    words = str(error.get("en_desc") or error.get("zh_desc") or "")
    return fault(f"jos:gateway:{code}", words, GATEWAY_ACTIONS.get(code, Action.BACKOFF))


ACTIONS: Final[Mapping[int, Action]] = {
    401: Action.DROP_REQUEST,  # parameters
    402: Action.DROP_REQUEST,
    403: Action.STOP_SOURCE,  # no permission
    408: Action.STOP_SOURCE,  # union id restricted
    429: Action.RETRY_AFTER,  # too fast
    500: Action.BACKOFF,
}
"""Business codes (read in three SDKs)."""

GATEWAY_ACTIONS: Final[Mapping[str, Action]] = {
    "10": Action.BUG,  # method
    "11": Action.BUG,  # format
    "12": Action.BUG,  # signature
    "13": Action.BUG,  # timestamp
    "19": Action.REFRESH_TOKEN,  # access token
    "20": Action.STOP_SOURCE,  # app key
    "21": Action.STOP_SOURCE,
    "62": Action.BACKOFF,  # gateway busy
    "67": Action.BACKOFF,
}
"""Codes of the gateway itself (recalled; the published list is not open)."""
