"""Listings per CPU second of a crawl process, from the answer's bytes to the committed ledger."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import crawlers.frontier_spider  # noqa: F401 - loaded here, used by the forked crawls, as in crawlers.host
from catalog.errors import BijiaError
from crawlers.__main__ import configured, work_on
from crawlers.frontier_spider import utc_now
from ledger.ledger import Ledger
from tests.bench.bench import Bench
from tests.bench.fetch_only import fetch_all
from tests.bench.figures import Figure, ratios
from tests.bench.page_server import serving
from tests.bench.saved_site import SavedShop
from tests.bench.spent import Spent, in_child
from tests.bench.worlds import CRAWL, DEMO, TINY

CONCURRENCY = 4
"""Requests at a time: what gateways get by default."""

FETCHES = 1_500
"""Pages that are fetched at least when only fetching, the same ones again if need be: a gateway's page holds a hundred
listings, and the 80 of a whole crawl cost less than the noise."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A marketplace, long and short."""

    long: SavedShop
    short: SavedShop

    @property
    def slug(self) -> str:
        """The marketplace's."""
        return self.long.slug

    @property
    def listings(self) -> int:
        """By how many the long one is longer."""
        return self.long.listings - self.short.listings


@dataclass(frozen=True, slots=True)
class Round:
    """One repetition of one marketplace. Both costs are those of the same listings, start-up taken out."""

    slug: str
    listings: int
    committed: Spent
    fetched: Spent


def measure(bench: Bench) -> list[Figure]:
    """Listings per second and core, per marketplace and over all, and their share of fetching alone."""
    size = DEMO if bench.is_quick else CRAWL
    bench.say(f"crawl: saving the pages of {size.offers:,} offers")
    with serving(size) as long, serving(TINY) as short:
        pairs = [Pair(one, other) for one, other in zip(long, short, strict=True)]
        _make_template(bench.folder)
        rounds = [_round(bench, pair, n) for n in range(bench.repetitions) for pair in pairs]
    found = [
        figure for pair in pairs for figure in _of(pair.slug, [r for r in rounds if r.slug == pair.slug])
    ]
    together = [_sum(rounds[n : n + len(pairs)]) for n in range(0, len(rounds), len(pairs))]
    return [*_of("all", together), *found]


def _round(bench: Bench, pair: Pair, n: int) -> Round:
    """Long and short, committed and only fetched, in an order that turns with every repetition."""
    times = -(-FETCHES // len(pair.long.pages))
    work: dict[str, Callable[[], Spent]] = {
        "long crawl": lambda: _committed(bench.folder, pair.long),
        "long fetch": lambda: _fetched(pair.long, times),
        "short crawl": lambda: _committed(bench.folder, pair.short),
        "short fetch": lambda: _fetched(pair.short, 1),
    }
    names = list(work)
    costs = {name: work[name]() for name in names[n % 4 :] + names[: n % 4]}
    committed = _less(costs["long crawl"], costs["short crawl"])
    many = _less(costs["long fetch"], costs["short fetch"])
    share = pair.listings / (pair.long.listings * times - pair.short.listings)
    fetched = Spent(many.cpu_s * share, many.wall_s * share)
    bench.say(
        f"crawl {n + 1}/{bench.repetitions} {pair.slug}: {pair.listings:,} listings,"
        f" {committed.cpu_s:.2f} CPU-s committed, {fetched.cpu_s:.3f} fetched only"
    )
    return Round(pair.slug, pair.listings, committed, fetched)


def _committed(folder: Path, shop: SavedShop) -> Spent:
    """What crawling the shop into an empty ledger cost."""
    data = folder / "crawl"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / "crawl-template", data)
    with Ledger.open(f"sqlite:///{data}/ledger.sqlite") as ledger:
        run_id = ledger.runs.request(shop.slug, shop.keywords, now=utc_now())
        lease = ledger.runs.claim("bench", now=utc_now(), run_id=run_id)
    assert lease is not None

    def work() -> int:
        os.environ.update(environment_of(shop, data))
        return work_on(run_id, lease.fence)

    _, spent = in_child(work)
    with Ledger.open(f"sqlite:///{data}/ledger.sqlite") as ledger:
        run = ledger.runs.get(run_id)
    if run.progress.failed or run.progress.waiting or run.progress.offers != shop.listings:
        raise BijiaError(f"the crawl of {shop.slug} was not what was to be measured: {run}")
    return spent


def _fetched(shop: SavedShop, times: int) -> Spent:
    """What fetching the shop's pages so many times cost."""

    def work() -> int:
        os.environ.update(environment_of(shop, Path()))
        return fetch_all(shop, times, CONCURRENCY)

    fetched, spent = in_child(work)
    if fetched != len(shop.pages) * times:
        raise BijiaError(f"{fetched} pages of {shop.slug} were fetched, not {times} times {len(shop.pages)}")
    return spent


def environment_of(shop: SavedShop, data: Path) -> dict[str, str]:
    """The settings of a crawl of this shop that is held back by nothing but itself."""
    prefix = f"BIJIA_{shop.slug.upper()}_"
    return {
        "BIJIA_DATA_DIR": str(data),
        "BIJIA_ALLOWED_ADDRESSES": urlsplit(shop.access.base_url).netloc,
        f"{prefix}BASE_URL": shop.access.base_url,
        f"{prefix}REQUESTS_PER_SECOND": "10000",
        f"{prefix}CONCURRENT_REQUESTS": str(CONCURRENCY),
        **{f"{prefix}{name.upper()}": value for name, value in shop.access.credentials.items()},
    }


def _make_template(folder: Path) -> None:
    """A migrated, empty ledger: making one costs more than a short crawl."""
    data = folder / "crawl-template"
    shutil.rmtree(data, ignore_errors=True)
    with Ledger.open(f"sqlite:///{data}/ledger.sqlite", migrated=True) as ledger:
        ledger.marketplaces.register(configured({}))


def _less(long: Spent, short: Spent) -> Spent:
    return Spent(long.cpu_s - short.cpu_s, long.wall_s - short.wall_s)


def _sum(rounds: Iterable[Round]) -> Round:
    committed, fetched, listings = Spent(), Spent(), 0
    for one in rounds:
        listings += one.listings
        for total, part in ((committed, one.committed), (fetched, one.fetched)):
            total.cpu_s += part.cpu_s
            total.wall_s += part.wall_s
    return Round("all", listings, committed, fetched)


def _of(slug: str, rounds: list[Round]) -> list[Figure]:
    unit = "listings/s/core"
    where = "four marketplaces" if slug == "all" else slug
    committed = Figure(
        f"crawl.committed.{slug}",
        f"crawl, {where}: fetched → committed",
        unit,
        [r.listings / r.committed.cpu_s for r in rounds],
        f"{rounds[0].listings:,} listings beyond the short crawl; SQLite, FULL; CPU of the crawl process",
    )
    fetched = Figure(
        f"crawl.fetched.{slug}",
        f"crawl, {where}: fetched only",
        unit,
        [r.listings / r.fetched.cpu_s for r in rounds],
        "the same pages, dropped",
    )
    share = ratios(f"crawl.share.{slug}", f"crawl, {where}: share of fetching alone", committed, fetched)
    found = [committed, fetched, share]
    if slug == "all":
        wall = [r.listings / r.committed.wall_s for r in rounds]
        found.append(
            Figure(
                "crawl.wall.all", "crawl: committed, by the clock", "listings/s", wall, "one crawl at a time"
            )
        )
    return found
