"""Corrections through the API: said, shown within a second, told with what became of them, withdrawn."""

from __future__ import annotations

import shutil
import threading
import time

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api import schemas
from api.app import create_app
from api.keys import AdminKey
from api.services import Services
from api.settings import ServiceSettings
from catalog.listing import OfferKey
from catalog.product import product_id
from indexer.bootstrap import open_store, utc_now
from ledger.ledger import Ledger
from tests.support.index import make_indexer
from tests.support.offers import seen
from tests.support.runs import one_page_run

KEY = {"Authorization": "Bearer open sesame"}
PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"
ONE, TWO, UNCLEAR, USED = (OfferKey("jd", item) for item in "1234")


def put_offers(ledger):
    for one in (
        seen("1", "5999.00", title=PHONE),
        seen("2", "5899.00", title=PHONE),
        seen("3", "5799.00", title="苹果 iPhone15 手机 全新 包邮"),
        seen("4", "3999.00", title="二手 iPhone 15 128G 95新"),
    ):
        one_page_run(ledger, one, marketplace=one.offer.listing.marketplace)


class Service:
    """The app, and a follower in a thread as `bijia serve` runs it."""

    def __init__(self, ledger, store):
        put_offers(ledger)
        self.services = Services(
            ServiceSettings(),
            ledger,
            make_indexer(ledger, store, clock=utc_now),
            AdminKey("open sesame", clock=utc_now),
        )
        follower = self.services.indexer.follower()
        follower.catch_up()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=follower.run, args=[self._stop])
        self._thread.start()
        self.client = TestClient(create_app(self.services), raise_server_exceptions=False)

    def close(self):
        self._stop.set()
        self._thread.join()
        self.services.live.close()

    def product(self, key):
        return self.client.get(f"/api/v1/products/{product_id(key)}")

    def shown_with(self, key):
        answer = self.product(key)
        if answer.status_code != 200:
            return []
        cells = answer.json()["product"]["marketplaces"]
        return sorted(OfferKey.parse(o["key"]).item_id for cell in cells for o in cell["offers"])

    def say(self, word, left, right, **more):
        body = {"word": word, "left": str(left), "right": str(right), **more}
        return self.client.post("/api/v1/corrections", json=body, headers=KEY)


@pytest.fixture
def service(migrated_sqlite, tmp_path):
    shutil.copy(migrated_sqlite, tmp_path / "ledger.sqlite")
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        service = Service(ledger, tmp_path / "index")
        yield service
        service.close()


@pytest.fixture
def either_service(place):
    """On each size."""
    with Ledger.open(place.database_url) as ledger:
        store = open_store(place.index_settings())
        service = Service(ledger, store)
        yield service
        service.close()
        store.close()


def checked(response, status=200, model=schemas.CorrectionOut):
    assert response.status_code == status, response.text
    return TypeAdapter(model).validate_json(response.content).model_dump()


def seconds_until(claim):
    """How long until `claim` holds; a test that waits ten seconds has failed."""
    started = time.monotonic()
    while not claim():
        assert time.monotonic() - started < 10
        threading.Event().wait(0.01)
    return time.monotonic() - started


def test_a_word_is_shown_within_a_second_and_so_is_its_being_taken_back(either_service):
    service = either_service
    before = service.shown_with(ONE)

    made = checked(service.say("same", ONE, UNCLEAR, author="ann", note="看图"), 201)
    took = [seconds_until(lambda: service.shown_with(ONE) == ["1", "2", "3"])]
    assert service.client.delete(f"/api/v1/corrections/{made['id']}", headers=KEY).status_code == 204
    took.append(seconds_until(lambda: service.shown_with(ONE) == before))
    service.say("not_same", ONE, TWO)
    took.append(seconds_until(lambda: service.shown_with(ONE) == ["1"]))

    assert (made["status"], made["author"], made["note"]) == ("in_force", "ann", "看图")
    assert max(took) < 1.0


def test_a_product_that_became_part_of_another_answers_with_that_one(service):
    assert service.shown_with(UNCLEAR) == ["3"]
    service.say("same", ONE, UNCLEAR)
    seconds_until(lambda: service.shown_with(UNCLEAR) == ["1", "2", "3"])

    answer = service.product(UNCLEAR)

    assert answer.json()["product"]["id"] == product_id(ONE)
    assert answer.headers["content-location"] == f"/api/v1/products/{product_id(ONE)}"
    assert "content-location" not in service.product(ONE).headers
    assert service.client.get(f"/api/v1/products/{product_id(UNCLEAR)}/history").status_code == 200


