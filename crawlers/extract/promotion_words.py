"""Promotion words to rules: ``满199减20``, ``每满300减50，封顶100元``, ``两件8.5折``, ``第二件半价``, ``买2送1``.

Words have one reading or none. Whoever meets words that nobody knows leaves the promotion out and says so: a promotion
that is missing makes an offer dearer than it is, one that is guessed makes it the wrong cheapest (DECISIONS 49).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from catalog.errors import InvalidMoney
from catalog.money import Money
from catalog.promotion import FULL_BP, PromotionKind, Repeat

MOST_WORDS: Final = 120
"""Characters. The longest ladder seen on a page has 60; more is a text, not a rule."""
MOST_RUNGS: Final = 8
"""Steps of one ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule that words state. Where it stands (stage, condition, window) the words do not say."""

    kind: PromotionKind
    """`AMOUNT_OFF` and `PERCENT_OFF` also where each unit is reduced: see `is_per_unit`."""
    words: str
    """This rule alone, as it was written, without spaces."""
    is_per_unit: bool = False
    """``直降``, ``官方立减``: off the price of each unit."""
    off: Money | None = None
    pay_bp: int | None = None
    pay: Money | None = None
    n: int | None = None
    buy: int | None = None
    get: int | None = None
    threshold: Money | None = None
    threshold_qty: int | None = None
    repeat: Repeat = Repeat.ONCE
    cap: Money | None = None


def read_promotion_words(text: str, currency: str = "CNY") -> tuple[Rule, ...]:
    """The rules in `text`, amounts in the major unit of `currency`; several are a ladder, of which one applies.

    Empty for words that nobody knows, and for words with two readings. Time is linear in the length of the text.
    """
    return () if len(text) > MOST_WORDS else _read(text, currency)


@lru_cache(maxsize=4096)
def _read(text: str, currency: str) -> tuple[Rule, ...]:
    folded = _folded(text)
    rules: list[Rule] = []
    place = 0
    try:
        while place < len(folded):
            end = _next_rule(folded, place, rules, currency) or _next_limit(folded, place, rules, currency)
            if end is None or len(rules) > MOST_RUNGS:
                return ()
            place = end + len(folded[end:]) - len(folded[end:].lstrip(";,"))
    except InvalidMoney:
        return ()  # more decimals than the currency has
    return tuple(rules) if _is_one_reading(rules) else ()


def read_deposit_gain(text: str, currency: str = "CNY") -> Money | None:
    """How much less those pay who pay a deposit, as ``付定金立减20元`` says it; None for other words."""
    found = _DEPOSIT.fullmatch(_folded(text)) if len(text) <= MOST_WORDS else None
    try:
        return _amount(found["off"], currency) if found is not None else None
    except InvalidMoney:
        return None


def _next_rule(folded: str, place: int, rules: list[Rule], currency: str) -> int | None:
    """Where the rule that begins at `place` ends, which is then the last of `rules`; None: no rule begins there."""
    for form, make in _GRAMMAR:
        found = form.match(folded, place)
        if found is not None:
            rules.append(replace(make(found, currency), words=found[0].replace(";", "，")))
            return found.end()
    return None


def _next_limit(folded: str, place: int, rules: list[Rule], currency: str) -> int | None:
    """The same of the most that the only rule so far takes off.

    "No limit" is said of what repeats; of anything else it has two readings.
    """
    found = _LIMIT.match(folded, place)
    if found is None or len(rules) != 1 or rules[0].cap is not None:
        return None
    words = f"{rules[0].words}，{found[0]}"
    if found["cap"] is not None:
        rules[0] = replace(rules[0], cap=_amount(found["cap"], currency), words=words)
    elif rules[0].repeat is Repeat.EACH:
        rules[0] = replace(rules[0], words=words)
    else:
        return None
    return found.end()


def _is_one_reading(rules: Sequence[Rule]) -> bool:
    """A single rule, or steps of one kind of which none is limited or repeats."""
    if len(rules) < 2:
        return True
    kinds = {(rule.kind, rule.is_per_unit, rule.threshold is None) for rule in rules}
    are_steps = all(rule.threshold is not None or rule.threshold_qty is not None for rule in rules)
    return len(kinds) == 1 and are_steps and not any(r.repeat is Repeat.EACH or r.cap for r in rules)


def _folded(text: str) -> str:
    """Full-width and traditional forms as plain ones, without spaces; a list's separators are all ``;``."""
    listed = text.translate(_SEPARATORS)
    return "".join(unicodedata.normalize("NFKC", listed).translate(_SIMPLIFIED).split())


