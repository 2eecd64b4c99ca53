"""What is sold: makers, lines, models and their siblings, which differ in one decisive thing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from marketplaces.catalogues import coin
from marketplaces.catalogues.vocabulary import (
    CHINESE_QUALITIES,
    COLOURS,
    ELECTRONICS,
    FASHION,
    HOUSEHOLD,
    MEASURES,
    QUALITIES,
    Sort,
)


@dataclass(frozen=True, slots=True)
class Goods:
    """One article: what a sensible buyer would call the same thing wherever it is sold."""

    brand: str
    brand_short: str
    """Another way the brand is written; often the same."""
    line: str
    designation: str
    """The model as people say it: ``w150``; may be empty."""
    sort: Sort
    measures: tuple[tuple[str, str], ...]
    """(unit, figure)."""
    colour: int | None
    """Place in `COLOURS`."""
    code: str
    """The maker's code; may be empty."""
    other_codes: tuple[str, ...]
    """Codes of distributors and shops, which say nothing to anybody else."""
    qualities: tuple[str, ...]
    price: float
    core: tuple[str, ...] = ()
    """Words that tell it from others of its line: ``ultra``, ``edition``; nearly always said."""
    decisive: frozenset[str] = frozenset()
    """In what it differs from its siblings: names of fields, or ``measure gb``. Sellers who know their goods say it."""
    fits: str = ""
    """What an accessory is for."""


@dataclass(frozen=True, slots=True)
class Field:
    """What kind of catalogue it is."""

    is_chinese: bool
    is_bare: bool
    """Titles alone, gathered from many shops; else a few shops' own tables with fields."""
    sorts: tuple[Sort, ...]
    brands: int
    articles: int
    siblings: float
    """How many neighbours an article has on average."""
    with_code: float
    """Share of lines whose articles have a maker's code; likewise `with_designation` and `with_line`."""
    with_designation: float
    with_line: float
    with_core: float
    colour_counts: bool
    """Whether another colour is another article."""


_SIBLING_KINDS: Final = (
    "code",
    "code",
    "designation",
    "designation",
    "measure",
    "measure",
    "core",
    "core",
    "colour",
    "quality",
    "accessory",
)


