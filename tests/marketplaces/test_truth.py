"""The truth is what the answers say: every offer of every shop, paged through the real protocols."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from html import unescape

import pytest

from marketplaces.world.landed import Wish, landed
from tests.marketplaces import reading
from tests.marketplaces.support import CAMPAIGN, ask, callers, control, practice

pytestmark = pytest.mark.slow


def fen(yuan):
    return int(Decimal(str(yuan)) * 100)


@pytest.fixture(scope="module", params=["in a quiet week", "in a campaign"])
def told(request, full_world):
    """The world, its truth, and its offers by shop and id."""
    quiet = request.param == "in a quiet week"
    world = full_world if quiet else practice(products=600, offers=5000, now=CAMPAIGN)
    truth = control(world, "/truth")
    offers = {(o["marketplace"], o["item_id"], o["sku_id"]): o for o in truth["offers"]}
    assert len(offers) == len(truth["offers"])
    return world, truth, offers


def everything(world, name):
    """Every item of a gateway, by all keywords."""
    caller = callers(world)[name]
    return [item for keyword in control(world, "/keywords")["keywords"] for item in caller.every(keyword)]


def test_taobao_answers_say_exactly_what_the_truth_says(told):
    world, _, offers = told

    said = {}
    for item in everything(world, "taobao"):
        info, price = item["item_basic_info"], item["price_promotion_info"]
        asked, listed = fen(price["zk_final_price"]), fen(price["reserve_price"])
        said["taobao", item["item_id"], ""] = {
            "title": info["title"],
            "price_fen": asked,
            "list_price_fen": listed if listed > asked else None,
            "claimed_landed_fen": fen(price["final_promotion_price"]),
            "shipping_fen": fen(info["real_post_fee"]) if "real_post_fee" in info else None,
            "seller_id": str(info["seller_id"]),
            "seller_name": info["shop_title"],
            "url": f"https:{item['publish_info']['click_url']}",
        }

    assert said == spoken(offers, "taobao")


def test_jd_answers_say_exactly_what_the_truth_says(told):
    world, _, offers = told

    said = {}
    for item in everything(world, "jd"):
        price = item["priceInfo"]
        said["jd", str(item["skuId"]), ""] = {
            "title": item["skuName"],
            "price_fen": fen(price["price"]),
            "list_price_fen": None,
            "claimed_landed_fen": fen(price["lowestCouponPrice"]),
            "shipping_fen": None,
            "seller_id": str(item["shopInfo"]["shopId"]),
            "seller_name": item["shopInfo"]["shopName"],
            "url": f"https://{item['materialUrl']}",
            "group_price": price["lowestPriceType"] == 2,
            "in_stock": item["stockState"] == 1,
        }

    assert said == spoken(offers, "jd", "group_price", "in_stock")


def test_pinduoduo_answers_say_exactly_what_the_truth_says(told):
    world, _, offers = told

    said = {}
    for item in everything(world, "pinduoduo"):
        said["pinduoduo", item["goods_sign"], ""] = {
            "title": item["goods_name"],
            "price_fen": item["min_normal_price"],
            "list_price_fen": None,
            "claimed_landed_fen": None,
            "shipping_fen": 0 if 1 in item["service_tags"] else None,
            "seller_id": str(item["mall_id"]),
            "seller_name": item["mall_name"],
            "group_price": True,
        }

    expected = spoken(offers, "pinduoduo", "group_price")
    for offer in expected.values():
        del offer["url"]
    assert said == expected


def test_the_web_shop_says_exactly_what_the_truth_says(told):
    world, _, offers = told

    said = {}
    for target in product_pages(world):
        reply = ask(world.apps["shop"], target)
        for key, offer in variants(text_of(reply), read).items():
            said[key] = offer | {"url": f"http://shop.practice.example{target}"}

    expected = spoken(offers, "shop", "gtin", "in_stock")
    for offer in expected.values():
        del offer["seller_id"], offer["seller_name"], offer["claimed_landed_fen"]
    assert said == expected


def test_what_the_answers_say_about_promotions_gives_the_true_landed_prices(told):
    """Read back by the platforms' fields alone; quantities, regions and conditions as in the truth."""
    world, truth, offers = told
    at_s = int(datetime.fromisoformat(truth["at"]).timestamp())

    terms = {("taobao", i["item_id"], ""): reading.taobao(i) for i in everything(world, "taobao")}
    terms |= {("jd", str(i["skuId"]), ""): reading.jd(i) for i in everything(world, "jd")}
    terms |= {
        ("pinduoduo", i["goods_sign"], ""): reading.pinduoduo(i) for i in everything(world, "pinduoduo")
    }
    for target in product_pages(world):
        page = text_of(ask(world.apps["shop"], target))
        terms |= variants(page, lambda product: reading.schema_org(offer_of(product)))

    assert set(terms) == set(offers)
    wrong = {
        key: (case, result)
        for key, offer in offers.items()
        for case in offer["landed"]
        if (result := case_of(terms[key], case, at_s)) != {name: case[name] for name in result}
    }
    assert wrong == {}


def case_of(terms, case, at_s):
    wish = Wish(case["quantity"], case["region"], at_s, frozenset(case["conditions"]))
    result = landed(terms, wish)
    return {"status": result.status, "fen": result.fen, "is_bound": result.is_bound}


def test_every_offer_of_goods_points_to_a_product_of_the_truth(told):
    _, truth, _ = told
    products = {product["product_key"]: product for product in truth["products"]}

    for offer in truth["offers"]:
        if offer["kind"] == "options":
            assert offer["product_key"] is None
        else:
            assert products[offer["product_key"]]["kind"] == offer["kind"]


