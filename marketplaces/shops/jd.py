"""JD's open platform (JOS) for affiliates: the `_responce` envelope, a result inside a string, two methods.

Gateway error 12 (signature) is in the sample; the other gateway codes are not published there and
are recalled or chosen. A page size above 30 is refused with business code 401; pages from the 101st on are 202;
a page past the last hit is 201.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import orjson

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
from marketplaces.shops.jd_items import goods_item, promotion_item
from marketplaces.shops.ports import Call, Fields, Refusal
from marketplaces.world.quotes import GROUP, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marketplaces.clocks import ProtocolClock, WorldClock
    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Answer, Request
    from marketplaces.world.build import World
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

CREDENTIALS = {"app_key": "5c2d7c0f9be84e3aa1d0f7b2", "app_secret": "practice_jos_secret_41f8aa20"}
"""Invented; they open nothing but this world."""
ACCESS_TOKEN = "practice_token"  # noqa: S105 - opens nothing but this world
"""The one access token that is valid, for calls that carry one."""

QUERY = "jd.union.open.goods.query"
PROMOTION = "jd.union.open.goods.promotiongoodsinfo.query"
_MAX_PAGE_SIZE = 30
_MAX_PAGE = 100
_MAX_IDS = 20
_TOTAL_CAP = 100_000
_JSON = "application/json;charset=UTF-8"
_SORTS = ("price", "commissionShare", "commission", "inOrderCount30Days", "inOrderComm30Days")

_MESSAGES = {
    201: "未查询到满足条件的商品",
    202: "已达到分页上限",
    401: "参数错误",
    403: "无访问权限，如有疑问请联系联盟客服",
    408: "unionid被限制调用",
    429: "接口调用超频，请降低接口调用频次",
    500: "系统异常，请稍后再试",
}
_BAD_SIGN = {"code": "12", "zh_desc": "无效签名", "en_desc": "Invalid signature"}


class Jd:
    """The gateway at `/routerjson`; the older `/api` with `param_json` is served as well."""

    name = "jd"
    fields = Fields(
        asked="price",
        money=frozenset(
            (
                "price", "lowestPrice", "lowestCouponPrice", "discount", "quota", "secondPrice", "pingouPrice",
                "unitPrice", "wlUnitPrice", "seckillPrice", "seckillOriPrice", "currentPrice", "earnest",
                "depositWorth",
            )
        ),
        renamed={
            "skuName": "goodsTitle", "priceInfo": "priceInfoV2", "price": "basePrice", "lowestPrice": "finalPrice",
            "data": "list",
        },
    )  # fmt: skip

    def __init__(self, world: World, clock: WorldClock, protocol: ProtocolClock) -> None:
        self._catalogue = world.catalogues[self.name]
        self._clock, self._protocol = clock, protocol
        self._methods: dict[str, Callable[[dict[str, Any], Moment, Tampering], dict[str, Any]]] = {
            QUERY: self._query,
            PROMOTION: self._promotion,
        }

    # ── the port ───────────────────────────────────────────────────────────────────────────────────
    def describe(self, request: Request) -> Call:
        """See `Shop`."""
        given = Parameters(request)
        wanted = _wanted(given) or {}
        dto = wanted.get("goodsReqDTO")
        dto = dto if isinstance(dto, dict) else {}
        page = whole(str(dto.get("pageIndex", 1)), 1, 10**6)
        keyword = str(dto.get("keyword") or wanted.get("skuIds") or "")
        return Call(request.path, given.get("method", ""), keyword, page, given.get("app_key", ""), given)

    def answer(self, request: Request, call: Call, tampering: Tampering) -> Answer:
        """See `Shop`."""
        given = Parameters(request)
        moment = self._clock.moment()
        try:
            self._check(given)
            wanted = _wanted(given)
            if wanted is None:
                raise _business(401, "360buy_param_json")
            result = self._methods[call.api](wanted, moment, tampering)
        except Refused as refused:
            if "zh_desc" in refused.fields:
                return json_answer({"error_response": refused.fields}, None, _JSON)
            result = refused.fields
        return self._written(call.api, result, tampering)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """See `Shop`."""
        if refusal.reason == "bad_sign":
            return json_answer({"error_response": _BAD_SIGN}, None, _JSON)
        if refusal.reason == "expired_token":
            return json_answer({"error_response": _EXPIRED}, None, _JSON)
        if refusal.reason == "error" and refusal.fields.get("layer") != "business":
            error = {
                "code": str(refusal.fields["code"]),
                "zh_desc": refusal.fields["msg"],
                "en_desc": refusal.fields["sub_msg"],
            }
            return json_answer({"error_response": error}, None, _JSON)
        code = int(refusal.fields["code"]) if refusal.reason == "error" else 429
        words = "接口调用超限，今日调用次数已用完" if refusal.reason == "quota" else _MESSAGES.get(code, "")
        message = refusal.fields.get("msg") or words
        return self._written(call.api or QUERY, {"code": code, "message": message}, None)

    # ── checks of the gateway ──────────────────────────────────────────────────────────────────────
    def _check(self, given: Parameters) -> None:
        if given.get("method") not in self._methods:
            raise _gateway("19", "无效的方法名", "Invalid method")
        if given.get("app_key") != CREDENTIALS["app_key"]:
            raise _gateway("11", "无效app_key", "Invalid app_key")
        at = local_time(given.get("timestamp", ""))
        if at is None or abs(at - self._protocol.now_s()) > WINDOW_S:
            raise _gateway("8", "非法的时间戳参数", "Invalid timestamp")
        if "sign" in given.repeated or not signature.is_signed(given, CREDENTIALS["app_secret"]):
            raise Refused(**_BAD_SIGN)
        if given.get("access_token", ACCESS_TOKEN) != ACCESS_TOKEN:
            raise Refused(**_EXPIRED)

    # ── methods ────────────────────────────────────────────────────────────────────────────────────
    def _query(self, wanted: dict[str, Any], moment: Moment, tampering: Tampering) -> dict[str, Any]:
        dto = wanted.get("goodsReqDTO")
        if not isinstance(dto, dict):
            raise _business(401, "goodsReqDTO")
        page, size = _number(dto, "pageIndex", 1, 10**6), _number(dto, "pageSize", 20, _MAX_PAGE_SIZE)
        if page > _MAX_PAGE:
            raise _business(202)
        hits = _ordered(dto, _filtered(dto, self._hits(dto, moment), moment), moment)
        found, total = tampering.page(hits, page, size)
        if not found:
            raise _business(201)
        blocks = frozenset(str(dto.get("fields") or "").split(","))
        items = [tampering.item(goods_item(offer, moment, blocks), offer.number) for offer in found]
        return {"code": 200, "message": "success", "totalCount": capped(total), "data": items}

    def _hits(self, dto: dict[str, Any], moment: Moment) -> Sequence[Offer]:
        ids = dto.get("skuIds") or []
        if not isinstance(ids, list) or len(ids) > _MAX_IDS:
            raise _business(401, "skuIds")
        if ids:
            found = (self._catalogue.listed(str(sku_id), moment) for sku_id in ids)
            return [offer for offer in found if offer]
        keyword = str(dto.get("keyword") or "").strip()
        if not keyword and not dto.get("spuId"):
            raise _business(401, "keyword")
        return self._catalogue.search(keyword, moment) if keyword else self._catalogue.all_on_sale(moment)

    def _promotion(self, wanted: dict[str, Any], moment: Moment, tampering: Tampering) -> dict[str, Any]:
        ids = str(wanted.get("skuIds") or "")
        if not ids or len(ids.split(",")) > 100:
            raise _business(401, "skuIds")
        found = (self._catalogue.listed(sku_id.strip(), moment) for sku_id in ids.split(","))
        items = [tampering.item(promotion_item(offer, moment), offer.number) for offer in found if offer]
        if not items:
            raise _business(201)
        return {"code": 200, "message": "success", "totalCount": len(items), "data": items}

    # ── answers ────────────────────────────────────────────────────────────────────────────────────
    def _written(self, api: str, result: dict[str, Any], tampering: Tampering | None) -> Answer:
        """The result as a JSON document in a string, under a wrapper that is spelled with a c."""
        hour = self._clock.moment().hour
        result = {
            **result,
            "requestId": f"o_{request_id(api, hour, result.get('totalCount'), result['code'])}",
        }
        if tampering:
            result = tampering.layout(result)
        inner = orjson.dumps(result).decode()
        wrapper = api.replace(".", "_") + "_responce"
        return json_answer({wrapper: {"code": "0", "queryResult": inner}}, tampering, _JSON)


_EXPIRED = {"code": "13", "zh_desc": "无效access_token", "en_desc": "Invalid access_token"}


def capped(total: int) -> int:
    """A count as JD tells it: at most 100 000."""
    return min(total, _TOTAL_CAP)


def _wanted(given: Parameters) -> dict[str, Any] | None:
    """The business parameters; None when they are no JSON object."""
    try:
        wanted = orjson.loads(given.get("360buy_param_json") or given.get("param_json") or "")
    except orjson.JSONDecodeError:
        return None
    return wanted if isinstance(wanted, dict) else None


def _gateway(code: str, zh: str, en: str) -> Refused:
    return Refused(code=code, zh_desc=zh, en_desc=en)


def _business(code: int, subject: str = "") -> Refused:
    return Refused(code=code, message=_MESSAGES[code] + (f":{subject}" if subject else ""))


def _number(dto: dict[str, Any], name: str, default: int, high: int) -> int:
    value = dto.get(name) if dto.get(name) is not None else default
    number = whole(str(value), 1, high)
    if number is None:
        raise _business(401, name)
    return number


def _filtered(dto: dict[str, Any], offers: Sequence[Offer], moment: Moment) -> list[Offer]:
    tests: list[Callable[[Offer], bool]] = []
    if dto.get("pricefrom") is not None or dto.get("priceto") is not None:
        low, high = _fen(dto, "pricefrom", 0), _fen(dto, "priceto", 10**10)
        tests.append(lambda offer: low <= (quote(offer, moment).claimed_fen or 0) <= high)
    if dto.get("owner"):
        tests.append(lambda offer: owner(offer) == dto["owner"])
    if dto.get("isCoupon") == 1:
        tests.append(lambda offer: any(p.action == "claim" for p in quote(offer, moment).promotions))
    if dto.get("isPG") == 1:
        tests.append(lambda offer: quote(offer, moment).kind == GROUP)
    if dto.get("shopId"):
        tests.append(lambda offer: str(offer.seller.id) == str(dto["shopId"]))
    if dto.get("spuId"):
        tests.append(lambda offer: offer.spu_id == str(dto["spuId"]))
    return [offer for offer in offers if all(test(offer) for test in tests)]


def owner(offer: Offer) -> str:
    """g: sold by JD itself; p: by a shop on its platform."""
    return "g" if offer.seller.type == "self_operated" else "p"


def _fen(dto: dict[str, Any], name: str, default: int) -> int:
    """A yuan figure, with or without decimals."""
    value = dto.get(name)
    if value is None:
        return default
    try:
        return int(Decimal(str(value)) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        raise _business(401, name) from None


def _ordered(dto: dict[str, Any], offers: list[Offer], moment: Moment) -> list[Offer]:
    """By relevance, or as `sortName` says; without `sort` the larger first."""
    name = dto.get("sortName")
    if not name:
        return offers
    if name not in _SORTS or dto.get("sort", "desc") not in ("asc", "desc"):
        raise _business(401, "sortName")
    keys: dict[str, Callable[[Offer], int]] = {"price": lambda offer: quote(offer, moment).claimed_fen or 0}
    return sorted_by(
        offers, keys.get(name, lambda offer: offer.sales), descending=dto.get("sort", "desc") == "desc"
    )
