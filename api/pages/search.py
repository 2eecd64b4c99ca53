"""``/search``: the side-by-side matrix, with the same parameters and the same answer as ``GET /api/v1/search``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api.landed import Wish
from api.pages.addresses import other_pairs, search_address, wish_pairs
from api.pages.columns import columns, kept
from api.pages.facets import Filters, reading
from api.pages.installation import close_names, matrix_of, names_of, wording_of
from api.pages.matrix import Matrix, RowView, sparklines
from api.pages.price_words import PriceWords, needs_of
from api.pages.render import page, pages_of
from api.pages.wish_form import settled, wish_form
from api.results import Results
from api.routes.answering import Use
from api.routes.search import choice_of, wish_of
from api.schemas import SearchIn
from api.services import Services
from indexer.understand import LONGEST

router = APIRouter(include_in_schema=False)

SUGGESTED: Final = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown beside the filters and the order that every search has; only the wish changes the answer."""

    wish: Wish
    columns: str = ""
    """Columns of the page that rows are appended to: ``jd.taobao``."""
    open: str = ""
    """The product whose offers are listed below its row: how the list opens without scripts."""


@router.get("/search")
def search(
    request: Request,
    services: Use,
    asked: Annotated[SearchIn, Query()],
    columns: Annotated[str, Query(max_length=1_000)] = "",
    open: Annotated[str, Query(max_length=40)] = "",  # noqa: A002
    or_more: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
) -> Response:
    """Products side by side."""
    asked = settled(asked, or_more=or_more)
    wish = wish_of(asked)
    results = services.answers.search(
        asked.q, choice_of(asked), limit=asked.limit, after=asked.cursor, wish=wish
    )
    return _answer(request, services, asked, results, Shown(wish, columns, open))


@router.get("/suggest")
def suggest(request: Request, services: Use, q: Annotated[str, Query(max_length=LONGEST)] = "") -> Response:
    """Completions of what was typed, as options of the search box."""
    found = services.search.suggest(q, limit=SUGGESTED)
    return page(request, "suggestions.html", suggestions=[one.text for one in found])


def _answer(
    request: Request, services: Services, asked: SearchIn, results: Results, shown: Shown
) -> Response:
    found, now, texts = results.found, services.clock(), pages_of(request).texts
    buyer = shown.wish.buyer(now)
    matrix, wording = matrix_of(request, services, buyer), wording_of(request, services)
    known = names_of(services)
    slugs: Sequence[str] = kept(shown.columns, known)
    if not slugs:
        slugs = columns(results, is_first_page=asked.cursor is None, today=now.date())
    opened = [one for one in results.products if one.data["product_id"] == shown.open]
    needs = needs_of(view for product in results.products for cell in product.cells for view in cell.offers)
    wished = wish_pairs(asked)
    words = PriceWords(texts, buyer)
    return page(
        request,
        "search.html",
        query=asked.q,
        wished=urlencode(wished),
        wished_fields=wished,
        form=wish_form(shown.wish, needs, texts, words, action="/search", kept=other_pairs(asked)),
        filters=Filters(asked, found, texts, wording, known),
        reading=reading(found, wording),
        results=results,
        columns=matrix.columns(slugs, results.products),
        rows=_rows(services, results, matrix, slugs),
        opened={one.data["product_id"]: matrix.groups(one) for one in opened},
        product_names=close_names(services, (v for one in opened for c in one.cells for v in c.shown)),
        opening=_opening(asked),
        more=_more(asked, results, slugs),
        covered=(len({c.marketplace for p in results.products for c in p.cells}), len(known)),
    )


def _rows(services: Services, results: Results, matrix: Matrix, slugs: Sequence[str]) -> list[RowView]:
    courses = services.answers.courses(results.products)
    lines = sparklines({name: course.series for name, course in courses.items()}, now=services.clock())
    return [
        matrix.row(one, slugs, lines.get(name), courses[name].low)
        for one in results.products
        if (name := one.data["product_id"])
    ]


def _opening(asked: SearchIn) -> str:
    """The address of this page up to the product whose offers are to be listed."""
    address = search_address(asked)
    return f"{address}{'&' if '?' in address else '?'}open="


def _more(asked: SearchIn, results: Results, slugs: Sequence[str]) -> dict[str, str] | None:
    """Addresses of the next page: as a page of its own, and as rows under these columns."""
    cursor = results.found.next_cursor
    if cursor is None:
        return None
    address = search_address(asked, cursor=cursor)
    return {"href": address, "rows": f"{address}&columns={'.'.join(slugs)}"}
