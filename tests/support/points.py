"""Every fault point there is: where tests kill, and a test compares the source."""

from __future__ import annotations

STANDING = ("crawl.started", "crawl.seeded", "page.leased", "page.fetched", "page.read")
"""Of a crawl, before a page is written."""

INSIDE = ("commit.pages_added", "commit.observations_added", "commit.before")
"""Inside the transaction of a page."""

BEHIND = ("commit.after", "page.settled")
ENDING = ("crawl.before_end", "crawl.after_end")

CRAWL = frozenset({*STANDING, *INSIDE, *BEHIND, *ENDING})

FOLLOW = ("index.applied", "index.advanced")
"""Of whoever writes an index: between the engine's commit and the ledger's, and behind both."""

REBUILD = ("index.begun", *FOLLOW, "index.built", "index.activated")

INDEX = frozenset(REBUILD)

SEAL = ("seal.packed", "seal.stored")
"""Of whoever seals history: before a step is committed, and behind it."""
