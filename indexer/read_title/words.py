"""The one vocabulary a title is scanned with: brands, families' words, noise, conditions, editions, colours.

Built once from the packaged files and the family declarations; one pass over a title then finds every known phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from catalog.listing import Condition
from indexer.analyse.phrases import PhraseScanner
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.family import FAMILIES
from indexer.read_title.family.declare import Family
from indexer.read_title.lexicon.load import Alias, Lexicon

_MEANINGS: Final = frozenset({"aliases", "cues", "accessories", "lines", "region", "condition", "colour"})
_LEAST_SERIES: Final = 3
"""Shorter series names (X, Ace) say nothing by themselves."""
_IS_NAME = re.compile(
    r"(?!(?:电机|电器|电子|集团|股份|食品|药业|制药|医药|国际|科技|数码|手机|空调|家电|生活|乳业|酒业|酒厂|股份|公司|中国|官方|优品|家居|日化|美妆|母婴|世家|之家)$)[㐀-鿿]{2,5}"
)
"""What behind a brand's name may be a line of its own."""
_FOLDER: Final = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Word:
    """Everything one phrase may mean; which meaning holds is decided by the title."""

    aliases: tuple[Alias, ...] = ()
    cues: frozenset[str] = frozenset()
    """Families whose goods the phrase names."""
    hints: frozenset[str] = frozenset()
    accessories: frozenset[str] = frozenset()
    """Families for whose goods the phrase names an accessory."""
    lines: frozenset[tuple[str, str, str]] = frozenset()
    """Product lines it names: (family, brand or ``""``, canonical name)."""
    series: frozenset[tuple[str, str]] = frozenset()
    """(family, brand) of a series name: evidence for the family."""
    is_noise: bool = False
    is_blocked: bool = False
    """Not what it seems: 王者荣耀 is not 荣耀."""
    condition: tuple[Condition, str] | None = None
    region: str | None = None
    colour: str | None = None
    dummy: bool = False
    voucher: str | None = None
    says_nothing: bool = False
    """Noise that has no other meaning: it can be taken out of a title."""
    goods: frozenset[str] = frozenset()
    """The families whose goods it names by noun, line or series, and by nothing else."""
    speaks: bool = False
    """Whether it is evidence for any family."""
    is_no_colour: bool = False
    """Names something else, so that a colour word inside it says nothing."""


CONDITIONS: Final[Mapping[str, tuple[Condition, str]]] = {
    **dict.fromkeys(("二手", "二手机", "九成新", "8成新", "八成新", "中古", "有划痕", "有磕碰", "细微划痕", "小划痕", "闲置", "自用出", "转卖",
        "pre-owned", "preowned", "used", "second hand", "second-hand", "secondhand"), (Condition.USED, "")),
    **dict.fromkeys(("官翻", "官方翻新", "官翻机", "官换机", "官换", "官方认证翻新", "官方认证二手", "认证翻新", "certified refurbished", "manufacturer refurbished", "factory refurbished", "apple refurbished"),
        (Condition.REFURBISHED_OFFICIAL, "")),
    **dict.fromkeys(("翻新", "翻新机", "组装机", "扩容机", "refurbished", "renewed", "seller refurbished", "reconditioned", "后压膜"), (Condition.REFURBISHED, "")),
    **dict.fromkeys(
        ("准新", "准新机", "仅激活", "激活未使用", "已激活未使用", "资源机", "仅拆封", "拆封未使用", "拆封未用", "开封未用", "开箱未使用", "盒损",
            "外包装破损", "包装破损", "外盒破损", "盒子破损", "外盒压痕", "压盒", "盒子压痕", "盒压痕", "压痕", "充新", "瑕疵", "微瑕", "全新无盒", "无盒", "无鞋盒", "无原盒", "展示机",
            "展示样机", "样机", "演示机", "样品", "拆封", "仅开箱", "退货机", "open box", "open-box", "like new", "ex-display", "display model", "开封品"),
        (Condition.OPEN_BOX, ""),
    ),
}  # fmt: skip
"""Words for the state of goods; a grade such as 99新 is read by pattern (condition.py)."""

REGIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "cn": (
        "国行",
        "国行版",
        "大陆行货",
        "大陆版",
        "大陆国行",
        "中国大陆版",
        "国内行货",
        "国行正品",
        "中文版国行",
        "国内版",
        "中国版",
    ),
    "hk": (
        "hk version",
        "hong kong version",
        "港版",
        "港行",
        "香港版",
        "港货",
        "港澳版",
        "港行正品",
        "港澳台版",
        "香港行货",
    ),
    "us": ("美版", "美国版", "美行", "us version", "us model", "usa version", "american version"),
    "jp": (
        "日版",
        "日行",
        "日本版",
        "日本本土版",
        "日本本土",
        "日本境内版",
        "jp version",
        "japan version",
        "japanese version",
        "japan import",
    ),
    "kr": ("韩国版", "韩行", "韩国本土版", "korean version", "korea version"),
    "de": ("德版", "德国版", "德爱", "德国本土版"),
    "nl": ("荷兰牛栏", "荷兰版", "荷兰本土版"),
    "au": ("澳版", "澳洲版", "澳爱", "澳大利亚版"),
    "nz": ("新西兰版",),
    "gb": ("英版", "英国版", "uk version", "uk model"),
    "eu": ("欧版", "欧洲版", "eu version", "european version"),
    "tw": ("台版", "台行", "台湾版"),
    "sg": ("新加坡版",),
    "ca": ("加版", "加拿大版"),
    "fr": ("法版", "法国版"),
    "intl": (
        "国际版",
        "海外版",
        "全球版",
        "国际版本",
        "global version",
        "global rom",
        "international version",
        "international model",
        "global model",
    ),
}
"""National editions (domain §2.4); 日版 and the like name the edition, 日本进口 only the origin."""

DUMMIES: Final = (
    "模型机",
    "手机模型",
    "机模",
    "展示模型",
    "黑屏模型",
    "彩屏模型",
    "仿真模型",
    "仿真机",
    "道具机",
    "展示样机模型",
    "1:1模型",
    "空壳机",
    "dummy",
)
VOUCHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "voucher": (
        "水票",
        "电子券",
        "兑换券",
        "提货券",
        "提货卡",
        "礼品卡",
        "充值卡",
        "代金券",
        "购物卡",
        "电子卡",
        "兑换卡",
        "兑换码",
        "卡密",
        "e卡",
        "储值卡",
        "电子水票",
    ),
    "deposit": ("押金", "水桶押金", "桶押金", "定金链接", "订金链接"),
    "surcharge": ("补差价", "补差链接", "邮费链接", "补邮费", "差价链接", "运费链接", "补拍"),
}
"""What is bought is a right or a payment, not the goods: an attribute ``kind`` that always splits."""


def build_scanner(lexicon: Lexicon) -> PhraseScanner[Word]:
    """The scanner for titles, with everything that `lexicon`, the packaged lists and the families know."""
    words: dict[str, dict[str, Any]] = {}
    for phrase, field, value in _entries(lexicon):
        meaning = words.setdefault(phrase, {})
        old = meaning.get(field)
        meaning[field] = old | value if isinstance(old, frozenset) and isinstance(value, frozenset) else value
    return PhraseScanner({phrase: _word(meaning) for phrase, meaning in words.items()})


def _word(meaning: dict[str, Any]) -> Word:
    means_something = meaning.keys() & _MEANINGS
    word = Word(**meaning, says_nothing="is_noise" in meaning and not means_something)
    speaks = bool(word.cues or word.hints or word.accessories or word.lines or word.series)
    is_no_colour = not word.colour and bool(
        word.cues or word.hints or word.accessories or word.region or word.condition
    )
    return replace(word, goods=_families_named(word), speaks=speaks, is_no_colour=is_no_colour)


def _families_named(word: Word) -> frozenset[str]:
    if word.accessories or word.is_noise or word.is_blocked:
        return frozenset()
    return word.cues | {family for family, _, _ in word.lines} | {family for family, _ in word.series}


def _entries(lexicon: Lexicon) -> Iterator[tuple[str, str, object]]:
    yield from ((phrase, "is_noise", True) for phrase in _noise())
    for phrase, (condition, grade) in CONDITIONS.items():
        yield prepare_phrase(phrase), "condition", (condition, grade)
    yield from ((prepare_phrase(w), "region", region) for region, group in REGIONS.items() for w in group)
    yield from ((prepare_phrase(w), "voucher", kind) for kind, group in VOUCHERS.items() for w in group)
    yield from ((prepare_phrase(w), "dummy", True) for w in DUMMIES)
    yield from ((phrase, "colour", colour) for phrase, colour in colours().items())
    for family in FAMILIES:
        yield from _family_entries(family)
        yield from _line_entries(family)
        yield from _series_entries(family, lexicon)
        yield from _short_series_entries(family)
    yield from ((blocker, "is_blocked", True) for blocker in lexicon.blockers)
    yield from ((text, "aliases", group) for text, group in lexicon.aliases.items())
    yield from _naming_lines(lexicon)
    yield from _lines_in_names(lexicon)


