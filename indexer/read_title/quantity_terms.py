"""Figures with their units and measure words: the words of the quantity grammar (domain §2.3).

What is certain to be no contents (wearers' weights, ages, strengths, dates) is left out here. How terms are put
together is in `quantity.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from catalog.quantity import SPELLINGS, Quantity, Unit

LARGEST_SIZE: Final = 10**7
"""Base units: ten tonnes. More is no contents of a pack."""
_ENGLISH: Final = {"pound": "lb", "lb": "lb", "ounce": "oz", "gram": "g", "litre": "l", "liter": "l"}
LARGEST_PACK: Final = 5000
"""More units than this in one offer are a typing error or a sales figure."""
_SIZES: Final = r"毫克|毫升|千克|公斤|mg|kg|ml|cl|dl|lbs?|pounds?|fl\.?\s?oz|oz|ounces?|grams?|g|克|斤|两|lit(?:re|er)s?|l|升|磅"
_LOW: Final = "瓶|罐|听|盒|包|袋|支|片|枚|抽|张|卷|粒|颗粒|颗|块|册|本|双|条|只|个|杯|碗|筒|盆|根|串|对|部|台|套|丸|贴|管|桶|方|bottles?|cans?|bags?|rolls?|tablets?|capsules?|sticks?|pcs|pieces?|pc|pairs?|sheets?|ct|count"
_HIGH: Final = "箱|提|件|组(?!合)|排|板|打|份|packs?|pk|boxe?s?|cartons?|cases?"
_MEASURE: Final = f"{_LOW}|{_HIGH}"
HIGH = re.compile(_HIGH)
"""Measure words for what holds several packs: a 箱 of 24 瓶."""

_FIGURE: Final = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?"
_TERM = re.compile(
    rf"(?P<figure>{_FIGURE})(?:\s?\+(?P<more>[0-9]+)(?![0-9.]|\s?(?:{_SIZES})))?(?P<close>\s?\))?"
    rf"(?:\s?-?\s?(?:(?P<size>{_SIZES})(?![a-wyz]|x(?!\s?[0-9]))|(?P<measure>{_MEASURE})(?![a-wyz]|x(?!\s?[0-9]))))?"
    rf"(?P<packed>\s?(?:组合装?|装|入))?"
    rf"(?:\s?(?:/|每|per\s|一)\s?(?P<per>{_MEASURE})(?![a-z0-9]))?"
)
_HEAD = re.compile(
    rf"(?:(?P<each>每\s?(?:{_MEASURE})?(?:装|约|净含量|重)?)|(?P<total>共|合计|总共|一共|到手|实发|发|净重|总重|净含量))?\s?:?\s?(?P<open>\(\s?)?$"
)
_NOT_BEHIND = re.compile(
    r"(?:直径|高|宽|长|厚|身高|体重|毛重|带箱|承重|容量|功率|单[果个只颗粒枚条块](?:重|净重)?约?)\s?:?\s?$"
)
_ENDS_OF_HEADS: Final = frozenset(
    "每装约量重共计手发" + "".join(w[-1] for w in _MEASURE.split("|") if not w[-1].isascii())
)
_ENDS_OF_OTHERS: Final = frozenset("径高宽长厚重箱量率约果个只颗粒枚条块")
"""Last characters of what `_HEAD` and `_NOT_BEHIND` find: most figures follow none of them."""
_HEAD_LENGTH: Final = 10
"""Characters before a figure that may change its meaning."""
DIGIT = re.compile(r"[0-9]")
_PACK_OF = re.compile(r"(?:pack|set|box|case|lot)\s?of\s?(?P<count>[0-9]+)(?![0-9.])")
_BOTH = re.compile(r"上(?P<middle>中)?下(?P<measure>[册卷部])")
"""Volumes that are named one by one."""
_TIMES = re.compile(r"\s?(?:[*×]|x(?![a-z]))\s?")
_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_NOT_CONTENTS = re.compile(
    rf"{_NUMBER}\s?(?:"
    rf"(?:kg|g|lbs?|斤|公斤|cm|mm|个月|月|岁|码|段|寸)?\s?[-~至到]\s?{_NUMBER}\s?(?:kg|g|lbs?|pounds?|斤|公斤|两|cm|mm|个月龄?|月龄?|周?岁|码|段|人份?|个|只|片|寸|h|小时|天|度)"
    r"|(?:kg|g|斤|公斤|两|克)\s?(?:以上|以下|以内|起|\+(?!\s?[0-9]))"
    r"|(?:个月|月龄|周?岁|年份?|周年|度|°|%|层|合1|合一|效|重|元|倍|档|寸|英寸|匹|w(?![a-z])|v(?![a-z])|mah|hz|gbps|mb/s|cm|mm|人份?|码|号|代|段|日|天|小时|分钟|级|核|星|胞胎|孔|种|款|色|味|口味|抽屉|室|厅|拖)"
    r"|g\s?(?:优质|天然|植物|原生)?(?:乳?蛋白|膳食|乳糖|糖|钙|/100))"
    r"|[0-9]\+[0-9](?:原味|奶香|特浓|咖啡)"
    r"|[0-9]{1,2}/[0-9]{1,2}(?![0-9])(?!\s?(?:瓶|罐|盒|箱|包|袋))"
)
"""At a figure: wearer's weights and ages, grades, strengths, powers, dates: domain §2.3, *not contents*."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a family's contents are measured."""

    units: Collection[Unit]
    counted: Mapping[str, Unit] = field(default_factory=dict)
    whole: bool = False
    singly: bool = False
    """One piece is the unit that is sold: 2双装 are two times one pair."""
    bare: re.Pattern[str] | None = None
    """Finds pieces without a measure word (NB90); group ``count``."""

    def unit_of(self, measure: str) -> Unit | None:
        """The unit whose pieces `measure` counts, where the pieces are the contents."""
        return self.counted.get(measure) or self.counted.get(measure.rstrip("s"))


class Term(NamedTuple):
    """A figure at ``text[start:end]`` with a size (``550ml``), a measure word (``24瓶``) or neither."""

    start: int
    end: int
    figure: int | Fraction
    size: Quantity | None = None
    measure: str = ""
    operator: Literal["", "*", "+", "/", "gap"] = ""
    """What stands between the term before and this one; ``gap``: other words."""
    is_total: bool = False
    """``共24瓶``, ``净重3斤``."""
    is_each: bool = False
    per: str = ""
    """The measure word behind a slash: 罐 of ``800g/罐``."""
    is_inner_sum: bool = False
    """``54+4片``."""
    is_packed: bool = False
    """``6罐装``."""
    is_set: bool = False
    """``两罐组合``: how many things are put together, not a factor of the size before it."""

    @property
    def is_bare(self) -> bool:
        """A figure alone: it counts only beside a multiplication sign."""
        return self.size is None and not self.measure

    @property
    def is_high(self) -> bool:
        """Counts what holds several packs."""
        return bool(HIGH.fullmatch(self.measure))


def states_figures(text: str) -> bool:
    """Whether prepared text can hold any term at all."""
    return DIGIT.search(text) is not None or _BOTH.search(text) is not None


def bare_pieces_in(measured: Measured, text: str) -> frozenset[int]:
    """Where figures stand that count pieces without saying so (NB90)."""
    if measured.bare is None:
        return frozenset()
    return frozenset(match.start("count") for match in measured.bare.finditer(text))


def terms_in(text: str, measured: Measured, bare_pieces: Collection[int]) -> list[Term]:
    """Every term of prepared text, in order; `bare_pieces` are where figures without measure word count pieces."""
    terms: list[Term] = []
    digit = DIGIT.search(text)
    while digit is not None:
        start = digit.start()
        other = _NOT_CONTENTS.match(text, start)
        match = None if other else _TERM.match(text, start)
        if match is not None:
            term = _term(match, text, terms[-1] if terms else None, measured)
            if term is not None and term.is_bare and start in bare_pieces:
                term = term._replace(measure=next(iter(measured.counted)))
            if term is not None:
                terms.append(term)
        digit = DIGIT.search(text, (other or match or digit).end())
    for match in _BOTH.finditer(text) if "上" in text else ():
        figure = 3 if match["middle"] else 2
        terms.append(Term(match.start(), match.end(), figure, measure=match["measure"], operator="gap"))
    for match in _PACK_OF.finditer(text) if "of" in text else ():
        terms = [term for term in terms if not match.start() <= term.start < match.end()]
        terms.append(Term(match.start(), match.end(), int(match["count"]), measure="pack", operator="gap"))
    return [term for i, term in enumerate(terms) if not term.is_bare or _is_multiplier(text, terms, i)]


def _term(match: re.Match[str], text: str, before: Term | None, measured: Measured) -> Term | None:
    figure_at = match.start()
    if not _may_begin(text, figure_at, before):
        return None
    behind = text[max(before.end if before else 0, figure_at - _HEAD_LENGTH) : figure_at]
    last = behind.rstrip(" (:")[-1:]
    if last in _ENDS_OF_OTHERS and _NOT_BEHIND.search(behind):
        return None
    head = _HEAD.search(behind) if last in _ENDS_OF_HEADS else None
    is_open = behind.rstrip().endswith("(")
    figure = _number_of(match["figure"])
    if match["more"]:
        if not (match["measure"] or (match["close"] and is_open)):
            return None  # 16+512: no measure word makes it a count
        figure += int(match["more"])
    size = _size(figure, match["size"], measured) if figure > 0 else None
    if figure <= 0 or (match["size"] and size is None):
        return None
    start = figure_at - len(head[0].lstrip()) if head else figure_at - is_open
    return Term(
        start=start, end=match.end(), figure=figure, size=size, measure=match["measure"] or "",
        operator=_operator(text, before, start), is_total=bool(head and head["total"]),
        is_each=bool(head and head["each"]),
        per=match["per"] or "", is_inner_sum=bool(match["more"]), is_packed=bool(match["packed"]),
        is_set="组合" in (match["packed"] or ""),
    )  # fmt: skip


def _number_of(written: str) -> int | Fraction:
    plain = written.replace(",", "")
    return Fraction(plain) if "." in plain else int(plain)


def _may_begin(text: str, start: int, before: Term | None) -> bool:
    """A figure inside a word or code (``b12``, ``1.2.3``) begins no term; behind a multiplying x it does."""
    if start == 0:
        return True
    left = text[start - 1]
    if left == "x":
        follows_term = before is not None and before.end >= start - 2
        return follows_term or start == 1 or not text[start - 2].isalnum()
    return not (left.isascii() and (left.isalnum() or left in ".-#'"))


def _size(figure: int | Fraction, spelling: str | None, measured: Measured) -> Quantity | None:
    if spelling is None:
        return None
    size = _quantity(figure, _spelled(spelling, measured))
    return size if size is not None and size.unit in measured.units else None


@lru_cache(maxsize=1024)
def _quantity(figure: int | Fraction, spelling: str) -> Quantity | None:
    """None above `LARGEST_SIZE`. Kept: few sizes (500ml, 1kg) stand in most titles, and exact arithmetic is slow."""
    unit, factor = SPELLINGS[spelling]
    amount = figure * factor
    return Quantity(amount, unit) if amount <= LARGEST_SIZE else None


def _spelled(written: str, measured: Measured) -> str:
    """The unit's one spelling; an ounce of what is measured by volume only is a fluid one (330 ml cans say ``12 oz``)."""
    plain = _ENGLISH.get(written.rstrip("s"), written)
    if plain.startswith("fl") or (plain == "oz" and Unit.GRAM not in measured.units):
        return "fl oz"
    return plain


