"""A whole catalogue from a seed: articles, sellers, and who lists what how often."""

from __future__ import annotations

import random
from typing import Any

from marketplaces.catalogues.goods import Goods, articles_of, field_of
from marketplaces.catalogues.sellers import Style, listing, style_of


def catalogue(seed: int) -> list[dict[str, Any]]:
    """Listings, each with ``entity`` (the article's number) and ``source`` (the seller). The same seed, the same listings."""
    dice = random.Random(f"catalogue {seed}")
    field = field_of(dice)
    noise = dice.choice((0.3, 0.6, 1.0, 1.0) if field.is_bare else (0.0, 0.2, 0.5))
    sellers = [
        style_of(dice, is_chinese=field.is_chinese, bare=field.is_bare, noise=noise)
        for _ in range(dice.choice((5, 10, 25, 40) if field.is_bare else (2, 2, 2, 3, 5)))
    ]
    per_article = dice.uniform(1.0, 1.6) if len(sellers) <= 3 else dice.uniform(1.5, 5.0)
    found: list[dict[str, Any]] = []
    for number, goods in enumerate(articles_of(field, dice)):
        found += _listings(number, goods, sellers, per_article, dice)
    dice.shuffle(found)
    return found


def _listings(
    number: int, goods: Goods, sellers: list[Style], per_article: float, dice: random.Random
) -> list[dict[str, Any]]:
    """What is listed of one article: at most once by each seller where there are few."""
    wanted = min(
        1 + sum(dice.random() < (per_article - 1) / 4 for _ in range(4))
        if per_article <= 2
        else 1 + int(dice.expovariate(1 / (per_article - 1))),
        15,
    )
    few = len(sellers) <= 3
    chosen = dice.sample(sellers, k=min(wanted, len(sellers))) if few else dice.choices(sellers, k=wanted)
    found: list[dict[str, Any]] = []
    for style in chosen:
        stated = listing(goods, style, dice, [one["title"] for one in found])
        found.append({"entity": number, "source": style.name, **stated})
    return found
