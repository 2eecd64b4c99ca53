"""What the image holds, made by the image's own commands and run without a container runtime: as nobody, on a read-only
root, with no network and no capability (reliability row 39). The image itself was not built here: deploy/README.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.contained import Limits, cannot_contain, contained
from tests.support.deploy_files import DEPLOY, all_of, compose, environment_of, stages
from tests.support.processes import descendants, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("deploy_run")]

ROOT = DEPLOY.parent
ROOMS = ("api", "catalog", "crawlers", "indexer", "ledger", "marketplaces")
BUILDER, RESULT = stages((DEPLOY / "Dockerfile").read_text("utf-8"))
USER = int(all_of(RESULT, "USER")[0].text.partition(":")[0])
PAGE = "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000); c.request('GET', sys.argv[1]); print(c.getresponse().status)"  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The environment of the image, made by the Dockerfile's two RUN lines; whatever builds is this checkout's .venv."""
    folder = tmp_path_factory.mktemp("image") / "bijia"
    lines = [one.text for one in all_of(BUILDER, "RUN")]
    assert lines == ["deploy/install.sh packages /opt/bijia", "deploy/install.sh project /opt/bijia"]
    for line in lines:
        install(line.replace("/opt/bijia", str(folder)).split())
    (folder / "healthcheck.py").write_bytes((DEPLOY / "healthcheck.py").read_bytes())
    return folder


def install(command):
    """From what uv still has of `make`; from the network where it has not."""
    base = {**os.environ, "TOOLS": sys.prefix}
    for environment in ({**base, "UV_OFFLINE": "1"}, base):
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    pytest.fail(done.stderr)


def in_image(installed):
    """The environment variables of the image, with this place of the environment."""
    return {
        name: value.replace("/opt/bijia", str(installed)) for name, value in environment_of(RESULT).items()
    }


def limits(installed, data):
    return Limits(
        user=USER,
        read_only=[str(installed)],
        writable={"/data": str(data)},
        environment=in_image(installed),
        cwd=all_of(RESULT, "WORKDIR")[0].text,
    )


@pytest.fixture
def data(tmp_path):
    if why := cannot_contain():
        pytest.skip(f"no containers on this machine: {why}")
    folder = tmp_path / "data"
    folder.mkdir()
    os.chown(folder, USER, USER)
    return folder


@pytest.fixture(scope="module")
def demo(installed, tmp_path_factory):
    """The default container of compose.yaml, up and healthy."""
    if why := cannot_contain():
        pytest.skip(f"no containers on this machine: {why}")
    root, data = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("data")
    os.chown(data, USER, USER)
    command = ["bijia", *compose()["services"]["bijia"]["command"]]
    with contained(root, command, limits(installed, data)) as container:
        wait_until(lambda: is_well(container), "the container is healthy")
        yield container


def is_well(container):
    if container.outer.poll() is not None:
        pytest.fail(container.outer.stdout.read())
    test = json.loads(all_of(RESULT, "HEALTHCHECK")[0].text.partition("CMD ")[2])
    return container.run(*(word.replace("/opt/bijia", path_of(container)) for word in test)).returncode == 0


def path_of(container):
    return container.limits.read_only[0]


# ── what is in it ──


def test_nothing_in_it_builds_or_installs(installed):
    programs = {path.name for path in (installed / "bin").iterdir()}
    packages = {path.name for path in installed.glob("lib/*/site-packages/*")}

    assert "bijia" in programs
    assert {"pip", "pip3", "uv", "uvx", "hatchling", "gcc", "cc"} & programs == set()
    assert {"pip", "uv", "hatchling", "setuptools", "wheel", "pytest", "mypy"} & packages == set()


