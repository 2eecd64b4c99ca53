"""Offers of a practice world as the crawlers store them, each with what it says according to the world's truth.

The world and the reader know nothing of each other, so their words for one thing differ here and there; the tables below
are the only place that knows both.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from catalog.codec import dump_offer
from indexer.evaluate.offers import Case
from ledger.ledger import Ledger
from marketplaces.settings import SHOPS
from tests.bench.seen_again import all_stored
from tests.support.index import MARKETPLACES
from tests.support.practice import ask_control, crawl_in_process, open_practice, true_offers

PRODUCTS, OFFERS = 1500, 8000
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "monitor": ("monitor", "appliance"),
    "storage": ("storage_media",),
    "fridge": ("fridge", "appliance"),
    "washer": ("washer", "appliance"),
    "fresh": ("fresh", "grocery"),
}
"""A family of the world -> names of ours that are right for it."""
PARENTS: Mapping[str, str] = {
    "茅台王子酒": "茅台",
    "茅台迎宾酒": "茅台",
    "维他": "维他奶",
    "景田": "百岁山",
    "雀巢": "雀巢咖啡",
}
"""A brand of the world -> the wider one, where taking the narrower one for a model line is as good."""
NOT_OURS = {"scent", "bag_size", "length_mm", "edition_number"}
"""Variants that divide no goods of ours: domain §2.4 splits by none of them."""
WORDS: Mapping[tuple[str, str], str] = {("concentration", "cologne"): "edc"}
"""Variant and value of the world -> our word."""
_COMPATIBLE = re.compile("(?:兼容(?:乐高|LEGO)|乐高式).*积木")
_EDITION = re.compile("[德澳][国洲]?版")
_COUNTED_OTHERWISE = {"lego", "storage"}
"""Contents (bricks, gigabytes) that the world counts to the variant or does not count."""


def cases(seed: int, products: int = PRODUCTS, offers: int = OFFERS) -> list[Case]:
    """Every offer of a wide world, through the marketplaces' own protocols and field maps."""
    practice = open_practice(seed=seed, products=products, offers=offers, is_wide=True)
    keywords = ask_control(practice, "/keywords")["keywords"]
    with (
        TemporaryDirectory() as folder,
        Ledger.open(f"sqlite:///{Path(folder)}/l.sqlite", migrated=True) as ledger,
    ):
        ledger.marketplaces.register(dict.fromkeys(MARKETPLACES.values(), True))
        for slug in SHOPS:
            run = crawl_in_process(ledger, practice, slug, () if slug == "shop" else keywords)
            assert not run.progress.failed, run
        seen = {stored.offer.key: stored.offer for stored in all_stored(ledger)}
    truth = true_offers(ask_control(practice, "/truth"))
    assert len(seen) > 0.95 * len(truth)
    return [
        Case(offer, in_our_words(truth[key]["stated"], offer.listing.title)) for key, offer in seen.items()
    ]


def in_our_words(stated: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The stated part of the world's truth as `indexer.evaluate.offers` reads it."""
    family = stated["family"]
    told = dict(stated) | {"family": FAMILIES.get(family, (family,))}
    told["brand"] = stated["brand"] and [
        *stated["brand"],
        *(PARENTS[n] for n in stated["brand"] if n in PARENTS),
    ]
    if family == "books":
        del told["brand"]  # a publisher is no brand (TV102)
    if family == "lego" and _COMPATIBLE.search(title):
        told["kind"] = "goods"  # goods of another make, not made for LEGO's (TV088)
    if "line" not in stated:
        return told
    _name_as_said(told, family, title)
    variant = _our_variant(family, stated["variant"], title)
    if family in _COUNTED_OTHERWISE:
        del told["quantity"], told["pack_count"]
    if "volumes" in variant:
        told["quantity"] = {"value": variant.pop("volumes"), "unit": "volume"}
    if "strength" in variant:  # 0.3g*24粒*2盒 is 48 of 0.3 g (domain 2.3)
        told |= _by_strength(variant.pop("strength"), stated)
    if stated["region_version"] in ("de", "au") and not _EDITION.search(title):
        del told["region_version"]  # where it was made is not for whom
    return told | {"variant": variant}


def _name_as_said(told: dict[str, Any], family: str, title: str) -> None:
    """The model and the colour, where the world knows more of them than its title says."""
    if family == "sneakers" and told["color"] is None:
        del told["color"]  # the style code's colourway is shown then (TV039)
    if "Air Force 1 '07" in told["model"] and "07" not in title:
        told["model"] = [*told["model"], "Air Force 1"]  # 空军一号 says no more
    if family == "household":  # a toothpaste's flavour is part of its name
        told["line"] = f"{told['line']} {told['variant'].get('flavor', '')}"


def _our_variant(family: str, variant: Mapping[str, Any], title: str) -> dict[str, Any]:
    ours = {name: WORDS.get((name, value), value) for name, value in variant.items() if name not in NOT_OURS}
    if family == "household":
        ours.pop("flavor", None)
    if ours.get("form") == "tape" and "贴型" not in title:
        del ours["form"]  # a plain 纸尿裤 says no form (TV053, TV058)
    return ours


def _by_strength(strength: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    milligrams = strength.endswith("mg")
    number = float(strength.removesuffix("mg").removesuffix("g"))
    amount = number / 1000 if milligrams else number
    return {
        "quantity": {"value": f"{amount:g}", "unit": "g"},
        "pack_count": int(stated["quantity"]["value"]) * stated["pack_count"],
    }


def as_lines(found: list[Case]) -> Iterator[str]:
    """The cases as a file for `bijia evaluate offers`."""
    for case in found:
        yield json.dumps(
            {"offer": json.loads(dump_offer(case.offer)), "truth": case.truth}, ensure_ascii=False
        )


if __name__ == "__main__":  # python -m tests.support.world_offers [seed] > FILE
    sys.stdout.writelines(f"{line}\n" for line in as_lines(cases(int(sys.argv[1]) if sys.argv[1:] else 7)))
