"""The published signature vectors, and the traps that make signatures differ."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.protocol import jos, pop, top
from crawlers.protocol.signing import md5_wrapped, sorted_pairs
from crawlers.source import Access

SAMPLES = json.loads((Path(__file__).parent / "samples.json").read_text("utf-8"))
NOW = datetime(2026, 11, 22, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("vector", SAMPLES["taobao"]["signing"]["vectors"], ids=lambda v: v["sign_method"])
def test_top_vectors(vector):
    sample = SAMPLES["taobao"]
    params = {**sample["form"], "sign_method": vector["sign_method"]}

    assert top.sign(params, sample["credentials"]["app_secret"], vector["sign_method"]) == vector["sign"]


def test_jos_vector():
    sample = SAMPLES["jd"]

    assert md5_wrapped(sample["form"], sample["credentials"]["app_secret"]) == sample["signing"]["sign"]


def test_pop_vector():
    sample = SAMPLES["pinduoduo"]

    assert md5_wrapped(sample["form"], sample["credentials"]["client_secret"]) == sample["signing"]["sign"]


def sent(request):
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


@pytest.mark.parametrize("keyword", ["青竹 机械键盘", "a&b<c>=d+e%20", "𠮷野家 🍜", "x" * 300, "\u202eabc"])
def test_what_is_signed_is_what_is_sent(keyword):
    taobao = sent(
        top.request(Access("http://a.example/r", SAMPLES["taobao"]["credentials"]), "m", {"q": keyword}, NOW)
    )
    jd = sent(
        jos.request(Access("http://a.example/r", SAMPLES["jd"]["credentials"]), "m", {"k": keyword}, NOW)
    )
    pdd = sent(
        pop.request(
            Access("http://a.example/r", SAMPLES["pinduoduo"]["credentials"]), "m", {"q": keyword}, NOW
        )
    )

    assert taobao["q"] == keyword
    assert json.loads(jd["360buy_param_json"]) == {"k": keyword}
    assert taobao.pop("sign") == top.sign(taobao, "topsecret_0f3a9c")
    assert jd.pop("sign") == md5_wrapped(jd, "jdsecret_51b0")
    assert pdd.pop("sign") == md5_wrapped(pdd, "pddsecret_77aa")


def test_timestamps_are_beijing_time_or_unix_seconds():
    taobao = sent(top.request(Access("http://a.example", SAMPLES["taobao"]["credentials"]), "m", {}, NOW))
    pdd = sent(pop.request(Access("http://a.example", SAMPLES["pinduoduo"]["credentials"]), "m", {}, NOW))

    assert taobao["timestamp"] == "2026-11-22 10:00:00"
    assert pdd["timestamp"] == "1795312800"


def test_empty_values_are_never_sent():
    request = top.request(
        Access("http://a.example", SAMPLES["taobao"]["credentials"]), "m", {"q": "x", "cat": ""}, NOW
    )

    assert "cat" not in sent(request)


def test_keys_sort_bytewise():
    assert sorted_pairs({"a_b": "1", "aB": "2", "ab": "3", "A": "4", "sign": "x"}) == b"A4aB2a_b1ab3"


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=6), st.text(max_size=8))
def test_md5_signature_is_the_published_formula(params, secret):
    params = {
        k.encode("utf-8", "ignore").decode(): v.encode("utf-8", "ignore").decode() for k, v in params.items()
    }
    secret = secret.encode("utf-8", "ignore").decode()
    joined = "".join(k + params[k] for k in sorted(params, key=str.encode) if k != "sign")

    expected = hashlib.md5((secret + joined + secret).encode()).hexdigest().upper()  # noqa: S324
    assert md5_wrapped(params, secret) == expected


def test_no_secret_travels():
    for request, secret in (
        (
            top.request(Access("http://a.example", SAMPLES["taobao"]["credentials"]), "m", {}, NOW),
            "topsecret_0f3a9c",
        ),
        (
            jos.request(Access("http://a.example", SAMPLES["jd"]["credentials"]), "m", {}, NOW),
            "jdsecret_51b0",
        ),
        (
            pop.request(Access("http://a.example", SAMPLES["pinduoduo"]["credentials"]), "m", {}, NOW),
            "pddsecret_77aa",
        ),
    ):
        assert secret not in request.url + request.body.decode() + str(request.headers)
