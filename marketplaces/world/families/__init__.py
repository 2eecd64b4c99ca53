"""The families of goods, one declarative file each: brands, models, prices, habits of writing. No behaviour here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.families import (
    air_conditioner,
    coffee,
    diapers,
    earphones,
    laptop,
    lego,
    milk_powder,
    phone,
    serum,
    sneakers,
    spirits,
    tissue,
    tv,
    water,
)

if TYPE_CHECKING:
    from marketplaces.world.family import Family

FAMILIES: tuple[Family, ...] = (
    phone.FAMILY,
    laptop.FAMILY,
    tv.FAMILY,
    air_conditioner.FAMILY,
    earphones.FAMILY,
    sneakers.FAMILY,
    milk_powder.FAMILY,
    diapers.FAMILY,
    spirits.FAMILY,
    water.FAMILY,
    serum.FAMILY,
    lego.FAMILY,
    tissue.FAMILY,
    coffee.FAMILY,
)
