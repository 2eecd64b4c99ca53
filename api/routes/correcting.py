"""Corrections: what people say about two offers being the same goods. Reading is open, changing needs the admin key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api import schemas
from api.keys import require_admin
from api.routes.answering import Use, documented, json_answer
from api.services import Services
from api.views import correction_view, corrections_view
from catalog.errors import NotFound
from catalog.listing import OfferKey
from indexer.standing import Told, told
from ledger.corrections import LONGEST_AUTHOR, Correction, Said, Word

router = APIRouter(prefix="/api/v1", tags=["corrections"])

Number = Annotated[int, Path(ge=1, le=2**62)]
ADMIN = [Depends(require_admin)]
AUTHOR = "api"
"""Who says something through the API without saying who."""


@router.get(
    "/corrections", responses=documented(schemas.CorrectionsOut, 422, 503), operation_id="list_corrections"
)
def list_corrections(
    services: Use,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        int | None, Query(ge=1, le=2**62, description="`next_before` of the page before")
    ] = None,
    offer: Annotated[str | None, Query(max_length=700, description="only words about this offer")] = None,
) -> Response:
    """Every word that was ever said, in the order in which it was stored, newest first, with what became of it."""
    key = None if offer is None else OfferKey.parse(offer)
    said = services.ledger.corrections.newest(limit=limit, before=before, offer=key)
    return json_answer(corrections_view(standing_of(services, said), limit))


@router.post(
    "/corrections",
    status_code=201,
    dependencies=ADMIN,
    responses=documented(schemas.CorrectionOut, 400, 401, 403, 404, 413, 422, 503, status=201),
    operation_id="correct",
)
def correct(services: Use, body: schemas.CorrectionIn) -> Response:
    """Say that two offers are, or are not, the same goods. Shown within a second; the answer says what became of it."""
    word = Word(body.word)
    number = say(
        services,
        word,
        OfferKey.parse(body.left),
        OfferKey.parse(body.right),
        author=body.author,
        note=body.note,
    )
    (found,) = standing_of(services, [services.ledger.corrections.get(number)])
    return json_answer(correction_view(found), 201, Location=f"/api/v1/corrections/{number}")


@router.get(
    "/corrections/{correction_id}",
    responses=documented(schemas.CorrectionOut, 404, 422, 503),
    operation_id="get_correction",
)
def get_correction(services: Use, correction_id: Number) -> Response:
    """One word, with what became of it."""
    (found,) = standing_of(services, [services.ledger.corrections.get(correction_id)])
    return json_answer(correction_view(found))


@router.delete(
    "/corrections/{correction_id}",
    status_code=204,
    dependencies=ADMIN,
    responses=documented(None, 401, 403, 404, 409, 422, 503),
    operation_id="withdraw_correction",
)
def withdraw_correction(
    services: Use,
    correction_id: Number,
    author: Annotated[str, Query(min_length=1, max_length=LONGEST_AUTHOR)] = AUTHOR,
) -> Response:
    """Take a word back; one that a newer word on the same pair replaced cannot be."""
    services.ledger.corrections.withdraw(correction_id, author=author, now=services.clock())
    return Response(status_code=204)


def say(
    services: Services, word: Word, left: OfferKey, right: OfferKey, *, author: str, note: str = ""
) -> int:
    """Record a word about two offers that are known; its number.

    Raises:
        NotFound: one of the offers was never seen.
        InvalidInput: the two are one, or author or note will not do.
    """
    correction = Correction(word, left, right, author, note, services.clock()).checked()
    known = services.ledger.observations.current([left, right])
    for key in (left, right):
        if key not in known:
            raise NotFound("offer", str(key))
    return services.ledger.corrections.say(correction)


def standing_of(services: Services, said: list[Said]) -> list[Told]:
    """These words with what became of them."""
    return told(services.ledger, services.indexer.reader, said)
