"""How sellers write: each has a style of its own, and keeps to it more or less."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Final

from marketplaces.catalogues import coin
from marketplaces.catalogues.goods import Goods
from marketplaces.catalogues.vocabulary import (
    CHINESE_PRAISE,
    CHINESE_QUALITIES,
    CHINESE_UNITS,
    COLOURS,
    FOREIGN,
    PRAISE,
    QUALITIES,
    UNITS,
)

ORDERS: Final = (
    "blksdmqc",
    "bldksmqc",
    "bdlksmc",
    "bskldcm",
    "cblsdkm",
    "bldkcsmq",
    "lksdbmqc",
    "bcdkls",
    "blkds",
    "bldksmqqc",
    "mqbldksc",
    "bdkc",
    "sbldkmq",
    "bkldmsqqmc",
    "kblsmd",
    "blkms",
)
"""b brand, l line, k core words, d designation, s sort, m measures, q qualities, c code: the order of a title."""


ATTEMPTS: Final = 6
"""Titles that a seller discards because they would not tell what is sold."""


@dataclass(frozen=True, slots=True)
class Style:
    """A seller's habits: shares are of his listings, unless said otherwise."""

    name: str
    is_chinese: bool
    tongue: int | None
    """Which of the languages in `FOREIGN`; None: English."""
    order: str
    loose_order: float
    code_shown: float
    code_kind: str
    """maker, shop, or bare: the maker's without dashes."""
    designation_shown: float
    brand_shown: float
    line_shown: float
    core_shown: float
    measures_shown: float
    """Share of an article's measures; likewise `qualities_shown`."""
    qualities_shown: float
    colour_shown: float
    colour_in_english: bool
    praise: float
    suffix: str
    own_number: float
    """Share of titles with a number that only this shop knows; `department` likewise."""
    department: float
    twice: float
    """Share of titles with a part said again."""
    cut_at: int | None
    typing: float
    """Share of words misspelt."""
    synonym: float
    unit: int
    field_brand: float
    field_model: float
    field_price: float
    field_description: float
    field_category: float
    field_attributes: float
    long_description: bool
    price_level: float
    price_noise: float
    careless: float
    """Share of titles that go out without saying what sets an article apart."""
    copies: float
    """Share of Chinese titles taken over from another seller, words moved about."""


def style_of(dice: random.Random, *, is_chinese: bool, bare: bool, noise: float) -> Style:
    """A seller. `bare`: of a catalogue that has titles alone; `noise` from 0 to 1."""
    name = coin.word(dice)
    described = 0.0 if bare else dice.choice((0.0, 0.3, 0.7, 1.0))
    return Style(
        name=name, is_chinese=is_chinese, tongue=dice.randrange(4) if dice.random() < 0.25 * noise and not is_chinese else None,
        order=dice.choice(ORDERS), loose_order=dice.uniform(0, 0.5) * noise,
        code_shown=dice.choice((1.0, 0.97, 0.9, 0.7, 0.4, 0.1)), code_kind=dice.choice(("maker", "maker", "maker", "maker", "bare", "bare", "bare", "bare", "shop")),
        designation_shown=dice.choice((1.0, 1.0, 0.97, 0.9, 0.8)), brand_shown=dice.choice((1.0, 0.98, 0.9, 0.6)), line_shown=dice.choice((1.0, 0.95, 0.8, 0.4)),
        core_shown=dice.choice((1.0, 0.97, 0.9, 0.8)), measures_shown=dice.choice((dice.uniform(0.3, 1.0), 0.95)), qualities_shown=dice.uniform(0.0, 0.6), colour_shown=dice.choice((1.0, 0.9, 0.6, 0.2)),
        colour_in_english=not is_chinese or dice.random() < 0.1, praise=dice.choice((0.0, 0.0, 0.1, 0.5)) * (0.3 + noise),
        suffix=dice.choice(("", "", "", f" | {name}", f" - {name}.com", f" at {name}", f" {name}.com", f' " {name}')) if dice.random() < noise else "",
        own_number=1.0 if dice.random() < 0.15 * noise else 0.0, department=dice.choice((0.3, 1.0)) if dice.random() < 0.25 * noise else 0.0, twice=dice.choice((0.0, 0.0, 0.3, 0.8)) * noise, cut_at=dice.choice((None, None, None, 40, 60, 80)), typing=dice.choice((0.0, 0.0, 0.01, 0.03)),
        synonym=dice.uniform(0.0, 0.7), unit=dice.randrange(6),
        field_brand=0.0 if bare else dice.choice((0.0, 0.5, 1.0)), field_model=0.0 if bare else dice.choice((0.0, 0.0, 0.6, 0.95)),
        field_price=0.0 if bare else dice.choice((0.0, 0.5, 0.9, 1.0)), field_description=described, field_category=0.0 if bare else dice.choice((0.0, 1.0)),
        field_attributes=(dice.choice((0.0, 0.9, 1.0, 1.0)) if is_chinese else dice.choice((0.0, 0.0, 0.6))) if not bare else 0.0,
        long_description=dice.random() < 0.5, price_level=dice.lognormvariate(0, 0.12), price_noise=dice.choice((0.03, 0.1, 0.2, 0.4)),
        careless=dice.choice((0.01, 0.03, 0.1)), copies=dice.uniform(0.2, 0.7) if is_chinese else 0.0,
    )  # fmt: skip


