"""Processes that follow the ledger or rebuild the index, in small steps, for tests that kill them; and what they index."""

from __future__ import annotations

import random
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import orjson

import indexer.follow
import indexer.rebuild
from catalog.listing import OfferKey
from crawlers.lifetime import dying_at
from indexer.bootstrap import open_store
from indexer.query import Query, Sort
from indexer.settings import IndexSettings
from ledger.corrections import Correction, Word
from ledger.database import no_checkpoint
from ledger.ledger import Ledger
from tests.support.index import analyser, make_indexer, reader
from tests.support.offers import START, seen
from tests.support.practice import ask_control, open_practice
from tests.support.runs import one_page_run

ITEMS = 300


def load():
    """What a process that reads titles needs: loaded once, before it forks."""
    reader().read_text("")
    analyser().tokens("")


def follow(url, search_url, *, later_s=0, die_at="", index="bijia", batch=20):
    """Follow until killed. `later_s` puts the clock forward, as if the leases of the dead had run out."""
    indexer.follow.BATCH = batch
    indexer.follow.POLL_S = 0.01
    with _ledger(url, die_at) as ledger:
        _indexer(ledger, search_url, index, later_s).follower().run(threading.Event())


def rebuild(url, search_url, *, later_s=0, die_at="", index="bijia"):
    """Build one generation and make it the searched one."""
    indexer.rebuild.BATCH = 40
    with _ledger(url, die_at) as ledger:
        made = _indexer(ledger, search_url, index, later_s)
        made.rebuild().run(made.version())


def _ledger(url, die_at):
    return Ledger.open(url, checkpoint=dying_at(die_at) if die_at else no_checkpoint)


def _indexer(ledger, search_url, index, later_s):
    store = open_store(IndexSettings(search_url=search_url, search_index=index))
    return make_indexer(ledger, store, clock=lambda: datetime.now(UTC) + timedelta(seconds=later_s))


def shown_offers(engine):
    """Number of each offer -> in how many documents it is."""
    query, found = Query(sort=Sort.PRICE, limit=1000), Counter()
    for hit in engine.search(query).hits:
        found.update(offer["offer_id"] for offer in orjson.loads(hit.payload)["offers"])
    return found


class Growth:
    """Pages of offers that come, change their prices, and now and then their titles, with people's words between them:
    products are joined and left."""

    def __init__(self, ledger, seed, *, titles_change=True):
        self._ledger = ledger
        self._titles_change = titles_change
        self._dice = random.Random(seed)
        self._people = random.Random(f"{seed} says")
        self._minute = 0
        self._titles = [offer["title"] for offer in ask_control(open_practice(), "/truth")["offers"]]

    def pages(self, count, *, offers=12):
        """That many pages, each of a run of its own."""
        for _ in range(count):
            self._minute += 1
            if self._titles_change:
                self._say()
            one_page_run(self._ledger, *map(self._seen, self._dice.sample(range(ITEMS), k=offers)))

    def _say(self):
        """A word about two neighbours, which mostly sell the same or nearly the same, at a time of its own."""
        item = self._people.randrange(ITEMS)
        other = (item + self._people.randrange(1, 4)) % ITEMS
        word = self._people.choice([Word.SAME, Word.SAME, Word.NOT_SAME, Word.NOT_SAME, Word.WITHDRAWN])
        at = START + timedelta(seconds=self._people.randrange(10**6))
        keys = (OfferKey("jd", str(one)) for one in (item, other))
        self._ledger.corrections.say(Correction(word, *keys, "somebody", "", at))

    def _seen(self, item):
        other = self._titles_change and self._dice.randrange(10) == 0
        title = self._titles[(item + ITEMS * other) % len(self._titles)]
        return seen(
            str(item), f"{500 + item + self._dice.randrange(5)}.00", title=title, at=60 * self._minute
        )
