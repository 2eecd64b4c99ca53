"""A ledger with an index around it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from catalog.listing import Marketplace, SourceKind
from indexer.analyse.text import Analyser
from indexer.bootstrap import Indexer
from indexer.engines.memory import MemoryStore
from indexer.engines.tantivy import TantivyStore
from indexer.read_title.reader import TitleReader
from tests.support.offers import START

MARKETPLACES = {
    slug: Marketplace(slug, name, "CNY", "zh-CN", SourceKind.API, needs_keywords=True)
    for slug, name in (("jd", "京东"), ("pinduoduo", "拼多多"), ("shop", "独立商店"), ("taobao", "淘宝"))
}


def later():
    return START + timedelta(days=20)


@cache
def reader():
    """Titles are read alike in every test; loading the lexicon costs half a second."""
    return TitleReader()


@cache
def analyser():
    """As `reader`."""
    return Analyser()


def make_indexer(ledger, place=None, clock=later):
    """An indexer on tantivy in a folder, on a store, or in memory; the marketplaces are registered.

    A generation that can be shared has three partitions.
    """
    if not ledger.marketplaces.all():
        ledger.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
    store = MemoryStore() if place is None else TantivyStore(place) if isinstance(place, Path) else place
    indexer = Indexer(ledger, store, partitions=3, clock=clock)
    indexer.__dict__ |= {"reader": reader(), "analyser": analyser()}
    return indexer


@contextmanager
def following(indexer):
    """A follower that has caught up; it gives its lease back at the end."""
    follower = indexer.follower()
    follower.catch_up()
    yield follower
    follower.release()
