"""Pinduoduo's open platform (POP) for affiliates: search, detail and links.

`list_id` carries the hour of the first page: later pages keep that page's order and stock whatever the clock does.
A page size above 100, an unknown range or a bad JSON parameter is 21001; a missing pid is 21002, a foreign one 20031.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from marketplaces.shops import signature
from marketplaces.shops.gateway import (
    WINDOW_S,
    Parameters,
    Refused,
    json_answer,
    request_id,
    sorted_by,
    whole,
)
from marketplaces.shops.pinduoduo_items import detail_item, landing_url, search_item
from marketplaces.shops.ports import Call, Fields, Refusal
from marketplaces.world.dice import hash_of
from marketplaces.world.pinduoduo_terms import GOODS
from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quote
from marketplaces.world.seasons import moment as moment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marketplaces.clocks import ProtocolClock, WorldClock
    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Answer, Request
    from marketplaces.world.build import World
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

CREDENTIALS = {
    "client_id": "practice_client_7d1e55",
    "client_secret": "practice_pop_secret_93b0c7",
    "pid": "8600001_270000001",
}
"""Invented; they open nothing but this world."""
ACCESS_TOKEN = "practice_token"  # noqa: S105 - opens nothing but this world
"""The one access token that is valid, for calls that carry one."""

SEARCH = "pdd.ddk.goods.search"
DETAIL = "pdd.ddk.goods.detail"
LINK = "pdd.ddk.goods.promotion.url.generate"
_MAX_PAGE_SIZE = 100
_MAX_CUSTOM_BYTES = 64
_MESSAGES = {
    10001: "公共参数错误",
    10016: "client下线或者clientId不正确",
    10019: "access_token已过期",
    10035: "access_token错误",
    20004: "签名sign校验失败",
    20031: "用户没有授权访问此接口",
    21001: "业务参数错误",
    21002: "业务参数缺失",
    52101: "当前接口被限流，请稍后重试",
    70031: "调用过于频繁，请调整调用频率",
}
_JSON = "application/json;charset=UTF-8"


class Pinduoduo:
    """The gateway at `/api/router`."""

    name = "pinduoduo"
    fields = Fields(
        asked="min_normal_price",
        money=frozenset(
            (
                "min_group_price", "min_normal_price", "coupon_discount", "coupon_min_order_amount",
                "extra_coupon_amount", "coupon_amount", "coupon_threshold", "mall_coupon_min_order_amount",
                "mall_coupon_max_discount_amount", "clt_cpn_discount", "clt_cpn_min_amt",
            )
        ),
        renamed={
            "goods_list": "goods_vo_list", "goods_details": "goods_detail_vos", "min_group_price": "group_price",
            "min_normal_price": "normal_price",
            "goods_name": "goods_title",
        },
    )  # fmt: skip

    def __init__(
        self, world: World, clock: WorldClock, protocol: ProtocolClock, *, lenient_time: bool
    ) -> None:
        self._catalogue = world.catalogues[self.name]
        self._clock, self._protocol, self._lenient_time = clock, protocol, lenient_time
        self._methods: dict[str, Callable[[Parameters, Moment, Tampering], dict[str, Any]]] = {
            SEARCH: self._search,
            DETAIL: self._detail,
            LINK: self._link,
        }

    # ── the port ───────────────────────────────────────────────────────────────────────────────────
    def describe(self, request: Request) -> Call:
        """See `Shop`."""
        given = Parameters(request)
        page = whole(given.get("page", "1"), 1, 10**6)
        app = given.get("client_id", "")
        return Call(request.path, given.get("type", ""), given.get("keyword", ""), page, app, given)

    def answer(self, request: Request, call: Call, tampering: Tampering) -> Answer:
        """See `Shop`."""
        given = Parameters(request)
        try:
            self._check(given)
            document = self._methods[call.api](given, self._clock.moment(), tampering)
        except Refused as refused:
            return _error(refused.fields["code"], refused.fields["subject"])
        return json_answer(tampering.layout(document), tampering, _JSON)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """See `Shop`."""
        del call
        if refusal.reason == "error":
            code = int(refusal.fields["code"])
            message = refusal.fields["msg"] or _MESSAGES.get(code, "")
            return _envelope(code, message, refusal.fields["sub_code"], refusal.fields["sub_msg"])
        codes = {"throttled": 70031, "quota": 52101, "bad_sign": 20004, "expired_token": 10019}
        return _error(codes[refusal.reason], "")

    # ── checks ─────────────────────────────────────────────────────────────────────────────────────
    def _check(self, given: Parameters) -> None:
        if given.get("type") not in self._methods:
            raise _refused(10001, "type")
        if given.get("client_id") != CREDENTIALS["client_id"]:
            raise _refused(10016)
        if given.get("data_type", "JSON") != "JSON":
            raise _refused(10001, "data_type")
        self._check_time(given.get("timestamp", ""))
        if "sign" in given.repeated or not signature.is_signed(given, CREDENTIALS["client_secret"]):
            raise _refused(20004)
        if given.get("access_token", ACCESS_TOKEN) != ACCESS_TOKEN:
            raise _refused(10019 if given["access_token"].startswith(ACCESS_TOKEN) else 10035)

    def _check_time(self, text: str) -> None:
        """Unix seconds; milliseconds only when the world is lenient."""
        at = whole(text, 0, 10**14)
        if at is not None and self._lenient_time and len(text) > 10:
            at //= 1000
        if at is None or abs(at - self._protocol.now_s()) > WINDOW_S:
            raise _refused(10001, "timestamp")

    # ── methods ────────────────────────────────────────────────────────────────────────────────────
    def _search(self, given: Parameters, now: Moment, tampering: Tampering) -> dict[str, Any]:
        _check_position(given)
        page, size = _number(given, "page", 1, 10**6), _number(given, "page_size", 100, _MAX_PAGE_SIZE)
        query = _query_of(given)
        moment = _moment_of(given.get("list_id", ""), query) or now
        hits = _ordered(given, _filtered(given, self._hits(given, moment), moment), moment)
        found, total = tampering.page(hits, page, size)
        search_id = f"s_{query}_{moment.hour:x}"
        judged = self._is_comparison(given, moment)
        items = [
            tampering.item(search_item(offer, moment, search_id, is_comparison=judged), offer.number)
            for offer in found
        ]
        list_id = f"{query}_{moment.hour:x}"
        body = {"goods_list": items, "list_id": list_id, "search_id": search_id, "total_count": total}
        return {"goods_search_response": body | {"request_id": request_id(query, page, size, moment.hour)}}

    def _hits(self, given: Parameters, moment: Moment) -> Sequence[Offer]:
        signs = _json(given, "goods_sign_list", list)
        keyword = given.get("keyword", "").strip()
        link = re.search(r"goods_sign=([\w-]+)", keyword)
        if signs or link:
            wanted = signs or [link[1] if link else ""]
            found = (self._catalogue.listed(str(sign), moment) for sign in wanted)
            return [offer for offer in found if offer]
        if not keyword and not given.get("opt_id") and not given.get("cat_id"):
            raise _refused(21002, "keyword")
        return self._catalogue.search(keyword, moment)

    def _is_comparison(self, given: Parameters, moment: Moment) -> bool:
        """A product link or an exact title is judged to be price comparison, which earns nothing."""
        keyword = given.get("keyword", "").strip()
        return "goods_sign=" in keyword or any(
            title_at(offer, moment) == keyword for offer in self._catalogue.search(keyword, moment)
        )

    def _detail(self, given: Parameters, now: Moment, tampering: Tampering) -> dict[str, Any]:
        offer = self._catalogue.listed(given.get("goods_sign", ""), now)
        if not given.get("goods_sign"):
            raise _refused(21002, "goods_sign")
        search_id = given.get("search_id", "")
        details = [tampering.item(detail_item(offer, now, search_id), offer.number)] if offer else []
        return {
            "goods_detail_response": {"goods_details": details, "request_id": request_id("detail", now.hour)}
        }

    def _link(self, given: Parameters, now: Moment, _tampering: Tampering) -> dict[str, Any]:
        if given.get("p_id") != CREDENTIALS["pid"]:
            raise _refused(20031 if given.get("p_id") else 21002, "p_id")
        found = [self._catalogue.listed(str(sign), now) for sign in _json(given, "goods_sign_list", list)]
        links = [{"mobile_url": landing_url(offer), "url": landing_url(offer)} for offer in found if offer]
        body = {"goods_promotion_url_list": links, "request_id": request_id("link", now.hour)}
        return {"goods_promotion_url_generate_response": body}


# ── parameters ─────────────────────────────────────────────────────────────────────────────────────


def _refused(code: int, subject: str = "") -> Refused:
    return Refused(code=code, subject=subject)


def _check_position(given: Parameters) -> None:
    """The registered position, and whom it is for."""
    if not given.get("pid"):
        raise _refused(21002, "pid")
    if given["pid"] != CREDENTIALS["pid"]:
        raise _refused(20031)
    custom = given.get("custom_parameters", "")
    if custom and (
        len(custom.encode()) > _MAX_CUSTOM_BYTES or "uid" not in _json(given, "custom_parameters", dict)
    ):
        raise _refused(21001, "custom_parameters")


def _number(given: Parameters, name: str, default: int, high: int) -> int:
    number = whole(given.get(name) or str(default), 1, high)
    if number is None:
        raise _refused(21001, name)
    return number


def _json(given: Parameters, name: str, kind: type) -> Any:
    """A parameter that is a JSON text; an empty one of its kind when it was not sent."""
    if not given.get(name):
        return kind()
    try:
        value = orjson.loads(given[name])
    except orjson.JSONDecodeError:
        raise _refused(21001, name) from None
    if not isinstance(value, kind):
        raise _refused(21001, name)
    return value


def _query_of(given: Parameters) -> str:
    """What makes two requests pages of one search."""
    names = (
        "keyword",
        "opt_id",
        "cat_id",
        "sort_type",
        "with_coupon",
        "range_list",
        "goods_sign_list",
        "merchant_type",
    )
    return f"{hash_of('|'.join(given.get(name, '') for name in names)):016x}"


def _moment_of(list_id: str, query: str) -> Moment | None:
    """The hour a list id was made in; None when it belongs to another search or to none."""
    owner, _, hour = list_id.partition("_")
    return moment_of(int(hour, 16)) if owner == query and re.fullmatch(r"[0-9a-f]{1,6}", hour) else None


def _filtered(given: Parameters, offers: Sequence[Offer], moment: Moment) -> list[Offer]:
    tests = [_in_range(bounds, moment) for bounds in _json(given, "range_list", list)]
    if given.get("with_coupon") == "true":
        tests.append(lambda offer: bool(quote(offer, moment).labelled(GOODS)))
    return [offer for offer in offers if all(test(offer) for test in tests)]


def _in_range(bounds: Any, moment: Moment) -> Callable[[Offer], bool]:
    """One entry of `range_list`; amounts in fen."""
    if not isinstance(bounds, dict) or bounds.get("range_id") not in (0, 1, 3, 5):
        raise _refused(21001, "range_list")
    low = whole(str(bounds.get("range_from") or 0), 0, 10**10)
    high = whole(str(bounds.get("range_to") or 10**10), 0, 10**10)
    if low is None or high is None:
        raise _refused(21001, "range_list")
    value = _MEASURES[int(bounds["range_id"])]
    return lambda offer: low <= value(offer, moment) <= high


def _off(offer: Offer, moment: Moment) -> int:
    """What the goods' coupon is worth; 0 without one."""
    return sum(coupon.off or 0 for coupon in quote(offer, moment).labelled(GOODS))


