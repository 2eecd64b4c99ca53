"""What a practice world is made with. No defaults are read from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SHOPS = ("taobao", "jd", "pinduoduo", "shop")


@dataclass(frozen=True, slots=True)
class Settings:
    """One world and its clocks."""

    seed: int = 7
    products: int = 600
    offers: int = 5000
    is_wide: bool = False
    """Every family of goods, not the usual fourteen."""
    now: datetime | None = None
    """The world clock's start, aware; None is the real time."""
    speed: float = 1.0
    """World seconds per real second; 0 stands still."""
    lenient_time: bool = False
    """Pinduoduo accepts timestamps in milliseconds, as one published client sends them."""


DEFAULT_ORIGINS = {name: f"http://{name}.practice.example" for name in ("control", *SHOPS)}
"""Where the apps live when they are driven in process."""
