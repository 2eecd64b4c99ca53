"""The independent shop's pages: which products share one, and how each page was built. Knows no HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marketplaces.world import codes, sellers
from marketplaces.world.dice import dice, hash_of, mix
from marketplaces.world.model import Offer, Product
from marketplaces.world.offers import (
    MARKET_FACTOR,
    Bench,
    Slot,
    brand_field,
    is_sold,
    tariff,
    write,
)
from marketplaces.world.titles import colours
from marketplaces.world.titles.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marketplaces.world.dice import Dice

SHAPES = ("object", "list", "graph", "scripts", "aggregate")
"""How a page of one product carries its JSON-LD; a page of several is a ProductGroup."""
_OFFERS_PER_PAGE = 5 / 3
_WRONG_CODES = 0.09


@dataclass(frozen=True, slots=True)
class Page:
    """One product page."""

    slug: str
    item_id: str
    name: str
    category: str
    offers: tuple[Offer, ...]
    is_group: bool
    """Variants of one page (a ProductGroup), or one product."""
    shape: str
    charset: str
    """utf-8, or gb18030 with a meta declaration that says so."""
    style: int
    """64 bits: the page's other habits (price as number, brand as object, entities ...)."""
    shipping_fen: int | None
    """None when the page does not say."""

    @property
    def path(self) -> str:
        """Its address on the shop."""
        return f"/p/{self.slug}"

    @property
    def says_stock(self) -> bool:
        """Whether the page tells availability; one in twenty-five does not."""
        return self.style % 25 != 0


def pages(bench: Bench, products: Sequence[Product], count: int, first: int) -> tuple[Page, ...]:
    """Pages with about `count` offers in all, numbered from `first`; the popular products first."""
    made: list[Page] = []
    number = first
    for group in _groups(bench, products, round(count / _OFFERS_PER_PAGE)):
        room = count - (number - first)
        if room <= 0 and group[0].heat < 4:
            continue
        page = _page(bench, group, number)
        made.append(page)
        number += len(page.offers)
    return tuple(made)


def _groups(bench: Bench, products: Sequence[Product], count: int) -> Iterator[tuple[Product, ...]]:
    """About `count` sets of products, each for one page: alone, or the versions of a model together."""
    kept = [
        p
        for p in products
        if p.kind == "goods" and p.line and (p.heat >= 4 or is_sold(bench.seed, "shop", p))
    ]
    kept += [p for p in products if p.kind in ("accessory", "bundle") and p.brand.id]
    kept.sort(key=lambda p: (_tier(p), mix(hash_of(p.key), bench.seed)))
    taken: set[str] = set()
    yielded = 0
    for product in kept:
        if product.key in taken or (yielded >= count and product.heat < 4):
            continue
        group = _together(bench, product, [p for p in kept if p.key not in taken])
        taken |= {p.key for p in group}
        yielded += 1
        yield group


def _tier(product: Product) -> int:
    """Popular goods first, then the well-known ones in another condition, then the rest."""
    if product.heat >= 4:
        return 0
    return 1 if product.heat == 3 and product.condition != "new" else 2


def _together(bench: Bench, product: Product, free: Sequence[Product]) -> tuple[Product, ...]:
    """The product with its siblings in the same state, on half of the pages."""
    if product.line is None or mix(hash_of(product.group_key), bench.seed) % 2:
        return (product,)
    state = (product.condition, product.region_version, product.pack_count)
    siblings = [
        p
        for p in free
        if p.group_key == product.group_key and (p.condition, p.region_version, p.pack_count) == state
    ]
    return tuple(sorted(siblings[:4], key=lambda p: p.base_fen))