def test_a_part_that_was_joined_again_leads_back(service):
    number = checked(service.say("not_same", ONE, TWO), 201)["id"]
    seconds_until(lambda: service.shown_with(ONE) == ["1"])
    (part,) = (
        p["id"]
        for p in service.client.get("/api/v1/search", params={"q": "iPhone 15 128G"}).json()["products"]
        if p["id"] != product_id(ONE)
    )
    assert service.client.get(f"/api/v1/products/{part}").json()["product"]["id"] == part

    service.client.delete(f"/api/v1/corrections/{number}", headers=KEY)
    seconds_until(lambda: service.shown_with(ONE) == ["1", "2"])

    assert service.client.get(f"/api/v1/products/{part}").json()["product"]["id"] == product_id(ONE)
    assert service.client.get("/api/v1/products/aaaaaaaaaaaaaaaa").status_code == 404


def test_what_nobody_may_overrule_is_stored_and_told(service):
    made = checked(service.say("same", ONE, USED), 201)

    assert made["status"] == "vetoed"
    assert made["differ"] == {"left": str(ONE), "right": str(USED), "why": ["condition: new ≠ used"]}
    assert service.shown_with(ONE) == ["1", "2"]


def test_a_contradiction_is_told_with_its_chain_and_the_newest_wins(service):
    first = checked(service.say("same", ONE, UNCLEAR), 201)["id"]
    second = checked(service.say("same", UNCLEAR, TWO), 201)["id"]
    third = checked(service.say("not_same", ONE, TWO), 201)
    seconds_until(lambda: service.shown_with(ONE) == ["1"])

    assert third["status"] == "in_force"
    old = checked(service.client.get(f"/api/v1/corrections/{first}"))
    assert (old["status"], [link["id"] for link in old["chain"]]) == ("contradicted", [third["id"], second])

    service.client.delete(f"/api/v1/corrections/{third['id']}", headers=KEY)
    assert checked(service.client.get(f"/api/v1/corrections/{first}"))["status"] == "in_force"


def test_words_are_listed_in_pages_with_what_became_of_them(service):
    numbers = [
        checked(service.say(word, ONE, other), 201)["id"]
        for word, other in (("same", UNCLEAR), ("not_same", UNCLEAR), ("same", USED), ("not_same", TWO))
    ]
    service.client.delete(f"/api/v1/corrections/{numbers[3]}", headers=KEY)
    pages, before = [], {}
    while True:
        found = checked(
            service.client.get("/api/v1/corrections", params={"limit": 2, **before}),
            model=schemas.CorrectionsOut,
        )
        pages += found["corrections"]
        if found["next_before"] is None:
            break
        before = {"before": found["next_before"]}

    assert [(one["id"], one["status"]) for one in pages] == [
        (numbers[3] + 1, "withdrawn"),
        (numbers[3], "withdrawn"),
        (numbers[2], "vetoed"),
        (numbers[1], "in_force"),
        (numbers[0], "replaced"),
    ]
    assert pages[4]["replaced_by"] == numbers[1]
    of_one = service.client.get("/api/v1/corrections", params={"offer": str(USED)}).json()["corrections"]
    assert [one["id"] for one in of_one] == [numbers[2]]


@pytest.mark.parametrize(
    ("change", "status", "kind"),
    [
        ({"left": "jd:99:"}, 404, "not-found"), ({"left": "nonsense"}, 422, "invalid-input"), ({"left": str(TWO)}, 422, "invalid-input"),
        ({"word": "maybe"}, 422, "invalid-input"), ({"word": "withdrawn"}, 422, "invalid-input"), ({"author": " "}, 422, "invalid-input"),
        ({"author": "x" * 101}, 422, "invalid-input"), ({"note": "x" * 501}, 422, "invalid-input"), ({"note": "a\u0000b"}, 422, "invalid-input"),
        ({"extra": 1}, 422, "invalid-input"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused_and_not_stored(service, change, status, kind):
    body = {"word": "same", "left": str(ONE), "right": str(TWO)} | change
    answer = service.client.post("/api/v1/corrections", json=body, headers=KEY)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:bijia:problem:{kind}")
    assert service.client.get("/api/v1/corrections").json() == {"corrections": [], "next_before": None}


def test_only_the_newest_word_on_a_pair_can_be_taken_back(service):
    old = checked(service.say("same", ONE, UNCLEAR), 201)["id"]
    new = checked(service.say("not_same", ONE, UNCLEAR), 201)["id"]

    refused = service.client.delete(f"/api/v1/corrections/{old}", headers=KEY)
    taken = [service.client.delete(f"/api/v1/corrections/{new}", headers=KEY).status_code for _ in range(2)]

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bijia:problem:conflict")
    assert taken == [204, 204]
    assert service.client.delete("/api/v1/corrections/999", headers=KEY).status_code == 404
    assert service.client.get("/api/v1/corrections/999").status_code == 404
