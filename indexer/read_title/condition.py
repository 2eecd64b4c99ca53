"""The state of the goods and its grade (domain §2.4): the worst that is said holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from catalog.listing import Condition
from indexer.analyse.phrases import Hit
from indexer.read_title.blank import Span
from indexer.read_title.words import Word

_ORDER: Final = (Condition.REFURBISHED_OFFICIAL, Condition.REFURBISHED, Condition.USED, Condition.OPEN_BOX)
"""官翻 says more than 二手, 二手 more than 准新."""

_GRADE = re.compile(
    r"(?<![0-9.])(?P<digits>[7-9][0-9]|[5-9])\s?(?P<tenths>成)?\s?新(?![品款年国一])|(?P<han>[九八七六])成(?:[五九]?)新|(?P<two>九[五八九])新"
)
_HAN_DIGITS: Final = {"九": "9", "八": "8", "七": "7", "六": "6", "五": "5"}


class State(NamedTuple):
    """The condition, the words that say so, and the grade (``99新``) where one is given."""

    condition: Condition
    span: Span
    grade: str | None = None


def condition_in(text: str, hits: Iterable[Hit[Word]]) -> State | None:
    """What prepared text says about the state of the goods; None when it says nothing: new."""
    words = [hit for hit in hits if hit.payload.condition is not None]
    if not words and "新" not in text:
        return None
    found: dict[Condition, Span] = {}
    for hit in words:
        if hit.payload.condition is not None:
            found.setdefault(hit.payload.condition[0], (hit.start, hit.end))
    grade = _GRADE.search(text) if "新" in text else None
    if grade is not None:
        found.setdefault(Condition.USED, grade.span())
    for condition in _ORDER:
        if condition in found:
            return State(condition, found[condition], _grade_text(grade) if grade else None)
    return None


def _grade_text(match: re.Match[str]) -> str:
    if match["digits"]:
        return f"{match['digits']}{'成' if match['tenths'] else ''}新"
    if match["two"]:
        return "".join(_HAN_DIGITS[c] for c in match["two"]) + "新"
    return f"{_HAN_DIGITS[match['han']]}成新"


_STATED: Final = (
    (Condition.REFURBISHED_OFFICIAL, ("官翻", "官方翻新", "官换", "certified")),
    (Condition.REFURBISHED, ("翻新", "refurbish")),
    (Condition.USED, ("二手", "used", "闲置", "成新", "9新", "95新")),
    (Condition.OPEN_BOX, ("准新", "open", "拆封", "开箱", "展示", "样机", "盒损", "仅激活", "瑕疵")),
    (Condition.NEW, ("全新", "new", "未拆", "未使用")),
)


def condition_in_field(stated: str) -> Condition | None:
    """What a structured condition field says (``二手``, ``99新``, ``NewCondition``); None when it says nothing known."""
    text = stated.casefold()
    return next((condition for condition, words in _STATED if any(word in text for word in words)), None)
