"""``/``: the search box, what this is, and how fresh each marketplace's figures are. ``/about``: the rules in full."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from api.compare import SHOWN_PER_MARKETPLACE
from api.freshness import GREY_AFTER, HIDE_AFTER
from api.pages.addresses import search_address
from api.pages.coverage import sources
from api.pages.render import page
from api.routes.answering import Use
from api.schemas import SearchIn
from indexer.documents import FEWEST_FOR_OUTLIER, OUTLIER
from indexer.doubts import LEAST_SURE

router = APIRouter(include_in_schema=False)

EXAMPLES: Final = (
    "iPhone 15 128GB",
    "3000元以下的华为手机",
    "飞天茅台 53度 500ml",
    "星飞帆 3段 700g",
    "降噪耳机 最便宜",
    "二手 iPhone 15",
)
"""Searches to try: a model, a price limit, exact contents, a stage, an order, a condition."""


@router.get("/")
def home(request: Request, services: Use) -> Response:
    """The front door."""
    examples = [(text, search_address(SearchIn(q=text))) for text in EXAMPLES]
    return page(request, "home.html", examples=examples, sources=sources(services.ledger))


@router.get("/about")
def about(request: Request, services: Use) -> Response:
    """How results are ordered, what prices mean, what is stored, what is not known."""
    return page(
        request,
        "about.html",
        sources=sources(services.ledger),
        grey_hours=int(GREY_AFTER.total_seconds()) // 3600,
        hide_days=HIDE_AFTER.days,
        shown=SHOWN_PER_MARKETPLACE,
        outlier=OUTLIER,
        least_sure=LEAST_SURE,
        fewest=FEWEST_FOR_OUTLIER,
    )
