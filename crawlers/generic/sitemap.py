"""Sitemaps and the Sitemap lines of robots.txt (sitemaps.org protocol, RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from catalog.errors import Action
from crawlers.extract.decode import fault, gunzip

MOST_ENTRIES: Final = 50_000
"""Entries of one file, by the protocol."""

_GZIP_MAGIC: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap file lists."""

    sitemaps: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


def parse_sitemap(body: bytes) -> Sitemap:
    """The addresses in a sitemap or sitemap index, gzipped or not, in order, each once.

    Raises:
        SourceError: ``not_a_sitemap``, or what `gunzip` raises.
    """
    text = gunzip(body) if body.startswith(_GZIP_MAGIC) else body
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise fault("not_a_sitemap", str(error), Action.BACKOFF) from error
    kind = etree.QName(root).localname if isinstance(root.tag, str) else ""
    if kind not in {"sitemapindex", "urlset"}:
        raise fault("not_a_sitemap", f"root element {kind!r}", Action.BACKOFF)
    found = tuple(dict.fromkeys(_locations(root)))[:MOST_ENTRIES]
    return Sitemap(sitemaps=found) if kind == "sitemapindex" else Sitemap(pages=found)


def sitemaps_of_robots(text: str) -> tuple[str, ...]:
    """The addresses on the ``Sitemap:`` lines of a robots.txt, in order."""
    lines = (line.split("#", 1)[0].partition(":") for line in text.splitlines())
    return tuple(
        dict.fromkeys(
            value.strip() for name, _, value in lines if name.strip().lower() == "sitemap" and value.strip()
        )
    )


def _locations(root: etree._Element) -> list[str]:
    """Texts of the ``loc`` of each entry; the ``loc`` of images and videos lies deeper and is left alone."""
    return [loc.text.strip() for loc in root.iterfind("{*}*/{*}loc") if loc.text and loc.text.strip()]
