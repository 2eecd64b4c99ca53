"""Answers given instead of the true one: HTTP errors, login pages, redirects, platform errors."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from marketplaces.shops.ports import Refusal
from marketplaces.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplaces.faults.plan import Met
    from marketplaces.shops.ports import Call, Shop
    from marketplaces.wire import Request

_HTML = "text/html; charset=utf-8"
_ABSURD_S = 31_536_000
_LOGIN_PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>安全验证</title></head><body>
<h1>访问过于频繁，请完成验证</h1><form action="/login" method="post"><p>请拖动滑块完成拼图</p>
<input type="hidden" name="captcha_token" value="demo"><button>登录</button></form></body></html>"""
_NOT_FOUND = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>页面不存在</title></head><body>
<h1>抱歉，您访问的商品不存在或已下架</h1><p><a href="/">回到首页</a></p></body></html>"""


def replacement(shop: Shop, request: Request, call: Call, met: Met, wall_s: float) -> Answer:
    """The answer the fault gives instead."""
    if met.name in ("bad_sign_once", "expired_token", "error_code"):
        return shop.refuse(call, _refusal(met))
    return _SIMPLE[met.name](request, met, wall_s)


def _refusal(met: Met) -> Refusal:
    if met.name == "bad_sign_once":
        return Refusal("bad_sign")
    return (
        Refusal("expired_token") if met.name == "expired_token" else Refusal("error", fields=met.parameters)
    )


def _http_status(_request: Request, met: Met, wall_s: float) -> Answer:
    status = int(met.parameters["status"])
    headers = _retry_after(met.parameters["retry_after"], wall_s)
    return Answer(f"{status}\n".encode(), status=status, headers=headers)


def _retry_after(wish: Any, wall_s: float) -> tuple[tuple[str, str], ...]:
    """Seconds, `{"http_date_s": n}` for a date n seconds ahead, "absurd" for a year, or any text as it is."""
    if wish is None:
        return ()
    if isinstance(wish, dict):
        return (("retry-after", formatdate(wall_s + float(wish["http_date_s"]), usegmt=True)),)
    return (("retry-after", str(_ABSURD_S) if wish == "absurd" else str(wish)),)


def _empty(_request: Request, _met: Met, _wall_s: float) -> Answer:
    return Answer(b"", _HTML)


def _login(_request: Request, _met: Met, _wall_s: float) -> Answer:
    return Answer(_LOGIN_PAGE.encode(), _HTML)


def _redirect(location: str) -> Answer:
    return Answer(b"", _HTML, 302, (("location", location),))


def _loop(request: Request, _met: Met, _wall_s: float) -> Answer:
    """To and fro between two addresses, without end."""
    pairs = [
        (name, value) for name, value in parse_qsl(request.query, keep_blank_values=True) if name != "hop"
    ]
    other = pairs if "hop=1" in request.query else [*pairs, ("hop", "1")]
    return _redirect(f"{request.path}?{urlencode(other)}" if other else request.path)


def _self(request: Request, _met: Met, _wall_s: float) -> Answer:
    return _redirect(request.target)


def _offsite(_request: Request, met: Met, _wall_s: float) -> Answer:
    return _redirect(str(met.parameters["url"]))


def _soft_404(_request: Request, _met: Met, _wall_s: float) -> Answer:
    return Answer(_NOT_FOUND.encode(), _HTML)


def _robots_5xx(_request: Request, met: Met, _wall_s: float) -> Answer:
    return Answer(b"", status=int(met.parameters["status"]))


def _robots_disallow_all(_request: Request, _met: Met, _wall_s: float) -> Answer:
    return Answer(b"User-agent: *\nDisallow: /\n")


_SIMPLE: dict[str, Callable[[Request, Met, float], Answer]] = {
    "http_status": _http_status,
    "empty_200": _empty,
    "login_page_200": _login,
    "redirect_loop": _loop,
    "redirect_self": _self,
    "redirect_offsite": _offsite,
    "soft_404": _soft_404,
    "robots_5xx": _robots_5xx,
    "robots_disallow_all": _robots_disallow_all,
}
