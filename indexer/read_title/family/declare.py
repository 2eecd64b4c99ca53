"""What a family file declares. Families are data: how they are applied is in the folder above."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from catalog.quantity import Unit

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `pattern` is found in the prepared text, `read` says which attributes it states (none: no match)."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Values]
    confidence: int = 90
    only_if_missing: bool = False
    """Read only where no rule before has found the attribute."""
    hint: str = ""
    """Characters of which a text without any cannot match: most rules are skipped by this alone."""


def rule(
    name: str,
    pattern: str,
    value: Callable[[str], str | None] | str = "",
    *,
    confidence: int = 90,
    only_if_missing: bool = False,
    hint: str = "",
) -> Rule:
    """A rule for one attribute: the first group that matched, passed through `value`, or `value` itself if text."""

    def read(match: re.Match[str]) -> Values:
        if isinstance(value, str):
            found: str | None = value or _first_group(match)
        else:
            found = value(_first_group(match))
        return {} if found is None else {name: found}

    return Rule(name, re.compile(pattern), read, confidence, only_if_missing, hint)


def _first_group(match: re.Match[str]) -> str:
    for group in match.groups():
        if group is not None:
            return str(group)
    return match[0]


Spellings = Mapping[str, tuple[str, ...]]
"""Canonical name -> further spellings of it."""


def names(*entries: str) -> Spellings:
    """``"canonical=spelling=spelling"`` entries as a table."""
    table: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        canonical, *others = entry.split("=")
        table[canonical] = tuple(others)
    return table


@dataclass(frozen=True, slots=True)
class SeriesGrammar:
    """Models made of a series name, a figure and suffixes: iPhone 15 Pro Max, Mate 60, 小新 Pro 16."""

    series: Mapping[str, Spellings] = field(default_factory=dict)
    """Brand id -> its series. A series may need a figure behind it: see `bare`."""
    bare: frozenset[str] = frozenset()
    """Series that are a model without a figure (AirPods Max)."""
    suffixes: tuple[str, ...] = ()
    """Suffixes that make another model, ``written=Canonical``; regular expressions allowed on the left."""
    figure: str = r"[0-9]{1,4}[a-z]{0,2}"
    glued: str = r"(?!)"
    """What may follow a figure without a space, as a look ahead: the year of Y7000P2024."""
    adjacent: Mapping[str, str] = field(default_factory=dict)
    """Brand id -> the series that a figure directly behind the brand means; ``""``: the figure is the model."""
    silent: frozenset[str] = frozenset()
    """Series that are not written in the model: New Balance 574, not NB 574."""
    any_brand: bool = False
    """A code-like word directly behind a brand is its model, also for brands without a series list."""
    figures_are_complete: bool = False
    """iPhone 16 beside iPhone 16 Plus are two models, not one and its longer name."""
    lower_figure: frozenset[str] = frozenset()
    """Brands that write the letters behind a figure small: iPhone 16e, vivo X100s."""


@dataclass(frozen=True, slots=True)
class Family:
    """One product family (domain §2.4)."""

    name: str
    cues: tuple[str, ...]
    """Words that name goods of this family; the first is what people call them."""
    hints: tuple[str, ...] = ()
    """Words that suggest it."""
    categories: tuple[str, ...] = ()
    """Parts of marketplaces' category names, beside the cues."""
    proof: str | None = None
    """Pattern that suggests the family when no word does, and proves a brand's context."""
    proof_hint: str = ""
    """Characters of which a text without any cannot match `proof`."""
    accessories: tuple[str, ...] = ()
    """Words for things made for these goods."""
    accessory_is_last: bool = False
    """Only the last noun is what is sold: a watch 棕色表带 智能手表 is no strap."""
    standalone: tuple[str, ...] = ()
    """Of `accessories`, those with a brand of their own even when no maker of accessories: chargers, cables."""
    rules: tuple[Rule, ...] = ()
    splits: tuple[str, ...] = ()
    """Attributes that make another product."""
    merges: tuple[str, ...] = ()
    """Attributes that stay inside one product: shown, never compared."""
    required: tuple[str, ...] = ()
    """Of `splits`: what a complete title states. ``model`` and ``pack`` may be named as well."""
    proves_goods: tuple[str, ...] = ()
    """Attributes (or ``mpn``) that only the goods themselves state, so that an accessory's word beside them is a gift."""
    contents: frozenset[Unit] = frozenset()
    """Units its contents are measured in; empty: goods are counted, not measured."""
    counted: Mapping[str, Unit] = field(default_factory=dict)
    """Measure word -> unit, where the pieces are the contents: 片 of diapers, 抽 of tissues."""
    counted_singly: bool = False
    """Of counted pieces one is the unit that is sold: a pair of shoes."""
    bare_pieces: str | None = None
    """Pattern whose group ``count`` is a number of pieces without a measure word: NB90."""
    unit_bases: Mapping[Unit, int] = field(default_factory=dict)
    """Unit of the contents -> how many of it a price is compared by (domain §2.7); a unit that is not here has no unit
    price, and without any the goods have none: nobody buys phones by the gram."""
    product_bases: Mapping[str, Mapping[Unit, int]] = field(default_factory=dict)
    """Of `kinds`, those that are compared by other bases: rice within food."""
    whole: bool = False
    """Pieces are the contents of the whole offer, not of one pack: volumes of a book set, bricks of a set."""
    pack_splits: bool = True
    """Whether the contents are part of the identity: of a building set or a shoe they are not."""
    series: SeriesGrammar | None = None
    lines: Mapping[str, Spellings] = field(default_factory=dict)
    """Brand id -> its product lines; brand ``""``: lines of any brand."""
    has_lines: bool = True
    """Whether an unlisted word behind the brand is a line: of fruit and eggs it is a claim or a sort."""
    nouns: Spellings = field(default_factory=dict)
    """What the goods are called; the model when no line is named."""
    kinds: Spellings = field(default_factory=dict)
    """What the goods are, where one line has several: 深层洁净 is a 洗衣液 and a 洗衣凝珠. Splits, beside the model."""
    has_flavour: bool = False
    """Whether what it tastes of makes another product: splits, beside the model."""
    usual_flavour: str = ""
    """The flavour that is meant where none is named."""
    nouns_identify: bool = False
    """Whether brand and noun together are the product (怡宝 纯净水), or only its kind (海天 生抽)."""
    code: str | None = None
    """Pattern of its model codes; group 1 or the whole is the code."""
    brand_codes: Mapping[str, str] = field(default_factory=dict)
    """Brand id -> a narrower pattern of its own."""
    code_splits: bool = False
    """The code names more than the model: the style code its colourway."""
    code_needs_brand: bool = False
    """Codes of goods without a known brand identify nothing (compatible building sets)."""
    code_is_model: bool = False
    respelled: Callable[[str], str] | None = None
    """A code in capitals as it is to be compared, where makers or sellers write one in several ways."""
    code_first: bool = False
    """The code is the model even where a series is named as well."""
    class_code: str | None = None
    """Codes that fit this pattern name a class, not a model."""
    lines_identify: bool = True
    """Whether brand and line are a product, or a range of machines of which only the code names one."""
    has_sublines: bool = False
    """One more word between a line and `between` is a line of its own: 启赋 蕴淳 3段."""
    between: str | None = None
    """Pattern before which an unlisted line stands: brand LINE 3段 (positional, low confidence)."""
    naming: Callable[[str, str], str | None] | None = None
    """The model from the prepared title, and from what noise leaves of it, where the title's own words are the name."""
    has_colour: bool = False
    colour_code: str | None = None
    """Style codes of which group 1 is the colourway, shown where no colour is named."""
    finish: Callable[[str, str, Mapping[str, str]], tuple[str, Mapping[str, str]]] | None = None
    """(model, text, values) -> (model, further values), where a family's models need more than a grammar."""


GOODS_COUNTERS: Final = "台部只双个套件"
"""Measure words that count goods which are not measured."""