def _page(bench: Bench, group: tuple[Product, ...], number: int) -> Page:
    random = dice(bench.seed, "page", group[0].key)
    slots = _variants(group, number, random)
    is_group = len(slots) > 1
    item = f"G{number:05d}" if is_group else f"QH{number:06d}"
    says, fen = random.random() < 0.62, 0 if random.random() < 0.55 else random.choice((800, 1000, 1200))
    offers = tuple(_offer(bench, slot, item, fen, random, is_group=is_group, says=says) for slot in slots)
    english = all(offer.titles[0].isascii() for offer in offers)
    return Page(
        slug=_slug(group[0], number),
        item_id=item,
        name=_group_name(group[0], english=english) if is_group else offers[0].titles[0],
        category=group[0].family.catalogue.shop,
        offers=offers,
        is_group=is_group,
        shape=random.choice(SHAPES),
        charset="gb18030" if random.random() < 0.05 else "utf-8",
        style=random.getrandbits(64),
        shipping_fen=fen if says else None,
    )


def _group_name(product: Product, *, english: bool) -> str:
    line = product.line
    model = (line.latin or line.name if english else line.name) if line else product.model
    brand = product.brand.en if english else product.brand.zh or product.brand.en
    return model if brand in model else f"{brand} {model}"


def _slug(product: Product, number: int) -> str:
    """A readable, ASCII address."""
    line = product.line
    model = (line.latin or line.name) if line else product.family.slug
    words = model if product.brand.id in model.lower() else f"{product.brand.id}-{model}"
    ascii_words = re.sub(r"[^a-z0-9]+", "-", words.lower().encode("ascii", "ignore").decode()).strip("-")
    return f"{ascii_words}-{number}"


def _variants(group: tuple[Product, ...], number: int, random: Dice) -> list[Slot]:
    slots: list[Slot] = []
    factor = MARKET_FACTOR["shop"] * random.between(975, 1026) // 1000
    hues = group[0].colours
    shown = random.sample(hues, min(len(hues), random.choice((1, 1, 2, 3)))) if hues else [""]
    if group[0].condition != "new":
        shown = shown[:1]
    for product in group:
        for hue in product.colours if product.version and product.version.colour else shown:
            slots.append(Slot("shop", number + len(slots), product, sellers.SHOP_SELLER, hue, "", "", factor))
    return slots


def _offer(
    bench: Bench,
    slot: Slot,
    item: str,
    shipping_fen: int,
    page_dice: Dice,
    *,
    is_group: bool,
    says: bool,
) -> Offer:
    product = slot.product
    random = dice(bench.seed, "shop offer", slot.number)
    titles = (english,) if page_dice.random() < 0.12 and (english := _english_title(slot, random)) else ()
    written, _, _ = (titles, None, True) if titles else write(slot, random)
    gtin, wrong = _gtin(product, random)
    return Offer(
        number=slot.number,
        marketplace="shop",
        item_id=item,
        sku_id=f"{item}-{slot.number % 100:02d}" if is_group else "",
        spu_id=item,
        product=product,
        kind=product.kind,
        family=product.family,
        brand=product.brand,
        brand_field=brand_field("shop", product.brand, random, may_be_empty=False),
        titles=written[:1],
        colour=slot.colour or None,
        shoe="",
        seller=slot.seller,
        key=random.getrandbits(64),
        market_key=hash_of(f"{bench.seed}{product.key}"),
        tariff=replace(
            tariff(product.base_fen * slot.factor // 1000, "shop", random, moves=True), away_days=0
        ),
        shipping_fen=shipping_fen,
        says_shipping=says,
        sales=0,
        gtin=gtin,
        gtin_is_wrong=wrong,
    )


def _english_title(slot: Slot, random: Dice) -> str:
    """An English title, where the family has a form for it and every word of it is English."""
    product = slot.product
    usual = product.condition == "new" and product.region_version == product.family.region
    if product.line is None or "shop_en" not in product.family.titles or not usual:
        return ""
    text = Writer(product, "shop", slot.colour, "", random).title(english=True).text
    return text if text.isascii() and (not slot.colour or colours.english(slot.colour) in text) else ""


def _gtin(product: Product, random: Dice) -> tuple[str | None, bool]:
    """The number as published: right, absent (one in six), or wrong the way real feeds are."""
    if random.random() < 0.16:
        return None, False
    if random.random() >= _WRONG_CODES:
        return product.gtin, False
    if product.pack_count > 1:
        return product.unit_gtin, True
    return random.choice(((codes.bad_check(product.gtin), True), (codes.in_store(random), True)))
