"""The only way to the cluster: deadlines, the breaker, and errors that say what to do.

The client's own retries are off but for another node when one cannot be reached: who waits for an answer gets it, or a
reason, within the deadline; who writes has its own rules in `writing`.
"""

from __future__ import annotations

import base64
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import elasticsearch
from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer, UnsupportedProductError

from catalog.errors import SearchRefused, SearchUnavailable
from indexer.engines.elasticsearch.breaker import Breaker
from indexer.engines.elasticsearch.settings import Cluster, node_texts

READ_S: Final = 2.0
"""Deadline of what somebody waits for (DECISIONS 42)."""
MANAGE_S: Final = 30.0
"""Deadline of making, changing and removing indexes."""
WRITE_S: Final = 30.0
"""Deadline of one bulk request: a slow cluster is not a dead one."""
PATIENCE_S: Final = 10.0
"""How long what may be done twice is tried: well below the follower's lease (DECISIONS 42)."""
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 3.0
CONNECTIONS: Final = 16
"""Per node and process: searches run in threads, more of them wait for a free connection."""

MAJOR: Final = elasticsearch.__version__[0]
"""The server's major version that this client speaks."""

T = TypeVar("T")


class Connection:
    """A cluster, asked with deadlines. Safe to share between threads."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster: Final = cluster
        self._breaker = Breaker()
        self._is_checked = False
        logging.getLogger("elastic_transport").setLevel(logging.WARNING)  # at INFO it has a line per request
        logging.getLogger("elastic_transport.transport").setLevel(
            logging.ERROR
        )  # a traceback per try elsewhere
        more: dict[str, Any] = {}
        if cluster.api_key:
            more["api_key"] = cluster.api_key
        if cluster.user:
            words = (
                f"{cluster.user}:{cluster.password}".encode()
            )  # the client itself takes no more than ASCII
            more["basic_auth"] = base64.b64encode(words).decode()
        if cluster.ca_file:
            more["ca_certs"] = cluster.ca_file
        self._client = Elasticsearch(
            list(cluster.nodes),
            serializer=OrjsonSerializer(),
            connections_per_node=CONNECTIONS,
            max_retries=len(cluster.nodes) - 1,
            retry_on_status=(),
            retry_on_timeout=False,
            retry_backoff_base=0,
            **more,
        )

    def read(self, call: Callable[[Elasticsearch], T], *, until: float | None = None) -> T:
        """Ask something that somebody waits for, until this moment of the monotonic clock; None: for `READ_S`.

        Raises:
            SearchUnavailable: no answer in time, or the cluster failed often just now and is left alone.
        """
        left_s = READ_S if until is None else until - time.monotonic()
        with self._breaker.guard():
            if left_s <= 0:
                raise SearchUnavailable(f"Elasticsearch at {self.where} gave no answer in time")
            return self._ask(call, left_s)

    def probe(self, call: Callable[[Elasticsearch], T]) -> T:
        """As `read`, whatever the breaker says: how a cluster is, is asked of the cluster."""
        return self._ask(call, READ_S)

    def manage(self, call: Callable[[Elasticsearch], T]) -> T:
        """Make, change or remove indexes."""
        self.check()
        return self._ask(call, MANAGE_S)

    def repeat(self, call: Callable[[Elasticsearch], T]) -> T:
        """Refresh, or read all of an index: tried again while that may help, since a rebuild would begin anew."""
        until, again = time.monotonic() + PATIENCE_S, pauses()
        while True:
            try:
                return self._ask(call, MANAGE_S)
            except SearchRefused:
                raise
            except SearchUnavailable:
                pause = next(again)
                if time.monotonic() + pause > until:
                    raise
            threading.Event().wait(pause)

    def writing(self) -> Elasticsearch:
        """The client for bulk requests: no retries of its own, errors as they are."""
        return self._client.options(request_timeout=WRITE_S, max_retries=0)

    def check(self) -> None:
        """Once: the servers are Elasticsearch of our major version.

        Raises:
            SearchRefused: they are not.
        """
        if self._is_checked:
            return
        nodes = self._ask(lambda c: c.nodes.info(filter_path="nodes.*.version"), READ_S).body.get("nodes", {})
        versions = sorted({str(node["version"]) for node in nodes.values()})
        others = [version for version in versions if version.partition(".")[0] != str(MAJOR)]
        if others:
            raise self.wrong_version(", ".join(others))
        self._is_checked = True

    def wrong_version(self, found: str) -> SearchRefused:
        """The servers are of another major version."""
        return SearchRefused(
            "BIJIA_SEARCH_URL",
            f"{self.where} runs Elasticsearch {found}; this version of bijia needs {MAJOR}.x",
        )

    @property
    def where(self) -> str:
        """The cluster's addresses, for messages."""
        return node_texts(self.cluster.nodes)

    def close(self) -> None:
        """Give back all connections."""
        self._client.close()

    def _ask(self, call: Callable[[Elasticsearch], T], deadline_s: float) -> T:
        try:
            return call(self._client.options(request_timeout=deadline_s))
        except (ApiError, TransportError) as error:
            raise self.translated(error) from error

    def translated(self, error: Exception) -> SearchUnavailable:
        """The error as ours: what happened, and which setting or command mends it."""
        if isinstance(error, UnsupportedProductError):
            return SearchRefused("BIJIA_SEARCH_URL", f"what answers at {self.where} is not Elasticsearch")
        if isinstance(error, ApiError):
            return self._answered(error)
        if isinstance(error, ConnectionTimeout):
            return SearchUnavailable(f"Elasticsearch at {self.where} gave no answer in time")
        if isinstance(error, TlsError):
            return SearchRefused(
                "BIJIA_SEARCH_CA_FILE", f"the certificate of {self.where} is not trusted: {error}"
            )
        if isinstance(error, Unreachable):
            return SearchUnavailable(
                f"Elasticsearch at {self.where} cannot be reached (BIJIA_SEARCH_URL): {error}"
            )
        return SearchUnavailable(f"Elasticsearch at {self.where} answered nonsense: {error}")

    def _answered(self, error: ApiError) -> SearchUnavailable:
        kind, reason = cause_of(error.body)
        refused = refusal(self.where, error.status_code, kind, reason)
        if refused is not None:
            return refused
        if kind == "media_type_header_exception":
            return self.wrong_version("of another major version")
        return SearchUnavailable(f"Elasticsearch at {self.where}: {error.status_code} {kind}: {reason[:300]}")


