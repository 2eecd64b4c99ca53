"""deploy/compose.yaml: valid, least privilege for every service (reliability row 39), and who may reach whom.

Each rule is written with what breaks it: a violation of each is planted and seen caught, as in `test_walls.py`.
"""

from __future__ import annotations

import copy
import re
import subprocess

import check_jsonschema.builtin_schemas
import jsonschema
import pytest

from crawlers.settings import CrawlSettings
from tests.support.deploy_files import (
    DEPLOY,
    NOBODY,
    SECRET,
    TMP,
    compose,
    every_setting,
    has_version,
    marketplace_settings,
)

OURS = {"bijia", "api", "worker", "follower"}
NODES = {"search-1", "search-2", "search-3"}
ONCE = {"certificates", "search-user"}
WRITABLE = {
    "bijia": {TMP, "/data"},
    "proxy": {TMP},
    "api": {TMP, "/data"},
    "worker": {TMP, "/data"},
    "follower": {TMP, "/data"},
    "ledger": {TMP, "/var/run/postgresql", "/var/lib/postgresql/data"},
    "certificates": {TMP, "/usr/share/elasticsearch/data", "/usr/share/elasticsearch/logs"},
    "search-user": {TMP},
    "search-1": {TMP, "/config", "/usr/share/elasticsearch/logs", "/usr/share/elasticsearch/data"},
    "search-2": {TMP, "/config", "/usr/share/elasticsearch/logs", "/usr/share/elasticsearch/data"},
    "search-3": {TMP, "/config", "/usr/share/elasticsearch/logs", "/usr/share/elasticsearch/data"},
}
"""What a service may write to; everything else is read-only."""

REACH = {
    "outside": {"bijia", "worker"},
    "door": {"proxy"},
    "front": {"proxy", "api"},
    "ledger": {"ledger", "api", "worker", "follower"},
    "search": {*NODES, "search-user", "api", "follower"},
}
"""Who is on a network. A crawl is not on that of the search, what answers is not on that of the internet."""


def writable(service):
    volumes = [volume.split(":") for volume in service.get("volumes", ())]
    return {place.partition(":")[0] for place in service.get("tmpfs", ())} | {
        parts[1] for parts in volumes if parts[-1] != "ro"
    }


def on(document, network):
    return {name for name, one in document["services"].items() if network in one.get("networks", ())}


def settings_of(service):
    return set(service.get("environment", {}))


def crawl_settings():
    named = {f"BIJIA_{name.upper()}" for name in CrawlSettings.model_fields}
    return (named | {"BIJIA_WORKERS"} | set(marketplace_settings())) - {
        "BIJIA_DATA_DIR",
        "BIJIA_DATABASE_URL",
        "BIJIA_DATABASE_POOL",
    }


def each(complaint):
    """A rule that every service keeps: the names of those that do not."""
    return lambda document: [name for name, one in document["services"].items() if complaint(name, one)]


def limits(service):
    return service.get("deploy", {}).get("resources", {}).get("limits", {})


def set_in(service, **changed):
    return lambda document: document["services"][service].update(changed)


def set_for(service, name, value):
    return lambda document: document["services"][service]["environment"].__setitem__(name, value)


