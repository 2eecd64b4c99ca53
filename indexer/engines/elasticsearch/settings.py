"""How to reach a cluster: parsed and checked once, before anything is sent."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from catalog.errors import ConfigurationError
from indexer.settings import IndexSettings

DEFAULT_PORTS: Final = {"http": 9200, "https": 443}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Addresses, credentials and the shape of new indexes. Its text never shows a secret."""

    nodes: tuple[str, ...]
    """``scheme://host:port`` each."""
    index: str = "bijia"
    """What every name of ours begins with: several installations may share a cluster."""
    shards: int = 1
    replicas: str = "0-1"
    """A number, or a range such as ``0-1``: as many as there are nodes for."""
    api_key: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""

    @classmethod
    def of(cls, settings: IndexSettings) -> Self:
        """The cluster that the settings name.

        Raises:
            ConfigurationError: which setting is wrong, and how.
        """
        api_key, password = (
            settings.search_api_key.get_secret_value(),
            settings.search_password.get_secret_value(),
        )
        if api_key and (settings.search_user or password):
            raise ConfigurationError(
                "BIJIA_SEARCH_API_KEY", "set it, or BIJIA_SEARCH_USER and _PASSWORD, not both"
            )
        if not all("!" <= character <= "~" for character in api_key):
            raise ConfigurationError(
                "BIJIA_SEARCH_API_KEY", "no key has blanks, line ends or letters beyond ASCII in it"
            )
        if bool(settings.search_user) != bool(password):
            raise ConfigurationError(
                "BIJIA_SEARCH_PASSWORD", "BIJIA_SEARCH_USER and _PASSWORD belong together"
            )
        ca_file = settings.search_ca_file
        if ca_file and not Path(ca_file).is_file():
            raise ConfigurationError("BIJIA_SEARCH_CA_FILE", f"{ca_file} is not a file")
        nodes = parse_nodes(settings.search_url)
        if ca_file and any(node.startswith("http:") for node in nodes):
            raise ConfigurationError(
                "BIJIA_SEARCH_URL", "BIJIA_SEARCH_CA_FILE is set, but an address is http, not https"
            )
        if ca_file:
            _check_certificates(ca_file)
        return cls(
            nodes=nodes,
            index=settings.search_index,
            shards=settings.search_shards,
            replicas=settings.search_replicas,
            api_key=api_key,
            user=settings.search_user,
            password=password,
            ca_file=ca_file,
        )


def _check_certificates(ca_file: str) -> None:
    try:
        ssl.create_default_context(cafile=ca_file)
    except (ssl.SSLError, OSError) as error:
        raise ConfigurationError(
            "BIJIA_SEARCH_CA_FILE", f"{ca_file} holds no certificates (PEM): {error}"
        ) from error


def parse_nodes(url: str) -> tuple[str, ...]:
    """The node addresses in `url`, separated by commas; a port that is not stated is 9200, or 443 for https.

    Raises:
        ConfigurationError: one is no address of a node.
    """
    nodes = tuple(_node(part.strip()) for part in url.split(",") if part.strip())
    if not nodes:
        raise ConfigurationError("BIJIA_SEARCH_URL", "no address")
    return tuple(dict.fromkeys(nodes))


def _node(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in DEFAULT_PORTS:
        raise ConfigurationError("BIJIA_SEARCH_URL", "every address begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError(
            "BIJIA_SEARCH_URL", "user and password belong in BIJIA_SEARCH_USER and _PASSWORD"
        )
    try:
        port = parts.port
    except ValueError as error:
        raise ConfigurationError("BIJIA_SEARCH_URL", f"{text}: {error}") from error
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigurationError("BIJIA_SEARCH_URL", f"{text}: scheme://host:port and nothing behind")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or DEFAULT_PORTS[parts.scheme]}"


def node_texts(nodes: Sequence[str]) -> str:
    """Addresses for a message."""
    return ", ".join(nodes)
