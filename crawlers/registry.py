"""Which marketplaces there are: every module of `crawlers/marketplaces/` that declares `SOURCE`."""

from __future__ import annotations

import importlib
import pkgutil

from catalog.errors import ConfigurationError
from crawlers import marketplaces
from crawlers.source import Source


def sources() -> dict[str, Source]:
    """Every source by slug, in order of slug."""
    found: list[Source] = [
        importlib.import_module(f"{marketplaces.__name__}.{module.name}").SOURCE
        for module in pkgutil.iter_modules(marketplaces.__path__)
    ]
    return {source.marketplace.slug: source for source in sorted(found, key=lambda s: s.marketplace.slug)}


def source_of(slug: str) -> Source:
    """One source.

    Raises:
        ConfigurationError: no file declares it.
    """
    found = sources()
    if slug not in found:
        raise ConfigurationError("marketplace", f"{slug!r} is none of {', '.join(found)}")
    return found[slug]