COMPOSE = {
    "the default is one container": (
        lambda document: {
            name for name, one in document["services"].items() if not one.get("profiles")
        } ^ {"bijia"},
        set_in("ledger", profiles=[]),
    ),
    "images are named with a version": (
        each(lambda _, one: not has_version(one["image"])),
        set_in("proxy", image="nginxinc/nginx-unprivileged:latest"),
    ),
    "nobody is root": (
        each(lambda _, one: not re.fullmatch(r"[1-9]\d*:\d+", one.get("user", ""))),
        set_in("certificates", user="0"),
    ),
    "ours run as the image's user": (
        each(lambda name, one: name in OURS and one["user"] != f"{NOBODY}:{NOBODY}"),
        set_in("api", user="1000:1000"),
    ),
    "roots are read-only": (
        each(lambda _, one: one.get("read_only") is not True),
        set_in("ledger", read_only=False),
    ),
    "no capability is left": (
        each(lambda _, one: one.get("cap_drop") != ["ALL"] or "cap_add" in one),
        set_in("proxy", cap_add=["NET_BIND_SERVICE"]),
    ),
    "none can be gained": (
        each(lambda _, one: one.get("security_opt") != ["no-new-privileges:true"]),
        set_in("worker", security_opt=[]),
    ),
    "the machine's namespaces and sockets stay its own": (
        each(
            lambda _, one: {"privileged", "pid", "ipc", "devices", "userns_mode"} & set(one)
            or one.get("network_mode", "none") != "none"
            or "docker.sock" in str(one.get("volumes"))
        ),
        set_in("api", network_mode="host"),
    ),
    "only what is declared is written to": (
        each(lambda name, one: writable(one) != WRITABLE[name]),
        lambda document: document["services"]["api"]["volumes"].append("data:/opt"),
    ),
    "processor, memory and processes are bounded": (
        each(lambda _, one: set(limits(one)) != {"cpus", "memory", "pids"}),
        lambda document: limits(document["services"]["worker"]).pop("memory"),
    ),
    "what ends is started again, but what runs once": (
        each(lambda name, one: one["restart"] != ("no" if name in ONCE else "unless-stopped")),
        set_in("follower", restart="no"),
    ),
    "everything says whether it is well": (
        # What serves has the image's own check.
        each(lambda name, one: "healthcheck" not in one and name not in ONCE | {"bijia", "api"}),
        lambda document: document["services"]["worker"].pop("healthcheck"),
    ),
    "logs are bounded": (
        each(lambda _, one: "max-size" not in one.get("logging", {}).get("options", {})),
        set_in("search-1", logging={}),
    ),
    "nobody is on a network without a reason": (
        lambda document: [name for name, who in REACH.items() if on(document, name) != who]
        + sorted(set(document["networks"]) ^ set(REACH)),
        lambda document: document["services"]["worker"]["networks"].append("search"),
    ),
    "only crawls and the door lead outside": (
        lambda document: {
            name for name, one in document["networks"].items() if not one.get("internal")
        } ^ {"outside", "door"},
        lambda document: document["networks"]["ledger"].pop("internal"),
    ),
    "only this machine gets in, until somebody says otherwise": (
        each(lambda name, one: (
            any(not port.startswith("127.0.0.1:") for port in one.get("ports", ()))
            or bool(one.get("ports")) != (name in {"bijia", "proxy"})
        )),
        set_in("ledger", ports=["127.0.0.1:5432:5432"]),
    ),
    "no secret is written down": (
        each(lambda _, one: [n for n, v in one.get("environment", {}).items() if SECRET.search(n) and v]),
        set_for("ledger", "POSTGRES_PASSWORD", "postgres"),
    ),
    "a crawl is given what crawls need, and the ledger": (
        lambda document: settings_of(document["services"]["worker"])
        ^ (crawl_settings() | {"BIJIA_DATABASE_URL", "BIJIA_DATABASE_POOL", "PGPASSWORD"}),
        set_for("worker", "BIJIA_ADMIN_KEY", None),
    ),
    "the one container is given what crawls need, and the admin key": (
        lambda document: settings_of(document["services"]["bijia"])
        ^ (crawl_settings() | {"BIJIA_ADMIN_KEY"}),
        lambda document: document["services"]["bijia"]["environment"].pop("BIJIA_CONTACT"),
    ),
    "what answers and what follows have no marketplace's credentials": (
        lambda document: [
            name for name in ("api", "follower")
            if settings_of(document["services"][name]) & crawl_settings()
        ],
        set_for("api", "BIJIA_JD_APP_SECRET", None),
    ),
    "administrators' passwords stay with their servers": (
        each(lambda name, one: (
            name not in {*NODES, *ONCE, "ledger"}
            and settings_of(one) & {"ELASTIC_PASSWORD", "POSTGRES_PASSWORD"}
        )),
        set_for("api", "ELASTIC_PASSWORD", ""),
    ),
    "settings that are given exist": (
        each(lambda _, one: (
            {n for n in settings_of(one) if n.startswith("BIJIA_")} - set(every_setting())
        )),
        set_for("api", "BIJIA_SEARCH_URLS", ""),
    ),
    "Elasticsearch asks who you are, over TLS, in all three": (
        lambda document: [
            name
            for name in NODES
            for key in ("security.enabled", "security.http.ssl.enabled", "security.transport.ssl.enabled")
            if document["services"][name]["environment"].get(f"xpack.{key}") != "true"
        ],
        set_for("search-2", "xpack.security.http.ssl.enabled", "false"),
    ),
    "what is mounted from here is there, and read-only": (
        each(lambda _, one: [
            volume for volume in one.get("volumes", ())
            if volume.startswith(".")
            and not (volume.endswith(":ro") and (DEPLOY / volume.split(":")[0]).is_file())
        ]),
        lambda document: document["services"]["proxy"]["volumes"].append("./compose/other.conf:/other:ro"),
    ),
    "it is what the compose specification says": (
        lambda document: [error.message for error in compose_schema().iter_errors(document)],
        set_in("api", replicas=3),
    ),
}  # fmt: skip


def compose_schema():
    schema = check_jsonschema.builtin_schemas.get_builtin_schema("vendor.compose-spec")
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.fixture(scope="module")
def composed():
    return compose()


@pytest.mark.parametrize("rule", COMPOSE)
def test_compose(composed, rule):
    complaints, _ = COMPOSE[rule]

    assert list(complaints(composed)) == []


@pytest.mark.parametrize("rule", COMPOSE)
def test_a_planted_breach_of_compose_is_caught(composed, rule):
    complaints, plant = COMPOSE[rule]
    document = copy.deepcopy(composed)
    plant(document)

    assert list(complaints(document))


def test_the_proxy_keeps_nothing_of_a_searcher_and_names_the_host_that_was_asked():
    conf = (DEPLOY / "compose" / "nginx.conf").read_text("utf-8")

    assert "access_log off;" in conf
    assert "error_log stderr alert;" in conf  # errors below quote the request
    assert "proxy_set_header Host $http_host;" in conf


@pytest.mark.parametrize(
    "script", sorted(path.relative_to(DEPLOY).as_posix() for path in DEPLOY.rglob("*.sh"))
)
def test_scripts_can_be_read_and_stop_at_the_first_error(script):
    text = (DEPLOY / script).read_text("utf-8")

    subprocess.run(["bash", "-n", DEPLOY / script], check=True)
    assert re.search(r"^set -eu(o pipefail)?$", text, re.MULTILINE)
    assert (DEPLOY / script).stat().st_mode & 0o111
