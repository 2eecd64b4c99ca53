"""What every JSON route shares: reaching the services, and answering in bytes that were made once."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import Depends, Request, Response

from api.services import Services


def services_of(request: Request) -> Services:
    """The services this app was made with."""
    services: Services = request.app.state.services
    return services


Use = Annotated[Services, Depends(services_of)]


def json_answer(document: Any, status: int = 200, **headers: str) -> Response:
    """`document` as JSON. Times are RFC 3339 in UTC."""
    body = orjson.dumps(document, option=orjson.OPT_UTC_Z)
    return Response(body, status, {"Cache-Control": "no-store", **headers}, "application/json")


def documented(model: type | None, *errors: int, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses: the model of success, and problem+json for each error."""
    found: dict[int | str, dict[str, Any]] = {} if model is None else {status: {"model": model}}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found |= {error: {"description": "Problem", "content": content} for error in errors}
    return found
