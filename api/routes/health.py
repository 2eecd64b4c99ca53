"""Whether the process lives, and whether it can answer: two questions, because restarting mends only the first."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.routes.answering import Use, json_answer
from catalog.errors import LedgerError, SearchError

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="healthz")
def healthz() -> Response:
    """The process lives."""
    return json_answer({"status": "ok"})


@router.get(
    "/readyz",
    operation_id="readyz",
    responses={503: {"description": "not ready; `checks` says what is missing"}},
)
def readyz(services: Use) -> Response:
    """Everything a search needs answers; 503 and the reasons when something does not.

    Who keeps the index up as well is not ready while it takes no writes; who only searches says so and stays ready.
    """
    checks: dict[str, str] = {}
    try:
        services.ledger.database.ping()
        checks["ledger"] = "ok"
    except LedgerError as error:
        checks["ledger"] = str(error)
    try:
        services.ledger.database.check_writable()
        checks["ledger_writes"] = "ok"
    except LedgerError as error:
        checks["ledger_writes"] = str(error)
    try:
        health = services.live.engine().health()
        checks["search"] = "ok" if health.is_ready else health.detail
        if health.is_ready:  # else nobody can say
            checks["search_writes"] = health.writes
    except SearchError as error:
        checks["search"] = str(error)
    needed = ("ledger", "search", "search_writes") if services.is_indexing else ("ledger", "search")
    is_ready = all(checks.get(name, "ok") == "ok" for name in needed)
    return json_answer(
        {"status": "ok" if is_ready else "not ready", "checks": checks}, 200 if is_ready else 503
    )
