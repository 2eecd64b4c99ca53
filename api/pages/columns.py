"""Which marketplaces have a column, and in which order: one that favours nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from api.results import Results


def rotated(slugs: Iterable[str], today: date) -> list[str]:
    """In order of slug, moved on by one place each day: over time each stands first equally often."""
    ordered = sorted(set(slugs))
    first = today.toordinal() % len(ordered) if ordered else 0
    return ordered[first:] + ordered[:first]


def columns(results: Results, *, is_first_page: bool, today: date) -> list[str]:
    """The marketplaces that occur in the whole answer, not only on this page: further pages are appended below."""
    shown = {cell.marketplace for product in results.products for cell in product.cells}
    if results.found.next_cursor is None and is_first_page:
        return rotated(shown, today)
    counted = {slug for slug, products in results.found.facets.get("marketplaces", ()) if products}
    return rotated(shown | counted, today)


def kept(asked: str, known: Collection[str]) -> Sequence[str]:
    """The columns of the page before, for rows that are appended to it: ``jd.shop.taobao``."""
    return [slug for slug in dict.fromkeys(asked.split(".")) if slug in known]