# ── numbers ────────────────────────────────────────────────────────────────────────────────────────

_DIGITS: Final = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_SEPARATORS: Final = str.maketrans(
    {"，": ";", "；": ";", "、": ";", "/": ";", "。": ";", "（": ";", "(": ";", "）": "", ")": ""}
)
_SIMPLIFIED: Final = str.maketrans(
    {"滿": "满", "減": "减", "買": "买", "贈": "赠", "價": "价", "頂": "顶", "￥": "¥"}
)


def _amount(text: str, currency: str) -> Money:
    return Money.from_decimal(text.replace(",", ""), currency)


def _count(text: str) -> int:
    """``3``, ``三``, ``两``, ``十二``."""
    if text.isdigit():
        return int(text)
    if len(text) == 2:
        return 10 + _DIGITS[text[1]]
    return _DIGITS[text]


def _share(text: str) -> int:
    """The share that is paid, in basis points: ``8`` is 80 %, ``8.5`` and ``85`` and ``八五`` are 85 %."""
    digits = "".join(str(_DIGITS.get(one, one)) for one in text.replace("点", "."))
    whole, _, part = digits.partition(".")
    return int((whole + part).ljust(4, "0")) if len(whole) == 2 or part else int(whole) * 1000


def _off_share(percent: str) -> int:
    """What is paid after so many percent off: ``15`` is 8500."""
    whole, _, part = percent.partition(".")
    return FULL_BP - int(whole) * 100 - int(part.ljust(2, "0")[:2] or 0)


# ── grammar ────────────────────────────────────────────────────────────────────────────────────────

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"


def _money(name: str) -> str:
    """An amount; thousands are grouped only where 元 or 减 follows, or a list's comma could be meant."""
    return (
        rf"¥?(?P<{name}>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}(?:\.[0-9]{{1,2}})?(?=[元减])|{_NUMBER})(?:元|块)?"
    )


_PIECES = r"(?P<n>[0-9]{1,4}|十[一二三四五六七八九]|[一二两三四五六七八九十])件"
_SHARE = r"(?:打|享)?(?P<share>[1-9]\.[0-9]{1,2}|[1-9][1-9]|[2-9]0|[1-9]|[一二三四五六七八九](?:点?[一二三四五六七八九])?)折"
_PERCENT = r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)%"
_LESS = r";?(?:可|立|直)?减"
_EACH = r"(?P<each>每)?"
_ENDS = r"(?=;|,|$|封顶|最多|最高|上不封顶|不封顶)"

_LIMIT = re.compile(rf"(?:封顶|最多可?减|最高可?减){_money('cap')}(?=;|,|$)|上?不封顶(?=;|,|$)")

_DEPOSIT = re.compile(rf"付定金立减{_money('off')}")

Make = Callable[[re.Match[str], str], Rule]


def _order_off(found: re.Match[str], currency: str) -> Rule:
    repeat = Repeat.EACH if found["each"] else Repeat.ONCE
    return Rule(
        kind=PromotionKind.AMOUNT_OFF,
        words="",
        off=_amount(found["off"], currency),
        threshold=_amount(found["over"], currency),
        repeat=repeat,
    )


