"""The proxy that later tests trust does to each request exactly what it says."""

from __future__ import annotations

import gzip
import http.client
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.fault_plan import Fault, FaultPlan
from tests.support.fault_proxy import FaultProxy
from tests.support.processes import wait_until

pytestmark = pytest.mark.slow

WRITES = [
    {"index": {"_index": "phones", "_id": "1"}},
    {"title": "一"},
    {"delete": {"_id": "2"}},
    {"create": {"_index": "phones", "_id": "3"}},
    {"title": "三"},
    {"index": {"_id": "4"}},
    {"title": "四"},
]
"""Two of the four name no index: that is in the path."""
BODY = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in WRITES).encode()
PATH = "/goods/_bulk?refresh=true"


class Engine(BaseHTTPRequestHandler):
    """Answers a `_bulk` as Elasticsearch does, and remembers what came whole."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if len(body) < int(self.headers["content-length"]):
            self.server.torn.append(body)
            self.close_connection = True
            return
        self.server.got.append((self.path, body))
        lines = iter(body.splitlines())
        items = []
        for line in lines:
            ((action, target),) = json.loads(line).items()
            if action != "delete":
                next(lines)
            items.append({action: {"_id": target["_id"], "status": 200}})
        self._answer(json.dumps({"took": 3, "errors": False, "items": items}).encode())

    def do_GET(self):
        self.server.got.append((self.path, b""))
        self._answer(b'{"status":"green"}')

    do_HEAD = do_GET  # noqa: N815 - the library calls it so

    def _answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-elastic-product", "Elasticsearch")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def engine():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    server.got, server.torn = [], []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def proxied(engine, *faults, **options):
    """A proxy that does these things to the next requests, then passes all."""
    plan = FaultPlan(seed=1, **options)
    plan.then(*faults)
    with FaultProxy(f"http://127.0.0.1:{engine.server_port}", plan) as proxy:
        yield proxy


def send(proxy, method="POST", path=PATH, body=BODY, *, timeout=10, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def statuses(body):
    return [next(iter(item.values()))["status"] for item in json.loads(body)["items"]]


def test_what_passes_is_unchanged_and_a_connection_is_used_again(engine):
    with proxied(engine) as proxy:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
        answers = []
        for method, path, body in [
            ("POST", PATH, BODY),
            ("GET", "/_cluster/health", None),
            ("HEAD", "/a", None),
        ]:
            connection.request(method, path, body)
            answer = connection.getresponse()
            answers.append((answer.status, answer.getheader("Content-Length"), answer.read()))
        connection.close()

    assert statuses(answers[0][2]) == [200, 200, 200, 200]
    assert answers[1:] == [(200, "18", b'{"status":"green"}'), (200, "18", b"")]
    assert engine.got == [(PATH, BODY), ("/_cluster/health", b""), ("/a", b"")]
    assert (proxy.plan.passed, proxy.forwarded, proxy.answered) == (1, 3, 3)


def test_a_body_in_chunks_arrives_whole(engine):
    with proxied(engine) as proxy:
        status, _ = send(proxy, body=iter([BODY[:7], BODY[7:]]))

    assert (status, engine.got) == (200, [(PATH, BODY)])


@pytest.mark.parametrize(
    ("fault", "status"), [(Fault.REFUSED_429, 429), (Fault.REFUSED_502, 502), (Fault.REFUSED_503, 503)]
)
def test_a_refused_request_never_reaches_the_server(engine, fault, status):
    with proxied(engine, fault) as proxy:
        assert send(proxy)[0] == status
        assert engine.got == []
        assert send(proxy)[0] == 200
    assert proxy.plan.injected == {fault: 1}


def test_a_cut_request_reaches_the_server_in_part(engine):
    with proxied(engine, Fault.REQUEST_CUT) as proxy:
        with pytest.raises(http.client.RemoteDisconnected):
            send(proxy)
        wait_until(lambda: engine.torn, "the server saw a part")

    assert engine.torn == [BODY[: len(BODY) // 2]]
    assert engine.got == []


def test_a_cut_answer_is_to_a_request_that_was_done(engine):
    with proxied(engine, Fault.ANSWER_CUT) as proxy, pytest.raises(http.client.IncompleteRead):
        send(proxy)

    assert engine.got == [(PATH, BODY)]
    assert proxy.answered == 0


def test_a_request_delivered_twice_is_answered_once(engine):
    with proxied(engine, Fault.TWICE) as proxy:
        assert send(proxy)[0] == 200

    assert engine.got == [(PATH, BODY), (PATH, BODY)]


def test_a_late_answer_is_to_a_request_that_was_done_at_once(engine):
    with proxied(engine, Fault.LATE, Fault.LATE, delay_s=0.5) as proxy:
        with pytest.raises(TimeoutError):
            send(proxy, timeout=0.1)
        assert engine.got == [(PATH, BODY)]
        assert send(proxy)[0] == 200


def test_an_unanswered_request_was_done(engine):
    with proxied(engine, Fault.UNANSWERED) as proxy:
        with pytest.raises(TimeoutError):
            send(proxy, timeout=0.3)

        assert engine.got == [(PATH, BODY)]
        assert send(proxy)[0] == 200


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_refused_items_are_left_out_and_answered_in_their_places(engine, pack):
    headers = {"Content-Encoding": "gzip"} if pack is gzip.compress else {}
    with proxied(engine, Fault.ITEMS_REFUSED, item_rate=0) as proxy:
        refused = FaultPlan(seed=1, item_rate=0).refused(range(4))
        status, body = send(proxy, body=pack(BODY), headers=headers)

    (place,) = refused
    told = json.loads(body)
    assert (status, told["errors"]) == (200, True)
    assert statuses(body) == [429 if n == place else 200 for n in range(4)]
    assert [next(iter(item.values()))["_id"] for item in told["items"]] == ["1", "2", "3", "4"]
    assert [list(item) for item in told["items"]] == [["index"], ["delete"], ["create"], ["index"]]
    got = [
        line
        for line in engine.got[0][1].splitlines()
        if line.startswith((b'{"index', b'{"delete', b'{"create'))
    ]
    assert [next(iter(json.loads(line).values()))["_id"] for line in got] == [
        id_ for n, id_ in enumerate("1234") if n != place
    ]


def test_when_all_items_are_refused_the_server_gets_nothing(engine):
    with proxied(engine, Fault.ITEMS_REFUSED, item_rate=1) as proxy:
        told = json.loads(send(proxy)[1])

    assert engine.got == []
    assert [next(iter(item.values()))["_index"] for item in told["items"]] == [
        "phones",
        "goods",
        "phones",
        "goods",
    ]
    assert told["items"][1]["delete"]["error"]["type"] == "es_rejected_execution_exception"


def test_what_is_no_bulk_passes_where_items_would_be_refused(engine):
    with proxied(engine, Fault.ITEMS_REFUSED, path="/_cluster") as proxy:
        assert send(proxy, "GET", "/_cluster/health", None) == (200, b'{"status":"green"}')

    assert (proxy.plan.injected, proxy.plan.passed) == ({}, 1)


def test_only_matching_paths_meet_faults_and_only_while_the_plan_is_on(engine):
    with proxied(engine, rates={Fault.REFUSED_503: 1.0}) as proxy:
        assert send(proxy, "GET", "/_cluster/health", None)[0] == 200
        assert send(proxy)[0] == 503
        proxy.plan.is_on = False
        assert send(proxy)[0] == 200
        proxy.plan.is_on = True
        assert send(proxy)[0] == 503

    assert proxy.plan.injected == {Fault.REFUSED_503: 2}
    assert proxy.plan.passed == 1


def test_a_server_that_is_gone_looks_gone(engine):
    with proxied(engine) as proxy:
        engine.shutdown()
        engine.server_close()
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            send(proxy)


def test_the_same_seed_chooses_the_same_faults_at_the_stated_rates():
    def chosen(seed):
        plan = FaultPlan(seed, {Fault.TWICE: 0.1, Fault.LATE: 0.3})
        return [plan.choose("/a/_bulk") for _ in range(2000)]

    assert chosen(5) == chosen(5) != chosen(6)
    assert 120 < chosen(5).count(Fault.TWICE) < 280
    assert 480 < chosen(5).count(Fault.LATE) < 720


def test_rates_that_exceed_one_are_refused():
    with pytest.raises(ValueError, match=r"1\.2"):
        FaultPlan(1, {Fault.TWICE: 0.6, Fault.LATE: 0.6})