def _operator(text: str, before: Term | None, start: int) -> Literal["", "*", "+", "/", "gap"]:
    if before is None:
        return "gap"
    between = text[before.end : start].strip()
    if _TIMES.fullmatch(text[before.end : start]) or between in {
        "*",
        "×",
        "x",
        ")*",
        "*(",
        "×(",
        ")×",
        ")x",
        "x(",
    }:
        return "*"
    if between in {"", "(", ")", ",", "、"}:
        return "/" if between == "、" else ""
    if between in {"+", "&", "和", "加", "+("}:
        return "+"
    if between.startswith("+") and not any(c.isdigit() for c in between):
        return "+"
    return "/" if between in {"/", "或"} else "gap"


def _is_multiplier(text: str, terms: Sequence[Term], i: int) -> bool:
    """A figure without unit counts only beside a multiplication sign: ``500ml*6``, ``12 x 1l``, ``500ml 洗发水*2``."""
    term = terms[i]
    if term.figure.denominator != 1 or term.figure > LARGEST_PACK:
        return False
    if term.operator == "gap" and text[: term.start].rstrip()[-1:] in {"*", "×"}:
        return True
    if term.operator == "*" and i > 0:
        return not terms[i - 1].is_bare or i > 1
    following = terms[i + 1] if i + 1 < len(terms) else None
    return following is not None and following.operator == "*" and following.size is not None
