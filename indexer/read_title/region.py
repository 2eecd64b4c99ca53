"""The national edition (domain §2.4): 国行, 港版, 美版, the suffix of an Apple part number."""

from __future__ import annotations

import re
from typing import Final

from indexer.read_title.blank import Span
from indexer.read_title.draft import Draft

_APPLE_SUFFIX: Final = {
    "ch": "cn", "za": "hk", "zp": "hk", "ll": "us", "j": "jp", "kh": "kr", "ta": "tw", "b": "gb", "x": "au",
    "zd": "eu", "d": "de", "f": "fr", "c": "ca", "am": "us",
}  # fmt: skip
"""Letters before ``/A`` in Apple part numbers -> edition."""

_APPLE_PART = re.compile(r"(?<![a-z0-9])(?:m[a-z0-9]{4})?(ch|za|zp|ll|j|kh|ta|b|x|zd|d|f|c|am)/a(?![a-z0-9])")


_FIELD_WORDS: Final = (
    ("hk", ("港", "hk")), ("tw", ("台湾", "台版")), ("cn", ("大陆", "国行", "内地", "国内", "中国")), ("us", ("美国", "美版",
        "us")),
    ("jp", ("日本", "日版", "jp")), ("kr", ("韩国", "韩版", "kr")), ("de", ("德国", "德版")), ("nl", ("荷兰",)), ("au",
        ("澳",)), ("nz", ("新西兰",)),
    ("gb", ("英国", "英版")), ("eu", ("欧",)), ("intl", ("国际", "海外", "全球", "global")),
)  # fmt: skip


def region_in_field(stated: str) -> str | None:
    """The edition that a structured field names (``中国大陆``, ``港版``); None when it names none."""
    text = stated.casefold()
    return next((region for region, words in _FIELD_WORDS if any(word in text for word in words)), None)


def regions_in(draft: Draft, brand: str | None) -> list[tuple[str, Span]]:
    """Every edition that a text names, in order. More than one is no answer."""
    hits = draft.own_hits
    found = [(hit.payload.region, (hit.start, hit.end)) for hit in hits if hit.payload.region is not None]
    if "/" in draft.letters and brand in {"apple", "beats", None}:
        found += [(_APPLE_SUFFIX[match[1]], match.span()) for match in _APPLE_PART.finditer(draft.text)]
    return found
