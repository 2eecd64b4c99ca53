"""Wrong keys, wrong clocks, dead and unknown hosts: the run ends soon and says why; what was believed stays believed."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager

import pytest

from ledger.runs import RunState
from tests.support.damage import believed, damage
from tests.support.practice import practice_server
from tests.support.stack import stack_around

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("wrong-access")]

SOON_S = 90
"""A host that never answers costs `MOST_SILENT_ANSWERS` times its time-out at most; refusals cost one answer."""

SHOPS = ("taobao", "jd", "pinduoduo", "shop")
SECRETS = {"taobao": "APP_SECRET", "jd": "APP_SECRET", "pinduoduo": "CLIENT_SECRET"}
KEYS = {"taobao": "APP_KEY", "jd": "APP_KEY", "pinduoduo": "CLIENT_ID"}


@pytest.fixture(scope="module")
def server():
    with practice_server() as server:
        yield server


@pytest.fixture(scope="module")
def crawled(server, tmp_path_factory):
    """A ledger in which everything is believed already."""
    folder = tmp_path_factory.mktemp("crawled")
    with stack_around(server, folder) as stack:
        stack.crawl(*SHOPS)
        assert stack.wrong_prices() == {}
        assert len(believed(stack.ledger)) == len(stack.truth)
    return f"sqlite:///{folder}/ledger.sqlite"


def settings(of, name, value):
    """The same setting of several marketplaces."""
    return {f"BIJIA_{slug.upper()}_{name[slug] if isinstance(name, dict) else name}": value for slug in of}


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def failed_runs(server, url, folder, environment, slugs):
    """Crawl as these settings say; the runs, which must all have failed soon and changed nothing."""
    server.ask("/requests", method="DELETE")
    with stack_around(server, folder, url=url, environment=environment) as stack:
        before = believed(stack.ledger)
        started = time.monotonic()
        runs = stack.crawl(*slugs)
        assert time.monotonic() - started < SOON_S
        assert before == believed(stack.ledger)
        assert stack.wrong_prices() == {}
        assert damage(stack.ledger) == []
    for slug, run in runs.items():
        assert (run.state, run.progress.offers) == (RunState.FAILED, 0), (slug, run.reason)
        assert run.progress.failed + run.progress.skipped == run.progress.pages, slug
    return runs


def asked(server, slug):
    return len(server.ask(f"/requests?shop={slug}")["requests"])


WRONG = {
    "key": (settings(KEYS, KEYS, "000000"), {"taobao": "top:29", "jd": "jos:gateway:11", "pinduoduo": "pop:10016"}),
    "secret": (settings(SECRETS, SECRETS, "x" * 32), {"taobao": "top:25", "jd": "jos:gateway:12", "pinduoduo": "pop:20004"}),
}  # fmt: skip
"""What is wrong, and the code with which each gateway says so."""


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_key_or_secret_ends_the_run_at_the_first_answer_and_is_named(server, crawled, tmp_path, what):
    environment, codes = WRONG[what]

    runs = failed_runs(server, crawled, tmp_path, environment, codes)

    for slug, code in codes.items():
        assert code in runs[slug].reason
        assert asked(server, slug) <= 4  # those under way when the first was refused


@contextmanager
def clock_off_by(server, seconds):
    server.ask("/clock", method="POST", body={"protocol_skew_s": seconds})
    try:
        yield
    finally:
        server.ask("/clock", method="POST", body={"protocol_skew_s": 0})


@pytest.mark.parametrize("seconds", [-7200, 7200])
def test_a_signature_of_another_time_ends_the_run_and_the_time_is_named(server, crawled, tmp_path, seconds):
    codes = {"taobao": "top:31", "jd": "jos:gateway:8", "pinduoduo": "pop:10001"}

    with clock_off_by(server, seconds):
        runs = failed_runs(server, crawled, tmp_path, {}, codes)

    for slug, code in codes.items():
        assert code in runs[slug].reason
        assert "timestamp" in runs[slug].reason.lower()


def test_a_closed_port_ends_the_run_and_is_named(server, crawled, tmp_path):
    address = f"127.0.0.1:{closed_port()}"
    environment = settings(SHOPS, "BASE_URL", f"http://{address}/") | {"BIJIA_ALLOWED_ADDRESSES": address}

    runs = failed_runs(server, crawled, tmp_path, environment, SHOPS)

    assert all("connection_refused" in run.reason for run in runs.values())
    assert "robots_unreachable" in runs["shop"].reason


def test_a_name_that_does_not_resolve_ends_the_run_and_is_named(server, crawled, tmp_path):
    environment = settings(SHOPS, "BASE_URL", "http://gateway.nowhere.invalid/")

    runs = failed_runs(server, crawled, tmp_path, environment, SHOPS)

    assert all("name_not_resolved" in run.reason for run in runs.values())


def test_an_address_that_is_not_public_is_never_asked_and_is_named(server, crawled, tmp_path):
    environment = {"BIJIA_ALLOWED_ADDRESSES": ""}

    runs = failed_runs(server, crawled, tmp_path, environment, SHOPS)

    assert all("address_forbidden" in run.reason for run in runs.values())
    assert [asked(server, slug) for slug in SHOPS] == [0, 0, 0, 0]


def test_a_setting_that_is_missing_ends_the_run_and_is_named(server, crawled, tmp_path):
    runs = failed_runs(server, crawled, tmp_path, settings(SECRETS, SECRETS, ""), SECRETS)

    assert {slug: run.reason for slug, run in runs.items()} == {
        slug: f"BIJIA_{slug.upper()}_{name}: not set" for slug, name in SECRETS.items()
    }


def test_after_all_of_it_a_right_crawl_is_right(server, crawled, tmp_path):
    with stack_around(server, tmp_path, url=crawled) as stack:
        runs = stack.crawl("taobao", "jd", "pinduoduo")

        assert {run.state for run in runs.values()} == {RunState.SUCCEEDED}
        assert stack.wrong_prices() == {}
