"""Settings of whoever opens the index."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from ledger.settings import LedgerSettings


class IndexSettings(LedgerSettings):
    """Where the search index is."""

    model_config = SettingsConfigDict(
        env_prefix="BIJIA_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    search_url: str = Field(
        default="",
        description="search index: tantivy:FOLDER, or Elasticsearch: http(s)://HOST:PORT, several with commas;"
        " default: a folder in the data folder",
    )
    search_api_key: SecretStr = Field(default=SecretStr(""), description="Elasticsearch: API key, encoded")
    search_user: str = Field(default="", description="Elasticsearch: user, instead of an API key")
    search_password: SecretStr = Field(
        default=SecretStr(""), description="Elasticsearch: the user's password"
    )
    search_ca_file: str = Field(
        default="",
        description="Elasticsearch: certificates (PEM) that its own is checked against; default: the system's",
    )
    search_index: str = Field(
        default="bijia",
        pattern=r"^[a-z][a-z0-9_]{0,49}$",
        description="Elasticsearch: what all names of indexes begin with; installations that share a cluster differ in it",
    )
    search_shards: int = Field(
        default=1, ge=1, le=1024, description="Elasticsearch: primary shards of a new index"
    )
    search_replicas: str = Field(
        default="0-1",
        pattern=r"^(\d{1,2}|\d{1,2}-(\d{1,2}|all))$",
        description="Elasticsearch: copies of each shard: a number, or a range: as many as there are nodes for",
    )
    index_partitions: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Elasticsearch: parts of a new index that followers share among them by lease",
    )

    @property
    def index_url(self) -> str:
        """The index's address."""
        return self.search_url or f"tantivy:{self.data_dir.absolute()}/index"
