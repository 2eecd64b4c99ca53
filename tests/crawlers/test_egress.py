"""Nothing outside the public internet is reached, whatever an address looks like."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import ConfigurationError
from crawlers.egress import EgressPolicy
from crawlers.http import FetchError
from tests.support.raw_server import RawServer, endless, loris, plain, raw, redirect

POLICY = EgressPolicy()

FORBIDDEN = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2001:10::1", "2002:7f00:1::", "2002:a00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "3fff::1", "5f00::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "47.88.1.1",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "198.20.0.1",
    "223.5.5.5",
    "2400:3200::1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_address_outside_the_public_internet_is_permitted(address):
    assert not POLICY.permits(address, 443)
    assert not POLICY.permits(address, 80)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_permitted_on_web_ports_only(address):
    assert POLICY.permits(address, 443)
    assert POLICY.permits(address, 80)
    assert not any(POLICY.permits(address, port) for port in (22, 25, 3306, 6379, 8080, 9200, 0))


def test_a_name_is_never_permitted_at_the_socket():
    assert not POLICY.permits("localhost", 80)
    assert not POLICY.permits("example.com", 80)


def test_the_standard_librarys_idea_of_global_would_be_wrong():
    """The broken twin: this is what the guard must not be."""
    wrong = [a for a in FORBIDDEN if ipaddress.ip_address(a.split("%")[0]).is_global]

    assert wrong
    assert not any(POLICY.permits(a, 80) for a in wrong)


def test_an_allowed_address_is_allowed_on_its_port_only():
    policy = EgressPolicy.allowing(["127.0.0.1:8601", " [::1]:8602 ", ""])

    assert policy.permits("127.0.0.1", 8601)
    assert policy.permits("::1", 8602)
    assert not policy.permits("127.0.0.1", 8602)
    assert not policy.permits("127.0.0.2", 8601)


@pytest.mark.parametrize(
    "address",
    [
        "localhost:80",
        "127.0.0.1",
        "127.0.0.1:x",
        "127.1:80",
        "0x7f.1:80",
        ":80",
        "http://127.0.0.1:80",
        "10.0.0.0/8:80",
    ],
)
def test_only_plain_addresses_can_be_allowed(address):
    with pytest.raises(ConfigurationError, match="BIJIA_ALLOWED_ADDRESSES"):
        EgressPolicy.allowing([address])


@given(st.integers(0, 2**32 - 1))
def test_every_private_ipv4_address_is_forbidden(number):
    address = ipaddress.IPv4Address(number)

    if not address.is_global or address.is_multicast:
        assert not POLICY.permits(str(address), 80)


@given(st.integers(0, 2**128 - 1))
def test_every_ipv6_address_outside_global_unicast_is_forbidden(number):
    address = ipaddress.IPv6Address(number)

    if not address.is_global or address.ipv4_mapped or address.sixtofour or address.teredo:
        assert not POLICY.permits(str(address), 80)


SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "localhost", "LOCALHOST.",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.０.０.１", "127.0.0.1.", "user@127.0.0.1", "user:pw@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1#@example.com",
    "127.0.0.1%00.example.com", "127.00.00.01", "127.0.0.1%2f", "0000:0000::1", "[::1%25lo]", "ip6-localhost", "ip6-loopback",
]  # fmt: skip


def hostile_urls(port):
    urls = [f"{scheme}://{host}:{port}/secret" for host in SPELLINGS for scheme in ("http", "https")]
    urls += [f"http://{host}/secret" for host in SPELLINGS]
    urls += [f"{scheme}:///etc/hostname" for scheme in ("file", "ftp", "s3")]
    urls += [
        f"{scheme}://127.0.0.1:{port}/secret"
        for scheme in ("ftp", "gopher", "dict", "ws", "HTTP", "s3", "unix", "jar:http")
    ]
    urls += [
        "data:text/html,hello",
        "javascript:alert(1)",
        f"http:127.0.0.1:{port}/x",
        f"//127.0.0.1:{port}/x",
        f"http:\\\\127.0.0.1:{port}",
        "",
        "http://",
        "http:///x",
        f"http://[::1:{port}/",
        f"http://127.0.0.1:{port + 65536}/",
        "http://127.0.0.1:-1/",
        "about:blank",
    ]
    return urls


def fetch(urls, *allowed, guard=True, **settings):
    task = {"urls": urls, "allowed": allowed, "guard": guard, "settings": settings}
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.support.fetch_urls"],
        input=json.dumps(task), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
def test_no_spelling_of_loopback_reaches_it_through_scrapy():
    with RawServer({}) as secret:
        urls = hostile_urls(secret.port)
        results = fetch(urls)

    assert len(urls) >= 120
    assert [r for r in results if "status" in r] == []
    assert [r for r in results if str(r.get("fault")).startswith("BUG")] == []
    assert secret.connections == 0


@pytest.mark.slow
def test_the_guard_is_what_holds():
    """The broken twin: without the guard at the socket, a name that resolves to loopback gets through."""
    with RawServer({}) as secret:
        results = fetch([f"http://localhost:{secret.port}/secret"], f"127.0.0.9:{secret.port}", guard=False)
        guarded = fetch([f"http://localhost:{secret.port}/secret"], f"127.0.0.9:{secret.port}")

    assert [r.get("status") for r in results] == [200]
    assert [r.get("fault") for r in guarded] == ["address_forbidden"]
    assert secret.connections == 1


@pytest.mark.slow
def test_hostile_answers_are_bounded():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    answers = {
        "/plain": plain(b"ok"),
        "/cut": raw(head + b"Content-Length: 1000\r\n\r\nshort"),
        "/cut-chunked": raw(head + b"Transfer-Encoding: chunked\r\n\r\nff\r\nabc"),
        "/loris-body": loris(head + b"Content-Length: 100000\r\n\r\n"),
        "/loris-head": loris(b"HTTP/1.1 200 OK\r\nX: "),
        "/endless": endless(head + b"\r\n"),
        "/large": raw(head + b"Content-Length: 999999999\r\n\r\n"),
        "/headers": raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"y" * 2_000_000 + b"\r\n\r\n"),
        "/garbage": raw(b"\x00\x01\x02 not http at all\r\n\r\n"),
        "/nothing": raw(b""),
        "/redirect": redirect("/plain"),
        "/cookie": plain(b"ok", headers=b"Set-Cookie: a=b\r\n"),
        "/refresh": plain(b'<meta http-equiv="refresh" content="0;url=/plain">'),
    }
    with RawServer(answers) as server:
        results = fetch(
            [server.url(path) for path in answers], f"127.0.0.1:{server.port}", DOWNLOAD_TIMEOUT=3
        )
    found = {r["url"].removeprefix(server.url("")): r.get("fault", r.get("status")) for r in results}

    assert found == {
        "/plain": 200, "/cut": "answer_cut_short", "/cut-chunked": "answer_cut_short", "/loris-body": "timeout", "/loris-head": "timeout",
        "/endless": "answer_too_large", "/large": "answer_too_large", "/headers": found["/headers"], "/garbage": found["/garbage"],
        "/nothing": found["/nothing"], "/redirect": 302, "/cookie": 200, "/refresh": 200,
    }  # fmt: skip
    for path in ("/headers", "/garbage", "/nothing"):
        assert found[path] in {"answer_cut_short", "connection_failed", "timeout"}
    assert server.requests.count("/plain") == 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "http://u:p@a.example/",
        "http://a.example:22/",
        "http://127.0.0.1/",
        "x",
        "",
        "http://[::1]/",
        "http://[::1",
    ],
)
def test_what_can_be_refused_early_is(url):
    with pytest.raises(FetchError) as caught:
        POLICY.check_url(url)
    assert caught.value.fault == "address_forbidden"


def test_ordinary_addresses_pass_the_early_check():
    for url in (
        "https://item.jd.com/1.html",
        "http://a.example/",
        "https://a.example:443/x?y=z",
        "https://1.1.1.1/",
    ):
        POLICY.check_url(url)


@pytest.mark.slow
def test_every_door_and_limit_of_scrapy_is_as_promised():
    done = subprocess.run(
        [sys.executable, "-m", "crawlers", "limits"], capture_output=True, text=True, check=True
    )
    limits = json.loads(done.stdout)

    assert limits["TELNETCONSOLE_ENABLED"] is False
    assert limits["REMOTE_CONTROL_ENABLED"] is False
    assert limits["DOWNLOAD_HANDLERS"] == dict.fromkeys(("file", "data", "ftp", "s3"))
    assert limits["DOWNLOAD_MAXSIZE"] == 8 * 1024 * 1024
    assert limits["DOWNLOAD_TIMEOUT"] == 30
    assert limits["DOWNLOAD_FAIL_ON_DATALOSS"] is True
    assert limits["EXTENSIONS_BASE"] == {}
    assert limits["SPIDER_MIDDLEWARES_BASE"] == {}
    middlewares = [name.rpartition(".")[2] for name in limits["DOWNLOADER_MIDDLEWARES_BASE"]]
    assert middlewares == ["DownloadTimeoutMiddleware", "UserAgentMiddleware"]