def field_of(dice: random.Random) -> Field:
    """A kind of catalogue."""
    is_chinese = dice.random() < 0.35
    is_bare = dice.random() < (0.2 if is_chinese else 0.5)
    electronic = (ELECTRONICS, ELECTRONICS, ELECTRONICS, ELECTRONICS + HOUSEHOLD, HOUSEHOLD, FASHION)
    pool = dice.choice((FASHION, FASHION, HOUSEHOLD, ELECTRONICS) if is_chinese else electronic)
    sorts = tuple(dice.sample(pool, k=min(len(pool), dice.choice((3, 5, 8, 15, 40)))))
    fashion = pool is FASHION
    return Field(
        is_chinese=is_chinese,
        is_bare=is_bare,
        sorts=sorts,
        brands=dice.choice((40, 80, 150, 300) if is_bare else (4, 8, 15, 30, 60, 120)),
        articles=dice.choice((200, 300, 450, 650)),
        siblings=dice.choice(
            (0.02, 0.05, 0.1, 0.2, 0.4) if is_bare or fashion else (0.3, 0.6, 1.0, 2.0, 3.5)
        ),
        with_code=dice.uniform(0.0, 0.3) if fashion else dice.choice((0.95, 0.95, 0.9, 0.7, 0.5, 0.3, 0.1)),
        with_designation=dice.uniform(0.0, 0.2) if fashion else dice.uniform(0.2, 0.95),
        with_line=dice.uniform(0.2, 0.9),
        with_core=dice.uniform(0.1, 0.9),
        colour_counts=dice.random() < 0.6,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    brand: str
    brand_short: str
    name: str
    sort: Sort
    letters: str
    grammar: str
    lengths: tuple[int, ...]
    has_code: bool
    has_designation: bool
    designation_grammar: str
    qualities: tuple[str, ...]
    cores: tuple[str, ...]


def articles_of(field: Field, dice: random.Random) -> list[Goods]:
    """About `field.articles` articles; siblings follow each other."""
    lines = _lines(field, dice)
    found: list[Goods] = []
    while len(found) < field.articles:
        first = _article(dice.choice(lines), field, dice)
        found.append(first)
        start = len(found) - 1
        while dice.random() < field.siblings / (1 + field.siblings) and len(found) < field.articles:
            at = dice.randrange(start, len(found)) if dice.random() < 0.3 else start
            made = _sibling(found[at], field, dice)
            found[at] = replace(found[at], decisive=found[at].decisive | made.decisive)
            found.append(made)
    return found


def _lines(field: Field, dice: random.Random) -> list[_Line]:
    found = []
    for _ in range(field.brands):
        brand, short = _brand(field, dice)
        found += [_line(brand, short, field, dice) for _ in range(dice.randint(1, 4))]
    return found


def _brand(field: Field, dice: random.Random) -> tuple[str, str]:
    if field.is_chinese:
        name, latin = coin.han(dice, dice.choice((2, 2, 3))), coin.word(dice)
        return dice.choice(((name, name), (f"{latin}/{name}", name), (name, f"{name}{latin}")))
    name = coin.word(dice, dice.choice((1, 2, 2, 2, 3)))
    if dice.random() < 0.2:
        second = coin.word(dice)
        return f"{name} {second}", dice.choice(
            (f"{name[0]}{second[0]}", f"{name}{second}", name, f"{name}-{second}")
        )
    return name, name


def _line(brand: str, short: str, field: Field, dice: random.Random) -> _Line:
    words = dice.choice((1, 1, 2))
    name = (
        ""
        if dice.random() > field.with_line
        else "".join(
            [coin.han(dice)]
            if field.is_chinese and dice.random() < 0.6
            else [" ".join(coin.word(dice) for _ in range(words))]
        )
    )
    sort = dice.choice(field.sorts)
    pool = CHINESE_QUALITIES if field.is_chinese else QUALITIES
    return _Line(
        brand, short, name, sort,
        letters=coin.letters(dice, dice.choice((1, 2, 2, 3, 3, 4))),
        grammar=dice.choice(coin.GRAMMARS),
        lengths=tuple(dice.choice((2, 3, 3, 4, 4, 5, 6)) for _ in range(3)),
        has_code=dice.random() < field.with_code,
        has_designation=dice.random() < field.with_designation,
        designation_grammar=dice.choice(("LN", "LN", "N", "NL", "LNX", "L N", "NX", "W N", "W", "L-N")),
        qualities=tuple(dice.sample(pool, k=dice.randint(2, 7))),
        cores=tuple(dice.choice((coin.word(dice, 1), dice.choice(pool))) for _ in range(5)) if dice.random() < field.with_core else (),
    )  # fmt: skip


def _article(line: _Line, field: Field, dice: random.Random) -> Goods:
    designation = ""
    if line.has_designation:
        grammar = line.designation_grammar.replace("W", coin.word(dice, 1))
        designation = (
            coin.code(dice, grammar, line.letters[-2:], (dice.choice((1, 2, 3, 3, 4)),))
            if grammar[0].isupper() or "N" in grammar
            else grammar
        )
    colour = dice.randrange(len(COLOURS)) if dice.random() < 0.6 else None
    code = coin.code(dice, line.grammar, line.letters, line.lengths) if line.has_code else ""
    if code and designation and dice.random() < 0.5:
        code = f"{line.letters}{designation.replace(' ', '').replace('-', '')}{coin.letters(dice, dice.randint(0, 2))}"
    if code and colour is not None and dice.random() < 0.3:
        code += COLOURS[colour][2]
    pool = CHINESE_QUALITIES if field.is_chinese else QUALITIES
    return Goods(
        brand=line.brand, brand_short=line.brand_short, line=line.name, designation=designation, sort=line.sort,
        measures=tuple((MEASURES[m][0], _figure(dice, m)) for m in line.sort.measures if dice.random() < 0.85),
        colour=colour, code=code,
        other_codes=tuple(_shop_code(dice) for _ in range(3)),
        qualities=tuple(dict.fromkeys([*dice.sample(line.qualities, k=min(len(line.qualities), 3)), *dice.sample(pool, k=dice.randint(3, 9) if field.is_chinese and not line.has_code else dice.randint(1, 6))])),
        price=line.sort.price * dice.lognormvariate(0, 0.6),
        core=tuple(dict.fromkeys(dice.sample(line.cores, k=dice.randint(1, 3)))) if line.cores else (),
    )  # fmt: skip


def _figure(dice: random.Random, measure: str) -> str:
    return f"{dice.choice(MEASURES[measure][1])}"


def _shop_code(dice: random.Random) -> str:
    return dice.choice((
        coin.digits(dice, dice.choice((5, 6, 7, 8))),
        coin.letters(dice, 2) + coin.digits(dice, dice.choice((4, 5, 6))),
        coin.code(dice, "NXN", "", (4, 3)),
    ))  # fmt: skip


def _sibling(of: Goods, field: Field, dice: random.Random) -> Goods:
    """Another article that is easily taken for `of`."""
    new = replace(
        of,
        other_codes=tuple(_shop_code(dice) for _ in range(3)),
        price=of.price * dice.lognormvariate(0, 0.25),
    )
    for kind in dice.sample(_SIBLING_KINDS, k=len(_SIBLING_KINDS)):
        made = _changed(new, kind, field, dice)
        if made is not None:
            return replace(made, decisive=frozenset(_differing(of, made)))
    return replace(new, line=coin.word(dice), designation=coin.code(dice, "LN", coin.letters(dice, 1), (3,)))


def _differing(one: Goods, other: Goods) -> Iterator[str]:
    """The one thing by which the two are told apart most easily, codes aside; the code where there is nothing else."""
    names = [
        name
        for name in ("designation", "colour", "core", "line", "sort")
        if getattr(one, name) != getattr(other, name)
    ]
    names += [f"measure {unit}" for unit, figure in other.measures if (unit, figure) not in one.measures]
    yield from names[:1] or ["code"]


def _changed(of: Goods, kind: str, field: Field, dice: random.Random) -> Goods | None:
    pool = CHINESE_QUALITIES if field.is_chinese else QUALITIES
    other_code = coin.neighbour(dice, of.code) if of.code else ""
    if kind == "code" and of.code:
        return replace(of, code=other_code, qualities=_other_qualities(of, pool, dice))
    if kind == "designation" and of.designation:
        designation = coin.neighbour(dice, of.designation)
        code = of.code.replace(of.designation, designation) if of.designation in of.code else other_code
        return replace(of, designation=designation, code=code, qualities=_other_qualities(of, pool, dice))
    if kind == "measure" and of.measures:
        at = dice.randrange(len(of.measures))
        unit, figure = of.measures[at]
        others = [
            f"{v}"
            for m in of.sort.measures
            if MEASURES[m][0] == unit
            for v in MEASURES[m][1]
            if f"{v}" != figure
        ]
        if others:
            measures = (*of.measures[:at], (unit, dice.choice(others)), *of.measures[at + 1 :])
            return replace(of, measures=measures, code=other_code, price=of.price * dice.uniform(0.6, 1.7))
    if kind == "colour" and field.colour_counts and of.colour is not None:
        colour = dice.choice([c for c in range(len(COLOURS)) if c != of.colour])
        return replace(of, colour=colour, code=other_code)
    if kind == "core" and of.core:
        core = (*of.core[:-1], dice.choice((coin.word(dice, 1), dice.choice(pool))))
        return replace(of, core=core if dice.random() < 0.6 else (*of.core, core[-1]), code=other_code)
    if kind == "quality" and (of.code or of.line or of.designation):
        return replace(of, code=other_code, line=coin.word(dice) if of.line and dice.random() < 0.5 else of.line,
                       qualities=tuple(dice.sample(pool, k=dice.randint(2, 6))), designation=coin.neighbour(dice, of.designation) if of.designation else "")  # fmt: skip
    if kind == "accessory" and (of.designation or of.code) and not of.fits:
        sort = dice.choice(field.sorts)
        letters = coin.letters(dice, 2)
        code = (
            coin.code(dice, dice.choice(coin.GRAMMARS), letters, (3, 3))
            if dice.random() < field.with_code
            else ""
        )
        return replace(of, sort=sort, measures=(), code=code, designation="", fits=" ".join(filter(None, (of.line, of.designation or of.code))), price=of.price * dice.uniform(0.03, 0.3))  # fmt: skip
    return None


def _other_qualities(of: Goods, pool: tuple[str, ...], dice: random.Random) -> tuple[str, ...]:
    kept = [quality for quality in of.qualities if dice.random() < 0.7]
    return tuple(dict.fromkeys([*kept, *dice.sample(pool, k=dice.randint(0, 3))]))
