"""What a generation of the index was built with; a generation of another version is rebuilt, never mixed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from indexer.analyse.text import Analyser
from indexer.documents import SCHEMA

MATCHER = 5
"""Grows with every change of how titles are read or offers are matched."""


def index_version(analyser: Analyser, marketplaces: Iterable[str]) -> str:
    """Equal exactly when documents would be; marketplaces count because each has a price field of its own."""
    slugs = ",".join(sorted(marketplaces))
    return (
        f"{SCHEMA}.{MATCHER}.{analyser.version}.{hashlib.blake2b(slugs.encode(), digest_size=4).hexdigest()}"
    )


def is_readable(version: str, own: str) -> bool:
    """Whether queries made by `own` can be asked of an index made with `version`: the same documents, the same words.

    How offers were matched and which marketplaces there are may differ: that is rebuilt while searches go on.
    """
    return _reading(version) == _reading(own)


def _reading(version: str) -> tuple[str, str]:
    schema, _, rest = version.partition(".")
    _, _, analyser = rest.partition(".")
    return schema, analyser.rpartition(".")[0]
