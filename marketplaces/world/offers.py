"""Who sells what where: offers of the three gateways. The independent shop's pages are planned in `storefront.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world import sellers
from marketplaces.world.dice import dice, hash_of, mix
from marketplaces.world.distractors import accessory_title
from marketplaces.world.model import MARKETPLACES, Offer, Product, Seller, Tariff
from marketplaces.world.options import choice
from marketplaces.world.titles.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marketplaces.world.brands import Brand
    from marketplaces.world.dice import Dice
    from marketplaces.world.family import Family

SHARES = {"taobao": 38, "jd": 27, "pinduoduo": 30, "shop": 5}
"""Percent of all offers."""
MARKET_FACTOR = {"taobao": 1000, "jd": 1022, "pinduoduo": 942, "shop": 1015}
"""Price level of a marketplace, per mille."""
_OPTIONS_PERCENT = {"taobao": 3, "jd": 0, "pinduoduo": 3, "shop": 0}
_BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_SHOE_SIZES = ("38", "39", "40", "41", "42", "42.5", "43", "44")
_NICE_YUAN = (1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 800)


@dataclass(frozen=True, slots=True)
class Bench:
    """What every offer is made with."""

    seed: int
    brands: dict[str, Brand]
    sellers: sellers.Sellers


@dataclass(frozen=True, slots=True)
class Slot:
    """One SKU to be written: where, what, and the draws that belong to it."""

    marketplace: str
    number: int
    product: Product
    seller: Seller
    colour: str
    shoe: str
    listing: str
    """Id of the listing the SKU belongs to; empty when it stands alone."""
    factor: int
    """The listing's price level, per mille: its SKUs start from the same and then move apart."""


def gateway_offers(
    bench: Bench, marketplace: str, products: Sequence[Product], count: int, first: int
) -> list[Offer]:
    """About `count` offers, numbered from `first`; more where so few would leave a product without any."""
    choices = count * _OPTIONS_PERCENT[marketplace] // 100
    offers: list[Offer] = []
    for product, wanted in _demand(bench, marketplace, products, count - choices):
        made = 0
        while made < wanted:
            random = dice(bench.seed, "listing", marketplace, first + len(offers))
            skus = _listing(bench, marketplace, product, (first + len(offers), wanted - made), random)
            offers += [_offer(bench, slot, random) for slot in skus]
            made += len(skus)
    families = sorted({product.family.slug: product.family for product in products}.items())
    for index in range(choices):
        random = dice(bench.seed, "options", marketplace, index)
        family = random.choices([f for _, f in families], [f.share for _, f in families])[0]
        offers.append(_option_offer(bench, marketplace, family, first + len(offers), random))
    return offers


def _demand(
    bench: Bench, marketplace: str, products: Sequence[Product], count: int
) -> Iterator[tuple[Product, int]]:
    """How many SKUs of each product: every popular one some, the rest by popularity; they add up to `count`."""
    sold = [product for product in products if is_sold(bench.seed, marketplace, product)]
    floors = [_floor(product, marketplace) for product in sold]
    weights = [_weight(product) for product in sold]
    rest, total = max(0, count - sum(floors)), sum(weights)
    bound = 0
    given = 0
    for product, floor, weight in zip(sold, floors, weights, strict=True):
        bound += weight
        extra = rest * bound // total - given
        given += extra
        yield product, floor + extra if product.brand.id else 1


def is_sold(seed: int, marketplace: str, product: Product) -> bool:
    """Popular goods are on every marketplace; each product is on one of the gateways at least."""
    if product.heat >= 4:
        return True
    bits = hash_of(product.key) ^ seed
    draws = {name: mix(bits, place) % 100 for place, name in enumerate(MARKETPLACES)}
    home = min(("taobao", "jd", "pinduoduo"), key=lambda name: (draws[name], name))
    if not product.brand.id:
        return marketplace == home
    return marketplace == home or draws[marketplace] < 30 + 18 * product.heat


def _floor(product: Product, marketplace: str) -> int:
    if product.heat < 4:
        return 1
    return 3 if product.heat == 5 and marketplace != "shop" else 2


def _weight(product: Product) -> int:
    if product.kind != "goods":
        return 20
    return product.family.share * (1, 1, 3, 6, 12, 24)[product.heat] // 10


