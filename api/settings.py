"""Settings of the service and the command."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from indexer.settings import IndexSettings


class ServiceSettings(IndexSettings):
    """Everything `bijia serve` and `bijia worker` can be told."""

    model_config = SettingsConfigDict(
        env_prefix="BIJIA_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = Field(default="127.0.0.1", description="address to serve on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to serve on; 0 lets the system choose")
    admin_key: str = Field(
        default="",
        description="key for everything that changes state; default: a new one, printed at each start",
    )
    workers: int = Field(default=4, ge=1, le=64, description="crawls that run at the same time in one worker")