def test_every_file_of_the_rooms_is_in_the_wheel(installed):
    (site,) = installed.glob("lib/*/site-packages")
    listed = subprocess.run(
        ["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()

    assert len(listed) > 200
    assert [name for name in listed if (ROOT / name).exists() and not (site / name).exists()] == []


def test_nothing_points_back_to_the_source(installed):
    here = str(ROOT).encode()
    (site,) = installed.glob("lib/*/site-packages")
    links = [path for path in site.glob("*.pth") if here in path.read_bytes()]
    place = subprocess.run(
        [installed / "bin" / "python", "-P", "-c", "import api, ledger; print(api.__file__, ledger.__file__)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert links == []
    assert all(Path(name).is_relative_to(installed) for name in place.split())


def test_everything_is_compiled_already(installed):
    """Nobody may write beside it later."""
    (site,) = installed.glob("lib/*/site-packages")
    sources = [path for room in ROOMS for path in (site / room).rglob("*.py") if path.stat().st_size]

    assert [
        path for path in sources if not list((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))
    ] == []


def test_installed_elsewhere_it_works(installed, tmp_path):
    """With whatever rights this test has: the part that needs no root. A migration, the lexicon, the practice world."""
    environment = in_image(installed) | {"BIJIA_DATA_DIR": str(tmp_path / "data")}

    for command in (["bijia", "index", "rebuild"], ["python", "-m", "marketplaces", "--help"]):
        done = subprocess.run(
            [installed / "bin" / command[0], *command[1:]],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), command


def test_where_nothing_serves_the_health_check_says_so(installed):
    done = subprocess.run(
        [installed / "bin" / "python", DEPLOY / "healthcheck.py"],
        env={"BIJIA_PORT": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout.startswith("/healthz: ")) == (1, True)


def test_a_worker_without_a_schema_is_not_ready(installed, tmp_path):
    environment = in_image(installed) | {"BIJIA_DATA_DIR": str(tmp_path)}

    for kind in ("worker", "follower"):
        done = subprocess.run(
            [installed / "bin" / "python", DEPLOY / "healthcheck.py", kind],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (1, "")
        assert "ledger schema is empty" in done.stdout


# ── how it runs ──


def test_it_serves_a_page_and_the_command_finds_its_prices(demo):
    wait_until(lambda: status_of(demo, "/readyz") == "200", "the index is there")  # healthy is before ready

    page = status_of(demo, "/search?q=iPhone+15+128G")
    found = wait_until(
        lambda: demo.run("bijia", "search", "iPhone 15 128G", "--json", BIJIA_DATA_DIR="/data/demo-7").stdout,
        "an answer",
    )

    assert page == "200"
    assert json.loads(found)


def status_of(container, path):
    return container.run("python", "-c", PAGE, path).stdout.strip()


def test_it_writes_to_its_data_and_to_memory_only(demo):
    attempt = (
        "import os\n"
        "found = []\n"
        "for folder, inner, _ in os.walk('/'):\n"
        "    inner[:] = [one for one in inner if os.path.join(folder, one) not in {'/proc', '/data', '/tmp'}]\n"
        "    try:\n"
        "        open(os.path.join(folder, 'planted'), 'w').close()\n"
        "        found.append(folder)\n"
        "    except OSError:\n"
        "        pass\n"
        "for folder in ('/data', '/tmp'):\n"
        "    open(os.path.join(folder, 'planted'), 'w').close()\n"
        "print(found)"
    )

    done = demo.run("python", "-c", attempt)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_every_process_is_nobody_and_can_become_nobody_else(demo):
    pids = [demo.first, *descendants(demo.first)]
    status = [
        dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
        for pid in pids
    ]  # fmt: skip

    assert len(pids) >= 3  # the service, the practice marketplaces, the host of crawls
    assert {one["Uid"] for one in status} == {"\t".join([str(USER)] * 4)}
    assert {one[name] for one in status for name in ("CapEff", "CapPrm", "CapBnd")} == {"0" * 16}
    assert {one["NoNewPrivs"] for one in status} == {"1"}


def test_the_checkout_is_nowhere_in_it(demo):
    assert demo.run("ls", str(ROOT / "api")).returncode != 0


def test_asked_to_end_the_first_process_ends_in_order(installed, data, tmp_path):
    (tmp_path / "root").mkdir()
    command = ["bijia", *all_of(RESULT, "CMD")[0].words]

    with contained(tmp_path / "root", command, limits(installed, data)) as container:
        wait_until(lambda: is_well(container), "the container is healthy")
        status = container.end()
        said = container.outer.stdout.read()

    assert (status, "serving on http://0.0.0.0:8000/" in said, "Traceback" in said) == (0, True, False), said
    assert (data / "ledger.sqlite").exists()