def _lines_in_names(lexicon: Lexicon) -> Iterator[tuple[str, str, object]]:
    """Spellings that run a brand and its line together (雀巢怡养) hide the line: they name it as well."""
    nouns = {prepare_phrase(word) for family in FAMILIES for word in (*family.cues, *family.accessories)}
    known: dict[tuple[str, str], frozenset[tuple[str, str, str]]] = {}
    for family in FAMILIES:
        for phrase, _, value in _line_entries(family):
            for _, owner, _ in value:
                known[owner, phrase] = known.get((owner, phrase), frozenset()) | value
    for text, group in lexicon.aliases.items():
        for alias in group:
            for cut in range(2, len(text) - 1):
                rest = text[cut:].lstrip()
                head = lexicon.aliases.get(text[:cut].rstrip(), ())
                if any(other.brand == alias.brand for other in head):
                    families = lexicon.brands[alias.brand].families
                    is_name = _IS_NAME.fullmatch(rest) and rest not in nouns and rest not in lexicon.aliases
                    own = frozenset((family, alias.brand, rest.upper()) for family in families if is_name)
                    lines = known.get((alias.brand, rest), own)
                    if lines:
                        yield text, "lines", lines


def _naming_lines(lexicon: Lexicon) -> Iterator[tuple[str, str, object]]:
    """Lines that contain their brand's name (红星二锅头): they hide the shorter alias, so they name the brand as well."""
    spellings: dict[str, list[str]] = {}
    for text, group in lexicon.aliases.items():
        for alias in group:
            spellings.setdefault(alias.brand, []).append(text)
    for family in FAMILIES:
        for phrase, _, value in _line_entries(family):
            for _, owner, _ in value if phrase not in lexicon.aliases else ():
                if any(text in phrase for text in spellings.get(owner, ())):
                    alias = Alias(owner, phrase, is_line=True, needs_context=False, context=())
                    yield phrase, "aliases", (alias,)


def _line_entries(family: Family) -> Iterator[tuple[str, str, frozenset[tuple[str, str, str]]]]:
    for brand, lines in family.lines.items():
        for canonical, others in lines.items():
            for spelling in filter(None, (canonical, *others)):
                phrase = prepare_phrase(spelling)
                for form in {phrase, phrase.replace(" ", "")}:
                    yield form, "lines", frozenset({(family.name, brand, canonical)})


def _series_entries(family: Family, lexicon: Lexicon) -> Iterator[tuple[str, str, object]]:
    """Series names, but for those that would hide a brand or a noun inside them (macbook air): these speak already."""
    telling = {*lexicon.aliases, *map(prepare_phrase, family.cues)}
    for brand, series in (family.series.series if family.series else {}).items():
        for spelling in (word for name, others in series.items() for word in (name, *others)):
            phrase = prepare_phrase(spelling)
            if len(phrase) >= _LEAST_SERIES and telling.isdisjoint(_pieces(phrase)):
                yield phrase, "series", frozenset({(family.name, brand)})


def _pieces(phrase: str) -> Iterator[str]:
    """Every run of characters of `phrase`."""
    return (phrase[i:j] for i in range(len(phrase)) for j in range(i + 1, len(phrase) + 1))


def _family_entries(family: Family) -> Iterator[tuple[str, str, object]]:
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("cues", family.cues), ("hints", family.hints), ("accessories", family.accessories),
    )  # fmt: skip
    for field, phrases in groups:
        yield from ((prepare_phrase(phrase), field, frozenset({family.name})) for phrase in phrases)


def _short_series_entries(family: Family) -> Iterator[tuple[str, str, object]]:
    """Series of two Chinese characters (天选, 小新): short, and yet no other word beside their brand."""
    for brand, series in (family.series.series if family.series else {}).items():
        for spelling in (word for name, others in series.items() for word in (name, *others)):
            if len(spelling) == 2 and all("㐀" <= character <= "鿿" for character in spelling):
                yield prepare_phrase(spelling), "series", frozenset({(family.name, brand)})


@cache
def _noise() -> frozenset[str]:
    return frozenset(prepare_phrase(word) for line in _lines("noise.txt") for word in line.split())


@cache
def colours() -> Mapping[str, str]:
    """Colour names of the packaged list -> their canonical spelling, prepared."""
    table: dict[str, str] = {}
    for line in _lines("colours.txt"):
        for word in _colour_entries(line):
            written, _, canonical = word.partition("=")
            table[prepare_phrase(written)] = canonical or written
    return table


def _colour_entries(line: str) -> list[str]:
    """Entries split by spaces; an English name of two words (``natural titanium=…``) stays together."""
    entries: list[str] = []
    waiting = ""
    for part in line.split():
        if part.isascii() and "=" not in part:
            waiting += part + " "
        else:
            entries.append(waiting + part)
            waiting = ""
    return entries


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
