"""Words that are in a title and not about the goods: gifts, what they fit, what they are not (domain §2.2 step 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from indexer.analyse.phrases import Hit
from indexer.read_title.blank import Span
from indexer.read_title.words import Word

_GIFT = re.compile(
    r"(?:\+\s?)?(?:[买购]就|下单就?|拍下就?|额外|免费|另外?|再|即|加|多|内)?(?:附赠|赠送|加赠|赠品|赠|送)\s?"
    r"(?!(?:货|达|礼|人|装|餐|上门|女|男|老[人婆公]|长辈|爸|妈|朋友|孩子|客户|领导|运费|检|风|水上门|完|同款同量|[0-9一二两三]\s?(?:$|\s)))"
    r"(?P<gift>[^\s,、()][^,、()]*?)(?=$|[,、()]|\s(?![0-9]))"
)
_BONUS_BEFORE = re.compile(r"[买拍]\s?[0-9一二两三四五六七八九十]{0,2}\s?[一-龥]?\s?$")
_FITS_BEFORE = re.compile(
    r"适用于?|适配于?(?!器)|兼容|通用于|用于|专为|可装|匹配|f(?<![a-z]f)(?:or|its?)(?![a-z])|c(?<![a-z]c)ompatible with(?![a-z])"
)
"""Each way begins with its first character, the look behind comes after it: `re` then looks for these characters only."""
_GENERAL = re.compile(r"通用\s?(?!于)")
_FITS_AFTER = re.compile(
    r"通用|专用|同款|适用(?=\s|$|[^于一-鿿])|可用|平替|系统都能用|都能用|平价替代|代工厂|风格|配件|版型"
)
_IMITATION = re.compile(r"华强北|洛达|高仿|复刻|精仿|仿品|莆田|山寨")
"""Goods that only look like those of the brand they name."""
_BETWEEN_FITTED: Final = re.compile(
    r"(?:[\s/、,&+和与及等的a-z0-9-]|安卓|手机|电脑|平板|系列|电视|所有|各种|型号)*"
)
_DENIED = re.compile(r"(?:并?非|不是|不含|拒绝|杜绝|没有|无|绝非|假)$")
_DENYING: Final = frozenset("非是含绝有无假")
"""Last characters of what `_DENIED` finds."""
_INCLUDED = re.compile(
    r"(?:(?:内含|自带|标配|附带|含|带|附)[一-鿿]{0,3}|内?含|自?带|标?配|附|配套|自?备|\+)\s?$"
)
_ENGLISH_INCLUDED = re.compile(r"(?<![a-z])(?:with|plus|includ(?:es|ing)|w/)\s")
_BESIDE: Final = 2
_CHUNK = re.compile(r"\S+")
_REST_OF_MODEL = re.compile(
    r"[0-9]{1,4}[a-z]{0,2}[,/&]?|(?:pro|max|plus|ultra|mini|air|se|fe|series|galaxy|mark|ii|iii|iv|gen|[a-z]{1,2}[0-9]{1,4}[a-z]?)[,/&]?|[/&]"
)
"""Words that go on with a device's name: iPhone | 15 | Pro."""


class Apart(NamedTuple):
    """Pieces of a prepared title that say nothing about the goods themselves."""

    gifts: tuple[Span, ...] = ()
    fits: tuple[Span, ...] = ()
    """What the goods fit or imitate."""
    denied: tuple[Span, ...] = ()
    included: tuple[Span, ...] = ()
    """Accessories that come with the goods."""

    @property
    def all(self) -> tuple[Span, ...]:
        """Every piece, in no particular order."""
        return self.gifts + self.fits + self.denied + self.included


