"""A real Elasticsearch for tests: one node, or three on one machine that can be killed one by one.

    server = ElasticsearchServer.start(installation(may_fetch=True), folder)
    server.kill()               # SIGKILL, the JVM included
    server.start_again()        # same port, same data
    server.stop()

Security is off (unless `users` are given), indices are never made by mistake, and a full disk of the machine is not the
test's business. This distribution has no ``GET /``: ask ``/_cluster/health``.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
import shutil
import signal
import ssl
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.certificates import Authority
from tests.support.elasticsearch_distribution import Installation
from tests.support.server_process import ServerProcess, free_port, hand_over

START_PATIENCE_S = 180
"""A node answers after 8 s on two quiet cores, three after 20 s; on busy ones after several times that."""
LOOK_S = 0.1
HEAP_MB = 512
HEAP_OF_THREE_MB = 384
QUICK_START = "-XX:TieredStopAtLevel=1"
"""For the JVM: 13 s of processor time until a node answers instead of 23, at the price of half its speed later."""
TLS = {f"xpack.security.http.ssl.{name}": value for name, value in
       {"enabled": "true", "certificate": "node.pem", "key": "node.key"}.items()}  # fmt: skip
"""Names in its configuration's folder: it may read certificates nowhere else."""


@dataclass
class ElasticsearchAddress:
    """A node somebody runs: its address, and a way to ask it without the code under test."""

    port: int
    credentials: tuple[str, str] | None = field(default=None, kw_only=True)
    ca_file: Path | None = field(default=None, kw_only=True)
    """Whose certificate it shows; None: it speaks no TLS."""

    @property
    def url(self) -> str:
        """Without credentials, without a slash at the end."""
        return f"{'http' if self.ca_file is None else 'https'}://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: object = None, *, timeout_s: float = 30) -> tuple[int, Any]:
        """(status, decoded answer); a list as body is sent as lines, as `_bulk` wants them."""
        headers = {"Content-Type": "application/json"}
        if self.credentials is not None:
            token = base64.b64encode(":".join(self.credentials).encode()).decode()
            headers["Authorization"] = f"Basic {token}"
        if isinstance(body, list):
            headers["Content-Type"] = "application/x-ndjson"
            sent: str | None = "".join(json.dumps(line) + "\n" for line in body)
        else:
            sent = None if body is None else json.dumps(body)
        connection = self._connection(timeout_s)
        try:
            connection.request(method, path, sent and sent.encode(), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(text) if is_json and text else text.decode()

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        if self.ca_file is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        trust = ssl.create_default_context(cafile=str(self.ca_file))
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout_s, context=trust)

    def is_healthy(self, *, nodes: int = 1, status: str = "yellow") -> bool:
        """Whether it answers, with so many nodes and every primary shard in its place."""
        query = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=1s"
        try:
            return self.ask("GET", query, timeout_s=10)[0] == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


@dataclass
class ElasticsearchServer(ElasticsearchAddress):
    """One node that this process started."""

    process: ServerProcess

    @classmethod
    def start(
        cls,
        installation: Installation,
        folder: Path,
        *,
        settings: Mapping[str, object] | None = None,
        **options: Any,
    ) -> ElasticsearchServer:
        """A single node in `folder`, when it is healthy.

        Args:
            settings: of its own, such as ``{"thread_pool.write.queue_size": 5}``; they win over ours.
            options: ``heap_mb``, ``users``, ``authority``, ``is_short_lived``, as for `launched`.
        """
        alone = {"cluster.name": _cluster_name(), "discovery.type": "single-node"}
        server = cls.launched(installation, folder, settings=alone | dict(settings or {}), **options)
        server.wait()
        return server

    @classmethod
    def launched(
        cls,
        installation: Installation,
        folder: Path,
        *,
        settings: Mapping[str, object],
        heap_mb: int = HEAP_MB,
        users: Mapping[str, str] | None = None,
        authority: Authority | None = None,
        is_short_lived: bool = True,
    ) -> ElasticsearchServer:
        """A node that was told to start and may not answer yet.

        Args:
            settings: what makes it a single node or one of several, and what a test wants of it.
            heap_mb: it takes about 220 MB more than that.
            users: names with passwords, all superusers; giving any turns security on.
            authority: who signs its certificate; giving one turns TLS on, which takes `users` as well.
            is_short_lived: it is compiled for a quick start (`QUICK_START`); not what to measure speed on.
        """
        port = free_port()
        chosen = {
            "network.host": "127.0.0.1",
            "http.port": port,
            "transport.port": free_port(),
            "path.data": folder / "data",
            "path.logs": folder / "logs",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "action.auto_create_index": "false",
            "xpack.security.enabled": str(bool(users)).lower(),
        } | dict(settings)
        ca_file = None if authority is None else authority.write(folder / "ca.pem")
        if authority is not None:
            chosen |= TLS
        _prepare(installation, folder, users or {}, authority)
        process = ServerProcess(
            [
                installation.home / "bin" / "elasticsearch",
                *(f"-E{name}={value}" for name, value in chosen.items()),
            ],
            folder,
            {
                "ES_JAVA_HOME": str(installation.java),
                "ES_JAVA_OPTS": f"-Xms{heap_mb}m -Xmx{heap_mb}m {QUICK_START if is_short_lived else ''}".strip(),
                "CLI_JAVA_OPTS": f"{QUICK_START} -Djava.io.tmpdir={folder / 'tmp'}",  # else it litters /tmp
                "ES_PATH_CONF": str(folder / "config"),
                "ES_TMPDIR": str(folder / "tmp"),
            },
            installation.user,
        )
        process.launch()
        return cls(port, process, credentials=next(iter((users or {}).items()), None), ca_file=ca_file)

    def wait(self, *, nodes: int = 1, status: str = "yellow") -> None:
        """Until it is healthy; a node that ends or takes too long is stopped, and its last words are the error."""
        deadline = time.monotonic() + START_PATIENCE_S
        while not self.is_healthy(nodes=nodes, status=status):
            if self.process.has_ended() or time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(f"Elasticsearch did not start:\n{self.process.last_words()}")
            time.sleep(LOOK_S)  # noqa: TID251 - watching another process

    def kill(self) -> None:
        """SIGKILL to the launcher and the JVM; gone when this returns."""
        self.process.kill()

    def freeze(self) -> None:
        """Let it hold its connections and answer nothing, as a machine that swaps does."""
        self.process.group.send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        self.process.group.send(signal.SIGCONT)

    def stop(self) -> None:
        """End it in order, within 30 s; nothing when it has ended already."""
        self.thaw()
        self.process.stop()

    def start_again(self) -> None:
        """The same node on the same ports and data, after `kill` or `stop`; returns when it is healthy."""
        self.process.launch()
        self.wait()


