"""``/admin``: signing in and out. The session is a signed token in a cookie that no other site and no script can use."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request, Response

from api.keys import COOKIE, SESSION, AdminKey, is_signed_in, require_same_site
from api.pages.crawl_changes import back
from api.pages.crawls import NO_STORE
from api.pages.render import page
from api.routes.answering import Use

router = APIRouter(include_in_schema=False)

LONGEST_KEY: Final = 500


@router.get("/admin")
def admin(request: Request) -> Response:
    """The sign-in form, or the way out."""
    return _page(request)


@router.post("/admin", dependencies=[Depends(require_same_site)])
def sign_in(
    request: Request, services: Use, key: Annotated[str, Form(max_length=LONGEST_KEY)] = ""
) -> Response:
    """Start a session."""
    keys: AdminKey = services.admin
    if not keys.matches(key.strip()):
        return _page(request, is_refused=True)
    answer = back("/crawls", "signed_in")
    answer.set_cookie(
        COOKIE,
        keys.session(),
        max_age=int(SESSION.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer


@router.post("/admin/leave", dependencies=[Depends(require_same_site)])
def sign_out(request: Request) -> Response:
    """End the session in this browser."""
    answer = back("/admin", "signed_out")
    answer.delete_cookie(
        COOKIE, path="/", secure=request.url.scheme == "https", httponly=True, samesite="strict"
    )
    return answer


def _page(request: Request, *, is_refused: bool = False) -> Response:
    return page(
        request,
        "admin.html",
        status=403 if is_refused else 200,
        cache=NO_STORE,
        is_admin=is_signed_in(request),
        is_refused=is_refused,
        said=request.query_params.get("said", ""),
        hours=int(SESSION.total_seconds()) // 3600,
    )
