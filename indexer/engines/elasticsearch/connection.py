"""The only way to the cluster: deadlines, the breaker, and no error but ours (`answers` has the words).

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

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

from catalog.errors import SearchRefused, SearchUnavailable
from indexer.engines.elasticsearch.answers import MAJOR, another_version, meaning, silent
from indexer.engines.elasticsearch.breaker import Breaker
from indexer.engines.elasticsearch.settings import Cluster, node_texts

READ_S: Final = 2.0
"""Deadline of what somebody waits for (DECISIONS 42)."""
MANAGE_S: Final = 30.0
"""Deadline of making, changing and removing indexes."""
WRITE_S: Final = 10.0
"""Deadline of one bulk request: a slow cluster is not a dead one, and a follower's lease lasts 20 s (DECISIONS 42)."""
PATIENCE_S: Final = 10.0
"""How long what may be done twice is tried: well below the follower's lease (DECISIONS 42)."""
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 3.0
CONNECTIONS: Final = 16
"""Per node and process: searches run in threads, more of them wait for a free connection."""

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
                raise silent(self.where)
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
            raise another_version(self.where, ", ".join(others))
        self._is_checked = True

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
            raise meaning(self.where, error) from error


def pauses() -> Iterator[float]:
    """Full jitter: anything from nothing to the longest pause so far, which doubles."""
    longest = FIRST_PAUSE_S
    while True:
        yield random.uniform(0, longest)  # noqa: S311 # spreads load, guards nothing
        longest = min(2 * longest, LONGEST_PAUSE_S)
