"""How a document is stored: one strict, flat mapping, made of field types that every distribution has."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from indexer.engines.elasticsearch.settings import Cluster
from indexer.ordering import MAX_32, rank_key, unit_price_key
from indexer.ports import Document, Operation, Removal
from indexer.query import KEYWORD_FIELDS

SIGNED: Final = 2**63
"""Rank keys use all 64 bits; a `long` is signed. Less this they keep their order."""

LONGEST_TOKEN: Final = 127
"""Characters. The whitespace tokenizer cuts words at 255 UTF-16 units, of which a character has up to two; longer ones
are cut here, in the same way for documents and queries. No word of any language is that long."""

ALIVE: Final = "alive"
REMOVED: Final = "removed"
"""Removed products leave a mark with their revision, so that a late write does not bring them back."""


def template(cluster: Cluster) -> dict[str, Any]:
    """The index template: what all generations have in common. Nothing is made by writing to a name that is not there."""
    return {
        "index_patterns": [f"{cluster.index}-v*"],
        "priority": 500,
        "allow_auto_create": False,
        "template": {
            "settings": {
                "index.number_of_shards": cluster.shards,
                "index.refresh_interval": "1s",
                "index.codec": "best_compression",
                **replica_settings(cluster),
            },
            "mappings": {"dynamic": "strict", "properties": _properties()},
        },
    }


def replica_settings(cluster: Cluster) -> dict[str, Any]:
    """Copies of each shard, as configured."""
    if "-" in cluster.replicas:
        return {"index.auto_expand_replicas": cluster.replicas}
    return {"index.auto_expand_replicas": False, "index.number_of_replicas": int(cluster.replicas)}


def building_settings() -> dict[str, Any]:
    """While a generation is filled nobody reads it: no copies, and refreshed when we say so."""
    return {
        "index.refresh_interval": "-1",
        "index.auto_expand_replicas": False,
        "index.number_of_replicas": 0,
    }


def own_mappings(generation: int, version: str, marketplaces: Sequence[str]) -> dict[str, Any]:
    """What one generation has beside the template: prices per marketplace, and what it was built with."""
    own = {"dynamic": "strict", "properties": {slug: {"type": "long"} for slug in marketplaces}}
    return {
        "_meta": {"generation": generation, "version": version, "marketplaces": sorted(marketplaces)},
        "properties": {"pp": own, "pu": own},
    }


def _properties() -> dict[str, Any]:
    keywords: dict[str, Any] = {name: {"type": "keyword"} for name in (*KEYWORD_FIELDS, "state", "suggest")}
    return keywords | {
        "tokens": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
        "number": {"type": "long"},
        "revision": {"type": "long"},
        "rank": {"type": "long"},
        "price": {"type": "long"},
        "unit_price": {"type": "long"},
        "payload": {"type": "keyword", "index": False, "doc_values": False},
        "payload_base64": {"type": "binary"},
    }


def source(operation: Operation) -> dict[str, Any]:
    """What is sent of an operation."""
    if isinstance(operation, Removal):
        return {"state": REMOVED, "revision": operation.revision}
    fields: dict[str, Any] = {
        "state": ALIVE,
        "number": operation.number,
        "revision": operation.revision,
        "rank": _rank(operation),
        "tokens": " ".join(storable_token(token) for token in operation.tokens),
        "suggest": [storable(text) for text in dict.fromkeys(operation.suggestions)],
        "pp": {slug: min(price, MAX_32) for slug, price in operation.prices_minor.items()},
        **{name: [storable(v) for v in values] for name, values in operation.keywords.items()},
    }
    if operation.price_minor is not None:
        fields["price"] = min(operation.price_minor, MAX_32)
    return fields | _unit_prices(operation) | _payload(operation.payload)


def _unit_prices(document: Document) -> dict[str, Any]:
    share, best = document.base_share, document.price_minor
    if share is None or best is None:
        return {}
    own = {slug: unit_price_key(price, share) for slug, price in document.prices_minor.items()}
    return {"unit_price": unit_price_key(best, share), "pu": own}


def _rank(document: Document) -> int:
    return rank_key(len(document.prices_minor), document.price_minor, document.number) - SIGNED


def _payload(payload: bytes) -> dict[str, str]:
    """As text, which compresses well; bytes that are no text in base64."""
    try:
        return {"payload": payload.decode()}
    except UnicodeDecodeError:
        return {"payload_base64": base64.b64encode(payload).decode()}


def payload_of(stored: Mapping[str, Any]) -> bytes | None:
    """The payload in a stored document; None for the mark of a removed one."""
    if "payload" in stored:
        return str(stored["payload"]).encode()
    if "payload_base64" in stored:
        return base64.b64decode(stored["payload_base64"])
    return None


def storable(text: str) -> str:
    """Text that JSON can carry: it has no lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def storable_token(token: str) -> str:
    """A token as it is indexed and looked up."""
    return storable(token[:LONGEST_TOKEN])
