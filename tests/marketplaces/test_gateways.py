"""Transport and authorisation of the three gateways: the checks that all of them share."""

from __future__ import annotations

import asyncio
import gzip
import json
from urllib.parse import urlencode

import httpx2 as httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marketplaces.support import FORM, WALL_S, Times, ask, callers, control, practice, stamp, wrapped

GATEWAYS = ("taobao", "jd", "pinduoduo")
SECRETS = {"taobao": "app_secret", "jd": "app_secret", "pinduoduo": "client_secret"}
BAD_SIGN = {"taobao": 25, "jd": "12", "pinduoduo": 20004}


@pytest.fixture(params=GATEWAYS)
def name(request):
    return request.param


def search(caller, keyword="手机"):
    """The signed parameters of a first page."""
    kind = type(caller).__name__
    if kind == "Taobao":
        method = "taobao.tbk.dg.material.optional.upgrade"
        return caller.parameters(method, q=keyword, adzone_id=caller.credentials["adzone_id"])
    if kind == "Jd":
        return caller.parameters("jd.union.open.goods.query", {"goodsReqDTO": {"keyword": keyword}})
    return caller.parameters("pdd.ddk.goods.search", keyword=keyword, pid=caller.credentials["pid"])


def items(reply):
    """The items of a search answer, whichever platform it is."""
    body = json.loads(reply.body)
    if "goods_search_response" in body:
        return body["goods_search_response"]["goods_list"]
    if "tbk_dg_material_optional_upgrade_response" in body:
        return body["tbk_dg_material_optional_upgrade_response"]["result_list"]["map_data"]
    return json.loads(body["jd_union_open_goods_query_responce"]["queryResult"])["data"]


def code(reply):
    """The platform's error code."""
    error = json.loads(reply.body)["error_response"]
    return error.get("code", error.get("error_code"))


def resigned(caller, name, given):
    """The parameters with a fresh signature."""
    plain = {key: value for key, value in given.items() if key != "sign"}
    return plain | {"sign": wrapped(plain, caller.credentials[SECRETS[name]])}


# ── transport ──────────────────────────────────────────────────────────────────────────────────────


def test_get_and_post_give_the_same_answer(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)

    by_get = ask(caller.app, f"{caller.path}?{urlencode(given)}")

    assert len(items(by_get)) >= 20
    assert by_get.body == caller.send(given).body


def test_parameters_may_be_split_between_query_and_body(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)
    system = dict(list(given.items())[:4])
    business = dict(list(given.items())[4:])

    split = ask(
        caller.app,
        f"{caller.path}?{urlencode(system)}",
        method="POST",
        body=urlencode(business).encode(),
        headers=FORM,
    )

    assert split.body == caller.send(given).body


def test_a_post_without_content_type_or_body_is_served_from_the_query(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)

    assert items(ask(caller.app, f"{caller.path}?{urlencode(given)}", method="POST"))


def test_an_absolute_form_target_is_the_same_as_its_path(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)
    target = f"{caller.path}?{urlencode(given)}"

    absolute = ask(caller.app, target, method="POST", path=f"http://127.0.0.1:8600{caller.path}")

    assert absolute.body == ask(caller.app, target, method="POST").body
    assert list(small_world.log.since(0))[-2]["path"] == caller.path


def test_business_errors_come_with_http_200(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller) | {"sign": "0" * 32}

    reply = caller.send(given)

    assert (reply.status, code(reply)) == (200, BAD_SIGN[name])


def test_gzip_comes_only_when_asked_for(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)

    plain = caller.send(given)
    refused = caller.send(given, **{"accept-encoding": "br, gzip;q=0"})
    packed = caller.send(given, **{"accept-encoding": "gzip, deflate"})

    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) // 4
    assert gzip.decompress(packed.body) == plain.body


def test_unknown_parameters_are_ignored_but_signed(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)
    unsigned = given | {"some_new_parameter": "1"}

    assert code(caller.send(unsigned)) == BAD_SIGN[name]
    assert items(caller.send(resigned(caller, name, unsigned))) == items(caller.send(given))


def test_a_second_sign_is_refused(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)
    body = f"{urlencode(given)}&sign={given['sign']}".encode()

    reply = ask(caller.app, caller.path, method="POST", body=body, headers=FORM)

    assert code(reply) == BAD_SIGN[name]


# ── authorisation ──────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_secret_gets_the_platforms_own_code(small_world, name):
    caller = callers(small_world)[name]
    caller.credentials = caller.credentials | {SECRETS[name]: "someone_elses"}

    assert code(caller.send(search(caller))) == BAD_SIGN[name]


def test_an_unknown_key_gets_the_platforms_own_code(small_world, name):
    caller = callers(small_world)[name]
    key = "client_id" if name == "pinduoduo" else "app_key"
    given = resigned(caller, name, search(caller) | {key: "0000"})

    assert code(caller.send(given)) == {"taobao": 29, "jd": "11", "pinduoduo": 10016}[name]


def test_an_unknown_method_gets_the_platforms_own_code(small_world, name):
    caller = callers(small_world)[name]
    key = "type" if name == "pinduoduo" else "method"
    given = resigned(caller, name, search(caller) | {key: "no.such.method"})

    assert code(caller.send(given)) == {"taobao": 22, "jd": "19", "pinduoduo": 10001}[name]


