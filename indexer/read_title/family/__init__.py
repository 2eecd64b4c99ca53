"""One declarative file per product family; `FAMILIES` is all of them. Adding a family: see ../README.md."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.air_conditioner import AIR_CONDITIONER
from indexer.read_title.family.appliance import APPLIANCE
from indexer.read_title.family.books import BOOKS
from indexer.read_title.family.camera import CAMERA
from indexer.read_title.family.coffee import COFFEE
from indexer.read_title.family.cooking_oil import COOKING_OIL
from indexer.read_title.family.declare import Family
from indexer.read_title.family.diapers import DIAPERS
from indexer.read_title.family.drinks import DRINKS
from indexer.read_title.family.earphones import EARPHONES
from indexer.read_title.family.fresh import FRESH
from indexer.read_title.family.fridge import FRIDGE
from indexer.read_title.family.grocery import GROCERY
from indexer.read_title.family.household import HOUSEHOLD
from indexer.read_title.family.laptop import LAPTOP
from indexer.read_title.family.lego import LEGO
from indexer.read_title.family.medicine import MEDICINE
from indexer.read_title.family.milk_powder import MILK_POWDER
from indexer.read_title.family.monitor import MONITOR
from indexer.read_title.family.perfume import PERFUME
from indexer.read_title.family.pet_food import PET_FOOD
from indexer.read_title.family.phone import PHONE
from indexer.read_title.family.serum import SERUM
from indexer.read_title.family.sneakers import SNEAKERS
from indexer.read_title.family.spirits import SPIRITS
from indexer.read_title.family.storage_media import STORAGE_MEDIA
from indexer.read_title.family.tablet import TABLET
from indexer.read_title.family.tissue import TISSUE
from indexer.read_title.family.tv import TV
from indexer.read_title.family.washer import WASHER
from indexer.read_title.family.watch import WATCH
from indexer.read_title.family.water import WATER

FAMILIES: Final[tuple[Family, ...]] = (
    PHONE, TABLET, LAPTOP, WATCH, TV, AIR_CONDITIONER, FRIDGE, WASHER, APPLIANCE, EARPHONES, MONITOR, CAMERA, STORAGE_MEDIA, SNEAKERS, MILK_POWDER, DIAPERS,
    SPIRITS, WATER, DRINKS, COFFEE, SERUM, PERFUME, LEGO, BOOKS, TISSUE, COOKING_OIL, HOUSEHOLD, MEDICINE, PET_FOOD, FRESH, GROCERY,
)  # fmt: skip
"""In the order that decides ties."""
