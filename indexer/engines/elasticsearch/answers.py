"""What a cluster's refusals and silences mean: which setting to look at, which command mends it. No I/O.

The words are tried on real servers in `tests/faults/test_wrong_cluster.py`.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Final

import elasticsearch
from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from catalog.errors import SearchRefused, SearchUnavailable

MAJOR: Final = elasticsearch.__version__[0]
"""The server's major version that this client speaks."""

SHARD_MISSING: Final = frozenset({"no_shard_available_action_exception", "unavailable_shards_exception"})


def meaning(where: str, error: ApiError | TransportError) -> SearchUnavailable:
    """The client's error as ours."""
    if isinstance(error, UnsupportedProductError):
        return SearchRefused("BIJIA_SEARCH_URL", f"what answers at {where} is not Elasticsearch")
    if isinstance(error, ApiError):
        return answered(where, error.body, error.status_code)
    if isinstance(error, ConnectionTimeout):
        return silent(where)
    if isinstance(error, TlsError):
        if _is_behind(error, ssl.SSLCertVerificationError):
            why = f"the certificate of {where} is not trusted: {error.message}"
            return SearchRefused("BIJIA_SEARCH_CA_FILE", why)
        return SearchRefused("BIJIA_SEARCH_URL", f"no TLS with {where}, perhaps it is http: {error.message}")
    if isinstance(error, Unreachable):
        is_plain = "http:" in where and _is_behind(error, RemoteDisconnected)
        perhaps = ", perhaps it is https" if is_plain else ""
        return SearchUnavailable(
            f"Elasticsearch at {where} cannot be reached (BIJIA_SEARCH_URL{perhaps}): {error.message}"
        )
    return SearchUnavailable(
        f"Elasticsearch at {where} (BIJIA_SEARCH_URL) answered nonsense: {error.message}"
    )


def silent(where: str) -> SearchUnavailable:
    """A deadline has passed."""
    return SearchUnavailable(f"Elasticsearch at {where} (BIJIA_SEARCH_URL) gave no answer in time")


def answered(where: str, body: object, status: int) -> SearchUnavailable:
    """An answer that is an error, whole or for one document of many."""
    kind, reason = cause_of(body)
    if kind == "media_type_header_exception":
        return another_version(where, f"of another major version ({reason.partition('. ')[0]})")
    return refusal(where, status, kind, reason) or SearchUnavailable(trouble(where, status, kind, reason))


def another_version(where: str, found: str) -> SearchRefused:
    """The servers are not those that this client speaks with."""
    return SearchRefused(
        "BIJIA_SEARCH_URL", f"{where} runs Elasticsearch {found}; this version of bijia needs {MAJOR}.x"
    )


def cause_of(body: object) -> tuple[str, str]:
    """(type, reason) in an error's body; where the outer one says nothing, the one behind it."""
    error = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(error, Mapping):
        return "", str(error)
    if error.get("type") == "search_phase_execution_exception":
        error = next(iter(error.get("root_cause", ())), error)
    reason = error.get("reason")
    if error.get("type") == "media_type_header_exception":
        reason = error.get("caused_by", error).get("reason")
    return str(error.get("type", "")), str(reason or "")


def refusal(where: str, status: int, kind: str, reason: str) -> SearchRefused | None:
    """What the operator has to mend; None when waiting may help."""
    if kind == "cluster_block_exception" and status != HTTPStatus.SERVICE_UNAVAILABLE:  # 503: it is starting
        return blocked(where, reason)
    if status == HTTPStatus.UNAUTHORIZED:
        return SearchRefused(
            "BIJIA_SEARCH_API_KEY",
            f"{where} does not accept the key, or BIJIA_SEARCH_USER and _PASSWORD (401)",
        )
    if status == HTTPStatus.FORBIDDEN:
        return SearchRefused("BIJIA_SEARCH_API_KEY", f"{where} does not allow this (403): {reason[:200]}")
    if kind == "index_not_found_exception":
        return SearchRefused("BIJIA_SEARCH_INDEX", f"the index is gone from {where}: bijia index rebuild")
    if kind == "index_closed_exception":
        return SearchRefused(
            "BIJIA_SEARCH_INDEX", f"the index is closed at {where}: open it, or bijia index rebuild"
        )
    return None


def blocked(where: str, why: str) -> SearchRefused:
    """Somebody, or the cluster itself, put a block on the index or on everything; `why` is the cluster's word."""
    if "flood-stage" in why:
        return SearchRefused("BIJIA_SEARCH_URL", f"the disks of {where} are full: writing waits for room")
    state = "blocked" if "read (api)" in why else "read-only"
    remedy = "take the block off" + ", or bijia index rebuild" * ("index " in why)
    return SearchRefused("BIJIA_SEARCH_URL", f"{where} is {state}: {why[:200].rstrip(';')}; {remedy}")


def trouble(where: str, status: int, kind: str, reason: str) -> str:
    """What may pass by itself."""
    if kind in SHARD_MISSING:
        return shards_missing(where)
    return f"Elasticsearch at {where} (BIJIA_SEARCH_URL): {status} {kind}: {reason[:300]}"


def shards_missing(where: str) -> str:
    """A part of the index is on no node that runs."""
    return (
        f"a part of the index is missing at {where} (BIJIA_SEARCH_URL):"
        " start the node that has it, or bijia index rebuild"
    )


def _is_behind(error: TransportError, kind: type[Exception]) -> bool:
    """Whether an error of this kind is the reason: the libraries on the way wrap it in their own."""
    behind: list[BaseException] = [error]
    while behind:
        one = behind.pop()
        if isinstance(one, kind):
            return True
        behind += [part for part in (one.__cause__, *one.args) if isinstance(part, Exception)]
    return False
