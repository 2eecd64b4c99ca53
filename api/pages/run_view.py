"""Runs and schedules as the pages show them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from api.pages import formatting
from api.pages.texts import Texts
from ledger.runs import Run
from ledger.schedules import Schedule, ScheduleKind

COUNTED: Final = (
    "done",
    "waiting",
    "failed",
    "skipped",
    "offers",
    "added",
    "quarantined",
    "rejected",
    "defects",
)
ALWAYS: Final = frozenset({"done", "offers", "added"})
"""Of what is counted, what is shown even when it is none."""

BAR: Final = 1_000
"""Units of a progress bar's width."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a progress bar."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run in words and figures."""

    run: Run
    name: str
    state: str
    is_active: bool
    percent: int
    bar: tuple[Segment, ...]
    counts: tuple[tuple[str, str, str], ...]
    """(name, figure, what it means) of everything that was counted."""
    lasted: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule in words."""

    schedule: Schedule
    name: str
    timing: str
    is_cron: bool


class RunViews:
    """Makes them."""

    def __init__(self, texts: Texts, names: Mapping[str, str], *, now: datetime) -> None:
        """`names` maps slugs to marketplaces' names."""
        self._texts = texts
        self._names = names
        self._now = now

    def runs(self, runs: Sequence[Run]) -> list[RunView]:
        """Runs, in the order given."""
        return [self.run(run) for run in runs]

    def run(self, run: Run) -> RunView:
        """One run."""
        progress = run.progress
        settled = progress.pages - progress.waiting
        state = "cancelling" if run.is_cancelling else run.state.value
        return RunView(
            run=run,
            name=self._names.get(run.marketplace, run.marketplace),
            state=self._texts.word("states", state),
            is_active=not run.state.is_final,
            percent=settled * 100 // progress.pages if progress.pages else (100 if run.state.is_final else 0),
            bar=bar(progress.pages, done=progress.done, failed=progress.failed, skipped=progress.skipped),
            counts=self._counts(run),
            lasted=self._lasted(run),
            reason=run.reason,
        )

    def schedules(self, schedules: Sequence[Schedule]) -> list[ScheduleView]:
        """Schedules, in the order given."""
        return [
            ScheduleView(
                one,
                self._names.get(one.marketplace, one.marketplace),
                self._timing(one),
                is_cron=one.timing.kind is ScheduleKind.CRON,
            )
            for one in schedules
        ]

    def _counts(self, run: Run) -> tuple[tuple[str, str, str], ...]:
        figures = asdict(run.progress)
        return tuple(
            (
                self._texts(f"counts.{name}"),
                formatting.number(figures[name]),
                self._texts(f"counts.{name}_title"),
            )
            for name in COUNTED
            if figures[name] or name in ALWAYS
        )

    def _lasted(self, run: Run) -> str | None:
        if run.started_at is None:
            return None
        end = run.finished_at or self._now
        return formatting.duration(end - run.started_at, self._texts)

    def _timing(self, schedule: Schedule) -> str:
        timing = schedule.timing
        if timing.kind is ScheduleKind.CRON:
            return timing.expression
        return self._texts("schedules.every", length=_interval(int(timing.expression), self._texts))


def bar(pages: int, **counts: int) -> tuple[Segment, ...]:
    """The parts of a bar, side by side without a gap; what is missing at the end waits."""
    found, passed = [], 0
    for kind, count in counts.items():
        start, end = passed * BAR // max(pages, 1), (passed + count) * BAR // max(pages, 1)
        if end > start:
            found.append(Segment(kind, start, end - start))
        passed += count
    return tuple(found)


def has_active(runs: Sequence[Run]) -> bool:
    """Whether anything may still change by itself."""
    return any(not run.state.is_final for run in runs)


def _interval(seconds: int, texts: Texts) -> str:
    for length, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds % length == 0:
            return texts(f"interval.{name}", n=seconds // length)
    return texts("interval.seconds", n=seconds)