def listing(goods: Goods, style: Style, dice: random.Random, seen: list[str]) -> dict[str, Any]:
    """One listing of `goods`. `seen`: titles under which others sell it, which may be copied."""
    title = (
        _copied(dice.choice(seen), dice)
        if seen and dice.random() < style.copies
        else _telling_title(goods, style, dice)
    )
    stated: dict[str, Any] = {"title": title}
    if dice.random() < style.field_brand:
        stated["brand"] = dice.choice((goods.brand, goods.brand, goods.brand_short))
    if dice.random() < style.field_model and (goods.code or goods.designation or dice.random() < 0.1):
        stated["model"] = _code(goods, style, dice) or goods.other_codes[0]
    if dice.random() < style.field_price:
        stated["price"] = round(
            goods.price
            * style.price_level
            * dice.lognormvariate(0, style.price_noise)
            * (dice.choice((0.01, 0.3, 3)) if dice.random() < 0.01 else 1),
            2,
        )
    if dice.random() < style.field_category:
        stated["category"] = dice.choice(goods.sort.names)
    if dice.random() < style.field_description:
        stated["description"] = _description(goods, style, dice, title)
    if dice.random() < style.field_attributes:
        stated["attrs"] = _attributes(goods, style, dice)
    return stated


def _telling_title(goods: Goods, style: Style, dice: random.Random) -> str:
    """A title that names the article and what sets it apart from its siblings; the last of a few attempts."""
    title = _title(goods, style, dice)
    for _ in range(ATTEMPTS):
        if _is_named(goods, title) and all(_says(goods, what, title) for what in goods.decisive):
            break
        if dice.random() < style.careless:
            break
        title = _title(goods, style, dice)
    return title


def _is_named(goods: Goods, title: str) -> bool:
    plain = _plain(title)
    if any(one and _plain(one) in plain for one in (goods.designation, goods.code)):
        return True
    named = sum(
        bool(one) and _plain(one) in plain
        for one in (goods.brand_short, goods.line, *goods.core, *goods.qualities[:3])
    )
    return named + sum(figure in title for _, figure in goods.measures) >= 3


def _says(goods: Goods, what: str, title: str) -> bool:
    """Whether `title` says in what the article differs from its siblings."""
    if what == "colour":
        return goods.colour is None or any(spelled in title for spelled in COLOURS[goods.colour][:2])
    if what == "core":
        return all(word in title for word in goods.core)
    if what == "sort":
        return True
    if what.startswith("measure "):
        return all(
            figure.split("x")[0] in title
            for unit, figure in goods.measures
            if unit == what.split()[1] and figure != "1"
        )
    stated = getattr(goods, what)
    return _plain(stated) in _plain(title)


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _title(goods: Goods, style: Style, dice: random.Random) -> str:
    order = list(style.order)
    if dice.random() < style.loose_order:
        dice.shuffle(order)
    parts: list[str] = []
    for sign in order:
        parts += _part(sign, goods, style, dice)
    if dice.random() < 0.85 and (goods.colour is not None) and dice.random() < style.colour_shown:
        colour = COLOURS[goods.colour][0 if style.colour_in_english else 1]
        parts.insert(dice.randint(max(0, len(parts) - 2), len(parts)), _foreign(colour, style))
    if goods.fits:
        parts.append(
            f"{'适用' if style.is_chinese else 'for'} {goods.brand if dice.random() < 0.5 else ''} {goods.fits}"
        )
    while dice.random() < style.praise:
        parts.insert(dice.randint(0, len(parts)), dice.choice(CHINESE_PRAISE if style.is_chinese else PRAISE))
    parts = [_mistyped(part, style, dice) for part in parts if part]
    if not parts:
        parts = [goods.sort.chinese if style.is_chinese else goods.sort.names[0]]
    text = ("" if style.is_chinese and dice.random() < 0.7 else " ").join(parts)
    if dice.random() < style.twice and len(parts) > 2:
        text = f"{text}{dice.choice((' ', ' - ', chr(34) + ' ', ', '))}{' '.join(dice.sample(parts, k=dice.randint(1, len(parts) - 1)))}"
    if style.cut_at:
        text = text[: style.cut_at + dice.randint(0, 20)]
    return f"{text}{_tail(goods, style, dice)}"


