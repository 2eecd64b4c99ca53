"""What turns up in every search and is none of the goods: things made for them, dummies, bundles of different goods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marketplaces.world import codes
from marketplaces.world.dice import dice
from marketplaces.world.model import Product
from marketplaces.world.titles import noise
from marketplaces.world.titles.template import compact, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marketplaces.world.brands import Brand
    from marketplaces.world.dice import Dice
    from marketplaces.world.family import Accessory, Bundle, Family, Model


def distractors(seed: int, family: Family, brands: Mapping[str, Brand]) -> Iterator[Product]:
    """Every accessory, dummy and bundle of the family."""
    for accessory in family.accessories:
        for brand in accessory.brands:
            for target in accessory.targets or _popular(family, brands):
                yield _accessory(seed, family, accessory, brands[brand], target)
    for bundle in family.bundles:
        yield _bundle(seed, family, bundle, brands[bundle.brand])


def _popular(family: Family, brands: Mapping[str, Brand]) -> tuple[str, ...]:
    """The models people buy things for, named as a maker of such things names them."""
    return tuple(_full_name(model, brands[model.brand]) for model in family.models if model.heat >= 4)


def _full_name(model: Model, brand: Brand) -> str:
    known = model.brand == "apple" or (brand.zh and brand.zh in model.name)
    return model.name if known else f"{brand.zh or brand.en}{model.name}"


def _part(text: str) -> str:
    return re.sub(r"[^\w+.]+", "-", text.lower()).strip("-")


def _accessory(seed: int, family: Family, accessory: Accessory, brand: Brand, target: str) -> Product:
    key = f"{family.slug}/accessory/{brand.id or 'noname'}/{accessory.type}/{_part(target)}"
    random = dice(seed, "accessory", key)
    touch = random.choice(accessory.touches) if accessory.touches else ""
    low, high = accessory.price
    price = low + (high - low) * random.between(0, 101) // 100
    price = price * 60 // 100 if not brand.id else price
    return Product(
        key=f"{key}/{_part(touch)}".rstrip("/"),
        group_key=key,
        family=family,
        kind="accessory"
        if accessory.kind == "accessory"
        else "dummy"
        if accessory.kind == "dummy"
        else "goods",
        brand=brand,
        model="",
        variant={"type": accessory.type, "accessory_for": target, **({"style": touch} if touch else {})},
        unit_quantity=None,
        pack_count=1,
        condition="new",
        region_version=None,
        gtin=(gtin := codes.gtin13(brand, random)),
        unit_gtin=gtin,
        mpn="",
        name=" ".join(part for part in (brand.zh or brand.en, target, accessory.words[0], touch) if part),
        base_fen=max(300, price * 100),
        heat=2 if brand.id else 1,
        colours=accessory.colours,
    )


def _bundle(seed: int, family: Family, bundle: Bundle, brand: Brand) -> Product:
    key = f"{family.slug}/bundle/{bundle.slug}"
    gtin = codes.gtin13(brand, dice(seed, "bundle", key))
    return Product(
        key=key,
        group_key=key,
        family=family,
        kind="bundle",
        brand=brand,
        model="",
        variant={},
        unit_quantity=None,
        pack_count=1,
        condition="new",
        region_version=None,
        gtin=gtin,
        unit_gtin=gtin,
        mpn="",
        name=f"{brand.zh or brand.en} {bundle.name}",
        base_fen=bundle.price * 100,
        heat=2,
        titles=bundle.titles,
    )


def accessory_title(product: Product, marketplace: str, colour: str, random: Dice) -> str:
    """For what, what it is, and of which kind: always all three."""
    accessory = next(a for a in product.family.accessories if a.type == product.variant["type"])
    target = str(product.variant["accessory_for"])
    lead = random.choice(accessory.lead)
    word, second = random.sample(accessory.words, 2) if len(accessory.words) > 1 else (accessory.words[0], "")
    touch = str(product.variant.get("style", ""))
    brand = product.brand.zh or product.brand.en
    if marketplace in ("jd", "shop"):
        formal = f"{product.brand.zh}（{product.brand.en}）" if product.brand.zh else product.brand.en
        head = formal if marketplace == "jd" else brand
        return " ".join(part for part in (head, f"{lead}{target}", word, touch, colour) if part).replace(
            "） ", "）"
        )
    loose = _loose_target(target, random)
    core = f"{brand}{lead}{loose}{word}{touch}"
    tail = [colour, random.choice((second, "")), random.choice(noise.CLAIMS[marketplace])]
    title = core
    for part in tail:
        title += part if width(title + part) <= 60 else ""
    promise = random.choice(noise.PROMISES[marketplace]) if random.random() < 0.3 else ""
    return promise + title if width(promise + title) <= 60 else title


def _loose_target(target: str, random: Dice) -> str:
    """IPhone 15 as iPhone15, 苹果15, 苹果15手机, as makers of cases write it."""
    squeezed = compact(target)
    if not target.startswith("iPhone"):
        return random.choice((target, squeezed))
    apple = squeezed.replace("iPhone", "苹果")
    return random.choice((squeezed, apple, f"{apple}{squeezed}", squeezed.lower()))
