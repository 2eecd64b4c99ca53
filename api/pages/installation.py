"""What pages are worded with that depends on this installation: its marketplaces and its lexicon of brands."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request

from api.compare import OfferView
from api.pages.attributes import Wording
from api.pages.matrix import Matrix
from api.pages.render import pages_of
from api.services import Services
from catalog.landed_price import Buyer


def names_of(services: Services) -> dict[str, str]:
    """What each known marketplace is called, by slug."""
    return {slug: marketplace.name for slug, marketplace in services.answers.marketplaces().items()}


def wording_of(request: Request, services: Services) -> Wording:
    """What puts attributes into words."""
    return Wording(pages_of(request).texts, services.indexer.reader.lexicon.brands)


def close_names(services: Services, offers: Iterable[OfferView]) -> dict[str, str]:
    """Names of the products that these offers were close to and kept out of, by id; those that are gone are left out."""
    evidence = (view.data["evidence"] or {} for view in offers)
    rejected = (one["product_id"] for decision in evidence for one in decision.get("rejected", ()))
    wanted = list(dict.fromkeys(rejected))
    return (
        {found["product_id"]: found["name"] for found in services.search.products(wanted)} if wanted else {}
    )


def matrix_of(request: Request, services: Services, buyer: Buyer) -> Matrix:
    """What makes rows, with prices for `buyer`."""
    return Matrix(pages_of(request).texts, wording_of(request, services), names_of(services), buyer)
