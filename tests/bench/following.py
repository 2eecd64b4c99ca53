"""A follower as `bijia index follow` is one, forked by `tests/support/forks.py` with everything loaded."""

from __future__ import annotations

import threading

from ledger.ledger import Ledger
from tests.bench.servers import indexer_at
from tests.support.index import analyser, reader
from tests.support.places import Place


def load() -> None:
    """What reading and cutting titles needs: loaded once, before the forks."""
    reader().read_text("")
    analyser().tokens("")


def follow(database_url: str, search_url: str, index: str) -> None:
    """Follow until killed."""
    with Ledger.open(database_url) as ledger:
        indexer_at(ledger, Place(database_url, search_url, index)).follower().run(threading.Event())


FUNCTION = "tests.bench.following:follow"


def told(place: Place) -> dict[str, str]:
    """What `follow` is called with."""
    return {"database_url": place.database_url, "search_url": place.search_url, "index": place.index}
