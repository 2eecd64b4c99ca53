"""Money, times and numbers as people read them.

The one place where an amount or a moment becomes text on a page. Words come from `texts.py`; what an amount *is* is in
`catalog/money.py`. Integers only: no price is ever a float (design rule 4).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api.pages.texts import Texts
from catalog.money import MINOR_DIGITS

ZONE: Final = ZoneInfo("Asia/Shanghai")
"""The zone exact times are shown in: the one schedules have by default."""

SYMBOLS: Final = {"CNY": "¥"}
"""Currencies written with a sign. Others are named by their code: ¥ alone would be read as yuan."""

_UNITS: Final = (
    ("day", timedelta(days=1), timedelta(hours=48)),
    ("hour", timedelta(hours=1), timedelta(hours=1)),
    ("minute", timedelta(minutes=1), timedelta(minutes=1)),
)
"""(name, length, from which age on it counts)."""


def money(minor: int, currency: str = "CNY") -> str:
    """``¥1,299`` when whole, ``¥1,299.50`` when not; other currencies with their code: ``USD 1,299``."""
    digits = MINOR_DIGITS[currency]
    whole, part = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if part else "")
    sign = "-" if minor < 0 else ""
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{text}" if symbol else f"{currency} {sign}{text}"


def over(basis_points: int) -> str:
    """How much dearer, in percent, half up to one decimal: ``+5.3%``; from 100 % on without it."""
    if 0 < basis_points < 5:
        return "+<0.1%"
    if basis_points >= 10_000:
        return f"+{(basis_points + 50) // 100}%"
    tenths = (basis_points + 5) // 10
    return f"+{tenths // 10}.{tenths % 10}%"


def percent(basis_points: int) -> str:
    """``22.4%``, rounded down to one decimal: a discount is at least that large."""
    tenths = basis_points // 10
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def number(value: int) -> str:
    """With thousands separated."""
    return f"{value:,}"


def exact_time(moment: datetime) -> str:
    """``2026-11-01 20:00`` in `ZONE`."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def machine_time(moment: datetime) -> str:
    """For ``<time datetime>``: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(moment: datetime) -> str:
    """``11-01``: a date on an axis."""
    return moment.astimezone(ZONE).strftime("%m-%d")


def relative_time(moment: datetime, now: datetime, texts: Texts) -> str:
    """``3 分钟前`` or ``2 小时后``; rounded down, because a figure is at least that old."""
    distance, direction = (now - moment, "ago") if moment <= now else (moment - now, "ahead")
    for name, length, least in _UNITS:
        if distance >= least:
            return texts(f"time.{name}s_{direction}", n=distance // length)
    return texts(f"time.now_{direction}")


def duration(length: timedelta, texts: Texts) -> str:
    """``42 秒``, ``3 分 20 秒``, ``2 小时 5 分``."""
    seconds = max(int(length.total_seconds()), 0)
    if seconds < 60:
        return texts("time.seconds", n=seconds)
    if seconds < 3600:
        return texts("time.minutes", m=seconds // 60, s=seconds % 60)
    return texts("time.hours", h=seconds // 3600, m=seconds % 3600 // 60)
