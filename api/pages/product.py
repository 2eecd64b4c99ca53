"""``/products/{id}``: all offers with every step of their price, 90 days of history, and other versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.compare import SideBySide
from api.pages.chart import Chart, chart
from api.pages.installation import matrix_of, wording_of
from api.pages.matrix import RowView, main_currency
from api.pages.render import page
from api.pages.spans import Span, seconds, spans
from api.results import ProductDetail
from api.routes.answering import Use
from indexer.understand import LONGEST
from ledger.history import PricePoint

router = APIRouter(include_in_schema=False)

ProductId = Annotated[str, Path(max_length=40)]


@router.get("/products/{product_id}")
def product(request: Request, services: Use, product_id: ProductId) -> Response:
    """One product with everything that is known of it."""
    detail = services.answers.product(product_id)
    matrix, wording = matrix_of(request, services), wording_of(request, services)
    slugs = sorted({cell.marketplace for cell in detail.product.cells})
    cards = matrix.cards(detail.product)
    versions = [matrix.row(version, (), None) for version in detail.versions]
    certain = {version.data["product_id"] for version in detail.versions if version.data["is_certain"]}
    return page(
        request,
        "product.html",
        data=detail.product.data,
        row=matrix.row(detail.product, slugs, None),
        names={slug: matrix.name(slug) for slug in slugs},
        attributes=wording.named(_attributes(detail.product)),
        missing=wording.attributes(detail.product.data["missing"]),
        offers=cards,
        best=cards[0] if detail.product.cheapest else None,
        chart=price_chart(detail, now=seconds(services.clock())),
        versions=[version for version in versions if version.id in certain],
        possible=[version for version in versions if version.id not in certain],
        product_names=_names(detail, versions),
    )


@router.get("/products/{product_id}/offers")
def offers(
    request: Request, services: Use, product_id: ProductId, q: Annotated[str, Query(max_length=LONGEST)] = ""
) -> Response:
    """The offers listed below a row of the matrix; `q` is the search they are listed for."""
    found = services.answers.compared(product_id, seed=q)
    return page(request, "offers.html", id=product_id, groups=matrix_of(request, services).groups(found))


def price_chart(detail: ProductDetail, *, now: int) -> Chart | None:
    """The chart of a product's history: offers that are out of line are left out, as they are from "cheapest"."""
    series: dict[str, list[Sequence[PricePoint]]] = {}
    for view in (view for cell in detail.product.cells for view in cell.offers):
        points = detail.history.get(view.data["offer_id"])
        if points and not view.data["is_outlier"]:
            series.setdefault(view.data["marketplace"], []).append(points)
    if not series:
        return None
    currency = main_currency([points for many in series.values() for points in many])
    lines: Mapping[str, list[list[Span]]] = {
        slug: [spans(points, currency=currency, now=now) for points in many] for slug, many in series.items()
    }
    return chart(lines, currency=currency, now=now)


def _attributes(found: SideBySide) -> dict[str, str]:
    """What splits this product from others, in the order it is read."""
    data = found.data
    pack = data["pack"]
    plain = {
        "brand": data["brand"],
        "model": data["model"],
        "family": data["family"],
        "size": pack["size"] if pack else None,
        "count": str(pack["count"]) if pack and pack["count"] > 1 else None,
        "condition": data["condition"],
        "region": data["region"],
    }
    stated = {name: value for name, value in plain.items() if value}
    gtins = {"gtin": "、".join(data["gtins"])} if data["gtins"] else {}
    return {**stated, **data["variant"], **gtins}


def _names(detail: ProductDetail, versions: Sequence[RowView]) -> dict[str, str]:
    """Names of the products that offers of this page were kept out of, where they are known."""
    return {version.id: version.name for version in versions} | {
        detail.product.data["product_id"]: detail.product.data["name"]
    }
