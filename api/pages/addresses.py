"""Addresses of our own pages, and the check on addresses of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from api.schemas import SearchIn, WishIn
from indexer.search import ANY, Found

ASSUMED_UNLESS_ANY: Final = frozenset({"condition", "kind"})
"""Filters that are assumed when nothing is chosen; ``any`` takes the assumption off."""

Pairs = tuple[tuple[str, str], ...]
"""Parameters of an address, by name; a name may come several times."""

_DEFAULTS: Final = SearchIn()


def search_address(asked: SearchIn, **changes: Any) -> str:
    """The address of a search; values that are the default are left out, so equal searches have equal addresses."""
    pairs = _stated(asked.model_copy(update=changes), SearchIn.model_fields)
    return "/search" + ("?" + urlencode(pairs) if pairs else "")


def wish_pairs(asked: WishIn) -> Pairs:
    """For whom prices are worked out, as far as it is not the default."""
    return _stated(asked, WishIn.model_fields)


def other_pairs(asked: SearchIn) -> Pairs:
    """What else a search asks for, without its cursor: a page is one of prices for one buyer."""
    return _stated(
        asked, [n for n in SearchIn.model_fields if n not in WishIn.model_fields and n != "cursor"]
    )


def _stated(asked: WishIn, names: Iterable[str]) -> Pairs:
    return tuple(
        (name, str(value))
        for name in names
        if (chosen := getattr(asked, name)) != getattr(_DEFAULTS, name)
        for value in (chosen if isinstance(chosen, list) else [chosen])
    )


def toggled(asked: SearchIn, name: str, value: str, effective: Sequence[str]) -> str:
    """The address with `value` put into or taken out of the filter `name`; `effective` is what filters now."""
    if value in effective:
        left = [one for one in effective if one != value]
        if not left and name in ASSUMED_UNLESS_ANY:
            left = [ANY]
        return search_address(asked, **{name: left})
    explicit = [one for one in getattr(asked, name) if one != ANY]
    return search_address(asked, **{name: [*explicit, value]})


def spelled_out(asked: SearchIn, found: Found) -> SearchIn:
    """The same search with everything that was understood from the words as filters of its own, and without cursor.

    From here each of them can be taken off alone.
    """
    asked = asked.model_copy(update={"cursor": None})
    understood = found.understood
    if understood.price is None and understood.sort is None and not understood.marketplaces:
        return asked
    changes: dict[str, Any] = {"q": understood.words}
    if not asked.marketplace:
        changes["marketplace"] = list(understood.marketplaces)
    if asked.sort is None and understood.sort is not None:
        changes["sort"] = understood.sort.value
    if asked.price_from is None and asked.price_to is None and understood.price is not None:
        changes |= {"price_from": understood.price.low_minor, "price_to": understood.price.high_minor}
    return asked.model_copy(update=changes)


def product_address(product_id: str, wished: str = "") -> str:
    """The page of a product; `wished` is for whom its prices are worked out, as in an address."""
    return f"/products/{quote(product_id, safe='')}" + (f"?{wished}" if wished else "")


def web_address(url: str | None) -> str | None:
    """`url` if a link may lead there: absolute http(s), without user and password. None: show no link.

    `catalog.listing` refuses everything else when it is stored; this is the second look, at the last moment.
    """
    if not url or not url.isprintable() or "\\" in url or " " in url:
        return None
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return url if is_good else None
