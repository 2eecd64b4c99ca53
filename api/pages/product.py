"""``/products/{id}``: all offers with every step of their price, 180 days of history, and other versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.compare import SideBySide
from api.keys import is_signed_in
from api.landed import Wish
from api.pages.addresses import product_address, wish_pairs
from api.pages.chart import Chart, chart
from api.pages.installation import close_names, matrix_of, wording_of
from api.pages.matrix import Matrix, main_currency
from api.pages.price_words import PriceWords, needs_of
from api.pages.render import page, pages_of
from api.pages.spans import Span, seconds, spans
from api.pages.texts import Texts
from api.pages.verdicts import Verdicts
from api.pages.wish_form import settled, wish_form
from api.results import ProductDetail
from api.routes.answering import Use
from api.routes.search import wish_of
from api.schemas import WishIn
from api.services import Services
from api.unit import unit_price_of
from indexer.understand import LONGEST
from ledger.history import PricePoint

router = APIRouter(include_in_schema=False)

ProductId = Annotated[str, Path(max_length=40)]


@router.get("/products/{product_id}")
def product(
    request: Request,
    services: Use,
    product_id: ProductId,
    asked: Annotated[WishIn, Query()],
    or_more: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
    said: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """One product with everything that is known of it."""
    asked = settled(asked, or_more=or_more)
    wish, texts, now = wish_of(asked), pages_of(request).texts, services.clock()
    detail = services.answers.product(product_id, wish)
    if detail.product.data["product_id"] != product_id:
        return moved(request, detail.product.data["product_id"])
    matrix = matrix_of(request, services, wish.buyer(now))
    slugs = sorted({cell.marketplace for cell in detail.product.cells})
    cards = matrix.cards(detail.product, detail.references)
    wished, words = wish_pairs(asked), PriceWords(texts, wish.buyer(now))
    needs = needs_of(view for cell in detail.product.cells for view in cell.offers)
    return page(
        request,
        "product.html",
        wished=urlencode(wished),
        wished_fields=wished,
        form=wish_form(wish, needs, texts, words, action=product_address(product_id), kept=()),
        data=detail.product.data,
        row=matrix.row(detail.product, slugs),
        names={slug: matrix.name(slug) for slug in slugs},
        offers=cards,
        best=cards[0] if detail.product.cheapest else None,
        product_names=close_names(services, (view for cell in detail.product.cells for view in cell.offers)),
        chart=price_chart(detail, now=seconds(now)),
        is_admin=is_signed_in(request),
        said=said,
        **_read(request, services, detail),
        **_observed(detail, texts),
        **_versions(detail, matrix),
    )


@router.get("/products/{product_id}/offers")
def offers(
    request: Request,
    services: Use,
    product_id: ProductId,
    asked: Annotated[WishIn, Query()],
    q: Annotated[str, Query(max_length=LONGEST)] = "",
) -> Response:
    """The offers listed below a row of the matrix; `q` is the search they are listed for."""
    wish: Wish = wish_of(asked)
    found = services.answers.compared(product_id, seed=q, wish=wish)
    matrix = matrix_of(request, services, wish.buyer(services.clock()))
    return page(
        request,
        "offers.html",
        id=product_id,
        groups=matrix.groups(found),
        product_names=close_names(services, (view for cell in found.cells for view in cell.shown)),
        wished=urlencode(wish_pairs(asked)),
    )


def moved(request: Request, product_id: str) -> Response:
    """To the product that this one became part of, with the same parameters. Not for good: a word can be withdrawn."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(product_address(product_id) + query, 302, {"Cache-Control": "no-store"})


def _read(request: Request, services: Services, detail: ProductDetail) -> dict[str, Any]:
    """What splits the product from others, and what was left open, in words."""
    wording = wording_of(request, services)
    return {
        "attributes": wording.named(_attributes(detail.product)),
        "missing": wording.attributes(detail.product.data["missing"]),
    }


def _observed(detail: ProductDetail, texts: Texts) -> dict[str, Any]:
    """Whether today is a low, and what was observed of the lowest price."""
    reference, cheapest = detail.reference, detail.product.cheapest
    if reference is None or cheapest is None:
        return {"lows": (), "course": ()}
    verdicts = Verdicts(texts)
    return {
        "lows": verdicts.lows(reference),
        "course": verdicts.course(reference, cheapest.data["currency"]),
    }


def _versions(detail: ProductDetail, matrix: Matrix) -> dict[str, Any]:
    """Other versions: packs of the same goods by unit price, the rest by price, those that leave something open apart."""
    packs: list[SideBySide] = []
    others: list[SideBySide] = []
    for version in detail.versions:
        (packs if is_other_pack(version, detail.product) else others).append(version)
    ordered = sorted([detail.product, *packs] if packs else [], key=_unit_order)
    rows = {id(version): matrix.row(version, ()) for version in (detail.product, *detail.versions)}
    return {
        "packs": [rows[id(pack)] for pack in ordered],
        "versions": [rows[id(one)] for one in others if one.data["is_certain"]],
        "possible": [rows[id(one)] for one in others if not one.data["is_certain"]],
    }


def is_other_pack(version: SideBySide, of: SideBySide) -> bool:
    """Whether these are the same goods in another pack: they compare by unit price, never by price."""
    same = ("kind", "condition", "region", "variant")
    mine, theirs = of.data, version.data
    are_known = theirs["is_certain"] and theirs["unit"] is not None and mine["unit"] is not None
    return are_known and all(mine[name] == theirs[name] for name in same) and mine["pack"] != theirs["pack"]


def _unit_order(pack: SideBySide) -> tuple[bool, Fraction]:
    best = pack.cheapest
    if best is None:
        return True, Fraction(0)
    price = unit_price_of(best, pack.data["unit"])
    return price is None, price.exact if price is not None else Fraction(0)


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
