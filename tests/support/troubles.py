"""What happens to a cluster under those who use it, on a real node: done, and undone at the end of the block."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.support.elasticsearch import admit
from tests.support.processes import wait_until

USER, PASSWORD = "bijia", "open sesame 芝麻"
WRONG_PASSWORD = "planted-wrong-密码"


@dataclass(frozen=True)
class Trouble:
    """What goes wrong, and what is said until it is over."""

    happens: Callable
    """Called with the node, the gate before it and the name that all indexes begin with."""
    says: str
    is_searched: bool = False
    """Whether searches go on."""
    is_mended_by_rebuild: bool = False
    """Whether `bijia index rebuild` is the way out; else it fails as well."""


def indexes(node, index):
    """The names of its generations; one, unless an older one is kept."""
    return sorted(node.ask("GET", f"/{index}-v*?expand_wildcards=all")[1])


def put(node, path, settings):
    status, answer = node.ask("PUT", path, settings)
    assert status == 200, answer


def on_index(setting):
    """A setting of the one index that there is."""

    @contextmanager
    def happens(node, _gate, index):
        (name,) = indexes(node, index)
        put(node, f"/{name}/_settings", {setting: True})
        try:
            yield
        finally:
            put(node, f"/{name}/_settings", {setting: None})

    return happens


def on_cluster(settings):
    """Settings of the whole cluster."""

    @contextmanager
    def happens(node, _gate, _index):
        put(node, "/_cluster/settings", {"persistent": settings})
        try:
            yield
        finally:
            put(node, "/_cluster/settings", {"persistent": dict.fromkeys(settings)})

    return happens


def admitting(password, role):
    """Somebody changes the user's password, or takes the rights away."""

    @contextmanager
    def happens(node, _gate, _index):
        admit(node.process.folder, {USER: password}, role=role)
        try:
            yield
        finally:
            admit(node.process.folder, {USER: PASSWORD})
            wait_until(lambda: node.ask("GET", "/_nodes")[0] == 200, "the node has read it")

    return happens


@contextmanager
def shard_lost(node, _gate, index):
    """The files of the one shard are gone: the index is red, and stays so."""
    (name,) = indexes(node, index)
    number = node.ask("GET", f"/{name}/_settings")[1][name]["settings"]["index"]["uuid"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.follow.LOOK_S", 60)  # closed, as it is for a moment, it would look deleted
        assert node.ask("POST", f"/{name}/_close")[0] == 200
        shutil.rmtree(node.process.folder / "data" / "indices" / number / "0" / "index")
        assert node.ask("POST", f"/{name}/_open?wait_for_active_shards=0")[0] == 200
    wait_until(lambda: node.ask("GET", f"/_cluster/health/{name}")[1]["status"] == "red", "it is red")
    yield


DISK = "cluster.routing.allocation.disk"
FULL = {f"{DISK}.threshold_enabled": True} | {
    f"{DISK}.watermark.{mark}": "999tb" for mark in ("low", "high", "flood_stage")
}
"""Free space that no machine has: the node puts its own block on the index, and takes it off afterwards."""


def troubles():
    """By name."""
    return {
        "nobody listens": Trouble(lambda _node, gate, _index: gate.shut(), r"cannot be reached \(BIJIA_SEARCH_URL\)"),
        "it falls silent": Trouble(lambda _node, gate, _index: gate.silent(), r"\(BIJIA_SEARCH_URL\) gave no answer in time"),
        "the password is changed": Trouble(admitting(WRONG_PASSWORD, "superuser"), r"BIJIA_SEARCH_USER and _PASSWORD \(401\)"),
        "the rights are taken": Trouble(admitting(PASSWORD, "nobody"), r"BIJIA_SEARCH_API_KEY: .* does not allow this \(403\): action \["),
        "the index takes no writes": Trouble(on_index("index.blocks.write"), "read-only: .*index write .*, or bijia index rebuild", is_searched=True, is_mended_by_rebuild=True),
        "the index is read-only": Trouble(on_index("index.blocks.read_only"), "read-only: .*index read-only .*, or bijia index rebuild", is_searched=True, is_mended_by_rebuild=True),
        "the cluster is read-only": Trouble(on_cluster({"cluster.blocks.read_only": True}), "BIJIA_SEARCH_URL: .* is read-only: .*cluster read-only", is_searched=True),
        "the disks are full": Trouble(on_cluster(FULL), "BIJIA_SEARCH_URL: .*disks .*full", is_searched=True),
        "a shard is lost": Trouble(shard_lost, r"part of the index is missing .*\(BIJIA_SEARCH_URL\): .*bijia index rebuild", is_mended_by_rebuild=True),
    }  # fmt: skip
