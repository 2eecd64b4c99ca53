"""What a cluster may answer, and what is made of it: the setting to look at, within the deadline, and never a secret."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from contextlib import contextmanager

import pytest

from catalog.errors import SearchRefused, SearchUnavailable
from indexer.engines.elasticsearch import connection as module
from indexer.engines.elasticsearch.connection import MAJOR
from indexer.engines.elasticsearch.settings import Cluster
from indexer.engines.elasticsearch.store import ElasticsearchStore
from indexer.query import Query
from tests.support.raw_server import RawServer, plain

NODES = "/_nodes?filter_path=nodes.*.version"
FOUND = "/bijia-v*-g1/_alias?allow_no_indices=true&expand_wildcards=open"
PRODUCT = b"X-Elastic-Product: Elasticsearch\r\n"


def answer(document, status=b"200 OK", headers=PRODUCT):
    return plain(
        json.dumps(document).encode(), status=status, headers=b"Content-Type: application/json\r\n" + headers
    )


def error(kind, reason, status):
    return answer({"error": {"type": kind, "reason": reason}, "status": int(status[:3])}, status)


VERSION = answer({"nodes": {"n": {"version": f"{MAJOR}.2.0"}}})
INDEX = answer({"bijia-v1-g1": {"aliases": {}}})


@contextmanager
def reader_on(answers, **more):
    with RawServer({NODES: VERSION, FOUND: INDEX} | answers) as server:
        store = ElasticsearchStore(Cluster((server.url(""),), **more))
        try:
            yield store
        finally:
            store.close()


def search_failure(told):
    """What a search says when the cluster answers it so."""
    with reader_on({"/bijia-v1-g1/_search": told}) as store:
        engine = store.reader(1)
        with pytest.raises(SearchUnavailable) as failed:
            engine.search(Query())
        return failed.value


@pytest.mark.parametrize(
    ("told", "kind", "said"),
    [
        (error("security_exception", "unable to authenticate", b"401 Unauthorized"), SearchRefused, "BIJIA_SEARCH_API_KEY"),
        (error("security_exception", "is unauthorized", b"403 Forbidden"), SearchRefused, "does not allow this"),
        (error("index_not_found_exception", "no such index", b"404 Not Found"), SearchRefused, "bijia index rebuild"),
        (error("cluster_block_exception", "index [x] blocked by: [FORBIDDEN/8/index write (api)]", b"403 Forbidden"), SearchRefused, "read-only"),
        (error("cluster_block_exception", "disk usage exceeded flood-stage watermark", b"429 Too Many Requests"), SearchRefused, "disks of .* are full"),
        (error("es_rejected_execution_exception", "queue full", b"429 Too Many Requests"), SearchUnavailable, "429"),
        (error("x", "y", b"503 Service Unavailable"), SearchUnavailable, "503"),
        (plain(b"<html>bad gateway", status=b"502 Bad Gateway"), SearchUnavailable, "502|nonsense"),
        (plain(b"{", headers=b"Content-Type: application/json\r\n" + PRODUCT), SearchUnavailable, "nonsense"),
        (answer({"hits": {}}, headers=b""), SearchRefused, "not Elasticsearch"),
        (answer({"timed_out": True, "_shards": {"failed": 0}, "hits": {}}), SearchUnavailable, "BIJIA_SEARCH_URL.*no answer in time"),
        (answer({"timed_out": False, "_shards": {"failed": 1}, "hits": {}}), SearchUnavailable, "part of the index is missing.*bijia index rebuild"),
        (error("cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no master];", b"503 Service Unavailable"), SearchUnavailable, "BIJIA_SEARCH_URL.*503.*no master"),
        (error("index_closed_exception", "closed", b"400 Bad Request"), SearchRefused, "closed.*bijia index rebuild"),
    ],
)  # fmt: skip
def test_every_answer_that_is_none_says_what_it_is(told, kind, said):
    failure = search_failure(told)

    assert type(failure) is kind
    assert re.search(said, str(failure)), str(failure)


def test_a_server_of_another_major_version_is_named():
    with reader_on({NODES: answer({"nodes": {"n": {"version": "8.19.8"}}})}) as store:
        with pytest.raises(SearchRefused, match=rf"BIJIA_SEARCH_URL.*8\.19\.8.*{MAJOR}\.x"):
            store.reader(1)
        with pytest.raises(SearchRefused):
            store.writer(1, ["jd"])


OLDER = {
    "type": "media_type_header_exception",
    "reason": "Invalid media-type value on headers [Content-Type, Accept]",
    "caused_by": {
        "type": "status_exception",
        "reason": "Accept version must be either version 8 or 7, but found 9."
        " Accept=application/vnd.elasticsearch+json; compatible-with=9",
    },
}
"""What Elasticsearch 8.19.8 says to this client, whatever it is asked; measured on the real server."""


def test_an_older_server_that_refuses_our_media_type_is_another_version():
    refused = answer({"error": OLDER | {"root_cause": [OLDER]}, "status": 400}, b"400 Bad Request")
    with reader_on({NODES: refused}) as store, pytest.raises(SearchRefused) as failed:
        store.reader(1)
    assert failed.value.setting == "BIJIA_SEARCH_URL"
    assert "another major version (Accept version must be either version 8 or 7, but found 9);" in str(
        failed.value
    )


def test_nobody_listening_is_said_at_once_and_the_breaker_spares_the_rest():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = ElasticsearchStore(Cluster((f"http://127.0.0.1:{port}",)))
    begun = time.monotonic()
    with pytest.raises(SearchUnavailable, match=r"cannot be reached.*BIJIA_SEARCH_URL"):
        store.reader(1)
    assert time.monotonic() - begun < module.READ_S
    store.close()


@pytest.mark.slow
def test_a_cluster_that_never_answers_costs_the_deadline_a_few_times_and_then_nothing(monkeypatch):
    monkeypatch.setattr(module, "READ_S", 0.2)
    monkeypatch.setattr("indexer.engines.elasticsearch.engine.READ_S", 0.2)

    async def silence(_writer):
        await asyncio.sleep(60)

    with reader_on({"/bijia-v1-g1/_search": silence}) as store:
        engine = store.reader(1)
        taken = []
        for _ in range(12):
            begun = time.monotonic()
            with pytest.raises(SearchUnavailable):
                engine.search(Query())
            taken.append(time.monotonic() - begun)

    assert all(0.15 < one < 2 for one in taken[:5])
    assert all(one < 0.1 for one in taken[5:]), "the breaker is open"


def test_a_refusal_is_an_answer_and_opens_no_breaker():
    gone = error("index_not_found_exception", "no such index", b"404 Not Found")
    with reader_on({"/bijia-v1-g1/_search": gone}) as store:
        engine = store.reader(1)
        for _ in range(12):
            with pytest.raises(SearchRefused, match="BIJIA_SEARCH_INDEX"):
                engine.search(Query())


def test_a_document_that_cannot_be_read_is_not_one_that_is_not_there():
    """What `_mget` says of a shard that is on no node: 200, and an error for each document."""
    lost = {"type": "no_shard_available_action_exception", "reason": "No shard available for [...]"}
    told = answer({"docs": [{"_index": "bijia-v1-g1", "_id": "p1", "error": lost}]})
    asked = "/bijia-v1-g1/_mget?_source_includes=payload,payload_base64"
    with (
        reader_on({asked: told}) as store,
        pytest.raises(SearchUnavailable, match="part of the index is missing"),
    ):
        store.reader(1).get(["p1"])


def test_another_node_is_asked_when_one_is_dead():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    with RawServer({NODES: VERSION, FOUND: INDEX}) as server:
        store = ElasticsearchStore(Cluster((dead, server.url(""))))
        for _ in range(4):
            assert store.holds(1)
        store.close()


def test_health_never_raises_and_tells_what_the_cluster_says():
    with reader_on({}) as store:
        health = store.reader(1).health()  # this server knows no health

    assert not health.is_ready
    assert health.detail


def test_no_message_shows_a_secret():
    refused = error("security_exception", "unable to authenticate", b"401 Unauthorized")
    with (
        reader_on({NODES: refused}, user="u", password="planted-secret") as store,
        pytest.raises(SearchRefused) as failed,
    ):
        store.reader(1)
    assert "planted-secret" not in str(failed.value)
    assert "planted-secret" not in repr(failed.value.__cause__)
