"""The other end of the forms for corrections.

Every change needs the admin session and comes from our own pages; then back to a page (303) that shows what came of it.
"""

from __future__ import annotations

import threading
import time
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from api.keys import require_admin
from api.pages.addresses import product_address
from api.pages.correction_forms import PRODUCT, WordFields, WordForm, offers_of
from api.pages.corrections import overview
from api.routes.answering import Use
from api.routes.correcting import say, standing_of
from api.services import Services
from catalog.listing import OfferKey
from ledger.corrections import Word

router = APIRouter(include_in_schema=False, dependencies=[Depends(require_admin)])

AUTHOR: Final = "page"
"""Who says something on a page without saying who."""

WAIT_S: Final = 1.0
"""How long a page that said something waits for its being shown; longer it takes only while followers are behind."""
LOOK_S: Final = 0.05

Number = Annotated[int, Path(ge=1, le=2**62)]


@router.post("/corrections")
def correct(request: Request, services: Use, typed: Annotated[WordFields, Form()]) -> Response:
    """Say a word about two offers or products."""
    form = WordForm.checked(services, typed)
    if form.errors:
        return overview(request, services, form)
    author = form.author.strip() or AUTHOR
    said = [say(services, Word(form.word), *pair, author=author, note=form.note) for pair in form.pairs]
    return _done(services, said[-1], typed.back)


@router.post("/corrections/apart")
def apart(
    services: Use,
    product: Annotated[str, Form(max_length=40)],
    offer: Annotated[str, Form(max_length=700)],
) -> Response:
    """Say that an offer is not the same goods as the others of a product.

    Said of the one that was there first; if the offer is that one, of the next two, so that it is the offer that leaves
    (DECISIONS 53).
    """
    key, offers = OfferKey.parse(offer), offers_of(services, product)
    others = [one for one in offers if one != key]
    if not others:
        return RedirectResponse(f"{product_address(product)}?said=alone", 303)
    said = [
        say(services, Word.NOT_SAME, key, other, author=AUTHOR)
        for other in others[: 2 if offers[0] == key else 1]
    ]
    return _done(services, said[-1], product)


@router.post("/corrections/{number}/withdraw")
def withdraw(services: Use, number: Number) -> Response:
    """Take a word back."""
    said = services.ledger.corrections.withdraw(number, author=AUTHOR, now=services.clock())
    if said is not None:
        wait_for(services, said.id)
    return RedirectResponse("/corrections?said=withdrawn", 303)


def wait_for(services: Services, number: int) -> None:
    """Until the word is shown, or `WAIT_S` are over."""
    until, pause = time.monotonic() + WAIT_S, threading.Event()
    while time.monotonic() < until:
        active = services.ledger.projections.active()
        if active is not None and active.word >= number:
            return
        pause.wait(LOOK_S)


def _done(services: Services, number: int, product: str) -> Response:
    """To the product's page; to the list of words where something speaks against this one."""
    wait_for(services, number)
    (told,) = standing_of(services, [services.ledger.corrections.get(number)])
    if told.status != "in_force":
        return RedirectResponse("/corrections?said=not_applied", 303)
    if PRODUCT.fullmatch(product):
        return RedirectResponse(f"{product_address(product)}?said=corrected", 303)
    return RedirectResponse("/corrections?said=corrected", 303)