@pytest.mark.parametrize(("late_s", "is_served"), [(-599, True), (599, True), (-602, False), (602, False)])
def test_timestamps_are_held_to_ten_minutes_either_way(small_world, name, late_s, is_served):
    caller = callers(small_world, WALL_S + late_s)[name]

    body = json.loads(caller.send(search(caller)).body)

    assert ("error_response" not in body) is is_served


def test_the_window_follows_the_real_clock_not_the_worlds():
    times = Times()
    world = practice(times, speed=1.0)
    control(world, "/clock", method="POST", json_body={"advance_s": 86_400 * 30})

    assert items(callers(world)["taobao"].send(search(callers(world)["taobao"])))

    times.pass_(700)
    assert code(callers(world)["taobao"].send(search(callers(world)["taobao"]))) == 31


def test_a_skew_of_the_protocol_clock_moves_the_window(world, name):
    caller = callers(world)[name]
    control(world, "/clock", method="POST", json_body={"protocol_skew_s": 3600})

    late = caller.send(search(caller))
    caller.wall_s += 3600

    assert code(late) == {"taobao": 31, "jd": "8", "pinduoduo": 10001}[name]
    assert items(caller.send(search(caller)))


@pytest.mark.parametrize("written", [stamp(WALL_S), str(int(WALL_S)), str(int(WALL_S * 1000))])
def test_taobao_reads_text_seconds_and_milliseconds(small_world, written):
    caller = callers(small_world)["taobao"]
    given = resigned(caller, "taobao", search(caller) | {"timestamp": written})

    assert items(caller.send(given))


def test_pinduoduo_reads_milliseconds_only_when_lenient(small_world):
    lenient = practice(lenient_time=True)
    for world, is_served in ((small_world, False), (lenient, True)):
        caller = callers(world)["pinduoduo"]
        given = resigned(caller, "pinduoduo", search(caller) | {"timestamp": str(int(WALL_S * 1000))})

        assert ("error_response" not in json.loads(caller.send(given).body)) is is_served
        assert items(caller.send(search(caller)))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("", {"taobao": None, "jd": None, "pinduoduo": None}),
        ("practice", {"taobao": None, "jd": None, "pinduoduo": None}),
        ("practice_token_of_last_year", {"taobao": 27, "jd": "13", "pinduoduo": 10019}),
        ("someone_elses", {"taobao": 27, "jd": "13", "pinduoduo": 10035}),
    ],
)
def test_tokens_that_are_old_or_foreign_get_the_platforms_own_code(small_world, name, token, expected):
    caller = callers(small_world)[name]
    key = "session" if name == "taobao" else "access_token"
    valid = "practice_session" if name == "taobao" else "practice_token"
    value = valid if token == "practice" else token
    given = search(caller) | ({key: value} if value else {})

    body = json.loads(caller.send(resigned(caller, name, given)).body)

    error = body.get("error_response", {})
    assert error.get("code", error.get("error_code")) == expected[name]


def test_the_apps_can_be_driven_by_httpx_without_sockets(small_world, name):
    caller = callers(small_world)[name]

    async def post():
        transport = httpx.ASGITransport(app=caller.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://practice.example") as client:
            return await client.post(caller.path, data=search(caller))

    answer = asyncio.run(post())

    assert answer.json() == caller.send(search(caller)).json()


JD_NAMES = ("keyword", "pageIndex", "pageSize", "skuIds", "pricefrom", "priceto", "owner", "sortName", "sort", "fields", "spuId",
            "shopId", "isCoupon", "isPG")  # fmt: skip
NAMES = ("q", "page_no", "page_size", "start_price", "end_price", "sort", "cat", "simplify", "keyword", "page", "range_list",
         "sort_type", "goods_sign_list", "list_id", "custom_parameters", "opt_id", "with_coupon", "timestamp", "v")  # fmt: skip
ODD = (
    "-1",
    "0",
    "1e9",
    "NaN",
    "[]",
    "{}",
    "[{}]",
    '[{"range_id":[1]}]',
    "null",
    '["a",1]',
    "_ffffffff",
    "99999999999999999999",
)
JSON_VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers(), max_size=3)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wish=st.dictionaries(st.sampled_from(NAMES), st.text() | st.sampled_from(ODD), max_size=4))
@pytest.mark.parametrize("platform", ["taobao", "pinduoduo"])
def test_no_parameters_make_a_form_gateway_fall_over(small_world, platform, wish):
    caller = callers(small_world)[platform]

    reply = caller.send(resigned(caller, platform, search(caller) | wish))

    assert reply.status == 200
    assert isinstance(reply.json(), dict)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dto=st.dictionaries(st.sampled_from(JD_NAMES), JSON_VALUES, max_size=4))
def test_no_parameters_make_jd_fall_over(small_world, dto):
    jd = callers(small_world)["jd"]

    reply = jd.send(jd.parameters("jd.union.open.goods.query", {"goodsReqDTO": {"keyword": "手机", **dto}}))

    assert reply.status == 200
    assert isinstance(reply.json(), dict)


def test_answers_are_told_apart_by_nothing_but_what_was_asked(small_world, name):
    caller = callers(small_world)[name]
    given = search(caller)

    assert caller.send(given).body == caller.send(given).body
