"""``/corrections``: what people said about offers being the same goods, what became of it, and the form to say it.

Reading is open to everybody; what the forms send is in `correction_changes.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from api.keys import is_signed_in
from api.pages.correction_forms import LONGEST, WordForm
from api.pages.installation import wording_of
from api.pages.render import page
from api.routes.answering import Use
from api.routes.correcting import standing_of
from api.services import Services
from catalog.listing import OfferKey
from indexer.standing import Told
from ledger.corrections import LONGEST_AUTHOR, LONGEST_NOTE, Said

router = APIRouter(include_in_schema=False)

SHOWN: Final = 50

Before = Annotated[int | None, Query(ge=1, le=2**62)]
Asked = Annotated[str, Query(max_length=LONGEST)]


@router.get("/corrections")
def corrections(
    request: Request,
    services: Use,
    before: Before = None,
    said: Annotated[str, Query(max_length=40)] = "",
    left: Asked = "",
    right: Asked = "",
) -> Response:
    """Every word, newest first, and the form; `left` and `right` fill it in."""
    return overview(request, services, WordForm(left=left, right=right), before=before, said=said)


def overview(
    request: Request, services: Services, form: WordForm, *, before: int | None = None, said: str = ""
) -> Response:
    """The whole page; with a form that was refused, as it was filled in and with what is wrong."""
    found = services.ledger.corrections.newest(limit=SHOWN, before=before)
    return page(
        request,
        "corrections.html",
        status=422 if form.errors else 200,
        cache="no-store",
        said=said,
        form=form,
        words=[_view(request, services, one) for one in standing_of(services, found)],
        titles=_titles(services, found),
        before=before,
        next_before=found[-1].id if len(found) == SHOWN else None,
        is_admin=is_signed_in(request),
        longest={"author": LONGEST_AUTHOR, "note": LONGEST_NOTE},
    )


def _titles(services: Services, found: Sequence[Said]) -> Mapping[OfferKey, str]:
    """What sellers call the offers."""
    keys = {key for one in found for key in one.correction.pair}
    current = services.ledger.observations.current(sorted(keys))
    return {key: stored.offer.listing.title for key, stored in current.items()}


def _view(request: Request, services: Services, told: Told) -> Mapping[str, Any]:
    """A word as the page shows it."""
    outcome = told.outcome
    return {
        "said": told.said,
        "one": told.said.correction,
        "status": told.status,
        "chain": told.chain,
        "by": told.replaced_by,
        "differ": outcome.differ if outcome is not None else None,
        "why": wording_of(request, services).differ(outcome.vetoes) if outcome is not None else "",
    }
