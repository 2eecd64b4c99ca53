"""The world's laws: sizes, coverage, codes, the goods that must always exist, what is plausible."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

import pytest

from marketplaces.app import build
from marketplaces.settings import Settings
from marketplaces.world import codes
from marketplaces.world.build import build_world
from marketplaces.world.families import FAMILIES, WIDE
from marketplaces.world.products import WorldTooSmall
from marketplaces.world.titles.spelling import SPELL
from marketplaces.world.titles.template import parse
from marketplaces.world.titles.writer import Writer
from tests.marketplaces.support import CAMPAIGN, NOW

pytestmark = pytest.mark.slow

IPHONE = "phone/apple/iphone-15/storage_gb={}/x1/{}"


def sold_on(world):
    found = defaultdict(set)
    for offer in world.offers:
        if offer.product:
            found[offer.product.key].add(offer.marketplace)
    return found


def prices(world, wanted):
    return [offer.tariff.base_fen for offer in world.offers if offer.product and wanted(offer.product)]


# ── sizes and coverage ─────────────────────────────────────────────────────────────────────────────


def test_the_default_world_has_600_products_and_about_5000_offers(full_world):
    shares = Counter(offer.marketplace for offer in full_world.world.offers)

    assert len(full_world.world.products) == 600
    assert 4900 <= len(full_world.world.offers) <= 5100
    for marketplace, percent in (("taobao", 38), ("jd", 27), ("pinduoduo", 30), ("shop", 5)):
        assert shares[marketplace] / 50 == pytest.approx(percent, abs=1.5)
    assert 100 <= len(full_world.world.pages) <= 200


def test_every_family_is_there_and_there_are_fourteen(full_world):
    assert len(FAMILIES) == 14
    assert {product.family.slug for product in full_world.world.products} == {
        family.slug for family in FAMILIES
    }


def test_a_wide_world_has_every_family(wide_world):
    offers = Counter(offer.family.slug for offer in wide_world.world.offers)

    assert WIDE[:14] == FAMILIES
    assert set(offers) == {family.slug for family in WIDE}
    assert len(offers) == len(WIDE) == 29
    assert min(offers.values()) > 50
    assert wide_world.world.keywords == tuple(family.keyword for family in WIDE)


def test_families_beyond_the_usual_ones_change_nothing_of_a_usual_world():
    """Figures in the documents, and whatever remembers a key, stand on these bytes."""
    world = build_world(7, 110, 700)
    said = "\n".join(f"{o.item_id} {o.titles[0]} {o.tariff.base_fen}" for o in world.offers)

    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "3a1f96a484a27864"


@pytest.mark.parametrize(("products", "offers", "seed"), [(100, 700, 1), (160, 800, 2), (100, 400, 3)])
def test_the_iphones_of_the_stories_exist_in_every_world(products, offers, seed):
    world = build_world(seed, products, offers)
    on = sold_on(world)

    for storage in (128, 256, 512):
        assert on[IPHONE.format(storage, "new/cn")] == {"taobao", "jd", "pinduoduo", "shop"}
    for state in ("new/hk", "used/cn", "refurbished_official/cn"):
        assert on[IPHONE.format(128, state)]
    for model in ("plus", "pro"):
        assert on[f"phone/apple/iphone-15-{model}/storage_gb=128/x1/new/cn"]
    for kind in ("case", "film", "dummy"):
        assert any(re.fullmatch(rf"phone/accessory/.*/{kind}/iphone-15/.*", key) for key in on)


def test_popular_products_are_on_every_marketplace_and_no_product_is_on_none(full_world):
    on = sold_on(full_world.world)
    popular = [product for product in full_world.world.products if product.heat >= 4]

    assert len(popular) > 80
    assert all(len(on[product.key]) == 4 for product in popular)
    assert all(on[product.key] for product in full_world.world.products)


def test_distractors_and_option_lists_are_among_the_goods(full_world):
    products = Counter(product.kind for product in full_world.world.products)
    offers = Counter(offer.kind for offer in full_world.world.offers)

    assert products["accessory"] > 40
    assert products["bundle"] > 5
    assert products["dummy"] >= 1
    assert 0.015 < offers["options"] / len(full_world.world.offers) < 0.03


def test_no_name_articles_are_sold_by_one_seller_only(full_world):
    offers = Counter(o.product.key for o in full_world.world.offers if o.product and not o.product.brand.id)

    assert offers
    assert set(offers.values()) == {1}


def test_more_products_than_are_declared_is_an_error_that_says_so():
    with pytest.raises(WorldTooSmall, match=r"5000 products asked for, \d+ declared"):
        build_world(7, 5000, 100)


def test_ids_are_unique(full_world):
    ids = Counter((o.marketplace, o.item_id, o.sku_id) for o in full_world.world.offers)

    assert max(ids.values()) == 1
    assert len({product.key for product in full_world.world.products}) == 600


def test_two_products_never_say_the_same(full_world):
    said = defaultdict(set)
    for product in full_world.world.products:
        if product.kind == "goods" and product.line:
            state = (product.pack_count, product.condition, product.region_version, product.unit_quantity)
            said[product.brand.id, product.model, tuple(sorted(product.variant.items())), state].add(
                product.key
            )

    assert {len(keys) for keys in said.values()} == {1}


def test_used_goods_come_in_one_grade_per_product(full_world):
    used = [product for product in full_world.world.products if product.condition == "used"]

    assert len(used) >= 5
    assert all(product.grade for product in used)


# ── declarations ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("family", WIDE, ids=lambda family: family.slug)
def test_every_template_has_room_for_all_that_splits(family):
    for marketplace in ("taobao", "jd", "pinduoduo", "shop"):
        for template in family.titles[marketplace]:
            slots = {piece.slot for piece in parse(template) if piece.percent == 100}
            if any(model.states for model in family.models):
                assert "state" in slots, template
            if any(model.region for model in family.models):
                assert "edition" in slots, template
            if family.unit:
                assert slots & {"pack", "size", "fitpack"}, template


def test_every_slot_of_a_template_can_be_written():
    for family in WIDE:
        for templates in family.titles.values():
            for piece in (piece for template in templates for piece in parse(template)):
                is_known = hasattr(Writer, f"_{piece.slot}") or piece.slot in SPELL
                is_declared = any(
                    key == piece.slot or key.startswith(f"{piece.slot}_") for key in family.words
                )
                assert is_known or is_declared, (family.slug, piece.slot)


# ── codes ──────────────────────────────────────────────────────────────────────────────────────────


def test_check_digits_are_those_of_the_standard():
    assert codes.complete("690123456789") == "6901234567892"
    assert codes.complete("400638133393") == "4006381333931"
    assert codes.complete("03600029145") == "036000291452"
    assert codes.bad_check("6901234567892") != "6901234567892"


def test_every_product_has_a_valid_gtin(full_world):
    for product in full_world.world.products:
        assert re.fullmatch(r"\d{13}", product.gtin)
        assert codes.complete(product.gtin[:-1]) == product.gtin
        assert not 20 <= int(product.gtin[:2]) <= 29


def test_new_goods_do_not_share_a_gtin(full_world):
    gtins = Counter(p.gtin for p in full_world.world.products if p.condition == "new")

    assert max(gtins.values()) == 1


def test_china_numbers_begin_with_690_to_699(full_world):
    chinese = [
        p.gtin
        for p in full_world.world.products
        if p.brand.id in ("huawei", "feihe", "gree", "qcy", "saturnbird")
    ]

    assert chinese
    assert all(690 <= int(gtin[:3]) <= 699 for gtin in chinese)


def test_a_few_published_gtins_are_wrong_and_the_truth_marks_them(full_world):
    published = [o for o in full_world.world.offers if o.gtin]
    wrong = [o for o in published if o.gtin_is_wrong]

    assert 0.03 < len(wrong) / len(published) < 0.2
    for offer in published:
        assert offer.marketplace == "shop"
        assert (offer.gtin != offer.product.gtin) is offer.gtin_is_wrong
    shapes = {_fault_of(offer) for offer in wrong}
    assert shapes <= {"check digit", "in store", "single unit"}
    assert len(shapes) >= 2


def _fault_of(offer):
    if codes.complete(offer.gtin[:-1]) != offer.gtin:
        return "check digit"
    if 20 <= int(offer.gtin[:2]) <= 29:
        return "in store"
    is_of_one = offer.gtin == offer.product.unit_gtin and offer.product.pack_count > 1
    return "single unit" if is_of_one else "none of the known ones"


# ── what is plausible ──────────────────────────────────────────────────────────────────────────────


def test_more_storage_costs_more(full_world):
    levels = [
        median(prices(full_world.world, lambda p, gb=gb: p.key == IPHONE.format(gb, "new/cn")))
        for gb in (128, 256, 512)
    ]

    assert levels == sorted(levels)
    assert levels[0] * 1.1 < levels[1]


def test_used_and_refurbished_cost_less_than_new(full_world):
    def level(state):
        return median(prices(full_world.world, lambda p: p.key == IPHONE.format(128, state)))

    assert level("used/cn") < level("refurbished_official/cn") < level("new/cn")
    assert level("new/hk") < level("new/cn")


def test_an_accessory_is_far_cheaper_than_what_it_is_for(full_world):
    cases = prices(full_world.world, lambda p: p.family.slug == "phone" and p.kind in ("accessory", "dummy"))
    phones = prices(full_world.world, lambda p: p.family.slug == "phone" and p.kind == "goods")

    assert max(cases) * 4 < min(phones)


def test_the_bait_price_of_an_option_list_is_that_of_its_cheapest_option(full_world):
    options = [offer for offer in full_world.world.offers if offer.kind == "options"]
    baits = [o for o in options if re.search(r"(iPhone ?|苹果)15(?! ?P).*128G/256G", o.titles[0])]
    baits += [o for o in options if re.search(r"iPhone ?16(?! ?[Pe]).*128G/256G", o.titles[0])]

    assert baits
    for offer in baits:
        cheapest = 4299_00 if "15" in offer.titles[0] else 5199_00
        assert 0.85 * cheapest < offer.tariff.base_fen < 1.05 * cheapest


def test_offers_of_one_product_stay_within_a_third_and_three_times_their_median(full_world):
    by_product = defaultdict(list)
    for offer in full_world.world.offers:
        if offer.product:
            by_product[offer.product.key].append(offer.tariff.base_fen)

    for key, levels in by_product.items():
        middle = median(levels)
        assert all(middle / 1.25 < level < middle * 1.25 for level in levels), key


def test_larger_packs_cost_less_for_each_unit(full_world):
    groups = defaultdict(dict)
    for product in full_world.world.products:
        if product.unit_quantity and product.condition == "new":
            groups[
                product.group_key,
                product.region_version,
                tuple(product.variant.items()),
                product.unit_quantity,
            ][product.pack_count] = product.base_fen / product.pack_count
    packs = [sorted(units.items()) for units in groups.values() if len(units) > 1]

    assert len(packs) > 20
    for units in packs:
        assert all(more < fewer * 1.005 for (_, fewer), (_, more) in pairwise(units))
        assert units[-1][1] < units[0][1] * 1.001


# ── sellers ────────────────────────────────────────────────────────────────────────────────────────


def test_seller_types_can_be_read_from_the_structured_fields(full_world):
    for offer in full_world.world.offers:
        seller = offer.seller
        if seller.type == "brand_flagship":
            assert seller.name.endswith("官方旗舰店")
        if seller.type == "self_operated":
            assert (seller.marketplace, seller.name.endswith("京东自营旗舰店")) == ("jd", True)
        if seller.type == "authorised":
            assert re.search("专营店|专卖店", seller.name)
        if seller.marketplace == "taobao" and seller.type == "ordinary":
            assert seller.name.endswith("企业店")


def test_only_ordinary_people_and_dealers_sell_second_hand(full_world):
    sellers = {o.seller.type for o in full_world.world.offers if o.product and o.product.condition == "used"}

    assert sellers <= {"ordinary", "individual", "authorised"}


# ── determinism ────────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_makes_the_same_world_and_another_a_different_one():
    one, same, other = (build_world(seed, 100, 400) for seed in (7, 7, 8))

    assert one.offers == same.offers
    assert one.products == same.products
    assert {o.titles for o in one.offers} != {o.titles for o in other.offers}


def test_a_world_does_not_depend_on_when_it_is_made():
    one, other = (build(Settings(products=100, offers=400, now=at)) for at in (NOW, CAMPAIGN))

    assert one.world.offers == other.world.offers
    assert one.world.pages == other.world.pages
