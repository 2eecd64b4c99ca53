"""``bijia search``: the side-by-side table in the terminal, from the same answer as the API and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.terminal import console, reporting, say, say_json

if TYPE_CHECKING:
    from api.compare import Cell, OfferView
    from api.landed import Wish
    from api.results import Results
    from catalog.listing import Marketplace

Many = Annotated[list[str] | None, typer.Option()]


@reporting
def search(  # noqa: PLR0913, PLR0917 - a parameter per option
    words: Annotated[list[str], typer.Argument(help="what to look for, e.g. iPhone 15 128G")],
    marketplace: Annotated[list[str] | None, typer.Option(help="only this one; may be repeated")] = None,
    condition: Annotated[str | None, typer.Option(help="new, used … or any; default: new")] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option(help="only goods of which this was read: storage_gb=128; may be repeated"),
    ] = None,
    unit: Annotated[list[str] | None, typer.Option(help="only what is priced per 100g, 1piece …")] = None,
    sort: Annotated[str | None, typer.Option(help="relevance, price, -price or unit_price")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    region: Annotated[str | None, typer.Option(help="where to: 新疆 or CN-XJ; default 上海")] = None,
    quantity: Annotated[int, typer.Option(min=1, max=999, help="pieces to buy")] = 1,
    at_least: Annotated[
        int | None,
        typer.Option(min=1, max=999, help="pieces needed: more are bought where that costs less"),
    ] = None,
    having: Annotated[
        list[str] | None, typer.Option("--with", help="what you fulfil, e.g. member:plus; may be repeated")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="as the API answers")] = False,
) -> None:
    """Find goods and show what each marketplace asks, side by side."""
    from api.routes.search import wish_of
    from api.schemas import WishIn
    from api.services import open_services
    from api.settings import ServiceSettings
    from api.views import search_view
    from catalog.errors import InvalidInput
    from indexer.attributes import chosen
    from indexer.query import Sort
    from indexer.search import Choice

    if sort is not None and sort not in set(Sort):
        raise InvalidInput(f"--sort is one of {', '.join(Sort)}")
    asked = WishIn(region=region, quantity=quantity, at_least=at_least, conditions=sorted(set(having or ())))
    wish = wish_of(asked)
    choice = Choice(
        marketplaces=tuple(marketplace or ()),
        conditions=(condition,) if condition else (),
        attributes=chosen(attribute or (), sign="="),
        units=tuple(unit or ()),
        sort=Sort(sort) if sort else None,
    )
    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        results = services.answers.search(" ".join(words), choice, limit=limit, wish=wish)
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
        _table(results, slugs, names, now)
    else:
        _lines(results, slugs, names, now)
    shown = len(results.products)
    say(
        f"{found.total} products, {shown} shown, {results.took_ms} ms, {_assumed(results.wish)}. ★ cheapest  ≥ shipping not stated"
    )


def _table(results: Results, slugs: Sequence[str], names: Mapping[str, Marketplace], now: datetime) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("product", ratio=2)
    for slug in slugs:
        table.add_column(_name(slug, names), justify="right")
    for product in results.products:
        cells = [product.cell(slug) for slug in slugs]
        table.add_row(
            Text(product.data["name"]),
            *(Text(price_text(cell, now, results.wish), style=_style(cell)) for cell in cells),
        )
    console.print(table)


def _lines(results: Results, slugs: Sequence[str], names: Mapping[str, Marketplace], now: datetime) -> None:
    """Tab-separated, for other programs."""
    say("\t".join(["product", *(_name(slug, names) for slug in slugs)]))
    for product in results.products:
        prices = (price_text(product.cell(slug), now, results.wish) for slug in slugs)
        say("\t".join([product.data["name"], *prices]))


def price_text(cell: Cell | None, now: datetime, wish: Wish) -> str:
    """A cell in a few characters: star, lower bound, price or why nothing can be ordered, and why it is not ordinary."""
    if cell is None:
        return "—"
    best = cell.best
    marks = "★" if best.is_cheapest else ""
    notes = [note for note, applies in _notes(best, now) if applies]
    return f"{marks}{_amount(best, now, wish)}" + (f" ({' '.join(notes)})" if notes else "")


def _amount(view: OfferView, now: datetime, wish: Wish) -> str:
    """``¥5,199.00``, ``≥¥5,199.00`` or a status in words."""
    from api.pages.price_words import PriceWords
    from api.pages.texts import Texts
    from catalog.money import Money

    if view.total_minor is None:
        return PriceWords(Texts.load(), wish.buyer(now)).status(view) or view.landed.status.value
    currency = view.data["currency"]
    sign = "¥" if currency == "CNY" else f"{currency} "
    bound = "" if view.landed.is_exact else "≥"
    return f"{bound}{sign}{Money(view.total_minor, currency).to_decimal()}"


def _notes(view: OfferView, now: datetime) -> Sequence[tuple[str, bool]]:
    landed = view.landed
    bought, delivered = landed.price["quantity"], landed.price["delivered"]
    return (
        ("券", landed.needs_action("claim")),
        ("拼", landed.needs_action("open_group")),
        (f"{bought}→{delivered}", bool(landed.steps) and delivered != bought),
        ("缺货", view.data["stock"] == "out"),
        ("疑", view.data["is_outlier"]),
        (_age(view.last_seen, now), view.freshness != "fresh"),
    )


def _assumed(wish: Wish) -> str:
    """For whom the prices are."""
    from catalog.region import PROVINCES

    pieces = f"at least {wish.quantity}" if wish.is_at_least else str(wish.quantity)
    held = ", ".join(sorted(wish.conditions)) or "no conditions"
    return f"for {PROVINCES.get(wish.region, wish.region)}, pieces: {pieces}, {held}"


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
