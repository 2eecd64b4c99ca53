"""What is sold: goods, something made for them, a display model, a bundle, a choice (domain §2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.analyse.phrases import Hit
from indexer.read_title.blank import Span
from indexer.read_title.words import Word

_SET = re.compile(
    r"水乳(?:霜)?套装|护肤套装|护肤品套装|洗护套装|套盒|礼盒套装|[三四五六七八]件套|全屋(?:套餐|组合)|组合套装|套装组合|烟灶(?:套装|消套装)|烟机灶具套装|洗烘(?:热泵)?(?:套装|组合)|1拖[2-9]|一拖[二三四五六]"
)
_SET_FAMILIES: Final = frozenset({"serum", "perfume", "air_conditioner", "appliance", "washer"})
_ADDED_FAMILIES: Final = frozenset(
    {
        "serum",
        "household",
        "grocery",
        "spirits",
        "drinks",
        "tissue",
        "coffee",
        "phone",
        "medicine",
        "pet_food",
        "perfume",
        "washer",
        "fresh",
    }
)
_PAIR_OF_PRODUCTS: Final[Mapping[str, re.Pattern[str]]] = {
    "watch": re.compile(r"情侣对表|对表(?=[^\s]{0,4}套装)"),
    "fridge": re.compile(r"冰洗(?:套装|组合|套餐)|冰箱洗衣机套装"),
    "washer": re.compile(r"冰洗(?:套装|组合|套餐)|冰箱洗衣机套装"),
}
"""Words for two products of a family, or of two families, that are sold as one."""
_MEASURED: Final = r"[0-9]\s?(?:罐|瓶|听|袋|包|盒|箱|桶|支|条|卷|提|片|抽|度|台|g|kg|克|斤|公斤|ml|l|毫升|升)(?![a-z])[^\s+,加]{0,3}\s?"
_NOT_OTHER: Final = r"(?!送|赠|补充|替换|袋装|瓶装|正装|旅行|小样|本品|同款|官方|标配|碎屏|延保|[0-9.]+\s?(?:gb?|tb?|片|颗|只|个|件|枚)(?![a-z])|[0-9]+(?=\s|$|套|标|版))"
_COUNTED_TOGETHER = re.compile(
    rf"{_MEASURED}[+加]\s?{_NOT_OTHER}(?:[一-鿿a-z]|1\+2)[^0-9+,]{{0,14}}[0-9]+\s?(?:匹|台|罐|瓶|听|袋|包|盒|箱|桶|支|条|卷|提|片|抽|度|g|kg|克|斤|公斤|ml|l|毫升|升)"
)
"""``蓝月亮洗衣液3kg加洗手液500ml``: an amount of one thing and an amount of another."""
_THING_IN_SET = re.compile(
    rf"[+加]\s?{_NOT_OTHER}[^+,]{{2,20}}?\s?(?:[二两三四五2-5]件)?(?:组合)?(?:套装|组合|套餐(?![一二三四五六七八九0-9a-z]))"
)
"""``无线耳机+20W电源适配器 套装``: the word for a set stands behind what is added."""
_ENGLISH_SET = re.compile(r"(?<![a-z])(?:bundle|starter kit|gift set)(?![a-z])")
_PLUS = re.compile(r"(?<![0-9岁])\+(?![0-9])|(?<=[gl片支瓶盒])\+(?![0-9])")
_JOINT = re.compile(rf"(?:{_PLUS.pattern})\s?[^\s+,、;]{{0,4}}$")
_JOINT_OF_SET = re.compile(rf"(?:{_PLUS.pattern}|[加和与配&])\s?[^\s+,、;]{{0,4}}$")
"""What joins two goods stands directly before the second, or before its brand."""
_LONGEST_GAP: Final = 24
_MODELS_JOINED = re.compile(r"[+加]\s?[^\s+加]{0,6}[0-9]")
_SET_WORD = re.compile(r"套装|组合|合购|[二两三2-9]件套|套餐(?![一二三四五六七八九0-9a-z])")
_ONLY_USED_WITH = re.compile(
    r"\s?(?:通用|互联|连接|投屏|智控|控制|遥控|通知|电话|通话|app|蓝牙|双设备|适用|可用)"
)
"""Behind a noun: what the goods work with, not what comes with them."""
_CHOICE = re.compile(
    r"可选|任选|多规格|多款|多色可选|规格可选|容量可选|尺码可选|自选|多选1|选1|多种规格|各种规格|多型号|全系列|全系"
)
_FOLDED_CHOICE = re.compile(
    r"(?:颜色|多色|色|尺码|码数|双色|两色|三色|四色|花色|图案)(?:可选|任选|自选)|多色可选"
)


_COLOUR_CHOICE = re.compile(r"(?:配色|颜色|多色|[两三四双]色)(?:可选|任选|自选)")


class SetFound(NamedTuple):
    """Different goods sold together."""

    span: Span
    rule: str


def is_dummy(hits: Sequence[Hit[Word]]) -> bool:
    """A display model: looks like the goods, is none."""
    return bool([hit for hit in hits if hit.payload.dummy])


def accessory_nouns(hits: Sequence[Hit[Word]], family: str | None) -> list[Hit[Word]]:
    """Words for things made for goods among `hits`, which are those about what is sold: no gifts, nothing included."""
    return [
        hit
        for hit in hits
        if hit.payload.accessories
        and (family is None or family in hit.payload.accessories)
        and family not in hit.payload.cues
    ]


def names_goods_behind(hits: Sequence[Hit[Word]], noun: Hit[Word], family: str) -> bool:
    """Whether a word for goods of `family` comes after `noun`: in Chinese the last noun says what it is."""
    return any(hit.start >= noun.end and family in hit.payload.cues for hit in hits)


def set_in(text: str, family: str | None) -> SetFound | None:
    """A set of different goods, in families where 套装 means one; in English the word alone means one."""
    match = _SET.search(text) if family in _SET_FAMILIES else None
    pair = _PAIR_OF_PRODUCTS.get(family or "")
    match = match or (pair.search(text) if pair else None) or _ENGLISH_SET.search(text)
    return SetFound(match.span(), "set") if match else None


def things_combined(text: str) -> SetFound | None:
    """Amounts of two things, or a thing and what is added to it, where a word says that they are one set."""
    if ("+" not in text and "加" not in text) or not _SET_WORD.search(text):
        return None
    match = _COUNTED_TOGETHER.search(text) or _THING_IN_SET.search(text)
    return SetFound(match.span(), "two things in a set") if match else None


def models_combined(text: str) -> bool:
    """Whether several models in prepared text are sold together, not offered to choose from."""
    return bool(_SET_WORD.search(text) and _MODELS_JOINED.search(text))


def goods_added(text: str, hits: Sequence[Hit[Word]], family: str | None) -> SetFound | None:
    """``精华50ml+眼霜15ml``: a plus sign between words for different goods of one family."""
    if family not in _ADDED_FAMILIES:
        return None
    nouns = [hit for hit in hits if family in hit.payload.cues and not hit.payload.aliases]
    for left, right in pairwise(nouns):
        if _PLUS.search(text[left.end : right.start]) and left.phrase != right.phrase:
            return SetFound((left.start, right.end), "different goods joined by +")
    return None


def goods_joined(text: str, hits: Sequence[Hit[Word]], family: str | None) -> SetFound | None:
    """``【手机+耳机】``, ``苹果15手机128G加AirPods4组合套装``: goods of this family joined to goods of another.

    Without a word for a set, nouns have to stand at the very sign: 蓝牙+有线 手机通用 joins nothing.
    """
    named = [(hit, hit.payload.goods) for hit in hits if hit.payload.goods]
    if len(named) < 2:
        return None
    is_set = _SET_WORD.search(text) is not None
    for i, (left, of_left) in enumerate(named):
        for right, of_right in named[i + 1 :]:
            is_other = of_left.isdisjoint(of_right) and (family in of_left or family in of_right)
            if is_other and _are_joined(text, left, right, is_set=is_set):
                return SetFound((left.start, right.end), "goods of two families joined")
    return None


def _are_joined(text: str, left: Hit[Word], right: Hit[Word], *, is_set: bool) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > _LONGEST_GAP or _ONLY_USED_WITH.match(text, right.end):
        return False
    if is_set:
        return _JOINT_OF_SET.search(gap) is not None
    return gap.strip() == "+" or (
        _names_model(left) and _names_model(right) and _JOINT.search(gap) is not None
    )


def _names_model(hit: Hit[Word]) -> bool:
    return bool(hit.payload.lines or hit.payload.series)


def offers_colours(text: str) -> bool:
    """Whether prepared text offers a choice of colours."""
    return _COLOUR_CHOICE.search(text) is not None


def offers_choice(text: str) -> bool:
    """Whether prepared text offers a choice of sizes or versions; of colours and shoe sizes does not count."""
    return bool(_CHOICE.search(text) and _CHOICE.search(_FOLDED_CHOICE.sub(" ", text)))
