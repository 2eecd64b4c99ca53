"""The sales campaigns of the year, in China's time. Dates as the trade keeps them; depths invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8))
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Campaign:
    """A sale that every marketplace takes part in."""

    name: str
    starts: tuple[int, int]
    ends: tuple[int, int]
    """Month and day, both inclusive."""
    depth_bp: int
    """How far a full participant goes down, in 1/10 000."""


CAMPAIGNS = (
    Campaign("年货节", (1, 5), (1, 12), 500),
    Campaign("38焕新周", (3, 4), (3, 8), 600),
    Campaign("五一", (4, 29), (5, 3), 400),
    Campaign("618", (6, 1), (6, 20), 1000),
    Campaign("开学季", (8, 20), (8, 27), 500),
    Campaign("双11", (10, 21), (11, 11), 1200),
    Campaign("双12", (12, 9), (12, 12), 800),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One hour of the world: everything about it that a price depends on besides the offer."""

    hour: int
    """Since 1970-01-01T00:00Z."""
    campaign: Campaign | None
    run_up: bool
    """Within the three weeks before a campaign, when some raise their prices."""


def hour_of(at: datetime) -> int:
    """The world hour of an aware time."""
    return int(at.timestamp()) // HOUR_S


def start_of(hour: int) -> datetime:
    """The aware UTC time at which the hour begins."""
    return datetime.fromtimestamp(hour * HOUR_S, UTC)


def moment(hour: int) -> Moment:
    """The hour's place in the year."""
    today = datetime.fromtimestamp(hour * HOUR_S, CHINA).date()
    campaign = _campaign_on(today)
    run_up = campaign is None and any(_campaign_on(today + timedelta(days=ahead)) for ahead in (7, 14, 21))
    return Moment(hour, campaign, run_up)


def _campaign_on(day: date) -> Campaign | None:
    place = (day.month, day.day)
    return next((campaign for campaign in CAMPAIGNS if campaign.starts <= place <= campaign.ends), None)


@lru_cache(64)
def campaign_hours(at: Moment) -> tuple[int, int]:
    """First hour and end (exclusive) of the campaign the moment lies in, by China's midnight."""
    if at.campaign is None:
        raise ValueError("there is no campaign at this hour")
    year = datetime.fromtimestamp(at.hour * HOUR_S, CHINA).year
    first = datetime(year, *at.campaign.starts, tzinfo=CHINA)
    end = datetime(year, *at.campaign.ends, tzinfo=CHINA) + timedelta(days=1)
    return hour_of(first), hour_of(end)
