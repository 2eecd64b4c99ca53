"""Taobao's open platform (TOP): system parameters, signatures, errors, and three affiliate methods.

Error codes 7, 15, 25, 27, 40, 41 are documented there; 21-24 and 28-34 are TOP's public list, recalled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from marketplaces.shops import signature
from marketplaces.shops.gateway import (
    WINDOW_S,
    Parameters,
    Refused,
    json_answer,
    local_time,
    request_id,
    sorted_by,
    whole,
)
from marketplaces.shops.ports import Call, Fields, Refusal
from marketplaces.shops.taobao_items import (
    detail_item,
    flat_item,
    has_coupon,
    simplified,
    upgrade_item,
    user_type,
    xml,
)
from marketplaces.wire import Answer
from marketplaces.world.quotes import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marketplaces.clocks import ProtocolClock, WorldClock
    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Request
    from marketplaces.world.build import World
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

CREDENTIALS = {
    "app_key": "34127788",
    "app_secret": "practice_top_secret_8c41e0a97b",
    "adzone_id": "112390050123",
}
"""Invented; they open nothing but this world."""
SESSION = "practice_session"
"""The one access token that is valid, for methods that are given one."""

UPGRADE = "taobao.tbk.dg.material.optional.upgrade"
FLAT = "taobao.tbk.dg.material.optional"
DETAIL = "taobao.tbk.item.info.get"
_MAX_PAGE_SIZE = 100
_MAX_IDS = 40
_SORTS = (
    "total_sales",
    "tk_rate",
    "tk_total_sales",
    "tk_total_commi",
    "price",
    "match",
    "final_promotion_price",
)
_JSON = "text/javascript;charset=UTF-8"


class Taobao:
    """The gateway at `/router/rest`; any path will do, as methods are told by name."""

    name = "taobao"
    fields = Fields(
        asked="zk_final_price",
        money=frozenset(
            (
                "zk_final_price", "reserve_price", "final_promotion_price", "promotion_fee", "sale_price",
                "coupon_amount", "coupon_start_fee", "real_post_fee", "presale_deposit",
            )
        ),
        renamed={
            "map_data": "item_list", "item_basic_info": "item_base", "price_promotion_info": "price_info",
            "zk_final_price": "current_price", "n_tbk_item": "items",
        },
    )  # fmt: skip

    def __init__(self, world: World, clock: WorldClock, protocol: ProtocolClock) -> None:
        self._catalogue = world.catalogues[self.name]
        self._clock, self._protocol = clock, protocol
        self._methods: dict[str, Callable[[Parameters, Moment, Tampering], dict[str, Any]]] = {
            UPGRADE: self._upgrade,
            FLAT: self._flat,
            DETAIL: self._detail,
        }

    # ── the port ───────────────────────────────────────────────────────────────────────────────────
    def describe(self, request: Request) -> Call:
        """See `Shop`."""
        given = Parameters(request)
        page = whole(given.get("page_no", "1"), 1, 10**6)
        return Call(
            request.path, given.get("method", ""), given.get("q", ""), page, given.get("app_key", ""), given
        )

    def answer(self, request: Request, call: Call, tampering: Tampering) -> Answer:
        """See `Shop`."""
        given = Parameters(request)
        moment = self._clock.moment()
        try:
            self._check(given)
            content = self._methods[call.api](given, moment, tampering)
        except Refused as refused:
            return self._error(given, refused.fields)
        content["request_id"] = request_id(call.api, call.keyword, call.page, moment.hour)
        return self._written(given, call.api, content, tampering)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """See `Shop`."""
        errors: dict[str, dict[str, Any]] = {
            "throttled": _limited("api", refusal.wait_s),
            "quota": _limited("app", refusal.wait_s),
            "bad_sign": _BAD_SIGN,
            "expired_token": {
                "code": 27,
                "msg": "Invalid session",
                "sub_code": "session-expired",
                "sub_msg": "session-expired",
            },
            "error": {key: value for key, value in refusal.fields.items() if value and key != "layer"},
        }
        return self._error(call.parameters, errors[refusal.reason])

    # ── checks, in TOP's order ─────────────────────────────────────────────────────────────────────
    def _check(self, given: Parameters) -> None:
        _require(given, "method", 21, "Missing method")
        if given["method"] not in self._methods:
            raise Refused(code=22, msg="Invalid method", sub_code="isv.invalid-method")
        _require(given, "app_key", 28, "Missing app key")
        if given["app_key"] != CREDENTIALS["app_key"]:
            raise Refused(code=29, msg="Invalid app key", sub_code="isv.appkey-not-exists")
        if given.get("format", "xml") not in ("json", "xml"):
            raise Refused(code=23, msg="Invalid format")
        if given.get("v") != "2.0":
            raise Refused(
                code=34 if "v" in given else 32,
                msg="Unsupported version" if "v" in given else "Missing version",
            )
        self._check_time(given)
        self._check_sign(given)
        if given.get("session", SESSION) != SESSION:
            raise Refused(code=27, msg="Invalid session", sub_code="invalid-sessionkey")

    def _check_time(self, given: Parameters) -> None:
        _require(given, "timestamp", 30, "Missing timestamp")
        at = local_time(given["timestamp"])
        if at is None or abs(at - self._protocol.now_s()) > WINDOW_S:
            raise Refused(code=31, msg="Invalid timestamp", sub_code="isv.invalid-timestamp")

    @staticmethod
    def _check_sign(given: Parameters) -> None:
        _require(given, "sign", 24, "Missing signature")
        sign = signature.TOP_METHODS.get(given.get("sign_method", "md5"))
        if (
            sign is None
            or "sign" in given.repeated
            or not signature.is_signed(given, CREDENTIALS["app_secret"], sign)
        ):
            raise Refused(**_BAD_SIGN)

    # ── methods ────────────────────────────────────────────────────────────────────────────────────
    def _upgrade(self, given: Parameters, moment: Moment, tampering: Tampering) -> dict[str, Any]:
        found, total = self._found(given, moment, tampering)
        items = [tampering.item(upgrade_item(offer, moment), offer.number) for offer in found]
        if self._is_crippled(given, moment):
            items = [_crippled(item) for item in items]
        return {"result_list": {"map_data": items}, "total_results": total}

    def _flat(self, given: Parameters, moment: Moment, tampering: Tampering) -> dict[str, Any]:
        found, total = self._found(given, moment, tampering)
        items = [tampering.item(flat_item(offer, moment), offer.number) for offer in found]
        if self._is_crippled(given, moment):
            items = [_crippled(item) for item in items]
        return {"result_list": {"map_data": items}, "total_results": total}

    def _detail(self, given: Parameters, moment: Moment, tampering: Tampering) -> dict[str, Any]:
        _require(
            given, "num_iids", 40, "Missing required arguments:num_iids", "isv.missing-parameter:num_iids"
        )
        ids = given["num_iids"].split(",")
        if len(ids) > _MAX_IDS:
            raise _invalid("num_iids")
        listed = [self._catalogue.listed(item_id, moment) for item_id in ids]
        items = [tampering.item(detail_item(offer, moment), offer.number) for offer in listed if offer]
        return {"results": {"n_tbk_item": items}}

    # ── search ─────────────────────────────────────────────────────────────────────────────────────
    def _found(self, given: Parameters, moment: Moment, tampering: Tampering) -> tuple[list[Offer], int]:
        _require(
            given, "adzone_id", 40, "Missing required arguments:adzone_id", "isv.missing-parameter:adzone_id"
        )
        if given["adzone_id"] != CREDENTIALS["adzone_id"]:
            raise _invalid("adzone_id")
        page, size = (
            _number(given, "page_no", 1, 1, 10**6),
            _number(given, "page_size", 20, 1, _MAX_PAGE_SIZE),
        )
        query = given.get("q", "").strip()
        if not query and not given.get("cat"):
            raise Refused(code=40, msg="Missing required arguments:q", sub_code="isv.missing-parameter:q")
        if re.match(r"https?://", query):
            raise _invalid("q")
        hits = self._filtered(given, self._catalogue.search(query, moment), moment)
        return tampering.page(_ordered(given, hits, moment), page, size)

    @staticmethod
    def _filtered(given: Parameters, offers: Sequence[Offer], moment: Moment) -> list[Offer]:
        low = _number(given, "start_price", 0, 0, 10**8) * 100
        high = _number(given, "end_price", 10**8, 0, 10**8) * 100
        tests: list[Callable[[Offer], bool]] = []
        if "start_price" in given or "end_price" in given:
            tests.append(lambda offer: low <= quote(offer, moment).price_fen <= high)
        if _is_on(given, "has_coupon"):
            tests.append(lambda offer: has_coupon(quote(offer, moment), moment))
        if _is_on(given, "is_tmall"):
            tests.append(lambda offer: user_type(offer) == 1)
        if _is_on(given, "need_free_shipment"):
            tests.append(lambda offer: offer.says_shipping and not offer.shipping_fen)
        return [offer for offer in offers if all(test(offer) for test in tests)]

    def _is_crippled(self, given: Parameters, moment: Moment) -> bool:
        """An exact title that leaves one product, without permission for the price comparison scene (2.1, traps)."""
        return len(self._catalogue.titled(given.get("q", "").strip(), moment)) == 1

    # ── answers ────────────────────────────────────────────────────────────────────────────────────
    @staticmethod
    def _written(given: Parameters, api: str, content: dict[str, Any], tampering: Tampering) -> Answer:
        wrapper = api.removeprefix("taobao.").replace(".", "_") + "_response"
        content = tampering.layout(content)
        if given.get("format", "xml") == "xml":
            return Answer(xml(wrapper, content), "text/xml;charset=UTF-8")
        document = simplified(content) if given.get("simplify") == "true" else {wrapper: content}
        return json_answer(document, tampering, _JSON)

    @staticmethod
    def _error(given: Any, fields: dict[str, Any]) -> Answer:
        error = {**fields, "request_id": request_id("error", *fields.values())}
        if given.get("format", "xml") == "json":
            return json_answer({"error_response": error}, None, _JSON)
        return Answer(xml("error_response", error), "text/xml;charset=UTF-8")


_BAD_SIGN = {
    "code": 25,
    "msg": "Invalid signature",
    "sub_code": "isv.invalid-signature",
    "sub_msg": "Invalid signature",
}


def _limited(by: str, wait_s: int) -> dict[str, Any]:
    return {
        "code": 7,
        "msg": "App Call Limited",
        "sub_code": f"accesscontrol.limited-by-{by}-access-count",
        "sub_msg": f"This ban will last for {wait_s} more seconds",
    }


def _require(given: Parameters, name: str, code: int, msg: str, sub_code: str = "") -> None:
    if not given.get(name):
        raise Refused(code=code, msg=msg, **({"sub_code": sub_code} if sub_code else {}))


def _invalid(name: str) -> Refused:
    return Refused(code=41, msg=f"Invalid arguments:{name}", sub_code=f"isv.invalid-parameter:{name}")


def _number(given: Parameters, name: str, default: int, low: int, high: int) -> int:
    number = whole(given.get(name) or str(default), low, high)
    if number is None:
        raise _invalid(name)
    return number


def _is_on(given: Parameters, name: str) -> bool:
    return given.get(name) == "true"


def _ordered(given: Parameters, offers: list[Offer], moment: Moment) -> list[Offer]:
    """By relevance, or as `sort` says; ties keep the order of relevance."""
    wish = given.get("sort", "")
    field, _, direction = wish.rpartition("_")
    if not wish or field == "match":
        return offers
    if field not in _SORTS or direction not in ("asc", "des"):
        raise _invalid("sort")
    keys: dict[str, Callable[[Offer], int]] = {
        "price": lambda offer: quote(offer, moment).price_fen,
        "final_promotion_price": lambda offer: quote(offer, moment).claimed_fen or 0,
    }
    return sorted_by(offers, keys.get(field, lambda offer: offer.sales), descending=direction == "des")


def _crippled(item: dict[str, Any]) -> dict[str, Any]:
    """Without its id and links."""
    gone = ("item_id", "click_url", "coupon_share_url", "url")
    kept = {key: value for key, value in item.items() if key not in gone}
    if "publish_info" in kept:
        kept["publish_info"] = {k: v for k, v in kept["publish_info"].items() if k not in gone}
    return kept