def pieces_apart(text: str, hits: Sequence[Hit[Word]]) -> Apart:
    """What in prepared `text` is a gift, what the goods fit, what they are not, what comes with them."""
    general = {match.start() + 2 for match in _general_before(text, hits)}
    before = [span for span in _fitted_before(text, hits) if span[1] not in general]
    fits = (*_fitted_behind(text, hits), *before)
    if _IMITATION.search(text):
        fits = (*fits, *((hit.start, hit.end) for hit in hits if hit.payload.aliases))
    return Apart(
        gifts=_gifts(text),
        fits=fits,
        denied=tuple(
            [
                (start, hit.end)
                for hit in hits
                if hit.start
                and text[hit.start - 1] in _DENYING
                and (start := _denied_from(text, hit)) is not None
            ]
        ),
        included=tuple(
            [(hit.start, hit.end) for hit in hits if hit.payload.accessories and _is_included(text, hit)]
        ),
    )


def _gifts(text: str) -> tuple[Span, ...]:
    if "送" not in text and "赠" not in text:
        return ()
    return tuple(
        match.span() for match in _GIFT.finditer(text) if not _BONUS_BEFORE.search(text[: match.start()][-6:])
    )


def gifts_in(text: str, span: Span) -> list[str]:
    """The gifts inside a gift span: ``买就送保护套`` -> 保护套, ``赠30ml+粉水`` -> 30ml, 粉水."""
    match = _GIFT.match(text, *span)
    written = match["gift"] if match else text[span[0] : span[1]]
    return [gift.strip() for gift in written.split("+") if gift.strip()]


def _fitted_behind(text: str, hits: Sequence[Hit[Word]]) -> list[Span]:
    """The run behind ``适用于``: from the word to the end of its run, and through further runs that name devices."""
    spans = []
    for match in (*_FITS_BEFORE.finditer(text), *_general_before(text, hits)):
        end = match.end()
        for chunk in _CHUNK.finditer(text, match.end()):
            named = any(chunk.start() <= hit.start < chunk.end() and hit.payload.aliases for hit in hits)
            is_first = chunk.start() <= match.end() + 1
            if not (is_first or named or _REST_OF_MODEL.fullmatch(chunk[0])):
                break
            end = chunk.end()
            if is_first and not named:
                break
        spans.append((match.start(), _before_accessory(hits, match.end(), end)))
    return spans


def _general_before(text: str, hits: Sequence[Hit[Word]]) -> list[re.Match[str]]:
    """``绿联通用佳能R50``: the word stands before what the goods fit where a brand follows it directly."""
    if "通用" not in text:
        return []
    starts = {hit.start for hit in hits if hit.payload.aliases or hit.payload.series}
    return [match for match in _GENERAL.finditer(text) if match.end() in starts]


def _before_accessory(hits: Sequence[Hit[Word]], start: int, end: int) -> int:
    """Where the goods' own noun begins inside the run: what stands before it is what they fit (适用于苹果15 | 手机壳)."""
    nouns = [
        hit.start
        for hit in hits
        if start <= hit.start < end
        and (hit.payload.accessories or hit.payload.cues)
        and not hit.payload.aliases
    ]
    return min(nouns, default=end)


def _fitted_before(text: str, hits: Sequence[Hit[Word]]) -> list[Span]:
    """``苹果安卓通用``: brands directly before the word, and those before them."""
    spans = []
    for match in _FITS_AFTER.finditer(text):
        if match[0] == "适用" and any(
            0 <= hit.start - match.end() <= _BESIDE and hit.payload.aliases for hit in hits
        ):
            continue  # 倍思 适用 iPhone: what it fits stands behind
        start = match.start()
        for hit in reversed([hit for hit in hits if hit.end <= match.start()]):
            if not hit.payload.aliases or not _BETWEEN_FITTED.fullmatch(text, hit.end, start):
                break
            start = hit.start
        if start < match.start():
            spans.append((start, match.end()))
    return spans


def _denied_from(text: str, hit: Hit[Word]) -> int | None:
    word = hit.payload
    if not (word.cues or word.aliases or word.condition or word.region):
        return None
    match = _DENIED.search(text, max(0, hit.start - 2), hit.start)
    return match.start() if match else None


def _is_included(text: str, hit: Hit[Word]) -> bool:
    return bool(
        _INCLUDED.search(text, max(0, hit.start - 6), hit.start)
        or (
            ("with" in text or "plus" in text or "inclu" in text or "w/" in text)
            and _ENGLISH_INCLUDED.search(text, 0, hit.start)
        )
    )
