"""``bijia search``: the side-by-side table in the terminal, from the same answer as the API and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.terminal import console, reporting, say, say_json

if TYPE_CHECKING:
    from api.compare import Cell, SideBySide
    from api.results import Results
    from catalog.listing import Marketplace

Many = Annotated[list[str] | None, typer.Option()]


@reporting
def search(
    words: Annotated[list[str], typer.Argument(help="what to look for, e.g. iPhone 15 128G")],
    marketplace: Annotated[list[str] | None, typer.Option(help="only this one; may be repeated")] = None,
    condition: Annotated[str | None, typer.Option(help="new, used … or any; default: new")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="only what is priced per 100g, 1piece …")] = None,
    sort: Annotated[str | None, typer.Option(help="relevance, price, -price or unit_price")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="as the API answers")] = False,
) -> None:
    """Find goods and show what each marketplace asks, side by side."""
    from api.services import open_services
    from api.settings import ServiceSettings
    from api.views import search_view
    from catalog.errors import InvalidInput
    from indexer.query import Sort
    from indexer.search import Choice

    if sort is not None and sort not in set(Sort):
        raise InvalidInput(f"--sort is one of {', '.join(Sort)}")
    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        choice = Choice(
            marketplaces=tuple(marketplace or ()),
            conditions=(condition,) if condition else (),
            units=tuple(unit or ()),
            sort=Sort(sort) if sort else None,
        )
        results = services.answers.search(" ".join(words), choice, limit=limit)
        names = services.answers.marketplaces()
        if as_json:
            say_json(search_view(results, names, services.indexer.reader.lexicon.brands))
        else:
            show(results, names, services.clock())
    finally:
        services.close()


def show(results: Results, names: Mapping[str, Marketplace], now: datetime) -> None:
    """The table: a row per product, a column per marketplace, the cheapest marked."""
    from api.pages.columns import rotated

    found = results.found
    if not results.products:
        say(f"nothing found for “{found.understood.text}”")
        return
    if found.relaxed == "words":
        say("nothing fits all words; these come nearest:")
    elif found.relaxed == "assumptions":
        say("nothing new was found; other conditions are shown:")
    slugs = rotated({cell.marketplace for product in results.products for cell in product.cells}, now.date())
    if console.is_terminal:
        _table(results.products, slugs, names, now)
    else:
        _lines(results.products, slugs, names, now)
    shown = len(results.products)
    say(f"{found.total} products, {shown} shown, {results.took_ms} ms. ★ cheapest  ≥ shipping not stated")


def _table(
    products: Sequence[SideBySide], slugs: Sequence[str], names: Mapping[str, Marketplace], now: datetime
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("product", ratio=2)
    for slug in slugs:
        table.add_column(_name(slug, names), justify="right")
    for product in products:
        cells = [product.cell(slug) for slug in slugs]
        table.add_row(
            Text(product.data["name"]),
            *(Text(price_text(cell, now), style=_style(cell)) for cell in cells),
        )
    console.print(table)


def _lines(
    products: Sequence[SideBySide], slugs: Sequence[str], names: Mapping[str, Marketplace], now: datetime
) -> None:
    """Tab-separated, for other programs."""
    say("\t".join(["product", *(_name(slug, names) for slug in slugs)]))
    for product in products:
        say("\t".join([product.data["name"], *(price_text(product.cell(slug), now) for slug in slugs)]))


def price_text(cell: Cell | None, now: datetime) -> str:
    """A cell in a few characters: star, lower bound, price, and why it is not an ordinary one."""
    if cell is None:
        return "—"
    from catalog.money import Money

    best = cell.best
    currency = best.data["currency"]
    sign = "¥" if currency == "CNY" else f"{currency} "
    price = (
        best.landed.status.value
        if best.total_minor is None
        else Money(best.total_minor, currency).to_decimal()
    )
    marks = ("★" if best.is_cheapest else "") + (
        "" if best.landed.is_exact or best.total_minor is None else "≥"
    )
    notes = [
        note
        for note, applies in (
            ("拼", best.landed.needs_action("open_group")),
            ("缺货", best.data["stock"] == "out"),
            ("疑", best.data["is_outlier"]),
            (_age(best.last_seen, now), best.freshness != "fresh"),
        )
        if applies
    ]
    sign = "" if best.total_minor is None else sign
    return f"{marks}{sign}{price}" + (f" ({' '.join(notes)})" if notes else "")


def _age(last_seen: datetime | None, now: datetime) -> str:
    if last_seen is None:
        return "?"
    hours = int((now - last_seen).total_seconds() // 3600)
    return f"{hours // 24} d" if hours >= 48 else f"{hours} h"


def _style(cell: Cell | None) -> str:
    if cell is None or cell.best.freshness != "fresh":
        return "dim"
    return "bold green" if cell.best.is_cheapest else ""


def _name(slug: str, names: Mapping[str, Marketplace]) -> str:
    return names[slug].name if slug in names else slug
