"""``bijia export``: every current offer, with the product it was matched into, as JSON Lines or CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer

from api.commands.terminal import errors, reporting

if TYPE_CHECKING:
    from api.services import Services

T = TypeVar("T")

COLUMNS: Final = (
    "product_id", "product", "category", "brand", "model", "variant", "condition", "region", "marketplace", "offer", "title", "seller",
    "seller_type", "currency", "price", "shipping", "landed", "is_landed_exact", "list_price", "claimed", "stock", "url",
    "observation_id", "rule", "is_certain", "missing", "probable",
)  # fmt: skip

FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins with one of these is run by spreadsheets; a leading apostrophe makes it text again."""


class Format(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    CSV = "csv"


@reporting
def export(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="file; default: standard output")] = None,
    as_format: Annotated[Format, typer.Option("--format", "-f")] = Format.JSONL,
) -> None:
    """Write every offer of the index with its product and price."""
    from api.services import open_services
    from api.settings import ServiceSettings

    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        rows = offers(services)
        count = write(rows, sys.stdout, as_format) if out is None else write_whole(rows, out, as_format)
    finally:
        services.close()
    errors.print(f"{count} offers", markup=False)


def offers(services: Services) -> Iterator[dict[str, Any]]:
    """One row per offer, in order of product."""
    from dataclasses import replace

    from indexer.query import Query, Sort

    engine = services.live.engine()
    query = Query(sort=Sort.PRICE, limit=200)
    while True:
        page = engine.search(query)
        for hit in page.hits:
            yield from _rows(hit.payload)
        if page.next_after is None:
            return
        query = replace(query, after=page.next_after)


def write_whole(rows: Iterator[Mapping[str, Any]], out: Path, as_format: Format) -> int:
    """Write a file of rows that is there whole or not at all; how many rows.

    Raises:
        InvalidInput: see `written_whole`.
    """
    return written_whole(out, lambda file: write(rows, file, as_format))


def written_whole(out: Path, write_into: Callable[[IO[str]], T]) -> T:
    """Write a file that is there whole or not at all: beside its place first, then moved; what `write_into` gave.

    Raises:
        InvalidInput: the file cannot be written; one that was there stays as it was.
    """
    from catalog.errors import InvalidInput

    is_device = out.exists() and not out.is_file()  # a pipe or a terminal has no place beside it
    beside = out if is_device else out.resolve().with_name(f"{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            found = write_into(file)
        if not is_device:
            beside.replace(out.resolve())
    except OSError as error:
        raise InvalidInput(f"{out} cannot be written: {error.strerror}") from error
    finally:
        if not is_device:
            beside.unlink(missing_ok=True)
    return found


def write(rows: Iterator[Mapping[str, Any]], file: IO[str], as_format: Format) -> int:
    """Write the rows; how many."""
    import orjson

    count = 0
    table = csv.writer(file)
    if as_format is Format.CSV:
        table.writerow(COLUMNS)
    for row in rows:
        count += 1
        if as_format is Format.CSV:
            table.writerow([cell(row[name]) for name in COLUMNS])
        else:
            file.write(orjson.dumps(row).decode() + "\n")
    return count


def cell(value: Any) -> str:
    """A value as a spreadsheet cell that is never a formula."""
    if value is None:
        return ""
    text = _listed(value)
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def _listed(value: Any) -> str:
    """Several values in one cell: ``ram_gb=12; storage_gb=256``."""
    if isinstance(value, dict):
        return "; ".join(f"{name}={one}" for name, one in sorted(value.items()))
    return "; ".join(value) if isinstance(value, list) else str(value)


def _rows(payload: bytes) -> Iterator[dict[str, Any]]:
    import orjson

    from catalog.money import Money

    product = orjson.loads(payload)
    for offer in product["offers"]:
        currency = offer["currency"]

        def decimal(minor: int | None, currency: str = currency) -> str | None:
            return None if minor is None else Money(minor, currency).to_decimal()

        landed = offer["landed"]
        amounts: dict[str, int] = {}
        for step in landed["steps"]:
            amounts[step["kind"]] = amounts.get(step["kind"], 0) + step["minor"]
        yield {
            "product_id": product["product_id"],
            "product": product["name"],
            "category": product["family"],
            "brand": product["brand"],
            "model": product["model"],
            "variant": product["variant"],
            "condition": product["condition"],
            "region": product["region"],
            "marketplace": offer["marketplace"],
            "offer": offer["key"],
            "title": offer["title"],
            "seller": offer["seller"]["name"],
            "seller_type": offer["seller"]["type"],
            "currency": currency,
            "price": decimal(offer["price_minor"]),
            "discounts": decimal(amounts.get("promotion")),
            "shipping": decimal(amounts.get("shipping")),
            "landed": decimal(landed["total_minor"]),
            "status": landed["status"],
            "is_landed_exact": landed["is_exact"],
            "list_price": decimal(offer["list_price_minor"]),
            "claimed": decimal(offer["claimed_minor"]),
            "stock": offer["stock"],
            "url": offer["url"],
            "observation_id": offer["observation_id"],
            "rule": (offer["evidence"] or {}).get("rule"),
            "is_certain": offer["is_certain"],
            "missing": offer["missing"],
            "probable": offer["probable"],
        }
