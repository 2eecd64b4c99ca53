"""The API's prices: for anyone and for a buyer, explained, in order, and held against what was observed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from api import schemas
from api.compare import side_by_side
from api.keys import AdminKey
from api.reordering import reordered
from api.services import Services
from api.settings import ServiceSettings
from catalog.landed_price import Buyer
from catalog.price_terms import PriceTerms, ShippingRules
from catalog.promotion import Promotion, PromotionKind, Stage
from indexer.query import Sort
from ledger.ledger import Ledger
from tests.api.test_api import app, checked, client, problem  # noqa: F401 - fixtures
from tests.support.index import following, later, make_indexer
from tests.support.offers import START, seen, yuan
from tests.support.runs import at, one_page_run

DAY = 86_400
NOW = 45 * DAY
PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"


def coupon(number, amount, **more):
    given = {
        "stage": Stage.SHOP,
        "kind": PromotionKind.AMOUNT_OFF,
        "off": yuan(amount),
        "words": number,
    } | more
    return Promotion(id=number, **given)


def terms(price, *promotions, shipping="0.00", **more):
    return PriceTerms(yuan(price), shipping=yuan(shipping), promotions=promotions, **more)


PLUS = Promotion(
    id="plus", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=yuan("4500.00"), needs=("member:plus",),
    words="PLUS会员价",
)  # fmt: skip
OFFERS = {
    "1": ("jd", terms("5000.00", coupon("满4000减300", "300.00", threshold=yuan("4000.00"), action="claim"), PLUS)),
    "2": ("taobao", terms("4800.00", claimed=yuan("4750.00"), list_price=yuan("5999.00"))),
    "3": ("taobao", terms("4600.00", shipping_rules=ShippingRules(no_delivery=("CN-XZ",), surcharges=(("CN-XJ", yuan("400.00")),)))),
    "4": ("jd", terms("4650.00", min_quantity=2)),
    "5": ("taobao", terms("4400.00", coupon("昨天", "1000.00", ends_at=START + timedelta(seconds=NOW - 60)))),
}  # fmt: skip


def sightings(number):
    """The struck-through offer was asked more for a month, cut ten days ago; the others stand since yesterday."""
    marketplace, asked = OFFERS[number]
    one = seen(number, "1.00", title=PHONE, marketplace=marketplace, at=NOW - DAY)
    one = replace(one, offer=replace(one.offer, terms=asked))
    if number != "2":
        return [one]
    before = replace(asked, price=yuan("5200.00"))
    days = [replace(one, observed_at=START + timedelta(days=d)) for d in range(36, 45)]
    return [
        *(
            replace(one, offer=replace(one.offer, terms=before), observed_at=START + timedelta(days=d))
            for d in range(36)
        ),
        *days,
    ]


@pytest.fixture(scope="module")
def services(migrated_sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("priced")
    (folder / "ledger.sqlite").write_bytes(migrated_sqlite.read_bytes())
    with Ledger.open(f"sqlite:///{folder}/ledger.sqlite") as ledger:
        for number in OFFERS:
            for one in sightings(number):
                one_page_run(ledger, one, marketplace=one.offer.listing.marketplace, seconds=NOW)
        with following(make_indexer(ledger, folder / "index")):
            pass
        services = Services(
            ServiceSettings(),
            ledger,
            make_indexer(ledger, folder / "index"),
            AdminKey("open sesame", clock=later),
            clock=lambda: at(NOW),
        )
        yield services
        services.live.close()


def offers_of(client, **asked):  # noqa: F811
    answer = checked(client.get("/api/v1/search", params={"q": "iPhone 15 128G", **asked}), schemas.SearchOut)
    (product,) = answer["products"]
    return {
        offer["key"].split(":")[1]: offer for cell in product["marketplaces"] for offer in cell["offers"]
    } | {"cheapest": product["cheapest"]}


def yuan_of(offer):
    total = offer["landed"]["total"]
    return None if total is None else total["amount"]


def test_anyone_sees_the_headline_and_what_a_condition_would_make_of_it(client):  # noqa: F811
    offers = offers_of(client)

    assert {number: yuan_of(offers[number]) for number in "123"} == {
        "1": "4700.00",
        "2": "4800.00",
        "3": "4600.00",
    }
    (plus,) = offers["1"]["landed"]["if_eligible"]
    assert (plus["conditions"], plus["total"]["amount"]) == (["member:plus"], "4200.00")
    assert [(s["kind"], s["amount"]["amount"], s["words"]) for s in offers["1"]["landed"]["steps"]] == [
        ("price", "5000.00", ""),
        ("promotion", "-300.00", "满4000减300"),
        ("shipping", "0.00", ""),
    ]


def test_a_coupon_that_ended_since_it_was_seen_is_not_counted_now(client):  # noqa: F811
    assert yuan_of(offers_of(client)["5"]) == "4400.00"


def test_a_member_pays_less_and_the_cheapest_is_theirs(client):  # noqa: F811
    offers = offers_of(client, conditions=["member:plus"])

    assert yuan_of(offers["1"]) == "4200.00"
    assert offers["cheapest"] == "jd:1:"


def test_what_cannot_be_ordered_says_why_and_comes_last(client):  # noqa: F811
    offers = offers_of(client, region="西藏")

    assert (offers["3"]["landed"]["status"], yuan_of(offers["3"])) == ("undeliverable", None)
    assert (offers["4"]["landed"]["status"], offers["4"]["is_cheapest"]) == ("below_min_qty", False)


def test_far_away_costs_more(client):  # noqa: F811
    assert yuan_of(offers_of(client, region="CN-XJ")["3"]) == "5000.00"


def test_two_pieces(client):  # noqa: F811
    assert yuan_of(offers_of(client, quantity=2)["4"]) == "9300.00"
    assert offers_of(client, at_least=2)["4"]["landed"]["quantity"] == 2


@pytest.mark.parametrize("region", ["火星", "CN-ZZ"])
def test_a_region_that_is_none_is_refused(client, region):  # noqa: F811
    problem(client.get("/api/v1/search", params={"region": region}), 422, "invalid-input")


@pytest.mark.parametrize("asked", [{"quantity": 0}, {"at_least": 1_000}, {"conditions": ["x" * 101]}])
def test_an_impossible_wish_is_refused(client, asked):  # noqa: F811
    assert client.get("/api/v1/search", params=asked).status_code == 422


def test_orders_by_price_are_the_buyers_own_with_cursors_of_their_own(client):  # noqa: F811
    asked = {"q": "iPhone", "sort": "price", "conditions": ["member:plus"], "limit": 1}
    first = checked(client.get("/api/v1/search", params=asked), schemas.SearchOut)

    assert (first["reordered"], first["total"], first["next_cursor"]) == (1, 1, None)
    problem(
        client.get("/api/v1/search", params=asked | {"cursor": "b5.0123456789abcdef"}), 400, "invalid-cursor"
    )
    problem(client.get("/api/v1/search", params=asked | {"cursor": "nonsense"}), 400, "invalid-cursor")


def test_one_offer_explained(client):  # noqa: F811
    found = checked(client.get("/api/v1/offers/jd:1:/price?explain"), schemas.OfferPriceOut)

    assert found["landed"]["total"]["amount"] == "4700.00"
    assert {p["id"]: (p["fate"], p["missing"]) for p in found["promotions"]} == {
        "满4000减300": ("applied", []),
        "plus": ("conditional", ["member:plus"]),
    }


def test_an_offer_below_its_least_quantity_says_what_to_order(client):  # noqa: F811
    found = checked(client.get("/api/v1/offers/jd:4:/price"), schemas.OfferPriceOut)

    assert (found["landed"]["status"], found["promotions"]) == ("below_min_qty", None)
    assert (found["smallest_order"]["quantity"], found["smallest_order"]["total"]["amount"]) == (2, "9300.00")


def test_the_marketplaces_own_figure_is_kept_as_a_claim_and_compared(client):  # noqa: F811
    found = checked(client.get("/api/v1/offers/taobao:2:/price"), schemas.OfferPriceOut)

    assert (found["claim"]["claimed"]["amount"], found["claim"]["deviation"]["amount"]) == (
        "4750.00",
        "50.00",
    )


def test_no_price_of_an_offer_nobody_saw(client):  # noqa: F811
    problem(client.get("/api/v1/offers/jd:404:/price"), 404, "not-found")
    problem(client.get("/api/v1/offers/nonsense/price"), 422, "invalid-input")


def test_a_struck_through_price_is_held_against_what_was_observed(client):  # noqa: F811
    offers_of(client)
    search = checked(client.get("/api/v1/search", params={"q": "iPhone 15 128G"}), schemas.SearchOut)
    product = search["products"][0]["id"]

    found = checked(client.get(f"/api/v1/products/{product}/history"), schemas.ProductHistoryOut)

    reference = found["offers"]["taobao:2:"]["reference"]
    assert (reference["verdict"], reference["claimed"]["amount"]) == ("reference_above_history", "5999.00")
    assert (reference["baseline30"]["amount"], reference["coverage30"]) == ("5200.00", 30)
    assert (reference["claimed_discount_bp"], reference["real_discount_bp"]) == (1998, 769)
    assert (reference["low30"], reference["low90"]) == ("equal_low", "unknown")
    assert found["offers"]["jd:1:"]["reference"]["verdict"] == "insufficient_history"
    assert found["offers"]["jd:1:"]["points"][0]["landed"]["amount"] == "4700.00"


def priced_product(number, total, unit):
    landed = {
        "status": "ok", "total_minor": total, "is_exact": True, "is_proven": True, "quantity": 1, "delivered": 1,
        "gap_minor": None, "steps": [], "conditional": [], "until": None,
    }  # fmt: skip
    offer = {
        "offer_id": number,
        "marketplace": "jd",
        "currency": "CNY",
        "landed": landed,
        "stock": "in",
        "is_outlier": False,
    }
    data = {"product_id": str(number), "unit": unit, "offers": [offer]}
    return side_by_side(data, {number: at(NOW)}, buyer=Buyer(at(NOW)), seed="")


def test_a_buyers_order_by_unit_price_is_exact_and_puts_goods_without_one_last():
    tins = {"base": "100", "unit": "g", "contents": "5400"}
    one_tin = tins | {"contents": "900"}
    products = [
        priced_product(1, 29_801, one_tin),  # 3311.2…
        priced_product(2, 178_800, tins),  # 3311.1…
        priced_product(3, 100, None),
    ]

    def ids(sort):
        return [product.data["product_id"] for product in reordered(products, sort)]

    assert ids(Sort.UNIT_PRICE) == ["2", "1", "3"]
    assert ids(Sort.PRICE) == ["3", "1", "2"]
    assert ids(Sort.PRICE_DESC) == ["2", "1", "3"]
