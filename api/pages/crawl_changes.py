"""The forms' other end: every change needs the admin session and comes from our own pages; then back to the page (303).

What happened is told by a code in the address, from a fixed list: no cookie, and nothing a link could make us say.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from api.keys import require_admin
from api.pages.crawl_forms import RunForm, ScheduleFields, ScheduleForm
from api.pages.crawls import overview
from api.routes.answering import Use
from ledger.runs import RunState
from ledger.schedules import NewSchedule, ScheduleChange

router = APIRouter(include_in_schema=False, dependencies=[Depends(require_admin)])

Number = Annotated[int, Path(ge=1, le=2**62)]
Text = Annotated[str, Form(max_length=200)]
Lines = Annotated[str, Form(max_length=20_000)]


@router.post("/crawls/runs")
def start_run(request: Request, services: Use, marketplace: Text = "", keywords: Lines = "") -> Response:
    """Ask for a crawl now."""
    form = RunForm(marketplace, keywords).checked(services.ledger.marketplaces.all())
    if form.errors:
        return overview(request, services, run_form=form)
    run_id = services.ledger.runs.request(form.marketplace, form.lines, now=services.clock())
    return back(f"/crawls/{run_id}", "started")


@router.post("/crawls/{run_id}/cancel")
def cancel_run(services: Use, run_id: Number) -> Response:
    """End a run; what was read stays."""
    state = services.ledger.runs.cancel(run_id, now=services.clock())
    said = {RunState.CANCELLED: "cancelled", RunState.RUNNING: "cancelling"}.get(state, "ended_before")
    return back(f"/crawls/{run_id}", said)


@router.post("/crawls/schedules")
def create_schedule(request: Request, services: Use, typed: Annotated[ScheduleFields, Form()]) -> Response:
    """Make a schedule; its first slot lies in the future."""
    form = ScheduleForm(**typed.model_dump())
    form = form.checked(services.ledger.marketplaces.all())
    if form.errors:
        return overview(request, services, schedule_form=form)
    new = NewSchedule(form.name, form.marketplace, tuple(form.lines), form.timing)
    services.ledger.schedules.create(new, now=services.clock())
    return back("/crawls", "created", "schedules")


@router.post("/crawls/schedules/{schedule_id}/pause")
def pause(services: Use, schedule_id: Number) -> Response:
    """Stop firing for now."""
    services.ledger.schedules.change(schedule_id, ScheduleChange(is_paused=True), now=services.clock())
    return back("/crawls", "paused", "schedules")


@router.post("/crawls/schedules/{schedule_id}/resume")
def resume(services: Use, schedule_id: Number) -> Response:
    """Go on from the next slot; nothing missed is caught up."""
    services.ledger.schedules.change(schedule_id, ScheduleChange(is_paused=False), now=services.clock())
    return back("/crawls", "resumed", "schedules")


@router.post("/crawls/schedules/{schedule_id}/delete")
def delete(services: Use, schedule_id: Number) -> Response:
    """End a schedule for good; its runs stay."""
    services.ledger.schedules.delete(schedule_id, now=services.clock())
    return back("/crawls", "deleted", "schedules")


def back(path: str, said: str, anchor: str = "") -> Response:
    """To a page of ours with a message."""
    return RedirectResponse(f"{path}?said={said}" + (f"#{anchor}" if anchor else ""), 303)