def pauses() -> Iterator[float]:
    """Full jitter: anything from nothing to the longest pause so far, which doubles."""
    longest = FIRST_PAUSE_S
    while True:
        yield random.uniform(0, longest)  # noqa: S311 # spreads load, guards nothing
        longest = min(2 * longest, LONGEST_PAUSE_S)


def cause_of(body: object) -> tuple[str, str]:
    """(type, reason) in an error's body."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        return str(error.get("type", "")), str(error.get("reason", ""))
    return "", str(error)


def refusal(where: str, status: int, kind: str, reason: str) -> SearchRefused | None:
    """What the operator has to mend; None when waiting may help."""
    if kind == "cluster_block_exception":
        if "flood-stage" in reason or "disk usage" in reason:
            return SearchRefused(
                "BIJIA_SEARCH_URL", f"the disks of {where} are full: writing waits until there is room"
            )
        return SearchRefused("BIJIA_SEARCH_URL", f"{where} is read-only: {reason[:200]}")
    if status == 401:
        return SearchRefused(
            "BIJIA_SEARCH_API_KEY",
            f"{where} does not accept the key, or BIJIA_SEARCH_USER and _PASSWORD (401)",
        )
    if status == 403:
        return SearchRefused("BIJIA_SEARCH_API_KEY", f"{where} does not allow this (403): {reason[:200]}")
    if kind == "index_not_found_exception":
        return SearchRefused("BIJIA_SEARCH_INDEX", f"the index is gone from {where}: bijia index rebuild")
    return None
