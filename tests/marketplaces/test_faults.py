"""Every kind of fault, in process: what it does to an answer, when it fires, and that the truth does not move."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from marketplaces.faults.content import forms
from marketplaces.faults.delivery import bomb
from marketplaces.faults.kinds import kinds
from tests.marketplaces.support import WALL_S, Times, ask, callers, control, fault, practice

GATEWAYS = ("taobao", "jd", "pinduoduo")
ASKED = {"taobao": "zk_final_price", "jd": "price", "pinduoduo": "min_normal_price"}


@pytest.fixture(params=GATEWAYS)
def name(request):
    return request.param


def asked(name, item):
    """The asked price as it stands in an item; None when it is gone."""
    place = {"taobao": "price_promotion_info", "jd": "priceInfo"}.get(name)
    return (item[place] if place else item).get(ASKED[name])


def identity(name, item):
    return item[{"taobao": "item_id", "jd": "skuId", "pinduoduo": "goods_sign"}[name]]


def request(caller, keyword="手机"):
    kind = type(caller).__name__
    if kind == "Taobao":
        method = "taobao.tbk.dg.material.optional.upgrade"
        return caller.parameters(method, q=keyword, adzone_id=caller.credentials["adzone_id"])
    if kind == "Jd":
        return caller.parameters("jd.union.open.goods.query", {"goodsReqDTO": {"keyword": keyword}})
    return caller.parameters("pdd.ddk.goods.search", keyword=keyword, pid=caller.credentials["pid"])


def send(world, name, keyword="手机"):
    caller = callers(world)[name]
    return caller.send(request(caller, keyword))


# ── the plan ───────────────────────────────────────────────────────────────────────────────────────


def test_a_fault_fires_as_often_as_it_was_told_and_no_more(world):
    posted = fault(world, "taobao", "empty_200", times=2)

    sizes = [len(send(world, "taobao").body) for _ in range(3)]

    assert sizes[:2] == [0, 0]
    assert sizes[2] > 1000
    listed = control(world, "/faults")["faults"]
    assert [(f["id"], f["fired"], f["times_left"]) for f in listed] == [(posted["id"], 2, 0)]


def test_a_fault_without_times_or_rate_stays_until_it_is_deleted(world):
    posted = fault(world, "jd", "http_status", status=500)

    assert [send(world, "jd").status for _ in range(3)] == [500, 500, 500]
    control(world, f"/faults/{posted['id']}", method="DELETE")
    assert send(world, "jd").status == 200


def test_a_rate_fires_at_that_rate_and_the_same_way_for_the_same_seed():
    courses = []
    for seed in (5, 5, 6):
        world = practice()
        fault(world, "shop", "http_status", rate=0.3, seed=seed)
        courses.append([ask(world.apps["shop"], "/").status for _ in range(200)])

    assert courses[0] == courses[1] != courses[2]
    assert 40 < courses[0].count(503) < 80


def test_a_fault_meets_only_what_it_matches(world):
    fault(world, "taobao", "empty_200", match={"keyword": "空调", "page": 2})
    taobao = callers(world)["taobao"]
    ask_for = lambda keyword, page: len(  # noqa: E731
        taobao.send(
            taobao.parameters(
                "taobao.tbk.dg.material.optional.upgrade",
                q=keyword,
                page_no=page,
                adzone_id=taobao.credentials["adzone_id"],
            )
        ).body
    )

    assert ask_for("空调", 2) == 0
    assert ask_for("空调", 1) > 0
    assert ask_for("手机", 2) > 0


def test_a_fault_can_be_for_one_method_or_one_part_of_the_shop(world):
    fault(world, "taobao", "http_status", match={"api": "taobao.tbk.item.info.get"})
    fault(world, "shop", "http_status", match={"path_prefix": "/p/"})

    assert send(world, "taobao").status == 200
    assert ask(world.apps["shop"], "/").status == 200
    assert ask(world.apps["shop"], world.world.pages[0].path).status == 503


def test_other_shops_are_not_touched(world):
    fault(world, "taobao", "http_status")

    assert [send(world, name).status for name in GATEWAYS] == [503, 200, 200]


def test_deleting_all_faults_ends_them_all(world):
    for name in GATEWAYS:
        fault(world, name, "http_status")

    control(world, "/faults", method="DELETE")

    assert control(world, "/faults") == {"faults": []}
    assert [send(world, name).status for name in GATEWAYS] == [200, 200, 200]


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"shop": "taobao", "kind": "meteor"}, "kind is one of"),
        ({"shop": "ebay", "kind": "slow"}, "not for 'ebay'"),
        ({"shop": "taobao", "kind": "soft_404"}, "soft_404 exists for shop"),
        ({"shop": "taobao", "kind": "slow", "speed": 1}, "has the parameters ['delay_s']"),
        ({"shop": "taobao", "kind": "slow", "match": {"colour": "red"}}, "match knows"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_with_a_reason(world, posted, words):
    reply = control(world, "/faults", method="POST", json_body=posted)

    assert words in reply["error"]
    assert control(world, "/faults") == {"faults": []}


def test_no_fault_changes_the_truth(world):
    before = control(world, "/truth")
    for kind in kinds().values():
        for shop in kind.shops:
            fault(world, shop, kind.name)

    assert len(control(world, "/faults")["faults"]) > 80
    assert control(world, "/truth") == before


def test_the_log_names_the_faults_that_fired(world):
    fault(world, "taobao", "unit_x100", times=1)
    fault(world, "taobao", "gzip_bomb", times=1, size_mb=1)

    send(world, "taobao")
    send(world, "taobao")

    assert [entry["fault"] for entry in control(world, "/requests")["requests"]] == [
        "unit_x100+gzip_bomb",
        None,
    ]


# ── other answers ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [403, 429, 500, 502, 503, 504])
def test_any_status_can_be_given(world, status):
    fault(world, "jd", "http_status", status=status)

    assert send(world, "jd").status == status


def test_retry_after_comes_in_seconds_as_a_date_or_absurd(world):
    for wish in (7, {"http_date_s": 90}, "absurd", "soon"):
        fault(world, "shop", "http_status", status=429, retry_after=wish, times=1)

    values = [ask(world.apps["shop"], "/").headers["retry-after"] for _ in range(4)]

    assert values[0] == "7"
    assert parsedate_to_datetime(values[1]) == datetime.fromtimestamp(WALL_S + 90, UTC)
    assert int(values[2]) > 86_400 * 300
    assert values[3] == "soon"


def test_a_login_page_comes_with_http_200(world, name):
    fault(world, name, "login_page_200")

    reply = send(world, name)

    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "验证" in reply.text


def test_an_empty_answer_comes_with_http_200(world, name):
    fault(world, name, "empty_200")

    assert (send(world, name).status, send(world, name).body) == (200, b"")


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("bad_sign_once", {"taobao": 25, "jd": "12", "pinduoduo": 20004}),
        ("expired_token", {"taobao": 27, "jd": "13", "pinduoduo": 10019}),
    ],
)
def test_platforms_refuse_with_their_own_codes(world, name, kind, codes):
    fault(world, name, kind)

    error = send(world, name).json()["error_response"]

    assert error.get("code", error.get("error_code")) == codes[name]
    assert ("error_response" in send(world, name).json()) is (kind == "expired_token")


def test_any_platform_error_can_be_given(world):
    fault(
        world,
        "taobao",
        "error_code",
        code=15,
        msg="Remote service error",
        sub_code="isp.top-remote-connection-timeout",
    )
    fault(world, "pinduoduo", "error_code", code=52103)
    fault(world, "jd", "error_code", code=403, layer="business", times=1)
    fault(world, "jd", "error_code", code="65", msg="平台连接后端服务超时")

    taobao = send(world, "taobao").json()["error_response"]
    assert (taobao["code"], taobao["sub_code"]) == (15, "isp.top-remote-connection-timeout")
    assert send(world, "pinduoduo").json()["error_response"]["error_code"] == 52103
    business = send(world, "jd").json()["jd_union_open_goods_query_responce"]["queryResult"]
    assert json.loads(business)["code"] == 403
    assert send(world, "jd").json()["error_response"]["code"] == "65"


def test_redirects_loop_point_to_themselves_or_lead_away(world):
    shop = world.apps["shop"]
    fault(world, "shop", "redirect_loop", match={"path_prefix": "/c/1"})
    fault(world, "shop", "redirect_self", match={"path_prefix": "/c/2"})
    fault(
        world, "shop", "redirect_offsite", match={"path_prefix": "/c/3"}, url="http://169.254.169.254/latest"
    )

    there = ask(shop, "/c/1").headers["location"]
    back = ask(shop, there).headers["location"]

    assert (there, back) == ("/c/1?hop=1", "/c/1")
    assert ask(shop, "/c/2?x=1").headers["location"] == "/c/2?x=1"
    assert ask(shop, "/c/3").headers["location"] == "http://169.254.169.254/latest"
    assert ask(shop, "/c/3").status == 302


def test_a_soft_404_comes_with_http_200(world):
    fault(world, "shop", "soft_404", match={"path_prefix": "/p/"})

    reply = ask(world.apps["shop"], world.world.pages[0].path)

    assert reply.status == 200
    assert "不存在" in reply.text
    assert "ld+json" not in reply.text


def test_robots_txt_can_fail_forbid_everything_or_ask_for_patience(world):
    shop = world.apps["shop"]
    fault(world, "shop", "robots_5xx", times=1)
    fault(world, "shop", "robots_disallow_all", times=1)
    fault(world, "shop", "crawl_delay", seconds=9)

    assert ask(shop, "/").status == 200
    failed, forbidden, patient = (ask(shop, "/robots.txt") for _ in range(3))

    assert failed.status == 503
    assert forbidden.text == "User-agent: *\nDisallow: /\n"
    assert "Crawl-delay: 9" in patient.text.splitlines()


# ── limits ─────────────────────────────────────────────────────────────────────────────────────────


def limited_world(**posted):
    times = Times()
    world = practice(times)
    for name in GATEWAYS:
        fault(world, name, **posted)
    return world, times


def refusal(world, name, wall_s):
    caller = callers(world, wall_s)[name]
    body = caller.send(request(caller)).json()
    if "error_response" in body:
        error = body["error_response"]
        return error.get("code", error.get("error_code")), error.get("sub_msg", "")
    if name == "jd":
        result = json.loads(body["jd_union_open_goods_query_responce"]["queryResult"])
        return (None if result["code"] == 200 else result["code"]), result["message"]
    return None, ""


def test_a_token_bucket_lets_a_burst_through_and_then_its_rate(name):
    world, times = limited_world(kind="rate_limit", per_s=0.5, burst=3)
    code = {"taobao": 7, "jd": 429, "pinduoduo": 70031}[name]

    first = [refusal(world, name, times.wall_s)[0] for _ in range(4)]
    times.pass_(2)
    later = [refusal(world, name, times.wall_s)[0] for _ in range(2)]

    assert first == [None, None, None, code]
    assert later == [None, code]


def test_taobao_tells_how_long_the_ban_lasts():
    world, times = limited_world(kind="rate_limit", per_s=0.1, burst=1)

    refusal(world, "taobao", times.wall_s)
    code, words = refusal(world, "taobao", times.wall_s)
    times.pass_(int(re.search(r"\d+", words)[0]))

    assert (code, words) == (7, "This ban will last for 10 more seconds")
    assert refusal(world, "taobao", times.wall_s)[0] is None


def test_limits_are_counted_per_method(world):
    fault(world, "pinduoduo", "rate_limit", per_s=0.01, burst=1)
    pdd = callers(world)["pinduoduo"]
    item = pdd.page("手机")[0][0]

    assert pdd.call(keyword="手机")["error_response"]["error_code"] == 70031
    assert "goods_detail_response" in pdd.call("pdd.ddk.goods.detail", goods_sign=item["goods_sign"])


def test_a_daily_quota_ends_at_midnight_in_china(name):
    world, times = limited_world(kind="daily_quota", n=2)  # it is 10:00 in China
    code = {"taobao": 7, "jd": 429, "pinduoduo": 52101}[name]

    today = [refusal(world, name, times.wall_s)[0] for _ in range(3)]
    times.pass_(13 * 3600 + 3599)
    late = refusal(world, name, times.wall_s)
    times.pass_(2)

    assert today == [None, None, code]
    assert late[0] == code
    assert refusal(world, name, times.wall_s)[0] is None
    if name == "taobao":
        assert late[1] == "This ban will last for 1 more seconds"


def test_the_web_shop_asks_for_patience_by_header(world):
    fault(world, "shop", "rate_limit", per_s=0.25, burst=1)

    first, second = ask(world.apps["shop"], "/"), ask(world.apps["shop"], "/")

    assert (first.status, second.status) == (200, 429)
    assert second.headers["retry-after"] == "4"


# ── content ────────────────────────────────────────────────────────────────────────────────────────


def test_a_price_turns_into_every_wrong_type(world, name):
    true = {identity(name, i): asked(name, i) for i in callers(world)[name].page("手机")[0]}
    fault(world, name, "mis_typed")

    wrong = [(identity(name, i), asked(name, i)) for i in callers(world)[name].every("手机")]

    kinds_seen = {type(value).__name__ for _, value in wrong}
    assert {"list", "NoneType", "str", "dict", "int"} <= kinds_seen
    assert all(value != true.get(key, "?") for key, value in wrong)


@pytest.mark.parametrize("form", forms())
def test_each_wrong_form_can_be_asked_for(world, form):
    true = callers(world)["pinduoduo"].page("手机")[0][0]["min_normal_price"]
    fault(world, "pinduoduo", "mis_typed", form=form)

    wrong = callers(world)["pinduoduo"].page("手机")[0][0]["min_normal_price"]

    assert wrong != true
    expected = {
        "negotiable": "面议",
        "null": None,
        "zero": 0,
        "negative": -1,
        "from": f"{true}起",
        "nan": "NaN",
    }
    assert form not in expected or wrong == expected[form]


def test_a_share_of_the_items_can_be_hit(world):
    before = [i["min_normal_price"] for i in callers(world)["pinduoduo"].every("手机")]
    fault(world, "pinduoduo", "mis_typed", form="null", share_percent=30)

    after = [i["min_normal_price"] for i in callers(world)["pinduoduo"].every("手机")]

    assert 0.15 < after.count(None) / len(after) < 0.45
    assert [b for b, a in zip(before, after, strict=True) if a is not None] == [
        a for a in after if a is not None
    ]


def test_fields_go_missing_the_price_unless_another_is_named(world, name):
    title = {"taobao": "title", "jd": "skuName", "pinduoduo": "goods_name"}[name]
    fault(world, name, "missing_field", times=1)
    fault(world, name, "missing_field", field=title)

    first = callers(world)[name].page("手机")[0][0]
    second = callers(world)[name].page("手机")[0][0]

    assert asked(name, first) is None
    assert asked(name, second) is not None
    assert f'"{title}"' not in json.dumps([first, second])


def test_units_shift_by_a_hundred_either_way(world, name):
    caller = callers(world)[name]
    true = [asked(name, item) for item in caller.page("白酒")[0]]
    control(world, "/faults", method="DELETE")
    fault(world, name, "unit_x100", times=1)
    fault(world, name, "unit_div100", match={"keyword": "白酒"}, times=2)

    both = [asked(name, item) for item in caller.page("白酒")[0]]  # the two cancel each other out
    smaller = [asked(name, item) for item in caller.page("白酒")[0]]

    assert both == true
    assert all(float(s) == pytest.approx(float(t) / 100, abs=1) for s, t in zip(smaller, true, strict=True))
    assert [type(s) for s in smaller] == [type(t) for t in true]


def test_the_second_layout_has_other_keys(world, name):
    fault(world, name, "layout_v2")
    text = send(world, name).text

    new = {"taobao": "current_price", "jd": "basePrice", "pinduoduo": "normal_price"}[name]
    assert not re.search(rf'"{ASKED[name]}\\?":', text)
    assert re.search(rf'"{new}\\?":', text)


def test_what_looks_like_json_is_not(world, name):
    fault(world, name, "not_json")

    for _ in range(6):
        with pytest.raises(ValueError, match=r"."):
            send(world, name).json()


def test_an_item_is_repeated_on_the_next_page(world):
    pdd = callers(world)["pinduoduo"]
    true = [item["goods_sign"] for item in pdd.every("手机", page_size=20)]
    fault(world, "pinduoduo", "duplicate_items")

    pages = [[i["goods_sign"] for i in pdd.page("手机", number, page_size=20)[0]] for number in range(1, 5)]

    for one, following in pairwise(pages):
        if following:
            assert following[0] == one[-1]
    assert set(true[: len({x for page in pages for x in page})]) == {x for page in pages for x in page}


def test_a_newcomer_in_mid_crawl_shows_one_twice_and_loses_none(world, name):
    size = 15
    caller = callers(world)[name]
    sized = {"pageSize": size} if name == "jd" else {"page_size": size}
    true = [identity(name, item) for item in caller.every("手机", **sized)]
    fault(world, name, "moved_item")

    shown, total, number = [], 0, 1
    while number == 1 or len(shown) < total:
        items, total = caller.page("手机", number, **sized)
        shown += [identity(name, item) for item in items]
        number += 1

    assert set(shown) == set(true)
    assert len(shown) == len(true) + 1
    assert shown[size] == shown[size - 1] == true[size - 1]


def test_a_withdrawal_in_mid_crawl_skips_one(world, name):
    size = 15
    caller = callers(world)[name]
    sized = {"pageSize": size} if name == "jd" else {"page_size": size}
    true = [identity(name, item) for item in caller.every("手机", **sized)]
    fault(world, name, "moved_item", mode="skip")

    shown = [identity(name, item) for item in caller.every("手机", **sized)]

    assert set(true) - set(shown) == {true[size]}
    assert len(shown) == len(true) - 1


def page_of(world, **headers):
    page = next(
        p for p in world.world.pages if not p.is_group and p.charset == "utf-8" and p.style >> 12 & 15
    )
    return ask(world.apps["shop"], page.path, headers=headers)


def test_the_web_shops_data_is_bent_the_same_way(world):
    true = re.search(r'"price":"?([\d.]+)', page_of(world).text)[1]
    fault(world, "shop", "mis_typed", form="negotiable", times=1)
    fault(world, "shop", "unit_x100", times=2)

    typed, scaled, sane = (page_of(world).text for _ in range(3))

    assert '"price":"面议"' in typed
    assert float(re.search(r'"price":"?([\d.]+)', scaled)[1]) == float(true) * 100
    assert re.search(r'"price":"?([\d.]+)', sane)[1] == true


def test_the_web_shops_second_layout_has_no_structured_data(world):
    fault(world, "shop", "layout_v2")

    html = page_of(world).text

    assert "ld+json" not in html
    assert 'class="amount"' in html


def test_the_web_shops_structured_data_can_be_no_json(world):
    fault(world, "shop", "not_json")

    scripts = re.findall(r'ld\+json">(.*?)</script>', page_of(world).text, re.DOTALL)

    assert scripts
    for script in scripts:
        with pytest.raises(ValueError, match=r"."):
            json.loads(script)


def test_a_lying_charset_says_utf_8_and_sends_gb18030(world):
    fault(world, "shop", "lying_charset")

    reply = page_of(world)

    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("utf-8")
    assert "\u00a5" in reply.body.decode("gb18030")
    assert b'charset="utf-8"' in reply.body


# ── delivery, as far as it shows in process ────────────────────────────────────────────────────────


def test_half_a_gzip_stream_has_right_framing(world):
    fault(world, "shop", "truncate_gzip")

    reply = page_of(world)

    assert reply.headers["content-encoding"] == "gzip"
    assert int(reply.headers["content-length"]) == len(reply.body)
    with pytest.raises(EOFError):
        gzip.decompress(reply.body)


def test_a_gzip_bomb_is_small_valid_and_large():
    packed = bomb(64)

    unpacked = gzip.decompress(packed)

    assert len(packed) < 100_000
    assert len(unpacked) == 64 * 2**20
    assert not unpacked.strip()


def test_a_gzip_bomb_is_sent_whether_or_not_it_was_asked_for(world):
    fault(world, "jd", "gzip_bomb", size_mb=8)

    reply = send(world, "jd")

    assert reply.headers["content-encoding"] == "gzip"
    assert len(gzip.decompress(reply.body)) == 8 * 2**20


def test_garbage_is_random_bytes_of_the_right_or_a_wished_length(world):
    true = len(send(world, "taobao").body)
    fault(world, "taobao", "garbage", times=1)
    fault(world, "taobao", "garbage", size=99)

    whole, short = send(world, "taobao").body, send(world, "taobao").body

    assert (len(whole), len(short)) == (true, 99)
    with pytest.raises(UnicodeDecodeError):
        whole.decode()


def test_a_reset_in_process_is_the_error_a_socket_would_give(world):
    fault(world, "shop", "reset", times=1)

    with pytest.raises(ConnectionResetError):
        ask(world.apps["shop"], "/")
    assert control(world, "/requests")["requests"][-1]["fault"] == "reset"


def test_every_kind_is_tested_somewhere():
    here = Path(__file__).parent
    text = "".join((here / name).read_text() for name in ("test_faults.py", "test_listeners.py"))

    assert [kind for kind in kinds() if f'"{kind}"' not in text] == []
