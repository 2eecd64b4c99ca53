"""Bytes to whole bytes to text, with proof at each step.

A gzip stream that ends early and a page whose charset label lies are both delivered as ordinary answers by HTTP
clients; here they are errors. (Measured: a page in GB18030 labelled utf-8 turns ``¥5,999`` into ``65,999``.)
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Sequence
from typing import Final

from catalog.errors import Action, SourceError, SourceFault

MAX_BODY: Final = 8 * 1024 * 1024
"""Bytes of a page, before and after decompression. 1.6 kB of brotli can hold 1 GB; no shop page needs 8 MiB."""

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_LEAD = re.compile(rb"[\xc2-\xf4]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_SINGLE_BYTE: Final = frozenset({"cp1252", "latin-1", "iso8859-15", "koi8-r", "cp1251"})

CERTAIN_UTF8: Final = 8
"""Multi-byte characters after which valid UTF-8 is no accident. (Two GBK bytes are valid UTF-8 in about 1 of 40 cases:
the famous word is 联通; eight in a row never are.)"""

_WIDER: Final = {"gbk": "gb18030", "gb2312": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}


def decompress(body: bytes, encoding: str, *, most: int = MAX_BODY) -> bytes:
    """The body as it was before its Content-Encoding; we ask for gzip only, so others are refused.

    Raises:
        SourceError: ``truncated_gzip``, ``bad_gzip``, ``body_too_large`` or ``unknown_encoding``.
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _bounded(body, most)
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise fault("unknown_encoding", name, Action.DROP_REQUEST)
    return gunzip(body, most=most, is_deflate=name == "deflate")


def gunzip(body: bytes, *, most: int = MAX_BODY, is_deflate: bool = False) -> bytes:
    """The content of a gzip file or body, all of it or an error; several members in a row are one content.

    Raises:
        SourceError: ``truncated_gzip``, ``bad_gzip`` or ``body_too_large``.
    """
    whole = bytearray()
    rest = body
    while rest:
        stream = zlib.decompressobj(zlib.MAX_WBITS if is_deflate else 16 + zlib.MAX_WBITS)
        try:
            whole += stream.decompress(rest, most + 1 - len(whole))
        except zlib.error as error:
            raise fault("bad_gzip", str(error), Action.BACKOFF) from error
        if len(whole) > most:
            raise fault("body_too_large", f"more than {most} bytes", Action.DROP_REQUEST)
        if not stream.eof:
            raise fault("truncated_gzip", "the stream has no end", Action.BACKOFF)
        rest = stream.unused_data.lstrip(b"\0")
    return bytes(whole)


def decode_utf8(body: bytes) -> str:
    """JSON's only encoding, strictly.

    Raises:
        SourceError: ``empty_body`` or ``undecodable``.
    """
    if not body.strip():
        raise fault("empty_body", "no bytes", Action.BACKOFF)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault("undecodable", f"not UTF-8 at byte {error.start}", Action.BACKOFF) from error


def decode_html(body: bytes, content_type: str) -> str:
    """A page's text, from the first encoding that fits every byte: BOM, header, meta tag, UTF-8, GB18030.

    A label that the bytes contradict is passed over. Bytes that are UTF-8 in at least `CERTAIN_UTF8` places are UTF-8
    whatever the label says: text of another encoding is never that by chance.

    Raises:
        SourceError: ``empty_body`` or ``undecodable``.
    """
    if not body.strip():
        raise fault("empty_body", "no bytes", Action.BACKOFF)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _first_fit(body[len(bom) :], [name])
    header = _HEADER.search(content_type)
    meta = _META.search(body[:4096])
    stated = [
        _codec(label)
        for label in (header[1] if header else None, meta[1].decode("ascii") if meta else None)
        if label is not None
    ]
    labels = [name for name in stated if name is not None]
    if "utf-8" not in labels[:1] and _is_certainly_utf8(body):
        labels.insert(0, "utf-8")
    return _first_fit(body, list(dict.fromkeys([*labels, "utf-8", "gb18030"])))


def _first_fit(body: bytes, names: Sequence[str]) -> str:
    for name in names:
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        # A single-byte codec takes any bytes; the C1 controls it then yields are in no real page.
        if name not in _SINGLE_BYTE or not _C1.search(text):
            return text
    raise fault("undecodable", ", ".join(names), Action.BACKOFF)


def _is_certainly_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(_UTF8_LEAD.findall(body, 0, 65_536)) >= CERTAIN_UTF8


def _codec(label: str) -> str | None:
    """Python's codec for a label, widened as browsers do (gbk and gb2312 are read as GB18030)."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _bounded(body: bytes, most: int) -> bytes:
    if len(body) > most:
        raise fault("body_too_large", f"more than {most} bytes", Action.DROP_REQUEST)
    return body


def fault(code: str, detail: str, action: Action) -> SourceError:
    """A `SourceError` with its facts."""
    return SourceError(SourceFault(code, detail[:300], action))
