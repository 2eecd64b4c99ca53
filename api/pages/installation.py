"""What pages are worded with that depends on this installation: its marketplaces and its lexicon of brands."""

from __future__ import annotations

from fastapi import Request

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


def matrix_of(request: Request, services: Services, buyer: Buyer) -> Matrix:
    """What makes rows, with prices for `buyer`."""
    return Matrix(pages_of(request).texts, wording_of(request, services), names_of(services), buyer)
