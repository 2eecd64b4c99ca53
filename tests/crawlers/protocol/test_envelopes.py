"""What every gateway answers, in all its shapes, and what each error code makes the crawl do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import Action, SourceError
from crawlers.protocol import jos, pop, top

SAMPLES = json.loads((Path(__file__).parent / "samples.json").read_text("utf-8"))
TOP_API = "taobao.tbk.dg.material.optional.upgrade"
JOS_API = "jd.union.open.goods.query"

OPENERS = {
    "top": lambda body: top.open_envelope(body, TOP_API),
    "jos": lambda body: jos.open_envelope(body, JOS_API),
    "pop": lambda body: pop.open_envelope(body, "goods_search_response"),
}


def dump(document):
    return json.dumps(document, ensure_ascii=False).encode()


def fault_of(opener, document):
    with pytest.raises(SourceError) as caught:
        opener(dump(document) if not isinstance(document, bytes) else document)
    return caught.value.fault


def test_top_wrapped_and_simplified_answers_are_one():
    wrapped = top.open_envelope(dump(SAMPLES["taobao"]["response"]), TOP_API)
    simplified = top.open_envelope(dump(SAMPLES["taobao"]["simplified"]), TOP_API)

    items = top.unwrap_list(wrapped["result_list"])
    assert [item["item_id"] for item in items] == ["aBcD01-mQx7", "aBcD02-nRy8"]
    assert [i["item_id"] for i in top.unwrap_list(simplified["result_list"])] == [
        "aBcD01-mQx7",
        "aBcD02-nRy8",
    ]
    assert wrapped["total_results"] == simplified["total_results"] == 2


def test_jos_inner_document_is_opened_under_both_spellings():
    answer = SAMPLES["jd"]["response"]
    other = {"jd_union_open_goods_query_response": next(iter(answer.values()))}

    assert jos.open_envelope(dump(answer), JOS_API)["totalCount"] == 2
    assert jos.open_envelope(dump(other), JOS_API)["totalCount"] == 2


def test_pop_answer_is_opened():
    assert (
        pop.open_envelope(dump(SAMPLES["pinduoduo"]["response"]), "goods_search_response")["total_count"] == 2
    )


@pytest.mark.parametrize(
    ("code", "sub_code", "sub_msg", "action", "wait"),
    [
        (25, "isv.invalid-signature", "Invalid signature", Action.BUG, None),
        (29, "isv.invalid-app-key", "", Action.STOP_SOURCE, None),
        (
            7,
            "accesscontrol.limited-by-api-access-count",
            "This ban will last for 1 more seconds",
            Action.RETRY_AFTER,
            2,
        ),
        (
            7,
            "accesscontrol.limited-by-app-access-count",
            "This ban will last for 3600 more seconds",
            Action.RETRY_AFTER,
            3601,
        ),
        (7, "", "", Action.RETRY_AFTER, None),
        (15, "isp.top-remote-connection-timeout", "x", Action.BACKOFF, None),
        (15, "isv.item-not-exist", "x", Action.DROP_REQUEST, None),
        (27, "", "", Action.REFRESH_TOKEN, None),
        (40, "", "Missing required arguments:adzone_id", Action.DROP_REQUEST, None),
        (999, "", "never seen", Action.BACKOFF, None),
    ],
)
def test_top_codes_have_their_actions(code, sub_code, sub_msg, action, wait):
    error = {"error_response": {"code": code, "msg": "m", "sub_code": sub_code, "sub_msg": sub_msg}}

    fault = fault_of(OPENERS["top"], error)

    assert (fault.action, fault.retry_after_s) == (action, wait)
    assert fault.code.startswith(f"top:{code}")


@pytest.mark.parametrize(
    ("inner", "action"),
    [
        (401, Action.DROP_REQUEST),
        (403, Action.STOP_SOURCE),
        (408, Action.STOP_SOURCE),
        (429, Action.RETRY_AFTER),
        (500, Action.BACKOFF),
        (777, Action.BACKOFF),
    ],
)
def test_jos_business_codes_have_their_actions(inner, action):
    text = json.dumps({"code": inner, "message": "m"})
    answer = {"jd_union_open_goods_query_responce": {"code": "0", "queryResult": text}}

    assert fault_of(OPENERS["jos"], answer).action is action


def test_jos_gateway_signature_error_is_a_bug():
    answer = {"error_response": {"code": "12", "zh_desc": "无效签名", "en_desc": "Invalid signature"}}

    fault = fault_of(OPENERS["jos"], answer)
    assert (fault.action, fault.code, fault.detail) == (Action.BUG, "jos:gateway:12", "Invalid signature")


@pytest.mark.parametrize("code", [201, 202])
def test_jos_nothing_and_page_limit_are_answers(code):
    text = json.dumps({"code": code, "message": "m"})
    answer = {"jd_union_open_goods_query_responce": {"code": "0", "queryResult": text}}

    assert OPENERS["jos"](dump(answer))["code"] == code


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (10001, Action.BUG), (10016, Action.STOP_SOURCE), (10019, Action.REFRESH_TOKEN), (20004, Action.BUG),
        (20005, Action.STOP_SOURCE), (21001, Action.DROP_REQUEST), (50000, Action.BACKOFF), (52101, Action.RETRY_AFTER),
        (52102, Action.BACKOFF), (70031, Action.RETRY_AFTER), (70034, Action.STOP_SOURCE), (99999, Action.BACKOFF),
    ],
)  # fmt: skip
def test_pop_codes_have_their_actions(code, action):
    answer = {"error_response": {"error_code": code, "error_msg": "m", "sub_msg": "s"}}

    assert fault_of(OPENERS["pop"], answer).action is action


@pytest.mark.parametrize("name", OPENERS)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_body"), (b"  \n", "empty_body"), (b"<html>please log in</html>", "not_json"), (b"{", "not_json"),
        (b"[]", "not_an_answer"), (b"null", "not_an_answer"), (b"7", "not_an_answer"), (b"\xff\xfe{}", "undecodable"),
        ("登录".encode("gb18030"), "undecodable"), (b'{"error_response": 5}', "not_an_answer"), (b'{"a": NaN}', "not_json"),
        (b'{"a":' * 100_000, "not_json"), (b"[" * 100_000, "not_json"), (b'{"a": 1' + b"0" * 5000 + b"}", "not_json"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_answer_is_an_error_and_never_an_empty_one(name, body, code):
    assert fault_of(OPENERS[name], body).code == code


@pytest.mark.parametrize("name", ["jos", "pop"])
def test_another_document_is_no_answer(name):
    assert fault_of(OPENERS[name], {"x": {}}).code == "not_an_answer"


def test_jos_broken_inner_document_is_an_error():
    for text in ("", "{", "[]", 5, None, "<html>"):
        answer = {"jd_union_open_goods_query_responce": {"code": "0", "queryResult": text}}
        assert fault_of(OPENERS["jos"], answer).code in {"not_json", "not_an_answer"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["error_response", "code", "sub_msg", "goods_search_response", "queryResult", "x"]
            )
            | st.just("jd_union_open_goods_query_responce"),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from(sorted(OPENERS)))
def test_any_json_is_an_answer_or_a_source_error(document, name):
    try:
        body = dump(document)
    except UnicodeEncodeError:
        return
    try:
        assert isinstance(OPENERS[name](body), dict)
    except SourceError as error:
        assert error.fault.code  # noqa: PT017