_MEASURES: dict[int, Callable[[Offer, Moment], int]] = {
    0: lambda offer, moment: quote(offer, moment).lowest_fen,
    1: lambda offer, moment: quote(offer, moment).lowest_fen - _off(offer, moment),
    3: _off,
    5: lambda offer, _moment: offer.sales,
}
_SORTED = {3: 0, 4: 0, 5: 5, 6: 5, 7: 3, 8: 3, 9: 1, 10: 1}
"""sort_type -> measure; odd ones ascend."""


def _ordered(given: Parameters, offers: list[Offer], moment: Moment) -> list[Offer]:
    wish = _number(given, "sort_type", 0, 32) if given.get("sort_type", "0") != "0" else 0
    if wish not in _SORTED:
        return offers
    measure = _MEASURES[_SORTED[wish]]
    return sorted_by(offers, lambda offer: measure(offer, moment), descending=wish % 2 == 0)


def _error(code: int, subject: str) -> Answer:
    message = _MESSAGES[code] + (f":{subject}" if subject else "")
    return _envelope(code, message, str(code), message)


def _envelope(code: int, message: str, sub_code: str, sub_message: str) -> Answer:
    error = {"error_code": code, "error_msg": message, "sub_code": sub_code, "sub_msg": sub_message}
    return json_answer({"error_response": error | {"request_id": request_id(code, message)}}, None, _JSON)
