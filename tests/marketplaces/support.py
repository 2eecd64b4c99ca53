"""What the tests of the practice world share: a world at a fixed time, and clients of their own for each protocol.

The clients sign by the published formulas, written anew here: they must not agree with the server by construction.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from marketplaces.app import Practice, open_shops
from marketplaces.settings import Settings
from marketplaces.world.build import World, build_world

if TYPE_CHECKING:
    from collections.abc import Coroutine

NOW = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)
"""No campaign and no run-up to one."""
CAMPAIGN = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)
WALL_S = datetime(2026, 11, 23, 2, 0, tzinfo=UTC).timestamp()
CHINA = timezone(timedelta(hours=8))


@dataclass
class Times:
    """The real clocks of a test: they stand until they are moved."""

    wall_s: float = WALL_S
    monotonic_s: float = 1000.0

    def pass_(self, seconds: float) -> None:
        self.wall_s += seconds
        self.monotonic_s += seconds


def practice(times: Times | None = None, **settings: Any) -> Practice:
    """A small world that stands still, unless told otherwise."""
    real = times or Times()
    chosen = Settings(**({"products": 110, "offers": 700, "now": NOW, "speed": 0.0} | settings))
    world = built(chosen.seed, chosen.products, chosen.offers, is_wide=chosen.is_wide)
    return open_shops(world, chosen, wall=lambda: real.wall_s, monotonic=lambda: real.monotonic_s)


@cache
def built(seed: int, products: int, offers: int, *, is_wide: bool = False) -> World:
    """Worlds do not change, so each is built once."""
    return build_world(seed, products, offers, is_wide=is_wide)


def drive(coroutine: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine that never has to wait: no loop, no sockets, a fraction of the time."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    coroutine.close()
    raise AssertionError("the app wanted to wait; drive it over a socket")


@dataclass
class Reply:
    """One answer, as its bytes came."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    app: Any,
    target: str = "/",
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    path: str | None = None,
) -> Reply:
    """One request to an ASGI app. `path` replaces the scope's path, for odd request targets."""
    route, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": route if path is None else path,
        "raw_path": route.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (k.lower().encode(), v.encode()) for k, v in {"host": "shop.test", **(headers or {})}.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    drive(app(scope, receive, send))
    head = sent[0]
    pairs = {name.decode(): value.decode() for name, value in head["headers"]}
    return Reply(head["status"], pairs, b"".join(message.get("body", b"") for message in sent[1:]))


FORM = {"content-type": "application/x-www-form-urlencoded;charset=utf-8"}


def wrapped(parameters: dict[str, str], secret: str) -> str:
    text = "".join(f"{k}{parameters[k]}" for k in sorted(parameters))
    return hashlib.md5(f"{secret}{text}{secret}".encode(), usedforsecurity=False).hexdigest().upper()


def stamp(wall_s: float) -> str:
    return datetime.fromtimestamp(wall_s, CHINA).strftime("%Y-%m-%d %H:%M:%S")


@dataclass
class Taobao:
    """A caller of TOP, md5 by default."""

    app: Any
    credentials: dict[str, str]
    wall_s: float = WALL_S
    path: str = "/router/rest"

    def parameters(self, method: str, **business: Any) -> dict[str, str]:
        given = {
            "method": method,
            "app_key": self.credentials["app_key"],
            "timestamp": stamp(self.wall_s),
            "format": "json",
            "v": "2.0",
            "sign_method": "md5",
        } | {key: str(value) for key, value in business.items() if value is not None}
        return given | {"sign": wrapped(given, self.credentials["app_secret"])}

    def send(self, given: dict[str, str], **more: Any) -> Reply:
        return ask(self.app, self.path, method="POST", body=urlencode(given).encode(), headers=FORM | more)

    def call(self, method: str = "taobao.tbk.dg.material.optional.upgrade", **business: Any) -> Any:
        if "material" in method:
            business = {"adzone_id": self.credentials["adzone_id"], **business}
        return self.send(self.parameters(method, **business)).json()

    def page(self, keyword: str, number: int = 1, **more: Any) -> tuple[list[dict[str, Any]], int]:
        body = self.call(q=keyword, page_no=number, **({"page_size": 100} | more))
        answer = body["tbk_dg_material_optional_upgrade_response"]
        return answer["result_list"]["map_data"], answer["total_results"]

    def every(self, keyword: str, **more: Any) -> list[dict[str, Any]]:
        return _all(lambda number: self.page(keyword, number, **more))


