"""Where the data lives: the settings every process shares. Other rooms extend this class with their own.

Every setting is an environment variable with the prefix ``BIJIA_``; README lists them all, and a test compares.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class LedgerSettings(BaseSettings):
    """Settings of whoever opens the ledger."""

    model_config = SettingsConfigDict(
        env_prefix="BIJIA_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Field(default=Path(".bijia"), description="folder of the embedded ledger and index")
    database_url: str = Field(
        default="",
        description="ledger: sqlite:///… or postgresql+psycopg://…; default: a file in the data folder",
    )

    database_pool: int = Field(
        default=5,
        ge=2,
        le=100,
        description="PostgreSQL: connections of one process at most; each crawl has 2 of its own",
    )

    @property
    def ledger_url(self) -> str:
        """The ledger's address."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute()}/ledger.sqlite"