def _listing(
    bench: Bench, marketplace: str, product: Product, place: tuple[int, int], random: Dice
) -> list[Slot]:
    """The SKUs of one seller's listing (first number, most SKUs): one, or on JD one per colour or shoe size."""
    number, room = place
    seller = bench.sellers.pick(marketplace, product, random)
    factor = MARKET_FACTOR[marketplace] * sellers.FACTOR[seller.type] * random.between(970, 1031) // 1_000_000
    if marketplace != "jd":
        colour = _one_colour(product, random)
        return [Slot(marketplace, number, product, seller, colour, "", "", factor)]
    is_shoe = product.family.slug == "sneakers" and product.kind == "goods"
    shoes = random.sample(_SHOE_SIZES, min(room, random.between(1, 4))) if is_shoe else [""]
    hues = (
        product.colours
        if product.colours and product.condition == "new"
        else _one_of(product.colours, random)
    )
    hues = tuple(random.sample(hues, min(len(hues), room, random.between(1, 4)))) or ("",)
    slots = [(hue, shoe) for hue in hues for shoe in sorted(shoes)][: max(1, room)]
    return [
        Slot(marketplace, number + i, product, seller, hue, shoe, str(number), factor)
        for i, (hue, shoe) in enumerate(slots)
    ]


def _one_of(colours: tuple[str, ...], random: Dice) -> tuple[str, ...]:
    return (random.choice(colours),) if colours else ()


def _one_colour(product: Product, random: Dice) -> str:
    """A colour to name, or none: many listings hold them all."""
    if product.version and product.version.colour:
        return product.version.colour
    if not product.colours or random.random() < 0.3:
        return ""
    return random.choice(product.colours)


def _offer(bench: Bench, slot: Slot, random: Dice) -> Offer:
    product, marketplace = slot.product, slot.marketplace
    titles, colour, names_brand = write(slot, random)
    key = random.getrandbits(64)
    base_fen = product.base_fen * slot.factor // 1000
    return Offer(
        number=slot.number,
        marketplace=marketplace,
        item_id=(identity := item_id(bench.seed, marketplace, slot.number, slot.seller)),
        sku_id="",
        spu_id=item_id(bench.seed, marketplace, int(slot.listing), slot.seller) if slot.listing else identity,
        product=product,
        kind=product.kind,
        family=product.family,
        brand=product.brand,
        brand_field=brand_field(marketplace, product.brand, random, may_be_empty=names_brand),
        titles=titles,
        colour=colour,
        shoe=slot.shoe,
        seller=slot.seller,
        key=key,
        market_key=hash_of(f"{bench.seed}{product.key}"),
        tariff=tariff(base_fen, marketplace, random, moves=product.kind == "goods"),
        shipping_fen=_shipping_fen(marketplace, base_fen, product.family, random),
        says_shipping=random.random() < 0.9,
        sales=_sales(product.heat, random),
    )


def write(slot: Slot, random: Dice) -> tuple[tuple[str, ...], str | None, bool]:
    """One title or two that take turns, the colour they both name, and whether both name the brand."""
    titles: list[str] = []
    names_colour = names_brand = True
    for _ in range(2 if random.random() < 0.025 and not slot.product.titles else 1):
        text, has_colour, has_brand = _one_title(slot, random)
        titles.append(text)
        names_colour, names_brand = names_colour and has_colour, names_brand and has_brand
    return tuple(titles), slot.colour if slot.colour and names_colour else None, names_brand


def _one_title(slot: Slot, random: Dice) -> tuple[str, bool, bool]:
    product = slot.product
    if product.titles:
        is_formal = slot.marketplace in ("jd", "shop")
        fitting = [title for title in product.titles if ("（" in title) is is_formal]
        return random.choice(fitting or product.titles), False, True
    if product.line is None:
        title = accessory_title(product, slot.marketplace, slot.colour, random)
        return title, bool(slot.colour) and slot.colour in title, True
    written = Writer(product, slot.marketplace, slot.colour, slot.shoe, random).title()
    return written.text, written.names_colour, written.names_brand


def _option_offer(bench: Bench, marketplace: str, family: Family, number: int, random: Dice) -> Offer:
    bait = choice(family, bench.brands, random)
    stand_in = Product(
        key="", group_key="", family=family, kind="options", brand=bait.brand, model="", variant={}, unit_quantity=None,
        pack_count=1, condition="new", region_version=family.region, gtin="", unit_gtin="", mpn="", name="",
        base_fen=round(bait.price * 100), heat=2,
    )  # fmt: skip
    seller = bench.sellers.of(
        marketplace, random.choice(("ordinary", "authorised")), stand_in, random.between(0, 14)
    )
    base_fen = stand_in.base_fen * MARKET_FACTOR[marketplace] * 97 // 100_000
    return Offer(
        number=number,
        marketplace=marketplace,
        item_id=(identity := item_id(bench.seed, marketplace, number, seller)),
        sku_id="",
        spu_id=identity,
        product=None,
        kind="options",
        family=family,
        brand=bait.brand,
        brand_field=brand_field(marketplace, bait.brand, random, may_be_empty=True),
        titles=(bait.title,),
        colour=None,
        shoe="",
        seller=seller,
        key=random.getrandbits(64),
        market_key=random.getrandbits(64),
        tariff=tariff(base_fen, marketplace, random, moves=True),
        shipping_fen=_shipping_fen(marketplace, base_fen, family, random),
        says_shipping=random.random() < 0.9,
        sales=_sales(3, random),
    )


