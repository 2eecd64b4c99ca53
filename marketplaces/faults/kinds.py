"""The table of faults: what each is called, where it acts, which shops can have it and what may be set. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from marketplaces.settings import SHOPS

Stage = Literal["limit", "replace", "content", "delivery"]
"""In this order: refuse for being too many, answer something else, bend the content, break the transport."""

GATEWAYS = ("taobao", "jd", "pinduoduo")
_WEB = ("shop",)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault."""

    name: str
    stage: Stage
    shops: tuple[str, ...] = SHOPS
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What may be set, with what holds when it is not."""
    path: str = ""
    """The only path it concerns, where there is one."""
    times: int | None = None
    """How often it fires when neither `times` nor `rate` is given; None: until it is deleted."""


_KINDS = (
    Kind("rate_limit", "limit", parameters={"per_s": 1.0, "burst": 1}),
    Kind("daily_quota", "limit", parameters={"n": 100}),
    Kind("http_status", "replace", parameters={"status": 503, "retry_after": None}),
    Kind("empty_200", "replace"),
    Kind("login_page_200", "replace"),
    Kind(
        "error_code",
        "replace",
        GATEWAYS,
        {"code": None, "msg": "", "sub_code": "", "sub_msg": "", "layer": "gateway"},
    ),
    Kind("bad_sign_once", "replace", GATEWAYS, times=1),
    Kind("expired_token", "replace", GATEWAYS),
    Kind("redirect_loop", "replace"),
    Kind("redirect_self", "replace"),
    Kind("redirect_offsite", "replace", parameters={"url": "http://elsewhere.example/"}),
    Kind("soft_404", "replace", _WEB),
    Kind("robots_5xx", "replace", _WEB, {"status": 503}, path="/robots.txt"),
    Kind("robots_disallow_all", "replace", _WEB, path="/robots.txt"),
    Kind("crawl_delay", "content", _WEB, {"seconds": 10}, path="/robots.txt"),
    Kind("mis_typed", "content", parameters={"form": "", "share_percent": 100}),
    Kind("missing_field", "content", parameters={"field": "", "share_percent": 100}),
    Kind("unit_x100", "content"),
    Kind("unit_div100", "content"),
    Kind("layout_v2", "content"),
    Kind("lying_charset", "content", _WEB),
    Kind("duplicate_items", "content", GATEWAYS),
    Kind("moved_item", "content", GATEWAYS, {"mode": "repeat", "from_page": 2}),
    Kind("not_json", "content"),
    Kind("slow", "delivery", parameters={"delay_s": 2.0}),
    Kind("slow_loris", "delivery", parameters={"interval_s": 1.0}),
    Kind("reset", "delivery", parameters={"after_bytes": 0}),
    Kind("truncate_body", "delivery", parameters={"framing": "content_length", "keep_percent": 50}),
    Kind("truncate_gzip", "delivery"),
    Kind("gzip_bomb", "delivery", parameters={"size_mb": 256}),
    Kind("garbage", "delivery", parameters={"size": 0}),
)


def kinds() -> dict[str, Kind]:
    """Every kind by name."""
    return {kind.name: kind for kind in _KINDS}
