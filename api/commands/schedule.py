"""``bijia schedule``: list, add, pause, resume, remove."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.terminal import reporting, say, say_json

if TYPE_CHECKING:
    from api.services import Services
    from ledger.schedules import Schedule

app = typer.Typer(no_args_is_help=True, help="Crawls that begin by themselves.")

AsJson = Annotated[bool, typer.Option("--json")]


@app.command("list")
@reporting
def list_all(as_json: AsJson = False) -> None:
    """Every schedule."""
    from api.views import schedule_view

    with _services() as services:
        found = services.ledger.schedules.all()
    if as_json:
        say_json({"schedules": [schedule_view(one) for one in found]})
        return
    for one in found:
        say(line(one))
    if not found:
        say("no schedules")


@app.command()
@reporting
def add(
    marketplace: Annotated[str, typer.Argument()],
    keyword: Annotated[list[str] | None, typer.Option("--keyword", "-k", help="may be repeated")] = None,
    cron: Annotated[str | None, typer.Option(help="five fields, e.g. '0 */6 * * *'")] = None,
    every: Annotated[int | None, typer.Option(help="seconds")] = None,
    zone: Annotated[str, typer.Option(help="IANA time zone")] = "Asia/Shanghai",
    name: Annotated[str | None, typer.Option()] = None,
    as_json: AsJson = False,
) -> None:
    """Crawl a marketplace by cron or at an interval."""
    from api.routes.crawling import checked_keywords
    from api.views import schedule_view
    from catalog.errors import InvalidInput
    from ledger.schedules import NewSchedule, ScheduleKind, Timing

    if (cron is None) == (every is None):
        raise InvalidInput("give either --cron or --every")
    timing = (
        Timing(ScheduleKind.CRON, cron, zone)
        if cron is not None
        else Timing(ScheduleKind.INTERVAL, str(every), zone)
    )
    with _services() as services:
        keywords = checked_keywords(services, marketplace, keyword or [])
        new = NewSchedule(
            name or f"{marketplace} {' '.join(keywords)}".strip()[:100], marketplace, keywords, timing
        )
        schedule = services.ledger.schedules.create(new, now=services.clock())
    if as_json:
        say_json(schedule_view(schedule))
    else:
        say(line(schedule))


@app.command()
@reporting
def pause(schedule_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Stop a schedule for a while."""
    _change(schedule_id, is_paused=True)


@app.command()
@reporting
def resume(schedule_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Let a paused schedule go on; nothing missed is caught up."""
    _change(schedule_id, is_paused=False)


@app.command()
@reporting
def remove(schedule_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """End a schedule for good; its runs stay."""
    with _services() as services:
        services.ledger.schedules.delete(schedule_id, now=services.clock())
    say(f"schedule {schedule_id} removed")


def line(schedule: Schedule) -> str:
    """A schedule in one line."""
    timing = schedule.timing
    when = (
        f"every {timing.expression} s"
        if timing.kind == "interval"
        else f"cron {timing.expression} {timing.zone}"
    )
    state = "paused" if schedule.is_paused else f"next {schedule.next_at:%Y-%m-%d %H:%M:%S} UTC"
    words = " ".join(schedule.keywords) or "-"
    return f"schedule {schedule.id}  {schedule.name}  {schedule.marketplace}  {words}  {when}  {state}"


def _change(schedule_id: int, *, is_paused: bool) -> None:
    from ledger.schedules import ScheduleChange

    with _services() as services:
        changed = services.ledger.schedules.change(
            schedule_id, ScheduleChange(is_paused=is_paused), now=services.clock()
        )
    say(line(changed))


@contextmanager
def _services() -> Generator[Services]:
    from api.services import open_services
    from api.settings import ServiceSettings

    services = open_services(ServiceSettings(), admin_key="")
    try:
        yield services
    finally:
        services.close()
