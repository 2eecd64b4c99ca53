"""From declarations to products: which variants, packs and conditions exist in a world of a given size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marketplaces.world import codes
from marketplaces.world.dice import dice
from marketplaces.world.distractors import distractors
from marketplaces.world.family import NEW, Family, Model, State, Version
from marketplaces.world.model import Product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marketplaces.world.brands import Brand

_DISTRACTORS = 0.13
"""Share of products that are accessories, dummies and bundles."""
_BULK = {1: 100, 2: 98, 3: 97, 4: 96, 5: 96, 6: 94}
"""Percent of the unit price per unit in a pack of so many; larger packs: 91."""
_CASE_OF_TWELVE = 91
_ALWAYS = re.compile(
    r"phone/apple/iphone-15/storage_gb=(128|256|512)/x1/new/cn"
    r"|phone/apple/iphone-15/storage_gb=128/x1/(new/hk|used/cn|refurbished_official/cn)"
    r"|phone/apple/iphone-15-(plus|pro)/storage_gb=128/x1/new/cn"
    r"|phone/accessory/.*(case|film|dummy)/iphone-15/.*",
)
"""In every world, however small: the stories of domain.md 6 are told with them."""


class WorldTooSmall(ValueError):
    """More products were asked for than the declarations hold."""


def slug(text: str) -> str:
    """A key part: lower case, no spaces, slashes or signs; Chinese stays."""
    return re.sub(r"[^\w+.]+", "-", text.lower()).strip("-")


def products(
    seed: int, families: Sequence[Family], brands: Mapping[str, Brand], count: int
) -> tuple[Product, ...]:
    """`count` products, the popular ones first to be chosen; sorted by key.

    Raises:
        WorldTooSmall: the declarations do not hold so many.
    """
    goods = [product for family in families for product in goods_of(seed, family, brands)]
    others = [product for family in families for product in distractors(seed, family, brands)]
    wanted = min(len(others), round(count * _DISTRACTORS))
    if count - wanted > len(goods):
        raise WorldTooSmall(f"{count} products asked for, {len(goods) + len(others)} declared")
    chosen = [*_draw(seed, goods, count - wanted), *_draw(seed, others, wanted)]
    return tuple(sorted(chosen, key=lambda product: product.key))


def _draw(seed: int, candidates: Sequence[Product], count: int) -> list[Product]:
    """Weighted by popularity, without replacement (Efraimidis and Spirakis 2006)."""

    def rank(product: Product) -> tuple[bool, float]:
        chance: float = dice(seed, "draw", product.key).random() ** (1 / product.heat**2)
        return (_ALWAYS.fullmatch(product.key) is None, -chance)

    return sorted(candidates, key=rank)[:count]


def goods_of(seed: int, family: Family, brands: Mapping[str, Brand]) -> Iterator[Product]:
    """Every product the family's declaration allows."""
    for model in family.models:
        home = State("new", model.region or family.region, 100)
        for version in model.versions:
            for count in version.packs:
                yield _product(seed, family, brands[model.brand], model, (version, count, home))
            for state in model.states:
                yield _product(seed, family, brands[model.brand], model, (version, version.packs[0], state))


def _product(
    seed: int,
    family: Family,
    brand: Brand,
    model: Model,
    sold: tuple[Version, int, State],
) -> Product:
    version, count, state = sold
    group_key = f"{family.slug}/{brand.id}/{slug(model.name)}"
    variant = {**version.attrs, **({"carrier_lock": True} if state.region == "us" else {})}
    measure = version.unit or family.unit
    unit = f"{version.amount:g}{measure}" if version.amount is not None else ""
    named = "/".join(f"{name}={slug(str(value))}" for name, value in variant.items())
    parts = (group_key, named, unit, f"x{count}", state.condition, state.region or "")
    key = "/".join(part for part in parts if part)
    random = dice(seed, "product", key)
    unit_gtin = codes.gtin13(brand, dice(seed, "unit", group_key, named, unit, state.region))
    return Product(
        key=key,
        group_key=group_key,
        family=family,
        kind="goods",
        brand=brand,
        model=version.code if family.slug == "air_conditioner" else model.name,
        variant=variant,
        unit_quantity=(version.amount, measure) if version.amount is not None else None,
        pack_count=count,
        condition=state.condition,
        region_version=state.region,
        gtin=unit_gtin if count == 1 else codes.gtin13(brand, random),
        unit_gtin=unit_gtin,
        mpn=version.code or (model.code if state.region == family.region else ""),
        name=_name(brand, model, version, count, family, state),
        base_fen=_base_fen(version.price, count, state),
        heat=_heat(model, state, version.packs.index(count), model.versions.index(version)),
        colours=(version.colour,) if version.colour else model.colours,
        grade=state.grade,
        line=model,
        version=version,
    )


def _heat(model: Model, state: State, pack_rank: int, version_rank: int) -> int:
    """Used and foreign goods, second packs and the fourth variant on are sold by fewer than the usual one."""
    usual = state.condition == NEW.condition and state.percent == NEW.percent
    rare = (0 if usual else 2) + (1 if pack_rank else 0) + (1 if version_rank > 2 else 0)
    return max(1, model.heat - rare)


def _base_fen(price: float, count: int, state: State) -> int:
    bulk = _BULK.get(count, _CASE_OF_TWELVE if count > 6 else 95)
    return max(100, round(price * 100) * count * bulk * state.percent // 10_000)


def _name(brand: Brand, model: Model, version: Version, count: int, family: Family, state: State) -> str:
    """The product's plain name, for people who read the truth."""
    values: Iterable[str] = (f"{value}" for value in version.attrs.values() if not isinstance(value, bool))
    size = f"{version.amount:g}{version.unit or family.unit}" if version.amount is not None else ""
    pack = f"×{count}" if count > 1 else ""
    condition = "" if state.condition == "new" else f"{state.condition} {state.grade}"
    region = state.region if state.region not in (None, family.region) else ""
    parts = (brand.zh or brand.en, model.name, *values, f"{size}{pack}", condition, region or "")
    return " ".join(part.strip() for part in parts if part.strip())
