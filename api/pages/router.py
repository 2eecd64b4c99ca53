"""All pages together, and how they are put into the app."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api.pages import (
    admin,
    api_docs,
    correction_changes,
    corrections,
    crawl_changes,
    crawls,
    errors,
    home,
    product,
    search,
    static_files,
)
from api.pages.render import Pages

router = APIRouter(include_in_schema=False)
for module in (
    home,
    search,
    product,
    crawls,
    crawl_changes,
    corrections,
    correction_changes,
    admin,
    api_docs,
    static_files,
):
    router.include_router(module.router)


def install(app: FastAPI) -> None:
    """Serve the pages. Comes after `api.problems.install`: browsers get error pages, programs still get problems."""
    app.state.pages = Pages.load()
    app.include_router(router)
    errors.install(app)