# ── the parts of an offer ──────────────────────────────────────────────────────────────────────────


def item_id(seed: int, marketplace: str, number: int, seller: Seller) -> str:
    """The id in the marketplace's answers: opaque, or JD's skuId (above 2^53 for sellers on the open platform)."""
    noise = mix(seed, number)
    if marketplace == "jd":
        if seller.type == "self_operated":
            return str(100_000_000_000 + number * 977 + noise % 977)
        return str(10_020_000_000_000_000 + number * 100_003 + noise % 100_003)
    text = _base62(noise << 40 | number)
    return f"{text[:10]}-{text[10:]}" if marketplace == "taobao" else f"E9{text[:8]}_{text[8:]}J{text[3:7]}"


def _base62(value: int) -> str:
    digits = ""
    while value:
        value, place = divmod(value, 62)
        digits += _BASE62[place]
    return digits.ljust(16, "A")


def brand_field(marketplace: str, brand: Brand, random: Dice, *, may_be_empty: bool) -> str:
    """The structured brand as that marketplace files it."""
    name = f"{brand.zh}（{brand.en.upper()}）" if brand.zh not in ("", brand.en) else brand.en
    if marketplace == "jd":
        return brand.filed_under or name or "其他品牌"
    if may_be_empty and random.random() < (0.14 if marketplace == "taobao" else 0.2):
        return ""
    if brand.filed_under:
        return brand.filed_under.partition("（")[0]
    if marketplace == "taobao" and brand.latin and brand.zh not in ("", brand.en) and random.random() < 0.5:
        return f"{brand.en}/{brand.zh}"
    return brand.zh or brand.en


def tariff(base_fen: int, marketplace: str, random: Dice, *, moves: bool) -> Tariff:
    """How this offer's price will move."""
    coupon_share = {"taobao": 0.29, "jd": 0.22, "pinduoduo": 0.38, "shop": 0.0}[marketplace]
    coupon_fen, over_fen = _coupon(base_fen, random) if random.random() < coupon_share else (0, 0)
    shows_list = random.random()
    return Tariff(
        base_fen=base_fen,
        ending=random.choices(range(5), _ENDING_HABITS[marketplace])[0],
        step_hours=random.choice((30, 48, 72, 96, 120, 168, 400)),
        step_bp=random.choice((80, 150, 250, 350)) if moves else 120,
        campaign_percent=random.choice((0, 0, 40, 70, 100)),
        raise_days=random.choice((24, 30, 40)) if random.random() < 0.07 else 0,
        list_percent=0
        if shows_list < 0.35
        else random.choice((108, 112, 118, 125))
        if shows_list < 0.7
        else random.choice((140, 160, 199, 260)),
        sold_out_days=random.choice((12, 20, 30)) if random.random() < 0.08 else 0,
        away_days=random.choice((18, 35, 60)) if random.random() < 0.04 else 0,
        coupon_fen=coupon_fen,
        coupon_over_fen=over_fen,
    )


_ENDING_HABITS = {
    "taobao": (40, 30, 12, 14, 4),
    "jd": (55, 35, 5, 5, 0),
    "pinduoduo": (30, 25, 12, 25, 8),
    "shop": (45, 40, 5, 10, 0),
}


def _coupon(base_fen: int, random: Dice) -> tuple[int, int]:
    """满X减Y: 2 to 9 percent off, over a threshold the usual price clears."""
    target = base_fen * random.between(2, 10) // 100
    off = max((yuan * 100 for yuan in _NICE_YUAN if yuan * 100 <= target), default=100)
    grain = 10_000 if base_fen >= 100_000 else 1_000 if base_fen >= 10_000 else 100
    over = base_fen * random.between(60, 86) // 100 // grain * grain - (100 if base_fen >= 10_000 else 0)
    return (off, over) if over > off * 2 else (0, 0)


def _shipping_fen(marketplace: str, base_fen: int, family: Family, random: Dice) -> int:
    """Mostly free; heavy and cheap goods sometimes are not."""
    free = {"taobao": 0.85, "jd": 0.8, "pinduoduo": 0.96, "shop": 0.55}[marketplace]
    if base_fen < 5_000:
        free -= 0.15
    if random.random() < free:
        return 0
    return random.choice((600, 800, 1000, 1200) if family.weighs_kg < 5 else (1000, 1500, 2000, 3500))


def _sales(heat: int, random: Dice) -> int:
    """Pieces sold, heavy-tailed."""
    return int(heat * heat * 10 ** (random.random() * 3.4))
