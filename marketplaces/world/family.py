"""The shape of a family's declaration: what a file in `families/` may say. No goods and no behaviour here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class State:
    """A condition and region in which a model is sold besides new and domestic."""

    condition: str
    region: str | None
    percent: int
    """Price, in percent of the new domestic goods."""
    grade: str = ""
    """Of used goods, as the trade writes it. One grade per used product (README, "What the truth decides")."""


@dataclass(frozen=True, slots=True)
class Version:
    """One variant of a model: what no shopper would call the same thing as its siblings."""

    price: float
    """Yuan for one unit, new."""
    attrs: Mapping[str, Value]
    """The splitting attributes (storage_gb, stage, abv, ...)."""
    code: str = ""
    """MPN, style code or set number of this variant."""
    amount: float | None = None
    """Contents of one unit, in the family's unit."""
    packs: tuple[int, ...] = (1,)
    """Units per parcel; each count is a product of its own."""
    colour: str = ""
    """The one colour of this variant, where colour splits (sneakers)."""
    container: str = ""
    """Measure word of one unit, where it is not the family's: 桶, 颗."""
    unit: str = ""
    """Unit of `amount`, where it is not the family's."""
    piece: str = "片"
    """Measure word of the pieces in one unit, where these are its contents: 粒, 枚, 只."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model line of a brand."""

    brand: str
    name: str
    versions: tuple[Version, ...]
    heat: int = 2
    """1: few sell it ... 5: everybody does. From 4 on it is on every marketplace."""
    code: str = ""
    """A code shared by every version (a phone's A-number)."""
    spellings: tuple[str, ...] = ()
    """Other names sellers use for the model; each one alone is unmistakable."""
    latin: str = ""
    """The model's name in Latin script where `name` is Chinese."""
    colours: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    """What kind of thing it is, where the family's words are too wide."""
    states: tuple[State, ...] = ()
    told: Mapping[str, tuple[str, Value]] = field(default_factory=dict)
    """Attributes that do not split this model but may be told with it: name -> (the words, the value)."""
    region: str | None = None
    """A foreign edition (milk powder); None takes the family's."""


@dataclass(frozen=True, slots=True)
class Accessory:
    """Something made for the goods of a family, and not one of them."""

    type: str
    """English slug, part of the product key."""
    brands: tuple[str, ...]
    """Brand ids; an empty string is a no-name article, sold by one seller only."""
    words: tuple[str, ...]
    """What sellers call it; the first is the canonical name."""
    price: tuple[int, int]
    """Lowest and highest price, yuan."""
    targets: tuple[str, ...] = ()
    """What it fits; empty: the popular models of the family."""
    colours: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    """Materials and selling points."""
    lead: tuple[str, ...] = ("适用", "适用于", "适配", "通用")
    """The word that says it is *for* something."""
    kind: str = "accessory"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Different goods in one parcel. Titles are written out: few, and each its own trap."""

    slug: str
    brand: str
    name: str
    price: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Where the marketplaces file the family. Ids are invented."""

    taobao: tuple[int, str, int, str]
    """Level-one id and name, leaf id and name."""
    jd: tuple[tuple[int, str], tuple[int, str], tuple[int, str]]
    pinduoduo: tuple[tuple[int, int, int], int, str]
    """cat_ids, opt_id, opt_name."""
    shop: str
    """The independent shop's category name."""


@dataclass(frozen=True, slots=True)
class Family:
    """One family of goods with everything needed to sell it under four marketplaces' habits."""

    slug: str
    keyword: str
    """A search for this finds every offer of the family."""
    synonyms: tuple[str, ...]
    catalogue: Catalogue
    models: tuple[Model, ...]
    titles: Mapping[str, tuple[str, ...]]
    """Marketplace -> templates (grammar: `titles/template.py`)."""
    words: Mapping[str, tuple[str, ...]]
    """Slot -> what may be written there."""
    unit: str = ""
    """Unit of `Version.amount`: g, ml, piece, sheet."""
    container: tuple[str, ...] = ()
    """Measure words of one unit, the usual one first: 罐, 瓶, 包."""
    region: str | None = None
    """Region of the domestic edition, for families in which editions matter."""
    accessories: tuple[Accessory, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    options: tuple[str, ...] = ()
    """Titles that offer a list of variants at the cheapest one's price; `{models}` etc. are filled in."""
    share: int = 100
    """Of all offers, relative to the other families."""
    weighs_kg: float = 1.0
    """For parcel cost; not shown."""


NEW = State("new", None, 100)
