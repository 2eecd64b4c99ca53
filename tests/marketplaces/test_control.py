"""The control API: clock, log, keywords, refusals; and that its README table is complete."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import marketplaces
from marketplaces.faults.kinds import kinds
from tests.marketplaces.support import NOW, ask, callers, control, practice

README = Path(marketplaces.__file__).parent / "README.md"


def test_health_tells_how_large_the_world_is(small_world):
    health = control(small_world, "/health")

    assert (health["status"], health["seed"], health["products"]) == ("ok", 7, 110)
    assert sum(health["offers"].values()) == len(small_world.world.offers)


def test_the_keywords_together_find_every_gateway_offer(small_world):
    keywords = control(small_world, "/keywords")["keywords"]
    truth = control(small_world, "/truth")["offers"]
    ids = {"taobao": "item_id", "jd": "skuId", "pinduoduo": "goods_sign"}

    for name, caller in callers(small_world).items():
        found = {str(item[ids[name]]) for keyword in keywords for item in caller.every(keyword)}
        assert found == {offer["item_id"] for offer in truth if offer["marketplace"] == name}


def test_the_clock_is_read_set_advanced_and_run(world):
    read = control(world, "/clock")
    moved = control(
        world,
        "/clock",
        method="POST",
        json_body={"set": "2026-01-01T00:00:00+08:00", "advance_s": 90, "speed": 2},
    )

    assert (read["now"], read["speed"], read["protocol_skew_s"]) == (NOW.isoformat(), 0.0, 0.0)
    assert datetime.fromisoformat(moved["now"]) == datetime(2025, 12, 31, 16, 1, 30, tzinfo=UTC)
    assert moved["speed"] == 2


def test_the_protocol_clock_is_not_the_worlds(world):
    before = control(world, "/clock")
    after = control(world, "/clock", method="POST", json_body={"protocol_skew_s": -60})

    assert after["now"] == before["now"]
    skewed = datetime.fromisoformat(after["protocol_now"])
    assert datetime.fromisoformat(before["protocol_now"]) - skewed == timedelta(seconds=60)


def test_what_it_does_not_understand_is_422_with_a_reason(world):
    app = world.apps["control"]

    for body in (
        b"{",
        b"[]",
        b'{"now": 1}',
        b'{"set": "yesterday"}',
        b'{"set": "2026-01-01T00:00:00"}',
        b'{"speed": "x"}',
    ):
        reply = ask(app, "/clock", method="POST", body=body)
        assert (reply.status, set(reply.json())) == (422, {"error"})
    assert ask(app, "/truth?marketplace=ebay").status == 422
    assert ask(app, "/requests?since=x").status == 422
    assert ask(app, "/nothing").status == 404
    assert ask(app, "/health", method="POST").status == 405
    assert ask(app, "/faults/99", method="DELETE").status == 404


def test_the_log_tells_who_asked_for_what_and_what_they_got(world):
    taobao = callers(world)["taobao"]
    taobao.page("手机", 2, page_size=20)
    ask(world.apps["shop"], "/robots.txt", headers={"user-agent": "bijia/0.1"})

    first, second = control(world, "/requests")["requests"]

    assert {
        key: first[key] for key in ("seq", "shop", "method", "path", "page", "keyword", "status", "fault")
    } == {
        "seq": 1,
        "shop": "taobao",
        "method": "POST",
        "path": "/router/rest",
        "page": 2,
        "keyword": "手机",
        "status": 200,
        "fault": None,
    }
    assert first["api"] == "taobao.tbk.dg.material.optional.upgrade"
    assert first["bytes"] > 1000
    assert re.fullmatch(r"2026-11-23T02:00:00\.\d{6}\+00:00", first["at"])
    assert (second["shop"], second["path"], second["user_agent"]) == ("shop", "/robots.txt", "bijia/0.1")


def test_the_log_holds_no_secrets(world):
    for caller in callers(world).values():
        caller.page("手机")

    text = str(control(world, "/requests"))

    for caller in callers(world).values():
        assert not any(value in text for value in caller.credentials.values())
    assert "sign" not in text


def test_the_log_can_be_read_from_a_number_for_one_shop_and_cleared(world):
    for caller in callers(world).values():
        caller.page("手机")

    assert [e["seq"] for e in control(world, "/requests?since=1")["requests"]] == [2, 3]
    assert [e["shop"] for e in control(world, "/requests?shop=jd")["requests"]] == ["jd"]
    control(world, "/requests", method="DELETE")
    assert control(world, "/requests") == {"requests": []}
    callers(world)["jd"].page("手机")
    assert control(world, "/requests")["requests"][0]["seq"] == 4


def test_the_truth_has_the_promised_fields(small_world):
    truth = control(small_world, "/truth")

    assert set(truth["products"][0]) == {
        "product_key", "group_key", "family", "kind", "brand_id", "brand_zh", "brand_en", "model", "variant", "unit_quantity",
        "pack_count", "condition", "region_version", "gtin", "mpn", "is_bundle", "name",
    }  # fmt: skip
    assert set(truth["offers"][0]) == {
        "marketplace", "item_id", "sku_id", "product_key", "kind", "title", "color", "shoe_size", "seller", "price_fen",
        "list_price_fen", "shipping_fen", "claimed_landed_fen", "group_price", "in_stock", "url", "gtin", "gtin_is_wrong",
        "promotions", "shipping", "min_qty", "max_qty", "landed", "stated",
    }  # fmt: skip


def test_the_readme_lists_every_endpoint_and_every_fault():
    text = README.read_text()
    routes = practice().apps["control"].routes()

    assert [route for route in routes if f"`{route}`" not in text] == []
    assert [kind for kind in kinds() if f"`{kind}`" not in text] == []