@dataclass
class Jd:
    """A caller of JOS."""

    app: Any
    credentials: dict[str, str]
    wall_s: float = WALL_S
    path: str = "/routerjson"

    def parameters(self, method: str, business: dict[str, Any], **system: str) -> dict[str, str]:
        given = {
            "method": method,
            "app_key": self.credentials["app_key"],
            "timestamp": stamp(self.wall_s),
            "format": "json",
            "v": "1.0",
            "sign_method": "md5",
            "360buy_param_json": json.dumps(business, ensure_ascii=False),
        } | system
        return given | {"sign": wrapped(given, self.credentials["app_secret"])}

    def send(self, given: dict[str, str], **more: Any) -> Reply:
        return ask(self.app, self.path, method="POST", body=urlencode(given).encode(), headers=FORM | more)

    def call(self, method: str = "jd.union.open.goods.query", **business: Any) -> Any:
        payload = business if "promotion" in method else {"goodsReqDTO": business}
        body = self.send(self.parameters(method, payload)).json()
        if "error_response" in body:
            return body
        return json.loads(body[method.replace(".", "_") + "_responce"]["queryResult"])

    def page(self, keyword: str, number: int = 1, **more: Any) -> tuple[list[dict[str, Any]], int]:
        blocks = "stockState,skuLabelInfo,promotionLabelInfo"
        result = self.call(keyword=keyword, pageIndex=number, **({"pageSize": 30, "fields": blocks} | more))
        return result.get("data", []), result.get("totalCount", 0)

    def every(self, keyword: str, **more: Any) -> list[dict[str, Any]]:
        return _all(lambda number: self.page(keyword, number, **more))


@dataclass
class Pinduoduo:
    """A caller of POP."""

    app: Any
    credentials: dict[str, str]
    wall_s: float = WALL_S
    path: str = "/api/router"
    last_list_id: str = field(default="", init=False)

    def parameters(self, kind: str, **business: Any) -> dict[str, str]:
        given = {
            "type": kind,
            "client_id": self.credentials["client_id"],
            "timestamp": str(int(self.wall_s)),
            "data_type": "JSON",
            "version": "V1",
        } | {key: str(value) for key, value in business.items() if value is not None}
        return given | {"sign": wrapped(given, self.credentials["client_secret"])}

    def send(self, given: dict[str, str], **more: Any) -> Reply:
        return ask(self.app, self.path, method="POST", body=urlencode(given).encode(), headers=FORM | more)

    def call(self, kind: str = "pdd.ddk.goods.search", **business: Any) -> Any:
        if kind == "pdd.ddk.goods.search":
            business = {"pid": self.credentials["pid"], "custom_parameters": '{"uid":"u1"}', **business}
        return self.send(self.parameters(kind, **business)).json()

    def page(self, keyword: str, number: int = 1, **more: Any) -> tuple[list[dict[str, Any]], int]:
        answer = self.call(keyword=keyword, page=number, **({"page_size": 100} | more))[
            "goods_search_response"
        ]
        self.last_list_id = answer["list_id"]
        return answer["goods_list"], answer["total_count"]

    def every(self, keyword: str, **more: Any) -> list[dict[str, Any]]:
        return _all(lambda number: self.page(keyword, number, **more))


def _all(page: Any) -> list[dict[str, Any]]:
    """Every item of a search, until the claimed total is reached or a page is empty."""
    items, total = page(1)
    number = 1
    while len(items) < total:
        number += 1
        more, _ = page(number)
        if not more:
            break
        items = items + more
    return items


def callers(world: Practice, wall_s: float = WALL_S) -> dict[str, Any]:
    """A caller for each gateway, with the credentials the world hands out."""
    shops = world.greeting()["shops"]
    kinds = {"taobao": Taobao, "jd": Jd, "pinduoduo": Pinduoduo}
    return {name: kind(world.apps[name], shops[name]["credentials"], wall_s) for name, kind in kinds.items()}


def control(world: Practice, target: str, *, method: str = "GET", json_body: Any = None) -> Any:
    """A call of the control API; the decoded answer, or None when it has none."""
    body = json.dumps(json_body).encode() if json_body is not None else b""
    reply = ask(
        world.apps["control"], target, method=method, body=body, headers={"content-type": "application/json"}
    )
    return reply.json() if reply.body else None


def fault(world: Practice, shop: str, kind: str, **more: Any) -> Any:
    """A fault, posted."""
    return control(world, "/faults", method="POST", json_body={"shop": shop, "kind": kind, **more})
