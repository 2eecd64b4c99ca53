"""The application: routes, pages, errors and headers, put together around one `Services`."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from api import problems, schemas
from api.headers import SecurityHeaders
from api.pages import router as pages
from api.routes import correcting, crawling, health, search
from api.services import Services

MAX_BODY: Final = 64 * 1024
"""Bytes of a request: the largest, a schedule with 100 keywords, has about 30 kB."""

DESCRIPTION: Final = """
One keyword in, the same goods from every marketplace side by side out.

Amounts are integers in the currency's minor unit, with exact decimal text beside them. Times are UTC. Errors are
`application/problem+json` (RFC 9457) with a stable `type`. Reading is open; whatever changes something needs
`Authorization: Bearer <admin key>`.
"""


def create_app(services: Services) -> FastAPI:
    """The service for these services. Documentation is our own page: no third party sees who reads it."""
    app = FastAPI(
        title="bijia 比价",
        version="1",
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.services = services
    problems.install(app)
    for module in (search, crawling, correcting, health):
        app.include_router(module.router)
    _document_problems(app)
    pages.install(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY)
    app.add_middleware(SecurityHeaders)  # outermost: it also words the body limit's refusal
    return app


def _document_problems(app: FastAPI) -> None:
    """Put the `Problem` schema into the OpenAPI document, which routes refer to."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            document["components"]["schemas"]["Problem"] = schemas.Problem.model_json_schema()
            document["components"]["securitySchemes"] = {"admin": {"type": "http", "scheme": "bearer"}}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
