"""Schedules and runs: reading is open, changing needs the admin key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api import schemas
from api.keys import require_admin
from api.routes.answering import Use, documented, json_answer
from api.services import Services
from api.views import rejects_view, run_view, runs_view, schedule_view
from catalog.errors import InvalidInput
from ledger.schedules import NewSchedule, ScheduleChange, ScheduleKind, Timing

router = APIRouter(prefix="/api/v1", tags=["crawling"])

Number = Annotated[int, Path(ge=1, le=2**62)]
ADMIN = [Depends(require_admin)]


@router.get("/schedules", responses=documented(schemas.SchedulesOut, 503), operation_id="list_schedules")
def list_schedules(services: Use) -> Response:
    """Every schedule."""
    return json_answer({"schedules": [schedule_view(one) for one in services.ledger.schedules.all()]})


@router.post(
    "/schedules",
    status_code=201,
    dependencies=ADMIN,
    responses=documented(schemas.ScheduleOut, 400, 401, 403, 404, 413, 422, 503, status=201),
    operation_id="create_schedule",
)
def create_schedule(services: Use, body: schemas.ScheduleIn) -> Response:
    """Make a schedule; its first slot lies in the future."""
    keywords = checked_keywords(services, body.marketplace, body.keywords)
    new = NewSchedule(body.name, body.marketplace, keywords, timing_of(body.timing))
    schedule = services.ledger.schedules.create(new, now=services.clock())
    return json_answer(schedule_view(schedule), 201, Location=f"/api/v1/schedules/{schedule.id}")


@router.get(
    "/schedules/{schedule_id}",
    responses=documented(schemas.ScheduleOut, 404, 422, 503),
    operation_id="get_schedule",
)
def get_schedule(services: Use, schedule_id: Number) -> Response:
    """One schedule."""
    return json_answer(schedule_view(services.ledger.schedules.get(schedule_id)))


@router.patch(
    "/schedules/{schedule_id}",
    dependencies=ADMIN,
    responses=documented(schemas.ScheduleOut, 400, 401, 403, 404, 413, 422, 503),
    operation_id="change_schedule",
)
def change_schedule(services: Use, schedule_id: Number, body: schemas.ScheduleChangeIn) -> Response:
    """Change, pause (``is_paused: true``) or resume a schedule. Nothing missed while paused is caught up."""
    keywords = body.keywords
    if keywords is not None:
        marketplace = services.ledger.schedules.get(schedule_id).marketplace
        keywords = list(checked_keywords(services, marketplace, keywords))
    change = ScheduleChange(
        name=body.name,
        keywords=None if keywords is None else tuple(keywords),
        timing=None if body.timing is None else timing_of(body.timing),
        is_paused=body.is_paused,
    )
    return json_answer(
        schedule_view(services.ledger.schedules.change(schedule_id, change, now=services.clock()))
    )


@router.delete(
    "/schedules/{schedule_id}",
    status_code=204,
    dependencies=ADMIN,
    responses=documented(None, 401, 403, 404, 422, 503),
    operation_id="delete_schedule",
)
def delete_schedule(services: Use, schedule_id: Number) -> Response:
    """End a schedule for good; its runs stay."""
    services.ledger.schedules.delete(schedule_id, now=services.clock())
    return Response(status_code=204)


@router.get("/runs", responses=documented(schemas.RunsOut, 422, 503), operation_id="list_runs")
def list_runs(
    services: Use,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        int | None, Query(ge=1, le=2**62, description="`next_before` of the page before")
    ] = None,
    schedule_id: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """Runs, newest first."""
    runs = services.ledger.runs.newest(limit=limit, before=before, schedule_id=schedule_id)
    return json_answer(runs_view(runs, limit))


@router.post(
    "/runs",
    status_code=201,
    dependencies=ADMIN,
    responses=documented(schemas.RunOut, 400, 401, 403, 404, 413, 422, 503, status=201),
    operation_id="start_run",
)
def start_run(services: Use, body: schemas.RunIn) -> Response:
    """Ask for a crawl now; a worker takes it as soon as its marketplace is free."""
    keywords = checked_keywords(services, body.marketplace, body.keywords)
    run_id = services.ledger.runs.request(body.marketplace, keywords, now=services.clock())
    return json_answer(run_view(services.ledger.runs.get(run_id)), 201, Location=f"/api/v1/runs/{run_id}")


@router.get("/runs/{run_id}", responses=documented(schemas.RunOut, 404, 422, 503), operation_id="get_run")
def get_run(services: Use, run_id: Number) -> Response:
    """One run and its progress."""
    return json_answer(run_view(services.ledger.runs.get(run_id)))


@router.get(
    "/runs/{run_id}/rejects",
    responses=documented(schemas.RejectsOut, 404, 422, 503),
    operation_id="run_rejects",
)
def run_rejects(services: Use, run_id: Number, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> Response:
    """What could not be read in a run, and why."""
    services.ledger.runs.get(run_id)
    return json_answer(rejects_view(services.ledger.frontier.rejects(run_id, limit=limit)))


@router.post(
    "/runs/{run_id}/cancel",
    status_code=202,
    dependencies=ADMIN,
    responses=documented(schemas.RunOut, 400, 401, 403, 404, 413, 422, 503, status=202),
    operation_id="cancel_run",
)
def cancel_run(services: Use, run_id: Number) -> Response:
    """End a run: a waiting one at once, a running one within a second; what was read stays."""
    services.ledger.runs.cancel(run_id, now=services.clock())
    return json_answer(run_view(services.ledger.runs.get(run_id)), 202)


def timing_of(body: schemas.TimingIn) -> Timing:
    """A timing that can fire.

    Raises:
        InvalidSchedule: it cannot.
    """
    return Timing(ScheduleKind(body.kind), body.expression, body.zone)


def checked_keywords(services: Services, marketplace: str, keywords: list[str]) -> tuple[str, ...]:
    """Keywords that this marketplace can be asked for.

    Raises:
        NotFound: no such marketplace.
        InvalidInput: it is searched by keyword and there is none.
    """
    known = services.ledger.marketplaces.get(marketplace)
    cleaned = tuple(keyword for keyword in keywords if keyword.strip())
    if known.needs_keywords and not cleaned:
        raise InvalidInput(f"{known.name} is searched by keyword: give at least one")
    return cleaned
