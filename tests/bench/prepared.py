"""Ledgers and indexes to measure on: a practice world crawled once, made in a child and kept for the rest of the run."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from catalog.errors import BijiaError
from indexer.bootstrap import Indexer, open_store
from indexer.settings import IndexSettings
from ledger.ledger import Ledger
from marketplaces.app import open_shops
from marketplaces.settings import SHOPS, Settings
from tests.bench.bench import Bench
from tests.bench.spent import Spent, in_child, stopwatch
from tests.bench.worlds import SEED, Size, world_of
from tests.support.index import MARKETPLACES
from tests.support.practice import NOW, crawl_in_process

_ENDED_WELL = "made.json"
"""Written last: a folder without it was not finished and is made anew."""
_NAMES = 20
"""Products whose brand and model are kept as queries."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data folder, and what is in it."""

    data: Path
    offers: int
    keywords: tuple[str, ...]
    names: tuple[str, ...]
    """Brand and model of some of its products."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A data folder with a complete index."""

    seen: Prepared
    data: Path
    documents: int
    spent: Spent
    """What following all of it cost, from the first observation."""


def seen(bench: Bench, size: Size) -> Prepared:
    """A ledger in which the whole world was crawled once, and an active index that holds nothing of it yet."""
    data = bench.folder / f"seen-{size.name}"
    if not (data / _ENDED_WELL).exists():
        bench.say(f"crawling {size.offers:,} offers into a ledger")
        shutil.rmtree(data, ignore_errors=True)
        _keep(data, in_child(lambda: _crawled(data, size))[0])
    made = _kept(data)
    return Prepared(data, made["offers"], tuple(made["keywords"]), tuple(made["names"]))


def indexed(bench: Bench, size: Size) -> Indexed:
    """The same with everything in the index."""
    before = seen(bench, size)
    data = bench.folder / f"indexed-{size.name}"
    if not (data / _ENDED_WELL).exists():
        bench.say(f"following {before.offers:,} offers into an index")
        copied(before, data)
        _keep(data, in_child(lambda: _followed(data))[0])
    made = _kept(data)
    return Indexed(before, data, made["documents"], Spent(**made["spent"]))


def copied(prepared: Prepared, data: Path) -> None:
    """Another folder with the same in it."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(prepared.data, data, ignore=shutil.ignore_patterns(_ENDED_WELL))


def open_ledger(data: Path, *, migrated: bool = False) -> Ledger:
    """The ledger of a data folder."""
    return Ledger.open(f"sqlite:///{data}/ledger.sqlite", migrated=migrated)


def open_indexer(ledger: Ledger, data: Path) -> Indexer:
    """The indexer of a data folder, with its word lists loaded."""
    indexer = Indexer(ledger, open_store(IndexSettings(search_url=f"tantivy:{data}/index")))
    indexer.warm_up()
    return indexer


def _crawled(data: Path, size: Size) -> dict[str, object]:
    """Crawled in process, through the same pages and the same commits, without sockets and waits."""
    world = world_of(size)
    practice = open_shops(world, Settings(now=NOW, speed=0.0))
    offers = 0
    with open_ledger(data, migrated=True) as ledger:
        ledger.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
        follower = open_indexer(ledger, data).follower()
        follower.catch_up()
        follower.release()
        for slug in SHOPS:
            run = crawl_in_process(ledger, practice, slug, () if slug == "shop" else world.keywords)
            if run.progress.failed:
                raise BijiaError(f"{slug} could not be crawled: {run}")
            offers += run.progress.added
    goods = [product for product in world.products if product.kind == "goods"]
    named = random.Random(SEED).sample(goods, _NAMES)
    names = [f"{product.brand.zh or product.brand.en} {product.model}" for product in named]
    return {"offers": offers, "keywords": world.keywords, "names": names}


def _followed(data: Path) -> dict[str, object]:
    with open_ledger(data) as ledger:
        indexer = open_indexer(ledger, data)
        follower = indexer.follower()
        with stopwatch() as spent:
            follower.catch_up()
        follower.release()
        index = indexer.live()
        documents = index.engine().health().documents
        index.close()
    return {"documents": documents, "spent": asdict(spent)}


def _keep(data: Path, made: Mapping[str, object]) -> None:
    (data / _ENDED_WELL).write_text(json.dumps(made, ensure_ascii=False))


def _kept(data: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((data / _ENDED_WELL).read_text())
    return made
