"""Searching, products, histories, completions, marketplaces: reading only, no key needed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api import schemas
from api.landed import Wish
from api.routes.answering import Use, documented, json_answer
from api.views import (
    detail_view,
    marketplaces_view,
    offer_price_view,
    points_view,
    product_history_view,
    search_view,
    source_view,
)
from catalog.errors import InvalidInput, NotFound
from catalog.listing import OfferKey
from catalog.region import HOME, region_code
from indexer.attributes import chosen
from indexer.query import Sort
from indexer.search import Choice
from indexer.understand import LONGEST

router = APIRouter(prefix="/api/v1", tags=["search"])


@router.get("/search", responses=documented(schemas.SearchOut, 400, 422, 503), operation_id="search")
def search(services: Use, asked: Annotated[schemas.SearchIn, Query()]) -> Response:
    """Products with their offers side by side: total, facets, order by relevance, landed price or unit price."""
    results = services.answers.search(
        asked.q, choice_of(asked), limit=asked.limit, after=asked.cursor, wish=wish_of(asked)
    )
    brands = services.indexer.reader.lexicon.brands
    return json_answer(search_view(results, services.answers.marketplaces(), brands))


def choice_of(asked: schemas.SearchIn) -> Choice:
    """The filters and order of a search.

    Raises:
        InvalidInput: an attribute that is none, or a value that it cannot have.
    """
    return Choice(
        marketplaces=tuple(asked.marketplace),
        brands=tuple(asked.brand),
        families=tuple(asked.category),
        conditions=tuple(asked.condition),
        kinds=tuple(asked.kind),
        regions=tuple("home" if name == "cn" else name for name in asked.region_version),
        attributes=chosen(asked.attributes),
        units=tuple(asked.unit),
        group=asked.group,
        low_minor=asked.price_from,
        high_minor=asked.price_to,
        unit_low_minor=asked.unit_price_from,
        unit_below_minor=asked.unit_price_below,
        sort=Sort(asked.sort) if asked.sort is not None else None,
    )


def wish_of(asked: schemas.WishIn) -> Wish:
    """For whom prices are worked out.

    Raises:
        InvalidInput: a region that is none.
    """
    region = region_code(asked.region) if asked.region else HOME
    if region is None:
        raise InvalidInput(f"not a region of China: {asked.region!r}")
    quantity = asked.quantity if asked.at_least is None else asked.at_least
    return Wish(quantity, asked.at_least is not None, region, frozenset(asked.conditions))


@router.get(
    "/products/{product_id}",
    responses=documented(schemas.ProductDetailOut, 404, 422, 503),
    operation_id="product",
)
def product(
    services: Use,
    product_id: Annotated[str, Path(max_length=40)],
    asked: Annotated[schemas.WishIn, Query()],
) -> Response:
    """One product: all offers, 90 days of their prices, and other versions of the same model.

    One that became part of another answers with that one, whose address is in `Content-Location`.
    """
    detail = services.answers.product(product_id, wish_of(asked))
    answer = json_answer(detail_view(detail, services.answers.marketplaces()))
    now = detail.product.data["product_id"]
    if now != product_id:
        answer.headers["Content-Location"] = f"/api/v1/products/{now}"
    return answer


@router.get(
    "/offers/{key}/history", responses=documented(schemas.HistoryOut, 404, 422, 503), operation_id="history"
)
def history(
    services: Use, key: Annotated[str, Path(max_length=700, examples=["jd:100000000001:"])]
) -> Response:
    """Every change of an offer's price, and the page the newest figure was read from."""
    offer = OfferKey.parse(key)
    current = services.ledger.observations.current([offer]).get(offer)
    if current is None:
        raise NotFound("offer", key)
    points = services.ledger.history.points([current.offer_id])[current.offer_id]
    source = services.ledger.observations.provenance(current.id)
    return json_answer(
        {"key": str(offer), "points": points_view(points), "source": source_view(current.id, source)}
    )


@router.get(
    "/offers/{key}/price",
    responses=documented(schemas.OfferPriceOut, 400, 404, 422, 503),
    operation_id="offer_price",
)
def offer_price(
    services: Use,
    key: Annotated[str, Path(max_length=700, examples=["jd:100000000001:"])],
    asked: Annotated[schemas.OfferPriceIn, Query()],
) -> Response:
    """What an offer costs, delivered, with every step of the sum; with `explain` also what became of each promotion."""
    found = services.answers.offer_price(OfferKey.parse(key), wish_of(asked), explains=asked.explains)
    return json_answer(offer_price_view(found))


@router.get(
    "/products/{product_id}/history",
    responses=documented(schemas.ProductHistoryOut, 404, 422, 503),
    operation_id="product_history",
)
def product_history(services: Use, product_id: Annotated[str, Path(max_length=40)]) -> Response:
    """What was observed of a product: changes of the last 180 days, baselines, verdicts on struck-through prices, lows."""
    return json_answer(product_history_view(services.answers.product(product_id)))


@router.get("/suggest", responses=documented(schemas.SuggestOut, 422, 503), operation_id="suggest")
def suggest(
    services: Use,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> Response:
    """Completions of what was typed so far."""
    found = services.search.suggest(q, limit=limit)
    return json_answer({"suggestions": [{"text": s.text, "products": s.products} for s in found]})


@router.get("/marketplaces", responses=documented(schemas.MarketplacesOut, 503), operation_id="marketplaces")
def marketplaces(services: Use) -> Response:
    """The marketplaces this installation knows, and whether each is configured."""
    return json_answer(marketplaces_view(services.ledger.marketplaces.all()))
