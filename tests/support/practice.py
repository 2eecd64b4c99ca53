"""The practice marketplaces for tests of other rooms: in process, or as the real server on real sockets."""

from __future__ import annotations

import asyncio
import http.client
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlsplit

import httpx2 as httpx

from catalog.landed_price import Buyer, landed_price
from catalog.listing import OfferKey, Stock
from catalog.money import Money
from crawlers.crawl import Crawl, Tools
from crawlers.politeness import Pace, Politeness
from crawlers.registry import source_of
from crawlers.source import Access
from ledger.database import no_checkpoint
from marketplaces.app import open_shops
from marketplaces.settings import SHOPS, Settings
from marketplaces.world.build import build_world
from tests.support.fetchers import AsgiFetcher, Hasty, wall

NOW = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)
SMALL = {"products": 110, "offers": 700}

_world = cache(build_world)


def open_practice(**more):
    """A small world in process that stands still; signatures are checked against the real time."""
    settings = Settings(**({"now": NOW, "speed": 0.0} | SMALL | more))
    return open_shops(
        _world(settings.seed, settings.products, settings.offers, is_wide=settings.is_wide), settings
    )


def ask_control(practice, target, *, method="GET", body=None):
    """A call of the control API of a world in process."""
    app = httpx.ASGITransport(app=practice.apps["control"])

    async def call():
        async with httpx.AsyncClient(transport=app, base_url="http://control.practice.example") as client:
            reply = await client.request(method, target, json=body)
        assert reply.status_code < 300, reply.text
        return reply.json() if reply.content else None

    return asyncio.run(call())


def crawl_in_process(ledger, practice, slug, keywords=(), *, source=None, pace=None):
    """Crawl one of its shops to the end; the run."""
    run_id = ledger.runs.request(slug, keywords, now=wall())
    lease = ledger.runs.claim("w", now=wall(), run_id=run_id)
    work_in_process(ledger, practice, lease, source=source, pace=pace)
    return ledger.runs.get(run_id)


def work_in_process(ledger, practice, lease, *, source=None, pace=None, checkpoint=no_checkpoint):
    """Work on a leased run of one of its shops."""
    slug = lease.marketplace
    source = source or source_of(slug)
    shop = practice.greeting()["shops"][slug]
    host = urlsplit(shop["base_url"]).netloc
    tools = Tools(
        ledger,
        source,
        Access(shop["base_url"], shop["credentials"]),
        AsgiFetcher({f"{host}:80": practice.apps[slug]}),
        Politeness(pace or Pace(gap_s=0, concurrency=4), user_agent="bijia/0.1", clock=wall),
        wall,
        Hasty(),
        checkpoint,
    )
    asyncio.run(Crawl(tools, lease).run())


@dataclass(frozen=True)
class PracticeServer:
    """`python -m marketplaces` on free ports."""

    process: subprocess.Popen[str]
    control: str
    shops: dict[str, dict[str, object]]

    def ask(self, target, *, method="GET", body=None):
        """A call of its control API."""
        connection = http.client.HTTPConnection(urlsplit(self.control).netloc, timeout=30)
        try:
            connection.request(
                method, target, json.dumps(body).encode(), {"content-type": "application/json"}
            )
            reply = connection.getresponse()
            text = reply.read()
            assert reply.status < 300, text
            return json.loads(text) if text else None
        finally:
            connection.close()

    def environment(self, *, rate=400, concurrency=4):
        """The settings that point crawlers at it."""
        found = {
            "BIJIA_ALLOWED_ADDRESSES": ",".join(urlsplit(s["base_url"]).netloc for s in self.shops.values())
        }
        for slug, shop in self.shops.items():
            prefix = f"BIJIA_{slug.upper()}_"
            found[f"{prefix}BASE_URL"] = shop["base_url"]
            found[f"{prefix}REQUESTS_PER_SECOND"] = str(rate)
            found[f"{prefix}CONCURRENT_REQUESTS"] = str(concurrency)
            found |= {f"{prefix}{name.upper()}": value for name, value in shop["credentials"].items()}
        return found


@contextmanager
def practice_server(**more):
    """The server, gone at the end. Stands still unless told otherwise."""
    options = {"seed": 7, "speed": 0, "now": NOW.isoformat(), "base_port": 0} | SMALL | more
    arguments = [
        part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "marketplaces", *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        found = json.loads(process.stdout.readline())
        yield PracticeServer(process, found["control"], found["shops"])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def true_offers(truth):
    """The truth's offers by key. A shop writes one trade item number with 12, 13 or 14 digits: leading zeros go."""
    return {
        OfferKey(o["marketplace"], o["item_id"], o["sku_id"]): o
        | {"gtin": o["gtin"] and o["gtin"].lstrip("0")}
        for o in truth["offers"]
    }


def as_told(offer):
    """What a stored offer says, in the truth's words."""
    terms = offer.terms
    return {
        "title": offer.listing.title,
        "price_fen": fen(terms.price),
        "list_price_fen": fen(terms.list_price),
        "shipping_fen": fen(terms.shipping),
        "claimed_landed_fen": fen(terms.claimed),
        "min_qty": terms.min_quantity,
        "max_qty": terms.max_quantity,
        "group_price": any(promotion.action == "open_group" for promotion in terms.promotions),
        "in_stock": {Stock.IN: True, Stock.OUT: False}.get(offer.stock),
        "gtin": next((gtin.lstrip("0") for gtin in offer.gtins), None),
    }


def landed_as_told(offer, cases, at):
    """What a stored offer costs in each of the truth's cases, in the truth's words."""
    return [_landed(offer, case, at) for case in cases]


def _landed(offer, case, at):
    buyer = Buyer(at, case["quantity"], region=case["region"], conditions=frozenset(case["conditions"]))
    price = landed_price(offer.terms, buyer)
    asked = {name: case[name] for name in ("quantity", "region", "conditions")}
    is_bound = price.total is not None and not price.is_exact
    return asked | {"status": price.status, "fen": fen(price.total), "is_bound": is_bound}


def fen(money: Money | None) -> int | None:
    """Minor units of an amount in yuan."""
    assert money is None or money.currency == "CNY"
    return None if money is None else money.minor


__all__ = (
    "SHOPS",
    "PracticeServer",
    "crawl_in_process",
    "open_practice",
    "practice_server",
    "true_offers",
    "work_in_process",
)
