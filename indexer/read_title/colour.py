"""Colours, for families that are sold in several. They are shown and folded, never compared (domain §2.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.analyse.phrases import Hit
from indexer.read_title.blank import Span
from indexer.read_title.words import Word, colours

_BASIC: Final = "黑白红蓝绿灰粉金银紫棕黄橙青褐驼"
_COMBINATION = re.compile(
    rf"(?<![一-鿿])[一-鿿]{{0,3}}[{_BASIC}]色?(?:/[一-鿿]{{0,3}}[{_BASIC}]色?)+(?![一-鿿])"
)
_WITH_SE = re.compile(r"[一-鿿]{1,5}色(?:钛金属|钛)?")
_ENDS_IN_COLOUR = re.compile(rf"[一-鿿]{{1,4}}[{_BASIC}]")
_NICKNAME = re.compile(rf"[{_BASIC}]{{2,3}}(?:[一-鿿]{{1,2}})?")
_WORD_INSIDE = re.compile(rf"[深浅暗亮浓淡]?[{_BASIC}]色(?:钛金属)?")
_NUMBERED = re.compile(r"(?<![0-9])[0-9]{1,2}号色")
_ENGLISH_BASIC: Final = r"(?:black|white|blue|red|green|pink|yellow|purple|violet|gr[ea]y|silver|gold|orange|brown|beige|cream|titanium|bronze|copper|navy|teal)"
_ENGLISH_SHADE: Final = (
    r"(?:space|midnight|titanium|navy|sky|ice|icy|deep|light|dark|rose|forest|olive|royal|matte|jet|pearl|phantom|cosmic|mystic|cloud"
    r"|lemon|mint|desert|natural|sierra|pacific|alpine|baby|army|burgundy|charcoal|cobalt|onyx|ocean|arctic|glacier|platinum|champagne"
    r"|storm|slate|stone|sage|coral|blush|bright|hot|triple|core|cool|warm|true|pure|off|wolf|university|carbon|sunset|awesome)"
)
_ENGLISH_NAME = re.compile(
    rf"(?<![a-z])(?:{_ENGLISH_SHADE}[\s-])?{_ENGLISH_BASIC}(?:\s?[/&]\s?(?:{_ENGLISH_SHADE}[\s-])?{_ENGLISH_BASIC})*(?![a-z])"
)
"""``Titanium Gray``, ``Black/White``: two words that make another colour than the last one alone."""
_IN_FRONT = re.compile(
    r"(?:[^黑白]{0,8}(?:不锈钢|机身|音质|壁挂|机模|挂扣|笔槽|亮屏|磁吸|防摔|防水|肤感|气囊|旋转|[二三四]折|折叠|硅胶|液态|卡通|轻薄|超薄|便携|手提|商务|通话|降噪|旅游|旅行|运动|官网|加厚|防滑|防刮|防尘|支架|带盖|全包|镜头|皮革|真皮|款|版|机|型))"
)
"""What sellers write before a colour without a space: 磁吸远峰蓝, 版深空灰."""
_LONE_CHARACTER = re.compile(rf"(?:^|(?<=\s))[{_BASIC}](?=\s|$)")
_LONE_WORD = re.compile(r"[\s)]{0,3}(?P<name>[一-鿿]{2,5})(?![一-鿿a-z0-9])")
_BASIC_SET: Final = frozenset(_BASIC)
_TELLING: Final = frozenset(_BASIC + "色")
"""Without any of these characters only the packaged list makes a word a colour."""
_OF_SALES: Final = frozenset("发保学办娱网课官功能好品质售券买送用装版款型店货行业票年无盒可选任键师验像域屏")
"""Characters of claims and promises (品牌直发, 功能完好), not of the names that makers invent for colours (夏日胡杨)."""
_CHUNK = re.compile(r"[一-鿿]+")
_NOT_COLOURS: Final = frozenset(
    {
        "网红", "口红", "爆红", "美白", "黄金", "现金", "资金", "合金", "铝合金", "镁合金", "五金", "红包", "小白", "告白",
        "空白", "蛋白", "大白", "本色", "特色", "成色", "出色", "绝色", "颜色", "多色", "双色", "色", "号色", "彩色",
        "单色", "拼色", "各色", "变色", "角色", "景色", "肤色", "撞色", "异色", "其他颜色", "全色", "奖金", "定金", "黄牛",
        "分红", "回红", "留言", "金",
    }
)  # fmt: skip
"""Words that end in a colour character and name none."""
_NOT_ENDINGS: Final = tuple(word for word in _NOT_COLOURS if len(word) > 1)
_FOLDED: Final = {"粉红色": "粉色", "粉红": "粉色", "咖色": "棕色"}


def colour_in(text: str, hits: Sequence[Hit[Word]], anchors: Sequence[Span]) -> tuple[str, Span] | None:
    """The colour that prepared text names, in canonical spelling; `text` has everything else already taken out.

    Makers invent names that no list has (翡冷翠): a lone word directly behind one of `anchors` (memory size, style
    code) is taken for one. None when none or several different ones are named.
    """
    found: dict[str, Span] = {}
    for name, span in _candidates(text, hits) or _placed(text, anchors):
        found.setdefault(_FOLDED.get(name, name), span)
    if not found:
        return None
    longest = max(found, key=len)
    if all(name in longest or name.rstrip("色") in longest for name in found):
        return longest, found[longest]
    return None


def _candidates(text: str, hits: Sequence[Hit[Word]]) -> list[tuple[str, Span]]:
    combined = [(match[0], match.span()) for match in _COMBINATION.finditer(text)] if "/" in text else []
    if "号色" in text:
        combined += [(match[0], match.span()) for match in _NUMBERED.finditer(text)]
    combined += [
        (_one_spelling(match[0]), match.span())
        for match in _ENGLISH_NAME.finditer(text)
        if not match[0].isalpha()
    ]
    if combined:
        return combined
    whole, inside = [], []
    for match in _CHUNK.finditer(text):
        start = match.start()
        front = None if _TELLING.isdisjoint(match[0]) else _IN_FRONT.match(match[0])
        if front is not None and front.end() < len(match[0]):
            start += front.end()
        name = _whole_chunk(text[start : match.end()])
        if name is not None:
            whole.append((name, (start, match.end())))
        elif (inner := _WORD_INSIDE.search(match[0])) and inner[0] not in _NOT_COLOURS:
            inside.append((inner[0], (match.start() + inner.start(), match.start() + inner.end())))
    return whole + inside or _lone(text) or _listed(text, hits)


def _lone(text: str) -> list[tuple[str, Span]]:
    return [(f"{match[0]}色", match.span()) for match in _LONE_CHARACTER.finditer(text)]


def _one_spelling(written: str) -> str:
    """``Space-Gray`` and ``space gray`` alike, in the list's own words where it has any."""
    name = re.sub(r"\s?([/&])\s?", "/", written.replace("-", " ")).replace("grey", "gray")
    return colours().get(name, name)