def test_what_an_offer_states_is_in_its_title_or_its_fields(wide_world):
    products = {product.key: product for product in wide_world.world.products}
    offers = control(wide_world, "/truth")["offers"]
    uncoded = 0

    for offer in offers:
        stated = offer["stated"]
        assert stated["kind"] == offer["kind"]
        assert stated["color"] == offer["color"] or (
            offer["color"] is None and stated["color"] in offer["title"]  # the other of its titles names none
        )
        if offer["product_key"] is None or products[offer["product_key"]].line is None:
            assert "line" not in stated
            continue
        product = products[offer["product_key"]]
        is_coded = product.mpn.lower() in unicodedata.normalize("NFKC", offer["title"]).lower()
        assert ("style_code" in stated["variant"]) is ("style_code" in product.variant and is_coded)
        uncoded += "style_code" in product.variant and not is_coded
        said = {name: value for name, value in product.variant.items() if name != "style_code"}
        assert said.items() <= stated["variant"].items()
        assert (stated["pack_count"], stated["condition"]) == (product.pack_count, product.condition)
        assert product.model in stated["model"]

    assert uncoded > 10
    second = [o for o in offers if o["stated"].get("line") == "serum/loreal/黑精华"]
    assert {o["stated"]["variant"].get("generation") for o in second} == {2, None}
    assert all(("generation" in o["stated"]["variant"]) is ("二代" in o["title"]) for o in second)


def test_a_truth_can_be_had_for_one_marketplace_and_another_time(small_world):
    now = control(small_world, "/truth?marketplace=jd")
    later = control(small_world, "/truth?marketplace=jd&at=2026-11-11T12:00:00%2B08:00")

    assert {offer["marketplace"] for offer in now["offers"]} == {"jd"}
    assert later["at"] == "2026-11-11T12:00:00+08:00"
    assert {o["item_id"]: o["price_fen"] for o in now["offers"]} != {
        o["item_id"]: o["price_fen"] for o in later["offers"]
    }


# ── reading the web shop ───────────────────────────────────────────────────────────────────────────


def spoken(offers, marketplace, *more):
    """The truth's fields that the answer can be compared with."""
    names = ("title", "price_fen", "list_price_fen", "claimed_landed_fen", "shipping_fen", "url", *more)
    return {
        key: {name: offer[name] for name in names}
        | {"seller_id": offer["seller"]["id"], "seller_name": offer["seller"]["name"]}
        for key, offer in offers.items()
        if key[0] == marketplace
    }


def product_pages(world):
    """Paths of the product pages, by robots.txt and sitemaps."""
    shop = world.apps["shop"]
    index = re.search(r"Sitemap: http://shop\.test(\S+)", ask(shop, "/robots.txt").text)[1]
    parts = re.findall(r"<loc>http://shop\.test([^<]+)</loc>", ask(shop, index).text)
    packed = [part for part in parts if part.endswith(".gz")]
    texts = [gzip.decompress(ask(shop, part).body).decode() for part in packed]
    return [path for text in texts for path in re.findall(r"<loc>http://shop\.test([^<]+)</loc>", text)]


def text_of(reply):
    declared = re.search(rb'<meta charset="([\w-]+)">', reply.body)[1].decode()
    return reply.body.decode(declared)


def variants(html, read):
    """Every offer in the structured data of a page, as `read` reads it."""
    found = {}
    for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        document = json.loads(script)
        for node in document.get("@graph", [document]):
            if node["@type"] == "ProductGroup":
                for product in node["hasVariant"]:
                    found["shop", node["productGroupID"], product["sku"]] = read(product)
            elif node["@type"] == "Product":
                found["shop", node.get("productID", node["sku"]), ""] = read(node)
    return found


def offer_of(product):
    offer = product["offers"]
    while isinstance(offer, list) or "offers" in offer:
        offer = offer[0] if isinstance(offer, list) else offer["offers"]
    return offer


def read(product):
    offer = offer_of(product)
    specified = offer.get("priceSpecification", [])
    specified = specified if isinstance(specified, list) else [specified]
    struck = [
        s["price"]
        for s in specified
        if s.get("priceType", "").endswith(("/StrikethroughPrice", "/ListPrice"))
    ]
    plain = [s["price"] for s in specified if "priceType" not in s]
    gtin = product.get("gtin13") or product.get("gtin") or product.get("gtin14")
    shipping = offer.get("shippingDetails")
    general = shipping[0] if isinstance(shipping, list) else shipping
    stock = offer.get("availability")
    return {
        "title": unescape(product["name"]),
        "price_fen": fen(offer["price"] if "price" in offer else plain[0]),
        "list_price_fen": fen(struck[0]) if struck else None,
        "shipping_fen": fen(general["shippingRate"]["value"]) if general else None,
        "gtin": gtin[-13:] if gtin else None,
        "in_stock": None if stock is None else stock.endswith("InStock"),
    }


SHAPES = (
    '"@graph"',
    '"AggregateOffer"',
    '"ProductGroup"',
    '"offers":[{',
    '"gtin13"',
    '"gtin14"',
    '"gtin"',
    '"brand":{',
    '"brand":"',
    '"price":"',
    '"priceSpecification":{',
    '"priceSpecification":[',
    '"availability":"InStock"',
    "UsedCondition",
    "<del>",
    'charset="gb18030"',
)


def test_the_shapes_of_the_wild_are_all_on_the_web_shop(full_world):
    pages = [text_of(ask(full_world.apps["shop"], path)) for path in product_pages(full_world)]

    for shape in SHAPES:
        assert any(shape in page for page in pages), shape
    assert any(re.search(r'"name":"[^"]*&#?\w+;', page) for page in pages)
    assert any(re.search(r'"price":\d', page) for page in pages)
    assert any(page.count("application/ld+json") > 1 for page in pages)
    assert any('"shippingDetails"' not in page for page in pages)