def _tail(goods: Goods, style: Style, dice: random.Random) -> str:
    """What a shop's page adds to a title: its name, a number of its own, a department."""
    tail = style.suffix
    if dice.random() < style.own_number:
        tail = f" {style.name[:2]}{coin.digits(dice, 5)}{tail}"
    if dice.random() < style.department:
        words = " & ".join(dice.sample(goods.sort.names, k=min(2, len(goods.sort.names))))
        tail = f"{dice.choice((' ', ' - ', chr(34) + ' '))}{words}{dice.choice(('', f' - page {dice.randint(1, 5000)}'))}{tail}"
    return tail


def _part(sign: str, goods: Goods, style: Style, dice: random.Random) -> list[str]:
    if sign == "b":
        return (
            [dice.choice((goods.brand, goods.brand, goods.brand_short))]
            if dice.random() < style.brand_shown
            else []
        )
    if sign == "l":
        return [goods.line] if goods.line and dice.random() < style.line_shown else []
    if sign == "d":
        return (
            [_respelt(goods.designation, dice)]
            if goods.designation and dice.random() < style.designation_shown
            else []
        )
    if sign == "k":
        return [word for word in goods.core if dice.random() < style.core_shown]
    if sign == "s":
        return [_sort(goods, style, dice)]
    if sign == "m":
        return [
            _measure(unit, figure, style, dice)
            for unit, figure in goods.measures
            if dice.random() < style.measures_shown and (unit, figure) != ("pack", "1")
        ]
    if sign == "q":
        return [
            _foreign(quality, style) for quality in goods.qualities if dice.random() < style.qualities_shown
        ]
    return [_code(goods, style, dice)] if dice.random() < style.code_shown else []


def _sort(goods: Goods, style: Style, dice: random.Random) -> str:
    if style.is_chinese:
        return goods.sort.chinese
    name = dice.choice(goods.sort.names) if dice.random() < style.synonym else goods.sort.names[0]
    return _foreign(name, style)


def _foreign(word: str, style: Style) -> str:
    if style.tongue is None:
        return word
    if word in FOREIGN:
        return FOREIGN[word][style.tongue % len(FOREIGN[word])]
    translator = random.Random(f"{word} {style.tongue}")  # a word is translated alike wherever it stands
    return coin.word(translator, 3) if translator.random() < 0.6 else word


def _measure(unit: str, figure: str, style: Style, dice: random.Random) -> str:
    if unit == "area":
        wide, high = figure.split("x")
        return dice.choice((f"{wide} x {high}", f"{wide}x{high}", f'{wide}" x {high}"'))
    if unit == "size":
        return figure if not style.is_chinese else f"{figure}码"
    if unit == "gb" and float(figure) >= 1000 and dice.random() < 0.8:
        figure, spelled = f"{float(figure) / 1000:g}", dice.choice(("tb", " tb", "tb"))
        return f"{figure}{spelled}"
    spellings = CHINESE_UNITS.get(unit, UNITS[unit]) if style.is_chinese else UNITS[unit]
    at = style.unit if dice.random() < 0.8 else dice.randrange(len(spellings))
    if unit == "gb" and figure == "0.5":
        return "512mb"
    return (
        f"{float(figure):g}{spellings[at % len(spellings)]}" if dice.random() < 0.97 else f"{float(figure):g}"
    )


