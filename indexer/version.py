"""What a generation of the index was built with; a generation of another version is rebuilt, never mixed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from indexer.analyse.text import Analyser
from indexer.documents import SCHEMA

MATCHER = 4
"""Grows with every change of how titles are read or offers are matched."""


def index_version(analyser: Analyser, marketplaces: Iterable[str]) -> str:
    """Equal exactly when documents would be; marketplaces count because each has a price field of its own."""
    slugs = ",".join(sorted(marketplaces))
    return (
        f"{SCHEMA}.{MATCHER}.{analyser.version}.{hashlib.blake2b(slugs.encode(), digest_size=4).hexdigest()}"
    )
