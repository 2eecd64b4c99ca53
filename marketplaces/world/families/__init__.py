"""The families of goods, one declarative file each: brands, models, prices, habits of writing. No behaviour here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.families import (
    air_conditioner,
    books,
    camera,
    coffee,
    diapers,
    drinks,
    earphones,
    fresh,
    fridge,
    grocery,
    household,
    laptop,
    lego,
    medicine,
    milk_powder,
    monitor,
    perfume,
    pet_food,
    phone,
    serum,
    sneakers,
    spirits,
    storage,
    tablet,
    tissue,
    tv,
    washer,
    watch,
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
"""What a world holds unless it is asked for more: the demo, and whatever has figures of its own."""

WIDE: tuple[Family, ...] = (
    *FAMILIES,
    tablet.FAMILY,
    monitor.FAMILY,
    storage.FAMILY,
    camera.FAMILY,
    watch.FAMILY,
    fridge.FAMILY,
    washer.FAMILY,
    grocery.FAMILY,
    drinks.FAMILY,
    fresh.FAMILY,
    pet_food.FAMILY,
    household.FAMILY,
    perfume.FAMILY,
    medicine.FAMILY,
    books.FAMILY,
)
"""Every family there is."""
