"""Generations as indexes of a cluster: ``<name>-v<version>-g<generation>``, and one alias on the one that is searched.

Which generation is searched, the ledger says; the alias is moved after it in one call, for whatever else reads the
cluster, and put right by the next follower if a process died between the two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from catalog.errors import SearchRefused, SearchUnavailable
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.engine import ElasticsearchEngine
from indexer.engines.elasticsearch.mapping import building_settings, own_mappings, replica_settings, template
from indexer.engines.elasticsearch.settings import Cluster

SHARD_WAIT: Final = "10s"
"""How long the shards of a new index may take to get their places."""
NO_PLACE: Final = "its disks are full, or allocation is off (GET _cluster/allocation/explain)"

_NUMBER: Final = re.compile(r"-g(\d+)$")


class ElasticsearchStore:
    """All generations in one cluster. Nothing is sent before it is needed."""

    is_shared: Final = True

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._template = f"{cluster.index}-products"
        self._connection = Connection(cluster)

    def writer(self, generation: int, marketplaces: Sequence[str], version: str = "") -> ElasticsearchEngine:
        """Open or make; see the port."""
        found = self._find(generation)
        if not found:
            name = f"{self._cluster.index}-v{version or 0}-g{generation}"
            self._connection.manage(
                lambda c: c.indices.put_index_template(name=self._template, **template(self._cluster))
            )
            made = self._connection.manage(
                lambda c: c.indices.create(
                    index=name,
                    mappings=own_mappings(generation, version, marketplaces),
                    settings=building_settings(),
                    timeout=SHARD_WAIT,
                )
            )
            if not made.body["shards_acknowledged"]:
                self.drop(generation)
                raise SearchRefused(
                    "BIJIA_SEARCH_URL", f"{self._connection.where} has no place for a new index: {NO_PLACE}"
                )
            return ElasticsearchEngine(self._connection, name, is_writer=True)
        return ElasticsearchEngine(self._connection, next(iter(found)), is_writer=True)

    def reader(self, generation: int) -> ElasticsearchEngine:
        """Open; see the port."""
        found = self._find(generation)
        if not found:
            raise SearchUnavailable(
                f"no index generation {generation} at {self._connection.where}: bijia index rebuild"
            )
        return ElasticsearchEngine(self._connection, next(iter(found)), is_writer=False)

    def activate(self, generation: int) -> None:
        """Copies, refreshing and the alias: what a searched generation has; see the port."""
        aliased = self._aliased()
        for name in self._find(generation):
            self._serve(name)
            if aliased != {name}:
                self._unlock(aliased - {name})
                self._swap_alias(name)

    def _serve(self, name: str) -> None:
        wanted = {"index.refresh_interval": None} | replica_settings(self._cluster)
        self._connection.manage(lambda c: c.indices.put_settings(index=name, settings=wanted))

    def _swap_alias(self, name: str) -> None:
        alias = self._cluster.index
        actions: list[dict[str, Any]] = [
            {"remove": {"index": f"{alias}-v*", "alias": alias, "must_exist": False}},
            {"add": {"index": name, "alias": alias}},
        ]
        self._connection.manage(lambda c: c.indices.update_aliases(actions=actions))

    def holds(self, generation: int) -> bool:
        """Whether it is there; see the port."""
        return bool(self._find(generation))

    def generations(self) -> list[int]:
        """Every generation there is."""
        found = self._indexes(f"{self._cluster.index}-v*")
        return sorted(int(match[1]) for name in found if (match := _NUMBER.search(name)))

    def drop(self, generation: int) -> None:
        """Remove; see the port."""
        names = list(self._find(generation))
        if names:
            self._unlock(names)
            self._connection.manage(lambda c: c.indices.delete(index=names, ignore_unavailable=True))
        if names and not self.generations():  # who is gone leaves nothing
            self._connection.manage(
                lambda c: c.options(ignore_status=404).indices.delete_index_template(name=self._template)
            )

    def close(self) -> None:
        """Give back all connections."""
        self._connection.close()

    def _find(self, generation: int) -> Mapping[str, Any]:
        return self._indexes(f"{self._cluster.index}-v*-g{generation}")

    def _aliased(self) -> set[str]:
        """The indexes that the alias is on; one, unless a process died between the ledger's word and ours."""
        alias = self._cluster.index
        return {name for name, one in self._indexes(f"{alias}-v*").items() if alias in one["aliases"]}

    def _unlock(self, names: Collection[str]) -> None:
        """What somebody made read-only by hand keeps even its alias: it has to be let go of."""
        if names:
            unlocked = {"index.blocks.read_only": None}
            self._connection.manage(
                lambda c: c.indices.put_settings(
                    index=list(names), settings=unlocked, ignore_unavailable=True, allow_no_indices=True
                )
            )

    def _indexes(self, pattern: str) -> Mapping[str, Any]:
        """Our indexes by name, with their aliases. Quick: readers wait for it."""
        self._connection.check()
        found: Mapping[str, Any] = self._connection.probe(
            lambda c: c.indices.get_alias(index=pattern, allow_no_indices=True, expand_wildcards="open")
        ).body
        return found
