"""schema.org JSON-LD in HTML pages: from text to resolved nodes. What the nodes mean is in `crawlers/generic/`."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from lxml import etree

MOST_NODES: Final = 5_000
"""Of one page: a page with more is not describing goods."""

_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def json_ld_nodes(html: str) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The top-level nodes of every JSON-LD script in document order, and what was wrong with those that are not JSON.

    ``@graph`` is opened; an object that is only a reference (``{"@id": …}``) is replaced by what it refers to.
    """
    roots: list[Mapping[str, Any]] = []
    problems: list[str] = []
    for script in _scripts(html):
        try:
            document = json.loads(_WRAPPER.sub("", script), parse_float=Decimal, strict=False)
        except (ValueError, RecursionError) as error:
            problems.append(f"JSON-LD: {type(error).__name__}: {str(error)[:80]}")
            continue
        roots += _roots(document)
    by_id = {root["@id"]: root for root in roots if isinstance(root.get("@id"), str) and len(root) > 1}
    return [_resolved(root, by_id) for root in roots[:MOST_NODES]], problems


def types_of(node: Any) -> frozenset[str]:
    """The node's types without prefix: ``https://schema.org/Product``, ``schema:Product`` and ``Product`` are one."""
    if not isinstance(node, Mapping):
        return frozenset()
    stated = node.get("@type")
    many = stated if isinstance(stated, list) else [stated]
    return frozenset(local_name(one) for one in many if isinstance(one, str))


def local_name(term: str) -> str:
    """The last part of a schema.org term: ``https://schema.org/InStock`` -> ``InStock``."""
    return re.split(r"[/#:]", term.strip())[-1]


def as_list(value: Any) -> list[Any]:
    """A property's values: schema.org allows one value or a list of them."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def first_text(node: Any, *keys: str) -> str:
    """The first of `keys` that holds text or a number, as clean text; empty when none does."""
    if not isinstance(node, Mapping):
        return ""
    for key in keys:
        found = texts_of(node.get(key))
        if found:
            return found[0]
    return ""


def texts_of(raw: Any) -> list[str]:
    """The texts and numbers in `raw`, as clean text."""
    return [
        " ".join(entities.unescape(str(one)).split())
        for one in as_list(raw)
        if isinstance(one, str | int | Decimal) and not isinstance(one, bool) and str(one).strip()
    ]


def name_of(raw: Any) -> str:
    """Text, or the ``name`` of an object, or the first of several."""
    for one in as_list(raw):
        text = (
            first_text(one, "name", "@value", "value")
            if isinstance(one, Mapping)
            else "".join(texts_of(one)[:1])
        )
        if text:
            return text
    return ""


def term_of(raw: Any) -> str:
    """The name of a schema.org term; empty for what is no text."""
    return local_name(raw) if isinstance(raw, str) else ""


def _scripts(html: str) -> Iterator[str]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=False)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    for script in root.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text:
            yield script.text


def _roots(document: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for node in as_list(document):
        if not isinstance(node, Mapping):
            continue
        if "@graph" in node:
            found += [inner for inner in as_list(node["@graph"]) if isinstance(inner, Mapping)]
        else:
            found.append(node)
    return found


def _resolved(node: Any, by_id: Mapping[str, Mapping[str, Any]], depth: int = 0) -> Any:
    """`node` with references opened, to a depth that real pages do not reach and cycles cannot pass."""
    if depth > 8:
        return node
    if isinstance(node, list):
        return [_resolved(one, by_id, depth + 1) for one in node]
    if not isinstance(node, Mapping):
        return node
    if set(node) <= {"@id", "@type"} and node.get("@id") in by_id:
        return _resolved(by_id[node["@id"]], by_id, depth + 1)
    return {key: _resolved(value, by_id, depth + 1) for key, value in node.items()}
