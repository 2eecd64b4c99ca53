"""What a shopper typed: price limits, order, marketplaces, kind and condition of goods, and the words that are left.

Rules, not guesses: what is understood is returned as chips that can be taken off again, and nothing that was typed is
dropped in silence. The same reader that reads titles reads queries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from catalog.listing import Condition
from catalog.product import Kind
from indexer.analyse.fold import normalise
from indexer.analyse.text import Analyser
from indexer.match.facts import Facts, facts_of
from indexer.naming import FAMILY_NAMES
from indexer.query import Boost, PriceRange, Sort
from indexer.read_title.reader import TitleReader

LONGEST: Final = 200
"""Characters of a query that are read. The longest of 1,000 real shopping queries has 30."""

_AMOUNT = r"(?P<{0}>[0-9]{{1,7}}(?:\.[0-9]{{1,2}})?)\s*(?P<{0}_scale>[k千万w])?"
_YUAN = r"\s*(?:元|块钱?|rmb|cny)?\s*"
_RANGE = re.compile(
    _AMOUNT.format("low")
    + r"\s*(?:元|块)?\s*(?:-|~|到|至)\s*"
    + _AMOUNT.format("high")
    + r"\s*(?P<yuan>元|块钱?)?(?:之间|左右)?"
)
_MOST = re.compile(
    _AMOUNT.format("high")
    + r"\s*(?:元|块钱?)\s*(?:以下|以内|之内|内|以里)|(?:低于|不超过|少于|最多)\s*"
    + _AMOUNT.format("most")
    + _YUAN
)
_MOST_BARE = re.compile(_AMOUNT.format("high") + r"\s*(?:以下|以内|之内)")
_LEAST = re.compile(
    _AMOUNT.format("low")
    + r"\s*(?:元|块钱?)?\s*(?:以上|起步)|(?:高于|不低于|超过|最少)\s*"
    + _AMOUNT.format("least")
    + _YUAN
)
_AROUND = re.compile(
    _AMOUNT.format("near")
    + r"\s*(?:元|块钱?)\s*(?:左右|上下)|"
    + _AMOUNT.format("near2")
    + r"\s*(?:左右|上下)"
)
_UNIT_CHEAPEST = re.compile(r"单价(?:最便宜|最低|从低到高)的?")
_CHEAPEST = re.compile(r"(?:价格)?最便宜的?|最低价的?|(?:价格)?从低到高|便宜的")
_DEAREST = re.compile(r"(?:价格)?最贵的?|(?:价格)?从高到低")
_FILLER = re.compile(r"(?<![a-z0-9])(?:的|哪家|哪里|多少钱|价格|报价|比价|怎么买|推荐)(?![a-z0-9])")

AROUND_PERCENT: Final = 20
"""``3000 左右`` is 2400 to 3600."""

_SCALES: Final[Mapping[str, int]] = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000}


@dataclass(frozen=True, slots=True)
class Understood:
    """A query, understood."""

    text: str
    """What was typed, normalised."""
    words: str
    """What is left of it as words to find."""
    tokens: tuple[str, ...] = ()
    boosts: tuple[Boost, ...] = ()
    price: PriceRange | None = None
    sort: Sort | None = None
    marketplaces: tuple[str, ...] = ()
    kind: Kind = Kind.GOODS
    condition: Condition = Condition.NEW
    is_condition_stated: bool = False
    facts: Facts | None = field(default=None, compare=False)


class Understanding:
    """Understands queries; holds what titles are read with."""

    def __init__(self, reader: TitleReader, analyser: Analyser) -> None:
        self._reader = reader
        self._analyser = analyser

    def of(self, text: str, marketplaces: Mapping[str, str]) -> Understood:
        """What `text` asks for. `marketplaces` maps names to slugs."""
        normal = normalise(text[:LONGEST])
        rest, price = _price(normal)
        rest, sort = _sort(rest)
        rest, chosen = _marketplaces(rest, marketplaces)
        rest = " ".join(_FILLER.sub(" ", rest).split())
        reading = self._reader.read_text(rest)
        facts = facts_of(reading)
        kind = reading.kind if reading.kind in {Kind.ACCESSORY, Kind.DUMMY} else Kind.GOODS
        tokens = self._tokens(rest, facts.family if kind is Kind.GOODS else None)
        return Understood(
            text=normal,
            words=rest,
            tokens=tokens,
            boosts=boosts_for(facts) if tokens else (),
            price=price,
            sort=sort,
            marketplaces=chosen,
            kind=kind,
            condition=reading.condition,
            is_condition_stated=any(a.name == "condition" for a in reading.evidence),
            facts=facts,
        )

    def _tokens(self, words: str, family: str | None) -> tuple[str, ...]:
        """What a product must carry. The name of a whole family asks for the family, whatever sellers call its goods."""
        tokens = dict.fromkeys(self._analyser.query_tokens(words))
        name = self._analyser.query_tokens(FAMILY_NAMES.get(family or "", ""))
        if name and tokens.keys() >= set(name):
            tokens = dict.fromkeys([f"f:{family}", *(token for token in tokens if token not in name)])
        return tuple(tokens)


REGION_WEIGHT: Final = 8.0
"""Above everything but the model: a foreign edition is another product, and nobody means one without saying so."""


def boosts_for(facts: Facts) -> tuple[Boost, ...]:
    """What was read of the query puts products first of which the same was read; it never hides one (DECISIONS 22)."""
    found: list[Boost] = []
    if facts.model_key is not None:
        found.append(Boost("m:" + "/".join(facts.model_key), 12.0))
    found += [
        Boost("".join(f"v:{name}={value}".split()), 4.0) for name, value in sorted(facts.variant.items())
    ]
    if facts.pack is not None and facts.pack.size is not None:
        found.append(Boost(f"q:{facts.pack.size}", 4.0))
    if facts.pack is not None and facts.pack.count > 1:
        found.append(Boost(f"n:{facts.pack.count}", 4.0))
    if facts.brand is not None:
        found.append(Boost(f"b:{facts.brand}", 2.0))
    if facts.family is not None:
        found.append(Boost(f"f:{facts.family}", 2.0))
    found.append(Boost(f"r:{facts.region or 'home'}", REGION_WEIGHT))
    return tuple(found)


def _price(text: str) -> tuple[str, PriceRange | None]:
    """The text without its price limits, and the limits."""
    for pattern in (_RANGE, _MOST, _MOST_BARE, _LEAST, _AROUND):
        match = pattern.search(text)
        if match is None or (pattern is _RANGE and not _is_money(match)):
            continue
        names = (name for name in match.groupdict() if not name.endswith(("_scale", "yuan")))
        found = {name: _minor(match, name) for name in names}
        low = found.get("low") or found.get("least")
        high = found.get("high") or found.get("most")
        near = found.get("near") or found.get("near2")
        if near is not None:
            low, high = near * (100 - AROUND_PERCENT) // 100, near * (100 + AROUND_PERCENT) // 100
        if low is not None and high is not None and low > high:
            low, high = high, low
        return f"{text[: match.start()]} {text[match.end() :]}", PriceRange(low, high)
    return text, None


def _is_money(match: re.Match[str]) -> bool:
    """A range of bare numbers may be anything (2024-2025); one in yuan, or in thousands on both sides, is a price."""
    return bool(match["yuan"] or (match["low_scale"] and match["high_scale"]))


def _minor(match: re.Match[str], name: str) -> int | None:
    """An amount in yuan as fen."""
    amount = match[name]
    if amount is None:
        return None
    whole, _, part = amount.partition(".")
    fen = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return fen * _SCALES.get(match[f"{name}_scale"] or "", 1)


def _sort(text: str) -> tuple[str, Sort | None]:
    orders = (
        (_UNIT_CHEAPEST, Sort.UNIT_PRICE),
        (_CHEAPEST, Sort.PRICE),
        (_DEAREST, Sort.PRICE_DESC),
    )
    for pattern, sort in orders:
        if pattern.search(text):
            return pattern.sub(" ", text), sort
    return text, None


def _marketplaces(text: str, names: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Marketplace names that stand by themselves at either end of the query."""
    words = text.split()
    chosen = [names[words.pop(place)] for place in (0, -1) if len(words) > 1 and words[place] in names]
    return " ".join(words), tuple(dict.fromkeys(chosen))
