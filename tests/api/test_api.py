"""The HTTP API: what it answers is what it documents, and what it refuses it refuses clearly."""

from __future__ import annotations

import re
import shutil
import threading
from signal import SIGTERM

import orjson
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api import schemas
from api.app import create_app
from api.commands.serve import background
from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from indexer.follow import Follower
from ledger.ledger import Ledger
from tests.support.index import following, later, make_indexer
from tests.support.offers import seen, yuan
from tests.support.runs import at, commit, one_page_run, start_run

PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"
KEY = {"Authorization": "Bearer open sesame"}


@pytest.fixture(scope="session")
def template(migrated_sqlite, tmp_path_factory):
    """A folder with a ledger and its index, to copy."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copy(migrated_sqlite, folder / "ledger.sqlite")
    with Ledger.open(f"sqlite:///{folder}/ledger.sqlite") as ledger:
        for one in (
            seen("1", "5999.00", title=PHONE, at=60),
            seen(
                "2",
                "5899.00",
                title="苹果iPhone15 128G 蓝色",
                marketplace="taobao",
                shipping=yuan("6.00"),
                at=60,
            ),
            seen("3", "6999.00", title="Apple iPhone 15 256GB 黑色", at=60),
            seen("4", "3999.00", title="二手 苹果 iPhone15 128G 95新", marketplace="taobao", at=60),
            seen("5", "29.90", title="适用苹果15手机壳 iPhone15 透明", marketplace="taobao", at=60),
        ):
            one_page_run(ledger, one, marketplace=one.offer.listing.marketplace)
        with following(make_indexer(ledger, folder / "index")):
            pass
    return folder


@pytest.fixture
def services(template, tmp_path):
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        services = Services(
            ServiceSettings(),
            ledger,
            make_indexer(ledger, tmp_path / "index"),
            AdminKey("open sesame", clock=later),
            clock=lambda: at(3600),
        )
        yield services
        services.live.close()


@pytest.fixture(scope="session")
def app():
    """Routes are the same for all; each test puts its own services in."""
    return create_app(None)


@pytest.fixture
def client(services, app):
    app.state.services = services
    return TestClient(app, raise_server_exceptions=False)


def checked(response, model, status=200):
    assert response.status_code == status, response.text
    return TypeAdapter(model).validate_json(response.content).model_dump()


def problem(response, status, kind):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = schemas.Problem.model_validate_json(response.content)
    assert (body.type, body.status) == (f"urn:bijia:problem:{kind}", status)
    return response.json()


def test_a_search_shows_the_same_goods_side_by_side(client):
    found = checked(client.get("/api/v1/search", params={"q": "iPhone 15 128G"}), schemas.SearchOut)

    product = found["products"][0]
    assert found["total"] == 1
    assert product["name"] == "苹果 iPhone 15 128GB"
    assert [(c["marketplace"], c["name"]) for c in product["marketplaces"]] == [
        ("taobao", "淘宝"),
        ("jd", "京东"),
    ]
    best = product["marketplaces"][0]["offers"][0]
    assert best["landed"]["total"] == {"minor": 590500, "currency": "CNY", "amount": "5905.00"}
    assert [s["kind"] for s in best["landed"]["steps"]] == ["price", "shipping"]
    assert best["is_cheapest"]
    assert product["cheapest"] == best["key"] == "taobao:2:"
    other = product["marketplaces"][1]["offers"][0]
    assert (other["landed"]["is_exact"], other["over_cheapest_bp"]) == (False, 160)
    assert other["why"]["rule"] in {"founded", "identity"}
    assert found["assumed"] == {"kind": "goods", "condition": "new"}


def test_assumptions_can_be_taken_off(client):
    found = checked(
        client.get("/api/v1/search", params={"q": "iPhone 15 128G", "condition": "any", "kind": "any"}),
        schemas.SearchOut,
    )

    assert {p["condition"] for p in found["products"]} == {"new", "used"}
    assert found["assumed"] == {}


def test_used_goods_are_found_when_they_are_asked_for(client):
    found = checked(client.get("/api/v1/search", params={"q": "二手 iPhone 15 128G"}), schemas.SearchOut)

    assert [p["condition"] for p in found["products"]] == ["used"]


def test_when_nothing_new_fits_the_rest_is_shown_and_said(client):
    found = checked(
        client.get(
            "/api/v1/search", params={"q": "iPhone15 手机壳 透明", "kind": "goods", "condition": "used"}
        ),
        schemas.SearchOut,
    )
    near = checked(
        client.get("/api/v1/search", params={"q": "iPhone 15 没有这个词 xyzzy"}), schemas.SearchOut
    )

    assert found["total"] == 0
    assert near["relaxed"] == "words"
    assert near["products"]


def test_facets_filters_and_order(client):
    facets = checked(client.get("/api/v1/search", params={"q": "iPhone 15"}), schemas.SearchOut)["facets"]
    assert {f["value"]: f["products"] for f in facets["marketplaces"]} == {"jd": 2, "taobao": 1}
    assert facets["brand"] == [{"value": "apple", "name": "苹果", "products": 2}]

    only = checked(
        client.get("/api/v1/search", params={"q": "iPhone 15", "marketplace": "jd", "sort": "-price"}),
        schemas.SearchOut,
    )
    assert [p["name"] for p in only["products"]] == ["苹果 iPhone 15 256GB", "苹果 iPhone 15 128GB"]
    cheap = checked(
        client.get("/api/v1/search", params={"q": "iPhone 15", "price_to": 600000}), schemas.SearchOut
    )
    assert cheap["total"] == 1
    words = checked(client.get("/api/v1/search", params={"q": "6000元以下 iPhone 15"}), schemas.SearchOut)
    assert words["total"] == 1
    assert words["understood"]["price_to"]["amount"] == "6000.00"


def test_pages_follow_each_other_by_cursor(client):
    first = checked(
        client.get("/api/v1/search", params={"q": "iPhone 15", "limit": 1, "sort": "price"}),
        schemas.SearchOut,
    )
    second = checked(
        client.get(
            "/api/v1/search",
            params={"q": "iPhone 15", "limit": 1, "sort": "price", "cursor": first["next_cursor"]},
        ),
        schemas.SearchOut,
    )

    assert first["products"][0]["id"] != second["products"][0]["id"]
    assert second["next_cursor"] is None
    problem(
        client.get("/api/v1/search", params={"q": "other", "cursor": first["next_cursor"]}),
        400,
        "invalid-cursor",
    )
    problem(client.get("/api/v1/search", params={"cursor": "x"}), 400, "invalid-cursor")


def test_a_product_comes_with_history_and_versions(client):
    product_id = client.get("/api/v1/search", params={"q": "iPhone 15 128G"}).json()["products"][0]["id"]

    detail = checked(client.get(f"/api/v1/products/{product_id}"), schemas.ProductDetailOut)

    assert set(detail["history"]) == {"jd:1:", "taobao:2:"}
    assert {(v["variant"]["storage_gb"], v["condition"]) for v in detail["versions"]} == {
        ("256", "new"),
        ("128", "used"),
    }
    problem(client.get("/api/v1/products/nope"), 404, "not-found")


def test_an_offers_history_tells_where_it_was_read(client, services):
    one_page_run(services.ledger, seen("1", "5500.00", title=PHONE, at=1200))

    history = checked(client.get("/api/v1/offers/jd:1:/history"), schemas.HistoryOut)

    assert [p["price"]["amount"] for p in history["points"]] == ["5999.00", "5500.00"]
    assert history["source"]["body_hash"] == "h"
    problem(client.get("/api/v1/offers/jd:404:/history"), 404, "not-found")
    problem(client.get("/api/v1/offers/x/history"), 422, "invalid-input")


def test_typing_is_completed(client):
    found = checked(client.get("/api/v1/suggest", params={"q": "苹果 ip"}), schemas.SuggestOut)

    assert "苹果 iPhone 15 128GB" in [s["text"] for s in found["suggestions"]]
    assert checked(client.get("/api/v1/suggest"), schemas.SuggestOut)["suggestions"] == []


def test_a_schedule_is_made_changed_paused_and_deleted(client):
    body = {
        "name": "手机",
        "marketplace": "jd",
        "keywords": ["手机"],
        "timing": {"kind": "cron", "expression": "0 * * * *", "zone": "Asia/Shanghai"},
    }
    made = checked(client.post("/api/v1/schedules", json=body, headers=KEY), schemas.ScheduleOut, 201)
    url = f"/api/v1/schedules/{made['id']}"

    assert checked(client.get(url), schemas.ScheduleOut) == made
    paused = checked(client.patch(url, json={"is_paused": True}, headers=KEY), schemas.ScheduleOut)
    assert (paused["is_paused"], paused["next_at"]) == (True, None)
    renamed = checked(
        client.patch(
            url,
            json={"name": "x", "is_paused": False, "timing": {"kind": "interval", "expression": "600"}},
            headers=KEY,
        ),
        schemas.ScheduleOut,
    )
    assert (renamed["name"], renamed["timing"]["kind"]) == ("x", "interval")
    assert len(checked(client.get("/api/v1/schedules"), schemas.SchedulesOut)["schedules"]) == 1
    assert client.delete(url, headers=KEY).status_code == 204
    problem(client.get(url), 404, "not-found")


def test_a_run_is_started_listed_watched_and_cancelled(client, services):
    made = checked(
        client.post("/api/v1/runs", json={"marketplace": "jd", "keywords": ["手机"]}, headers=KEY),
        schemas.RunOut,
        201,
    )

    assert made["state"] == "queued"
    assert (
        checked(client.get("/api/v1/runs", params={"limit": 1}), schemas.RunsOut)["runs"][0]["id"]
        == made["id"]
    )
    cancelled = checked(client.post(f"/api/v1/runs/{made['id']}/cancel", headers=KEY), schemas.RunOut, 202)
    assert cancelled["state"] == "cancelled"
    lease = start_run(services.ledger)
    commit(services.ledger, lease, seen("9"))
    running = checked(client.get(f"/api/v1/runs/{lease.run_id}"), schemas.RunOut)
    assert (running["state"], running["progress"]["offers"]) == ("running", 1)
    assert checked(client.get(f"/api/v1/runs/{lease.run_id}/rejects"), schemas.RejectsOut)["rejects"] == []
    problem(client.get("/api/v1/runs/999"), 404, "not-found")


@pytest.mark.parametrize(
    ("path", "body", "status", "kind"),
    [
        ("/api/v1/runs", {"marketplace": "nope", "keywords": ["x"]}, 404, "not-found"), ("/api/v1/runs", {"marketplace": "jd", "keywords": []}, 422, "invalid-input"),
        ("/api/v1/runs", {"marketplace": "jd", "keywords": ["x" * 101]}, 422, "invalid-input"), ("/api/v1/runs", {"marketplace": "jd", "keywords": ["a\u0000"]}, 422, "invalid-input"),
        ("/api/v1/runs", {"marketplace": "jd", "keywords": "x"}, 422, "invalid-input"), ("/api/v1/runs", {}, 422, "invalid-input"), ("/api/v1/runs", [], 422, "invalid-input"),
        ("/api/v1/runs", {"marketplace": "jd", "keywords": ["x"], "extra": 1}, 422, "invalid-input"),
        ("/api/v1/schedules", {"name": "x", "marketplace": "jd", "keywords": ["x"], "timing": {"kind": "cron", "expression": "x"}}, 422, "invalid-schedule"),
        ("/api/v1/schedules", {"name": "x", "marketplace": "jd", "keywords": ["x"], "timing": {"kind": "cron", "expression": "* * * * *", "zone": "Mars"}}, 422, "invalid-schedule"),
        ("/api/v1/schedules", {"name": " ", "marketplace": "jd", "keywords": ["x"], "timing": {"kind": "interval", "expression": "60"}}, 422, "invalid-input"),
    ],
)  # fmt: skip
def test_bad_bodies_are_clear_problems(client, path, body, status, kind):
    problem(client.post(path, json=body, headers=KEY), status, kind)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 5000, b"null"])
def test_bodies_that_are_no_json_are_problems(client, raw):
    response = client.post("/api/v1/runs", content=raw, headers=KEY | {"Content-Type": "application/json"})

    if response.status_code == 400:  # nested deeper than the parser goes
        problem(response, 400, "bad-request")
    else:
        problem(response, 422, "invalid-input")


def test_a_body_that_is_too_large_is_a_problem(client):
    problem(
        client.post(
            "/api/v1/runs", content=b"x" * 70_000, headers=KEY | {"Content-Type": "application/json"}
        ),
        413,
        "body-too-large",
    )


@pytest.mark.parametrize(
    "params",
    [
        {"q": "x" * 201},
        {"limit": "0"},
        {"limit": "51"},
        {"limit": "x"},
        {"sort": "best"},
        {"price_from": "-1"},
        {"price_to": "x"},
        {"cursor": "x" * 65},
    ],
)
def test_bad_parameters_are_problems(client, params):
    assert problem(client.get("/api/v1/search", params=params), 422, "invalid-input")["errors"]


def test_unknown_paths_and_methods_are_problems(client):
    problem(client.get("/api/v1/nope"), 404, "not-found")
    problem(client.put("/api/v1/search"), 405, "method-not-allowed")


CHANGING = {
    ("POST", "/api/v1/schedules"),
    ("PATCH", "/api/v1/schedules/1"),
    ("DELETE", "/api/v1/schedules/1"),
    ("POST", "/api/v1/runs"),
    ("POST", "/api/v1/runs/1/cancel"),
    ("POST", "/api/v1/corrections"),
    ("DELETE", "/api/v1/corrections/1"),
}


def test_every_route_that_changes_something_is_known_here(client):
    routes = {
        (method.upper(), re.sub(r"{\w+_id}", "1", path))
        for path, operations in client.get("/openapi.json").json()["paths"].items()
        for method in operations
        if method != "get"
    }

    assert routes == CHANGING


@pytest.mark.parametrize(("method", "path"), sorted(CHANGING))
@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({}, 401, "key-required"), ({"Authorization": "Bearer wrong"}, 403, "key-refused"), ({"Authorization": "Bearer "}, 403, "key-refused"),
        ({"Authorization": "Basic b3BlbiBzZXNhbWU="}, 403, "key-refused"), ({"Authorization": "open sesame"}, 403, "key-refused"),
        ({"Cookie": "bijia_admin=9999999999.00"}, 401, "key-required"), ({"Authorization": "Bearer ö"}, 403, "key-refused"),
    ],
    ids=range(7),
)  # fmt: skip
def test_nothing_is_changed_without_the_key(client, method, path, headers, status, kind):
    encoded = {k: v.encode("utf-8") for k, v in headers.items()}

    problem(client.request(method, path, json={}, headers=encoded), status, kind)


def test_a_browser_session_works_from_our_own_pages_only(client, services):
    cookie = {"Cookie": f"bijia_admin={services.admin.session()}"}
    body = {"marketplace": "jd", "keywords": ["x"]}

    assert (
        client.post("/api/v1/runs", json=body, headers=cookie | {"Sec-Fetch-Site": "same-origin"}).status_code
        == 201
    )
    assert (
        client.post("/api/v1/runs", json=body, headers=cookie | {"Origin": "http://testserver"}).status_code
        == 201
    )
    for foreign in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ):
        problem(client.post("/api/v1/runs", json=body, headers=cookie | foreign), 403, "key-refused")


def test_a_session_expires(services):
    from datetime import timedelta

    now = [later()]
    key = AdminKey("k", clock=lambda: now[0])
    token = key.session()

    assert key.is_session(token)
    now[0] += timedelta(hours=13)
    assert not key.is_session(token)
    assert not AdminKey("other", clock=lambda: now[0]).is_session(token)


def test_health_and_readiness_are_two_questions(client, services):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["checks"] == {
        "ledger": "ok",
        "ledger_writes": "ok",
        "search": "ok",
        "search_writes": "ok",
    }

    services.ledger.projections.remove(services.ledger.projections.active().id)
    services.live._engine = None
    services.live._generation = None
    services.indexer.store.drop(1)
    down = client.get("/readyz")
    assert (down.status_code, down.json()["status"]) == (503, "not ready")
    assert client.get("/healthz").status_code == 200
    problem(client.get("/api/v1/search", params={"q": "x"}), 503, "search-unavailable")
    assert client.get("/api/v1/runs").status_code == 200
    assert checked(client.get("/api/v1/offers/jd:1:/history"), schemas.HistoryOut)["points"]


def test_every_answer_carries_the_security_headers_and_no_cookie(client):
    for path in ("/api/v1/search?q=x", "/healthz", "/nope", "/openapi.json"):
        response = client.get(path)
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in response.headers
        assert "access-control-allow-origin" not in response.headers


def test_the_documentation_is_openapi_3_1_and_names_no_third_party(client):
    document = client.get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "http" not in orjson.dumps({k: v for k, v in document.items() if k != "info"}).decode().replace(
        "http_status", ""
    ).replace('"type":"http"', "").replace("HTTP", "")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description") or operation.get("summary"), (method, path)
            if path.startswith("/api/"):
                assert all(
                    "application/problem+json" in operation["responses"][code]["content"]
                    for code in operation["responses"]
                    if code.startswith(("4", "5"))
                )


def test_a_service_whose_follower_fails_ends_instead_of_looking_well(services, monkeypatch):
    def fail(_follower, _stop):
        raise ZeroDivisionError

    killed = threading.Event()
    monkeypatch.setattr(Follower, "run", fail)
    monkeypatch.setattr("api.commands.serve.os.kill", lambda _pid, number: number == SIGTERM and killed.set())

    with pytest.raises(ZeroDivisionError), background(services, services.settings, crawl=False, index=True):
        assert killed.wait(20)
