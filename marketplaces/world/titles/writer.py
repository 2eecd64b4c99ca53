"""Writes the title of one offer from its family's templates. The only place that turns attributes into a title."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplaces.world.titles import colours, noise, packs, spelling
from marketplaces.world.titles.template import Piece, compact, join, parse, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplaces.world.dice import Dice
    from marketplaces.world.model import Product

_LIMIT = {"taobao": 60, "pinduoduo": 60, "jd": 110, "shop": 120}
"""Columns of each marketplace's title field (30 Chinese characters on the first two; domain.md 2.1)."""
_TIDY = ("jd", "shop")
_ECHOES = ("包邮", "正品", "官方", "官网", "旗舰", "现货", "双卡", "全网通")
_ATTEMPTS = 12
"""Rewordings of a title whose musts alone are too long."""


@dataclass(slots=True)
class Title:
    """A finished title and what it names."""

    text: str
    names_colour: bool
    names_brand: bool


@dataclass(slots=True)
class Writer:
    """The words for one offer. One method per slot; a slot without one is looked up in the family's words."""

    product: Product
    marketplace: str
    colour: str
    shoe: str
    dice: Dice
    told: set[str] = field(default_factory=set)

    def title(self, *, english: bool = False) -> Title:
        """A title in one of the family's forms; every splitting attribute is in it."""
        templates = self.product.family.titles["shop_en" if english else self.marketplace]
        text = self._draft(self.dice.choice(templates))
        for _ in range(_ATTEMPTS):
            if width(text) <= _LIMIT[self.marketplace]:
                break
            text = self._draft(self.dice.choice(templates))
        return Title(
            self._dressed(text), bool(self.colour) and self._names_colour(text), "brand" in self.told
        )

    def _draft(self, template: str) -> str:
        self.told.clear()
        return self._fitted([(piece, self.slot(piece)) for piece in parse(template)])

    def _dressed(self, text: str) -> str:
        gifts = self.product.family.words.get("gift", ())
        given = self.dice.random() < (0.03 if self.marketplace in _TIDY else 0.09)
        if given and self.marketplace != "shop" and self.product.condition == "new":
            present = noise.present(gifts, self.dice)
            text += f" {present}" if width(text) + width(present) < _LIMIT[self.marketplace] else ""
        return noise.dress(text, self.marketplace, self.dice, region=self.product.region_version)

    def _names_colour(self, text: str) -> bool:
        return self.colour in text or colours.english(self.colour) in text

    def _fitted(self, written: list[tuple[Piece, str]]) -> str:
        """The title without as many of the optional pieces, last first, as it takes to fit."""
        title = join(written)
        while width(title) > _LIMIT[self.marketplace]:
            spare = [index for index, (piece, text) in enumerate(written) if piece.percent < 100 and text]
            if not spare:
                break
            del written[spare[-1]]
            title = join(written)
        return title

    def slot(self, piece: Piece) -> str:
        """The piece's words; empty when it is optional and left out, or has nothing to say."""
        if piece.percent < 100 and self.dice.random() * 100 >= piece.percent:
            return ""
        method: Callable[[], str] | None = getattr(self, f"_{piece.slot}", None)
        if method is not None:
            text = method()
        elif piece.slot in spelling.SPELL:
            text = self._attribute(piece.slot)
        else:
            text = self._once(self._word(piece.slot))
        if text:
            self.told.add(piece.slot)
        return text

    def _once(self, text: str) -> str:
        """The text, unless it was said before; of promises that say the same, the first."""
        echoes = [word for word in _ECHOES if word in text]
        if text in self.told or any(word in told for told in self.told for word in echoes):
            return ""
        self.told.add(text)
        return text

    def _attribute(self, name: str) -> str:
        value = self.product.variant.get(name)
        return "" if value is None else spelling.SPELL[name](value, self.marketplace, self.dice)

    def _word(self, slot: str) -> str:
        """A word of the family for this slot, the most particular list first (category_gpu, age_2)."""
        words = self.product.family.words
        for suffix in self._suffixes():
            if f"{slot}_{suffix}" in words:
                return self.dice.choice(words[f"{slot}_{suffix}"])
        return self.dice.choice(words[slot]) if words.get(slot) else ""

    def _suffixes(self) -> tuple[str, ...]:
        variant = self.product.variant
        version = self.product.version
        values = tuple(str(value) for value in variant.values())
        return (*values, *(("gpu",) if "gpu" in variant else ()), version.container if version else "")

    # ── who made it ────────────────────────────────────────────────────────────────────────────────
    def _brand(self) -> str:
        brand, model = self.product.brand, self.product.model
        if any(name and name in model for name in (brand.zh, brand.en)):
            parent = brand.filed_under if self.marketplace == "jd" else ""
            return parent if self.dice.random() < 0.6 else ""
        if self.marketplace == "jd":
            return self._formal_brand()
        return self.dice.choice(self._spoken_brands())

    def _spoken_brands(self) -> tuple[str, ...]:
        """苹果, Apple, Apple/苹果, Apple苹果; makers without a Latin name in daily use only in Chinese."""
        brand = self.product.brand
        if not brand.zh or brand.zh == brand.en:
            return (brand.en, *brand.also)
        if not brand.latin:
            return (brand.zh, *brand.also)
        if self.marketplace == "shop":
            return (brand.zh, brand.en)
        return (brand.zh, brand.zh, brand.en, *brand.also, f"{brand.en}/{brand.zh}", f"{brand.en}{brand.zh}")

    def _formal_brand(self) -> str:
        """As JD heads its titles: 苹果（Apple）, Apple/苹果, 小米（MI）Redmi."""
        brand = self.product.brand
        plain = not brand.zh or brand.filed_under or brand.zh == brand.en
        own = brand.en if plain else f"{brand.zh}（{brand.en}）"
        if brand.zh and brand.filed_under and brand.zh not in brand.filed_under:
            own = self.dice.choice((brand.zh, brand.en)) if brand.id == "redmi" else brand.zh
        if brand.id == "apple":
            own = self.dice.choice(("Apple/苹果", "苹果（Apple）", "Apple"))
        gap = " " if brand.filed_under.isascii() else ""
        return f"{brand.filed_under}{gap}{own}" if brand.filed_under else own

    def _brand_en(self) -> str:
        name = self.product.brand.en
        return "" if name in self._model_en() else name

    # ── what it is ─────────────────────────────────────────────────────────────────────────────────
    def _model(self) -> str:
        line = self.product.line
        if self.product.family.slug == "tv" or line is None:
            return self._loose(self.product.model)
        if self.marketplace in _TIDY:
            return line.name
        nicknames = line.spellings
        if nicknames and self.dice.random() < 0.25:
            return self._loose(self.dice.choice(nicknames))
        return self._loose(line.name)

    def _loose(self, name: str) -> str:
        """The name with a seller's spacing and case."""
        if self.marketplace in _TIDY:
            return name
        roll = self.dice.random()
        if roll < 0.4:
            return name
        squeezed = compact(name)
        if roll < 0.75:
            return squeezed
        return squeezed.lower() if roll < 0.88 else (name.lower() if roll < 0.95 else name.upper())

    def _model_en(self) -> str:
        line = self.product.line
        return line.latin or line.name if line else self.product.model

    def _series(self) -> str:
        return self.product.line.name if self.product.line else ""

    def _code(self) -> str:
        if self.product.family.slug == "phone":
            plain = self.product.condition == "new" and self.product.region_version == "cn"
            return f"({self.product.mpn})" if self.product.mpn and plain else ""
        return self.product.mpn

    def _style(self) -> str:
        """The style code; now and then the colourway's name instead."""
        if self.dice.random() < 0.82:
            return self.product.mpn
        return self._colour()

    def _memory(self) -> str:
        spell = spelling.laptop_memory if self.product.family.slug == "laptop" else spelling.memory
        return spell(self.product.variant, self.marketplace, self.dice)

    def _category(self) -> str:
        """The kind of goods, unless the model's name says it."""
        line = self.product.line
        word = self.dice.choice(line.category) if line and line.category else self._word("category")
        named = self.product.model + (self.product.line.name if self.product.line else "")
        return "" if any(word[-2:] in part for part in (named, *self.told)) else word

    def _energy(self) -> str:
        known = "energy_class" in self.product.variant
        return self._attribute("energy_class") if known else self._fact("energy")

    def _age(self) -> str:
        return self._fact("age") if self.product.family.slug == "lego" else self._word("age")

    def _gender(self) -> str:
        return self._fact("gender")

    def _fact(self, slot: str) -> str:
        """One word for the product, whoever writes it: sellers may leave it out, not contradict each other."""
        words = self.product.family.words[slot]
        return words[int(self.product.unit_gtin[-3:]) % len(words)]

    def _screen(self) -> str:
        return self._attribute("screen_inch")

    def _screen_en(self) -> str:
        return f"{self.product.variant['screen_inch']}-inch"

    def _link(self) -> str:
        value = self.product.variant.get("network")
        return "" if value is None else spelling.network(value, self.dice)

    def _measure(self) -> str:
        """The size of a bag or the length of a pad: what stands before the count and is no contents."""
        length = self.product.variant.get("length_mm")
        return f"{length}mm" if length else str(self.product.variant.get("bag_size", ""))

    def _anc_en(self) -> str:
        value = self.product.variant.get("anc")
        return (
            "" if value is None else ("with Active Noise Cancellation" if value else "standard (without ANC)")
        )

    def _colour(self) -> str:
        if "colour" in self.told:
            return ""
        if self.colour:
            self.told.add("colour")
            return self.colour
        return "多色" if self.marketplace in ("taobao", "pinduoduo") and len(self.product.colours) > 1 else ""

    def _colour_en(self) -> str:
        return colours.english(self.colour)

    def _shoe(self) -> str:
        return self.shoe

    # ── how much of it ─────────────────────────────────────────────────────────────────────────────
    def _contents(self) -> packs.Contents:
        amount, unit = self.product.unit_quantity or (0.0, "")
        container = self.product.version.container if self.product.version else ""
        words = (container,) if container else self.product.family.container
        piece = self.product.version.piece if self.product.version else "片"
        strength = str(self.product.variant.get("strength", ""))
        return packs.Contents(amount, unit, self.product.pack_count, words, piece, strength)

    def _pack(self) -> str:
        return packs.pack(self._contents(), self.marketplace, self.dice)

    def _size(self) -> str:
        return packs.size(self._contents(), self.marketplace, self.dice)

    def _packfirst(self) -> str:
        contents = self._contents()
        return f"【{packs.count(contents, self.dice)}】" if contents.count > 1 else ""

    def _fitpack(self) -> str:
        """A diaper's size letter glued to its count: L54片*2包."""
        contents = self._contents()
        text = packs.pack(contents, self.marketplace, self.dice)
        gap = "" if text[0].isdigit() and self.dice.random() < 0.7 else " "
        return f"{self._attribute('size')}{gap}{text}"

    # ── in which state ─────────────────────────────────────────────────────────────────────────────
    def _state(self) -> str:
        """Condition and region where they are not the usual ones: must be said."""
        product = self.product
        words = self._condition_words()
        if product.region_version not in (None, product.family.region) and "edition" not in self._slots():
            words.append(self.dice.choice(spelling.REGION[str(product.region_version)]))
        self.dice.shuffle(words)
        return (" " if self.marketplace in _TIDY else "").join(words)

    def _slots(self) -> str:
        return self.product.family.titles[self.marketplace][0]

    def _condition_words(self) -> list[str]:
        product = self.product
        if product.condition == "new":
            return []
        if product.condition == "open_box":
            words = spelling.BOX_CONDITION.get(product.family.slug, spelling.CONDITION["open_box"])
        else:
            words = spelling.CONDITION[product.condition]
        chosen = [self.dice.choice(words)]
        return chosen + ([self.dice.choice(spelling.GRADE[product.grade])] if product.grade else [])

    def _edition(self) -> str:
        region = self.product.region_version
        return self.dice.choice(spelling.EDITION[region]) if region in spelling.EDITION else ""

    def _home(self) -> str:
        usual = self.product.condition == "new" and self.product.region_version == self.product.family.region
        return self._once(self._word("home")) if usual else ""

    # ── what sellers add ───────────────────────────────────────────────────────────────────────────
    def _feature(self) -> str:
        own = self.product.line.features if self.product.line else ()
        words = self.product.family.words.get("feature", ())
        return self._once(self.dice.choice((*own, *own, *words)))

    def _is_usual(self) -> bool:
        return self.product.condition == "new" and self.product.region_version in (
            None,
            self.product.family.region,
        )

    def _claim(self) -> str:
        if self.product.condition in ("used", "refurbished_official", "open_box"):
            claims = self.product.family.words.get("state_claim", noise.PLAIN_CLAIMS)
        else:
            claims = noise.CLAIMS[self.marketplace] if self._is_usual() else noise.PLAIN_CLAIMS
        return self._once(self.dice.choice(claims))

    def _promise(self) -> str:
        if not self._is_usual():
            return self._once("【现货速发】") if self.dice.random() < 0.3 else ""
        return self._once(self.dice.choice(noise.PROMISES[self.marketplace]))
