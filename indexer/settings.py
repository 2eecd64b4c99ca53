"""Settings of whoever opens the index."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from ledger.settings import LedgerSettings


class IndexSettings(LedgerSettings):
    """Where the search index is."""

    model_config = SettingsConfigDict(
        env_prefix="BIJIA_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    search_url: str = Field(
        default="", description="search index: tantivy:FOLDER; default: a folder in the data folder"
    )

    @property
    def index_url(self) -> str:
        """The index's address."""
        return self.search_url or f"tantivy:{self.data_dir.absolute()}/index"
