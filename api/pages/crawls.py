"""``/crawls``: runs with live progress, schedules, and the forms to start them. Reading is open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response

from api.keys import is_signed_in
from api.pages.crawl_forms import RunForm, ScheduleForm
from api.pages.installation import names_of
from api.pages.render import page, pages_of
from api.pages.run_view import RunViews, has_active
from api.routes.answering import Use
from api.services import Services

router = APIRouter(include_in_schema=False)

RUNS_SHOWN: Final = 15
REJECTS_SHOWN: Final = 100
NO_STORE: Final = "no-store"

Before = Annotated[int | None, Query(ge=1, le=2**62)]
Of = Annotated[int | None, Query(alias="schedule", ge=1, le=2**62)]
RunId = Annotated[int, Path(ge=1, le=2**62)]
Said = Annotated[str, Query(max_length=40)]


@router.get("/crawls")
def crawls(
    request: Request, services: Use, before: Before = None, schedule: Of = None, said: Said = ""
) -> Response:
    """Runs and schedules."""
    return overview(request, services, before=before, schedule=schedule, said=said)


@router.get("/crawls/live")
def live(request: Request, services: Use, before: Before = None, schedule: Of = None) -> Response:
    """The list of runs alone: what a page with active runs asks for every second."""
    values = _listing(request, services, before, schedule)
    return page(request, "runs.html", cache=NO_STORE, **values)


@router.get("/crawls/{run_id}")
def one_run(request: Request, services: Use, run_id: RunId, said: Said = "") -> Response:
    """One run, and what could not be read in it."""
    return page(request, "run.html", cache=NO_STORE, said=said, **_one(request, services, run_id))


@router.get("/crawls/{run_id}/live")
def one_run_live(request: Request, services: Use, run_id: RunId) -> Response:
    """One run alone."""
    return page(request, "run_detail.html", cache=NO_STORE, **_one(request, services, run_id))


def overview(
    request: Request,
    services: Services,
    *,
    before: int | None = None,
    schedule: int | None = None,
    said: str = "",
    run_form: RunForm | None = None,
    schedule_form: ScheduleForm | None = None,
) -> Response:
    """The whole page; with a form that was refused, as it was filled in and with what is wrong."""
    is_refused = run_form is not None or schedule_form is not None
    return page(
        request,
        "crawls.html",
        status=422 if is_refused else 200,
        cache=NO_STORE,
        said=said,
        run_form=run_form or RunForm(),
        schedule_form=schedule_form or ScheduleForm(),
        schedules=_views(request, services).schedules(services.ledger.schedules.all()),
        marketplaces=services.ledger.marketplaces.all(),
        **_listing(request, services, before, schedule),
    )


def _listing(
    request: Request, services: Services, before: int | None, schedule: int | None
) -> Mapping[str, Any]:
    runs = services.ledger.runs.newest(limit=RUNS_SHOWN, before=before, schedule_id=schedule)
    chosen = [one for one in services.ledger.schedules.all() if one.id == schedule]
    return {
        "runs": _views(request, services).runs(runs),
        "is_live": has_active(runs),
        "before": before,
        "next_before": runs[-1].id if len(runs) == RUNS_SHOWN else None,
        "schedule_id": schedule,
        "schedule_name": chosen[0].name if chosen else None,
        "is_admin": is_signed_in(request),
    }


def _one(request: Request, services: Services, run_id: int) -> Mapping[str, Any]:
    run = services.ledger.runs.get(run_id)
    return {
        "view": _views(request, services).run(run),
        "rejects": services.ledger.frontier.rejects(run_id, limit=REJECTS_SHOWN),
        "most_rejects": REJECTS_SHOWN,
        "is_admin": is_signed_in(request),
    }


def _views(request: Request, services: Services) -> RunViews:
    return RunViews(pages_of(request).texts, names_of(services), now=services.clock())