def _listed(text: str, hits: Sequence[Hit[Word]]) -> list[tuple[str, Span]]:
    """Colours of the packaged list inside longer words, where these are no word of their own."""
    return [
        _with_basic(text, hit.payload.colour, hit.end, hit.start)
        for hit in hits
        if hit.payload.colour and text[hit.start : hit.end] == hit.phrase
    ]


def _with_basic(text: str, name: str, end: int, start: int) -> tuple[str, Span]:
    """A name of the list and the basic colour behind it: 曜石 | 黑."""
    if text[end : end + 1] in _BASIC_SET and not name.endswith("色"):
        return name + text[end], (start, end + 1)
    return name, (start, end)


def _placed(text: str, anchors: Sequence[Span]) -> list[tuple[str, Span]]:
    found = []
    for _, end in anchors:
        match = _LONE_WORD.match(text, end)
        if match and match["name"] not in _NOT_COLOURS and _OF_SALES.isdisjoint(match["name"]):
            found.append((match["name"], match.span("name")))
    return found[:1]


def _whole_chunk(chunk: str) -> str | None:
    if chunk in _NOT_COLOURS:
        return None
    listed = colours().get(chunk)
    if listed is not None or _TELLING.isdisjoint(chunk):
        return listed
    for pattern in (_WITH_SE, _ENDS_IN_COLOUR, _NICKNAME):
        if pattern.fullmatch(chunk) and not chunk.endswith(_NOT_ENDINGS):
            return chunk
    return None


def colour_in_field(stated: str) -> str:
    """A structured colour field in canonical spelling (prepared text)."""
    known = colours().get(stated, _FOLDED.get(stated, stated))
    return _one_spelling(known) if known.isascii() else known
