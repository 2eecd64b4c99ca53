"""Listings that offer a choice of variants at the cheapest one's price: nobody can say which product they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplaces.world.titles.template import compact, touches

if TYPE_CHECKING:
    from marketplaces.world.brands import Brand
    from marketplaces.world.dice import Dice
    from marketplaces.world.family import Family, Model


@dataclass(frozen=True, slots=True)
class Choice:
    """One option listing: its title and the price it baits with."""

    brand: Brand
    title: str
    price: float
    """Yuan, of the cheapest option."""


def choice(family: Family, brands: dict[str, Brand], random: Dice) -> Choice:
    """A listing over the versions of one model (or of one brand, where each model has a single version)."""
    template = random.choice(family.options)
    model = next(m for m in random.sample(family.models, len(family.models)) if _serves(m, template, family))
    brand = brands[model.brand]
    fields = _fields(model, family)
    name = "" if family.slug == "tv" else random.choice((model.name, compact(model.name)))
    label = "" if any(part and part in model.name for part in (brand.zh, brand.en)) else brand.zh or brand.en
    if family.slug in ("tv", "lego"):
        label = brand.zh or brand.en
    gap = " " if label and name and touches(label[-1], name[0]) else ""
    title = template.format(brand=label, model=gap + name, **fields)
    cheapest = min(version.price * min(version.packs) for version in model.versions)
    return Choice(brand, " ".join(title.split()), cheapest)


def _serves(model: Model, template: str, family: Family) -> bool:
    """Whether the model has a choice to offer for every list the template names."""
    if family.slug in ("tv", "lego"):
        return True
    fields = _fields(model, family)
    return all(
        "/" in fields.get(name, "")
        for name in re.findall(r"\{(\w+)\}", template)
        if name not in ("brand", "model", "theme", "ml", "each")
    )


def _fields(model: Model, family: Family) -> dict[str, str]:
    versions = model.versions
    storages = dict.fromkeys(
        _storage(int(v.attrs["storage_gb"])) for v in versions if "storage_gb" in v.attrs
    )
    amounts = dict.fromkeys(f"{v.amount:g}" for v in versions if v.amount is not None)
    letters = dict.fromkeys(str(v.attrs["size"]) for v in versions if "size" in v.attrs)
    packs = dict.fromkeys(str(count) for v in versions for count in v.packs)
    lists = {
        f"{name}_list": "/".join(dict.fromkeys(str(v.attrs[name]) for v in versions if name in v.attrs))
        for name in dict.fromkeys(name for v in versions for name in v.attrs)
    }
    return {
        **lists,
        "storages": "/".join(storages),
        "stages": "/".join(f"{v.attrs['stage']}段" for v in versions if "stage" in v.attrs),
        "sizes": "55/65/75" if family.slug == "tv" else "/".join(letters or amounts),
        "hps": "/".join(dict.fromkeys(str(v.attrs["hp"]) for v in versions if "hp" in v.attrs)),
        "abvs": "/".join(f"{v.attrs['abv']}度" for v in versions if "abv" in v.attrs),
        "ml": next(iter(amounts), ""),
        "packs": "/".join(packs),
        "each": versions[0].container or next(iter(family.container), ""),
        "theme": model.features[0] if model.features else "",
    }


def _storage(gigabytes: int) -> str:
    return f"{gigabytes // 1024}T" if gigabytes % 1024 == 0 else f"{gigabytes}G"