def _pieces_off(found: re.Match[str], currency: str) -> Rule:
    repeat = Repeat.EACH if found["each"] else Repeat.ONCE
    off, pieces = _amount(found["off"], currency), _count(found["n"])
    return Rule(kind=PromotionKind.AMOUNT_OFF, words="", off=off, threshold_qty=pieces, repeat=repeat)


def _order_share(found: re.Match[str], currency: str) -> Rule:
    over = _amount(found["over"], currency)
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=_share(found["share"]), threshold=over)


def _pieces_share(found: re.Match[str], _currency: str) -> Rule:
    pieces = _count(found["n"])
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=_share(found["share"]), threshold_qty=pieces)


def _nth(found: re.Match[str], currency: str) -> Rule:
    rule = Rule(kind=PromotionKind.NTH_UNIT, words="", n=_count(found["n"]))
    if found["pay"]:
        return replace(rule, pay=_amount(found["pay"], currency))
    if found["half"]:
        return replace(rule, pay_bp=FULL_BP // 2)
    return replace(rule, pay_bp=_share(found["share"])) if found["share"] else replace(rule, pay_bp=0)


def _bonus(found: re.Match[str], _currency: str) -> Rule:
    return Rule(kind=PromotionKind.BONUS_UNITS, words="", buy=_count(found["buy"]), get=_count(found["get"]))


def _unit_off(found: re.Match[str], currency: str) -> Rule:
    off = _amount(found["off"], currency)
    return Rule(kind=PromotionKind.AMOUNT_OFF, words="", off=off, is_per_unit=True)


def _unit_percent(found: re.Match[str], _currency: str) -> Rule:
    share = _off_share(found["percent"])
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=share, is_per_unit=True)


def _unit_share(found: re.Match[str], _currency: str) -> Rule:
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=_share(found["share"]), is_per_unit=True)


def _any_off(found: re.Match[str], currency: str) -> Rule:
    return Rule(kind=PromotionKind.AMOUNT_OFF, words="", off=_amount(found["off"], currency))


def _any_share(found: re.Match[str], _currency: str) -> Rule:
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=_share(found["share"]))


def _points(found: re.Match[str], _currency: str) -> Rule:
    return Rule(kind=PromotionKind.PERCENT_OFF, words="", pay_bp=_off_share(found["percent"]))


_N = r"(?:[0-9]{1,4}|[一二两三四五六七八九十])"
_FORMS: Final[tuple[tuple[str, Make], ...]] = (
    (rf"{_EACH}满{_PIECES}{_LESS}{_money('off')}(?:现金)?", _pieces_off),
    (rf"(?P<each>每){_PIECES}{_LESS}{_money('off')}(?:现金)?", _pieces_off),
    (rf"{_EACH}满{_money('over')}{_LESS}{_money('off')}(?:现金)?", _order_off),
    (rf"(?P<each>每){_money('over')}{_LESS}{_money('off')}(?:现金)?", _order_off),
    (rf"满?{_PIECES};?(?:总价)?{_SHARE}", _pieces_share),
    (rf"满¥?(?P<over>{_NUMBER})元;?(?:总价)?{_SHARE}", _order_share),
    (rf"第{_PIECES}(?:(?P<half>半价)|{_SHARE}|(?P<free>免费|免单)|(?P<pay>{_NUMBER})元)", _nth),
    (rf"买(?P<buy>{_N})件?送(?P<get>{_N})件?", _bonus),
    (rf"(?:直降|官方立减){_money('off')}", _unit_off),
    (rf"官方立减{_PERCENT}", _unit_percent),
    (rf"官方立减{_SHARE}", _unit_share),
    (rf"无门槛(?:立)?减{_money('off')}", _any_off),
    (rf"{_SHARE}", _any_share),
    (rf"淘金币可?抵{_PERCENT}", _points),
)
_GRAMMAR: Final = tuple((re.compile(form + _ENDS), make) for form, make in _FORMS)