@dataclass
class ElasticsearchCluster:
    """Three nodes of this machine; each can be killed and started again by itself."""

    nodes: Sequence[ElasticsearchServer]

    @classmethod
    def start(
        cls,
        installation: Installation,
        folder: Path,
        *,
        size: int = 3,
        settings: Mapping[str, object] | None = None,
        **options: Any,
    ) -> ElasticsearchCluster:
        """Nodes ``n1``, ``n2``, … that have found each other; `options` as for `ElasticsearchServer.launched`."""
        names = [f"n{number + 1}" for number in range(size)]
        transport = {name: free_port() for name in names}
        together = {
            "cluster.name": _cluster_name(),
            "cluster.initial_master_nodes": ",".join(names),
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in transport.values()),
        } | dict(settings or {})
        nodes = []
        for name in names:
            (folder / name).mkdir()
            own = {"node.name": name, "transport.port": transport[name]}
            heap = {"heap_mb": HEAP_OF_THREE_MB} | options
            nodes.append(
                ElasticsearchServer.launched(installation, folder / name, settings=together | own, **heap)
            )
        cluster = cls(nodes)
        try:
            cluster.wait()
        except RuntimeError:
            cluster.kill()
            raise
        return cluster

    @property
    def urls(self) -> list[str]:
        """One per node, in the order of `nodes`."""
        return [node.url for node in self.nodes]

    @property
    def running(self) -> list[ElasticsearchServer]:
        """The nodes that have not ended."""
        return [node for node in self.nodes if not node.process.has_ended()]

    def wait(self, *, status: str = "yellow") -> None:
        """Until every running node sees all running nodes."""
        alive = self.running
        for node in alive:
            node.wait(nodes=len(alive), status=status)

    def start_again(self, *, status: str = "yellow") -> None:
        """Start every node that has ended."""
        for node in self.nodes:
            if node.process.has_ended():
                node.process.launch()
        self.wait(status=status)

    def kill(self) -> None:
        """SIGKILL to every node."""
        for node in self.nodes:
            node.kill()

    def stop(self) -> None:
        """End all in order, at the same time: a node that is alone waits for the others to come back."""
        with ThreadPoolExecutor(len(self.nodes)) as pool:
            list(pool.map(ElasticsearchServer.stop, self.nodes))


def _cluster_name() -> str:
    """Of its own: a node that finds a stranger's port in its list of neighbours must not join it."""
    return f"bijia-test-{secrets.token_hex(4)}"


def _prepare(
    installation: Installation, folder: Path, users: Mapping[str, str], authority: Authority | None
) -> None:
    """Folders for one node. A node writes to its configuration too (its keystore): each has a copy."""
    shutil.copytree(installation.home / "config", folder / "config")
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    if authority is not None:
        authority.issue(folder / "config" / "node.pem", folder / "config" / "node.key")
    if users:
        admit(folder, users)
    hand_over(folder, installation.user)


def admit(folder: Path, users: Mapping[str, str], *, role: str = "superuser") -> None:
    """Names and passwords that the node in `folder` lets in; a running one reads it after ``resource.reload.interval.high``."""
    lines = [f"{name}:{_password_hash(password)}\n" for name, password in users.items()]
    (folder / "config" / "users").write_text("".join(lines))
    (folder / "config" / "users_roles").write_text(f"{role}:{','.join(users)}\n")


def _password_hash(password: str) -> str:
    """As the file realm stores it: PBKDF2 over SHA-512, rounds and salt beside it."""
    rounds, salt = 1000, secrets.token_bytes(32)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, rounds, 32)
    return f"{{PBKDF2}}{rounds}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
