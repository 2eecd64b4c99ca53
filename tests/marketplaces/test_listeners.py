"""Real sockets on 127.0.0.1: both HTTP parsers, the faults that only a wire can show, and the process itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

import marketplaces
from marketplaces.serve import addresses, bind, serve
from tests.marketplaces.support import callers, fault, practice

pytestmark = pytest.mark.slow

ROOT = Path(marketplaces.__file__).parent.parent


def on_sockets(world, talk, parser="httptools"):
    """What `talk(ports)` returns while the world's five apps listen."""

    async def run():
        sockets, ready, stop = bind("127.0.0.1", 0), asyncio.Event(), asyncio.Event()
        ports = {name: listener.getsockname()[1] for name, listener in sockets.items()}
        serving = asyncio.create_task(serve(world.apps, sockets, ready.set, stop, parser=parser))
        await ready.wait()
        try:
            return await asyncio.wait_for(talk(ports), 20)
        finally:
            stop.set()
            await serving

    return asyncio.run(run())


async def raw(port, target, head="", method="GET"):
    """Every byte that comes back, and the error that ended it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{head}\r\n".encode()
    )
    got, error = b"", None
    try:
        while part := await reader.read(65_536):
            got += part
    except ConnectionError as broken:
        error = broken
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    return got, error


def split(got):
    head, _, body = got.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return int(status.split(" ")[1]), dict(line.lower().split(": ", 1) for line in lines), body


@pytest.fixture(params=["httptools", pytest.param("h11", marks=pytest.mark.slow)])
def parser(request):
    return request.param


# ── protocol ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("parser", ["httptools", "h11"])
def test_an_absolute_form_target_is_served_by_both_parsers(world, parser):
    jd = callers(world)["jd"]
    given = urlencode(jd.parameters("jd.union.open.goods.query", {"goodsReqDTO": {"keyword": "手机"}}))

    async def talk(ports):
        target = f"http://127.0.0.1:{ports['jd']}/routerjson?{given}"
        absolute = await raw(ports["jd"], target, "Content-Length: 0\r\n", "POST")
        plain = await raw(ports["jd"], f"/routerjson?{given}", "Content-Length: 0\r\n", "POST")
        return split(absolute[0]), split(plain[0])

    absolute, plain = on_sockets(world, talk, parser)

    assert absolute[0] == 200
    assert absolute[2] == plain[2]
    assert b'"code\\":200' in absolute[2]


def test_five_origins_listen_and_answer(world, parser):
    async def talk(ports):
        return {name: split((await raw(port, "/"))[0])[0] for name, port in ports.items()}

    assert on_sockets(world, talk, parser) == {
        "control": 404,
        "taobao": 200,
        "jd": 200,
        "pinduoduo": 200,
        "shop": 200,
    }


def test_one_connection_serves_many_requests(world):
    async def talk(ports):
        reader, writer = await asyncio.open_connection("127.0.0.1", ports["shop"])
        sizes = []
        for _ in range(3):
            writer.write(b"GET /robots.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            sizes.append(len(await reader.readexactly(length)))
        writer.close()
        await writer.wait_closed()
        return sizes

    sizes = on_sockets(world, talk)

    assert len(set(sizes)) == 1
    assert sizes[0] > 50


# ── delivery ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_slow_answers_late_but_whole(world):
    fault(world, "shop", "slow", delay_s=0.3, times=1)

    async def talk(ports):
        began = time.monotonic()
        slow, _ = await raw(ports["shop"], "/robots.txt")
        took = time.monotonic() - began
        return took, slow, (await raw(ports["shop"], "/robots.txt"))[0]

    took, slow, quick = on_sockets(world, talk)

    assert 0.3 <= took < 3
    assert split(slow)[2] == split(quick)[2]


@pytest.mark.slow
def test_slow_loris_sends_a_byte_at_a_time(world):
    fault(world, "shop", "slow_loris", interval_s=0.05)

    async def talk(ports):
        reader, writer = await asyncio.open_connection("127.0.0.1", ports["shop"])
        writer.write(b"GET /robots.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        times, parts = [time.monotonic()], []
        for _ in range(5):
            parts.append(await reader.read(100))
            times.append(time.monotonic())
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        return parts, times[-1] - times[0]

    parts, took = on_sockets(world, talk)

    assert b"".join(parts).startswith(b"User")
    assert [len(part) for part in parts] == [1] * 5
    assert took >= 0.2


@pytest.mark.slow
@pytest.mark.parametrize("after_bytes", [0, 40])
def test_reset_breaks_the_connection_after_so_many_bytes(world, parser, after_bytes):
    fault(world, "shop", "reset", after_bytes=after_bytes)

    async def talk(ports):
        return await raw(ports["shop"], "/")

    got, error = on_sockets(world, talk, parser)

    assert isinstance(error, ConnectionResetError)
    assert len(split(got)[2] if got else b"") == after_bytes


def test_a_body_is_cut_short_of_its_content_length(world, parser):
    fault(world, "shop", "truncate_body", keep_percent=30)

    async def talk(ports):
        return await raw(ports["shop"], "/")

    got, error = on_sockets(world, talk, parser)

    _, headers, body = split(got)
    assert error is None
    assert len(body) == int(headers["content-length"]) * 30 // 100


def test_a_chunked_body_is_cut_before_its_last_chunk(world, parser):
    fault(world, "shop", "truncate_body", framing="chunked")

    async def talk(ports):
        return await raw(ports["shop"], "/")

    got, error = on_sockets(world, talk, parser)

    _, headers, body = split(got)
    assert error is None
    assert headers["transfer-encoding"] == "chunked"
    assert len(body) > 100
    assert not body.endswith(b"0\r\n\r\n")


def test_half_a_gzip_stream_keeps_its_framing_on_the_wire(world):
    fault(world, "shop", "truncate_gzip")

    async def talk(ports):
        return await raw(ports["shop"], "/")

    _, headers, body = split(on_sockets(world, talk)[0])

    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body)


def test_a_broken_connection_leaves_the_next_one_whole(world):
    fault(world, "taobao", "reset", times=1)
    fault(world, "taobao", "truncate_body", times=1)

    async def talk(ports):
        return [await raw(ports["taobao"], "/router/rest") for _ in range(3)]

    cut, short, whole = on_sockets(world, talk)

    assert isinstance(cut[1], ConnectionResetError)
    assert len(split(short[0])[2]) < int(split(short[0])[1]["content-length"])
    assert len(split(whole[0])[2]) == int(split(whole[0])[1]["content-length"])


def test_addresses_name_the_ports_that_were_bound():
    sockets = bind("127.0.0.1", 0)
    try:
        found = addresses(sockets)
    finally:
        for listener in sockets.values():
            listener.close()

    assert list(found) == ["control", "taobao", "jd", "pinduoduo", "shop"]
    assert len(set(found.values())) == 5
    assert all(origin.startswith("http://127.0.0.1:") for origin in found.values())


# ── the process ────────────────────────────────────────────────────────────────────────────────────

COMMAND = [sys.executable, "-m", "marketplaces", "--base-port", "0", "--products", "100", "--offers", "300"]


def started(*more, **options):
    return subprocess.Popen(
        [*COMMAND, *more], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_greets_in_one_line_and_ends_on_a_signal(number):
    with started() as process:
        greeting = json.loads(process.stdout.readline())
        process.send_signal(number)
        rest, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert (rest, errors) == ("", "")
    assert list(greeting) == ["control", "shops"]
    assert list(greeting["shops"]) == ["taobao", "jd", "pinduoduo", "shop"]
    assert greeting["shops"]["taobao"]["base_url"].endswith("/router/rest")
    assert set(greeting["shops"]["pinduoduo"]["credentials"]) == {"client_id", "client_secret", "pid"}


@pytest.mark.slow
@pytest.mark.parametrize(("more", "survives"), [((), False), (("--keep-running",), True)])
@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_the_process_dies_with_its_parent_unless_told_to_keep_running(more, survives):
    code = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen({[*COMMAND, *more]!r}, stdout=subprocess.PIPE, text=True)\n"
        "p.stdout.readline(); print(p.pid, flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait(10)

    try:
        assert _is_alive_after(child, 3.0 if not survives else 1.0) is survives
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _is_alive_after(pid, seconds):
    """Whether the process still runs; gives up waiting for its end after so long."""
    deadline = time.monotonic() + seconds
    pause = __import__("threading").Event()
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        pause.wait(0.02)
    return True


@pytest.mark.slow
def test_a_port_in_use_or_an_impossible_size_is_an_error_in_words():
    taken = bind("127.0.0.1", 0)
    try:
        port = taken["control"].getsockname()[1]
        taken["control"].listen()
        ports = subprocess.run(
            [*COMMAND[:3], "--base-port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    finally:
        for listener in taken.values():
            listener.close()
    size = subprocess.run(
        [*COMMAND, "--products", "9999"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )

    assert (ports.returncode, size.returncode) == (2, 2)
    assert "in use" in ports.stderr
    assert "9999 products asked for" in size.stderr
    assert "Traceback" not in ports.stderr + size.stderr


@pytest.mark.slow
def test_the_default_world_starts_in_a_second_and_a_half_of_processor_time_and_200_mb():
    with subprocess.Popen([*COMMAND[:3], "--base-port", "0"], cwd=ROOT, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        fields = Path(f"/proc/{process.pid}/stat").read_text().split()
        used_s = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
        status = dict(
            line.split(":\t", 1)
            for line in Path(f"/proc/{process.pid}/status").read_text().splitlines()
            if ":\t" in line
        )
        process.terminate()
        process.wait(20)

    assert used_s < 3  # measured 1.1-1.5 on two busy cores; room for slower ones
    assert int(status["VmHWM"].split()[0]) < 200_000


def test_practice_worlds_share_nothing_but_the_goods():
    one, other = practice(), practice()
    fault(one, "shop", "empty_200")

    assert list(other.plan) == []
    assert one.world is other.world