def _code(goods: Goods, style: Style, dice: random.Random) -> str:
    if style.code_kind == "shop" and dice.random() < 0.85:
        return goods.other_codes[dice.randrange(3) if dice.random() < 0.5 else 0]
    if not goods.code:
        return ""
    code = goods.code
    if style.code_kind == "bare" or dice.random() < 0.1:
        code = "".join(sign for sign in code if sign.isalnum())
    if dice.random() < 0.06 and code[-1].isalpha():
        code = code[:-1]
    if dice.random() < 0.08:
        code += dice.choice(("-us", "/a", "na", "-r", "#aba", "us", "bk", "-ee", "g", "e", "ww"))
    return code


def _respelt(designation: str, dice: random.Random) -> str:
    if dice.random() < 0.75:
        return designation
    bare = designation.replace(" ", "").replace("-", "")
    middle = next((i for i in range(1, len(bare)) if bare[i].isdigit() != bare[i - 1].isdigit()), 0)
    return dice.choice(
        (bare, f"{bare[:middle]}-{bare[middle:]}".strip("-"), f"{bare[:middle]} {bare[middle:]}".strip())
    )


def _mistyped(part: str, style: Style, dice: random.Random) -> str:
    if dice.random() >= style.typing or len(part) < 5 or not part.isalpha() or not part.isascii():
        return part
    at = dice.randrange(1, len(part) - 1)
    return dice.choice((part[:at] + part[at + 1 :], part[:at] + part[at + 1] + part[at] + part[at + 2 :]))


def _copied(title: str, dice: random.Random) -> str:
    """Another seller's title with some words more, less or elsewhere."""
    pieces = [title[i : i + 2] for i in range(0, len(title), 2)]
    for _ in range(dice.choice((0, 1, 1, 2, 3, 5))):
        if len(pieces) > 3:
            moved = pieces.pop(dice.randrange(len(pieces)))
            if dice.random() < 0.5:
                pieces.insert(dice.randrange(len(pieces)), moved)
        if dice.random() < 0.5:
            pieces.insert(dice.randrange(len(pieces) + 1), dice.choice(CHINESE_PRAISE))
    return "".join(pieces)


def _description(goods: Goods, style: Style, dice: random.Random, title: str) -> str:
    pool = CHINESE_QUALITIES if style.is_chinese else QUALITIES
    specs = [_measure(unit, figure, style, dice) for unit, figure in goods.measures if dice.random() < 0.7]
    facts = [*specs, *(q for q in goods.qualities if dice.random() < 0.7)]
    if goods.colour is not None and dice.random() < style.colour_shown:
        colour = COLOURS[goods.colour]
        facts.append(dice.choice((colour[0], f"{colour[0]} finish")) if not style.is_chinese else colour[1])
    dice.shuffle(facts)
    if not style.long_description:
        return " ".join(facts[: dice.randint(1, 6)])
    start = [title] if dice.random() < 0.6 else [goods.sort.names[0]]
    filler = [dice.choice(pool) for _ in range(dice.randint(0, 20))]
    body = [*facts, *filler]
    dice.shuffle(body)
    if goods.code and dice.random() < 0.15:
        body.append(goods.code)
    return " ".join([*start, *body])


def _attributes(goods: Goods, style: Style, dice: random.Random) -> dict[str, str]:
    """What the seller filled in, now and then something else than is true."""
    found: dict[str, str] = {}
    brand = goods.brand if dice.random() < 0.7 else dice.choice(("other/其他", goods.brand_short))
    names = ("品牌", "颜色", "货号", "款式") if style.is_chinese else ("brand", "color", "mpn", "type")
    found[names[0]] = brand
    if goods.colour is not None:
        found[names[1]] = COLOURS[goods.colour][1 if style.is_chinese else 0]
    if goods.code or dice.random() < 0.3:
        found[names[2]] = _code(goods, style, dice) or goods.other_codes[0]
    found |= dict(goods.measures)
    pool = CHINESE_QUALITIES if style.is_chinese else QUALITIES
    for at, quality in enumerate(goods.qualities):
        found[f"{names[3]}{at}"] = quality if dice.random() < 0.75 else dice.choice(pool)
    return {name: value for name, value in found.items() if value and dice.random() < 0.75}
