"""TOP, the open platform of Taobao and Tmall (and of Ele.me): form parameters signed with HMAC-SHA256.

Facts: the platform's signing page and published clients; vectors in tests/crawlers/protocol. Errors come with HTTP 200.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from catalog.errors import Action, SourceError, SourceFault
from crawlers.extract.decode import decode_utf8, fault
from crawlers.extract.jsontext import parse_json
from crawlers.http import HttpRequest
from crawlers.protocol.signing import form_post, hmac_keyed, md5_wrapped, without_empty
from crawlers.source import Access

CREDENTIALS: Final = ("app_key", "app_secret", "adzone_id")
_GMT8: Final = timezone(timedelta(hours=8))
_BAN = re.compile(r"last for (\d{1,7}) more second")


def sign(params: Mapping[str, str], secret: str, method: str = "hmac-sha256") -> str:
    """The ``sign`` parameter for `params` under sign method ``md5``, ``hmac`` (HMAC-MD5) or ``hmac-sha256``."""
    if method == "md5":
        return md5_wrapped(params, secret)
    return hmac_keyed(params, secret, "md5" if method == "hmac" else "sha256")


def request(access: Access, api: str, business: Mapping[str, str], now: datetime) -> HttpRequest:
    """A signed call of `api`."""
    params = without_empty(
        {
            "method": api,
            "app_key": access.credentials["app_key"],
            "timestamp": now.astimezone(_GMT8).strftime("%Y-%m-%d %H:%M:%S"),
            "format": "json",
            "v": "2.0",
            "sign_method": "hmac-sha256",
            **business,
        }
    )
    params["sign"] = sign(params, access.credentials["app_secret"])
    return form_post(access.base_url, params)


def open_envelope(body: bytes, api: str) -> Mapping[str, Any]:
    """What is inside the ``…_response`` wrapper; with ``simplify`` there is none, so the document itself.

    Raises:
        SourceError: not JSON, not this answer, or an ``error_response``.
    """
    document = parse_json(decode_utf8(body))
    if not isinstance(document, dict):
        raise fault("not_an_answer", f"{type(document).__name__}", Action.BACKOFF)
    if "error_response" in document:
        raise error_of(document["error_response"])
    wrapper = api.removeprefix("taobao.").replace(".", "_") + "_response"
    inner = document.get(wrapper, document)
    if not isinstance(inner, dict):
        raise fault("not_an_answer", "the response is no object", Action.BACKOFF)
    return inner


def unwrap_list(value: Any) -> Any:
    """A list, whether wrapped in a one-key object (``{"map_data": […]}``) or bare, as ``simplify`` gives it."""
    if isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return value


def error_of(error: Any) -> SourceError:
    """The fault that an ``error_response`` stands for."""
    if not isinstance(error, dict):
        return fault("not_an_answer", "error_response is no object", Action.BACKOFF)
    code = str(error.get("code", ""))
    sub_code = str(error.get("sub_code", ""))
    words = " ".join(str(error.get(key, "")) for key in ("msg", "sub_msg")).strip()
    name = f"top:{code}" + (f":{sub_code}" if sub_code else "")
    if code == "7":
        ban = _BAN.search(words)
        wait_s = int(ban[1]) + 1 if ban else None
        return SourceError(SourceFault(name, words[:300], Action.RETRY_AFTER, wait_s))
    return fault(name, words, _action(code, sub_code))


def _action(code: str, sub_code: str) -> Action:
    if code in ACTIONS:
        return ACTIONS[code]
    if sub_code.startswith("isp."):
        return Action.BACKOFF  # the provider's fault: taobaopy retries 13 of these
    if sub_code.startswith("isv."):
        return Action.DROP_REQUEST  # the caller's: asking again changes nothing
    return Action.BACKOFF


ACTIONS: Final[Mapping[str, Action]] = {
    "25": Action.BUG,  # invalid signature
    "24": Action.BUG,  # missing signature
    "21": Action.BUG,  # missing method
    "22": Action.BUG,  # invalid method
    "23": Action.BUG,  # invalid format
    "30": Action.BUG,  # missing timestamp
    "31": Action.BUG,  # invalid timestamp: our clock is wrong
    "28": Action.STOP_SOURCE,  # missing app key
    "29": Action.STOP_SOURCE,  # invalid app key
    "11": Action.STOP_SOURCE,  # insufficient permissions
    "12": Action.STOP_SOURCE,  # API not opened to this app
    "26": Action.REFRESH_TOKEN,  # missing session
    "27": Action.REFRESH_TOKEN,  # expired session
    "40": Action.DROP_REQUEST,  # missing argument
    "41": Action.DROP_REQUEST,  # invalid argument
}
"""Codes with one meaning whatever their sub code (published code list; 25 measured with a client)."""
