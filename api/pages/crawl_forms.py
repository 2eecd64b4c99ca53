"""What the two crawling forms hold, and what can be wrong with it. No routes: those are in `crawl_changes.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import available_timezones

from pydantic import BaseModel, Field

from catalog.errors import InvalidInput, InvalidSchedule
from catalog.listing import Marketplace
from ledger.runs import clean_keywords
from ledger.schedules import ScheduleKind, Timing

LONGEST_NAME: Final = 100
DEFAULT_ZONE: Final = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class RunForm:
    """A run to start, as typed."""

    marketplace: str = ""
    keywords: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field -> key of the text that says what is wrong."""

    def checked(self, marketplaces: Mapping[Marketplace, bool]) -> RunForm:
        """The same form with its errors."""
        return RunForm(
            self.marketplace, self.keywords, _run_errors(self.marketplace, self.keywords, marketplaces)
        )

    @property
    def lines(self) -> list[str]:
        """The keywords, one per line."""
        return keyword_lines(self.keywords)


class ScheduleFields(BaseModel):
    """What the schedule form sends: bounded, and otherwise anything, so that it can be shown again."""

    name: str = Field(default="", max_length=200)
    marketplace: str = Field(default="", max_length=200)
    keywords: str = Field(default="", max_length=20_000)
    kind: str = Field(default="", max_length=200)
    expression: str = Field(default="", max_length=200)
    zone: str = Field(default="", max_length=200)


@dataclass(frozen=True, slots=True)
class ScheduleForm:
    """A schedule to make, as typed."""

    name: str = ""
    marketplace: str = ""
    keywords: str = ""
    kind: str = ScheduleKind.CRON.value
    expression: str = ""
    zone: str = DEFAULT_ZONE
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field -> key of the text that says what is wrong."""

    def checked(self, marketplaces: Mapping[Marketplace, bool]) -> ScheduleForm:
        """The same form with its errors."""
        errors = _run_errors(self.marketplace, self.keywords, marketplaces)
        name = " ".join(self.name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            errors["name"] = "errors.name"
        errors |= self._timing_errors()
        return ScheduleForm(
            self.name, self.marketplace, self.keywords, self.kind, self.expression, self.zone, errors
        )

    @property
    def lines(self) -> list[str]:
        """The keywords, one per line."""
        return keyword_lines(self.keywords)

    @property
    def timing(self) -> Timing:
        """When it fires.

        Raises:
            InvalidSchedule: it never would.
        """
        return Timing(ScheduleKind(self.kind), self.expression.strip(), self.zone.strip())

    def _timing_errors(self) -> dict[str, str]:
        if self.kind not in set(ScheduleKind):
            return {"kind": "errors.kind"}
        if self.zone.strip() not in available_timezones():
            return {"zone": "errors.zone"}
        try:
            _ = self.timing
        except InvalidSchedule:
            return {"expression": f"errors.{self.kind}"}
        return {}


def keyword_lines(text: str) -> list[str]:
    """Keywords of a text field, one per line; blank lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _run_errors(slug: str, keywords: str, marketplaces: Mapping[Marketplace, bool]) -> dict[str, str]:
    errors: dict[str, str] = {}
    lines = keyword_lines(keywords)
    known = next((one for one in marketplaces if one.slug == slug), None)
    if known is None:
        errors["marketplace"] = "errors.marketplace"
    elif known.needs_keywords and not lines:
        errors["keywords"] = "errors.no_keywords"
    try:
        clean_keywords(lines)
    except InvalidInput:
        errors["keywords"] = "errors.keywords"
    return errors
